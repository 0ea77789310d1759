//! Generates crates: with one client, or with several as modules, each behind a feature.

mod crates;
mod manifest;
mod metadata;
mod version;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use self::crates::{KNOWN, OF_RUNTIME, OLDEST_RUST, OLDEST_RUST_FOR_XML};
pub use self::metadata::Metadata;

use self::manifest::{Dependencies, Manifest, RuntimeCrate};
use self::version::of_document;
use crate::config::{Config, Layout, Runtime, Serde};
use crate::document::Source;
use crate::embedded::{self, Needs};
use crate::emit::{doc_lines, readme};
use crate::features::{Feature, Features};
use crate::output::{CARGO_TOML, FIRST_VERSION, HEADER, OutputFile, README};
use crate::parallel;
use crate::pipeline::{Outcome, generate};
use crate::text::harmless;

/// Settings of a generated crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The name of the package.
    pub name: String,
    /// The version of the package. Default: that of the document, if the package has one client and the version is a
    /// semantic one or becomes one with `.0` at its end; otherwise 0.1.0.
    pub version: Option<String>,
    /// The description, in one line.
    pub description: String,
    /// Where the clients find the runtime.
    pub runtime: Runtime,
    /// Path of `envoi-runtime`, relative to the package. Default: from crates.io.
    pub runtime_path: Option<String>,
    /// Whether to write `publish = false` to the manifest.
    pub private: bool,
    /// What the manifest says for registries.
    pub metadata: Metadata,
}

impl Package {
    /// Creates settings for a package with the embedded runtime.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: None,
            description: String::new(),
            runtime: Runtime::Embedded,
            runtime_path: None,
            private: false,
            metadata: Metadata::default(),
        }
    }
}

/// A client of a package.
#[derive(Debug, Clone)]
pub struct Member {
    /// The name of its module and its cargo feature.
    pub module: String,
    /// The document.
    pub source: Source,
    /// The settings; layout and runtime are those of the package.
    pub config: Config,
}

/// A generated crate, in memory.
#[derive(Debug, Clone, Default)]
pub struct PackageOutcome {
    /// All files of the crate.
    pub files: Vec<OutputFile>,
    /// The outcome of each client, in the order given; their files are included in `files`.
    pub clients: Vec<Outcome>,
}

impl PackageOutcome {
    /// Returns whether a document has errors, so that no files should be written.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.clients.iter().any(|client| client.diagnostics.has_errors())
    }
}

/// Generates a client, as [`generate`] does.
pub(crate) type Make<'m> = &'m mut dyn FnMut(&Source, &Config) -> Outcome;

/// Generates a crate with one client at its root.
#[must_use]
pub fn standalone(source: &Source, config: &Config, package: &Package) -> PackageOutcome {
    standalone_by(source, config, package, &mut generate)
}

/// Generates a crate like [`standalone`], with a client of `make`.
pub(crate) fn standalone_by(source: &Source, config: &Config, package: &Package, make: Make<'_>) -> PackageOutcome {
    let config = Config {
        name: package.name.clone(),
        layout: Layout::Crate,
        krate: Some(package.name.clone()),
        runtime: package.runtime,
        ..config.clone()
    };
    let mut client = make(source, &config);
    let mut files = std::mem::take(&mut client.files);
    if package.runtime == Runtime::Embedded {
        let needs = needs(std::slice::from_ref(&client), &files);
        files.extend(embedded::files(&package.name, "src", needs));
    }
    let description = described(package, std::slice::from_ref(&client));
    let manifest = Manifest {
        serde_feature: config.serde == Serde::Feature,
        ..manifest(
            package,
            description.clone(),
            features(None, &client),
            std::slice::from_ref(&client),
            &files,
        )
    };
    files.insert(0, OutputFile::new(CARGO_TOML, manifest.text()));
    files.insert(1, rustfmt());
    let mut clients = vec![client];
    files.extend(companions(package, &description, &mut clients));
    PackageOutcome { files, clients }
}

/// A crate with a client per module.
#[must_use]
pub fn several(members: &[Member], package: &Package) -> PackageOutcome {
    several_by(members, package, &mut generate)
}

