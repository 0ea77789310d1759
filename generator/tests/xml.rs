//! Only clients that have bodies of XML depend on what reads and writes it.

use envoi::package::{Package, PackageOutcome, standalone};
use envoi::{Config, Runtime, Source};

fn package(media_type: &str, runtime: Runtime) -> PackageOutcome {
    let document = format!(
        "openapi: 3.0.3
info: {{ title: Kettles, version: '1' }}
paths:
  /kettles:
    get:
      operationId: getKettle
      responses: {{ '200': {{ description: It., content: {{ {media_type}: {{ schema: {{ $ref: '#/components/schemas/Kettle' }} }} }} }} }}
components: {{ schemas: {{ Kettle: {{ type: object, properties: {{ litres: {{ type: number }} }} }} }} }}
"
    );
    let package = Package {
        runtime,
        ..Package::new("kettles")
    };
    let made = standalone(&Source::new("kettles.yaml", document), &Config::default(), &package);
    assert!(!made.has_errors());
    made
}

fn text<'a>(made: &'a PackageOutcome, path: &str) -> Option<&'a str> {
    let mut files = made.files.iter();
    files.find_map(|file| (file.path == path).then_some(file.text.as_str()))
}

#[test]
fn an_embedded_runtime_has_it_when_it_is_needed() {
    let made = package("text/xml", Runtime::Embedded);
    assert!(text(&made, "Cargo.toml").is_some_and(|manifest| manifest.contains("\nquick-xml = ")));
    let root = text(&made, "src/runtime/mod.rs").expect("a runtime");
    assert!(root.contains("\npub mod xml;\n") && !root.contains("\"xml\""), "{root}");
    assert!(text(&made, "src/runtime/xml/tree.rs").is_some());
    assert!(text(&made, "src/xml.rs").is_some());
}

#[test]
fn an_embedded_runtime_has_nothing_of_it_otherwise() {
    let made = package("application/json", Runtime::Embedded);
    let about = |text: &str| text.contains("quick_xml") || text.contains("quick-xml") || text.contains("mod xml");
    let files: Vec<&str> = made
        .files
        .iter()
        .filter(|file| about(&file.text))
        .map(|file| file.path.as_str())
        .collect();
    assert!(files.is_empty(), "{files:?}");
    assert!(made.files.iter().all(|file| !file.path.contains("xml")));
}

#[test]
fn the_crate_is_asked_for_its_feature() {
    let manifest = |media_type: &str| {
        let made = package(media_type, Runtime::Crate);
        text(&made, "Cargo.toml").expect("a manifest").to_owned()
    };
    let with = manifest("application/xml");
    assert!(
        with.contains(r#"features = ["xml"] }"#) && !with.contains("quick-xml"),
        "{with}"
    );
    assert!(!manifest("application/json").contains("xml"));
}
