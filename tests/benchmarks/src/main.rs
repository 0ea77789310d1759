//! What Envoi and its clients cost, beside what other generators cost: measured on any checkout, by one command.
//! CONTRIBUTING.md has it.

mod chart;
mod codec;
mod compile;
mod documents;
mod generate;
mod machine;
mod measure;
mod report;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::documents::Document;
use crate::measure::Limits;
use crate::tools::Tool;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[derive(Parser)]
#[command(about, version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    options: Options,
}

#[derive(Subcommand)]
enum Command {
    /// Generates the clients: time, memory, and what comes out
    Generate,
    /// Compiles the clients: processor time and memory
    Compile(compile::Options),
    /// Decodes and encodes GitHub's examples, by the client and by serde's derive
    Codec(codec::Options),
    /// Draws the chart of the README from the table of `--report`, which `compile` does as well
    Chart,
    /// Installs the other generators, which the other commands do as they need them
    Peers,
    /// All of it
    All {
        #[command(flatten)]
        compile: compile::Options,
        #[command(flatten)]
        codec: codec::Options,
    },
}

#[derive(Args)]
struct Options {
    /// Which documents; all if not given
    #[arg(long, global = true, value_enum, value_delimiter = ',')]
    documents: Vec<Document>,
    /// Which generators; all if not given
    #[arg(long, global = true, value_enum, value_delimiter = ',')]
    tools: Vec<Tool>,
    /// How often each thing is measured, in turns; what is reported is the median
    #[arg(long, global = true, default_value_t = 3)]
    runs: usize,
    /// What a program and those it starts may take of memory, in MiB; more counts as a failure
    #[arg(long, global = true, default_value_t = 10_000)]
    memory_limit: u64,
    /// How long a program may take, in seconds; more counts as a failure
    #[arg(long, global = true, default_value_t = 1_800)]
    time_limit: u64,
    /// The page whose tables are rewritten; they are printed in any case
    #[arg(long, global = true)]
    report: Option<PathBuf>,
    /// Where npm packages are kept; the folder `corpus` of cargo's target folder if not given
    #[arg(long, global = true, env = "ENVOI_CORPUS")]
    cache: Option<PathBuf>,
    /// Where clients are written and compiled; the folder `benchmarks` of cargo's target folder if not given
    #[arg(long, global = true)]
    folder: Option<PathBuf>,
    /// Where the other generators are installed; below the folder if not given
    #[arg(long, global = true)]
    tools_root: Option<PathBuf>,
}

/// What is measured, and where.
pub struct Workplace {
    documents: Vec<Document>,
    tools: PathBuf,
    generators: Vec<Tool>,
    runs: usize,
    limits: Limits,
    cache: PathBuf,
    folder: PathBuf,
    report: Option<PathBuf>,
}

impl Workplace {
    fn new(options: Options) -> Result<Self> {
        let absolute = |given: Option<PathBuf>, other: &dyn Fn() -> PathBuf| {
            let path = given.unwrap_or_else(other);
            std::fs::create_dir_all(&path)?;
            std::path::absolute(path)
        };
        let folder = absolute(options.folder, &|| envoi_packages::target(project()).join("benchmarks"))?;
        Ok(Self {
            documents: all_if_none(options.documents),
            tools: absolute(options.tools_root, &|| folder.join("tools"))?,
            generators: all_if_none(options.tools),
            runs: options.runs.max(1),
            limits: Limits {
                memory: options.memory_limit,
                seconds: options.time_limit,
            },
            cache: absolute(options.cache, &|| envoi_packages::cache(project()))?,
            folder,
            report: options.report,
        })
    }

    /// Where the client of a generator is.
    fn client(&self, tool: Tool, document: Document) -> PathBuf {
        self.folder.join("clients").join(tool.name()).join(document.client())
    }

    /// Takes a client of an earlier run out of the way.
    ///
    /// Deleting it would cost the next run its time: some file systems search long for the places of new files where many
    /// were deleted just now.
    fn clear(&self, client: &Path) -> Result<()> {
        let replaced = self.replaced();
        std::fs::create_dir_all(&replaced)?;
        let mut free = (0..).map(|number: usize| replaced.join(number.to_string()));
        if let Some(place) = free.find(|place| !place.exists())
            && client.exists()
        {
            std::fs::rename(client, place)?;
        }
        Ok(())
    }

    /// What is deleted when nothing is measured any more.
    fn replaced(&self) -> PathBuf {
        self.folder.join("replaced")
    }

    /// Where a program says what it has to say.
    fn log(&self, what: &str) -> PathBuf {
        self.folder.join(format!("{what}.log"))
    }
}

fn all_if_none<T: ValueEnum>(given: Vec<T>) -> Vec<T> {
    if given.is_empty() {
        T::value_variants().to_vec()
    } else {
        given
    }
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments) -> Result<()> {
    let place = Workplace::new(arguments.options)?;
    let done = carry_out(&place, arguments.command);
    // What cannot be deleted is in nobody's way.
    let _ = std::fs::remove_dir_all(place.replaced());
    done
}

fn carry_out(place: &Workplace, command: Command) -> Result<()> {
    match command {
        Command::Generate => generate::run(place),
        Command::Compile(options) => compile::run(place, &options),
        Command::Chart => match &place.report {
            Some(report) if chart::draw(report)? => Ok(()),
            Some(report) => Err(format!("{}: no client was checked", report.display()).into()),
            None => Err("give the page with the table: --report docs/benchmarks.md".into()),
        },
        Command::Peers => place
            .generators
            .iter()
            .try_for_each(|tool| tool.program(place).map(drop)),
        Command::Codec(options) => codec::run(place, &options),
        Command::All { compile, codec } => {
            generate::run(place)?;
            compile::run(place, &compile)?;
            // Last, since it reads documents itself: the memory of this process would count as that of others.
            codec::run(place, &codec)
        }
    }
}

/// The root of the project.
fn project() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}
