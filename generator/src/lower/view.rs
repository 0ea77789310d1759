//! One or several schemas that hold at once, taken apart: `allOf` and `$ref` resolved into facets and choices.

use serde_json::{Map, Value};

use super::Lower;
use crate::diagnostic::Code;
use crate::ir::Primitive;
use crate::parse::{Keywords, Node};
use crate::pointer::Pointer;

/// How many references are followed to see whether there is anything but `null` behind them.
const MOST_REFERENCES: usize = 32;

/// Schemas that all hold for one value, without `allOf`, and without `$ref` once [`Lower::expand`] was called.
#[derive(Debug, Clone, Default)]
pub(super) struct View<'d> {
    /// The places it was made from; together they identify it.
    pub(super) places: Vec<Pointer>,
    /// `$ref`s that are still to be resolved.
    pub(super) references: Vec<Node<'d>>,
    /// Schema objects.
    pub(super) facets: Vec<Facet<'d>>,
    /// `oneOf` and `anyOf`.
    pub(super) choices: Vec<Choice<'d>>,
    /// Whether the schemas themselves, not what they refer to, admit `null`.
    pub(super) nullable: bool,
    /// What is left of a choice between scalars, once the view is prepared.
    pub(super) scalars: Option<Primitive>,
    /// A schema that is not one.
    pub(super) broken: bool,
}

/// One schema object.
#[derive(Debug, Clone)]
pub(super) struct Facet<'d> {
    pub(super) at: Pointer,
    pub(super) keywords: Keywords<'d>,
}

/// A `oneOf` or an `anyOf`.
#[derive(Debug, Clone)]
pub(super) struct Choice<'d> {
    pub(super) at: Pointer,
    pub(super) branches: Vec<Node<'d>>,
    pub(super) discriminator: Option<Node<'d>>,
    /// `anyOf`: several branches may hold at once.
    pub(super) any: bool,
}

impl<'d> View<'d> {
    /// Facets that say more than how values are described.
    pub(super) fn constraints(&self) -> impl Iterator<Item = &Facet<'d>> {
        self.facets.iter().filter(|facet| facet.keywords.constrains())
    }

    /// The one reference this view amounts to, when everything beside it only describes.
    pub(super) fn sole_reference(&self) -> Option<&Node<'d>> {
        let first = self.references.first()?;
        let same = self
            .references
            .iter()
            .all(|other| other.reference() == first.reference());
        (same && self.choices.is_empty() && self.constraints().next().is_none()).then_some(first)
    }
}

