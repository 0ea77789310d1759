//! What happens when nobody takes what the program prints.

#![cfg(target_os = "linux")]

#[path = "support/shelf.rs"]
mod shelf;

use std::fs::{File, OpenOptions};
use std::process::{Command, Output, Stdio};

use shelf::Shelf;

const CALLS: [&[&str]; 5] = [
    &["--help"],
    &["generate", "jars.yaml", "-o", "out", "--name", "jars"],
    &["check", "jars.yaml", "-o", "out", "--name", "jars"],
    &["dump", "jars.yaml"],
    &["diff", "jars.yaml", "jars.yaml"],
];

fn printed_to(shelf: &Shelf, arguments: &[&str], target: impl Into<Stdio>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_envoi"));
    let command = command
        .args(arguments)
        .current_dir(shelf.path(""))
        .stdout(target)
        .stderr(Stdio::piped());
    let child = command.spawn().expect("the program starts");
    child.wait_with_output().expect("it ends")
}

#[test]
fn results_that_cannot_be_written_are_an_error() {
    let shelf = Shelf::new();
    for arguments in CALLS {
        let full = OpenOptions::new().write(true).open("/dev/full").expect("it is there");
        let output = printed_to(&shelf, arguments, full);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(
            message.starts_with("error: standard output cannot be written: "),
            "{arguments:?}: {message}"
        );
    }
}

#[test]
fn a_closed_pipe_ends_a_command_without_a_word() {
    let shelf = Shelf::new();
    for arguments in CALLS {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = printed_to(&shelf, arguments, writer);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn a_file_takes_everything() {
    let shelf = Shelf::new();
    let path = shelf.path("dump.txt");
    printed_to(&shelf, &["dump", "jars.yaml"], File::create(&path).expect("a file"));
    assert!(shelf.read("dump.txt").starts_with("api \""));
}
