//! The Rust files of a client -> its public API.

use std::collections::BTreeMap;

use super::api::{Surface, Type};
use super::calls::calls;
use super::item::{Definition, Found, Implementation, Member, Role, Sort};
use super::names::{Names, canonical};
use super::operation::Info;
use super::read::read;
use super::signature::{Piece, Signature, items};
use super::wire::statics;
use crate::output::OutputFile;
use crate::parallel;

impl Surface {
    /// Reads the files of a crate; files that are not Rust, and the runtime, are ignored.
    pub(crate) fn read(files: &[OutputFile]) -> Self {
        let modules: Vec<Option<Vec<String>>> = files.iter().map(|file| module_of(&file.path)).collect();
        let pieces: Vec<_> = files.iter().zip(&modules).collect();
        let found = parallel::map(&pieces, |(file, module)| {
            module
                .as_ref()
                .map_or_else(Found::default, |module| read(&file.text, module))
        });
        let mut surface = Self::gather(found, &modules);
        surface.schemes = files.iter().flat_map(schemes).collect();
        surface.files = files.iter().map(|file| file.path.clone()).collect();
        surface
    }

    fn gather(found: Vec<Found>, modules: &[Option<Vec<String>>]) -> Self {
        let mut definitions = Vec::new();
        let mut implementations = Vec::new();
        let mut names = Names::default();
        for (file, (found, module)) in found.into_iter().zip(modules).enumerate() {
            let place = module.as_ref().map_or_else(String::new, |module| module.join("::"));
            implementations.extend(found.implementations.into_iter().map(|one| (place.clone(), one)));
            found.modules.into_iter().for_each(|module| names.module(module));
            for name in found.names {
                definitions.extend(names.name(name).map(|definition| (file, definition)));
            }
            definitions.extend(found.definitions.into_iter().map(|definition| (file, definition)));
        }
        for (index, (_, definition)) in definitions.iter().enumerate() {
            names.definition(index, definition);
        }
        let public = names.public(&definitions);
        let mut types: Vec<Type> = definitions
            .into_iter()
            .map(|(file, definition)| Type::new(file, definition, &names))
            .collect();
        for (path, index) in &public {
            types[*index].paths.push(path.clone());
        }
        for one in &mut types {
            let own = &one.definition.path;
            let last = own.rsplit("::").next().unwrap_or_default().to_owned();
            one.paths
                .sort_by_key(|path| (path.rsplit("::").next() != Some(&last), path.len()));
        }
        attach(&mut types, &names, implementations);
        resolve(&mut types, &names);
        let calls = calls(&mut types);
        let files = Vec::new();
        Self {
            types,
            public,
            calls,
            schemes: BTreeMap::new(),
            files,
        }
    }
}

/// How the client of a file sends its credentials.
fn schemes(file: &OutputFile) -> Vec<((String, String), String)> {
    let Some(folder) = file.path.strip_suffix("security.rs") else {
        return Vec::new();
    };
    let module = folder.trim_start_matches("src/").replace('/', "::");
    let statics = statics(&file.text).into_iter();
    statics
        .map(|(name, value)| ((module.clone(), name.to_ascii_lowercase()), value))
        .collect()
}

impl Type {
    fn new(file: usize, mut definition: Definition, names: &Names) -> Self {
        let features = names.gate(&definition.path, &definition.attributes.features);
        let derives = std::mem::take(&mut definition.attributes.derives);
        Self {
            file,
            functions: Vec::new(),
            traits: derives.into_iter().collect(),
            associated: BTreeMap::new(),
            wire: BTreeMap::new(),
            operation: None,
            paths: Vec::new(),
            features,
            definition,
        }
    }
}

/// The module of a file below `src`; none for what is no Rust, and for the runtime.
fn module_of(path: &str) -> Option<Vec<String>> {
    let path = path.strip_prefix("src/").unwrap_or(path).strip_suffix(".rs")?;
    let mut words: Vec<String> = path.split('/').map(str::to_owned).collect();
    if words
        .first()
        .is_some_and(|first| first == "runtime" || first == "examples")
    {
        return None;
    }
    let is_root = words.len() == 1 && matches!(words[0].as_str(), "lib" | "mod");
    if is_root || words.last().is_some_and(|last| last == "mod") {
        words.pop();
    }
    Some(words)
}

