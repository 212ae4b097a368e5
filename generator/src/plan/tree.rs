//! The tree of modules: folders and requests, each with a name of its own.

use super::{BaseUrl, Group, Module, module};
use crate::api::{Api, Operation};
use crate::config::Config;
use crate::docs;
use crate::names::{self, Ident};
use crate::report::{Place, Report};
use crate::{rules, secret};

/// Names at the root that are taken: by the generated code itself, or because Cargo gives files of that
/// name a meaning.
const RESERVED_AT_ROOT: &[&str] = &["runtime", "types", "blocking", "main", "lib", "bin"];

/// Something that becomes a module.
pub(super) enum Child<'a> {
    Folder(usize),
    Operation(&'a Operation),
}

/// Plans the modules of an API.
pub(super) fn plan(report: &mut Report, api: &Api, bases: &[BaseUrl], config: &Config) -> Group {
    let planner = Planner {
        api,
        bases,
        config,
        children: children(api),
    };
    planner.group(report, None, &[])
}

struct Planner<'a> {
    api: &'a Api,
    bases: &'a [BaseUrl],
    config: &'a Config,
    /// What lies in each folder; the root is the last.
    children: Vec<Vec<Child<'a>>>,
}

/// What lies in each folder, in document order, folders first; the root comes last. A folder
/// without a request, however deep, is no module.
pub(super) fn children(api: &Api) -> Vec<Vec<Child<'_>>> {
    let root = api.folders.len();
    let mut used = vec![false; root];
    for operation in &api.operations {
        let mut next = operation.folder;
        while let Some(index) = next.filter(|&index| !used[index]) {
            used[index] = true;
            next = api.folders[index].parent;
        }
    }
    let mut children: Vec<Vec<Child<'_>>> = (0..=root).map(|_| Vec::new()).collect();
    for (index, folder) in api
        .folders
        .iter()
        .enumerate()
        .filter(|(index, _)| used[*index])
    {
        children[folder.parent.unwrap_or(root)].push(Child::Folder(index));
    }
    for operation in &api.operations {
        children[operation.folder.unwrap_or(root)].push(Child::Operation(operation));
    }
    children
}

impl Planner<'_> {
    fn group(&self, report: &mut Report, folder: Option<usize>, path: &[Ident]) -> Group {
        let children = &self.children[folder.unwrap_or(self.api.folders.len())];
        let candidates: Vec<Vec<Ident>> = children
            .iter()
            .map(|child| self.candidates(child))
            .collect();
        let reserved = if folder.is_none() {
            RESERVED_AT_ROOT
        } else {
            &[]
        };
        let names = names::distinct(&candidates, reserved);
        let mut group = Group {
            docs: self.group_docs(folder),
            ..Group::default()
        };
        for (child, (name, changed)) in children.iter().zip(names) {
            if changed {
                report.push(
                    &rules::NAME_CHANGED,
                    self.place(child),
                    format!("named `{name}`"),
                );
            }
            let path: Vec<Ident> = path.iter().cloned().chain([name.clone()]).collect();
            match child {
                Child::Folder(index) => group
                    .groups
                    .push((name, self.group(report, Some(*index), &path))),
                Child::Operation(operation) => {
                    group.modules.push(self.module(operation, name, &path));
                }
            }
        }
        group
    }

    /// The folder's description, or at least its name: a list of modules shows the first line.
    fn group_docs(&self, folder: Option<usize>) -> Vec<String> {
        let Some(folder) = folder.and_then(|index| self.api.folders.get(index)) else {
            return Vec::new();
        };
        let lines = docs::render(&secret::redact(&folder.docs), super::DOC_WIDTH + 4);
        if lines.is_empty() {
            vec![module::sentence(&docs::inline(&folder.name))]
        } else {
            lines
        }
    }

    fn module(&self, operation: &Operation, ident: Ident, path: &[Ident]) -> Module {
        let base = self
            .bases
            .iter()
            .find(|base| base.base.name == operation.base.name);
        let title = self.api.title(operation);
        let auth = super::auth::line(self.api, operation);
        module::plan(
            operation,
            &module::Around {
                ident,
                title,
                path,
                base,
                auth,
                config: self.config,
                marks_required: self.api.marks_required,
            },
        )
    }

    /// Its name, with the method, with the path.
    fn candidates(&self, child: &Child<'_>) -> Vec<Ident> {
        match child {
            Child::Folder(index) => {
                let name = names::module(&self.api.folders[*index].name);
                vec![name.unwrap_or_else(|| names::fixed("folder"))]
            }
            Child::Operation(operation) => {
                if let Some(chosen) = operation.rename.as_deref().and_then(names::module) {
                    return vec![chosen];
                }
                let path = operation.path_template();
                let name = Some(operation.name.as_str()).filter(|name| !name.contains("://"));
                let plain = name.and_then(names::module);
                let by_path = || names::joined(&[&operation.method, &path], names::module);
                let with_method =
                    names::joined(&[&operation.name, &operation.method], names::module);
                let with_path =
                    names::joined(&[&operation.name, &operation.method, &path], names::module);
                let first = plain
                    .clone()
                    .or_else(by_path)
                    .unwrap_or_else(|| names::fixed("request"));
                let more = [with_method, with_path]
                    .into_iter()
                    .flatten()
                    .filter(|_| plain.is_some());
                std::iter::once(first).chain(more).collect()
            }
        }
    }

    fn place(&self, child: &Child<'_>) -> Place {
        match child {
            Child::Folder(index) => self.api.folders[*index].at,
            Child::Operation(operation) => operation.at,
        }
    }
}
