//! What `diff` says of changes, and whether it is true: programs that used the old client are compiled with
//! the new one.
//!
//! A case of `tests/changes/*.toml` is a change of a collection, and its way back. `there` and `back` are
//! all changes that are found, first the one that the case is about. Its `program` was written for the old client; it
//! compiles with the new one unless that change is major, and then `fails` is what the compiler says. Changes of where
//! requests go are major too, though every program compiles. A `careless`
//! program does without `..`: it shows what is major by the letter.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use letterpress::change::diff::rules::ALL;
use letterpress::change::diff::{self, Client, Diff, Level, Rule};
use letterpress::input::config::ConfigFile;
use letterpress::plan;
use letterpress::{Config, Input, Report, Runtime, Source, generate, understand};
use serde::Deserialize;

use crate::workspace::{cargo, root, scratch};

/// A change of a collection, both ways.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The items of the collections, or whole collections.
    old: String,
    new: String,
    /// Those of a run before, whose names were given up: aliases are left.
    old_was: Option<String>,
    new_was: Option<String>,
    /// What `letterpress.toml` says beside.
    #[serde(default)]
    old_config: String,
    #[serde(default)]
    new_config: String,
    there: Way,
    back: Way,
}

/// One direction of a change.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Way {
    changes: Vec<String>,
    program: String,
    fails: Option<String>,
    careless: Option<String>,
    careless_fails: Option<String>,
}

/// All cases, by name.
fn cases() -> BTreeMap<String, Case> {
    let folder = root().join("tests/changes");
    let texts = crate::workspace::files(&folder, ".toml").into_iter();
    texts
        .flat_map(|(path, text)| {
            let cases: BTreeMap<String, Case> =
                toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
            cases
        })
        .collect()
}

impl Case {
    /// The collection of a side, with its configuration.
    fn read(&self, side: &str) -> (Input, Config) {
        let (items, was, config) = match side {
            "old" => (&self.old, &self.old_was, &self.old_config),
            _ => (&self.new, &self.new_was, &self.new_config),
        };
        let (mut input, mut settings) = read(items, config, side);
        if let Some(was) = was {
            let (before, settings) = read(was, config, side);
            let lock = generate(&before, &settings).lock;
            input.lock = Some(Source::new("letterpress.lock", lock.to_string()));
        }
        settings.rename = was.as_ref().map(|_| "*".to_owned());
        (input, settings)
    }
}

/// A collection of a case, with its configuration.
fn read(items: &str, config: &str, name: &str) -> (Input, Config) {
    let value: serde_json::Value = serde_json::from_str(&format!("[{items}]"))
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut document = match value.as_array().unwrap().as_slice() {
        [one] if one.get("info").is_some() => one.clone(),
        _ => serde_json::json!({"info": {"name": "Users"}, "item": value}),
    };
    write_bodies(&mut document);
    let text = serde_json::to_string_pretty(&document).unwrap();
    let settings = format!("inputs = []\nout = 'x'\n{config}");
    let file = ConfigFile::read(&settings, Path::new(".")).unwrap();
    let config = Config {
        runtime: Runtime::Shared,
        overrides: file.overrides(),
        dialect: file.dialect,
        keeps_unknown: file.keep_unknown,
        ..Config::new("clients")
    };
    (
        Input::collection(Source::new(format!("{name}.json"), text)),
        config,
    )
}

/// Cases write a body of JSON as JSON, under `json`: Postman has it as a text.
fn write_bodies(value: &mut serde_json::Value) {
    if let Some(object) = value.as_object_mut() {
        let json = object.remove("json");
        if let (Some(json), true) = (&json, object.contains_key("code")) {
            object.insert("body".to_owned(), json.to_string().into());
            let header = serde_json::json!([{"key": "Content-Type", "value": "application/json"}]);
            object.insert("header".to_owned(), header);
        } else if let Some(json) = json {
            let body = serde_json::json!({"mode": "raw", "raw": json.to_string(), "options": {"raw": {"language": "json"}}});
            object.insert("body".to_owned(), body);
        }
        object.values_mut().for_each(write_bodies);
    } else if let Some(list) = value.as_array_mut() {
        list.iter_mut().for_each(write_bodies);
    }
}

