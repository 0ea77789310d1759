//! Many calls at once against a server in a process of its own, which answers, delays, drops and closes by a plan that a
//! seed decides; beside the same calls by hand. CONTRIBUTING.md has the command.

mod call;
mod machine;
mod plan;
mod server;
mod turns;

/// The client that makes the calls.
#[allow(dead_code, missing_docs, reason = "generated, and not all of it is called")]
mod api {
    include!(concat!(env!("OUT_DIR"), "/api/mod.rs"));
}

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::call::{By, Extent, Wire};
use crate::plan::Plan;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The certificate of the server, which signs itself.
const CERTIFICATE: &[u8] = include_bytes!("../localhost.pem");

#[derive(Parser)]
#[command(about, version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    options: turns::Options,
}

#[derive(Subcommand)]
enum Command {
    /// The server alone, until its standard input ends
    Serve {
        #[arg(long)]
        seed: Option<u64>,
        #[arg(long)]
        tls: bool,
    },
    /// The calls alone
    Call {
        #[arg(long, value_enum)]
        by: By,
        #[arg(long, value_enum)]
        wire: Wire,
        #[arg(long)]
        port: u16,
        #[command(flatten)]
        extent: Extent,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // there is nobody left to tell when this fails
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    match arguments.command {
        None => turns::run(&arguments.options),
        Some(Command::Serve { seed, tls }) => server::serve(Plan { seed }, tls),
        Some(Command::Call { by, wire, port, extent }) => {
            let outcome = call::call(by, wire, port, extent)?;
            Ok(writeln!(std::io::stdout(), "{}", serde_json::to_string(&outcome)?)?)
        }
    }
}
