//! Names of types, fields and variants.

use super::operations::OperationNames;
use super::places::{part_words, reusable, with_steps};
use super::renamed::renamed;
use super::scope::Scope;
use super::webhooks::WebhookNames;
use super::{Ident, ident, shared, values, words};
use crate::analyze::NAMED_ARGUMENTS;
use crate::config::Renames;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Api, Root, Shape, Slot, Struct, TypeDef, TypeId, TypeRef};
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

/// Names that mean something else in the files of models.
const RESERVED_TYPES: [&str; 28] = [
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Deserializer",
    "Display",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "From",
    "FromStr",
    "Hash",
    "Into",
    "MapAccess",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Send",
    "Serialize",
    "Serializer",
    "Some",
    "String",
];

/// Further names of the prelude and of what generated implementations mention.
const RESERVED_PRELUDE: [&str; 16] = [
    "IntoNullable",
    "IntoOption",
    "M",
    "Nullable",
    "Vec",
    "Sync",
    "Sized",
    "ToString",
    "ToOwned",
    "Iterator",
    "IntoIterator",
    "Extend",
    "AsRef",
    "AsMut",
    "Ord",
    "Unpin",
];

/// Names that no type gets.
pub(super) fn reserved() -> Vec<&'static str> {
    RESERVED_TYPES.into_iter().chain(RESERVED_PRELUDE).collect()
}

pub(super) fn assign(
    api: &Api,
    operations: &[OperationNames],
    webhooks: &[WebhookNames],
    renames: &Renames,
    diagnostics: &mut Diagnostics,
) -> Vec<TypeNames> {
    let reserved = reserved();
    let modules: Vec<&str> = words::DEVICES
        .into_iter()
        .chain(["mod", "model_traits", "models"])
        .collect();
    let mut cx = Assign {
        api,
        operations,
        webhooks,
        renames,
        scope: Scope::new(&reserved, "Model"),
        modules: Scope::new(&modules, "model"),
        named: vec![None; api.types.len()],
        required: vec![None; api.types.len()],
    };
    // Components first: an inline type never takes the name of something that has one.
    for (id, definition) in api.types.iter() {
        if matches!(definition.hint.root, Root::Component(_)) {
            cx.name(id, diagnostics);
        }
    }
    // What no place is named after takes the name of no place.
    for (id, _) in api.types.iter().filter(|(id, _)| !is_in_shared(api, *id)) {
        cx.name(id, diagnostics);
    }
    cx.name_shared();
    for (id, _) in api.types.iter() {
        cx.name(id, diagnostics);
    }
    cx.name_required();
    cx.finish()
}

struct Assign<'a> {
    api: &'a Api,
    operations: &'a [OperationNames],
    webhooks: &'a [WebhookNames],
    renames: &'a Renames,
    scope: Scope<'a>,
    modules: Scope<'a>,
    named: Vec<Option<Named>>,
    required: Vec<Option<Ident>>,
}

#[derive(Clone)]
struct Named {
    ty: String,
    home: TypeId,
    module: String,
}

/// Whether a type is, or is inline in, one that stands for several places.
fn is_in_shared(api: &Api, mut id: TypeId) -> bool {
    while let Root::Type(parent) = api.types[id].hint.root {
        id = parent;
    }
    api.types[id].hint.root == Root::Shared
}

