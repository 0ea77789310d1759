//! Operations of an API: how programs call them.

use std::collections::HashMap;

use super::api::{Call, Surface, Type};
use super::item::{Member, Sort};
use super::signature::items;

/// Finds the functions that return the request of an operation, and takes them out of the types that have them.
pub(super) fn calls(types: &mut [Type]) -> HashMap<usize, Call> {
    let all = types.iter().enumerate();
    let places: HashMap<String, usize> = all.map(|(index, one)| (one.definition.path.clone(), index)).collect();
    let marker = |member: &Member, types: &[Type]| {
        let found = items(&member.ty).filter_map(|path| places.get(path).copied());
        found.filter(|index| types[*index].operation.is_some()).last()
    };
    let mut calls = HashMap::new();
    let mut accessors: HashMap<String, String> = HashMap::new();
    for index in 0..types.len() {
        let owner = types[index].definition.path.clone();
        let functions = std::mem::take(&mut types[index].functions);
        let is_marker = types[index].operation.is_some();
        let mut kept = Vec::with_capacity(functions.len());
        for function in functions {
            match marker(&function, types).filter(|_| !is_marker && !function.takes.receiver.is_empty()) {
                Some(found) => drop(calls.insert(found, (owner.clone(), function))),
                None => {
                    if let [handle] = items(&function.ty).collect::<Vec<_>>().as_slice() {
                        accessors.insert((*handle).to_owned(), function.name.clone());
                    }
                    kept.push(function);
                }
            }
        }
        types[index].functions = kept;
    }
    let calls = calls.into_iter().map(|(index, (owner, function))| {
        let accessor = accessors.get(&owner).filter(|_| !owner.ends_with("Client")).cloned();
        (index, Call { function, accessor })
    });
    calls.collect()
}

impl Surface {
    /// How programs call an operation, such as `pets().list()`.
    pub(super) fn call(&self, marker: usize) -> String {
        let name = || self.types[marker].name().to_owned();
        let Some(call) = self.calls.get(&marker) else {
            return name();
        };
        let function = &call.function.name;
        let client = self.types[marker]
            .name()
            .split_once("::apis::")
            .map(|(client, _)| format!("{client}: "));
        let client = client.unwrap_or_default();
        match &call.accessor {
            Some(accessor) => format!("{client}{accessor}().{function}()"),
            None => format!("{client}{function}()"),
        }
    }

    /// The function that begins a call of an operation.
    pub(super) fn begins(&self, marker: usize) -> Option<&Member> {
        self.calls.get(&marker).map(|call| &call.function)
    }

    /// Whether a member is the function that begins a call of this operation.
    pub(super) fn is_call(&self, marker: usize, member: &Member) -> bool {
        self.begins(marker)
            .is_some_and(|function| std::ptr::eq(function, member))
    }

    /// Whether a type is what a client has for each group of operations.
    pub(super) fn is_handle(&self, one: &Type) -> bool {
        one.sort() == Sort::Struct
            && one.definition.has_private
            && one.name().ends_with("Api")
            && one.name().contains("apis::")
    }

    /// The members of an item with documentation of their own.
    pub(super) fn documented(&self, index: usize) -> Vec<&Member> {
        let one = &self.types[index];
        let members = self.begins(index).into_iter().chain(&one.definition.members);
        let fields = &one.definition.members;
        // setters say the same as their fields
        let own = |function: &&Member| !fields.iter().any(|field| field.name == function.name);
        members.chain(one.functions.iter().filter(own)).collect()
    }
}
