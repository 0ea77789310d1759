//! The committed figures against those of a run: better is welcome, worse fails.

use std::collections::BTreeMap;

use serde_json::Value;

/// Which way a figure may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
    /// Neither way is better.
    Either,
}

/// Whether no figure is worse; prints each that differs.
pub fn holds(before: &Value, after: &Value) -> bool {
    let (before, after) = (numbers(before), numbers(after));
    let mut holds = true;
    for path in before
        .keys()
        .chain(after.keys().filter(|path| !before.contains_key(*path)))
    {
        let figure = |numbers: &BTreeMap<String, i64>| numbers.get(path).copied().unwrap_or_default();
        let (was, is) = (figure(&before), figure(&after));
        if was == is {
            continue;
        }
        let verdict = match direction(path) {
            Direction::Either => "other",
            Direction::Up if is > was => "better",
            Direction::Down if is < was => "better",
            Direction::Up | Direction::Down => "worse",
        };
        holds &= verdict != "worse";
        println!("{verdict}: {path}: {was} -> {is}");
    }
    println!(
        "{}",
        if holds {
            "no figure is worse; --bless keeps those that differ"
        } else {
            "the corpus fares worse than before"
        }
    );
    holds
}

fn direction(path: &str) -> Direction {
    match path {
        "/documents/generated" | "/operations/emitted" | "/parameters/emitted" => Direction::Up,
        "/documents/all" | "/operations/declared" | "/parameters/declared" => Direction::Up,
        path if path.ends_with("/valid") => Direction::Up,
        // of the command `pages`
        "/paged operations" => Direction::Up,
        path if path.starts_with("/operations with a page") && path.ends_with("/paged") => Direction::Up,
        path if path.starts_with("/operations with a page") || path.starts_with("/by style") => Direction::Either,
        // of the command `examples-decode`
        path if path.starts_with("/examples/") || path.starts_with("/of/") => Direction::Up,
        path if path.starts_with("/reasons/") => Direction::Either,
        // of the command `edits`
        path if ["/tried", "/names", "/files", "/changed", "/had to change"]
            .iter()
            .any(|end| path.ends_with(end)) =>
        {
            Direction::Either
        }
        "/types" | "/fields" | "/values/all" => Direction::Either,
        path if path.starts_with("/measured") || path.starts_with("/diagnostics/N") => Direction::Either,
        _ => Direction::Down,
    }
}

/// Every number below a value, by its place.
fn numbers(value: &Value) -> BTreeMap<String, i64> {
    let mut found = BTreeMap::new();
    let mut pending = vec![(String::new(), value)];
    while let Some((path, value)) = pending.pop() {
        match value {
            Value::Number(number) => {
                found.insert(path, number.as_i64().unwrap_or(i64::MAX));
            }
            Value::Object(members) => {
                pending.extend(members.iter().map(|(name, value)| (format!("{path}/{name}"), value)));
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::holds;
    use serde_json::{Value, json};

    fn of(generated: u32, warnings: u32, seconds: u32) -> Value {
        json!({
            "documents": { "generated": generated },
            "diagnostics": { "W101": warnings },
            "measured, not compared": { "seconds": seconds },
        })
    }

    #[test]
    fn only_worse_fails() {
        assert!(holds(&of(2, 5, 1), &of(2, 5, 100)));
        assert!(holds(&of(2, 5, 1), &of(3, 4, 1)));
        assert!(!holds(&of(2, 5, 1), &of(1, 5, 1)));
        assert!(!holds(&of(2, 5, 1), &of(2, 6, 1)));
        assert!(!holds(
            &of(2, 5, 1),
            &json!({ "documents": { "generated": 2 }, "diagnostics": { "W101": 5, "W102": 1 } })
        ));
    }

    #[test]
    fn fewer_paged_operations_are_worse() {
        let of = |paged: u32, noted: u32| {
            json!({
                "operations with a page, cursor or offset parameter": { "paged": paged, "not paged, with a note": noted },
                "by style": { "cursor": paged },
            })
        };
        assert!(holds(&of(5, 2), &of(6, 1)) && holds(&of(5, 2), &of(5, 3)));
        assert!(!holds(&of(5, 2), &of(4, 3)));
    }

    #[test]
    fn fewer_examples_without_loss_are_worse() {
        let of = |kept: u32, share: u32, refused: u32| {
            json!({
                "examples": { "without loss": kept, "without loss, of 100,000 with a type": share },
                "of": { "headers": { "without loss": kept } },
                "valid and without a type": { "a": 1 },
                "reasons": { "is missing": refused },
            })
        };
        assert!(holds(&of(10, 99_000, 1), &of(11, 99_100, 5)));
        assert!(!holds(&of(10, 99_000, 1), &of(9, 99_000, 1)));
        // there are more of them, and more are lost
        assert!(!holds(&of(10, 99_000, 1), &of(11, 98_000, 1)));
        let mut without = of(10, 99_000, 1);
        without["valid and without a type"]["b"] = 1.into();
        assert!(!holds(&of(10, 99_000, 1), &without));
    }
}
