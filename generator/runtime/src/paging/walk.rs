//! From page to page: what to ask next, and when there is nothing more to ask.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use bytes::Bytes;

use super::super::client::Request;
use super::super::model::pointer::{Found, find};
use super::super::reply::{Error, ErrorKind, PagingError, Reply};
use super::link;
use super::paged::{First, Paging, Place, Step};

/// Default maximum number of pages: more than any listing has, and still an end.
const MAX_PAGES: u64 = 1_000_000;

/// Progress through the pages of one request.
pub(crate) struct Walk {
    paging: Paging,
    /// Request for the next page; `None` at the end.
    request: Option<Request>,
    /// Number of the page or index of its first item, if the parameter counts and it is known.
    position: Option<u64>,
    /// Number of the first page.
    first: Option<u64>,
    /// Requested number of items per page, if full pages are declared to have that many.
    size: Option<u64>,
    /// Hashes of the tokens and URLs that were requested.
    seen: HashSet<u64>,
    hasher: RandomState,
    /// Previous page.
    last: Bytes,
    asked: u64,
    max_pages: u64,
    failure: Option<Error>,
}

impl Walk {
    pub(crate) fn new(mut request: Request, paging: Paging) -> Self {
        let (mut position, mut first) = (None, None);
        if let Step::Page(parameter, from) | Step::Offset(parameter, from) = paging.step {
            first = match from {
                First::Number(number) => Some(number),
                First::At(_) => None,
            };
            position = request.position(parameter, paging.body).or(first);
        }
        let size = paging.size.and_then(|(parameter, most)| {
            let asked = request.count(parameter)?;
            (1..=most).contains(&asked).then_some(asked)
        });
        let mut walk = Self {
            paging,
            position,
            first,
            size,
            seen: HashSet::new(),
            hasher: RandomState::new(),
            last: Bytes::new(),
            asked: 0,
            max_pages: MAX_PAGES,
            failure: None,
            request: None,
        };
        walk.is_new(&request);
        walk.request = Some(request);
        walk
    }

    pub(crate) fn max_pages(&mut self, max_pages: u64) {
        self.max_pages = max_pages;
    }

