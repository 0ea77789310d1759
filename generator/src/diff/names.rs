//! What paths stand for: re-exports and aliases are followed to definitions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::item::{Definition, Module, Name, Sort};
use super::signature::{Piece, Signature};

/// More names than this do not lead to an item.
const MOST_STEPS: usize = 32;

/// Signatures with more pieces than this do not grow by what aliases stand for: these may contain themselves.
const MOST_PIECES: usize = 1000;

/// The runtime, which is a module of some crates and a dependency of others.
const RUNTIME: &str = "runtime";

/// The modules, names and definitions of a crate.
#[derive(Debug, Default)]
pub(super) struct Names {
    definitions: HashMap<String, usize>,
    /// Other names of items of the crate.
    names: HashMap<String, String>,
    /// The targets of aliases that are more than another name.
    aliases: HashMap<usize, Signature>,
    /// Names and definitions that are public in their module.
    public: Vec<String>,
    modules: HashMap<String, Module>,
}

impl Names {
    pub(super) fn module(&mut self, module: Module) {
        self.modules.insert(module.path.clone(), module);
    }

    /// Adds a name; returns a definition where it is that of an item of another crate.
    pub(super) fn name(&mut self, name: Name) -> Option<Definition> {
        if name.is_foreign {
            // of what is not public, nothing is known but the path
            return (name.is_public && name.path != RUNTIME).then(|| Definition {
                path: name.path,
                sort: Sort::Foreign,
                is_public: true,
                generics: Signature::new(),
                target: vec![Piece::Text(name.target.replace("envoi_runtime", "runtime"))],
                members: Vec::new(),
                has_private: false,
                attributes: name.attributes,
                line: name.line,
            });
        }
        if name.is_public {
            self.public.push(name.path.clone());
        }
        self.names.insert(name.path, name.target);
        None
    }

    pub(super) fn definition(&mut self, index: usize, definition: &Definition) {
        let path = &definition.path;
        if definition.is_public {
            self.public.push(path.clone());
        }
        match definition.target.as_slice() {
            [Piece::Item(target)] if definition.sort == Sort::Alias && definition.generics.is_empty() => {
                self.names.insert(path.clone(), target.clone());
            }
            _ => {
                if definition.sort == Sort::Alias && definition.generics.is_empty() {
                    self.aliases.insert(index, definition.target.clone());
                }
                self.definitions.insert(path.clone(), index);
            }
        }
    }

    /// The position of the definition that a path stands for.
    pub(super) fn find(&self, path: &str) -> Option<usize> {
        let mut path = path;
        for _ in 0..MOST_STEPS {
            if let Some(index) = self.definitions.get(path) {
                return Some(*index);
            }
            path = self.names.get(path)?;
        }
        None
    }

    /// Every path that programs may name, with the position of its definition.
    pub(super) fn public(&self, definitions: &[(usize, Definition)]) -> BTreeMap<String, usize> {
        let public = self.public.iter().filter(|path| self.is_reachable(path));
        let found = public.filter_map(|path| Some((path.clone(), self.find(path)?)));
        // what lacks a definition is of no interest, such as modules with a second name
        found.filter(|(_, index)| *index < definitions.len()).collect()
    }

    fn is_reachable(&self, path: &str) -> bool {
        let mut path = path;
        while let Some((module, _)) = path.rsplit_once("::") {
            if !self.modules.get(module).is_some_and(|module| module.is_public) {
                return false;
            }
            path = module;
        }
        true
    }

    /// The features of which one has to be on for an item: its own, or those of the module around it.
    pub(super) fn gate(&self, path: &str, own: &BTreeSet<String>) -> BTreeSet<String> {
        let mut features = own.clone();
        let mut path = path;
        while features.is_empty()
            && let Some((module, _)) = path.rsplit_once("::")
        {
            let module = self.modules.get(module).map(|module| &module.attributes.features);
            features = module.cloned().unwrap_or_default();
            path = path.rsplit_once("::").map_or("", |(module, _)| module);
        }
        features
    }
}

/// A signature in which items have the path of their definition, and aliases are what they stand for.
pub(super) fn canonical(signature: &Signature, names: &Names) -> Signature {
    fn add(signature: &Signature, names: &Names, depth: usize, pieces: &mut Signature) {
        for piece in signature {
            let (path, index) = match piece {
                Piece::Item(path) => (path, names.find(path)),
                Piece::Text(text) => {
                    join(pieces, text);
                    continue;
                }
            };
            match index.map(|index| names.aliases.get(&index)) {
                Some(Some(target)) if depth < MOST_STEPS && pieces.len() < MOST_PIECES => {
                    add(target, names, depth + 1, pieces)
                }
                Some(_) => pieces.push(Piece::Item(names.own(path))),
                None => join(pieces, path),
            }
        }
    }
    fn join(pieces: &mut Signature, text: &str) {
        match pieces.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => pieces.push(Piece::Text(text.to_owned())),
        }
    }
    let mut pieces = Signature::new();
    add(signature, names, 0, &mut pieces);
    pieces
}

impl Names {
    /// The path at which an item is defined.
    fn own(&self, path: &str) -> String {
        let mut path = path;
        for _ in 0..MOST_STEPS {
            match self.names.get(path) {
                Some(next) if !self.definitions.contains_key(path) => path = next,
                _ => break,
            }
        }
        path.to_owned()
    }
}
