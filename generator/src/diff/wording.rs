//! Signatures in messages.

use super::item::{Member, Takes};
use super::signature::{Piece, Signature};
use crate::text::visible;

/// Longer types are cut: messages have several of them.
const MOST_CHARACTERS: usize = 120;

/// How arguments are taken.
const TAKEN: [&str; 5] = [
    "impl Into<",
    "impl IntoOption<",
    "impl IntoNullable<",
    "impl IntoBody<",
    "impl IntoMultipart<",
];

/// A type, without the modules that lead to it.
pub(super) fn shown(signature: &Signature) -> String {
    let words = signature.iter().map(|piece| match piece {
        Piece::Text(text) => text.replace("runtime::", ""),
        Piece::Item(path) => path.rsplit("::").next().unwrap_or(path).to_owned(),
    });
    words.collect()
}

/// What an argument is: the type that programs know, not how it is taken.
pub(super) fn argument(signature: &Signature) -> String {
    let text = shown(signature);
    let inner = TAKEN
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix)?.strip_suffix('>'))
        .unwrap_or(&text);
    let inner = inner.strip_suffix(", Body: Numbers").unwrap_or(inner);
    let inner = inner.strip_suffix(", M").unwrap_or(inner);
    let optional = text
        .starts_with("impl Into<Option<")
        .then(|| inner.strip_prefix("Option<")?.strip_suffix('>'));
    optional.flatten().unwrap_or(inner).to_owned()
}

/// Code in a message.
pub(super) fn code(text: &str) -> String {
    let plain = visible(text).replace('`', "'");
    if plain.chars().count() <= MOST_CHARACTERS {
        return format!("`{plain}`");
    }
    let cut: String = plain.chars().take(MOST_CHARACTERS).collect();
    format!("`{cut}…`")
}

/// `is A, was B`; with the whole signatures where the short forms are the same.
pub(super) fn is_was(old: &Signature, new: &Signature, short: fn(&Signature) -> String) -> String {
    let (mut before, mut now) = (short(old), short(new));
    if before == now {
        (before, now) = (shown(old), shown(new));
    }
    if before == now {
        let whole = |signature: &Signature| -> String {
            let words = signature.iter().map(|piece| match piece {
                Piece::Text(text) | Piece::Item(text) => text.as_str(),
            });
            words.collect()
        };
        (before, now) = (whole(old), whole(new));
    }
    format!("is {}, was {}", code(&now), code(&before))
}

/// Several names in a sentence.
pub(super) fn list(names: &[String]) -> String {
    names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ")
}

/// How the arguments of two functions differ, with the name of the argument; nothing if programs cannot tell.
pub(super) fn arguments(
    old: &Takes,
    new: &Takes,
    is_same: impl Fn(&Signature, &Signature) -> bool,
) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let named = |takes: &Takes, name: &str| takes.arguments.iter().position(|(own, _)| own == name);
    // as many arguments as before are the same ones, whatever their names are
    let are_counted = old.arguments.len() != new.arguments.len();
    for (name, _) in old.arguments.iter().filter(|_| are_counted) {
        if named(new, name).is_none() {
            found.push((name.clone(), format!("no longer takes {}", code(name))));
        }
    }
    for (name, ty) in &new.arguments {
        match named(old, name) {
            None if !are_counted => {}
            None => {
                let words = format!("takes {}", code(&format!("{name}: {}", argument(ty))));
                found.push((name.clone(), words));
            }
            Some(at) if !is_same(&old.arguments[at].1, ty) => {
                let words = is_was(&old.arguments[at].1, ty, argument);
                found.push((name.clone(), format!("argument {} {words}", code(name))));
            }
            Some(_) => {}
        }
    }
    let order = |takes: &Takes, other: &Takes| -> Vec<String> {
        let known = takes.arguments.iter().filter(|(name, _)| named(other, name).is_some());
        known.map(|(name, _)| name.clone()).collect()
    };
    let (before, now) = (order(old, new), order(new, old));
    if before != now {
        let words = format!("takes {} in this order, was {}", list(&now), list(&before));
        found.push((String::new(), words));
    }
    if found.is_empty() && !same_types(old, new, &is_same) {
        found.push((String::new(), "has another signature".to_owned()));
    }
    found
}

/// Whether arguments have the same types at the same places, whatever their names are.
fn same_types(old: &Takes, new: &Takes, is_same: &impl Fn(&Signature, &Signature) -> bool) -> bool {
    let mut pairs = old.arguments.iter().zip(&new.arguments);
    old.arguments.len() == new.arguments.len()
        && pairs.all(|((_, old), (_, new))| is_same(old, new))
        && old.receiver == new.receiver
        && is_same(&old.generics, &new.generics)
        && is_same(&old.bounds, &new.bounds)
}

/// The `default` that documentation tells, if it tells one.
pub(super) fn default(member: &Member) -> Option<&str> {
    let (_, rest) = member.attributes.docs.rsplit_once("Default: `")?;
    rest.split_once('`').map(|(value, _)| value)
}
