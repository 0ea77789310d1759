//! Which file of a crate imports which: every path of its code, followed through modules and re-exports to the file that
//! defines what it names. Code of tests does not count, and neither does naming a module without anything in it.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};

type Path = Vec<String>;

/// By file, the files that it imports from, each with a path that says so.
pub type Imports = BTreeMap<String, BTreeMap<String, String>>;

/// Reads the files of a crate, by their path below its `src`.
pub fn imports<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Imports {
    let mut tree = Tree::default();
    for (path, text) in files {
        if path.ends_with("tests.rs") || path.contains("/tests/") {
            continue;
        }
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        tree.read(module_of(path), path, &file.items);
    }
    let mut imports: Imports = tree
        .modules
        .values()
        .map(|module| (module.file.clone(), BTreeMap::new()))
        .collect();
    for (path, module) in &tree.modules {
        for named in &module.paths {
            let Some(target) = tree.file_of(path, named).filter(|target| *target != module.file) else {
                continue;
            };
            let of_file = imports.entry(module.file.clone()).or_default();
            of_file.entry(target).or_insert_with(|| named.join("::"));
        }
    }
    imports
}

/// The sets of files that import each other, be it by way of others.
pub fn loops(imports: &Imports) -> Vec<Vec<&str>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> = imports
        .keys()
        .map(|file| (file.as_str(), below(imports, file)))
        .collect();
    let mut found: Vec<Vec<&str>> = Vec::new();
    for (file, reached) in &reach {
        if reached.contains(file) && !found.iter().any(|known| known.contains(file)) {
            let others = reached.iter().filter(|other| reach[**other].contains(file));
            found.push(others.copied().collect());
        }
    }
    found
}

/// All files that a file imports from, be it by way of others.
fn below<'i>(imports: &'i Imports, file: &str) -> BTreeSet<&'i str> {
    let mut reached = BTreeSet::new();
    let mut pending = vec![file];
    while let Some(next) = pending.pop() {
        for target in imports.get(next).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(target.as_str()) {
                pending.push(target);
            }
        }
    }
    reached
}

/// The imports from folders that come later in a list of layers, from the lowest to the highest.
pub fn upward(imports: &Imports, layers: &[&str]) -> Vec<String> {
    let layer = |file: &str| layers.iter().position(|layer| file.split('/').next() == Some(layer));
    let mut found = Vec::new();
    for (file, targets) in imports {
        for (target, named) in targets {
            if let (Some(from), Some(to)) = (layer(file), layer(target))
                && to > from
            {
                found.push(format!(
                    "{file} imports `{named}` from {target}, which is in a higher layer"
                ));
            }
        }
    }
    found
}

/// The module that a file is.
fn module_of(path: &str) -> Path {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    match path {
        "lib" | "mod" => Path::new(),
        path => path.split('/').map(str::to_owned).collect(),
    }
}

#[derive(Default)]
struct Tree {
    modules: BTreeMap<Path, Module>,
}

#[derive(Default)]
struct Module {
    file: String,
    /// The names that are defined in it, but those of modules.
    items: BTreeSet<String>,
    /// What names that are imported stand for.
    names: BTreeMap<String, Path>,
    /// The modules of which everything is imported.
    globs: Vec<Path>,
    /// Every path in its code, those of its imports among them.
    paths: BTreeSet<Path>,
}

/// What a path names.
enum Target {
    Module(Path),
    /// What is defined in this file.
    Item(String),
}

impl Tree {
    fn read(&mut self, path: Path, file: &str, items: &[syn::Item]) {
        let mut module = Module {
            file: file.to_owned(),
            ..Module::default()
        };
        for item in items.iter().filter(|item| !is_test(attributes(item))) {
            match item {
                syn::Item::Mod(inner) => {
                    let inner_path = [path.as_slice(), &[inner.ident.to_string()]].concat();
                    if let Some((_, items)) = &inner.content {
                        self.read(inner_path, file, items);
                    }
                }
                item => {
                    module.items.extend(name_of(item));
                    module.visit_item(item);
                }
            }
        }
        self.modules.insert(path, module);
    }

    /// The file that defines what a path names.
    fn file_of(&self, from: &[String], path: &[String]) -> Option<String> {
        match self.resolve(from, path, 0)? {
            Target::Item(file) => Some(file),
            // of a module all of which is imported, anything may be meant
            Target::Module(module) if path.last().is_some_and(|last| last == "*") => {
                Some(self.modules.get(&module)?.file.clone())
            }
            Target::Module(_) => None,
        }
    }

