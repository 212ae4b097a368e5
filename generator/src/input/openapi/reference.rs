//! References: from a URI to the value that it names (RFC 3986, section 5.2; RFC 6901; rules 11 to 20).

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::document::{At, Document, joined};
use super::schema::{self, Site, Target};
use super::version::Version;
use crate::document::encode;
use crate::document::json::Node;
use crate::document::report::Place;

/// Where references of a document lead.
pub(super) struct References<'d> {
    document: &'d Document<'d>,
    /// The files by their paths.
    files: BTreeMap<&'d str, usize>,
    /// The values that `$id` and `$self` give a URI.
    ids: BTreeMap<&'d str, At<'d>>,
    /// The values that `$anchor` and `$dynamicAnchor` name, by file.
    anchors: BTreeMap<(usize, &'d str), At<'d>>,
    /// What was found before, by file and reference.
    known: RefCell<BTreeMap<(usize, String), Result<At<'d>, Dangling>>>,
    /// The references of schemas that lead nowhere.
    dangling: BTreeSet<(usize, &'d str, Dangling)>,
    /// The index of the document among the sources of the run.
    source: usize,
    version: Version,
}

/// Why a reference leads nowhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Dangling {
    /// It has a scheme: it would have to be fetched.
    Remote,
    /// There is no such file.
    File,
    /// There is no such place in its file.
    Place,
    /// It leads to itself.
    Cycle,
}

impl Dangling {
    /// The reason as a phrase.
    pub(super) fn phrase(self) -> &'static str {
        match self {
            Dangling::Remote => "it would have to be fetched, and nothing is",
            Dangling::File => "there is no such file",
            Dangling::Place => "there is no such place",
            Dangling::Cycle => "it leads to itself",
        }
    }
}

/// How many references may lead to each other in a row, and stand in the way of a pointer.
const MOST_STEPS: usize = 100;

impl<'d> References<'d> {
    pub(super) fn of(document: &'d Document<'d>, source: usize, version: Version) -> Self {
        let mut references = Self {
            document,
            source,
            version,
            files: BTreeMap::new(),
            ids: BTreeMap::new(),
            anchors: BTreeMap::new(),
            known: RefCell::default(),
            dangling: BTreeSet::new(),
        };
        for (file, content) in document.files.iter().enumerate() {
            references.files.entry(&content.path).or_insert(file);
            references.collect(At {
                file,
                node: &content.root,
            });
        }
        references
    }

