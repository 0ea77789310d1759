//! Names of types.
//!
//! What somebody gave a name comes first, then components, then what is inline in them and in operations, what stands
//! closest to something with a name of its own before what is deeper.

use super::contest::{Wish, settle};
use super::given::Given;
use super::identity::identity;
use super::members::{Members, kind, members};
use super::operations::OperationNames;
use super::patterns;
use super::places::{part_words, reusable, reusable_alone, with_steps};
use super::reserved::reserved;
use super::scope::Scope;
use super::webhooks::WebhookNames;
use super::{Ident, ident, shared, values, words};
use crate::analyze::NAMED_ARGUMENTS;
use crate::config::Kind;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Api, Part, Root, Shape, Slot, TypeDef, TypeId, TypeRef};
use crate::parallel;

/// The names of a type.
#[derive(Debug, Clone)]
pub struct TypeNames {
    /// The type itself.
    pub ty: Ident,
    /// The type whose file it stands in: itself, unless it is inline in another type.
    pub home: TypeId,
    /// The module of that file.
    pub module: Ident,
    /// By field or variant.
    pub members: Vec<Ident>,
    /// The setters that are not called like their field, by its position.
    setters: Vec<(usize, Ident)>,
    /// The field for members that are not known.
    pub extra: Ident,
    /// The struct of the required fields of an object that has many.
    pub required: Option<Ident>,
}

impl TypeNames {
    /// The method that sets a field.
    #[must_use]
    pub fn setter(&self, field: usize) -> &Ident {
        let own = self.setters.iter().find(|(index, _)| *index == field);
        own.map_or(&self.members[field], |(_, setter)| setter)
    }
}

/// What the names of types are made of.
pub(super) struct Basis<'a> {
    pub(super) api: &'a Api,
    pub(super) operations: &'a [OperationNames],
    pub(super) webhooks: &'a [WebhookNames],
    pub(super) given: &'a Given<'a>,
}

pub(super) fn assign(basis: &Basis<'_>, diagnostics: &mut Diagnostics) -> Vec<TypeNames> {
    let reserved = reserved();
    let mut cx = Assign {
        basis,
        api: basis.api,
        scope: Scope::new(&reserved, "Model"),
        named: vec![None; basis.api.types.len()],
        renamed: Vec::new(),
        patterned: vec![false; basis.api.types.len()],
        required: vec![None; basis.api.types.len()],
    };
    cx.name_given();
    cx.name_components(diagnostics);
    // What no place is named after takes the name of no place.
    cx.name_inline(false);
    cx.name_shared();
    cx.name_inline(true);
    cx.name_required();
    cx.report(diagnostics);
    cx.finish()
}

struct Assign<'a> {
    basis: &'a Basis<'a>,
    api: &'a Api,
    scope: Scope<'a>,
    named: Vec<Option<String>>,
    /// The types that are not called what they would be, with that name.
    renamed: Vec<(TypeId, String)>,
    /// By type: whether a pattern gave its name, and with it those of what is inline in it.
    patterned: Vec<bool>,
    required: Vec<Option<Ident>>,
}

/// Whether a type is, or is inline in, one that stands for several places.
fn is_in_shared(api: &Api, id: TypeId) -> bool {
    api.types[home(api, id)].hint.root == Root::Shared
}

/// The type whose file another one stands in.
fn home(api: &Api, mut id: TypeId) -> TypeId {
    while let Root::Type(parent) = api.types[id].hint.root {
        id = parent;
    }
    id
}

/// How many types a type is inline in.
fn depth(api: &Api, mut id: TypeId) -> usize {
    let mut depth = 0;
    while let Root::Type(parent) = api.types[id].hint.root {
        id = parent;
        depth += 1;
    }
    depth
}

/// What a type is, whether or not it shares its definition with others.
fn behind_aliases(api: &Api, id: TypeId) -> &Shape {
    let named = TypeRef::Named(id);
    match api.types.resolve(&named) {
        TypeRef::Named(target) => &api.types[*target].shape,
        _ => &api.types[id].shape,
    }
}