/// The changes from one collection to another.
fn compare(old: &(Input, Config), new: &(Input, Config)) -> Diff {
    let planned = |(input, config): &(Input, Config)| {
        let mut report = Report::default();
        let api = understand(&mut report, input, config);
        assert!(
            !report.has_errors(),
            "{}",
            report.render(
                &input.sources(),
                letterpress::document::report::rules::Severity::Error,
                false
            )
        );
        let pins = letterpress::read_pins(&mut report, input, &api, config);
        let plan = plan::plan(&mut report, &api, config, &pins);
        (api, plan)
    };
    let (before, after) = (planned(old), planned(new));
    diff::compare(
        &Client {
            sources: old.0.sources(),
            api: &before.0,
            plan: &before.1,
            config: &old.1,
        },
        &Client {
            sources: new.0.sources(),
            api: &after.0,
            plan: &after.1,
            config: &new.1,
        },
    )
}

/// The changes, each by its rule and what it is about.
fn named(diff: &Diff) -> BTreeSet<String> {
    let changes = diff.changes.iter();
    changes
        .map(|change| {
            format!("{} {}", change.rule.code, change.what)
                .trim_end()
                .to_owned()
        })
        .collect()
}

/// The rule that a case is about in a direction.
fn rule(way: &Way) -> &'static Rule {
    let code = way.changes[0].split(' ').next().unwrap();
    ALL.iter()
        .find(|rule| rule.code == code)
        .unwrap_or_else(|| panic!("no rule {code}"))
}

