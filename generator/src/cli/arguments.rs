//! Command-line arguments.

use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as ValueError;

use crate::config::{Criteria, Kind, Renames, Runtime, Serde, TagFeatures};
use crate::diagnostic::MessageFormat;
use crate::diff::{Format, Group};

/// Generates Rust clients from OpenAPI documents.
///
/// Without a command, runs `generate` with the configuration file.
#[derive(Debug, Parser)]
#[command(name = "envoi", version)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Generate a crate from one document, or from all documents of the configuration file
    Generate(Generate),
    /// Compare the files on disk with what `generate` would write; exits with 3 if they differ
    Check(Check),
    /// Report what changes in the Rust API: between two documents, or from the files on disk to what `generate` would write
    Diff(Diff),
    /// Print the intermediate representation that a client is generated from
    Dump(Dump),
}

impl Default for Command {
    fn default() -> Self {
        Self::Generate(Generate::default())
    }
}

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) generate: Generate,

    /// Print one line per file, without the changes
    #[arg(long)]
    pub(super) summary: bool,
}

/// Arguments of `generate` and `check`.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Generate {
    /// The OpenAPI 3.x or Swagger 2.0 document, in YAML or JSON
    #[arg(value_name = "FILE", requires = "output", conflicts_with = "config")]
    pub(super) document: Option<PathBuf>,

    /// The output folder of the crate
    #[arg(short, long, value_name = "DIR", requires = "document")]
    pub(super) output: Option<PathBuf>,

    /// The name of the crate [default: the name of the output folder]
    #[arg(long, value_name = "CRATE", requires = "document")]
    pub(super) name: Option<String>,

    /// The version of the crate [default: that of the document, if it is a semantic version]
    #[arg(long, value_name = "VERSION", requires = "document", value_parser = crate_version)]
    pub(super) crate_version: Option<String>,

    /// The configuration file [default: `envoi.toml` or `specs/envoi.toml`]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// An OpenAPI Overlay to apply to the document; may be repeated, applied in order
    #[arg(long, value_name = "FILE", requires = "document")]
    pub(super) overlay: Vec<PathBuf>,

    /// Generate only matching operations: `tag=Pets`, `path=/pets/**`, `method=get`, `operation=list*`, or an
    /// `operationId`; may be repeated
    #[arg(long, value_name = "KIND=PATTERN", requires = "document", value_parser = Criterion::from_str)]
    pub(super) include: Vec<Criterion>,

    /// Do not generate matching operations; same patterns as `--include`, may be repeated
    #[arg(long, value_name = "KIND=PATTERN", requires = "document", value_parser = Criterion::from_str)]
    pub(super) exclude: Vec<Criterion>,

    /// Name something that is generated: `type=Pet=Animal`, `operation=list-pets=list`, `tag=…`, `property=Pet.id=key`,
    /// `parameter=…`, `value=Status.1=Low`, `branch=…`; instead of a name, a JSON Pointer or a pattern (`type=Io*=*`); may be
    /// repeated
    #[arg(long, value_name = "KIND=KEY=NAME", requires = "document", value_parser = Rename::from_str)]
    pub(super) rename: Vec<Rename>,

    /// Omit types and credentials that no generated operation uses [default: true with `--include` or `--exclude`]
    #[arg(
        long,
        value_name = "BOOL",
        requires = "document",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub(super) prune: Option<bool>,

    /// Cargo features of tags enabled by default: `all`, `none`, or a comma-separated list of tags; `off` for no such
    /// features
    #[arg(long, value_name = "TAGS", requires = "document", value_parser = tag_features)]
    pub(super) tag_features: Option<TagFeatures>,

    /// Which of `Serialize` and `Deserialize` models implement: those that operations need, and the others with the cargo
    /// feature `model-traits` (`feature`) or not at all (`reached`); or `both` always [default: feature]
    #[arg(long, value_name = "WHICH", requires = "document", value_parser = serde)]
    pub(super) serde: Option<Serde>,

    /// Where the client finds its runtime: `embedded` as a module, or `crate` as the dependency `envoi-runtime`
    /// [default: embedded]
    #[arg(long, value_name = "WHERE", requires = "document", value_parser = runtime)]
    pub(super) runtime: Option<Runtime>,

    /// Path of `envoi-runtime` to write to `Cargo.toml`, relative to the crate
    #[arg(long, value_name = "DIR", requires = "runtime")]
    pub(super) runtime_path: Option<String>,

    /// Overwrite files that Envoi did not create, and generated files that were changed since
    #[arg(long)]
    pub(super) force: bool,

    /// Generate even if nothing changed since the last run
    #[arg(long)]
    pub(super) regenerate: bool,

    #[command(flatten)]
    pub(super) references: References,

    #[command(flatten)]
    pub(super) messages: Messages,
}

/// A criterion of `--include` or `--exclude`.
#[derive(Debug, Clone)]
pub(super) struct Criterion {
    list: fn(&mut Criteria) -> &mut Vec<String>,
    pattern: String,
}

