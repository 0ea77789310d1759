//! Samples -> the expressions that make them.

use serde_json::Value;

use super::code::Code;
use super::json::{is_too_long_for_macro, within_macro};
use super::layout::{Expr, literal};
use super::primitive::scalar_literal;
use super::sample::Sample;
use crate::analyze::Presence;
use crate::emit::tokens::argument::Form;
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
        if is_too_long_for_macro(value) {
            return Expr::text(format!("serde_json::from_str({})?", literal(&value.to_string())));
        }
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
        self.called(id, id, sample)
    }

    /// A value of a type that is called like another one, which is an alias of it.
    fn called(&mut self, name: TypeId, id: TypeId, sample: &Sample) -> Expr {
        let cx = self.cx;
        let names = cx.names.of_type(id);
        match (&cx.api.types[id].shape, sample) {
            (Shape::Alias(slot), Sample::Newtype(inner)) => {
                let inner = self.owned(&slot.ty, inner);
                let inner = match slot.ty {
                    TypeRef::Tuple(_) => Expr::boxed(inner),
                    _ => inner,
                };
                Expr::call(self.model(name), vec![inner])
            }
            (Shape::Alias(slot), sample) => match slot.ty {
                TypeRef::Named(target) if cx.is_place_of(id, target) => self.called(name, target, sample),
                _ => self.owned(&slot.ty, sample),
            },
            (Shape::Any, sample) => self.any(&cx.json(sample)),
            (Shape::Enum(_), Sample::Listed(_, index)) => {
                Expr::text(format!("{}::{}", self.model(name), names.members[*index]))
            }
            (Shape::Enum(_), sample) => {
                let value = match cx.json(sample) {
                    Value::String(text) => literal(&text),
                    other => other.to_string(),
                };
                Expr::text(format!("{}::from({value})", self.model(name)))
            }
            (Shape::Union(union), Sample::Branch(_, index, inner)) => {
                let path = format!("{}::{}", self.model(name), names.members[*index]);
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
            (Shape::Struct(_), Sample::Object(_, fields)) => self.object(name, id, fields),
            // samples are made for the type, so that there is nothing else
            (Shape::Struct(_) | Shape::Union(_), _) => Expr::text("Default::default()"),
        }
    }

    /// A constructor with what is required, setters for the rest.
    fn object(&mut self, name: TypeId, id: TypeId, fields: &[(usize, Sample)]) -> Expr {
        let cx = self.cx;
        let Shape::Struct(object) = &cx.api.types[id].shape else {
            return Expr::text("Default::default()");
        };
        let names = cx.names.of_type(id);
        let required = cx.required_name(id);
        let (mut arguments, mut calls) = (Vec::new(), Vec::new());
        for (index, sample) in fields {
            if cx.facts.constant(id, *index).is_some() {
                continue;
            }
            let (field, ident) = (&object.fields[*index], &names.members[*index]);
            self.deprecated |= field.docs.deprecated;
            match cx.facts.presence(id, *index) {
                Presence::Required if required.is_some() => {
                    let value = self.field_value(&field.slot.ty, sample);
                    arguments.push(Expr::prefixed(format!("{ident}: "), value));
                }
                Presence::Required => {
                    let value = self.argument(&field.slot.ty, sample);
                    arguments.push(self.named_if_long(value, ident.plain(), &field.slot.ty));
                }
                Presence::RequiredNullable if matches!(sample, Sample::Null) => {}
                Presence::OptionalNullable if matches!(sample, Sample::Null) && field.slot.ty != TypeRef::Any => {
                    let value = Expr::text(format!("{}::Null", self.export("Nullable")));
                    calls.push(Expr::call(format!(".{}", names.setter(*index)), vec![value]));
                }
                _ => {
                    let value = self.argument(&field.slot.ty, sample);
                    let value = self.named_if_long(value, ident.plain(), &field.slot.ty);
                    calls.push(Expr::call(format!(".{}", names.setter(*index)), vec![value]));
                }
            }
        }
        let ty = self.model(name);
        let begun = match required {
            _ if cx.facts.has_default(id) => Expr::text(format!("{ty}::default()")),
            None => Expr::call(format!("{ty}::new"), arguments),
            Some(required) => {
                let fields = Expr::Group {
                    open: format!("{} {{ ", self.imported(required)),
                    items: arguments,
                    close: "}",
                };
                Expr::call(format!("{ty}::new"), vec![fields])
            }
        };
        if calls.is_empty() {
            begun
        } else {
            Expr::Chain(Box::new(begun), calls)
        }
    }

    /// The value of a field in a literal, which is taken as it is.
    fn field_value(&mut self, ty: &TypeRef, sample: &Sample) -> Expr {
        match (self.cx.form(ty), self.cx.api.types.resolve(ty)) {
            (Form::Converted, TypeRef::Primitive(primitive))
                if !self.cx.is_newtype(ty) && *primitive != Primitive::Part =>
            {
                let converted = self.converted(&TypeRef::Primitive(*primitive), sample);
                converted.map_or_else(|| self.owned(ty, sample), |value| value.then("into", Vec::new()))
            }
            _ => self.owned(ty, sample),
        }
    }

    /// An argument, which is taken in whatever form converts into it.
    pub(super) fn argument(&mut self, ty: &TypeRef, sample: &Sample) -> Expr {
        let resolved = self.cx.api.types.resolve(ty);
        match (self.cx.form(ty), resolved, sample) {
            (Form::List { converted }, TypeRef::List(item), Sample::List(elements)) => {
                if elements.is_empty() {
                    return Expr::text(format!("Vec::<{}>::new()", self.type_of(item)));
                }
                let items = elements.iter().map(|element| self.element(item, element, converted));
                Expr::Group {
                    open: "[".to_owned(),
                    items: items.collect(),
                    close: "]",
                }
            }
            (Form::Map { converted }, TypeRef::Map(value), Sample::Map(members)) => {
                if members.is_empty() {
                    return Expr::text(match value.ty {
                        TypeRef::Any => "serde_json::Map::new()".to_owned(),
                        _ => format!("std::collections::BTreeMap::<String, {}>::new()", self.type_of(value)),
                    });
                }
                let entry = |(key, sample): &(String, Sample)| {
                    let value = self.element(value, sample, converted);
                    Expr::call("", vec![Expr::text(literal(key)), value])
                };
                Expr::Group {
                    open: "[".to_owned(),
                    items: members.iter().map(entry).collect(),
                    close: "]",
                }
            }
            (Form::Converted, resolved, sample) if !self.cx.is_newtype(ty) => self
                .converted(resolved, sample)
                .unwrap_or_else(|| self.owned(ty, sample)),
            _ => self.owned(ty, sample),
        }
    }

    /// An item of a list or a value of a map. All of them have one type, which is that of their text.
    fn element(&mut self, item: &Slot, sample: &Sample, converted: bool) -> Expr {
        match (self.cx.api.types.resolve(&item.ty), sample) {
            (TypeRef::Primitive(primitive), Sample::Plain(Value::String(text)))
                if converted && self.cx.is_text(*primitive) =>
            {
                Expr::text(literal(text))
            }
            _ => self.slot(item, sample),
        }
    }

    /// What converts into a value and is shorter than it.
    fn converted(&mut self, resolved: &TypeRef, sample: &Sample) -> Option<Expr> {
        Some(match (resolved, sample) {
            (TypeRef::Primitive(primitive), Sample::Plain(Value::String(text)))
                if self.cx.is_text(*primitive) || *primitive == Primitive::Secret =>
            {
                Expr::text(literal(text))
            }
            (TypeRef::Primitive(Primitive::Base64 | Primitive::Base64Url), _) => Expr::text("b\"hello\".to_vec()"),
            (TypeRef::Primitive(Primitive::Scalar(scalar)), Sample::Plain(value)) => {
                Expr::text(scalar_literal(self.cx.scalar(*scalar), value))
            }
            _ => return None,
        })
    }

    /// A type that nothing else says, as an example names it.
    fn type_of(&mut self, slot: &Slot) -> String {
        let name = match &slot.ty {
            TypeRef::Named(id) => self.model(*id),
            TypeRef::Primitive(primitive) => self.cx.primitive_name(*primitive, self.root),
            TypeRef::List(item) => format!("Vec<{}>", self.type_of(item)),
            TypeRef::Map(value) if matches!(value.ty, TypeRef::Any) => {
                "serde_json::Map<String, serde_json::Value>".to_owned()
            }
            TypeRef::Map(value) => format!("std::collections::BTreeMap<String, {}>", self.type_of(value)),
            TypeRef::Tuple(places) => {
                let places: Vec<String> = places.iter().map(|place| self.type_of(place)).collect();
                format!("({})", places.join(", "))
            }
            TypeRef::Any => "serde_json::Value".to_owned(),
        };
        match self.cx.api.types.is_nullable(slot) && slot.ty != TypeRef::Any {
            true => format!("Option<{name}>"),
            false => name,
        }
    }
}
