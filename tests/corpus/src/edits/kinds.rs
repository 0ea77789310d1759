//! The kinds of edits.

use std::collections::BTreeSet;

use envoi::{Named, Pointer};
use serde_json::{Map, Value, json};

use super::places::{operations, places, schemas};
use crate::random::Random;

/// An edit that was made.
#[derive(Default)]
pub struct Edit {
    pub shown: Shown,
    /// A list that something was put into, and its position.
    inserted: Option<(Pointer, usize)>,
    /// Whether the text has other spaces and lines.
    pub spread: bool,
    /// Whether the file has another name.
    pub elsewhere: bool,
}

impl Edit {
    fn added() -> Self {
        Self {
            shown: Shown::Added(MARK, BTreeSet::new()),
            ..Self::default()
        }
    }

    /// Where what was at a place is now.
    pub fn place(&self, at: &str) -> String {
        let Some((list, position)) = &self.inserted else {
            return at.to_owned();
        };
        let rest = at.strip_prefix(list.as_str()).and_then(|rest| rest.strip_prefix('/'));
        let Some(rest) = rest else { return at.to_owned() };
        let (index, below) = rest
            .split_once('/')
            .map_or((rest, String::new()), |(index, below)| (index, format!("/{below}")));
        match index.parse::<usize>() {
            Ok(index) if index >= *position => format!("{}/{}{below}", list.as_str(), index + 1),
            _ => at.to_owned(),
        }
    }
}

/// What files show if they have to change.
#[derive(Default)]
pub enum Shown {
    #[default]
    Nothing,
    /// These letters, or one of these words, which are those of the operation that it was added to.
    Added(&'static str, BTreeSet<String>),
    /// One of these words, which are those of an operation that is gone.
    Removed(BTreeSet<String>),
    /// One of these words, which are those of operations that stand elsewhere.
    Moved(BTreeSet<String>),
}

/// A kind of edits.
pub struct Kind {
    pub name: &'static str,
    /// Edits a document, if it has a place for that.
    pub apply: fn(&mut Value, &mut Random, &[Named]) -> Option<Edit>,
}

pub const KINDS: [Kind; 12] = [
    Kind {
        name: "white space",
        apply: white_space,
    },
    Kind {
        name: "fields in another order",
        apply: order,
    },
    Kind {
        name: "another file name",
        apply: file_name,
    },
    Kind {
        name: "new optional property",
        apply: property,
    },
    Kind {
        name: "new operation in front",
        apply: operation_in_front,
    },
    Kind {
        name: "new operation of a tag",
        apply: operation_of_tag,
    },
    Kind {
        name: "new schema in front",
        apply: schema,
    },
    Kind {
        name: "removed operation",
        apply: removed,
    },
    Kind {
        name: "path moved to the end",
        apply: moved,
    },
    Kind {
        name: "new branch of a union",
        apply: branch,
    },
    Kind {
        name: "new enum value",
        apply: value,
    },
    Kind {
        name: "new response status",
        apply: status,
    },
];

/// What is in all that is added, as letters.
const MARK: &str = "quokka";

/// Objects whose keys the specification lists, by one of those that they have to have.
const FIXED: [&str; 6] = ["responses", "schema", "type", "title", "in", "content"];

fn white_space(_: &mut Value, _: &mut Random, _: &[Named]) -> Option<Edit> {
    Some(Edit {
        spread: true,
        ..Edit::default()
    })
}

fn file_name(_: &mut Value, _: &mut Random, _: &[Named]) -> Option<Edit> {
    Some(Edit {
        elsewhere: true,
        ..Edit::default()
    })
}

/// The order of the keys of operations, parameters and schemas means nothing; that of paths, properties and other maps
/// is the order of the client.
fn order(root: &mut Value, _: &mut Random, _: &[Named]) -> Option<Edit> {
    let fixed = places(root, |at, value| {
        let named = [
            "properties",
            "schemas",
            "definitions",
            "patternProperties",
            "responses",
            "parameters",
        ];
        let parent = at.last();
        let keys = value
            .as_object()
            .is_some_and(|object| FIXED.iter().any(|key| object.contains_key(*key)));
        keys && !named.contains(&parent.as_str())
    });
    for at in fixed {
        if let Some(Value::Object(members)) = root.pointer_mut(at.as_str()) {
            *members = std::mem::take(members).into_iter().rev().collect();
        }
    }
    Some(Edit::default())
}

fn chosen(mut found: Vec<Pointer>, random: &mut Random) -> Option<Pointer> {
    (!found.is_empty()).then(|| found.swap_remove(random.below(found.len())))
}

fn property(root: &mut Value, random: &mut Random, _: &[Named]) -> Option<Edit> {
    let objects = places(root, |at, value| {
        let object = value.get("properties").and_then(Value::as_object);
        object.is_some_and(|object| !object.is_empty()) && at.last() != "properties" && value.get("allOf").is_none()
    });
    let at = chosen(objects, random)?.child("properties");
    let members = root.pointer_mut(at.as_str())?.as_object_mut()?;
    members.insert("quokkaCount".to_owned(), json!({ "type": "string" }));
    Some(Edit::added())
}

/// An operation that has nothing to do with the others.
fn new_operation(tag: Option<&Value>) -> Value {
    let mut operation = json!({
        "operationId": "feedQuokka",
        "responses": { "204": { "description": "Fed." } },
    });
    if let Some(tag) = tag {
        operation["tags"] = json!([tag]);
    }
    operation
}

fn put_first(members: &mut Map<String, Value>, key: &str, value: Value) {
    let others = std::mem::take(members);
    members.insert(key.to_owned(), value);
    members.extend(others);
}

fn operation_in_front(root: &mut Value, random: &mut Random, _: &[Named]) -> Option<Edit> {
    let all = operations(root);
    let tag = chosen(all, random).and_then(|at| root.pointer(at.as_str())?.get("tags")?.get(0).cloned());
    let paths = root.get_mut("paths")?.as_object_mut()?;
    put_first(paths, "/quokka/feed", json!({ "post": new_operation(tag.as_ref()) }));
    Some(Edit::added())
}

/// In a path that is there, in front of its other methods.
fn operation_of_tag(root: &mut Value, random: &mut Random, _: &[Named]) -> Option<Edit> {
    let free = |at: &Pointer| {
        let (path, _) = at.as_str().rsplit_once('/')?;
        let item = root.pointer(path)?.as_object()?;
        (!item.contains_key("options")).then(|| path.to_owned())
    };
    let all: Vec<Pointer> = operations(root).into_iter().filter(|at| free(at).is_some()).collect();
    let at = chosen(all, random)?;
    let path = free(&at)?;
    let tag = root
        .pointer(at.as_str())?
        .get("tags")
        .and_then(|tags| tags.get(0))
        .cloned();
    let item = root.pointer_mut(&path)?.as_object_mut()?;
    put_first(item, "options", new_operation(tag.as_ref()));
    Some(Edit::added())
}

fn schema(root: &mut Value, _: &mut Random, _: &[Named]) -> Option<Edit> {
    let at = schemas(root)?;
    let members = root.pointer_mut(at.as_str())?.as_object_mut()?;
    let added = json!({
        "type": "object",
        "properties": {
            "quokkaName": { "type": "string" },
            "quokkaMood": { "type": "string", "enum": ["quokka-happy", "quokka-sleepy"] },
        },
    });
    put_first(members, "Quokka", added);
    Some(Edit::added())
}

/// The words by which files speak of operations.
fn words<'p>(names: &[Named], at: impl Fn(&'_ str) -> bool + 'p) -> BTreeSet<String> {
    let own = names.iter().filter(|named| at(named.at.as_str()));
    let own = own.filter(|named| named.name.starts_with("operation ") || named.part.is_empty());
    let last = |named: &Named| named.name.rsplit([' ', '.', ':']).next().unwrap_or_default().to_owned();
    let words = own.map(last).filter(|word| !word.is_empty());
    words
        .flat_map(|word| [word.clone(), format!("{word}Error"), format!("{word}Output")])
        .collect()
}

