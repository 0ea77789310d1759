//! Generates a client of each version of a document: as it was, as it has grown, and as it was changed; and of the document of the
//! pairs, before and after all of their changes.

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "src/pairs.rs"]
mod pairs;

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use envoi::load::{Limits, read, read_alone};
use envoi::{Config, Layout, Source, generate};

fn main() -> Result<(), Box<dyn Error>> {
    for (name, overlay) in [
        ("before", None),
        ("grown", Some("grown.yaml")),
        ("changed", Some("changed.yaml")),
    ] {
        println!("cargo::rerun-if-changed={}", overlay.unwrap_or("before.yaml"));
        let failed = |diagnostic: envoi::Diagnostic| diagnostic.message;
        let source = read(Path::new("before.yaml"), &Limits::default()).map_err(failed)?;
        let overlay = overlay.map(|path| read_alone(Path::new(path), &Limits::default()));
        client(name, &source, overlay.transpose().map_err(failed)?)?;
    }
    println!("cargo::rerun-if-changed=pairs/before.yaml");
    println!("cargo::rerun-if-changed=src/pairs.rs");
    let source = Source::new("before.yaml", pairs::BEFORE);
    client("pairs_before", &source, None)?;
    client(
        "pairs_after",
        &source,
        Some(Source::new("pairs.yaml", pairs::overlay(pairs::PAIRS))),
    )?;
    programs()
}

fn client(name: &str, source: &Source, overlay: Option<Source>) -> Result<(), Box<dyn Error>> {
    let config = Config {
        layout: Layout::Module,
        overlays: overlay.into_iter().collect(),
        ..Config::default()
    };
    let outcome = generate(source, &config);
    if outcome.diagnostics.has_errors() {
        return Err(format!("{name}: {:?}", outcome.diagnostics).into());
    }
    for file in outcome.files {
        fs::write(Path::new(&env::var("OUT_DIR")?).join(format!("{name}.rs")), file.text)?;
    }
    Ok(())
}

/// The programs of the pairs: compiled against the client before, and against that after the changes or not, as they should.
fn programs() -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    for pair in pairs::PAIRS {
        let program = pair.program;
        let module = |client: &str| format!("pub mod {client} {{ use crate::pairs_{client} as api; {program} }}\n");
        writeln!(text, "pub mod {} {{\n{}", pair.name, module("before"))?;
        if pair.group == "breaking" {
            let test = format!("```compile_fail\nuse envoi_evolution::pairs_after as api;\n{program}\n```");
            writeln!(text, "#[doc = {test:?}]\npub mod after {{}}\n}}")?;
        } else {
            writeln!(text, "{}}}", module("after"))?;
        }
    }
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("programs.rs"), text)?)
}
