//! What a result of a program says about its case.

use serde_json::Value;

use super::{Case, Kind, Unnamed, What};
use crate::document::json;
use crate::proof::json::{Nulls, difference, is_part};

impl Case {
    /// What does not hold when it was not read.
    pub(super) fn unread(&self) -> What {
        match self.kind {
            Kind::Reply { .. } => What::Reply,
            Kind::Body => What::Body,
        }
    }

    /// Whether it is a reply whose status rules content out, whatever a document shows (RFC 9110, sections 15.3.5,
    /// 15.3.6 and 15.4.5).
    fn has_no_content(&self) -> bool {
        matches!(
            self.kind,
            Kind::Reply {
                status: 204 | 205 | 304,
                ..
            }
        )
    }
}

/// What a program said about each case, by its number.
pub(super) fn results(printed: &str, cases: usize) -> Vec<Option<Value>> {
    let mut results = vec![None; cases];
    for line in printed.lines() {
        let Ok(value) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let index = value["case"]
            .as_u64()
            .and_then(|index| usize::try_from(index).ok());
        if let Some(slot) = index.and_then(|index| results.get_mut(index)) {
            *slot = Some(value);
        }
    }
    results
}

/// What a result says about its case.
pub(super) fn judge(case: &Case, result: &Value) -> Result<(), (What, String)> {
    if let Some(reason) = result["failed"].as_str() {
        return Err((case.unread(), reason.to_owned()));
    }
    if case.unnamed == Unnamed::Known {
        return Ok(());
    }
    let (what, nulls) = match case.kind {
        Kind::Reply { .. } => (What::Lossless, Nulls::Absent),
        Kind::Body => (What::Body, Nulls::Kept),
    };
    let Some(kept) = result["kept"].as_str() else {
        if case.has_no_content() {
            return Ok(());
        }
        return Err((what, "nothing of it is kept".to_owned()));
    };
    let written = |error| (what, format!("what is written is no JSON: {error}"));
    let expected = case.expected.as_ref().unwrap_or(&case.text);
    let Ok(before) = json::read(expected) else {
        // A text that is no JSON comes out as it is.
        let is_same = kept == expected;
        return is_same
            .then_some(())
            .ok_or((what, "it became another text".to_owned()));
    };
    let after = json::read(kept).map_err(written)?;
    match difference(&before, &after, nulls) {
        Some(_) if case.unnamed == Unnamed::Possible && is_part(&after, &before, nulls) => Ok(()),
        Some(reason) => Err((what, reason)),
        None => Ok(()),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn case(kind: Kind, text: &str) -> Case {
        Case {
            number: 0,
            request: "Users / Get".to_owned(),
            module: "users::get".to_owned(),
            kind,
            at: "a.json:1:2".to_owned(),
            text: text.to_owned(),
            field: None,
            expected: None,
            made_up: text.contains('<'),
            unnamed: Unnamed::None,
        }
    }

    pub(in super::super) fn reply(text: &str) -> Case {
        let status = 200;
        case(
            Kind::Reply {
                status,
                media_type: None,
            },
            text,
        )
    }

    #[test]
    fn each_result_is_judged() {
        let check = |case: Case, result: &str, expected: &str| {
            let result = serde_json::from_str(result).expect("JSON");
            let said = match judge(&case, &result) {
                Ok(()) => "holds".to_owned(),
                Err((what, reason)) => format!("{what:?}: {reason}"),
            };
            assert_eq!(said, expected);
        };
        let body = |text| case(Kind::Body, text);
        check(reply(r#"{"a": 1.0}"#), r#"{"kept": "{\"a\":1}"}"#, "holds");
        check(reply(r#"{"a": null}"#), r#"{"kept": "{}"}"#, "holds");
        check(
            body(r#"{"a": null}"#),
            r#"{"kept": "{}"}"#,
            "Body: /a: null is lost",
        );
        check(
            reply("{}"),
            r#"{"kept": null}"#,
            "Lossless: nothing of it is kept",
        );
        check(
            reply("{}"),
            r#"{"failed": "no such member"}"#,
            "Reply: no such member",
        );
        check(
            body("{}"),
            r#"{"failed": "no such member"}"#,
            "Body: no such member",
        );
        check(
            reply("{}"),
            r#"{"kept": "{"}"#,
            "Lossless: what is written is no JSON: expected a name in double quotes at byte 1",
        );
    }
}
