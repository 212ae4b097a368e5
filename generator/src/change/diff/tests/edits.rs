//! Whatever is edited in a collection, names stay, and `diff` says just what was edited.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::Diff;
use super::{Side, diff, read};
use crate::change::lock::Lock;
use crate::plan::names::Ident;

/// A request of a collection that is edited.
#[derive(Clone, Debug)]
struct Item {
    /// What it is, whatever becomes of it.
    key: usize,
    id: usize,
    name: usize,
    folder: usize,
    /// Whether its path was changed, and a parameter was added.
    is_elsewhere: bool,
    has_more: bool,
    /// What the variable of its path is called, and how many saved responses were added.
    variable: usize,
    replies: usize,
    example: usize,
}

/// An edit of a collection, of the request that a number tells.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Rename(usize, usize),
    Move(usize, usize),
    Remove(usize),
    Add(usize, usize),
    AddParameter(usize),
    ChangePath(usize),
    ChangeExample(usize),
    RenameVariable(usize),
    AddReply(usize),
    ChangeId(usize),
    Reverse,
    Rotate(usize),
}

/// Few names, so that they meet; some differ in what modules leave out.
const NAMES: &[&str] = &[
    "Get user",
    "Get a user",
    "List users",
    "get-user",
    "Type",
    "Show",
];
const FOLDERS: &[&str] = &["Users", "People", "users"];

impl Item {
    fn new(key: usize, name: usize, folder: usize) -> Self {
        Self {
            key,
            id: key,
            name,
            folder,
            is_elsewhere: false,
            has_more: false,
            variable: 0,
            replies: 0,
            example: 0,
        }
    }

    fn name(&self) -> String {
        NAMES
            .get(self.name)
            .map_or_else(|| format!("New {}", self.name), |name| (*name).to_owned())
    }

    fn title(&self) -> String {
        format!("{} / {}", FOLDERS[self.folder], self.name())
    }

    fn json(&self) -> Value {
        let version = if self.is_elsewhere { "/v2" } else { "" };
        let more = if self.has_more { "&more=x" } else { "" };
        let example = ["up", "down"][self.example];
        let variable = ["id", "user-id"][self.variable];
        let url = format!(
            "https://a.example{version}/r{}/:{variable}?order={example}{more}",
            self.key
        );
        let reply = json!({"name": "It is not there", "code": 404});
        let replies = vec![reply; self.replies];
        json!({"id": format!("id-{}", self.id), "name": self.name(), "request": url, "response": replies})
    }
}

/// The collection: its folders, each with its requests in order.
fn collection(items: &[Item]) -> String {
    let folders = (0..FOLDERS.len()).map(|folder| {
        let own: Vec<Value> = items
            .iter()
            .filter(|item| item.folder == folder)
            .map(Item::json)
            .collect();
        json!({"name": FOLDERS[folder], "item": own}).to_string()
    });
    folders.collect::<Vec<_>>().join(",")
}

fn edit(items: &mut Vec<Item>, edit: Edit) {
    let count = items.len();
    if count == 0 {
        return;
    }
    match edit {
        // What was added keeps its name, see below.
        Edit::Rename(index, _) if items[index % count].key >= 100 => {}
        Edit::Rename(index, name) => items[index % count].name = name,
        Edit::Move(index, folder) => items[index % count].folder = folder,
        Edit::AddParameter(index) => items[index % count].has_more = true,
        // A request of another path and another id is another one, unless its name tells.
        Edit::ChangePath(index) => {
            let item = &mut items[index % count];
            item.is_elsewhere |= item.id == item.key;
        }
        Edit::ChangeId(index) if items[index % count].is_elsewhere => {}
        Edit::ChangeId(index) => items[index % count].id += 5000,
        Edit::RenameVariable(index) => items[index % count].variable = 1,
        Edit::AddReply(index) => items[index % count].replies = 1,
        Edit::ChangeExample(index) => items[index % count].example = 1,
        Edit::Remove(index) => drop(items.remove(index % count)),
        Edit::Add(name, folder) => {
            let last = items.iter().map(|one| one.key).max().unwrap_or_default();
            items.insert(0, Item::new(100 + last, name, folder));
        }
        Edit::Reverse => items.reverse(),
        Edit::Rotate(by) => items.rotate_left(by % count),
    }
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let (name, folder) = (0..NAMES.len(), 0..FOLDERS.len());
    let edit = prop_oneof![
        (0..9_usize, name.clone()).prop_map(|(index, name)| Edit::Rename(index, name)),
        (0..9_usize, folder.clone()).prop_map(|(index, folder)| Edit::Move(index, folder)),
        (0..9_usize).prop_map(Edit::Remove),
        (name, folder).prop_map(|(name, folder)| Edit::Add(name, folder)),
        (0..9_usize).prop_map(Edit::AddParameter),
        (0..9_usize).prop_map(Edit::ChangePath),
        (0..9_usize).prop_map(Edit::ChangeExample),
        (0..9_usize).prop_map(Edit::RenameVariable),
        (0..9_usize).prop_map(Edit::AddReply),
        (0..9_usize).prop_map(Edit::ChangeId),
        Just(Edit::Reverse),
        (0..9_usize).prop_map(Edit::Rotate),
    ];
    prop::collection::vec(edit, 1..8)
}

