//! References that cannot be resolved, astray, or round and round.

use crate::diagnostic::Code;
use crate::load::Limits;

use super::{bundled, bundled_within};

#[test]
fn what_is_only_written_wrongly_is_repaired_and_said() {
    for wrong in [
        "Pet",
        "'#components/schemas/Pet'",
        "/components/schemas/Pet",
        "'#/definitions/Pet'",
    ] {
        let text = format!("components: {{ schemas: {{ Pet: {{}}, A: {{ items: {{ $ref: {wrong} }} }} }} }}");
        let (document, diagnostics) = bundled("openapi: 3.0.3", &text, &[]);
        assert_eq!(
            document.root["components"]["schemas"]["A"]["items"]["$ref"],
            "#/components/schemas/Pet"
        );
        let codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, [Code::Invalid], "{wrong}");
    }
}

#[test]
fn what_is_missing_says_why_and_what_is_near() {
    let text = "components: { schemas: { A: { items: { $ref: 'b.yaml#/Pett' } }, B: { $ref: sub/c.yaml } } }";
    let (document, _) = bundled(
        "openapi: 3.0.3",
        text,
        &[("b.yaml", "{ Pet: {} }"), ("sub/c.yaml", "a: [")],
    );
    let missing = &document.missing["b.yaml#/Pett"];
    assert_eq!(missing.code, Code::DanglingReference);
    assert_eq!(missing.help.as_deref(), Some("did you mean `b.yaml#/Pet`?"));
    let broken = &document.missing["sub/c.yaml"];
    assert_eq!(broken.code, Code::Syntax);
    assert!(broken.reason.contains("(folder/sub/c.yaml:1:"), "{}", broken.reason);
}

#[test]
fn lists_of_paths_that_lead_to_each_other_end() {
    let parts = [("a.yaml", "$ref: b.yaml"), ("b.yaml", "$ref: a.yaml")];
    let (_, diagnostics) = bundled("openapi: 3.0.3", "paths: { $ref: a.yaml }", &parts);
    let codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::ReferenceCycle]);
}

#[test]
fn references_cannot_multiply_a_document() {
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let level = |next: usize| {
        let below = format!("callbacks: {{ c: {{ x: {{ $ref: l{next}.yaml }} }} }}");
        let lines: Vec<String> = methods
            .iter()
            .map(|method| format!("{method}: {{ {below} }}\n"))
            .collect();
        lines.concat()
    };
    for levels in [10, 40] {
        let mut parts: Vec<(String, String)> = (1..levels).map(|n| (format!("l{n}.yaml"), level(n + 1))).collect();
        parts.push((format!("l{levels}.yaml"), "get: {}".to_owned()));
        let parts: Vec<(&str, &str)> = parts.iter().map(|(uri, text)| (uri.as_str(), text.as_str())).collect();
        let limits = Limits {
            nodes: 20_000,
            ..Limits::default()
        };
        let (_, diagnostics) = bundled_within(&limits, "openapi: 3.0.3", "paths: { /a: { $ref: l1.yaml } }", &parts);
        let codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).take(3).collect();
        assert_eq!(codes, [Code::Limit]);
    }
}
