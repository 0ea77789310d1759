//! The version of a document -> the version of a crate.

use semver::{BuildMetadata, Version};
use serde_json::Value;

/// Longer versions are not used.
const MAX_LENGTH: usize = 64;

/// What begins with a larger number is a date, such as `2024-01-01` or `2024.1`, and no version after it could be smaller.
const MAX_MAJOR: u64 = 999;

/// Returns `info.version` as a semantic version: `1.2.3` and `1.0.0-rc.1` as they are, `1`, `v2` and `1.0` with zeros at
/// the end, and without build metadata. Dates and all else are `None`.
pub(super) fn of_document(version: &Value) -> Option<String> {
    let text = match version {
        Value::String(text) => text.clone(),
        // YAML reads `1.0` as a number.
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let text = text.trim();
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    if text.len() > MAX_LENGTH {
        return None;
    }
    let numbers = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (numbers, rest) = text.split_at(numbers);
    // `2-1` and `1.0-2` are no pre-releases.
    let is_short = numbers.matches('.').count() < 2;
    if is_short
        && rest
            .strip_prefix('-')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    let missing = 2_usize.saturating_sub(numbers.matches('.').count());
    let full = format!("{numbers}{}{rest}", ".0".repeat(missing));
    let mut version = Version::parse(&full).ok()?;
    version.build = BuildMetadata::EMPTY;
    (version.major <= MAX_MAJOR).then(|| version.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::of_document;

    #[test]
    fn versions_of_documents() {
        for (written, version) in [
            (json!("1.2.3"), Some("1.2.3")),
            (json!("1.0.0-rc.1"), Some("1.0.0-rc.1")),
            (json!("1.0.0+build.7"), Some("1.0.0")),
            (json!(" v2 "), Some("2.0.0")),
            (json!("V1.4"), Some("1.4.0")),
            (json!("1.0-beta"), Some("1.0.0-beta")),
            (json!("3"), Some("3.0.0")),
            (json!(1.1), Some("1.1.0")),
            (json!(2), Some("2.0.0")),
            (json!("0.0.1"), Some("0.0.1")),
            (json!("2024-01-01"), None),
            (json!("2024-01-01.preview"), None),
            (json!("2024.1.15"), None),
            (json!("20240101"), None),
            (json!("1-2"), None),
            (json!("1.01"), None),
            (json!("1.2.3.4"), None),
            (json!("1."), None),
            (json!(""), None),
            (json!("v"), None),
            (json!("latest"), None),
            (json!("1.0 beta"), None),
            (json!("1.0.0-\u{202e}x"), None),
            (json!("99999999999999999999"), None),
            (json!(format!("1.0.0-{}", "a".repeat(100))), None),
            (json!(null), None),
            (json!(["1.0.0"]), None),
        ] {
            assert_eq!(of_document(&written).as_deref(), version, "{written}");
        }
    }
}
