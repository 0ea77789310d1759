//! The command `codec`: the examples of GitHub's replies, decoded and encoded by the types of its client and by the same
//! types with serde's derive.

mod payloads;
mod representation;
mod twin;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use clap::Args;
use envoi::package::{Package, standalone};
use envoi::{Config, Serde, Source};
use serde_json::Value;

use self::payloads::{Payload, collect};
use self::representation::Shape;
use self::twin::Twin;
use crate::documents::Document;
use crate::measure;
use crate::report::{self, Table, thousands, times};
use crate::tools::cargo;
use crate::{Result, Workplace};

/// What decodes and encodes, written beside what it is tried on.
const DRIVER: &str = include_str!("driver.rs");

#[derive(Args)]
pub struct Options {
    /// At most so many payloads, spread over all of them
    #[arg(long)]
    payloads: Option<usize>,
}

/// A payload with the types it is decoded as.
struct Case {
    payload: Payload,
    client: String,
    derived: usize,
}

pub fn run(place: &Workplace, options: &Options) -> Result<()> {
    let machine = crate::machine::describe();
    let folder = place.folder.join("codec");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let cases = prepare(place, &folder, options)?;
    let mut build = cargo();
    build.args(["build", "--release"]).current_dir(&folder);
    build.env("CARGO_TARGET_DIR", place.folder.join("target/codec"));
    let built = measure::run(&mut build, &place.log("codec-build"), place.limits)?;
    if let Some(failure) = report::failure(&built) {
        return Err(format!("{failure}; {}", place.log("codec-build").display()).into());
    }
    let mut driver = std::process::Command::new(place.folder.join("target/codec/release/codec"));
    let measured = measure::run(driver.current_dir(&folder), &place.log("codec"), place.limits)?;
    if let Some(failure) = report::failure(&measured) {
        return Err(failure.into());
    }
    let lines = fs::read_to_string(place.log("codec"))?;
    let lines: Vec<Value> = lines
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let table = table(&lines);
    println!("{table}");
    for line in lines.iter().filter(|line| line["same"] != true) {
        println!("{line}");
    }
    println!("each of {} payloads: {}", cases, place.log("codec").display());
    report::write(place, "codec", &machine, &table)
}

/// Writes the client, its twin and the driver into one folder; how many payloads there are.
fn prepare(place: &Workplace, folder: &Path, options: &Options) -> Result<usize> {
    let bytes = fs::read(Document::Github.path(&place.cache)?)?;
    let document: Value = serde_json::from_slice(&bytes)?;
    let source = Source::new(Document::Github.file(), bytes);
    let config = Config {
        serde: Serde::Both,
        ..Config::default()
    };
    let outcome = standalone(&source, &config, &Package::new("client"));
    let models = outcome
        .clients
        .first()
        .map(|client| client.models.clone())
        .unwrap_or_default();
    for file in &outcome.files {
        write(&folder.join("client").join(&file.path), &file.text)?;
    }
    let dump = envoi::dump(&source).map_err(|diagnostic| diagnostic.message)?;
    let types = representation::read(&dump);
    let models: BTreeMap<String, String> = models.into_iter().collect();
    let case = |payload: Payload| {
        let origin = format!("#/components/schemas/{}", payload.schema);
        let derived = types
            .iter()
            .find(|ty| ty.origin == origin && !matches!(ty.shape, Shape::Any))?
            .id;
        let client = models.get(&payload.schema)?.clone();
        Some(Case {
            payload,
            client,
            derived,
        })
    };
    let all: Vec<Case> = collect(&document).into_iter().filter_map(case).collect();
    let wanted = options.payloads.unwrap_or(all.len()).clamp(1, all.len().max(1));
    let step = all.len().div_ceil(wanted).max(1);
    let cases: Vec<Case> = all.into_iter().step_by(step).collect();
    write(
        &folder.join("src/twin.rs"),
        &Twin::new(&types).module(cases.iter().map(|case| case.derived)),
    )?;
    write(&folder.join("src/driver.rs"), DRIVER)?;
    write(&folder.join("src/main.rs"), &program(folder, &cases)?)?;
    write(&folder.join("Cargo.toml"), MANIFEST)?;
    fs::copy(crate::project().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(cases.len())
}

fn program(folder: &Path, cases: &[Case]) -> Result<String> {
    let mut text = String::from("//! Each payload by both sides.\n\nmod driver;\nmod twin;\n\nfn main() {\n");
    for (index, case) in cases.iter().enumerate() {
        let file = format!("payloads/{index}.json");
        write(&folder.join(&file), &case.payload.value.to_string())?;
        let (mut client, mut derived) = (format!("client::{}", case.client), format!("twin::T{}", case.derived));
        if case.payload.list {
            client = format!("Vec<{client}>");
            derived = format!("Vec<{derived}>");
        }
        let name = format!("{} as {}", case.payload.name, case.payload.schema);
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "    driver::case::<{client}, {derived}>({name:?}, include_bytes!(\"../{file}\"));"
        );
    }
    text.push_str("}\n");
    Ok(text)
}

const MANIFEST: &str = r#"[package]
name = "codec"
version = "0.1.0"
edition = "2024"

[dependencies]
chrono = { version = "0.4", default-features = false, features = ["std", "serde"] }
client = { path = "client" }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
uuid = { version = "1", features = ["serde"] }

[workspace]
members = ["client"]
"#;

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    Ok(fs::write(path, text)?)
}

fn table(lines: &[Value]) -> Table {
    let mut table = Table::new(&[
        "what",
        "payloads",
        "Envoi MB/s",
        "derive MB/s",
        "ratio",
        "least ratio",
        "greatest ratio",
    ]);
    for (index, what) in ["decode", "encode"].into_iter().enumerate() {
        let of = |line: &Value| {
            let time = |side: usize| line[what][side].as_f64();
            Some((line["bytes"][index].as_f64()?, time(0)?, time(1)?))
        };
        let measured: Vec<(f64, f64, f64)> = lines.iter().filter_map(of).collect();
        let total = |part: fn(&(f64, f64, f64)) -> f64| measured.iter().map(part).sum::<f64>();
        let mut ratios: Vec<f64> = measured.iter().map(|(_, client, derived)| derived / client).collect();
        ratios.sort_by(f64::total_cmp);
        let mean = (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64).exp();
        // Bytes by nanoseconds are gigabytes by seconds.
        let rate = |time: f64| thousands((total(|one| one.0) / time * 1000.0).round() as usize);
        let cells = vec![
            rate(total(|one| one.1)),
            rate(total(|one| one.2)),
            times(Some(mean)),
            times(ratios.first().copied()),
            times(ratios.last().copied()),
        ];
        table.line(vec![what.to_owned(), thousands(measured.len())], cells);
    }
    table
}
