//! Arguments, as they are typed.

use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as ValueError;

use crate::config::{Criteria, Runtime, TagFeatures};
use crate::diagnostic::MessageFormat;

/// Writes the Rust client of an OpenAPI document.
///
/// Without a command: `generate` with the configuration file.
#[derive(Debug, Parser)]
#[command(name = "envoi", version)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write clients: a crate from one document, or what the configuration file lists
    Generate(Generate),
    /// Compare what is on disk with what would be written; exit with 3 when they differ
    Check(Generate),
    /// Print the representation of a document that clients are made from
    Dump(Dump),
}

impl Default for Command {
    fn default() -> Self {
        Self::Generate(Generate::default())
    }
}

/// What to generate, and where.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Generate {
    /// The document: OpenAPI 3 or Swagger 2.0, as YAML or JSON
    #[arg(value_name = "FILE", requires = "output", conflicts_with = "config")]
    pub(super) document: Option<PathBuf>,

    /// The folder of the crate
    #[arg(short, long, value_name = "DIR", requires = "document")]
    pub(super) output: Option<PathBuf>,

    /// The name of the crate; that of the folder by default
    #[arg(long, value_name = "CRATE", requires = "document")]
    pub(super) name: Option<String>,

    /// The configuration file; `envoi.toml` or `specs/envoi.toml` by default
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// A patch of the document, as an OpenAPI Overlay; several are applied in the order given
    #[arg(long, value_name = "FILE", requires = "document")]
    pub(super) overlay: Vec<PathBuf>,

    /// Only operations like this: `tag=Pets`, `path=/pets/**`, `method=get`, `operation=list*`, or an id alone
    #[arg(long, value_name = "KIND=PATTERN", requires = "document", value_parser = Criterion::from_str)]
    pub(super) include: Vec<Criterion>,

    /// No operations like this
    #[arg(long, value_name = "KIND=PATTERN", requires = "document", value_parser = Criterion::from_str)]
    pub(super) exclude: Vec<Criterion>,

    /// Whether to leave types out that no operation reaches; by default if operations are included or excluded
    #[arg(
        long,
        value_name = "BOOL",
        requires = "document",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub(super) prune: Option<bool>,

    /// Which features of tags are on by default: `all`, `none`, or tags with commas between them; `off` for no features
    #[arg(long, value_name = "TAGS", requires = "document", value_parser = tag_features)]
    pub(super) tag_features: Option<TagFeatures>,

    /// Where the client finds its runtime: `embedded`, in a module of its own, by default, or `crate`, in `envoi-runtime`
    #[arg(long, value_name = "WHERE", requires = "document", value_parser = runtime)]
    pub(super) runtime: Option<Runtime>,

    /// The folder of `envoi-runtime`, as `Cargo.toml` says it: relative to the crate
    #[arg(long, value_name = "DIR", requires = "runtime")]
    pub(super) runtime_path: Option<String>,

    /// Overwrite files that Envoi did not write
    #[arg(long)]
    pub(super) force: bool,

    /// Generate although nothing changed since the last run
    #[arg(long)]
    pub(super) regenerate: bool,

    #[command(flatten)]
    pub(super) references: References,

    #[command(flatten)]
    pub(super) messages: Messages,
}

/// What operations are chosen by, as it is typed.
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

/// Criteria by their kind.
pub(super) fn criteria(typed: &[Criterion]) -> Criteria {
    let mut criteria = Criteria::default();
    for criterion in typed {
        (criterion.list)(&mut criteria).push(criterion.pattern.clone());
    }
    criteria
}

fn tag_features(words: &str) -> Result<TagFeatures, Infallible> {
    Ok(TagFeatures::of_words(words))
}

/// The words are those of the configuration file.
fn runtime(word: &str) -> Result<Runtime, ValueError> {
    Runtime::deserialize(word.into_deserializer())
}

/// What the references of documents may lead to.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct References {
    /// The folder whose files the document may refer to; its own by default
    #[arg(long, value_name = "DIR", requires = "document")]
    pub(super) root: Option<PathBuf>,

    /// Fetch what references to URLs lead to, and record it in `envoi.lock`
    #[arg(long)]
    pub(super) allow_remote: bool,

    /// Allow fetching from this host even if its address is loopback, private or link-local; may be repeated
    #[arg(long, value_name = "HOST")]
    pub(super) allow_private_host: Vec<String>,

    /// Fetch again what `envoi.lock` records
    #[arg(long)]
    pub(super) update_remote: bool,

    /// Leave out what needs a reference that leads nowhere, and write the rest
    #[arg(long)]
    pub(super) keep_going: bool,
}

/// How messages look.
#[derive(Debug, Clone, Args)]
pub(super) struct Messages {
    /// How messages about documents look: `human`, `short` or `json`
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = MessageFormat::from_str)]
    pub(super) message_format: MessageFormat,

    /// Show notes too, not only warnings and errors
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

#[derive(Debug, Clone, Args)]
pub(super) struct Dump {
    /// The document
    #[arg(value_name = "FILE")]
    pub(super) document: PathBuf,

    /// The folder whose files the document may refer to; its own by default
    #[arg(long, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,
}
