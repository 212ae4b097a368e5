//! Names stay with what they were given to, whatever is edited in a collection.

use std::collections::{BTreeMap, BTreeSet};

use letterpress::change::lock::Lock;
use letterpress::{Config, Input, Output, Source, generate};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Names that requests, folders and parameters have: few, so that many are equal.
const NAMES: &[&str] = &["get", "Get", "list", "List all", "get get", "users"];

/// A request. What it is stays in its path, whatever else is edited.
#[derive(Clone, Debug)]
struct Request {
    serial: usize,
    id: usize,
    name: usize,
    folder: usize,
    variable: usize,
    query: Vec<usize>,
    example: usize,
    /// Saved responses that were added.
    replies: Vec<usize>,
}

#[derive(Clone, Debug)]
enum Edit {
    Rename(usize, usize),
    Move(usize, usize),
    RenameVariable(usize, usize),
    AddQuery(usize, usize),
    TurnQuery(usize),
    ChangeExample(usize, usize),
    AddReply(usize, usize),
    ChangeId(usize),
    Add(usize, usize),
    Remove(usize),
    Turn(usize),
    ChangeIds,
    RenameFolder(usize, usize),
}

#[derive(Clone, Debug, Default)]
struct Collection {
    requests: Vec<Request>,
    /// The name of each folder.
    folders: [usize; 3],
    /// How many requests there have ever been.
    serials: usize,
}

impl Collection {
    fn add(&mut self, name: usize, folder: usize) {
        let serial = self.serials;
        self.serials += 1;
        self.requests.push(Request {
            serial,
            id: serial,
            name,
            folder,
            variable: 0,
            query: vec![serial % NAMES.len()],
            example: 0,
            replies: Vec::new(),
        });
    }

    /// One of the requests, by any number.
    fn at(&mut self, index: usize) -> &mut Request {
        let count = self.requests.len();
        &mut self.requests[index % count]
    }

    fn edit(&mut self, edit: &Edit) {
        match *edit {
            Edit::Rename(index, name) => self.at(index).name = name,
            Edit::Move(index, folder) => self.at(index).folder = folder,
            Edit::RenameVariable(index, name) => self.at(index).variable = name,
            Edit::AddQuery(index, name) => {
                let query = &mut self.at(index).query;
                if !query.contains(&name) {
                    query.insert(0, name);
                }
            }
            Edit::TurnQuery(index) => self.at(index).query.reverse(),
            Edit::ChangeExample(index, example) => self.at(index).example = example,
            Edit::AddReply(index, reply) => self.at(index).replies.push(reply),
            Edit::ChangeId(index) => self.at(index).id += 1000,
            Edit::Add(name, folder) => self.add(name, folder),
            Edit::Remove(index) if self.requests.len() > 1 => {
                self.requests.remove(index % self.requests.len());
            }
            Edit::Remove(_) => {}
            Edit::Turn(by) => {
                let count = self.requests.len();
                self.requests.rotate_left(by % count);
            }
            Edit::ChangeIds => self.requests.iter_mut().for_each(|one| one.id += 1000),
            Edit::RenameFolder(folder, name) => self.folders[folder] = name,
        }
    }

    fn to_json(&self) -> String {
        let mut items: Vec<Value> = Vec::new();
        for (folder, name) in self.folders.iter().enumerate() {
            let inside = self.requests.iter().filter(|one| one.folder == folder);
            let inside: Vec<Value> = inside.map(Request::to_json).collect();
            items.push(json!({"name": NAMES[*name], "item": inside}));
        }
        let outside = self
            .requests
            .iter()
            .filter(|one| one.folder == self.folders.len());
        items.extend(outside.map(Request::to_json));
        json!({"info": {"name": "A"}, "item": items}).to_string()
    }

    fn press(&self, lock: Option<&Lock>) -> Output {
        let input = Input {
            lock: lock.map(|lock| Source::new("letterpress.lock", lock.to_string())),
            ..Input::collection(Source::new("a.json", self.to_json()))
        };
        generate(&input, &Config::new("a"))
    }
}

impl Request {
    fn to_json(&self) -> Value {
        let query = self
            .query
            .iter()
            .map(|&name| format!("{}={}", NAMES[name].replace(' ', "-"), self.example));
        let query: Vec<String> = query.collect();
        let variable = NAMES[self.variable].replace(' ', "-");
        let url = format!(
            "https://a.example/{}/:{variable}?{}",
            self.serial,
            query.join("&")
        );
        let body = json!({"list": {"users": {"get": self.example}}});
        let first = [reply(200, &body)];
        let more = self
            .replies
            .iter()
            .map(|reply| self::reply(REPLIES[*reply], &json!({"users": {"list": {"get": 1}}})));
        json!({
            "id": self.id.to_string(),
            "name": NAMES[self.name],
            "request": {"method": "GET", "url": url},
            "response": first.into_iter().chain(more).collect::<Vec<Value>>(),
        })
    }
}

