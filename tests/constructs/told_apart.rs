//! Branches that are much alike: what of their items, values and tags tells them apart.

use envoi_runtime::serde_json::{Value, json};

use crate::fixtures::told_apart::models::*;
use crate::json::check_same;

fn read<T: envoi_runtime::serde::de::DeserializeOwned>(value: Value) -> T {
    envoi_runtime::serde_json::from_value(value).expect("it can be read")
}

#[test]
fn keywords_are_about_one_of_several_types() {
    assert!(matches!(read(json!({"name": "a"})), ObjectOrList::Name(_)));
    assert_eq!(read::<ObjectOrList>(json!([1])), ObjectOrList::IntegerList(vec![1]));
    assert!(matches!(read(json!({"name": "a"})), ObjectOrFlag::Name(_)));
    assert_eq!(read::<ObjectOrFlag>(json!(true)), ObjectOrFlag::Boolean(true));
    assert!(matches!(read(json!({"name": "a"})), Repeated::Named(_)));
    assert_eq!(read::<Repeated>(json!("a")), Repeated::Short("a".to_owned()));
    check_same::<Everything>(&[
        json!({"object_or_list": null, "repeated": null}),
        json!({"object_or_list": {"name": "a"}, "object_or_flag": {"name": "a"}}),
        json!({"object_or_list": [1, 2], "object_or_flag": false, "repeated": "b"}),
    ]);
}

#[test]
fn items_tell_lists_apart() {
    assert!(matches!(read(json!(["a", "b"])), EnumLists::Firsts(_)));
    assert_eq!(read::<EnumLists>(json!(["d"])), EnumLists::Seconds(vec![Second::D]));
    assert!(matches!(read(json!(["d", "later"])), EnumLists::Seconds(_)));
    assert!(matches!(read(json!([{"side": "left"}])), ObjectLists::Lefts(_)));
    assert!(matches!(read(json!([{"side": "right"}])), ObjectLists::Rights(_)));
    assert!(matches!(read(json!([{"ys": ["a"]}])), RequiredLists::Ys(_)));
    assert_eq!(read::<NumberLists>(json!([1, 2])), NumberLists::Whole(vec![1, 2]));
    assert!(matches!(read(json!([1, 2.5])), NumberLists::Floats(_)));
    check_same::<EnumLists>(&[json!([]), json!(["a"]), json!(["d", "later"]), json!([1])]);
    check_same::<RequiredLists>(&[json!([{"ys": []}]), json!([{"xs": []}, {"xs": ["a"]}])]);
    check_same::<ObjectLists>(&[json!([{"side": "right", "x": 1}]), json!([{"x": 1}])]);
}

#[test]
fn values_tell_maps_apart() {
    assert!(matches!(read(json!({"k": "a"})), EnumMaps::Firsts(_)));
    assert!(matches!(read(json!({"k": "c", "l": "d"})), EnumMaps::Seconds(_)));
    check_same::<EnumMaps>(&[json!({"k": "c"}), json!({})]);
}

#[test]
fn listed_numbers_tell_branches_apart() {
    assert_eq!(read::<Integers>(json!(2)), Integers::Low(Low::N2));
    assert_eq!(read::<Integers>(json!(3)), Integers::High(High::N3));
    assert!(matches!(read(json!(1)), Numbers::Listed(_)));
    assert!(matches!(read(json!(0.5)), Numbers::Halves(_)));
    assert!(matches!(read(json!(7)), Numbers::Plain(_)));
    assert!(matches!(read(json!(7.25)), Numbers::Plain(_)));
    assert!(matches!(read(json!(9_007_199_254_740_992_i64)), Large::Listed(_)));
    assert!(matches!(read(json!(9_007_199_254_740_993_i64)), Large::Plain(_)));
    assert!(matches!(read(json!({"level": 4})), Levels::Higher(_)));
    assert!(matches!(read(json!({"level": 1})), Levels::Lower(_)));
    check_same::<Integers>(&[json!(1), json!(4), json!(9), json!("a")]);
    check_same::<Large>(&[json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_992_i64)]);
    check_same::<Numbers>(&[json!(1), json!(1.5), json!(7), json!(18_446_744_073_709_551_615_u64)]);
}

#[test]
fn a_map_is_preferred_to_losing_more_than_is_known() {
    assert!(matches!(read(json!({"name": "a", "kind": "b"})), MapOrKnown::Known(_)));
    let known = read(json!({"name": "a", "kind": "b", "later": "c"}));
    assert!(matches!(known, MapOrKnown::Known(_)));
    assert!(matches!(read(json!({"other": "a"})), MapOrKnown::Texts(_)));
    check_same::<MapOrKnown>(&[
        json!({"name": "a", "kind": "b"}),
        json!({"name": "a", "x": "b", "y": "c"}),
        json!({"name": "a", "x": "b"}),
    ]);
}

#[test]
fn a_property_of_a_case_admits_what_holds_without_it() {
    check_same::<Cases>(&[
        json!({"kind": "a", "size": "large", "count": 1}),
        json!({"size": 3, "count": 1, "other": 2}),
    ]);
}

