//! What the tags of HTML do to the tree.

use super::html::{Piece, attribute, decode, is_block, is_known, piece};
use super::read::{Node, Reader, Verbatim};
use super::{Block, Style};

impl Reader {
    /// A block of HTML. Markdown between its tags is read, although the standard says no: its
    /// writers meant it.
    pub(super) fn html_block(&mut self, html: &str) {
        let mut run = String::new();
        let mut rest = html;
        while !rest.is_empty() {
            let (piece, after) = piece(rest);
            match piece {
                _ if self.verbatim.is_some() || self.in_run => self.piece(piece),
                Piece::Open(_, ref name) | Piece::Close(_, ref name)
                    if is_block(name) || stands_alone(name) =>
                {
                    self.run(&std::mem::take(&mut run));
                    self.piece(piece);
                }
                Piece::Text(text) | Piece::Open(text, _) | Piece::Close(text, _) => {
                    run.push_str(text);
                }
                Piece::Silent => {}
            }
            rest = after;
        }
        self.run(&run);
    }

    /// Markdown found between tags; HTML is often indented, and that makes no code.
    fn run(&mut self, run: &str) {
        let lines: Vec<&str> = run.trim().lines().map(str::trim_start).collect();
        self.in_run = true;
        self.markdown(&lines.join("\n"));
        self.in_run = false;
    }

    /// A tag in running text.
    pub(super) fn tag(&mut self, html: &str) {
        self.piece(piece(html).0);
    }

    fn piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Text(text) => self.text(&decode(text)),
            Piece::Open(tag, name) | Piece::Close(tag, name) if !is_known(&name) => self.text(tag),
            Piece::Open(tag, name) if self.verbatim.is_none() || name == "br" => {
                self.open_tag(tag, &name);
            }
            Piece::Close(_, name) => self.close_tag(&name),
            Piece::Open(..) | Piece::Silent => {}
        }
    }

    fn open_tag(&mut self, tag: &str, name: &str) {
        match name {
            "br" => self.line_break(),
            "hr" => self.block(Block::Rule),
            "img" => self.image(tag),
            "a" => {
                self.close_html(|node| matches!(node, Node::Link(_)));
                self.open(Node::Link(attribute(tag, "href").unwrap_or_default()), true);
            }
            "blockquote" => self.open(Node::Quote, true),
            "ul" => self.open(Node::List(None), true),
            "ol" => self.open(
                Node::List(Some(
                    attribute(tag, "start")
                        .and_then(|start| start.parse().ok())
                        .unwrap_or(1),
                )),
                true,
            ),
            "li" => self.open_inside(
                Node::Item,
                |node| matches!(node, Node::List(_)),
                Node::List(None),
            ),
            "table" => self.open(Node::Table, true),
            "tr" => self.open_inside(Node::Row, |node| *node == Node::Table, Node::Table),
            "td" | "th" => {
                if !self.is_open(|node| *node == Node::Row) {
                    self.open_tag("", "tr");
                }
                self.open_inside(Node::Cell, |node| *node == Node::Row, Node::Row);
            }
            _ => {
                if let Some(verbatim) = verbatim(name) {
                    self.start_verbatim(verbatim);
                } else if let Some(node) = node(name) {
                    self.open(node, true);
                } else if is_block(name) {
                    self.flush();
                }
            }
        }
    }

    /// Opens a node that has its place in another: closes up to that one, or opens it.
    fn open_inside(&mut self, node: Node, is_outer: impl Fn(&Node) -> bool, outer: Node) {
        if self.is_open(&is_outer) {
            self.close_html_inside(is_outer);
        } else {
            self.open(outer, true);
        }
        self.open(node, true);
    }

    fn image(&mut self, tag: &str) {
        self.open(Node::Link(attribute(tag, "src").unwrap_or_default()), true);
        self.text(&attribute(tag, "alt").unwrap_or_default());
        self.close_html(|node| matches!(node, Node::Link(_)));
    }

    fn close_tag(&mut self, name: &str) {
        if let Some((open, _)) = self.verbatim {
            if verbatim(name) == Some(open) {
                self.end_verbatim();
            }
            return;
        }
        match name {
            "a" => self.close_html(|node| matches!(node, Node::Link(_))),
            "blockquote" => self.close_html(|node| *node == Node::Quote),
            "ul" | "ol" => self.close_html(|node| matches!(node, Node::List(_))),
            "li" => self.close_html(|node| *node == Node::Item),
            "table" => self.close_html(|node| *node == Node::Table),
            "tr" => self.close_html(|node| *node == Node::Row),
            "td" | "th" => self.close_html(|node| *node == Node::Cell),
            _ => match node(name) {
                Some(closed) => self.close_html(|node| *node == closed),
                None if is_block(name) => self.flush(),
                None => {}
            },
        }
    }
}

/// Tags that have nothing to say but their name.
fn node(name: &str) -> Option<Node> {
    Some(match name {
        "b" | "strong" => Node::Style(Style::Strong),
        "i" | "em" | "cite" | "dfn" | "var" => Node::Style(Style::Emphasis),
        "s" | "del" | "strike" => Node::Style(Style::Strike),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            Node::Heading(usize::from(name.as_bytes()[1] - b'0'))
        }
        _ => return None,
    })
}

fn stands_alone(name: &str) -> bool {
    verbatim(name).is_some_and(|verbatim| verbatim != Verbatim::Span)
}

fn verbatim(name: &str) -> Option<Verbatim> {
    match name {
        "code" | "kbd" | "samp" | "tt" => Some(Verbatim::Span),
        "pre" | "textarea" => Some(Verbatim::Block { json: false }),
        "script" | "style" | "svg" => Some(Verbatim::Dropped),
        _ => None,
    }
}
