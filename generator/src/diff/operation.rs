//! What the code of an operation says about its request.

/// The constant `INFO` of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Info {
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
    /// The credentials, in words.
    pub(super) security: String,
    /// The content types that are asked for.
    pub(super) accept: String,
    /// The server, where it is not that of the client.
    pub(super) server: String,
}

impl Info {
    /// Reads the value of the constant.
    pub(super) fn read(value: &str) -> Self {
        let (fields, call) = value.split_once("OperationInfo::new(").unwrap_or((value, ""));
        let mut words = strings(call);
        let mut next = || words.next().unwrap_or_default();
        Self {
            id: next(),
            method: next(),
            path: next(),
            security: security(after(fields, "security:").unwrap_or_default()),
            accept: after(fields, "accept:")
                .and_then(|text| strings(text).next())
                .unwrap_or_default(),
            server: after(fields, "server:")
                .and_then(|text| strings(text).next())
                .unwrap_or_default(),
        }
    }
}

fn after<'v>(text: &'v str, name: &str) -> Option<&'v str> {
    text.split_once(name).map(|(_, rest)| rest)
}

/// The strings in a text.
fn strings(text: &str) -> impl Iterator<Item = String> {
    let mut found = Vec::new();
    let mut current: Option<String> = None;
    let mut escaped = false;
    for character in text.chars() {
        match (&mut current, character) {
            (Some(string), _) if escaped => {
                string.push(character);
                escaped = false;
            }
            (Some(_), '\\') => escaped = true,
            (Some(_), '"') => found.extend(current.take()),
            (Some(string), _) => string.push(character),
            (None, '"') => current = Some(String::new()),
            (None, _) => {}
        }
    }
    found.into_iter()
}

/// `&[&[&security::A, &security::B], &[]]` as `a and b or nothing`.
fn security(text: &str) -> String {
    let mut alternatives: Vec<Vec<String>> = Vec::new();
    let mut depth = 0_usize;
    for part in text.split_inclusive(['[', ']', ',']) {
        let word = part.trim_end_matches(['[', ']', ',']).trim().trim_start_matches('&');
        if let Some(name) = word.rsplit("::").next().filter(|name| !name.is_empty() && depth == 2) {
            let name = name.to_ascii_lowercase();
            alternatives
                .last_mut()
                .into_iter()
                .for_each(|last| last.push(name.clone()));
        }
        match part.chars().next_back() {
            Some('[') => {
                depth += 1;
                if depth == 2 {
                    alternatives.push(Vec::new());
                }
            }
            Some(']') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    let words = alternatives.iter().map(|all| match all.as_slice() {
        [] => "nothing".to_owned(),
        all => all
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(" and "),
    });
    words.collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use super::Info;

    #[test]
    fn a_constant_is_read() {
        let info = Info::read(
            "OperationInfo{accept:\"text/plain\", security:&[&[&security::A, &security::B], &[]], \
             ..OperationInfo::new(\"get\\\"it\", \"GET\", \"/\")}",
        );
        assert_eq!(
            (info.id.as_str(), info.method.as_str(), info.path.as_str()),
            ("get\"it", "GET", "/")
        );
        assert_eq!(info.security, "`a` and `b` or nothing");
        assert_eq!(info.accept, "text/plain");
    }
}
