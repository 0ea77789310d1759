//! Pagination as configured.

use super::call::{Call, Proposal};
use super::count;
use crate::config::Pages;
use crate::ir::{First, PageStep, ReplyPlace};

impl Call<'_> {
    pub(super) fn configured(self, pages: &Pages) -> Proposal {
        let proposal = match pages.clone() {
            Pages::PageNumber {
                parameter,
                body,
                first,
                number,
                more,
                total_pages,
                total_pages_header,
                items,
            } => {
                let first = self.first_configured(&parameter, first, number, 1);
                let total = total_pages.map(ReplyPlace::Body);
                Proposal {
                    items,
                    more,
                    total_pages: total_pages_header.map(ReplyPlace::Header).or(total),
                    ..Proposal::of(body, parameter, |parameter| PageStep::Page { parameter, first })
                }
            }
            Pages::Offset {
                parameter,
                body,
                first,
                number,
                more,
                items,
            } => {
                let first = self.first_configured(&parameter, first, number, 0);
                Proposal {
                    items,
                    more,
                    ..Proposal::of(body, parameter, |parameter| PageStep::Offset { parameter, first })
                }
            }
            Pages::Cursor {
                parameter,
                body,
                next,
                header,
                more,
                items,
            } => {
                let token = header.map_or(ReplyPlace::Body(next), ReplyPlace::Header);
                Proposal {
                    items,
                    more,
                    ..Proposal::of(body, parameter, |parameter| PageStep::Cursor { parameter, token })
                }
            }
            Pages::NextUrl { next, items } => Proposal {
                items,
                ..Proposal::new(PageStep::Url(ReplyPlace::Body(next)))
            },
            Pages::LinkHeader { items } => Proposal {
                items,
                ..Proposal::new(PageStep::Link)
            },
        };
        Proposal {
            certain: true,
            ..proposal
        }
    }

    /// The number of the first page or item: what the configuration says, what the document says, or what is usual.
    fn first_configured(self, parameter: &str, first: Option<u64>, number: Option<String>, usual: u64) -> First {
        if let (None, Some(number)) = (first, number) {
            return First::At(number);
        }
        let known = || count::first(self, self.query(parameter)?);
        First::Number(first.or_else(known).unwrap_or(usual))
    }
}

impl Proposal {
    /// A step by a member of the body, if there is a pointer to one, or by a query parameter.
    fn of(body: Option<String>, parameter: String, step: impl FnOnce(String) -> PageStep) -> Self {
        let in_body = body.is_some();
        Self {
            in_body,
            ..Self::new(step(body.unwrap_or(parameter)))
        }
    }
}
