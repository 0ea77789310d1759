//! Generates a client of each version of the document: as it was, as it has grown, and as it was changed.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use envoi::load::{Limits, read, read_alone};
use envoi::{Config, Layout, generate};

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
        let config = Config {
            layout: Layout::Module,
            overlays: overlay.into_iter().collect::<Result<_, _>>().map_err(failed)?,
            ..Config::default()
        };
        let outcome = generate(&source, &config);
        if outcome.diagnostics.has_errors() {
            return Err(format!("{name}: {:?}", outcome.diagnostics).into());
        }
        for file in outcome.files {
            fs::write(Path::new(&env::var("OUT_DIR")?).join(format!("{name}.rs")), file.text)?;
        }
    }
    Ok(())
}
