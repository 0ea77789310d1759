//! Method names without the words that the accessor of their group says already.
//!
//! `client.issues().issues_list_for_repo()` is `client.issues().list_for_repo()`, and `client.users().get_user()` is
//! `client.users().get()`.

use std::collections::HashMap;

use super::ident;

/// Words between which and what follows nothing can be left out: `list_for_user` is not `list_for`.
const JOINING: [&str; 17] = [
    "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "per", "than", "to", "via", "with",
    "without",
];

/// Words that say what is done with the ones after them: `list_user_keys` of users is `list_keys`.
const VERBS: [&str; 42] = [
    "accept", "add", "approve", "cancel", "check", "clear", "close", "connect", "copy", "count", "create", "delete",
    "disable", "download", "enable", "export", "fetch", "find", "get", "import", "insert", "list", "lookup", "modify",
    "patch", "post", "put", "query", "read", "remove", "replace", "reset", "retrieve", "revoke", "search", "send",
    "set", "show", "update", "upload", "validate", "watch",
];

/// Beginnings of nouns, which are no words without the rest: `list_sub_issues` is not `list_sub`.
const BEGINNINGS: [&str; 9] = ["anti", "inter", "meta", "multi", "non", "pre", "semi", "sub", "super"];

/// Articles, which go with their noun: `retrieve_a_page` of pages is `retrieve`.
const ARTICLES: [&str; 3] = ["a", "an", "the"];

/// By method of a group: its name without the words of the group, unless the shorter name is `taken`, or another method
/// has or would have it too.
pub(super) fn without_group(group: &str, methods: &[&str], taken: &[&str]) -> Vec<String> {
    let shorter: Vec<Option<String>> = methods.iter().map(|method| without(group, method)).collect();
    let mut wanted: HashMap<&str, usize> = HashMap::new();
    let own = methods.iter().chain(taken).copied();
    for name in own.chain(shorter.iter().flatten().map(String::as_str)) {
        *wanted.entry(name).or_default() += 1;
    }
    let each = methods.iter().zip(&shorter);
    each.map(|(method, shorter)| match shorter {
        Some(shorter) if wanted[shorter.as_str()] == 1 => shorter.clone(),
        _ => (*method).to_owned(),
    })
    .collect()
}

/// An `operationId` without the path and the method at its end, which FastAPI writes there:
/// `read_item_items__item_id__get` is `read_item`.
pub(super) fn without_path<'i>(id: &'i str, method: &str, path: &str) -> &'i str {
    let word = |character: char| character.is_alphanumeric() || character == '_';
    let path: String = path
        .chars()
        .map(|character| if word(character) { character } else { '_' })
        .collect();
    let end = format!("{path}_{}", method.to_ascii_lowercase());
    id.strip_suffix(end.as_str())
        .filter(|name| name.chars().any(char::is_alphabetic))
        .unwrap_or(id)
}

/// The name of a method without the words of its group.
fn without(group: &str, method: &str) -> Option<String> {
    let group: Vec<&str> = group.split('_').collect();
    let mut words: Vec<&str> = method.split('_').collect();
    let before = words.len();
    while let Some(fewer) = once(&group, &words) {
        // behind the words of the group stands a name of its own, from which only what one verb does not need is left out
        if words.len() < before && fewer.len() > 1 {
            break;
        }
        words = fewer;
    }
    if words.len() < before && words.len() > 1 && ARTICLES.contains(&words[words.len() - 1]) {
        words.pop();
    }
    let name = words.join("_");
    (words.len() < before && ident::value(&name).as_str() == name).then_some(name)
}

