//! The constants of base URLs.

use std::collections::BTreeMap;

use super::{BaseUrl, tree};
use crate::api::{Api, Auth, Base, Origin};
use crate::document::place::PlacePath;
use crate::document::report::Report;
use crate::document::report::rules;
use crate::input::config::Config;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{Kind, NameRequest, Names, Pins, Registry};

/// One constant for each base URL, the one of most requests first; and their names, with those that they had.
pub(super) fn plan(
    report: &mut Report,
    api: &Api,
    config: &Config,
    pins: &Pins,
) -> (Vec<BaseUrl>, Names) {
    let bases = bases(report, api, config);
    let mut registry = Registry::new(&pins.bases);
    let wishes = bases.iter().enumerate().map(|(index, base)| {
        // The constant of most requests may be that of another base since an earlier run.
        let other = (index == 0 && !pins.bases.current.is_empty()).then(|| base_ident(1, base));
        NameRequest {
            place: PlacePath::root(&base.name),
            candidates: std::iter::once(base_ident(index, base))
                .chain(other)
                .collect(),
            is_chosen: pins.renamed_bases.contains(&base.name),
        }
    });
    let wishes: Vec<NameRequest> = wishes.collect();
    let idents = registry.distinct(Kind::Constant, &wishes, &[]);
    let (names, departures) = registry.finish();
    for departure in &departures {
        let (rule, label) = tree::said(departure, &names);
        report.push_general(rule, label);
    }
    let bases = bases.into_iter().zip(idents);
    let bases = bases.map(|(base, ident)| BaseUrl { ident, base });
    (bases.collect(), names)
}

/// The base URLs, the one of most requests first.
fn bases(report: &mut Report, api: &Api, config: &Config) -> Vec<Base> {
    let mut bases: Vec<(Base, usize)> = Vec::new();
    for operation in &api.operations {
        match bases
            .iter_mut()
            .find(|(base, _)| base.name == operation.base.name)
        {
            Some((base, count)) => {
                *count += 1;
                if base.default.is_empty() {
                    base.default.clone_from(&operation.base.default);
                }
            }
            None => bases.push((operation.base.clone(), 1)),
        }
    }
    // The sort is stable: among equals, the first of the document stays first.
    bases.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    if let (Some(url), Some((base, _))) = (&config.base_url, bases.first_mut()) {
        base.default.clone_from(url);
    }
    for (base, count) in bases.iter().filter(|(base, _)| base.default.is_empty()) {
        let requests = if *count == 1 {
            "one request needs it".to_owned()
        } else {
            format!("{count} requests need it")
        };
        report.push_general(
            &rules::NO_BASE_URL,
            format!("`{}`, and {requests}", base.name),
        );
    }
    let bases: Vec<Base> = bases.into_iter().map(|(base, _)| base).collect();
    let mut plain: BTreeMap<&str, &Base> = bases
        .iter()
        .filter(|base| is_plain(base))
        .map(|base| (&*base.name, base))
        .collect();
    let operations = api.operations.iter();
    for operation in operations.filter(|operation| operation.auth != Auth::None) {
        if let Some(base) = plain.remove(&*operation.base.name) {
            let label = format!("`{}`", base.default);
            report.push(&rules::PLAIN_CREDENTIAL, operation.at, label);
        }
    }
    bases
}

/// Whether everyone on the way can read what goes to a base URL.
fn is_plain(base: &Base) -> bool {
    Origin::of(&base.default).is_some_and(|origin| origin.is_plain())
}

fn base_ident(index: usize, base: &Base) -> Ident {
    let word = if index == 0 {
        "base url"
    } else {
        base.name
            .trim_start_matches("https://")
            .trim_start_matches("http://")
    };
    let word = if word.to_ascii_lowercase().ends_with("url") {
        word.to_owned()
    } else {
        format!("{word} url")
    };
    names::constant(&word).unwrap_or_else(|| names::fixed("BASE_URL"))
}
