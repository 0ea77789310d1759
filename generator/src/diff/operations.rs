//! Changes of operations: arguments, parameters, results and requests.

use std::collections::BTreeSet;

use super::change::Group;
use super::compare::{Both, Compare};
use super::item::{Member, Role};
use super::operation::Info;
use super::signature::{Piece, Signature, items};
use super::wording::{argument, arguments, code, is_was, shown};

/// What an operation without declared errors has for its error.
const UNDECLARED: &str = "runtime::Undeclared";

impl<'a> Compare<'a> {
    /// Changes of an operation.
    pub(super) fn operation(&mut self, both: Both<'a>, old: &Info, new: &Info) {
        let moved = self.moved(both);
        if let (Some(old), Some(new)) = (self.pairs.old.begins(both.before), self.pairs.new.begins(both.now)) {
            self.arguments(both, old, new, &moved);
            self.deprecated(both, None, old.attributes.deprecated, new.attributes.deprecated);
        }
        self.parameters(both, &moved);
        self.results(both);
        self.request(both, old, new);
    }

    /// Parameters that are an argument before and a setter after, or the other way round.
    fn moved(&mut self, both: Both<'a>) -> BTreeSet<String> {
        let taken = |call: Option<&Member>| -> BTreeSet<String> {
            let arguments = call.into_iter().flat_map(|call| &call.takes.arguments);
            arguments.map(|(name, _)| name.clone()).collect()
        };
        let set = |functions: &[Member]| -> BTreeSet<String> { functions.iter().map(|one| one.name.clone()).collect() };
        let before = (taken(self.pairs.old.begins(both.before)), set(&both.old.functions));
        let now = (taken(self.pairs.new.begins(both.now)), set(&both.new.functions));
        let required = &before.1 & &now.0;
        let optional = &before.0 & &now.1;
        for name in &required {
            let text = format!("parameter {} is an argument of the call, was optional", code(name));
            self.change(both, Group::Breaking, Some(name), text);
        }
        for name in &optional {
            let text = format!(
                "parameter {} is optional and has a setter, was an argument of the call",
                code(name)
            );
            self.change(both, Group::Breaking, Some(name), text);
        }
        &required | &optional
    }

    fn arguments(&mut self, both: Both<'a>, old: &Member, new: &Member, moved: &BTreeSet<String>) {
        let without = |member: &Member| {
            let mut takes = member.takes.clone();
            takes.arguments.retain(|(name, _)| !moved.contains(name));
            takes
        };
        let (mut before, mut now) = (without(old), without(new));
        let more = self.more(&before.arguments, &now.arguments);
        if !moved.is_empty() || !more.is_empty() {
            // each way of taking an argument has its generics
            before.generics.clear();
            now.generics.clear();
        }
        let is_same = |old: &Signature, new: &Signature| self.pairs.is_same(old, new) || self.converts(old, new);
        let differences = arguments(&before, &now, is_same);
        for (name, ty) in more {
            let text = format!("argument {} takes more: {}", code(&name), code(&argument(&ty)));
            self.change(both, Group::Additive, Some(&name), text);
        }
        let are_same = differences.is_empty() && moved.is_empty();
        for (name, mut words) in differences {
            let ty =
                |takes: &'_ [(String, Signature)]| takes.iter().find(|(own, _)| *own == name).map(|(_, ty)| ty.clone());
            if let (Some(old), Some(new)) = (ty(&before.arguments), ty(&now.arguments))
                && self.borrows(&old, &new)
            {
                words.push_str("; a reference to that is taken as before");
            }
            let member = Some(name.as_str()).filter(|name| !name.is_empty());
            self.change(both, Group::Breaking, member, words);
        }
        // the request has the value of an argument of the path, not its name
        if are_same && without_path_names(&old.wire) != without_path_names(&new.wire) {
            let text = format!("sends {}, was {}", code(&new.wire), code(&old.wire));
            self.change(both, Group::Behaviour, None, text);
        }
    }

