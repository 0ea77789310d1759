//! Generated clients on disk: one cargo workspace, one target folder, and what the compiler says about each.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use envoi::OutputFile;
use indicatif::ProgressBar;
use serde_json::Value;

use crate::Result;

/// A folder with generated crates that are compiled together.
pub struct Workspace {
    folder: PathBuf,
    target: PathBuf,
    crates: Vec<String>,
}

/// What the compiler said about a crate.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    pub errors: usize,
    pub warnings: usize,
    /// The first message, with its code.
    pub first: String,
}

impl Workspace {
    /// An empty workspace in a folder of this name; what was there is gone.
    pub fn new(cache: &Path, name: &str) -> Result<Self> {
        let folder = cache.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let manifest = "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"3\"\n\n\
                        [profile.dev]\ndebug = 0\nincremental = false\n";
        fs::write(folder.join("Cargo.toml"), manifest)?;
        // The versions that this project is tested with, which are on this machine already.
        fs::copy(crate::project().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        Ok(Self {
            folder,
            target: cache.join("target"),
            crates: Vec::new(),
        })
    }

    /// Adds a crate, named after its document in a way that cargo takes.
    pub fn name(&self, document: &str) -> String {
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        };
        let words: String = document.chars().map(plain).take(48).collect();
        format!("c{}_{}", self.crates.len(), words.trim_matches('_'))
    }

    pub fn add(&mut self, name: &str, files: &[OutputFile]) -> Result<PathBuf> {
        files.iter().try_for_each(|file| self.add_to(name, file))?;
        self.crates.push(name.to_owned());
        Ok(self.folder.join("crates").join(name))
    }

    /// Adds a file to a crate.
    pub fn add_to(&self, name: &str, file: &OutputFile) -> Result<()> {
        let path = self.folder.join("crates").join(name).join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        Ok(fs::write(path, &file.text)?)
    }

    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Runs a command of cargo over all crates and returns what was said about each that has something.
    pub fn cargo(&self, command: &str, with: &[&str], jobs: Option<usize>) -> Result<BTreeMap<String, Verdict>> {
        self.run(command, &[&["--workspace"], with].concat(), jobs)
    }

    /// Runs `cargo check` over one crate with these features alone, and returns what was said about it, if anything.
    pub fn check_with(&self, name: &str, features: &str) -> Result<Option<Verdict>> {
        let mut verdicts = self.run(
            "check",
            &["--package", name, "--no-default-features", "--features", features],
            None,
        )?;
        Ok(verdicts.remove(name))
    }

    /// How many crates there are.
    pub fn count(&self) -> usize {
        self.crates.len()
    }

    /// Runs the tests of all crates, those in their documentation among them, and returns what failed, with its output.
    pub fn test(&self, with: &[&str]) -> Result<Vec<String>> {
        let mut cargo = self.command("test");
        let output = cargo
            .args(["--workspace", "--no-fail-fast", "--quiet"])
            .args(with)
            .output()?;
        let (out, err) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        // The output of each failure stands between these lines.
        let mut failures: Vec<String> = Vec::new();
        for part in out.split("\n---- ").skip(1) {
            let end = part.find("\nfailures:").unwrap_or(part.len());
            failures.push(part[..end].lines().take(30).collect::<Vec<_>>().join("\n"));
        }
        if !output.status.success() && failures.is_empty() {
            failures.push(
                err.lines()
                    .filter(|line| line.starts_with("error"))
                    .collect::<Vec<_>>()
                    .join("\n"),
            );
        }
        Ok(failures)
    }

    fn command(&self, command: &str) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .arg(command)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env_remove("RUSTFLAGS");
        cargo
    }

    fn run(&self, command: &str, what: &[&str], jobs: Option<usize>) -> Result<BTreeMap<String, Verdict>> {
        let mut cargo = self.command(command);
        cargo
            .args(["--keep-going", "--message-format=json"])
            .args(what)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(jobs) = jobs {
            cargo.arg(format!("--jobs={jobs}"));
        }
        let mut child = cargo.spawn()?;
        let errors = child
            .stderr
            .take()
            .map(|stderr| std::thread::spawn(move || std::io::read_to_string(stderr).unwrap_or_default()));
        let mut verdicts: BTreeMap<String, Verdict> = BTreeMap::new();
        let progress = crate::progress(self.crates.len(), command);
        let mut compiled = 0;
        for line in child
            .stdout
            .take()
            .map(BufReader::new)
            .into_iter()
            .flat_map(BufRead::lines)
        {
            let message: Value = serde_json::from_str(&line?).unwrap_or_default();
            self.read(&message, &mut verdicts, &mut compiled, &progress);
        }
        progress.finish_and_clear();
        let status = child.wait()?;
        let errors = errors.and_then(|thread| thread.join().ok()).unwrap_or_default();
        if !status.success() && verdicts.values().all(|verdict| verdict.errors == 0) {
            // A compiler that was killed says nothing in JSON.
            return Err(format!("cargo {command} failed:\n{errors}").into());
        }
        Ok(verdicts)
    }

    fn read(
        &self,
        message: &Value,
        verdicts: &mut BTreeMap<String, Verdict>,
        compiled: &mut usize,
        progress: &ProgressBar,
    ) {
        let manifest = message["manifest_path"].as_str().unwrap_or_default();
        let Some(name) = Path::new(manifest).parent().and_then(Path::file_name) else {
            return;
        };
        let name = name.to_string_lossy().into_owned();
        if !self.crates.contains(&name) {
            return;
        }
        if message["reason"] == "compiler-artifact" {
            *compiled += 1;
            progress.set_position(*compiled as u64);
            return;
        }
        let level = message["message"]["level"].as_str().unwrap_or_default();
        let text = message["message"]["rendered"].as_str().unwrap_or_default();
        let summary = message["message"]["message"].as_str().unwrap_or_default();
        if summary.starts_with("aborting due to") || summary.ends_with("warnings emitted") {
            return;
        }
        let verdict = verdicts.entry(name).or_default();
        match level {
            "error" => verdict.errors += 1,
            "warning" => verdict.warnings += 1,
            _ => return,
        }
        if verdict.first.is_empty() || (level == "error" && verdict.errors == 1) {
            verdict.first = text.lines().take(14).collect::<Vec<_>>().join("\n");
        }
    }
}
