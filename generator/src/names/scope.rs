//! Scopes, in which every name is unique.

use std::collections::{HashMap, HashSet};

use super::{ident, words};

/// A set of names that are taken.
#[derive(Debug, Clone)]
pub(super) struct Scope<'r> {
    taken: HashSet<String>,
    /// They are few, and most scopes live for a few names.
    reserved: &'r [&'r str],
    /// By name: the number that is tried next.
    numbers: HashMap<String, usize>,
    /// The word that sets a name apart from a reserved one, in the case that the names of the scope have.
    suffix: &'static str,
}

impl<'r> Scope<'r> {
    /// A scope in which `reserved` names are never given. A name that is missing becomes `suffix`.
    pub(super) fn new(reserved: &'r [&'r str], suffix: &'static str) -> Self {
        Self {
            taken: HashSet::new(),
            numbers: HashMap::new(),
            reserved,
            suffix,
        }
    }

    /// Takes a name, with a suffix if it is taken or reserved; one that is too long is shortened first.
    pub(super) fn claim(&mut self, name: String) -> String {
        let base = self.adapted(name);
        if self.take(&base) {
            return base;
        }
        // All numbers below the last one are taken still.
        let mut number = self.numbers.get(&base).copied().unwrap_or(2);
        loop {
            let candidate = self.with(&base, &number.to_string());
            number += 1;
            if self.take(&candidate) {
                self.numbers.insert(base, number);
                return candidate;
            }
        }
    }

    /// The name that is given to what is called like this, where nothing else has it.
    pub(super) fn adapted(&self, name: String) -> String {
        let name = words::shortened(name);
        let possible = ident::possible(name.clone());
        if name.is_empty() {
            self.suffix.to_owned()
        } else if self.reserves(&name) || self.reserves(&possible) {
            self.with(&name, self.suffix)
        } else {
            possible
        }
    }

    /// A name with something behind it, as the names of the scope are written.
    pub(super) fn with(&self, name: &str, suffix: &str) -> String {
        let name = name.trim_end_matches('_');
        if self.suffix.starts_with(char::is_uppercase) {
            format!("{name}{suffix}")
        } else {
            format!("{name}_{suffix}")
        }
    }

    /// Whether a name is never given here.
    pub(super) fn reserves(&self, name: &str) -> bool {
        self.reserved.contains(&name)
    }

    /// Whether a name would be given as it is.
    pub(super) fn has_free(&self, name: &str) -> bool {
        let possible = ident::possible(name.to_owned()) == name;
        possible && !name.is_empty() && !self.reserves(name) && !self.taken.contains(&fold(name))
    }

    /// Takes a name as it is; whether it was free.
    pub(super) fn take(&mut self, candidate: &str) -> bool {
        !self.reserves(candidate) && self.taken.insert(fold(candidate))
    }
}

/// File systems that ignore case must be able to hold a file per name.
pub(super) fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn names_are_given_once() {
        let mut scope = Scope::new(&["Option"], "Model");
        let mut claim = |name: &str| scope.claim(name.to_owned());
        assert_eq!(claim("Pet"), "Pet");
        assert_eq!(claim("Pet"), "Pet2");
        assert_eq!(claim("PET"), "PET3");
        assert_eq!(claim("Option"), "OptionModel");
        assert_eq!(claim("Pet2"), "Pet22");
        assert_eq!(claim(""), "Model");
    }

    #[test]
    fn lower_case_names_get_lower_case_suffixes() {
        let mut scope = Scope::new(&["send"], "parameter");
        let mut claim = |name: &str| scope.claim(name.to_owned());
        assert_eq!(claim("send"), "send_parameter");
        assert_eq!(claim("id"), "id");
        assert_eq!(claim("id"), "id_2");
        assert_eq!(claim(""), "parameter");
        assert_eq!(claim("self"), "self_");
        assert_eq!(claim("self"), "self_2");
    }
}
