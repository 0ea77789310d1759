//! Names of definitions that stand for several places which have nothing else in common.
//!
//! Such a name is made of what the definition is, and of what the names of all its places have in common: neither the
//! order of the document nor what it has besides makes a difference. Where two definitions want one name, neither gets
//! it: both are named by more of what they are.

use std::collections::HashMap;

use super::digests::Digests;
use super::places::step_words;
use super::scope::Scope;
use super::settled::{Candidates, settled};
use super::{Ident, values, words};
use crate::ir::{Api, Enum, Hint, Part, Root, Shape, Slot, Step, TypeDef, TypeId, TypeRef};
use crate::parallel;

/// So many values, fields or branches are listed in a name at most.
const MOST_LISTED: usize = 4;

/// A title of more words is a sentence.
const MOST_WORDS: usize = 4;

/// A longer list is no name.
const LONGEST_LIST: usize = 48;

/// Words of names that say where a type stands, and nothing about what it is.
const PLACES: [&str; 10] = [
    "Base",
    "Default",
    "Header",
    "Item",
    "Parameter",
    "Parts",
    "Patch",
    "Request",
    "Response",
    "Value",
];

/// Words that no name begins with.
const JOINING: [&str; 14] = [
    "And", "As", "At", "By", "For", "From", "In", "Of", "On", "Or", "To", "Via", "With", "Without",
];

/// The names of the definitions that stand for several places; `name_of` has those of the places.
pub(super) fn names<'n>(
    api: &Api,
    scope: &Scope<'_>,
    name_of: impl Fn(TypeId) -> &'n str + Sync,
) -> Vec<(TypeId, String)> {
    let mut places: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    for (id, definition) in api.types.kept() {
        if let Shape::Alias(Slot {
            ty: TypeRef::Named(target),
            ..
        }) = &definition.shape
        {
            places.entry(*target).or_default().push(id);
        }
    }
    let shared = api
        .types
        .kept()
        .filter(|(_, definition)| definition.hint.root == Root::Shared);
    let shared: Vec<(TypeId, &TypeDef)> = shared.collect();
    let candidates = parallel::map(&shared, |(id, definition)| {
        let places = places.get(id).map_or(&[][..], Vec::as_slice);
        let given: Vec<&str> = places.iter().map(|place| name_of(*place)).collect();
        candidates(api, definition, places, &given)
    });
    let mut digests = Digests::new(api);
    let free = |name: &str| scope.has_free(name);
    let names = settled(candidates, free, |index| digests.suffix(shared[index].0));
    shared.iter().map(|(id, _)| *id).zip(names).collect()
}

/// The names that a definition could have, and what its exact name begins with. `given` are those of its places.
fn candidates(api: &Api, definition: &TypeDef, places: &[TypeId], given: &[&str]) -> Candidates {
    let property = common(places.iter().map(|place| property(api, *place)));
    let title = common(places.iter().map(|place| title(&api.types[*place].docs.summary)));
    let ending = ending(given);
    let content = Content::of(&definition.shape);
    let base = property.clone().or(ending.clone());
    let listed = Some(content.words.clone()).filter(|_| content.listed);
    let detailed = match &base {
        Some(base) => format!("{base}{}", content.beside()),
        None => content.alone(),
    };
    // what all places are in tells apart what is called the same in others
    let placed = beginning(given).map(|place| match title.as_ref().or(base.as_ref()) {
        Some(base) => format!("{place}{base}"),
        None => format!("{place}{}", content.beside()),
    });
    let names = match definition.shape {
        Shape::Enum(_) if content.listed => vec![listed.clone(), Some(detailed.clone())],
        // the one value says more than what has it
        Shape::Enum(_) if content.is_constant => vec![Some(detailed.clone()), ending],
        _ => vec![title, property, ending, listed.clone(), Some(detailed.clone())],
    };
    Candidates {
        names: names.into_iter().chain([placed]).flatten().collect(),
        base: listed.or(base).unwrap_or(detailed),
    }
}

/// A title that is a name and no sentence, as a name.
fn title(text: &str) -> Option<String> {
    let is_name = text.split_whitespace().count() <= MOST_WORDS
        && text
            .chars()
            .all(|character| character.is_alphanumeric() || " -_".contains(character))
        && text.starts_with(|character: char| character.is_alphabetic());
    let name = is_name.then(|| words::camel(text))?;
    (!PLACES.contains(&name.as_str())).then_some(name)
}

/// The words that all names begin with.
fn beginning(names: &[&str]) -> Option<String> {
    let (first, others) = names.split_first()?;
    let mut shared = split(first);
    for other in others {
        let same = shared
            .iter()
            .zip(split(other))
            .take_while(|(one, other)| **one == *other);
        shared.truncate(same.count());
    }
    while shared.last().is_some_and(|word| JOINING.contains(word)) {
        shared.pop();
    }
    (!shared.is_empty()).then(|| shared.concat())
}

/// What all have in common, if that is something.
fn common(each: impl Iterator<Item = Option<String>>) -> Option<String> {
    let mut each = each;
    let first = each.next().flatten()?;
    each.all(|other| other.as_deref() == Some(first.as_str()))
        .then_some(first)
}