    /// The root of a file.
    pub(super) fn root(&self, file: usize) -> At<'d> {
        At {
            file,
            node: &self.document.files[file].root,
        }
    }

    /// The path of a file.
    pub(super) fn path(&self, file: usize) -> &'d str {
        &self.document.files[file].path
    }

    /// Collects what names places.
    fn collect(&mut self, root: At<'d>) {
        let mut open = vec![root.node];
        while let Some(node) = open.pop() {
            for member in node.members() {
                let at = At {
                    file: root.file,
                    node,
                };
                match (member.name.as_ref(), member.node.as_str()) {
                    ("$id" | "$self", Some(uri)) => {
                        self.ids.entry(uri.trim_end_matches('#')).or_insert(at);
                    }
                    ("$anchor" | "$dynamicAnchor", Some(name)) => {
                        self.anchors.entry((root.file, name)).or_insert(at);
                    }
                    _ => {}
                }
                open.push(&member.node);
            }
            open.extend(node.elements());
        }
    }

    /// The value that a reference in a file leads to: the last one, where one leads to another.
    pub(super) fn resolve(&self, file: usize, reference: &str) -> Result<At<'d>, Dangling> {
        let mut at = self.step(file, reference)?;
        for _ in 0..MOST_STEPS {
            match at.string("$ref") {
                None => return Ok(at),
                // A schema with siblings of a reference is one of its own.
                Some(_) if at.node.members().len() > 1 => return Ok(at),
                Some(next) => at = self.step(at.file, next)?,
            }
        }
        Err(Dangling::Cycle)
    }

    /// The value that a reference in a file names, be it another reference.
    pub(super) fn step(&self, file: usize, reference: &str) -> Result<At<'d>, Dangling> {
        let key = (file, reference.to_owned());
        if let Some(found) = self.known.borrow().get(&key) {
            return *found;
        }
        let found = self.find(file, reference, MOST_STEPS);
        self.known.borrow_mut().insert(key, found);
        found
    }

    fn find(&self, file: usize, reference: &str, steps: usize) -> Result<At<'d>, Dangling> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let root = self.base(file, uri)?;
        if fragment.is_empty() || fragment == "/" {
            return Ok(root);
        }
        if let Some(pointer) = fragment.strip_prefix('/') {
            return self.point(root, pointer, steps);
        }
        let anchor = self.anchors.get(&(root.file, fragment));
        anchor.copied().ok_or(Dangling::Place)
    }

    /// The document that a URI without its fragment names.
    fn base(&self, file: usize, uri: &str) -> Result<At<'d>, Dangling> {
        if uri.is_empty() {
            return Ok(self.root(file));
        }
        if let Some(at) = self.ids.get(uri) {
            return Ok(*at);
        }
        if has_scheme(uri) {
            return Err(Dangling::Remote);
        }
        let own = self.path(file);
        let decoded = encode::decoded(uri);
        let candidates = [joined(own, uri), joined(own, &decoded)];
        let found = candidates
            .iter()
            .find_map(|path| self.files.get(path.as_str()));
        if let Some(found) = found {
            return Ok(self.root(*found));
        }
        // `$id`s are often relative to each other: the last part of the name decides.
        let ends = |id: &str| {
            id.strip_suffix(uri)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let by_id = self.ids.iter().find(|(id, _)| ends(id));
        by_id.map(|(_, at)| *at).ok_or(Dangling::File)
    }

    /// The value that a JSON pointer leads to. A reference on its way is followed: a map of components may be
    /// one (rule 18).
    fn point(&self, root: At<'d>, pointer: &str, steps: usize) -> Result<At<'d>, Dangling> {
        let mut at = root;
        for raw in pointer.split('/') {
            let mut next = member(at, raw);
            if next.is_none() {
                let reference = at.string("$ref").ok_or(Dangling::Place)?;
                let left = steps.checked_sub(1).ok_or(Dangling::Cycle)?;
                next = member(self.find(at.file, reference, left)?, raw);
            }
            at = next.ok_or(Dangling::Place)?;
        }
        Ok(at)
    }

    /// The component of that kind and name in the entry document, and what a mapping of names may hold instead
    /// of a map: a reference to one (rules 18, 21).
    pub(super) fn map(&self, at: At<'d>) -> At<'d> {
        let Some(reference) = at.string("$ref").filter(|_| at.node.members().len() == 1) else {
            return at;
        };
        self.resolve(at.file, reference).unwrap_or(at)
    }
}

impl<'d> schema::References<'d> for References<'d> {
    fn resolve(&mut self, document: usize, reference: &'d str) -> Option<Site<'d>> {
        // A cycle of references only has no meaning.
        let found = References::resolve(self, document, reference);
        match found.and_then(|_| self.step(document, reference)) {
            Ok(at) => Some(at.site()),
            Err(why) => {
                self.dangling.insert((document, reference, why));
                None
            }
        }
    }

    fn component(&mut self, name: &str) -> Option<Site<'d>> {
        let map = self.components()?;
        Some(map.get(name)?.site())
    }

    fn path(&self, document: usize) -> &str {
        References::path(self, document)
    }

    fn siblings_count(&self, _: usize) -> bool {
        self.version >= Version::V31
    }

    fn place(&self, site: Site<'d>) -> Place {
        Place {
            source: self.source,
            span: site.node.span,
        }
    }
}

