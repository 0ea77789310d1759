//! How values of unions find their branch, and that nothing of them is lost.

use envoi_runtime::serde_json::{Value, json};

use crate::fixtures::unions::models::*;
use crate::json::{check_refused, check_same};

fn read<T: envoi_runtime::serde::de::DeserializeOwned>(value: Value) -> T {
    envoi_runtime::serde_json::from_value(value).expect("it can be read")
}

#[test]
fn the_branch_that_knows_most_is_taken() {
    assert!(matches!(read(json!({"name": "a"})), ByRequired::Small(_)));
    assert!(matches!(
        read(json!({"name": "a", "attributes": [1]})),
        ByRequired::Large(_)
    ));
    assert!(matches!(
        read(json!({"name": "a", "attributes": [1]})),
        AnyRequired::Large(_)
    ));
    // what cannot be read is no branch, however much of it is there
    assert!(matches!(
        read(json!({"name": "a", "attributes": "1"})),
        ByRequired::Small(_)
    ));
    assert!(matches!(read(json!({"height": 1})), ByOptional::Height(_)));
    assert!(matches!(read(json!({"width": 1, "unit": "m"})), ByOptional::Width(_)));
    assert!(matches!(read(json!({"size": {"height": 1}})), ByNested::High(_)));
    check_same::<ByRequired>(&[json!({"name": "a"}), json!({"name": "a", "attributes": [1]})]);
    check_same::<ByOptional>(&[
        json!({"height": 1}),
        json!({"width": 1}),
        json!({"unit": "m"}),
        json!({}),
    ]);
    check_same::<ByNested>(&[
        json!({"size": {"height": 1}}),
        json!({"size": {"width": 1, "unit": "m"}}),
    ]);
}

#[test]
fn closed_branches_have_no_other_properties() {
    assert!(matches!(read(json!({"id": "a", "y": 1})), ByClosed::Second(_)));
    assert!(matches!(read(json!({"id": "a", "x": 1})), ByClosed::First(_)));
    assert!(matches!(read(json!({"id": "a", "x": 1})), OpenAndClosed::Closed(_)));
    assert!(matches!(read(json!({"id": "a", "later": 1})), OpenAndClosed::Open(_)));
    assert!(matches!(
        read(json!({"id": "a", "x": 1, "later": 1})),
        OpenAndClosed::Open(_)
    ));
}

#[test]
fn declared_properties_are_preferred_to_maps() {
    assert!(matches!(read(json!({"count": 1})), TypedOrMap::Typed(_)));
    assert!(matches!(read(json!({"other": 1})), TypedOrMap::IntegerMap(_)));
    check_same::<TypedOrMap>(&[json!({"count": 1}), json!({"other": 1})]);
}

#[test]
fn any_of_keeps_what_every_branch_knows() {
    assert!(matches!(read(json!({"name": "a", "born": 1})), Contact::Person(_)));
    assert!(matches!(read(json!({"name": "a", "vat": "b"})), Contact::Company(_)));
    let both: Contact = read(json!({"name": "a", "born": 1, "vat": "b"}));
    let Contact::Several(values) = &both else {
        panic!("several were expected: {both:?}");
    };
    assert!(matches!(values.as_slice(), [Contact::Person(_), Contact::Company(_)]));
    check_same::<Contact>(&[
        json!({"name": "a", "born": 1}),
        json!({"name": "a", "vat": "b"}),
        json!({"name": "a", "born": 1, "vat": "b"}),
    ]);
}

#[test]
fn a_mixture_that_has_no_variant_is_kept_whole() {
    assert!(matches!(
        read(json!({"id": 1, "login": "a", "later": 1})),
        Owner::User(_)
    ));
    assert!(matches!(read(json!({"id": 1, "plan": "a"})), Owner::Firm(_)));
    let mixed = json!({"id": 1, "login": "a", "plan": "b"});
    assert!(matches!(read::<Owner>(mixed.clone()), Owner::Unknown(kept) if *kept == mixed));
}

