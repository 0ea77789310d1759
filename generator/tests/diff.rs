//! `envoi diff`: what it compares, exit codes, and the line at the end of `envoi generate`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use envoi::Config;
use envoi::diff::{Format, Side, compare};
use envoi::load::{Limits, read};
use envoi::package::{Package, standalone};

const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Jars, version: '0.1' }
paths:
  /jars:
    get:
      tags: [jars]
      operationId: listJars
      parameters: [{ name: limit, in: query, schema: { type: integer } }]
      responses:
        '200':
          description: Jars.
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Jar' } } } }
components:
  schemas:
    Jar: { type: object, required: [lid], properties: { lid: { type: string } } }
";

/// A folder of its own for each test.
struct Shelf(tempfile::TempDir);

impl Shelf {
    fn new() -> Self {
        let shelf = Self(tempfile::tempdir().expect("a folder"));
        shelf.put("jars.yaml", DOCUMENT);
        shelf.put("removed.yaml", &DOCUMENT.replace("name: limit", "name: most"));
        let added = DOCUMENT.replace(
            "{ lid: { type: string } }",
            "{ lid: { type: string }, size: { type: integer } }",
        );
        shelf.put("added.yaml", &added);
        shelf
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("it can be written");
    }

    #[track_caller]
    fn check(&self, arguments: &[&str], code: i32, said: &[&str]) -> String {
        check(&envoi(self.0.path(), arguments), code, said)
    }
}

fn envoi(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_envoi"));
    command.current_dir(folder).args(arguments);
    command.output().expect("the program starts")
}

/// The program ends with `code` and says all of `said`; returns all that it says.
#[track_caller]
fn check(output: &Output, code: i32, said: &[&str]) -> String {
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{text}");
    for words in said {
        assert!(text.contains(words), "`{words}` is not said:\n{text}");
    }
    text.into_owned()
}

#[test]
fn changes_are_a_failure_only_if_they_are_denied() {
    let shelf = Shelf::new();
    let broken = [
        "parameter `limit` is removed",
        "new parameter `most: i64`",
        "1 breaking, 1 additive; semver: minor before 1.0",
    ];
    shelf.check(&["diff", "jars.yaml", "removed.yaml"], 0, &broken);
    shelf.check(&["diff", "jars.yaml", "removed.yaml", "--deny", "breaking"], 3, &broken);
    shelf.check(
        &["diff", "jars.yaml", "removed.yaml", "--deny", "behaviour"],
        0,
        &broken,
    );
    let added = ["models::Jar\n    new field `size: Option<i64>` (jars.yaml:15:5 -> added.yaml:15:80)"];
    shelf.check(&["diff", "jars.yaml", "added.yaml", "--deny", "breaking"], 0, &added);
    shelf.check(
        &[
            "diff",
            "jars.yaml",
            "added.yaml",
            "--deny",
            "behaviour",
            "--deny",
            "additive",
        ],
        3,
        &added,
    );
    shelf.check(
        &["diff", "jars.yaml", "jars.yaml", "--deny", "documentation"],
        0,
        &["no changes of the API"],
    );
}

#[test]
fn a_crate_on_disk_is_compared_with_a_document() {
    let shelf = Shelf::new();
    shelf.check(&["generate", "jars.yaml", "-o", "out"], 0, &[]);
    shelf.check(
        &["diff", "out", "jars.yaml", "--deny", "documentation"],
        0,
        &["no changes of the API"],
    );
    let said = [
        "semver: minor (0.1.0 -> 0.2.0)",
        "parameter `limit` is removed (out/src/apis/jars.rs:",
        "-> removed.yaml:",
    ];
    shelf.check(&["diff", "out", "removed.yaml"], 0, &said);
    let manifest = std::fs::read_to_string(shelf.path("out/Cargo.toml")).expect("a manifest");
    shelf.put(
        "out/Cargo.toml",
        &manifest.replace("version = \"0.1.0\"", "version = \"2.3.4\""),
    );
    shelf.check(&["diff", "out", "removed.yaml"], 0, &["semver: major (2.3.4 -> 3.0.0)"]);
    shelf.check(&["diff", "out", "added.yaml"], 0, &["semver: minor (2.3.4 -> 2.4.0)"]);
}

