//! Long lines to lines of a width.

use super::text::{GLUE, hazard};

/// Running text on one line.
pub(super) fn line(text: &str) -> String {
    let words: Vec<&str> = text
        .split([' ', '\n'])
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").replace(GLUE, " ")
}

/// Breaks running text into lines of this width, where it may be broken.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in text.split('\n').filter(|part| !part.trim().is_empty()) {
        if let Some(last) = lines.last_mut() {
            last.push('\\');
        }
        wrap_part(part, width, &mut lines);
    }
    for line in &mut lines {
        if line.contains(GLUE) {
            *line = line.replace(GLUE, " ");
        }
    }
    lines
}

/// A word that would mean something else at the start of a line stays with the word before it.
fn wrap_part(part: &str, width: usize, lines: &mut Vec<String>) {
    let words: Vec<&str> = part.split(' ').filter(|word| !word.is_empty()).collect();
    let mut line = String::new();
    let mut used = 0;
    let mut at = 0;
    while at < words.len() {
        let followers = words[at + 1..]
            .iter()
            .take_while(|word| hazard(word).is_some())
            .count();
        let unit = &words[at..=at + followers];
        let columns = unit
            .iter()
            .map(|word| word.chars().count() + 1)
            .sum::<usize>();
        if at > 0 && used + columns > width.saturating_add(1) {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        for word in unit {
            push(word, &mut line);
        }
        used += columns;
        at += unit.len();
    }
    lines.push(line);
}

fn push(word: &str, line: &mut String) {
    let escape = if line.is_empty() { hazard(word) } else { None };
    if !line.is_empty() {
        line.push(' ');
    }
    let (before, after) = word.split_at(escape.unwrap_or(0));
    line.push_str(before);
    line.push_str(if escape.is_some() { "\\" } else { "" });
    line.push_str(after);
}
