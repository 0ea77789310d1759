//! What the figures were measured on.

use std::fs;
use std::process::Command;

/// Machine, system, compiler, commit and day, in one sentence.
pub fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = field("/proc/meminfo", "MemTotal").and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    let memory = memory.map_or_else(String::new, |kibibytes| {
        format!(", {} GB of memory", (kibibytes >> 10).div_ceil(1024))
    });
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load
        .split(' ')
        .next()
        .map_or_else(String::new, |load| format!("; load before the run {load}"));
    format!(
        "{day}, {processor}, {cores} cores{memory}, {system}, {compiler}, Envoi at commit {commit}{load}",
        day = said("date", &["-u", "+%Y-%m-%d"]),
        system = said("uname", &["-sm"]),
        compiler = said("rustc", &["--version"]),
        commit = commit(),
    )
}

fn commit() -> String {
    let commit = said("git", &["rev-parse", "--short=10", "HEAD"]);
    let changed = !said("git", &["status", "--porcelain", "--untracked-files=no"]).is_empty();
    if changed {
        format!("{commit} with changes")
    } else {
        commit
    }
}

/// What a program says, or nothing.
fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(crate::project())
        .output();
    output.map_or_else(
        |_| String::new(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}

fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim_start_matches([' ', '\t', ':']).to_owned())
}
