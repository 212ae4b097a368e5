//! The authorization code grant with PKCE (RFC 6749, section 4.1; RFC 7636): a user permits it in a browser.

use std::fmt;
use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpListener;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64_URL;
use http::Request;
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};

use super::super::body::Body;
use super::super::encode;
use super::super::random;
use super::super::request_error::RequestError;
use super::{App, Grant, Token, TokenError};

/// The authorization code grant: where a user is sent to.
///
/// ```no_run
/// use letterpress_client::Settings;
/// use letterpress_client::oauth2::{App, AuthorizationCode, Loopback, OAuth2};
///
/// let app = App::new("https://zoom.us/oauth/token", "client id").secret("client secret");
/// let loopback = Loopback::listen()?;
/// let pending = AuthorizationCode::new(app, "https://zoom.us/oauth/authorize").begin(&loopback.url());
/// println!("open {}", pending.url());
/// let grant = pending.granted(&loopback.wait()?)?;
/// let settings = Settings::new().oauth2(OAuth2::new(grant));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct AuthorizationCode {
    app: App,
    authorize_url: String,
}

impl AuthorizationCode {
    /// The grant for an app. `authorize_url` is the authorization endpoint.
    #[must_use]
    pub fn new(app: App, authorize_url: impl Into<String>) -> Self {
        let authorize_url = authorize_url.into();
        Self { app, authorize_url }
    }

    /// Begins to ask a user, who comes back to `redirect_url`.
    #[must_use]
    pub fn begin(self, redirect_url: &str) -> Pending {
        let verifier = random::text() + &random::text();
        let state = random::text();
        let challenge = BASE64_URL.encode(Sha256::digest(verifier.as_bytes()));
        let mut pairs = vec![
            ("response_type", "code"),
            ("client_id", self.app.id()),
            ("redirect_uri", redirect_url),
            ("state", &state),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        pairs.extend(self.app.scope().map(|scope| ("scope", scope)));
        let mut url = self.authorize_url.clone();
        for (name, value) in pairs {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(name);
            url.push('=');
            encode::push(&mut url, encode::STRICT, &value);
        }
        Pending {
            app: self.app,
            url,
            redirect_url: redirect_url.to_owned(),
            state,
            verifier,
        }
    }
}

/// A user is being asked.
#[derive(Clone)]
pub struct Pending {
    app: App,
    url: String,
    redirect_url: String,
    state: String,
    verifier: String,
}

impl Pending {
    /// What the user opens in a browser.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The grant, by the URL to which the user came back, or its query.
    ///
    /// # Errors
    ///
    /// The user said no, or the URL is the answer to another question (RFC 6749, section 10.12).
    pub fn granted(self, came_back: &str) -> Result<impl Grant + 'static, TokenError> {
        let query = came_back
            .split_once('?')
            .map_or(came_back, |(_, query)| query);
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let (_, value) = pairs.find(|(own, _)| *own == name)?;
            let value = value.replace('+', " ");
            Some(percent_decode_str(&value).decode_utf8_lossy().into_owned())
        };
        if let Some(error) = value("error") {
            return Err(TokenError::NotPermitted(error));
        }
        if value("state").as_deref() != Some(&self.state) {
            let problem = "the state is another than was sent";
            return Err(TokenError::NotPermitted(problem.to_owned()));
        }
        match value("code") {
            Some(code) => Ok(Granted {
                code,
                pending: self,
            }),
            None => Err(TokenError::NotPermitted("there is no code".to_owned())),
        }
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending")
            .field("app", &self.app)
            .finish_non_exhaustive()
    }
}

/// A code, which is good for the first token; those after it are by refresh token.
struct Granted {
    code: String,
    pending: Pending,
}

impl Grant for Granted {
    fn request(&self, last: Option<&Token>) -> Result<Request<Body>, RequestError> {
        let Pending {
            app,
            redirect_url,
            verifier,
            ..
        } = &self.pending;
        match last.and_then(Token::refresh) {
            Some(refresh) => {
                app.ask(&[("grant_type", "refresh_token"), ("refresh_token", refresh)])
            }
            None => app.ask(&[
                ("grant_type", "authorization_code"),
                ("code", &self.code),
                ("redirect_uri", redirect_url),
                ("code_verifier", verifier),
            ]),
        }
    }
}

/// Waits on this machine for a user to come back (RFC 8252, section 7.3).
#[derive(Debug)]
pub struct Loopback {
    listener: TcpListener,
    url: String,
}

impl Loopback {
    /// Listens on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// The system gives none.
    pub fn listen() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let url = format!("http://{}/", listener.local_addr()?);
        Ok(Self { listener, url })
    }

    /// The URL to come back to.
    #[must_use]
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Waits until a browser comes back, and gives the query with which it does. It blocks the thread.
    ///
    /// # Errors
    ///
    /// The connection fails.
    pub fn wait(self) -> io::Result<String> {
        loop {
            let (mut stream, _) = self.listener.accept()?;
            let mut line = String::new();
            // A line of a browser is shorter.
            let mut head = BufReader::new(io::Read::take(&stream, 16 * 1024));
            head.read_line(&mut line)?;
            let target = line.split(' ').nth(1).unwrap_or_default();
            let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n\
                 You can close this window.\n";
            stream.write_all(answer.as_bytes())?;
            // A browser also asks for an icon.
            if let Some((_, query)) = target.split_once('?') {
                return Ok(query.to_owned());
            }
        }
    }
}
