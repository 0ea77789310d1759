//! What the names of parameters and members leave no doubt about.
//!
//! A wrong guess is worse than none: it asks without end, or leaves out what is there. So every rule wants a parameter
//! and a reply that fit each other.

use super::members::Member;
use super::words::{
    CURSOR, LINKS, MORE, NEXT, NEXT_URL, OFFSET, PAGE, SIZE, START, TOKEN, TOKEN_WAY, TOTAL_PAGES, is_one, plain,
};
use super::{Call, Proposal, whole};
use crate::ir::{PageStep, Parameter, Primitive, ReplyPlace, TypeRef};

impl<'a> Call<'a> {
    pub(super) fn recognized(self) -> Option<Proposal> {
        let output = self.output()?;
        self.items(output)?;
        let members = self.members(output);
        self.by_cursor(&members)
            .or_else(|| self.by_last_item())
            .or_else(|| self.by_number(&members))
            .or_else(|| {
                let url = next_url(&members)?;
                Some(Proposal::new(PageStep::Url(ReplyPlace::Body(url.to_owned()))))
            })
            .or_else(|| self.by_link())
            .or_else(|| self.by_count())
    }

    /// A token of the reply goes into a parameter that is called like one.
    fn by_cursor(self, members: &[Member<'_>]) -> Option<Proposal> {
        let cursors: Vec<&Parameter> = self
            .queries()
            .filter(|parameter| is_one(&parameter.wire, &CURSOR))
            .collect();
        let fitting = |parameter: &&Parameter| {
            let token = token(members, &plain(&parameter.wire), cursors.len() == 1)?;
            Some((parameter.wire.clone(), token))
        };
        let (parameter, token) = cursors.iter().find_map(fitting)?;
        Some(Proposal {
            more: more(members).map(str::to_owned),
            ..Proposal::new(PageStep::Cursor {
                parameter,
                token: ReplyPlace::Body(token.to_owned()),
            })
        })
    }

    /// The identifier of the last item goes into `starting_after`, while `has_more` is true.
    fn by_last_item(self) -> Option<Proposal> {
        let output = self.output()?;
        let parameter = self
            .queries()
            .find(|parameter| is_one(&parameter.wire, &["startingafter"]))?;
        let way = self.items(output)?;
        let (_, item) = self.object(&self.item(output, &way)?.ty)?;
        let id = item.fields.iter().find(|field| field.wire == "id")?;
        self.primitive(&id.slot).filter(|id| !id.is_bool())?;
        let members = self.members(output);
        let more = more(&members)?.to_owned();
        let names = way.iter().filter_map(|(id, index)| match &self.api.types[*id].shape {
            crate::ir::Shape::Struct(object) => object.fields.get(*index),
            _ => None,
        });
        let items: String = names
            .map(|field| format!("/{}", super::members::escaped(&field.wire)))
            .collect();
        Some(Proposal {
            more: Some(more),
            ..Proposal::new(PageStep::Cursor {
                parameter: parameter.wire.clone(),
                token: ReplyPlace::Body(format!("{items}/-1/id")),
            })
        })
    }

    /// A parameter counts, and the reply says whether there is more.
    fn by_number(self, members: &[Member<'_>]) -> Option<Proposal> {
        let step = self.counting()?;
        let is_page = matches!(step, PageStep::Page { .. });
        let total_pages = members
            .iter()
            .find(|member| is_page && member.is(&TOTAL_PAGES) && member.is_number());
        let number = members.iter().find(|member| member.is(&NEXT) && member.is_number());
        let more = more(members)
            .or_else(|| next_url(members))
            .or_else(|| number.filter(|_| is_page).map(|member| member.pointer.as_str()));
        let total_pages = total_pages.map(|member| member.pointer.clone());
        let more = more.filter(|_| total_pages.is_none()).map(str::to_owned);
        (total_pages.is_some() || more.is_some()).then(|| Proposal {
            total_pages,
            more,
            ..Proposal::new(step)
        })
    }

    /// The reply has a header `Link`, and the parameters speak of pages.
    fn by_link(self) -> Option<Proposal> {
        let words: [&[&str]; 4] = [&PAGE, &SIZE, &OFFSET, &CURSOR];
        let speaks = |parameter: &Parameter| words.iter().any(|words| is_one(&parameter.wire, words));
        if !self.queries().any(speaks) {
            return None;
        }
        let mut responses = self.operation.responses.iter();
        let success = responses.find(|response| response.status.is_success())?;
        let headers = self
            .root
            .pointer(success.origin.as_str())?
            .get("headers")?
            .as_object()?;
        headers
            .keys()
            .any(|name| name.eq_ignore_ascii_case("link"))
            .then(|| Proposal::new(PageStep::Link))
    }

    /// A parameter counts, another has the size of a page, and the end is an empty page.
    fn by_count(self) -> Option<Proposal> {
        self.size_parameter()?;
        self.counting().map(Proposal::new)
    }

    /// The parameter that counts pages or items, when it is known from where.
    fn counting(self) -> Option<PageStep> {
        // where there are tokens, numbers alone lead nowhere
        if self.queries().any(|parameter| is_one(&parameter.wire, &CURSOR)) {
            return None;
        }
        let numbers = || self.queries().filter(|parameter| self.is_number(parameter));
        let page = numbers().find(|parameter| is_one(&parameter.wire, &PAGE));
        if let Some(page) = page {
            return Some(PageStep::Page {
                parameter: page.wire.clone(),
                first: first(self, page)?,
            });
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
            (parameter, first)
        });
        let start = || {
            let mut starts = numbers().filter(|parameter| is_one(&parameter.wire, &START));
            starts.find_map(|parameter| Some((parameter, first(self, parameter)?)))
        };
        let (parameter, first) = known.or_else(start)?;
        Some(PageStep::Offset {
            parameter: parameter.wire.clone(),
            first,
        })
    }

    /// The parameter for the size of a page.
    pub(super) fn size_parameter(self) -> Option<&'a Parameter> {
        self.queries()
            .find(|parameter| is_one(&parameter.wire, &SIZE) && self.is_number(parameter))
    }

