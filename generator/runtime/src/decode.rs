//! What a reply means: its body as what an API documents, or the error that it is.
//!
//! The status decides, and the body informs: a documented failure whose body is another than documented, or none, is
//! still that failure.

use bytes::Bytes;

use super::charset;
use super::error::{ApiError, CallError, DecodeError};
use super::json::{self, Decode, Json, Map};
use super::media_type;
use super::reply::Reply;

impl Reply {
    /// The reply, as the success that the API documents without a body.
    ///
    /// # Errors
    ///
    /// [`CallError::Undocumented`]: the body tells an error.
    pub fn nothing<F>(self) -> Result<(), CallError<F>> {
        if !self.is_empty() && self.tells_error() {
            return Err(self.undocumented());
        }
        Ok(())
    }

    /// The body as it is, which the API documents as `documented`, a media type.
    ///
    /// # Errors
    ///
    /// [`CallError::Undocumented`]: the `Content-Type` says that it is something else, such as the page of HTML that a
    /// proxy sends. [`CallError::Decode`]: it is coded in a way that this program cannot undo.
    pub fn bytes_of<F>(self, documented: &str) -> Result<Bytes, CallError<F>> {
        self.of(documented)?.plain().map(Reply::into_body)
    }

    /// The body as text, which the API documents as `documented`, a media type.
    ///
    /// # Errors
    ///
    /// As [`bytes_of`](Reply::bytes_of) and [`string`](Reply::string).
    pub fn string_of<F>(self, documented: &str) -> Result<String, CallError<F>> {
        self.of(documented)?.string()
    }

    /// The same reply, unless its `Content-Type` contradicts the documented one.
    fn of<F>(self, documented: &str) -> Result<Self, CallError<F>> {
        match self.media_type() {
            Some(actual) if media_type::contradicts(documented, actual) => Err(self.undocumented()),
            _ => Ok(self),
        }
    }

    /// The same reply, unless its body is coded.
    fn plain<F>(self) -> Result<Self, CallError<F>> {
        match self.coded() {
            Some(error) => Err(self.misfit(error)),
            None => Ok(self),
        }
    }

    /// Why a body that is coded cannot be read.
    fn coded(&self) -> Option<json::Error> {
        let coding = self.coding()?;
        let message = match coding.to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" | "deflate" => {
                "the body is coded by gzip: turn on the feature `gzip`".to_owned()
            }
            "br" => "the body is coded by brotli: turn on the feature `brotli`".to_owned(),
            "zstd" => "the body is coded by zstd: turn on the feature `zstd`".to_owned(),
            _ => format!("the body is coded in {coding:?}, which is unknown"),
        };
        Some(json::Error::new(message))
    }

    /// The body as text; see [`text`](Reply::text) for its character set.
    ///
    /// # Errors
    ///
    /// [`CallError::Decode`]: the body is not of its character set, or coded.
    pub fn string<F>(self) -> Result<String, CallError<F>> {
        if let Some(error) = self.coded() {
            return Err(self.misfit(error));
        }
        match charset::decode(self.headers(), self.body()) {
            Ok(text) => Ok(text.into_owned()),
            Err(problem) => Err(self.misfit(json::Error::new(problem))),
        }
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// [`CallError::Decode`]: the body is no JSON or does not fit. [`CallError::Undocumented`]: it is an object with
    /// none of the documented members, and tells an error, as some APIs do with the status 200.
    #[inline]
    pub fn json<T: Decode + Default, F>(self) -> Result<T, CallError<F>> {
        let mut value = T::default();
        match self.read_json(&mut value) {
            Ok(is_foreign) if is_foreign && self.tells_error() => Err(self.undocumented()),
            Ok(_) => Ok(value),
            Err(error) => Err(self.misfit(error)),
        }
    }

    /// Reads the body into a slot. Whether it is an object whose members are none of the slot's.
    fn read_json(&self, slot: &mut dyn Decode) -> Result<bool, json::Error> {
        if let Some(error) = self.coded() {
            return Err(error);
        }
        json::read_into(self.body(), slot)
    }

    /// The body as JSON; nothing if it is empty or blank.
    ///
    /// # Errors
    ///
    /// As [`json`](Reply::json).
    #[inline]
    pub fn json_if_any<T: Decode + Default, F>(self) -> Result<Option<T>, CallError<F>> {
        if self.is_empty() {
            return Ok(None);
        }
        self.json().map(Some)
    }

    /// The error that this reply is, as the API documents it with a body in JSON.
    ///
    /// What of the body is not as documented is left at its default, and [`ApiError::decode_error`] tells it.
    #[inline]
    pub fn json_failure<T: Decode + Default, F>(
        self,
        failure: impl FnOnce(T) -> F,
    ) -> CallError<F> {
        let mut body = T::default();
        match self.read_json(&mut body) {
            Ok(_) => self.failure(failure(body)),
            Err(error) => {
                let body = self.read_in_part();
                self.failure_as_far_as(failure(body), Some(error))
            }
        }
    }

    /// The body as far as it fits: without the members that do not.
    #[cold]
    fn read_in_part<T: Decode + Default>(&self) -> T {
        let mut left: Map<Json> = match json::from_slice(self.body()) {
            Ok(Json::Object(members)) => members,
            _ => return T::default(),
        };
        loop {
            let mut body = T::default();
            let Err(error) = json::read_into(&json::to_vec(&left), &mut body) else {
                return body;
            };
            let path = error.path();
            let misfit = path.split('/').nth(1).unwrap_or_default();
            let misfit = misfit.replace("~1", "/").replace("~0", "~");
            let before = left.len();
            left = left
                .into_iter()
                .filter(|(name, _)| *name != misfit)
                .collect();
            if left.len() == before {
                return T::default();
            }
        }
    }

    /// As [`json_failure`](Reply::json_failure); nothing is read if the body is empty or blank.
    #[inline]
    pub fn json_failure_if_any<T: Decode + Default, F>(
        self,
        failure: impl FnOnce(Option<T>) -> F,
    ) -> CallError<F> {
        if self.is_empty() {
            return self.failure(failure(None));
        }
        self.json_failure(|body| failure(Some(body)))
    }

    /// The error that this reply is, as the API documents it with a body that is text.
    ///
    /// What is not of the text's character set is replaced by U+FFFD.
    #[inline]
    pub fn text_failure<F>(self, failure: impl FnOnce(String) -> F) -> CallError<F> {
        let text = self.text().into_owned();
        self.failure(failure(text))
    }

    /// The error that this reply is, because its body is not what the API documents.
    #[cold]
    fn misfit<F>(self, error: json::Error) -> CallError<F> {
        CallError::Decode(DecodeError::new(error, self))
    }

    /// The error that this reply is, as the API documents it.
    #[must_use]
    pub fn failure<F>(self, failure: F) -> CallError<F> {
        self.failure_as_far_as(failure, None)
    }

    fn failure_as_far_as<F>(self, failure: F, misfit: Option<json::Error>) -> CallError<F> {
        CallError::Api(ApiError::new(failure, self, misfit))
    }

    /// The error that this reply is, because the API does not document it.
    #[must_use]
    pub fn undocumented<F>(self) -> CallError<F> {
        CallError::Undocumented(self)
    }
}