impl Assign<'_> {
    fn name_of(&self, id: TypeId) -> &str {
        self.named[id.index()].as_deref().unwrap_or_default()
    }

    /// Names several types at once, none of which comes first.
    fn name(&mut self, ids: &[TypeId], wishes: &[Wish], others: impl Fn(usize) -> Vec<String>) {
        let api = self.api;
        let names = settle(&mut self.scope, wishes, |index| identity(api, ids[index]), others);
        for ((id, wish), name) in ids.iter().zip(wishes).zip(names) {
            if name != wish.name && !wish.name.is_empty() {
                self.renamed.push((*id, wish.name.clone()));
            }
            self.named[id.index()] = Some(name);
        }
    }

    /// Names what the configuration or the document names.
    fn name_given(&mut self) {
        let given = self.basis.given;
        let name = |(id, definition): (TypeId, &TypeDef)| {
            let exact = match &definition.hint.root {
                Root::Component(name) => given.exact(Kind::Type, &[name, &words::camel(name)]),
                _ => None,
            };
            Some((id, Wish::given(exact.or_else(|| definition.name.clone())?)))
        };
        let (ids, wishes): (Vec<TypeId>, Vec<Wish>) = self.api.types.iter().filter_map(name).unzip();
        self.name(&ids, &wishes, |_| Vec::new());
    }

    fn name_components(&mut self, diagnostics: &mut Diagnostics) {
        let component = |(id, definition): (TypeId, &'_ TypeDef)| match &definition.hint.root {
            Root::Component(name) if self.named[id.index()].is_none() => Some((id, name.clone())),
            _ => None,
        };
        let (ids, keys): (Vec<TypeId>, Vec<String>) = self.api.types.iter().filter_map(component).unzip();
        let wish = |(id, key): (&TypeId, &String)| {
            let name = with_steps(words::camel(key), &self.api.types[*id].hint);
            Wish::of(key, words::shortened(name))
        };
        let mut wishes: Vec<Wish> = ids.iter().zip(&keys).map(wish).collect();
        let named = |index: usize| {
            let name = wishes[index].name.as_str();
            self.basis.given.by_pattern(Kind::Type, &[&keys[index], name])
        };
        let stripped = match self.basis.given.has(Kind::Type) {
            true => (0..ids.len())
                .map(|index| named(index).map(|name| words::camel(&name)))
                .collect(),
            false => Vec::new(),
        };
        let plain: Vec<String> = wishes.iter().map(|wish| wish.name.clone()).collect();
        for (name, indices) in patterns::apply(&mut wishes, stripped, |name| self.scope.has_free(name)) {
            let at = |index: &usize| &self.api.types[ids[*index]].origin;
            patterns::report(
                self.basis.given,
                Kind::Type,
                &name,
                &indices.iter().map(at).collect::<Vec<_>>(),
                diagnostics,
            );
        }
        for (id, (wish, plain)) in ids.iter().zip(wishes.iter().zip(&plain)) {
            self.patterned[id.index()] = wish.name != *plain;
        }
        self.name(&ids, &wishes, |index| values::spellings(&keys[index]));
    }

    /// Names what is inline in other types and in operations; what is inline in shared definitions, or all else.
    fn name_inline(&mut self, in_shared: bool) {
        let api = self.api;
        let left = |id: &TypeId| self.named[id.index()].is_none() && is_in_shared(api, *id) == in_shared;
        let mut left: Vec<(usize, TypeId)> = api
            .types
            .iter()
            .map(|(id, _)| id)
            .filter(left)
            .map(|id| (depth(api, id), id))
            .collect();
        left.sort_unstable_by_key(|(depth, id)| (*depth, id.index()));
        for level in left.chunk_by(|(one, _), (other, _)| one == other) {
            let ids: Vec<TypeId> = level.iter().map(|(_, id)| *id).collect();
            let mut wishes = Vec::with_capacity(ids.len());
            let mut others = Vec::with_capacity(ids.len());
            for id in &ids {
                let (wish, instead, is_given) = self.inline(*id);
                self.patterned[id.index()] = is_given || self.is_in_patterned(*id);
                wishes.push(wish);
                others.push(instead);
            }
            self.name(&ids, &wishes, |index| {
                let mut names = others[index].clone();
                let last = names.last().unwrap_or(&wishes[index].name);
                names.push(format!("{last}{}", kind(behind_aliases(api, ids[index]))));
                names
            });
        }
    }

    /// The name of an inline type, those that it has where that is not free, and whether the name is given.
    fn inline(&self, id: TypeId) -> (Wish, Vec<String>, bool) {
        let definition = &self.api.types[id];
        let named = |root: String| words::shortened(with_steps(root, &definition.hint));
        let (order, root, other) = match &definition.hint.root {
            Root::Reusable(part, key) => {
                let order = match part {
                    Part::Response | Part::StatusResponse(_) => 0,
                    Part::Request | Part::RequestAs(_) => 1,
                    Part::Parameter(_) => 2,
                    Part::Header(_) => 3,
                };
                (order, reusable_alone(part, key), Some(reusable(part, key)))
            }
            Root::Type(parent) => (4, self.name_of(*parent).to_owned(), None),
            Root::Operation(operation, part) => {
                let marker = self.basis.operations[operation.0].marker.plain();
                (5, format!("{marker}{}", part_words(part)), None)
            }
            Root::Webhook(index) => (6, self.basis.webhooks[*index].payload.plain().to_owned(), None),
            Root::Component(name) => (4, words::camel(name), None),
            Root::Shared => (7, "Shared".to_owned(), None),
        };
        let plain = named(root);
        let given = self.basis.given;
        let keys = [plain.as_str()];
        let wanted = given.exact(Kind::Type, &keys);
        let by_pattern = || {
            given
                .by_pattern(Kind::Type, &keys)
                .filter(|_| !self.is_in_patterned(id))
        };
        let wanted = wanted.or_else(|| by_pattern().map(|name| words::camel(&name)));
        let mut others: Vec<String> = other.map(named).into_iter().collect();
        let is_given = wanted.is_some();
        if is_given {
            others.insert(0, plain.clone());
        }
        let rank = order * 100 + definition.hint.steps.len().min(99);
        let name = wanted.unwrap_or(plain);
        (Wish { name, rank }, others, is_given)
    }

    /// Whether a type is inline in one that a pattern named, whose name it has already.
    fn is_in_patterned(&self, id: TypeId) -> bool {
        matches!(self.api.types[id].hint.root, Root::Type(parent) if self.patterned[parent.index()])
    }

    /// Names the definitions that stand for several places, all at once: none comes first.
    fn name_shared(&mut self) {
        let names = shared::names(self.api, &self.scope, |id| self.name_of(id));
        for (id, name) in names {
            if self.named[id.index()].is_some() {
                continue;
            }
            let given = self.basis.given;
            let exact = given.exact(Kind::Type, &[&name]);
            let free = |name: &String| self.scope.has_free(name);
            let other = exact.or_else(|| given.by_pattern(Kind::Type, &[&name]).map(|name| words::camel(&name)));
            let ty = self.scope.claim(other.filter(free).unwrap_or(name));
            self.named[id.index()] = Some(ty);
        }
    }

    /// Names the structs of required fields, last: no schema gives way to one.
    fn name_required(&mut self) {
        for (id, definition) in self.api.types.kept() {
            let Shape::Struct(object) = &definition.shape else {
                continue;
            };
            let required = object.fields.iter().filter(|field| field.required).count();
            if required >= NAMED_ARGUMENTS {
                let name = words::shortened(format!("{}Required", self.name_of(id)));
                self.required[id.index()] = Some(ident::ty(&self.scope.claim(name)));
            }
        }
    }

    /// Reports types that did not get their names.
    fn report(&mut self, diagnostics: &mut Diagnostics) {
        self.renamed.sort_by_key(|(id, _)| id.index());
        for (id, wanted) in &self.renamed {
            let definition = &self.api.types[*id];
            if definition.pruned {
                continue;
            }
            let ty = self.name_of(*id);
            let message = format!("the name `{wanted}` is already taken; this schema is generated as `{ty}`");
            let diagnostic = diagnostics.report(Code::Renamed, &definition.origin, message);
            diagnostic.help = Some(self.basis.given.help(Kind::Type, &definition.origin));
        }
    }

    fn finish(self) -> Vec<TypeNames> {
        let types: Vec<(TypeId, &TypeDef)> = self.api.types.iter().collect();
        let modules = self.modules();
        parallel::map(&types, |(id, definition)| {
            let ty = self.name_of(*id);
            let stands = home(self.api, self.beside(*id));
            let Members { names, setters, extra } = members(self.api, definition, ty, self.basis.given);
            TypeNames {
                ty: ident::ty(ty),
                home: stands,
                module: ident::value(&modules[stands.index()]),
                members: names,
                setters,
                extra,
                required: self.required[id.index()].clone(),
            }
        })
    }

    /// By type: the module of the file that it would have.
    fn modules(&self) -> Vec<String> {
        let reserved: Vec<&str> = words::DEVICES
            .into_iter()
            .chain(["mod", "model_traits", "models"])
            .collect();
        let mut scope = Scope::new(&reserved, "model");
        let homes: Vec<TypeId> = self
            .api
            .types
            .iter()
            .map(|(id, _)| id)
            .filter(|id| home(self.api, *id) == *id)
            .collect();
        let wish = |id: &TypeId| Wish::given(words::module(self.name_of(*id)));
        let wishes: Vec<Wish> = homes.iter().map(wish).collect();
        let names = settle(
            &mut scope,
            &wishes,
            |index| self.name_of(homes[index]).to_owned(),
            |_| Vec::new(),
        );
        let mut modules = vec![String::new(); self.named.len()];
        for (id, name) in homes.into_iter().zip(names) {
            modules[id.index()] = name;
        }
        modules
    }

    /// The type in whose file another one stands. What is inline in an operation and only another name for a type
    /// stands beside that type: a file for one line costs more than the line.
    fn beside(&self, id: TypeId) -> TypeId {
        match &self.api.types[id].shape {
            Shape::Alias(Slot {
                ty: TypeRef::Named(target),
                ..
            }) if !matches!(self.api.types[home(self.api, id)].hint.root, Root::Component(_)) => *target,
            _ => id,
        }
    }
}
