//! Finds and reads all files that a document refers to.

use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use super::folder::Folder;
use super::limits::Limits;
use super::notation::tree;
use super::remote::{Remote, refused};
use super::text;
use crate::bundle::{Survey, own_address, uri};
use crate::diagnostic::Code;
use crate::document::{Missing, Part, Source};

/// How many files a document may consist of.
const MOST_PARTS: usize = 10_000;

/// What a document may refer to.
#[derive(Debug, Default)]
pub struct Reach<'r> {
    /// The folder whose files may be read; by default that of the document.
    pub folder: Option<PathBuf>,
    /// What URLs lead to; by default nothing.
    pub remote: Option<&'r mut Remote>,
}

/// Adds the parts of a source that is the file at `path`.
pub(super) fn gather(source: &mut Source, path: &Path, reach: &mut Reach<'_>, limits: &Limits) {
    if !refers_outside(&source.bytes) {
        return;
    }
    // What is wrong with the document itself is said by those who read it.
    let Ok((_, root)) = tree(&source.name, &source.bytes, limits) else {
        return;
    };
    let mut gathering = Gathering {
        folder: Folder::of(path, reach.folder.as_deref()),
        reach,
        limits: Limits {
            bytes: limits.bytes.saturating_sub(source.bytes.len()),
            ..limits.clone()
        },
        survey: Survey::default(),
        seen: BTreeSet::new(),
        files: VecDeque::new(),
        urls: VecDeque::new(),
    };
    let own = own_address(source);
    gathering.seen.insert(own.clone());
    gathering.look_through(root, &own);
    while let Some(address) = gathering.next() {
        let content = gathering.read(&address);
        if let Ok(bytes) = &content
            && let Ok((_, tree)) = tree(&address, bytes, &gathering.limits)
        {
            gathering.look_through(tree, &address);
        }
        source.parts.push(Part { uri: address, content });
        if source.parts.len() >= MOST_PARTS {
            return;
        }
    }
}

struct Gathering<'g, 'r> {
    folder: std::io::Result<Folder>,
    reach: &'g mut Reach<'r>,
    /// What is left of the limits.
    limits: Limits,
    survey: Survey,
    seen: BTreeSet<String>,
    files: VecDeque<String>,
    /// What the references to URLs may mean: a schema that is called so, else what is there.
    urls: VecDeque<(String, String)>,
}

impl Gathering<'_, '_> {
    fn look_through(&mut self, tree: serde_json::Value, address: &str) {
        for (name, place) in self.survey.add(address, tree) {
            if uri::is_remote(&place) {
                self.urls.push_back((name, place));
            } else if self.seen.insert(place.clone()) {
                self.files.push_back(place);
            }
        }
    }

    /// Files come first: one of them may hold the schema that a URL names.
    fn next(&mut self) -> Option<String> {
        if let Some(file) = self.files.pop_front() {
            return Some(file);
        }
        while let Some((name, place)) = self.urls.pop_front() {
            let known = self.survey.has(&name) || self.survey.has(&place);
            if !known && self.seen.insert(place.clone()) {
                return Some(place);
            }
        }
        None
    }

    fn read(&mut self, address: &str) -> Result<Vec<u8>, Missing> {
        let bytes = if uri::is_remote(address) {
            match &mut self.reach.remote {
                Some(remote) => remote.get(address, self.limits.bytes)?,
                None => return Err(refused()),
            }
        } else {
            match &self.folder {
                Ok(folder) => folder.read(address, self.limits.bytes)?,
                Err(error) => {
                    let reason = format!("cannot be read, because its folder cannot: {error}");
                    return Err(Missing::new(Code::DanglingReference, reason));
                }
            }
        };
        self.limits.bytes = self.limits.bytes.saturating_sub(bytes.len());
        Ok(bytes)
    }
}

/// Whether a text may refer to another one. Most do not, and are too large to be read once more to find out.
fn refers_outside(bytes: &[u8]) -> bool {
    let Ok(text) = text::decode(bytes) else {
        return false;
    };
    let outside = |(at, found): (usize, &str)| {
        // a text that mentions the word is no member, and a property that is called so has a schema, which is no text
        let rest = text[at + found.len()..].trim_start_matches(['"', '\'', ' ', '\t', '\r', '\n']);
        let value = rest.strip_prefix(':').map(str::trim_start);
        value.is_some_and(|value| !value.starts_with('{') && !value.trim_start_matches(['"', '\'']).starts_with('#'))
    };
    let mut words = ["$ref", "$dynamicRef"].iter().flat_map(|word| text.match_indices(word));
    words.any(outside) || text.contains("\\u0024")
}

#[cfg(test)]
mod tests {
    use super::refers_outside;

    #[test]
    fn documents_of_one_file_are_told_by_their_text() {
        assert!(!refers_outside(b"{\"$ref\": \"#/a\", \"b\": {\"$ref\" :\n \"#/c\"}}"));
        assert!(!refers_outside(b"a: {$ref: '#/b'}\n$ref:   \"#c\"\n"));
        assert!(refers_outside(b"a: {$ref: './b.yaml#/c'}"));
        assert!(refers_outside(b"{\"$ref\":\"b.json\"}"));
        assert!(refers_outside(b"{\"\\u0024ref\":\"b.json\"}"));
        assert!(!refers_outside(
            b"{\"$ref\": {\"type\": \"string\"}, \"description\": \"like `$ref` itself\"}"
        ));
        assert!(refers_outside(b"? $ref\n: b.yaml"));
    }
}
