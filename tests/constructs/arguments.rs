//! What setters, constructors and methods take.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use envoi_runtime::Nullable;
use envoi_runtime::chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::fixtures::arguments::models::{
    Choice, Cod, Filter, Fish, Hammerhead, Sawshark, Shark, Shipment, ShipmentRequired2, State, Ticket, TrialEnd,
};
use crate::server::{NO_CONTENT, call, client};

fn ticket() -> Ticket {
    let no_text: [&str; 0] = [];
    Ticket::new("a", no_text, HashMap::<String, String>::new(), Cod::new(3))
}

/// The properties that were set beside those of `ticket`.
fn set(ticket: &Ticket) -> Value {
    let mut set = serde_json::to_value(ticket).expect("a ticket");
    let members = set.as_object_mut().expect("an object");
    for name in ["title", "tags", "settings", "fish"] {
        members.remove(name);
    }
    if members["closed_at"].is_null() {
        members.remove("closed_at");
    }
    set
}

#[test]
fn constructors_take_what_converts() {
    let title = String::from("a");
    let tags = vec!["x".to_owned()];
    let tickets = [
        Ticket::new("a", ["x"], [("k", "v")], Cod::new(3)),
        Ticket::new(&title, &tags, HashMap::from([("k", "v")]), Fish::from(Cod::new(3))),
        Ticket::new(
            Cow::from("a"),
            tags.iter().map(String::as_str),
            BTreeMap::from([("k".to_owned(), "v".to_owned())]),
            Cod::new(3),
        ),
        Ticket::new('a', tags.clone(), vec![("k", "v")], Cod::new(3)),
    ];
    for ticket in tickets {
        let expected = json!({
            "title": "a", "tags": ["x"], "settings": {"k": "v"}, "fish": {"weight": 3}, "closed_at": null
        });
        assert_eq!(serde_json::to_value(ticket).expect("a ticket"), expected);
    }
    for codes in [ticket().codes([2, 3]), ticket().codes(vec![2, 3]), ticket().codes(2..4)] {
        assert_eq!(set(&codes), json!({"codes": [2, 3]}));
    }
}

#[test]
fn five_required_fields_have_names() {
    let shipment = Shipment::new(ShipmentRequired2 {
        r#type: State::Open,
        sender: "a".into(),
        codes: vec![2, 3],
        fish: Cod::new(3).into(),
        pieces: Vec::new(),
    });
    let expected = json!({
        "object": "shipment", "type": "open", "sender": "a", "codes": [2, 3], "fish": {"weight": 3}, "pieces": [],
        "insurer": null, "note": "x"
    });
    assert_eq!(serde_json::to_value(shipment.note("x")).expect("a shipment"), expected);
}

#[test]
fn literals_have_the_type_of_the_field() {
    let ticket = ticket()
        .max_tokens(5)
        .ratio(0.5)
        .stream(true)
        .ids([1, 2])
        .counts([("a", 1)]);
    let expected = json!({"max_tokens": 5, "ratio": 0.5, "stream": true, "ids": [1, 2], "counts": {"a": 1}});
    assert_eq!(set(&ticket), expected);
    assert_eq!(
        set(&self::ticket().trial_end(5).port(80)),
        json!({"trial_end": 5, "port": 80})
    );
}

#[test]
fn options_set_or_leave_out() {
    let (some, none) = (Some(7), None);
    assert_eq!(set(&ticket().max_tokens(some)), json!({"max_tokens": 7}));
    assert_eq!(set(&ticket().max_tokens(none)), json!({}));
    assert_eq!(
        set(&ticket().body(Some("b")).state(Some("open"))),
        json!({"body": "b", "state": "open"})
    );
    assert_eq!(set(&ticket().body(None::<String>).state(None::<State>)), json!({}));
    assert_eq!(
        set(&ticket().states(Some(["open"])).ids(Some(vec![1]))),
        json!({"states": ["open"], "ids": [1]})
    );
    assert_eq!(
        set(&ticket().states(None::<Vec<State>>).ids(None::<Vec<i64>>)),
        json!({})
    );
    assert_eq!(
        set(&ticket().counts(Some([("a", 1)])).metadata(Some(Map::new()))),
        json!({"counts": {"a": 1}, "metadata": {}})
    );
    assert_eq!(
        set(&ticket()
            .counts(None::<BTreeMap<String, i64>>)
            .metadata(None::<Map<String, Value>>)),
        json!({})
    );
    // the last call counts
    assert_eq!(set(&ticket().body("b").body(None::<&str>)), json!({}));
}