/// Generates a crate like [`several`], with clients of `make`.
pub(crate) fn several_by(members: &[Member], package: &Package, make: Make<'_>) -> PackageOutcome {
    let mut clients = Vec::with_capacity(members.len());
    let mut files = Vec::new();
    for member in members {
        let config = Config {
            name: member.module.clone(),
            layout: Layout::Member(member.module.clone()),
            krate: Some(package.name.clone()),
            runtime: package.runtime,
            ..member.config.clone()
        };
        let mut client = make(&member.source, &config);
        files.append(&mut client.files);
        clients.push(client);
    }
    if package.runtime == Runtime::Embedded {
        let needs = needs(&clients, &files);
        files.extend(embedded::files(&package.name, "src", needs));
    }
    let features = members
        .iter()
        .zip(&clients)
        .map(|(member, client)| features(Some(member), client));
    let features = features.fold(Default::default(), joined);
    let description = described(package, &clients);
    let manifest = Manifest {
        serde_feature: members.iter().any(|member| member.config.serde == Serde::Feature),
        ..manifest(package, description.clone(), features, &clients, &files)
    };
    files.insert(
        0,
        OutputFile::new("src/lib.rs", root(members, &clients, package, &description)),
    );
    files.insert(0, OutputFile::new(CARGO_TOML, manifest.text()));
    files.insert(1, rustfmt());
    files.extend(companions(package, &description, &mut clients));
    PackageOutcome { files, clients }
}

/// Features of a manifest, and the names of those that are on by default.
type Listed = (Vec<Feature>, Vec<String>);

/// The features of a client: of one by itself, or of one of several, which has a feature of its own.
fn features(member: Option<&Member>, client: &Outcome) -> Listed {
    let declared = client.features.as_ref().map(Features::declared).unwrap_or_default();
    let default = client.features.as_ref().map(Features::default).unwrap_or_default();
    let Some(member) = member else {
        return (declared, default);
    };
    let own = Feature {
        name: member.module.clone(),
        enables: default,
        about: String::new(),
    };
    (
        std::iter::once(own).chain(declared).collect(),
        vec![member.module.clone()],
    )
}

fn joined((mut features, mut default): Listed, (more, more_default): Listed) -> Listed {
    features.extend(more);
    default.extend(more_default);
    (features, default)
}

/// What is written for readers: pages, examples, and the README that leads to them.
fn companions(package: &Package, description: &str, clients: &mut [Outcome]) -> Vec<OutputFile> {
    let mut files = Vec::new();
    for client in &mut *clients {
        files.append(&mut client.companions);
    }
    let guides: Vec<_> = clients.iter().filter_map(|client| client.guide.as_ref()).collect();
    if !guides.is_empty() {
        let text = readme(&package.name, &one_line(description), &guides);
        files.push(OutputFile::new(README, format!("<!-- {HEADER} -->\n\n{text}")));
    }
    files
}

/// What a package is: as it says itself, or by the titles of its documents.
fn described(package: &Package, clients: &[Outcome]) -> String {
    if !package.description.is_empty() {
        return package.description.clone();
    }
    let documents = clients.iter().filter_map(|client| client.document.as_ref());
    let titles: Vec<&str> = documents
        .filter_map(|document| document.root.pointer("/info/title")?.as_str())
        .collect();
    match titles.as_slice() {
        [] => format!("Clients generated into {}.", package.name),
        [title] => format!("Client of {title}."),
        titles => format!("Clients of {}.", titles.join(", ")),
    }
}

/// The version of a package: the one that was set, or else that of its only document.
fn version(package: &Package, clients: &[Outcome]) -> String {
    let of_only_document = || match clients {
        [only] => of_document(only.document.as_ref()?.root.pointer("/info/version")?),
        _ => None,
    };
    let version = package.version.clone().or_else(of_only_document);
    version.unwrap_or_else(|| FIRST_VERSION.to_owned())
}

