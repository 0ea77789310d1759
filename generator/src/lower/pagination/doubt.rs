//! Operations that look as if they had pages and have none: why, and what the configuration would have to say.

use super::members::Member;
use super::rule::{next_url, token};
use super::words::{OFFSET, PAGE, START, is_one, plain};
use super::{By, Call};
use crate::config::is_pattern;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Location, Parameter};

/// What an operation has that looks like pages.
enum Look<'a> {
    Page(&'a Parameter),
    Offset(&'a Parameter),
    Cursor(&'a Parameter),
    Url(String),
}

impl<'a> Call<'a> {
    /// Why an operation that looks paged is not; `None` for one that does not.
    pub(super) fn doubt(self) -> Option<String> {
        let look = self.look()?;
        if let Err(reason) = self.repeats(false, By::Document) {
            return Some(reason);
        }
        if self.operation.successes().is_empty() {
            return Some("its response is not described".to_owned());
        }
        let Some(output) = self.output() else {
            return Some("its response is not JSON of one type".to_owned());
        };
        if !self.has_array(output) {
            return Some("its response has no array of items".to_owned());
        }
        if self.items(output, false).is_none() {
            return Some("it is not clear which array of its response has the items".to_owned());
        }
        Some(match look {
            Look::Page(parameter) | Look::Offset(parameter) if !self.is_number(parameter) => {
                format!("`{}` is not declared as a number", parameter.wire)
            }
            _ if self.has_cursor() => self.doubt_about_token(),
            Look::Page(parameter) if super::count::first(self, parameter).is_none() => {
                format!(
                    "the document does not say whether `{}` counts from 0 or 1",
                    parameter.wire
                )
            }
            Look::Page(parameter) | Look::Offset(parameter) => {
                format!(
                    "`{}` comes without a page size, and its response does not say where the pages end",
                    parameter.wire
                )
            }
            Look::Cursor(_) => self.doubt_about_token(),
            Look::Url(_) => "the document says that its link to the next page is not followed".to_owned(),
        })
    }

    fn has_cursor(self) -> bool {
        self.queries().any(|parameter| self.is_cursor(parameter))
    }

    fn doubt_about_token(self) -> String {
        let cursors: Vec<String> = self
            .queries()
            .filter(|parameter| self.is_cursor(parameter))
            .map(|parameter| format!("`{}`", parameter.wire))
            .collect();
        format!(
            "no property of its response is clearly the token for {}",
            cursors.join(" or ")
        )
    }

    /// What makes the operation look paged: a parameter, or a link to the next page.
    fn look(self) -> Option<Look<'a>> {
        let queries = || {
            let parameters = self.operation.parameters.iter();
            parameters.filter(|parameter| parameter.location == Location::Query)
        };
        let named = |words: &[&str]| queries().find(|parameter| is_one(&parameter.wire, words));
        let start = || named(&START).filter(|start| self.is_number(start) && self.size_parameter().is_some());
        queries()
            .find(|parameter| self.is_cursor(parameter))
            .map(Look::Cursor)
            .or_else(|| Some(Look::Page(named(&PAGE)?)))
            .or_else(|| Some(Look::Offset(named(&OFFSET).or_else(start)?)))
            .or_else(|| {
                let members = self.members(self.output()?);
                next_url(&members).map(|url| Look::Url(url.to_owned()))
            })
    }

    /// Adds the note that an operation is not paged.
    pub(super) fn note(self, reason: &str, diagnostics: &mut Diagnostics) {
        let message = format!("this operation looks paged, but {reason}; generated without `pages()` and `items()`");
        let noted = diagnostics.report(Code::NotPaged, &self.operation.origin, message);
        noted.help = self.way_out();
    }

    /// The line of the configuration that pages the operation, or says that it is not paged.
    pub(super) fn way_out(self) -> Option<String> {
        let reads = matches!(self.operation.method.as_str(), "GET" | "QUERY" | "POST");
        self.output().filter(|_| reads)?;
        let Some(id) = self.operation.id.as_deref() else {
            return Some(
                "give it an `operationId` with an overlay, then say in `[clients.NAME.pagination]` how it is paged"
                    .to_owned(),
            );
        };
        let table = self.table()?;
        let key = match id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
            true => id.to_owned(),
            false => quoted(id),
        };
        // a name with `*` in it stands for more than itself, and fits itself too
        let others = if is_pattern(id) {
            " (and what else the name fits)"
        } else {
            ""
        };
        Some(format!(
            "set `{key} = {table}` in `[clients.NAME.pagination]`{others} with the right values, or `{key} = false`"
        ))
    }

    /// A table of the configuration for the operation, as far as it can be told.
    fn table(self) -> Option<String> {
        let members = self.members(self.output()?);
        let items = match self.items(self.output()?, true) {
            Some(_) => String::new(),
            None => ", items = \"/items\"".to_owned(),
        };
        Some(match self.look()? {
            Look::Page(parameter) => {
                let first = super::count::first(self, parameter).unwrap_or(1);
                let name = quoted(&parameter.wire);
                format!("{{ style = \"page-number\", parameter = {name}, first = {first}{items} }}")
            }
            Look::Offset(parameter) => {
                let name = quoted(&parameter.wire);
                format!("{{ style = \"offset\", parameter = {name}{items} }}")
            }
            Look::Cursor(parameter) => {
                let next = token_like(&members, parameter).unwrap_or_else(|| "/next".to_owned());
                let (name, next) = (quoted(&parameter.wire), quoted(&next));
                format!("{{ style = \"cursor\", parameter = {name}, next = {next}{items} }}")
            }
            Look::Url(url) => format!("{{ style = \"next-url\", next = {}{items} }}", quoted(&url)),
        })
    }
}

/// The place that may be that of the token: one that fits, or one that is called like the parameter.
fn token_like(members: &[Member<'_>], parameter: &Parameter) -> Option<String> {
    let name = plain(&parameter.wire);
    let fitting = token(members, &name, "", true).map(str::to_owned);
    fitting.or_else(|| {
        let mut alike = members.iter().filter(|member| member.way.last() == Some(&name));
        alike.next().map(|member| member.pointer.clone())
    })
}

/// A text as TOML has it; what JSON escapes is escaped alike.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