#[test]
fn nothing_but_null_is_sent_as_null() {
    assert_eq!(
        set(&ticket().stream(None).note(None::<&str>).labels(None::<Vec<&str>>)),
        json!({})
    );
    let all = ticket()
        .stream(Nullable::Null)
        .note(Nullable::Null)
        .labels(Nullable::Null);
    assert_eq!(set(&all), json!({"stream": null, "note": null, "labels": null}));
    let all = ticket().stream(Some(true)).note(Some("n")).labels(Some(["l"]));
    assert_eq!(set(&all), json!({"stream": true, "note": "n", "labels": ["l"]}));
    let all = ticket().stream(false).note("n".to_owned()).labels(vec!["l".to_owned()]);
    assert_eq!(set(&all), json!({"stream": false, "note": "n", "labels": ["l"]}));
    let removed: Option<String> = None;
    assert_eq!(
        set(&ticket().note(Nullable::from(removed).or_null())),
        json!({"note": null})
    );
    // what is required is `null` if nothing is given
    assert_eq!(set(&ticket().closed_at("now")), json!({"closed_at": "now"}));
    assert_eq!(set(&ticket().closed_at(Some("now")).closed_at(None::<&str>)), json!({}));
}

#[test]
fn lists_and_maps_are_iterators() {
    let states = ["open", "closed"];
    let ticket = ticket()
        .states(states.iter().copied().filter(|state| state.len() == 4))
        .rows([vec!["a".to_owned()], vec![]])
        .holes([Some("a".to_owned()), None])
        .pair(("a".to_owned(), 1))
        .metadata([("order", "42")])
        .extra(json!(null));
    let expected = json!({
        "states": ["open"], "rows": [["a"], []], "holes": ["a", null], "pair": ["a", 1], "metadata": {"order": "42"},
        "extra": null
    });
    assert_eq!(set(&ticket), expected);
    let mut extra = Map::new();
    extra.insert("n".to_owned(), json!(1));
    let state = State::from(String::from("closed"));
    assert_eq!(
        set(&self::ticket().metadata(extra).states(vec![state])),
        json!({"metadata": {"n": 1}, "states": ["closed"]})
    );
    let due = NaiveDate::from_ymd_opt(2025, 6, 1);
    let parent = self::ticket().parent(self::ticket()).due(due);
    assert_eq!(set(&parent)["due"], "2025-06-01");
    assert!(set(&parent)["parent"].is_object());
}

#[test]
fn unions_are_made_from_what_their_branches_are_made_from() {
    let saw = Sawshark::new(9);
    assert_eq!(Fish::from(saw.clone()), Fish::Shark(Shark::Sawshark(saw.clone())));
    assert_eq!(
        Fish::from(Hammerhead::new(2)),
        Fish::Shark(Shark::Hammerhead(Hammerhead::new(2)))
    );
    assert_eq!(TrialEnd::from("now"), TrialEnd::from(String::from("now")));
    assert_eq!(set(&ticket().trial_end("now")), json!({"trial_end": "now"}));
    // a `Sawshark` would be left and right
    assert_eq!(set(&ticket().choice(Cod::new(1))), json!({"choice": {"weight": 1}}));
    assert_eq!(Choice::from("a"), Choice::from("a".to_owned()));
    let ticket = Ticket::new("a", ["x"], [("k", "v")], saw);
    assert_eq!(
        serde_json::to_value(ticket).expect("a ticket")["fish"],
        json!({"teeth": 9})
    );
}

#[tokio::test]
async fn parameters_are_taken_like_properties() {
    let owner = String::from("ida");
    let (limit, state): (Option<u64>, Option<State>) = (Some(5), None);
    let (received, result) = call(NO_CONTENT, async |url| {
        let call = client!(arguments, url).list_tickets(&owner, 7, ["open", "closed"]);
        let call = call
            .limit(limit)
            .state(state)
            .labels(["a", "b"])
            .ids(Some([1, 2]))
            .text(None::<&str>);
        call.filter(Filter::default().name("n")).await
    })
    .await;
    result.expect("no content");
    assert_eq!(
        received.line,
        "GET /ida/7/tickets/open,closed?limit=5&labels=a&labels=b&ids=1&ids=2&filter%5Bname%5D=n"
    );
}

#[tokio::test]
async fn bodies_are_values_references_and_what_converts() {
    let sent = async |send: &dyn Fn(crate::fixtures::arguments::Client) -> crate::fixtures::arguments::Request<_>| {
        let (received, result) = call(NO_CONTENT, async |url| send(client!(arguments, url)).await).await;
        result.expect("no content");
        received.body
    };
    let fish = Fish::from(Sawshark::new(9));
    assert_eq!(sent(&|client| client.replace_fish(&fish)).await, r#"{"teeth":9}"#);
    assert_eq!(
        sent(&|client| client.replace_fish(fish.clone())).await,
        r#"{"teeth":9}"#
    );
    assert_eq!(
        sent(&|client| client.replace_fish(Cod::new(1))).await,
        r#"{"weight":1}"#
    );
    let filter = Filter::default().size(1);
    let sent = async |by_reference: bool| {
        let (received, result) = call(NO_CONTENT, async |url| {
            let call = client!(arguments, url).update_filter();
            match by_reference {
                true => call.body(&filter).await,
                false => call.body(filter.clone()).await,
            }
        })
        .await;
        result.expect("no content");
        received.body
    };
    assert_eq!(
        (sent(true).await, sent(false).await),
        (r#"{"size":1}"#.to_owned(), r#"{"size":1}"#.to_owned())
    );
}
