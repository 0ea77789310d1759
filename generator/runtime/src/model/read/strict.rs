//! Whether values are read in the forms of the specifications alone, or in those that servers write as well.

use std::cell::Cell;

thread_local! {
    static STRICT: Cell<bool> = const { Cell::new(false) };
}

/// Whether no other form is taken than that of the specification.
pub(in super::super) fn is_strict() -> bool {
    STRICT.get()
}

/// Whether a value in another form than the declared one is taken: by a client that is not strict. A union rather takes a
/// branch of which the value has the declared form.
pub(in super::super) fn takes_other_form() -> bool {
    // unions: begin
    super::super::union::other_form();
    // unions: end
    !is_strict()
}

/// Reads strictly or not.
pub(crate) fn with<T>(strict: bool, read: impl FnOnce() -> T) -> T {
    let before = STRICT.replace(strict);
    let read = read();
    STRICT.set(before);
    read
}
