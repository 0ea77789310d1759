//! Changes of a document as a tree: types are swapped, subtrees move, references are bent, keywords of other documents
//! turn up.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// No document grows beyond so many values.
const LARGEST: usize = 20_000;

/// Members of all seeds, to be put elsewhere: what one document knows, another may not.
#[derive(Debug, Default)]
pub struct Pool(Vec<(String, Value)>);

impl Pool {
    /// Takes in the members of a document that are small enough to be moved about.
    pub fn add(&mut self, document: &Value) {
        match document {
            Value::Object(members) => {
                for (name, value) in members {
                    if count(value) <= 40 {
                        self.0.push((name.clone(), value.clone()));
                    }
                    self.add(value);
                }
            }
            Value::Array(elements) => elements.iter().for_each(|element| self.add(element)),
            _ => {}
        }
    }

    fn any(&self, random: &mut Random) -> (String, Value) {
        let chosen = self.0.get(random.below(self.0.len()));
        chosen.cloned().unwrap_or_default()
    }
}

/// Changes a document in a few places.
pub fn mutate(root: &mut Value, pool: &Pool, random: &mut Random) {
    let mut changes = 1;
    while changes < 12 && !random.one_in(3) {
        changes += 1;
    }
    for _ in 0..changes {
        let size = count(root);
        let Some(place) = nth(root, random.below(size)) else {
            return;
        };
        let may_grow = size < LARGEST;
        match random.below(12) {
            0 | 1 => *place = value(random),
            2 => drop_one(place, random),
            3 | 4 => add_one(place, pool, random),
            5 => rename_one(place, random),
            6 if may_grow => repeat(place, random),
            7 if may_grow => nest(place, random),
            8 => turn(place),
            9 => exchange(root, random),
            10 => *place = pool.any(random).1,
            _ => refer(root, random),
        }
    }
}

/// How many values there are, itself included.
pub fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(elements) => elements.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// The value at a position, in the order of the text.
fn nth(value: &mut Value, mut position: usize) -> Option<&mut Value> {
    if position == 0 {
        return Some(value);
    }
    position -= 1;
    let children: Box<dyn Iterator<Item = &mut Value>> = match value {
        Value::Array(elements) => Box::new(elements.iter_mut()),
        Value::Object(members) => Box::new(members.values_mut()),
        _ => return None,
    };
    for child in children {
        let size = count(child);
        if position < size {
            return nth(child, position);
        }
        position -= size;
    }
    None
}

/// A value of any kind, most of them at an edge.
fn value(random: &mut Random) -> Value {
    match random.below(8) {
        0 => Value::Null,
        1 => Value::Bool(random.one_in(2)),
        2 => json!([]),
        3 => json!({}),
        4 | 5 => number(random),
        _ => Value::String(text(random)),
    }
}

fn number(random: &mut Random) -> Value {
    let edges = [
        json!(0),
        json!(-1),
        json!(1),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e308),
        json!(-1e-308),
        json!(0.1),
        json!(4_294_967_296_i64),
    ];
    edges[random.below(edges.len())].clone()
}

/// A text that may be more than it looks like.
pub fn text(random: &mut Random) -> String {
    const TEXTS: [&str; 44] = [
        "",
        " ",
        "\0",
        "\u{7f}\u{1b}[31m",
        "\u{202e}abc\u{2066}",
        "\u{feff}x",
        "é\u{301}",
        "𝒳",
        "self",
        "Self",
        "crate",
        "super",
        "r#type",
        "_",
        "__",
        "0",
        "1e400",
        "-0",
        "NaN",
        "true",
        "null",
        "3.1.0",
        "2.0",
        "string",
        "object",
        "array",
        "integer",
        "date-time",
        "binary",
        "../../../etc/passwd",
        "C:\\con\\aux.txt",
        "/{a}/{a}/{b",
        "#/",
        "#/components/schemas/",
        "https://[::1]:99999/{x}?#",
        "*/*;q=\"",
        "application/json",
        "text/event-stream",
        "*/ // */ /* \"#",
        "```\nfn main() {}\n```",
        "<script>alert(1)</script>",
        "{{}}{0}{:?}%s",
        "\r\nX-Injected: 1",
        "Vec<Option<Box<T>>>",
    ];
    match random.below(10) {
        0 => "long ".repeat(1 + random.below(300)),
        1 => (0..1 + random.below(6))
            .filter_map(|_| char::from_u32(u32::try_from(random.below(0x3000)).unwrap_or_default()))
            .collect(),
        _ => TEXTS[random.below(TEXTS.len())].to_owned(),
    }
}

fn drop_one(place: &mut Value, random: &mut Random) {
    match place {
        Value::Array(elements) if !elements.is_empty() => {
            elements.remove(random.below(elements.len()));
        }
        Value::Object(members) => {
            if let Some(name) = name(members, random) {
                members.remove(&name);
            }
        }
        other => *other = value(random),
    }
}

