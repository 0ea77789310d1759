//! Models that are read and written, whoever needs it.

use std::fmt::Debug;

use envoi_runtime::serde::Serialize;
use envoi_runtime::serde::de::DeserializeOwned;
use invitations::{clerk, fastly};
use serde_json::{Value, json};

use crate::fixtures::both_ways::models::{Account, Announcement, Record, Visit};

/// A value that was kept is the same when it is read again, and so is its JSON.
fn check<T: Serialize + DeserializeOwned + Debug + PartialEq>(json: Value) {
    let value: T = serde_json::from_value(json.clone()).expect("it can be read");
    let kept = serde_json::to_string(&value).expect("it can be written");
    assert_eq!(serde_json::from_str::<T>(&kept).expect("it can be read again"), value);
    assert_eq!(serde_json::from_str::<Value>(&kept).expect("JSON"), json);
}

#[test]
fn a_client_with_both_keeps_what_it_receives_and_reads_what_it_sends() {
    check::<Visit>(json!({"id": "1", "at": "noon"}));
    check::<Announcement>(json!({"id": "1", "code": "c"}));
    check::<Announcement>(json!({"code": "c"}));
    check::<Account>(json!({"id": "1", "email": "e", "secret": "s"}));
    check::<Record>(json!({
        "id": "1",
        "name": "a",
        "entries": [{"at": "noon", "text": "t"}],
        "method": {"kind": "card", "last": "4242", "number": "4"},
    }));
}

/// The types of fields do not depend on what is implemented.
#[test]
fn responses_are_created_with_what_is_required() {
    let visit = Visit::new("1", "noon");
    assert_eq!(
        serde_json::to_value(&visit).expect("JSON"),
        json!({"id": "1", "at": "noon"})
    );
}

/// The same by the cargo feature of a crate, which these tests turn on.
#[test]
fn a_crate_with_the_feature_does_too() {
    check::<clerk::models::Invitation>(json!({
        "object": "invitation", "id": "inv_1", "email_address": "a@example.org", "public_metadata": {"a": [1]},
        "status": "pending", "created_at": 1_638_000_669_544_i64, "updated_at": 1_638_000_669_544_i64,
    }));
    check::<fastly::models::InvitationsResponse>(json!({
        "meta": {"current_page": 1},
        "data": [{"type": "invitation", "id": "1", "attributes": {"email": "a@example.org", "role": "user"}}],
    }));
    check::<clerk::models::CreateInvitationRequest>(json!({"email_address": "a@example.org", "notify": true}));
}
