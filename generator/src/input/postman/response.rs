//! Saved responses: what a collection documents of replies (rules R1, R2).

use std::sync::Arc;

use super::{Context, json, parameters};
use crate::api::Statuses;
use crate::document::json::{Node, Value};
use crate::document::report::rules;
use crate::input::postman::shape::draft::Response;
use crate::input::postman::shape::{Evidence, Shape};

/// The saved responses of an item. One without a status documents nothing.
pub(super) fn read_all(context: &mut Context<'_>, item: &Node<'_>) -> Vec<Response> {
    let saved = item.get("response").map(Node::elements).unwrap_or_default();
    saved
        .iter()
        .filter_map(|node| read(context, node))
        .collect()
}

fn read(context: &mut Context<'_>, node: &Node<'_>) -> Option<Response> {
    let status = node.get("code").and_then(status);
    if status.is_none() {
        let place = context.place(node.get("code").unwrap_or(node));
        context
            .report
            .push(&rules::STATUS, place, "no status code from 100 to 599");
    }
    let status = status?;
    let headers = parameters::pairs(node.get("header"));
    let media_type = headers
        .iter()
        .rev()
        .find(|pair| pair.name.eq_ignore_ascii_case("content-type"));
    let media_type = media_type.and_then(|pair| pair.value.clone());
    let json = json_of(context, node, media_type.as_deref());
    Some(Response {
        at: context.place(node),
        statuses: Statuses::One(status),
        docs: node.text_of("name").unwrap_or_default().to_owned(),
        body: node
            .text_of("body")
            .filter(|body| !body.is_empty())
            .map(str::to_owned),
        media_type,
        by_code: false,
        codes: Vec::new(),
        content: None,
        schema: json.map(Evidence::from).map(Arc::new),
        headers: Vec::new(),
    })
}

/// What the body shows, where it is JSON: by its media type, or by its looks where that is missing.
fn json_of(context: &mut Context<'_>, node: &Node<'_>, media_type: Option<&str>) -> Option<Shape> {
    let body = node.get("body")?;
    let text = body.as_str().filter(|text| !text.trim().is_empty())?;
    let is_declared = media_type.is_some_and(json::is_json);
    let looks = text.trim_start().starts_with(['{', '[']);
    if !is_declared && !looks {
        return None;
    }
    match json::data(context, body) {
        Ok(shape) => Some(shape),
        Err((place, message)) => {
            if is_declared {
                context.report.push(&rules::REPLY_NOT_JSON, place, message);
            }
            None
        }
    }
}

fn status(node: &Node<'_>) -> Option<u16> {
    let code = match &node.value {
        Value::Number(text) => text.parse().ok(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    code.filter(|code| (100..600).contains(code))
}
