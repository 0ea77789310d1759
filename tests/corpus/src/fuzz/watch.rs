//! Processes that try, and what became of them: one that takes too long or too much memory is ended, and another goes on
//! after the input that did it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::target::Name;
use super::worker::MARK;
use crate::Result;

/// The longest that executions which are reported together may take.
const LONGEST: Duration = Duration::from_secs(10);

/// The longest that a process may take to begin: it may have to fetch the corpus.
const LONGEST_START: Duration = Duration::from_secs(300);

/// The most memory that a process may have, in bytes.
const MOST_MEMORY: u64 = 2 << 30;

/// How often the memory of a process is looked at.
const LOOK: Duration = Duration::from_millis(200);

/// What was tried, and what was found.
#[derive(Debug, Default)]
pub struct Tried {
    pub executions: u64,
    /// By execution: what was found.
    pub findings: Vec<(u64, String)>,
    /// The most memory that a process had, in bytes, where the system tells.
    pub memory: u64,
}

/// Tries executions in several processes, until all are done or the time is over.
pub fn run(name: Name, seed: u64, executions: Range<u64>, end: Option<Instant>, jobs: u64) -> Result<Tried> {
    let tried = Mutex::new(Tried::default());
    thread::scope(|scope| {
        let parts: Vec<_> = parts(&executions, jobs)
            .into_iter()
            .map(|part| scope.spawn(|| watch(name, seed, part, end, &tried)))
            .collect();
        parts
            .into_iter()
            .try_for_each(|part| part.join().map_err(|_| "a watcher panicked")?)
    })?;
    let mut tried = tried.into_inner().map_err(|_| "a watcher panicked")?;
    tried.findings.sort();
    Ok(tried)
}

/// The executions of each process.
fn parts(executions: &Range<u64>, jobs: u64) -> Vec<Range<u64>> {
    let share = (executions.end - executions.start).div_ceil(jobs.max(1));
    let bound = |job: u64| executions.start.saturating_add(job * share).min(executions.end);
    (0..jobs).map(|job| bound(job)..bound(job + 1)).collect()
}

fn watch(name: Name, seed: u64, mut part: Range<u64>, end: Option<Instant>, tried: &Mutex<Tried>) -> Result<()> {
    while !part.is_empty() && end.is_none_or(|end| Instant::now() < end) {
        let began = part.start;
        let (last, found) = follow(name, seed, part.clone(), end, tried)?;
        let mut tried = tried.lock().map_err(|_| "a watcher panicked")?;
        let Some(what) = found else {
            tried.executions += last - began;
            return Ok(());
        };
        tried.findings.push((last, what));
        part.start = last + name.stride();
        tried.executions += part.start - began;
    }
    Ok(())
}

/// Follows one process to its end: the execution it came to, and why it had to be ended there.
fn follow(
    name: Name,
    seed: u64,
    part: Range<u64>,
    end: Option<Instant>,
    tried: &Mutex<Tried>,
) -> Result<(u64, Option<String>)> {
    let mut child = start(name, seed, &part, end)?;
    let lines = lines(&mut child);
    let mut at = part.start;
    let mut since = Instant::now();
    let mut longest = LONGEST_START;
    let why = loop {
        match lines.recv_timeout(LOOK) {
            Ok(line) => match line.split_once(' ') {
                Some(("at", execution)) => {
                    at = execution.parse()?;
                    since = Instant::now();
                    longest = LONGEST;
                }
                Some(("found", found)) => {
                    let (execution, what) = found.split_once(' ').unwrap_or((found, ""));
                    let mut tried = tried.lock().map_err(|_| "a watcher panicked")?;
                    tried.findings.push((execution.parse()?, what.to_owned()));
                }
                _ => {}
            },
            Err(RecvTimeoutError::Disconnected) => {
                let status = child.wait()?;
                return Ok((at, (!status.success()).then(|| format!("the process ended: {status}"))));
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
        let memory = memory(&child);
        let mut tried = tried.lock().map_err(|_| "a watcher panicked")?;
        tried.memory = tried.memory.max(memory);
        if memory > MOST_MEMORY {
            break format!("it took {} MiB of memory", memory >> 20);
        }
        if since.elapsed() > longest {
            break format!("it took longer than {} s", longest.as_secs());
        }
    };
    child.kill()?;
    child.wait()?;
    Ok((at, Some(why)))
}

fn start(name: Name, seed: u64, part: &Range<u64>, end: Option<Instant>) -> Result<Child> {
    let target = clap::ValueEnum::to_possible_value(&name).ok_or("a target without a name")?;
    let mut command = Command::new(std::env::current_exe()?);
    command
        .args(["fuzz", "--target", target.get_name()])
        .args(["--seed", &seed.to_string()])
        .args(["--from", &part.start.to_string()])
        .args(["--executions", &(part.end - part.start).to_string()])
        .args(end.map(|end| format!("--seconds={}", end.saturating_duration_since(Instant::now()).as_secs())))
        .arg("--worker")
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    Ok(command.spawn()?)
}

/// What a process says, line by line.
fn lines(child: &mut Child) -> Receiver<String> {
    let (sender, receiver) = channel();
    if let Some(out) = child.stdout.take() {
        thread::spawn(move || {
            let lines = BufReader::new(out).lines().map_while(std::result::Result::ok);
            let said = lines.filter_map(|line| Some(line.split_once(MARK)?.1.to_owned()));
            said.map(|line| sender.send(line))
                .take_while(std::result::Result::is_ok)
                .for_each(drop);
        });
    }
    receiver
}

/// The memory a process has, where the system tells.
fn memory(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or_default() * 1024
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn processes_share_the_executions_from_the_first_on() {
        assert_eq!(parts(&(40..45), 2), [40..43, 43..45]);
        assert_eq!(parts(&(7..8), 3), [7..8, 8..8, 8..8]);
    }
}
