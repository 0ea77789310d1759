//! The key of a path item -> the path of requests.

use super::context::Lower;
use crate::diagnostic::Code;
use crate::ir::{Location, Parameter};
use crate::normalize::EXTRA_PATH;
use crate::parse::Node;
use crate::template::Template;

impl<'d> Lower<'d, '_> {
    /// The path to call, with the pairs of its query that no parameter sends.
    pub(super) fn called_path(&mut self, key: &str, parameters: &[Parameter], operation: &Node<'d>) -> String {
        let template = Template::read(key);
        let declared = |name: &str| {
            let mut parameters = parameters.iter();
            parameters.any(|parameter| parameter.location == Location::Query && parameter.wire == name)
        };
        let mut path = template.path.clone();
        let mut separator = '?';
        for (name, value) in &template.query {
            // Names between braces are parameters by now.
            if !declared(name) && !value.contains('{') {
                path.push(separator);
                path.push_str(name);
                if !value.is_empty() {
                    path.push('=');
                    path.push_str(value);
                }
                separator = '&';
            }
        }
        let with_query = operation.value.get(EXTRA_PATH).is_some() && template.fragment.is_none();
        if path == key || with_query {
            return path;
        }
        let only_fragment = template.fragment.is_some_and(|fragment| {
            let rest = key.strip_suffix(fragment).and_then(|rest| rest.strip_suffix('#'));
            rest == Some(&path)
        });
        let message = format!("`{key}` is not a path template; requests use `{path}`");
        // A fragment is never sent; documents have it to tell keys apart.
        let code = if only_fragment {
            Code::NotGenerated
        } else {
            Code::Invalid
        };
        self.diagnostics.report(code, &operation.at, message);
        path
    }
}
