//! What there is to say about the documents, and how it is shown.

mod location;
pub mod rules;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::document::json::{self, Node, Span};
use crate::document::printable;
use crate::document::secret;
use crate::document::source::{Lines, Position, Source};
use rules::{Rule, Severity};

pub use location::{Documents, Location};

/// A place in one of the documents of a run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Place {
    /// Which document: its index among the sources of the run.
    pub source: usize,
    /// Where in its text.
    pub span: Span,
}

/// Something to say about a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// What kind it is.
    pub rule: &'static Rule,
    /// Where. Nothing, where it is about a document as a whole or about none.
    pub place: Option<Place>,
    /// What is particular to this case, as a phrase without a full stop; shown at the place.
    pub label: String,
    /// The request that it is about, as `Folder / Request`.
    pub subject: Option<String>,
}

/// The diagnostics of a run. They are shown in the order of their places.
///
/// Every stage takes `report: &mut Report` first and returns a value; a diagnostic never aborts a stage.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Adds a diagnostic.
    pub fn push(&mut self, rule: &'static Rule, place: Place, label: impl Into<String>) {
        let place = Some(place);
        self.diagnostics.push(Diagnostic {
            rule,
            place,
            label: shown(&label.into()),
            subject: None,
        });
    }

    /// Adds a diagnostic that is about no single place.
    pub fn push_general(&mut self, rule: &'static Rule, label: impl Into<String>) {
        let label = shown(&label.into());
        self.diagnostics.push(Diagnostic {
            rule,
            place: None,
            label,
            subject: None,
        });
    }

    /// Names the request that everything pushed since `mark` is about.
    pub(crate) fn set_subject(&mut self, mark: usize, subject: &str) {
        let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
        let subject = shown(&subject);
        for diagnostic in &mut self.diagnostics[mark..] {
            diagnostic.subject.get_or_insert_with(|| subject.clone());
        }
    }

    /// How many diagnostics there are: a mark for [`Report::set_subject`].
    pub(crate) fn mark(&self) -> usize {
        self.diagnostics.len()
    }

    /// All diagnostics.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many diagnostics have that severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|d| d.rule.severity == severity)
            .count()
    }

    /// Whether something could not be generated.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// The diagnostics from that severity up, as rustc shows them: file, line, column, excerpt, help.
    ///
    /// `styled` adds the colours of a terminal.
    #[must_use]
    pub fn render(&self, sources: &[&Source], from: Severity, styled: bool) -> String {
        let renderer = if styled {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let renderer = renderer.decor_style(DecorStyle::Ascii);
        let documents = Document::all(sources);
        let mut text = String::new();
        for diagnostic in self.from(from) {
            text.push_str(&diagnostic.render(&documents, &renderer));
            text.push_str("\n\n");
        }
        text
    }

    /// The diagnostics from that severity up, one line each: for logs and for the warnings of Cargo.
    #[must_use]
    pub fn to_lines(&self, sources: &[&Source], from: Severity) -> Vec<String> {
        let documents = Document::all(sources);
        self.from(from)
            .map(|diagnostic| diagnostic.to_line(&documents))
            .collect()
    }

    fn from(&self, severity: Severity) -> impl Iterator<Item = &Diagnostic> {
        let all = self.in_order_of_places().into_iter();
        all.filter(move |diagnostic| diagnostic.rule.severity >= severity)
    }

    /// The diagnostics in the order of their places, and those without one at the end.
    fn in_order_of_places(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.diagnostics.iter().collect();
        all.sort_by_key(|diagnostic| (diagnostic.place.is_none(), diagnostic.place));
        all
    }

    /// The diagnostics as JSON lines: `code`, `severity`, `message`, `detail`, `help`, `request`,
    /// `file`, `line`, `column`, `pointer` (RFC 6901).
    #[must_use]
    pub fn to_json(&self, sources: &[&Source]) -> String {
        let roots: Vec<_> = sources
            .iter()
            .map(|source| json::read(&source.text).ok())
            .collect();
        let documents = Document::all(sources);
        let mut text = String::new();
        for diagnostic in self.in_order_of_places() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{}", diagnostic.to_json(&documents, &roots));
        }
        text
    }
}

