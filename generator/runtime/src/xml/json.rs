//! JSON text -> a value whose members keep their order and whose numbers keep their digits.

/// A JSON value.
#[derive(Debug, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    /// As it is written.
    Number(String),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// A member of an object.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find_map(|(own, value)| (own == name).then_some(value)),
            _ => None,
        }
    }

    /// What a scalar is as text; floats without a fraction are written as integers.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Null => Some(""),
            Self::Bool(true) => Some("true"),
            Self::Bool(false) => Some("false"),
            Self::Number(number) => Some(number.strip_suffix(".0").unwrap_or(number)),
            Self::String(text) => Some(text),
            Self::Array(_) | Self::Object(_) => None,
        }
    }
}

/// Reads a text that a JSON writer has written, without blanks.
pub(super) fn parse(text: &str) -> Option<Json> {
    let mut scanner = Scanner { rest: text };
    let value = scanner.value()?;
    scanner.rest.is_empty().then_some(value)
}

struct Scanner<'t> {
    rest: &'t str,
}

impl<'t> Scanner<'t> {
    fn value(&mut self) -> Option<Json> {
        match self.rest.as_bytes().first()? {
            b'{' => self.object(),
            b'[' => self.array(),
            b'"' => self.string().map(Json::String),
            _ => {
                let word = self.word();
                match word {
                    "null" => Some(Json::Null),
                    "true" => Some(Json::Bool(true)),
                    "false" => Some(Json::Bool(false)),
                    "" => None,
                    number => Some(Json::Number(number.to_owned())),
                }
            }
        }
    }

    fn object(&mut self) -> Option<Json> {
        let mut members = Vec::new();
        self.eat("{")?;
        while self.eat("}").is_none() {
            if !members.is_empty() {
                self.eat(",")?;
            }
            let name = self.string()?;
            self.eat(":")?;
            members.push((name, self.value()?));
        }
        Some(Json::Object(members))
    }

    fn array(&mut self) -> Option<Json> {
        let mut items = Vec::new();
        self.eat("[")?;
        while self.eat("]").is_none() {
            if !items.is_empty() {
                self.eat(",")?;
            }
            items.push(self.value()?);
        }
        Some(Json::Array(items))
    }

    fn string(&mut self) -> Option<String> {
        let bytes = self.rest.as_bytes();
        let mut at = 1;
        while *bytes.get(at)? != b'"' {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
        }
        let (text, rest) = self.rest.split_at_checked(at + 1)?;
        self.rest = rest;
        serde_json::from_str(text).ok()
    }

    /// Up to what ends a value.
    fn word(&mut self) -> &'t str {
        let end = self.rest.find([',', ']', '}']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn eat(&mut self, mark: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(mark)?;
        Some(())
    }
}
