//! The program `envoi`.

use std::process::ExitCode;

/// A run is millions of small pieces, made on many threads.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    envoi::cli::run(std::env::args_os())
}
