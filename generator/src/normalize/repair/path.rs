//! Paths: methods, and parameters whose name differs from the path template.

use serde_json::{Value, json};

use super::context::{Object, Repair, plain};
use super::kind::Kind;
use super::parameter::member;
use crate::diagnostic::Code;
use crate::document::original;
use crate::pointer::Pointer;
use crate::template::{Template, expression};

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

impl Repair<'_> {
    /// The paths under a member of the document.
    pub(super) fn paths(&mut self, root: &mut Object, key: &str) {
        self.each(root, &Pointer::root(), key, |repair, item, at| {
            repair.path_item(&at.last(), item, at)
        });
    }

    /// One path.
    pub(super) fn path_item(&mut self, key: &str, item: &mut Value, at: &Pointer) {
        let Value::Object(item) = item else { return };
        if key.starts_with("x-") {
            return;
        }
        let template = Template::read(key);
        self.methods(item, at);
        self.kinds(item, at, &[("summary", Kind::Text), ("description", Kind::Text)]);
        self.servers(item, at);
        self.parameters(item, at, Some(&template));
        let shared_body = if self.is_swagger2() {
            Vec::new()
        } else {
            self.take_body(item, at)
        };
        for method in METHODS {
            if let Some(Value::Object(operation)) = item.get_mut(method) {
                self.operation(operation, &at.child(method), &template, &shared_body);
            }
        }
        self.each(item, at, "additionalOperations", |repair, operation, at| {
            if let Value::Object(operation) = operation {
                repair.operation(operation, at, &template, &shared_body);
            }
        });
        self.match_template(item, at, &template);
    }

    /// `GET` -> `get`.
    fn methods(&mut self, item: &mut Object, at: &Pointer) {
        let written: Vec<String> = item.keys().cloned().collect();
        for key in written {
            let method = key.trim().to_ascii_lowercase();
            if method == key || !METHODS.contains(&method.as_str()) || item.contains_key(&method) {
                continue;
            }
            let entries = std::mem::take(item);
            let renamed = |name: String| if name == key { method.clone() } else { name };
            item.extend(entries.into_iter().map(|(name, value)| (renamed(name), value)));
            self.move_node(at.child(&method), &at.child(&key));
            self.report(&at.child(&key), format!("`{key}` is read as the method `{method}`"));
        }
    }

    /// Brings the parameters of every operation together with what the key names.
    fn match_template(&mut self, item: &mut Object, at: &Pointer, template: &Template<'_>) {
        let mut shared = take_list(item);
        for method in METHODS {
            if let Some(Value::Object(operation)) = item.get_mut(method) {
                let first_own = shared.len();
                let mut lists = Lists {
                    all: std::mem::take(&mut shared),
                    first_own,
                    shared_at: at.child("parameters"),
                    own_at: at.child(method).child("parameters"),
                };
                lists.all.extend(take_list(operation));
                self.match_path(&mut lists, template);
                self.match_query(&mut lists, template, &at.child(method));
                put_list(operation, lists.all.split_off(first_own));
                shared = lists.all;
            }
        }
        put_list(item, shared);
    }

    /// A name that differs from that in the path only in how its words are written is that name.
    fn match_path(&mut self, lists: &mut Lists, template: &Template<'_>) {
        let in_path = |repair: &Self, lists: &Lists| -> Vec<(usize, String)> {
            let all = lists.all.iter().enumerate().filter_map(|(index, parameter)| {
                let parameter = repair.resolved(parameter);
                let name = member(parameter, "name").filter(|_| member(parameter, "in") == Some("path"));
                Some((index, name?.to_owned()))
            });
            all.collect()
        };
        let declared = in_path(self, lists);
        let undeclared: Vec<&str> = template
            .names()
            .filter(|name| !declared.iter().any(|(_, own)| own == name))
            .collect();
        for (index, name) in declared {
            let alike = |other: &&&str| plain(other) == plain(&name);
            let mut meant = undeclared.iter().filter(alike);
            if let (Some(meant), None) = (meant.next(), meant.next())
                && !template.names().any(|own| own == name)
            {
                let message = format!("`{name}` is read as `{meant}`, which is in the path template");
                self.change(lists, index, &[("name", json!(meant))], message);
            }
        }
    }

    /// What the query of a key names is sent in the query.
    fn match_query(&mut self, lists: &mut Lists, template: &Template<'_>, operation: &Pointer) {
        for (key, value) in &template.query {
            let find = |repair: &Self, lists: &Lists, place: &str, name: &str| {
                lists.all.iter().position(|parameter| {
                    let parameter = repair.resolved(parameter);
                    member(parameter, "name") == Some(name) && member(parameter, "in") == Some(place)
                })
            };
            let of_key = find(self, lists, "query", key);
            if !value.contains('{') {
                let optional = |index: &usize| {
                    let parameter = self.resolved(&lists.all[*index]);
                    parameter.get("required") != Some(&json!(true))
                };
                if let Some(index) = of_key.filter(optional) {
                    let message = format!("`{key}` is in the path template, so it is required");
                    self.change(lists, index, &[("required", json!(true))], message);
                }
                continue;
            }
            let name = expression(value).unwrap_or(key);
            if of_key.is_some() || find(self, lists, "query", name).is_some() {
                continue;
            }
            if let Some(index) = find(self, lists, "path", name) {
                let message = format!("`{name}` is in the query of the path; read as the query parameter `{key}`");
                self.change(lists, index, &[("in", json!("query")), ("name", json!(key))], message);
                continue;
            }
            let message = format!("`{name}` is in the query of the path, but no parameter declares it");
            let at = original(self.moved, operation);
            self.diagnostics.report(Code::UndeclaredParameter, &at, message);
            lists.all.push(if self.is_swagger2() {
                json!({ "name": key, "in": "query", "required": true, "type": "string" })
            } else {
                json!({ "name": key, "in": "query", "required": true, "schema": { "type": "string" } })
            });
        }
    }

    /// Changes one parameter; one that is shared is changed here only.
    fn change(&mut self, lists: &mut Lists, index: usize, members: &[(&str, Value)], message: String) {
        let mut parameter = self.resolved(&lists.all[index]).clone();
        if let Value::Object(parameter) = &mut parameter {
            for (key, value) in members {
                parameter.insert((*key).to_owned(), value.clone());
            }
        }
        lists.all[index] = parameter;
        self.report(&lists.at(index), message);
    }
}

/// The parameters of a path, then those of one of its operations.
struct Lists {
    all: Vec<Value>,
    first_own: usize,
    shared_at: Pointer,
    own_at: Pointer,
}

impl Lists {
    fn at(&self, index: usize) -> Pointer {
        match index.checked_sub(self.first_own) {
            Some(own) => self.own_at.child(own),
            None => self.shared_at.child(index),
        }
    }
}

fn take_list(owner: &mut Object) -> Vec<Value> {
    match owner.get_mut("parameters") {
        Some(Value::Array(list)) => std::mem::take(list),
        _ => Vec::new(),
    }
}

fn put_list(owner: &mut Object, list: Vec<Value>) {
    match owner.get_mut("parameters") {
        Some(Value::Array(place)) => *place = list,
        None if !list.is_empty() => {
            owner.insert("parameters".to_owned(), Value::Array(list));
        }
        _ => {}
    }
}
