//! Updates the live stream of a meeting, and says how that went:
//! `ZOOM_TOKEN=… cargo run -p zoom-client --example update_live_stream`.

use std::error::Error;

use zoom_client::meetings::update_live_stream::Request;
use zoom_client::runtime::{Client, Settings};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::new(Settings::new().bearer(std::env::var("ZOOM_TOKEN")?))?;
    print!("{}", update(&client).await);
    Ok(())
}

/// Sends the request, and tells what came of it.
pub async fn update(client: &Client) -> String {
    let request = Request {
        meeting_id: 68_423_085,
        stream_url: "aute ".to_owned(),
        stream_key: "officia".to_owned(),
        page_url: "https://IBrRnEbZoeJwPd.ixq+PqOQQZC-z42EWi".to_owned(),
    };
    let error = match client.receive(&request).await {
        Ok(answer) => {
            return format!(
                "Response Status Code = {}\nSuccess.\n",
                answer.status.as_u16()
            );
        }
        Err(error) => error,
    };
    // Without a reply there was no connection, or it broke; the message says which.
    let Some(reply) = error.reply() else {
        return format!("{error}\n");
    };
    let mut text = format!(
        "Response Status Code = {}\nResponse Header:\n",
        reply.status().as_u16()
    );
    for (name, value) in reply.headers() {
        let value = String::from_utf8_lossy(value.as_bytes());
        text.extend([name.as_str(), ": ", &value, "\n"]);
    }
    text + &format!("Response Body:\n{}\n{error}\nFailed.\n", reply.text())
}
