//! Schemas that extend each other through `allOf`.

use serde_json::json;

use crate::fixtures::hierarchy::models::{Animal, AnimalOwner, Bike, Cat, Dog, DogBase, Emu, Keeper, Puppy, Vehicle};
use crate::json::{check_refused, check_same};

#[test]
fn a_base_stands_for_what_extends_it() {
    let animal = |value| serde_json::from_value::<Animal>(value).expect("an animal");
    assert!(matches!(animal(json!({"kind": "#cat", "lives": 9})), Animal::Cat(_)));
    assert!(matches!(animal(json!({"kind": "big-bird"})), Animal::Emu(_)));
    assert!(matches!(animal(json!({"kind": "dog"})), Animal::Dog(Dog::Base(_))));
    assert!(matches!(
        animal(json!({"kind": "Puppy", "weeks": 3})),
        Animal::Dog(Dog::Puppy(_))
    ));
    assert!(matches!(animal(json!({"kind": "Animal"})), Animal::Base(_)));
    assert!(matches!(animal(json!({"kind": "yak", "horns": 2})), Animal::Unknown(_)));
}

#[test]
fn every_kind_is_written_as_it_was_read() {
    check_same::<Animal>(&[
        json!({"kind": "#cat", "owner": {"name": "Ida"}, "lives": 9}),
        json!({"kind": "dog", "tricks": ["sit"]}),
        json!({"kind": "Puppy", "tricks": [], "weeks": 3}),
        json!({"kind": "yak", "horns": 2}),
    ]);
    check_same::<Keeper>(&[json!({
        "favourite": {"kind": "big-bird"},
        "described": {"kind": "#cat", "lives": 1},
        "all": [{"kind": "dog"}, {"kind": "#cat", "lives": 2}],
        "dog": {"kind": "Puppy", "weeks": 1},
        "vehicle": {"wheels": "two", "bell": true},
        "loner": {"kind": "any"},
    })]);
    check_refused::<Animal>(&json!({"kind": "#cat"}), &["lives"]);
    check_refused::<Animal>(&json!({"owner": {}}), &["kind"]);
}

#[test]
fn the_kind_is_filled_in() {
    let owner = AnimalOwner::default().name("Ida");
    let cat = Animal::from(Cat::new(9).owner(owner));
    assert_eq!(
        serde_json::to_value(cat).expect("it can be written"),
        json!({"kind": "#cat", "owner": {"name": "Ida"}, "lives": 9})
    );
    for (animal, kind) in [
        (Animal::from(Emu::default()), "big-bird"),
        (Animal::from(Dog::from(Puppy::default())), "Puppy"),
        (Animal::from(Dog::from(DogBase::new("dog"))), "dog"),
    ] {
        assert_eq!(
            serde_json::to_value(animal).expect("it can be written"),
            json!({"kind": kind})
        );
    }
}

#[test]
fn a_list_of_kinds_and_what_the_kinds_include_agree() {
    let bike = Vehicle::from(Bike::default().seats(1).bell(true));
    assert_eq!(
        serde_json::to_value(bike).expect("it can be written"),
        json!({"wheels": "two", "seats": 1, "bell": true})
    );
}
