//! The sources of the runtime, as they are embedded into generated crates.

use crate::output::{HEADER, OutputFile};

/// Path, below `src`, and text of every file of the runtime; the build script lists them.
const SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// Name and text of its licenses.
const LICENSES: [(&str, &str); 2] = include!(concat!(env!("OUT_DIR"), "/licenses.rs"));

/// The line about the license, in each file of the runtime.
const LICENSE: &str = concat!("// SPDX-License-Identifier: ", env!("CARGO_PKG_LICENSE"));

/// What some clients need of the runtime and others do not.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Needs {
    /// Bodies of XML.
    pub(crate) xml: bool,
    /// Dates of the crate `chrono`.
    pub(crate) chrono: bool,
    /// UUIDs of the crate `uuid`.
    pub(crate) uuid: bool,
    /// Choices between types of the client.
    pub(crate) unions: bool,
}

impl Needs {
    /// The features of the crate `envoi-runtime` that give all this.
    pub(crate) fn features(self) -> Vec<&'static str> {
        let features = [(self.chrono, "chrono"), (self.uuid, "uuid"), (self.xml, "xml")];
        features
            .iter()
            .filter(|(needed, _)| *needed)
            .map(|(_, name)| *name)
            .collect()
    }

    fn has(self, path: &str) -> bool {
        match path {
            "model/dates.rs" | "model/forms.rs" | "model/scalars/dates.rs" => self.chrono,
            "model/uuids.rs" => self.uuid,
            "model/read/buffered.rs" => self.unions,
            _ if path.starts_with("model/union/") => self.unions,
            "client/xml.rs" => self.xml,
            _ => self.xml || !path.starts_with("xml/"),
        }
    }
}

/// The runtime as the module `runtime` below `folder` of the package `package`.
pub(crate) fn files(package: &str, folder: &str, needs: Needs) -> Vec<OutputFile> {
    let module = format!("{}::runtime", package.replace('-', "_"));
    let licenses = LICENSES
        .iter()
        .map(|(name, text)| OutputFile::new(format!("{folder}/runtime/{name}"), *text));
    let sources = SOURCES.iter().filter(|(path, _)| needs.has(path)).map(|(path, text)| {
        let path = if *path == "lib.rs" { "mod.rs" } else { path };
        OutputFile {
            path: format!("{folder}/runtime/{path}"),
            text: format!("// {HEADER}\n{LICENSE}\n\n{}", embedded(text, &module, needs)),
        }
    });
    sources.chain(licenses).collect()
}

/// The name of the runtime as a crate.
const CRATE: &str = "envoi_runtime";

/// Leaves out what is not needed; what is needed is there whatever the features. Examples in its documentation find it as `module`.
fn embedded(text: &str, module: &str, needs: Needs) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut keep = true;
    for line in text.lines() {
        match line.trim() {
            "// xml: begin" => keep = needs.xml,
            "// chrono: begin" => keep = needs.chrono,
            "// uuid: begin" => keep = needs.uuid,
            "// unions: begin" => keep = needs.unions,
            "// xml: end" | "// chrono: end" | "// uuid: end" | "// unions: end" => keep = true,
            "#[cfg(feature = \"xml\")]" | "#[cfg(feature = \"chrono\")]" | "#[cfg(feature = \"uuid\")]" => {}
            code if keep => {
                match code.starts_with("//") && code.contains(CRATE) {
                    true => kept.push_str(&line.replace(CRATE, module)),
                    false => kept.push_str(line),
                }
                kept.push('\n');
            }
            _ => {}
        }
    }
    kept.truncate(kept.trim_end().len());
    kept.push('\n');
    kept
}

#[cfg(test)]
mod tests {
    use super::{CRATE, Needs, SOURCES, embedded, files};

    #[test]
    fn the_sources_of_the_runtime_are_listed() {
        let listed = |path: &str| SOURCES.iter().any(|(listed, _)| *listed == path);
        for path in ["lib.rs", "model/mod.rs", "reply/sequence/mod.rs"] {
            assert!(listed(path), "{path}");
        }
        let text = |path: &str| {
            SOURCES
                .iter()
                .find(|(listed, _)| *listed == path)
                .map(|(_, text)| *text)
        };
        assert_eq!(text("call/mod.rs"), Some(include_str!("../runtime/src/call/mod.rs")));
    }

    #[test]
    fn examples_find_the_runtime_where_it_is() {
        let files = files("pet-shop", "src", Needs::default());
        assert!(files.iter().all(|file| !file.text.contains(CRATE)));
        let body = files.iter().find(|file| file.path == "src/runtime/encode/body.rs");
        let body = body.expect("a file").text.as_str();
        assert!(body.contains("/// use pet_shop::runtime::Body;"), "{body}");
    }

    #[test]
    fn what_is_not_needed_is_left_out() {
        let text = "a\n// xml: begin\n#[cfg(feature = \"xml\")]\nmod xml;\n// xml: end\nb\n";
        assert_eq!(
            embedded(
                text,
                "pets::runtime",
                Needs {
                    xml: true,
                    ..Needs::default()
                }
            ),
            "a\nmod xml;\nb\n"
        );
        assert_eq!(embedded(text, "pets::runtime", Needs::default()), "a\nb\n");
    }
}
