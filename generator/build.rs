//! Lists the sources of the runtime, which `src/embedded.rs` copies into clients.
//!
//! In the repository they are those of the package `envoi-runtime`, in the folder `runtime`. Cargo leaves packages inside a
//! package out of its archive, so that published sources have them in `embedded`, which is a link to `runtime/src`.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Where the sources may be. The first works on systems without symbolic links too.
const PLACES: [&str; 2] = ["runtime/src", "embedded"];

/// A file of the runtime that the generator also uses itself.
const FORMS: &str = "model/forms.rs";

/// The licenses of the runtime; where there are no symbolic links, only those of the repository are texts.
const LICENSES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

fn main() -> Result<(), Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let places = PLACES.iter().map(|place| package.join(place));
    let root = places.into_iter().find(|place| place.is_dir());
    let root = root.ok_or("the sources of `envoi-runtime` are missing")?;
    println!("cargo::rerun-if-changed={}", root.display());

    let mut paths = Vec::new();
    walk(&root, "", &mut paths)?;
    paths.sort_unstable();
    let mut listed = String::from("&[\n");
    for path in &paths {
        writeln!(listed, "    ({path:?}, include_str!({:?})),", text(&root.join(path))?)?;
    }
    listed.push_str("]\n");
    fs::write(out.join("sources.rs"), listed)?;

    let is_repository = root.ends_with(PLACES[0]);
    let licenses = if is_repository { package.join("..") } else { package };
    let mut listed = String::from("[\n");
    for name in LICENSES {
        writeln!(
            listed,
            "    ({name:?}, include_str!({:?})),",
            text(&licenses.join(name))?
        )?;
    }
    listed.push_str("]\n");
    fs::write(out.join("licenses.rs"), listed)?;

    let forms = format!("#[path = {:?}]\nmod forms;\n", text(&root.join(FORMS))?);
    fs::write(out.join("forms.rs"), forms)?;
    Ok(())
}

/// Adds the Rust files below a folder, by their path with `/`.
fn walk(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        if path.is_dir() {
            walk(&path, &format!("{prefix}{name}/"), paths)?;
        } else if name.ends_with(".rs") {
            paths.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

fn text(path: &Path) -> Result<&str, Box<dyn Error>> {
    path.to_str()
        .ok_or_else(|| format!("{} is not Unicode", path.display()).into())
}
