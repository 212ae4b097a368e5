//! Bodies of HTML forms without files.

use std::fmt;

use super::encode;
use super::json::{self, Encode, Json};
use super::style::{In, Style};
use super::values::Values;

/// A body of type `application/x-www-form-urlencoded`.
///
/// Encoded as Postman does: letters, digits and `-._~` stay, everything else becomes `%XX` of
/// its UTF-8 form, a blank `%20` and never `+`. Pairs keep their order, names may repeat.
///
/// A form without any pair is no body: [`Body::Empty`](super::Body::Empty).
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

    /// Appends any value as OpenAPI has it in a form (3.2, Encoding Object): a text as it is, each element of a list alone,
    /// nothing for null, an object as JSON.
    pub fn value(&mut self, name: &str, value: &dyn Encode) {
        each_value(value, &mut |value| self.pair(name, &field_text(value)));
    }

    /// Appends a list, an object or a plain value in a style of OpenAPI (`encoding`). What has no form in that style, such
    /// as an object inside of another one, is JSON.
    pub fn styled(&mut self, name: &'static str, style: Style, value: &dyn Encode) {
        match style.write(name, value, In::Query) {
            Ok(None) => {}
            Ok(Some(text)) => {
                if !self.encoded.is_empty() {
                    self.encoded.push('&');
                }
                self.encoded.push_str(&text);
            }
            Err(_) => self.json(name, value),
        }
    }

    /// The encoded form, as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.encoded
    }
}

/// The values that stand alone in a form: each element of a list, and nothing that is null. What is too deep to be read
/// back is one value.
pub(super) fn each_value(value: &dyn Encode, add: &mut dyn FnMut(&Json)) {
    let value = Json::of(value).unwrap_or_else(|_| Json::Text(json::to_string(value)));
    match &value {
        Json::Array(elements) => elements
            .iter()
            .filter(|element| **element != Json::Null)
            .for_each(add),
        Json::Null => {}
        value => add(value),
    }
}

/// A value of a form as text.
pub(super) fn field_text(value: &Json) -> String {
    match value {
        Json::Text(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Shows the length only: forms carry passwords.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Form({} bytes)", self.encoded.len())
    }
}
