//! Names given by the configuration.

use super::words;
use crate::diagnostic::{Code, Diagnostics};
use crate::pointer::Pointer;

/// Looks up a name the configuration gives, and reports one that is no identifier.
pub(super) fn renamed(given: Option<&String>, at: &Pointer, diagnostics: &mut Diagnostics) -> Option<String> {
    let given = given?;
    if words::snake(given).is_empty() || given.chars().any(|c| !c.is_ascii_alphanumeric() && c != '_') {
        let message = format!("`{given}` is not a valid Rust name; the configured name is ignored");
        diagnostics.report(Code::UnusedSetting, at, message);
        return None;
    }
    Some(given.clone())
}
