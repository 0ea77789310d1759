//! Detects pagination by the names of parameters and properties.
//!
//! A wrong guess is worse than none: it asks without end, or leaves out what is there. So every rule wants a parameter
//! and a response that fit each other.

use super::call::{By, Call, Proposal};
use super::members::{Member, escaped};
use super::words::{
    AFTER, CURSOR, HEADER_TOKEN, LINKS, MORE, NEXT, NEXT_URL, OFFSET, PAGE, SIZE, TOKEN, TOKEN_WAY, is_one, plain,
};
use crate::ir::{PageStep, Parameter, Primitive, ReplyPlace, Shape};

impl<'a> Call<'a> {
    pub(super) fn recognized(self) -> Option<Proposal> {
        let output = self.output()?;
        let members = self.members(output);
        if self.repeats(false, By::Document).is_err() {
            return self.by_body(&members);
        }
        let links = !self.says_one_page();
        let by_url = |url: &str| Proposal::new(PageStep::Url(ReplyPlace::Body(url.to_owned())));
        let url = || next_url(&members).filter(|_| links);
        // OData says that its link is followed; not every list can skip
        let odata = || url().filter(|url| plain(url) == "odatanextlink").map(by_url);
        self.by_cursor(&members)
            .or_else(|| self.by_last_item(&members))
            .or_else(odata)
            .or_else(|| self.by_number(&members))
            .or_else(|| url().map(by_url))
            .or_else(|| self.by_link().filter(|_| links))
            .or_else(|| self.by_count())
            .or_else(|| self.by_body(&members))
    }

