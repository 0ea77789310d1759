//! The text of a file -> what it defines.

use super::attributes::Attributes;
use super::cursor::Cursor;
use super::item::{Definition, Found, Implementation, Member, Module, Name, Role, Sort, Takes};
use super::lex::{Token, tokens};
use super::signature::{Scope, Signature, foreign, plain};
use super::wire;

/// Reads a file, which is the module at `module`.
pub(super) fn read(text: &str, module: &[String]) -> Found {
    let mut found = Found::default();
    items(&tokens(text), module, &Attributes::default(), &mut found);
    found
}

/// An item that is not taken apart yet.
struct Item<'s, 't> {
    attributes: Attributes,
    is_public: bool,
    /// Its first words: `struct`, `impl` and so on.
    keyword: &'t str,
    line: u32,
    rest: Cursor<'s, 't>,
}

fn items(tokens: &[Token<'_>], module: &[String], outer: &Attributes, found: &mut Found) {
    let split = split(tokens);
    let mut scope = Scope::new(module);
    for item in &split {
        let name = item.rest.clone().word();
        if let Some(name) = name.filter(|_| !matches!(item.keyword, "use" | "impl")) {
            scope.define(name);
        }
    }
    for item in split.iter().filter(|item| item.keyword == "use") {
        for (name, path) in imports(item.rest) {
            let path = scope.path(&path).unwrap_or_else(foreign);
            scope.import(name, path);
        }
    }
    let mut reader = Reader { scope, module, found };
    for mut item in split {
        item.attributes.features.extend(outer.features.iter().cloned());
        reader.item(item);
    }
}

/// The items of a module.
fn split<'s, 't>(tokens: &'s [Token<'t>]) -> Vec<Item<'s, 't>> {
    let mut cursor = Cursor::new(tokens);
    let mut items = Vec::new();
    while cursor.peek().is_some() {
        let attributes = Attributes::take(&mut cursor);
        let is_public = visibility(&mut cursor);
        let line = cursor.peek().map_or(0, |token| token.line);
        while ["unsafe", "async"].iter().any(|word| cursor.is(word)) || is_const_function(cursor) {
            cursor.next();
        }
        let Some(keyword) = cursor.word() else {
            cursor.next();
            continue;
        };
        let start = cursor;
        // what follows an item ends it: a body in braces, or a semicolon
        loop {
            let ends = [";", "{"];
            cursor.until(&ends);
            if cursor.is("{") && keyword != "use" && !matches!(keyword, "const" | "static" | "type") {
                cursor.group();
                break;
            }
            match cursor.peek() {
                Some(token) if token.is("{") => drop(cursor.group()),
                _ => {
                    cursor.next();
                    break;
                }
            }
        }
        items.push(Item {
            attributes,
            is_public,
            keyword,
            line,
            rest: start,
        });
    }
    items
}

fn is_const_function(mut cursor: Cursor<'_, '_>) -> bool {
    cursor.eat("const") && ["fn", "unsafe", "async"].iter().any(|word| cursor.is(word))
}

/// Takes the visibility; whether it is for everybody.
fn visibility(cursor: &mut Cursor<'_, '_>) -> bool {
    cursor.eat("pub") && cursor.group().is_none()
}

/// The names that a `use` makes, with their paths.
fn imports<'t>(mut cursor: Cursor<'_, 't>) -> Vec<(&'t str, Vec<&'t str>)> {
    fn tree<'t>(cursor: &mut Cursor<'_, 't>, before: &[&'t str], found: &mut Vec<(&'t str, Vec<&'t str>)>) {
        let mut path = before.to_vec();
        cursor.eat("::");
        loop {
            if let Some(group) = cursor.group() {
                for part in Cursor::new(group).list() {
                    tree(&mut Cursor::new(part), &path, found);
                }
                return;
            }
            let Some(word) = cursor.word() else { return };
            if word == "self" && !path.is_empty() {
                break;
            }
            path.push(word);
            if !cursor.eat("::") {
                break;
            }
        }
        let name = if cursor.eat("as") {
            cursor.word()
        } else {
            path.last().copied()
        };
        if let Some(name) = name.filter(|name| *name != "_") {
            found.push((name, path));
        }
    }
    let mut found = Vec::new();
    tree(&mut cursor, &[], &mut found);
    found
}

