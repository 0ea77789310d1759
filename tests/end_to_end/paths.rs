//! What a caller puts into a path stays one segment of it, or is refused.

use super::server::{Answer, Server};
use super::{Outcome, clerk, fastly, octopus};
use invitations::octopus::ErrorKind;

#[tokio::test]
async fn an_id_is_one_segment_whatever_it_holds() -> Outcome {
    let server = Server::canned(Answer::status(204)).await;
    let client = fastly(&server);
    let table = [
        ("3krg2uUGZzb2W9Euo4moOY", "3krg2uUGZzb2W9Euo4moOY"),
        ("-._~", "-._~"),
        ("a/b", "a%2Fb"),
        ("/", "%2F"),
        ("../x", "..%2Fx"),
        ("a\\b", "a%5Cb"),
        ("100%", "100%25"),
        ("%2F", "%252F"),
        ("%2e%2e", "%252e%252e"),
        ("...", "..."),
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("a?b=c#d", "a%3Fb%3Dc%23d"),
        ("a;b,c:d@e", "a%3Bb%2Cc%3Ad%40e"),
        ("é", "%C3%A9"),
        ("🦀", "%F0%9F%A6%80"),
        ("a\r\nb", "a%0D%0Ab"),
        ("{invitation_id}", "%7Binvitation_id%7D"),
    ];
    for (id, segment) in table {
        client.invitations().delete(id).await?;
        assert_eq!(server.last().target, format!("/invitations/{segment}"), "{id:?}");
    }
    Ok(())
}

#[tokio::test]
async fn an_id_within_a_path_is_one_segment_too() {
    let server = Server::canned(Answer::status(500)).await;
    let client = clerk(&server);
    let failed = client.invitations().revoke("inv/1?x").await;
    failed.expect_err("the server fails");
    assert_eq!(server.last().target, "/v1/invitations/inv%2F1%3Fx/revoke");

    let client = octopus(&server);
    let api = client.invitations();
    // the value of one parameter does not become the name of another
    let request = api.load_response_descriptor_users_invitation_invitation_resource_spaces("{id}", "a b");
    request.await.expect_err("the server fails");
    assert_eq!(server.last().target, "/api/%7Bid%7D/users/invitations/a%20b");
}

#[tokio::test]
async fn segments_that_vanish_are_refused_before_sending() {
    let server = Server::canned(Answer::json(200, r#"{"AddToTeamIds":[]}"#)).await;
    let client = octopus(&server);
    let api = client.invitations();
    for value in ["", ".", ".."] {
        for (space, id, parameter) in [(value, "Invitations-1", "baseSpaceId"), ("Spaces-1", value, "id")] {
            let request = api.load_response_descriptor_users_invitation_invitation_resource_spaces(space, id);
            let error = request.await.expect_err("it would be another path");
            let ErrorKind::Encode(reason) = error.kind() else {
                panic!("{value:?}: {error:?}");
            };
            assert_eq!(reason.parameter(), parameter, "{value:?}");
            assert!(error.to_string().contains(parameter), "{error}");
            assert!(error.reply().is_none() && !error.is_retryable());
        }
    }
    assert_eq!(server.lines(), [""; 0]);
}
