//! Inline types that are defined alike: one definition under several names.

use serde_json::json;

use crate::fixtures::shared::models::{
    CreateIssueRequest, CreateIssueRequestOwner, CreateIssueRequestStamp, Issue, IssueLabelsItem, IssueLabelsItemTint,
    IssueLink, IssueOwner, IssueState, ListIssuesResponseCursor, ListIssuesSort, ListMilestonesResponseCursor,
    ListMilestonesSort, Milestone, MilestoneGrade, MilestoneLabelsItem, MilestoneLabelsItemTint,
    MilestoneLabelsItemTintShade, MilestoneLink, MilestoneOwner, MilestoneState,
};

/// Whether two names are of one type.
fn is_one<A: 'static, B: 'static>() -> bool {
    std::any::TypeId::of::<A>() == std::any::TypeId::of::<B>()
}

#[test]
fn names_of_one_definition() {
    assert!(is_one::<MilestoneState, IssueState>());
    assert!(is_one::<MilestoneLabelsItem, IssueLabelsItem>());
    assert!(is_one::<MilestoneLabelsItemTint, IssueLabelsItemTint>());
    assert!(is_one::<MilestoneLink, IssueLink>());
    assert!(is_one::<ListMilestonesSort, ListIssuesSort>());
    assert!(is_one::<ListMilestonesResponseCursor, ListIssuesResponseCursor>());
    assert!(is_one::<CreateIssueRequestOwner, IssueOwner>());
}

/// What is said of a member, a default, and the ways a member goes keep types apart.
#[test]
fn definitions_of_their_own() {
    assert!(!is_one::<MilestoneOwner, IssueOwner>());
    assert!(!is_one::<MilestoneGrade, MilestoneState>());
    assert_eq!(MilestoneGrade::default(), MilestoneGrade::Closed);
    // What is only received is not asked for.
    assert_eq!(CreateIssueRequestStamp::default().at, None);
}

/// A name is all that a user sees: values are made, matched, sent and received through it.
#[test]
fn used_by_their_own_names() {
    let text = json!({
        "state": "open",
        "owner": { "login": "ann" },
        "labels": [{ "tint": { "shade": "dark" } }],
        "link": { "of": { "state": "closed", "owner": { "login": "ben" }, "stamp": { "at": "now" } } },
    });
    let milestone: Milestone = serde_json::from_value(text).expect("a milestone");
    assert!(matches!(milestone.state, MilestoneState::Open));
    let label = MilestoneLabelsItem {
        tint: MilestoneLabelsItemTint {
            shade: Some(MilestoneLabelsItemTintShade::Dark),
        },
    };
    assert_eq!(milestone.labels, Some(vec![label]));
    let MilestoneLink { of } = milestone.link.expect("a link");
    let linked: Issue = *of.expect("an issue");
    assert_eq!(linked.state, IssueState::from("closed"));

    let request = CreateIssueRequest::new("A title", CreateIssueRequestOwner::new("ann"));
    let written = serde_json::to_value(&request).expect("JSON");
    assert_eq!(written, json!({ "title": "A title", "owner": { "login": "ann" } }));
}
