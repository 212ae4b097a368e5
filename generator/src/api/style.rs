//! How values that are no single texts go on the wire: the styles of `OpenAPI` (3.2, "Style Values"; RFC 6570)
//! and the collection formats of 2.0.

use std::fmt::Write as _;

use super::Location;

/// How an input goes on the wire.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Style {
    /// The form.
    pub form: StyleForm,
    /// Whether each element and each member stands alone, rather than all of them as one value.
    pub explode: bool,
    /// Whether reserved characters of RFC 3986 are sent as they are, as far as they end nothing.
    pub reserved: bool,
    /// Whether a slash in the value is a slash of the path.
    pub slashes: bool,
    /// What stands between elements where that is no comma; the next ones between those of nested lists.
    pub delimiters: Vec<char>,
}

/// The form of a value on the wire.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum StyleForm {
    /// A single text, alone or behind its name.
    #[default]
    Text,
    /// The value alone: `a,b`.
    Simple,
    /// With a point in front: `.a,b`.
    Label,
    /// With its name, behind a semicolon: `;name=a,b`.
    Matrix,
    /// With its name: `name=a,b`.
    Form,
    /// Members with their names in brackets: `name[member]=a`.
    DeepObject,
    /// As [`Form`](Self::Form), not encoded: a cookie as it is set.
    Cookie,
    /// The whole query.
    Whole,
    /// As JSON, where that is no value of a query.
    Json,
    /// As a field of a form (3.2, Encoding Object): a text as it is, each element of a list alone, nothing for null, an
    /// object as JSON.
    Field,
}

impl Style {
    /// The style in words.
    #[must_use]
    pub fn name(&self) -> String {
        let form = match self.form {
            StyleForm::Text => "text",
            StyleForm::Simple => "simple",
            StyleForm::Label => "label",
            StyleForm::Matrix => "matrix",
            StyleForm::Form => "form",
            StyleForm::DeepObject => "deepObject",
            StyleForm::Cookie => "cookie",
            StyleForm::Whole => "the whole query",
            StyleForm::Json => "JSON",
            StyleForm::Field => "a field of a form",
        };
        let mut name = form.to_owned();
        for (is_set, word) in [
            (self.explode, ", exploded"),
            (self.reserved, ", with reserved characters"),
            (self.slashes, ", with slashes"),
        ] {
            name.push_str(if is_set { word } else { "" });
        }
        for delimiter in &self.delimiters {
            // Writing to a string cannot fail.
            let _ = write!(name, ", by {delimiter:?}");
        }
        name
    }

    /// The style of a single text: most styles write one alike.
    #[must_use]
    pub fn of_text(self) -> Self {
        let is_plain = matches!(
            self.form,
            StyleForm::Simple | StyleForm::Form | StyleForm::DeepObject
        );
        if is_plain && !self.reserved && !self.slashes {
            Self::default()
        } else {
            self
        }
    }
}

impl StyleForm {
    /// The style of that name, and the delimiters that it means.
    #[must_use]
    pub fn named(name: &str) -> Option<(Self, Vec<char>)> {
        Some(match name {
            "simple" => (Self::Simple, Vec::new()),
            "label" => (Self::Label, Vec::new()),
            "matrix" => (Self::Matrix, Vec::new()),
            "form" => (Self::Form, Vec::new()),
            "spaceDelimited" => (Self::Form, vec![' ']),
            "pipeDelimited" => (Self::Form, vec!['|']),
            "deepObject" => (Self::DeepObject, Vec::new()),
            "cookie" => (Self::Cookie, Vec::new()),
            _ => return None,
        })
    }

    /// The form of inputs that go there, where nothing else is said (3.2, Parameter Object, `style`).
    #[must_use]
    pub fn default_of(location: Location) -> Self {
        match location {
            Location::Path | Location::Header | Location::Body => Self::Simple,
            Location::Query | Location::Cookie | Location::Form => Self::Form,
        }
    }
}