    fn resolve(&self, from: &[String], path: &[String], depth: usize) -> Option<Target> {
        // names that stand for themselves
        if depth > 20 {
            return None;
        }
        let mut at = from.to_vec();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => {
                at.clear();
                rest = &path[1..];
            }
            "self" => rest = &path[1..],
            _ => {
                while let Some(("super", after)) = rest.split_first().map(|(first, after)| (first.as_str(), after)) {
                    at.pop()?;
                    rest = after;
                }
            }
        }
        while let Some((name, after)) = rest.split_first() {
            if name == "*" {
                break;
            }
            match self.step(&at, name, after.is_empty(), depth)? {
                Target::Module(inner) => at = inner,
                item => return Some(item),
            }
            rest = after;
        }
        Some(Target::Module(at))
    }

    /// What a name means in a module. A function may be called as a module is, and is meant where nothing follows.
    fn step(&self, at: &[String], name: &str, is_last: bool, depth: usize) -> Option<Target> {
        let module = self.modules.get(at)?;
        let inner = [at, &[name.to_owned()]].concat();
        let inner = self.modules.contains_key(&inner).then_some(Target::Module(inner));
        if inner.is_some() && !is_last {
            return inner;
        }
        if module.items.contains(name) {
            return Some(Target::Item(module.file.clone()));
        }
        let imported = module
            .names
            .get(name)
            .filter(|path| path.first().is_some_and(|first| first != name || path.len() > 1));
        let imported = imported.and_then(|path| self.resolve(at, path, depth + 1));
        let everything = || {
            module
                .globs
                .iter()
                .find_map(|glob| match self.resolve(at, glob, depth + 1)? {
                    Target::Module(module) if module != at => self.step(&module, name, is_last, depth + 1),
                    _ => None,
                })
        };
        imported.or(inner).or_else(everything)
    }
}

impl Module {
    /// Takes up what a `use` imports.
    fn import(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.import(&with(&path.ident), &path.tree),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(before, tree)),
            syn::UseTree::Glob(_) => {
                self.globs.push(before.to_vec());
                self.paths.insert([before, &["*".to_owned()]].concat());
            }
            syn::UseTree::Name(name) => self.name(&name.ident.to_string(), with(&name.ident)),
            syn::UseTree::Rename(rename) => self.name(&rename.rename.to_string(), with(&rename.ident)),
        }
    }

    fn name(&mut self, name: &str, mut path: Path) {
        let mut name = name;
        let last;
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
            last = path.last().cloned().unwrap_or_default();
            if name == "self" {
                name = &last;
            }
        }
        self.paths.insert(path.clone());
        self.names.entry(name.to_owned()).or_insert(path);
    }

    /// Takes up the paths in the text of a macro.
    fn tokens(&mut self, text: &str) {
        let mut path = Path::new();
        let mut joined = false;
        for word in words(text) {
            let is_name = word.starts_with(|first: char| first.is_alphabetic() || first == '_');
            match (word, is_name) {
                ("::", _) if !path.is_empty() => joined = true,
                (name, true) if joined || path.is_empty() => {
                    path.push(name.to_owned());
                    joined = false;
                }
                (name, _) => {
                    self.paths.insert(std::mem::take(&mut path));
                    path.extend(is_name.then(|| name.to_owned()));
                    joined = false;
                }
            }
        }
        self.paths.insert(path);
        self.paths.remove(&Path::new());
    }
}

/// The names and the signs of a text, without what is in quotes.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let mut following = rest.char_indices().skip(1);
        let end = match first {
            // a character in quotes, and not a lifetime
            '\'' if rest.starts_with("'\\") => following
                .skip(1)
                .find(|(_, c)| *c == '\'')
                .map_or(rest.len(), |(at, _)| at + 1),
            '\'' if following.nth(1).is_some_and(|(_, c)| c == '\'') => rest.chars().take(3).map(char::len_utf8).sum(),
            '"' => {
                let mut escaped = false;
                let ends = |(at, c): (usize, char)| {
                    let ends = at > 0 && c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    ends.then_some(at + 1)
                };
                rest.char_indices().find_map(ends).unwrap_or(rest.len())
            }
            _ if rest.starts_with("::") => 2,
            first if is_part(first) => rest.find(|c| !is_part(c)).unwrap_or(rest.len()),
            first => first.len_utf8(),
        };
        words.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    words
}

impl<'ast> Visit<'ast> for Module {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !is_test(&item.attrs) {
            self.import(&[], &item.tree);
        }
    }

    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_test(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if !is_test(&function.attrs) {
            visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path.segments.iter().map(|segment| segment.ident.to_string());
        self.paths.insert(names.collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, found: &'ast syn::Macro) {
        self.tokens(&found.tokens.to_string());
        visit::visit_macro(self, found);
    }
}

/// The name that an item defines.
fn name_of(item: &syn::Item) -> Option<String> {
    Some(match item {
        syn::Item::Const(item) => item.ident.to_string(),
        syn::Item::Enum(item) => item.ident.to_string(),
        syn::Item::Fn(item) => item.sig.ident.to_string(),
        syn::Item::Macro(item) => item.ident.as_ref()?.to_string(),
        syn::Item::Static(item) => item.ident.to_string(),
        syn::Item::Struct(item) => item.ident.to_string(),
        syn::Item::Trait(item) => item.ident.to_string(),
        syn::Item::Type(item) => item.ident.to_string(),
        syn::Item::Union(item) => item.ident.to_string(),
        _ => return None,
    })
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Trait(item) => &item.attrs,
        syn::Item::Type(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether something is there for tests alone.
fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => {
            let condition = list.tokens.to_string();
            list.path.is_ident("cfg") && words(&condition).contains(&"test") && !words(&condition).contains(&"not")
        }
        meta => meta.path().is_ident("test"),
    })
}
