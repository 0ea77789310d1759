//! Names of enum values.
//!
//! A name is made of its value alone, so that an edit of the list never makes it mean another value. Where two values
//! want one name, neither gets it: both are named by more of what they are.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::words::{self, symbol};
use super::{Ident, ident};
use crate::ir::{EnumValue, EnumValues};

/// The variant for values that the document does not list.
const UNKNOWN: &str = "Unknown";

/// Spellings of a value, from short to exact: two values that one of them does not tell apart are one in those before it.
const SPELLINGS: usize = 5;

/// A value: what the document calls it, and what it is on the wire.
struct Value<'a> {
    given: Option<&'a str>,
    wire: String,
    is_text: bool,
}

/// The variants of an enum, in the order of its values.
pub(super) fn variants(values: &EnumValues) -> Vec<Ident> {
    let values = match values {
        EnumValues::Strings(list) => described(list, true),
        EnumValues::Integers(list) => described(list, false),
        EnumValues::Numbers(list) => described(list, false),
    };
    let mut names = distinct(&values);
    number_equal(&mut names, &values);
    names.iter().map(|name| ident::ty(name)).collect()
}

fn described<T: ToString>(list: &[EnumValue<T>], is_text: bool) -> Vec<Value<'_>> {
    let value = |value: &'_ EnumValue<T>| (value.wire.to_string(), is_text);
    list.iter()
        .map(|listed| {
            let (wire, is_text) = value(listed);
            Value {
                given: listed.name.as_deref().filter(|name| !words::camel(name).is_empty()),
                wire,
                is_text,
            }
        })
        .collect()
}

/// The shortest spelling of each value that no other value needs.
fn distinct(values: &[Value<'_>]) -> Vec<String> {
    let mut wanted = Wanted::default();
    let mut names: Vec<(usize, String)> = values.iter().map(|value| (0, value.spelled(0))).collect();
    for (index, (_, name)) in names.iter().enumerate() {
        wanted.add(name, index);
    }
    let mut settled = false;
    while !settled {
        settled = true;
        for (index, (spelling, name)) in names.iter_mut().enumerate() {
            while wanted.by_several(name) && *spelling + 1 < SPELLINGS {
                *spelling += 1;
                *name = values[index].spelled(*spelling);
                wanted.add(name, index);
                settled = false;
            }
        }
    }
    names.into_iter().map(|(_, name)| name).collect()
}

/// Numbers names that are equal in every spelling, which takes two values of one hash.
fn number_equal(names: &mut [String], values: &[Value<'_>]) {
    let mut taken: HashSet<String> = HashSet::new();
    if names.iter().all(|name| taken.insert(name.clone())) {
        return;
    }
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|index| &values[*index].wire);
    taken.clear();
    for index in order {
        let base = names[index].clone();
        let mut number = 2;
        while !taken.insert(names[index].clone()) {
            names[index] = format!("{base}V{number}");
            number += 1;
        }
    }
}

/// By name: the only value that wants it, if no other does.
#[derive(Default)]
struct Wanted(HashMap<String, Option<usize>>);

impl Wanted {
    fn add(&mut self, name: &str, index: usize) {
        match self.0.entry(name.to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(Some(index));
            }
            Entry::Occupied(mut entry) if *entry.get() != Some(index) => {
                entry.insert(None);
            }
            Entry::Occupied(_) => {}
        }
    }

    fn by_several(&self, name: &str) -> bool {
        self.0.get(name) == Some(&None)
    }
}

impl Value<'_> {
    /// One of the [`SPELLINGS`].
    fn spelled(&self, spelling: usize) -> String {
        let name = match (self.given, spelling) {
            (Some(given), 0) => words::camel(given),
            (Some(given), 1) => words::camel(given) + &self.of_wire(0),
            (Some(given), _) => words::camel(given) + &hash(&self.wire),
            (None, spelling) => self.of_wire(spelling),
        };
        match name.as_str() {
            "" => "Value".to_owned(),
            UNKNOWN => format!("{UNKNOWN}Value"),
            _ => name,
        }
    }

    fn of_wire(&self, spelling: usize) -> String {
        if !self.is_text {
            let name = number(&self.wire);
            return if spelling == 0 { name } else { name + &hash(&self.wire) };
        }
        let plain = || match self.wire.as_str() {
            "" => "Empty".to_owned(),
            wire => words::camel(&signs(wire)),
        };
        let telling = || match self.wire.as_str() {
            "" => "EmptyString".to_owned(),
            wire => words::camel(&symbols(&signs(wire), |c| !separates(c))),
        };
        match spelling {
            0 => plain(),
            1 => telling(),
            2 => telling() + case(&self.wire),
            3 => words::camel(&symbols(&self.wire, |_| true)) + case(&self.wire),
            _ => plain() + &hash(&self.wire),
        }
    }
}

