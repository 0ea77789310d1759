//! Places in JSON texts: which value stands at an offset, and where the value is that a path leads to.

use super::super::model::Step;

/// The steps to the value that ends at an offset, or is being read there, the innermost first.
pub(crate) fn steps_at(text: &[u8], offset: usize) -> Vec<Step> {
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut at = 0;
    while at < offset.min(text.len()) {
        match (text[at], open.last_mut()) {
            (b'{', _) => open.push(Open::Object(None)),
            (b'[', _) => open.push(Open::Array(0)),
            (b'}' | b']', _) => drop(open.pop()),
            (b',', Some(Open::Array(index))) => *index += 1,
            (b',', Some(Open::Object(name))) => *name = None,
            (b'"', last) => {
                let end = end_of_string(text, at + 1);
                if let Some(Open::Object(name @ None)) = last {
                    *name = Some(&text[at + 1..end]);
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    open.iter().rev().filter_map(Open::step).collect()
}

/// An array or object that an offset is in.
enum Open<'t> {
    Object(Option<&'t [u8]>),
    Array(usize),
}

impl Open<'_> {
    fn step(&self) -> Option<Step> {
        match self {
            Self::Array(index) => Some(Step::Item(*index)),
            Self::Object(name) => name.map(|name| Step::Member(String::from_utf8_lossy(name).into_owned().into())),
        }
    }
}

/// The offset of the value that these steps lead to, the innermost of which comes first. Where there is none, that of the
/// last one that is there.
pub(crate) fn offset_of(text: &[u8], steps: &[Step]) -> usize {
    let mut cursor = Cursor { text, at: 0 };
    cursor.skip_space();
    for step in steps.iter().rev() {
        let before = cursor.at;
        if cursor.step(step).is_none() {
            return before;
        }
    }
    cursor.at
}

/// The bytes before a line and column, as serde_json counts them.
pub(crate) fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let lines = text.split_inclusive(|&byte| byte == b'\n').take(line.saturating_sub(1));
    lines.map(<[u8]>::len).sum::<usize>() + column
}

struct Cursor<'t> {
    text: &'t [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        self.skip_space();
        (self.peek()? == wanted).then(|| self.at += 1)?;
        self.skip_space();
        Some(())
    }

    /// Goes from a value to one inside of it.
    fn step(&mut self, step: &Step) -> Option<()> {
        match step {
            Step::Item(index) => {
                self.take(b'[')?;
                for _ in 0..*index {
                    self.skip_value();
                    self.take(b',')?;
                }
            }
            Step::Member(wanted) => {
                self.take(b'{')?;
                loop {
                    let name = self.at + 1..end_of_string(self.text, self.at + 1);
                    self.at = name.end + 1;
                    self.take(b':')?;
                    if self.text.get(name)? == wanted.as_bytes() {
                        break;
                    }
                    self.skip_value();
                    self.take(b',')?;
                }
            }
        }
        Some(())
    }

    fn skip_value(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => self.at = end_of_string(self.text, self.at + 1),
                b'{' | b'[' => depth += 1,
                b'}' | b']' | b',' if depth == 0 => return,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }
}

/// The offset of the quote that closes the string whose content begins at `at`.
fn end_of_string(text: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{Step, offset_of, steps_at};

    const TEXT: &str = r#" {"a\"": [1, {"b": "}]"}, [ true , null]], "c": {"d": 5}} "#;

    fn found(steps: Vec<Step>) -> &'static str {
        &TEXT[offset_of(TEXT.as_bytes(), &steps)..][..4]
    }

    #[test]
    fn steps_lead_to_values_and_back() {
        let member = |name: &'static str| Step::Member(name.into());
        assert_eq!(found(vec![member("d"), member("c")]), "5}} ");
        assert_eq!(found(vec![member("b"), Step::Item(1), member("a\\\"")]), "\"}]\"");
        assert_eq!(found(vec![Step::Item(1), Step::Item(2), member("a\\\"")]), "null");
        // what is not there
        assert_eq!(found(vec![member("e"), member("c")]), "{\"d\"");
        assert_eq!(found(vec![Step::Item(9), member("c")]), "{\"d\"");
        let offset = TEXT.find("null").expect("it is there");
        let steps = steps_at(TEXT.as_bytes(), offset + 1);
        assert_eq!(steps, [Step::Item(1), Step::Item(2), member("a\\\"")]);
    }

    #[test]
    fn what_is_no_json_has_places_too() {
        for text in [
            "",
            "{",
            "[",
            "{\"a",
            "{\"a\"",
            "{\"a\":",
            "[1",
            "]",
            "{]",
            "\\",
            "{\"a\":1,",
        ] {
            let steps = [Step::Member("a".into()), Step::Item(1)];
            for step in &steps {
                assert!(
                    offset_of(text.as_bytes(), std::slice::from_ref(step)) <= text.len(),
                    "{text}"
                );
            }
        }
    }
}