impl Assign<'_> {
    /// Names the definitions that stand for several places, all at once: none comes first.
    fn name_shared(&mut self) {
        let name = |id: TypeId| self.named[id.index()].as_ref().map_or("", |named| named.ty.as_str());
        let names = shared::names(self.api, &self.scope, name);
        for (id, name) in names {
            let ty = self.scope.claim(name);
            self.named[id.index()] = Some(Named {
                module: self.modules.claim(words::module(&ty)),
                home: id,
                ty,
            });
        }
    }

    fn name(&mut self, id: TypeId, diagnostics: &mut Diagnostics) -> Named {
        if let Some(named) = &self.named[id.index()] {
            return named.clone();
        }
        let definition = &self.api.types[id];
        let (root, home) = match &definition.hint.root {
            Root::Component(name) => {
                let given = renamed(self.renames.types.get(name), &definition.origin, diagnostics);
                (given.unwrap_or_else(|| words::camel(name)), None)
            }
            Root::Type(parent) => {
                let parent = self.name(*parent, diagnostics);
                (parent.ty.clone(), Some(parent))
            }
            Root::Webhook(index) => (self.webhooks[*index].payload.plain().to_owned(), None),
            Root::Operation(operation, part) => {
                let marker = self.operations[operation.0].marker.plain();
                (format!("{marker}{}", part_words(part)), None)
            }
            Root::Reusable(part, key) => (reusable(part, key), None),
            Root::Shared => ("Shared".to_owned(), None),
        };
        let wanted = words::shortened(with_steps(root, &definition.hint));
        let ty = self.scope.claim(wanted.clone());
        if ty != wanted && !wanted.is_empty() && !definition.pruned {
            let message = format!("the name `{wanted}` is already taken; this schema is generated as `{ty}`");
            diagnostics.report(Code::Renamed, &definition.origin, message);
        }
        let named = match home {
            Some(parent) => Named {
                ty,
                home: parent.home,
                module: parent.module,
            },
            None => Named {
                module: self.modules.claim(words::module(&ty)),
                home: id,
                ty,
            },
        };
        self.named[id.index()] = Some(named.clone());
        named
    }

    /// Names the structs of required fields, last: no schema gives way to one.
    fn name_required(&mut self) {
        for (id, definition) in self.api.types.kept() {
            let Shape::Struct(object) = &definition.shape else {
                continue;
            };
            let required = object.fields.iter().filter(|field| field.required).count();
            if let (NAMED_ARGUMENTS.., Some(named)) = (required, &self.named[id.index()]) {
                let name = self.scope.claim(words::shortened(format!("{}Required", named.ty)));
                self.required[id.index()] = Some(ident::ty(&name));
            }
        }
    }

    fn finish(self) -> Vec<TypeNames> {
        let types: Vec<(TypeId, &TypeDef)> = self.api.types.iter().collect();
        let names = parallel::map(&types, |(id, definition)| {
            let named = self.named[id.index()].as_ref()?;
            let stands = self.named[self.beside(*id, named).index()].as_ref()?;
            let Members { names, setters, extra } = members(definition);
            Some(TypeNames {
                ty: ident::ty(&named.ty),
                home: stands.home,
                module: ident::value(&stands.module),
                members: names,
                setters,
                extra,
                required: self.required[id.index()].clone(),
            })
        });
        names.into_iter().flatten().collect()
    }

    /// The type in whose file another one stands. What is inline in an operation and only another name for a type
    /// stands beside that type: a file for one line costs more than the line.
    fn beside(&self, id: TypeId, named: &Named) -> TypeId {
        match &self.api.types[id].shape {
            Shape::Alias(Slot {
                ty: TypeRef::Named(target),
                ..
            }) if !matches!(self.api.types[named.home].hint.root, Root::Component(_)) => *target,
            _ => id,
        }
    }
}

/// What is in a type.
struct Members {
    names: Vec<Ident>,
    setters: Vec<(usize, Ident)>,
    extra: Ident,
}

/// Methods that callers of every struct have by these names: its constructor, and those of traits that it implements and
/// that are in scope everywhere. A setter would be found in their place.
const STRUCT_METHODS: [&str; 6] = ["clone", "default", "into", "new", "to_owned", "try_into"];

fn members(definition: &TypeDef) -> Members {
    let names = match &definition.shape {
        Shape::Struct(object) => return fields(object),
        Shape::Enum(list) => values::variants(&list.values),
        Shape::Union(union) => {
            let mut scope = Scope::new(&["Several", "Unknown"], "Variant");
            let variants = union.variants.iter();
            variants
                .map(|variant| ident::ty(&scope.claim(words::camel(&variant.hint))))
                .collect()
        }
        Shape::Alias(_) | Shape::Any => Vec::new(),
    };
    Members {
        names,
        setters: Vec::new(),
        extra: ident::value("additional_properties"),
    }
}

fn fields(object: &Struct) -> Members {
    let mut scope = Scope::new(&[], "field");
    let mut names = Vec::with_capacity(object.fields.len());
    let mut setters = Vec::new();
    for (index, field) in object.fields.iter().enumerate() {
        let name = scope.claim(words::snake(&field.wire));
        if STRUCT_METHODS.contains(&name.as_str()) {
            setters.push((index, ident::value(&scope.claim(format!("with_{name}")))));
        }
        names.push(ident::value(&name));
    }
    let extra = ident::value(&scope.claim("additional_properties".to_owned()));
    Members { names, setters, extra }
}
