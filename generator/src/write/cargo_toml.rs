//! Merges the generated `Cargo.toml` into the one on disk, so that what users add to it is kept.
//!
//! Three texts are compared key by key: what Envoi wrote last time, what it writes now, and what is on disk. A value is
//! Envoi's while it is the one that Envoi wrote; every other value on disk is the user's.

use semver::Version;
use serde_json::Value as Plain;
use toml_edit::{Array, ArrayOfTables, Decor, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::options::WriteOptions;
use crate::output::{FIRST_VERSION, MARKER};

/// `Cargo.toml` with what users added to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) text: String,
    /// Keys whose value the user changed, and for which Envoi now has another value; `text` has that of Envoi.
    pub(super) conflicts: Vec<String>,
}

/// Merges `generated` into `found`. `before` is what was generated last time, as far as that is known. `None` if `found`
/// is no TOML.
pub(super) fn merge(found: &str, before: Option<&str>, generated: &str, options: WriteOptions) -> Option<Merged> {
    let found = found.replace("\r\n", "\n");
    if before == Some(found.as_str()) {
        let text = generated.to_owned();
        return Some(Merged {
            text,
            conflicts: Vec::new(),
        });
    }
    let mut user: DocumentMut = found.parse().ok()?;
    let new: DocumentMut = generated.parse().ok()?;
    let old: Option<DocumentMut> = before.and_then(|text| text.parse().ok());
    let mut merge = Merge {
        options,
        known: old.is_some(),
        path: Vec::new(),
        conflicts: Vec::new(),
    };
    let old = old.as_ref().map(|document| document.as_table() as &dyn TableLike);
    merge.header(user.as_table_mut(), old, new.as_table());
    merge.tables(user.as_table_mut(), old, new.as_table());
    Some(Merged {
        text: user.to_string(),
        conflicts: merge.conflicts,
    })
}

/// Why a text is no TOML.
pub(super) fn fault(text: &str) -> Option<String> {
    let error = text.parse::<DocumentMut>().err()?;
    Some(error.message().to_owned())
}

struct Merge {
    options: WriteOptions,
    /// Whether it is known what was generated last time.
    known: bool,
    /// The keys that lead to what is being merged.
    path: Vec<String>,
    conflicts: Vec<String>,
}

impl Merge {
    /// Merges the comment above the first table.
    fn header(&self, user: &mut Table, old: Option<&dyn TableLike>, new: &Table) {
        const FIRST: &str = "package";
        let prefix = |item: Option<&Item>| prefix(item?.as_table()?.decor());
        let old = prefix(old.and_then(|old| old.get(FIRST)));
        let Some(Item::Table(user)) = user.get_mut(FIRST) else {
            return;
        };
        let found = self::prefix(user.decor());
        let is_ours = match self.known {
            true => found == old,
            false => found.as_ref().is_some_and(|comment| comment.contains(MARKER)),
        };
        if let (true, Some(new)) = (is_ours, prefix(new.get(FIRST))) {
            user.decor_mut().set_prefix(new);
        }
    }

    fn tables(&mut self, user: &mut dyn TableLike, old: Option<&dyn TableLike>, new: &dyn TableLike) {
        for (key, old) in old.iter().flat_map(|old| old.iter()) {
            if !new.contains_key(key) {
                remove(user, key, old);
            }
        }
        for (key, item) in new.iter() {
            let before = old.and_then(|old| old.get(key));
            self.path.push(key.to_owned());
            let has_license = self.has_license(user, key);
            match user.get_mut(key) {
                // The user added it before Envoi needed it.
                Some(found) if self.known && before.is_none() && self.is_dependency() => add_features(found, item),
                Some(found) => {
                    self.item(found, before, item);
                    comment(user, old, new, key);
                }
                // The user says it by the other key; cargo takes one of both.
                None if has_license => {}
                // The user deleted it.
                None if before.is_some() && !self.options.force && !self.is_needed() => {}
                None => insert(user, new, key, item),
            }
            self.path.pop();
        }
    }