    /// Returns the request for the next page, or the reason why it is not sent; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Result<Request, Error>> {
        if let Some(failure) = self.failure.take() {
            self.request = None;
            return Some(Err(failure));
        }
        let request = self.request.as_mut()?;
        if self.asked == self.max_pages {
            let limit = self.max_pages;
            let error = request.failure(ErrorKind::Paging(PagingError::TooManyPages { limit }), None);
            self.request = None;
            return Some(Err(error));
        }
        self.asked += 1;
        Some(Ok(request.take_copy()))
    }

    /// Ends the pagination.
    pub(crate) fn stop(&mut self) {
        self.request = None;
    }

    /// Advances to the next page, if there is one.
    pub(crate) fn turn(&mut self, reply: &Reply) {
        let Some(mut request) = self.request.take() else {
            return;
        };
        match self.point(&mut request, reply) {
            Ok(true) => self.request = Some(request),
            Ok(false) => {}
            Err(error) => self.failure = Some(request.failure(ErrorKind::Paging(error), Some(reply.clone()))),
        }
    }

    /// Updates the request for the next page, and returns whether there is one.
    fn point(&mut self, request: &mut Request, reply: &Reply) -> Result<bool, PagingError> {
        let at = |place| match place {
            Place::Body(pointer) => find(reply.body(), pointer),
            Place::Header(name) => header(reply, name),
        };
        let next = match self.paging.step {
            Step::Page(parameter, _) => return self.count_on(request, reply, parameter, true),
            Step::Offset(parameter, _) => return self.count_on(request, reply, parameter, false),
            Step::Cursor(_, place) => at(place),
            // JSON:API has links that are objects
            Step::Url(Place::Body(pointer)) => match find(reply.body(), pointer) {
                Found::Object => find(reply.body(), &format!("{pointer}/href")),
                found => found,
            },
            Step::Url(place) => at(place),
            Step::Link => link::next(reply.headers()).map_or(Found::Nothing, Found::Text),
        };
        let ended = |more| find(reply.body(), more) == Found::Flag(false);
        let is_number = matches!(next, Found::Number(_));
        let Some(next) = next.into_text().filter(|_| !self.paging.more.is_some_and(ended)) else {
            return Ok(false);
        };
        match (self.paging.step, self.paging.body) {
            (Step::Cursor(parameter, _), Some(media_type)) => {
                let token = if is_number { next } else { json_text(&next) };
                request.set_member(parameter, &token, media_type);
            }
            (Step::Cursor(parameter, _), None) => request.set_query(parameter, &next),
            _ => request.follow(&next)?,
        }
        match self.is_new(request) {
            true => Ok(true),
            false => Err(PagingError::Repeated),
        }
    }

    /// Increases the count by one page, or by the items of this one.
    fn count_on(
        &mut self,
        request: &mut Request,
        reply: &Reply,
        parameter: &'static str,
        by_page: bool,
    ) -> Result<bool, PagingError> {
        let items = match find(reply.body(), self.paging.items) {
            Found::List(length) => length,
            _ => 0,
        };
        self.read_position(reply);
        if !self.goes_on(reply, items) {
            return Ok(false);
        }
        let step = if by_page { 1 } else { items };
        // a server that knows nothing of the parameter sends the same page for ever
        if step == 0 || self.last == *reply.body() {
            return Err(PagingError::Repeated);
        }
        self.last = reply.body().clone();
        let position = self.position.ok_or(PagingError::Unnumbered)?.saturating_add(step);
        self.position = Some(position);
        match self.paging.body {
            Some(media_type) => request.set_member(parameter, &position.to_string(), media_type),
            None => request.set_query(parameter, &position.to_string()),
        }
        Ok(true)
    }

    /// Reads the number of the first page from its response, if it is unknown.
    fn read_position(&mut self, reply: &Reply) {
        if self.position.is_some() {
            return;
        }
        if let Step::Page(_, First::At(number)) | Step::Offset(_, First::At(number)) = self.paging.step {
            self.position = find(reply.body(), number).count();
            self.first = self.position;
        }
    }

    /// Returns whether there is a page after one with so many items, for a parameter that counts.
    fn goes_on(&self, reply: &Reply, items: u64) -> bool {
        let at = |pointer| find(reply.body(), pointer);
        let total = self.paging.total_pages.map(|place| match place {
            Place::Body(pointer) => at(pointer),
            Place::Header(name) => header(reply, name),
        });
        if let (Some(total), Some(position)) = (total.and_then(|total| total.count()), self.position) {
            // most count from 1; who counts from 0 is asked for a page too many, which is empty
            let first = self.first.unwrap_or(1);
            return position.saturating_sub(first).saturating_add(1) < total;
        }
        match self.paging.more.map(at) {
            Some(Found::Nothing | Found::Flag(false)) => false,
            Some(Found::Text(text)) => !text.is_empty(),
            Some(_) => true,
            None => items > 0 && self.size.is_none_or(|size| items >= size),
        }
    }

    /// Returns whether the page of this request has not been requested before.
    fn is_new(&mut self, request: &Request) -> bool {
        let target = match (self.paging.step, self.paging.body) {
            (Step::Cursor(parameter, _), Some(_)) => request.member(parameter).into_text(),
            (Step::Cursor(parameter, _), None) => request.query_value(parameter),
            _ => request.target(),
        };
        // the first page of a cursor has none
        target.is_none_or(|target| self.seen.insert(self.hasher.hash_one(target)))
    }
}

/// What a header has, where it has text.
fn header(reply: &Reply, name: &str) -> Found {
    let value = reply.headers().get(name).and_then(|value| value.to_str().ok());
    value.map_or(Found::Nothing, |value| Found::Text(value.to_owned()))
}

/// A text as JSON.
fn json_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
