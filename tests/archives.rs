//! What `cargo package` puts into the archives of the published crates. `.ci/run` also compiles them.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// What every archive has beside sources: made by cargo, or named in `include` of the manifest.
const ALWAYS: [&str; 7] = [
    ".cargo_vcs_info.json",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
];

/// The files in the archive of a package of the workspace.
fn archived(package: &str) -> BTreeSet<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["package", "--list", "--allow-dirty", "--offline", "--package", package])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    assert!(!messages.contains("warning"), "{messages}");
    let listed = String::from_utf8(output.stdout).expect("paths are UTF-8");
    listed.lines().map(|path| path.replace('\\', "/")).collect()
}

/// The files below a folder, as paths below `to`.
fn files(folder: &Path, to: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        match path.is_dir() {
            true => found.extend(files(&path, &format!("{to}/{name}"))),
            false => _ = found.insert(format!("{to}/{name}")),
        }
    }
    found
}

fn expected(sources: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    ALWAYS.iter().map(|path| (*path).to_owned()).chain(sources).collect()
}

#[test]
fn the_archive_of_the_runtime_has_its_sources() {
    let sources = files(Path::new("generator/runtime/src"), "src");
    assert_eq!(archived("envoi-runtime"), expected(sources));
}

#[test]
fn the_archive_of_the_generator_has_the_sources_of_the_runtime_too() {
    let mut sources = files(Path::new("generator/src"), "src");
    sources.extend(files(Path::new("generator/runtime/src"), "embedded"));
    sources.insert("build.rs".to_owned());
    assert_eq!(archived("envoi"), expected(sources));
}

/// Registries show the README without the repository, of which they do not know where it is.
#[test]
fn readmes_of_published_crates_link_to_nothing_beside_them() {
    for path in ["generator/README.md", "generator/runtime/README.md"] {
        let text = std::fs::read_to_string(path).expect("a README");
        let targets: Vec<&str> = text.split("](").skip(1).collect();
        let relative = targets.iter().find(|target| !target.starts_with("https://"));
        assert_eq!(relative, None, "{path}");
    }
}

#[test]
fn licenses_of_published_crates_are_those_of_the_project() {
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let read = |folder: &str| std::fs::read_to_string(Path::new(folder).join(license)).expect("a license");
        assert_eq!(read("generator"), read("."), "{license}");
        assert_eq!(read("generator/runtime"), read("."), "{license}");
    }
}
