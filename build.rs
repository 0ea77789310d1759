//! Generates clients at build time: one of `specs/` as a user's own crate would, and one of each fixture for the tests.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs, io};

use envoi::load::{Limits, read};
use envoi::{Config, Layout, build_script, generate};

fn main() -> Result<(), Box<dyn Error>> {
    build_script::client("clerk", "specs/clerk.yaml", &Config::default())?;

    println!("cargo::rerun-if-changed=tests/fixtures");
    let out_dir = env::var("OUT_DIR")?;
    let entries = fs::read_dir("tests/fixtures")?;
    let mut fixtures = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    fixtures.sort();
    let config = Config {
        layout: Layout::Module,
        ..Config::default()
    };
    let mut index = String::new();
    for path in fixtures {
        let Some(name) = path.file_stem().and_then(|name| name.to_str()) else {
            continue;
        };
        // What fixtures have to say is looked at by their snapshots, and not worth a warning of each build.
        let source = read(&path, &Limits::default()).map_err(|diagnostic| diagnostic.message)?;
        for file in generate(&source, &config).files {
            fs::write(Path::new(&out_dir).join(format!("{name}.rs")), file.text)?;
        }
        writeln!(
            index,
            "pub mod {name} {{ include!(concat!(env!(\"OUT_DIR\"), \"/{name}.rs\")); }}"
        )?;
    }
    fs::write(Path::new(&out_dir).join("fixtures.rs"), index)?;
    Ok(())
}