struct Reader<'n, 'f> {
    scope: Scope<'n>,
    module: &'n [String],
    found: &'f mut Found,
}

impl Reader<'_, '_> {
    fn item(&mut self, mut item: Item<'_, '_>) {
        match item.keyword {
            "use" => self.names(&item),
            "mod" => self.module(&item),
            "impl" => self.implementation(item),
            "struct" | "enum" | "trait" | "type" | "const" | "static" => {
                if let Some(name) = item.rest.word() {
                    self.definition(name, item);
                }
            }
            "fn" if item.is_public => {
                let line = item.line;
                let attributes = item.attributes.clone();
                if let Some(member) = self.function(&mut item.rest, attributes.clone(), line) {
                    let definition = self.blank(&member.name.clone(), Sort::Function, &item);
                    self.found.definitions.push(Definition {
                        members: vec![member],
                        ..definition
                    });
                }
            }
            _ => {}
        }
    }

    fn below(&self, name: &str) -> Vec<String> {
        self.module.iter().cloned().chain([plain(name)]).collect()
    }

    fn names(&mut self, item: &Item<'_, '_>) {
        for (name, path) in imports(item.rest) {
            let (target, is_foreign) = match self.scope.path(&path) {
                Ok(path) => (path.join("::"), false),
                Err(path) => (path.join("::"), true),
            };
            self.found.names.push(Name {
                path: self.below(name).join("::"),
                target,
                is_foreign,
                is_public: item.is_public,
                attributes: item.attributes.clone(),
                line: item.line,
            });
        }
    }

    fn module(&mut self, item: &Item<'_, '_>) {
        let mut rest = item.rest;
        let Some(name) = rest.word() else { return };
        let path = self.below(name);
        self.found.modules.push(Module {
            path: path.join("::"),
            is_public: item.is_public,
            attributes: item.attributes.clone(),
        });
        if let Some(inside) = rest.group() {
            items(inside, &path, &item.attributes, self.found);
        }
    }

    fn blank(&self, name: &str, sort: Sort, item: &Item<'_, '_>) -> Definition {
        Definition {
            path: self.below(name).join("::"),
            sort,
            is_public: item.is_public,
            generics: Signature::new(),
            target: Signature::new(),
            members: Vec::new(),
            has_private: false,
            attributes: item.attributes.clone(),
            line: item.line,
        }
    }

    fn definition(&mut self, name: &str, mut item: Item<'_, '_>) {
        let sort = match item.keyword {
            "struct" => Sort::Struct,
            "enum" => Sort::Enum,
            "trait" => Sort::Trait,
            "type" => Sort::Alias,
            _ => Sort::Constant,
        };
        let mut definition = self.blank(name, sort, &item);
        let rest = &mut item.rest;
        definition.generics = self.scope.signature(rest.generics());
        match sort {
            Sort::Struct => self.fields(rest, &mut definition),
            Sort::Enum => self.variants(rest, &mut definition),
            Sort::Alias if rest.eat("=") => definition.target = self.scope.signature(rest.until(&[";"])),
            Sort::Constant if rest.eat(":") => definition.target = self.scope.signature(rest.until(&["=", ";"])),
            Sort::Trait if rest.eat(":") => definition.target = self.scope.signature(rest.until(&["where", "{"])),
            _ => {}
        }
        self.found.definitions.push(definition);
    }

    fn fields(&self, rest: &mut Cursor<'_, '_>, definition: &mut Definition) {
        let named = !rest.is("(");
        if named {
            rest.until(&["{", ";"]);
        }
        for (index, part) in Cursor::new(rest.group().unwrap_or_default())
            .list()
            .into_iter()
            .enumerate()
        {
            let mut part = Cursor::new(part);
            let attributes = Attributes::take(&mut part);
            if !visibility(&mut part) {
                definition.has_private = true;
                continue;
            }
            let line = part.peek().map_or(definition.line, |token| token.line);
            let name = match named.then(|| part.word()).flatten() {
                Some(name) => plain(name),
                None => index.to_string(),
            };
            part.eat(":");
            let ty = self.scope.signature(part.until(&[]));
            definition.members.push(member(name, Role::Field, ty, attributes, line));
        }
    }

