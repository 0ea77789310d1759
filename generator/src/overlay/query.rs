//! JSONPath (RFC 9535), within limits: finds the nodes that an expression selects.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

use crate::pointer::Pointer;

/// Brackets and parentheses inside each other; parsing takes twice as long with each.
const DEEPEST: usize = 10;

/// Descendant segments; with each, a node is looked at as often as it has nodes above it.
const MOST_DESCENTS: usize = 2;

/// How often the selectors beside each other in brackets may select a node, all brackets taken together.
const MOST_SELECTORS: usize = 10_000;

/// How much the counted repetitions of a regular expression may make of it: it is compiled for every node that it is
/// compared with.
const MOST_REPEATS: usize = 2_000;

/// A parsed expression.
#[derive(Debug)]
pub(super) struct Query {
    text: String,
    path: JsonPath,
}

impl Query {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        check_cost(text)?;
        let path = JsonPath::parse(text).map_err(|error| error.to_string())?;
        Ok(Self {
            text: text.to_owned(),
            path,
        })
    }

    /// The expression as it is written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The places that are selected, each once, ancestors before what is in them.
    pub(super) fn find(&self, root: &Value) -> Vec<Path> {
        let located = self.path.query_located(root);
        let paths = located.iter().map(|node| {
            let steps = node.location().iter().map(|element| match element {
                PathElement::Name(name) => Step::Member((*name).to_owned()),
                PathElement::Index(index) => Step::Element(*index),
            });
            Path(steps.collect())
        });
        paths.collect::<BTreeSet<Path>>().into_iter().collect()
    }
}

/// Refuses what would take very long to parse or to evaluate, and quotes without an end.
fn check_cost(text: &str) -> Result<(), String> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let (mut descents, mut selectors) = (0, 1_usize);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            quote @ ('\'' | '"') => {
                // The parser panics at the end of an expression that ends inside `\u`.
                let quoted =
                    quoted(&mut characters, quote).ok_or_else(|| format!("a `{quote}` in it is not closed"))?;
                if repeats(&quoted) > MOST_REPEATS {
                    return Err(format!(
                        "a regular expression in it repeats more than {MOST_REPEATS} times"
                    ));
                }
            }
            '(' | '[' => {
                open.push((character, 1));
                if open.len() > DEEPEST {
                    return Err(format!("more than {DEEPEST} brackets are inside each other"));
                }
            }
            ')' | ']' => {
                let (_, beside) = open.pop().unwrap_or((character, 1));
                selectors = selectors.saturating_mul(beside);
            }
            ',' => {
                if let Some(('[', beside)) = open.last_mut() {
                    *beside += 1;
                }
            }
            '.' if characters.next_if_eq(&'.').is_some() => descents += 1,
            _ => {}
        }
    }
    if descents > MOST_DESCENTS {
        return Err(format!("`..` stands in it more than {MOST_DESCENTS} times"));
    }
    if selectors > MOST_SELECTORS {
        return Err(format!("its brackets select more than {MOST_SELECTORS} times"));
    }
    Ok(())
}

/// What stands before the closing quote, if there is one.
fn quoted(characters: &mut impl Iterator<Item = char>, quote: char) -> Option<String> {
    let mut quoted = String::new();
    loop {
        match characters.next()? {
            '\\' => quoted.extend(['\\', characters.next()?]),
            end if end == quote => return Some(quoted),
            inside => quoted.push(inside),
        }
    }
}

/// How many characters a regular expression has when its counted repetitions are written out.
fn repeats(text: &str) -> usize {
    let mut around: Vec<usize> = Vec::new();
    let (mut whole, mut last) = (0_usize, 0_usize);
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        let counts = if character == '{' { counted(rest) } else { None };
        match (character, counts) {
            (_, Some((count, after))) => {
                rest = after;
                whole = whole.saturating_add(last.saturating_mul(count.saturating_sub(1)));
                last = last.saturating_mul(count);
            }
            ('(', None) => {
                around.push(whole);
                (whole, last) = (0, 0);
            }
            (')', None) => {
                last = whole;
                whole = whole.saturating_add(around.pop().unwrap_or_default());
            }
            _ => {
                whole = whole.saturating_add(1);
                last = 1;
            }
        }
    }
    around.into_iter().fold(whole, usize::saturating_add)
}

/// The most that the text after a brace says how often something repeats, and what follows it.
fn counted(text: &str) -> Option<(usize, &str)> {
    const LONGEST: usize = 40;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b'}')?;
    let (counts, after) = (&text[..end], &text[end + 1..]);
    let (least, most) = counts.split_once(',').unwrap_or((counts, counts));
    let count = if most.is_empty() { least } else { most };
    Some((count.trim().parse().ok()?, after))
}

