//! `envoi check`: compares the files on disk with what would be generated.

use anstyle::Style;

use super::arguments::Check;
use super::difference::{headline, hunks};
use super::failure::Failure;
use super::generate::make;
use super::project::Project;
use super::report::{counted, line, styled};
use crate::load::Fetch;
use crate::write::{Difference, compare};

/// Of more changed files than this, only the names are shown.
const MAX_FILES: usize = 20;

pub(super) fn run(call: &Check) -> Result<(), Failure> {
    let project = Project::read(&call.generate, Fetch::Never)?;
    let outcome = make(&project, &call.generate)?;
    let options = project.write_options(false);
    let differences =
        compare(&project.output, &outcome.files, options).map_err(|error| Failure::Usage(error.to_string()))?;
    let output = project.output.display();
    if differences.is_empty() {
        line(&format!("{output}: up to date"))?;
        return Ok(());
    }
    let missing = |difference: &Difference| matches!(difference, Difference::Missing { .. });
    if differences.len() == outcome.files.len() && differences.iter().all(missing) {
        let count = counted(differences.len(), "file");
        line(&format!("{output}: no files yet; {count} would be written"))?;
        return Err(Failure::Drift);
    }
    let count = counted(differences.len(), "difference");
    if call.summary {
        let lines: Vec<_> = differences.iter().map(headline).collect();
        styled(&lines)?;
        line(&format!("{output}: {count}"))?;
        return Err(Failure::Drift);
    }
    let mut lines = Vec::new();
    let mut shown = 0;
    for difference in &differences {
        lines.push(headline(difference));
        if matches!(difference, Difference::Changed { .. }) {
            shown += 1;
        }
        if shown <= MAX_FILES {
            lines.extend(hunks(difference));
        }
    }
    if shown > MAX_FILES {
        lines.push((
            Style::new(),
            format!("(changes are shown for {MAX_FILES} of {shown} files)"),
        ));
    }
    styled(&lines)?;
    line(&match shown {
        0 => format!("{output}: {count}"),
        _ => format!("{output}: {count} (- on disk, + as generated)"),
    })?;
    Err(Failure::Drift)
}
