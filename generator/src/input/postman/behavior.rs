//! What `protocolProfileBehavior` says of the bytes of a request (rule T1).

use crate::document::json::Node;

/// What changes the bytes of a request. For each key, the nearest place counts that says something.
#[derive(Clone, Copy, Default)]
pub(super) struct Behavior {
    /// `disableBodyPruning`: every method sends its body.
    keeps_body: Option<bool>,
    /// `disableUrlEncoding`: the URL goes out as it is written.
    keeps_url: Option<bool>,
    /// `disabledSystemHeaders.content-type`: only the document says what the body is.
    untyped: Option<bool>,
}

impl Behavior {
    /// With what a folder or a request says itself.
    pub(super) fn nearest(self, node: &Node<'_>) -> Self {
        let own = |key| node.get("protocolProfileBehavior")?.get(key);
        let headers = own("disabledSystemHeaders");
        let untyped = headers.map(|all| all.get("content-type").is_some_and(Node::is_true));
        let flag = |key| own(key).map(Node::is_true);
        Self {
            keeps_body: flag("disableBodyPruning").or(self.keeps_body),
            keeps_url: flag("disableUrlEncoding").or(self.keeps_url),
            untyped: untyped.or(self.untyped),
        }
    }

    pub(super) fn keeps_body(self) -> bool {
        self.keeps_body.unwrap_or_default()
    }

    pub(super) fn keeps_url(self) -> bool {
        self.keeps_url.unwrap_or_default()
    }

    pub(super) fn untyped(self) -> bool {
        self.untyped.unwrap_or_default()
    }
}
