//! The pairs of a query or of cookies, before they are sent.

/// Encoded pairs in the order in which they are sent. A parameter is there once, with the value that was set last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairs(Vec<Pair>);

#[derive(Clone, Debug)]
struct Pair {
    /// The declared parameter that it is of; `None` for what the caller has added.
    parameter: Option<&'static str>,
    text: String,
}

impl Pairs {
    /// Sets a declared parameter, in the place of what it was set to before; `None` removes it.
    pub(crate) fn set(&mut self, parameter: &'static str, text: Option<String>) {
        let found = self.0.iter().position(|pair| pair.parameter == Some(parameter));
        match (found, text) {
            (Some(at), Some(text)) => self.0[at].text = text,
            (Some(at), None) => drop(self.0.remove(at)),
            (None, Some(text)) => self.0.push(Pair {
                parameter: Some(parameter),
                text,
            }),
            (None, None) => {}
        }
    }

    /// Adds what belongs to no declared parameter.
    pub(crate) fn add(&mut self, text: String) {
        self.0.push(Pair { parameter: None, text });
    }

    /// Removes what is not kept.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        self.0.retain(|pair| keep(&pair.text));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|pair| pair.text.as_str())
    }

    pub(crate) fn into_texts(self) -> impl Iterator<Item = String> {
        self.0.into_iter().map(|pair| pair.text)
    }
}

#[cfg(test)]
mod tests {
    use super::Pairs;

    #[test]
    fn what_was_set_last_is_sent() {
        let mut pairs = Pairs::default();
        pairs.set("limit", Some("limit=1".to_owned()));
        pairs.set("tag", Some("tag=a".to_owned()));
        pairs.add("tag=b".to_owned());
        pairs.set("limit", Some("limit=2".to_owned()));
        assert_eq!(pairs.iter().collect::<Vec<_>>(), ["limit=2", "tag=a", "tag=b"]);
        pairs.set("tag", None);
        pairs.set("none", None);
        assert_eq!(pairs.into_texts().collect::<Vec<_>>(), ["limit=2", "tag=b"]);
    }
}
