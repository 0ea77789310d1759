//! By which texts a secret is recognised in what a server sends back.

use super::super::encode::parameter::escape::Escape;

/// What is shorter is no secret that could be told from other text, and would be found everywhere.
const SHORTEST_SECRET: usize = 8;

/// The texts by which a secret can be recognised: as it is, in a URL, in JSON as some servers write it, and quoted. None
/// for what is shorter than a secret.
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
