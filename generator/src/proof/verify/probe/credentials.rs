//! Who sends a request: the parameters of its authorization in Postman as settings of a client, with the clock and the
//! nonces of recordings.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use letterpress_client::{
    Auth, AwsKeys, Credentials, DigestKeys, EdgeGridKeys, HawkKeys, JwtKeys, OAuth1Keys, Settings,
};
use serde_json::Value;

/// The clock of recordings: the beginning of 2020.
const NOW: u64 = 1_577_836_800;

/// The nonces of recordings, by scheme.
const NONCES: [(&str, &str); 4] = [
    ("digest", "pfJnxbBh"),
    ("edgegrid", "00000000-0000-4000-8000-000000000000"),
    ("hawk", "pfJnxb"),
    ("oauth1", "F5ZDM1R7szr"),
];

/// Settings with credentials for a scheme. What Postman sends without credentials, the client sends too.
pub(crate) fn set<'a>(
    settings: Settings,
    auth: Auth,
    given: impl Fn(&str) -> Option<&'a str>,
) -> Settings {
    let settings = still(settings.anonymous(), auth, &given);
    let own = |name: &str| given(name).unwrap_or_default();
    match auth {
        Auth::Bearer => token(settings, given("token")),
        Auth::OAuth2 => token(settings, given("accessToken")),
        Auth::Token { .. } => token(settings, given("token").or_else(|| given("accessToken"))),
        Auth::Basic => settings.basic(own("username"), own("password")),
        Auth::ApiKey { name, .. } => settings.api_key(name, own("value")),
        Auth::Digest => settings.digest(digest(&given)),
        Auth::OAuth1(_) => settings.oauth1(oauth1(&given)),
        Auth::Hawk(_) => settings.hawk(
            HawkKeys::new(own("authId"), own("authKey"))
                .ext(own("extraData"))
                .app(own("app"), own("delegation")),
        ),
        Auth::Aws(_) => settings.aws(aws(&given)),
        Auth::EdgeGrid(_) => settings.edgegrid(
            EdgeGridKeys::new(own("clientToken"), own("clientSecret"), own("accessToken"))
                .host(host(own("baseURL"))),
        ),
        Auth::Jwt(_) => settings.jwt(JwtKeys::new(own("secret"), own("payload"))),
        _ => settings,
    }
}

/// Settings with credentials for the security schemes of an `OpenAPI` document, by their names and for all of their
/// kind. Each has the members `type`, `scheme` and `name` of the document, and its secrets.
pub(crate) fn set_schemes(settings: Settings, schemes: &BTreeMap<String, Value>) -> Settings {
    schemes.iter().fold(settings, |settings, (name, scheme)| {
        let text = |name: &str| scheme[name].as_str().unwrap_or_default();
        let own = Credentials::new();
        match (text("type"), text("scheme")) {
            ("http", "basic") | ("basic", _) => {
                let (user, password) = (text("username"), text("password"));
                let own = own.basic(user, password);
                settings
                    .basic(user, password)
                    .credentials_of_scheme(name, own)
            }
            ("apiKey", _) => {
                let (key, value) = (text("name"), text("value"));
                let own = own.api_key(key, value);
                settings
                    .api_key(key, value)
                    .credentials_of_scheme(name, own)
            }
            _ => {
                let own = own.bearer(text("token"));
                settings
                    .bearer(text("token"))
                    .credentials_of_scheme(name, own)
            }
        }
    })
}

/// An empty token is one: the header of the document has nothing behind the name of its scheme.
fn token(settings: Settings, token: Option<&str>) -> Settings {
    match token {
        Some(token) => settings.bearer(token),
        None => settings,
    }
}

/// A clock that stands still, and nonces that are always the same: those of the document, else those of recordings.
fn still<'a>(settings: Settings, auth: Auth, given: &impl Fn(&str) -> Option<&'a str>) -> Settings {
    let stamp = given("timestamp").unwrap_or_default();
    let seconds = stamp.parse().ok().or_else(|| seconds(stamp)).unwrap_or(NOW);
    let time: SystemTime = UNIX_EPOCH + Duration::from_secs(seconds);
    let name = if auth == Auth::Digest {
        "clientNonce"
    } else {
        "nonce"
    };
    let recorded = NONCES.iter().find(|(scheme, _)| *scheme == auth.name());
    let recorded = recorded.map_or("", |(_, nonce)| nonce);
    let own = given(name).filter(|nonce| !nonce.is_empty());
    let nonce = own.unwrap_or(recorded).to_owned();
    settings.clock(move || time).nonce(move || nonce.clone())
}

/// The time of `20191014T08:12:46+0000`.
fn seconds(stamp: &str) -> Option<u64> {
    let digits: String = stamp.chars().filter(char::is_ascii_digit).collect();
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<u64>().ok();
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let (hour, minute, second) = (number(8, 10)?, number(10, 12)?, number(12, 14)?);
    // Years that begin in March end with the leap day.
    let years = year.checked_sub(u64::from(month <= 2))?;
    let months = (month + 9) % 12;
    let days = years * 365 + years / 4 - years / 100 + years / 400;
    let days = (days + (153 * months + 2) / 5 + day).checked_sub(719_469)?;
    Some(days * 86_400 + hour * 3_600 + minute * 60 + second)
}

/// A document that holds realm and nonce does not wait for a challenge.
fn digest<'a>(given: &impl Fn(&str) -> Option<&'a str>) -> DigestKeys {
    let own = |name: &str| given(name).unwrap_or_default();
    let keys = DigestKeys::new(own("username"), own("password"));
    if own("realm").is_empty() || own("nonce").is_empty() {
        return keys;
    }
    let names = [
        ("realm", "realm"),
        ("nonce", "nonce"),
        ("algorithm", "algorithm"),
        ("qop", "qop"),
        ("opaque", "opaque"),
        ("nonceCount", "nc"),
    ];
    let fields = names.iter().map(|(parameter, field)| {
        let value = own(parameter).replace('\\', "\\\\").replace('"', "\\\"");
        format!("{field}=\"{value}\"")
    });
    let fields: Vec<String> = fields.collect();
    keys.challenge(&format!("Digest {}", fields.join(", ")))
}

fn oauth1<'a>(given: &impl Fn(&str) -> Option<&'a str>) -> OAuth1Keys {
    let own = |name: &str| given(name).unwrap_or_default();
    OAuth1Keys::new(own("consumerKey"), own("consumerSecret"))
        .token(own("token"), own("tokenSecret"))
        .callback(own("callback"))
        .verifier(own("verifier"))
        .realm(own("realm"))
}

fn aws<'a>(given: &impl Fn(&str) -> Option<&'a str>) -> AwsKeys {
    let own = |name: &str| given(name).unwrap_or_default();
    let keys = AwsKeys::new(own("accessKey"), own("secretKey"));
    let keys = keys.session_token(own("sessionToken"));
    let keys = match own("region") {
        "" => keys,
        region => keys.region(region),
    };
    match own("service") {
        "" => keys,
        service => keys.service(service),
    }
}

/// The host of a URL.
fn host(url: &str) -> &str {
    let behind = url.split_once("://").map_or(url, |(_, behind)| behind);
    behind.split(['/', '?', '#']).next().unwrap_or_default()
}
