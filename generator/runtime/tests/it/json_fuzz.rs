//! That our JSON is that of `serde_json`: the same documents with the same values.

use std::collections::BTreeMap;

use letterpress_client::json::{self, Json, Map, Number};
use letterpress_client::{choice, record};
use proptest::prelude::*;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

/// Takes any value and keeps nothing.
#[derive(Default)]
struct Skipped {}

impl json::Decode for Skipped {
    fn decode(&mut self, reader: &mut json::Reader<'_>) -> Result<(), json::Error> {
        reader.skip()
    }
}

#[derive(Clone, PartialEq, Debug)]
enum Any {
    Text(String),
    List(Vec<Any>),
    Object(Map<Any>),
    Other(Json),
}
choice! { Any { Text: string, List: array, Object: object } }

fn numbers() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|n| n.to_string()),
        any::<u64>().prop_map(|n| n.to_string()),
        any::<f64>()
            .prop_filter("JSON has no other", |n| n.is_finite())
            .prop_map(|n| format!("{n:e}")),
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][-+]?[0-9]{1,2})?",
    ]
}

/// Strings with any characters, escaped in any way.
fn strings() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        4 => "[a-z0-9 äß😀]".prop_map(|c| c),
        1 => any::<char>().prop_map(|c| serde_json::to_string(&c.to_string()).unwrap().trim_matches('"').to_owned())
            .prop_filter("a quotation mark was cut", |c| c != "\\"),
        1 => any::<char>().prop_map(|c| {
            let mut units = [0; 2];
            let units = c.encode_utf16(&mut units).iter();
            units.fold(String::new(), |text, unit| format!("{text}\\u{unit:04X}"))
        }),
        1 => prop::sample::select(vec!["\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\\"", "\\\\"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(character, 0..20).prop_map(|parts| format!("\"{}\"", parts.concat()))
}

/// Documents with blanks in any places.
fn documents() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        numbers(),
        strings(),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let blank = prop::sample::select(vec!["", " ", "\n\t", "\r\n  "]);
        let member = (strings(), inner.clone(), blank.clone())
            .prop_map(|(name, value, blank)| format!("{blank}{name}{blank}:{value}{blank}"));
        prop_oneof![
            (prop::collection::vec(inner, 0..6), blank).prop_map(|(list, blank)| format!(
                "[{blank}{}{blank}]",
                list.join(&format!("{blank},"))
            )),
            prop::collection::vec(member, 0..6).prop_map(|list| format!("{{{}}}", list.join(","))),
        ]
    })
}

/// Pieces of JSON, most of which make no sense together.
fn soup() -> impl Strategy<Value = String> {
    let pieces = vec![
        "[", "]", "{", "}", ",", ":", "\"a\"", "\"b\":", "1", "0", "-", "-0", ".5", "e3", "E+1",
        "true", "null", "fals", " ", "\n", "\t", "\"", "\\", "\\u00e4", "\\ud800", "\\udc00",
        "\u{1}", "ä", "[]", "{}", "\"a\":1,",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..12).prop_map(|pieces| pieces.concat())
}

