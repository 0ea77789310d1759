//! Credentials from environment variables.

use std::env;

use super::credential::{ClientCredentials, Credential};
use super::security::{Place, Scheme};

/// Reads the credential of a scheme. `variable` contains it, or is the prefix of the variables that do: `_USER` and
/// `_PASSWORD`, `_CLIENT_ID` and `_CLIENT_SECRET`. Empty variables count as unset.
///
/// # Errors
/// A variable is invalid or missing. Its value is not shown.
pub(crate) fn credential(scheme: &Scheme, variable: &str) -> Result<Option<Credential>, String> {
    if matches!(scheme.place(), Place::Basic) {
        let user = value(&format!("{variable}_USER"))?;
        let password = value(&format!("{variable}_PASSWORD"))?;
        let found = user.is_some() || password.is_some();
        return Ok(found.then(|| Credential::basic(user.unwrap_or_default(), password.unwrap_or_default())));
    }
    if let Some(secret) = value(variable)? {
        return Ok(Some(Credential::secret(secret)));
    }
    if scheme.token_url().is_empty() {
        return Ok(None);
    }
    let (id, secret) = (format!("{variable}_CLIENT_ID"), format!("{variable}_CLIENT_SECRET"));
    match (value(&id)?, value(&secret)?) {
        (Some(id), Some(secret)) => Ok(Some(ClientCredentials::new(id, secret).into())),
        (None, None) => Ok(None),
        (Some(_), None) => Err(format!("environment variable `{id}` is set, but `{secret}` is not")),
        (None, Some(_)) => Err(format!("environment variable `{secret}` is set, but `{id}` is not")),
    }
}

fn value(variable: &str) -> Result<Option<String>, String> {
    let Some(value) = env::var_os(variable).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let value = value.into_string();
    value
        .map(Some)
        .map_err(|_| format!("the environment variable `{variable}` is not Unicode"))
}