/// The way from the root to a node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Path(Vec<Step>);

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Element(usize),
    Member(String),
}

impl Path {
    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }

    /// The container of the node, and the last step; nothing for the root.
    pub(super) fn split(&self) -> Option<(Self, &Step)> {
        let (last, before) = self.0.split_last()?;
        Some((Self(before.to_vec()), last))
    }

    /// The node.
    pub(super) fn of<'v>(&self, root: &'v Value) -> Option<&'v Value> {
        self.0.iter().try_fold(root, |above, step| match step {
            Step::Element(index) => above.get(index),
            Step::Member(name) => above.get(name),
        })
    }

    /// The node, to be changed.
    pub(super) fn of_mut<'v>(&self, root: &'v mut Value) -> Option<&'v mut Value> {
        self.0.iter().try_fold(root, |above, step| match step {
            Step::Element(index) => above.get_mut(index),
            Step::Member(name) => above.get_mut(name),
        })
    }

    pub(super) fn pointer(&self) -> Pointer {
        self.0.iter().fold(Pointer::root(), |at, step| match step {
            Step::Element(index) => at.child(index),
            Step::Member(name) => at.child(name),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Query;

    #[track_caller]
    fn check(text: &str, found: &[&str]) {
        let root = json!({
            "paths": { "/a~b": { "get": { "x-t": ["paged"], "tags": ["one", "two"], "o'k": 1 } } },
            "list": [{ "n": 1 }, { "n": 2 }, { "n": 1 }],
        });
        let query = Query::parse(text).unwrap_or_else(|reason| panic!("{text}: {reason}"));
        let pointers: Vec<String> = query
            .find(&root)
            .iter()
            .map(|path| path.pointer().to_string())
            .collect();
        assert_eq!(pointers, found, "{text}");
    }

    #[test]
    fn expressions_select_places() {
        check("$", &["#"]);
        check("$.paths['/a~b'].get[\"o'k\"]", &["#/paths/~1a~0b/get/o'k"]);
        check("$.paths[?(@.get['x-t'][?(@ == 'paged')])].get", &["#/paths/~1a~0b/get"]);
        check("$.paths.*.get.tags[?@ == 'two']", &["#/paths/~1a~0b/get/tags/1"]);
        check("$.list[?@.n == 1]", &["#/list/0", "#/list/2"]);
        check("$.list[-1]", &["#/list/2"]);
        check("$.list[::-1].n", &["#/list/0/n", "#/list/1/n", "#/list/2/n"]);
        check("$['list','list'][0,0]", &["#/list/0"]);
        check("$.list[?match(@.n, 'x')]", &[]);
        check("$.paths[?search(@.get.tags[0], 'n')]", &["#/paths/~1a~0b"]);
        check("$..n", &["#/list/0/n", "#/list/1/n", "#/list/2/n"]);
        check("$.absent..n", &[]);
    }

    #[track_caller]
    fn refused(text: &str, reason: &str) {
        let found = Query::parse(text).map(|_| ()).expect_err(text);
        assert!(found.contains(reason), "{text}: {found}");
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for text in [
            "",
            "paths",
            "$.",
            "$.paths.x-foo",
            "$['a",
            "$['\\u",
            "$[?@ == \"\\ud",
            "$['\\ud83d\\u",
            "$['\\ud83d\\uD",
            "$['\\u']",
            "$['\\ud83d\\ud']",
            "$[?('x' in @.tags)]",
            "$ ",
            "$[?length(@)]",
        ] {
            refused(text, "");
        }
    }

    #[test]
    fn what_costs_too_much_is_refused() {
        refused(
            &format!("$[?{}@.a{}]", "(".repeat(50_000), ")".repeat(50_000)),
            "inside each other",
        );
        refused(
            &format!("${}{}", "[?@".repeat(50_000), "]".repeat(50_000)),
            "inside each other",
        );
        refused("$..[?search(@, '((a{1,1000}){1,1000}){1,1000}')]", "regular expression");
        refused("$..[?match(@, '(?:ab|[c-e]{9,}){600}')]", "regular expression");
        check("$..[?search(@, '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$')]", &[]);
        refused(&format!("${}", "..*".repeat(3)), "`..`");
        refused(&format!("${}", "[*,*]".repeat(60)), "select more than");
        // In quotes, they are only text.
        check("$['..','..','[[[[[[[[[[[[[[','\\'..']", &[]);
    }
}
