//! Documents that are patched by overlays nobody would write.

use envoi::{Config, Source};
use serde_json::{Value, json};

use super::documents::judge;
use super::mutate;
use super::seeds::Seeds;
use super::target::{Input, Target};
use super::text;
use crate::random::Random;

/// Pieces of JSONPath (RFC 9535).
const WORDS: [&str; 24] = [
    "$", "..", ".*", "[*]", "[?", "]", "@", "==", "&&", "||", "!", "(", ")", "length(", "match(", "'a'", "[0]", "[-1]",
    "[::2]", ",", ".paths", "['/']", "\\u0000", "1e999",
];

/// The stage of overlays.
#[derive(Debug)]
pub struct Overlays {
    seeds: Seeds,
}

impl Overlays {
    pub const fn new(seeds: Seeds) -> Self {
        Self { seeds }
    }

    fn overlay(&self, random: &mut Random) -> Value {
        let actions = (0..1 + random.below(4)).map(|_| {
            let targets = [
                "$",
                "$.paths.*",
                "$..schema",
                "$.info",
                "$..[?@.type=='string']",
                "$.paths['/x'].get",
            ];
            let mut target = targets[random.below(targets.len())].as_bytes().to_vec();
            if random.one_in(2) {
                text::mutate(&mut target, &WORDS, random);
            }
            let target = String::from_utf8_lossy(&target).into_owned();
            match random.below(4) {
                0 => json!({ "target": target, "remove": true }),
                1 => json!({ "target": target, "copy": "$.info" }),
                _ => json!({ "target": target, "update": self.seeds.tree(random)["info"] }),
            }
        });
        let actions: Vec<Value> = actions.collect();
        let mut overlay = json!({
            "overlay": "1.0.0",
            "info": { "title": "Fuzz", "version": "1" },
            "actions": actions,
        });
        if random.one_in(2) {
            mutate::mutate(&mut overlay, &self.seeds.pool, random);
        }
        overlay
    }
}

impl Target for Overlays {
    fn input(&self, random: &mut Random) -> Vec<Input> {
        let document = self.seeds.tree(random);
        let overlay = self.overlay(random);
        vec![
            Input::new("document.json", document.to_string()),
            Input::new("overlay.json", overlay.to_string()),
        ]
    }

    fn run(&mut self, input: &[Input], random: &mut Random) -> Result<(), String> {
        let [document, overlays @ ..] = input else {
            return Ok(());
        };
        let source = |input: &Input| Source::new(input.name.clone(), input.bytes.clone());
        let config = Config {
            overlays: overlays.iter().map(source).collect(),
            ..Config::default()
        };
        judge(&source(document), &config, random.one_in(8))
    }
}
