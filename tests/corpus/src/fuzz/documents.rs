//! `generate` with documents that nobody would write.

use std::path::{Component, Path};

use envoi::{Config, Dates, Layout, MessageFormat, OutputFile, Renderer, Runtime, Serde, Source, generate};

use super::mutate;
use super::seeds::Seeds;
use super::target::{Input, Target};
use super::text;
use crate::random::Random;

/// What YAML does that JSON does not, and what documents are full of.
const WORDS: [&str; 30] = [
    "&a ",
    "*a",
    "<<: *a\n",
    "!!binary ",
    "!!str ",
    "!x ",
    "---\n",
    "...\n",
    "? ",
    "| \n",
    ">-\n",
    "\t",
    "  ",
    ": ",
    "- ",
    "# ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "'",
    "\\u0000",
    "\u{feff}",
    "%YAML 1.1\n",
    "~",
    "$ref: '#/'\n",
    "allOf: [{}]\n",
    "\r",
];

/// The pipeline with documents.
#[derive(Debug)]
pub struct Documents {
    seeds: Seeds,
}

impl Documents {
    pub const fn new(seeds: Seeds) -> Self {
        Self { seeds }
    }
}

impl Target for Documents {
    fn input(&self, random: &mut Random) -> Vec<Input> {
        if random.one_in(6) {
            let mut bytes = self.seeds.text(random);
            text::mutate(&mut bytes, &WORDS, random);
            return vec![Input::new("document.yaml", bytes)];
        }
        let mut tree = self.seeds.tree(random);
        mutate::mutate(&mut tree, &self.seeds.pool, random);
        vec![Input::new("document.json", tree.to_string())]
    }

    fn run(&mut self, input: &[Input], random: &mut Random) -> Result<(), String> {
        let Some(document) = input.first() else { return Ok(()) };
        let source = Source::new(document.name.clone(), document.bytes.clone());
        judge(&source, &config(random), random.one_in(8))
    }
}

/// Settings that the random numbers decide; mostly those that users have.
fn config(random: &mut Random) -> Config {
    let mut config = Config::default();
    if !random.one_in(8) {
        // the embedded one does not depend on the document, and takes as long as the rest
        config.runtime = Runtime::Crate;
    }
    if random.one_in(2) {
        config.keep_going = random.one_in(2);
        config.strict = random.one_in(4);
        config.blocking = random.one_in(4);
        if random.one_in(3) {
            config.layout = Layout::Module;
        }
        if random.one_in(4) {
            config.serde = Serde::Both;
        }
        if random.one_in(4) {
            config.formats.dates = Dates::String;
        }
        if random.one_in(3) {
            config.krate = Some("fuzzed".to_owned());
        }
    }
    config
}

/// Generates the client of a document, and looks at what must hold of any.
pub fn judge(source: &Source, config: &Config, twice: bool) -> Result<(), String> {
    let outcome = generate(source, config);
    for file in outcome.files.iter().chain(&outcome.companions) {
        is_safe(file)?;
    }
    for format in [MessageFormat::Human, MessageFormat::Short, MessageFormat::Json] {
        let renderer = Renderer::new(format, source, outcome.document.as_ref()).with_overlays(&config.overlays);
        for diagnostic in outcome.diagnostics.iter().take(20) {
            let text = renderer.render(diagnostic);
            if let Some(character) = text.chars().find(|c| c.is_control() && *c != '\n') {
                return Err(format!("a message has the control character {character:?}: {text:?}"));
            }
        }
    }
    if twice {
        let again = generate(source, config);
        if again.files != outcome.files || again.companions != outcome.companions {
            return Err("two runs of one document differ".to_owned());
        }
    }
    Ok(())
}

/// Whether a file stays in its folder, under a name that every system takes, and has no character that hides others.
fn is_safe(file: &OutputFile) -> Result<(), String> {
    let path = Path::new(&file.path);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let within = path
        .components()
        .all(|component| matches!(component, Component::Normal(_)));
    let short = file.path.split('/').all(|name| name.len() < 200);
    if !within || !short || !file.path.chars().all(is_plain) {
        return Err(format!("a file is written to {:?}", file.path));
    }
    let hides =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    match file.text.chars().find(|c| hides(*c)) {
        Some(character) => Err(format!("{:?} has the character {character:?}", file.path)),
        None => Ok(()),
    }
}
