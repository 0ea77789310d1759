//! "Did you mean": finds the most similar name.

use serde_json::Value;

use crate::pointer::Pointer;

/// The place that is called most like `wanted`, which is not there, unless nothing beside it is.
pub(crate) fn nearest_place(root: &Value, wanted: &Pointer) -> Option<Pointer> {
    let parent = Pointer::root().join(wanted.as_str().rsplit_once('/')?.0);
    let siblings = root.pointer(parent.as_str())?.as_object()?;
    nearest(&wanted.last(), siblings.keys().map(String::as_str)).map(|name| parent.child(name))
}

/// The name that differs least from `wanted`, unless all differ much.
pub(crate) fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let (distance, name) = names
        .map(|name| (edit_distance(wanted, name), name))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= 1 + wanted.chars().count() / 4).then_some(name)
}

/// Levenshtein distance, for "did you mean".
fn edit_distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, r) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(l != *r);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::edit_distance;

    #[test]
    fn distances() {
        assert_eq!(edit_distance("Pet", "Pet"), 0);
        assert_eq!(edit_distance("Pet", "Pets"), 1);
        assert_eq!(edit_distance("kitten", "sitting"), 3);
        assert_eq!(edit_distance("", "abc"), 3);
    }
}