/// The words of the property or the parameter that a type is inline in, and of the way from there.
fn property(api: &Api, id: TypeId) -> Option<String> {
    let mut way: Vec<String> = Vec::new();
    let mut hint: &Hint = &api.types[id].hint;
    loop {
        for step in hint.steps.iter().rev() {
            way.push(step_words(step));
            if matches!(step, Step::Field(_)) {
                return joined(way);
            }
        }
        match &hint.root {
            Root::Type(parent) => hint = &api.types[*parent].hint,
            Root::Operation(_, Part::Parameter(name) | Part::Header(name))
            | Root::Reusable(Part::Parameter(name) | Part::Header(name), _) => {
                way.push(words::camel(name));
                return joined(way);
            }
            _ => return None,
        }
    }
}

/// Words that were found from the last to the first.
fn joined(words: Vec<String>) -> Option<String> {
    let name: String = words.into_iter().rev().collect();
    (!name.is_empty()).then_some(name)
}

/// The words that all names end with, if they say what the type is.
fn ending(names: &[&str]) -> Option<String> {
    let (first, others) = names.split_first()?;
    let mut shared = split(first);
    for other in others {
        let other = split(other);
        let same = shared.iter().rev().zip(other.iter().rev());
        let count = same.take_while(|(one, other)| one == other).count();
        shared.drain(..shared.len() - count);
    }
    let says_what = |word: &&str| {
        let plain = word.trim_end_matches(|character: char| character.is_ascii_digit());
        !PLACES.contains(&plain) && !JOINING.contains(word)
    };
    let begins = shared.iter().position(says_what)?;
    Some(shared[begins..].concat())
}

/// The words of a name in `UpperCamelCase`.
fn split(name: &str) -> Vec<&str> {
    let starts = name
        .char_indices()
        .filter(|(_, character)| character.is_ascii_uppercase());
    let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(name.len()));
    starts.iter().zip(ends).map(|(start, end)| &name[*start..end]).collect()
}

/// What a definition is, in words.
#[derive(Default)]
struct Content {
    /// What it is one of.
    kind: &'static str,
    /// What stands between the words and those before them.
    joint: &'static str,
    words: String,
    /// How much is in it.
    count: String,
    /// Whether the words are all that is in it, and so many that they are not rather the name of something else.
    listed: bool,
    is_constant: bool,
}

impl Content {
    /// Behind words that say what it is for.
    fn beside(&self) -> String {
        let rest = match self.listed || self.count.is_empty() {
            true => &self.words,
            false => &self.count,
        };
        format!("{}{rest}", self.joint)
    }

    /// Where nothing says what it is for.
    fn alone(&self) -> String {
        match self.kind {
            "" => self.words.clone(),
            kind => format!("{kind}{}", self.beside()),
        }
    }

    fn of(shape: &Shape) -> Self {
        match shape {
            Shape::Enum(list) => Self::of_values(list),
            Shape::Struct(object) => {
                let names = object.fields.iter().map(|field| words::camel(&field.wire));
                Self::of_parts(["Object", "With", "And", "Fields"], &names.collect::<Vec<String>>())
            }
            Shape::Union(union) => {
                let names = union.variants.iter().map(|variant| words::camel(&variant.hint));
                Self::of_parts(["Union", "Of", "Or", "Variants"], &names.collect::<Vec<String>>())
            }
            Shape::Alias(_) | Shape::Any => Self::default(),
        }
    }

    fn of_values(list: &Enum) -> Self {
        let count = list.values.len();
        let names = match count <= MOST_LISTED {
            true => values::variants(&list.values),
            false => Vec::new(),
        };
        let plain: Vec<&str> = names.iter().map(Ident::as_str).collect();
        let mut words = listing(&plain, "Or");
        if let Some(default) = list.default.as_ref().and_then(|default| list.values.position(default))
            && let Some(default) = names.get(default)
        {
            words = format!("{words}Default{default}");
        }
        let short = !words.is_empty() && words.len() <= LONGEST_LIST;
        match count {
            1 if short => Self {
                kind: "Constant",
                words,
                is_constant: true,
                ..Self::default()
            },
            _ => Self {
                kind: if short { "" } else { "Enum" },
                joint: if short { "" } else { "Of" },
                words,
                count: format!("{count}Values"),
                listed: short,
                is_constant: false,
            },
        }
    }

    fn of_parts([kind, joint, last, plural]: [&'static str; 4], names: &[String]) -> Self {
        let plain: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut words = listing(&plain, last);
        let all = names.len() < 2 || names.len() <= MOST_LISTED && words.len() <= LONGEST_LIST;
        if !all {
            let shown = if names.len() > MOST_LISTED { 2 } else { 1 };
            let more = format!("{}More", names.len() - shown);
            words = listing(&[&plain[..shown], &[more.as_str()]].concat(), last);
        }
        let several = names.len() > 1;
        Self {
            kind: if several { "" } else { kind },
            joint,
            words,
            count: if all {
                String::new()
            } else {
                format!("{}{plural}", names.len())
            },
            listed: all && several,
            is_constant: false,
        }
    }
}

/// `Open`, `Closed` and `All` are `OpenClosedOrAll`.
pub(super) fn listing(words: &[&str], joint: &str) -> String {
    match words {
        [before @ .., last] if !before.is_empty() => format!("{}{joint}{last}", before.concat()),
        words => words.concat(),
    }
}
