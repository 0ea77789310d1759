//! Inputs of a run: from the arguments, or from the configuration file.

use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde::Deserialize;

use super::arguments::{Generate, Messages, crate_version, criteria, renames};
use super::crate_name::crate_name;
use super::failure::Failure;
use super::package_section::PackageSection;
use super::report;
use crate::config::{
    Config, Criteria, Documentation, Examples, Formats, Pagination, Renames, Security, Select, Serde, TagFeatures,
};
use crate::diagnostic::Diagnostic;
use crate::diff::Side;
use crate::document::Source;
use crate::features::is_runtime_feature;
use crate::fingerprint::Fingerprint;
use crate::load::{self, Fetch, Limits, Reach, Remote};
use crate::package::{Member, Package, PackageOutcome, several, standalone};
use crate::write::WriteOptions;

/// Paths at which the configuration file is looked up.
const PLACES: [&str; 2] = ["envoi.toml", "specs/envoi.toml"];

/// The crate to generate, with everything that was read for it.
pub(super) struct Project {
    /// The folder of the crate.
    pub(super) output: PathBuf,
    package: Package,
    /// The clients, with the names used in messages.
    pub(super) members: Vec<Member>,
    /// Whether the only client is at the root of the crate.
    standalone: bool,
    /// Files fetched from URLs.
    remote: Remote,
}

impl Project {
    /// Reads all inputs that the arguments name. Uses the network at most as `fetch` allows, and only if enabled.
    pub(super) fn read(call: &Generate, fetch: Fetch) -> Result<Self, Failure> {
        match (&call.document, &call.output) {
            (Some(document), Some(output)) => Self::of_document(document, output, call, fetch),
            _ => Self::of_file(call, fetch),
        }
    }

    /// Saves what was fetched, so that the next run does not need the network.
    pub(super) fn keep_remote(&mut self) -> Result<(), Failure> {
        let kept = self.remote.save();
        kept.map_err(|error| Failure::Usage(format!("cannot save the fetched files: {error}")))
    }

    /// Returns the hash of everything a run depends on, including the message format.
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

    /// Returns how its files are written.
    pub(super) fn write_options(&self, force: bool) -> WriteOptions {
        WriteOptions {
            force,
            fixed_version: self.package.version.is_some(),
            ..WriteOptions::default()
        }
    }

    /// Generates the crate in memory.
    pub(super) fn generate(&self) -> PackageOutcome {
        match self.members.as_slice() {
            [only] if self.standalone => standalone(&only.source, &only.config, &self.package),
            members => several(members, &self.package),
        }
    }

    /// Generates the crate in memory, without documentation, to be compared with another.
    pub(super) fn side(&self) -> Result<Side<'_>, Box<PackageOutcome>> {
        let names: Vec<&str> = self.members.iter().map(|member| member.source.name.as_str()).collect();
        Side::of_members(names.join(", "), &self.members, &self.package, self.standalone)
    }

    fn of_document(document: &Path, output: &Path, call: &Generate, fetch: Fetch) -> Result<Self, Failure> {
        let folder = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
        let folder = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = call.name.clone().or(folder).unwrap_or_default();
        let name = crate_name(&name)
            .ok_or_else(|| Failure::Usage(format!("`{name}` is not a valid crate name; set one with --name")))?;
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
                    rename: renames(&call.rename),
                    keep_going: call.references.keep_going,
                    serde: call.serde.unwrap_or_default(),
                    tag_features: call.tag_features.clone().unwrap_or_default(),
                    ..Config::default()
                },
            }],
            package: Package {
                version: call.crate_version.clone(),
                runtime: call.runtime.unwrap_or_default(),
                runtime_path: call.runtime_path.clone(),
                ..Package::new(name)
            },
            standalone: true,
            remote,
        })
    }

    fn of_file(call: &Generate, fetch: Fetch) -> Result<Self, Failure> {
        let path = configuration(call)?;
        let wrong = |reason: &dyn std::fmt::Display| Failure::Usage(format!("{}: {reason}", path.display()));
        let text = std::fs::read_to_string(&path).map_err(|error| wrong(&error))?;
        let file: File = toml_edit::de::from_str(&text).map_err(|error| wrong(&error))?;
        let name = crate_name(&file.package.name)
            .ok_or_else(|| wrong(&format!("`{}` is not a valid crate name", file.package.name)))?;
        let version = file.package.version.as_deref().map(crate_version).transpose();
        let version = version.map_err(|error| wrong(&error))?;
        let metadata = file.package.registry();
        metadata.check().map_err(|error| wrong(&error))?;
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
                return Err(wrong(&format!("`{module}` is not a valid module name")));
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
                    security: client.security,
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
                version,
                description: file.package.description,
                runtime: file.package.runtime,
                runtime_path: file.package.runtime_path,
                private: !file.package.publish,
                metadata,
            },
            members,
            standalone: false,
            remote,
        })
    }
}