fn add_one(place: &mut Value, pool: &Pool, random: &mut Random) {
    let (name, value) = pool.any(random);
    match place {
        Value::Array(elements) => elements.push(value),
        Value::Object(members) => {
            members.insert(name, value);
        }
        other => *other = json!({ name: value }),
    }
}

fn rename_one(place: &mut Value, random: &mut Random) {
    let Value::Object(members) = place else { return };
    let Some(name) = name(members, random) else { return };
    let taken = text(random);
    let renamed = std::mem::take(members)
        .into_iter()
        .map(|(other, value)| match other == name {
            true => (taken.clone(), value),
            false => (other, value),
        });
    *members = renamed.collect();
}

fn name(members: &Map<String, Value>, random: &mut Random) -> Option<String> {
    members.keys().nth(random.below(members.len())).cloned()
}

/// Many of what there is one of.
fn repeat(place: &mut Value, random: &mut Random) {
    let times = 1 << random.below(8);
    match place {
        Value::Array(elements) => {
            if let Some(element) = elements.get(random.below(elements.len())).cloned() {
                elements.extend(std::iter::repeat_n(element, times));
            }
        }
        Value::Object(members) => {
            let chosen = name(members, random).and_then(|name| Some((members.get(&name)?.clone(), name)));
            if let Some((value, name)) = chosen {
                members.extend((0..times).map(|index| (format!("{name}{index}"), value.clone())));
            }
        }
        other => *other = Value::Array(vec![other.clone(); times]),
    }
}

/// Puts a value into itself, as schemas are.
fn nest(place: &mut Value, random: &mut Random) {
    let around = [
        "items",
        "allOf",
        "oneOf",
        "anyOf",
        "not",
        "additionalProperties",
        "properties",
    ];
    let keyword = around[random.below(around.len())];
    let depth = 1 << random.below(7);
    for _ in 0..depth {
        let inner = std::mem::take(place);
        *place = match keyword {
            "allOf" | "oneOf" | "anyOf" => json!({ keyword: [inner] }),
            "properties" => json!({ "type": "object", "properties": { "p": inner } }),
            _ => json!({ keyword: inner }),
        };
    }
}

/// The same under another type: a list for one, the only element for its list, a text for a number.
fn turn(place: &mut Value) {
    *place = match std::mem::take(place) {
        Value::Array(mut elements) if elements.len() == 1 => elements.remove(0),
        Value::Array(elements) => {
            let members = elements.into_iter().enumerate();
            Value::Object(members.map(|(index, element)| (index.to_string(), element)).collect())
        }
        Value::Object(members) => Value::Array(members.into_iter().map(|(_, value)| value).collect()),
        Value::Number(number) => Value::String(number.to_string()),
        Value::Bool(flag) => Value::String(flag.to_string()),
        other => json!([other]),
    };
}

/// Two subtrees change places; one that holds the other takes its place.
fn exchange(root: &mut Value, random: &mut Random) {
    let size = count(root);
    let (first, second) = (random.below(size), random.below(size));
    let Some(taken) = nth(root, first).map(std::mem::take) else {
        return;
    };
    let size = count(root);
    let Some(other) = nth(root, second.min(size - 1)) else {
        return;
    };
    let other = std::mem::replace(other, taken);
    if let Some(place) = nth(root, first.min(size - 1)) {
        *place = other;
    }
}

/// A place refers to another, which may hold it.
fn refer(root: &mut Value, random: &mut Random) {
    let target = match random.below(8) {
        0 => text(random),
        1 => "#".to_owned(),
        2 => format!("other.yaml#/{}", text(random)),
        _ => format!("#{}", pointer(root, random)),
    };
    let keyword = match random.below(12) {
        0 => "$dynamicRef",
        1 => "operationRef",
        _ => "$ref",
    };
    let size = count(root);
    if let Some(place) = nth(root, random.below(size)) {
        match place {
            Value::Object(members) if random.one_in(3) => {
                members.insert(keyword.to_owned(), target.into());
            }
            other => *other = json!({ keyword: target }),
        }
    }
}

/// A JSON Pointer to a place of the document.
fn pointer(root: &Value, random: &mut Random) -> String {
    let mut pointer = String::new();
    let mut at = root;
    loop {
        let (step, next) = match at {
            Value::Object(members) if !members.is_empty() => {
                let chosen = members.iter().nth(random.below(members.len()));
                let Some((name, next)) = chosen else { return pointer };
                (name.replace('~', "~0").replace('/', "~1"), next)
            }
            Value::Array(elements) if !elements.is_empty() => {
                let index = random.below(elements.len());
                (index.to_string(), &elements[index])
            }
            _ => return pointer,
        };
        if pointer.len() > 2 && random.one_in(5) {
            return pointer;
        }
        pointer.push('/');
        pointer.push_str(&step);
        at = next;
    }
}
