//! Tokens on one line, for what is never broken: types, patterns, paths, attributes.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The tokens with the spaces that they have in types and patterns.
pub(super) fn flat(tokens: &impl ToTokens) -> String {
    let mut line = Line::default();
    line.stream(tokens.to_token_stream());
    line.text
}

/// Words that stand in front of something, as far as they are there, with a space after each.
pub(super) fn words(words: &[String]) -> String {
    let mut text = String::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        text.extend([word, " "]);
    }
    text
}

#[derive(Default)]
struct Line {
    text: String,
    before: Before,
}

/// What the last token was, as far as the space after it goes.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Before {
    /// Nothing, or something that takes what follows without a space.
    #[default]
    Open,
    /// A name, a literal, or the end of a group.
    Word,
    /// A word of the language that a parenthesis does not belong to.
    Keyword,
    Other,
}

impl Line {
    fn stream(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
                TokenTree::Ident(ident) => self.word(&ident.to_string()),
                TokenTree::Literal(literal) => self.word(&literal.to_string()),
                TokenTree::Punct(punct) => {
                    let mut operator = String::from(punct.as_char());
                    let mut joint = punct.spacing() == Spacing::Joint;
                    while let Some(TokenTree::Punct(next)) = tokens.peek() {
                        if !joint || !is_operator(&operator, next.as_char()) {
                            break;
                        }
                        operator.push(next.as_char());
                        joint = next.spacing() == Spacing::Joint;
                        tokens.next();
                    }
                    self.operator(&operator);
                }
            }
        }
    }

    fn group(&mut self, delimiter: Delimiter, stream: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace if stream.is_empty() => ("{", "}"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => ("", ""),
        };
        let apart = match delimiter {
            Delimiter::Parenthesis => matches!(self.before, Before::Keyword | Before::Other),
            Delimiter::Bracket => self.before != Before::Open,
            Delimiter::Brace => true,
            Delimiter::None => false,
        };
        self.push(open, apart);
        self.before = Before::Open;
        self.stream(stream);
        self.text.push_str(close);
        self.before = Before::Word;
    }

    fn word(&mut self, word: &str) {
        // A range without an end stands before a guard.
        let is_guard = word == "if" && self.text.ends_with("..");
        self.push(word, is_guard || self.before != Before::Open);
        let keyword = matches!(
            word,
            "as" | "dyn" | "in" | "if" | "impl" | "mut" | "ref" | "const" | "where" | "move"
        );
        self.before = if keyword {
            Before::Keyword
        } else {
            Before::Word
        };
    }

    fn operator(&mut self, operator: &str) {
        let apart = match operator {
            "::" | "," | ";" | ":" | ">" | "?" | "." | "!" => {
                self.before == Before::Other && operator == "::"
            }
            ".." | "..=" | "<" => self.before != Before::Word && self.before != Before::Open,
            _ => self.before != Before::Open,
        };
        self.push(operator, apart);
        self.before = match operator {
            "::" | "<" | "&" | "&&" | "*" | "!" | "#" | "." | ".." | "..=" | "'" | "-" | "?"
            | "$" => Before::Open,
            ">" => Before::Word,
            _ => Before::Other,
        };
    }

    fn push(&mut self, text: &str, apart: bool) {
        if apart && !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        self.text.push_str(text);
    }
}

/// Whether an operator goes on with this character.
fn is_operator(start: &str, next: char) -> bool {
    matches!(
        (start, next),
        (":", ':')
            | ("-" | "=", '>')
            | (".", '.')
            | ("..", '=' | '.')
            | ("&", '&')
            | ("|", '|')
            | ("=" | "!" | "<" | ">", '=')
    )
}
