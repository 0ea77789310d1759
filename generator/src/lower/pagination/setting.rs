//! What the configuration says of an operation.

use super::{Call, Proposal, rule};
use crate::config::Pages;
use crate::ir::{PageStep, ReplyPlace};

impl Call<'_> {
    pub(super) fn configured(self, pages: &Pages) -> Proposal {
        let known = |parameter: &str| self.query(parameter).and_then(|parameter| rule::first(self, parameter));
        let (step, items, more, total_pages) = match pages.clone() {
            Pages::PageNumber {
                parameter,
                first,
                more,
                total_pages,
                items,
            } => {
                let first = first.or_else(|| known(&parameter)).unwrap_or(1);
                (PageStep::Page { parameter, first }, items, more, total_pages)
            }
            Pages::Offset {
                parameter,
                first,
                more,
                items,
            } => {
                let first = first.or_else(|| known(&parameter)).unwrap_or(0);
                (PageStep::Offset { parameter, first }, items, more, None)
            }
            Pages::Cursor {
                parameter,
                next,
                header,
                more,
                items,
            } => {
                let token = header.map_or(ReplyPlace::Body(next), ReplyPlace::Header);
                (PageStep::Cursor { parameter, token }, items, more, None)
            }
            Pages::NextUrl { next, items } => (PageStep::Url(ReplyPlace::Body(next)), items, None, None),
            Pages::LinkHeader { items } => (PageStep::Link, items, None, None),
        };
        Proposal {
            step,
            items,
            more,
            total_pages,
        }
    }
}