/// Whether both say the same about a document, and mean the same value.
fn same(text: &[u8]) -> Result<(), TestCaseError> {
    let own = json::from_slice::<Json>(text);
    match serde_json::from_slice::<Value>(text) {
        Ok(theirs) => {
            let own = own.map_err(|error| TestCaseError::fail(error.to_string()))?;
            let again: Value = serde_json::from_str(&own.to_string()).unwrap();
            prop_assert_eq!(&again, &theirs);
            prop_assert_eq!(json::from_str::<Json>(&theirs.to_string()).is_ok(), true);
            let chosen: Any = json::from_slice(text).unwrap();
            prop_assert_eq!(json::to_string(&chosen), own.to_string());
        }
        // We keep numbers of any size in a value.
        Err(error) if error.to_string().starts_with("number out of range") => {}
        Err(error) => {
            prop_assert!(own.is_err(), "not refused: {}", error);
            prop_assert!(json::from_slice::<Any>(text).is_err());
        }
    }
    // It does not look into texts that it skips, where we refuse what is not UTF-8.
    if std::str::from_utf8(text).is_ok() {
        let theirs = serde_json::from_slice::<IgnoredAny>(text).is_ok();
        prop_assert_eq!(json::from_slice::<Skipped>(text).is_ok(), theirs);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn documents_are_read_alike(text in documents()) {
        same(text.as_bytes())?;
    }

    #[test]
    fn broken_documents_are_read_alike(
        text in documents(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3), 1..4),
    ) {
        let mut bytes = text.into_bytes();
        for (place, byte, change) in changes {
            let at = place.index(bytes.len() + 1).min(bytes.len());
            let byte = b"\"\\{}[],:0-.eE1tn \xff"[usize::from(byte) % 18];
            match change {
                0 => bytes.insert(at, byte),
                1 if at < bytes.len() => bytes[at] = byte,
                _ if at < bytes.len() => drop(bytes.remove(at)),
                _ => bytes.truncate(at / 2),
            }
        }
        same(&bytes)?;
    }

    #[test]
    fn nonsense_is_read_alike(text in soup()) {
        same(text.as_bytes())?;
    }

    #[test]
    fn any_bytes_are_read_alike(bytes in prop::collection::vec(any::<u8>(), 0..20)) {
        same(&bytes)?;
    }

    #[test]
    fn texts_are_written_alike(text in any::<String>()) {
        prop_assert_eq!(json::to_string(&text), serde_json::to_string(&text).unwrap());
        prop_assert_eq!(json::from_str::<String>(&json::to_string(&text)).unwrap(), text);
    }

    #[test]
    fn whole_numbers_are_written_alike(small in any::<i64>(), large in any::<u64>()) {
        prop_assert_eq!(json::to_string(&small), small.to_string());
        prop_assert_eq!(json::from_str::<i64>(&small.to_string()).unwrap(), small);
        prop_assert_eq!(json::from_str::<u64>(&large.to_string()).unwrap(), large);
        prop_assert_eq!(json::from_str::<i64>(&large.to_string()).ok(), i64::try_from(large).ok());
    }

    #[test]
    fn floats_are_read_back(value in any::<f64>(), digits in any::<i32>(), places in 0..9_i32) {
        let short = f64::from(digits) / 10_f64.powi(places);
        for value in [value, short].into_iter().filter(|value| value.is_finite()) {
            let text = json::to_string(&value);
            prop_assert_eq!(json::from_str::<f64>(&text).unwrap().to_bits(), value.to_bits());
            let shortest = format!("{value:?}").chars().filter(char::is_ascii_digit).count();
            let length = text.chars().filter(char::is_ascii_digit).count();
            prop_assert!(length <= shortest || text == value.to_string(), "{} {:?}", text, value);
        }
    }

    #[test]
    fn numbers_are_kept(text in numbers()) {
        let number: Number = json::from_str(&text).unwrap();
        prop_assert_eq!(number.as_str(), &text);
        prop_assert_eq!(number.as_f64().to_bits(), text.parse::<f64>().unwrap().to_bits());
        prop_assert_eq!(number.as_i64(), whole(&text));
    }
}

/// The whole number that a text is, without any shortcut.
fn whole(text: &str) -> Option<i64> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.parse::<i64>().unwrap() - i64::try_from(after.len()).unwrap();
    let mut digits = format!("{before}{after}");
    for _ in 0..exponent.abs().min(400) {
        if exponent > 0 {
            digits.push('0');
        } else if digits.trim_matches(['-', '0']).is_empty() {
            return Some(0);
        } else if digits.pop() != Some('0') {
            return None;
        }
    }
    let trimmed = digits.trim_start_matches('-').trim_start_matches('0');
    let sign = if digits.starts_with('-') { "-" } else { "" };
    format!("{sign}0{trimmed}").parse().ok()
}

#[derive(Clone, PartialEq, Debug, Default)]
struct Table {
    id: i64,
    size: u64,
    name: String,
    open: bool,
    ratio: f64,
    list: Vec<Option<i64>>,
    by_name: Map<String>,
    note: Option<String>,
    inner: Option<Box<Table>>,
}
record! {
    Table {
        id,
        size,
        name,
        open,
        ratio,
        list,
        by_name,
        note,
        inner,
    }
}

#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
struct Derived {
    id: i64,
    size: u64,
    name: String,
    open: bool,
    ratio: f64,
    #[serde(default, deserialize_with = "null_is_empty")]
    list: Vec<Option<i64>>,
    by_name: BTreeMap<String, String>,
    note: Option<String>,
    inner: Option<Box<Derived>>,
}

/// Absent, `null` and `[]` read the same.
fn null_is_empty<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Option<i64>>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

impl From<Table> for Derived {
    fn from(table: Table) -> Self {
        Self {
            id: table.id,
            size: table.size,
            name: table.name,
            open: table.open,
            ratio: table.ratio,
            list: table.list,
            by_name: table.by_name.into_iter().collect(),
            note: table.note,
            inner: table.inner.map(|inner| Box::new((*inner).into())),
        }
    }
}

