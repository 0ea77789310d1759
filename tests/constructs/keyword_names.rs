//! Properties that are called like keywords, and values that look like references.

use serde_json::json;

use crate::fixtures::keyword_names::models::{AddThingRequest, Fixed, Kind, Thing};
use crate::json::{check_refused, check_same};

#[test]
fn properties_may_be_called_like_keywords() {
    let names = [
        "items",
        "mapping",
        "discriminator",
        "propertyName",
        "examples",
        "example",
        "default",
        "const",
        "allOf",
        "required",
        "type",
        "$ref",
        "$dynamicRef",
    ];
    for name in names {
        check_same::<Thing>(&[json!({ name: "round" })]);
    }
    check_same::<Thing>(&[
        json!({"enum": {"const": "round"}, "oneOf": ["square"], "properties": {"properties": "round"}}),
        json!({"$id": "a", "$anchor": "b", "$defs": {"$defs": "square"}, "$dynamicAnchor": "c"}),
        json!({"$recursiveRef": "d", "$recursiveAnchor": true}),
    ]);
    check_refused::<Thing>(&json!({"$defs": {"$defs": 1}}), &["expected a string"]);
    let thing: Thing = serde_json::from_value(json!({"discriminator": "square"})).expect("a thing");
    assert_eq!(thing.discriminator, Some(Kind::Square));
    let request = AddThingRequest {
        default: Some(thing),
        ..Default::default()
    };
    let request = request.discriminator(Kind::Round).mapping(Kind::Square);
    assert_eq!(
        serde_json::to_value(request).expect("it can be written"),
        json!({"discriminator": "round", "mapping": "square", "default": {"discriminator": "square"}})
    );
}

#[test]
fn values_that_look_like_references_are_values() {
    check_same::<Fixed>(&[json!({"looks": {"$ref": "#/nowhere"}, "like": {"$dynamicAnchor": "x"}})]);
}
