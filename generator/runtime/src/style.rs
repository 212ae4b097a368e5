//! How a list or an object is written as a parameter (OpenAPI, "Style Values"; RFC 6570).

use super::encode;
use super::json::{self, Encode, Json};

/// How a list or an object is written as a parameter. A text, a number or a boolean is written as it is.
///
/// `color`, as `["blue", "black"]` and as `{"R": 100, "G": 200}`:
///
/// | | list | object |
/// | --- | --- | --- |
/// | [`FORM`](Style::FORM) | `color=blue&color=black` | `R=100&G=200` |
/// | [`FORM`](Style::FORM), [joined](Style::joined) | `color=blue,black` | `color=R,100,G,200` |
/// | [`SPACES`](Style::SPACES) | `color=blue%20black` | `color=R%20100%20G%20200` |
/// | [`PIPES`](Style::PIPES) | `color=blue%7Cblack` | `color=R%7C100%7CG%7C200` |
/// | [`TABS`](Style::TABS) | `color=blue%09black` | `color=R%09100%09G%09200` |
/// | [`DEEP_OBJECT`](Style::DEEP_OBJECT) | `color%5B%5D=blue&color%5B%5D=black` | `color%5BR%5D=100&color%5BG%5D=200` |
/// | [`SIMPLE`](Style::SIMPLE) | `blue,black` | `R,100,G,200` |
/// | [`SIMPLE`](Style::SIMPLE), [exploded](Style::exploded) | `blue,black` | `R=100,G=200` |
/// | [`LABEL`](Style::LABEL) | `.blue,black` | `.R,100,G,200` |
/// | [`LABEL`](Style::LABEL), [exploded](Style::exploded) | `.blue.black` | `.R=100.G=200` |
/// | [`MATRIX`](Style::MATRIX) | `;color=blue,black` | `;color=R,100,G,200` |
/// | [`MATRIX`](Style::MATRIX), [exploded](Style::exploded) | `;color=blue;color=black` | `;R=100;G=200` |
/// | [`COOKIE`](Style::COOKIE) | `color=blue; color=black` | `R=100; G=200` |
/// | [`JSON`](Style::JSON) | `color=%5B%22blue%22%2C%22black%22%5D` | `color=%7B%22R%22%3A100%2C%22G%22%3A200%7D` |
///
/// The first six are for a query or a form, `FORM` and `COOKIE` for cookies, the last but one six for a path, `SIMPLE` for a
/// header as well. Null, an empty list and an empty object are left out, and null in a list or an object too; in a path
/// they are refused. A list or an object inside of another one has a form in `DEEP_OBJECT` alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style {
    form: Layout,
    explode: bool,
    reserved: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Layout {
    Simple,
    Label,
    Matrix,
    /// Pairs; what stands between the parts of one that is joined.
    Pairs(&'static str),
    Deep,
    /// Pairs that are not encoded.
    Raw,
    /// The JSON of the value, alone in a path, else as a pair.
    Json,
}

/// Where a parameter is written: what OpenAPI calls `in`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum In {
    Path,
    Query,
    Header,
    Cookie,
}

impl Style {
    /// Pairs, one for each element or member: the usual style of a query and of cookies.
    pub const FORM: Self = Self::new(Layout::Pairs(","), true);
    /// One pair, blanks in it.
    pub const SPACES: Self = Self::new(Layout::Pairs("%20"), false);
    /// One pair, `|` in it.
    pub const PIPES: Self = Self::new(Layout::Pairs("%7C"), false);
    /// One pair, tabs in it (OpenAPI 2.0, `tsv`).
    pub const TABS: Self = Self::new(Layout::Pairs("%09"), false);
    /// Pairs whose names have the names of members in brackets, as deep as it goes.
    pub const DEEP_OBJECT: Self = Self::new(Layout::Deep, true);
    /// Commas: the usual style of a path and of headers.
    pub const SIMPLE: Self = Self::new(Layout::Simple, false);
    /// Dots in front.
    pub const LABEL: Self = Self::new(Layout::Label, false);
    /// Semicolons in front, and names.
    pub const MATRIX: Self = Self::new(Layout::Matrix, false);
    /// Cookies that are not encoded (OpenAPI 3.2).
    pub const COOKIE: Self = Self::new(Layout::Raw, true);
    /// JSON in a path or a cookie (a parameter with `content`).
    pub const JSON: Self = Self::new(Layout::Json, false);

    const fn new(form: Layout, explode: bool) -> Self {
        let reserved = false;
        Self {
            form,
            explode,
            reserved,
        }
    }

    /// Each element or member for itself (`explode: true`).
    #[must_use]
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    /// All elements or members in one (`explode: false`).
    #[must_use]
    pub const fn joined(mut self) -> Self {
        self.explode = false;
        self
    }

    /// Reserved characters stay as they are (`allowReserved`), but for those that would change the query: `#[]&=+`. So does
    /// what is percent-encoded already.
    #[must_use]
    pub const fn reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    /// A parameter as it is written; nothing if it is left out.
    ///
    /// # Errors
    ///
    /// What is wrong, as the end of a sentence.
    pub(super) fn write(
        self,
        name: &str,
        value: &dyn Encode,
        into: In,
    ) -> Result<Option<String>, &'static str> {
        let Ok(value) = Json::of(value) else {
            return Err("is too deep");
        };
        let writer = Writer {
            style: self,
            into,
            name: self.encode(name, into),
        };
        let value = match value {
            value if self.form == Layout::Json && value != Json::Null => {
                Json::Text(json::to_string(&value))
            }
            value => value,
        };
        if self.form == Layout::Deep {
            let mut pairs = Vec::new();
            writer.deep(&writer.name, &value, &mut pairs);
            return Ok((!pairs.is_empty()).then(|| pairs.join("&")));
        }
        match writer.flat(&value)? {
            Flat::Absent if into == In::Path => Err("cannot be empty in a path"),
            Flat::Absent => Ok(None),
            flat => Ok(Some(writer.text(&flat))),
        }
    }

    fn encode(self, text: &str, into: In) -> String {
        if into == In::Header || self.form == Layout::Raw {
            return text.to_owned();
        }
        let mut encoded = String::new();
        if self.reserved {
            encode::push_reserved(&mut encoded, text);
        } else {
            encode::push(&mut encoded, encode::STRICT, &text);
        }
        encoded
    }
}

