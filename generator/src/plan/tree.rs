//! The tree of modules: folders and requests.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::paths::{self, Paths};
use super::schemas::NamedTypes;
use super::{Alias, BaseUrl, Crate, Group, Module, module};
use crate::api::Api;
use crate::document::report::Report;
use crate::document::report::rules;
use crate::document::secret;
use crate::input::config::Config;
use crate::plan::docs;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{NameChange, Names, Pin, Pins};

/// Plans the modules of an API.
pub(super) fn plan(
    report: &mut Report,
    api: &Api,
    bases: &[BaseUrl],
    config: &Config,
    pins: &Pins,
    named: &NamedTypes,
) -> Group {
    let own: Vec<&str> = config.modules.iter().map(String::as_str).collect();
    let natural = paths::natural(api, &own);
    let planner = Planner {
        api,
        bases,
        config,
        pins,
        named,
        paths: paths::paths(api, pins, &own, &natural),
        natural,
        unknown: Names::default(),
    };
    planner.tree(report)
}

struct Planner<'a> {
    api: &'a Api,
    bases: &'a [BaseUrl],
    config: &'a Config,
    pins: &'a Pins,
    named: &'a NamedTypes,
    paths: Paths,
    /// The modules as they would be without an earlier run.
    natural: Paths,
    /// The names of what is not known from an earlier run: none.
    unknown: Names,
}

impl Planner<'_> {
    /// Folders and requests in document order, whatever they are called.
    fn tree(&self, report: &mut Report) -> Group {
        let used: BTreeSet<&[Ident]> = self
            .paths
            .operations
            .iter()
            .flat_map(|path| above(path))
            .collect();
        let mut root = Group::default();
        for (index, path) in self.paths.folders.iter().enumerate() {
            if !path.is_empty() && used.contains(path.as_slice()) {
                let group = root.at(path);
                group.docs = self.folder_docs(index);
                group.folder = Some(index);
                self.say_folder(report, index);
            }
        }
        // Modules are independent of each other, and most of the work.
        let paths = self.paths.operations.par_iter().enumerate();
        let planned: Vec<_> = paths
            .filter_map(|(index, path)| Some((path.split_last()?.1, self.module(index, path)?)))
            .collect();
        for (above, (module, departures)) in planned {
            self.say_module(report, &module, &departures);
            root.at(above).modules.push(module);
        }
        for (index, path) in self.paths.operations.iter().enumerate() {
            if let Some(pin) = self.pins.request(index) {
                self.leave_aliases(report, index, pin, path, &mut root);
            }
        }
        root
    }

    /// The folder's description, or at least its name: a list of modules shows the first line.
    fn folder_docs(&self, index: usize) -> Vec<String> {
        let folder = &self.api.folders[index];
        let lines = docs::render(&secret::redact(&folder.docs), super::DOC_WIDTH + 4);
        if lines.is_empty() {
            vec![module::sentence(&docs::inline(&folder.name))]
        } else {
            lines
        }
    }

    fn say_folder(&self, report: &mut Report, index: usize) {
        let folder = &self.api.folders[index];
        let plain = crate::plan::names::module(&folder.name);
        let ident = self.natural.folders[index].last();
        if let Some(ident) = ident.filter(|ident| plain.as_ref() != Some(*ident) && plain.is_some())
        {
            report.push(&rules::NAME_CHANGED, folder.at, format!("named `{ident}`"));
        }
    }

    fn module(&self, index: usize, path: &[Ident]) -> Option<(Module, Vec<NameChange>)> {
        let operation = &self.api.operations[index];
        let pin = self.pins.request(index);
        let mut bases = self.bases.iter();
        let around = module::Around {
            ident: path.last()?.clone(),
            operation: index,
            known: pin.map_or(&self.unknown, |pin| &pin.names),
            renames: pin.is_some_and(|pin| pin.renames),
            title: self.api.title(operation),
            path,
            base: bases.find(|base| base.base.name == operation.base.name),
            auth: super::auth::line(self.api, operation),
            config: self.config,
            named: self.named,
        };
        Some(module::plan(operation, &around))
    }

    /// Says which names of a module are not those that it would have, or had.
    fn say_module(&self, report: &mut Report, module: &Module, departures: &[NameChange]) {
        let index = module.operation;
        let operation = &self.api.operations[index];
        let mark = report.mark();
        let (path, natural) = (
            &self.paths.operations[index],
            &self.natural.operations[index],
        );
        match self.pins.request(index).filter(|_| path != natural) {
            Some(pin) if *path == pin.path => {
                let label = format!(
                    "kept `{}`; it would be `{}`; it has {}",
                    names::path(path),
                    names::path(natural),
                    pin.by
                );
                report.push(&rules::NAME_KEPT, operation.at, label);
            }
            _ if paths::wishes(operation).first() != Some(&module.ident) => {
                let label = format!("named `{}`", module.ident);
                report.push(&rules::NAME_CHANGED, operation.at, label);
            }
            _ => {}
        }
        for departure in departures {
            let (rule, label) = said(departure, &module.names);
            report.push(rule, operation.at, label);
        }
        report.set_subject(mark, &self.api.title(operation));
    }

    /// Leaves the modules that a request had to those who use them.
    fn leave_aliases(
        &self,
        report: &mut Report,
        index: usize,
        pin: &Pin,
        path: &[Ident],
        root: &mut Group,
    ) {
        let is_renamed = path != pin.path;
        let old = is_renamed.then_some(&pin.path);
        let mut former = BTreeSet::new();
        for old in pin.former.iter().chain(old).filter(|old| *old != path) {
            if let Some((ident, group)) = root.free(old) {
                group.aliases.push(Alias {
                    ident: ident.clone(),
                    target: path.to_vec(),
                });
                former.insert(old.clone());
            }
        }
        if is_renamed {
            let label = format!(
                "`{}` is now `{}`",
                names::path(&pin.path),
                names::path(path)
            );
            let rule = if former.contains(&pin.path) {
                &rules::RENAMED
            } else {
                &rules::RENAMED_FOR_GOOD
            };
            report.push(rule, self.api.operations[index].at, label);
        }
        let module = path.split_last().and_then(|(ident, above)| {
            let mut modules = root.at(above).modules.iter_mut();
            modules.find(|module| module.ident == *ident)
        });
        if let Some(module) = module {
            module.former = former;
        }
    }
}

