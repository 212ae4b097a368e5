//! `JSONPath` (RFC 9535), as far as overlays use it: names, indexes, wildcards, descendants and filters.

use crate::document::json::{Node, Value};

/// Where a value is in a tree: the way to it, by the indexes of members and elements.
pub(super) type Location = Vec<usize>;

/// A path, read.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct JsonPath(Vec<Segment>);

#[derive(Clone, PartialEq, Debug)]
struct Segment {
    /// Whether it is looked for at any depth.
    descends: bool,
    selectors: Vec<Selector>,
}

#[derive(Clone, PartialEq, Debug)]
enum Selector {
    Name(String),
    Index(i64),
    All,
    Filter(Filter),
}

#[derive(Clone, PartialEq, Debug)]
enum Filter {
    Or(Vec<Filter>),
    And(Vec<Filter>),
    Not(Box<Filter>),
    Exists(Vec<Segment>),
    Compare(Operand, &'static str, Operand),
}

#[derive(Clone, PartialEq, Debug)]
enum Operand {
    Path(Vec<Segment>),
    /// A literal, as JSON.
    Literal(String),
}

impl JsonPath {
    /// Reads a path; says what is wrong with it.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut parser = Parser { rest: text.trim() };
        parser.expect("$")?;
        let segments = parser.segments()?;
        match parser.rest.trim() {
            "" => Ok(Self(segments)),
            rest => Err(format!("`{rest}` is not understood")),
        }
    }

    /// The places that it names, in document order.
    pub(super) fn select(&self, root: &Node<'_>) -> Vec<Location> {
        select(&self.0, root)
    }
}

/// The value at a place.
pub(super) fn at_mut<'t, 'n>(
    root: &'t mut Node<'n>,
    location: &[usize],
) -> Option<&'t mut Node<'n>> {
    let mut node = root;
    for index in location {
        node = match &mut node.value {
            Value::Array(elements) => elements.get_mut(*index)?,
            Value::Object(members) => &mut members.get_mut(*index)?.node,
            _ => return None,
        };
    }
    Some(node)
}

fn select(segments: &[Segment], root: &Node<'_>) -> Vec<Location> {
    let mut found: Vec<(Location, &Node<'_>)> = vec![(Vec::new(), root)];
    for segment in segments {
        let mut next = Vec::new();
        for (location, node) in found {
            let mut starts = vec![(location, node)];
            if segment.descends {
                let mut at = 0;
                while let Some((location, node)) = starts.get(at).cloned() {
                    starts.extend(children(&location, node));
                    at += 1;
                }
            }
            for (location, node) in starts {
                let chosen = segment.selectors.iter();
                next.extend(chosen.flat_map(|selector| selector.select(&location, node)));
            }
        }
        next.sort_by(|one: &(Location, _), other| one.0.cmp(&other.0));
        next.dedup_by(|one, other| one.0 == other.0);
        found = next;
    }
    found.into_iter().map(|(location, _)| location).collect()
}

/// The members or elements of a value.
fn children<'t, 'n>(location: &[usize], node: &'t Node<'n>) -> Vec<(Location, &'t Node<'n>)> {
    let members = node.members().iter().map(|member| &member.node);
    let all = node.elements().iter().chain(members).enumerate();
    let below = |index: usize| location.iter().copied().chain([index]).collect();
    all.map(|(index, child)| (below(index), child)).collect()
}

impl Selector {
    fn select<'t, 'n>(
        &self,
        location: &[usize],
        node: &'t Node<'n>,
    ) -> Vec<(Location, &'t Node<'n>)> {
        let mut children = children(location, node);
        match self {
            Selector::All => {}
            Selector::Name(name) => {
                let members = node.members();
                children.retain(|(location, _)| {
                    let index = location.last().copied().unwrap_or_default();
                    members
                        .get(index)
                        .is_some_and(|member| member.name == *name)
                });
            }
            Selector::Index(index) => {
                let length = node.elements().len();
                let from_end = usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX);
                let index = match index {
                    0.. => Some(from_end),
                    _ => length.checked_sub(from_end),
                };
                let is_it = |location: &[usize]| location.last().copied() == index;
                children.retain(|(location, _)| node.is_array() && is_it(location));
            }
            Selector::Filter(filter) => children.retain(|(_, child)| filter.holds(child)),
        }
        children
    }
}