/// A value without other values in it, its parts encoded.
enum Flat {
    Absent,
    One(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

struct Writer {
    style: Style,
    into: In,
    /// The name, encoded.
    name: String,
}

impl Writer {
    fn encode(&self, text: &str) -> String {
        self.style.encode(text, self.into)
    }

    /// The text of a value that has no others in it; nothing for null.
    fn scalar(&self, value: &Json) -> Result<Option<String>, &'static str> {
        match value {
            Json::Null => Ok(None),
            Json::Text(text) => Ok(Some(self.encode(text))),
            Json::Boolean(_) | Json::Number(_) => Ok(Some(value.to_string())),
            Json::Array(_) | Json::Object(_) => Err("has a list or an object inside of another"),
        }
    }

    fn flat(&self, value: &Json) -> Result<Flat, &'static str> {
        match value {
            Json::Array(elements) => {
                let texts = elements
                    .iter()
                    .filter_map(|one| self.scalar(one).transpose());
                let texts = texts.collect::<Result<Vec<_>, _>>()?;
                Ok(if texts.is_empty() {
                    Flat::Absent
                } else {
                    Flat::List(texts)
                })
            }
            Json::Object(members) => {
                let mut pairs = Vec::new();
                for (name, value) in members.iter() {
                    if let Some(value) = self.scalar(value)? {
                        pairs.push((self.encode(name), value));
                    }
                }
                Ok(if pairs.is_empty() {
                    Flat::Absent
                } else {
                    Flat::Object(pairs)
                })
            }
            one => Ok(self.scalar(one)?.map_or(Flat::Absent, Flat::One)),
        }
    }

    fn text(&self, flat: &Flat) -> String {
        match self.style.form {
            Layout::Simple => self.listed(flat, ","),
            Layout::Label => format!(".{}", self.listed(flat, ".")),
            Layout::Matrix => self.matrix(flat),
            Layout::Pairs(between) => self.pairs(flat, between),
            Layout::Json if self.into == In::Path => self.listed(flat, ","),
            Layout::Raw | Layout::Deep | Layout::Json => self.pairs(flat, ","),
        }
    }

    /// The parts alone. `exploded` stands between those that are exploded.
    fn listed(&self, flat: &Flat, exploded: &str) -> String {
        let between = if self.style.explode { exploded } else { "," };
        match flat {
            Flat::Absent => String::new(),
            Flat::One(text) => text.clone(),
            Flat::List(texts) => texts.join(between),
            Flat::Object(pairs) => {
                joined(pairs, if self.style.explode { "=" } else { "," }, between)
            }
        }
    }

    fn matrix(&self, flat: &Flat) -> String {
        let name = &self.name;
        let pair = |name: &str, value: &str| match value {
            "" => format!(";{name}"),
            value => format!(";{name}={value}"),
        };
        match flat {
            Flat::One(text) => pair(name, text),
            Flat::List(texts) if self.style.explode => {
                texts.iter().map(|text| pair(name, text)).collect()
            }
            Flat::Object(pairs) if self.style.explode => pairs
                .iter()
                .map(|(name, value)| pair(name, value))
                .collect(),
            joined => format!(";{name}={}", self.listed(joined, ",")),
        }
    }

    fn pairs(&self, flat: &Flat, between: &str) -> String {
        let name = &self.name;
        let and = if self.into == In::Cookie { "; " } else { "&" };
        match flat {
            Flat::Absent => String::new(),
            Flat::One(text) => format!("{name}={text}"),
            Flat::List(texts) if self.style.explode => {
                let pairs = texts.iter().map(|text| format!("{name}={text}"));
                pairs.collect::<Vec<_>>().join(and)
            }
            Flat::Object(pairs) if self.style.explode => joined(pairs, "=", and),
            Flat::List(texts) => format!("{name}={}", texts.join(between)),
            Flat::Object(pairs) => format!("{name}={}", joined(pairs, between, between)),
        }
    }

    /// Pairs of all values at any depth: `name[member][]=value`.
    fn deep(&self, name: &str, value: &Json, pairs: &mut Vec<String>) {
        match value {
            Json::Null => {}
            Json::Array(elements) => {
                for element in elements {
                    self.deep(&format!("{name}%5B%5D"), element, pairs);
                }
            }
            Json::Object(members) => {
                for (member, value) in members.iter() {
                    let name = format!("{name}%5B{}%5D", self.encode(member));
                    self.deep(&name, value, pairs);
                }
            }
            Json::Text(text) => pairs.push(format!("{name}={}", self.encode(text))),
            Json::Boolean(_) | Json::Number(_) => pairs.push(format!("{name}={value}")),
        }
    }
}

fn joined(pairs: &[(String, String)], equals: &str, between: &str) -> String {
    let pairs = pairs
        .iter()
        .map(|(name, value)| format!("{name}{equals}{value}"));
    pairs.collect::<Vec<_>>().join(between)
}
