//! Complete requests: an endpoint, where it goes, and what signs it.

use http::StatusCode;
use http::header::USER_AGENT;

use super::auth::Auth;
use super::body::Body;
use super::credentials::Credentials;
use super::endpoint::{self, Endpoint, Requirement};
use super::headers;
use super::request_error::RequestError;
use super::settings::Settings;
use super::sign;
use super::target::Path;

impl Settings {
    /// The complete request: base URL, headers of the settings, credentials, user agent.
    ///
    /// Headers that hold credentials are marked as sensitive. Note that the `Debug` form of an
    /// [`http::Request`] shows its URL, and with it an API key that is sent in the query.
    ///
    /// # Errors
    ///
    /// See [`RequestError`].
    pub fn request<E: Endpoint>(&self, endpoint: &E) -> Result<http::Request<Body>, RequestError> {
        let mut request = self.unsigned(endpoint)?;
        self.sign::<E>(&mut request, self.credentials_on(E::BASE_URL))?;
        Ok(request)
    }

    /// As [`request`](Settings::request), signed by other credentials than those of the settings.
    #[cfg(feature = "oauth2")]
    pub(super) fn request_with<E: Endpoint>(
        &self,
        endpoint: &E,
        credentials: &Credentials,
    ) -> Result<http::Request<Body>, RequestError> {
        let mut request = self.unsigned(endpoint)?;
        self.sign::<E>(&mut request, Some(credentials))?;
        Ok(request)
    }

    /// The request once more, signed by what the server asks for in its reply: where that is a
    /// challenge that [`Auth::Digest`] can answer. Nothing where `response` is the reply to be
    /// read.
    ///
    /// The clients of this crate do this once for each call.
    ///
    /// # Errors
    ///
    /// See [`RequestError`].
    pub fn answer<E: Endpoint, B>(
        &self,
        endpoint: &E,
        response: &http::Response<B>,
    ) -> Result<Option<http::Request<Body>>, RequestError> {
        let is_asked = response.status() == StatusCode::UNAUTHORIZED && E::AUTH == Auth::Digest;
        let credentials = self.credentials_on(E::BASE_URL);
        let Some(credentials) = credentials.filter(|own| is_asked && !own.has_signer(E::AUTH))
        else {
            return Ok(None);
        };
        let mut request = self.unsigned(endpoint)?;
        let moment = &self.context().moment;
        let is_answered = sign::answer(&mut request, response, &credentials.keys, moment)?;
        Ok(is_answered.then_some(request))
    }

    /// The request, complete but for what signs it.
    fn unsigned<E: Endpoint>(&self, endpoint: &E) -> Result<http::Request<Body>, RequestError> {
        let path = Path::with_empty_segments(self.empty_segments);
        let base = E::BASE_URL;
        let own = self.base_urls.get(base.name);
        let base_url = own.map_or(base.default, String::as_str);
        let mut request = endpoint::complete(endpoint, base_url, path)?;
        self.introduce(request.headers_mut())?;
        Ok(request)
    }

    /// Adds the headers of the settings.
    fn introduce(&self, headers: &mut http::HeaderMap) -> Result<(), RequestError> {
        let unsendable = |name: &str| RequestError::HeaderValue {
            name: name.to_owned().into(),
        };
        if let Some(name) = &self.bad_header {
            return Err(unsendable(name));
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        if !headers.contains_key(USER_AGENT) {
            let text = self.user_agent.as_deref().unwrap_or(Self::USER_AGENT);
            let value = headers::value(text).ok_or_else(|| unsendable(USER_AGENT.as_str()))?;
            headers.insert(USER_AGENT, value);
        }
        Ok(())
    }

    fn sign<E: Endpoint>(
        &self,
        request: &mut http::Request<Body>,
        credentials: Option<&Credentials>,
    ) -> Result<(), RequestError> {
        if E::SECURITY.is_empty() {
            return self.sign_by(request, E::AUTH, credentials);
        }
        self.sign_by_any(request, E::SECURITY, credentials)
    }

    fn sign_by(
        &self,
        request: &mut http::Request<Body>,
        scheme: Auth,
        credentials: Option<&Credentials>,
    ) -> Result<(), RequestError> {
        let is_signed = match credentials {
            Some(credentials) => credentials.sign(request, scheme, &self.context())?,
            None => scheme == Auth::None,
        };
        if is_signed || self.anonymous {
            Ok(())
        } else {
            Err(RequestError::Credentials { scheme })
        }
    }

    /// Signs by the first alternative for which there are all credentials.
    fn sign_by_any(
        &self,
        request: &mut http::Request<Body>,
        alternatives: &'static [&'static [Requirement]],
        credentials: Option<&Credentials>,
    ) -> Result<(), RequestError> {
        let plain = (request.uri().clone(), request.headers().clone());
        for alternative in alternatives {
            if self.sign_by_all(request, alternative, credentials)? {
                return Ok(());
            }
            *request.uri_mut() = plain.0.clone();
            *request.headers_mut() = plain.1.clone();
        }
        let scheme = alternatives.iter().find_map(|all| all.first());
        match scheme {
            Some(Requirement { auth, .. }) if !self.anonymous => {
                Err(RequestError::Credentials { scheme: *auth })
            }
            _ => Ok(()),
        }
    }

    /// Signs by all schemes of an alternative. Whether there are credentials for each.
    fn sign_by_all(
        &self,
        request: &mut http::Request<Body>,
        all: &[Requirement],
        credentials: Option<&Credentials>,
    ) -> Result<bool, RequestError> {
        let Some(credentials) = credentials else {
            return Ok(all.is_empty());
        };
        for Requirement { name, auth } in all {
            let own = self.credentials_of_schemes.get(*name);
            let credentials = own.unwrap_or(credentials);
            if !credentials.sign(request, *auth, &self.context())? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
