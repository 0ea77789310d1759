//! What a document says about XML -> constants of the runtime's, and what stands for bodies of XML.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::Presence;
use crate::emit::context::Cx;
use crate::ir::{EnumValues, Field, NodeType, Primitive, Shape, Slot, Struct, TypeId, TypeRef, Union, XmlUse};
use crate::names::Ident;

/// The constants for all types that bodies of XML hold.
pub(crate) fn constants(cx: &Cx<'_>) -> TokenStream {
    let runtime = cx.paths.runtime();
    let whole: BTreeSet<TypeId> = cx.api.xml_bodies().filter_map(|slot| cx.api.xml_type(slot)).collect();
    let types = cx.described(&whole);
    let has_members =
        |id: &TypeId| matches!(&cx.api.types[*id].shape, Shape::Struct(object) if !object.fields.is_empty());
    let member = types.iter().any(has_members).then(|| quote!(Member,));
    // in an order that the document does not change
    let mut types: Vec<TypeId> = types.into_iter().collect();
    types.sort_by_key(|id| cx.names.xml_of_type(*id));
    let types = types.iter().map(|id| cx.xml_static(*id, whole.contains(id)));
    let bodies = cx.names.xml_bodies().map(|(slot, name)| cx.xml_body(slot, name));
    quote! {
        //! XML mappings of request and response bodies.
        use #runtime::xml::{#member Node, Shape};

        #(#types)*
        #(#bodies)*
    }
}

/// Writes what values hold.
struct Shapes<'a> {
    cx: &'a Cx<'a>,
}

