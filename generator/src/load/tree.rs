//! Builds the tree from either parser, within the limits.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::fault::{Fault, FaultPlace};
use super::limits::Limits;
use crate::diagnostic::Code;
use crate::document::Notation;

/// Nodes and bytes that aliases may add to a small document.
const SPARE_NODES: usize = 250_000;
const SPARE_BYTES: usize = 8 << 20;

/// The member that merges others in YAML 1.1.
const MERGE: &str = "<<";

/// What was refused, for a reason no parser knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
}

impl Refusal {
    /// The refusal with its place.
    pub(super) fn at(self, at: FaultPlace) -> Fault {
        let fault = Fault::new(self.code, at, self.message);
        match self.help {
            Some(help) => fault.help(help),
            None => fault,
        }
    }
}

/// Counts what a document holds while it is read.
pub(super) struct Tally<'a> {
    limits: &'a Limits,
    notation: Notation,
    most_nodes: usize,
    nodes_left: Cell<usize>,
    bytes_left: Cell<usize>,
    refusal: RefCell<Option<Refusal>>,
}

impl<'a> Tally<'a> {
    /// For a text of `length` bytes.
    ///
    /// A value takes at least two bytes of text and decoding never doubles a text, so a document without aliases
    /// stays within `length` whatever it holds; only repetition gets beyond, and that gets a fixed allowance.
    pub(super) fn new(limits: &'a Limits, length: usize, notation: Notation) -> Self {
        let most_nodes = limits.nodes.min(length / 2 + SPARE_NODES);
        Self {
            limits,
            notation,
            most_nodes,
            nodes_left: Cell::new(most_nodes),
            bytes_left: Cell::new(length.saturating_mul(2) + SPARE_BYTES),
            refusal: RefCell::new(None),
        }
    }

    /// The seed of the whole document.
    pub(super) fn root(&'a self) -> Node<'a> {
        Node { tally: self, depth: 0 }
    }

    /// The limits in force.
    pub(super) fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// What the tree builder refused, when the parser's error is only its echo.
    pub(super) fn take_refusal(&self) -> Option<Refusal> {
        self.refusal.take()
    }

    fn refuse<E: de::Error>(&self, code: Code, message: String, help: Option<&'static str>) -> E {
        let error = E::custom(&message);
        self.refusal.replace(Some(Refusal { code, message, help }));
        error
    }

    fn count_node<E: de::Error>(&self) -> Result<(), E> {
        let Some(left) = self.nodes_left.get().checked_sub(1) else {
            let most = self.most_nodes;
            let message = format!("the document has more than {most} values after expanding aliases");
            return Err(self.refuse(Code::Limit, message, None));
        };
        self.nodes_left.set(left);
        Ok(())
    }

    fn count_text<E: de::Error>(&self, text: &str) -> Result<(), E> {
        if text.len() > self.limits.string_bytes {
            let most = self.limits.string_bytes;
            return Err(self.refuse(Code::Limit, format!("a string is longer than {most} bytes"), None));
        }
        let Some(left) = self.bytes_left.get().checked_sub(text.len()) else {
            let message = "the document has too much text after expanding aliases".to_owned();
            return Err(self.refuse(Code::Limit, message, None));
        };
        self.bytes_left.set(left);
        Ok(())
    }
}

/// Reads one value.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    tally: &'a Tally<'a>,
    depth: usize,
}