/// Gives every `impl` to the types it is about.
fn attach(types: &mut [Type], names: &Names, implementations: Vec<(String, Implementation)>) {
    // the functions that a request has where its operation has a trait
    let mut of_traits: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
    let mut marked: Vec<(usize, usize)> = Vec::new();
    for (place, one) in implementations {
        let gate = names.gate(&format!("{place}::"), &one.attributes.features);
        let of_subject: Vec<usize> = items(&one.subject).filter_map(|path| names.find(path)).collect();
        let bound = items(&one.generics).find_map(|path| names.find(path));
        let Some(of_trait) = &one.of_trait else {
            match (of_subject.as_slice(), bound) {
                ([_], Some(bound)) => of_traits.entry(bound).or_default().extend(one.members),
                ([.., owner], _) => {
                    types[*owner].functions.extend(one.members);
                    types[*owner].wire(one.wire);
                }
                ([], _) => {}
            }
            continue;
        };
        let named = items(of_trait).filter_map(|path| names.find(path)).last();
        let Some(owner) = of_subject.first().copied().or(named) else {
            continue;
        };
        if of_subject.is_empty() {
            let subject = format!("{} for {}", text(of_trait, names), text(&one.subject, names));
            types[owner].traits.insert(subject, false);
            types[owner].wire(one.wire);
        } else if let Some(bound) = named.filter(|named| types[*named].sort() == Sort::Trait) {
            marked.push((owner, bound));
        } else {
            let gated = !gate.is_empty() && gate != types[owner].features;
            types[owner].implement(text(of_trait, names), one, gated);
        }
    }
    for (owner, bound) in marked {
        let shared = of_traits.get(&bound).cloned().unwrap_or_default();
        types[owner].functions.extend(shared);
    }
    for (bound, members) in of_traits {
        types[bound].functions = members;
    }
}

impl Type {
    fn implement(&mut self, of_trait: String, one: Implementation, gated: bool) {
        for member in one.members {
            match member.role {
                Role::Associated => {
                    self.associated.insert(member.name, member.ty);
                }
                Role::Constant if member.name == "INFO" => self.operation = Some(Info::read(&member.wire)),
                Role::Constant => drop(self.wire.insert(member.name, member.wire)),
                _ => {}
            }
        }
        self.wire(one.wire);
        let gated = gated && self.traits.get(&of_trait).copied().unwrap_or(true);
        self.traits.insert(of_trait, gated);
    }

    fn wire(&mut self, wire: Vec<(String, String)>) {
        for (name, value) in wire {
            let known = self.wire.entry(name).or_default();
            if !known.contains(&value) {
                let comma = if known.is_empty() { "" } else { ", " };
                known.push_str(comma);
                known.push_str(&value);
            }
        }
    }
}

/// A trait or type as a text, without the modules that lead to it.
fn text(signature: &Signature, names: &Names) -> String {
    let pieces = canonical(signature, names);
    let words = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.as_str(),
        Piece::Item(path) => path.rsplit("::").next().unwrap_or(path),
    });
    let text: String = words.collect();
    let head = text.find('<').unwrap_or(text.len());
    let start = text[..head].rfind("::").map_or(0, |at| at + 2);
    text[start..].to_owned()
}

/// Follows the names in all signatures to what they stand for.
fn resolve(types: &mut [Type], names: &Names) {
    let each = |signature: &mut Signature| *signature = canonical(signature, names);
    for one in types {
        each(&mut one.definition.target);
        each(&mut one.definition.generics);
        for member in one.definition.members.iter_mut().chain(&mut one.functions) {
            each(&mut member.ty);
            each(&mut member.takes.generics);
            each(&mut member.takes.bounds);
            member.takes.arguments.iter_mut().for_each(|(_, ty)| each(ty));
        }
        one.associated.values_mut().for_each(each);
    }
}
