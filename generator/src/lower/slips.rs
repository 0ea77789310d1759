//! Reports contradictions in schemas: invalid defaults, unresolved discriminators.

use serde_json::Value;

use super::context::Lower;
use super::enums::listed;
use super::fit::properties;
use super::hierarchy::mapped;
use super::object::is_closed;
use super::view::{Choice, View};
use crate::diagnostic::Code;
use crate::nearest::nearest_place;
use crate::parse::Node;
use crate::pointer::Pointer;

impl<'d> Lower<'d, '_> {
    /// Reports the slips of the schemas of a view, before what they refer to is part of it.
    pub(super) fn report_slips(&mut self, view: &View<'d>) {
        for facet in &view.facets {
            if let Some(default) = facet.keywords.default {
                self.report_default(view, &facet.at.child("default"), default);
            }
            if let Some(discriminator) = &facet.keywords.discriminator {
                self.report_mapping(discriminator);
            }
        }
    }

    /// Reports a default that is not among the values listed for its place.
    fn report_default(&mut self, view: &View<'d>, at: &Pointer, default: &Value) {
        if default.is_null() || self.slips.contains(at) {
            return;
        }
        let mut whole = View::default();
        for place in &view.places {
            let Some(value) = self.root.pointer(place.as_str()) else {
                return;
            };
            let at = place.clone();
            let mut own = self.glance(&Node { at, value });
            whole.facets.append(&mut own.facets);
            if own.broken || !own.choices.is_empty() {
                return;
            }
        }
        let values = listed(&whole);
        if values.is_empty() || values.iter().any(|value| text(value) == text(default)) {
            return;
        }
        self.slips.insert(at.clone());
        let message = format!("`default` is `{}`, which is not in the `enum`", text(default));
        self.diagnostics.report(Code::Default, at, message).help =
            Some("correct the default, or add its value to the `enum`".to_owned());
    }

    /// Reports the values of a discriminator that are mapped to schemas which do not exist.
    fn report_mapping(&mut self, discriminator: &Node<'d>) {
        let mapping = discriminator.get("mapping");
        for (value, to) in mapping.iter().flat_map(Node::members) {
            let Some(text) = to.value.as_str() else { continue };
            let target = mapped(text);
            if self.root.pointer(target.as_str()).is_some() || !self.slips.insert(to.at.clone()) {
                continue;
            }
            let missing = self.missing.get(text.trim());
            let reason = missing.map_or("points to nothing", |missing| missing.reason.as_str());
            let near = nearest_place(self.root, &target).map(|near| format!("did you mean `{near}`?"));
            let help = missing.and_then(|missing| missing.help.clone()).or(near);
            let message = format!("`{value}` is mapped to `{text}`, which {reason}; this entry is ignored");
            self.diagnostics.report(Code::Invalid, &to.at, message).help =
                help.or_else(|| Some("map the value to a schema of this document".to_owned()));
        }
    }

    /// Whether no branch of a choice may have its discriminator, which is reported: then it decides where it is there all
    /// the same, since servers send it.
    pub(super) fn forbids_discriminator(&mut self, choice: &Choice<'d>, property: &str) -> bool {
        let forbids = choice.branches.iter().all(|branch| {
            let view = self.expanded(branch);
            view.choices.is_empty() && is_closed(&view) && properties(&view).all(|(name, _)| name != property)
        });
        if forbids && self.slips.insert(choice.at.clone()) {
            let message = format!(
                "no branch declares the discriminator property `{property}`, and all forbid additional properties"
            );
            self.diagnostics.report(Code::Invalid, &choice.at, message).help = Some(format!(
                "declare `{property}` in each branch; values without it are matched by their other properties"
            ));
        }
        forbids
    }
}

/// A value as text, so that `1` is `1.0` and `\"1\"`.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 => format!("{float:.0}"),
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}
