//! The room that a piece of code has.

use std::borrow::Cow;

/// No line is wider unless it cannot be broken.
const MAX_WIDTH: usize = 100;
pub(super) const TAB: usize = 4;

/// Where a piece of code starts, and how many columns it may have. Its further lines have the whole
/// line from `indent` on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) indent: usize,
    /// How far from the indent the piece starts.
    pub(super) offset: usize,
    pub(super) width: usize,
    /// Chains of calls may not be broken here.
    pub(super) straight: bool,
    /// There is no way to make it fit: what cannot be broken may stand out.
    pub(super) loose: bool,
}

impl Shape {
    /// A line of its own.
    pub(super) fn at(indent: usize) -> Self {
        Self {
            indent,
            offset: 0,
            width: MAX_WIDTH.saturating_sub(indent),
            straight: false,
            loose: false,
        }
    }

    /// The same for code that cannot fit: its first line has no end.
    pub(super) fn loose(self) -> Self {
        Self {
            loose: true,
            width: usize::MAX / 2,
            ..self
        }
    }

    /// A line of its own, one level deeper.
    pub(super) fn nested(self) -> Self {
        Self {
            straight: self.straight,
            loose: self.loose,
            ..Self::at(self.indent + TAB)
        }
    }

    /// What is left after some columns at the start.
    pub(super) fn after(self, columns: usize) -> Option<Self> {
        let shape = self.without(columns)?;
        Some(Self {
            offset: self.offset + columns,
            ..shape
        })
    }

    /// What is left when some columns at the end are taken.
    pub(super) fn without(self, columns: usize) -> Option<Self> {
        let width = self.width.checked_sub(columns);
        let width = if self.loose {
            Some(width.unwrap_or(0))
        } else {
            width
        };
        width.map(|width| Self { width, ..self })
    }

    /// How many columns at the end of the line are taken.
    pub(super) fn overhead(self) -> usize {
        MAX_WIDTH.saturating_sub(self.indent + self.offset + self.width)
    }

    /// Text that cannot be broken.
    pub(super) fn atom<'a>(self, text: impl Into<Cow<'a, str>>) -> Option<String> {
        let text = text.into();
        (self.loose || width(&text) <= self.width).then(|| text.into_owned())
    }

    /// Whether a text of several lines keeps to the room.
    pub(super) fn holds(self, text: &str) -> bool {
        self.loose
            || (first_width(text) <= self.width
                && text.lines().skip(1).all(|line| width(line) <= MAX_WIDTH))
    }

    pub(super) fn new_line(self) -> String {
        new_line(self.indent)
    }
}

pub(super) fn new_line(indent: usize) -> String {
    let mut line = String::with_capacity(indent + 1);
    line.push('\n');
    line.extend(std::iter::repeat_n(' ', indent));
    line
}

/// Columns of a text on one line.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().map(columns).sum()
    }
}

pub(super) fn first_width(text: &str) -> usize {
    width(text.split('\n').next().unwrap_or(""))
}

pub(super) fn last_width(text: &str) -> usize {
    width(text.rsplit('\n').next().unwrap_or(""))
}

/// Two columns for the scripts and symbols that are written wide, none for marks that join the
/// letter before.
fn columns(char: char) -> usize {
    match char {
        '\u{300}'..='\u{36f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{231a}'..='\u{231b}'
        | '\u{23e9}'..='\u{23ec}'
        | '\u{2614}'..='\u{2615}'
        | '\u{2648}'..='\u{2653}'
        | '\u{26a1}'
        | '\u{2705}'
        | '\u{270a}'..='\u{270b}'
        | '\u{2728}'
        | '\u{274c}'
        | '\u{274e}'
        | '\u{2753}'..='\u{2755}'
        | '\u{2757}'
        | '\u{2795}'..='\u{2797}'
        | '\u{2b50}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{a4cf}'
        | '\u{a960}'..='\u{a97c}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f320}'
        | '\u{1f32d}'..='\u{1f64f}'
        | '\u{1f680}'..='\u{1f6ff}'
        | '\u{1f900}'..='\u{1f9ff}'
        | '\u{1fa70}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}