impl<'d> Lower<'d, '_> {
    /// Takes schemas apart that hold at once.
    pub(super) fn view(&mut self, nodes: &[Node<'d>]) -> View<'d> {
        let mut view = View::default();
        for node in nodes {
            if view.places.contains(&node.at) {
                continue;
            }
            view.places.push(node.at.clone());
            self.add(&mut view, node.clone(), true);
        }
        view
    }

    fn add(&mut self, view: &mut View<'d>, node: Node<'d>, own: bool) {
        let object = match node.value {
            Value::Object(object) => object,
            Value::Bool(true) => return,
            Value::Bool(false) => {
                let message = "no value satisfies this schema; any value is taken here";
                self.diagnostics.report(Code::Contradiction, &node.at, message);
                view.broken = true;
                return;
            }
            _ => {
                self.diagnostics
                    .report(Code::Invalid, &node.at, "expected a schema; any value is taken here");
                view.broken = true;
                return;
            }
        };
        let mut keywords = Keywords::read(&node, object, self.diagnostics);
        let discriminator = keywords.discriminator.take();
        for (choice, any) in [(keywords.one_of.take(), false), (keywords.any_of.take(), true)] {
            if let Some(list) = choice {
                self.add_choice(view, &list, discriminator.clone(), any, own);
            }
        }
        keywords.discriminator = discriminator;
        if own {
            view.nullable |= keywords.nullable;
        }
        if node.reference().is_some() {
            view.references.push(node.clone());
        }
        let all_of = keywords.all_of.take();
        view.facets.push(Facet {
            at: node.at.clone(),
            keywords,
        });
        for branch in all_of.iter().flat_map(Node::elements) {
            self.add(view, branch, false);
        }
    }

    /// Adds a choice, without the branches that only say `null`; what is left alone is no choice.
    fn add_choice(
        &mut self,
        view: &mut View<'d>,
        list: &Node<'d>,
        discriminator: Option<Node<'d>>,
        any: bool,
        own: bool,
    ) {
        let possible = list.elements().filter(|branch| branch.value != &Value::Bool(false));
        let (nulls, mut branches): (Vec<_>, Vec<_>) =
            possible.partition(|branch| is_null(branch.value) || self.leads_to_null(branch));
        view.nullable |= !nulls.is_empty();
        self.drop_itself(list, &mut branches);
        if let [only] = branches.as_slice() {
            self.add(view, only.clone(), own);
        } else if !branches.is_empty() {
            view.choices.push(Choice {
                at: list.at.clone(),
                branches,
                discriminator,
                any,
            });
        }
    }

    /// Whether a reference ends in a schema that says that it admits `null` alone.
    fn leads_to_null(&self, branch: &Node<'d>) -> bool {
        let mut value = branch.value;
        for _ in 0..MOST_REFERENCES {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
                return value.as_object().is_some_and(says_null);
            };
            let target = Pointer::parse(reference.trim()).and_then(|at| self.root.pointer(at.as_str()));
            match target {
                Some(target) => value = target,
                None => return false,
            }
        }
        false
    }

    /// Replaces every reference by what it refers to.
    pub(super) fn expand(&mut self, view: &mut View<'d>) {
        let mut passed: Vec<Pointer> = Vec::new();
        while !view.references.is_empty() {
            for reference in std::mem::take(&mut view.references) {
                let Some((id, target)) = self.referenced_type(&reference) else {
                    view.broken = true;
                    continue;
                };
                if passed.contains(&target.at) || view.places == [target.at.clone()] {
                    continue;
                }
                passed.push(target.at.clone());
                // The inline schemas of the target get their names from it, not from whoever includes it first.
                self.ensure_defined(id, &target);
                let choices = view.choices.len();
                // Members keep the order in which the document brings them together.
                let own = view.facets.iter().position(|facet| facet.at == reference.at);
                let after = own.map_or_else(Vec::new, |index| view.facets.split_off(index + 1));
                self.add(view, target, false);
                view.facets.extend(after);
                drop_decided(view, choices, &passed);
            }
        }
    }
}

/// Drops choices from `first` on that list a schema which is already part of the view: by including what lists it, that
/// schema has made the choice.
fn drop_decided(view: &mut View<'_>, first: usize, passed: &[Pointer]) {
    let added = view.choices.split_off(first);
    let decided = |choice: &Choice<'_>| {
        let mut targets = choice
            .branches
            .iter()
            .filter_map(|branch| Pointer::parse(branch.reference()?.trim()));
        targets.any(|target| view.places.contains(&target) || passed.contains(&target))
    };
    let open: Vec<Choice<'_>> = added.into_iter().filter(|choice| !decided(choice)).collect();
    view.choices.extend(open);
}

/// Whether a schema admits `null` and nothing else.
fn is_null(schema: &Value) -> bool {
    let Some(object) = schema.as_object() else {
        return false;
    };
    let bare_nullable = object.get("nullable") == Some(&Value::Bool(true))
        && object
            .keys()
            .all(|key| matches!(key.as_str(), "nullable" | "description" | "title"));
    says_null(object) || bare_nullable
}

fn says_null(object: &Map<String, Value>) -> bool {
    let null_type = object.get("type").is_some_and(|ty| ty == "null") || object.get("const") == Some(&Value::Null);
    let null_enum = object
        .get("enum")
        .and_then(Value::as_array)
        .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null));
    null_type || null_enum
}