impl Cx<'_> {
    /// The types that have a constant: those that bodies of XML reach, as far as they have a shape of their own, and
    /// those that are a whole body.
    fn described(&self, whole: &BTreeSet<TypeId>) -> BTreeSet<TypeId> {
        let mut pending: Vec<TypeId> = Vec::new();
        for slot in self.api.xml_bodies() {
            named(slot, &mut pending);
        }
        let mut reached: BTreeSet<TypeId> = BTreeSet::new();
        while let Some(id) = pending.pop() {
            if reached.insert(id) {
                match &self.api.types[id].shape {
                    Shape::Struct(object) => {
                        let slots = object.fields.iter().map(|field| &field.slot).chain(&object.extra);
                        slots.for_each(|slot| named(slot, &mut pending));
                    }
                    Shape::Union(union) => {
                        let held = union.variants.iter().filter_map(|variant| variant.slot.as_ref());
                        held.for_each(|slot| named(slot, &mut pending));
                    }
                    Shape::Alias(slot) => named(slot, &mut pending),
                    Shape::Enum(_) | Shape::Any => {}
                }
            }
        }
        reached.retain(|id| self.has_constant(*id) || whole.contains(id));
        reached
    }

    fn has_constant(&self, id: TypeId) -> bool {
        match &self.api.types[id].shape {
            Shape::Struct(_) | Shape::Union(_) => true,
            Shape::Alias(_) => self.facts.is_newtype(id),
            Shape::Enum(_) | Shape::Any => false,
        }
    }

    fn xml_static(&self, id: TypeId, whole: bool) -> TokenStream {
        let name = self.names.xml_of_type(id);
        let slot = Slot::new(TypeRef::Named(id));
        let shapes = Shapes { cx: self };
        let shape = match &self.api.types[id].shape {
            Shape::Struct(object) => shapes.object(id, object),
            Shape::Union(union) => shapes.union(union),
            Shape::Alias(target) => shapes.shape(target, self.facts.is_newtype(id)),
            Shape::Enum(_) | Shape::Any => shapes.shape(&slot, true),
        };
        // what only stands inside of others is called as its place
        let node = match whole || self.api.xml_root_name(&slot).is_some() {
            true => self.root_node(&slot, &shape),
            false => quote!(Node::element("", #shape)),
        };
        quote!(pub(crate) static #name: Node = #node;)
    }

    /// A body that is not a type as it stands.
    fn xml_body(&self, slot: &Slot, name: &Ident) -> TokenStream {
        let shape = Shapes { cx: self }.shape(slot, false);
        let node = self.root_node(slot, &shape);
        quote!(pub(crate) static #name: Node = #node;)
    }

    /// The constant for a body of XML.
    pub(crate) fn xml_root(&self, slot: &Slot) -> TokenStream {
        let name = self.names.xml_of_body(self.api, slot);
        name.map(|name| quote!(&xml::#name)).unwrap_or_default()
    }

    /// The outermost element. Without a name, an object of one element is that element.
    fn root_node(&self, slot: &Slot, shape: &TokenStream) -> TokenStream {
        let namespace = namespace(&self.api.xml_of(slot));
        let name = match (self.api.xml_root_name(slot), &slot.ty) {
            (Some(name), _) => name,
            (None, TypeRef::Named(id)) => match &self.api.types[*id].shape {
                Shape::Struct(object) if self.is_envelope(object) => return quote!(Node::none(#shape)),
                Shape::Union(_) => "",
                _ => self.names.of_type(*id).ty.plain(),
            },
            (None, _) => "",
        };
        quote!(Node::element(#name, #shape)#namespace)
    }

    /// Whether an object has one member, and that is an element.
    fn is_envelope(&self, object: &Struct) -> bool {
        match object.fields.as_slice() {
            [only] => object.extra.is_none() && self.node_type(&only.slot) == NodeType::Element,
            _ => false,
        }
    }

    /// `nodeType`, or what stands for it: an array that is not wrapped has no node. Only text can be an attribute.
    fn node_type(&self, slot: &Slot) -> NodeType {
        let said = self.api.xml_of(slot);
        let wanted = said.first(|xml| xml.node_type);
        let ty = self.api.types.resolve(&slot.ty);
        let list = matches!(ty, TypeRef::List(_) | TypeRef::Tuple(_));
        match wanted {
            Some(NodeType::Attribute) if self.is_text_in_xml(ty, true) => NodeType::Attribute,
            Some(NodeType::Text | NodeType::Cdata) if self.is_text_in_xml(ty, false) => {
                wanted.unwrap_or(NodeType::Text)
            }
            Some(NodeType::None) if self.is_text_in_xml(ty, false) => NodeType::Text,
            Some(NodeType::None) => NodeType::None,
            Some(NodeType::Element) => NodeType::Element,
            _ if list && said.first(|xml| xml.wrapped) != Some(true) => NodeType::None,
            _ => NodeType::Element,
        }
    }

    /// Whether values are text without elements; lists of such values may be.
    fn is_text_in_xml(&self, ty: &TypeRef, or_list: bool) -> bool {
        match ty {
            TypeRef::Primitive(_) => true,
            TypeRef::Named(id) => match &self.api.types[*id].shape {
                Shape::Enum(_) => true,
                Shape::Union(union) => {
                    let mut held = union.variants.iter().filter_map(|variant| variant.slot.as_ref());
                    held.all(|slot| matches!(self.api.types.resolve(&slot.ty), TypeRef::Primitive(_)))
                }
                _ => false,
            },
            TypeRef::List(item) => or_list && self.is_text_in_xml(self.api.types.resolve(&item.ty), false),
            TypeRef::Tuple(_) | TypeRef::Map(_) | TypeRef::Any => false,
        }
    }
}

impl Shapes<'_> {
    fn object(&self, id: TypeId, object: &Struct) -> TokenStream {
        let members = object.fields.iter().enumerate().map(|(index, field)| {
            let required = self.cx.facts.presence(id, index) == Presence::Required;
            self.member(field, required)
        });
        let members: Vec<TokenStream> = members.collect();
        match &object.extra {
            None => quote!(Shape::object(&[#(#members),*])),
            Some(extra) => {
                let other = self.other(extra);
                quote!(Shape::open_object(&[#(#members),*], &#other))
            }
        }
    }

    fn member(&self, field: &Field, required: bool) -> TokenStream {
        let property = &field.wire;
        let said = self.cx.api.xml_of(&field.slot);
        let node_type = self.cx.node_type(&field.slot);
        let shape = self.shape(&field.slot, true);
        let constructor = match node_type {
            NodeType::Element => quote!(element),
            NodeType::Attribute => quote!(attribute),
            NodeType::Text => quote!(text),
            NodeType::Cdata => quote!(cdata),
            NodeType::None => quote!(none),
        };
        let has_name = matches!(node_type, NodeType::Element | NodeType::Attribute);
        let inferred = said.first(|xml| xml.component.as_deref()).filter(|_| has_name);
        let name = said.name(has_name).or(inferred).filter(|name| name != property);
        let named = name.map(|name| quote!(.named(#name)));
        let namespace = if has_name { namespace(&said) } else { None };
        let required = (required && !has_name).then(|| quote!(.required()));
        quote!(Member::#constructor(#property, #shape)#named #namespace #required)
    }

    fn union(&self, union: &Union) -> TokenStream {
        let held = union.variants.iter().filter_map(|variant| variant.slot.as_ref());
        let branches = held.map(|slot| {
            let said = self.cx.api.xml_of(slot);
            let name = said.name(true).or(said.component).unwrap_or_default();
            let namespace = namespace(&said);
            let shape = self.shape(slot, true);
            quote!(Node::element(#name, #shape)#namespace)
        });
        quote!(Shape::one_of(&[#(#branches),*]))
    }

    /// What a value holds. `named` says whether items without a name have one to take over.
    fn shape(&self, slot: &Slot, named: bool) -> TokenStream {
        match &slot.ty {
            TypeRef::Primitive(primitive) => of_primitive(*primitive),
            TypeRef::Any => quote!(Shape::ANY),
            TypeRef::List(item) => {
                let item = self.item(item, named);
                quote!(Shape::list(&#item))
            }
            TypeRef::Tuple(places) => {
                let places = places.iter().map(|place| self.item(place, named));
                quote!(Shape::tuple(&[#(#places),*]))
            }
            TypeRef::Map(value) => {
                let value = self.other(value);
                quote!(Shape::map(&#value))
            }
            TypeRef::Named(id) if self.cx.has_constant(*id) => {
                let constant = self.cx.names.xml_of_type(*id);
                quote!(Shape::of(&#constant))
            }
            TypeRef::Named(id) => match &self.cx.api.types[*id].shape {
                Shape::Alias(target) => self.shape(target, named),
                Shape::Enum(values) => match values.values {
                    EnumValues::Strings(_) => quote!(Shape::TEXT),
                    EnumValues::Integers(_) | EnumValues::Numbers(_) => quote!(Shape::NUMBER),
                },
                Shape::Struct(_) | Shape::Union(_) | Shape::Any => quote!(Shape::ANY),
            },
        }
    }

    /// An item of an array. Arrays inside of arrays are elements, or their items could not be told apart.
    fn item(&self, slot: &Slot, named: bool) -> TokenStream {
        let said = self.cx.api.xml_of(slot);
        let shape = self.shape(slot, true);
        match self.cx.node_type(slot) {
            NodeType::Text => return quote!(Node::text(#shape)),
            NodeType::Cdata => return quote!(Node::cdata(#shape)),
            NodeType::Element | NodeType::Attribute | NodeType::None => {}
        }
        let inferred = said.first(|xml| xml.component.as_deref());
        let component = if named { inferred } else { said.component };
        let name = said.name(true).or(component).unwrap_or_default();
        let namespace = namespace(&said);
        quote!(Node::element(#name, #shape)#namespace)
    }

    /// The value of a member that no schema names.
    fn other(&self, slot: &Slot) -> TokenStream {
        let shape = self.shape(slot, true);
        match self.cx.node_type(slot) {
            NodeType::None => quote!(Node::none(#shape)),
            _ => quote!(Node::element("", #shape)),
        }
    }
}

fn of_primitive(primitive: Primitive) -> TokenStream {
    match primitive {
        Primitive::Scalar(scalar) => match scalar.kinds() {
            [only] => of_primitive(*only),
            kinds => {
                let kinds = kinds.iter().map(|kind| of_primitive(*kind));
                quote!(Shape::one_of(&[#(Node::element("", #kinds)),*]))
            }
        },
        Primitive::Bool | Primitive::BoolConstant(_) => quote!(Shape::BOOLEAN),
        Primitive::I32 | Primitive::I64 | Primitive::U32 | Primitive::U64 | Primitive::I128 | Primitive::F64 => {
            quote!(Shape::NUMBER)
        }
        Primitive::DateTime | Primitive::Date | Primitive::Uuid => quote!(Shape::TOKEN),
        // parts are made for multipart alone
        Primitive::String | Primitive::Secret | Primitive::Base64 | Primitive::Base64Url | Primitive::Part => {
            quote!(Shape::TEXT)
        }
    }
}

/// `namespace` and `prefix`, as what is set on a node.
fn namespace(said: &XmlUse<'_>) -> Option<TokenStream> {
    let namespace = said.first(|xml| xml.namespace.as_deref()).unwrap_or_default();
    let prefix = said.first(|xml| xml.prefix.as_deref()).unwrap_or_default();
    let said = !namespace.is_empty() || !prefix.is_empty();
    said.then(|| quote!(.namespace(#namespace, #prefix)))
}

fn named(slot: &Slot, found: &mut Vec<TypeId>) {
    match &slot.ty {
        TypeRef::Named(id) => found.push(*id),
        TypeRef::List(item) | TypeRef::Map(item) => named(item, found),
        TypeRef::Tuple(places) => places.iter().for_each(|place| named(place, found)),
        TypeRef::Primitive(_) | TypeRef::Any => {}
    }
}