    fn is_number(self, parameter: &Parameter) -> bool {
        use Primitive::{F64, I32, I64, I128, U32, U64};
        let ty = self.api.types.resolve(&parameter.slot.ty);
        matches!(ty, TypeRef::Primitive(I32 | I64 | U32 | U64 | I128 | F64))
    }
}

/// The number of what comes first, 0 or 1, when the document says so: by the default, the minimum, or in words.
pub(super) fn first(call: Call<'_>, parameter: &Parameter) -> Option<u64> {
    let number = |key| call.keyword(parameter, key).and_then(whole);
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

/// The token that goes into a parameter; by any name that a token has, if the parameter is `alone`.
fn token<'m>(members: &'m [Member<'_>], parameter: &str, alone: bool) -> Option<&'m str> {
    let is_token = |member: &&Member<'_>| !member.primitive.is_bool() && !is_url(member);
    let fits = |member: &&Member<'_>| {
        let Some(name) = member.way.last() else {
            return false;
        };
        let ends = |way: &[&str; 2]| member.way.ends_with(&way.map(str::to_owned));
        let next = ["next", "subsequent", "more results", "remaining"];
        let said = next.iter().any(|word| member.text.contains(word));
        // a member that is called like the parameter may repeat what was asked
        let same = name == parameter && (name.starts_with("next") || said);
        let kindred = TOKEN.contains(&name.as_str()) && (alone || name.contains(parameter));
        same || kindred || (alone && TOKEN_WAY.iter().any(ends))
    };
    let found = members.iter().filter(is_token).find(fits);
    found.map(|member| member.pointer.as_str())
}

/// The member that says whether there is more.
fn more<'m>(members: &'m [Member<'_>]) -> Option<&'m str> {
    let found = members
        .iter()
        .find(|member| member.is(&MORE) && member.primitive.is_bool());
    found.map(|member| member.pointer.as_str())
}

/// The member that has the URL of the next page.
fn next_url<'m>(members: &'m [Member<'_>]) -> Option<&'m str> {
    let is_next = |member: &&Member<'_>| {
        let text = !member.is_number() && member.primitive != Primitive::Bool;
        let [before @ .., name] = member.way.as_slice() else {
            return false;
        };
        let within = |words: &[&str]| before.last().is_some_and(|name| words.contains(&name.as_str()));
        let address = name == "href" && within(&["next"]);
        let linked = name == "next" && within(&LINKS);
        let named = NEXT_URL.contains(&name.as_str());
        let said = NEXT.contains(&name.as_str()) && is_url(member);
        text && (address || linked || named || said)
    };
    let found = members.iter().find(is_next);
    found.map(|member| member.pointer.as_str())
}

/// Whether a member is said to be a URL.
fn is_url(member: &Member<'_>) -> bool {
    let formats = ["uri", "url", "uri-reference", "iri"];
    let words = ["url", "uri", "link", "http", "href"];
    member.format.is_some_and(|format| formats.contains(&format))
        || words.iter().any(|word| {
            member
                .text
                .split(|c: char| !c.is_alphanumeric())
                .any(|part| part == *word)
        })
}