    /// Arguments that are taken as before, and in more ways.
    fn more(&self, old: &[(String, Signature)], new: &[(String, Signature)]) -> Vec<(String, Signature)> {
        let is_more = |(name, now): &&(String, Signature)| {
            let before = old.iter().find(|(other, _)| other == name);
            before.is_some_and(|(_, before)| !self.pairs.is_same(before, now) && self.converts(before, now))
        };
        new.iter().filter(is_more).cloned().collect()
    }

    /// Whether an argument becomes one that the old one converts into: a body gets another media type.
    fn converts(&self, old: &Signature, new: &Signature) -> bool {
        let from = format!("From<{}>", argument(old));
        self.into(new).any(|implemented| *implemented == from)
    }

    /// Whether an argument becomes one that a reference to the old one converts into.
    fn borrows(&self, old: &Signature, new: &Signature) -> bool {
        let end = format!(" {}>", argument(old));
        self.into(new)
            .any(|implemented| implemented.starts_with("From<&'") && implemented.ends_with(&end))
    }

    /// The traits of a type that an argument converts into.
    fn into(&self, new: &Signature) -> impl Iterator<Item = &String> {
        let into = matches!(new.first(), Some(Piece::Text(text)) if text.starts_with("impl Into<"));
        let target = items(new)
            .next()
            .filter(|_| into)
            .and_then(|path| self.pairs.new_item(path));
        target.into_iter().flat_map(|target| target.traits.keys())
    }

    /// Setters of the request, and constants for headers of the response.
    fn parameters(&mut self, both: Both<'a>, moved: &BTreeSet<String>) {
        let what = |member: &Member| match member.role {
            Role::Function => format!("parameter {}", code(&member.name)),
            _ => format!("header {}", code(&member.name)),
        };
        let is_body = |member: &Member| member.role == Role::Function && member.name == "body";
        let what = |member: &Member| {
            if is_body(member) {
                "the body".to_owned()
            } else {
                what(member)
            }
        };
        for function in both.old.functions.iter().filter(|one| !moved.contains(&one.name)) {
            let name = function.name.as_str();
            let what = what(function);
            let Some(now) = both.new.functions.iter().find(|other| other.name == name) else {
                self.change(both, Group::Breaking, Some(name), format!("{what} is removed"));
                continue;
            };
            let types = |member: &'a Member| member.takes.arguments.iter().map(|(_, ty)| ty).collect::<Vec<_>>();
            let is_same = function.takes.arguments.len() == now.takes.arguments.len()
                && types(function)
                    .iter()
                    .zip(types(now))
                    .all(|(old, new)| self.pairs.is_same(old, new) || self.converts(old, new))
                && self.pairs.is_same(&function.ty, &now.ty);
            if !is_same {
                let ty = |member: &Member| {
                    member
                        .takes
                        .arguments
                        .first()
                        .map_or_else(|| member.ty.clone(), |(_, ty)| ty.clone())
                };
                let words = is_was(&ty(function), &ty(now), argument);
                self.change(both, Group::Breaking, Some(name), format!("{what} {words}"));
            } else if function.wire != now.wire {
                let text = format!("{what} is sent as {}, was {}", code(&now.wire), code(&function.wire));
                self.change(both, Group::Behaviour, Some(name), text);
            }
            self.deprecated(
                both,
                Some(name),
                function.attributes.deprecated,
                now.attributes.deprecated,
            );
        }
        for function in both.new.functions.iter().filter(|one| !moved.contains(&one.name)) {
            if !both.old.functions.iter().any(|other| other.name == function.name) {
                let name = function.name.as_str();
                let text = match function.takes.arguments.first() {
                    Some((_, ty)) if is_body(function) => format!("takes a body: {}", code(&argument(ty))),
                    Some((_, ty)) => format!("new parameter {}", code(&format!("{name}: {}", argument(ty)))),
                    None => format!("new header {}", code(&format!("{name}: {}", shown(&function.ty)))),
                };
                self.change(both, Group::Additive, Some(name), text);
            }
        }
    }

