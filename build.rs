//! Generates clients at build time: one of `specs/` as a user's own crate would, and one of each fixture for the tests.
//! The code in the guide becomes Rust that a test compiles.

#[path = "tests/guide/pieces.rs"]
mod pieces;

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use envoi::load::{Limits, read};
use envoi::{Config, Layout, Serde, Source, build_script, generate};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    build_script::client("clerk", "specs/clerk.yaml", &Config::default())?;
    let blocking = Config {
        blocking: true,
        ..Config::default()
    };
    build_script::client("acme", "docs/guide/acme.yaml", &blocking)?;
    guide()?;

    let out_dir = env::var("OUT_DIR")?;
    let config = Config {
        layout: Layout::Module,
        ..Config::default()
    };
    clients(Path::new(&out_dir), "fixtures", &config)?;
    let strict = Config {
        strict: true,
        ..config.clone()
    };
    let strictly = Path::new(&out_dir).join("strict.rs");
    client(Path::new("tests/fixtures/declared_forms.yaml"), &strict, &strictly)?;
    let both = Config {
        serde: Serde::Both,
        ..config.clone()
    };
    let both_ways = Path::new(&out_dir).join("both_ways.rs");
    client(Path::new("tests/fixtures/read_write.yaml"), &both, &both_ways)?;
    clients(Path::new(&out_dir), "programs", &config)?;
    names(Path::new(&out_dir), &config)
}

/// Writes a client of each document in a folder of `tests`, and a file that has them all as modules.
fn clients(out_dir: &Path, folder: &str, config: &Config) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=tests/{folder}");
    let entries = fs::read_dir(Path::new("tests").join(folder))?;
    let mut documents = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    documents.retain(|path| path.extension().is_some_and(|extension| extension != "rs"));
    documents.sort();
    let mut index = String::new();
    for path in documents {
        let Some(name) = path.file_stem().and_then(|name| name.to_str()) else {
            continue;
        };
        client(&path, config, &out_dir.join(format!("{name}.rs")))?;
        writeln!(
            index,
            "pub mod {name} {{ include!(concat!(env!(\"OUT_DIR\"), \"/{name}.rs\")); }}"
        )?;
    }
    Ok(fs::write(out_dir.join(format!("{folder}.rs")), index)?)
}

/// Writes a client of one document. What it has to say is looked at by its snapshot, and not worth a warning of each build.
fn client(document: &Path, config: &Config, to: &Path) -> Result<(), Box<dyn Error>> {
    let source = read(document, &Limits::default()).map_err(|diagnostic| diagnostic.message)?;
    for file in generate(&source, config).files {
        fs::write(to, file.text)?;
    }
    Ok(())
}

/// Writes clients of documents with every name that could be in the way of generated code.
fn names(out_dir: &Path, config: &Config) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=generator/src/emit");
    let words = envoi_names::words(Path::new("generator"))?;
    let documents: [(&str, Value); 2] = [
        ("everything", envoi_names::everything(&words)),
        ("lists", envoi_names::lists(&words)),
    ];
    for (name, document) in documents {
        let source = Source::new(format!("{name}.json"), serde_json::to_vec(&document)?);
        for file in generate(&source, config).files {
            fs::write(out_dir.join(format!("names_{name}.rs")), file.text)?;
        }
    }
    Ok(())
}

/// Writes the Rust of pages as modules: that of README and guide, and that of the pages beside the generated clients.
fn guide() -> Result<(), Box<dyn Error>> {
    let mut pages = vec!["README.md".into(), "generated/README.md".into()];
    for folder in [
        "docs/guide",
        "generated/docs/fastly",
        "generated/docs/octopus",
        "generated/docs/clerk",
    ] {
        println!("cargo::rerun-if-changed={folder}");
        let entries = fs::read_dir(folder)?;
        pages.extend(
            entries
                .map(|entry| Ok(entry?.path()))
                .collect::<io::Result<Vec<PathBuf>>>()?,
        );
    }
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    pages.sort();
    for path in &pages {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    let text = pieces::pieces(&pages, |_| true)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("guide.rs"), text)?;
    Ok(())
}
