//! The sources of the runtime, as they are embedded into generated crates.

use crate::output::{HEADER, OutputFile};

/// Lists the files of the runtime by their path below its `src`.
macro_rules! sources {
    ($($path:literal,)+) => {
        /// Path and text of every file of the runtime.
        pub(crate) const SOURCES: &[(&str, &str)] = &[$(($path, include_str!(concat!("../runtime/src/", $path))),)+];
    };
}

sources! {
    "auth/asking.rs",
    "auth/attachment.rs",
    "auth/authorize.rs",
    "auth/choose.rs",
    "auth/credential.rs",
    "auth/environment.rs",
    "auth/given.rs",
    "auth/mod.rs",
    "auth/redact.rs",
    "auth/secrets.rs",
    "auth/security.rs",
    "auth/token.rs",
    "call/attempts.rs",
    "call/budget.rs",
    "call/exchange.rs",
    "call/idempotency.rs",
    "call/mod.rs",
    "call/outcome.rs",
    "call/redirect.rs",
    "call/retries.rs",
    "call/settings.rs",
    "call/shared.rs",
    "call/trace.rs",
    "client/blocking.rs",
    "client/builder.rs",
    "client/by_hand.rs",
    "client/general.rs",
    "client/request_future.rs",
    "client/handle.rs",
    "client/mod.rs",
    "client/pairs.rs",
    "client/prepare.rs",
    "client/replay.rs",
    "client/request.rs",
    "client/send.rs",
    "client/simulated.rs",
    "client/xml.rs",
    "encode/body.rs",
    "encode/encode_error.rs",
    "encode/header.rs",
    "encode/into_multipart.rs",
    "encode/json_patch.rs",
    "encode/media_type.rs",
    "encode/mod.rs",
    "encode/multipart/head.rs",
    "encode/multipart/mod.rs",
    "encode/multipart/part.rs",
    "encode/parameter/declaration.rs",
    "encode/parameter/encoding.rs",
    "encode/parameter/escape.rs",
    "encode/parameter/form.rs",
    "encode/parameter/members.rs",
    "encode/parameter/mod.rs",
    "encode/parameter/style.rs",
    "encode/parameter/write.rs",
    "encode/server.rs",
    "encode/target.rs",
    "lib.rs",
    "model/argument.rs",
    "model/base64.rs",
    "model/body_argument.rs",
    "model/dates.rs",
    "model/forms.rs",
    "model/mod.rs",
    "model/nullable.rs",
    "model/number.rs",
    "model/object.rs",
    "model/pointer/mod.rs",
    "model/pointer/read.rs",
    "model/pointer/write.rs",
    "model/read/buffered.rs",
    "model/read/erased.rs",
    "model/read/from_serde.rs",
    "model/read/integer.rs",
    "model/read/members.rs",
    "model/read/mod.rs",
    "model/read/strict.rs",
    "model/read/traits.rs",
    "model/read/values.rs",
    "model/value_error.rs",
    "model/scalar.rs",
    "model/scalars/dates.rs",
    "model/scalars/enums.rs",
    "model/scalars/kind.rs",
    "model/scalars/mod.rs",
    "model/scalars/number.rs",
    "model/text.rs",
    "model/tuples.rs",
    "model/union/attempts.rs",
    "model/union/branches.rs",
    "model/union/effort.rs",
    "model/union/mod.rs",
    "model/union/shape.rs",
    "model/union/tags.rs",
    "model/union/written.rs",
    "model/unlisted.rs",
    "model/uuids.rs",
    "model/write/mod.rs",
    "model/write/request.rs",
    "model/write/sink.rs",
    "model/write/traits.rs",
    "model/write/values.rs",
    "paging/blocking.rs",
    "paging/link.rs",
    "paging/mod.rs",
    "paging/paged.rs",
    "paging/pages.rs",
    "paging/walk.rs",
    "reply/any_error.rs",
    "reply/blocking.rs",
    "reply/body.rs",
    "reply/content_type.rs",
    "reply/decode.rs",
    "reply/error.rs",
    "reply/error_kind.rs",
    "reply/json_text.rs",
    "reply/mod.rs",
    "reply/operation.rs",
    "reply/origin.rs",
    "reply/paging_error.rs",
    "reply/problem.rs",
    "reply/reader.rs",
    "reply/redirected.rs",
    "reply/response.rs",
    "reply/sequence/blocking.rs",
    "reply/sequence/json_lines.rs",
    "reply/sequence/event.rs",
    "reply/sequence/events.rs",
    "reply/sequence/frames.rs",
    "reply/sequence/mod.rs",
    "reply/sequence/parsing.rs",
    "reply/stream.rs",
    "reply/typed_header.rs",
    "reply/undeclared.rs",
    "transport/blocking.rs",
    "transport/build_error.rs",
    "transport/credential_error.rs",
    "transport/error.rs",
    "transport/failure.rs",
    "transport/http_client.rs",
    "transport/in_memory.rs",
    "transport/incoming.rs",
    "transport/limits.rs",
    "transport/mod.rs",
    "transport/retry_after.rs",
    "transport/status.rs",
    "transport/tower.rs",
    "transport/traits.rs",
    "xml/fit.rs",
    "xml/json.rs",
    "xml/mod.rs",
    "xml/read.rs",
    "xml/shape.rs",
    "xml/tree.rs",
    "xml/write.rs",
}

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
    SOURCES
        .iter()
        .filter(|(path, _)| needs.has(path))
        .map(|(path, text)| {
            let path = if *path == "lib.rs" { "mod.rs" } else { path };
            OutputFile {
                path: format!("{folder}/runtime/{path}"),
                text: format!("// {HEADER}\n\n{}", embedded(text, &module, needs)),
            }
        })
        .collect()
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
    use std::path::{Path, PathBuf};

    use super::{CRATE, Needs, SOURCES, embedded, files};

    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found)
            } else {
                found.push(path)
            }
        }
    }

    #[test]
    fn every_file_of_the_runtime_is_listed() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src");
        let mut found = Vec::new();
        walk(&root, &mut found);
        let mut found: Vec<String> = found
            .iter()
            .map(|path| {
                path.strip_prefix(&root)
                    .expect("below the root")
                    .to_string_lossy()
                    .replace('\\', "/")
            })
            .collect();
        found.sort();
        let mut listed: Vec<&str> = SOURCES.iter().map(|(path, _)| *path).collect();
        listed.sort_unstable();
        assert_eq!(listed, found);
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