    fn results(&mut self, both: Both<'a>) {
        let (old, new) = (&both.old.associated, &both.new.associated);
        let differs = |name: &str| match (old.get(name), new.get(name)) {
            (Some(old), Some(new)) if !self.pairs.is_same(old, new) => Some((old, new)),
            _ => None,
        };
        let (output, item, decoder, error) = (differs("Output"), differs("Item"), differs("Decoder"), differs("Error"));
        if let Some((old, new)) = output {
            let words = is_was(old, new, shown);
            self.change(both, Group::Breaking, Some("Output"), format!("the result {words}"));
        } else if let Some((old, new)) = item {
            let words = is_was(old, new, shown);
            self.change(
                both,
                Group::Breaking,
                Some("Output"),
                format!("an item of a page {words}"),
            );
        } else if let Some((old, new)) = decoder {
            let words = is_was(old, new, shown);
            self.change(
                both,
                Group::Behaviour,
                Some("Output"),
                format!("the decoder of the result {words}"),
            );
        }
        if let Some((old, new)) = error {
            let undeclared = |ty: &Signature| matches!(ty.as_slice(), [Piece::Text(text)] if text == UNDECLARED);
            let (group, text) = match (undeclared(old), undeclared(new)) {
                (true, _) => (Group::Additive, format!("declares errors: {}", code(&shown(new)))),
                (_, true) => (
                    Group::Breaking,
                    format!("declares no errors, was {}", code(&shown(old))),
                ),
                _ => (Group::Breaking, format!("the error {}", is_was(old, new, shown))),
            };
            self.change(both, group, Some("Error"), text);
        }
        let is_paged = |one: &super::api::Type| one.traits.contains_key("Paged");
        match (is_paged(both.old), is_paged(both.new)) {
            (true, false) => self.change(both, Group::Breaking, None, "has no pages any more".to_owned()),
            (false, true) => self.change(both, Group::Additive, None, "has pages".to_owned()),
            _ => {}
        }
    }

    /// What is sent, whatever the program says.
    fn request(&mut self, both: Both<'a>, old: &Info, new: &Info) {
        let call = |info: &Info| format!("{} {}", info.method, info.path);
        let request = |info: &Info| (info.method.clone(), without(&info.path, "{", "}"));
        if request(old) != request(new) {
            let text = format!("sends {}, was {}", code(&call(new)), code(&call(old)));
            self.change(both, Group::Behaviour, None, text);
        }
        if old.security != new.security {
            let words = |info: &Info| match info.security.as_str() {
                "" => "no credential".to_owned(),
                some => some.to_owned(),
            };
            self.change(
                both,
                Group::Behaviour,
                None,
                format!("needs {}, was {}", words(new), words(old)),
            );
        }
        for (what, old, new) in [
            ("asks for", &old.accept, &new.accept),
            ("is sent to", &old.server, &new.server),
        ] {
            // what had no body has one of an error now, or the other way round
            let is_body = what == "asks for" && (old.is_empty() || new.is_empty());
            if old != new && !is_body {
                let word = |text: &str| {
                    if text.is_empty() {
                        "that of the client".to_owned()
                    } else {
                        code(text)
                    }
                };
                self.change(
                    both,
                    Group::Behaviour,
                    None,
                    format!("{what} {}, was {}", word(new), word(old)),
                );
            }
        }
        let (old, new) = (both.old.wire.get("PAGING"), both.new.wire.get("PAGING"));
        if let (Some(old), Some(new)) = (old, new)
            && old != new
        {
            let text = format!("is paged by {}, was {}", code(new), code(old));
            self.change(both, Group::Behaviour, None, text);
        }
    }
}

/// What is sent, without the names that parameters of the path have.
fn without_path_names(wire: &str) -> String {
    without(wire, "path(\"", "\")")
}

/// A text without what stands between two marks.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut parts = text.split(open);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(open);
        kept.push_str(part.find(close).map_or(part, |end| &part[end..]));
    }
    kept
}
