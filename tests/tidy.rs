//! The rules of the source code that no compiler knows: who may import what, how long things may be.

#[path = "tidy/imports.rs"]
mod imports;
#[path = "tidy/samples.rs"]
mod samples;

use std::path::{Path, PathBuf};

use imports::{Imports, imports, loops, upward};

const MOST_LINES: usize = 400;
const MOST_FUNCTION_LINES: usize = 80;

struct File {
    /// Relative to the folder of sources, separated by `/`.
    path: String,
    text: String,
}

impl File {
    fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs")
    }

    /// The lines of code, without those of the tests at the end, comments, and what is in quotes.
    fn code(&self) -> Vec<(usize, String)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines
            .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(number, line)| (number, unquoted(line)))
            .collect()
    }
}

/// The line without the text between quotes.
fn unquoted(line: &str) -> String {
    let parts = line.split('"').step_by(2);
    parts.collect::<Vec<_>>().join("\"\"")
}

/// The Rust files below a folder.
fn sources(folder: &str) -> Vec<File> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    walk(Path::new(folder), &mut paths);
    paths.sort();
    assert!(!paths.is_empty(), "{folder} has sources");
    let read = |path: PathBuf| File {
        path: path
            .strip_prefix(folder)
            .expect("below")
            .to_string_lossy()
            .replace('\\', "/"),
        text: std::fs::read_to_string(&path).expect("it can be read"),
    };
    paths.into_iter().map(read).collect()
}

fn generator() -> Vec<File> {
    sources("generator/src")
}

fn all() -> Vec<File> {
    generator()
        .into_iter()
        .chain(sources("generator/runtime/src"))
        .chain(sources("tests/benchmarks/src"))
        .chain(sources("tests/corpus/src"))
        .chain(sources("tests/load/src"))
        .chain(sources("tests/names/src"))
        .chain(sources("tests/packages/src"))
        .collect()
}

/// Fails with every breach at once.
fn check(breaches: &[String]) {
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn files_say_what_they_are_for_and_are_short() {
    let mut breaches = Vec::new();
    for file in all() {
        let lines = file.text.lines().count();
        if !file.is_test() && !file.text.starts_with("//! ") {
            breaches.push(format!("{} does not begin with `//!`", file.path));
        }
        if !file.is_test() && lines > MOST_LINES {
            breaches.push(format!("{} has {lines} lines", file.path));
        }
    }
    check(&breaches);
}

#[test]
fn functions_are_short() {
    let mut breaches = Vec::new();
    for file in all() {
        let mut open: Option<(usize, usize)> = None;
        for (number, line) in file.text.lines().enumerate().map(|(index, line)| (index + 1, line)) {
            let indent = line.len() - line.trim_start().len();
            let words: Vec<&str> = line.split_whitespace().take_while(|word| *word != "fn").collect();
            let begins = line.contains("fn ") && words.len() < 5 && words.iter().all(|word| is_qualifier(word));
            if begins && open.is_none() {
                open = Some((number, indent));
            }
            if let Some((first, at)) = open
                && indent == at
                && (line.trim_start() == "}" || (begins && line.ends_with('}')) || line.ends_with(';'))
            {
                if number - first + 1 > MOST_FUNCTION_LINES {
                    breaches.push(format!("{}:{first} has {} lines", file.path, number - first + 1));
                }
                open = None;
            }
        }
    }
    check(&breaches);
}

fn is_qualifier(word: &str) -> bool {
    matches!(word, "pub" | "pub(crate)" | "pub(super)" | "const" | "async" | "unsafe")
}

/// A name, and where it may stand: paths that begin with one of these.
const ONLY: &[(&str, &[&str])] = &[
    ("openapiv3", &["parse/", "lower/"]),
    ("quote", &["emit/", "print.rs", "print/"]),
    ("proc_macro2", &["emit/", "print.rs", "print/"]),
    ("prettyplease", &["print.rs", "print/"]),
    ("heck", &["names/"]),
    ("deunicode", &["names/"]),
    ("serde_yaml", &["load/"]),
    ("serde_json_path", &["overlay/"]),
    ("pulldown_cmark", &["emit/documentation/markdown/"]),
    ("clap", &["cli/"]),
    (
        "toml_edit",
        &[
            "package/manifest.rs",
            "package/metadata.rs",
            "diff/manifest.rs",
            "cli/",
            "load/remote.rs",
            "write/cargo_toml.rs",
        ],
    ),
    ("ureq", &["load/fetch.rs"]),
    ("std::fs", &["load/", "write", "cli/", "build_script.rs"]),
    ("std::env", &["load/", "write", "cli/", "build_script.rs", "main.rs"]),
];

/// A folder, and what its files may not name.
const NEVER: &[(&str, &[&str])] = &[
    ("lower/", &["crate::emit", "crate::names", "crate::plan"]),
    ("emit/", &["crate::lower", "crate::parse", "crate::load"]),
    (
        "normalize/",
        &[
            "crate::parse",
            "crate::lower",
            "crate::ir",
            "crate::names",
            "crate::emit",
        ],
    ),
    (
        "overlay/",
        &[
            "crate::parse",
            "crate::lower",
            "crate::ir",
            "crate::names",
            "crate::emit",
            "crate::normalize",
        ],
    ),
    ("select", &["crate::ir", "crate::names", "crate::emit"]),
    (
        "analyze/",
        &["crate::lower", "crate::parse", "crate::names", "crate::emit"],
    ),
    ("names/", &["crate::lower", "crate::parse", "crate::emit"]),
];

/// The folders of `emit`, bottom to top: none names one above it.
const EMIT: [&str; 8] = [
    "context",
    "tokens",
    "documentation",
    "models",
    "operations",
    "client",
    "example",
    "pages",
];

/// What the representation may name of ours.
const OF_IR: &[&str] = &["crate::pointer"];

/// Whether a line names a path, and not merely something that begins like it.
fn names(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        let before = line[..at].chars().next_back().is_some_and(part);
        let rest = &line[at + path.len()..];
        let whole = !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
        !before && whole && (path.contains("::") || line.trim_start().starts_with("use ") || rest.starts_with("::"))
    })
}

