//! Bodies of HTML forms without files.

use std::fmt;

use super::body::Body;
use super::encode;
use super::json::{self, Encode};
use super::values::Values;

/// A body of type `application/x-www-form-urlencoded`.
///
/// Encoded as Postman does: letters, digits and `-._~` stay, everything else becomes `%XX` of
/// its UTF-8 form, a blank `%20` and never `+`. Pairs keep their order, names may repeat.
///
/// A form without any pair is no body: [`Body::Empty`].
///
/// ```
/// use letterpress_client::Form;
///
/// let mut form = Form::new();
/// form.pair("topic", &"A & B");
/// form.pair("size", &30);
/// assert_eq!(form.as_str(), "topic=A%20%26%20B&size=30");
/// ```
#[derive(Clone, Default)]
pub struct Form {
    encoded: String,
}

impl Form {
    /// The media type of such a body.
    pub const MEDIA_TYPE: &'static str = "application/x-www-form-urlencoded";

    /// A form without pairs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends `name=value` for each value.
    pub fn pair(&mut self, name: &str, values: &dyn Values) {
        values.each(&mut |value| {
            if !self.encoded.is_empty() {
                self.encoded.push('&');
            }
            encode::push(&mut self.encoded, encode::STRICT, &name);
            self.encoded.push('=');
            encode::push(&mut self.encoded, encode::STRICT, value);
        });
    }

    /// Appends `name=value` for each pair, where the name is an input as well.
    pub fn pairs(&mut self, pairs: &[(String, String)]) {
        for (name, value) in pairs {
            self.pair(name, value);
        }
    }

    /// Appends `name=value`, where the value is JSON, unless it is absent.
    pub fn json(&mut self, name: &str, value: &dyn Encode) {
        if !value.is_absent() {
            self.pair(name, &json::to_string(value));
        }
    }

    /// The encoded form, as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.encoded
    }
}

/// Shows the length only: forms carry passwords.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Form({} bytes)", self.encoded.len())
    }
}

impl From<Form> for Body {
    fn from(form: Form) -> Self {
        if form.encoded.is_empty() {
            Body::Empty
        } else {
            Body::Form(form)
        }
    }
}
