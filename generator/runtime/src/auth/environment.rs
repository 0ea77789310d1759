//! Credentials from environment variables.

use std::env;

use super::credential::{ClientCredentials, Credential};
use super::security::{Place, Scheme};

/// The credential that the environment has for a scheme. `variable` holds it, or is what the names of the variables begin
/// with that do: `_USER` and `_PASSWORD`, `_CLIENT_ID` and `_CLIENT_SECRET`. What is empty is not there.
///
/// # Errors
/// Which variable is wrong; its value is not shown.
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
        (Some(_), None) => Err(format!("the environment has `{id}` and no `{secret}`")),
        (None, Some(_)) => Err(format!("the environment has `{secret}` and no `{id}`")),
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