/// Returns the path of the configuration file.
fn configuration(call: &Generate) -> Result<PathBuf, Failure> {
    let path = match &call.config {
        Some(path) => path.clone(),
        None => PLACES
            .iter()
            .map(PathBuf::from)
            .find(|path| path.exists())
            .ok_or_else(|| {
                Failure::Usage(format!(
                    "no {} found; pass a document and an output folder (`envoi generate openapi.yaml -o client`), \
                         or a configuration file with --config",
                    PLACES.join(" or ")
                ))
            })?,
    };
    Ok(path)
}

/// The configuration file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    /// The output folder of the crate, relative to the file.
    output: PathBuf,
    /// Whether to fetch references to URLs.
    #[serde(default)]
    allow_remote: bool,
    /// Hosts that may be fetched from even if their address is loopback, private or link-local.
    #[serde(default)]
    allow_private_hosts: Vec<String>,
    /// Contents of the `[package]` section of `Cargo.toml`.
    package: PackageSection,
    /// The clients, by the name of their module and cargo feature.
    clients: IndexMap<String, ClientSection>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ClientSection {
    /// The OpenAPI document, relative to the file.
    document: PathBuf,
    /// OpenAPI Overlays to apply, in order, relative to the file.
    #[serde(default)]
    overlays: Vec<PathBuf>,
    /// Operations to generate: those that match every list. Default: all operations.
    #[serde(default)]
    include: Criteria,
    /// Operations not to generate, even if `include` matches them: those that match any list.
    #[serde(default)]
    exclude: Criteria,
    /// Whether to omit types and credentials that no generated operation uses. Default: `true` if `include` or
    /// `exclude` is set.
    prune: Option<bool>,
    /// The folder whose files the document may refer to, relative to the file. Default: the folder of the document.
    root: Option<PathBuf>,
    /// Whether to generate everything that does not depend on unresolved references, instead of failing.
    #[serde(default)]
    keep_going: bool,
    #[serde(default)]
    rename: Renames,
    #[serde(default)]
    formats: Formats,
    #[serde(default)]
    serde: Serde,
    /// Whether to accept only responses that follow the document and the specifications exactly; otherwise common
    /// deviations are accepted too.
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    security: Security,
    #[serde(default)]
    pagination: Pagination,
    #[serde(default)]
    tag_features: TagFeatures,
    /// Whether to generate Markdown pages.
    #[serde(default = "documented")]
    docs: bool,
    /// Which operations have examples.
    #[serde(default)]
    examples: Examples,
}

fn documented() -> bool {
    true
}

/// Returns how far the network may be used.
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

/// Reads a document, and what was fetched for it.
pub(super) fn document(path: &Path, messages: &Messages) -> Result<Source, Failure> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut remote = Remote::open(folder, Fetch::Never).map_err(|error| Failure::Usage(error.to_string()))?;
    read_source(path, None, &mut remote, messages)
}

/// Reports a file that cannot be read.
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

fn is_module(text: &str) -> bool {
    let plain = text
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    plain && text != "runtime" && !is_runtime_feature(text) && syn::parse_str::<syn::Ident>(text).is_ok()
}
