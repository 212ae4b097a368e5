//! Whether a client sends what Postman sends.

use crate::proof::wire::{Deliberate, Difference, Field, Line, Verdict, compare};

/// A request and what came of its comparison.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Compared<'a> {
    /// The line that there is: what is expected, or what is sent beside that.
    pub(super) line: &'a Line,
    pub(super) verdict: Verdict,
}

/// Compares requests by their ids, each once.
pub(super) fn compare_all<'a>(expected: &'a [Line], actual: &'a [Line]) -> Vec<Compared<'a>> {
    let mut left: Vec<&Line> = actual.iter().collect();
    let mut compared = Vec::new();
    for line in expected {
        let found = left.iter().position(|own| own.id == line.id);
        let verdict = match found.map(|index| left.remove(index)) {
            Some(own) => compare(line, own),
            // Neither sends what is no request.
            None if line.error.is_some() => Verdict::Identical,
            None => unpaired("a request", "none"),
        };
        compared.push(Compared { line, verdict });
    }
    compared.extend(left.into_iter().map(|line| Compared {
        line,
        verdict: unpaired("none", "a request"),
    }));
    compared
}

fn unpaired(expected: &str, actual: &str) -> Verdict {
    Verdict::Different(vec![Difference {
        field: Field::Error,
        expected: expected.to_owned(),
        actual: actual.to_owned(),
    }])
}

impl Compared<'_> {
    /// The reason that a request is counted under which differs deliberately: the first one, so that each request
    /// is counted once.
    pub(super) fn reason(&self) -> Option<&'static Deliberate> {
        match &self.verdict {
            Verdict::Deliberate(reasons) => reasons.first().copied(),
            Verdict::Identical | Verdict::StandIns | Verdict::Different(_) => None,
        }
    }

    /// What differs for no known reason.
    pub(super) fn differences(&self) -> &[Difference] {
        match &self.verdict {
            Verdict::Different(differences) => differences,
            Verdict::Identical | Verdict::StandIns | Verdict::Deliberate(_) => &[],
        }
    }

    /// The request as `Folder / Request`.
    pub(super) fn title(&self) -> String {
        let names = self.line.folder.iter().chain([&self.line.name]);
        names.map(String::as_str).collect::<Vec<_>>().join(" / ")
    }
}
