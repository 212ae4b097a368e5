//! Prose to blocks: Markdown and HTML drive the same tree.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::emphasis::{push, push_all, settle};
use super::spans::plain_spans;
use super::text::target;
use super::{Block, Span, Style};
use crate::document::printable;

/// More nesting than this is not meant by anyone, and what is deeper counts as being on this level.
const DEPTH: usize = 16;

/// The blocks of a cleaned prose.
pub(super) fn blocks(prose: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    reader.markdown(prose);
    reader.finish()
}

/// What a frame becomes when it closes.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Node {
    Quote,
    List(Option<u64>),
    Item,
    Heading(usize),
    Table,
    Row,
    Cell,
    Style(Style),
    Link(String),
}

/// A node that is not complete yet.
#[derive(Default)]
struct Frame {
    /// The root has none.
    node: Option<Node>,
    /// Opened by a tag of HTML, which may be closed by another tag, by something else, or not at
    /// all.
    html: bool,
    /// Running text that has not become a block yet.
    spans: Vec<Span>,
    blocks: Vec<Block>,
    /// What a list has for items, and a table for rows.
    items: Vec<Vec<Block>>,
}

/// A part whose text counts as it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verbatim {
    Span,
    Block {
        json: bool,
    },
    /// Scripts and styles say nothing to a reader.
    Dropped,
}

/// Builds the tree, with one way in for Markdown ([`Reader::markdown`]) and one for HTML
/// (`html_block` and `tag`, in [`super::html`]).
#[derive(Default)]
pub(super) struct Reader {
    root: Frame,
    /// The open nodes inside the root.
    frames: Vec<Frame>,
    /// How many nodes of Markdown are open that were too deep for a frame.
    ignored: usize,
    pub(super) verbatim: Option<(Verbatim, String)>,
    /// The block of HTML that is being collected.
    html: String,
    /// Between the tags of a block of HTML: there, a tag begins no block of its own.
    pub(super) in_run: bool,
}

