//! The command `compile`: the clients by cargo, in turns, after everything they depend on is built.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use clap::{Args, ValueEnum};

use crate::documents::Document;
use crate::measure::{self, Run};
use crate::report::{self, Table, megabytes, seconds, times};
use crate::tools::{Tool, cargo};
use crate::{Result, Workplace, chart, generate};

#[derive(Args)]
pub struct Options {
    /// What is asked of cargo; all if not given
    #[arg(long, value_enum, value_delimiter = ',')]
    actions: Vec<Action>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Action {
    Check,
    /// `cargo check` with the feature of one tag alone
    CheckTag,
    Debug,
    Release,
}

impl Action {
    fn title(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::CheckTag => "check, one tag alone",
            Self::Debug => "debug build",
            Self::Release => "release build",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check | Self::CheckTag => &["check"],
            Self::Debug => &["build"],
            Self::Release => &["build", "--release"],
        }
    }
}

/// A client, and what cargo is asked to do with it.
struct Row {
    document: Document,
    tool: Tool,
    action: Action,
    folder: PathBuf,
    features: Vec<String>,
    runs: Vec<Run>,
    /// Why there is nothing to measure.
    failure: Option<String>,
}

pub fn run(place: &Workplace, options: &Options) -> Result<()> {
    let machine = crate::machine::describe();
    let actions = crate::all_if_none(options.actions.clone());
    let programs = generate::programs(place)?;
    let mut rows = Vec::new();
    for document in &place.documents {
        let mut turn = rows_of(place, &programs, *document, &actions)?;
        for row in turn.iter_mut().filter(|row| row.failure.is_none()) {
            row.dependencies(place)?;
        }
        for _ in 0..place.runs {
            for index in 0..turn.len() {
                let (before, rest) = turn.split_at_mut(index);
                let Some(row) = rest.first_mut() else { continue };
                // What fails once fails each time, and in each way.
                let fails = |other: &Row| other.tool == row.tool && other.action != Action::CheckTag && other.fails();
                if !row.fails() && !before.iter().any(fails) {
                    row.measure(place)?;
                }
            }
        }
        rows.extend(turn);
        report::write(place, "compile", &machine, &table(&rows))?;
        if let Some(report) = &place.report {
            chart::draw(report)?;
        }
    }
    println!("{}", table(&rows));
    Ok(())
}

/// Generates the clients of a document.
fn rows_of(
    place: &Workplace,
    programs: &[(Tool, PathBuf)],
    document: Document,
    actions: &[Action],
) -> Result<Vec<Row>> {
    let path = document.path(&place.cache)?;
    let mut rows = Vec::new();
    for (tool, program) in programs {
        let generated = generate::generate(place, *tool, program, document, &path)?;
        let folder = place.client(*tool, document);
        let failure = report::failure(&generated).map(|failure| format!("not generated: {failure}"));
        if failure.is_none() {
            tool.finish(&folder, document.client())?;
        }
        for action in actions {
            let features = match (action, *tool, document.tag()) {
                (Action::CheckTag, tool, Some(tag)) if tool.is_envoi() && has_feature(&folder, tag) => {
                    vec![format!("rustls,{tag}")]
                }
                (Action::CheckTag, ..) => continue,
                _ => Vec::new(),
            };
            rows.push(Row {
                document,
                tool: *tool,
                action: *action,
                folder: folder.clone(),
                features,
                runs: Vec::new(),
                failure: failure.clone(),
            });
        }
    }
    Ok(rows)
}

/// Whether the manifest of a client declares a feature.
fn has_feature(folder: &Path, feature: &str) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let mut names = manifest
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.trim());
    names.any(|name| name == feature)
}

impl Row {
    fn cargo(&self, place: &Workplace) -> Command {
        let mut command = cargo();
        command
            .args(self.action.arguments())
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", place.folder.join("target").join(self.tool.target()))
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TERM_COLOR", "never");
        for features in &self.features {
            command.args(["--no-default-features", "--features", features]);
        }
        command
    }

    /// Builds all that the client depends on, by building it with an empty library.
    fn dependencies(&mut self, place: &Workplace) -> Result<()> {
        let library = self.folder.join("src/lib.rs");
        let held = self.folder.join("src/lib.rs.held");
        fs::rename(&library, &held)?;
        fs::write(&library, "")?;
        let run = measure::run(&mut self.cargo(place), &place.log("dependencies"), place.limits);
        fs::rename(&held, &library)?;
        self.failure = report::failure(&run?).map(|failure| format!("dependencies: {failure}"));
        Ok(())
    }

    fn measure(&mut self, place: &Workplace) -> Result<()> {
        // Cargo builds again what is younger than its last build.
        touch(&self.folder.join("src/lib.rs"))?;
        let run = measure::run(self.cargo(place).arg("--offline"), &place.log("compile"), place.limits)?;
        let (document, tool, action) = (self.document.title(), self.tool.name(), self.action.title());
        let (cpu, peak) = (run.cost.cpu, run.cost.mebibytes);
        eprintln!(
            "{action} {document} {tool}: {cpu:.1} s of CPU, {peak:.0} MB, {:?}",
            run.end
        );
        self.runs.push(run);
        Ok(())
    }

    fn failure(&self) -> Option<String> {
        self.failure
            .clone()
            .or_else(|| self.runs.iter().find_map(report::failure))
    }

    fn fails(&self) -> bool {
        self.failure.is_some() || self.runs.iter().any(|run| !run.is_good())
    }
}

fn touch(path: &Path) -> Result<()> {
    Ok(File::options()
        .append(true)
        .open(path)?
        .set_modified(SystemTime::now())?)
}

fn table(rows: &[Row]) -> Table {
    let mut table = Table::new(&[
        "document",
        "generator",
        "what",
        "CPU s",
        "times Envoi",
        "peak MB",
        "times Envoi",
    ]);
    let mut failed: Vec<(Document, Tool)> = Vec::new();
    for row in rows {
        let what = match row.features.first() {
            Some(features) => format!("{}: `{features}`", row.action.title()),
            None => row.action.title().to_owned(),
        };
        let head = vec![row.document.title().to_owned(), row.tool.title(), what];
        if let Some(failure) = row.failure() {
            if !failed.contains(&(row.document, row.tool)) {
                failed.push((row.document, row.tool));
                table.line(head, vec![failure]);
            }
            continue;
        }
        if row.runs.is_empty() {
            continue;
        }
        let same =
            |other: &&Row| other.tool == Tool::Envoi && (other.document, other.action) == (row.document, row.action);
        let envoi = rows
            .iter()
            .find(same)
            .filter(|envoi| !envoi.runs.is_empty() && !envoi.fails());
        let (cost, envoi) = (
            measure::middle(&row.runs),
            envoi.map(|envoi| measure::middle(&envoi.runs)),
        );
        let cells = vec![
            seconds(cost.cpu),
            times(envoi.map(|envoi| cost.cpu / envoi.cpu)),
            megabytes(cost.mebibytes),
            times(envoi.map(|envoi| cost.mebibytes / envoi.mebibytes)),
        ];
        table.line(head, cells);
    }
    table
}
