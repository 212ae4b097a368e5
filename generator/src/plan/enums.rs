//! The enums of inputs whose values a document lists.

use super::fields::Planned;
use super::types::RESERVED_TYPES;
use super::{Enum, Listed, Type};
use crate::api::{Choice, Location};
use crate::document::place::PlacePath;
use crate::document::secret;
use crate::plan::docs;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{self, NameRequest, Registry};

/// How long a meaning may be to name a number.
const LONGEST_MEANING: usize = 40;

/// Names of fields that say nothing of what their values are of: their types take a noun along.
const GENERIC: &[&str] = &[
    "action",
    "category",
    "direction",
    "filter",
    "format",
    "kind",
    "level",
    "method",
    "mode",
    "order",
    "reason",
    "result",
    "role",
    "scope",
    "sort",
    "state",
    "status",
    "type",
    "value",
];

/// Whether the name of a field alone is no name for a type.
pub(super) fn is_generic(field: &str) -> bool {
    GENERIC.contains(&field.trim_end_matches('_').to_ascii_lowercase().as_str())
}

/// One enum for each input with listed values, named after the input's field. `title` is the name of the request.
pub(super) fn plan(
    planned: &mut [Planned<'_>],
    title: &str,
    registry: &mut Registry<'_>,
) -> Vec<Enum> {
    let listed: Vec<usize> = (0..planned.len())
        .filter(|&index| planned[index].listed().is_some())
        .collect();
    let wishes: Vec<NameRequest> = listed
        .iter()
        .map(|&index| {
            let field = planned[index].ident.as_str();
            let plain = names::type_name(field);
            let value = names::joined(&[field, "value"], names::type_name).filter(|_| {
                plain
                    .as_ref()
                    .is_some_and(|name| RESERVED_TYPES.contains(&name.as_str()))
            });
            let ident = value.or(plain).unwrap_or_else(|| names::fixed("Value"));
            let specific = is_generic(field).then(|| with_noun(&planned[index], title));
            NameRequest {
                place: planned[index].place.clone(),
                candidates: specific.flatten().into_iter().chain([ident]).collect(),
                is_chosen: false,
            }
        })
        .collect();
    let idents = registry.distinct(pins::Kind::Type, &wishes, RESERVED_TYPES);
    let enums = listed.into_iter().zip(idents).map(|(index, ident)| {
        let input = &mut planned[index];
        let variants = variants(&input.listed()?.values, &input.place, registry);
        let named = Type::Enum(ident.clone());
        input.ty = match &input.ty {
            Type::Vec(_) => Type::Vec(Box::new(named)),
            Type::Option(_) => Type::Option(Box::new(named)),
            _ => named,
        };
        Some(Enum {
            ident,
            wire: input.input.name.clone(),
            variants,
        })
    });
    enums.flatten().collect()
}

/// The name of a type whose field has a generic name: in a query it is that of what is done (`ListType` of
/// `list_meetings`), elsewhere of what it is done to (`MeetingStatus` of `update_meeting`).
fn with_noun(input: &Planned<'_>, title: &str) -> Option<Ident> {
    let module = names::module(title)?;
    let (verb, noun) = module
        .as_str()
        .split_once('_')
        .unwrap_or((module.as_str(), ""));
    let word = if input.location == Location::Query || noun.is_empty() {
        verb.to_owned()
    } else {
        names::singular(noun)
    };
    names::joined(&[&word, input.ident.as_str()], names::type_name)
}

/// A variant for each value that a place may have.
pub(super) fn variants(
    values: &[Choice],
    place: &PlacePath,
    registry: &mut Registry<'_>,
) -> Vec<Listed> {
    let wish = |choice: &Choice| NameRequest {
        place: place.below(choice.value.as_str()),
        candidates: variant_names(choice),
        is_chosen: false,
    };
    let wishes: Vec<NameRequest> = values.iter().map(wish).collect();
    let idents = registry.distinct(pins::Kind::Variant, &wishes, &["Unknown"]);
    idents
        .into_iter()
        .zip(values)
        .map(|(ident, choice)| Listed {
            ident,
            value: choice.value.clone(),
            docs: docs::render(&secret::redact(&choice.docs), super::DOC_WIDTH - 4),
        })
        .collect()
}

/// A word names itself. A number has the name of what it means, where that is short.
fn variant_names(choice: &Choice) -> Vec<Ident> {
    let is_number = choice.value.parse::<i64>().is_ok();
    let meaning = meaning(&choice.docs).filter(|_| is_number);
    let meaning = meaning.as_deref().and_then(names::type_name);
    let own = names::type_name(&choice.value);
    // `-name` beside `name`: the order turned round.
    let signed = choice.value.strip_prefix('-');
    let signed = signed.and_then(|rest| names::joined(&["minus", rest], names::type_name));
    let mut idents: Vec<Ident> = meaning.into_iter().chain(own).chain(signed).collect();
    if idents.is_empty() {
        idents.push(names::fixed("Other"));
    }
    idents
}

/// The first sentence of a description without its article, where it is short.
fn meaning(docs: &str) -> Option<String> {
    let text = docs::inline(docs);
    let end = text.find(['.', ';', '(', ':']).unwrap_or(text.len());
    let text = text[..end].trim();
    let articles = ["A ", "An ", "The ", "a ", "an ", "the "];
    let article = articles.iter().find_map(|word| text.strip_prefix(word));
    let text = article.unwrap_or(text);
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic());
    (begins && text.len() <= LONGEST_MEANING).then(|| text.to_owned())
}
