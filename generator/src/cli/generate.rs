//! `envoi generate` and `envoi dump`.

use std::path::Path;

use super::arguments::{Dump, Generate, Messages};
use super::diff::broken;
use super::failure::Failure;
use super::project::Project;
use super::report::{self, counted, line, message, messages, text, unreadable};
use crate::diagnostic::Severity;
use crate::document::Source;
use crate::load::{self, Fetch, Limits, Reach, Remote};
use crate::package::PackageOutcome;
use crate::parallel;
use crate::write::{IGNORE, LastRun, finish_killed, write_and_hold};

pub(super) fn run(call: &Generate) -> Result<(), Failure> {
    let mut project = Project::read(call, Fetch::New)?;
    let options = project.write_options(call.force);
    if finish_killed(&project.output, options).map_err(|error| Failure::Usage(error.to_string()))? {
        line(&format!(
            "{}: finished writing the files of an interrupted run",
            project.output.display()
        ))?;
    }
    let inputs = project.fingerprint(&call.messages);
    let forced = call.force || call.regenerate;
    if !forced && let Some(last) = LastRun::same(&project.output, &inputs) {
        project.keep_remote()?;
        return repeat(&project, &last);
    }
    let outcome = project.generate();
    if !outcome.has_errors() {
        project.keep_remote()?;
    }
    let broken = match outcome.has_errors() {
        true => None,
        false => broken(&project.output, &outcome.files),
    };
    // Finding the places that messages name takes as long as writing.
    let (about, written) = parallel::both(
        || about(&project, call, &outcome),
        || (!outcome.has_errors()).then(|| write_and_hold(&project.output, &outcome.files, options)),
    );
    let (said, mut results) = say(&project, &outcome, about)?;
    let Some(written) = written else {
        return Err(refuse(&outcome));
    };
    // the record below is about what stands there now
    let (written, _lock) = written.map_err(|error| Failure::Usage(error.to_string()))?;
    line(&format!(
        "{}: {} written, {} unchanged, {} removed",
        project.output.display(),
        counted(written.written.len(), "file"),
        written.unchanged,
        written.removed.len()
    ))?;
    if !written.ignored.is_empty() {
        let count = counted(written.ignored.len(), "file");
        let left = format!("{}: {count} not generated, as {IGNORE} says", project.output.display());
        line(&left)?;
        results.push(left);
    }
    broken.iter().try_for_each(|text| line(text))?;
    let paths = outcome.files.iter().map(|file| &file.path);
    let paths: Vec<String> = paths.filter(|path| !written.ignored.contains(path)).cloned().collect();
    LastRun::keep(&project.output, inputs, &paths, said, results);
    // The process ends here: the system takes back faster what it gave.
    std::mem::forget(outcome);
    Ok(())
}

/// Prints the messages of the last run again.
fn repeat(project: &Project, last: &LastRun) -> Result<(), Failure> {
    last.said.iter().for_each(|text| message(text));
    last.results.iter().try_for_each(|text| line(text))?;
    line(&format!(
        "{}: 0 files written, {} unchanged, 0 removed: nothing changed since the last run",
        project.output.display(),
        last.count()
    ))
}

/// Generates in memory, prints the result for each document, and fails if one of them has errors.
pub(super) fn make(project: &Project, call: &Generate) -> Result<PackageOutcome, Failure> {
    let outcome = project.generate();
    say(project, &outcome, about(project, call, &outcome))?;
    match outcome.has_errors() {
        true => Err(refuse(&outcome)),
        false => Ok(outcome),
    }
}

/// Renders the diagnostics of each document.
fn about(project: &Project, call: &Generate, outcome: &PackageOutcome) -> Vec<Vec<String>> {
    let clients = project.members.iter().zip(&outcome.clients);
    clients
        .map(|(member, client)| messages(client, member, &call.messages))
        .collect()
}

/// Prints the result for each document; returns the diagnostics and the results.
fn say(
    project: &Project,
    outcome: &PackageOutcome,
    about: Vec<Vec<String>>,
) -> Result<(Vec<String>, Vec<String>), Failure> {
    let (mut said, mut results) = (Vec::new(), Vec::new());
    for ((member, client), about) in project.members.iter().zip(&outcome.clients).zip(about) {
        about.iter().for_each(|text| message(text));
        said.extend(about);
        if client.document.is_none() {
            continue;
        }
        let result = format!(
            "{}: {}{}, {}, {} from {}",
            member.module,
            counted(client.operations, "operation"),
            match client.left_out {
                0 => String::new(),
                left_out => format!(" of {}", client.operations + left_out),
            },
            counted(client.types, "type"),
            counted(client.diagnostics.iter().count(), "diagnostic"),
            member.source.name
        );
        line(&result)?;
        results.push(result);
    }
    Ok((said, results))
}

/// Prints why no files were written.
fn refuse(outcome: &PackageOutcome) -> Failure {
    report::error(match only_references(outcome) {
        true => "no files were written; --keep-going generates everything that does not depend on these references",
        false => "no files were written",
    });
    Failure::Document
}

/// Returns whether all errors are about unresolved references.
fn only_references(outcome: &PackageOutcome) -> bool {
    let mut errors = outcome
        .clients
        .iter()
        .flat_map(|client| client.diagnostics.iter())
        .filter(|diagnostic| diagnostic.code.severity() == Severity::Error);
    errors.all(|error| error.code.costs_a_part())
}

pub(super) fn dump(call: &Dump) -> Result<(), Failure> {
    let how = Messages::default();
    let folder = call.document.parent().unwrap_or(Path::new(""));
    let mut remote = Remote::open(folder, Fetch::Never).map_err(|error| Failure::Usage(error.to_string()))?;
    let mut reach = Reach {
        folder: call.root.clone(),
        remote: Some(&mut remote),
    };
    let source = load::read_with(&call.document, &mut reach, &Limits::default()).map_err(|diagnostic| {
        let source = Source::new(call.document.display().to_string(), Vec::new());
        unreadable(&diagnostic, &source, &how);
        Failure::Document
    })?;
    let dumped = crate::pipeline::dump(&source).map_err(|diagnostic| {
        unreadable(&diagnostic, &source, &how);
        Failure::Document
    })?;
    text(&dumped)
}
