//! Samples -> the expressions that make them.

use serde_json::Value;

use super::code::Code;
use super::json::within_macro;
use super::layout::{Expr, literal};
use super::primitive::{converts, scalar_literal};
use super::sample::Sample;
use crate::analyze::Presence;
use crate::emit::operations::parameter::is_copy;
use crate::ir::{Primitive, Shape, Slot, TypeId, TypeRef};

impl Code<'_, '_> {
    /// The value of a slot, whose type has `Option` around it where `null` is admitted.
    pub(super) fn slot(&mut self, slot: &Slot, sample: &Sample) -> Expr {
        if self.cx.api.types.is_nullable(slot) && slot.ty != TypeRef::Any {
            return self.some(sample, |code| code.owned(&slot.ty, sample));
        }
        self.owned(&slot.ty, sample)
    }

    fn some(&mut self, sample: &Sample, value: impl FnOnce(&mut Self) -> Expr) -> Expr {
        match sample {
            Sample::Null => Expr::text("None"),
            _ => Expr::call("Some", vec![value(self)]),
        }
    }

    /// A value of just this type.
    pub(super) fn owned(&mut self, ty: &TypeRef, sample: &Sample) -> Expr {
        match (ty, sample) {
            (TypeRef::Named(id), sample) => self.named(*id, sample),
            (TypeRef::Any, sample) => self.any(&self.cx.json(sample)),
            (TypeRef::Primitive(primitive), Sample::Plain(value)) => self.primitive(*primitive, value),
            (TypeRef::Primitive(_), _) => self.part(),
            (TypeRef::List(item), Sample::List(elements)) => {
                let items = elements.iter().map(|element| self.slot(item, element)).collect();
                Expr::Group {
                    open: "vec![".to_owned(),
                    items,
                    close: "]",
                }
            }
            (TypeRef::Tuple(places), Sample::List(elements)) => {
                let mut items: Vec<Expr> = Vec::new();
                for (place, element) in places.iter().zip(elements) {
                    items.push(self.slot(place, element));
                }
                match items.len() {
                    1 => items.swap_remove(0),
                    _ => Expr::call("", items),
                }
            }
            (TypeRef::Map(value), Sample::Map(members)) => self.map(value, members),
            // samples are made for the type, so that there is nothing else
            (TypeRef::List(_) | TypeRef::Tuple(_) | TypeRef::Map(_), _) => Expr::text("Default::default()"),
        }
    }

    fn map(&mut self, value: &Slot, members: &[(String, Sample)]) -> Expr {
        let any = matches!(value.ty, TypeRef::Any);
        let path = if any {
            "serde_json::Map"
        } else {
            "std::collections::BTreeMap"
        };
        if members.is_empty() {
            return Expr::text(format!("{path}::new()"));
        }
        let entry = |(key, sample): &(String, Sample)| {
            let key = Expr::text(literal(key) + ".to_owned()");
            Expr::call("", vec![key, self.slot(value, sample)])
        };
        let entries = members.iter().map(entry).collect();
        let from = if any { "from_iter" } else { "from" };
        Expr::Group {
            open: format!("{path}::{from}(["),
            items: entries,
            close: "])",
        }
    }

    /// Any JSON value.
    pub(super) fn any(&mut self, value: &Value) -> Expr {
        match within_macro(value) {
            Expr::Group { open, items, close } => Expr::Group {
                open: format!("serde_json::json!({open}"),
                items,
                close: if close == "}" { "})" } else { "])" },
            },
            // the macro takes no comma after a single value, which a call of several lines would have
            Expr::Text(text) => Expr::text(format!("serde_json::json!({text})")),
            other => Expr::call("serde_json::json!", vec![other]),
        }
    }

    fn named(&mut self, id: TypeId, sample: &Sample) -> Expr {
        let cx = self.cx;
        let names = cx.names.of_type(id);
        match (&cx.api.types[id].shape, sample) {
            (Shape::Alias(slot), Sample::Newtype(inner)) => {
                let inner = self.owned(&slot.ty, inner);
                let inner = match slot.ty {
                    TypeRef::Tuple(_) => Expr::boxed(inner),
                    _ => inner,
                };
                Expr::call(self.model(id), vec![inner])
            }
            (Shape::Alias(slot), sample) => self.owned(&slot.ty, sample),
            (Shape::Any, sample) => self.any(&cx.json(sample)),
            (Shape::Enum(_), Sample::Listed(_, index)) => {
                Expr::text(format!("{}::{}", self.model(id), names.members[*index]))
            }
            (Shape::Enum(_), sample) => {
                let value = match cx.json(sample) {
                    Value::String(text) => literal(&text),
                    other => other.to_string(),
                };
                Expr::text(format!("{}::from({value})", self.model(id)))
            }
            (Shape::Union(union), Sample::Branch(_, index, inner)) => {
                let path = format!("{}::{}", self.model(id), names.members[*index]);
                let Some(slot) = &union.variants[*index].slot else {
                    return Expr::text(path);
                };
                let inner = match union.has_content() {
                    true => self.slot(slot, inner),
                    // `null` stands beside the union
                    false => self.owned(&slot.ty, inner),
                };
                let inner = match cx.facts.is_boxed(id, *index) {
                    true => Expr::boxed(inner),
                    false => inner,
                };
                Expr::call(path, vec![inner])
            }
            (Shape::Struct(_), Sample::Object(_, fields)) => self.object(id, fields),
            // samples are made for the type, so that there is nothing else
            (Shape::Struct(_) | Shape::Union(_), _) => Expr::text("Default::default()"),
        }
    }