/// The module of each request, by what it is.
fn modules(side: &Side, items: &[Item]) -> BTreeMap<usize, String> {
    let requests = side.plan.requests();
    let mut modules = BTreeMap::new();
    for (path, module) in requests {
        let own = items
            .iter()
            .find(|item| module.path_template.contains(&format!("/r{}/", item.key)));
        let path: Vec<&str> = path.iter().map(Ident::as_str).collect();
        let known = own.and_then(|item| modules.insert(item.key, path.join("::")));
        assert_eq!(known, None, "two modules of a request");
    }
    modules
}

/// What `diff` has to say: by request, the rules.
fn expected(old: &[Item], new: &[Item]) -> BTreeSet<(usize, &'static str)> {
    let mut expected = BTreeSet::new();
    for item in old
        .iter()
        .filter(|item| new.iter().all(|one| one.key != item.key))
    {
        expected.insert((item.key, "request-removed"));
    }
    for item in new {
        let Some(before) = old.iter().find(|one| one.key == item.key) else {
            expected.insert((item.key, "request-added"));
            continue;
        };
        let mut add = |is: bool, rule| expected.extend(is.then_some((item.key, rule)));
        add(before.title() != item.title(), "title-changed");
        add(item.has_more, "input-added-required");
        add(item.is_elsewhere, "path-changed");
        add(
            item.variable == 1 && !item.is_elsewhere,
            "path-names-changed",
        );
        // The documentation of the field has the name of the variable.
        add(item.variable == 1, "docs-changed");
        add(item.replies == 1, "failures-added");
        add(item.replies == 1, "variant-added");
    }
    expected
}

/// What `diff` says, likewise.
fn found(diff: &Diff) -> BTreeSet<(usize, &'static str)> {
    let changes = diff.changes.iter().filter_map(|change| {
        let path = &change.request.as_ref()?.request;
        let key = path.split("/r").nth(1)?.split('/').next()?.parse().ok()?;
        Some((key, change.rule.code))
    });
    changes.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn edits_keep_names_and_are_reported_as_what_they_are(
        starts in prop::collection::vec((0..NAMES.len(), 0..FOLDERS.len()), 1..7),
        edits in edits(),
        has_new_ids in any::<bool>(),
    ) {
        let starts = starts.into_iter().enumerate();
        let old: Vec<Item> = starts.map(|(key, (name, folder))| Item::new(key, name, folder)).collect();
        let mut new = old.clone();
        let has_removals = edits.iter().any(|one| matches!(one, Edit::Remove(_)));
        for one in edits {
            let one = match one {
                // A new request with the name and the folder of one that is gone is that one, elsewhere.
                Edit::Add(name, folder) if has_removals => Edit::Add(NAMES.len() + name, folder),
                one => one,
            };
            // With new ids, the path alone tells.
            if !(has_new_ids && matches!(one, Edit::ChangePath(_))) {
                edit(&mut new, one);
            }
        }
        if has_new_ids {
            for item in &mut new {
                item.id += 1000;
            }
        }
        let before = read("old.json", &collection(&old), &Lock::default());
        let after = read("new.json", &collection(&new), &before.lock);
        let (was, is) = (modules(&before, &old), modules(&after, &new));
        for (key, module) in &was {
            if let Some(now) = is.get(key) {
                prop_assert_eq!(module, now, "a request that survived has another name");
            }
        }
        let distinct: BTreeSet<&String> = is.values().collect();
        prop_assert_eq!(distinct.len(), new.len(), "two requests have one name");
        prop_assert_eq!(found(&diff(&before, &after)), expected(&old, &new));
    }
}
