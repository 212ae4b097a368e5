//! Tests of the doc comments.

use proptest::prelude::*;
use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};

use super::{Span, code, comment, inline, read, render, summary};

/// What rustdoc (with its options) and clippy could say against these lines.
fn complaints(lines: &[String]) -> Vec<String> {
    let comment = lines.join("\n");
    let mut complaints = against_lines(lines);
    let mut broken = Vec::new();
    let callback = |link: BrokenLink<'_>| {
        broken.push(link.reference.to_string());
        Some((CowStr::from("broken"), CowStr::from("")))
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut in_link = 0;
    let mut in_code = false;
    for event in Parser::new_with_broken_link_callback(&comment, options, Some(callback)) {
        match &event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                in_link += 1;
                if !["http://", "https://", "mailto:"]
                    .iter()
                    .any(|scheme| dest_url.starts_with(scheme))
                {
                    complaints.push(format!("target {dest_url}"));
                }
            }
            Event::End(TagEnd::Link) => in_link -= 1,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if matches!(info.as_ref(), "text" | "json") =>
            {
                in_code = true;
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) if in_link == 0 && !in_code && is_bare(text) => {
                complaints.push(format!("bare {text}"));
            }
            Event::Start(
                Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::FootnoteDefinition(_)
                | Tag::Image { .. }
                | Tag::Heading {
                    level: HeadingLevel::H1,
                    ..
                },
            )
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => complaints.push(format!("{event:?}")),
            _ => {}
        }
    }
    complaints.extend(broken.into_iter().map(|link| format!("broken link {link}")));
    complaints
}

