//! What is to be generated: from the arguments, or from the configuration file.

use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde::Deserialize;

use super::arguments::{Generate, Messages, criteria};
use super::failure::Failure;
use super::report;
use crate::config::{
    Config, Criteria, Documentation, Examples, Formats, Pagination, Renames, Runtime, Select, Serde, TagFeatures,
};
use crate::diagnostic::Diagnostic;
use crate::document::Source;
use crate::features::is_runtime_feature;
use crate::fingerprint::Fingerprint;
use crate::load::{self, Fetch, Limits, Reach, Remote};
use crate::package::{Member, Package, PackageOutcome, several, standalone};

/// Where the configuration file is looked for.
const PLACES: [&str; 2] = ["envoi.toml", "specs/envoi.toml"];

/// A crate to be generated, with everything that was read for it.
pub(super) struct Project {
    /// The folder of the crate.
    pub(super) output: PathBuf,
    package: Package,
    /// The clients, with the name each is reported under.
    pub(super) members: Vec<Member>,
    /// Whether the one client stands at the root of the crate.
    standalone: bool,
    /// What URLs lead to.
    remote: Remote,
}

impl Project {
    /// Reads everything that the arguments ask for; uses the network at most as `fetch` says, and only if asked to.
    pub(super) fn read(call: &Generate, fetch: Fetch) -> Result<Self, Failure> {
        match (&call.document, &call.output) {
            (Some(document), Some(output)) => Self::of_document(document, output, call, fetch),
            _ => Self::of_file(call, fetch),
        }
    }

    /// Records what was fetched, so that the next run does without the network.
    pub(super) fn keep_remote(&mut self) -> Result<(), Failure> {
        let kept = self.remote.save();
        kept.map_err(|error| Failure::Usage(format!("what was fetched cannot be kept: {error}")))
    }

    /// The hash of all that a run depends on, and of how it is to speak.
    pub(super) fn fingerprint(&self, messages: &Messages) -> String {
        let mut fingerprint = Fingerprint::new();
        fingerprint.add(format!("{:?} {} {messages:?}", self.package, self.standalone));
        for member in &self.members {
            fingerprint.add(&member.module);
            fingerprint.add_source(&member.source);
            fingerprint.add_config(&member.config);
        }
        fingerprint.finish()
    }

    /// Makes the crate in memory.
    pub(super) fn generate(&self) -> PackageOutcome {
        match self.members.as_slice() {
            [only] if self.standalone => standalone(&only.source, &only.config, &self.package),
            members => several(members, &self.package),
        }
    }

    fn of_document(document: &Path, output: &Path, call: &Generate, fetch: Fetch) -> Result<Self, Failure> {
        let folder = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
        let folder = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = call.name.clone().or(folder).unwrap_or_default();
        let name = crate_name(&name).ok_or_else(|| {
            Failure::Usage(format!(
                "`{name}` cannot be the name of a crate; choose one with --name"
            ))
        })?;
        let folder = document.parent().unwrap_or(Path::new(""));
        let mut remote = open_remote(folder, call, &[], allowed(call, false, fetch))?;
        Ok(Self {
            output: output.to_owned(),
            members: vec![Member {
                module: name.replace('-', "_"),
                source: read_source(document, call.references.root.clone(), &mut remote, &call.messages)?,
                config: Config {
                    overlays: read_sources(call.overlay.iter().cloned(), &call.messages)?,
                    select: Select {
                        include: criteria(&call.include),
                        exclude: criteria(&call.exclude),
                        prune: call.prune,
                    },
                    keep_going: call.references.keep_going,
                    tag_features: call.tag_features.clone().unwrap_or_default(),
                    ..Config::default()
                },
            }],
            package: Package {
                runtime: call.runtime.unwrap_or_default(),
                runtime_path: call.runtime_path.clone(),
                ..Package::new(name)
            },
            standalone: true,
            remote,
        })
    }

