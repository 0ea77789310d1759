//! What the manifest of a package says for registries.

use serde_json::Value;
use spdx::License;
use spdx::identifiers::LICENSES;
use toml_edit::{Array, Item, Table};

use crate::pipeline::Outcome;

/// Values of a manifest that describe a package to others, named as cargo names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The license, as an SPDX expression. Default: that of the documents, if all have the same.
    pub license: Option<String>,
    /// The file with the text of the license, relative to the package.
    pub license_file: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The URL of the sources.
    pub repository: Option<String>,
    /// The URL of the home page.
    pub homepage: Option<String>,
    /// The URL of the documentation.
    pub documentation: Option<String>,
    /// Words by which a registry finds the package.
    pub keywords: Vec<String>,
    /// The categories of the registry that the package belongs to.
    pub categories: Vec<String>,
    /// The README, relative to the package.
    pub readme: Option<String>,
    /// The oldest Rust that the package is meant for. Default: the oldest that compiles it.
    pub rust_version: Option<String>,
}

impl Metadata {
    /// Returns what is wrong with a value, if anything is.
    ///
    /// # Errors
    ///
    /// If `license` is not an SPDX expression.
    pub fn check(&self) -> Result<(), String> {
        match &self.license {
            Some(license) if spdx::Expression::parse(license).is_err() => Err(format!(
                "`{license}` is not an SPDX license expression such as \"MIT OR Apache-2.0\"; \
                 use `license-file` for other licenses"
            )),
            _ => Ok(()),
        }
    }

    /// Takes the license of the documents if nothing is said about one.
    pub(super) fn or_of_documents(&self, clients: &[Outcome]) -> Self {
        let mut metadata = self.clone();
        if metadata.license.is_none() && metadata.license_file.is_none() {
            metadata.license = of_documents(clients);
        }
        metadata
    }

    pub(super) fn insert_into(&self, package: &mut Table) {
        let texts = [
            ("license", &self.license),
            ("license-file", &self.license_file),
            ("repository", &self.repository),
            ("homepage", &self.homepage),
            ("documentation", &self.documentation),
            ("readme", &self.readme),
        ];
        for (key, text) in texts {
            if let Some(text) = text {
                package.insert(key, Item::Value(text.as_str().into()));
            }
        }
        let lists = [
            ("authors", &self.authors),
            ("keywords", &self.keywords),
            ("categories", &self.categories),
        ];
        for (key, list) in lists {
            if !list.is_empty() {
                let list: Array = list.iter().map(String::as_str).collect();
                package.insert(key, Item::Value(list.into()));
            }
        }
    }
}

/// The license that all documents have.
fn of_documents(clients: &[Outcome]) -> Option<String> {
    let mut licenses = clients
        .iter()
        .map(|client| license(client.document.as_ref()?.root.pointer("/info/license")?));
    let first = licenses.next()??;
    licenses.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// `identifier` of a license if it is an SPDX expression, or else the license of SPDX with its `name`: `MIT`, `Apache 2.0`,
/// `Apache License 2.0`. Anything less exact would be a guess.
fn license(license: &Value) -> Option<String> {
    let text = |key: &str| license.get(key).and_then(Value::as_str).map(str::trim);
    if let Some(identifier) = text("identifier") {
        let is_known = spdx::Expression::parse(identifier).is_ok() && !identifier.contains("Ref-");
        return is_known.then(|| identifier.to_owned());
    }
    let name = text("name")?;
    let short = name.replace(' ', "-");
    let is_named =
        |license: &&License| license.name.eq_ignore_ascii_case(&short) || license.full_name.eq_ignore_ascii_case(name);
    Some(LICENSES.iter().find(is_named)?.name.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::license;

    #[test]
    fn licenses_of_documents() {
        for (written, expected) in [
            (json!({"name": "MIT"}), Some("MIT")),
            (json!({"name": "Apache-2.0"}), Some("Apache-2.0")),
            (json!({"name": "Apache 2.0"}), Some("Apache-2.0")),
            (json!({"name": "Apache License 2.0"}), Some("Apache-2.0")),
            (json!({"name": "mit license"}), Some("MIT")),
            (json!({"name": "Apache"}), None),
            (
                json!({"name": "x", "identifier": "MIT OR Apache-2.0"}),
                Some("MIT OR Apache-2.0"),
            ),
            (json!({"name": "MIT", "identifier": "none of ours"}), None),
            (json!({"name": "Acme", "identifier": "LicenseRef-Acme"}), None),
            (json!({"name": "MIT License for friends"}), None),
            (json!({"name": "Proprietary"}), None),
            (json!({"name": ""}), None),
            (json!({"name": 7}), None),
            (json!("MIT"), None),
        ] {
            assert_eq!(license(&written).as_deref(), expected, "{written}");
        }
    }
}
