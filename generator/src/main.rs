//! The program `envoi`.

use std::process::ExitCode;

fn main() -> ExitCode {
    envoi::cli::run(std::env::args_os())
}
