//! The command `generate`: each document by each generator, in turns.

use std::fs;
use std::path::{Path, PathBuf};

use crate::documents::Document;
use crate::measure::{self, Cost, Run};
use crate::report::{self, Table, megabytes, seconds, thousands, times};
use crate::tools::Tool;
use crate::{Result, Workplace};

/// What came of one document and one generator.
struct Row {
    document: Document,
    tool: Tool,
    runs: Vec<Run>,
    /// Once more into the same folder, the document unchanged.
    again: Vec<Run>,
    files: usize,
    lines: usize,
}

pub fn run(place: &Workplace) -> Result<()> {
    let machine = crate::machine::describe();
    let programs = programs(place)?;
    let mut rows = Vec::new();
    for document in &place.documents {
        let path = document.path(&place.cache)?;
        let mut turn: Vec<Row> = programs.iter().map(|(tool, _)| Row::new(*document, *tool)).collect();
        for _ in 0..place.runs {
            for (row, (_, program)) in turn.iter_mut().zip(&programs) {
                row.measure(place, program, &path)?;
            }
        }
        rows.extend(turn);
        report::write(place, "generate", &machine, &table(&rows))?;
    }
    println!("{}", table(&rows));
    Ok(())
}

/// The generators that are asked for, ready to run.
pub fn programs(place: &Workplace) -> Result<Vec<(Tool, PathBuf)>> {
    place
        .generators
        .iter()
        .map(|tool| Ok((*tool, tool.program(place)?)))
        .collect()
}

/// Writes a client into an empty folder.
pub fn generate(place: &Workplace, tool: Tool, program: &Path, document: Document, path: &Path) -> Result<Run> {
    let folder = place.client(tool, document);
    place.clear(&folder)?;
    fs::create_dir_all(&folder)?;
    let mut command = tool.generate(program, path, &folder, document.client());
    measure::run(&mut command, &place.log("generate"), place.limits)
}

impl Row {
    fn new(document: Document, tool: Tool) -> Self {
        Self {
            document,
            tool,
            runs: Vec::new(),
            again: Vec::new(),
            files: 0,
            lines: 0,
        }
    }

    fn measure(&mut self, place: &Workplace, program: &Path, path: &Path) -> Result<()> {
        if self.runs.iter().any(|run| !run.is_good()) {
            return Ok(());
        }
        let run = generate(place, self.tool, program, self.document, path)?;
        let (document, tool) = (self.document.title(), self.tool.name());
        eprintln!("generate {document} {tool}: {:.2} s, {:?}", run.cost.seconds, run.end);
        if run.is_good() {
            let folder = place.client(self.tool, self.document);
            (self.files, self.lines) = sources(&folder)?;
            if self.tool.is_envoi() {
                let mut command = self.tool.generate(program, path, &folder, self.document.client());
                self.again
                    .push(measure::run(&mut command, &place.log("generate"), place.limits)?);
            }
        }
        self.runs.push(run);
        Ok(())
    }

    fn failure(&self) -> Option<String> {
        self.runs.iter().find_map(report::failure)
    }

    fn cost(&self) -> Cost {
        measure::middle(&self.runs)
    }
}

/// How many files of Rust there are, and how many lines in all.
fn sources(folder: &Path) -> Result<(usize, usize)> {
    let (mut files, mut lines) = (0, 0);
    let mut pending = vec![folder.to_owned()];
    while let Some(next) = pending.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files += 1;
                lines += fs::read(path)?.iter().filter(|byte| **byte == b'\n').count();
            }
        }
    }
    Ok((files, lines))
}

fn table(rows: &[Row]) -> Table {
    let mut table = Table::new(&[
        "document",
        "generator",
        "seconds",
        "times Envoi",
        "CPU s",
        "peak MB",
        "files",
        "lines",
    ]);
    for row in rows {
        let envoi = rows
            .iter()
            .find(|other| other.document == row.document && other.tool == Tool::Envoi);
        let head = |what: String| vec![row.document.title().to_owned(), what];
        let name = row.tool.title();
        if let Some(failure) = row.failure() {
            table.line(head(name), vec![failure]);
            continue;
        }
        let ratio = envoi
            .filter(|envoi| envoi.failure().is_none())
            .map(|envoi| row.cost().seconds / envoi.cost().seconds);
        let cost = row.cost();
        let mut cells = vec![
            seconds(cost.seconds),
            times(ratio),
            seconds(cost.cpu),
            megabytes(cost.mebibytes),
        ];
        cells.extend([thousands(row.files), thousands(row.lines)]);
        table.line(head(name.clone()), cells);
        if !row.again.is_empty() {
            let again = measure::middle(&row.again);
            let ratio = Some(again.seconds / cost.seconds);
            let cells = vec![
                seconds(again.seconds),
                times(ratio),
                seconds(again.cpu),
                megabytes(again.mebibytes),
            ];
            table.line(head(format!("{name}, nothing changed")), cells);
        }
    }
    table
}