#[test]
fn the_one_branch_that_may_be_without_a_tag_takes_values_without_it() {
    assert!(matches!(read(json!({"text": "a"})), Event::Other(_)));
    assert!(matches!(read(json!({"kind": null, "text": "a"})), Event::Other(_)));
    assert!(matches!(read(json!({"kind": "created", "id": 1})), Event::Created(_)));
    assert_eq!(
        envoi_runtime::serde_json::to_value(read::<Event>(json!({"text": "a"}))).ok(),
        Some(json!({"kind": "other", "text": "a"}))
    );
    // what that branch does not take is kept
    check_same::<Event>(&[
        json!({"id": 1}),
        json!({"kind": "gone"}),
        json!({"kind": null, "text": "a"}),
        json!({"kind": "other", "text": "a"}),
    ]);
}

#[test]
fn a_tag_that_no_branch_may_have_decides_where_it_is_there() {
    assert!(matches!(read(json!({"kind": "Jar", "jar": "a"})), Sealed::Jar(_)));
    assert!(matches!(read(json!({"jar": "a"})), Sealed::Jar(_)));
    assert!(matches!(read(json!({"box": "a"})), Sealed::Box(_)));
    check_same::<Sealed>(&[json!({"kind": "Jar", "jar": "a"}), json!({"lid": "a"})]);
}

#[test]
fn one_text_is_one_variant_however_it_is_written() {
    assert_eq!(read::<Version>(json!("1.5")), Version::N15);
    assert_eq!(read::<Version>(json!("2")), Version::N2);
    assert_eq!(read::<Version>(json!("-2")), Version::Minus2);
}

#[test]
fn what_closes_the_whole_closes_no_branch() {
    assert!(matches!(read(json!({"name": "a", "door": "b"})), Parts::Door(_)));
    check_same::<Parts>(&[
        json!({"name": "a", "door": "b"}),
        json!({"name": "a", "door": "b", "roof": "c"}),
    ]);
}

#[test]
fn members_that_no_branch_declares_are_kept_where_they_are_described() {
    assert!(matches!(read(json!({"card": "a"})), Extras::Card(_)));
    assert!(matches!(read(json!({"split.api": "1"})), Extras::StringMap(_)));
    check_same::<Extras>(&[
        json!({"card": "a", "split.api": "1"}),
        json!({"card": "a", "cash": "b"}),
        json!({"split.api": "1"}),
    ]);
}

#[test]
fn what_several_branches_know_is_kept_at_any_depth() {
    assert!(matches!(read(json!({"w": {"q": "a"}})), Deep::Right(_)));
    check_same::<Deep>(&[json!({"w": {"p": "1"}}), json!({"w": {"p": "1", "q": "2"}})]);
    check_same::<NestedAny>(&[
        json!({"id": 1, "q": "b"}),
        json!({"id": 1, "q": "b", "s": "c"}),
        json!({"id": 1, "p": "a", "q": "b", "s": "c"}),
    ]);
    assert!(matches!(read(json!({"name": "a"})), PetOrMap::Pet(_)));
    check_same::<PetOrMap>(&[
        json!({"name": "a"}),
        json!({"name": "a", "more": 1}),
        json!({"more": {"a": [1]}}),
    ]);
}

#[test]
fn a_branch_of_the_declared_form_is_preferred() {
    assert!(matches!(read(json!({"at": "2020-01-01"})), Due::Day(_)));
    assert!(matches!(read(json!({"at": "2020-01-01T10:00:00Z"})), Due::Moment(_)));
    assert!(matches!(read(json!({"v": 1.5})), Amount::Measured(_)));
    assert!(matches!(
        read(json!({"v": 9_007_199_254_740_993_i64})),
        Amount::Counted(_)
    ));
    assert!(matches!(read(json!({"a": null, "b": "x"})), Lacking::Both(_)));
    assert!(matches!(read(json!({"b": "x"})), Lacking::Second(_)));
    assert!(matches!(read(json!({"items": []})), Listing::Full(_)));
    check_same::<Everything>(&[
        json!({"due": {"at": "2020-01-01T10:00:00Z"}, "amount": {"v": 9_007_199_254_740_993_i64}}),
        json!({"lacking": {"b": "x"}, "listing": {"items": null}}),
        json!({"mark": "0b5e1e2c5a1f4cbb9d1c0a0b0c0d0e0f"}),
        json!({"mark": "0b5e1e2c-5a1f-4cbb-9d1c-0a0b0c0d0e0f"}),
        json!({"mark": "aGk"}),
        json!({"mark": "aGk="}),
    ]);
}

#[test]
fn a_mapping_of_one_branch_awaits_others() {
    assert!(matches!(
        read(json!({"shape": "circle", "radius": 1})),
        FirstOfMany::Circle(_)
    ));
    assert!(matches!(
        read(json!({"shape": "square", "side": 1})),
        FirstOfMany::Unknown(_)
    ));
    check_same::<FirstOfMany>(&[
        json!({"shape": "circle", "radius": 1}),
        json!({"shape": "square", "side": 1}),
    ]);
}
