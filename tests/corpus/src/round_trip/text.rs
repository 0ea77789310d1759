//! Strings that satisfy formats, lengths, and such patterns as can be guessed.

/// A string of a format; `None` when the format says nothing about it.
pub fn of_format(format: &str, turn: usize) -> Option<&'static str> {
    let options: &[&str] = match format {
        "date-time" => &[
            "2024-02-29T12:34:56Z",
            "1999-12-31T23:59:59.123456789+05:30",
            "0001-01-01T00:00:00.5-00:00",
        ],
        "date" => &["2024-02-29", "1999-12-31"],
        "time" => &["12:34:56Z"],
        "duration" => &["P1DT2H"],
        "uuid" => &[
            "a3bb189e-8bf9-3888-9912-ace4e6543002",
            "A3BB189E-8BF9-3888-9912-ACE4E6543002",
        ],
        "byte" => &["aGVsbG8=", "", "/+8="],
        "base64url" => &["aGVsbG8", "-_8"],
        "email" => &["someone@example.org"],
        "hostname" => &["example.org"],
        "ipv4" => &["192.0.2.1"],
        "ipv6" => &["2001:db8::1"],
        "uri" | "url" | "iri" => &["https://example.org/a?b=c#d"],
        "uri-reference" => &["/a?b=c"],
        _ => return None,
    };
    Some(options[turn % options.len()])
}

/// A string of the asked length, in characters.
pub fn of_length(turn: usize, least: u64, most: u64) -> String {
    let texts = [
        "text",
        "",
        "with \"quotes\" and \\",
        "äöü ✓ 𝄞",
        "line\nbreak\t\u{1}",
        "null",
        "0",
        "true",
    ];
    let mut text = texts[turn % texts.len()].to_owned();
    let length = text.chars().count();
    let least = usize::try_from(least).unwrap_or_default().min(5_000);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    if length < least {
        text.extend(std::iter::repeat_n('x', least - length));
    } else if length > most {
        text = text.chars().take(most).collect();
    }
    text
}

/// A string that a pattern matches, from the examples of the schema or from guesses.
pub fn of_pattern(pattern: &str, own: impl Iterator<Item = String>) -> Option<String> {
    let schema = serde_json::json!({ "pattern": pattern });
    let validator = jsonschema::validator_for(&schema).ok()?;
    let guesses = [
        "a",
        "A",
        "1",
        "abc",
        "ABC",
        "Abc1",
        "a-b",
        "a_b",
        "a/b",
        "a.b",
        "ab12",
        "12",
        "123",
        "1234",
        "12345678",
        "1.0",
        "1.2.3",
        "2024-02-29",
        "12:30",
        "https://example.org",
        "someone@example.org",
        "#ffffff",
        "+15551234567",
        "0123456789abcdef0123456789abcdef",
        "a3bb189e-8bf9-3888-9912-ace4e6543002",
        "en",
        "en-US",
        "US",
        "EUR",
        "",
        "arn:aws:iam::123456789012:role/name",
        "/a",
        "x=y",
        "true",
    ];
    let guesses = guesses.into_iter().map(str::to_owned);
    own.chain(guesses)
        .find(|text| validator.is_valid(&serde_json::Value::String(text.clone())))
}