    fn variants(&self, rest: &mut Cursor<'_, '_>, definition: &mut Definition) {
        rest.until(&["{"]);
        for part in Cursor::new(rest.group().unwrap_or_default()).list() {
            let mut part = Cursor::new(part);
            let attributes = Attributes::take(&mut part);
            let line = part.peek().map_or(definition.line, |token| token.line);
            let Some(name) = part.word() else { continue };
            let ty = self.scope.signature(part.until(&["="]));
            definition
                .members
                .push(member(plain(name), Role::Variant, ty, attributes, line));
        }
    }

    fn implementation(&mut self, item: Item<'_, '_>) {
        let mut rest = item.rest;
        let generics = self.scope.signature(rest.generics());
        let first = rest.until(&["for", "where", "{"]);
        let second = rest.eat("for").then(|| rest.until(&["where", "{"]));
        rest.until(&["{"]);
        let body = rest.group().unwrap_or_default();
        let (of_trait, subject) = match second {
            Some(subject) => (Some(first), subject),
            None => (None, first),
        };
        let subject = self.scope.signature(subject);
        let of_trait = of_trait.map(|of_trait| self.scope.signature(of_trait));
        let members = self.members(body, of_trait.is_some());
        self.found.implementations.push(Implementation {
            generics,
            subject,
            members,
            wire: wire::names(body),
            of_trait,
            attributes: item.attributes,
        });
    }

    /// The members of an `impl` that programs may name.
    fn members(&self, body: &[Token<'_>], of_trait: bool) -> Vec<Member> {
        let mut members = Vec::new();
        for mut item in split(body) {
            match item.keyword {
                "fn" if item.is_public => {
                    members.extend(self.function(&mut item.rest, item.attributes, item.line));
                }
                "const" | "type" if item.is_public || of_trait => {
                    let Some(name) = item.rest.word() else { continue };
                    let is_type = item.keyword == "type";
                    item.rest.generics();
                    let ty = if item.rest.eat(":") {
                        item.rest.until(&["=", ";"])
                    } else {
                        &[]
                    };
                    let value = if item.rest.eat("=") {
                        item.rest.until(&[";"])
                    } else {
                        &[]
                    };
                    let (role, ty) = if is_type {
                        (Role::Associated, value)
                    } else {
                        (Role::Constant, ty)
                    };
                    let mut member = member(plain(name), role, self.scope.signature(ty), item.attributes, item.line);
                    if !is_type {
                        member.wire = wire::value(value);
                    }
                    members.push(member);
                }
                _ => {}
            }
        }
        members
    }

    fn function(&self, rest: &mut Cursor<'_, '_>, attributes: Attributes, line: u32) -> Option<Member> {
        let name = plain(rest.word()?);
        let mut takes = Takes {
            generics: self.scope.signature(rest.generics()),
            ..Takes::default()
        };
        for part in Cursor::new(rest.group()?).list() {
            let mut part = Cursor::new(part);
            Attributes::take(&mut part);
            let pattern = part.until(&[":"]);
            let last = pattern.last().map_or("", |token| token.text);
            if last == "self" {
                let words = pattern.iter().map(|token| token.text).filter(|word| *word != "mut");
                takes.receiver = words.collect();
                continue;
            }
            part.eat(":");
            let ty = self.scope.signature(part.until(&[]));
            takes.arguments.push((plain(last), ty));
        }
        let ty = if rest.eat("->") {
            rest.until(&["{", ";", "where"])
        } else {
            &[]
        };
        takes.bounds = self.scope.signature(rest.until(&["{", ";"]));
        let body = rest.group().unwrap_or_default();
        let mut member = member(name, Role::Function, self.scope.signature(ty), attributes, line);
        member.takes = takes;
        member.wire = wire::sent(body);
        Some(member)
    }
}

fn member(name: String, role: Role, ty: Signature, attributes: Attributes, line: u32) -> Member {
    Member {
        name,
        role,
        ty,
        takes: Takes::default(),
        wire: String::new(),
        attributes,
        line,
    }
}