#[test]
fn a_change_is_reported_as_what_it_is_in_both_directions() {
    let mut wrong = Vec::new();
    for (name, case) in cases() {
        let (old, new) = (case.read("old"), case.read("new"));
        for (way, old, new) in [(&case.there, &old, &new), (&case.back, &new, &old)] {
            let diff = compare(old, new);
            let expected: BTreeSet<String> = way.changes.iter().cloned().collect();
            let found = named(&diff);
            if found != expected {
                wrong.push(format!("{name}: expected {expected:#?}, found {found:#?}"));
            }
            assert!(
                named(&compare(old, old)).is_empty(),
                "{name}: a client differs from itself"
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_rule_of_changes_has_a_case() {
    let cases = cases();
    let proven: BTreeSet<&str> = cases
        .values()
        .flat_map(|case| [rule(&case.there).code, rule(&case.back).code])
        .collect();
    let all: BTreeSet<&str> = ALL.iter().map(|rule| rule.code).collect();
    assert_eq!(
        proven, all,
        "left: what the cases are about; right: the table"
    );
}

#[test]
fn the_guide_has_each_rule_of_changes() {
    let guide = fs::read_to_string(root().join("generator/guide/changes.md")).unwrap();
    for rule in ALL {
        let level = if rule.level == rule.strict {
            let mark = if rule.is_security() { ", security" } else { "" };
            format!("{}{mark}", rule.level)
        } else {
            format!("{}, {} without `..`", rule.level, rule.strict)
        };
        let row = format!("| `{}` | {level} | {} |\n", rule.code, rule.summary);
        assert!(guide.contains(&row), "the guide has no row {row}");
    }
}

#[test]
fn programs_compile_as_the_levels_say() {
    let folder = scratch("changes");
    let (sources, programs) = (folder.join("src"), folder.join("examples"));
    for old in [&sources, &programs].into_iter().filter(|old| old.exists()) {
        fs::remove_dir_all(old).unwrap();
    }
    fs::create_dir_all(&sources).unwrap();
    fs::create_dir_all(&programs).unwrap();
    let mut build = Build::default();
    for (name, case) in cases() {
        for side in ["old", "new"] {
            let (input, config) = case.read(side);
            build.write_client(&sources, &format!("{side}_{name}"), &input, &config);
        }
        build.add(&name, "there", &case.there, ("old", "new"));
        build.add(&name, "back", &case.back, ("new", "old"));
    }
    let (clients, good) = (build.clients.concat(), build.good.concat());
    fs::write(
        sources.join("lib.rs"),
        format!("//! The clients of all cases.\n{clients}"),
    )
    .unwrap();
    fs::write(
        programs.join("compiles.rs"),
        format!("//! Programs.\n{good}fn main() {{}}\n"),
    )
    .unwrap();
    for (name, (text, _)) in &build.bad {
        fs::write(
            programs.join(format!("{name}.rs")),
            format!("//! A program.\n{text}fn main() {{}}\n"),
        )
        .unwrap();
    }
    let runtime = root().join("generator/runtime");
    let manifest = format!(
        "[package]\nname = \"clients\"\nedition = \"2024\"\n[workspace]\n\
         [dependencies.letterpress-client]\npath = {runtime:?}\ndefault-features = false\nfeatures = [\"client\"]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let expected: BTreeMap<String, String> = build
        .bad
        .into_iter()
        .map(|(name, (_, fails))| (name, fails))
        .collect();
    assert_eq!(
        failures(&folder),
        expected,
        "left: what the compiler says; right: what the cases say"
    );
}

/// What is compiled.
#[derive(Default)]
struct Build {
    /// `mod` items.
    clients: Vec<String>,
    /// Programs that have to compile.
    good: Vec<String>,
    /// Programs that must not, by name, with what the compiler has to say.
    bad: BTreeMap<String, (String, String)>,
}

impl Build {
    /// A client as a module of the crate `clients`.
    fn write_client(&mut self, sources: &Path, name: &str, input: &Input, config: &Config) {
        self.clients.push(format!("pub mod {name};\n"));
        for (path, text) in generate(input, config).files.iter() {
            let Some(path) = path.strip_prefix("src/") else {
                continue;
            };
            let path = sources
                .join(name)
                .join(if path == "lib.rs" { "mod.rs" } else { path });
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text.replace("crate::", &format!("crate::{name}::"))).unwrap();
        }
    }

    /// The programs of a direction: each with the client that it was written for, and with the other one.
    fn add(&mut self, name: &str, way: &str, says: &Way, (own, other): (&str, &str)) {
        let rule = rule(says);
        let careless = says
            .careless
            .as_ref()
            .map(|text| ("careless", text, rule.strict, &says.careless_fails));
        assert_eq!(
            careless.is_some(),
            rule.strict != rule.level,
            "{name} {way}: {} has a careless program or not",
            rule.code
        );
        let programs = [
            Some(("program", &says.program, rule.level, &says.fails)),
            careless,
        ];
        for (kind, text, level, fails) in programs.into_iter().flatten() {
            let module = |side: &str| {
                format!(
                    "mod {name}_{way}_{kind}_{side} {{\n    #![allow(dead_code, unused)]\n    use clients::{side}_{name} as client;\n    \
                         fn program() {{\n{text}\n    }}\n}}\n"
                )
            };
            self.good.push(module(own));
            // Of a change of security a compiler does not know.
            let breaks = level == Level::Major && !rule.is_security();
            assert_eq!(
                fails.is_some(),
                breaks,
                "{name} {way}: {} is {level}",
                rule.code
            );
            match fails {
                Some(fails) => drop(self.bad.insert(
                    format!("{name}_{way}_{kind}"),
                    (module(other), fails.clone()),
                )),
                None => self.good.push(module(other)),
            }
        }
    }
}

/// The programs that do not compile, with the first error of each.
fn failures(folder: &Path) -> BTreeMap<String, String> {
    let mut command = cargo(
        folder,
        &[
            "check",
            "--examples",
            "--keep-going",
            "--message-format=json",
        ],
        &[],
    );
    let output = command.output().unwrap();
    let mut failures = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: serde_json::Value = serde_json::from_str(line).unwrap();
        if message["message"]["level"] == "error" {
            let target = message["target"]["name"].as_str().unwrap().to_owned();
            let code = message["message"]["code"]["code"].as_str();
            let text = message["message"]["rendered"].as_str().unwrap();
            failures
                .entry(target)
                .or_insert_with(|| code.unwrap_or(text).to_owned());
        }
    }
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() || !failures.is_empty(), "{said}");
    failures
}