    fn of_file(call: &Generate, fetch: Fetch) -> Result<Self, Failure> {
        let path = match &call.config {
            Some(path) => path.clone(),
            None => PLACES
                .iter()
                .map(PathBuf::from)
                .find(|path| path.exists())
                .ok_or_else(|| {
                    Failure::Usage(format!(
                        "there is no {} here; give a document and a folder (`envoi generate openapi.yaml -o client`), or a \
                         configuration with --config",
                        PLACES.join(" or ")
                    ))
                })?,
        };
        let wrong = |reason: &dyn std::fmt::Display| Failure::Usage(format!("{}: {reason}", path.display()));
        let text = std::fs::read_to_string(&path).map_err(|error| wrong(&error))?;
        let file: File = toml_edit::de::from_str(&text).map_err(|error| wrong(&error))?;
        let name = crate_name(&file.package.name)
            .ok_or_else(|| wrong(&format!("`{}` cannot be the name of a crate", file.package.name)))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut remote = open_remote(
            folder,
            call,
            &file.allow_private_hosts,
            allowed(call, file.allow_remote, fetch),
        )?;
        let mut members = Vec::with_capacity(file.clients.len());
        for (module, client) in file.clients {
            if !is_module(&module) {
                return Err(wrong(&format!("`{module}` cannot be the name of a module")));
            }
            members.push(Member {
                module,
                source: read_source(
                    &folder.join(&client.document),
                    client.root.map(|root| folder.join(root)),
                    &mut remote,
                    &call.messages,
                )?,
                config: Config {
                    rename: client.rename,
                    formats: client.formats,
                    overlays: read_sources(client.overlays.iter().map(|path| folder.join(path)), &call.messages)?,
                    select: Select {
                        include: client.include,
                        exclude: client.exclude,
                        prune: client.prune,
                    },
                    keep_going: client.keep_going || call.references.keep_going,
                    serde: client.serde,
                    strict: client.strict,
                    pagination: client.pagination,
                    tag_features: client.tag_features,
                    documentation: Documentation {
                        pages: client.docs,
                        examples: client.examples,
                    },
                    ..Config::default()
                },
            });
        }
        Ok(Self {
            output: folder.join(&file.output),
            package: Package {
                name,
                version: file.package.version,
                description: file.package.description,
                runtime: file.package.runtime,
                runtime_path: file.package.runtime_path,
                private: !file.package.publish,
            },
            members,
            standalone: false,
            remote,
        })
    }
}

