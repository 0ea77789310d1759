//! What tests of messages about schemas have in common.

use envoi::{Code, Config, Diagnostic, Source, generate};

/// What is said about a document of these schemas under one code.
pub fn said(schemas: &str, code: Code) -> Vec<Diagnostic> {
    let document = format!(
        "openapi: 3.1.0\ninfo: {{ title: Kettles, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    );
    let outcome = generate(&Source::new("kettles.yaml", document), &Config::default());
    let found = outcome.diagnostics.into_iter();
    found.filter(|diagnostic| diagnostic.code == code).collect()
}
