//! The command `fuzz`: input that nobody would write, for everything that reads what others wrote.

mod compiled;
mod documents;
mod mutate;
mod overlays;
mod projects;
mod runtime;
mod seeds;
mod target;
mod text;
mod watch;
mod worker;

use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, thread};

use clap::{Args, ValueEnum};

use self::target::Name;
use crate::Result;

#[derive(Args)]
pub struct Options {
    /// What is tried; all of it by default.
    #[arg(long, value_enum)]
    target: Vec<Name>,
    /// What decides the input.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many executions of each target.
    #[arg(long, default_value_t = 1_000_000)]
    executions: u64,
    /// The first execution.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many seconds for each target, in place of all its executions.
    #[arg(long)]
    seconds: Option<u64>,
    /// How many processes at once; as many as the machine has cores by default.
    #[arg(long)]
    jobs: Option<u64>,
    /// Writes the input of this execution to the folder `fuzz` of the cache, and runs nothing.
    #[arg(long)]
    show: Option<u64>,
    /// Compiles the clients of so many mutated documents, with all targets, and runs nothing else.
    #[arg(long)]
    compile: Option<usize>,
    /// Runs the executions in this process, and tells another one about them.
    #[arg(long, hide = true)]
    worker: bool,
}

impl Options {
    /// The executions of each target.
    const fn range(&self) -> std::ops::Range<u64> {
        self.from..self.from.saturating_add(self.executions)
    }

    /// When the time is over, if there is a limit.
    fn end(&self) -> Option<Instant> {
        Instant::now().checked_add(Duration::from_secs(self.seconds?))
    }
}

/// Whether nothing was found.
pub fn run(cache: &Path, options: &Options) -> Result<bool> {
    if options.worker {
        let name = *options.target.first().ok_or("no target")?;
        return worker::run(cache, name, options.seed, options.range(), options.end());
    }
    if let Some(count) = options.compile {
        return compiled::run(cache, options.seed, count);
    }
    let all = || Name::value_variants().to_vec();
    let targets = if options.target.is_empty() {
        all()
    } else {
        options.target.clone()
    };
    if let Some(execution) = options.show {
        return targets
            .iter()
            .try_for_each(|name| show(cache, *name, options.seed, execution))
            .map(|()| true);
    }
    let mut clean = true;
    for name in targets {
        clean &= fuzz(name, options)?;
    }
    Ok(clean)
}

/// Tries one target, and says what was found.
fn fuzz(name: Name, options: &Options) -> Result<bool> {
    let (start, end) = (Instant::now(), options.end());
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let tried = watch::run(name, options.seed, options.range(), end, options.jobs.unwrap_or(cores))?;
    println!(
        "fuzz {name:?}, seed {}: {} executions in {} s, at most {} MiB, {} findings",
        options.seed,
        tried.executions,
        start.elapsed().as_secs(),
        tried.memory >> 20,
        tried.findings.len()
    );
    for (execution, what) in tried.findings.iter().take(20) {
        println!("  {execution}: {}", what.chars().take(400).collect::<String>());
    }
    Ok(tried.findings.is_empty())
}

fn show(cache: &Path, name: Name, seed: u64, execution: u64) -> Result<()> {
    for input in worker::input(cache, name, seed, execution)? {
        let path = cache.join("fuzz").join(&input.name);
        fs::create_dir_all(path.parent().unwrap_or(cache))?;
        fs::write(&path, &input.bytes)?;
        println!("{}", path.display());
    }
    Ok(())
}
