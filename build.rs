//! Generates clients at build time, as a user's own crate would: one of `specs/`, and one of each fixture.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use envoi::{Config, build_script};

fn main() -> Result<(), Box<dyn Error>> {
    build_script::client("clerk", "specs/clerk.yaml", &Config::default())?;

    println!("cargo::rerun-if-changed=tests/fixtures");
    let mut index = String::new();
    for entry in fs::read_dir("tests/fixtures")? {
        let path = entry?.path();
        let Some(name) = path.file_stem().and_then(|name| name.to_str()) else {
            continue;
        };
        build_script::client(name, &path, &Config::default())?;
        let module = format!("include!(concat!(env!(\"OUT_DIR\"), \"/{name}/mod.rs\"));");
        writeln!(index, "pub mod {name} {{ {module} }}")?;
    }
    let out_dir = env::var("OUT_DIR")?;
    fs::write(Path::new(&out_dir).join("fixtures.rs"), index)?;
    Ok(())
}