/// What a member holds: mostly what fits, now and then something else.
fn value(right: impl Strategy<Value = String> + 'static) -> BoxedStrategy<String> {
    let wrong = prop::sample::select(vec![
        "null",
        "1",
        "-1",
        "[]",
        "{}",
        "\"x\"",
        "true",
        "[null]",
        "18446744073709551615",
    ]);
    prop_oneof![12 => right, 1 => wrong.prop_map(str::to_owned)].boxed()
}

/// An object from names to texts.
fn by_name() -> impl Strategy<Value = String> {
    let members = prop::collection::btree_map("[a-c]", strings(), 0..3);
    members.prop_map(|members| {
        let members = members
            .iter()
            .map(|(name, value)| format!("\"{name}\":{value}"));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    })
}

/// An object for [`Table`] with another one in it: members in any order, now and then not all of them.
fn object(inner: BoxedStrategy<String>) -> BoxedStrategy<String> {
    const NAMES: [&str; 10] = [
        "id", "size", "name", "open", "ratio", "list", "by_name", "note", "inner", "unknown",
    ];
    let members = (
        value(any::<i64>().prop_map(|n| n.to_string())),
        value(any::<u32>().prop_map(|n| n.to_string())),
        value(strings()),
        value(any::<bool>().prop_map(|b| b.to_string())),
        value(any::<i32>().prop_map(|n| (f64::from(n) / 8.0).to_string())),
        value(
            prop::collection::vec(any::<Option<i8>>(), 0..4)
                .prop_map(|list| serde_json::to_string(&list).unwrap()),
        ),
        value(by_name()),
        value(strings()),
        value(inner),
        Just("[{\"id\": 1}]".to_owned()),
    );
    let members = members.prop_map(|(a, b, c, d, e, f, g, h, i, j)| {
        let values = NAMES.iter().zip([a, b, c, d, e, f, g, h, i, j]);
        let members = values.map(|(name, value)| format!("\"{name}\": {value}"));
        members.collect::<Vec<_>>()
    });
    let count = prop_oneof![9 => Just(NAMES.len()), 1 => 0..NAMES.len()];
    (members.prop_shuffle(), count)
        .prop_map(|(members, count)| format!("{{{}}}", members[..count].join(", ")))
        .boxed()
}

/// Objects in objects.
fn objects() -> impl Strategy<Value = String> {
    object(object(object(Just("null".to_owned()).boxed())))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn tables_are_read_as_derives_are(text in objects()) {
        let own = json::from_str::<Table>(&text);
        match serde_json::from_str::<Derived>(&text) {
            Ok(theirs) => {
                let own = own.map_err(|error| TestCaseError::fail(error.to_string()))?;
                let written = json::to_string(&own);
                prop_assert_eq!(&json::from_str::<Table>(&written).unwrap(), &own);
                prop_assert_eq!(&serde_json::from_str::<Derived>(&written).unwrap(), &theirs);
                prop_assert_eq!(Derived::from(own), theirs);
            }
            Err(theirs) => {
                let own = own.map(drop).unwrap_err();
                prop_assert!(own.line() == 1 && own.column() <= text.chars().count(), "{}, {}", own, theirs);
            }
        }
    }
}

#[cfg(feature = "serde")]
mod feature {
    use super::*;

    proptest! {
        #[test]
        fn serde_writes_and_reads_the_same(text in objects(), document in documents()) {
            if let Ok(table) = json::from_str::<Table>(&text) {
                let written = json::to_string(&table);
                prop_assert_eq!(&serde_json::to_string(&table).unwrap(), &written);
                prop_assert_eq!(&serde_json::from_str::<Table>(&written).unwrap(), &table);
            }
            if let Ok(theirs) = serde_json::from_str::<Value>(&document) {
                let own: Json = serde_json::from_str(&document).unwrap();
                // Numbers as values: a number may have two shortest texts, and either is right.
                let read = |text: &str| serde_json::to_value(text.parse::<Json>().unwrap()).unwrap();
                let value = serde_json::to_value(&own).unwrap();
                prop_assert_eq!(&read(&theirs.to_string()), &value);
                prop_assert_eq!(&read(&serde_json::to_string(&own).unwrap()), &value);
            }
        }
    }

    #[test]
    fn errors_of_a_table_are_those_of_the_format() {
        let error = serde_json::from_str::<Table>("{}").unwrap_err();
        assert_eq!(error.to_string(), "missing member `id` (line 1, column 1)");
    }
}