impl Filter {
    fn holds(&self, node: &Node<'_>) -> bool {
        match self {
            Filter::Or(all) => all.iter().any(|one| one.holds(node)),
            Filter::And(all) => all.iter().all(|one| one.holds(node)),
            Filter::Not(one) => !one.holds(node),
            Filter::Exists(path) => !select(path, node).is_empty(),
            Filter::Compare(left, operator, right) => {
                compare(left.value(node), operator, right.value(node))
            }
        }
    }
}

impl Operand {
    /// The value as JSON; nothing where the path names none, or several.
    fn value(&self, node: &Node<'_>) -> Option<String> {
        match self {
            Operand::Literal(json) => Some(json.clone()),
            Operand::Path(path) => match select(path, node).as_slice() {
                [only] => {
                    let mut copy = node.clone();
                    at_mut(&mut copy, only).map(|node| node.to_string())
                }
                _ => None,
            },
        }
    }
}

fn compare(left: Option<String>, operator: &str, right: Option<String>) -> bool {
    let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<f64>().ok());
    match operator {
        "==" => left == right,
        "!=" => left != right,
        _ => {
            let order = match (number(&left), number(&right)) {
                (Some(left), Some(right)) => left.partial_cmp(&right),
                _ => left.zip(right).map(|(left, right)| left.cmp(&right)),
            };
            order.is_some_and(|order| match operator {
                "<" => order.is_lt(),
                "<=" => order.is_le(),
                ">" => order.is_gt(),
                _ => order.is_ge(),
            })
        }
    }
}

struct Parser<'t> {
    rest: &'t str,
}

