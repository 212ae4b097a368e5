//! One request, tried again where that may help: pure, but for the transport and the waiting, which are given.

use std::time::{Duration, SystemTime};

use super::origin::{KEY, Origin};

/// What a server answered.
#[derive(Clone, Default)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    pub(super) etag: Option<String>,
    pub(super) retry_after: Option<String>,
    pub(super) body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone)]
pub(super) struct Fault {
    pub(super) reason: String,
    /// Whether it may be otherwise in a moment.
    pub(super) passes: bool,
}

/// What there is to store.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Answer {
    /// What is stored already.
    Unchanged,
    /// Another document, and what tells its version.
    Document(Vec<u8>, Option<String>),
}

/// How often a redirect is followed.
const REDIRECTS: usize = 5;

/// The longest that a server may make us wait.
const PATIENCE: Duration = Duration::from_secs(60);

/// The world around a request.
pub(super) trait World {
    /// Sends a request, with what is known already.
    fn send(&mut self, origin: &Origin, etag: Option<&str>) -> Result<Reply, Fault>;
    /// Waits.
    fn wait(&mut self, time: Duration);
    /// The time of day.
    fn now(&self) -> SystemTime;
}

/// Asks for a document. `etag` tells the version that is stored.
///
/// # Errors
///
/// What went wrong and what to do, as a sentence without a full stop.
pub(super) fn get(
    world: &mut impl World,
    origin: &Origin,
    etag: Option<&str>,
    retries: u32,
) -> Result<Answer, String> {
    let mut current = origin.clone();
    for _ in 0..=REDIRECTS {
        let reply = patiently(world, &current, etag, retries)?;
        match reply.status {
            200 => return Ok(Answer::Document(reply.body, reply.etag)),
            304 if etag.is_some() => return Ok(Answer::Unchanged),
            301 | 302 | 303 | 307 | 308 => {
                let location = reply.location.unwrap_or_default();
                let target = current.redirected(&location);
                current = target.ok_or_else(|| elsewhere(origin, &location))?;
            }
            status => return Err(refusal(origin, status)),
        }
    }
    Err(format!("{} redirects without an end", origin.shown))
}

/// Sends a request until there is an answer that will not be another in a moment.
fn patiently(
    world: &mut impl World,
    origin: &Origin,
    etag: Option<&str>,
    retries: u32,
) -> Result<Reply, String> {
    let mut tries = 0;
    loop {
        let (reason, asked) = match world.send(origin, etag) {
            Ok(reply) if matches!(reply.status, 429 | 500 | 502 | 503 | 504) => {
                let asked = reply.retry_after.as_deref();
                let asked = asked.and_then(|text| wait_asked_for(text, world.now()));
                (format!("it answers with status {}", reply.status), asked)
            }
            Ok(reply) => return Ok(reply),
            Err(fault) if fault.passes => (fault.reason, None),
            Err(fault) => return Err(format!("cannot get {}: {}", origin.shown, fault.reason)),
        };
        let wait = asked.unwrap_or_else(|| Duration::from_secs(1 << tries.min(5)));
        if tries == retries || wait > PATIENCE {
            let more = match asked.filter(|wait| *wait > Duration::ZERO) {
                Some(wait) => format!(", and asks to wait for {} s", wait.as_secs().max(1)),
                None if tries > 0 => format!(", also after {} tries", tries + 1),
                None => String::new(),
            };
            return Err(format!("cannot get {}: {reason}{more}", origin.shown));
        }
        world.wait(wait);
        tries += 1;
    }
}

/// How long `Retry-After` asks to wait: seconds, or a date (RFC 9110, section 10.2.3).
fn wait_asked_for(text: &str, now: SystemTime) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// A redirect that is not followed. What stands behind its path may be a secret.
fn elsewhere(origin: &Origin, location: &str) -> String {
    let target = location.split(['?', '#']).next().unwrap_or_default();
    let target: String = target.chars().filter(|c| !c.is_control()).collect();
    let target = target
        .rsplit_once('@')
        .map_or(target.as_str(), |(_, host)| host);
    format!(
        "{} redirects to another server, `{target}`, which is not asked; where you trust it, name that instead",
        origin.shown
    )
}

/// What a status means, and what to do.
fn refusal(origin: &Origin, status: u16) -> String {
    let help = match (status, origin.key.is_some()) {
        (401, true) => format!("the key in {KEY} is not accepted: it may be wrong or revoked"),
        (403, true) => format!("the key in {KEY} may not read this"),
        (404, true) => format!("there is no such thing, or the key in {KEY} does not see it"),
        (401 | 403, false) => "it has to be authorized: put what does that into the query of the URL, as `${NAME}`, which \
                               is replaced by an environment variable"
            .to_owned(),
        (404 | 410, _) => "there is nothing at that URL".to_owned(),
        _ => "that is no document".to_owned(),
    };
    format!("{} answers with status {status}: {help}", origin.shown)
}