impl<'d> References<'d> {
    /// The map of named schemas of the entry document: `components/schemas`, or `definitions` of 2.0.
    fn components(&self) -> Option<At<'d>> {
        let root = self.root(0);
        let map = match self.version {
            Version::V2 => root.get("definitions")?,
            _ => self.map(root.get("components")?).get("schemas")?,
        };
        Some(self.map(map))
    }

    /// The first place of a file that holds a reference.
    pub(super) fn written(&self, file: usize, reference: &str) -> Option<At<'d>> {
        let root = self.root(file);
        let mut open = vec![root.node];
        let mut found: Option<&'d Node<'d>> = None;
        while let Some(node) = open.pop() {
            let value = node
                .get("$ref")
                .filter(|node| node.as_str() == Some(reference));
            let is_first = |value: &&Node<'_>| found.is_none_or(|found| value.span < found.span);
            found = value.filter(is_first).or(found);
            open.extend(node.elements());
            open.extend(node.members().iter().map(|member| &member.node));
        }
        found.map(|node| root.beside(node))
    }

    /// The named schemas of the entry document.
    pub(super) fn named(&self) -> Vec<Target<'d>> {
        let map = self.components().into_iter().flat_map(At::members);
        let targets = map.map(|(name, at)| Target {
            site: at.site(),
            name: name.to_owned(),
        });
        targets.collect()
    }

    /// The references of schemas that lead nowhere, with the file in which each stands.
    pub(super) fn take_dangling(&mut self) -> BTreeSet<(usize, &'d str, Dangling)> {
        std::mem::take(&mut self.dangling)
    }
}

/// The member or element that a segment of a pointer names: decoded, else as it stands, for names with a plain
/// `%` (rule 13).
fn member<'d>(at: At<'d>, raw: &str) -> Option<At<'d>> {
    let unescaped = |text: &str| text.replace("~1", "/").replace("~0", "~");
    let decoded = unescaped(&encode::decoded(raw));
    let spellings = [decoded, unescaped(raw), raw.to_owned()];
    let named = spellings.iter().find_map(|name| at.node.get(name));
    let index = || {
        let index: usize = raw.parse().ok()?;
        at.node.elements().get(index)
    };
    named.or_else(index).map(|node| at.beside(node))
}

