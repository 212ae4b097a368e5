//! Blocks to the lines of a doc comment.

use serde::de::IgnoredAny;

use super::emphasis::settle;
use super::spans::{Links, plain_spans};
use super::wrap::{line, wrap};
use super::{Block, Span, Style};

pub(super) fn lines(blocks: &[Block], width: usize) -> Vec<String> {
    let top = blocks
        .iter()
        .any(|block| matches!(block, Block::Heading(1, _)));
    let mut writer = Writer {
        shift: usize::from(top),
        ..Writer::default()
    };
    let mut lines = writer.blocks(blocks, width, true);
    lines.push(String::new());
    lines.extend(writer.links.definitions());
    tidy(lines)
}

/// The lines of a single paragraph.
pub(super) fn paragraph(spans: &[Span], width: usize) -> Vec<String> {
    tidy(Writer::default().paragraph(spans, width))
}

/// No blanks at the end of a line, no empty lines in a row, none at both ends.
fn tidy(lines: Vec<String>) -> Vec<String> {
    let mut tidied: Vec<String> = Vec::with_capacity(lines.len());
    for mut line in lines {
        line.truncate(line.trim_end().len());
        if !line.is_empty() || tidied.last().is_some_and(|last| !last.is_empty()) {
            tidied.push(line);
        }
    }
    if tidied.last().is_some_and(String::is_empty) {
        tidied.pop();
    }
    tidied
}

#[derive(Default)]
struct Writer {
    /// How many levels headings go down: the comment of an item has no heading of the first level.
    shift: usize,
    links: Links,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block], width: usize, top: bool) -> Vec<String> {
        let mut lines = Vec::new();
        let mut alternate = false;
        for (at, block) in blocks.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| blocks.get(before));
            alternate = !alternate && same_list(before, block);
            let inner = self.block(block, width, top, alternate);
            let tight = !top
                && matches!(
                    (before, block),
                    (Some(Block::Paragraph(_)), Block::List(None | Some(1), _))
                );
            if !tight && !lines.is_empty() && !inner.is_empty() {
                lines.push(String::new());
            }
            lines.extend(inner);
        }
        lines
    }

    fn block(&mut self, block: &Block, width: usize, top: bool, alternate: bool) -> Vec<String> {
        match block {
            Block::Paragraph(spans) => self.paragraph(spans, width),
            Block::Heading(level, spans) if top => self.heading(*level, spans),
            Block::Heading(_, spans) => self.paragraph(
                &settle(vec![Span::Styled(Style::Strong, spans.clone())]),
                width,
            ),
            Block::Code { json, text } => code(*json, text),
            Block::List(start, items) => self.list(*start, items, width, alternate),
            Block::Quote(inner) => {
                let lines = self.blocks(inner, width.saturating_sub(2), false);
                lines.into_iter().map(|line| format!("> {line}")).collect()
            }
            Block::Table(rows) => self.table(rows, width),
            Block::Rule if top => vec!["---".to_owned()],
            Block::Rule => Vec::new(),
        }
    }

    fn paragraph(&mut self, spans: &[Span], width: usize) -> Vec<String> {
        wrap(&self.links.text(spans), width)
    }

    fn heading(&mut self, level: usize, spans: &[Span]) -> Vec<String> {
        let text = line(&self.links.text(spans));
        let marks = "#".repeat((level + self.shift).min(6));
        // A heading may end in number signs, which are not part of it.
        let text = if text.ends_with('#') {
            format!("{}\\#", &text[..text.len() - 1])
        } else {
            text
        };
        if text.is_empty() {
            Vec::new()
        } else {
            vec![format!("{marks} {text}")]
        }
    }

    fn list(
        &mut self,
        start: Option<u64>,
        items: &[Vec<Block>],
        width: usize,
        alternate: bool,
    ) -> Vec<String> {
        let loose = !items.iter().all(|item| is_simple(item));
        let mut number = start
            .unwrap_or(0)
            .min(999_999_999_u64.saturating_sub(items.len() as u64));
        let mut lines = Vec::new();
        for item in items {
            let marker = match (start, alternate) {
                (None, false) => "* ".to_owned(),
                (None, true) => "- ".to_owned(),
                (Some(_), false) => format!("{number}. "),
                (Some(_), true) => format!("{number}) "),
            };
            let inner = tidy(self.blocks(item, width.saturating_sub(marker.len()), false));
            if inner.is_empty() {
                continue;
            }
            if loose && !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(indented(&marker, &inner));
            number += 1;
        }
        lines
    }

    fn table(&mut self, rows: &[Vec<Vec<Span>>], width: usize) -> Vec<String> {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        // A short row is filled up, so one long row among many short ones would make millions of cells of nothing.
        if columns.saturating_mul(rows.len()) > super::MAX_CELLS {
            let items = rows.iter().map(|row| {
                let cells = row.iter().map(Vec::as_slice).collect::<Vec<_>>();
                vec![Block::Paragraph(cells.join(&Span::Text(", ".to_owned())))]
            });
            return self.list(None, &items.collect::<Vec<_>>(), width, false);
        }
        let mut lines = Vec::new();
        for row in rows.iter().filter(|_| columns > 0) {
            let cells = row.iter().map(|cell| line(&self.links.cell(cell)));
            let mut cells: Vec<String> = cells.collect();
            cells.resize(columns, String::new());
            lines.push(format!("| {} |", cells.join(" | ")));
            if lines.len() == 1 {
                lines.push(format!("|{}", " --- |".repeat(columns)));
            }
        }
        lines
    }
}