#[test]
fn constants_of_every_type_tell_branches_apart() {
    assert!(matches!(read(json!({"ok": true})), ByBoolean::Done(_)));
    assert!(matches!(read(json!({"ok": false})), ByBoolean::Failed(_)));
    assert!(matches!(read(json!({"version": 2, "a": "b"})), ByInteger::Second(_)));
    assert!(matches!(read(json!({"version": 2.0})), ByInteger::Second(_)));
    assert!(matches!(read(json!({"share": 2})), ByNumber::Whole(_)));
    assert!(matches!(read(json!({"share": 1.0})), ByNumber::Half(_)));
    check_same::<ByBoolean>(&[json!({"ok": false, "reason": "r"}), json!({"ok": true, "note": "n"})]);
    check_same::<ByInteger>(&[json!({"version": 2, "a": "b"}), json!({"a": "b"})]);
    let new = ByBooleanFailed::default().reason("r");
    check_same::<ByBoolean>(&[envoi_runtime::serde_json::to_value(ByBoolean::Failed(new)).expect("it is written")]);
}

#[test]
fn listed_values_tell_branches_apart_and_are_not_required() {
    assert!(matches!(read(json!({"colour": "brown"})), ByList::Dark(_)));
    assert!(matches!(read(json!({"colour": "yellow"})), ByList::Light(_)));
    assert!(matches!(read(json!({"colour": "pink"})), ByList::Light(_)));
}

#[test]
fn a_discriminator_may_be_an_integer() {
    assert!(matches!(read(json!({"seats": 1})), Vehicle::Bike(_)));
    assert!(matches!(read(json!({"seats": 5})), Vehicle::Car(_)));
    assert!(matches!(read(json!({"seats": 2})), Vehicle::Unknown(_)));
    check_same::<Vehicle>(&[json!({"seats": 3, "plate": "p"}), json!({"seats": 2, "sail": true})]);
}

#[test]
fn inner_tags_lead_to_inner_unions() {
    assert!(matches!(read(json!({"type": "a"})), Outer::A(_)));
    let Outer::Inner(inner) = read(json!({"type": "c", "deep": true})) else {
        panic!("the inner union was expected");
    };
    assert!(matches!(inner, Inner::C(_)));
    check_same::<Outer>(&[
        json!({"type": "c", "deep": true}),
        json!({"type": "later", "deep": true}),
    ]);
}

#[test]
fn branches_with_one_tag_are_told_apart_by_their_properties() {
    assert!(matches!(
        read(json!({"type": "message", "role": "user"})),
        Message::Input(_)
    ));
    assert!(matches!(
        read(json!({"type": "message", "id": "m"})),
        Message::Output(_)
    ));
    assert!(matches!(read(json!({"type": "call"})), Message::Call(_)));
    assert!(matches!(read(json!({"type": "message"})), Message::Unknown(_)));
}

#[test]
fn tags_are_written() {
    let written = |value: &Pet| envoi_runtime::serde_json::to_value(value).expect("it is written");
    assert_eq!(written(&Pet::Cat(Cat::new(9))), json!({"kind": "cat", "lives": 9}));
    let mut dog = Dog::new("corgi");
    assert_eq!(
        written(&Pet::Dog(dog.clone())),
        json!({"kind": "dog", "breed": "corgi"})
    );
    dog.kind = None;
    assert_eq!(
        written(&Pet::Dog(dog.clone())),
        json!({"kind": "dog", "breed": "corgi"})
    );
    dog.kind = Some("puppy".to_owned());
    assert_eq!(written(&Pet::Dog(dog)), json!({"kind": "puppy", "breed": "corgi"}));
    check_same::<Pet>(&[json!({"kind": "cat", "lives": 9}), json!({"kind": "emu", "lives": 1})]);
    check_same::<Animal>(&[
        json!({"species": "emu", "name": "a", "speed": 50}),
        json!({"name": "a"}),
    ]);
    let filter = Filter::Single(Single::default().value("v"));
    let filter = envoi_runtime::serde_json::to_value(filter).expect("it is written");
    assert_eq!(filter, json!({"mode": "equals", "value": "v"}));
    check_same::<Filter>(&[json!({"mode": "within", "value": ["v"]})]);
}

