//! Which of several schemas a value follows: the one that knows most of what is there, the first of equals.

use super::json::Json;
use super::shape::{Kind, Member, Node, Place, Shape, local};
use super::tree::{Element, is_blank};

/// Elements that are looked at; what tells schemas apart comes early.
const MOST_ELEMENTS: usize = 64;

/// How many choices are looked into that are inside of each other.
const MOST_CHOICES: u8 = 4;

fn best(branches: &'static [Node], score: impl Fn(Shape) -> usize) -> Option<&'static Node> {
    let mut best: Option<(usize, &'static Node)> = None;
    for branch in branches {
        let own = score(branch.shape);
        if own > 0 && best.is_none_or(|(score, _)| own > score) {
            best = Some((own, branch));
        }
    }
    best.map(|(_, branch)| branch)
}

pub(super) fn for_element(element: &Element, branches: &'static [Node]) -> Option<&'static Node> {
    best(branches, |shape| of_element(element, shape, MOST_CHOICES))
}

pub(super) fn for_text(text: &str, branches: &'static [Node]) -> Option<&'static Node> {
    best(branches, |shape| of_text(text, shape))
}

pub(super) fn for_json(json: &Json, branches: &'static [Node]) -> Option<&'static Node> {
    best(branches, |shape| of_json(json, shape, MOST_CHOICES))
}

fn of_element(element: &Element, shape: Shape, choices: u8) -> usize {
    match shape.kind() {
        Kind::Object(members, others) => {
            let elements = element.elements().take(MOST_ELEMENTS);
            let known = elements
                .filter(|inner| knows(members, Place::Element, &inner.name))
                .count();
            let attributes = element.attributes.iter().take(MOST_ELEMENTS);
            let known = known
                + attributes
                    .filter(|(name, _)| knows(members, Place::Attribute, name))
                    .count();
            let takes_text = members
                .iter()
                .any(|member| matches!(member.node.place, Place::Text | Place::Cdata));
            match (element.has_elements() || known > 0, is_blank(&element.text())) {
                (true, _) => 2 + 4 * known + usize::from(others.is_some()),
                (false, blank) => usize::from(takes_text != blank) * 2,
            }
        }
        Kind::List(item) => {
            let found = element.elements().any(|inner| inner.name == local(item.name));
            usize::from(found) * 3
        }
        Kind::Tuple(places) => {
            let first = places.first().map(|place| local(place.name));
            let found = element
                .elements()
                .next()
                .is_some_and(|inner| first == Some(inner.name.as_str()));
            usize::from(found) * 3
        }
        Kind::OneOf(branches) if choices > 0 => {
            let scores = branches
                .iter()
                .map(|branch| of_element(element, branch.shape, choices - 1));
            scores.max().unwrap_or_default()
        }
        Kind::OneOf(_) | Kind::Any | Kind::Of(_) => 1,
        _ if element.has_elements() => 0,
        _ => of_text(element.text().trim(), shape),
    }
}

fn of_text(text: &str, shape: Shape) -> usize {
    match shape.kind() {
        Kind::Boolean if matches!(text, "true" | "false") => 3,
        Kind::Number if number(text).is_some() => 3,
        Kind::Text | Kind::Token => 2,
        Kind::Any => 1,
        _ => 0,
    }
}

fn of_json(json: &Json, shape: Shape, choices: u8) -> usize {
    match (shape.kind(), json) {
        (Kind::Object(members, others), Json::Object(values)) => {
            let known = values
                .iter()
                .filter(|(name, _)| members.iter().any(|member| member.property == *name));
            2 + 4 * known.count() + usize::from(others.is_some())
        }
        (Kind::List(_) | Kind::Tuple(_), Json::Array(_)) => 3,
        (Kind::Boolean, Json::Bool(_)) | (Kind::Number, Json::Number(_)) => 3,
        (Kind::Text | Kind::Token, Json::String(_)) => 3,
        (Kind::OneOf(branches), _) if choices > 0 => {
            let scores = branches.iter().map(|branch| of_json(json, branch.shape, choices - 1));
            scores.max().unwrap_or_default()
        }
        (Kind::Any | Kind::OneOf(_), _) => 1,
        _ => 0,
    }
}

fn knows(members: &[Member], place: Place, name: &str) -> bool {
    members.iter().any(|member| {
        let node = &member.node;
        let item = match node.shape.kind() {
            Kind::List(item) if node.place == Place::None => local(item.name),
            _ => "",
        };
        (node.place == place || (place == Place::Element && node.place == Place::None))
            && (local(node.name) == name || item == name)
    })
}

/// A number as JSON writes it; XML also permits `+1`, `01` and `.5`.
pub(super) fn number(text: &str) -> Option<String> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    let significant = digits.trim_start_matches('0');
    let whole = significant.starts_with(|next: char| next.is_ascii_digit());
    let number = format!("{sign}{}{significant}", if whole { "" } else { "0" });
    let number = number.strip_suffix('.').unwrap_or(&number);
    let plain = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    let has_digits = digits.bytes().any(|byte| byte.is_ascii_digit());
    // a number is valid where its text is
    (plain && has_digits && serde_json::from_str::<serde::de::IgnoredAny>(number).is_ok()).then(|| number.to_owned())
}