#[test]
fn the_configuration_file_says_what_is_compared() {
    let shelf = Shelf::new();
    let settings = |document: &str| {
        let text = format!(
            "output = \"out\"\n[package]\nname = \"pantry\"\n[clients.jars]\ndocument = \"{document}\"\n\
             [clients.jars.rename]\ntypes = {{ Jar = \"Glass\" }}\n"
        );
        shelf.put("envoi.toml", &text);
    };
    settings("jars.yaml");
    shelf.check(&[], 0, &[]);
    shelf.check(
        &["diff", "--deny", "documentation"],
        0,
        &["out -> jars.yaml: no changes of the API"],
    );
    settings("added.yaml");
    shelf.check(
        &["diff"],
        0,
        &["jars::models::Glass\n    new field `size: Option<i64>`"],
    );
    shelf.check(&["diff", "jars.yaml", "added.yaml"], 0, &["models::Jar\n"]);
    shelf.check(
        &["diff", "jars.yaml", "added.yaml", "--client", "jars"],
        0,
        &["models::Glass\n"],
    );
    shelf.check(
        &["diff", "jars.yaml", "added.yaml", "--client", "tins"],
        2,
        &["set --client to one of: jars"],
    );
}

#[test]
fn what_cannot_be_compared_is_said() {
    let shelf = Shelf::new();
    shelf.put("broken.yaml", "openapi: 3.0.3\npaths: { a: [ }\n");
    shelf.check(
        &["diff", "jars.yaml", "broken.yaml"],
        1,
        &["error[E", "broken.yaml:2:", "nothing was compared"],
    );
    std::fs::create_dir(shelf.path("empty")).expect("a folder");
    shelf.check(
        &["diff", "empty", "jars.yaml"],
        2,
        &["empty: no files generated by Envoi"],
    );
    shelf.check(&["diff", "jars.yaml"], 2, &["required"]);
    shelf.check(&["diff"], 2, &["no envoi.toml or specs/envoi.toml found"]);
    shelf.check(
        &["diff", "jars.yaml", "added.yaml", "--deny", "all"],
        2,
        &["`breaking`, `behaviour`, `additive`"],
    );
    shelf.check(
        &["diff", "jars.yaml", "added.yaml", "--format", "xml"],
        2,
        &["`text`, `markdown`, `json`"],
    );
}

#[test]
fn a_run_that_breaks_programs_says_so_at_its_end() {
    let shelf = Shelf::new();
    let generate = |document: &str| envoi(shelf.0.path(), &["generate", document, "-o", "out"]);
    let said = check(&generate("jars.yaml"), 0, &[]);
    assert!(!said.contains("programs break"), "{said}");
    let said = check(&generate("added.yaml"), 0, &[]);
    assert!(!said.contains("programs break"), "{said}");
    let said = check(&generate("removed.yaml"), 0, &[]);
    let last = said.lines().last().unwrap_or_default();
    assert_eq!(
        last,
        "out: programs break: `jars().list()`: parameter `limit` is removed, and 1 more; semver: minor (see `envoi diff`)"
    );
    let said = check(&generate("removed.yaml"), 0, &["nothing changed since the last run"]);
    assert!(!said.contains("programs break"), "{said}");
}

