//! Judges an inferred type by what schemas allow at its place.

use std::collections::BTreeSet;

use letterpress::api::{Schema, SchemaType};

use crate::description::{Allowed, Kind};

/// How an inferred type stands to the documented one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    /// The schema gives no type.
    Undocumented,
    /// The type takes anything, since no example tells.
    Unknown,
    /// The same JSON kinds.
    Same,
    /// The type takes all that is documented, and more.
    Wider,
    /// Documented as any number, but its description says that it counts or numbers: a whole number.
    Whole,
    /// A value that the schema allows is refused or misread. The text is the class.
    Wrong(String),
}

/// What holds a value: where `null` means the same as nothing, it is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    OptionalMember,
    Other,
}

/// Judges one place, without what is below it. Below a choice nothing is refused: what fits no
/// alternative is kept as it is.
pub(crate) fn judge(data: &Schema, allowed: &Allowed<'_>, name: &str, holder: Holder) -> Verdict {
    if data.ty == SchemaType::Any {
        return Verdict::Unknown;
    }
    let is_choice = matches!(data.ty, SchemaType::Union(_));
    let null_is_read = holder == Holder::OptionalMember || data.nullable;
    let is_read = |kind| is_choice || kind == Kind::Null && null_is_read;
    match judge_kinds(&kinds(data), allowed, name, is_read) {
        Verdict::Same | Verdict::Wider if drops_names(data, allowed) => {
            Verdict::Wrong("record, documented as map".to_owned())
        }
        verdict => verdict,
    }
}

fn judge_kinds(
    read: &BTreeSet<Kind>,
    allowed: &Allowed<'_>,
    name: &str,
    is_read: impl Fn(Kind) -> bool,
) -> Verdict {
    if allowed.untyped {
        return Verdict::Undocumented;
    }
    let taken = widened(read);
    let refused = allowed.kinds.difference(&taken).copied();
    let refused: Vec<Kind> = refused.filter(|kind| !is_read(*kind)).collect();
    match refused.as_slice() {
        [] if is_same(read, allowed) => Verdict::Same,
        [] => Verdict::Wider,
        [Kind::Number] if read.contains(&Kind::Integer) && is_whole(name, &allowed.prose()) => {
            Verdict::Whole
        }
        refused => Verdict::Wrong(class(read, allowed, refused)),
    }
}

/// Judges a parameter. Text carries every value, so that it refuses none.
pub(crate) fn judge_scalar(inferred: &SchemaType, allowed: &Allowed<'_>, name: &str) -> Verdict {
    let read = match inferred {
        SchemaType::Integer(_) => Kind::Integer,
        SchemaType::Float => Kind::Number,
        SchemaType::Boolean => Kind::Boolean,
        _ if allowed.untyped => return Verdict::Undocumented,
        SchemaType::Text | SchemaType::Enum(_) if allowed.allows(Kind::Text) => {
            return Verdict::Same;
        }
        _ => return Verdict::Wider,
    };
    judge_kinds(&[read].into(), allowed, name, |kind| kind == Kind::Null)
}

/// `text, documented also array`; `also` where what was read is one of several that are documented.
fn class(read: &BTreeSet<Kind>, allowed: &Allowed<'_>, refused: &[Kind]) -> String {
    let names = |kinds: &mut dyn Iterator<Item = &Kind>| {
        let names: Vec<&str> = kinds.map(|kind| kind.word()).collect();
        names.join("|")
    };
    let also = if read.iter().any(|kind| allowed.allows(*kind)) {
        " also"
    } else {
        ""
    };
    let (read, refused) = (names(&mut read.iter()), names(&mut refused.iter()));
    format!("{read}, documented{also} as {refused}")
}

/// The kinds that an inferred type says.
fn kinds(data: &Schema) -> BTreeSet<Kind> {
    let kind = match &data.ty {
        SchemaType::Union(union) => {
            let all = union.alternatives.iter();
            return all.flat_map(|one| kinds(&one.schema)).collect();
        }
        SchemaType::Any | SchemaType::Named(_) => return BTreeSet::new(),
        SchemaType::Boolean => Kind::Boolean,
        SchemaType::Integer(_) => Kind::Integer,
        SchemaType::Float | SchemaType::Number => Kind::Number,
        SchemaType::Text | SchemaType::Bytes | SchemaType::Enum(_) => Kind::Text,
        SchemaType::List(_) | SchemaType::Tuple(_) => Kind::Array,
        SchemaType::Map(_) | SchemaType::Record(_) | SchemaType::Recursive(_) => Kind::Object,
    };
    [kind].into()
}

/// A number may be a whole one.
fn widened(kinds: &BTreeSet<Kind>) -> BTreeSet<Kind> {
    let whole = kinds.contains(&Kind::Number).then_some(Kind::Integer);
    kinds.iter().copied().chain(whole).collect()
}

/// Whether the kinds are the same. `null` is left to optionality.
fn is_same(read: &BTreeSet<Kind>, allowed: &Allowed<'_>) -> bool {
    let documented = allowed.kinds.iter().filter(|kind| **kind != Kind::Null);
    documented.eq(read.iter())
}

/// Whether members are documented whose names are data, and none that is named, but the type is a record:
/// it leaves out what it does not name.
fn drops_names(data: &Schema, allowed: &Allowed<'_>) -> bool {
    matches!(data.ty, SchemaType::Record(_))
        && allowed.members().is_empty()
        && !allowed.values().is_empty()
}

/// Whether name or description leave no doubt that a number counts, numbers or identifies things.
fn is_whole(name: &str, prose: &str) -> bool {
    let prose = prose.trim_start().to_lowercase();
    let begins = COUNTING.iter().any(|phrase| prose.starts_with(phrase));
    let says = WHOLE.iter().any(|phrase| prose.contains(phrase));
    begins || says || NAMES.contains(&name)
}

/// How descriptions of counts begin.
const COUNTING: &[&str] = &[
    "number of ",
    "the number of ",
    "total number of ",
    "the total number of ",
    "count of ",
    "total count of ",
    "how many ",
];
/// Phrases that only whole numbers have in their descriptions.
const WHOLE: &[&str] = &[
    " in bytes",
    "(1-based)",
    "calendar month",
    "calendar year",
    "identifier used to",
    "index (1-",
    "integer",
    "number (1-",
    "number from 1 to ",
    "number 1 to ",
    "whole number",
    "zero-based",
];
/// Names that only whole numbers have.
const NAMES: &[&str] = &[
    "count",
    "limit",
    "offset",
    "page",
    "totalCount",
    "total_count",
    "year",
];

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::Boolean => "boolean",
            Kind::Integer => "whole number",
            Kind::Number => "number",
            Kind::Text => "text",
            Kind::Array => "array",
            Kind::Object => "object",
        }
    }
}