#[test]
fn imports_follow_the_table() {
    let mut breaches = Vec::new();
    for file in generator().iter().filter(|file| !file.is_test()) {
        for (number, line) in file.code() {
            let at = format!("{}:{number}", file.path);
            for (name, places) in ONLY {
                if names(&line, name) && !places.iter().any(|place| file.path.starts_with(place)) {
                    breaches.push(format!("{at} names `{name}`"));
                }
            }
            for (folder, paths) in NEVER {
                if file.path.starts_with(folder) {
                    let named = paths.iter().filter(|path| names(&line, path));
                    breaches.extend(named.map(|path| format!("{at} names `{path}`")));
                }
            }
            let folder = EMIT
                .iter()
                .position(|folder| file.path.starts_with(&format!("emit/{folder}/")));
            let above = folder.map(|own| &EMIT[own + 1..]).unwrap_or_default();
            let above = above.iter().map(|folder| format!("crate::emit::{folder}"));
            let named = above.filter(|path| names(&line, path));
            breaches.extend(named.map(|path| format!("{at} names `{path}`")));
            if file.path.starts_with("ir/") && line.contains("crate::") && !OF_IR.iter().any(|path| names(&line, path))
            {
                breaches.push(format!("{at}: {}", line.trim()));
            }
        }
    }
    check(&breaches);
}

#[test]
fn the_runtime_does_not_know_the_generator() {
    let manifest = std::fs::read_to_string("generator/runtime/Cargo.toml").expect("a manifest");
    assert!(
        !manifest
            .lines()
            .any(|line| line.starts_with("envoi ") || line.starts_with("envoi."))
    );
    let files = sources("generator/runtime/src");
    let breaches: Vec<String> = files
        .iter()
        .flat_map(|file| file.code().into_iter().map(move |(number, line)| (file, number, line)))
        .filter(|(_, _, line)| names(line, "envoi") || names(line, "envoi_runtime"))
        .map(|(file, number, _)| format!("{}:{number}", file.path))
        .collect();
    check(&breaches);
}

/// The folders of the runtime as the way that a call takes, from the lowest: each knows those before it, and none after it.
const LAYERS: &[&str] = &[
    "model",
    "encode",
    "transport",
    "auth",
    "reply",
    "xml",
    "call",
    "client",
    "paging",
];

fn imports_of(files: &[File]) -> Imports {
    imports(files.iter().map(|file| (file.path.as_str(), file.text.as_str())))
}

/// Every set of files that import each other, with the imports among them.
fn loops_of(files: &[File]) -> Vec<String> {
    let imports = imports_of(files);
    let told = |files: &Vec<&str>| {
        let among = files
            .iter()
            .flat_map(|file| imports[*file].iter().map(move |import| (file, import)));
        let among = among.filter(|(_, (target, _))| files.contains(&target.as_str()));
        let lines = among.map(|(file, (target, named))| format!("\n    {file} imports `{named}` from {target}"));
        format!("{} files import each other:{}", files.len(), lines.collect::<String>())
    };
    loops(&imports).iter().map(told).collect()
}