/// The words without those of the group at their beginning, at their end, or behind a verb.
fn once<'w>(group: &[&str], words: &[&'w str]) -> Option<Vec<&'w str>> {
    let rest = words.len().checked_sub(group.len()).filter(|rest| *rest > 0)?;
    let says = |at: usize| {
        let mut pairs = group.iter().zip(&words[at..]);
        at <= rest && pairs.all(|(one, other)| singular(one) == singular(other))
    };
    let left = |at: usize| [&words[..at], &words[at + group.len()..]].concat();
    let joins = |word: &&str| JOINING.contains(word);
    let begins = || Some(left(0)).filter(|left| !joins(&left[0]));
    let stands = |left: &Vec<&str>| !left.iter().any(&joins) && !BEGINNINGS.contains(&left[left.len() - 1]);
    let ends = || Some(left(rest)).filter(stands);
    let behind = || Some(left(1)).filter(|left| VERBS.contains(&left[0]) && says_something(left));
    None.or_else(|| says(0).then(begins).flatten())
        .or_else(|| says(rest).then(ends).flatten())
        .or_else(|| says(1).then(behind).flatten())
        .filter(|left| says_something(left))
}

/// Whether words can be the name of a method.
fn says_something(words: &[&str]) -> bool {
    let first = words.first().and_then(|word| word.bytes().next());
    first.is_some_and(|first| !first.is_ascii_digit())
}

/// A noun without its plural ending, the same for both numbers of one noun.
fn singular(word: &str) -> &str {
    match word {
        _ if word.len() < 4 || word.ends_with("ss") => word,
        _ => ["ies", "es", "s", "y", "e"]
            .iter()
            .find_map(|ending| word.strip_suffix(ending))
            .unwrap_or(word),
    }
}

#[cfg(test)]
mod tests {
    use super::{without_group, without_path};

    fn short(group: &str, method: &str) -> String {
        without_group(group, &[method], &[]).remove(0)
    }

    #[test]
    fn words_of_the_group_are_left_out() {
        for (group, method, expected) in [
            ("issues", "issues_list_for_repo", "list_for_repo"),
            ("invitations", "create_invitation", "create"),
            ("invitations", "list_invitations", "list"),
            ("core_v1", "list_core_v1_namespaced_pod", "list_namespaced_pod"),
            ("code_scanning", "code_scanning_list_alerts", "list_alerts"),
            ("users", "get_user_by_name", "get_by_name"),
            ("users", "users_get_user", "get"),
            ("issues", "issues_add_sub_issue", "add_sub_issue"),
            ("teams", "teams_list_child_teams", "list_child_teams"),
            ("invitations", "list_pending_invitations", "list_pending"),
            ("categories", "delete_category", "delete"),
            ("branches", "get_branch", "get"),
            ("caches", "get_cache", "get"),
            ("pages", "retrieve_a_page", "retrieve"),
            ("users", "list_the_users", "list"),
            ("invoices", "get_an_invoice", "get"),
        ] {
            assert_eq!(short(group, method), expected, "{method} of {group}");
        }
    }

    #[test]
    fn what_would_say_something_else_is_kept() {
        for (group, method) in [
            ("users", "list_for_authenticated_user"),
            ("users", "list_repositories_of_user"),
            ("users", "current_user_playlists"),
            ("issues", "issues"),
            ("cards", "move_card"),
            ("keys", "keys_2fa"),
            ("keys", "keys_for_user"),
            ("addresses", "get_add"),
            ("issues", "list_sub_issues"),
            ("blocks", "append_children_to_the_block"),
        ] {
            assert_eq!(short(group, method), method, "{method} of {group}");
        }
    }

    #[test]
    fn nothing_collides() {
        let names = |methods: [&str; 2]| without_group("users", &methods, &["new"]);
        assert_eq!(names(["get_users", "get_user"]), ["get_users", "get_user"]);
        assert_eq!(names(["users_list", "list"]), ["users_list", "list"]);
        assert_eq!(names(["users_list", "users_get"]), ["list", "get"]);
        assert_eq!(names(["users_new", "users_get"]), ["users_new", "get"]);
    }

    #[test]
    fn paths_at_the_end_are_left_out() {
        let id = "read_item_items__item_id__get";
        assert_eq!(without_path(id, "GET", "/items/{item_id}"), "read_item");
        assert_eq!(without_path(id, "PUT", "/items/{item_id}"), id);
        assert_eq!(without_path("_items_get", "GET", "/items"), "_items_get");
    }
}
