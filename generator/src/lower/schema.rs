//! Schemas -> types.

use serde_json::Value;

use super::chain::End;
use super::context::{Lower, Open};
use super::site::Site;
use super::view::View;
use crate::diagnostic::Code;
use crate::ir::{Docs, Root, Shape, Slot, TypeId, TypeRef};
use crate::parse::{Node, Type};
use crate::pointer::Pointer;

/// What a view amounts to.
enum Class {
    /// An object with known members.
    Object,
    /// A list of values.
    Enum,
    /// One of several schemas.
    Union,
    /// A schema, or one of those that extend it.
    Base,
    /// Something without a name of its own.
    Unnamed,
}

impl<'d> Lower<'d, '_> {
    /// The type of one schema.
    pub(super) fn slot(&mut self, node: Node<'d>, site: &Site) -> Slot {
        self.combined_slot(&[node], site)
    }

    /// The type of schemas that all hold at once.
    pub(super) fn combined_slot(&mut self, nodes: &[Node<'d>], site: &Site) -> Slot {
        let view = self.view(nodes);
        self.view_slot(view, site)
    }

    /// The type of schemas that were taken apart already.
    pub(super) fn view_slot(&mut self, view: View<'d>, site: &Site) -> Slot {
        let places = view.places.clone();
        self.report_slips(&view);
        let examples = self.own_examples(&view);
        let xml = self.xml(&view);
        let slot = Slot {
            xml,
            ..self.typed_slot(view, site)
        };
        self.keep_examples(examples, &slot, places.len());
        self.note_untyped(&slot, site, places);
        slot
    }

    /// Keeps where any value is taken, for the census.
    pub(super) fn note_untyped(&mut self, slot: &Slot, site: &Site, places: Vec<Pointer>) {
        if slot.ty == TypeRef::Any {
            self.api.untyped.push((site.hint.clone(), places));
        }
    }

    fn typed_slot(&mut self, mut view: View<'d>, site: &Site) -> Slot {
        if let Some(reference) = self.sole_reference(&view).cloned() {
            return match self.referenced_type(&reference) {
                Some((id, target)) => Slot {
                    ty: TypeRef::Named(id),
                    nullable: view.nullable || self.is_nullable_inline(&target),
                    xml: None,
                },
                None => Self::any(),
            };
        }
        if let Some(id) = self.known(&view) {
            return Slot {
                ty: TypeRef::Named(id),
                nullable: view.nullable,
                xml: None,
            };
        }
        if let Some(id) = self.open_again(&view) {
            return Slot {
                ty: TypeRef::Named(id),
                nullable: view.nullable,
                xml: None,
            };
        }
        if !self.effort.may_lower_another() {
            self.report_size(&view);
            return Self::any();
        }
        // What is included describes itself, not what includes it.
        let docs = self.docs(&view);
        self.prepare(&mut view);
        match self.classify(&view) {
            Class::Unnamed => self.unnamed_inline(&view, site, docs),
            class => {
                let origin = view.places[0].clone();
                let id = self.api.types.reserve(origin, site.hint.clone());
                self.combined.insert(view.places.clone(), id);
                self.fill(id, &view, &class, docs);
                Slot {
                    ty: TypeRef::Named(id),
                    nullable: view.nullable,
                    xml: None,
                }
            }
        }
    }

    /// The type that was made, or reserved, for the schemas of a view.
    fn known(&mut self, view: &View<'d>) -> Option<TypeId> {
        let reserved = match view.places.as_slice() {
            [only] => self.want(only),
            _ => None,
        };
        reserved.or_else(|| self.combined.get(&view.places).copied())
    }

    /// Whether a schema that is a type without being a component admits `null`; the type itself does not say so.
    fn is_nullable_inline(&self, target: &Node<'d>) -> bool {
        !self.definitions.contains_key(&target.at) && target.value.get("nullable") == Some(&Value::Bool(true))
    }

    /// Lowers the body of a type that was reserved for `node`.
    pub(super) fn define(&mut self, id: TypeId, node: &Node<'d>) {
        let mut view = self.view(std::slice::from_ref(node));
        self.combined.insert(view.places.clone(), id);
        self.report_slips(&view);
        self.api.types.get_mut(id).xml = self.xml(&view);
        let examples = self.own_examples(&view);
        self.keep_examples(examples, &Slot::new(TypeRef::Named(id)), 1);
        let reference = self.sole_reference(&view).cloned();
        // A subtype that adds nothing is a type all the same: its base stands for the others too.
        if let Some(reference) = reference.filter(|_| !self.hierarchy.is_subtype(&node.at)) {
            let docs = self.docs(&view);
            let slot = match self.referenced_type(&reference) {
                Some(_) if matches!(self.end_of_chain(&reference), End::Circle) => {
                    let message = "this reference leads back to itself, directly or through other references";
                    self.diagnostics.report(Code::ReferenceCycle, &node.at, message);
                    Self::any()
                }
                Some((target, _)) => Slot::new(TypeRef::Named(target)),
                None => Self::any(),
            };
            let definition = self.api.types.get_mut(id);
            definition.nullable = view.nullable;
            definition.shape = Shape::Alias(slot);
            definition.docs = docs;
            return;
        }
        let docs = self.docs(&view);
        self.prepare(&mut view);
        if let Some(encodings) = self.multipart.only(&node.at).filter(|_| self.is_object(&view)) {
            self.fill_parts(id, &view, &encodings, docs);
            return;
        }
        let extended = self.hierarchy.is_base(&node.at) && view.choices.is_empty() && !view.broken;
        let class = if extended { Class::Base } else { self.classify(&view) };
        match class {
            Class::Unnamed => {
                let site = Site::root(Root::Type(id));
                let slot = self.unnamed(&view, &site);
                self.note_untyped(&slot, &site, view.places.clone());
                let definition = self.api.types.get_mut(id);
                definition.nullable = slot.nullable;
                definition.docs = docs;
                definition.shape = Shape::Alias(Slot::new(slot.ty));
            }
            class => self.fill(id, &view, &class, docs),
        }
    }

    fn fill(&mut self, id: TypeId, view: &View<'d>, class: &Class, docs: Docs) {
        let definition = self.api.types.get_mut(id);
        definition.docs = docs;
        // An inline type says where it is used whether `null` may stand there; a component says so itself.
        definition.nullable = view.nullable && matches!(definition.hint.root, Root::Component(_));
        let shape = match class {
            Class::Object => Shape::Struct(self.object(id, view)),
            Class::Enum => self.enumeration(view),
            Class::Base => self.base(id, view),
            Class::Union | Class::Unnamed => self.union(id, view),
        };
        self.api.types.get_mut(id).shape = shape;
    }

    /// Resolves references and drops choices that only restrict, so that what is left decides the shape.
    pub(super) fn prepare(&mut self, view: &mut View<'d>) {
        self.expand(view);
        if view.facets.iter().any(|facet| facet.keywords.describes_object()) {
            let choices = std::mem::take(&mut view.choices);
            view.choices = choices
                .into_iter()
                .filter(|choice| !choice.branches.iter().all(|branch| only_restricts(branch.value)))
                .collect();
        }
        self.simplify_choices(view);
        self.bound_choices(view);
        self.take_scalars(view);
        view.nullable |= self.branches_admit_null(view);
    }

    /// Whether a view is an object with known members.
    pub(super) fn is_object(&self, view: &View<'d>) -> bool {
        matches!(self.classify(view), Class::Object)
    }

    fn classify(&self, view: &View<'d>) -> Class {
        if view.broken {
            return Class::Unnamed;
        }
        if !view.choices.is_empty() {
            return Class::Union;
        }
        let types = self.types(view);
        let object = view.facets.iter().any(|facet| facet.keywords.describes_object());
        let members = self.has_members(view);
        let object = object || !self.conditional(view).is_empty();
        if object && (types.is_empty() || types == [Type::Object]) {
            return if members { Class::Object } else { Class::Unnamed };
        }
        if self.is_open_enum(view, &types) {
            Class::Enum
        } else {
            Class::Unnamed
        }
    }

    /// The types that every facet admits.
    pub(super) fn types(&self, view: &View<'d>) -> Vec<Type> {
        let mut types: Option<Vec<Type>> = None;
        for facet in &view.facets {
            let own = &facet.keywords.types;
            if own.is_empty() {
                continue;
            }
            types = Some(match types {
                None => own.clone(),
                Some(types) => intersect(&types, own),
            });
        }
        types.unwrap_or_default()
    }

    fn contradicts(&self, view: &View<'d>) -> bool {
        self.types(view).is_empty() && view.facets.iter().any(|facet| !facet.keywords.types.is_empty())
    }

    /// The type of a view whose list or map is being lowered further up: what contains itself needs a name.
    fn open_again(&mut self, view: &View<'d>) -> Option<TypeId> {
        let open = self.open.get_mut(&view.places)?;
        let types = &mut self.api.types;
        let id = *open
            .id
            .get_or_insert_with(|| types.reserve(view.places[0].clone(), open.hint.clone()));
        self.combined.insert(view.places.clone(), id);
        Some(id)
    }

    /// A type without a name of its own, unless it contains itself.
    fn unnamed_inline(&mut self, view: &View<'d>, site: &Site, docs: Docs) -> Slot {
        let open = Open {
            hint: site.hint.clone(),
            id: None,
        };
        self.open.insert(view.places.clone(), open);
        let slot = self.unnamed(view, site);
        let Some(id) = self.open.remove(&view.places).and_then(|open| open.id) else {
            return slot;
        };
        let definition = self.api.types.get_mut(id);
        definition.docs = docs;
        definition.shape = Shape::Alias(Slot::new(slot.ty));
        Slot {
            ty: TypeRef::Named(id),
            nullable: slot.nullable,
            xml: None,
        }
    }

    /// A type without a name of its own: a primitive, a list, a map, or anything at all.
    pub(super) fn unnamed(&mut self, view: &View<'d>, site: &Site) -> Slot {
        if view.broken {
            return Self::any();
        }
        if self.contradicts(view) {
            self.report_contradiction(view, site);
            return Self::any();
        }
        let types = self.types(view);
        let mut nullable = view.nullable;
        let scalars = match types.as_slice() {
            [] => view.scalars,
            [_] => None,
            types => self.scalar_of(view, types),
        };
        let ty = match (types.as_slice(), scalars) {
            (_, Some(scalars)) => TypeRef::Primitive(scalars),
            ([Type::Array], _) => self.list(view, site),
            ([Type::Object], _) => self.map(view, site),
            ([], _) if view.facets.iter().any(|facet| facet.keywords.describes_array()) => self.list(view, site),
            ([], _) if view.facets.iter().any(|facet| facet.keywords.describes_object()) => self.map(view, site),
            ([] | [_], _) => {
                let (ty, null) = self.scalar(view, types.first().copied());
                nullable |= null;
                ty
            }
            _ => {
                self.report_several_types(view, site);
                TypeRef::Any
            }
        };
        Slot {
            ty,
            nullable,
            xml: None,
        }
    }

    fn scalar(&mut self, view: &View<'d>, ty: Option<Type>) -> (TypeRef, bool) {
        if let Some((ty, null)) = self.closed_values(view, ty) {
            return (ty, null);
        }
        let ty = match ty {
            None if view.constraints().next().is_none() => TypeRef::Any,
            None => self.untyped(view).map_or(TypeRef::Any, TypeRef::Primitive),
            Some(ty) => TypeRef::Primitive(self.primitive(view, ty)),
        };
        (ty, false)
    }
}

fn intersect(left: &[Type], right: &[Type]) -> Vec<Type> {
    let mut common = Vec::new();
    for &l in left {
        for &r in right {
            let both = match (l, r) {
                (l, r) if l == r => Some(l),
                (Type::Integer, Type::Number) | (Type::Number, Type::Integer) => Some(Type::Integer),
                _ => None,
            };
            if let Some(ty) = both
                && !common.contains(&ty)
            {
                common.push(ty);
            }
        }
    }
    common
}

/// Whether a branch of a choice only says which members must be there, as in "either `a` or `b`".
fn only_restricts(branch: &Value) -> bool {
    branch.as_object().is_some_and(|object| {
        object
            .keys()
            .all(|key| matches!(key.as_str(), "required" | "not" | "title" | "description" | "type"))
            && object.get("type").is_none_or(|ty| ty == "object")
    })
}
