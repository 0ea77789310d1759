//! Security schemes of the settings, declared in a normalised document.

use serde_json::{Map, Value};

use crate::config::Security;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::Document;

/// Adds security schemes and requirements to a document that was normalised, so that they have one form whatever its
/// version.
pub(crate) fn declare(document: &mut Document, security: &Security, diagnostics: &mut Diagnostics) {
    let Some(root) = document.root.as_object_mut() else {
        return;
    };
    if !security.schemes.is_empty() {
        let declared = object(root, "components").and_then(|components| object(components, "securitySchemes"));
        if let Some(declared) = declared {
            declared.extend(security.schemes.clone());
        }
    }
    let own = || security.schemes.keys().map(|name| vec![name.clone()]).collect();
    let alternatives: Vec<Vec<String>> = match &security.default {
        Some(alternatives) => alternatives.clone(),
        None if root.contains_key("security") => return,
        None => own(),
    };
    let declared = root
        .get("components")
        .and_then(|components| components.get("securitySchemes"));
    let is_known = |name: &String| declared.is_some_and(|schemes| schemes.get(name).is_some());
    let mut requirements = Vec::new();
    for alternative in alternatives {
        match alternative.iter().find(|name| !is_known(name)) {
            None => requirements.push(requirement(&alternative)),
            Some(name) => {
                let message = format!(
                    "`security.default` names the security scheme `{name}`, which neither the setting nor the document \
                     declares; this alternative is ignored"
                );
                diagnostics.push(Diagnostic::new(Code::UnusedSetting, Place::Document, message));
            }
        }
    }
    let none = requirements.is_empty()
        && security
            .default
            .as_ref()
            .is_none_or(|alternatives| !alternatives.is_empty());
    if !none {
        root.insert("security".to_owned(), Value::Array(requirements));
    }
}

/// Returns a Security Requirement Object.
fn requirement(schemes: &[String]) -> Value {
    let members = schemes.iter().map(|name| (name.clone(), Value::Array(Vec::new())));
    Value::Object(members.collect())
}

/// Returns an object in another, which it replaces if it is none.
fn object<'m>(parent: &'m mut Map<String, Value>, name: &str) -> Option<&'m mut Map<String, Value>> {
    let member = parent.entry(name).or_insert(Value::Null);
    if !member.is_object() {
        *member = Value::Object(Map::new());
    }
    member.as_object_mut()
}