    /// A constructor with what is required, setters for the rest.
    fn object(&mut self, id: TypeId, fields: &[(usize, Sample)]) -> Expr {
        let cx = self.cx;
        let Shape::Struct(object) = &cx.api.types[id].shape else {
            return Expr::text("Default::default()");
        };
        let names = cx.names.of_type(id);
        let (mut arguments, mut calls) = (Vec::new(), Vec::new());
        for (index, sample) in fields {
            if cx.facts.constant(id, *index).is_some() {
                continue;
            }
            let (field, ident) = (&object.fields[*index], &names.members[*index]);
            let boxed = cx.facts.is_boxed(id, *index);
            self.deprecated |= field.docs.deprecated;
            match cx.facts.presence(id, *index) {
                Presence::Required => {
                    let value = self.argument(&field.slot.ty, sample);
                    arguments.push(self.named_if_long(value, ident.plain()));
                }
                Presence::RequiredNullable if matches!(sample, Sample::Null) => {}
                Presence::OptionalNullable if field.slot.ty != TypeRef::Any => {
                    let value = self.nullable(&field.slot.ty, boxed, sample);
                    let value = self.named_if_long(value, ident.plain());
                    calls.push(Expr::call(format!(".{}", names.setter(*index)), vec![value]));
                }
                _ => {
                    let value = self.argument(&field.slot.ty, sample);
                    let value = self.named_if_long(value, ident.plain());
                    calls.push(Expr::call(format!(".{}", names.setter(*index)), vec![value]));
                }
            }
        }
        let ty = self.model(id);
        let begun = match cx.facts.has_default(id) {
            true => Expr::text(format!("{ty}::default()")),
            false => Expr::call(format!("{ty}::new"), arguments),
        };
        if calls.is_empty() {
            begun
        } else {
            Expr::Chain(Box::new(begun), calls)
        }
    }

    /// What is converted into `Nullable`.
    fn nullable(&mut self, ty: &TypeRef, boxed: bool, sample: &Sample) -> Expr {
        match sample {
            Sample::Null => Expr::text(format!("{}::Null", self.export("Nullable"))),
            _ if boxed => Expr::call("Box::new", vec![self.owned(ty, sample)]),
            // a conversion has to be told into what
            Sample::Plain(_) if self.is_bytes(ty) => {
                let runtime = self.cx.paths.runtime_of(self.root);
                Expr::text(format!("{runtime}::{}::from(b\"hello\".to_vec())", self.bytes(ty)))
            }
            _ => self.owned(ty, sample),
        }
    }

    fn is_bytes(&self, ty: &TypeRef) -> bool {
        let ty = self.cx.api.types.resolve(ty);
        matches!(ty, TypeRef::Primitive(Primitive::Base64 | Primitive::Base64Url))
    }

    fn bytes(&self, ty: &TypeRef) -> &'static str {
        match self.cx.api.types.resolve(ty) {
            TypeRef::Primitive(Primitive::Base64Url) => "Base64Url",
            _ => "Base64",
        }
    }

    /// An argument of a constructor or a setter, which take text in whatever form it comes.
    fn argument(&mut self, ty: &TypeRef, sample: &Sample) -> Expr {
        let newtype = matches!(ty, TypeRef::Named(id) if self.cx.facts.is_newtype(*id));
        match (self.cx.api.types.resolve(ty), sample) {
            _ if newtype => self.owned(ty, sample),
            (TypeRef::Primitive(primitive), Sample::Plain(Value::String(text)))
                if self.cx.is_text(*primitive) && converts(*primitive) || *primitive == Primitive::Secret =>
            {
                Expr::text(literal(text))
            }
            (TypeRef::Primitive(Primitive::Base64 | Primitive::Base64Url), _) => Expr::text("b\"hello\".to_vec()"),
            (TypeRef::Primitive(Primitive::Scalar(scalar)), Sample::Plain(value)) => {
                Expr::text(scalar_literal(self.cx.scalar(*scalar), value))
            }
            _ => self.owned(ty, sample),
        }
    }

    /// The argument for a parameter of an operation.
    pub(super) fn sent(&mut self, ty: &TypeRef, sample: &Sample) -> Expr {
        if self.cx.is_enum(ty) {
            return self.owned(ty, sample);
        }
        match (self.cx.api.types.resolve(ty), sample) {
            (TypeRef::Primitive(primitive), Sample::Plain(value)) if self.cx.is_text(*primitive) => {
                Expr::text(literal(value.as_str().unwrap_or_default()))
            }
            (TypeRef::Primitive(primitive), Sample::Plain(value)) if is_copy(*primitive) => {
                self.primitive(*primitive, value)
            }
            (TypeRef::Primitive(Primitive::Scalar(scalar)), Sample::Plain(value)) => {
                Expr::text(scalar_literal(self.cx.scalar(*scalar), value))
            }
            (TypeRef::List(item), Sample::List(elements)) => {
                let text = self.cx.is_plain_text(item);
                let each = elements.iter().map(|element| match element {
                    Sample::Plain(Value::String(value)) if text => Expr::text(literal(value)),
                    element => self.slot(item, element),
                });
                let items: Vec<Expr> = each.collect();
                Expr::Group {
                    open: "&[".to_owned(),
                    items,
                    close: "]",
                }
            }
            _ => Expr::prefixed("&", self.owned(ty, sample)),
        }
    }
}
