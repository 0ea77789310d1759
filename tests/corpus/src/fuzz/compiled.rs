//! Clients of documents that nobody would write, compiled.

use std::path::Path;

use envoi::package::{Package, standalone};
use envoi::{Config, Runtime, Source};

use super::target::Name;
use crate::Result;
use crate::clients::Workspace;
use crate::random::Random;

/// Generates clients until there are so many without errors that have an operation, and compiles them with all targets.
pub fn run(cache: &Path, seed: u64, count: usize) -> Result<bool> {
    let target = Name::Documents.target(cache)?;
    let mut workspace = Workspace::new(cache, "fuzzed")?;
    let runtime = crate::project().join("generator/runtime");
    let mut made = Vec::new();
    for execution in 0.. {
        if made.len() == count {
            break;
        }
        let input = target.input(&mut Random::of(seed, &format!("compiled {execution}")));
        let Some(document) = input.first() else { continue };
        let name = workspace.name(&format!("fuzzed_{execution}"));
        let package = Package {
            runtime: Runtime::Crate,
            runtime_path: Some(runtime.to_string_lossy().into_owned()),
            ..Package::new(name.as_str())
        };
        let source = Source::new(document.name.clone(), document.bytes.clone());
        let outcome = standalone(&source, &Config::default(), &package);
        let small = outcome.files.iter().map(|file| file.text.len()).sum::<usize>() < 1 << 20;
        if outcome.has_errors() || !small {
            continue;
        }
        workspace.add(&name, &outcome.files)?;
        made.push((name, execution));
    }
    let verdicts = workspace.cargo("check", &["--all-targets"], None)?;
    for (name, execution) in &made {
        if let Some(verdict) = verdicts.get(name) {
            println!(
                "{name}, execution {execution}: {} errors, {} warnings\n{}",
                verdict.errors, verdict.warnings, verdict.first
            );
        }
    }
    println!(
        "cargo check --all-targets: {} clients of mutated documents, without an error or a warning: {}",
        made.len(),
        made.len() - verdicts.len()
    );
    Ok(verdicts.is_empty())
}
