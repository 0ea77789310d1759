//! One program, from its begin to its end: the time, the processor time and the memory that it and what it starts take.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use wait4::Wait4;

use crate::Result;

/// How often it is looked how much memory is taken.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// How much of what a program says is read, at its begin and at its end.
const MOST_SAID: u64 = 64 << 10;

/// What ends a program that takes too much.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// In MiB, of all processes together.
    pub memory: u64,
    pub seconds: u64,
}

/// What a run cost. The memory is that of the largest process.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    pub seconds: f64,
    pub cpu: f64,
    pub mebibytes: f64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    Good,
    /// The program says that it failed.
    Bad,
    /// A limit ended it.
    Stopped(String),
}

#[derive(Debug, Clone)]
pub struct Run {
    pub cost: Cost,
    pub end: End,
    /// The begin and the end of what the program said.
    pub said: String,
}

impl Run {
    pub fn is_good(&self) -> bool {
        self.end == End::Good
    }
}

/// Runs a program. What it says goes into a file, so that reading costs nothing while the clock runs.
///
/// The memory of this process must stay small: a child counts what its parent had when it was started.
pub fn run(command: &mut Command, log: &Path, limits: Limits) -> Result<Run> {
    let file = File::create(log)?;
    command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let begin = Instant::now();
    let child = command
        .spawn()
        .map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    let group = child.id();
    let (done, ended) = channel();
    let watch = std::thread::spawn(move || watch(group, limits, &ended));
    let used = child.wait4()?;
    let seconds = begin.elapsed().as_secs_f64();
    drop(done);
    let stopped = watch.join().unwrap_or_default();
    let end = match stopped {
        Some(reason) => End::Stopped(reason),
        None if used.status.success() => End::Good,
        None => End::Bad,
    };
    let cost = Cost {
        seconds,
        cpu: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
        mebibytes: used.rusage.maxrss as f64 / f64::from(1 << 20),
    };
    let said = said(log)?;
    Ok(Run { cost, end, said })
}

/// Ends the group of processes when it takes too much; why, if so.
fn watch(group: u32, limits: Limits, ended: &Receiver<()>) -> Option<String> {
    let begin = Instant::now();
    while ended.recv_timeout(LOOK_EVERY) == Err(RecvTimeoutError::Timeout) {
        let reason = if memory(group) > limits.memory {
            format!("more than {} MB of memory", limits.memory)
        } else if begin.elapsed().as_secs() >= limits.seconds {
            format!("more than {} seconds", limits.seconds)
        } else {
            continue;
        };
        let kill = Command::new("kill")
            .args(["-KILL", "--", &format!("-{group}")])
            .status();
        return kill.is_ok().then_some(reason);
    }
    None
}

/// The memory of all processes of a group in MiB, where the system tells.
fn memory(group: u32) -> u64 {
    let Ok(processes) = fs::read_dir("/proc") else { return 0 };
    let resident = |process: &Path| -> Option<u64> {
        let stat = fs::read_to_string(process.join("stat")).ok()?;
        // The name stands in parentheses and may hold anything; then come the state, the parent and the group.
        let (_, fields) = stat.rsplit_once(')')?;
        let own: u32 = fields.split_whitespace().nth(2)?.parse().ok()?;
        let status = fs::read_to_string(process.join("status"))
            .ok()
            .filter(|_| own == group)?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    };
    let kibibytes: u64 = processes.flatten().filter_map(|entry| resident(&entry.path())).sum();
    kibibytes >> 10
}

fn said(log: &Path) -> Result<String> {
    let mut file = File::open(log)?;
    let mut bytes = Vec::new();
    file.by_ref().take(MOST_SAID).read_to_end(&mut bytes)?;
    let length = file.metadata()?.len();
    if length > 2 * MOST_SAID {
        bytes.extend_from_slice(b"\n");
        file.seek(SeekFrom::Start(length - MOST_SAID))?;
    }
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The middle of what was measured.
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        length if length % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

/// The middle of each of the costs.
pub fn middle(runs: &[Run]) -> Cost {
    let of = |part: fn(&Cost) -> f64| median(runs.iter().map(|run| part(&run.cost))).unwrap_or_default();
    Cost {
        seconds: of(|cost| cost.seconds),
        cpu: of(|cost| cost.cpu),
        mebibytes: of(|cost| cost.mebibytes),
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{End, Limits, median, run};

    fn shell(script: &str, seconds: u64) -> super::Run {
        let limits = Limits { memory: 1000, seconds };
        let log = std::env::temp_dir().join(format!("envoi-measure-{}-{}", std::process::id(), script.len()));
        let run = run(Command::new("sh").args(["-c", script]), &log, limits).expect("it runs");
        std::fs::remove_file(log).expect("a log");
        run
    }

    #[test]
    fn the_middle_is_what_half_exceed() {
        assert_eq!(median([]), None);
        assert_eq!(median([3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median([4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }

    #[test]
    fn processor_time_of_grandchildren_counts() {
        let busy = shell(
            "sh -c 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done'; echo said",
            60,
        );
        assert_eq!(busy.end, End::Good);
        assert_eq!(busy.said, "said\n");
        assert!(busy.cost.cpu > 0.005, "{:?}", busy.cost);
    }

    #[test]
    fn failure_and_limits_are_told_apart() {
        assert_eq!(shell("exit 3", 60).end, End::Bad);
        assert_eq!(
            shell("sleep 60; true", 1).end,
            End::Stopped("more than 1 seconds".into())
        );
    }
}
