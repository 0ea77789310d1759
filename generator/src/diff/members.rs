//! Changes of types: fields, variants, functions and traits.

use std::collections::BTreeSet;

use super::change::Group;
use super::compare::{Both, Compare};
use super::item::{Member, Role, Sort};
use super::wording::{argument, arguments, code, is_was, list, shown};

/// Traits of the runtime that accompany those of serde.
const INTERNAL: [&str; 4] = ["Read", "Write", "Decode", "Operation"];
/// The trait of types that arguments are converted into.
const CONVERTED: &str = "Converted";

impl<'a> Compare<'a> {
    /// Changes of a type, or of another item that is no operation.
    pub(super) fn item(&mut self, both: Both<'a>) {
        if !self
            .pairs
            .is_same(&both.old.definition.target, &both.new.definition.target)
        {
            let words = is_was(&both.old.definition.target, &both.new.definition.target, shown);
            self.change(both, Group::Breaking, None, words);
        }
        if !self
            .pairs
            .is_same(&both.old.definition.generics, &both.new.definition.generics)
        {
            let words = is_was(&both.old.definition.generics, &both.new.definition.generics, shown);
            self.change(both, Group::Breaking, None, format!("has other generics: {words}"));
        }
        self.deprecated(
            both,
            None,
            both.old.definition.attributes.deprecated,
            both.new.definition.attributes.deprecated,
        );
        let changed = self.members(both);
        self.functions(both, &changed);
        self.traits(both);
        self.default_variant(both);
    }

    /// Fields and variants; returns the names of those that differ.
    fn members(&mut self, both: Both<'a>) -> BTreeSet<String> {
        let (old, new) = (&both.old.definition, &both.new.definition);
        let mut changed = BTreeSet::new();
        for member in &old.members {
            let name = member.name.as_str();
            let what = format!("{} {}", role(member), code(name));
            let Some(now) = new.members.iter().find(|other| other.name == member.name) else {
                if !new.members.is_empty() || old.sort != Sort::Function {
                    self.change(both, Group::Breaking, Some(name), format!("{what} is removed"));
                }
                changed.insert(name.to_owned());
                continue;
            };
            if member.role == Role::Function {
                self.function(both, member, now, &BTreeSet::new());
            } else if !self.pairs.is_same(&member.ty, &now.ty) {
                let words = is_was(&member.ty, &now.ty, shown);
                let words = if member.role == Role::Variant {
                    words.replace("``", "nothing")
                } else {
                    words
                };
                self.change(both, Group::Breaking, Some(name), format!("{what} {words}"));
                changed.insert(name.to_owned());
            }
            if !changed.contains(name) {
                self.wire(both, name, &what);
            }
            self.deprecated(
                both,
                Some(name),
                member.attributes.deprecated,
                now.attributes.deprecated,
            );
        }
        let taken = self.new_arguments(both);
        for member in &new.members {
            if old.members.iter().any(|other| other.name == member.name) {
                continue;
            }
            changed.insert(member.name.clone());
            let closed = !old.attributes.non_exhaustive && !old.has_private;
            if taken.contains(&member.name) && !closed {
                continue;
            }
            let group = if closed { Group::Breaking } else { Group::Additive };
            let text = match member.role {
                Role::Variant => format!("new variant {}", code(&format!("{}{}", member.name, shown(&member.ty)))),
                _ => format!("new field {}", code(&format!("{}: {}", member.name, shown(&member.ty)))),
            };
            self.change(both, group, Some(&member.name), text);
        }
        changed
    }

    /// What `new` takes that it did not take before.
    fn new_arguments(&self, both: Both<'_>) -> BTreeSet<String> {
        let named = |functions: &[Member]| -> BTreeSet<String> {
            let new = functions.iter().find(|function| function.name == "new");
            let arguments = new.map(|new| new.takes.arguments.iter().map(|(name, _)| name.clone()));
            arguments.into_iter().flatten().collect()
        };
        &named(&both.new.functions) - &named(&both.old.functions)
    }

    fn wire(&mut self, both: Both<'a>, name: &str, what: &str) {
        let (old, new) = (both.old.wire.get(name), both.new.wire.get(name));
        if let (Some(old), Some(new)) = (old, new)
            && old != new
        {
            let text = format!("{what} is {} on the wire, was {}", code(new), code(old));
            self.change(both, Group::Behaviour, Some(name), text);
        }
    }

    pub(super) fn deprecated(&mut self, both: Both<'a>, member: Option<&str>, before: bool, now: bool) {
        if now && !before {
            let what = member.map_or_else(|| "is".to_owned(), |name| format!("{} is", code(name)));
            self.change(both, Group::Additive, member, format!("{what} deprecated"));
        }
    }