fn removed(root: &mut Value, random: &mut Random, names: &[Named]) -> Option<Edit> {
    let all = operations(root);
    if all.len() < 2 {
        return None;
    }
    let at = chosen(all, random)?;
    let (path, method) = at.as_str().rsplit_once('/')?;
    let words = words(names, |own| {
        own == at.as_str() || own.starts_with(&format!("{}/", at.as_str()))
    });
    root.pointer_mut(path)?.as_object_mut()?.shift_remove(method)?;
    Some(Edit {
        shown: Shown::Removed(words),
        ..Edit::default()
    })
}

fn moved(root: &mut Value, random: &mut Random, names: &[Named]) -> Option<Edit> {
    let paths = root.get_mut("paths")?.as_object_mut()?;
    if paths.len() < 2 {
        return None;
    }
    let path = paths.keys().nth(random.below(paths.len() - 1))?.clone();
    let item = paths.shift_remove(&path)?;
    paths.insert(path.clone(), item);
    let at = Pointer::root().child("paths").child(path);
    let words = words(names, |own| own.starts_with(&format!("{}/", at.as_str())));
    Some(Edit {
        shown: Shown::Moved(words),
        ..Edit::default()
    })
}

fn branch(root: &mut Value, random: &mut Random, _: &[Named]) -> Option<Edit> {
    let lists = places(root, |at, value| {
        let several = value.as_array().is_some_and(|list| list.len() > 1);
        several && ["oneOf", "anyOf"].contains(&at.last().as_str())
    });
    let at = chosen(lists, random)?;
    let list = root.pointer_mut(at.as_str())?.as_array_mut()?;
    let added = json!({
        "type": "object",
        "title": "Quokka",
        "required": ["quokkaName"],
        "properties": { "quokkaName": { "type": "string" } },
    });
    let position = random.below(list.len() + 1);
    list.insert(position, added);
    Some(Edit {
        inserted: Some((at, position)),
        ..Edit::added()
    })
}

fn value(root: &mut Value, random: &mut Random, _: &[Named]) -> Option<Edit> {
    let lists = places(root, |_, value| {
        let texts = |list: &Vec<Value>| list.len() > 1 && list.iter().all(Value::is_string);
        value.get("enum").and_then(Value::as_array).is_some_and(texts) && value.get("x-enum-varnames").is_none()
    });
    let at = chosen(lists, random)?.child("enum");
    let list = root.pointer_mut(at.as_str())?.as_array_mut()?;
    list.insert(random.below(list.len() + 1), json!("quokka"));
    Some(Edit::added())
}

fn status(root: &mut Value, random: &mut Random, names: &[Named]) -> Option<Edit> {
    let all = operations(root);
    let operation = chosen(all, random)?;
    let words = words(names, |own| own == operation.as_str());
    let at = operation.child("responses");
    let responses = root.pointer_mut(at.as_str())?.as_object_mut()?;
    let free = ["202", "409", "423"]
        .into_iter()
        .filter(|status| !responses.contains_key(*status));
    let free: Vec<&str> = free.collect();
    let status = free.get(random.below(free.len()))?;
    let added = json!({ "description": "The quokka sleeps." });
    put_first(responses, status, added);
    Some(Edit {
        shown: Shown::Added(MARK, words),
        ..Edit::default()
    })
}