/// The statuses of saved responses that are added. A second success would make `Response` an enum of both, as `diff`
/// says: that is not the name of the first any more.
const REPLIES: &[u16] = &[200, 400, 404];

fn reply(status: u16, body: &Value) -> Value {
    let header = json!([{"key": "Content-Type", "value": "application/json"}]);
    json!({"name": "x", "code": status, "header": header, "body": body.to_string()})
}

/// The names of each request by its serial: its module, and what has a name in it by its place; a variable of the
/// path by the place that any has.
fn names(lock: &Lock) -> BTreeMap<String, BTreeMap<String, String>> {
    let requests = lock.requests.iter().map(|(path, entry)| {
        let serial = entry.identity.path.split('/').nth(1).unwrap().to_owned();
        let path: Vec<&str> = path
            .iter()
            .map(letterpress::plan::names::Ident::as_str)
            .collect();
        let mut names = BTreeMap::from([("module".to_owned(), path.join("::"))]);
        for ((kind, place), ident) in &entry.names.current {
            let place = place.to_string();
            if place.starts_with("path/") {
                names.insert(format!("{kind:?} path"), ident.to_string());
            } else {
                names.insert(format!("{kind:?} {place}"), ident.to_string());
            }
        }
        (serial, names)
    });
    requests.collect()
}

fn collections() -> impl Strategy<Value = Collection> {
    let requests = prop::collection::vec((0..NAMES.len(), 0..=3_usize), 1..8);
    (requests, prop::array::uniform3(0..NAMES.len())).prop_map(|(requests, folders)| {
        let mut collection = Collection {
            folders,
            ..Collection::default()
        };
        for (name, folder) in requests {
            collection.add(name, folder);
        }
        collection
    })
}

fn edits() -> impl Strategy<Value = Edit> {
    let (index, name, folder) = (0..8_usize, 0..NAMES.len(), 0..=3_usize);
    prop_oneof![
        (index.clone(), name.clone()).prop_map(|(a, b)| Edit::Rename(a, b)),
        (index.clone(), folder.clone()).prop_map(|(a, b)| Edit::Move(a, b)),
        (index.clone(), name.clone()).prop_map(|(a, b)| Edit::RenameVariable(a, b)),
        (index.clone(), name.clone()).prop_map(|(a, b)| Edit::AddQuery(a, b)),
        index.clone().prop_map(Edit::TurnQuery),
        (index.clone(), 0..3_usize).prop_map(|(a, b)| Edit::ChangeExample(a, b)),
        (name.clone(), folder).prop_map(|(a, b)| Edit::Add(a, b)),
        (index.clone(), 0..REPLIES.len()).prop_map(|(a, b)| Edit::AddReply(a, b)),
        index.clone().prop_map(Edit::ChangeId),
        index.clone().prop_map(Edit::Remove),
        index.prop_map(Edit::Turn),
        Just(Edit::ChangeIds),
        (0..3_usize, name).prop_map(|(a, b)| Edit::RenameFolder(a, b)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_edit_changes_a_name(
        mut collection in collections(),
        runs in prop::collection::vec(prop::collection::vec(edits(), 1..5), 1..4),
    ) {
        let mut lock = collection.press(None).lock;
        for edits in runs {
            for edit in &edits {
                collection.edit(edit);
            }
            let output = collection.press(Some(&lock));
            let (before, after) = (names(&lock), names(&output.lock));
            prop_assert_eq!(after.len(), collection.requests.len(), "a request is missing");
            let modules: BTreeSet<&String> = after.values().map(|names| &names["module"]).collect();
            prop_assert_eq!(modules.len(), after.len(), "two requests have one module");
            for (serial, old) in &before {
                for (place, name) in old {
                    let new = after.get(serial).and_then(|names| names.get(place));
                    prop_assert!(new.is_none_or(|new| new == name), "{serial} {place}: {name} became {new:?} by {edits:?}");
                }
            }
            let again = collection.press(Some(&output.lock));
            prop_assert_eq!(&again.lock, &output.lock, "a second run changes the lock");
            prop_assert!(again.files == output.files, "a second run changes files");
            lock = output.lock;
        }
    }
}
