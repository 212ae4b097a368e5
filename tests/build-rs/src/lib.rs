//! Two clients that no one has checked in: `build.rs` generates them, and they are modules wherever this crate has
//! them.

/// The shop: one file.
pub mod shop {
    include!(concat!(env!("OUT_DIR"), "/shop.rs"));
}

/// What belongs to the office.
pub mod office {
    /// The notes: a folder of files.
    pub mod notes {
        include!(concat!(env!("OUT_DIR"), "/notes/mod.rs"));
    }
}

use letterpress_client::blocking::Client;
use letterpress_client::{CallError, Settings};

/// Who has ordered, if there is such an order.
///
/// # Errors
///
/// When the shop cannot be asked, or refuses for another reason.
pub fn customer_of(
    shop: &Client,
    order: i64,
) -> Result<Option<String>, Box<dyn std::error::Error>> {
    use shop::orders::get_order::{Failure, Request};
    let request = Request { order_id: order };
    match shop.call(&request) {
        Ok(order) => Ok(order.customer.and_then(|customer| customer.name)),
        Err(CallError::Api(error)) if matches!(error.failure(), Failure::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A client of the shop at this place.
///
/// # Errors
///
/// When the system gives no random numbers, or no certificates.
pub fn shop_at(url: &str) -> Result<Client, Box<dyn std::error::Error>> {
    Ok(Client::new(
        Settings::new()
            .base_url(shop::BASE_URL, url)
            .bearer("token"),
    )?)
}
