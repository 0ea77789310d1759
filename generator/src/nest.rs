//! Files of a client -> one file with nested modules, for `include!`.

use crate::output::{HEADER, OutputFile};
use crate::plan::PlannedFile;

/// Puts every file into the module it would be.
///
/// An included file may not have inner attributes, so that inner documentation becomes outer documentation of the
/// module it is about.
pub(crate) fn nest(printed: Vec<(PlannedFile, String)>) -> OutputFile {
    let mut text = format!("// {HEADER}\n\n");
    for (planned, content) in printed.iter().filter(|(planned, _)| planned.module.len() <= 1) {
        match planned.module.as_slice() {
            [] => text.push_str(&root(content)),
            [name] => {
                let inner: Vec<_> = printed
                    .iter()
                    .filter(|(other, _)| other.module.len() == 2 && other.module[0] == *name)
                    .collect();
                let mut body = without_modules(content);
                for (other, content) in inner {
                    body.push('\n');
                    if other.module[1] == *name {
                        body.push_str(TWICE);
                    }
                    body.push_str(&module(&other.module[1], "pub mod", content));
                }
                text.push('\n');
                text.push_str(&module(
                    name,
                    if planned.is_public() { "pub mod" } else { "mod" },
                    &body,
                ));
            }
            _ => {}
        }
    }
    OutputFile {
        path: "mod.rs".to_owned(),
        text,
    }
}

/// Who includes a client seldom uses all of it, and in a program what is unused is reported.
const UNUSED: &str = "#[allow(dead_code, unused_imports, reason = \"a client is seldom used in full\")]";

/// A tag can be called like the module of all operations.
const TWICE: &str = "#[allow(clippy::module_inception, reason = \"the name is that of the document\")]\n";

/// The root, whose modules follow inline.
fn root(content: &str) -> String {
    without_modules(content).replace("pub use ", &format!("{UNUSED}\npub use "))
}

/// A module with its documentation and attributes in front of it.
fn module(name: &str, keyword: &str, content: &str) -> String {
    let name = crate::names::module_ident(name);
    let mut text = String::new();
    let mut body = String::new();
    for line in content.lines() {
        if let Some(doc) = line.strip_prefix("//!") {
            text.push_str(&format!("///{doc}\n"));
        } else if let Some(attribute) = line.strip_prefix("#![") {
            text.push_str(&format!("#[{attribute}\n"));
        } else if line.is_empty() {
            body.push('\n');
        } else {
            body.push_str(&format!("    {line}\n"));
        }
    }
    format!("{text}{UNUSED}\n{keyword} {name} {{\n{}\n}}\n", body.trim_matches('\n'))
}

/// The text without the declarations of modules that follow inline.
fn without_modules(content: &str) -> String {
    let declares = |line: &str| (line.starts_with("mod ") || line.starts_with("pub mod ")) && line.ends_with(';');
    let kept: Vec<&str> = content.lines().filter(|line| !declares(line)).collect();
    format!("{}\n", kept.join("\n").trim_start_matches('\n'))
}