#[test]
fn externally_tagged_enums_are_enums() {
    assert_eq!(read::<Command>(json!("Start")), Command::Start);
    assert_eq!(read::<Command>(json!("Pause")), Command::Pause);
    assert_eq!(read::<Command>(json!({"Wait": 3})), Command::Wait(3));
    assert!(matches!(read(json!({"Move": {"x": 1}})), Command::Move(_)));
    assert!(matches!(read(json!("Later")), Command::Unknown(_)));
    check_same::<Command>(&[
        json!("Start"),
        json!("Stop"),
        json!({"Wait": 3}),
        json!({"Move": {"x": 1}}),
        json!({"Later": 1}),
        json!({"Wait": 3, "Later": 1}),
    ]);
    check_refused::<Command>(&json!({"Wait": "long"}), &["an integer"]);
    assert_eq!(
        read::<Wrapped>(json!({"Pair": [1, "a"]})),
        Wrapped::Pair((1, "a".to_owned()))
    );
}

#[test]
fn adjacently_tagged_enums_are_enums() {
    assert_eq!(read::<Adjacent>(json!({"t": "Nothing"})), Adjacent::Nothing);
    assert_eq!(read::<Adjacent>(json!({"t": "Number", "c": 3})), Adjacent::Number(3));
    check_same::<Adjacent>(&[
        json!({"t": "Nothing"}),
        json!({"t": "Number", "c": 3}),
        json!({"t": "Text", "c": "a"}),
        json!({"t": "Later", "c": [1]}),
    ]);
}

#[test]
fn null_stands_beside_a_union_with_a_nullable_branch() {
    let everything = |value: Value| read::<Everything>(json!({"price": value})).price;
    assert_eq!(everything(Value::Null), envoi_runtime::Nullable::Null);
    assert!(matches!(
        everything(json!({"free": "yes"})),
        envoi_runtime::Nullable::Value(Price::Free(_))
    ));
    check_same::<Everything>(&[json!({"price": null}), json!({"price": {"amount": 1}})]);
}

#[test]
fn null_is_kept_where_it_is_the_content() {
    assert_eq!(read::<Slot>(json!({"Empty": null})), Slot::Empty(None));
    check_same::<Slot>(&[json!({"Empty": null}), json!({"Full": null}), json!({"Full": {"z": 1}})]);
    assert_eq!(Maybe::from(Perhaps::default()), Maybe::Perhaps(Perhaps::default()));
    check_same::<Everything>(&[
        json!({"maybe": null}),
        json!({"maybe": {"z": 1}}),
        json!({"maybe": "a"}),
    ]);
}

#[test]
fn a_branch_that_lists_a_text_is_preferred() {
    let uuid = json!("6f9619ff-8b86-d011-b42d-00cf4fc964ff");
    assert!(matches!(read(uuid.clone()), Word::Uuid(_)));
    assert!(matches!(read(json!("none")), Word::String(_)));
    check_same::<Word>(&[uuid, json!("auto"), json!("other"), json!(1)]);
}

#[test]
fn a_mapping_counts_for_what_does_not_include_the_base() {
    assert!(matches!(read(json!({"sort": "canoe", "paddles": 2})), Vessel::Canoe(_)));
    check_same::<Vessel>(&[json!({"sort": "canoe", "paddles": 2}), json!({"mast": 1})]);
}

#[test]
fn lists_are_told_apart_by_their_items() {
    assert_eq!(read::<Lists>(json!(["a"])), Lists::StringList(vec!["a".to_owned()]));
    assert_eq!(read::<Lists>(json!([1])), Lists::IntegerList(vec![1]));
    assert!(matches!(read(json!([{"name": "a"}])), Lists::SmallList(_)));
    check_same::<Lists>(&[json!([]), json!([1, 2]), json!([{"name": "a"}]), json!([true])]);
}

#[test]
fn an_inner_union_leaves_the_unknown_to_the_outer_one() {
    assert!(matches!(read(json!({"left": "l"})), Lenient::LeftOrRight(_)));
    assert!(matches!(read(json!({"middle": "m"})), Lenient::Middle(_)));
    assert!(matches!(read(json!({"top": "t"})), Lenient::Unknown(_)));
    check_same::<Lenient>(&[
        json!({"top": "t"}),
        json!({"right": "r"}),
        json!({"middle": "m"}),
        json!(7),
    ]);
}
