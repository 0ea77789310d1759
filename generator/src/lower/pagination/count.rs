//! Parameters that are a page number or an offset.

use serde_json::Value;

use super::call::{Call, Proposal, whole};
use super::members::Member;
use super::rule::{more, next_url};
use super::words::{NEXT, NUMBER, OFFSET, PAGE, SIZE, START, TOTAL_PAGES, TOTAL_PAGES_HEADER, is_one, plain};
use crate::ir::{First, PageStep, Parameter, Primitive, ReplyPlace, TypeRef};

impl<'a> Call<'a> {
    /// A parameter counts, and the response says whether there is more.
    pub(super) fn by_number(self, members: &[Member<'_>]) -> Option<Proposal> {
        let step = self.counting(members)?;
        let total_pages = self.total_pages(members, &step);
        let is_page = matches!(step, PageStep::Page { .. });
        let number = members.iter().find(|member| member.is(&NEXT) && member.is_number());
        let more = more(members)
            .or_else(|| next_url(members))
            .or_else(|| number.filter(|_| is_page).map(|member| member.pointer.as_str()));
        let more = more.filter(|_| total_pages.is_none()).map(str::to_owned);
        (total_pages.is_some() || more.is_some()).then(|| Proposal {
            total_pages,
            more,
            ..Proposal::new(step)
        })
    }

    /// Where a page says how many pages there are.
    fn total_pages(self, members: &[Member<'_>], step: &PageStep) -> Option<ReplyPlace> {
        let PageStep::Page { first, .. } = step else {
            return None;
        };
        // the number of the last page is the number of pages where they count from 1
        let last = |member: &Member<'_>| member.is(&["lastpage"]) && *first == First::Number(1);
        let member = members
            .iter()
            .find(|member| (member.is(&TOTAL_PAGES) || last(member)) && member.is_number());
        let header = || {
            let mut headers = self.success()?.headers.iter();
            headers.find(|header| is_one(&header.wire, &TOTAL_PAGES_HEADER))
        };
        member
            .map(|member| ReplyPlace::Body(member.pointer.clone()))
            .or_else(|| Some(ReplyPlace::Header(header()?.wire.clone())))
    }

    /// A parameter counts, another has the size of a page or it is said that it pages, and the end is an empty page.
    pub(super) fn by_count(self) -> Option<Proposal> {
        let members = self.members(self.output()?);
        let step = self.counting(&members)?;
        let parameter = self.query(step.parameter()?)?;
        let text = parameter.docs.description.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|words| text.contains(words));
        let paged = says(&["page of results", "results page", "collection page", "paginat"]);
        (self.size_parameter().is_some() || paged).then(|| Proposal::new(step))
    }

    /// The parameter that counts pages or items, when it is known from where.
    pub(super) fn counting(self, members: &[Member<'_>]) -> Option<PageStep> {
        // where there are tokens, numbers alone cannot be resolved
        if self.queries().any(|parameter| self.is_cursor(parameter)) {
            return None;
        }
        let numbers = || self.queries().filter(|parameter| self.is_number(parameter));
        let is_page = |parameter: &&Parameter| is_one(&parameter.wire, &PAGE);
        // text that is a number is one where the response has it as a number
        let as_text = || {
            let is_text = |page: &&Parameter| self.primitive(&page.slot) == Some(Primitive::String);
            let mut texts = self.queries().filter(is_page).filter(is_text);
            texts.find(|page| echo(page, &NUMBER, members).is_some())
        };
        if let Some(page) = numbers().find(is_page).or_else(as_text) {
            let first = self.first_page(page, members)?;
            let parameter = page.wire.clone();
            return Some(PageStep::Page { parameter, first });
        }
        self.size_parameter()?;
        let counts_pages = |parameter: &Parameter| {
            let text = parameter.docs.description.to_lowercase();
            ["page number", "number of pages", "page offset", "pages to skip"]
                .iter()
                .any(|words| text.contains(words))
        };
        let offset = numbers().find(|parameter| is_one(&parameter.wire, &OFFSET));
        let known = offset.filter(|parameter| !counts_pages(parameter)).map(|parameter| {
            let first = first(self, parameter).unwrap_or(0);
            (parameter, First::Number(first))
        });
        let start = || {
            let mut starts = numbers().filter(|parameter| is_one(&parameter.wire, &START));
            starts.find_map(|parameter| {
                let known = first(self, parameter).map(First::Number);
                Some((parameter, known.or_else(|| echo(parameter, &[], members))?))
            })
        };
        let (parameter, first) = known.or_else(start)?;
        Some(PageStep::Offset {
            parameter: parameter.wire.clone(),
            first,
        })
    }

    /// The number of the first page: what the document says, or where the page says it itself.
    fn first_page(self, page: &Parameter, members: &[Member<'_>]) -> Option<First> {
        match first(self, page) {
            Some(first) => Some(First::Number(first)),
            // a default that is neither 0 nor 1 means something else
            None if self.keyword(page, "default").is_some() => None,
            None => echo(page, &NUMBER, members),
        }
    }

    /// The parameter for the size of a page.
    pub(super) fn size_parameter(self) -> Option<&'a Parameter> {
        self.queries()
            .find(|parameter| is_one(&parameter.wire, &SIZE) && self.is_number(parameter))
    }

    /// Whether a parameter is a number, or text whose default is one.
    pub(super) fn is_number(self, parameter: &Parameter) -> bool {
        use Primitive::{F64, I32, I64, I128, String, U32, U64};
        match self.api.types.resolve(&parameter.slot.ty) {
            TypeRef::Primitive(I32 | I64 | U32 | U64 | I128 | F64) => true,
            TypeRef::Primitive(String) => self.keyword(parameter, "default").and_then(number).is_some(),
            _ => false,
        }
    }
}

/// A whole number, also one that is written as text.
fn number(value: &Value) -> Option<u64> {
    whole(value).or_else(|| value.as_str()?.parse().ok())
}

/// Where a page says which number it has: a member that is called like the parameter, or by one of these names.
fn echo(parameter: &Parameter, names: &[&str], members: &[Member<'_>]) -> Option<First> {
    let own = plain(&parameter.wire);
    let mut numbers = members.iter().filter(|member| member.is_number());
    let found = numbers.find(|member| member.is(&[own.as_str()]) || member.is(names))?;
    Some(First::At(found.pointer.clone()))
}

/// The number of what comes first, 0 or 1, when the document says so: by the default, the minimum, or in words.
pub(super) fn first(call: Call<'_>, parameter: &Parameter) -> Option<u64> {
    let number = |key| call.keyword(parameter, key).and_then(number);
    match (number("default"), number("minimum")) {
        (Some(first @ (0 | 1)), _) | (None, Some(first @ 1)) => return Some(first),
        (Some(_), _) => return None,
        _ => {}
    }
    let in_words = first_in_words(&parameter.docs.description);
    in_words.or_else(|| number("minimum").filter(|first| *first == 0))
}

/// What "starts at 1", "zero-based" and the like say.
fn first_in_words(text: &str) -> Option<u64> {
    let text: String = text
        .to_lowercase()
        .chars()
        .filter(|c| !"`'\"*():=".contains(*c))
        .collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.replace("zero", "0").replace("one-", "1-");
    let says = |phrase: &str| {
        let after = |at: usize| text[at + phrase.len()..].chars().next();
        text.match_indices(phrase)
            .any(|(at, _)| !after(at).is_some_and(|next| next.is_ascii_digit()))
    };
    let said = |first: u64| {
        let verbs = [
            "starting at",
            "starting from",
            "starting with",
            "starts at",
            "starts from",
            "starts with",
            "start at",
            "start from",
            "counted from",
            "beginning at",
            "beginning with",
            "begins at",
            "begins with",
            "first page is",
            "default",
            "default is",
            "defaults to",
            "default value is",
            "default value",
            "default to",
        ];
        let suffixes = ["-based", " based", "-indexed", " indexed", "-index"];
        verbs.iter().any(|verb| says(&format!("{verb} {first}")))
            || suffixes.iter().any(|suffix| text.contains(&format!("{first}{suffix}")))
    };
    match (said(0), said(1)) {
        (true, false) => Some(0),
        (false, true) => Some(1),
        _ => None,
    }
}