/// Text of documents reaches no terminal as it is.
#[test]
fn reports_do_not_act() {
    let shelf = Shelf::new();
    let hostile = DOCUMENT.replace("name: limit", "name: \"limit\\e[2J\\u202e`x\"");
    shelf.put("hostile.yaml", &hostile.replace("/jars:", "\"/jars\\u202e\":"));
    for format in ["text", "markdown", "json"] {
        let said = shelf.check(&["diff", "jars.yaml", "hostile.yaml", "--format", format], 0, &["jars"]);
        let acts = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!said.contains(acts), "{said:?}");
        if format == "json" {
            let report: serde_json::Value = serde_json::from_str(&said).expect("JSON");
            assert!(report["counts"]["breaking"].as_u64() > Some(0), "{said}");
        }
    }
}

/// A crate with its runtime and its examples is what its document says, whatever constructs that has.
#[test]
fn fixtures_do_not_differ_from_themselves() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let source = read(&entry.expect("an entry").path(), &Limits::default()).expect("a document");
        let package = standalone(&source, &Config::default(), &Package::new("client"));
        let Ok(document) = Side::of_document(&source, &Config::default()) else {
            continue;
        };
        let report = compare(&Side::of_files("client", &package.files), &document);
        assert_eq!(report.changes, [], "{}", report.render(Format::Text, 20));
        count += 1;
    }
    assert!(count > 40, "{count}");
}

