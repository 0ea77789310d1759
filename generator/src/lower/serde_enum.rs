//! Choices as serde tags enums externally or adjacently. utoipa, aide and schemars describe them so.
//!
//! Externally: a string for a variant that holds nothing, an object with one property for a variant that holds something.
//! Adjacently: an object with a constant that names the variant, and a second property for what it holds.

use serde_json::Value;

use super::context::Lower;
use super::site::Site;
use super::view::Choice;
use crate::ir::{Root, Slot, Step, Tagging, TypeId, Union, Variant};
use crate::parse::Node;

/// A branch of such a choice.
enum Branch<'d> {
    /// Strings, each a variant.
    Names(Vec<&'d str>),
    /// The property, and the schema of its value.
    Property(&'d str, Node<'d>),
}

impl<'d> Lower<'d, '_> {
    /// The union, if serde would write its branches so.
    pub(super) fn serde_enum(&mut self, id: TypeId, choice: &Choice<'d>) -> Option<Union> {
        if choice.discriminator.is_some() || choice.branches.len() < 2 {
            return None;
        }
        self.external(id, choice).or_else(|| self.adjacent(id, choice))
    }

    fn adjacent(&mut self, id: TypeId, choice: &Choice<'d>) -> Option<Union> {
        let branches: Vec<Adjacent<'d>> = choice.branches.iter().map(adjacent).collect::<Option<_>>()?;
        let tag = branches.first()?.tag;
        let content = branches.iter().find_map(|branch| branch.content.as_ref())?.0;
        let same = |branch: &Adjacent<'d>| {
            branch.tag == tag && branch.content.as_ref().is_none_or(|(name, _)| *name == content)
        };
        let mut names: Vec<&str> = branches.iter().map(|branch| branch.name).collect();
        names.sort_unstable();
        names.dedup();
        if !branches.iter().all(same) || names.len() < branches.len() {
            return None;
        }
        let variants = branches.into_iter().zip(&choice.branches).map(|(branch, node)| {
            let site = Site::root(Root::Type(id)).step(Step::Variant(branch.name.to_owned()));
            let slot = branch.content.map(|(_, content)| self.slot(content, &site));
            let own = self.rust_type_name(node);
            variant(node, branch.name, slot, own)
        });
        Some(Union {
            variants: variants.collect(),
            tagging: Tagging::Adjacent {
                tag: tag.to_owned(),
                content: content.to_owned(),
            },
        })
    }

    /// The union, if every branch is tagged externally and some branch holds something.
    fn external(&mut self, id: TypeId, choice: &Choice<'d>) -> Option<Union> {
        let branches: Vec<Branch<'d>> = choice.branches.iter().map(branch).collect::<Option<_>>()?;
        let mut names: Vec<&str> = Vec::new();
        for branch in &branches {
            match branch {
                Branch::Names(own) => names.extend(own),
                Branch::Property(name, _) => names.push(name),
            }
        }
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        let holds = branches.iter().any(|branch| matches!(branch, Branch::Property(..)));
        if names.len() < count || !holds {
            return None;
        }
        let mut variants = Vec::with_capacity(count);
        for (branch, node) in branches.into_iter().zip(&choice.branches) {
            match branch {
                Branch::Names(names) => {
                    let own = self.rust_type_name(node).filter(|_| names.len() == 1);
                    variants.extend(names.into_iter().map(|name| variant(node, name, None, own.clone())));
                }
                Branch::Property(name, content) => {
                    let site = Site::root(Root::Type(id)).step(Step::Variant(name.to_owned()));
                    let slot = self.slot(content, &site);
                    let own = self.rust_type_name(node);
                    variants.push(variant(node, name, Some(slot), own));
                }
            }
        }
        Some(Union {
            tagging: Tagging::External,
            variants,
        })
    }
}

fn variant(branch: &Node<'_>, name: &str, slot: Option<Slot>, own: Option<String>) -> Variant {
    let description = branch.value.get("description").and_then(Value::as_str);
    let title = branch.value.get("title").and_then(Value::as_str);
    Variant {
        hint: title.unwrap_or(name).to_owned(),
        name: own,
        description: description.unwrap_or_default().to_owned(),
        slot,
        tags: vec![name.to_owned()],
    }
}

/// The properties of a closed object that is written in place, if all of them are required.
fn properties<'d>(node: &Node<'d>) -> Option<Vec<(&'d str, Node<'d>)>> {
    let schema = node.value.as_object()?;
    let closed = schema
        .get("additionalProperties")
        .is_none_or(|extra| extra == &Value::Bool(false));
    if schema.get("type")? != "object"
        || !closed
        || !has_only(node, &["type", "required", "properties", "additionalProperties"])
    {
        return None;
    }
    let required = schema.get("required")?.as_array()?;
    let properties = node.get("properties")?;
    let members: Vec<(&'d str, Node<'d>)> = properties.members().collect();
    let all = members
        .iter()
        .all(|(name, _)| required.iter().any(|required| required == name));
    (all && required.len() == members.len()).then_some(members)
}

/// Whether a schema has no keywords but these and those that only describe.
fn has_only(node: &Node<'_>, keys: &[&str]) -> bool {
    const BESIDE: [&str; 4] = ["title", "description", "example", "examples"];
    let known = |key: &str| keys.contains(&key) || BESIDE.contains(&key) || key.starts_with("x-");
    node.members().all(|(key, _)| known(key))
}

/// A branch that is tagged adjacently.
struct Adjacent<'d> {
    tag: &'d str,
    name: &'d str,
    content: Option<(&'d str, Node<'d>)>,
}

fn adjacent<'d>(node: &Node<'d>) -> Option<Adjacent<'d>> {
    let constant = |schema: &'d Value| match schema.get("const") {
        Some(value) => value.as_str(),
        None => match schema.get("enum")?.as_array()?.as_slice() {
            [only] => only.as_str(),
            _ => None,
        },
    };
    let mut members = properties(node)?;
    let position = members.iter().position(|(_, node)| constant(node.value).is_some())?;
    let (tag, value) = members.remove(position);
    let name = constant(value.value)?;
    let content = members.pop();
    let alone = members.is_empty() && content.as_ref().is_none_or(|(_, node)| constant(node.value).is_none());
    alone.then_some(Adjacent { tag, name, content })
}

/// A branch that is tagged externally.
fn branch<'d>(node: &Node<'d>) -> Option<Branch<'d>> {
    let schema = node.value.as_object()?;
    if schema.get("type")? == "string" && has_only(node, &["type", "enum", "const"]) {
        let values: Vec<&Value> = match schema.get("const") {
            Some(value) => vec![value],
            None => schema.get("enum")?.as_array()?.iter().collect(),
        };
        let names: Vec<&str> = values.into_iter().map(Value::as_str).collect::<Option<_>>()?;
        return (!names.is_empty()).then_some(Branch::Names(names));
    }
    let mut members = properties(node)?;
    let (name, content) = members.pop()?;
    members.is_empty().then_some(Branch::Property(name, content))
}