/// Two lists under each other would be one list if they had the same markers.
fn same_list(before: Option<&Block>, block: &Block) -> bool {
    matches!((before, block), (Some(Block::List(before, _)), Block::List(start, _)) if before.is_some() == start.is_some())
}

/// An item that needs no empty lines around it.
fn is_simple(item: &[Block]) -> bool {
    match item {
        [] | [Block::Paragraph(_) | Block::Heading(..)] => true,
        [Block::Paragraph(_), Block::List(None | Some(1), items)] => {
            items.iter().all(|item| is_simple(item))
        }
        _ => false,
    }
}

/// Lines with a marker in front of the first, and as much blank in front of the others.
fn indented(marker: &str, lines: &[String]) -> Vec<String> {
    let blank = " ".repeat(marker.len());
    lines
        .iter()
        .enumerate()
        .map(|(at, line)| format!("{}{line}", if at == 0 { marker } else { &blank }))
        .collect()
}

/// Fenced, and marked as what it is: rustdoc compiles and runs code that is not marked.
fn code(json: bool, text: &str) -> Vec<String> {
    let text = text.replace('\t', "    ");
    let text = text.trim_end().trim_start_matches('\n');
    if text.trim().is_empty() {
        return Vec::new();
    }
    let json = json
        || (text.trim_start().starts_with(['{', '['])
            && serde_json::from_str::<IgnoredAny>(text).is_ok());
    fenced(if json { "json" } else { "text" }, text)
}

/// Text as it is, marked as what it is.
pub(super) fn fenced(language: &str, text: &str) -> Vec<String> {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    let mut lines = vec![format!("{fence}{language}")];
    lines.extend(text.lines().map(str::to_owned));
    lines.push(fence);
    lines
}

fn longest_run(text: &str) -> usize {
    text.split(|char| char != '`')
        .map(str::len)
        .max()
        .unwrap_or(0)
}

/// What a block says, without any marks.
pub(super) fn plain(block: &Block) -> String {
    let text = match block {
        Block::Paragraph(spans) | Block::Heading(_, spans) => plain_spans(spans),
        Block::Quote(blocks) => blocks.first().map(plain).unwrap_or_default(),
        Block::List(_, items) => items.iter().flatten().next().map(plain).unwrap_or_default(),
        Block::Code { .. } | Block::Table(_) | Block::Rule => String::new(),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
