//! Generation from a build script.

use std::error::Error;
use std::path::{Path, PathBuf};

use crate::config::{Config, Layout};
use crate::diagnostic::{MessageFormat, Renderer, Severity};
use crate::document::Source;
use crate::load::{self, Limits};
use crate::pipeline::generate;
use crate::write::{WriteOptions, write_all};

/// Generates the client of `document` into `OUT_DIR`, as the module `name`.
///
/// The crate includes it, and depends on `envoi-runtime` (with its features `chrono` and `uuid`, where the document has
/// dates or UUIDs):
///
/// ```text
/// pub mod pets {
///     include!(concat!(env!("OUT_DIR"), "/pets/mod.rs"));
/// }
/// ```
///
/// Tells cargo to run the script again when the document changes. Warnings become warnings of the build.
///
/// # Errors
///
/// When the document cannot be used, with every message about it; when `OUT_DIR` is not set, as outside of a build
/// script; and when it cannot be written.
pub fn client(name: &str, document: impl AsRef<Path>, config: &Config) -> Result<(), Box<dyn Error>> {
    let document = document.as_ref();
    let out_dir = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: this is for build scripts")?);
    tell_cargo(&format!("rerun-if-changed={}", document.display()));
    let source = load::read(document, &Limits::default()).map_err(|diagnostic| diagnostic.message)?;
    let config = Config {
        layout: Layout::Module,
        ..config.clone()
    };
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
    for diagnostic in outcome.diagnostics.iter() {
        if diagnostic.code.severity() == Severity::Warning {
            tell_cargo(&format!("warning={}", short.render(diagnostic).trim_end()));
        }
    }
    write_all(&out_dir.join(name), &outcome.files, WriteOptions::default())?;
    Ok(())
}

/// Reads an overlay for [`Config::overlays`], and tells cargo to run the script again when it changes.
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
/// When the file cannot be read.
pub fn overlay(path: impl AsRef<Path>) -> Result<Source, Box<dyn Error>> {
    let path = path.as_ref();
    tell_cargo(&format!("rerun-if-changed={}", path.display()));
    load::read(path, &Limits::default()).map_err(|diagnostic| diagnostic.message.into())
}

/// Build scripts speak to cargo through their output.
#[expect(clippy::print_stdout, reason = "cargo reads the output of build scripts")]
fn tell_cargo(instruction: &str) {
    println!("cargo::{instruction}");
}
