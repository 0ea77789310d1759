//! The process that tries: it says which execution it is at, so that who watches it knows what hung.

use std::any::Any;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::path::Path;
use std::time::Instant;

use super::target::{Input, Name};
use crate::Result;
use crate::random::Random;

/// What lines to the watcher begin with: what is tried may write to the standard output as well.
pub const MARK: &str = "\u{1}fuzz ";

/// Tries executions one after the other.
pub fn run(
    cache: &Path,
    name: Name,
    seed: u64,
    executions: std::ops::Range<u64>,
    end: Option<Instant>,
) -> Result<bool> {
    let mut target = name.target(cache)?;
    set_hook(Box::new(|_| {}));
    for execution in executions.clone() {
        if execution.is_multiple_of(name.stride()) {
            say(&format!("at {execution}"))?;
            if end.is_some_and(|end| Instant::now() >= end) {
                return Ok(true);
            }
        }
        let mut random = random(seed, execution);
        let tried = catch_unwind(AssertUnwindSafe(|| {
            let input = target.input(&mut random);
            target.run(&input, &mut random)
        }));
        let found = match tried {
            Ok(Ok(())) => continue,
            Ok(Err(found)) => found,
            Err(panic) => format!("panicked: {}", message(&*panic)),
        };
        say(&format!("found {execution} {}", found.escape_debug()))?;
    }
    say(&format!("at {}", executions.end))?;
    Ok(true)
}

/// The input of one execution.
pub fn input(cache: &Path, name: Name, seed: u64, execution: u64) -> Result<Vec<Input>> {
    let target = name.target(cache)?;
    Ok(target.input(&mut random(seed, execution)))
}

fn random(seed: u64, execution: u64) -> Random {
    Random::of(seed, &execution.to_string())
}

fn say(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{MARK}{text}")?;
    Ok(out.flush()?)
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a word")
}
