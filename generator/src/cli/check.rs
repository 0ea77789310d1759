//! `envoi check`: compares the files on disk with what would be generated.

use super::arguments::Generate;
use super::failure::Failure;
use super::generate::make;
use super::project::Project;
use super::report::{counted, line};
use crate::load::Fetch;
use crate::write::{Difference, compare};

pub(super) fn run(call: &Generate) -> Result<(), Failure> {
    let project = Project::read(call, Fetch::Never)?;
    let outcome = make(&project, call)?;
    let differences = compare(&project.output, &outcome.files).map_err(|error| Failure::Usage(error.to_string()))?;
    if differences.is_empty() {
        line(&format!("{}: up to date", project.output.display()));
        return Ok(());
    }
    let missing = |difference: &Difference| matches!(difference, Difference::Missing { .. });
    if differences.len() == outcome.files.len() && differences.iter().all(missing) {
        let count = counted(differences.len(), "file");
        line(&format!(
            "{}: no files yet; {count} would be written",
            project.output.display()
        ));
        return Err(Failure::Drift);
    }
    for difference in &differences {
        line(&describe(difference));
    }
    line(&format!(
        "{}: {}",
        project.output.display(),
        counted(differences.len(), "difference")
    ));
    Err(Failure::Drift)
}

fn describe(difference: &Difference) -> String {
    match difference {
        Difference::Unfinished => {
            "unfinished: a run was interrupted while writing files, or is still running; `envoi generate` completes it"
                .to_owned()
        }
        Difference::Missing { path } => format!("missing: {path}"),
        Difference::Stale { path } => format!("stale: {path}"),
        Difference::Changed {
            path,
            line,
            expected,
            found,
        } => format!("changed: {path}:{line}\n  - {found}\n  + {expected}"),
    }
}