    fn item(&mut self, user: &mut Item, old: Option<&Item>, new: &Item) {
        if plain(user) == plain(new) {
            return;
        }
        if self.path.first().is_some_and(|table| table.ends_with("dependencies")) && user.is_str() != new.is_str() {
            let (full, old) = (requirement(new), old.map(requirement));
            *user = match old.as_ref().is_some_and(|old| plain(old) == plain(&requirement(user))) {
                true => new.clone(),
                false => requirement(user),
            };
            return self.item(user, old.as_ref(), &full);
        }
        let before = old.and_then(Item::as_table_like);
        if let (Some(user), Some(new)) = (user.as_table_like_mut(), new.as_table_like()) {
            return self.tables(user, before, new);
        }
        let before = old.and_then(Item::as_array_of_tables);
        if let (Some(user), Some(new)) = (user.as_array_of_tables_mut(), new.as_array_of_tables()) {
            return self.named_tables(user, before, new);
        }
        let before = old.and_then(Item::as_array);
        if let (Some(user), Some(new)) = (user.as_array_mut(), new.as_array()) {
            return list(user, before, new);
        }
        if self.takes(user, old, new) {
            set(user, new);
        }
    }

    /// Whether a key of the license is to be added to a package that has the other one.
    fn has_license(&self, user: &dyn TableLike, key: &str) -> bool {
        let other = match (self.path.first().map(String::as_str), key) {
            (Some("package"), "license") => "license-file",
            (Some("package"), "license-file") => "license",
            _ => return false,
        };
        self.path.len() == 2 && user.contains_key(other)
    }

    /// Whether what is merged is a dependency.
    fn is_dependency(&self) -> bool {
        matches!(self.path.as_slice(), [table, _] if table.ends_with("dependencies"))
    }

    /// Whether the crate does not compile without what is merged: dependencies and features that its code names.
    fn is_needed(&self) -> bool {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["package" | "features"] | ["features", _] | ["package", "name" | "edition"] => true,
            [table] | [table, _] => table.ends_with("dependencies"),
            _ => false,
        }
    }

    /// Whether a value that differs from the generated one is replaced.
    fn takes(&mut self, user: &Item, old: Option<&Item>, new: &Item) -> bool {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        let is_version = path == ["package", "version"];
        let Some(old) = old.filter(|_| self.known) else {
            // Without a record, what Envoi generates counts, as if it had never been changed.
            return match is_version {
                true => user.as_str() == Some(FIRST_VERSION) || self.options.fixed_version && is_older(user, new),
                false => !self.known || self.options.force,
            };
        };
        if plain(user) == plain(old) {
            return true;
        }
        let has_new = plain(old) != plain(new);
        match path.first() {
            // How a package is described and published is up to the user.
            Some(&"package") => is_version && self.options.fixed_version && has_new,
            _ if self.options.force => true,
            _ => {
                if has_new {
                    self.conflicts.push(self.path.join("."));
                }
                has_new
            }
        }
    }

    /// Merges lists of tables that have a `name`, such as `[[example]]`.
    fn named_tables(&mut self, user: &mut ArrayOfTables, old: Option<&ArrayOfTables>, new: &ArrayOfTables) {
        for gone in old
            .iter()
            .flat_map(|old| old.iter())
            .filter(|old| named(new, old).is_none())
        {
            user.retain(|table| plain_table(table) != plain_table(gone));
        }
        for table in new {
            let before = old.and_then(|old| named(old, table));
            let place = user.iter().position(|found| name(found) == name(table));
            match place.and_then(|place| user.get_mut(place)) {
                Some(found) => self.tables(found, before.map(|old| old as &dyn TableLike), table),
                None if before.is_some() && !self.options.force => {}
                None => {
                    let mut table = table.clone();
                    table.set_position(None);
                    user.push(table);
                }
            }
        }
    }
}

/// Whether a version is smaller than the generated one, or is none.
fn is_older(user: &Item, new: &Item) -> bool {
    let version = |item: &Item| Version::parse(item.as_str()?).ok();
    match (version(user), version(new)) {
        (Some(user), Some(new)) => user < new,
        _ => user.is_str(),
    }
}

/// Removes a value that is no longer generated, unless the user changed it.
fn remove(user: &mut dyn TableLike, key: &str, old: &Item) {
    let Some(found) = user.get_mut(key) else {
        return;
    };
    if plain(found) == plain(old) {
        user.remove(key);
        return;
    }
    // Tables are where users add keys; a changed dependency or feature is kept whole.
    if let (Item::Table(found), Item::Table(old)) = (&mut *found, old) {
        old.iter().for_each(|(key, old)| remove(found, key, old));
    }
    if let (Item::ArrayOfTables(found), Item::ArrayOfTables(old)) = (found, old) {
        found.retain(|table| !old.iter().any(|old| plain_table(old) == plain_table(table)));
    }
}

/// Adds a key with its comment.
fn insert(user: &mut dyn TableLike, new: &dyn TableLike, key: &str, item: &Item) {
    let mut item = item.clone();
    match &mut item {
        Item::Table(table) => table.set_position(None),
        Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|table| table.set_position(None)),
        _ => {}
    }
    user.insert(key, item);
    let comment = new.key(key).and_then(|key| prefix(key.leaf_decor()));
    if let (Some(comment), Some(mut key)) = (comment, user.key_mut(key)) {
        key.leaf_decor_mut().set_prefix(comment);
    }
}