/// Whether a URI begins with a scheme (RFC 3986, section 3.1). `C:` is no scheme but a drive.
pub(super) fn has_scheme(uri: &str) -> bool {
    let Some((scheme, _)) = uri.split_once(':') else {
        return false;
    };
    let mut letters = scheme.chars();
    scheme.len() > 1
        && letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// The paths of the files that the references in a text of the file `from` name. None, where all of them stay in
/// the file.
pub(crate) fn files_of(from: &str, text: &str) -> Vec<String> {
    if !leads_elsewhere(text) {
        return Vec::new();
    }
    let growth = &mut crate::document::yaml::AliasBudget::for_length(text.len());
    let Ok(root) = super::document::parse(text, 0, growth) else {
        return Vec::new();
    };
    let mut found: Vec<[String; 2]> = Vec::new();
    let mut open = vec![&root];
    while let Some(node) = open.pop() {
        found.extend(named_by(node).filter_map(|uri| {
            let file = uri.split('#').next().unwrap_or_default();
            let is_path = !file.is_empty() && !has_scheme(file);
            is_path.then(|| [joined(from, file), joined(from, &encode::decoded(file))])
        }));
        open.extend(node.elements());
        open.extend(node.members().iter().map(|member| &member.node));
    }
    let mut found: Vec<String> = found.into_iter().flatten().collect();
    found.sort();
    found.dedup();
    found
}

/// The URIs that an object names: its reference, and the values of a `mapping` that look like files.
fn named_by<'n>(node: &'n Node<'_>) -> impl Iterator<Item = &'n str> {
    let reference = node.text_of("$ref");
    let mapping = node
        .get("mapping")
        .filter(|_| node.get("propertyName").is_some());
    let values = mapping.into_iter().flat_map(Node::members);
    let files = values.filter_map(|member| member.node.as_str());
    reference
        .into_iter()
        .chain(files.filter(|uri| uri.contains(['/', '.'])))
}

/// Whether a text has a reference that does not begin with `#`, by a look at it only: most documents are of one
/// file, and need not be read twice.
fn leads_elsewhere(text: &str) -> bool {
    text.match_indices("$ref").any(|(at, _)| {
        let rest = text[at + 4..].trim_start_matches(['"', '\'']).trim_start();
        let Some(value) = rest.strip_prefix(':') else {
            return false;
        };
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        !value.starts_with('#')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::yaml::AliasBudget;
    use crate::input::openapi::document::{File, parse};

    fn resolved(files: &[(&str, &str)], reference: &'static str) -> Result<String, Dangling> {
        let files = files.iter().map(|(path, text)| File {
            path: (*path).to_owned(),
            root: parse(text, 0, &mut AliasBudget::for_length(text.len()))
                .ok()
                .expect("a tree"),
        });
        let document = Document {
            files: files.collect(),
        };
        let references = References::of(&document, 0, Version::V30);
        let at = references.resolve(0, reference)?;
        Ok(at.node.to_string())
    }

    #[test]
    fn follows_references() {
        let check = |root: &str, reference: &'static str, expected: Result<&str, Dangling>| {
            let other = "{p: {$ref: '#/q'}, q: 1, m: {$ref: sub/map.yaml}}";
            let map = "{x: {$ref: ../other.yaml#/q}, y: {z: 3}}";
            let files = [
                ("api/root.yaml", root),
                ("api/other.yaml", other),
                ("api/sub/map.yaml", map),
            ];
            let found = resolved(&files, reference);
            assert_eq!(
                found.as_deref().map_err(|error| *error),
                expected,
                "{reference}"
            );
        };
        check("{a: {b: 1}}", "#/a/b", Ok("1"));
        check("{'/x/{y}': 2}", "#/~1x~1%7By%7D", Ok("2"));
        check("{'50%': 2}", "#/50%", Ok("2"));
        check("{'a%20b': 2}", "#/a%20b", Ok("2"));
        check("{l: [5, 6]}", "#/l/1", Ok("6"));
        check("{}", "#", Ok("{}"));
        check("{}", "other.yaml#/p", Ok("1"));
        check("{}", "./other.yaml#/m/x", Ok("1"));
        check("{}", "other.yaml#/m/y/z", Ok("3"));
        check("{}", "other.yaml#/none", Err(Dangling::Place));
        check("{}", "none.yaml", Err(Dangling::File));
        check("{}", "https://x.example/y", Err(Dangling::Remote));
        check(
            "{a: {$ref: '#/b'}, b: {$ref: '#/a'}}",
            "#/a",
            Err(Dangling::Cycle),
        );
        check("{a: {$ref: '#/a/x'}}", "#/a/x", Err(Dangling::Cycle));
        check("{a: {$anchor: here}}", "#here", Ok(r#"{"$anchor":"here"}"#));
        check(
            "{a: {$id: 'https://x.example/s', b: 4}}",
            "https://x.example/s#/b",
            Ok("4"),
        );
    }

    #[test]
    fn finds_the_files_that_a_text_names() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(files_of("api/root.yaml", text), expected, "{text}");
        };
        check("a: {$ref: '#/b'}", &[]);
        check(
            "a: {$ref: './b.yaml#/c'}\nd: {\"$ref\": \"b.yaml\"}",
            &["api/b.yaml"],
        );
        check(
            "{\"a\": {\"$ref\": \"#\\/b\"}, \"c\": {\"$ref\": \"d.json\"}}",
            &["api/d.json"],
        );
        check("a: {$ref: 'https://x.example/y'}", &[]);
    }
}