impl Parser<'_> {
    fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, text: &str) -> Result<(), String> {
        if self.take(text) {
            Ok(())
        } else {
            Err(format!("`{text}` is expected before `{}`", self.rest))
        }
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn segments(&mut self) -> Result<Vec<Segment>, String> {
        let mut segments = Vec::new();
        loop {
            let descends = self.take("..");
            let selectors = if self.rest.starts_with('[') {
                self.brackets()?
            } else if descends || self.take(".") {
                vec![self.short()?]
            } else {
                return Ok(segments);
            };
            segments.push(Segment {
                descends,
                selectors,
            });
        }
    }

    /// `name` or `*` behind a point.
    fn short(&mut self) -> Result<Selector, String> {
        if self.take("*") {
            return Ok(Selector::All);
        }
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '-' || !c.is_ascii();
        let end = self.rest.find(|c| !is_name(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        if name.is_empty() {
            return Err(format!("a name is expected before `{rest}`"));
        }
        self.rest = rest;
        Ok(Selector::Name(name.to_owned()))
    }

    fn brackets(&mut self) -> Result<Vec<Selector>, String> {
        self.expect("[")?;
        let mut selectors = Vec::new();
        loop {
            self.skip_blanks();
            selectors.push(self.selector()?);
            self.skip_blanks();
            if self.take("]") {
                return Ok(selectors);
            }
            self.expect(",")?;
        }
    }

    fn selector(&mut self) -> Result<Selector, String> {
        if self.take("*") {
            return Ok(Selector::All);
        }
        if self.take("?") {
            return self.or().map(Selector::Filter);
        }
        if self.rest.starts_with(['\'', '"']) {
            return self.text().map(Selector::Name);
        }
        let end = self.rest.find([']', ',', ' ']).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        let index = number
            .parse()
            .map_err(|_| format!("`{number}` is no index"))?;
        self.rest = rest;
        Ok(Selector::Index(index))
    }

    /// A text in single or double quotes.
    fn text(&mut self) -> Result<String, String> {
        let mut letters = self.rest.char_indices();
        let quote = letters.next().map(|(_, c)| c);
        let mut text = String::new();
        while let Some((at, c)) = letters.next() {
            if Some(c) == quote {
                self.rest = &self.rest[at + c.len_utf8()..];
                return Ok(text);
            }
            let c = if c == '\\' {
                letters.next().map_or(c, |(_, c)| c)
            } else {
                c
            };
            text.push(c);
        }
        Err("a text has no end".to_owned())
    }

    fn or(&mut self) -> Result<Filter, String> {
        let mut all = vec![self.and()?];
        while self.next_is("||") {
            all.push(self.and()?);
        }
        Ok(if all.len() == 1 {
            all.remove(0)
        } else {
            Filter::Or(all)
        })
    }

    fn and(&mut self) -> Result<Filter, String> {
        let mut all = vec![self.term(0)?];
        while self.next_is("&&") {
            all.push(self.term(0)?);
        }
        Ok(if all.len() == 1 {
            all.remove(0)
        } else {
            Filter::And(all)
        })
    }

    fn next_is(&mut self, text: &str) -> bool {
        self.skip_blanks();
        self.take(text)
    }

    /// A comparison, whether something is there, or one of these in parentheses or denied.
    fn term(&mut self, depth: usize) -> Result<Filter, String> {
        self.skip_blanks();
        if depth > MOST_NESTED {
            return Err("nested too deeply".to_owned());
        }
        if self.rest.starts_with('!') && !self.rest.starts_with("!=") {
            self.take("!");
            return Ok(Filter::Not(Box::new(self.term(depth + 1)?)));
        }
        if self.take("(") {
            if self.rest.matches('(').count() > MOST_NESTED {
                return Err("nested too deeply".to_owned());
            }
            let filter = self.or()?;
            self.skip_blanks();
            self.expect(")")?;
            return Ok(filter);
        }
        let left = self.operand()?;
        self.skip_blanks();
        let operators = ["==", "!=", "<=", ">=", "<", ">"];
        let Some(operator) = operators.into_iter().find(|operator| self.take(operator)) else {
            return match left {
                Operand::Path(path) => Ok(Filter::Exists(path)),
                Operand::Literal(_) => Err("a text alone is no filter".to_owned()),
            };
        };
        self.skip_blanks();
        Ok(Filter::Compare(left, operator, self.operand()?))
    }

    fn operand(&mut self) -> Result<Operand, String> {
        if self.take("@") {
            return self.segments().map(Operand::Path);
        }
        if self.rest.starts_with(['\'', '"']) {
            let text = self.text()?;
            return Ok(Operand::Literal(crate::document::json::quoted(&text)));
        }
        let end = self
            .rest
            .find([' ', ']', ')', '&', '|', '=', '!', '<', '>', ',']);
        let (literal, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        let is_json = crate::document::json::read(literal).is_ok();
        if !is_json {
            return Err(format!("`{literal}` is not understood"));
        }
        self.rest = rest;
        Ok(Operand::Literal(literal.to_owned()))
    }
}

/// How deep filters may nest.
const MOST_NESTED: usize = 50;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::json;

    #[test]
    fn selects_values() {
        let text =
            r#"{"a": [{"n": "x", "k": 1}, {"n": "y", "k": 3}], "b c": {"n": "z"}, "d": {"a": 7}}"#;
        let root = json::read(text).expect("JSON");
        let check = |path: &str, expected: &[&str]| {
            let path = JsonPath::read(path).expect(path);
            let found = path.select(&root).into_iter().map(|location| {
                let mut copy = root.clone();
                at_mut(&mut copy, &location).expect("there").to_string()
            });
            assert_eq!(found.collect::<Vec<_>>(), expected, "{path:?}");
        };
        check("$.d", &[r#"{"a":7}"#]);
        check("$['b c'].n", &[r#""z""#]);
        check("$.a[0].n", &[r#""x""#]);
        check("$.a[-1]['k']", &["3"]);
        check("$.a[*].n", &[r#""x""#, r#""y""#]);
        check("$..n", &[r#""x""#, r#""y""#, r#""z""#]);
        check("$.a[?@.n == 'y'].k", &["3"]);
        check("$.a[?(@.k > 1 && @.n)].n", &[r#""y""#]);
        check("$.a[?!@.none || @.k == 9].k", &["1", "3"]);
        check("$.a[0, 1].k", &["1", "3"]);
        check("$.none", &[]);
        check("$.a[5]", &[]);
    }

    #[test]
    fn says_what_it_does_not_understand() {
        for text in [
            "",
            "a",
            "$.",
            "$[",
            "$['a",
            "$[?]",
            "$.a b",
            "$[?length(@)]",
            "$[1:2]",
        ] {
            assert!(JsonPath::read(text).is_err(), "{text}");
        }
    }
}
