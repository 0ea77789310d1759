//! What a finished text means to rustdoc beyond its words: whether it has code, HTML or links that nobody meant to write.

use std::cell::RefCell;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag};

/// Something that is more than words, in the order in which it stands.
#[derive(Debug, PartialEq, Eq)]
enum Mark {
    /// A code block, by its language; an indented one has none.
    Code(String),
    Html,
    /// A link, by its target.
    Link(String),
    /// An image, which is loaded without being asked for.
    Image,
    /// The name of something that a link could be defined for elsewhere, or that rustdoc could look up.
    Reference(String),
    /// The definition of a link or a footnote.
    Definition,
}

/// Whether the text of a document, rewritten, has no code but blocks of text, no HTML, and no link but to the web.
pub(super) fn is_text(text: &str) -> bool {
    marks(text).iter().all(|mark| match mark {
        Mark::Code(language) => language == "text",
        Mark::Link(target) => target.starts_with("http://") || target.starts_with("https://"),
        Mark::Html | Mark::Image | Mark::Reference(_) | Mark::Definition => false,
    })
}

/// Whether two texts have the same code, HTML and links.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    marks(one) == marks(other)
}

fn marks(text: &str) -> Vec<Mark> {
    let references = RefCell::new(Vec::new());
    let look_up = |link: BrokenLink<'_>| {
        references.borrow_mut().push(link.reference.into_string());
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut parser = Parser::new_with_broken_link_callback(text, options, Some(look_up));
    let mut marks: Vec<Mark> = parser.by_ref().filter_map(mark).collect();
    marks.extend(parser.reference_definitions().iter().map(|_| Mark::Definition));
    drop(parser);
    marks.extend(references.into_inner().into_iter().map(Mark::Reference));
    marks
}

fn mark(event: Event<'_>) -> Option<Mark> {
    Some(match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => Mark::Code(language.into_string()),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Mark::Code(String::new()),
        Event::Start(Tag::HtmlBlock) | Event::Html(_) | Event::InlineHtml(_) => Mark::Html,
        Event::Start(Tag::Link { dest_url, .. }) => Mark::Link(dest_url.into_string()),
        Event::Start(Tag::Image { .. }) => Mark::Image,
        Event::Start(Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => Mark::Definition,
        _ => return None,
    })
}
