//! The elements of HTML that are open while a text is written.

/// An element that is not ended yet.
pub(super) struct Open {
    /// The name of the element.
    pub(super) name: String,
    /// What it is as Markdown.
    pub(super) kind: Kind,
}

/// What an element is as Markdown.
pub(super) enum Kind {
    /// Text between two marks: the mark, where the text begins, and the start tag.
    Emphasis(&'static str, usize, String),
    /// Inline code: where it begins, and the start tag.
    Code(usize, String),
    Link,
    Preformatted,
    List,
    Item,
    Quote,
    Heading,
    /// A table: the number of its columns, which its first row says.
    Table(Option<usize>),
    Row,
    Cell,
    Block,
}

impl Kind {
    /// Whether it is a part of a line.
    pub(super) const fn is_inline(&self) -> bool {
        matches!(self, Self::Emphasis(..) | Self::Code(..) | Self::Link)
    }
}
