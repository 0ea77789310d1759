//! Security schemes that the settings add, as if the document declared them.

use envoi::{Code, Config, Outcome, Security, Source, generate};

const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: Jars, version: '1' }
paths:
  /jars: { get: { operationId: listJars, responses: { '204': { description: None. } } } }
  /open: { get: { operationId: open, security: [], responses: { '204': { description: None. } } } }
";

const SWAGGER: &str = "
swagger: '2.0'
info: { title: Jars, version: '1' }
paths:
  /jars: { get: { operationId: listJars, responses: { '204': { description: None. } } } }
";

const SCHEMES: &str = r#"{
    "token": { "type": "http", "scheme": "bearer", "description": "From the settings." },
    "key": { "type": "apiKey", "in": "header", "name": "X-Key" }
}"#;

fn with(document: &str, schemes: &str, default: Option<&[&[&str]]>) -> Outcome {
    let names = |names: &&[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let security = Security {
        schemes: serde_json::from_str(schemes).expect("schemes"),
        default: default.map(|all| all.iter().map(names).collect()),
    };
    let config = Config {
        security,
        ..Config::default()
    };
    generate(&Source::new("jars.yaml", document), &config)
}

fn text(outcome: &Outcome, path: &str) -> String {
    let file = outcome.files.iter().find(|file| file.path == path);
    file.map(|file| file.text.clone()).unwrap_or_default()
}

/// The security of the two operations.
fn required(outcome: &Outcome) -> Vec<String> {
    let all: String = outcome
        .files
        .iter()
        .filter(|file| file.path.contains("/apis/"))
        .map(|file| &*file.text)
        .collect();
    let lines = all.lines().map(str::trim).filter(|line| line.starts_with("security:"));
    lines.map(|line| line.replace("&crate::security::", "")).collect()
}

#[test]
fn each_scheme_suffices_unless_settings_say_otherwise() {
    for document in [DOCUMENT, SWAGGER] {
        let outcome = with(document, SCHEMES, None);
        assert!(!outcome.diagnostics.has_errors());
        let client = text(&outcome, "src/client.rs");
        assert!(
            client.contains("pub fn token(mut self") && client.contains("pub fn key(mut self"),
            "{client}"
        );
        assert!(client.contains("From the settings."));
        assert_eq!(
            required(&outcome),
            ["security: &[&[&security::TOKEN], &[&security::KEY]],"]
        );
    }
}

#[test]
fn the_default_is_that_of_the_settings() {
    let both: &[&[&str]] = &[&["token", "key"], &[]];
    let outcome = with(DOCUMENT, SCHEMES, Some(both));
    assert_eq!(
        required(&outcome),
        ["security: &[&[&security::TOKEN, &security::KEY], &[]],"]
    );
    let declared = format!(
        "{DOCUMENT}security: [{{ own: [] }}]\ncomponents: {{ securitySchemes: {{ own: {{ type: http, scheme: basic }} }} }}\n"
    );
    let outcome = with(&declared, SCHEMES, None);
    assert_eq!(required(&outcome), ["security: &[&[&security::OWN]],"]);
    let outcome = with(&declared, SCHEMES, Some(&[&["key"], &["own"]]));
    assert_eq!(
        required(&outcome),
        ["security: &[&[&security::KEY], &[&security::OWN]],"]
    );
    let corrected = with(&declared, r#"{ "own": { "type": "http", "scheme": "bearer" } }"#, None);
    assert!(text(&corrected, "src/security.rs").contains("Scheme::bearer(\"own\")"));
}

#[test]
fn wrong_settings_are_told() {
    let outcome = with(DOCUMENT, SCHEMES, Some(&[&["tokn"], &["key"]]));
    assert_eq!(required(&outcome), ["security: &[&[&security::KEY]],"]);
    let message = outcome
        .diagnostics
        .iter()
        .find(|message| message.code == Code::UnusedSetting);
    assert!(message.is_some_and(|message| message.message.contains("`tokn`")));
    let outcome = with(DOCUMENT, r#"{ "token": { "type": "apiKey", "in": "body" } }"#, None);
    assert!(
        outcome
            .diagnostics
            .iter()
            .any(|message| message.message.contains("body")),
        "nothing is said"
    );
}
