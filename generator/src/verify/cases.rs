//! What a collection shows, as cases for the program of its client.

use serde_json::json;

use super::harness::Planned;
use crate::Input;
use crate::api::{Api, Operation, Response};
use crate::json::{self, Node};
use crate::report::Place;
use crate::source::{Lines, Source};

/// Something that the client has to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// The number of its module in the program.
    pub number: usize,
    /// The request, as `Folder / Request`.
    pub request: String,
    /// The path of its module, `folder::request`.
    pub module: String,
    /// What it is.
    pub kind: Kind,
    /// Where it stands: file, line and column.
    pub at: String,
    /// The JSON that is fed.
    pub text: String,
    /// Whether placeholders of a converter were replaced in it by values of their types.
    pub placeholders: bool,
}

/// What is fed to a client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A saved reply.
    Reply {
        /// Its status.
        status: u16,
        /// Its Content-Type.
        media_type: Option<String>,
    },
    /// The body of the request.
    Body,
}

impl Case {
    /// The line that the program reads.
    #[must_use]
    pub fn to_line(&self, index: usize) -> String {
        let (status, media_type) = match &self.kind {
            Kind::Reply { status, media_type } => (Some(status), media_type.as_deref()),
            Kind::Body => (None, None),
        };
        let line = json!({
            "case": index,
            "module": self.number,
            "status": status,
            "media_type": media_type,
            "text": self.text,
        });
        format!("{line}\n")
    }
}

/// How many requests the collections of a run have, whether they can be generated or not (rule F5).
pub(super) fn requests(input: &Input) -> usize {
    let collections = &input.sources[..input.collections];
    let roots = collections
        .iter()
        .filter_map(|source| json::read(&source.text).ok());
    roots
        .map(|root| count(root.get("collection").unwrap_or(&root)))
        .sum()
}

fn count(node: &Node<'_>) -> usize {
    match (node.get("item"), node.get("request")) {
        (Some(items), _) if items.is_truthy() => {
            let single = items.is_object().then(|| count(items));
            single.unwrap_or_default() + items.elements().iter().map(count).sum::<usize>()
        }
        (_, Some(_)) => 1,
        _ => node.elements().iter().map(count).sum(),
    }
}

/// All cases of an API. `modules` are in the order of [`operations`].
pub(super) fn of(api: &Api, modules: &[Planned<'_>], sources: &[Source]) -> Vec<Case> {
    let lines: Vec<Lines<'_>> = sources.iter().map(Lines::of).collect();
    let at = |place: Place| match (sources.get(place.source), lines.get(place.source)) {
        (Some(source), Some(lines)) => {
            let position = lines.position(place.span);
            format!("{}:{}:{}", source.name, position.line, position.column)
        }
        _ => String::new(),
    };
    let mut cases = Vec::new();
    for (number, (operation, module)) in operations(api).into_iter().zip(modules).enumerate() {
        let case = |kind, place, text| Case {
            number,
            request: api.title(operation),
            module: module.path(),
            kind,
            at: at(place),
            text,
            placeholders: false,
        };
        cases.extend(operation.responses.iter().filter_map(|response| {
            let (kind, text) = reply(response)?;
            Some(case(kind, response.at, text))
        }));
    }
    cases
}

/// The operations in the order of their modules: folder by folder, what lies in a folder before it.
pub(super) fn operations(api: &Api) -> Vec<&Operation> {
    let mut found = Vec::new();
    collect(api, None, &mut found);
    found
}

fn collect<'a>(api: &'a Api, folder: Option<usize>, found: &mut Vec<&'a Operation>) {
    for (index, inner) in api.folders.iter().enumerate() {
        if inner.parent == folder {
            collect(api, Some(index), found);
        }
    }
    let own = |operation: &&Operation| operation.folder == folder;
    found.extend(api.operations.iter().filter(own));
}

/// A saved reply whose body is JSON, as every reader of JSON understands it.
fn reply(response: &Response) -> Option<(Kind, String)> {
    let text = response.body.clone().filter(|text| is_json(text))?;
    let kind = Kind::Reply {
        status: response.status,
        media_type: response.media_type.clone(),
    };
    Some((kind, text))
}

/// Whether a text is JSON: for this library's reader, which knows how deep it may be, and for a strict one.
fn is_json(text: &str) -> bool {
    json::read(text).is_ok() && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}
