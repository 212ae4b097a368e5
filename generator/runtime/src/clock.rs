//! What time it is, and waiting.

use std::time::SystemTime;

#[cfg(feature = "transport")]
use std::time::Duration;

#[cfg(feature = "transport")]
use super::transport::Boxed;

/// What time it is, and how to wait: for signatures, tokens, retries, limits of rate and of time.
///
/// A function that gives the time is a clock that waits as the system does.
///
/// ```
/// use letterpress_client::{Clock, Settings};
/// use std::time::{Duration, SystemTime};
///
/// let settings = Settings::new().clock(|| SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
/// # drop(settings);
/// ```
pub trait Clock: Send + Sync {
    /// The time.
    fn now(&self) -> SystemTime;

    /// Waits. Without an implementation of your own: by the timer of Tokio.
    #[cfg(feature = "transport")]
    fn sleep(&self, duration: Duration) -> Boxed<'static, ()> {
        System.sleep(duration)
    }
}

impl<F: Fn() -> SystemTime + Send + Sync> Clock for F {
    fn now(&self) -> SystemTime {
        self()
    }
}

/// The clock of the system.
pub(super) struct System;

impl Clock for System {
    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// A browser has a clock, but the standard library cannot ask it.
    #[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    #[cfg(all(
        feature = "transport",
        not(all(target_arch = "wasm32", target_os = "unknown"))
    ))]
    fn sleep(&self, duration: Duration) -> Boxed<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    /// Nor can it wait: time limits never run out there, and nothing is sent again.
    #[cfg(all(
        feature = "transport",
        all(target_arch = "wasm32", target_os = "unknown")
    ))]
    fn sleep(&self, _: Duration) -> Boxed<'static, ()> {
        Box::pin(std::future::pending())
    }
}
