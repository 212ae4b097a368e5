//! Downloads the recordings of all users of an account, a file each, into the folder `recordings`. Files that are there
//! stay; Ctrl-C ends it. It takes the credentials of a Server-to-Server OAuth app:
//! `ZOOM_ACCOUNT_ID=… ZOOM_CLIENT_ID=… ZOOM_CLIENT_SECRET=… cargo run -p zoom-client --features oauth2 --example recordings`.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Duration;

use zoom_client::DOWNLOAD_URL;
use zoom_client::cloud_recordings::download_recording_file;
use zoom_client::cloud_recordings::list_all_recordings::{self, RecordingFile};
use zoom_client::runtime::oauth2::{AccountCredentials, App, OAuth2};
use zoom_client::runtime::{Client, RateLimits, Settings};
use zoom_client::users::list_users;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let variable = |name: &str| std::env::var(name).map_err(|_| format!("{name} is not set"));
    let app = App::new("https://zoom.us/oauth/token", variable("ZOOM_CLIENT_ID")?);
    let app = app.secret(variable("ZOOM_CLIENT_SECRET")?);
    let tokens = OAuth2::new(AccountCredentials::new(app, variable("ZOOM_ACCOUNT_ID")?));
    let client = Client::new(settings(tokens))?;
    let folder = Path::new("recordings");
    tokio::select! {
        files = download_all(&client, folder, |line| eprint!("\r{line}")) => {
            println!("\n{} files are new", files?);
        }
        _ = tokio::signal::ctrl_c() => println!("\nstopped; files that are complete stay"),
    }
    Ok(())
}

/// Recordings come from another host than the API, which may have the token; requests are no faster than Zoom allows.
pub fn settings(tokens: OAuth2) -> Settings {
    let second = Duration::from_secs(1);
    let limits = RateLimits::new()
        .limit("Light", 30, second)
        .limit("Medium", 20, second);
    Settings::new()
        .oauth2(tokens)
        .trust(DOWNLOAD_URL)
        .rate_limits(limits)
}

/// Downloads what is not in the folder. How many files that were.
pub async fn download_all(
    client: &Client,
    folder: &Path,
    tell: impl Fn(&str),
) -> Result<usize, Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let mut files = 0;
    let mut users = client.items(&list_users::Request::default());
    while let Some(user) = users.next_item().await {
        let Some(user_id) = user?.id else { continue };
        let options = list_all_recordings::Options::default();
        let mut meetings = client.items(&list_all_recordings::Request { user_id, options });
        while let Some(meeting) = meetings.next_item().await {
            for file in meeting?.recording_files {
                files += usize::from(download(client, folder, &file, &tell).await?);
            }
        }
    }
    Ok(files)
}

/// Downloads a file, unless it is there. Whether it did.
async fn download(
    client: &Client,
    folder: &Path,
    file: &RecordingFile,
    tell: &impl Fn(&str),
) -> Result<bool, Box<dyn Error>> {
    let (Some(id), Some(url)) = (&file.id, &file.download_url) else {
        return Ok(false);
    };
    // What a server says is no path.
    let name: String = id
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    let path = folder.join(name.clone() + ".mp4");
    if path.exists() {
        return Ok(false);
    }
    let request = download_recording_file::Request {
        download_key: url.rsplit('/').next().unwrap_or_default().to_owned(),
        options: download_recording_file::Options::default(),
    };
    let download = client.download(&request).await?;
    let total = download
        .len()
        .map_or("?".to_owned(), |length| length.to_string());
    download
        .to_file(path, |done| {
            tell(&format!("{name}: {done} of {total} bytes"));
        })
        .await?;
    Ok(true)
}
