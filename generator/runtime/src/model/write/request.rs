//! Whether what is written is part of a request, which has no members that only the server sets (`readOnly`).

use std::cell::Cell;

use serde::Serialize;

thread_local! {
    static IN_REQUEST: Cell<bool> = const { Cell::new(false) };
}

/// Whether what is written goes into a request.
pub(in super::super) fn is_request() -> bool {
    IN_REQUEST.get()
}

/// The JSON text of a value as a request has it.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    let _within = Within(IN_REQUEST.replace(true));
    serde_json::to_string(value)
}

/// Ends with what was before, be it by a panic of the caller's own type.
struct Within(bool);

impl Drop for Within {
    fn drop(&mut self) {
        IN_REQUEST.set(self.0);
    }
}
