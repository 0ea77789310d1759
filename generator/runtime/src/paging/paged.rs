//! How an operation is paged, as generated code says it.

use super::super::reply::Operation;

/// An operation that gives its result in pages. Generated code implements it.
pub trait Paged: Operation {
    /// What a page is made of.
    type Item;
    /// How one page leads to the next.
    const PAGING: Paging;

    /// Takes the items out of a page.
    fn items(output: Self::Output) -> Vec<Self::Item>;
}

/// How one page leads to the next. Places in the body of a reply are JSON Pointers (RFC 6901), in
/// which the index `-1` is the last element of an array.
///
/// ```
/// use envoi_runtime::Paging;
///
/// const BY_NUMBER: Paging = Paging::page_number("page", 1).items("/data").total_pages("/meta/pages");
/// const BY_OFFSET: Paging = Paging::offset("offset", 0).size("limit", 500);
/// const BY_CURSOR: Paging = Paging::cursor("cursor", "/next_cursor").more("/has_more");
/// const BY_BODY: Paging = Paging::cursor("/start_cursor", "/next_cursor").in_body("application/json");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    pub(super) step: Step,
    /// The media type of the JSON body that has the parameter, whose name is a JSON Pointer then.
    pub(super) body: Option<&'static str>,
    pub(super) items: &'static str,
    pub(super) more: Option<&'static str>,
    pub(super) total_pages: Option<Place>,
    pub(super) size: Option<(&'static str, u64)>,
}

/// What tells the next page from this one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A parameter counts pages.
    Page(&'static str, First),
    /// A parameter counts items.
    Offset(&'static str, First),
    /// A parameter takes what stands at a place of the reply.
    Cursor(&'static str, Place),
    /// A URL stands at a place of the reply.
    Url(Place),
    /// A URL stands in the header `Link` under `rel="next"` (RFC 8288).
    Link,
}

/// The number of the first page or item.
#[derive(Clone, Copy, Debug)]
pub(super) enum First {
    Number(u64),
    /// A page says its number there.
    At(&'static str),
}

/// A place in a reply.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Body(&'static str),
    Header(&'static str),
}

impl Paging {
    const fn new(step: Step) -> Self {
        Self {
            step,
            body: None,
            items: "",
            more: None,
            total_pages: None,
            size: None,
        }
    }

    /// `parameter` counts pages, the first of which is `first`. Without [`more`](Self::more) and
    /// [`total_pages`](Self::total_pages) an empty page is the end.
    pub const fn page_number(parameter: &'static str, first: u64) -> Self {
        Self::new(Step::Page(parameter, First::Number(first)))
    }

    /// `parameter` counts pages, each of which says its number at the place `number` of its body. It is
    /// looked up in the first page, unless the call names one.
    pub const fn numbered_page(parameter: &'static str, number: &'static str) -> Self {
        Self::new(Step::Page(parameter, First::At(number)))
    }

    /// `parameter` counts items, the first of which is `first`. Without [`more`](Self::more) an empty
    /// page is the end.
    pub const fn offset(parameter: &'static str, first: u64) -> Self {
        Self::new(Step::Offset(parameter, First::Number(first)))
    }

    /// `parameter` counts items, and each page says the number of its first item at the place `number` of
    /// its body. It is looked up in the first page, unless the call names one.
    pub const fn numbered_offset(parameter: &'static str, number: &'static str) -> Self {
        Self::new(Step::Offset(parameter, First::At(number)))
    }

    /// `parameter` takes the token at a place of the body; the last page has none there.
    pub const fn cursor(parameter: &'static str, token: &'static str) -> Self {
        Self::new(Step::Cursor(parameter, Place::Body(token)))
    }

    /// `parameter` takes the token in a header; the last page has none there.
    pub const fn cursor_in_header(parameter: &'static str, header: &'static str) -> Self {
        Self::new(Step::Cursor(parameter, Place::Header(header)))
    }

    /// The URL of the next page stands at a place of the body; the last page has none there.
    pub const fn next_url(url: &'static str) -> Self {
        Self::new(Step::Url(Place::Body(url)))
    }

    /// The URL of the next page stands in a header; the last page has none there.
    pub const fn next_url_in_header(header: &'static str) -> Self {
        Self::new(Step::Url(Place::Header(header)))
    }

    /// The URL of the next page stands in the header `Link` under `rel="next"` (RFC 8288).
    pub const fn link_header() -> Self {
        Self::new(Step::Link)
    }

    /// Where the array of items stands; it is the whole body otherwise.
    #[must_use]
    pub const fn items(self, items: &'static str) -> Self {
        Self { items, ..self }
    }

    /// Where the body says whether there is another page: `false`, `null`, an empty text or nothing
    /// is the end. Where a token leads to the next page, only `false` is.
    #[must_use]
    pub const fn more(self, more: &'static str) -> Self {
        Self {
            more: Some(more),
            ..self
        }
    }

    /// Where the body says how many pages there are.
    #[must_use]
    pub const fn total_pages(self, total: &'static str) -> Self {
        Self {
            total_pages: Some(Place::Body(total)),
            ..self
        }
    }

    /// The header that says how many pages there are.
    #[must_use]
    pub const fn total_pages_in_header(self, header: &'static str) -> Self {
        Self {
            total_pages: Some(Place::Header(header)),
            ..self
        }
    }

    /// The parameter is a member of the JSON body of the call, and its name a JSON Pointer to it. A call
    /// without a body gets one of this media type for its second page.
    #[must_use]
    pub const fn in_body(self, media_type: &'static str) -> Self {
        Self {
            body: Some(media_type),
            ..self
        }
    }

    /// The parameter for the number of items per page, and the most that the document lets it be: a
    /// page with fewer items than the call has asked for within that is the last.
    #[must_use]
    pub const fn size(self, parameter: &'static str, most: u64) -> Self {
        Self {
            size: Some((parameter, most)),
            ..self
        }
    }
}