impl Reader {
    pub(super) fn markdown(&mut self, prose: &str) {
        let mut options = Options::ENABLE_STRIKETHROUGH;
        options.set(Options::ENABLE_TABLES, cells(prose) <= super::MAX_CELLS);
        for event in Parser::new_ext(prose, options) {
            match event {
                Event::Start(tag) => self.start(tag),
                Event::End(tag) => self.end(tag),
                Event::Code(code) => self.code(&code),
                Event::Html(html) => self.html.push_str(&html),
                Event::InlineHtml(html) => self.tag(&html),
                Event::SoftBreak => self.text("\n"),
                Event::HardBreak => self.line_break(),
                Event::Rule => self.block(Block::Rule),
                // All but the first come from options that are not set.
                Event::Text(text)
                | Event::InlineMath(text)
                | Event::DisplayMath(text)
                | Event::FootnoteReference(text) => self.text(&text),
                Event::TaskListMarker(_) => {}
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let node = match tag {
            Tag::CodeBlock(kind) => return self.start_code(&kind),
            Tag::Heading { level, .. } => Node::Heading(level as usize),
            Tag::BlockQuote(_) => Node::Quote,
            Tag::List(start) => Node::List(start),
            Tag::Item => Node::Item,
            Tag::Table(_) => Node::Table,
            Tag::TableHead | Tag::TableRow => Node::Row,
            Tag::TableCell => Node::Cell,
            Tag::Emphasis => Node::Style(Style::Emphasis),
            Tag::Strong => Node::Style(Style::Strong),
            Tag::Strikethrough => Node::Style(Style::Strike),
            Tag::Link {
                link_type: LinkType::Email,
                dest_url,
                ..
            } => Node::Link(format!("mailto:{dest_url}")),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                Node::Link(dest_url.into_string())
            }
            _ => return self.flush(),
        };
        self.open(node, false);
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let json =
            matches!(kind, CodeBlockKind::Fenced(info) if info.trim().eq_ignore_ascii_case("json"));
        self.start_verbatim(Verbatim::Block { json });
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => self.end_verbatim(),
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.html_block(&html);
            }
            TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image => self.close_markdown(),
            _ => self.flush(),
        }
    }

    /// Opens a node; running text that is open goes into a block of its own first unless the node
    /// is part of it.
    pub(super) fn open(&mut self, node: Node, html: bool) {
        let inline = matches!(node, Node::Style(_) | Node::Link(_));
        if !inline {
            self.flush();
        }
        if self.frames.len() < DEPTH && self.ignored == 0 {
            self.frames.push(Frame {
                node: Some(node),
                html,
                ..Frame::default()
            });
        } else if !html {
            self.ignored += 1;
        }
    }

    fn close_markdown(&mut self) {
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        self.end_verbatim();
        while self.frames.last().is_some_and(|frame| frame.html) {
            self.close();
        }
        self.close();
    }

    /// How many frames there are up to the innermost of this kind that HTML has opened since
    /// Markdown opened anything.
    fn depth_of(&self, is: impl Fn(&Node) -> bool) -> Option<usize> {
        let own = self
            .frames
            .iter()
            .rev()
            .take_while(|frame| frame.html)
            .count();
        let from = self.frames.len() - own;
        self.frames[from..]
            .iter()
            .rposition(|frame| frame.node.as_ref().is_some_and(&is))
            .map(|at| from + at + 1)
    }

    pub(super) fn is_open(&self, is: impl Fn(&Node) -> bool) -> bool {
        self.depth_of(is).is_some()
    }

    /// Closes the innermost such node of HTML, and what is in it.
    pub(super) fn close_html(&mut self, is: impl Fn(&Node) -> bool) {
        if let Some(depth) = self.depth_of(is) {
            self.close_beyond(depth - 1);
        }
    }

    /// Closes what is in the innermost such node of HTML.
    pub(super) fn close_html_inside(&mut self, is: impl Fn(&Node) -> bool) {
        if let Some(depth) = self.depth_of(is) {
            self.close_beyond(depth);
        }
    }

    fn close_beyond(&mut self, depth: usize) {
        self.end_verbatim();
        while self.frames.len() > depth {
            self.close();
        }
    }

    fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().unwrap_or(&mut self.root)
    }

    /// Completes the innermost node and hands it to the one around it.
    fn close(&mut self) {
        self.settle();
        let Some(mut frame) = self.frames.pop() else {
            return;
        };
        if let Some(Node::Link(url)) = &frame.node {
            return self.close_link(url, frame.spans);
        }
        let parent = self.top();
        match frame.node.take() {
            Some(Node::Style(style)) => parent.spans.push(Span::Styled(style, frame.spans)),
            Some(Node::Heading(level)) => parent
                .blocks
                .push(Block::Heading(level, running(frame.blocks))),
            Some(Node::Cell) => parent.blocks.push(Block::Paragraph(running(frame.blocks))),
            Some(Node::Item | Node::Row) => parent.items.push(frame.blocks),
            Some(Node::List(start)) => parent.blocks.push(Block::List(start, frame.items)),
            Some(Node::Table) => parent.blocks.push(table(frame.items)),
            _ => parent.blocks.push(Block::Quote(frame.blocks)),
        }
    }

    /// There are no links in links, and none that lead nowhere; and `]:` would make a definition of
    /// the line, even in code.
    fn close_link(&mut self, url: &str, spans: Vec<Span>) {
        let is_link = |frame: &Frame| matches!(frame.node, Some(Node::Link(_)));
        let nested = self.frames.iter().any(is_link);
        let fits = !nested && !plain_spans(&spans).contains("]:");
        let parent = self.top();
        match target(&printable::prose(url)).filter(|_| fits) {
            Some(url) => parent.spans.push(Span::Link(url, spans)),
            None => push_all(spans, &mut parent.spans),
        }
    }

    /// Makes a block of the running text of the innermost frame, unless that is part of running
    /// text itself.
    fn settle(&mut self) {
        let frame = self.top();
        if matches!(frame.node, Some(Node::Style(_) | Node::Link(_))) {
            return;
        }
        let spans = std::mem::take(&mut frame.spans);
        if spans
            .iter()
            .all(|span| matches!(span, Span::Text(text) if text.trim().is_empty()))
        {
            return;
        }
        let paragraph = Block::Paragraph(settle(spans));
        match frame.node {
            Some(Node::List(_) | Node::Table) => frame.items.push(vec![paragraph]),
            _ => frame.blocks.push(paragraph),
        }
    }

    /// Ends the running text.
    pub(super) fn flush(&mut self) {
        self.end_verbatim();
        while self
            .frames
            .last()
            .is_some_and(|frame| matches!(frame.node, Some(Node::Style(_) | Node::Link(_))))
        {
            self.close();
        }
        self.settle();
    }

    pub(super) fn block(&mut self, block: Block) {
        self.flush();
        match self.top() {
            Frame {
                node: Some(Node::List(_) | Node::Table),
                items,
                ..
            } => items.push(vec![block]),
            frame => frame.blocks.push(block),
        }
    }

    /// Entities can stand for what the prose itself may not have.
    pub(super) fn text(&mut self, text: &str) {
        let text = printable::prose(text);
        match &mut self.verbatim {
            Some((_, verbatim)) => verbatim.push_str(&text),
            None if text.is_empty() => {}
            None => push(Span::Text(text.into_owned()), &mut self.top().spans),
        }
    }

    fn code(&mut self, code: &str) {
        match self.verbatim {
            Some(_) => self.text(code),
            None if code.trim().is_empty() => self.text(" "),
            None => self.top().spans.push(Span::Code(code.to_owned())),
        }
    }

    /// Two line breaks make a paragraph.
    pub(super) fn line_break(&mut self) {
        if self.verbatim.is_some() {
            return self.text("\n");
        }
        let spans = &mut self.top().spans;
        let blank =
            usize::from(matches!(spans.last(), Some(Span::Text(text)) if text.trim().is_empty()));
        match spans
            .len()
            .checked_sub(1 + blank)
            .and_then(|at| spans.get(at))
        {
            Some(Span::Break) => self.flush(),
            _ => spans.push(Span::Break),
        }
    }

    pub(super) fn start_verbatim(&mut self, verbatim: Verbatim) {
        if let Verbatim::Block { .. } = verbatim {
            self.flush();
        }
        self.verbatim = Some((verbatim, String::new()));
    }

    pub(super) fn end_verbatim(&mut self) {
        match self.verbatim.take() {
            Some((Verbatim::Span, code)) => self.code(&code),
            Some((Verbatim::Block { json }, text)) if !text.trim().is_empty() => {
                self.block(Block::Code { json, text });
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.flush();
        self.close_beyond(0);
        self.settle();
        self.root.blocks
    }
}

/// How many cells the tables of a text can have at most: the parser fills up each row of a table to the length of its head,
/// and a table ends at an empty line.
fn cells(prose: &str) -> usize {
    let (mut all, mut rows, mut columns) = (0_usize, 0_usize, 0_usize);
    for line in prose.lines().chain([""]) {
        if line.trim().is_empty() {
            all = all.saturating_add(rows.saturating_mul(columns));
            (rows, columns) = (0, 0);
        } else {
            rows += 1;
            columns = columns.max(line.matches('|').count());
        }
    }
    all
}

fn table(rows: Vec<Vec<Block>>) -> Block {
    let cells = |row: Vec<Block>| row.into_iter().map(|cell| running(vec![cell])).collect();
    Block::Table(rows.into_iter().map(cells).collect())
}

/// The text of blocks as one running text, for places that hold no blocks.
pub(super) fn running(blocks: Vec<Block>) -> Vec<Span> {
    let mut texts = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(spans) | Block::Heading(_, spans) => texts.push(spans),
            Block::Code { text, .. } => texts.push(vec![Span::Code(text)]),
            Block::Quote(inner) => texts.push(running(inner)),
            Block::List(_, items) => texts.extend(items.into_iter().map(running)),
            Block::Table(rows) => texts.extend(rows.into_iter().flatten()),
            Block::Rule => {}
        }
    }
    let mut spans = Vec::new();
    for text in texts {
        if !spans.is_empty() {
            push(Span::Text(" ".to_owned()), &mut spans);
        }
        push_all(text, &mut spans);
    }
    spans
}
