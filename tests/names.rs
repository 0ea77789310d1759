//! Names of a document never stand for what generated code, or who uses it, means by other names: every word of the
//! language, of its prelude, of its traits and of generated code itself is tried in every role.

use std::collections::BTreeSet;
use std::path::Path;

use envoi::package::{Package, standalone};
use envoi::{Config, Source};
use serde_json::{Map, Value, json};

#[allow(
    dead_code,
    clippy::enum_variant_names,
    clippy::wrong_self_convention,
    reason = "it compiles; some is used"
)]
mod everything {
    include!(concat!(env!("OUT_DIR"), "/names_everything.rs"));
}

#[allow(
    dead_code,
    clippy::enum_variant_names,
    clippy::wrong_self_convention,
    reason = "it compiles; some is used"
)]
mod lists {
    include!(concat!(env!("OUT_DIR"), "/names_lists.rs"));
}

use everything::models;

fn words() -> Vec<String> {
    envoi_names::words(Path::new("generator")).expect("the sources are there")
}

/// An object with a value for each word.
fn object() -> Value {
    let members = words().into_iter().map(|word| (word.clone(), Value::String(word)));
    Value::Object(members.collect::<Map<String, Value>>())
}

#[test]
fn there_are_words() {
    let words = words();
    assert!(words.len() > 500, "{}", words.len());
    for word in ["Option", "into", "self", "server_url", "err", "aux", ""] {
        assert!(words.iter().any(|known| known == word), "{word}");
    }
}

#[test]
fn properties_come_back() {
    let optional: models::OwnOptional = serde_json::from_value(object()).expect("an object");
    assert_eq!(serde_json::to_value(&optional).expect("JSON"), object());
    let required: models::OwnRequired = serde_json::from_value(object()).expect("an object");
    assert_eq!(serde_json::to_value(&required).expect("JSON"), object());
    assert!(serde_json::from_value::<models::OwnRequired>(json!({})).is_err());
}

#[test]
fn what_every_struct_has_is_not_hidden() {
    let empty: models::OwnOptional = serde_json::from_value(json!({})).expect("an object");
    assert_eq!(models::OwnOptional::default(), empty);
    let value = models::OwnOptional::default()
        .with_default("a")
        .with_clone("b")
        .with_into("c")
        .with_new("d")
        .from("e");
    let json = json!({ "default": "a", "clone": "b", "into": "c", "new": "d", "from": "e" });
    assert_eq!(serde_json::to_value(value.clone()).expect("JSON"), json);
    let owned: models::OwnOptional = value.to_owned();
    let perhaps: Option<models::OwnOptional> = owned.into();
    assert_eq!(perhaps, Some(value));
}

#[test]
fn values_come_back() {
    for word in words() {
        let value: models::OwnValue = word.parse().unwrap_or_else(|never| match never {});
        assert_eq!(value.as_str(), word);
        assert!(!matches!(value, models::OwnValue::Unknown(_)), "{word}");
        let json = serde_json::to_value(&value).expect("JSON");
        assert_eq!(
            serde_json::from_value::<models::OwnValue>(json).expect("a value"),
            value
        );
    }
}

#[test]
fn branches_are_told_apart() {
    for word in words() {
        let json = json!({ "own tag": word });
        let value: models::OwnUnion = serde_json::from_value(json.clone()).expect("a value");
        assert!(!matches!(value, models::OwnUnion::Unknown(_)), "{word}");
        assert_eq!(serde_json::to_value(&value).expect("JSON"), json);
    }
}

#[test]
fn servers_have_urls() {
    let url = everything::Server::default().url().expect("a URL");
    assert!(url.starts_with("https://names.example.com/a/a/"), "{url}");
    let url = everything::Server::ServerUrl {
        server_url: everything::servers::ServerUrl::ServerUrl,
    };
    assert_eq!(url.url().expect("a URL"), "https://names.example.com/server_url");
}

#[test]
fn lists_of_themselves_come_back() {
    let nested = json!([[], [[]]]);
    let members = words().into_iter().map(|word| (word, nested.clone()));
    let all = Value::Object(members.collect());
    let value: lists::models::OwnAll = serde_json::from_value(all.clone()).expect("an object");
    assert_eq!(serde_json::to_value(value).expect("JSON"), all);
}

#[tokio::test]
async fn parameters_are_sent_under_their_names() {
    let transport = everything::transport::InMemory::new(|request| {
        let query = request.uri().query().unwrap_or_default();
        assert_eq!(query, "op=a&into_future=b&send=c&undocumented=d");
        let reply = http::Response::builder().status(204);
        reply.body(Default::default()).expect("a response")
    });
    let builder = everything::Client::builder().base_url("https://names.example.com");
    let client = builder.transport(transport).build().expect("a client");
    let request = client
        .own_shared_1()
        .op("a")
        .into_future_parameter("b")
        .send_parameter("c")
        .undocumented_parameter("d");
    request.await.expect("a reply");
}

/// The files of a client, by path.
fn files(words: &[String]) -> Vec<String> {
    let document = envoi_names::everything(words);
    let source = Source::new("awkward.json", serde_json::to_vec(&document).expect("JSON"));
    let made = standalone(&source, &Config::default(), &Package::new("awkward"));
    let said = &made.clients[0].diagnostics;
    let errors: Vec<_> = said.iter().filter(|said| said.code.id().starts_with("E")).collect();
    assert!(errors.is_empty(), "{errors:?}");
    made.files.into_iter().map(|file| file.path).collect()
}

#[test]
fn files_can_be_on_every_system() {
    const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];
    let files = files(&envoi_names::awkward());
    let mut seen = BTreeSet::new();
    for file in &files {
        assert!(seen.insert(file.to_lowercase()), "{file} is there twice");
        assert!(file.is_ascii(), "{file}");
        for name in file.split('/') {
            assert!(name.len() <= 110, "{name} is too long");
            let stem = name.split('.').next().unwrap_or_default().to_lowercase();
            let numbered = stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt"));
            let device = DEVICES.contains(&stem.as_str()) || numbered && stem.ends_with(|c: char| c.is_ascii_digit());
            assert!(!device, "{file}");
        }
    }
    assert!(files.iter().any(|file| file == "src/models/aux_model.rs"), "{files:?}");
}

#[test]
fn long_names_do_not_depend_on_their_order() {
    let long = |words: Vec<String>| -> BTreeSet<String> {
        let files = files(&words);
        files.into_iter().filter(|file| file.len() > 80).collect()
    };
    let words = envoi_names::awkward();
    let reversed = words.iter().rev().cloned().collect();
    let files = long(words);
    assert!(files.len() > 10, "{files:?}");
    assert_eq!(files, long(reversed));
}
