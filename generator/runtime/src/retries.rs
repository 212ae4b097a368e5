//! When a request is sent again.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, Method, StatusCode};

use super::dates;
use super::random;
use super::transport_error::TransportError;

/// Decides whether a request is sent again, and when.
pub trait RetryPolicy: Send + Sync {
    /// How long to wait before the request is sent again; nothing where the outcome is the answer.
    fn retry(&self, attempt: &Attempt<'_>) -> Option<Duration>;
}

/// A request that was sent, and what came of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// How often it was sent, this time included.
    pub number: u32,
    /// The method.
    pub method: &'a Method,
    /// The path with names instead of values.
    pub path: &'static str,
    /// Whether the request has an `Idempotency-Key`.
    pub has_idempotency_key: bool,
    /// What came of it.
    pub outcome: Outcome<'a>,
    /// What time it is.
    pub now: SystemTime,
}

/// What came of a request.
#[derive(Clone, Copy, Debug)]
pub enum Outcome<'a> {
    /// A reply, of which the body has not been read.
    Reply(StatusCode, &'a HeaderMap),
    /// No reply.
    Failed(&'a TransportError),
}

impl Attempt<'_> {
    /// Whether it does no harm to send the request again, though the server may have done what it asks for: its method is
    /// idempotent (RFC 9110, section 9.2.2), or it has an `Idempotency-Key`.
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        let by_method = matches!(
            *self.method,
            Method::GET
                | Method::HEAD
                | Method::OPTIONS
                | Method::TRACE
                | Method::PUT
                | Method::DELETE
        );
        by_method || self.has_idempotency_key
    }

    /// How long the server asks to wait: `Retry-After` as seconds or as an HTTP date (RFC 9110, section 10.2.3), or as an
    /// ISO date-time, as Zoom writes it.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self.outcome {
            Outcome::Reply(_, headers) => retry_after(headers, self.now),
            Outcome::Failed(_) => None,
        }
    }
}

/// How long a reply asks to wait.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = dates::parse(text)?;
    Some(then.duration_since(now).unwrap_or_default())
}

/// The usual policy: a few times, with pauses that grow.
///
/// A request is sent again where it is [idempotent](Attempt::is_idempotent) and
///
/// * there was no reply and no time limit ran out, as where the server closes a connection that it kept open; or
/// * the reply is 429, 502, 503 or 504 and says [`Retry-After`](Attempt::retry_after).
///
/// A request that did not reach the server is sent again whatever its method is. The pause is what the server asks for, and
/// up to a second more, so that clients do not come back together; if it asks for more than the
/// [longest pause](Retries::longest), the reply is the answer. Else it is a random part of 0.5, 1, 2, … seconds.
///
/// All retries of a client draw on one budget, which each costs 5 of and each success gives 1 back to, up to 500: where a server
/// is down, a client does not multiply its load.
#[derive(Debug)]
pub struct Retries {
    attempts: u32,
    first: Duration,
    longest: Duration,
    needs_retry_after: bool,
    budget: AtomicU32,
}

/// What retries may cost together.
const BUDGET: u32 = 500;
const COST: u32 = 5;

impl Retries {
    /// Up to 3 attempts with pauses of up to 15 seconds.
    #[must_use]
    pub fn new() -> Self {
        Self {
            attempts: 3,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(15),
            needs_retry_after: true,
            budget: AtomicU32::new(BUDGET),
        }
    }

    /// Nothing is sent again.
    #[must_use]
    pub fn none() -> Self {
        Self::new().attempts(1)
    }

    /// How often a request is sent at most, the first time included.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The pause before the second attempt; it doubles with each. A random part of it is waited.
    #[must_use]
    pub fn first_pause(mut self, pause: Duration) -> Self {
        self.first = pause;
        self
    }

    /// The longest pause.
    #[must_use]
    pub fn longest(mut self, pause: Duration) -> Self {
        self.longest = pause;
        self
    }

    /// Replies with 429, 502, 503 and 504 are enough; they need no `Retry-After`.
    #[must_use]
    pub fn without_retry_after(mut self) -> Self {
        self.needs_retry_after = false;
        self
    }

    fn pause(&self, attempt: &Attempt<'_>) -> Option<Duration> {
        let grown = self
            .first
            .saturating_mul(1 << (attempt.number.clamp(1, 20) - 1));
        let random = grown.min(self.longest).mul_f64(random::part());
        match attempt.outcome {
            Outcome::Failed(error) => {
                let may_repeat = attempt.is_idempotent() || !error.may_have_been_sent();
                let is_lost = error.reply().is_none() && !error.is_timeout();
                (may_repeat && is_lost).then_some(random)
            }
            Outcome::Reply(status, _) => {
                let is_busy = matches!(status.as_u16(), 429 | 502..=504);
                if !is_busy || !attempt.is_idempotent() {
                    return None;
                }
                match attempt.retry_after() {
                    Some(asked) if asked > self.longest => None,
                    Some(asked) => Some(asked + Duration::from_secs(1).mul_f64(random::part())),
                    None => (!self.needs_retry_after).then_some(random),
                }
            }
        }
    }

    fn spend(&self) -> bool {
        let spent = |left: u32| left.checked_sub(COST);
        self.budget
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, spent)
            .is_ok()
    }

    fn refund(&self) {
        let more = |left: u32| (left < BUDGET).then_some(left + 1);
        // Full is full.
        let _ = self
            .budget
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self::new()
    }
}

impl RetryPolicy for Retries {
    fn retry(&self, attempt: &Attempt<'_>) -> Option<Duration> {
        if matches!(attempt.outcome, Outcome::Reply(status, _) if status.is_success()) {
            self.refund();
            return None;
        }
        if attempt.number >= self.attempts {
            return None;
        }
        let pause = self.pause(attempt)?;
        self.spend().then_some(pause)
    }
}
