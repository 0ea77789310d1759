//! Names of properties that hold credentials, whose type hides them from logs.

/// What the last word of a name is, or the last two together, in small letters.
///
/// Each is a credential nearly wherever it stands. Others are that often enough to be thought of, and are something else
/// too often: `token` alone is a token of a page, of a card or of a text, `pin` a postal code, `key` any key.
const CREDENTIALS: [&str; 21] = [
    "accesskey",
    "accesstoken",
    "apikey",
    "apitoken",
    "authtoken",
    "bearertoken",
    "clientsecret",
    "idtoken",
    "oauthtoken",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "pwd",
    "refreshtoken",
    "secret",
    "secretkey",
    "sessiontoken",
    "sharedkey",
    "signingkey",
];

/// Whether text under this name is a credential.
pub(super) fn is_credential(name: &str) -> bool {
    let words = words(name);
    let is_listed = |words: &[String]| CREDENTIALS.contains(&words.concat().as_str());
    (1..=2).any(|count| words.len() >= count && is_listed(&words[words.len() - count..]))
}

/// The words of a name, in small letters: `apiKey`, `API_KEY` and `api-key` have the same.
fn words(name: &str) -> Vec<String> {
    let characters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = vec![String::new()];
    for (index, &character) in characters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| characters[before]);
        let follows_small = before.is_some_and(|before| before.is_lowercase() || before.is_numeric());
        let next_is_small = characters.get(index + 1).is_some_and(|next| next.is_lowercase());
        let begins = character.is_uppercase() && (follows_small || next_is_small);
        if begins || !character.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| character.is_alphanumeric()) {
            word.extend(character.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::is_credential;

    #[test]
    fn names_of_credentials() {
        for name in [
            "password",
            "new_password",
            "Password",
            "adminPassword",
            "api_key",
            "apiKey",
            "APIKey",
            "apikey",
            "X-API-Key",
            "AWSSecretAccessKey",
            "clientSecret",
            "client-secret",
            "accessToken",
            "refresh_token",
            "sslPrivateKey",
        ] {
            assert!(is_credential(name), "{name}");
        }
    }

    #[test]
    fn other_names() {
        for name in [
            "",
            "-",
            "prompt",
            "due_date",
            "token",
            "nextToken",
            "page_token",
            "clientToken",
            "token_type",
            "mapKey",
            "mapikey",
            "publicKey",
            "key",
            "pin",
            "secretName",
            "secret_arn",
            "passwordPolicy",
            "password_changed_at",
            "secretary",
            "bypasswd_x",
        ] {
            assert!(!is_credential(name), "{name}");
        }
    }
}
