//! What the configuration says of variables, checked: each has to be there, and a constant has to have a value.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::unmatched;
use crate::api::{Api, Treatment, Variable};
use crate::document::report::Report;
use crate::document::report::rules;

/// Says which lines cannot be.
pub(super) fn check(report: &mut Report, api: &Api, treatments: &BTreeMap<String, Treatment>) {
    let used = api.operations.iter().flat_map(|one| &one.variables);
    let used = used.map(|one| one.name.as_str());
    let defined = api.variables.iter().map(|one| one.name.as_str());
    let known: BTreeSet<&str> = used.chain(defined).collect();
    for (name, treatment) in treatments {
        let mut values = api
            .variables
            .iter()
            .filter(|one| one.name == *name)
            .peekable();
        if !known.contains(name.as_str()) {
            let label = unmatched("no variable is called", name, known.iter().copied());
            report.push_general(&rules::OVERRIDE_UNUSED, label);
        } else if *treatment == Treatment::Constant && values.peek().is_none() {
            let label = format!("`{name}` has no value that could be constant");
            report.push_general(&rules::OVERRIDE_IMPOSSIBLE, label);
        } else if *treatment == Treatment::Constant && values.any(Variable::is_secret) {
            let label = format!("the value of `{name}` is a secret, which no client may hold");
            report.push_general(&rules::OVERRIDE_IMPOSSIBLE, label);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, Input, Source, understand};

    #[test]
    fn each_line_has_to_fit_a_variable() {
        let check = |name: &str, treatment: Treatment, expected: &str| {
            let collection = r#"{"request": "{{base}}/{{ship}}?t={{token}}", "name": "x"}"#;
            let values = r#"{"values": [{"key": "token", "value": "t", "type": "secret"}]}"#;
            let input = Input::collection(Source::new("c.json", collection));
            let input = input.environment(Source::new("e.json", values));
            let mut config = Config::new("x");
            let lines = &mut config.overrides.variables;
            lines.insert(name.to_owned(), treatment);
            let mut report = Report::default();
            understand(&mut report, &input, &config);
            let said: Vec<_> = report
                .diagnostics()
                .iter()
                .map(|one| one.label.as_str())
                .collect();
            assert_eq!(said.join("; "), expected);
        };
        check("ship", Treatment::Input, "");
        check(
            "shp",
            Treatment::Input,
            "no variable is called `shp`; the nearest is `ship`",
        );
        check(
            "ship",
            Treatment::Constant,
            "`ship` has no value that could be constant",
        );
        check(
            "token",
            Treatment::Constant,
            "the value of `token` is a secret, which no client may hold",
        );
    }
}
