//! Overlays: corrections of a document that are a document themselves (`OpenAPI` Overlay 1.0 and 1.1).

use super::Context;
use super::document::File;
use super::json_path::{JsonPath, at_mut};
use crate::document::json::{Member, Node, Value};
use crate::document::report::rules;

/// Whether a document is an overlay.
pub(super) fn is_overlay(root: &Node<'_>) -> bool {
    root.get("overlay").is_some() && root.get("actions").is_some_and(Node::is_array)
}

/// Takes the overlays out of the files of a document, and applies them to the first, in their order.
pub(super) fn apply<'d>(context: &mut Context<'_>, files: &mut Vec<File<'d>>) {
    let others = files.split_off(files.len().min(1));
    let (overlays, others): (Vec<File<'d>>, Vec<File<'d>>) =
        others.into_iter().partition(|file| is_overlay(&file.root));
    let Some(target) = files.first_mut() else {
        return;
    };
    for overlay in &overlays {
        let actions = overlay.root.get("actions").map(Node::elements);
        for action in actions.unwrap_or_default() {
            if let Err(problem) = act(&mut target.root, action) {
                let (rule, label) = match problem {
                    Problem::Unused => {
                        let target = action.text_of("target").unwrap_or_default();
                        (&rules::OVERLAY_UNUSED, format!("`{target}` names nothing"))
                    }
                    Problem::Unreadable(label) => (&rules::OVERLAY_UNREADABLE, label),
                };
                let place = action.get("target").unwrap_or(action);
                context.push(rule, place.span, label);
            }
        }
    }
    files.extend(others);
}

/// Why an action was not carried out.
enum Problem {
    /// Its target names nothing.
    Unused,
    /// It cannot be read.
    Unreadable(String),
}

/// Carries out an action.
fn act<'d>(root: &mut Node<'d>, action: &Node<'d>) -> Result<(), Problem> {
    let path = |name: &str| {
        let text = action.text_of(name);
        text.map(|text| JsonPath::read(text).map_err(Problem::Unreadable))
            .transpose()
    };
    let target = path("target")?;
    let target = target.ok_or_else(|| Problem::Unreadable("it has no `target`".to_owned()))?;
    let locations = target.select(root);
    if locations.is_empty() {
        return Err(Problem::Unused);
    }
    if action.get("remove").is_some_and(Node::is_true) {
        // From the end, so that the places of those before stay.
        for location in locations.iter().rev() {
            remove(root, location);
        }
        return Ok(());
    }
    let copied = match path("copy")? {
        None => None,
        Some(path) => {
            let found = path.select(root);
            let [only] = found.as_slice() else {
                return Err(Problem::Unreadable(
                    "`copy` names no single value".to_owned(),
                ));
            };
            at_mut(root, only).cloned()
        }
    };
    let updates = copied.iter().chain(action.get("update"));
    for update in updates {
        for location in &locations {
            if let Some(node) = at_mut(root, location) {
                merge(node, update);
            }
        }
    }
    Ok(())
}

fn remove(root: &mut Node<'_>, location: &[usize]) {
    let Some((index, around)) = location.split_last() else {
        return;
    };
    let Some(node) = at_mut(root, around) else {
        return;
    };
    match &mut node.value {
        Value::Array(elements) if *index < elements.len() => drop(elements.remove(*index)),
        Value::Object(members) if *index < members.len() => drop(members.remove(*index)),
        _ => {}
    }
}

/// Members are merged, an array is added to, everything else is replaced (Overlay 1.1, Action Object).
fn merge<'d>(node: &mut Node<'d>, update: &Node<'d>) {
    match (&mut node.value, &update.value) {
        (Value::Object(members), Value::Object(updates)) => {
            for Member { name, node: update } in updates {
                match members.iter_mut().rev().find(|member| member.name == *name) {
                    Some(member) => merge(&mut member.node, update),
                    None => members.push(Member {
                        name: name.clone(),
                        node: update.clone(),
                    }),
                }
            }
        }
        (Value::Array(elements), Value::Array(updates)) => elements.extend(updates.iter().cloned()),
        (Value::Array(elements), _) => elements.push(update.clone()),
        _ => *node = update.clone(),
    }
}
