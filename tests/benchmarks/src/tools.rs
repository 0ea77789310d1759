//! The generators, each called as its documentation says, and their clients made into crates that compile.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;

use crate::{Result, Workplace};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tool {
    Envoi,
    /// Envoi, with a client that depends on the crate `envoi-runtime` instead of holding it
    EnvoiRuntimeCrate,
    Ploidy,
    OpenapiToRust,
    Oas3Gen,
    CargoProgenitor,
}

impl Tool {
    /// The name of its package, or what its clients are kept under.
    pub fn name(self) -> &'static str {
        match self {
            Self::Envoi => "envoi",
            Self::EnvoiRuntimeCrate => "envoi-runtime-crate",
            Self::Ploidy => "ploidy",
            Self::OpenapiToRust => "openapi-to-rust",
            Self::Oas3Gen => "oas3-gen",
            Self::CargoProgenitor => "cargo-progenitor",
        }
    }

    /// The version that is installed; that of the checkout for Envoi.
    pub fn version(self) -> &'static str {
        match self {
            Self::Envoi | Self::EnvoiRuntimeCrate => env!("CARGO_PKG_VERSION"),
            Self::Ploidy => "0.15.0",
            Self::OpenapiToRust => "0.23.0",
            Self::Oas3Gen => "0.29.0",
            Self::CargoProgenitor => "0.15.1",
        }
    }

    /// What the results of compiling its clients are kept under; most of what they depend on is the same for both of Envoi's.
    pub fn target(self) -> &'static str {
        if self.is_envoi() { "envoi" } else { self.name() }
    }

    /// How tables call it.
    pub fn title(self) -> String {
        match self {
            Self::EnvoiRuntimeCrate => format!("envoi {}, runtime as a crate", self.version()),
            _ => format!("{} {}", self.name(), self.version()),
        }
    }

    pub fn is_envoi(self) -> bool {
        matches!(self, Self::Envoi | Self::EnvoiRuntimeCrate)
    }

    /// Builds or installs the tool where it is not there yet; its program.
    pub fn program(self, place: &Workplace) -> Result<PathBuf> {
        if self.is_envoi() {
            let mut build = cargo();
            // With the features of dependencies as they were for this program, so that nothing is built twice.
            build.args([
                "build",
                "--release",
                "--package=envoi",
                "--package=envoi-benchmarks",
                "--bin=envoi",
            ]);
            succeed(build.current_dir(crate::project()), "cargo build of envoi")?;
            let program = envoi_packages::target(crate::project()).join("release").join("envoi");
            return Ok(std::path::absolute(
                program.with_extension(std::env::consts::EXE_EXTENSION),
            )?);
        }
        let program = place.tools.join("bin").join(self.name());
        let program = program.with_extension(std::env::consts::EXE_EXTENSION);
        if !self.is_installed(&place.tools) {
            let version = format!("{}@{}", self.name(), self.version());
            let mut install = cargo();
            install
                .args(["install", "--locked", "--root"])
                .arg(&place.tools)
                .arg(&version);
            succeed(
                install.env("CARGO_TARGET_DIR", place.folder.join("target/tools")),
                &version,
            )?;
        }
        Ok(program)
    }

    /// Whether cargo has noted this version. Asking `cargo install` would wait for any other that runs.
    fn is_installed(self, root: &Path) -> bool {
        let noted = fs::read_to_string(root.join(".crates.toml")).unwrap_or_default();
        noted.contains(&format!("\"{} {} ", self.name(), self.version()))
    }

    /// The command that writes a client into a folder.
    pub fn generate(self, program: &Path, document: &Path, folder: &Path, name: &str) -> Command {
        let mut command = Command::new(program);
        match self {
            Self::Envoi | Self::EnvoiRuntimeCrate => {
                let command = command.arg("generate").arg(document).arg("-o").arg(folder);
                if self == Self::EnvoiRuntimeCrate {
                    let runtime = std::path::absolute(crate::project()).unwrap_or_default();
                    command
                        .args(["--runtime", "crate", "--runtime-path"])
                        .arg(runtime.join("generator/runtime"));
                }
                command.args(["--name", name])
            }
            Self::Ploidy => command
                .args(["generate", "rust"])
                .arg(document)
                .arg("-o")
                .arg(folder)
                .args(["--name", name]),
            Self::OpenapiToRust => command.current_dir(folder).arg("generate").arg(document),
            Self::Oas3Gen => command
                .args(["generate", "client-mod", "-i"])
                .arg(document)
                .arg("-o")
                .arg(folder)
                .arg("--workspace"),
            Self::CargoProgenitor => command
                .args(["progenitor", "-i"])
                .arg(document)
                .arg("-o")
                .arg(folder)
                .args(["-n", name, "-v", "0.1.0"]),
        };
        command
    }

    /// Makes what was generated a crate of its own, outside of the workspace around it.
    pub fn finish(self, folder: &Path, name: &str) -> Result<()> {
        let manifest = folder.join("Cargo.toml");
        if self == Self::OpenapiToRust {
            let needed = fs::read_to_string(folder.join("src/generated/REQUIRED_DEPS.toml"))?;
            let package = format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n");
            fs::write(&manifest, package + &needed)?;
            fs::write(folder.join("src/lib.rs"), "pub mod generated;\n")?;
        }
        let text = fs::read_to_string(&manifest)?;
        if !text.contains("[workspace]") {
            fs::write(&manifest, text + "\n[workspace]\n")?;
        }
        if self.is_envoi() {
            // The versions that this project is tested with.
            fs::copy(crate::project().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        }
        Ok(())
    }
}

/// Cargo, with nothing of how this program is built or run.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let own = |name: &str| {
        name.starts_with("CARGO_PROFILE_") || name.starts_with("CARGO_PKG_") || name.ends_with("RUSTFLAGS")
    };
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(own)) {
        command.env_remove(name);
    }
    command
}

pub fn succeed(command: &mut Command, what: &str) -> Result<()> {
    let status = command.status()?;
    status
        .success()
        .then_some(())
        .ok_or_else(|| format!("{what}: {status}").into())
}
