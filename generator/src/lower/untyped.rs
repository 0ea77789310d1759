//! Reports schemas without a Rust type: the schema that combines them, and how to fix it.

use super::context::Lower;
use super::site::Site;
use super::view::View;
use crate::diagnostic::Code;
use crate::ir::{Hint, Part, Root, Step};
use crate::parse::{Node, Type};
use crate::pointer::Pointer;

/// How many of the places that contradict each other are shown.
const MOST_PLACES: usize = 4;

impl<'d> Lower<'d, '_> {
    /// Reports schemas that must hold at once and have no type in common.
    pub(super) fn report_contradiction(&mut self, view: &View<'d>, site: &Site) {
        let subject = self.subject(&site.hint);
        let mut places: Vec<(Pointer, String)> = Vec::new();
        for facet in view.facets.iter().filter(|facet| !facet.keywords.types.is_empty()) {
            let words = type_names(&facet.keywords.types);
            if places.iter().all(|(_, known)| *known != words) && places.len() < MOST_PLACES {
                places.push((facet.at.clone(), words));
            }
        }
        let types: Vec<&str> = places.iter().map(|(_, words)| words.as_str()).collect();
        let message = format!(
            "{subject} combines schemas that have no type in common, {}; generated as `serde_json::Value`",
            types.join(" and ")
        );
        let related = places.iter().map(|(at, words)| (at.clone(), format!("{words} here")));
        let related: Vec<(Pointer, String)> = related.filter(|(at, _)| *at != view.places[0]).collect();
        let report = self.diagnostics.report(Code::Contradiction, &view.places[0], message);
        report.related = related;
        report.help = Some("make the types agree, or use `oneOf` if a value has one of these types".to_owned());
    }

    /// Reports a schema whose values are of several types.
    pub(super) fn report_several_types(&mut self, view: &View<'d>, site: &Site) {
        let subject = self.subject(&site.hint);
        let types = type_names(&self.types(view));
        let message = format!("{subject} is {types}; generated as `serde_json::Value`");
        let report = self.diagnostics.report(Code::UntypedSchema, &view.places[0], message);
        report.help = Some("use `oneOf` with a schema for each type".to_owned());
    }

    /// Reports choices that all hold at once and make too many types.
    pub(super) fn report_combinations(&mut self, view: &View<'d>, combinations: usize) {
        let subject = subject_at(&view.places[0]);
        let message = format!(
            "{} `oneOf` or `anyOf` in {subject} have {combinations} combinations; generated as `serde_json::Value`",
            view.choices.len()
        );
        let places = view.choices.iter().take(MOST_PLACES);
        let related = places.map(|choice| (choice.at.clone(), format!("{} branches here", choice.branches.len())));
        let report = self.diagnostics.report(Code::UntypedSchema, &view.places[0], message);
        report.related = related.collect();
        report.help = Some("list the possible schemas under one `oneOf`".to_owned());
    }

    /// Reports a choice that is not taken apart because choices within choices make too many types.
    pub(super) fn report_effort(&mut self, view: &View<'d>) {
        let message = format!(
            "the `oneOf` and `anyOf` around {} have too many combinations; generated as `serde_json::Value`",
            subject_at(&view.choices[0].at)
        );
        let report = self
            .diagnostics
            .report(Code::UntypedSchema, &view.choices[0].at, message);
        report.help = Some(
            "avoid properties beside a `oneOf` or `anyOf` whose branches have `oneOf` or `anyOf` themselves".to_owned(),
        );
    }

    /// Reports a schema that is not lowered because the schemas before it were lowered too often.
    pub(super) fn report_size(&mut self, view: &View<'d>) {
        let message = format!(
            "{} belongs to schemas that include each other too many times; generated as `serde_json::Value`",
            subject_at(&view.places[0])
        );
        let report = self.diagnostics.report(Code::UntypedSchema, &view.places[0], message);
        report.help = Some(
            "refer to schemas by a `$ref` without keywords beside it, instead of including them in each other"
                .to_owned(),
        );
    }

    /// Reports a branch of a choice that leads back to the choice.
    pub(super) fn report_endless_choice(&mut self, branch: &Node<'d>) {
        let message = format!(
            "the `oneOf` or `anyOf` with {} contains itself; generated as `serde_json::Value`",
            subject_at(&branch.at)
        );
        let report = self.diagnostics.report(Code::UntypedSchema, &branch.at, message);
        report.help = Some(
            "remove this branch: a branch must not be the schema that contains the list, or be merged with it"
                .to_owned(),
        );
    }

    /// Reports a property that is not of one type in all cases.
    pub(super) fn report_cases(&mut self, name: &str, one: &Node<'d>, other: &Node<'d>) {
        let (first, second) = (self.type_words(one), self.type_words(other));
        let message =
            format!("`{name}` is {first} in one case and {second} in another; generated as `serde_json::Value`");
        let report = self.diagnostics.report(Code::UntypedSchema, &one.at, message);
        report.related.push((other.at.clone(), format!("{second} here")));
        report.help = Some(format!(
            "declare `{name}` in `properties`, or list the cases as branches of `oneOf`"
        ));
    }

    /// What a reader calls the type of a schema.
    fn type_words(&self, node: &Node<'d>) -> String {
        if let Some(name) = node.reference().and_then(|text| Pointer::parse(text.trim())) {
            return format!("`{}`", name.last());
        }
        let view = self.glance(node);
        let types = self.kinds(&view).unwrap_or_default();
        let format = view.facets.iter().rev().find_map(|facet| facet.keywords.format);
        match (types.is_empty(), format) {
            (true, _) => "any value".to_owned(),
            (false, Some(format)) => format!("{} (`{format}`)", type_names(&types)),
            (false, None) => type_names(&types),
        }
    }

    /// What a reader calls the schema at a site, such as `Order.lines[]`.
    fn subject(&self, hint: &Hint) -> String {
        let mut steps = hint.steps.iter().rev().collect::<Vec<_>>();
        let mut root = &hint.root;
        while let Root::Type(id) = root {
            let outer = &self.api.types[*id].hint;
            steps.extend(outer.steps.iter().rev());
            root = &outer.root;
        }
        let mut text = match root {
            Root::Component(name) => format!("`{name}"),
            Root::Operation(_, part) | Root::Reusable(part, _) => match part {
                Part::Request | Part::RequestAs(_) => "`request body".to_owned(),
                Part::Parameter(name) => format!("parameter `{name}"),
                Part::Header(name) => format!("header `{name}"),
                Part::Response | Part::StatusResponse(_) => "`response body".to_owned(),
            },
            Root::Webhook(_) | Root::Type(_) | Root::Shared => "`webhook body".to_owned(),
        };
        for step in steps.into_iter().rev() {
            match step {
                Step::Field(name) => text.extend([".", name]),
                Step::Variant(name) => text.extend(["::", name]),
                Step::Item | Step::Place(_) => text.push_str("[]"),
                Step::Value => text.push_str(".*"),
                Step::Base | Step::Parts | Step::Patch => {}
            }
        }
        text.push('`');
        text
    }
}

/// What a reader calls the schema at a place: a component by its name, another one by the place.
fn subject_at(at: &Pointer) -> String {
    let tokens: Vec<String> = at.tokens().collect();
    match tokens.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => format!("`{name}`"),
        _ => format!("`{at}`"),
    }
}

/// Types as they are written.
fn type_names(types: &[Type]) -> String {
    let names: Vec<String> = types.iter().map(|ty| format!("`{}`", ty.name())).collect();
    names.join(" or ")
}
