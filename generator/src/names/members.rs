//! Names of what is in a type: fields, values and branches.

use super::contest::{Wish, settle};
use super::given::Given;
use super::scope::Scope;
use super::{Ident, ident, values, words};
use crate::config::Kind;
use crate::ir::{Api, Enum, EnumValue, EnumValues, Field, Root, Shape, Slot, Struct, TypeDef, TypeRef, Union, Variant};

/// What is in a type.
#[derive(Debug, Clone)]
pub(super) struct Members {
    /// By field or variant.
    pub(super) names: Vec<Ident>,
    /// The setters that are not called like their field, by its position.
    pub(super) setters: Vec<(usize, Ident)>,
    /// The field for members that are not known.
    pub(super) extra: Ident,
}

impl Members {
    fn of(names: Vec<Ident>) -> Self {
        Self {
            names,
            setters: Vec::new(),
            extra: ident::value("additional_properties"),
        }
    }
}

/// Methods that callers of every struct have by these names: its constructor, and those of traits that it implements and
/// that are in scope everywhere. A setter would be found in their place.
const STRUCT_METHODS: [&str; 6] = ["clone", "default", "into", "new", "to_owned", "try_into"];

/// Names what is in a type that is called `ty`.
pub(super) fn members(api: &Api, definition: &TypeDef, ty: &str, given: &Given<'_>) -> Members {
    let owner = Owner {
        component: match &definition.hint.root {
            Root::Component(name) => Some(name),
            _ => None,
        },
        ty,
        given,
    };
    match &definition.shape {
        Shape::Struct(object) => owner.fields(object),
        Shape::Enum(list) => Members::of(owner.values(list)),
        Shape::Union(union) => Members::of(owner.branches(api, union)),
        Shape::Alias(_) | Shape::Any => Members::of(Vec::new()),
    }
}

/// The type that something is in.
struct Owner<'a> {
    component: Option<&'a String>,
    ty: &'a str,
    given: &'a Given<'a>,
}

impl Owner<'_> {
    /// The name that the configuration gives, or else the one that the document gives.
    fn named(&self, kind: Kind, name: &str, document: Option<&String>) -> Option<String> {
        if !self.given.has(kind) {
            return document.cloned();
        }
        let mut keys = vec![format!("{}.{name}", self.ty), name.to_owned()];
        keys.extend(self.component.map(|component| format!("{component}.{name}")));
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        self.given.name(kind, &keys, document)
    }

    fn fields(&self, object: &Struct) -> Members {
        let mut scope = Scope::new(&[], "field");
        let wish = |field: &Field| match self.named(Kind::Property, &field.wire, field.name.as_ref()) {
            Some(name) => Wish::given(name),
            None => Wish::of(&field.wire, words::snake(&field.wire)).behind_given(),
        };
        let wishes: Vec<Wish> = object.fields.iter().map(wish).collect();
        let wire = |index: usize| object.fields[index].wire.clone();
        let others = |index: usize| snakes(&object.fields[index].wire);
        let setter = |method: &str| format!("with_{method}");
        for method in STRUCT_METHODS
            .iter()
            .filter(|method| wishes.iter().any(|wish| wish.name == **method))
        {
            scope.take(&setter(method));
        }
        let names = settle(&mut scope, &wishes, wire, others);
        let has_other = names
            .iter()
            .enumerate()
            .filter(|(_, name)| STRUCT_METHODS.contains(&name.as_str()));
        let setters = has_other
            .map(|(index, name)| (index, ident::value(&setter(name))))
            .collect();
        let extra = ident::value(&scope.claim("additional_properties".to_owned()));
        Members {
            names: names.iter().map(|name| ident::value(name)).collect(),
            setters,
            extra,
        }
    }

    fn values(&self, list: &Enum) -> Vec<Ident> {
        if !self.given.has(Kind::Value) {
            return values::variants(&list.values);
        }
        let mut list = list.values.clone();
        match &mut list {
            EnumValues::Strings(values) => self.name_values(values),
            EnumValues::Integers(values) => self.name_values(values),
            EnumValues::Numbers(values) => self.name_values(values),
        }
        values::variants(&list)
    }

    fn name_values<T: ToString>(&self, values: &mut [EnumValue<T>]) {
        for value in values {
            value.name = self.named(Kind::Value, &value.wire.to_string(), value.name.as_ref());
        }
    }

    fn branches(&self, api: &Api, union: &Union) -> Vec<Ident> {
        let mut scope = Scope::new(&["Several", "Unknown"], "Variant");
        let variants = &union.variants;
        let wish = |variant: &Variant| {
            let plain = words::camel(&variant.hint);
            match self.named(Kind::Branch, &plain, variant.name.as_ref()) {
                Some(name) => Wish::given(name),
                None => Wish::of(&variant.hint, plain).behind_given(),
            }
        };
        let wishes: Vec<Wish> = variants.iter().map(wish).collect();
        let held = |variant: &Variant| variant.slot.as_ref().map_or_else(String::new, |slot| held(api, slot));
        let key = |index: usize| {
            let variant = &variants[index];
            format!("{:?} {:?} {}", variant.hint, variant.tags, held(variant))
        };
        let others = |index: usize| {
            let variant = &variants[index];
            let plain = words::camel(&variant.hint);
            let tags: String = variant.tags.iter().map(|tag| words::camel(tag)).collect();
            [tags, held(variant)]
                .into_iter()
                .filter(|words| !words.is_empty())
                .map(|words| format!("{plain}{words}"))
                .collect()
        };
        let names = settle(&mut scope, &wishes, key, others);
        names.iter().map(|name| ident::ty(name)).collect()
    }
}

/// Names in `snake_case` in which more and more of a text is spelled out.
pub(super) fn snakes(text: &str) -> Vec<String> {
    let spellings = values::spellings(text).into_iter();
    spellings.map(|name| words::snake(&name)).collect()
}

/// What a branch holds, in words.
fn held(api: &Api, slot: &Slot) -> String {
    match &slot.ty {
        TypeRef::Named(id) => match &api.types[*id].hint.root {
            Root::Component(name) => words::camel(name),
            _ => kind(&api.types[*id].shape).to_owned(),
        },
        TypeRef::List(item) => format!("{}List", held(api, item)),
        TypeRef::Map(value) => format!("{}Map", held(api, value)),
        TypeRef::Tuple(_) => "Tuple".to_owned(),
        TypeRef::Primitive(primitive) => words::camel(&format!("{primitive:?}")),
        TypeRef::Any => "Any".to_owned(),
    }
}

/// What a type is, in a word.
pub(super) fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "Object",
        Shape::Enum(_) => "Enum",
        Shape::Union(_) => "Union",
        Shape::Alias(_) => "Alias",
        Shape::Any => "Any",
    }
}
