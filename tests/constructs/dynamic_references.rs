//! Schemas that are other ones where they are used: pages of something, trees that are extended; and `#`.

use envoi_runtime::Operation;
use envoi_runtime::serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::fixtures::dynamic_references::apis::client_operations::{GetWrapped, ListGroups};
use crate::fixtures::dynamic_references::models::{
    Category, Chapter, CompoundFilter, CountedPage, Extended, Group, GroupPage, Joined, LocalizedCategory, MemberPage,
    Organisation, Page, PagePage, Section, Strict, User, UserFilter, UserPage,
};
use crate::json::{check_refused, check_same};

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("it fits")
}

#[test]
fn a_page_is_one_of_what_it_is_made_for() {
    let page: UserPage = read(json!({"items": [{"id": "u1"}], "total": 1}));
    let users: Vec<User> = page.items;
    assert_eq!(users[0].id, "u1");
    let page: GroupPage = read(json!({"items": [{"title": "Gardeners"}]}));
    let groups: Vec<Group> = page.items;
    assert_eq!(groups[0].title, "Gardeners");
    check_same::<CountedPage>(&[json!({"items": [1, 2], "counted": true})]);
    check_refused::<UserPage>(&json!({"items": [{"title": "Gardeners"}]}), &["id"]);
    check_refused::<CountedPage>(&json!({"items": ["1"], "counted": true}), &["expected an integer"]);
    // By itself it is a page of anything.
    check_same::<Page>(&[json!({"items": [1, "two", {"id": "3"}]})]);
}

#[test]
fn one_page_is_one_type() {
    let page: UserPage = MemberPage::new(vec![User::new("u1")]);
    let pages = PagePage::new(vec![page]);
    let users: Vec<User> = pages.items.into_iter().flat_map(|page| page.items).collect();
    assert_eq!(users[0].id, "u1");
}

#[test]
fn what_a_page_refers_to_is_made_for_the_same() {
    check_same::<UserPage>(&[json!({
        "items": [],
        "links": {"best": {"id": "u1"}, "next": {"items": [{"id": "u2"}], "links": {}}},
    })]);
    check_refused::<UserPage>(&json!({"items": [], "links": {"best": {}}}), &["id"]);
}

#[test]
fn pages_of_what_has_pages_are_told_apart() {
    let user: User = read(json!({
        "id": "u1",
        "groups": {"items": [{"title": "Gardeners", "members": {"items": [{"id": "u2"}]}}]},
    }));
    let group = user.groups.map(|page| page.items).expect("groups").remove(0);
    assert_eq!(group.title, "Gardeners");
    assert_eq!(group.members.expect("members").items[0].id, "u2");
}

#[test]
fn schemas_say_of_each_property_what_it_is_made_for() {
    check_same::<Organisation>(&[json!({
        "users": {"data": {"items": [{"id": "u1"}]}, "id": "e1"},
        "name": {"data": "Acme"},
        "size": {"data": 3},
    })]);
    check_refused::<Organisation>(&json!({"name": {"data": 3}}), &["expected a string"]);
    check_refused::<Organisation>(&json!({"users": {"data": {"items": [{}]}}}), &["id"]);
}

#[test]
fn replies_say_so_too() {
    #[allow(
        clippy::extra_unused_type_parameters,
        reason = "the operation says what the value is"
    )]
    fn same<O: Operation<Output = T>, T>(value: T) -> T {
        value
    }
    let page = read(json!({"items": [{"title": "Gardeners"}]}));
    let page: GroupPage = same::<ListGroups, _>(page);
    assert_eq!(page.items[0].title, "Gardeners");
    let wrapped = read(json!({"data": {"items": [{"id": "u1"}]}}));
    assert_eq!(same::<GetWrapped, _>(wrapped).data.items[0].id, "u1");
}

#[test]
fn trees_are_made_of_what_extends_them() {
    let leaf = json!({"name": "Pots", "locale": "en"});
    check_same::<LocalizedCategory>(&[json!({"name": "Clay", "locale": "en", "children": [leaf]})]);
    check_refused::<LocalizedCategory>(
        &json!({"name": "Clay", "locale": "en", "children": [{"name": "Pots"}]}),
        &["locale"],
    );
    let tree: LocalizedCategory = read(json!({
        "name": "Clay",
        "locale": "en",
        "kept": {"best": {"name": "Pots", "children": [{"name": "Töpfe", "locale": "de"}]}},
    }));
    let best = tree.kept.and_then(|shelf| shelf.best).expect("the best one");
    assert_eq!(best.children.expect("children")[0].locale, "de");
    check_same::<Category>(&[
        json!({"name": "Clay", "children": [{"name": "Pots"}], "kept": {"best": {"name": "Jar"}}}),
    ]);
    check_same::<Strict>(&[json!({"name": "Clay", "children": [{"name": "Pots", "children": []}]})]);
    check_same::<Extended>(&[json!({"more": "a", "part": {"whole": {"more": "b", "part": {"whole": {"more": "c"}}}}})]);
}

#[test]
fn filters_are_made_of_filters() {
    let filters = json!({"filters": [{"key": "a"}, {"filters": [{"key": "b"}]}]});
    check_same::<CompoundFilter>(&[filters]);
    check_same::<UserFilter>(&[json!({"user": "u1", "filters": [{"filters": [], "user": "u2"}]})]);
}

#[test]
fn a_hash_is_the_schema_around_it() {
    check_same::<Chapter>(&[json!({
        "title": "One",
        "parts": [{"title": "Two", "also": {"title": "Three"}}],
        "note": {"of": {"title": "Four"}},
    })]);
    check_refused::<Chapter>(&json!({"parts": [{"title": 2}]}), &["integer `2`"]);
    check_same::<Section>(&[json!({"up": {"inner": {"again": {"out": {}}}}})]);
    check_same::<Joined>(&[json!({"key": "a", "depth": 1})]);
}