/// What is said about a name that is not as it was or would be.
pub(super) fn said(departure: &NameChange, names: &Names) -> (&'static rules::Rule, String) {
    let NameChange {
        kind,
        place,
        old,
        new,
        natural,
    } = departure;
    // A single name is shown as it is: that of a base URL has slashes.
    let shown = match place.names() {
        [name] => name.clone(),
        _ => place.to_string(),
    };
    let what = format!("the {} of `{shown}`", kind.word());
    if old == new {
        return (
            &rules::NAME_KEPT,
            format!("kept `{old}`, {what}; it would be `{natural}`"),
        );
    }
    let former = (*kind, place.clone(), old.clone());
    let rule = if names.former.contains(&former) {
        &rules::RENAMED
    } else {
        &rules::RENAMED_FOR_GOOD
    };
    (rule, format!("`{old}`, {what}, is now `{new}`"))
}

/// The modules around a module, but for the root.
fn above(path: &[Ident]) -> impl Iterator<Item = &[Ident]> {
    (1..path.len()).filter_map(|length| path.get(..length))
}

impl Crate {
    /// The modules of requests, each with the modules down to it.
    #[must_use]
    pub fn requests(&self) -> Vec<(Vec<Ident>, &Module)> {
        self.root.requests()
    }
}

impl Group {
    /// The modules of requests below it, each with the modules down to it.
    pub(super) fn requests(&self) -> Vec<(Vec<Ident>, &Module)> {
        let mut all = Vec::new();
        self.collect(&[], &mut all);
        all
    }

    fn collect<'g>(&'g self, path: &[Ident], all: &mut Vec<(Vec<Ident>, &'g Module)>) {
        let below = |ident: &Ident| path.iter().chain([ident]).cloned().collect::<Vec<_>>();
        for (ident, group) in &self.groups {
            group.collect(&below(ident), all);
        }
        all.extend(
            self.modules
                .iter()
                .map(|module| (below(&module.ident), module)),
        );
    }

    /// The first request, and the modules down to it.
    pub(super) fn first(&self) -> Option<(Vec<&Ident>, &Module)> {
        let own = self
            .modules
            .first()
            .map(|module| (vec![&module.ident], module));
        own.or_else(|| {
            self.groups.iter().find_map(|(ident, group)| {
                let (mut path, module) = group.first()?;
                path.insert(0, ident);
                Some((path, module))
            })
        })
    }

    /// The group at a path below, which is made where it is not there.
    fn at(&mut self, path: &[Ident]) -> &mut Group {
        let Some((first, rest)) = path.split_first() else {
            return self;
        };
        let index = self.groups.iter().position(|(ident, _)| ident == first);
        let index = index.unwrap_or_else(|| {
            let docs = vec!["Requests whose folder has another name now.".to_owned()];
            let group = Group {
                docs,
                ..Group::default()
            };
            self.groups.push((first.clone(), group));
            self.groups.len() - 1
        });
        self.groups[index].1.at(rest)
    }

    /// The group in which a name is free, and the name; nothing where something else is in the way.
    fn free<'p>(&mut self, path: &'p [Ident]) -> Option<(&'p Ident, &mut Group)> {
        let (ident, above) = path.split_last()?;
        let mut group = &*self;
        for step in above {
            if group.modules.iter().any(|module| module.ident == *step) {
                return None;
            }
            match group.groups.iter().find(|(ident, _)| ident == step) {
                Some((_, next)) => group = next,
                // From here on there is nothing.
                None => return Some((ident, self.at(above))),
            }
        }
        let is_taken = group.modules.iter().any(|module| module.ident == *ident)
            || group.groups.iter().any(|(taken, _)| taken == ident)
            || group.aliases.iter().any(|alias| alias.ident == *ident);
        (!is_taken).then(|| (ident, self.at(above)))
    }
}
