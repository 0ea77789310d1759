//! Forms of a secret to look for in responses.

use super::super::encode::parameter::escape::Escape;

/// Minimum length of a secret that is redacted: a shorter one would be found everywhere.
const SHORTEST_SECRET: usize = 8;

/// Returns the forms of a secret: plain, in a URL, in JSON as some servers write it, and quoted. Empty for a secret
/// that is too short.
pub(crate) fn recognisable(secret: &str) -> Vec<String> {
    if secret.chars().count() < SHORTEST_SECRET {
        return Vec::new();
    }
    let mut forms = vec![secret.to_owned()];
    let quoted = format!("{secret:?}");
    let quoted = quoted.get(1..quoted.len() - 1).unwrap_or_default().to_owned();
    for form in [Escape::Component.text(secret), secret.replace('/', "\\/"), quoted] {
        if !form.is_empty() && !forms.contains(&form) {
            forms.push(form);
        }
    }
    // what contains another form is hidden first
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    forms
}
