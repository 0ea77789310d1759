//! All of it in turns: a server and calls, each in a process of its own, for each way to make calls; and the table.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{env, fs};

use clap::ValueEnum;

use crate::Failure;
use crate::call::{By, Extent, Outcome, Wire};
use crate::plan::{Deed, Plan, creates};
use crate::server::Counts;

const BEGIN: &str = "<!-- load: begin -->";
const END: &str = "<!-- load: end -->";

#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    extent: Extent,
    /// What decides which requests are delayed, dropped and whose connections are closed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How often each is measured, in turns; the figures are those of the run with the median time
    #[arg(long, default_value_t = 1)]
    runs: usize,
    /// What makes the calls; all if not given
    #[arg(long, value_enum, value_delimiter = ',')]
    by: Vec<By>,
    /// How the requests travel; all if not given
    #[arg(long, value_enum, value_delimiter = ',')]
    wire: Vec<Wire>,
    /// A page whose table is renewed
    #[arg(long)]
    report: Option<PathBuf>,
}

/// One way to make calls, with a server of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Way {
    wire: Wire,
    by: By,
    seed: Option<u64>,
}

struct Run {
    way: Way,
    outcome: Outcome,
    counts: Counts,
}

/// Makes all calls, prints the table, and fails if a call of a client of Envoi went wrong.
///
/// # Errors
/// What went wrong.
pub fn run(options: &Options) -> Result<(), Failure> {
    let mut runs = Vec::new();
    for _ in 0..options.runs.max(1) {
        for way in ways(options) {
            let run = once(way, options.extent)?;
            writeln!(std::io::stderr(), "{}", row(&run, &[]))?;
            runs.push(run);
        }
    }
    let table = table(&runs, options);
    writeln!(std::io::stdout(), "{table}")?;
    if let Some(page) = &options.report {
        let text = fs::read_to_string(page)?;
        let (before, rest) = text.split_once(BEGIN).ok_or("the page has no place for the table")?;
        let (_, after) = rest.split_once(END).ok_or("the page has no end of the table")?;
        fs::write(page, format!("{before}{BEGIN}\n{table}{END}{after}"))?;
    }
    let faults: Vec<String> = runs.iter().filter_map(|run| fault(run, options.extent)).collect();
    match faults.is_empty() {
        true => Ok(()),
        false => Err(faults.join("\n").into()),
    }
}

fn ways(options: &Options) -> Vec<Way> {
    let mut ways = Vec::new();
    for &wire in Wire::value_variants() {
        for seed in [None, Some(options.seed)] {
            for &by in By::value_variants() {
                let by_hand = matches!(by, By::Reqwest | By::ReqwestBlocking);
                // a call by hand is sent once, so that it fails where the server does
                let compares = seed.is_none() || !by_hand;
                let asked = options.by.is_empty() || options.by.contains(&by);
                let travels = options.wire.is_empty() || options.wire.contains(&wire);
                // the service of tower here has no TLS
                if compares && asked && travels && (by, wire) != (By::Tower, Wire::Tls) {
                    ways.push(Way { wire, by, seed });
                }
            }
        }
    }
    ways
}

fn once(way: Way, extent: Extent) -> Result<Run, Failure> {
    let program = env::current_exe()?;
    let mut server = Command::new(&program);
    server.arg("serve").args(way.seed.map(|seed| format!("--seed={seed}")));
    server.args((way.wire == Wire::Tls).then_some("--tls"));
    let mut server = server.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut said = BufReader::new(server.stdout.take().ok_or("the server says nothing")?);
    let mut port = String::new();
    said.read_line(&mut port)?;

    let mut calls = Command::new(&program);
    calls.args([
        "call",
        "--by",
        &name(way.by),
        "--wire",
        &name(way.wire),
        "--port",
        port.trim(),
    ]);
    calls
        .arg(format!("--calls={}", extent.calls))
        .arg(format!("--tasks={}", extent.tasks));
    let calls = calls.stderr(Stdio::inherit()).output()?;
    drop(server.stdin.take());
    let mut counts = String::new();
    said.read_line(&mut counts)?;
    server.wait()?;
    Ok(Run {
        way,
        outcome: serde_json::from_slice(&calls.stdout)?,
        counts: serde_json::from_str(&counts)?,
    })
}

fn name(value: impl ValueEnum) -> String {
    value
        .to_possible_value()
        .map_or_else(String::new, |value| value.get_name().to_owned())
}

/// What is wrong with a run of a client of Envoi. Calls that create something must fail where the server dropped them, and
/// nothing else may.
fn fault(run: &Run, extent: Extent) -> Option<String> {
    let plan = Plan { seed: run.way.seed };
    let dropped = |item: &u64| creates(*item) && plan.deed(*item, 1) == Deed::Drop;
    let expected = (0..extent.calls).filter(dropped).count() as u64;
    let Outcome { right, failed, .. } = run.outcome;
    let holds = failed == expected && right + failed == extent.calls && run.counts.twice == 0;
    (!holds).then(|| {
        format!(
            "{:?}: {failed} failed where {expected} were dropped, {} sent twice; {}",
            run.way,
            run.counts.twice,
            run.outcome.failure.as_deref().unwrap_or_default()
        )
    })
}

fn table(runs: &[Run], options: &Options) -> String {
    let mut table = String::from(
        "| | by | server | right | failed | sent twice | connections | MiB | CPU s | calls/s | beside reqwest: time, CPU | median, 99 % |\n\
         |---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    let medians: Vec<&Run> = ways(options).into_iter().filter_map(|way| median(runs, way)).collect();
    for run in &medians {
        // writing to a text never fails
        let _ = writeln!(table, "{}", row(run, &medians));
    }
    table
}

/// The run of a way whose time is the median.
fn median(runs: &[Run], way: Way) -> Option<&Run> {
    let mut runs: Vec<&Run> = runs.iter().filter(|run| run.way == way).collect();
    runs.sort_by(|one, other| one.outcome.seconds.total_cmp(&other.outcome.seconds));
    runs.get(runs.len() / 2).copied()
}

fn row(run: &Run, others: &[&Run]) -> String {
    let Run { way, outcome, counts } = run;
    let same = match way.by {
        By::Envoi | By::Tower | By::Reqwest => By::Reqwest,
        By::Blocking | By::ReqwestBlocking => By::ReqwestBlocking,
    };
    let by_hand = others.iter().find(|other| other.way == Way { by: same, ..*way });
    let beside = by_hand.map_or_else(String::new, |by_hand| {
        let by_hand = &by_hand.outcome;
        format!(
            "{:.2}, {:.2}",
            by_hand.seconds / outcome.seconds,
            by_hand.cpu / outcome.cpu
        )
    });
    let calls = outcome.right + outcome.failed;
    format!(
        "| {} | {} | {} | {} | {} | {} | {} | {:.0}, {:.0} | {:.1} | {:.0} | {beside} | {:.1} ms, {:.1} ms |",
        name(way.wire),
        name(way.by),
        if way.seed.is_some() { "faults" } else { "calm" },
        outcome.right,
        outcome.failed,
        counts.twice,
        counts.connections,
        outcome.memory.0,
        outcome.memory.1,
        outcome.cpu,
        calls as f64 / outcome.seconds,
        f64::from(outcome.latency.0) / 1000.0,
        f64::from(outcome.latency.1) / 1000.0,
    )
}
