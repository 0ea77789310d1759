//! The types of an API, read from what `envoi dump` prints: what clients are made from, whatever they then look like.

/// A type, by its position.
#[derive(Debug)]
pub struct Type {
    pub id: usize,
    /// Where it stands in the document, as a JSON Pointer behind `#`.
    pub origin: String,
    pub nullable: bool,
    pub shape: Shape,
}

#[derive(Debug)]
pub enum Shape {
    Object { fields: Vec<Field>, extra: Option<Slot> },
    Strings(Vec<String>),
    Integers,
    Union(Vec<Slot>),
    Alias(Slot),
    Any,
}

#[derive(Debug)]
pub struct Field {
    /// As a string literal.
    pub wire: String,
    pub slot: Slot,
    pub required: bool,
}

/// What can stand at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub ty: Ty,
    pub nullable: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ty {
    Primitive(String),
    Named(usize),
    List(Box<Slot>),
    Tuple(Vec<Slot>),
    Map(Box<Slot>),
    Any,
}

/// The types of a dump; what is not understood becomes any value.
pub fn read(dump: &str) -> Vec<Type> {
    let mut types: Vec<Type> = Vec::new();
    let mut within = false;
    for line in dump.lines() {
        if let Some(inner) = line.strip_prefix("  ") {
            if let Some(last) = types.last_mut().filter(|_| within) {
                member(&mut last.shape, inner);
            }
            continue;
        }
        let head = line.strip_prefix("type #").and_then(head);
        within = head.is_some();
        types.extend(head);
    }
    types
}

fn head(text: &str) -> Option<Type> {
    let (id, rest) = text.split_once(' ')?;
    let (said, origin) = rest.split_once(" from ")?;
    let (kind, _) = said.split_once(' ').unwrap_or((said, ""));
    // Pointers have no spaces of their own unless the document's names do; what follows is known by its kind.
    let (origin, alias) = match (kind, origin.rsplit_once(" = ")) {
        ("alias", Some((origin, slot))) => (origin, Some(slot)),
        _ => (origin.split(" by ").next().unwrap_or(origin), None),
    };
    let shape = match kind {
        "object" => Shape::Object {
            fields: Vec::new(),
            extra: None,
        },
        "enum" => Shape::Strings(Vec::new()),
        "union" => Shape::Union(Vec::new()),
        "alias" => Shape::Alias(slot(alias?)?.0),
        _ => Shape::Any,
    };
    Some(Type {
        id: id.parse().ok()?,
        origin: origin.to_owned(),
        nullable: said.contains(" | null"),
        shape,
    })
}

fn member(shape: &mut Shape, line: &str) {
    match shape {
        Shape::Object { fields, extra } => {
            if let Some(rest) = line.strip_prefix("* : ") {
                *extra = slot(rest).map(|(slot, _)| slot);
            } else if let Some((wire, rest)) = literal(line)
                && let Some((slot, flags)) = rest.strip_prefix(": ").and_then(slot)
            {
                fields.push(Field {
                    wire: wire.to_owned(),
                    slot,
                    required: flags
                        .split(" = ")
                        .next()
                        .unwrap_or(flags)
                        .split(' ')
                        .any(|flag| flag == "required"),
                });
            }
        }
        Shape::Strings(values) => match literal(line) {
            Some((value, _)) => values.push(value.to_owned()),
            None => *shape = Shape::Integers,
        },
        Shape::Union(variants) => {
            variants.extend(
                line.split_once("]: ")
                    .and_then(|(_, rest)| slot(rest))
                    .map(|(slot, _)| slot),
            );
        }
        Shape::Integers | Shape::Alias(_) | Shape::Any => {}
    }
}

/// A string literal at the begin of a text, and the rest.
fn literal(text: &str) -> Option<(&str, &str)> {
    let mut escaped = false;
    for (index, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return text.starts_with('"').then(|| text.split_at(index + 1)),
            _ => {}
        }
    }
    None
}

/// A slot at the begin of a text, and the rest.
fn slot(text: &str) -> Option<(Slot, &str)> {
    let (ty, rest) = ty(text)?;
    let (nullable, mut rest) = match rest.strip_prefix(" | null") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    if let Some(xml) = rest.strip_prefix(" <xml") {
        rest = xml.split_once('>')?.1;
    }
    Some((Slot { ty, nullable }, rest))
}

fn ty(text: &str) -> Option<(Ty, &str)> {
    match text.chars().next()? {
        '[' => {
            let (item, rest) = slot(&text[1..])?;
            Some((Ty::List(Box::new(item)), rest.strip_prefix(']')?))
        }
        '{' => {
            let (value, rest) = slot(&text[1..])?;
            Some((Ty::Map(Box::new(value)), rest.strip_prefix('}')?))
        }
        '(' => {
            let (mut places, mut rest) = (Vec::new(), &text[1..]);
            while !rest.starts_with(')') {
                let (place, after) = slot(rest.strip_prefix(", ").unwrap_or(rest))?;
                places.push(place);
                rest = after;
            }
            Some((Ty::Tuple(places), &rest[1..]))
        }
        _ => {
            let end = text
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '#')
                .unwrap_or(text.len());
            let (word, rest) = text.split_at(end);
            let ty = match (word, word.strip_prefix('#')) {
                ("any", _) => Ty::Any,
                (_, Some(id)) => Ty::Named(id.parse().ok()?),
                _ => Ty::Primitive(word.to_owned()),
            };
            Some((ty, rest))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, Slot, Ty, read};

    #[test]
    fn what_is_dumped_is_read() {
        let dump = "api \"A\" \"1\"\n\
            type #0 object | null from #/components/schemas/Pet\n\
            \x20 \"na\\\"me\": String required\n\
            \x20 \"tags\": [#1 | null] | null deprecated = \" required\"\n\
            \x20 * : {any}\n\
            type #1 enum from #/x\n\
            \x20 \"a\"\n\
            type #2 union from #/y by \"kind\"\n\
            \x20 Dog [\"d\"]: #0\n\
            \x20 Pair []: (I64, any)\n\
            type #3 alias from #/z = [#0]\n\
            operation x GET /\n\
            \x20 \"not\": String\n";
        let types = read(dump);
        assert_eq!(types.len(), 4);
        assert!(types[0].nullable);
        assert_eq!(types[2].origin, "#/y");
        let Shape::Object { fields, extra } = &types[0].shape else {
            panic!("an object")
        };
        assert_eq!(fields.len(), 2);
        assert_eq!((fields[0].wire.as_str(), fields[0].required), ("\"na\\\"me\"", true));
        assert!(fields[1].slot.nullable && !fields[1].required);
        assert!(extra.is_some());
        assert!(matches!(&types[1].shape, Shape::Strings(values) if values == &["\"a\""]));
        let Shape::Union(variants) = &types[2].shape else {
            panic!("a union")
        };
        assert!(matches!(&variants[1].ty, Ty::Tuple(places) if places.len() == 2));
        let list = Ty::List(Box::new(Slot {
            ty: Ty::Named(0),
            nullable: false,
        }));
        assert!(matches!(&types[3].shape, Shape::Alias(slot) if slot.ty == list));
    }
}
