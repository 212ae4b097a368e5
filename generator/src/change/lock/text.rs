//! A lock as text: a line for each name, sorted, each complete in itself, so that branches
//! merge. Tabs part its columns.
//!
//! ```text
//! format  1
//! input  zoom.json  9f3c01d22ab84e10
//! base  BASE_URL  baseUrl
//! schema  type  Meeting  Meeting
//! folder  meetings  Meetings
//! request  meetings::update  PATCH /meetings/{}  meetingId  5f0c…  Meetings/Update a meeting  8c01…
//! field  meetings::update  path/meetingId  meeting_id
//! type  meetings::update  body/settings  Settings
//! was  meetings::update  meetings::change
//! ```

use std::fmt::{self, Write as _};

use super::identity::Identity;
use super::{Entry, Lock, base_at};
use crate::document::place::PlacePath;
use crate::plan::names::{self, Ident};
use crate::plan::pins::Kind;

/// What the file begins with.
const HEAD: &str = "# The Rust names that Letterpress gave, and what it gave them to, so that it keeps them. Commit this file.";
/// The version of the format.
const FORMAT: &str = "1";
/// What stands for something that is not there.
const NOTHING: &str = "-";
/// How Git marks a conflict.
const CONFLICT: &[&str] = &["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// A line that cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Damage {
    /// Its number, from one.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}")?;
        line(f, &["format", FORMAT])?;
        if let Some(version) = &self.version {
            line(f, &["version", version])?;
        }
        for (name, digest) in &self.inputs {
            line(f, &["input", name, digest])?;
        }
        for ((_, place), ident) in &self.bases.current {
            line(f, &["base", ident.as_str(), &base_at(place)])?;
        }
        for (_, place, ident) in &self.bases.former {
            line(f, &["was-base", ident.as_str(), &base_at(place)])?;
        }
        for ((kind, place), ident) in &self.schemas.current {
            let place = place.to_string();
            line(f, &["schema", kind.word(), &place, ident.as_str()])?;
        }
        for (_, place, ident) in &self.schemas.former {
            line(f, &["was-schema", &place.to_string(), ident.as_str()])?;
        }
        for (path, names) in &self.folders {
            let names = PlacePath::from_names(names.iter().cloned()).to_string();
            line(f, &["folder", &names::path(path), &names])?;
        }
        for (path, entry) in &self.requests {
            entry.write(f, &names::path(path))?;
        }
        Ok(())
    }
}

impl Entry {
    fn write(&self, f: &mut fmt::Formatter<'_>, module: &str) -> fmt::Result {
        let one = &self.identity;
        let request = format!("{} {}", one.method, one.path);
        let variables = PlacePath::from_names(self.variables.iter().cloned()).to_string();
        let variables = if self.variables.is_empty() {
            NOTHING
        } else {
            &variables
        };
        let title = one.folders.iter().chain([&one.name]).cloned();
        let title = PlacePath::from_names(title).to_string();
        let id = one.id.as_deref().unwrap_or(NOTHING);
        let mut columns = vec!["request", module, &request, variables, id, &title];
        columns.extend(one.content.as_deref());
        line(f, &columns)?;
        for former in &self.former {
            line(f, &["was", module, &names::path(former)])?;
        }
        for ((kind, place), ident) in &self.names.current {
            line(
                f,
                &[kind.word(), module, &place.to_string(), ident.as_str()],
            )?;
        }
        for (_, place, ident) in &self.names.former {
            line(f, &["was-type", module, &place.to_string(), ident.as_str()])?;
        }
        Ok(())
    }
}

fn line(f: &mut fmt::Formatter<'_>, columns: &[&str]) -> fmt::Result {
    for (index, column) in columns.iter().enumerate() {
        if index > 0 {
            f.write_char('\t')?;
        }
        for part in column.split_inclusive(['\\', '\t', '\n', '\r']) {
            let plain = part.trim_end_matches(['\\', '\t', '\n', '\r']);
            f.write_str(plain)?;
            f.write_str(match &part[plain.len()..] {
                "\\" => "\\\\",
                "\t" => "\\t",
                "\n" => "\\n",
                "\r" => "\\r",
                _ => "",
            })?;
        }
    }
    f.write_char('\n')
}

/// Reads a lock, and tells which lines it cannot read.
pub(super) fn read(text: &str) -> (Lock, Vec<Damage>) {
    let mut lock = Lock::default();
    let mut damages = Vec::new();
    let mut has_format = false;
    for (index, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let columns: Vec<String> = line.split('\t').map(unescape).collect();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        has_format |= columns.first() == Some(&"format");
        let result = if CONFLICT.iter().any(|mark| line.starts_with(mark)) {
            Err(format!("`{line}` is the mark of a conflict"))
        } else {
            lock.take(&columns)
        };
        damages.extend(result.err().map(|reason| Damage {
            line: index + 1,
            reason,
        }));
    }
    let last = text.lines().count();
    if !text.is_empty() && !text.ends_with('\n') {
        let reason = "the last line has no end: the file may be cut off".to_owned();
        damages.push(Damage { line: last, reason });
    }
    if !has_format {
        let reason = "no line says which format it is".to_owned();
        damages.push(Damage { line: 1, reason });
    }
    let homeless = lock
        .requests
        .iter()
        .filter(|(_, entry)| entry.identity.method.is_empty());
    for (path, _) in homeless {
        let reason = format!(
            "there are names of `{}`, but no line says which request that is",
            names::path(path)
        );
        damages.push(Damage { line: last, reason });
    }
    lock.requests
        .retain(|_, entry| !entry.identity.method.is_empty());
    damages.sort_by_key(|damage| damage.line);
    (lock, damages)
}

fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.push(match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                other => other.unwrap_or('\\'),
            },
            (c, false) => c,
        });
    }
    plain
}

impl Lock {
    /// Takes what a line says.
    fn take(&mut self, columns: &[&str]) -> Result<(), String> {
        match *columns {
            ["format", FORMAT] => Ok(()),
            ["format", format] => Err(format!(
                "format {format} is not known: a newer Letterpress wrote it"
            )),
            ["version", version] => {
                let old = self.version.replace(version.to_owned());
                same(old, &version.to_owned())
            }
            ["input", name, digest] => {
                self.inputs.insert((name.to_owned(), digest.to_owned()));
                Ok(())
            }
            ["base", name, base] => {
                let ident = ident(name)?;
                let place = (Kind::Constant, PlacePath::root(base));
                same(self.bases.current.insert(place, ident.clone()), &ident)
            }
            ["was-base", name, base] => {
                let former = (Kind::Constant, PlacePath::root(base), ident(name)?);
                self.bases.former.insert(former);
                Ok(())
            }
            ["schema", word, place, name] => {
                let ident = ident(name)?;
                let key = (kind(word)?, place_of(place));
                same(self.schemas.current.insert(key, ident.clone()), &ident)
            }
            ["was-schema", place, name] => {
                let former = (Kind::Type, place_of(place), ident(name)?);
                self.schemas.former.insert(former);
                Ok(())
            }
            ["folder", module, names] => {
                let names = place_of(names).names().to_vec();
                let old = self.folders.insert(path(module)?, names.clone());
                same(old, &names)
            }
            ["request", module, request, variables, id, title] => {
                self.take_request(module, request, variables, id, title, None)
            }
            ["request", module, request, variables, id, title, content] => {
                self.take_request(module, request, variables, id, title, Some(content))
            }
            ["was", module, former] => {
                let former = path(former)?;
                self.entry(module)?.former.insert(former);
                Ok(())
            }
            ["was-type", module, place, name] => {
                let former = (Kind::Type, place_of(place), ident(name)?);
                self.entry(module)?.names.former.insert(former);
                Ok(())
            }
            [word, module, place, name] => {
                let kind = kind(word)?;
                let ident = ident(name)?;
                let names = &mut self.entry(module)?.names.current;
                let old = names.insert((kind, place_of(place)), ident.clone());
                same(old, &ident)
            }
            _ => Err("this is no line of a lock".to_owned()),
        }
    }

    fn take_request(
        &mut self,
        module: &str,
        request: &str,
        variables: &str,
        id: &str,
        title: &str,
        content: Option<&str>,
    ) -> Result<(), String> {
        let (method, path) = request
            .split_once(' ')
            .ok_or("there is no path behind the method")?;
        let mut folders = place_of(title).names().to_vec();
        let name = folders.pop().unwrap_or_default();
        let entry = self.entry(module)?;
        let old = std::mem::take(&mut entry.identity);
        entry.identity = Identity {
            id: Some(id.to_owned()).filter(|id| id != NOTHING),
            method: method.to_owned(),
            path: path.to_owned(),
            folders,
            name,
            content: content.map(str::to_owned),
        };
        if variables != NOTHING {
            entry.variables = place_of(variables).names().to_vec();
        }
        same(
            Some(old).filter(|old| !old.method.is_empty()),
            &entry.identity,
        )
    }

    fn entry(&mut self, module: &str) -> Result<&mut Entry, String> {
        Ok(self.requests.entry(path(module)?).or_default())
    }
}

fn kind(word: &str) -> Result<Kind, String> {
    let kind = Kind::INSIDE.into_iter().find(|kind| kind.word() == word);
    kind.ok_or_else(|| format!("nothing is called `{word}` here"))
}

/// A place whose first name may begin with a slash.
fn place_of(text: &str) -> PlacePath {
    PlacePath::from(format!("/{text}"))
}

fn ident(text: &str) -> Result<Ident, String> {
    names::exact(text).ok_or_else(|| format!("`{text}` is no name"))
}

fn path(text: &str) -> Result<Vec<Ident>, String> {
    text.split("::").map(ident).collect()
}

/// Two lines may say the same, not different things.
fn same<T: PartialEq>(old: Option<T>, new: &T) -> Result<(), String> {
    match old {
        Some(old) if old != *new => {
            Err("another line says something else of the same thing".to_owned())
        }
        _ => Ok(()),
    }
}
