//! Definitions that several places share: each place has a name for it, and no definition is called after another place.

use std::any::{TypeId, type_name};

use envoi_runtime::IntegerOrString;

use crate::fixtures::aliases::apis::tickets::{
    CreateTicketError, DeleteTicketsError, GetTicketsError, ListTicketsError,
};
use crate::fixtures::aliases::models::{
    BankOwner, CreateTicketRequest, CreateTicketRequestMilestone, CreateTicketRequestMilestoneCreator,
    CreateTicketRequestState, CreateTicketResponse, DeleteTicketsKind, Direction, EchoRequest, EchoResponse,
    GetTicketsKind, ListSecretsStatus, ListTicketsState, Milestone, MilestoneCreator, ReplaceSecretRequest,
    ReplaceSecretRequestFirst, ReplaceSecretRequestMilestone, ReplaceSecretRequestSecond, ReplaceSecretResponse,
    SecretOwner, TicketAfter, TicketBefore, TicketOwner, TicketState, VaultOwner,
};
use crate::server::{call, client};

/// What the compiler calls a type.
fn called<T>() -> &'static str {
    let path = type_name::<T>();
    path.rsplit("::").next().unwrap_or(path)
}

/// Text and numbers are taken as they are, where an API takes either.
#[test]
fn scalars_are_of_the_runtime() {
    let request = CreateTicketRequest::new("Found a bug").assignee(7);
    assert_eq!(request.title, IntegerOrString::from("Found a bug"));
    let request = ReplaceSecretRequest::new([IntegerOrString::from(1), "two".into()]);
    assert_eq!(request.ids, [IntegerOrString::from(1), IntegerOrString::from("two")]);
}

/// The compiler names what a program uses, or what it is.
#[test]
fn no_type_is_called_after_an_unrelated_place() {
    for (definition, place) in [
        ("OpenClosedOrAllDefaultOpen", called::<ListTicketsState>()),
        ("OpenClosedOrAllDefaultOpen", called::<ListSecretsStatus>()),
        ("OpenOrClosed", called::<CreateTicketRequestState>()),
        ("OpenOrClosed", called::<TicketState>()),
        ("BugOrWish", called::<GetTicketsKind>()),
        ("BugOrWish", called::<DeleteTicketsKind>()),
        ("Direction", called::<Direction>()),
        ("TextAndLoud", called::<EchoRequest>()),
        ("TextAndLoud", called::<EchoResponse>()),
        ("ObjectWithId", called::<CreateTicketResponse>()),
        ("ObjectWithId", called::<ReplaceSecretResponse>()),
        ("Milestone", called::<CreateTicketRequestMilestone>()),
        ("Milestone", called::<ReplaceSecretRequestMilestone>()),
        ("MilestoneCreator", called::<CreateTicketRequestMilestoneCreator>()),
    ] {
        assert_eq!(place, definition);
    }
    let owners = [called::<TicketOwner>(), called::<SecretOwner>()];
    assert_eq!(owners[0], owners[1]);
    assert!(owners[0].starts_with("Owner"), "{owners:?}");
    assert_ne!(TypeId::of::<TicketOwner>(), TypeId::of::<VaultOwner>());
    assert_eq!(TypeId::of::<BankOwner>(), TypeId::of::<VaultOwner>());
}

/// In one component, and in one request, one property may lend its name to another.
#[test]
fn within_one_type_the_first_defines() {
    assert_eq!(called::<TicketAfter>(), called::<TicketBefore>());
    assert_eq!(
        called::<ReplaceSecretRequestSecond>(),
        called::<ReplaceSecretRequestFirst>()
    );
}

/// Places make values under their own names, or under those of the definitions.
#[test]
fn values_are_made_under_either_name() {
    let creator = CreateTicketRequestMilestoneCreator::new("ann", 1);
    let milestone = CreateTicketRequestMilestone::new("One").creator(creator);
    let same = Milestone::new("One").creator(MilestoneCreator::new("ann", 1));
    assert_eq!(milestone, same);
    let request = ReplaceSecretRequest::new([1]).milestone(milestone);
    assert_eq!(request.milestone, Some(same));
}

#[tokio::test]
async fn declared_errors_are_called_after_no_other_operation() {
    assert_eq!(TypeId::of::<CreateTicketError>(), TypeId::of::<ListTicketsError>());
    assert_eq!(TypeId::of::<DeleteTicketsError>(), TypeId::of::<GetTicketsError>());
    assert_ne!(TypeId::of::<GetTicketsError>(), TypeId::of::<ListTicketsError>());
    for error in [called::<CreateTicketError>(), called::<DeleteTicketsError>()] {
        assert!(error.starts_with("NotFoundOrUnprocessableEntityErrorOf"), "{error}");
    }
    let reply = "404 Not Found\r\ncontent-type: application/json\r\n\r\n{\"title\":\"no\"}";
    let (_, result) = call(reply, async |url| {
        let request = CreateTicketRequest::new("Found a bug");
        client!(aliases, url).tickets().create(&request).await
    })
    .await;
    let error = result.expect_err("404");
    assert!(matches!(error.api(), Some(CreateTicketError::NotFound(_))), "{error:?}");
}
