//! What is tried: something that reads what others wrote.

use std::path::Path;

use clap::ValueEnum;

use super::documents::Documents;
use super::overlays::Overlays;
use super::projects::Projects;
use super::runtime::Runtime;
use super::seeds::Seeds;
use crate::Result;
use crate::random::Random;

/// A file that is given to a target.
#[derive(Debug, Clone)]
pub struct Input {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Input {
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.to_owned(),
            bytes: bytes.into(),
        }
    }
}

/// Makes input, and finds out whether what reads it keeps its promises.
pub trait Target {
    /// Input that the random numbers decide.
    fn input(&self, random: &mut Random) -> Vec<Input>;

    /// Reads it. A panic is a finding, and so is an error.
    fn run(&mut self, input: &[Input], random: &mut Random) -> std::result::Result<(), String>;
}

/// The targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Name {
    /// `generate` with documents.
    Documents,
    /// `generate` with overlays of a document.
    Overlays,
    /// The program, with `envoi.toml`, lock file, record of written files and record of the last run.
    Projects,
    /// Server-sent events of a reply.
    Events,
    /// JSON Lines, JSON text sequences and lines of text of a reply.
    Elements,
    /// Multipart bodies that are sent.
    Multipart,
    /// Bodies of XML.
    Xml,
    /// Links to the next page.
    Links,
    /// Headers of replies.
    Headers,
    /// Dates, times, UUIDs, base64 and unions in JSON.
    Values,
    /// Base URLs, path parameters and redirects.
    Urls,
}

impl Name {
    /// How many executions are reported together: those of the runtime take microseconds.
    pub const fn stride(self) -> u64 {
        match self {
            Self::Documents | Self::Overlays | Self::Projects => 1,
            _ => 256,
        }
    }

    /// Makes it ready to run, with the documents of this project and of the corpus where they are needed.
    pub fn target(self, cache: &Path) -> Result<Box<dyn Target>> {
        Ok(match self {
            Self::Documents => Box::new(Documents::new(Seeds::read(cache)?)),
            Self::Overlays => Box::new(Overlays::new(Seeds::read(cache)?)),
            Self::Projects => Box::new(Projects::new(Seeds::read(cache)?, cache)?),
            _ => Box::new(Runtime::new(self)?),
        })
    }
}
