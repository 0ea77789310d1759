//! Names of components that come from other files.

use std::collections::HashSet;

use crate::pointer::Pointer;

/// Members that frame what they hold and say nothing about it.
const FRAME: [&str; 20] = [
    "components",
    "schemas",
    "definitions",
    "$defs",
    "properties",
    "items",
    "paths",
    "responses",
    "content",
    "schema",
    "parameters",
    "requestBody",
    "requestBodies",
    "headers",
    "examples",
    "links",
    "callbacks",
    "allOf",
    "anyOf",
    "oneOf",
];

/// A name for the node at `at` of the text at `address` that is not taken: its own, else one with the name of the file
/// in front, else one with a number behind. `taken` has names in lower case.
pub(super) fn free(address: &str, at: &Pointer, taken: &HashSet<String>) -> String {
    let stem = stem(address);
    let own = own(at).unwrap_or_else(|| stem.clone());
    let qualified = format!("{stem}_{own}");
    let numbered = (2_usize..).map(|number| format!("{own}_{number}"));
    let first = [own.clone(), qualified]
        .into_iter()
        .filter(|name| *name != format!("{own}_{own}"));
    first
        .chain(numbered)
        .find(|name| !taken.contains(&name.to_lowercase()))
        .unwrap_or(own)
}

/// A name for what is made of the node at `at` for `owner`, that is not taken.
pub(super) fn made_for(owner: &str, address: &str, at: &Pointer, taken: &HashSet<String>) -> String {
    let template = own(at).unwrap_or_else(|| stem(address));
    let name = format!("{owner}_{template}");
    let numbered = (2_usize..).map(|number| format!("{name}_{number}"));
    let mut names = std::iter::once(name.clone()).chain(numbered);
    let free = names.find(|name| !taken.contains(&name.to_lowercase()));
    free.unwrap_or(name)
}

/// What the pointer calls its end.
pub(super) fn own(at: &Pointer) -> Option<String> {
    let last = at.last();
    let says = |token: &String| {
        !FRAME.contains(&token.as_str()) && !token.is_empty() && !token.bytes().all(|byte| byte.is_ascii_digit())
    };
    if says(&last) {
        return Some(last);
    }
    let words: Vec<String> = at
        .tokens()
        .filter(|token| says(token) && !token.contains("json"))
        .collect();
    (!words.is_empty()).then(|| words.join("_"))
}

/// The name of a file without its endings; that of its folder when the file is an index.
fn stem(address: &str) -> String {
    let path = address.split('?').next().unwrap_or_default();
    let mut segments = path.rsplit('/').filter(|segment| !segment.is_empty());
    let plain = |name: &str| {
        let name = [".yaml", ".yml", ".json", ".schema", ".openapi"]
            .iter()
            .fold(name, |name, ending| name.strip_suffix(ending).unwrap_or(name));
        name.trim_start_matches('_').to_owned()
    };
    let name = segments.next().map(plain).unwrap_or_default();
    match (name.as_str(), segments.next()) {
        ("" | "index", Some(folder)) if folder != ".." => plain(folder),
        ("", _) => "external".to_owned(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::free;
    use crate::pointer::Pointer;

    #[track_caller]
    fn check(address: &str, at: &str, taken: &[&str], expected: &str) {
        let taken: HashSet<String> = taken.iter().map(|name| name.to_lowercase()).collect();
        let at = Pointer::parse(at).expect("a pointer");
        assert_eq!(free(address, &at, &taken), expected);
    }

    #[test]
    fn names_are_those_of_the_place_or_the_file() {
        check("common/types.yaml", "#/components/schemas/Pet", &[], "Pet");
        check("schemas/pet.schema.json", "#", &[], "pet");
        check("schemas/index.yaml", "#", &[], "schemas");
        check("https://x.example/pets/pet?v=1", "#", &[], "pet");
        check(
            "a.yaml",
            "#/paths/pets/get/responses/200/content/application~1json/schema",
            &[],
            "pets_get",
        );
    }

    #[test]
    fn a_name_that_is_taken_gets_the_file_or_a_number() {
        check("common/types.yaml", "#/Pet", &["Pet"], "types_Pet");
        check("common/types.yaml", "#/Pet", &["Pet", "types_Pet"], "Pet_2");
        check("a/pet.yaml", "#", &["pet"], "pet_2");
    }
}
