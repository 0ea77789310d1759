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
    let before = IN_REQUEST.replace(true);
    let text = serde_json::to_string(value);
    IN_REQUEST.set(before);
    text
}
