//! Words for the places of inline types.

use super::words;
use crate::ir::{Hint, Part, Status, Step};

pub(super) fn part_words(part: &Part) -> String {
    match part {
        Part::Request => "Request".to_owned(),
        Part::RequestAs(hint) => format!("Request{}", words::camel(hint)),
        Part::Response => "Response".to_owned(),
        Part::StatusResponse(status) => match status {
            Status::Code(code) => format!("Response{code}"),
            Status::Range(hundred) => format!("Response{hundred}xx"),
            Status::Default => "ResponseDefault".to_owned(),
        },
        Part::Parameter(name) => words::camel(name),
        Part::Header(name) => format!("{}Header", words::camel(name)),
    }
}

/// The key of a reusable part, and which part it is where the key does not say so: where something else is called like
/// the key.
pub(super) fn reusable(part: &Part, key: &str) -> String {
    let part = match part {
        Part::Parameter(_) => "Parameter".to_owned(),
        Part::Header(_) => "Header".to_owned(),
        part => part_words(part),
    };
    let key = words::camel(key);
    match key.ends_with(&part) {
        true => key,
        false => key + &part,
    }
}

/// The key of a reusable part alone, with what tells a further media type from the first.
pub(super) fn reusable_alone(part: &Part, key: &str) -> String {
    match part {
        Part::RequestAs(hint) => words::camel(key) + &words::camel(hint),
        _ => words::camel(key),
    }
}

pub(super) fn with_steps(root: String, hint: &Hint) -> String {
    hint.steps.iter().fold(root, |name, step| name + &step_words(step))
}

pub(super) fn step_words(step: &Step) -> String {
    match step {
        Step::Field(words) | Step::Variant(words) => words::camel(words),
        Step::Item => "Item".to_owned(),
        Step::Place(index) => format!("Item{}", index + 1),
        Step::Value => "Value".to_owned(),
        Step::Base => "Base".to_owned(),
        Step::Parts => "Parts".to_owned(),
        Step::Patch => "Patch".to_owned(),
    }
}
