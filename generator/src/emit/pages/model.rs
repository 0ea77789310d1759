//! A model with those that are inline in it -> its page.

use super::context::Pages;
use super::text::{Facts, Table, code, json, tidy};
use crate::analyze::Presence;
use crate::emit::documentation::markdown::inline;
use crate::emit::tokens::ty::Scope;
use crate::ir::{EnumValues, Shape, Slot, Struct, Tagging, TypeId, TypeRef, Union};

/// More values of an enum, of which nothing is said, are listed without a row for each.
const MOST_ROWS: usize = 30;

impl Pages<'_, '_> {
    pub(super) fn model(&self, home: TypeId, types: &[TypeId]) -> String {
        let mut text = String::new();
        let own = types.contains(&home).then_some(home);
        if own.is_none() {
            text.push_str(&format!("# {}\n", self.cx.names.of_type(home).ty.plain()));
        }
        for id in own.into_iter().chain(types.iter().copied().filter(|id| *id != home)) {
            text.push_str(&self.section(id, id == home));
        }
        (text + &self.footer(false)).replace("\n\n\n", "\n\n")
    }

    fn section(&self, id: TypeId, home: bool) -> String {
        let cx = self.cx;
        let definition = &cx.api.types[id];
        let name = cx.names.of_type(id).ty.plain();
        let mut text = match home {
            true => format!("# {name}\n\n"),
            false => format!("\n## {name}\n\n"),
        };
        match self.description(&definition.docs) {
            about if about.is_empty() => text.push_str(&format!("{}\n\n", plain(&cx.standing(id)))),
            about => text.push_str(&about),
        }
        match &definition.shape {
            Shape::Struct(object) => text.push_str(&self.fields(id, object)),
            Shape::Enum(values) => text.push_str(&self.values(id, &values.values)),
            Shape::Union(union) => text.push_str(&self.branches(id, union)),
            Shape::Alias(slot) => text.push_str(&format!("Alias of {}.\n\n", self.slot(slot))),
            Shape::Any => text.push_str("Any JSON value: `serde_json::Value`.\n\n"),
        }
        if home {
            text.push_str(&self.example(id));
        }
        text
    }

    fn fields(&self, id: TypeId, object: &Struct) -> String {
        let cx = self.cx;
        let names = cx.names.of_type(id);
        let mut table = Table::new(&[
            "Field",
            "Type",
            "Description",
            "Required",
            "Default",
            "Bounds",
            "Example",
        ]);
        for (index, field) in object.fields.iter().enumerate() {
            let ident = &names.members[index];
            let facts = Facts::of(&field.docs);
            let presence = cx.facts.presence(id, index);
            let ty = tidy(cx.field(&field.slot, presence, cx.facts.is_boxed(id, index), &mut Scope::Api));
            let about = match field.docs.description.trim() {
                "" => &field.docs.summary,
                about => about,
            };
            let deprecated = if field.docs.deprecated { "Deprecated. " } else { "" };
            let required = match (presence, cx.facts.constant(id, index)) {
                (_, Some(_)) => "constant",
                (Presence::Required | Presence::RequiredNullable, _) => "required",
                _ => "optional",
            };
            let name = match ident.plain() == field.wire {
                true => format!("`{}`", ident.plain()),
                false => format!("`{}`, {} in JSON", ident.plain(), code(&field.wire)),
            };
            table.push(&[
                &name,
                &self.linked(&ty, &field.slot.ty),
                &(deprecated.to_owned() + &inline(about)),
                required,
                &facts.default,
                &facts.bounds,
                &facts.example,
            ]);
        }
        if let Some(extra) = &object.extra {
            let ty = self.slot(extra);
            let about = format!("Additional properties, each {ty}.");
            table.push(&[
                &format!("`{}`", names.extra.plain()),
                "map",
                &about,
                "optional",
                "",
                "",
                "",
            ]);
        }
        table.text() + "\n"
    }

    fn values(&self, id: TypeId, values: &EnumValues) -> String {
        let names = self.cx.names.of_type(id);
        let values: Vec<(String, &str)> = match values {
            EnumValues::Strings(list) => list
                .iter()
                .map(|value| (value.wire.clone(), value.description.as_str()))
                .collect(),
            EnumValues::Integers(list) => list
                .iter()
                .map(|value| (value.wire.to_string(), value.description.as_str()))
                .collect(),
            EnumValues::Numbers(list) => list
                .iter()
                .map(|value| (value.wire.to_string(), value.description.as_str()))
                .collect(),
        };
        let cells = values
            .iter()
            .zip(&names.members)
            .map(|((wire, about), variant)| [format!("`{}`", variant.plain()), code(wire), inline(about)]);
        let cells: Vec<[String; 3]> = cells.collect();
        let silent = cells.iter().all(|[_, _, about]| about.is_empty());
        let text = if silent && cells.len() > MOST_ROWS {
            let one = |[variant, value, _]: &[String; 3]| format!("{variant} ({value})");
            cells.iter().map(one).collect::<Vec<_>>().join(", ") + "\n"
        } else {
            let mut table = Table::new(&["Variant", "Value", "Description"]);
            for [variant, value, about] in &cells {
                table.push(&[variant, value, about]);
            }
            table.text()
        };
        text + "\nOther values are read as `Unknown`.\n\n"
    }

    fn branches(&self, id: TypeId, union: &Union) -> String {
        let names = self.cx.names.of_type(id);
        let text = match &union.tagging {
            Tagging::Internal(tag) => format!("The property {} selects the variant.\n\n", code(&tag.property)),
            Tagging::External => {
                "Externally tagged: a string, or an object whose only property selects the variant.\n\n".to_owned()
            }
            Tagging::Adjacent { tag, content } => {
                format!(
                    "The property {} selects the variant, {} holds its value.\n\n",
                    code(tag),
                    code(content)
                )
            }
            Tagging::Untagged { .. } => String::new(),
        };
        let mut table = Table::new(&["Variant", "Type", "Discriminator value"]);
        for (variant, ident) in union.variants.iter().zip(&names.members) {
            let tags: Vec<String> = variant.tags.iter().map(|tag| code(tag)).collect();
            table.push(&[
                &format!("`{}`", ident.plain()),
                &variant.slot.as_ref().map_or_else(String::new, |slot| self.slot(slot)),
                &tags.join(", "),
            ]);
        }
        text + &table.text() + "\n"
    }

    /// A value, as Rust and as JSON.
    fn example(&self, id: TypeId) -> String {
        let slot = Slot::new(TypeRef::Named(id));
        let Some((rust, value)) = self.cx.value_example(&slot, self.cx.names.of_type(id).module.plain()) else {
            return String::new();
        };
        let rust = rust.map_or_else(String::new, |rust| format!("```rust\n{rust}```\n\n"));
        format!("### Example\n\n{rust}```json\n{}\n```\n", json(&value))
    }
}

/// Text of ours as a paragraph, without its links to items.
fn plain(text: &str) -> String {
    inline(text).replace("\\|", "|")
}
