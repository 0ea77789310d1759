//! What happens when nobody takes what the program prints.

#![cfg(target_os = "linux")]

use std::fs::{File, OpenOptions};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n";

const CALLS: [&[&str]; 5] = [
    &["--help"],
    &["generate", "jars.yaml", "-o", "out", "--name", "jars"],
    &["check", "jars.yaml", "-o", "out", "--name", "jars"],
    &["dump", "jars.yaml"],
    &["diff", "jars.yaml", "jars.yaml"],
];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("jars.yaml"), DOCUMENT).expect("it can be written");
    folder
}

fn printed_to(folder: &Path, arguments: &[&str], target: impl Into<Stdio>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_envoi"));
    let command = command
        .args(arguments)
        .current_dir(folder)
        .stdout(target)
        .stderr(Stdio::piped());
    let child = command.spawn().expect("the program starts");
    child.wait_with_output().expect("it ends")
}

#[test]
fn results_that_cannot_be_written_are_an_error() {
    let folder = folder();
    for arguments in CALLS {
        let full = OpenOptions::new().write(true).open("/dev/full").expect("it is there");
        let output = printed_to(folder.path(), arguments, full);
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
    let folder = folder();
    for arguments in CALLS {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = printed_to(folder.path(), arguments, writer);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn a_file_takes_everything() {
    let folder = folder();
    let path = folder.path().join("dump.txt");
    printed_to(
        folder.path(),
        &["dump", "jars.yaml"],
        File::create(&path).expect("a file"),
    );
    assert!(
        std::fs::read_to_string(&path)
            .expect("it was written")
            .starts_with("api \"")
    );
}