impl Severity {
    /// The word that a message begins with.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl Diagnostic {
    /// Severity, code, message and position.
    fn to_line(&self, documents: &[Document<'_>]) -> String {
        let place = self.place.and_then(|place| {
            let document = documents.get(place.source)?;
            let position = document.lines.position(place.span);
            let name = document.source.file_at(place.span);
            let Position { line, column } = position;
            Some(format!("{name}:{line}:{column}: "))
        });
        let place = place.unwrap_or_default();
        let detail = if self.label.is_empty() {
            String::new()
        } else {
            format!(" ({})", self.label)
        };
        let title = self.rule.summary.trim_end_matches('.');
        format!(
            "{place}{}[{}]: {title}{detail}",
            self.rule.severity.word(),
            self.rule.code
        )
    }

    fn render(&self, documents: &[Document<'_>], renderer: &Renderer) -> String {
        let level = match self.rule.severity {
            Severity::Note => Level::NOTE,
            Severity::Warning => Level::WARNING,
            Severity::Error => Level::ERROR,
        };
        let title = self.title();
        let excerpt = self
            .place
            .and_then(|place| Excerpt::new(documents.get(place.source)?, place.span));
        let help = Level::HELP.message(self.rule.help);
        let group = level.primary_title(&title).id(self.rule.code);
        let group: Group<'_> = match &excerpt {
            // What this rule found must not go into the log of a build.
            Some(excerpt) if *self.rule == rules::QUOTED_SECRET => group
                .element(excerpt.origin())
                .element(Level::NOTE.message(&self.label))
                .element(help),
            Some(excerpt) if excerpt.is_cut => group
                .element(excerpt.origin())
                .element(excerpt.snippet(&self.label))
                .element(help),
            Some(excerpt) => {
                let snippet = excerpt.snippet(&self.label).path(excerpt.name.clone());
                group.element(snippet).element(help)
            }
            None => group.element(help),
        };
        renderer.render(&[group])
    }

    /// The summary and, where the excerpt cannot say it, the label and the request.
    fn title(&self) -> String {
        let mut title = self.rule.summary.trim_end_matches('.').to_owned();
        if self.place.is_none() && !self.label.is_empty() {
            title = format!("{title}: {}", self.label);
        }
        match &self.subject {
            Some(subject) => format!("{subject}: {title}"),
            None => title,
        }
    }

    fn to_json(&self, documents: &[Document<'_>], roots: &[Option<Node<'_>>]) -> serde_json::Value {
        let place = self
            .place
            .and_then(|place| Some((documents.get(place.source)?, place.span)));
        let position = place.map(|(document, span)| document.lines.position(span));
        let root = self
            .place
            .and_then(|place| roots.get(place.source)?.as_ref());
        serde_json::json!({
            "code": self.rule.code,
            "severity": self.rule.severity.word(),
            "message": self.rule.summary,
            "detail": self.label,
            "help": self.rule.help,
            "request": self.subject,
            "file": place.map(|(document, span)| document.source.file_at(span)),
            "line": position.map(|position| position.line),
            "column": position.map(|position| position.column),
            "pointer": place.and_then(|(_, span)| Some(pointer(root?, span))),
        })
    }
}

/// A document whose lines are counted.
struct Document<'a> {
    source: &'a Source,
    lines: Lines<'a>,
}

impl<'a> Document<'a> {
    fn all(sources: &[&'a Source]) -> Vec<Self> {
        sources
            .iter()
            .map(|&source| Self {
                source,
                lines: Lines::of(source),
            })
            .collect()
    }
}

/// What a message holds of a document: nothing secret, and nothing that drives a terminal.
fn shown(text: &str) -> String {
    printable::lines(&secret::redact(text)).into_owned()
}

/// The line of a place. Documents of one line with millions of characters exist, so a long line is cut
/// around the place.
struct Excerpt<'a> {
    name: Cow<'a, str>,
    /// Without secrets: people send what they see to others.
    text: String,
    position: Position,
    span: Range<usize>,
    is_cut: bool,
}

/// How many bytes of a line are shown on each side of where a place starts, at the most.
const EXCERPT: usize = 400;

impl<'a> Excerpt<'a> {
    fn new(document: &Document<'a>, span: Span) -> Option<Self> {
        let text = document.source.text.as_str();
        let Span {
            start: line_start,
            end: line_end,
        } = document.lines.around(span.start);
        let start = boundary(text, line_start.max(span.start.saturating_sub(EXCERPT)));
        let end = boundary(text, line_end.min(span.start + EXCERPT));
        // A reader that stops at a character knows where it begins, not how long it is.
        let stop = boundary(text, span.end.clamp(span.start, end.max(span.start)));
        // What a value is called may stand in another line.
        let (from, to) = (boundary(text, start.saturating_sub(EXCERPT)), end.max(stop));
        let masked = secret::mask(text.get(from..to)?).into_owned();
        Some(Self {
            name: document.source.file_at(span),
            text: printable::of_same_length(masked.get(start - from..)?).into_owned(),
            position: document.lines.position(span),
            span: span.start - start..stop - start,
            is_cut: start > line_start || end < line_end,
        })
    }

    /// The place alone.
    fn origin(&self) -> Origin<'a> {
        let Position { line, column } = self.position;
        Origin::path(self.name.clone())
            .line(line)
            .char_column(column)
    }

    fn snippet(&'a self, label: &'a str) -> Snippet<'a, Annotation<'a>> {
        let annotation = AnnotationKind::Primary.span(self.span.clone()).label(label);
        Snippet::source(self.text.as_str())
            .line_start(self.position.line)
            .annotation(annotation)
    }
}

/// The next character boundary from an offset.
fn boundary(text: &str, offset: usize) -> usize {
    (offset..text.len())
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(text.len())
}

/// The JSON pointer (RFC 6901) of the value at a place.
fn pointer(root: &Node<'_>, span: Span) -> String {
    let holds = |node: &Node<'_>| node.span.start <= span.start && span.end <= node.span.end;
    let mut path = String::new();
    let mut node = root;
    loop {
        let elements = node
            .elements()
            .iter()
            .enumerate()
            .map(|(index, node)| (index.to_string(), node));
        let members = node
            .members()
            .iter()
            .map(|member| (escape(&member.name), &member.node));
        let Some((step, child)) = elements.chain(members).find(|(_, child)| holds(child)) else {
            return path;
        };
        path.push('/');
        path.push_str(&step);
        node = child;
    }
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