/// Names of a text in which more and more of what it is made of is spelled out.
pub(super) fn spellings(text: &str) -> Vec<String> {
    let value = Value {
        given: None,
        wire: text.to_owned(),
        is_text: true,
    };
    (1..SPELLINGS - 1).map(|spelling| value.of_wire(spelling)).collect()
}

fn number(wire: &str) -> String {
    let (sign, digits) = match wire.strip_prefix('-') {
        Some(digits) => ("Minus", digits),
        None => ("N", wire),
    };
    let digits = digits.replace("e-", "eMinus").replace(['+', '.'], "_");
    format!("{sign}{digits}")
}

/// Spells out signs that are part of what a value means: those before a number and those at the end.
fn signs(text: &str) -> String {
    let end = text.trim_end_matches(['+', '-']).len();
    let ends_with_signs = text[..end].ends_with(char::is_alphanumeric);
    let compared = text.trim_start_matches(['<', '>', '=', '!']);
    let compares = compared.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let compared = if compares { text.len() - compared.len() } else { 0 };
    let mut spelled = String::with_capacity(text.len() + 8);
    let mut before: Option<char> = None;
    let mut rest = text.char_indices().peekable();
    while let Some((at, character)) = rest.next() {
        let number_follows = rest.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        let apart = before.is_none_or(|before| !before.is_alphanumeric());
        let is_sign = match character {
            '+' => number_follows || at >= end && ends_with_signs,
            '-' => number_follows && (apart || follows_time_zone(&text[..at])) || at >= end && ends_with_signs,
            _ => at < compared,
        };
        match is_sign {
            true => push_word(&mut spelled, symbol(character)),
            false => spelled.push(character),
        }
        before = Some(character);
    }
    spelled
}

/// Offsets from these are signed.
fn follows_time_zone(before: &str) -> bool {
    let start = before.len().saturating_sub(3);
    let zone = before.get(start..).unwrap_or_default();
    zone.eq_ignore_ascii_case("gmt") || zone.eq_ignore_ascii_case("utc")
}

/// Spells out symbols.
fn symbols(text: &str, wanted: impl Fn(char) -> bool) -> String {
    let mut spelled = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if character.is_alphanumeric() || !wanted(character) {
            spelled.push(character);
        } else if character.is_whitespace() {
            push_word(&mut spelled, "space");
        } else if character == '-' && !spelled.is_empty() {
            push_word(&mut spelled, "dash");
        } else {
            push_word(&mut spelled, symbol(character));
        }
    }
    spelled
}

fn push_word(text: &mut String, word: &str) {
    text.push(' ');
    text.push_str(word);
    text.push(' ');
}

/// Whether a character stands between words and means nothing by itself.
fn separates(character: char) -> bool {
    character.is_whitespace() || "_-./\\,:;'\"`()[]{}".contains(character)
}

/// How the letters of a text are written.
fn case(text: &str) -> &'static str {
    let letter = |is: fn(char) -> bool| text.chars().any(is);
    let first = text.chars().find(|c| c.is_alphabetic());
    match (letter(char::is_uppercase), letter(char::is_lowercase)) {
        (false, false) if text.chars().any(char::is_numeric) => "Digits",
        (false, false) => "",
        (false, true) => "Lower",
        (true, false) => "Upper",
        (true, true) if first.is_some_and(char::is_uppercase) => "Title",
        (true, true) => "Camel",
    }
}

/// A word for a text that hardly any other text has (FNV-1a).
fn hash(text: &str) -> String {
    let mixed = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    format!("X{mixed:08x}")
}

#[cfg(test)]
mod tests;
