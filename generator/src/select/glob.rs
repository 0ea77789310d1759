//! `*`, `?` and `**`. Written here because the braces of path templates mean something else to every crate for globs.

/// Whether a text fits a pattern in which `*` is any text and `?` any character.
pub(crate) fn text(pattern: &str, text: &str) -> bool {
    let [pattern, text] = [pattern, text].map(|text| text.chars().collect::<Vec<char>>());
    fits(&pattern, &text, |p| *p == '*', |p, c| *p == '?' || p == c)
}

/// What each `*` of a pattern stands for in a text that fits it, each as little as possible but the last.
pub(crate) fn captures(pattern: &str, text: &str) -> Option<Vec<String>> {
    let [pattern, text] = [pattern, text].map(|text| text.chars().collect::<Vec<char>>());
    // where what a `*` stands for begins and ends, and what follows the `*` in the pattern
    let mut stars: Vec<(usize, usize, usize)> = Vec::new();
    let (mut p, mut i) = (0, 0);
    while let Some(character) = text.get(i) {
        match (pattern.get(p), stars.last_mut()) {
            (Some('*'), _) => {
                p += 1;
                stars.push((i, i, p));
            }
            (Some(single), _) if *single == '?' || single == character => (p, i) = (p + 1, i + 1),
            (_, Some((_, end, after))) => {
                *end += 1;
                (p, i) = (*after, *end);
            }
            (_, None) => return None,
        }
    }
    let rest = &pattern[p..];
    let stars = stars
        .into_iter()
        .map(|(begin, end, _)| text[begin..end].iter().collect());
    rest.iter()
        .all(|character| *character == '*')
        .then(|| stars.chain(rest.iter().map(|_| String::new())).collect())
}

/// Whether a path fits a pattern, segment by segment; the segment `**` is any number of segments.
pub(super) fn path(pattern: &str, path: &str) -> bool {
    let [pattern, path] = [pattern, path].map(|path| path.split('/').collect::<Vec<&str>>());
    fits(&pattern, &path, |p| *p == "**", |p, segment| text(p, segment))
}

/// Matches without recursion: the last wildcard takes one more each time that what follows it does not fit.
fn fits<P, T>(pattern: &[P], items: &[T], any: impl Fn(&P) -> bool, one: impl Fn(&P, &T) -> bool) -> bool {
    let (mut p, mut i) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while let Some(item) = items.get(i) {
        match (pattern.get(p), back) {
            (Some(wildcard), _) if any(wildcard) => {
                p += 1;
                back = Some((p, i));
            }
            (Some(single), _) if one(single, item) => (p, i) = (p + 1, i + 1),
            (_, Some((after, from))) => {
                (p, i) = (after, from + 1);
                back = Some((after, i));
            }
            (_, None) => return false,
        }
    }
    pattern[p..].iter().all(any)
}

#[cfg(test)]
mod tests {
    use super::{captures, path, text};

    #[test]
    fn texts() {
        for (pattern, fitting, other) in [
            ("listPets", "listPets", "listPets2"),
            ("list*", "list", "aList"),
            ("*Pets", "listPets", "listPetsNow"),
            ("*a*b*", "xaxbx", "xbxax"),
            ("l?st", "list", "lst"),
            ("repos/*", "repos/get/it", "repo/get"),
            ("a*a*a*b", "aaaaaaab", "aaaaaaaa"),
            ("", "", "a"),
        ] {
            assert!(text(pattern, fitting), "{pattern} {fitting}");
            assert!(!text(pattern, other), "{pattern} {other}");
        }
        assert!(text("*", "") && text("*", "a/b"));
    }

    #[test]
    fn stars_stand_for_what_they_match() {
        for (pattern, text, expected) in [
            ("Io*", "IoPod", Some(vec!["Pod"])),
            ("*Dto", "PetDtoDto", Some(vec!["PetDto"])),
            ("*.v?.*", "core.v1.Pod", Some(vec!["core", "Pod"])),
            ("a*b*", "aab", Some(vec!["a", ""])),
            ("*", "", Some(vec![""])),
            ("Pod", "Pod", Some(vec![])),
            ("Io*", "Pod", None),
            ("a*b", "aba", None),
        ] {
            let found = captures(pattern, text);
            let expected: Option<Vec<String>> = expected.map(|all| all.into_iter().map(str::to_owned).collect());
            assert_eq!(found, expected, "{pattern} {text}");
        }
    }

    #[test]
    fn paths() {
        for (pattern, fitting, other) in [
            ("/pets", "/pets", "/pets/{id}"),
            ("/pets/*", "/pets/{id}", "/pets"),
            ("/pets/*", "/pets/", "/pets/{id}/toys"),
            ("/pets/{id}", "/pets/{id}", "/pets/id"),
            ("/pets/**", "/pets", "/petsitters"),
            ("/pets/**", "/pets/{id}/toys", "/v1/pets"),
            ("/**/toys", "/toys", "/toys/{id}"),
            ("/**/toys", "/pets/{id}/toys", "/pets/toy"),
            ("/v?/**/{id}/*", "/v1/a/b/{id}/c", "/v10/a/{id}/c"),
            ("/a*/b", "/abc/b", "/a/c/b"),
        ] {
            assert!(path(pattern, fitting), "{pattern} {fitting}");
            assert!(!path(pattern, other), "{pattern} {other}");
        }
        assert!(path("**", "/") && path("/**", "/a/b"));
    }
}
