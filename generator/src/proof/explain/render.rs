//! An explanation as text.

use super::{Because, Entry, Explanation, Request, Variable};
use crate::document::printable::push_line;

/// The widest that a column gets: what is longer moves the rest of its line.
const WIDEST: usize = 44;

/// Writes an explanation for people: a paragraph for each request, a line for each place.
#[must_use]
pub fn render(explanation: &Explanation) -> String {
    let variables = &explanation.variables;
    let variables = (!variables.is_empty()).then(|| self::variables(variables));
    let requests = explanation.requests.iter().map(request);
    let paragraphs: Vec<String> = variables.into_iter().chain(requests).collect();
    paragraphs.join("\n")
}

/// The lines of variables: name, what becomes of it, reasons.
fn variables(variables: &[Variable]) -> String {
    let rows = variables.iter().map(|variable| {
        let roles: Vec<&str> = variable.roles.iter().map(|role| role.word()).collect();
        let plural = if variable.requests == 1 { "" } else { "s" };
        let roles = format!(
            "{} in {} request{plural}",
            roles.join(", "),
            variable.requests
        );
        (variable.name.as_str(), roles, &variable.because)
    });
    let rows: Vec<_> = rows.collect();
    let names = width(rows.iter().map(|(name, _, _)| *name));
    let roles = width(rows.iter().map(|(_, role, _)| role.as_str()));
    let mut text = "Variables\n".to_owned();
    for (name, role, reasons) in &rows {
        let reasons: Vec<String> = reasons.iter().map(because).collect();
        let reasons = reasons.join("; ");
        push_line(
            &mut text,
            &format!("  {name:names$}  {role:roles$}  {reasons}"),
        );
    }
    text
}

/// How wide a column is, but for what is too long.
fn width<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    let widths = texts.map(|text| text.chars().count());
    widths
        .filter(|&width| width <= WIDEST)
        .max()
        .unwrap_or_default()
}

fn request(request: &Request) -> String {
    let mut text = String::new();
    push_line(&mut text, &request.title);
    push_line(&mut text, &format!("  {}", request.request));
    let at = request.at.as_ref();
    let at = at.map(|at| format!(" from {at}")).unwrap_or_default();
    let base = &request.base_url;
    let value = match base.value.as_str() {
        "" => "has no value",
        value => value,
    };
    push_line(&mut text, &format!("  module {}{at}", request.module));
    let name = format!("`{}`, ", base.name);
    // A description calls its servers by their addresses.
    let name = if base.name == base.value { "" } else { &name };
    let setting = format!(
        "  {} is a setting of the client: {name}{value}",
        base.constant
    );
    push_line(&mut text, &setting);
    for constant in &request.constants {
        let (kind, name, value) = (constant.kind, &constant.name, &constant.value);
        let what = format!("{kind} {name}");
        push_line(
            &mut text,
            &format!("  {} is always `{value}`", what.trim_end()),
        );
    }
    let groups = [
        ("inputs", &request.inputs),
        ("replies", &request.replies),
        ("JSON of replies", &request.data),
    ];
    for (title, entries) in groups
        .into_iter()
        .filter(|(_, entries)| !entries.is_empty())
    {
        push_line(&mut text, &format!("  {title}"));
        text.push_str(&table(entries));
    }
    text
}

/// The lines of places: kind, place, name and type, reasons.
fn table(entries: &[Entry]) -> String {
    let rows: Vec<[String; 3]> = entries.iter().map(columns).collect();
    let [kinds, places, types] =
        [0, 1, 2].map(|column| width(rows.iter().map(|row| row[column].as_str())));
    let mut text = String::new();
    for (row, entry) in rows.iter().zip(entries) {
        let [kind, place, ty] = row;
        let reasons: Vec<String> = entry.because.iter().map(because).collect();
        let kind = match kinds {
            0 => String::new(),
            _ => format!("{kind:kinds$}  "),
        };
        let reasons = reasons.join("; ");
        let line = format!("    {kind}{place:places$}  {ty:types$}  {reasons}");
        push_line(&mut text, line.trim_end());
    }
    text
}

fn columns(entry: &Entry) -> [String; 3] {
    let kind = match entry.kind {
        "reply" => "",
        kind => kind,
    };
    let ty = match (entry.name.as_str(), &entry.ty) {
        ("", Some(ty)) => ty.clone(),
        (name, Some(ty)) => format!("{name}: {ty}"),
        (name, None) => name.to_owned(),
    };
    [kind.to_owned(), entry.place.clone(), ty]
}

fn because(because: &Because) -> String {
    let Some(at) = &because.at else {
        return because.text.clone();
    };
    // The head of the request has the whole path.
    let name = at.file.rsplit(['/', '\\']).next().unwrap_or(&at.file);
    format!("{} at {name}:{}:{}", because.text, at.line, at.column)
}
