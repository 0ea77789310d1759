//! How an operation is paged, as generated code says it.

use super::super::reply::Operation;

/// Operation with paginated results. Implemented by generated code.
pub trait Paged: Operation {
    /// Item of a page.
    type Item;
    /// Pagination of the operation.
    const PAGING: Paging;

    /// Returns the items of a page.
    fn items(output: Self::Output) -> Vec<Self::Item>;
}

/// Pagination of an operation: how the request for the next page follows from a page. Locations in a response body are
/// JSON Pointers (RFC 6901), in which the index `-1` is the last element of an array.
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
    /// Content type of the JSON body that contains the parameter, whose name is then a JSON Pointer.
    pub(super) body: Option<&'static str>,
    pub(super) items: &'static str,
    pub(super) more: Option<&'static str>,
    pub(super) total_pages: Option<Place>,
    pub(super) size: Option<(&'static str, u64)>,
}

/// How the next page is requested.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A parameter counts pages.
    Page(&'static str, First),
    /// A parameter counts items.
    Offset(&'static str, First),
    /// A parameter is the value at a location of the previous response.
    Cursor(&'static str, Place),
    /// The URL is at a location of the previous response.
    Url(Place),
    /// The URL is in the `Link` header with `rel="next"` (RFC 8288).
    Link,
}

/// Number of the first page or item.
#[derive(Clone, Copy, Debug)]
pub(super) enum First {
    Number(u64),
    /// Read from a location of the first page.
    At(&'static str),
}

/// Location in a response.
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

    /// Pagination by page number: `parameter` is the number of the page, starting at `first`. Without
    /// [`more`](Self::more) and [`total_pages`](Self::total_pages), the first empty page ends the pagination.
    pub const fn page_number(parameter: &'static str, first: u64) -> Self {
        Self::new(Step::Page(parameter, First::Number(first)))
    }

    /// Pagination by page number, for pages that contain their number at the location `number` of the body. The number
    /// of the first page is read from its body, unless the request sets the parameter.
    pub const fn numbered_page(parameter: &'static str, number: &'static str) -> Self {
        Self::new(Step::Page(parameter, First::At(number)))
    }

    /// Pagination by offset: `parameter` is the index of the first item of a page, starting at `first`. Without
    /// [`more`](Self::more), the first empty page ends the pagination.
    pub const fn offset(parameter: &'static str, first: u64) -> Self {
        Self::new(Step::Offset(parameter, First::Number(first)))
    }

    /// Pagination by offset, for pages that contain the index of their first item at the location `number` of the body.
    /// The index of the first page is read from its body, unless the request sets the parameter.
    pub const fn numbered_offset(parameter: &'static str, number: &'static str) -> Self {
        Self::new(Step::Offset(parameter, First::At(number)))
    }

    /// Pagination by cursor: `parameter` is the token at a location of the previous body. The last page has no token.
    pub const fn cursor(parameter: &'static str, token: &'static str) -> Self {
        Self::new(Step::Cursor(parameter, Place::Body(token)))
    }

    /// Pagination by cursor: `parameter` is the token in a header of the previous response. The last page has no token.
    pub const fn cursor_in_header(parameter: &'static str, header: &'static str) -> Self {
        Self::new(Step::Cursor(parameter, Place::Header(header)))
    }

    /// Pagination by URL: the URL of the next page is at a location of the body. The last page has no URL.
    pub const fn next_url(url: &'static str) -> Self {
        Self::new(Step::Url(Place::Body(url)))
    }

    /// Pagination by URL: the URL of the next page is in a response header. The last page has no URL.
    pub const fn next_url_in_header(header: &'static str) -> Self {
        Self::new(Step::Url(Place::Header(header)))
    }

    /// Pagination by URL: the URL of the next page is in the `Link` header with `rel="next"` (RFC 8288).
    pub const fn link_header() -> Self {
        Self::new(Step::Link)
    }

    /// Sets the location of the array of items. Default: the whole body.
    #[must_use]
    pub const fn items(self, items: &'static str) -> Self {
        Self { items, ..self }
    }

    /// Sets the location that tells whether there is another page: `false`, `null`, an empty string or a missing value
    /// ends the pagination. With a cursor or URL, only `false` does.
    #[must_use]
    pub const fn more(self, more: &'static str) -> Self {
        Self {
            more: Some(more),
            ..self
        }
    }

    /// Sets the location of the number of pages.
    #[must_use]
    pub const fn total_pages(self, total: &'static str) -> Self {
        Self {
            total_pages: Some(Place::Body(total)),
            ..self
        }
    }

    /// Sets the header that contains the number of pages.
    #[must_use]
    pub const fn total_pages_in_header(self, header: &'static str) -> Self {
        Self {
            total_pages: Some(Place::Header(header)),
            ..self
        }
    }

    /// Declares that the parameter is a property of the JSON request body, and its name a JSON Pointer. A request
    /// without a body gets one with this content type for the second page.
    #[must_use]
    pub const fn in_body(self, media_type: &'static str) -> Self {
        Self {
            body: Some(media_type),
            ..self
        }
    }

    /// Sets the parameter for the number of items per page, and its maximum. A page with fewer items than requested
    /// ends the pagination.
    #[must_use]
    pub const fn size(self, parameter: &'static str, most: u64) -> Self {
        Self {
            size: Some((parameter, most)),
            ..self
        }
    }
}
