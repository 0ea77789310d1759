//! Types and facts as text in pages.

use super::context::Pages;
use crate::emit::documentation::markdown::{in_cell, inline};
use crate::emit::tokens::ty::Scope;
use crate::ir::{Docs, Slot, TypeId, TypeRef};

/// What is known of a value beside its type, as cells of a table.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) default: String,
    pub(super) example: String,
    pub(super) bounds: String,
}

impl Facts {
    pub(super) fn of(docs: &Docs) -> Self {
        let mut facts = Self::default();
        let mut bounds: Vec<&str> = Vec::new();
        for fact in &docs.facts {
            if let Some(default) = fact.strip_prefix("Default: ") {
                facts.default = inline(default.trim_end_matches('.'));
            } else if let Some(example) = fact.strip_prefix("Example: ") {
                facts.example = short(example.trim_end_matches('.'));
            } else {
                bounds.push(fact);
            }
        }
        facts.bounds = inline(&bounds.join(" "));
        if let Some(example) = docs.example.as_deref().filter(|_| facts.example.is_empty()) {
            let text = match example {
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            facts.example = short(&code(&text));
        }
        facts
    }
}

/// An example with more characters is cut in tables, which have other columns too; the whole of it stands below them.
const LONGEST_EXAMPLE: usize = 40;

fn short(example: &str) -> String {
    let plain = example.trim_matches('`');
    match plain.chars().count() > LONGEST_EXAMPLE {
        true => {
            let cut: String = plain.chars().take(LONGEST_EXAMPLE).collect();
            code(&format!("{} …", cut.trim_end_matches('\\')))
        }
        false => inline(example),
    }
}

/// Text of the document or of ours as inline code.
pub(super) fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| {
            if c.is_control() || c == '`' {
                ' '
            } else {
                crate::text::harmless(c)
            }
        })
        .collect();
    match text.trim() {
        "" => String::new(),
        text => format!("`{text}`"),
    }
}

/// A row of a table.
pub(super) fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| in_cell(cell)).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// The head of a table.
pub(super) fn head(names: &[&str]) -> String {
    row(names) + "|" + &" --- |".repeat(names.len()) + "\n"
}

/// A table whose empty columns are left out.
pub(super) struct Table {
    head: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(head: &[&'static str]) -> Self {
        Self {
            head: head.to_vec(),
            rows: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, cells: &[&str]) {
        self.rows.push(cells.iter().map(|cell| (*cell).to_owned()).collect());
    }

    pub(super) fn text(&self) -> String {
        let said = |column: usize| {
            let mut cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.any(|cell| !cell.trim().is_empty())
        };
        let said: Vec<bool> = (0..self.head.len()).map(said).collect();
        let kept = |cells: Vec<&'_ str>| -> String {
            let cells = cells.iter().zip(&said).filter(|(_, said)| **said);
            row(&cells.map(|(cell, _)| *cell).collect::<Vec<_>>())
        };
        let mut text = kept(self.head.clone());
        text.push_str(&format!(
            "|{}\n",
            " --- |".repeat(said.iter().filter(|said| **said).count())
        ));
        for cells in &self.rows {
            text.push_str(&kept(cells.iter().map(String::as_str).collect()));
        }
        text
    }
}

/// Tokens as a person writes them.
pub(super) fn tidy(tokens: impl ToString) -> String {
    let mut text = tokens.to_string();
    if !text.contains(' ') {
        return text;
    }
    for (from, to) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" ,", ","),
        (" : ", ": "),
        ("envoi_runtime::", ""),
        ("crate::runtime::", ""),
        ("models::", ""),
        ("std::collections::", ""),
        ("chrono::", ""),
    ] {
        text = text.replace(from, to);
    }
    text
}

impl Pages<'_, '_> {
    /// A type with `Option` where `null` is admitted, linked to the page of the model in it.
    pub(super) fn slot(&self, slot: &Slot) -> String {
        let text = tidy(self.cx.slot(slot, &mut Scope::Api));
        self.linked(&text, &slot.ty)
    }

    /// Text of a type, linked to the page of the model in it.
    pub(super) fn linked(&self, text: &str, ty: &TypeRef) -> String {
        let code = code(text);
        match innermost(ty).and_then(|id| self.link(id)) {
            Some(link) => format!("[{code}]({link})"),
            None => code,
        }
    }
}

/// The model that a type is made of.
fn innermost(ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) => Some(*id),
        TypeRef::List(slot) | TypeRef::Map(slot) => innermost(&slot.ty),
        TypeRef::Tuple(places) => places.iter().find_map(|place| innermost(&place.ty)),
        TypeRef::Primitive(_) | TypeRef::Any => None,
    }
}

/// JSON for readers, in which nothing is hidden.
pub(super) fn json(value: &serde_json::Value) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if character != '\n' && crate::text::harmless(character) != character {
            shown.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            shown.push(character);
        }
    }
    shown
}