#[cfg(test)]
mod tests {
    use super::super::origin::Kind;
    use super::*;

    /// A world in which time does not pass.
    struct Script {
        replies: Vec<Result<Reply, Fault>>,
        waited: Vec<u64>,
        sent: Vec<String>,
    }

    impl World for Script {
        fn send(&mut self, origin: &Origin, _etag: Option<&str>) -> Result<Reply, Fault> {
            self.sent.push(origin.uri.to_string());
            self.replies.remove(0)
        }

        fn wait(&mut self, time: Duration) {
            self.waited.push(time.as_secs());
        }

        fn now(&self) -> SystemTime {
            let date = "Sun, 06 Nov 1994 08:49:37 GMT";
            httpdate::parse_http_date(date).expect("a date")
        }
    }

    fn reply(status: u16) -> Reply {
        Reply {
            status,
            ..Reply::default()
        }
    }

    fn busy(retry_after: &str) -> Reply {
        Reply {
            status: 429,
            retry_after: Some(retry_after.to_owned()),
            ..Reply::default()
        }
    }

    fn moved(location: &str) -> Reply {
        Reply {
            status: 302,
            location: Some(location.to_owned()),
            ..Reply::default()
        }
    }

    fn fault(passes: bool) -> Fault {
        Fault {
            reason: "it is broken".to_owned(),
            passes,
        }
    }

    /// The outcome of these answers, and how long was waited before each.
    fn ask(replies: Vec<Result<Reply, Fault>>) -> (Result<Answer, String>, Vec<u64>, usize) {
        let key = |name: &str| (name == KEY).then(|| "PMAK-secret".to_owned());
        let api = "https://api.getpostman.com";
        let origin = Origin::read("1", Kind::Collection, api, key).expect("an origin");
        let mut world = Script {
            replies,
            waited: Vec::new(),
            sent: Vec::new(),
        };
        let answer = get(&mut world, &origin, Some("\"v1\""), 3);
        (answer, world.waited, world.sent.len())
    }

    #[test]
    fn waits_as_long_as_it_is_asked_to() {
        let check = |replies: Vec<Result<Reply, Fault>>, waited: &[u64]| {
            let (answer, found, _) = ask(replies);
            assert!(answer.is_ok(), "{answer:?}");
            assert_eq!(found, waited);
        };
        check(vec![Ok(reply(200))], &[]);
        check(vec![Ok(reply(304))], &[]);
        check(vec![Ok(reply(503)), Ok(reply(200))], &[1]);
        check(
            vec![
                Err(fault(true)),
                Ok(reply(500)),
                Ok(reply(502)),
                Ok(reply(200)),
            ],
            &[1, 2, 4],
        );
        check(
            vec![Ok(busy("7")), Ok(busy("soon")), Ok(reply(200))],
            &[7, 2],
        );
        check(
            vec![Ok(busy("Sun, 06 Nov 1994 08:49:40 GMT")), Ok(reply(200))],
            &[3],
        );
        check(
            vec![Ok(busy("Sun, 06 Nov 1994 08:49:00 GMT")), Ok(reply(200))],
            &[0],
        );
        check(
            vec![
                Ok(moved("/a")),
                Ok(reply(503)),
                Ok(moved("/b")),
                Ok(reply(200)),
            ],
            &[1],
        );
    }

    #[test]
    fn gives_up_and_says_why() {
        let check = |replies: Vec<Result<Reply, Fault>>, sent: usize, words: &[&str]| {
            let (answer, _, found) = ask(replies);
            let error = answer.expect_err("an error");
            assert_eq!(found, sent, "{error}");
            for word in words {
                assert!(error.contains(word), "{word} is not in: {error}");
            }
            assert!(!error.contains("secret"), "{error}");
        };
        check(vec![Ok(reply(401))], 1, &["status 401", KEY, "revoked"]);
        check(vec![Ok(reply(403))], 1, &["may not read"]);
        check(vec![Ok(reply(404))], 1, &["does not see it"]);
        check(vec![Ok(reply(418))], 1, &["status 418"]);
        check(vec![Err(fault(false))], 1, &["it is broken"]);
        let broken = (0..4).map(|_| Err(fault(true))).collect();
        check(broken, 4, &["it is broken, also after 4 tries"]);
        check(
            vec![Ok(busy("3600"))],
            1,
            &["status 429", "wait for 3600 s"],
        );
        let away = "https://evil.example/x?code=secret";
        check(
            vec![Ok(moved(away))],
            1,
            &["another server, `https://evil.example/x`"],
        );
        let round = (0..6).map(|_| Ok(moved("/x"))).collect();
        check(round, 6, &["without an end"]);
    }
}