    /// A token of the response goes into a parameter that is called like one.
    fn by_cursor(self, members: &[Member<'_>]) -> Option<Proposal> {
        let cursors: Vec<&Parameter> = self.queries().filter(|parameter| self.is_cursor(parameter)).collect();
        let alone = cursors.len() == 1;
        let fitting = |parameter: &&Parameter| {
            let text = parameter.docs.description.to_lowercase();
            let token = token(members, &plain(&parameter.wire), &text, alone)?;
            Some((parameter.wire.clone(), ReplyPlace::Body(token.to_owned())))
        };
        let in_header = || {
            let parameter = cursors.first().filter(|_| alone)?;
            Some((parameter.wire.clone(), ReplyPlace::Header(self.token_in_header()?)))
        };
        let (parameter, token) = cursors.iter().find_map(fitting).or_else(in_header)?;
        Some(Proposal {
            more: more(members).map(str::to_owned),
            ..Proposal::certain(PageStep::Cursor { parameter, token })
        })
    }

    /// Whether a query parameter takes a token: by its name, or because `page` is a text that is said to be one.
    pub(super) fn is_cursor(self, parameter: &Parameter) -> bool {
        let text = parameter.docs.description.to_lowercase();
        let said = || text.contains("cursor") || text.contains("token");
        match self.primitive(&parameter.slot) {
            // `after` may be a date
            Some(Primitive::Date | Primitive::DateTime | Primitive::Bool) => false,
            Some(Primitive::String) if is_one(&parameter.wire, &PAGE) => said(),
            _ => is_one(&parameter.wire, &CURSOR),
        }
    }

    /// The header of a page that has the token of the next.
    fn token_in_header(self) -> Option<String> {
        let is_token = |name: &str| HEADER_TOKEN.iter().any(|word| plain(name).ends_with(word));
        let mut headers = self.success()?.headers.iter().filter(|header| is_token(&header.wire));
        match (headers.next(), headers.next()) {
            (Some(only), None) => Some(only.wire.clone()),
            _ => None,
        }
    }

    /// The identifier of the last item goes into a parameter, while `has_more` is true: `last_id` where the response says
    /// it, else the member `id` of the item.
    fn by_last_item(self, members: &[Member<'_>]) -> Option<Proposal> {
        let parameter = self.queries().find(|parameter| is_one(&parameter.wire, &AFTER))?;
        let more = more(members)?.to_owned();
        let last = members
            .iter()
            .find(|member| member.is(&["lastid"]) && !member.primitive.is_bool());
        let token = match last {
            Some(last) => last.pointer.clone(),
            None => self.id_of_last(parameter)?,
        };
        Some(Proposal {
            more: Some(more),
            ..Proposal::certain(PageStep::Cursor {
                parameter: parameter.wire.clone(),
                token: ReplyPlace::Body(token),
            })
        })
    }

    /// The place of the identifier of the last item. `after` may be a date as well, unless it is said to be a cursor.
    fn id_of_last(self, parameter: &Parameter) -> Option<String> {
        let text = parameter.docs.description.to_lowercase();
        let says = ["cursor", " id ", "identifier", "object id"];
        if plain(&parameter.wire) == "after" && !says.iter().any(|word| text.contains(word)) {
            return None;
        }
        let output = self.output()?;
        let way = self.items(output, true)?;
        let (_, item) = self.object(&self.item(output, &way)?.ty)?;
        let id = item.fields.iter().find(|field| field.wire == "id")?;
        self.primitive(&id.slot).filter(|id| !id.is_bool())?;
        let names = way.iter().filter_map(|(id, index)| match &self.api.types[*id].shape {
            Shape::Struct(object) => object.fields.get(*index),
            _ => None,
        });
        let items: String = names.map(|field| format!("/{}", escaped(&field.wire))).collect();
        Some(format!("{items}/-1/id"))
    }

    /// The response has a header `Link`, or a parameter is said to be taken from it, and the parameters speak of pages.
    fn by_link(self) -> Option<Proposal> {
        let words: [&[&str]; 4] = [&PAGE, &SIZE, &OFFSET, &CURSOR];
        let speaks = |parameter: &&Parameter| words.iter().any(|words| is_one(&parameter.wire, words));
        let mut speaking = self.queries().filter(speaks).peekable();
        speaking.peek()?;
        let mut headers = self.success()?.headers.iter();
        let declared = headers.any(|header| header.wire.eq_ignore_ascii_case("link"));
        let said = |parameter: &Parameter| parameter.docs.description.to_lowercase().contains("link header");
        (declared || speaking.any(said)).then(|| Proposal::new(PageStep::Link))
    }

    /// Whether the document says that a link is not followed: `nextLinkName: null` of `x-ms-pageable` means that there is
    /// one page.
    fn says_one_page(self) -> bool {
        let own = self.root.pointer(self.operation.origin.as_str());
        own.and_then(|own| own.get("x-ms-pageable")?.get("nextLinkName"))
            .is_some_and(serde_json::Value::is_null)
    }
}

impl Proposal {
    /// A step that shows that every response is a page.
    pub(super) fn certain(step: PageStep) -> Self {
        Self {
            certain: true,
            ..Self::new(step)
        }
    }
}

/// The token that goes into a parameter; by any name that a token has, if the parameter is `alone`.
pub(super) fn token<'m>(members: &'m [Member<'_>], parameter: &str, about: &str, alone: bool) -> Option<&'m str> {
    let is_token = |member: &&Member<'_>| !member.primitive.is_bool() && !is_url(member);
    // "the `cursor` of the previous response"
    let returned = RETURNED.iter().any(|words| about.contains(words));
    let fits = |member: &&Member<'_>| {
        let Some(name) = member.way.last() else {
            return false;
        };
        let ends = |way: &[&str; 2]| member.way.ends_with(&way.map(str::to_owned));
        let next = ["next", "subsequent", "more results", "remaining"];
        let said = returned || next.iter().any(|word| member.text.contains(word));
        // a member that is called like the parameter may repeat what was asked
        let same = name == parameter && (name.starts_with("next") || said);
        let kindred = TOKEN.contains(&name.as_str()) && (alone || name.contains(parameter));
        let plainly = NEXT.contains(&name.as_str())
            && member.primitive == Primitive::String
            && (name.contains(parameter) || ["cursor", "token"].iter().any(|word| member.text.contains(word)));
        same || kindred || (alone && (plainly || TOKEN_WAY.iter().any(ends)))
    };
    let found = members.iter().filter(is_token).find(fits);
    found.map(|member| member.pointer.as_str())
}

/// Words that say that a parameter takes what a response has.
const RETURNED: [&str; 7] = [
    "previous response",
    "prior response",
    "last response",
    "previous request",
    "previous call",
    "returned in the response",
    "subsequent",
];

/// The member that says whether there is more.
pub(super) fn more<'m>(members: &'m [Member<'_>]) -> Option<&'m str> {
    let found = members
        .iter()
        .find(|member| member.is(&MORE) && member.primitive.is_bool());
    found.map(|member| member.pointer.as_str())
}

/// The member that has the URL of the next page.
pub(super) fn next_url<'m>(members: &'m [Member<'_>]) -> Option<&'m str> {
    let has = |name: &str| members.iter().any(|member| member.way == [name]);
    let is_next = |member: &&Member<'_>| {
        let text = !member.is_number() && member.primitive != Primitive::Bool;
        let [before @ .., name] = member.way.as_slice() else {
            return false;
        };
        let within = |words: &[&str]| before.last().is_some_and(|name| words.contains(&name.as_str()));
        let address = ["href", "uri", "url"].contains(&name.as_str()) && within(&NEXT);
        let linked = name == "next" && within(&LINKS);
        let named = NEXT_URL.contains(&name.as_str());
        let said = NEXT.contains(&name.as_str()) && is_url(member);
        // the lists of Django REST framework have just these members
        let listed = name == "next" && before.is_empty() && has("previous") && has("count");
        text && (address || linked || named || said || listed)
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