impl FromStr for Criterion {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, pattern) = text.split_once('=').unwrap_or(("operation", text));
        let list: fn(&mut Criteria) -> &mut Vec<String> = match kind {
            "operation" => |criteria| &mut criteria.operations,
            "tag" => |criteria| &mut criteria.tags,
            "path" => |criteria| &mut criteria.paths,
            "method" => |criteria| &mut criteria.methods,
            other => {
                return Err(format!("`{other}` is not one of `operation`, `tag`, `path`, `method`"));
            }
        };
        let pattern = pattern.to_owned();
        Ok(Self { list, pattern })
    }
}

/// A name of `--rename`.
#[derive(Debug, Clone)]
pub(super) struct Rename {
    kind: Kind,
    key: String,
    name: String,
}

impl FromStr for Rename {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "expected `KIND=KEY=NAME`, such as `type=Pet=Animal`".to_owned();
        let (word, rest) = text.split_once('=').ok_or_else(wrong)?;
        let (key, name) = rest.rsplit_once('=').ok_or_else(wrong)?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word).ok_or_else(|| {
            let words: Vec<String> = Kind::ALL.iter().map(|kind| format!("`{}`", kind.word())).collect();
            format!("`{word}` is not one of {}", words.join(", "))
        })?;
        let [key, name] = [key, name].map(str::to_owned);
        Ok(Self { kind, key, name })
    }
}

/// Groups names by their kind.
pub(super) fn renames(typed: &[Rename]) -> Renames {
    let mut renames = Renames::default();
    for Rename { kind, key, name } in typed {
        renames.of_mut(*kind).insert(key.clone(), name.clone());
    }
    renames
}

/// Groups criteria by their kind.
pub(super) fn criteria(typed: &[Criterion]) -> Criteria {
    let mut criteria = Criteria::default();
    for criterion in typed {
        (criterion.list)(&mut criteria).push(criterion.pattern.clone());
    }
    criteria
}

/// Checks that cargo accepts a version.
pub(super) fn crate_version(text: &str) -> Result<String, String> {
    match semver::Version::parse(text) {
        Ok(version) => Ok(version.to_string()),
        Err(error) => Err(format!("`{text}` is not a semantic version: {error}")),
    }
}

fn tag_features(words: &str) -> Result<TagFeatures, Infallible> {
    Ok(TagFeatures::of_words(words))
}

/// Parses the same words as the configuration file.
fn runtime(word: &str) -> Result<Runtime, ValueError> {
    Runtime::deserialize(word.into_deserializer())
}

/// Parses the same words as the configuration file.
fn serde(word: &str) -> Result<Serde, ValueError> {
    Serde::deserialize(word.into_deserializer())
}

/// Arguments about references.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct References {
    /// The folder whose files the document may refer to [default: the folder of the document]
    #[arg(long, value_name = "DIR", requires = "document")]
    pub(super) root: Option<PathBuf>,

    /// Fetch references to URLs, and record them in `envoi.lock`
    #[arg(long)]
    pub(super) allow_remote: bool,

    /// Allow fetching from this host even if its address is loopback, private or link-local; may be repeated
    #[arg(long, value_name = "HOST")]
    pub(super) allow_private_host: Vec<String>,

    /// Fetch everything recorded in `envoi.lock` again
    #[arg(long)]
    pub(super) update_remote: bool,

    /// Generate everything that does not depend on unresolved references, instead of failing
    #[arg(long)]
    pub(super) keep_going: bool,
}

/// Arguments about messages.
#[derive(Debug, Clone, Args)]
pub(super) struct Messages {
    /// The format of diagnostics: `human`, `short` or `json`
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = MessageFormat::from_str)]
    pub(super) message_format: MessageFormat,

    /// Show notes as well as warnings and errors
    #[arg(short, long)]
    pub(super) verbose: bool,
}

impl Default for Messages {
    fn default() -> Self {
        Self {
            message_format: MessageFormat::Human,
            verbose: false,
        }
    }
}

/// Arguments of `diff`.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Diff {
    /// The old document, or the folder of a generated crate [default: the output folder of the configuration file]
    #[arg(value_name = "OLD", requires = "new")]
    pub(super) old: Option<PathBuf>,

    /// The new document, or the folder of a generated crate [default: what the configuration file would generate]
    #[arg(value_name = "NEW")]
    pub(super) new: Option<PathBuf>,

    /// The configuration file [default: `envoi.toml` or `specs/envoi.toml`, without OLD and NEW]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Generate the documents with the settings of this client of the configuration file [default: the only client, with
    /// `--config`]
    #[arg(long, value_name = "NAME", requires = "old")]
    pub(super) client: Option<String>,

    /// The format of the report: `text`, `markdown` or `json`
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = Format::from_str)]
    pub(super) format: Format,

    /// Exit with 3 if there are changes of this group: `breaking`, `behaviour`, `additive` or `documentation`; may be repeated
    #[arg(long, value_name = "GROUP", value_parser = Group::from_str)]
    pub(super) deny: Vec<Group>,

    /// Show at most this many items of each group in text and Markdown [default: 20 in text, all in Markdown]
    #[arg(long, value_name = "COUNT")]
    pub(super) limit: Option<usize>,

    /// Compare everything that does not depend on unresolved references, instead of failing
    #[arg(long)]
    pub(super) keep_going: bool,

    #[command(flatten)]
    pub(super) messages: Messages,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Dump {
    /// The document
    #[arg(value_name = "FILE")]
    pub(super) document: PathBuf,

    /// The folder whose files the document may refer to [default: the folder of the document]
    #[arg(long, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,
}
