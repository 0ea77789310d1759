//! Operations that look paginated but are not: the reason, and the setting that would paginate them.

use super::call::{By, Call};
use super::count;
use super::members::Member;
use super::rule::{next_url, token};
use super::words::{CURSOR, OFFSET, PAGE, SIZE, START, is_one, plain};
use crate::config::is_pattern;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Location, Parameter, Primitive};

/// What an operation has that looks like pages.
enum Look<'a> {
    Page(Spot<'a>),
    Offset(Spot<'a>),
    Cursor(Spot<'a>),
    Url(String),
}

/// What would lead to the next page.
enum Spot<'a> {
    Query(&'a Parameter),
    /// A member of the JSON body, at a pointer.
    Body(String),
}

impl Spot<'_> {
    /// The name, for a reader.
    fn name(&self) -> &str {
        match self {
            Self::Query(parameter) => &parameter.wire,
            Self::Body(pointer) => pointer.trim_start_matches('/'),
        }
    }

    /// The key of the configuration for it.
    fn key(&self) -> String {
        match self {
            Self::Query(parameter) => format!("parameter = {}", quoted(&parameter.wire)),
            Self::Body(pointer) => format!("body = {}", quoted(pointer)),
        }
    }
}

impl<'a> Call<'a> {
    /// Why an operation that looks paginated is not; `None` for one that does not.
    pub(super) fn doubt(self) -> Option<String> {
        let look = self.look()?;
        let token_in_body = matches!(look, Look::Cursor(Spot::Body(_)));
        if let Err(reason) = self.repeats(token_in_body, By::Document) {
            return Some(reason);
        }
        if self.operation.successes().is_empty() {
            return Some("its response has no schema".to_owned());
        }
        let Some(output) = self.output() else {
            return Some("its response is not a single JSON type".to_owned());
        };
        if !self.has_array(output) {
            return Some("its response has no array of items".to_owned());
        }
        if self.items(output, false).is_none() {
            return Some("its response has several arrays that could be the items".to_owned());
        }
        Some(match look {
            Look::Page(Spot::Query(parameter)) | Look::Offset(Spot::Query(parameter)) if !self.is_number(parameter) => {
                format!("`{}` is not declared as a number", parameter.wire)
            }
            Look::Cursor(spot) => format!(
                "no property of its response can be identified as the token for `{}`",
                spot.name()
            ),
            Look::Page(Spot::Query(parameter)) if count::first(self, parameter).is_none() => {
                format!(
                    "the document does not say whether `{}` counts from 0 or 1",
                    parameter.wire
                )
            }
            Look::Page(spot) | Look::Offset(spot) => format!(
                "`{}` has no page size parameter beside it, and its response does not say which page is the last",
                spot.name()
            ),
            Look::Url(_) => "the document says not to follow its link to the next page".to_owned(),
        })
    }

    /// What makes the operation look paged: a parameter, a link to the next page, or a member of the body.
    fn look(self) -> Option<Look<'a>> {
        let queries = || {
            let parameters = self.operation.parameters.iter();
            parameters.filter(|parameter| parameter.location == Location::Query)
        };
        let named = |words: &[&str]| queries().find(|parameter| is_one(&parameter.wire, words));
        let start = || named(&START).filter(|start| self.is_number(start) && self.size_parameter().is_some());
        let cursor = queries().find(|parameter| self.is_cursor(parameter));
        // in the query of a `POST` there may be what its body has as well
        let in_body = self.look_at_body();
        if let Some(Look::Cursor(_)) = in_body {
            return in_body;
        }
        cursor
            .map(|cursor| Look::Cursor(Spot::Query(cursor)))
            .or_else(|| Some(Look::Page(Spot::Query(named(&PAGE)?))))
            .or_else(|| Some(Look::Offset(Spot::Query(named(&OFFSET).or_else(start)?))))
            .or_else(|| {
                let members = self.members(self.output()?);
                next_url(&members).map(|url| Look::Url(url.to_owned()))
            })
            .or(in_body)
    }

    /// A member of the body that would lead to the next page, where the response may be one.
    fn look_at_body(self) -> Option<Look<'a>> {
        let is_post = self.operation.method.as_str() == "POST";
        let output = self.output().filter(|output| is_post && self.has_array(output))?;
        self.items(output, true)?;
        let own = self.members(self.json_body()?);
        let text = |member: &&Member<'_>| member.is(&CURSOR) && member.primitive == Primitive::String;
        let numbers = |words: &'static [&'static str]| {
            let mut own = own.iter();
            own.find(|member| member.is(words) && member.is_number())
        };
        let spot = |member: &Member<'_>| Spot::Body(member.pointer.clone());
        let cursor = own.iter().find(text).map(|cursor| Look::Cursor(spot(cursor)));
        let sized = || numbers(&SIZE).is_some();
        cursor
            .or_else(|| numbers(&PAGE).filter(|_| sized()).map(|page| Look::Page(spot(page))))
            .or_else(|| {
                numbers(&OFFSET)
                    .filter(|_| sized())
                    .map(|offset| Look::Offset(spot(offset)))
            })
    }

    /// Adds the note that an operation is not paged.
    pub(super) fn note(self, reason: &str, diagnostics: &mut Diagnostics) {
        let message =
            format!("this operation looks paginated, but {reason}; generated without `pages()` and `items()`");
        let noted = diagnostics.report(Code::NotPaged, &self.operation.origin, message);
        noted.help = self.way_out();
    }

    /// The line of the configuration that pages the operation, or says that it is not paged.
    pub(super) fn way_out(self) -> Option<String> {
        let reads = matches!(self.operation.method.as_str(), "GET" | "QUERY" | "POST");
        self.output().filter(|_| reads)?;
        let Some(id) = self.operation.id.as_deref() else {
            return Some(
                "add an `operationId` with an overlay, then configure it in `[clients.NAME.pagination]`".to_owned(),
            );
        };
        let key = match id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
            true => id.to_owned(),
            false => quoted(id),
        };
        if !self.output().is_some_and(|output| self.has_array(output)) {
            return Some(format!(
                "to hide this note, set `{key} = false` in `[clients.NAME.pagination]`"
            ));
        }
        let table = self.table()?;
        // a name with `*` in it stands for more than itself, and fits itself too
        let others = match is_pattern(id) {
            true => " (it applies to every operation whose name matches)",
            false => "",
        };
        Some(format!(
            "set `{key} = {table}` in `[clients.NAME.pagination]`{others} with the right values, or `{key} = false`"
        ))
    }

    /// A table of the configuration for the operation, as far as it can be told.
    fn table(self) -> Option<String> {
        let output = self.output()?;
        let items = match self.items(output, true) {
            Some(_) => "",
            None => ", items = \"/items\"",
        };
        let steps = match self.look()? {
            Look::Page(spot) => {
                let known = match spot {
                    Spot::Query(parameter) => count::first(self, parameter),
                    Spot::Body(_) => None,
                };
                let first = known.unwrap_or(1);
                format!("style = \"page-number\", {}, first = {first}", spot.key())
            }
            Look::Offset(spot) => format!("style = \"offset\", {}", spot.key()),
            Look::Cursor(spot) => {
                let next = token_like(&self.members(output), spot.name()).unwrap_or_else(|| "/next".to_owned());
                format!("style = \"cursor\", {}, next = {}", spot.key(), quoted(&next))
            }
            Look::Url(url) => format!("style = \"next-url\", next = {}", quoted(&url)),
        };
        Some(format!("{{ {steps}{items} }}"))
    }
}

/// The place that may be that of the token: one that fits, or one that is called like the parameter.
fn token_like(members: &[Member<'_>], parameter: &str) -> Option<String> {
    let name = plain(parameter.rsplit('/').next().unwrap_or_default());
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
