//! How many requests are sent in which time.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Limits of the rate of requests, by the label that the API gives them
/// ([`Endpoint::RATE_LIMIT`](super::Endpoint::RATE_LIMIT)). Clients that share one wait for each other.
///
/// A request waits until it may be sent. A request whose label has no limit does not wait. A reply 429 with `Retry-After`
/// holds back all requests of its label.
///
/// ```
/// use letterpress_client::{RateLimits, Settings};
/// use std::time::Duration;
///
/// // Zoom's limits of a Pro account.
/// let limits = RateLimits::new()
///     .limit("Light", 30, Duration::from_secs(1))
///     .limit("Medium", 20, Duration::from_secs(1))
///     .limit("Heavy", 10, Duration::from_secs(1))
///     .limit("Resource-intensive", 10, Duration::from_secs(60));
/// let settings = Settings::new().rate_limits(limits);
/// # drop(settings);
/// ```
#[derive(Debug, Default)]
pub struct RateLimits {
    limits: BTreeMap<String, Limit>,
    /// The theoretical arrival time of the next request of a label (generic cell rate algorithm).
    next: Mutex<BTreeMap<String, SystemTime>>,
}

#[derive(Debug)]
struct Limit {
    /// The time that one request takes of the rate.
    each: Duration,
    /// How far ahead of the rate requests may be.
    burst: Duration,
}

impl RateLimits {
    /// No limits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// At most `requests` of a label in each `period`. Labels are compared without case.
    #[must_use]
    pub fn limit(mut self, label: &str, requests: u32, period: Duration) -> Self {
        let requests = requests.max(1);
        let each = period / requests;
        let burst = period.saturating_sub(each);
        let label = label.to_ascii_lowercase();
        self.limits.insert(label, Limit { each, burst });
        self
    }

    /// Takes the next place of a label. How long to wait for it.
    #[must_use]
    pub fn reserve(&self, label: &str, now: SystemTime) -> Duration {
        let label = label.to_ascii_lowercase();
        let Some(Limit { each, burst }) = self.limits.get(&label) else {
            return Duration::ZERO;
        };
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let arrival = next.entry(label).or_insert(now);
        let due = (*arrival).max(now);
        *arrival = due + *each;
        let wait = due.duration_since(now).unwrap_or_default();
        wait.saturating_sub(*burst)
    }

    /// Holds back the requests of a label until then, if it has a limit.
    pub fn hold(&self, label: &str, until: SystemTime) {
        let label = label.to_ascii_lowercase();
        if let Some(limit) = self.limits.get(&label) {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let arrival = next.entry(label).or_insert(until);
            *arrival = (*arrival).max(until + limit.burst);
        }
    }
}