#[test]
fn layers_of_the_runtime_know_those_below_alone() {
    let files = sources("generator/runtime/src");
    let mut breaches = upward(&imports_of(&files), LAYERS);
    for file in &files {
        let (folder, _) = file.path.split_once('/').unwrap_or_default();
        if file.path != "lib.rs" && !LAYERS.contains(&folder) {
            breaches.push(format!("{} is in no layer", file.path));
        }
    }
    for layer in LAYERS {
        let path = format!("{layer}/mod.rs");
        let page = files.iter().find(|file| file.path == path);
        let page = page.map_or("", |file| file.text.as_str());
        let lines = page.lines().take_while(|line| line.starts_with("//!"));
        let lines = lines.filter(|line| line.len() > "//! ".len()).count();
        if !(3..=8).contains(&lines) {
            breaches.push(format!(
                "{path} says in {lines} lines what the layer does and what it may know"
            ));
        }
    }
    check(&breaches);
}

#[test]
fn no_files_of_the_runtime_import_each_other() {
    check(&loops_of(&sources("generator/runtime/src")));
}

#[test]
fn no_files_of_the_generator_import_each_other() {
    check(&loops_of(&generator()));
}

#[test]
fn nothing_is_left_to_do() {
    let forbidden = [
        concat!("todo", "!"),
        concat!("unimplemented", "!"),
        concat!("dbg", "!"),
        concat!("#[", "ignore"),
    ];
    let tests = ["tests", "generator/tests", "generator/runtime/tests"].map(sources_if_any);
    let mut breaches = Vec::new();
    for file in all().iter().chain(tests.iter().flatten()) {
        for (index, line) in file.text.lines().enumerate() {
            let found = forbidden.iter().filter(|word| unquoted(line).contains(**word));
            breaches.extend(found.map(|word| format!("{}:{} has `{word}`", file.path, index + 1)));
        }
    }
    check(&breaches);
}

fn sources_if_any(folder: &str) -> Vec<File> {
    if Path::new(folder).is_dir() && std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        let mut files = Vec::new();
        let mut pending = vec![PathBuf::from(folder)];
        while let Some(path) = pending.pop() {
            if path.is_dir() {
                pending.extend(
                    std::fs::read_dir(&path)
                        .expect("a folder")
                        .map(|entry| entry.expect("an entry").path()),
                );
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("it can be read");
                files.push(File {
                    path: path.display().to_string(),
                    text,
                });
            }
        }
        return files;
    }
    Vec::new()
}

/// The version in a requirement, `"1"` or `{ version = "1", … }`.
fn version(requirement: &str) -> Option<&str> {
    let text = requirement
        .split_once("version = ")
        .map_or(requirement, |(_, text)| text);
    text.trim_start().strip_prefix('"')?.split('"').next()
}

#[test]
fn generated_manifests_ask_for_the_versions_that_are_tested() {
    let read = |path: &str| std::fs::read_to_string(path).expect("it can be read");
    let manifests = [read("Cargo.toml"), read("generator/runtime/Cargo.toml")];
    let tested = |name: &str| {
        let mut lines = manifests.iter().flat_map(|manifest| manifest.lines());
        lines.find_map(|line| version(line.strip_prefix(name)?.trim_start().strip_prefix('=')?))
    };
    let known = read("generator/src/package/crates.rs");
    let mut seen = 0;
    let mut breaches = Vec::new();
    for line in known
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Known::new(\""))
    {
        let mut parts = line.split('"');
        let (name, asked) = (parts.next().unwrap_or_default(), parts.nth(1));
        seen += 1;
        if asked.is_none() || tested(name) != asked {
            breaches.push(format!("{name}: {asked:?} is asked for, {:?} is tested", tested(name)));
        }
    }
    assert!(seen > 5, "the list of crates was found");
    let oldest = |text: &str, before: &str| {
        let rest = text.split(before).nth(1).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let of_runtime = oldest(&manifests[1], "rust-version = \"");
    assert_eq!(oldest(&known, "OLDEST_RUST: &str = \""), of_runtime);
    check(&breaches);
}

/// The tests that pages about safety name for a row are there.
#[test]
fn what_holds_the_promises_exists() {
    let pages = ["docs/wire.md", "docs/bad-inputs.md", "SECURITY.md"];
    let page: String = pages
        .map(|page| std::fs::read_to_string(page).expect("a page"))
        .concat();
    let tests: Vec<File> = ["tests", "generator"]
        .iter()
        .flat_map(|folder| sources(folder))
        .collect();
    let mut breaches = Vec::new();
    let rows = page.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    for row in rows {
        let named = row.trim_end_matches([' ', '|']).rsplit('|').next().unwrap_or_default();
        for name in named.split('`').skip(1).step_by(2) {
            let function = format!("fn {name}(");
            if !tests.iter().any(|file| file.text.contains(&function)) {
                breaches.push(format!("{name} is no test"));
            }
        }
    }
    check(&breaches);
}
