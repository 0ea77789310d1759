//! A member of a JSON text, set without a tree of the whole: all else stays as it is written, numbers to the last digit.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Deserializer;

/// The text with a value, which is JSON itself, at the place of the pointer. Objects on the way are made where they are
/// missing or `null`; `None` where something else stands in their place.
pub(crate) fn set(json: &[u8], pointer: &str, value: &str) -> Option<Vec<u8>> {
    let unescape = |token: &str| token.replace("~1", "/").replace("~0", "~");
    let tokens: Vec<String> = pointer.split('/').skip(1).map(unescape).collect();
    set_below(json.trim_ascii(), &tokens, value)
}

fn set_below(json: &[u8], tokens: &[String], value: &str) -> Option<Vec<u8>> {
    let Some((token, rest)) = tokens.split_first() else {
        return Some(value.as_bytes().to_vec());
    };
    let object: &[u8] = if matches!(json, b"" | b"null") { b"{}" } else { json };
    let mut at = 1 + usize::from(object.first()? != &b'{') * object.len();
    let mut comma: &[u8] = b"";
    loop {
        at = after_space(object, at);
        if *object.get(at)? == b'}' {
            let member = set_below(b"null", rest, value)?;
            let name = serde_json::to_vec(token).ok()?;
            return Some([&object[..at], comma, &name, b":", &member, &object[at..]].concat());
        }
        let (name, end) = read::<String>(object, at)?;
        let begin = after_space(object, end);
        let begin = (*object.get(begin)? == b':').then(|| after_space(object, begin + 1))?;
        let (IgnoredAny, end) = read(object, begin)?;
        if name == *token {
            let member = set_below(&object[begin..end], rest, value)?;
            return Some([&object[..begin], &member, &object[end..]].concat());
        }
        comma = b",";
        at = after_space(object, end);
        at += usize::from(*object.get(at)? == b',');
    }
}

/// The value that begins at an offset, and where it ends.
fn read<T: DeserializeOwned>(json: &[u8], at: usize) -> Option<(T, usize)> {
    let mut values = Deserializer::from_slice(json.get(at..)?).into_iter();
    let value = values.next()?.ok()?;
    Some((value, at + values.byte_offset()))
}

fn after_space(json: &[u8], mut at: usize) -> usize {
    while json.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::set;

    fn after(json: &str, pointer: &str) -> Option<String> {
        let text = set(json.as_bytes(), pointer, "\"x\"")?;
        Some(String::from_utf8(text).expect("text"))
    }

    #[test]
    fn members_are_replaced_and_added_and_all_else_stays() {
        for (json, pointer, expected) in [
            (r#"{"a":1.10,"c":"y"}"#, "/c", r#"{"a":1.10,"c":"x"}"#),
            (
                r#"{ "c" : null , "n": 12345678901234567890123 }"#,
                "/c",
                r#"{ "c" : "x" , "n": 12345678901234567890123 }"#,
            ),
            (r#"{"a":[1,{"c":2}]}"#, "/c", r#"{"a":[1,{"c":2}],"c":"x"}"#),
            ("{}", "/c", r#"{"c":"x"}"#),
            ("", "/c", r#"{"c":"x"}"#),
            ("null", "/p/c", r#"{"p":{"c":"x"}}"#),
            (
                r#"{"p":{"size":2},"q":{}}"#,
                "/p/c",
                r#"{"p":{"size":2,"c":"x"},"q":{}}"#,
            ),
            (r#"{"p":null}"#, "/p/c", r#"{"p":{"c":"x"}}"#),
            (r#"{"a/b~\"":1}"#, "/a~1b~0\"", r#"{"a/b~\"":"x"}"#),
        ] {
            assert_eq!(after(json, pointer).as_deref(), Some(expected), "{json}");
        }
    }

    #[test]
    fn what_is_no_object_has_no_members() {
        for json in [
            "[]",
            "7",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"p\":7}",
            "{\"p\":[]}",
            "}",
        ] {
            assert_eq!(after(json, "/p/c"), None, "{json}");
        }
    }
}
