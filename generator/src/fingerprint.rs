//! Hashes everything a run depends on, so that a run with equal inputs can be skipped.

use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::document::Source;

/// Incremental hash of the inputs of a run.
pub(crate) struct Fingerprint(Sha256);

impl Fingerprint {
    /// Of nothing but the version of the generator.
    pub(crate) fn new() -> Self {
        let mut fingerprint = Self(Sha256::new());
        fingerprint.add(env!("CARGO_PKG_VERSION"));
        fingerprint
    }

    /// Adds a text, or bytes. Its length goes first, so that two texts are not taken for another two.
    pub(crate) fn add(&mut self, bytes: impl AsRef<[u8]>) {
        let bytes = bytes.as_ref();
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// Adds a document with all it refers to, under the names that messages give them.
    pub(crate) fn add_source(&mut self, source: &Source) {
        self.add(&source.name);
        self.add(&source.bytes);
        self.add(source.parts.len().to_le_bytes());
        for part in &source.parts {
            self.add(&part.uri);
            match &part.content {
                Ok(bytes) => {
                    self.add("found");
                    self.add(bytes);
                }
                Err(missing) => {
                    self.add("missing");
                    self.add(format!("{missing:?}"));
                }
            }
        }
    }

    /// Adds settings, and the overlays among them.
    pub(crate) fn add_config(&mut self, config: &Config) {
        self.add(config.overlays.len().to_le_bytes());
        for overlay in &config.overlays {
            self.add_source(overlay);
        }
        let rest = Config {
            overlays: Vec::new(),
            ..config.clone()
        };
        // Every setting is shown, also one that is added later.
        self.add(format!("{rest:?}"));
    }

    /// The hash as text.
    pub(crate) fn finish(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;
    use crate::config::Config;
    use crate::document::{Part, Source};

    fn of(source: &Source, config: &Config) -> String {
        let mut fingerprint = Fingerprint::new();
        fingerprint.add_source(source);
        fingerprint.add_config(config);
        fingerprint.finish()
    }

    #[test]
    fn every_input_counts() {
        let source = Source::new("a.yaml", "a");
        let config = Config::default();
        let mut with_part = source.clone();
        with_part.parts.push(Part::new("b.yaml", "b"));
        let mut with_other = source.clone();
        with_other.parts.push(Part::new("b.yaml", "c"));
        let overlaid = Config {
            overlays: vec![source.clone()],
            ..Config::default()
        };
        let named = Config {
            name: "b".to_owned(),
            ..Config::default()
        };
        let all = [
            of(&source, &config),
            of(&Source::new("a.yaml", "b"), &config),
            of(&Source::new("b.yaml", "a"), &config),
            of(&with_part, &config),
            of(&with_other, &config),
            of(&source, &overlaid),
            of(&source, &named),
        ];
        let different: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!(different.len(), all.len());
        assert_eq!(of(&source, &config), all[0]);
    }
}