    /// Functions and constants; those named after a field that differs are its setters.
    fn functions(&mut self, both: Both<'a>, changed: &BTreeSet<String>) {
        // what differs about the field of an argument is said of the field
        let fields = both.old.definition.members.iter().map(|member| &member.name);
        let told: BTreeSet<&str> = fields
            .filter(|name| changed.contains(*name))
            .map(String::as_str)
            .collect();
        for function in both
            .old
            .functions
            .iter()
            .filter(|function| !changed.contains(&function.name))
        {
            let name = function.name.as_str();
            match both.new.functions.iter().find(|other| other.name == name) {
                Some(now) => self.function(both, function, now, &told),
                None => {
                    let text = format!("{} is removed", called(function));
                    self.change(both, Group::Breaking, Some(name), text);
                }
            }
        }
        for function in &both.new.functions {
            let name = function.name.as_str();
            let is_known = both.old.functions.iter().any(|other| other.name == name);
            // that `Default` is lost says it
            let is_told = changed.contains(name) || name == "new";
            if !is_known && !is_told {
                self.change(both, Group::Additive, Some(name), format!("new {}", called(function)));
            }
        }
    }

    /// A function or constant that stays.
    fn function(&mut self, both: Both<'a>, old: &Member, new: &Member, told: &BTreeSet<&str>) {
        let name = old.name.as_str();
        let what = called(old);
        let mut is_broken = false;
        if !self.pairs.is_same(&old.ty, &new.ty) {
            let words = is_was(&old.ty, &new.ty, shown);
            let verb = if old.role == Role::Constant { "" } else { "returns: " };
            self.change(both, Group::Breaking, Some(name), format!("{what} {verb}{words}"));
            is_broken = true;
        }
        let differences = arguments(&old.takes, &new.takes, |old, new| self.pairs.is_same(old, new));
        for (argument, words) in differences
            .iter()
            .filter(|(argument, _)| !told.contains(argument.as_str()))
        {
            let member = if argument.is_empty() { name } else { argument };
            self.change(both, Group::Breaking, Some(member), format!("{what} {words}"));
        }
        if !is_broken && old.wire != new.wire && old.role == Role::Constant {
            let text = format!("{what} is {}, was {}", code(&new.wire), code(&old.wire));
            self.change(both, Group::Behaviour, Some(name), text);
        }
        self.deprecated(both, Some(name), old.attributes.deprecated, new.attributes.deprecated);
    }

    fn traits(&mut self, both: Both<'a>) {
        let (old, new) = (&both.old.traits, &both.new.traits);
        let is_shown = |name: &String| !INTERNAL.contains(&name.as_str());
        let mut lost: Vec<String> = old
            .keys()
            .filter(|name| !new.contains_key(*name) && is_shown(name))
            .cloned()
            .collect();
        if lost.len() > 1 {
            lost.retain(|name| name != CONVERTED);
        }
        if !lost.is_empty() {
            let mut text = format!("no longer implements {}", list(&lost));
            if let Some(new) = both
                .new
                .functions
                .iter()
                .find(|one| one.name == "new" && lost.iter().any(|name| name == "Default"))
            {
                let taken = new
                    .takes
                    .arguments
                    .iter()
                    .map(|(name, ty)| format!("{name}: {}", argument(ty)));
                text.push_str(&format!(
                    "; it is created by {}",
                    code(&format!("new({})", taken.collect::<Vec<_>>().join(", ")))
                ));
            }
            self.change(both, Group::Breaking, None, text);
        }
        let gated: Vec<String> = old
            .iter()
            .filter(|(name, gated)| !**gated && is_shown(name) && new.get(*name) == Some(&true))
            .map(|(name, _)| name.clone())
            .collect();
        if !gated.is_empty() {
            let text = format!("implements {} only with a cargo feature", list(&gated));
            self.change(both, Group::Breaking, None, text);
        }
        let gained: Vec<String> = new
            .keys()
            .filter(|name| !old.contains_key(*name) && is_shown(name) && *name != CONVERTED)
            .cloned()
            .collect();
        if !gained.is_empty() {
            self.change(both, Group::Additive, None, format!("implements {}", list(&gained)));
        }
    }

    fn default_variant(&mut self, both: Both<'a>) {
        let default = |members: &'a [Member]| members.iter().find(|member| member.attributes.is_default);
        let (old, new) = (
            default(&both.old.definition.members),
            default(&both.new.definition.members),
        );
        if let (Some(old), Some(new)) = (old, new)
            && old.name != new.name
        {
            let text = format!("its `Default` is {}, was {}", code(&new.name), code(&old.name));
            self.change(both, Group::Behaviour, Some(&new.name), text);
        }
    }
}

fn role(member: &Member) -> &'static str {
    match member.role {
        Role::Field => "field",
        Role::Variant => "variant",
        Role::Function => "function",
        Role::Constant => "constant",
        Role::Associated => "associated type",
    }
}

fn called(function: &Member) -> String {
    match function.role {
        Role::Function => code(&format!("{}()", function.name)),
        _ => format!("{} {}", role(function), code(&function.name)),
    }
}
