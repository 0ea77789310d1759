//! Clients of three versions of a document: as it was, as it has [`grown`], and as it was [`changed`].
//!
//! The table in `docs/guide/evolution.md` says which changes break programs. For each of its rows there is a program:
//! `tests/consumers/program.rs` compiles against the first two versions, the programs of [`breaking`] against the first and not
//! against the third. [`refused`] has what compiles against none of them.

pub use envoi_runtime as runtime;

/// The client of the document as it was.
#[allow(missing_docs, reason = "a client that is included has modules without documentation")]
pub mod before {
    include!(concat!(env!("OUT_DIR"), "/before.rs"));
}

/// The client of what the document has grown to.
#[allow(missing_docs, reason = "a client that is included has modules without documentation")]
pub mod grown {
    include!(concat!(env!("OUT_DIR"), "/grown.rs"));
}

/// The client of what the document was changed to.
#[allow(missing_docs, reason = "a client that is included has modules without documentation")]
pub mod changed {
    include!(concat!(env!("OUT_DIR"), "/changed.rs"));
}

/// The client of the document of the [`pairs`].
#[allow(missing_docs, reason = "a client that is included has modules without documentation")]
pub mod pairs_before {
    include!(concat!(env!("OUT_DIR"), "/pairs_before.rs"));
}

/// The client of the document of the [`pairs`] with all of their changes.
#[allow(missing_docs, reason = "a client that is included has modules without documentation")]
pub mod pairs_after {
    include!(concat!(env!("OUT_DIR"), "/pairs_after.rs"));
}

/// The programs of the [`pairs`], and doctests of those that break.
#[allow(
    missing_docs,
    clippy::match_like_matches_macro,
    clippy::must_use_candidate,
    reason = "that they compile is what counts"
)]
pub mod programs {
    include!(concat!(env!("OUT_DIR"), "/programs.rs"));
}

pub mod breaking;
pub mod pairs;
pub mod refused;
