//! Whether what is written is part of a request, which has no members that only the server sets (`readOnly`).

use std::cell::Cell;

use serde::Serialize;

thread_local! {
    static IN_REQUEST: Cell<bool> = const { Cell::new(false) };
}

/// Returns whether a request is being written.
pub(in super::super) fn is_request() -> bool {
    IN_REQUEST.get()
}

/// Returns the JSON text of a value in a request.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    let _within = Within(IN_REQUEST.replace(true));
    serde_json::to_string(value)
}

/// Restores the previous state, even if a custom type panics.
struct Within(bool);

impl Drop for Within {
    fn drop(&mut self) {
        IN_REQUEST.set(self.0);
    }
}