/// Replaces the comment above a key, if it is still the generated one.
fn comment(user: &mut dyn TableLike, old: Option<&dyn TableLike>, new: &dyn TableLike, key: &str) {
    let of = |table: &dyn TableLike| table.key(key).and_then(|key| prefix(key.leaf_decor()));
    let (Some(old), found, new) = (old.filter(|old| old.contains_key(key)), of(user), of(new)) else {
        return;
    };
    let is_ours = found == of(old) && found != new;
    if let (true, Some(mut key)) = (is_ours, user.key_mut(key)) {
        key.leaf_decor_mut().set_prefix(new.unwrap_or_default());
    }
}

/// Replaces a value, and keeps what stands around it.
fn set(user: &mut Item, new: &Item) {
    match (user, new.as_value()) {
        (Item::Value(user), Some(new)) => {
            let decor = user.decor().clone();
            *user = new.clone();
            *user.decor_mut() = decor;
        }
        (user, _) => *user = new.clone(),
    }
}

/// Adds and removes the items of a list that the generated one gained and lost.
fn list(user: &mut Array, old: Option<&Array>, new: &Array) {
    let has = |list: &Array, item: &Value| list.iter().any(|other| plain_value(other) == plain_value(item));
    let lost = |item: &Value| old.is_some_and(|old| has(old, item)) && !has(new, item);
    let indent = user
        .iter()
        .find_map(|item| prefix(item.decor()).filter(|indent| indent.contains('\n')));
    user.retain(|item| !lost(item));
    for item in new {
        if has(user, item) || old.is_some_and(|old| has(old, item)) {
            continue;
        }
        match &indent {
            Some(indent) => user.push_formatted(item.clone().decorated(indent, "")),
            None => user.push(item.clone()),
        }
    }
    if indent.is_none() {
        user.fmt();
    }
}

/// Adds the features that the generated code needs to a dependency that is the user's.
fn add_features(user: &mut Item, new: &Item) {
    const FEATURES: &str = "features";
    let Some(needed) = new.as_table_like().and_then(|new| new.get(FEATURES)) else {
        return;
    };
    if user.is_str() {
        set(user, &requirement(user));
    }
    let Some(table) = user.as_table_like_mut() else {
        return;
    };
    match (table.get_mut(FEATURES).and_then(Item::as_array_mut), needed.as_array()) {
        (Some(features), Some(needed)) => list(features, None, needed),
        (None, Some(needed)) => {
            let mut needed = needed.clone();
            needed.decor_mut().clear();
            table.insert(FEATURES, Item::Value(needed.into()));
            if let Some(table) = user.as_inline_table_mut() {
                table.fmt();
            }
        }
        (_, None) => {}
    }
}

/// A dependency as a table: `"1"` is `{ version = "1" }`.
fn requirement(item: &Item) -> Item {
    match item.as_str() {
        Some(version) => Item::Value(InlineTable::from_iter([("version", version)]).into()),
        None => item.clone(),
    }
}

fn named<'t>(tables: &'t ArrayOfTables, other: &Table) -> Option<&'t Table> {
    tables.iter().find(|table| name(table) == name(other))
}

fn name(table: &Table) -> Option<&str> {
    table.get("name")?.as_str()
}

fn prefix(decor: &Decor) -> Option<String> {
    decor.prefix()?.as_str().map(str::to_owned)
}

/// A value without comments and spaces, to be compared.
fn plain(item: &Item) -> Plain {
    match item {
        Item::None => Plain::Null,
        Item::Value(value) => plain_value(value),
        Item::Table(table) => plain_table(table),
        Item::ArrayOfTables(tables) => tables.iter().map(|table| plain_table(table)).collect(),
    }
}

fn plain_table(table: &dyn TableLike) -> Plain {
    table.iter().map(|(key, item)| (key.to_owned(), plain(item))).collect()
}

fn plain_value(value: &Value) -> Plain {
    match value {
        Value::String(text) => text.value().as_str().into(),
        Value::Integer(number) => (*number.value()).into(),
        Value::Boolean(flag) => (*flag.value()).into(),
        Value::Float(number) => number.value().to_string().into(),
        Value::Datetime(time) => time.value().to_string().into(),
        Value::Array(items) => items.iter().map(plain_value).collect(),
        Value::InlineTable(table) => plain_table(table),
    }
}