/// The root of a crate with several clients.
fn root(members: &[Member], clients: &[Outcome], package: &Package, description: &str) -> String {
    let mut text = format!("// {HEADER}\n\n");
    for line in doc_lines(&one_line(description)) {
        text.push_str(&format!("//! {line}\n"));
    }
    text.push_str("//!\n");
    text.push_str(
        "//! Each module is the client of one API, behind the feature of its name; all are enabled by default.\n\n",
    );
    let mut sorted: Vec<(&Member, &Outcome)> = members.iter().zip(clients).collect();
    sorted.sort_by(|(a, _), (b, _)| a.module.cmp(&b.module));
    for (Member { module, .. }, client) in sorted {
        let feature = client.features.as_ref().and_then(Features::of_client);
        let feature = feature.as_ref().unwrap_or(module);
        text.push_str(&format!("#[cfg(feature = \"{feature}\")]\npub mod {module};\n"));
    }
    text.push_str(match package.runtime {
        Runtime::Embedded => "pub mod runtime;\n",
        Runtime::Crate => "\npub use envoi_runtime as runtime;\n",
    });
    text
}

/// Formatters differ in where they break long lines; what Envoi wrote stays as it is.
const RUSTFMT: &str = "disable_all_formatting = true\n";

fn rustfmt() -> OutputFile {
    OutputFile::new("rustfmt.toml", format!("# {HEADER}\n{RUSTFMT}"))
}

/// The crates that the code of a client names, wherever its runtime is.
const OF_CODE: [&str; 7] = ["bytes", "chrono", "http", "reqwest", "serde", "serde_json", "uuid"];

fn manifest(
    package: &Package,
    description: String,
    (features, default_features): Listed,
    clients: &[Outcome],
    files: &[OutputFile],
) -> Manifest {
    let embedded = package.runtime == Runtime::Embedded;
    let mut known: BTreeSet<&'static str> = BTreeSet::new();
    known.extend(mentioned(files, KNOWN.iter().map(|known| known.name)));
    let needs = needs(clients, files);
    let metadata = package.metadata.or_of_documents(clients);
    let rust_version = metadata.rust_version.clone();
    if embedded {
        known.extend(OF_RUNTIME);
        known.extend(needs.xml.then_some("quick-xml"));
    } else {
        // only the runtime needs the others; names and texts of a document may look like them
        known.retain(|name| OF_CODE.contains(name));
    }
    Manifest {
        name: package.name.clone(),
        version: version(package, clients),
        rust_version: rust_version.unwrap_or_else(|| oldest_rust(needs).to_owned()),
        metadata,
        description: one_line(&description),
        features,
        default_features,
        examples: clients.iter().filter_map(|client| client.example.clone()).collect(),
        dependencies: Dependencies {
            known,
            runtime: (!embedded).then(|| RuntimeCrate {
                path: package.runtime_path.clone(),
                features: needs.features(),
            }),
        },
        private: package.private,
        serde_feature: false,
    }
}

fn oldest_rust(needs: Needs) -> &'static str {
    match needs.xml {
        true => OLDEST_RUST_FOR_XML,
        false => OLDEST_RUST,
    }
}

/// Which crates and modules are named in the code; text of a document may name them as well, which does no harm.
fn mentioned(files: &[OutputFile], names: impl Iterator<Item = &'static str>) -> BTreeSet<&'static str> {
    let crates: Vec<_> = names
        .map(|name| (name, format!("{name}::"), AtomicBool::new(false)))
        .collect();
    parallel::map(files, |file| {
        for (_, path, found) in &crates {
            if !found.load(Ordering::Relaxed) && file.text.contains(path) {
                found.store(true, Ordering::Relaxed);
            }
        }
    });
    let found = crates.into_iter().filter(|(.., found)| found.load(Ordering::Relaxed));
    found.map(|(name, ..)| name).collect()
}

/// A type of the runtime that has dates in it.
const DATES: &str = "::IntegerOrDateTime";

fn needs(clients: &[Outcome], files: &[OutputFile]) -> Needs {
    let mentioned = mentioned(files, ["chrono", "union", "uuid"].into_iter());
    Needs {
        xml: clients.iter().any(|client| client.xml),
        chrono: mentioned.contains("chrono") || files.iter().any(|file| file.text.contains(DATES)),
        uuid: mentioned.contains("uuid"),
        unions: mentioned.contains("union"),
    }
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().map(harmless).take(200).collect()
}
