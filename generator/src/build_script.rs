//! Generates clients from a build script.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};

use crate::config::{Config, Layout};
use crate::diagnostic::{MessageFormat, Renderer, Severity};
use crate::document::Source;
use crate::fingerprint::Fingerprint;
use crate::load::{self, Fetch, Limits, Reach, Remote};
use crate::pipeline::generate;
use crate::write::{LastRun, WriteOptions, finish_killed, write_and_hold};

/// Generates the client for `document` into `OUT_DIR`, as the module `name`.
///
/// Include it in the crate, and depend on `envoi-runtime` (with its features `chrono`, `uuid` and `xml` if the document
/// has dates, UUIDs or XML bodies):
///
/// ```text
/// pub mod pets {
///     include!(concat!(env!("OUT_DIR"), "/pets/mod.rs"));
/// }
/// ```
///
/// Cargo runs the script again when the document or a file it refers to changes. The network is never used: references
/// to URLs are read from the copies beside `envoi.lock`, which `envoi generate --allow-remote` makes. Warnings are
/// shown as warnings of the build.
///
/// # Errors
///
/// Returns an error with all diagnostics if the document cannot be used, if `OUT_DIR` is not set, or if a file cannot
/// be written.
pub fn client(name: &str, document: impl AsRef<Path>, config: &Config) -> Result<(), Box<dyn Error>> {
    generate_into_out_dir(name, document.as_ref(), None, config)
}

/// Generates the client for a document that refers to files outside its folder but inside `root`; see [`client`].
///
/// # Errors
///
/// As those of [`client`].
pub fn client_within(
    root: impl AsRef<Path>,
    name: &str,
    document: impl AsRef<Path>,
    config: &Config,
) -> Result<(), Box<dyn Error>> {
    generate_into_out_dir(name, document.as_ref(), Some(root.as_ref()), config)
}

fn generate_into_out_dir(
    name: &str,
    document: &Path,
    root: Option<&Path>,
    config: &Config,
) -> Result<(), Box<dyn Error>> {
    let out_dir = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: this is for build scripts")?);
    tell_cargo(&format!("rerun-if-changed={}", document.display()));
    let mut remote = Remote::open(document.parent().unwrap_or(Path::new("")), Fetch::Never)?;
    let mut reach = Reach {
        folder: root.map(Path::to_owned),
        remote: Some(&mut remote),
    };
    let source = load::read_with(document, &mut reach, &Limits::default()).map_err(|diagnostic| diagnostic.message)?;
    for path in parts(document, &source) {
        tell_cargo(&format!("rerun-if-changed={}", path.display()));
    }
    let config = Config {
        name: name.to_owned(),
        layout: Layout::Module,
        ..config.clone()
    };
    let folder = out_dir.join(name);
    let mut fingerprint = Fingerprint::new();
    fingerprint.add_source(&source);
    fingerprint.add_config(&config);
    let inputs = fingerprint.finish();
    let options = WriteOptions {
        disposable: true,
        ..WriteOptions::default()
    };
    finish_killed(&folder, options)?;
    if let Some(last) = LastRun::same(&folder, &inputs) {
        last.said.iter().for_each(|warning| tell_cargo(warning));
        return Ok(());
    }
    let outcome = generate(&source, &config);
    let renderer = |format| Renderer::new(format, &source, outcome.document.as_ref()).with_overlays(&config.overlays);
    if outcome.diagnostics.has_errors() {
        let human = renderer(MessageFormat::Human);
        let messages: Vec<String> = outcome
            .diagnostics
            .iter()
            .map(|diagnostic| human.render(diagnostic))
            .collect();
        return Err(messages.join("\n").into());
    }
    let short = renderer(MessageFormat::Short);
    let warnings = outcome.diagnostics.iter();
    let warnings = warnings.filter(|diagnostic| diagnostic.code.severity() == Severity::Warning);
    let warnings: Vec<String> = warnings
        .map(|diagnostic| format!("warning={}", short.render(diagnostic).trim_end()))
        .collect();
    warnings.iter().for_each(|warning| tell_cargo(warning));
    let (_, _lock) = write_and_hold(&folder, &outcome.files, options)?;
    let paths: Vec<String> = outcome.files.into_iter().map(|file| file.path).collect();
    LastRun::keep(&folder, inputs, &paths, warnings, Vec::new());
    Ok(())
}

/// Reads an overlay for [`Config::overlays`]; cargo runs the script again when it changes.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use envoi::{Config, build_script};
///
/// let config = Config {
///     overlays: vec![build_script::overlay("pets.overlay.yaml")?],
///     ..Config::default()
/// };
/// build_script::client("pets", "openapi.yaml", &config)
/// # }
/// ```
///
/// # Errors
///
/// Returns an error if the file cannot be read.
pub fn overlay(path: impl AsRef<Path>) -> Result<Source, Box<dyn Error>> {
    let path = path.as_ref();
    tell_cargo(&format!("rerun-if-changed={}", path.display()));
    load::read_alone(path, &Limits::default()).map_err(|diagnostic| diagnostic.message.into())
}

/// The files that were read beside the document; the lock file for all that came from URLs.
fn parts(document: &Path, source: &Source) -> BTreeSet<PathBuf> {
    let beside = document.parent().unwrap_or(Path::new(""));
    let present = source.parts.iter().filter(|part| part.content.is_ok());
    present
        .map(|part| match part.uri.contains("://") {
            true => beside.join("envoi.lock"),
            false => beside.join(&part.uri),
        })
        // Cargo reads instructions by the line.
        .filter(|path| !path.to_string_lossy().contains(['\n', '\r']))
        .collect()
}

/// Prints an instruction for cargo.
#[expect(clippy::print_stdout, reason = "cargo reads the output of build scripts")]
fn tell_cargo(instruction: &str) {
    println!("cargo::{instruction}");
}