impl Node<'_> {
    fn inside<E: de::Error>(self) -> Result<Self, E> {
        let most = self.tally.limits.depth;
        if self.depth >= most {
            let message = format!("values are nested more than {most} levels deep");
            return Err(self.tally.refuse(Code::Limit, message, None));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }

    fn number<E: de::Error>(self, number: impl Into<Number>) -> Result<Value, E> {
        self.tally.count_node()?;
        Ok(Value::Number(number.into()))
    }

    fn members<'de, A: MapAccess<'de>>(self, mut access: A) -> Result<Map<String, Value>, A::Error> {
        let inner = self.inside()?;
        let mut members = Map::new();
        let mut merged: Option<Map<String, Value>> = None;
        loop {
            let key = Key {
                tally: self.tally,
                members: &mut members,
                merged: merged.is_some(),
            };
            match access.next_key_seed(key)? {
                None => break,
                Some(Name::Text) => {
                    let value = access.next_value_seed(inner)?;
                    if let Some(member) = members.values_mut().next_back() {
                        *member = value;
                    }
                }
                Some(Name::Merge) => {
                    merged = Some(access.next_value_seed(Merge {
                        node: inner,
                        list: true,
                    })?)
                }
                // The key itself has no place of its own in the error, the value has.
                Some(Name::Null) => access.next_value_seed(NullKey(self.tally))?,
            }
        }
        let Some(mut all) = merged else {
            return Ok(members);
        };
        all.extend(members);
        Ok(all)
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        self.tally.count_node()?;
        Ok(Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        self.tally.count_node()?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        self.number(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        self.number(value)
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        match Number::from_f64(value) {
            Some(number) => self.number(number),
            None if value.is_nan() => self.visit_str(".nan"),
            None if value > 0.0 => self.visit_str(".inf"),
            None => self.visit_str("-.inf"),
        }
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        self.tally.count_node()?;
        self.tally.count_text(value)?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.tally.count_node()?;
        let inner = self.inside()?;
        let mut elements = Vec::new();
        while let Some(element) = access.next_element_seed(inner)? {
            elements.push(element);
        }
        Ok(Value::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        self.tally.count_node()?;
        self.members(access).map(Value::Object)
    }

    /// A tagged YAML node: the tag is dropped, the value counts.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (_, content) = access.variant::<IgnoredAny>()?;
        content.newtype_variant_seed(self)
    }
}

/// The name of a member.
enum Name {
    /// A member that is there by now, without its value.
    Text,
    Merge,
    Null,
}

/// Reads a key as it is written, so that `200` and `1.0` keep their digits.
struct Key<'a> {
    tally: &'a Tally<'a>,
    members: &'a mut Map<String, Value>,
    merged: bool,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        // Only the question for an option tells `null` from `"null"`.
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_none<E: de::Error>(self) -> Result<Name, E> {
        Ok(Name::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Name, E> {
        self.tally.count_text(name)?;
        let merge = name == MERGE && self.tally.notation == Notation::Yaml;
        let known = match self.members.entry(name) {
            Entry::Occupied(_) => true,
            Entry::Vacant(_) if merge => self.merged,
            Entry::Vacant(place) => {
                place.insert(Value::Null);
                false
            }
        };
        if known {
            return Err(self.tally.refuse(
                Code::DuplicateMember,
                format!("the key `{name}` appears twice in one object"),
                Some(if merge {
                    "merge several mappings with a list: `<<: [*first, *second]`"
                } else {
                    "remove or rename one of the two"
                }),
            ));
        }
        Ok(if merge { Name::Merge } else { Name::Text })
    }
}

/// Reads what stands behind `<<`: a mapping, or a list of mappings of which earlier ones win.
struct Merge<'a> {
    node: Node<'a>,
    list: bool,
}

impl<'de> DeserializeSeed<'de> for Merge<'_> {
    type Value = Map<String, Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Merge<'_> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping or a list of mappings as the value of the merge key `<<`")
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
        self.node.tally.count_node()?;
        self.node.members(access)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        if !self.list {
            return Err(de::Error::invalid_type(de::Unexpected::Seq, &self));
        }
        let node = self.node.inside()?;
        let mut all = Map::new();
        while let Some(members) = access.next_element_seed(Merge { node, list: false })? {
            for (name, value) in members {
                all.entry(name).or_insert(value);
            }
        }
        Ok(all)
    }
}

/// Refuses the value of a `null` key, where the error gets a place.
struct NullKey<'a>(&'a Tally<'a>);

impl<'de> DeserializeSeed<'de> for NullKey<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let message = "this key is null".to_owned();
        let help = Some("put the key in quotes");
        let _: D::Error = self.0.refuse(Code::Syntax, message, help);
        deserializer.deserialize_bool(self)
    }
}

impl Visitor<'_> for NullKey<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
}