fn against_lines(lines: &[String]) -> Vec<String> {
    let mut complaints = Vec::new();
    let empty = |line: Option<&String>| line.is_none_or(String::is_empty);
    if !lines.is_empty() && (empty(lines.first()) || empty(lines.last())) {
        complaints.push("empty line at an end".to_owned());
    }
    complaints.extend(
        lines
            .windows(2)
            .filter(|pair| pair[0].is_empty() && pair[1].is_empty())
            .map(|_| "empty lines".to_owned()),
    );
    complaints.extend(
        lines
            .iter()
            .filter(|line| line.trim_end() != *line)
            .map(|line| format!("blank at the end of {line:?}")),
    );
    let unseen = |char: char| {
        char.is_control()
            || matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    complaints.extend(
        lines
            .iter()
            .filter(|line| line.contains(unseen))
            .map(|line| format!("unseen in {line:?}")),
    );
    complaints
}

/// As rustdoc looks for addresses that are no links.
fn is_bare(text: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .flat_map(|scheme| {
            text.match_indices(scheme)
                .map(|(at, _)| &text[at + scheme.len()..])
        })
        .any(|host| {
            let end = host
                .find(|char: char| !char.is_ascii_alphanumeric() && !"-@:%._+~#=".contains(char))
                .unwrap_or(host.len());
            let labels: Vec<&str> = host[..end].split('.').collect();
            labels.windows(2).any(|pair| {
                !pair[0].is_empty()
                    && pair[1].bytes().take_while(u8::is_ascii_alphabetic).count() > 1
            })
        })
}

/// The letters that a reader sees.
fn said(prose: &str) -> String {
    let mut out = String::new();
    say(
        &read::running(read::blocks(&crate::document::printable::prose(prose))),
        false,
        &mut out,
    );
    out
}

fn say(spans: &[Span], in_link: bool, out: &mut String) {
    for span in spans {
        match span {
            Span::Text(text) | Span::Code(text) => {
                out.extend(text.chars().filter(|char| !char.is_whitespace()));
            }
            Span::Break => {}
            Span::Styled(_, inner) => say(inner, in_link, out),
            Span::Link(url, inner) => {
                let before = out.len();
                say(inner, true, out);
                if out.len() == before && !in_link {
                    out.push_str(url);
                }
            }
        }
    }
}

fn check(prose: &str) -> Result<(), TestCaseError> {
    for width in [20, 96] {
        let lines = render(prose, width);
        let complaints = complaints(&lines);
        prop_assert!(
            complaints.is_empty(),
            "{prose:?}\n{complaints:#?}\n{}",
            lines.join("\n")
        );
        let again = lines.join("\n");
        prop_assert_eq!(said(&again), said(prose), "{:?}\n{}", prose, &again);
    }
    for line in [inline(prose), summary(prose)] {
        let complaints = complaints(&render_line(&line));
        prop_assert!(complaints.is_empty(), "{prose:?}\n{complaints:#?}\n{line}");
    }
    let letters: String = crate::document::printable::prose(prose)
        .chars()
        .filter(|char| !char.is_whitespace())
        .collect();
    prop_assert_eq!(said(&inline(prose)), letters, "{:?}", prose);
    Ok(())
}

fn render_line(line: &str) -> Vec<String> {
    if line.is_empty() {
        Vec::new()
    } else {
        vec![line.to_owned()]
    }
}

/// Pieces that mean something to Markdown, to HTML, to rustdoc or to an attacker.
#[rustfmt::skip]
const NASTY: &[&str] = &[
    "\n", "\n\n", " ", "  ", "    ", "\t", "a", "foo bar", "Meeting ID. ", "é", "日本", "\\", "`", "``", "```", "```rust\n", "~~~", "~", "~~", "*", "**", "***", "_", "__",
    "[", "]", "(", ")", "[x]", "[x][y]", "[`x`]", "[x]: https://e.com/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "](https://example.com/a/very/long/target/indeed/it/is)", "](https://e.com)",
    "](/docs)", "](javascript:x)", "](mailto:a@b.c)", "![", "!", "<", ">", "<b>", "</b>", "<i>", "</i>", "<br>", "<br/>\n", "<p>", "</p>", "<div>", "</div>", "<ul>", "<ol>", "<li>", "</li>",
    "</ul>", "<pre>", "</pre>", "<code>", "</code>", "<a href=\"https://example.com/b\">", "<a href='x'>", "</a>", "<h1>", "</h1>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>",
    "<blockquote>", "</blockquote>", "<script>", "</script>", "<!--", "-->", "<token>", "Vec<T>", "<https://auto.example.com>", "<img src=\"https://e.com/i.png\" alt=\"x\">", "&lt;", "&amp;", "&nbsp;", "&#39;", "&#x202e;", "&",
    "- ", "-", "+ ", "* ", "1. ", "1.", "2) ", "7. ", "# ", "#", "###### ", "> ", ">", "---", "===", "\n---\n", "\n===\n", "|", "| a | b |\n|---|---|\n| c | d |\n", "|---|", ":-:", "a | b\n--|--\n",
    "https://example.com/x", "http://", "https://{host}/y", "(https://example.com)", "https://e.com/<id>", "[^1]", "[^1]: note", "[ ] ", "{accountId}", "\"", "'", "..", "--",
    "\r", "\r\n", "\0", "\u{feff}", "\u{202e}", "\u{200b}", "\u{2028}", "*/", "///", "fn main() {}", "#[test]", "{\"a\": 1}", "^", "=", ":", ": ", "1", "a.", "$x$",
];

/// A text and its lines, checked.
fn lines(prose: &str) -> String {
    let lines = render(prose, 60);
    assert_eq!(complaints(&lines), Vec::<String>::new(), "{prose}");
    lines.join("\n")
}

#[test]
fn markdown_comes_out_clean() {
    insta::assert_snapshot!(lines(
        "# Title\nUse this to [stream a meeting](https://support.example.com/articles/115001777826), \
         or [stream a meeting](https://other.example.com/articles/115001777826). See https://example.com.\n\n\
         **Scopes:** `a`<br>**[Label](https://example.com/rate-limits#labels):** `Light`\n\n\
         1. one\n   - two\n2. three\n\n> quoted\n\n| a | b |\n|---|---|\n| `x\\|y` | z |\n"
    ), @r"
    ## Title

    Use this to [stream a meeting], or [stream a meeting][2].
    See <https://example.com>.

    **Scopes:** `a`\
    **[Label][]:** `Light`

    1. one
       * two
    2. three

    > quoted

    | a | b |
    | --- | --- |
    | `x\|y` | z |

    [stream a meeting]: https://support.example.com/articles/115001777826
    [2]: https://other.example.com/articles/115001777826
    [Label]: https://example.com/rate-limits#labels
    ");
}

#[test]
fn nothing_becomes_code_that_runs() {
    insta::assert_snapshot!(lines(
        "    fn main() { std::process::exit(1) }\n\n```rust\nassert!(false);\n```\n\n```\n{\"a\": 1}\n```\n\n~~~\n```\nx\n```\n~~~\n"
    ), @r#"
    ```text
    fn main() { std::process::exit(1) }
    ```

    ```text
    assert!(false);
    ```

    ```json
    {"a": 1}
    ```

    ````text
    ```
    x
    ```
    ````
    "#);
}

#[test]
fn html_becomes_markdown() {
    insta::assert_snapshot!(lines(
        "<p>A <b>bold</b> and <i>soft</i> <code>word&lt;T&gt;</code>, 5&nbsp;&euro;.</p>\n<ul>\n  <li>one\n  <li>two <a href='https://example.com/x'>here</a></li>\n</ul>\n\
         <table><tr><th>A</th><th>B</th></tr><tr><td>1</td></tr></table><script>alert(1)</script><pre>x\n  y</pre><!-- no -->"
    ), @r"
    A **bold** and *soft* `word<T>`, 5 €.

    * one
    * two [here](https://example.com/x)

    | A | B |
    | --- | --- |
    | 1 |  |

    ```text
    x
      y
    ```
    ");
}

#[test]
fn tables_have_a_bound() {
    let length = |prose: &str| render(prose, 92).concat().len();
    let head = format!("|{}\n|{}\n", "a|".repeat(1000), "-|".repeat(1000));
    let markdown = format!("{head}{}", "b\n".repeat(1000));
    assert!(length(&markdown) < 20_000, "{}", length(&markdown));
    let html = format!(
        "<table><tr>{}</tr>{}</table>",
        "<td>a".repeat(1000),
        "<tr><td>b".repeat(1000)
    );
    assert!(length(&html) < 20_000, "{}", length(&html));
    let fits = "|a|b|\n|-|-|\n|1|2|\n\n";
    assert!(lines(fits).contains("| 1 | 2 |"), "{}", lines(fits));
}

#[test]
fn text_stands_literally() {
    let cases = [
        (
            "Vec<T> of <token> in {accountId}",
            r"Vec\<T> of \<token> in {accountId}",
        ),
        ("[x], [x][y] and [`x`]", r"\[x], \[x]\[y] and \[`x`]"),
        ("snake_case and _private", r"snake_case and \_private"),
        ("[relative](/docs) [odd](javascript:alert)", "relative odd"),
        ("https://{host}/v2/<id>.", "`https://{host}/v2/<id>`."),
        ("a\u{202e}b\u{0}c\rd\u{feff}", "abc d"),
        ("- \n\n<br>\n\n&nbsp;", ""),
    ];
    for (prose, expected) in cases {
        assert_eq!(lines(prose), expected, "{prose}");
    }
}

#[test]
fn a_wrapped_line_starts_nothing() {
    for word in ["-", "+", "#", ">", "1.", "2)", "---", "===", "|", ":-:"] {
        let prose = format!("{} {word} and more", "x".repeat(58));
        assert_eq!(
            lines(&prose),
            format!("{} {word}\nand more", "x".repeat(58))
        );
    }
    assert_eq!(
        inline("1. no list\nand # no title"),
        r"1\. no list and # no title"
    );
}

#[test]
fn plain_texts() {
    assert_eq!(
        summary("## Title\n\nGets v. 2 of it, e.g. this. And more."),
        "Gets v. 2 of it, e.g. this."
    );
    assert_eq!(code("a`b"), "``a`b``");
    assert_eq!(code(""), "`\"\"`");
    assert_eq!(comment("a\r\n*/ b"), "a */ b");
}

proptest! {
    #[test]
    fn nothing_harmful_comes_out(pieces in prop::collection::vec(prop::sample::select(NASTY), 0..12)) {
        check(&pieces.concat())?;
    }

    #[test]
    fn any_text_is_taken(prose in "\\PC{0,200}|.{0,80}") {
        check(&prose)?;
    }
}
