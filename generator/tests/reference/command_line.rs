//! Tables of the arguments, from `--help`.

use std::fmt::Write;
use std::process::Command;

use super::cell;

/// An argument with its description.
struct Argument {
    spelled: String,
    description: String,
}

pub(super) fn section() -> String {
    let mut text = String::from("## Command line\n\n");
    text += "`envoi` without a command is `envoi generate` with the configuration file.\n\n";
    let commands = arguments(&help(&[]), "Commands:");
    for command in commands.iter().filter(|command| command.spelled != "help") {
        let name = &command.spelled;
        let own = help(&[name]);
        let usage = own
            .lines()
            .find_map(|line| line.strip_prefix("Usage: "))
            .expect("a usage");
        write!(text, "### `envoi {name}`\n\n{}.\n\n`{usage}`\n\n", command.description)
            .expect("a string takes everything");
        let (mut listed, mut options) = (arguments(&own, "Arguments:"), arguments(&own, "Options:"));
        if name == "check" {
            text += "The arguments of `envoi generate`, and:\n\n";
            let shared = arguments(&help(&["generate"]), "Options:");
            let is_shared = |own: &Argument| shared.iter().any(|other| other.spelled == own.spelled);
            options.retain(|option| !is_shared(option));
            listed.clear();
        }
        text += "| argument | meaning |\n|---|---|\n";
        for argument in listed.iter().chain(&options) {
            writeln!(text, "| `{}` | {} |", argument.spelled, cell(&argument.description))
                .expect("a string takes everything");
        }
        text.push('\n');
    }
    text
}

fn help(command: &[&str]) -> String {
    let mut call = Command::new(env!("CARGO_BIN_EXE_envoi"));
    let done = call.args(command).arg("--help").output().expect("the program runs");
    assert!(done.status.success());
    String::from_utf8(done.stdout).expect("text")
}

/// What stands under a heading: spelled on a line, and described on it after a gap or on the lines below.
fn arguments(help: &str, heading: &str) -> Vec<Argument> {
    let lines = help.lines().skip_while(|line| *line != heading).skip(1);
    let mut found: Vec<Argument> = Vec::new();
    for line in lines.take_while(|line| line.is_empty() || line.starts_with(' ')) {
        let indent = line.len() - line.trim_start().len();
        if line.is_empty() {
            continue;
        }
        if indent <= 6 {
            let (spelled, description) = line.trim().split_once("  ").unwrap_or((line.trim(), ""));
            found.push(Argument {
                spelled: spelled.to_owned(),
                description: description.trim().to_owned(),
            });
        } else if let Some(last) = found.last_mut() {
            last.description = format!("{} {}", last.description, line.trim()).trim().to_owned();
        }
    }
    found
}
