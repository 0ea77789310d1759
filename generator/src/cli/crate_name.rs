//! Names of crates.

/// Returns a valid crate name made from the words of `text`.
pub(super) fn crate_name(text: &str) -> Option<String> {
    let name: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '_' {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let name = name.trim_matches(['-', '_']).to_owned();
    let taken = [
        "test",
        "core",
        "std",
        "alloc",
        "proc_macro",
        "proc-macro",
        "deps",
        "build",
        "examples",
        "incremental",
    ];
    let begins = name.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    let keyword = syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err();
    (begins && !keyword && name.len() <= 64 && !taken.contains(&name.as_str())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::crate_name;

    #[test]
    fn names_of_crates() {
        assert_eq!(crate_name("My API").as_deref(), Some("my-api"));
        assert_eq!(crate_name("acme_pets").as_deref(), Some("acme_pets"));
        assert_eq!(crate_name("3d"), None);
        assert_eq!(crate_name("std"), None);
        assert_eq!(crate_name("async"), None);
        assert_eq!(crate_name("…"), None);
    }
}
