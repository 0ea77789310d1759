//! The command line.
//!
//! Exit codes: 0: success. 1: the document has errors. 2: the arguments or the configuration are invalid, or a file
//! cannot be read or written. 3: `check` found differences, or `diff` changes that `--deny` names.

mod arguments;
mod check;
mod crate_name;
mod diff;
mod difference;
mod failure;
mod generate;
mod package_section;
mod project;
mod report;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use failure::Failure;

/// Runs the program with its arguments, the first of which is its name.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version arrive as errors too.
            let printed = error.print();
            return match error.use_stderr() {
                true => ExitCode::from(2),
                false => exit_code(report::written(printed)),
            };
        }
    };
    let done = match arguments.command.unwrap_or_default() {
        Command::Generate(call) => generate::run(&call),
        Command::Check(call) => check::run(&call),
        Command::Diff(call) => diff::run(&call),
        Command::Dump(call) => generate::dump(&call),
    };
    exit_code(done)
}

fn exit_code(done: Result<(), Failure>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Document) => ExitCode::from(1),
        Err(Failure::Usage(message)) => {
            report::error(&message);
            ExitCode::from(2)
        }
        Err(Failure::Drift) => ExitCode::from(3),
    }
}
