//! What somebody probably meant who misspelt a name.

/// The text that is the most like another one, whatever its capitals.
pub(crate) fn nearest<'a>(text: &str, all: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let text = text.to_lowercase();
    let likeness = |candidate: &str| strsim::jaro_winkler(&text, &candidate.to_lowercase());
    all.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
}
