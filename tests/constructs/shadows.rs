//! Names of a document that mean something else: what they mean elsewhere stays within reach.

use serde_json::json;

use crate::fixtures::shadows::models::{Aux, Com1, Level, Minus, Model, Settings, Underscore, Upload};
use crate::fixtures::shadows::{Client, Server};
use crate::json::check_same;

#[test]
fn properties_do_not_hide_what_every_struct_has() {
    assert_eq!(
        Settings::default(),
        serde_json::from_value(json!({})).expect("an object")
    );
    let settings = Settings::default()
        .with_default("a")
        .with_clone("b")
        .with_into("c")
        .with_new("d");
    let settings = settings.with_default_lower("e").level(Level::Err);
    let perhaps: Option<Settings> = settings.clone().into();
    let json = json!({
        "default": "a", "clone": "b", "into": "c", "new": "d", "with_default": "e", "level": "err",
    });
    assert_eq!(serde_json::to_value(perhaps).expect("JSON"), json);
    check_same::<Settings>(&[json]);
}

#[test]
fn values_do_not_hide_the_types_of_traits() {
    for (text, level) in [
        ("err", Level::Err),
        ("ok", Level::Ok),
        ("none", Level::None),
        ("self", Level::Self_),
    ] {
        assert_eq!(text.parse::<Level>(), Ok(level.clone()));
        assert_eq!(level.to_string(), text);
    }
    assert_eq!("unknown".parse::<Level>(), Ok(Level::UnknownValue));
    assert_eq!("else".parse::<Level>(), Ok(Level::from("else")));
}

#[test]
fn schemas_have_names() {
    let settings = Settings::default()
        .nameless(Model::default().a("a"))
        .line(Underscore::default().b("b"))
        .dash(Minus::default().c("c"))
        .device(Aux::default().d("d"))
        .port(Com1::default().e("e"));
    let json = json!({
        "nameless": { "a": "a" }, "line": { "b": "b" }, "dash": { "c": "c" }, "device": { "d": "d" }, "port": { "e": "e" },
    });
    assert_eq!(serde_json::to_value(settings).expect("JSON"), json);
}

#[test]
fn variables_do_not_hide_functions() {
    assert_eq!(
        Server::default().url().expect("a URL"),
        "https://default.example.com/v1"
    );
}

#[test]
fn parameters_do_not_hide_methods() {
    let client = Client::builder()
        .base_url("https://a.example.com")
        .build()
        .expect("a client");
    let call = client
        .con_api()
        .r#box()
        .op("a")
        .send_blocking_parameter("b")
        .into_future_parameter("c");
    let call = call.undocumented_parameter("d").body(Upload::new("file"));
    assert!(format!("{call:?}").contains("/things"));
    assert!(format!("{:?}", client.clone().self_().self_()).contains("/things"));
    assert!(format!("{:?}", client.con_api().into_operation()).contains("/things"));
}