/// A document with a parameter and a credential.
const KEYS: &str = "\
openapi: 3.0.3
info: { title: Keys, version: '0.1' }
security: [{ k: [] }]
paths:
  /keys/{id}:
    get:
      tags: [keys]
      operationId: getKey
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: q, in: query, schema: { type: array, items: { type: string } } }
      responses:
        '200': { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/Key' } } } }
    put:
      tags: [keys]
      operationId: putKey
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Key' } } } }
      responses: { '204': { description: Done. } }
  /locks:
    get:
      tags: [locks]
      operationId: listLocks
      responses:
        '200': { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/Key' } } } }
components:
  securitySchemes: { k: { type: apiKey, in: header, name: X-Key } }
  schemas:
    Key: { type: object, properties: { teeth: { type: integer } } }
";

/// What compiles as before and sends something else.
#[test]
fn what_is_sent_is_compared() {
    let shelf = Shelf::new();
    shelf.put("keys.yaml", KEYS);
    for (from, to, said) in [
        (
            "name: q, in: query,",
            "name: q, in: query, explode: false,",
            ".explode(false)",
        ),
        (
            "name: q, in: query,",
            "name: q, in: query, style: pipeDelimited, explode: false,",
            "PipeDelimited",
        ),
        (
            "in: header, name: X-Key",
            "in: query, name: key",
            "the credential `k` is",
        ),
        ("in: header, name: X-Key", "in: header, name: X-Other", "X-Other"),
        (
            "teeth: { type: integer }",
            "teeth: { type: integer, readOnly: true }",
            "read_only()",
        ),
    ] {
        let document = KEYS.replace(from, to);
        assert_ne!(document, KEYS);
        shelf.put("other.yaml", &document);
        shelf.check(
            &["diff", "keys.yaml", "other.yaml", "--deny", "behaviour"],
            3,
            &[said, " behaviour"],
        );
    }
}

#[test]
fn what_programs_do_not_notice_is_no_change() {
    let shelf = Shelf::new();
    shelf.put("keys.yaml", KEYS);
    shelf.put(
        "other.yaml",
        &KEYS.replace("{id}", "{key}").replace("name: id", "name: key"),
    );
    let said = shelf.check(
        &[
            "diff",
            "keys.yaml",
            "other.yaml",
            "--deny",
            "behaviour",
            "--deny",
            "breaking",
        ],
        0,
        &[],
    );
    assert!(!said.contains("behaviour,"), "{said}");
    let added = KEYS.replace(
        "  /locks:\n",
        "  /zoo:\n    get: { tags: [zoo], operationId: zoo, responses: { '204': { description: Done. } } }\n  /locks:\n",
    );
    shelf.put("added.yaml", &added);
    shelf.check(&["diff", "keys.yaml", "added.yaml", "--deny", "breaking"], 0, &["zoo"]);
    shelf.check(&["generate", "keys.yaml", "-o", "out"], 0, &[]);
    let manifest = std::fs::read_to_string(shelf.path("out/Cargo.toml")).expect("a manifest");
    shelf.put(
        "out/Cargo.toml",
        &manifest.replace("version = \"0.1.0\"", "version.workspace = true"),
    );
    shelf.check(
        &["diff", "out", "keys.yaml", "--deny", "documentation"],
        0,
        &["no changes of the API"],
    );
}

/// Which of two types that contain each other is in a `Box` depends on neither their order nor other types.
#[test]
fn moved_schemas_change_nothing() {
    let shelf = Shelf::new();
    let document = |schemas: &[&str]| {
        format!(
            "openapi: 3.0.3\ninfo: {{ title: T, version: '0.1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{}",
            schemas.concat()
        )
    };
    let a = "    A: { type: object, properties: { b: { $ref: '#/components/schemas/B' } } }\n";
    let b = "    B: { type: object, properties: { a: { $ref: '#/components/schemas/A' } } }\n";
    let z = "    Z: { type: object, properties: { b: { $ref: '#/components/schemas/B' } } }\n";
    shelf.put("old.yaml", &document(&[a, b]));
    shelf.put("moved.yaml", &document(&[b, a]));
    shelf.put("grown.yaml", &document(&[z, b, a]));
    shelf.check(&["diff", "old.yaml", "moved.yaml"], 0, &["no changes of the API"]);
    shelf.check(
        &["diff", "old.yaml", "grown.yaml", "--deny", "breaking"],
        0,
        &["1 additive"],
    );
}

#[test]
fn a_damaged_crate_is_compared_with_a_warning() {
    let shelf = Shelf::new();
    shelf.check(&["generate", "jars.yaml", "-o", "out", "--name", "jars"], 0, &[]);
    let compared: &[&str] = &["diff", "out", "jars.yaml"];
    let whole = shelf.check(compared, 0, &["no changes"]);
    assert!(!whole.contains("warning"), "{whole}");
    shelf.put("out/src/client.rs", "fn (((");
    shelf.check(
        compared,
        0,
        &["warning: out/src/client.rs was changed since it was generated"],
    );
    std::fs::remove_file(shelf.path("out/src/client.rs")).expect("it was there");
    shelf.check(compared, 0, &["warning: out/src/client.rs is missing"]);
    shelf.put("out/Cargo.toml", "[pack");
    shelf.check(compared, 0, &["warning: out/Cargo.toml is no TOML: "]);
    shelf.put("out/.envoi-files", "\u{0}\u{1}");
    shelf.check(compared, 2, &["error: out: no files generated by Envoi"]);
}

#[test]
fn a_crate_of_several_clients_is_not_compared_with_one_document() {
    let shelf = Shelf::new();
    shelf.put(
        "envoi.toml",
        "output = \"both\"\n[package]\nname = \"both\"\n[clients.jars]\ndocument = \"jars.yaml\"\n[clients.lids]\ndocument = \"added.yaml\"\n",
    );
    shelf.check(&["generate"], 0, &[]);
    shelf.check(
        &["diff", "both", "jars.yaml"],
        2,
        &["error: both has", "(jars, lids)", "without OLD and NEW"],
    );
    shelf.check(&["diff"], 0, &["no changes"]);
}

#[test]
fn a_schema_called_client_makes_no_crate_of_several() {
    let shelf = Shelf::new();
    shelf.put(
        "client.yaml",
        &DOCUMENT
            .replace("Jar:", "Client:")
            .replace("schemas/Jar", "schemas/Client"),
    );
    shelf.check(&["generate", "client.yaml", "-o", "out", "--name", "jars"], 0, &[]);
    assert!(shelf.path("out/src/models/client.rs").is_file());
    shelf.check(&["diff", "out", "client.yaml"], 0, &["no changes"]);
}