/// The configuration file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    /// The folder of the crate, relative to the file.
    output: PathBuf,
    /// Whether what references to URLs lead to is fetched.
    #[serde(default)]
    allow_remote: bool,
    /// Hosts that may be fetched from even if their addresses are loopback, private or link-local.
    #[serde(default)]
    allow_private_hosts: Vec<String>,
    /// What `Cargo.toml` says of the crate.
    package: PackageSection,
    /// The clients, each under the name of its module and feature.
    clients: IndexMap<String, ClientSection>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PackageSection {
    /// The name of the crate.
    name: String,
    /// Its version.
    #[serde(default = "first_version")]
    version: String,
    /// Its description.
    #[serde(default)]
    description: String,
    #[serde(default)]
    runtime: Runtime,
    /// The folder of `envoi-runtime`, relative to that of the crate, when `runtime` is `"crate"`.
    runtime_path: Option<String>,
    /// Whether the crate may be published; otherwise its manifest has `publish = false`.
    #[serde(default = "published")]
    publish: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ClientSection {
    /// The document, relative to the file.
    document: PathBuf,
    /// Patches of the document, relative to the file.
    #[serde(default)]
    overlays: Vec<PathBuf>,
    /// Which operations are in: those that fit every list given; all of them without any list.
    #[serde(default)]
    include: Criteria,
    /// Which operations are out, whatever `include` says: those that fit any list.
    #[serde(default)]
    exclude: Criteria,
    /// Whether types that no operation reaches are left out, and credentials that none uses; by default if something is
    /// included or excluded.
    prune: Option<bool>,
    /// The folder whose files the document may refer to, relative to the file.
    root: Option<PathBuf>,
    /// Whether references that lead nowhere cost only what needs them.
    #[serde(default)]
    keep_going: bool,
    #[serde(default)]
    rename: Renames,
    #[serde(default)]
    formats: Formats,
    #[serde(default)]
    serde: Serde,
    /// Whether replies are taken only if they are what the document and the specifications say; otherwise what many
    /// servers send is read as well.
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    pagination: Pagination,
    #[serde(default)]
    tag_features: TagFeatures,
    /// Whether there are pages of Markdown.
    #[serde(default = "documented")]
    docs: bool,
    /// Which operations have examples.
    #[serde(default)]
    examples: Examples,
}

fn first_version() -> String {
    "0.1.0".to_owned()
}

fn documented() -> bool {
    true
}

fn published() -> bool {
    true
}

/// How far the network may be used.
fn allowed(call: &Generate, by_file: bool, fetch: Fetch) -> Fetch {
    match (call.references.update_remote, call.references.allow_remote || by_file) {
        (true, _) if fetch == Fetch::New => Fetch::All,
        (false, true) => fetch,
        _ => Fetch::Never,
    }
}

fn open_remote(folder: &Path, call: &Generate, by_file: &[String], fetch: Fetch) -> Result<Remote, Failure> {
    let hosts = call.references.allow_private_host.iter().chain(by_file).cloned();
    let remote = Remote::open(folder, fetch).map_err(|error| Failure::Usage(error.to_string()))?;
    Ok(remote.with_private_hosts(hosts))
}

fn read_source(
    path: &Path,
    folder: Option<PathBuf>,
    remote: &mut Remote,
    messages: &Messages,
) -> Result<Source, Failure> {
    let mut reach = Reach {
        folder,
        remote: Some(remote),
    };
    load::read_with(path, &mut reach, &Limits::default()).map_err(said(path.to_owned(), messages))
}

/// Says that a file cannot be read.
fn said(path: PathBuf, messages: &Messages) -> impl FnOnce(Diagnostic) -> Failure {
    move |diagnostic| {
        let source = Source::new(path.display().to_string(), Vec::new());
        report::unreadable(&diagnostic, &source, messages);
        Failure::Document
    }
}

fn read_sources(paths: impl Iterator<Item = PathBuf>, messages: &Messages) -> Result<Vec<Source>, Failure> {
    let read = |path: PathBuf| load::read_alone(&path, &Limits::default()).map_err(said(path, messages));
    paths.map(read).collect()
}

/// A name that cargo takes, made from the words of another one.
fn crate_name(text: &str) -> Option<String> {
    let name: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '_' {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let name = name.trim_matches(['-', '_']).to_owned();
    let taken = [
        "test",
        "core",
        "std",
        "alloc",
        "proc_macro",
        "proc-macro",
        "deps",
        "build",
        "examples",
        "incremental",
    ];
    let begins = name.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    let keyword = syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err();
    (begins && !keyword && name.len() <= 64 && !taken.contains(&name.as_str())).then_some(name)
}

fn is_module(text: &str) -> bool {
    let plain = text
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    plain && text != "runtime" && !is_runtime_feature(text) && syn::parse_str::<syn::Ident>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::crate_name;

    #[test]
    fn names_of_crates() {
        assert_eq!(crate_name("My API").as_deref(), Some("my-api"));
        assert_eq!(crate_name("acme_pets").as_deref(), Some("acme_pets"));
        assert_eq!(crate_name("3d"), None);
        assert_eq!(crate_name("std"), None);
        assert_eq!(crate_name("async"), None);
        assert_eq!(crate_name("…"), None);
    }
}
