//! Octopus Deploy: Swagger 2.0, two forms of each path, one of three keys, 201, an error without a body.

use super::server::octopus::{KEY, keys, start};
use super::server::{Answer, Server};
use super::{Outcome, octopus};
use invitations::octopus::apis::invitations::{BadRequestError, NotFoundError};
use invitations::octopus::models::InvitationResource;
use invitations::octopus::{Client, ClientBuilder};
use serde_json::json;

/// Configures keys on a builder.
type Configure = fn(ClientBuilder) -> ClientBuilder;

#[tokio::test]
async fn invitations_are_created_and_loaded_in_the_default_space() -> Outcome {
    let server = start().await;
    let client = octopus(&server);
    let api = client.invitations();
    let body = InvitationResource::new(["Teams-1", "Teams-7"]);

    let created = api
        .create_response_descriptor_users_invitation_invitation_resource()
        .body(&body)
        .send()
        .await?;
    assert_eq!(created.status().as_u16(), 201);
    assert_eq!(created.body().id.as_deref(), Some("Invitations-21"));

    let loaded = api
        .load_response_descriptor_users_invitation_invitation_resource("Invitations-21")
        .await?;
    assert_eq!(loaded.add_to_team_ids, ["Teams-1", "Teams-7"]);
    assert_eq!(loaded.invitation_code, created.body().invitation_code);
    assert_eq!(loaded.last_modified_by.as_deref(), Some("admin"));
    let links = loaded.links.ok_or("no links")?;
    assert_eq!(links["Self"], "/api/users/invitations/Invitations-21");

    let lines = [
        "POST /api/users/invitations",
        "GET /api/users/invitations/Invitations-21",
    ];
    assert_eq!(server.lines(), lines);
    let seen = server.seen();
    assert_eq!(
        str::from_utf8(&seen[0].body)?,
        r#"{"AddToTeamIds":["Teams-1","Teams-7"]}"#
    );
    assert_eq!(seen[0].header("content-type"), Some("application/json"));
    assert_eq!(seen[1].header("content-type"), None);
    Ok(())
}

#[tokio::test]
async fn invitations_are_created_and_loaded_in_a_given_space() -> Outcome {
    let server = start().await;
    let client = octopus(&server);
    let api = client.invitations();
    let body = InvitationResource::new(["Teams-7"]);

    let created = api
        .create_response_descriptor_users_invitation_invitation_resource_spaces("Spaces-2")
        .body(&body)
        .await?;
    let id = created.id.ok_or("no id")?;
    let loaded = api
        .load_response_descriptor_users_invitation_invitation_resource_spaces("Spaces-2", &id)
        .await?;
    assert_eq!(loaded.space_id.as_deref(), Some("Spaces-2"));
    let lines = [
        "POST /api/Spaces-2/users/invitations",
        "GET /api/Spaces-2/users/invitations/Invitations-21",
    ];
    assert_eq!(server.lines(), lines);
    Ok(())
}

#[tokio::test]
async fn exactly_one_key_is_sent_whichever_are_configured() -> Outcome {
    let all_wrong_but_header: Configure =
        |builder| builder.nuget_api_key_header("x").api_key_query("y").api_key_header(KEY);
    let wrong_nuget: Configure = |builder| builder.nuget_api_key_header("x").api_key_query(KEY);
    let table: [(Configure, &str); 5] = [
        (|builder| builder.api_key_header(KEY), "x-octopus-apikey"),
        (|builder| builder.api_key_query(KEY), "ApiKey"),
        (|builder| builder.nuget_api_key_header(KEY), "x-nuget-apikey"),
        (all_wrong_but_header, "x-octopus-apikey"),
        (wrong_nuget, "ApiKey"),
    ];
    for (configure, place) in table {
        let server = start().await;
        let client = configure(Client::builder()).base_url(server.url("/api")).build()?;
        let api = client.invitations();
        let body = InvitationResource::new(["Teams-1"]);
        api.create_response_descriptor_users_invitation_invitation_resource()
            .body(&body)
            .await?;
        api.load_response_descriptor_users_invitation_invitation_resource("Invitations-21")
            .await?;
        for seen in server.seen() {
            assert_eq!(keys(&seen), [(place, KEY.to_owned())], "{}", seen.line());
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_key_in_the_query_comes_last_and_encoded() -> Outcome {
    let server = Server::canned(Answer::json(200, r#"{"AddToTeamIds":[]}"#)).await;
    let builder = Client::builder().api_key_query("API-1&2=3 +é");
    let client = builder.base_url(server.url("/api")).build()?;
    client
        .invitations()
        .load_response_descriptor_users_invitation_invitation_resource("Invitations-21")
        .with_query("include", "teams")
        .await?;
    let query = "include=teams&ApiKey=API-1%262%3D3%20%2B%C3%A9";
    assert_eq!(server.last().query(), Some(query));
    Ok(())
}

#[tokio::test]
async fn a_refused_creation_is_told_by_its_status_alone() -> Outcome {
    let server = start().await;
    let client = octopus(&server);
    let api = client.invitations();

    let refused = api
        .create_response_descriptor_users_invitation_invitation_resource()
        .await
        .expect_err("a body is needed");
    assert_eq!(refused.api(), Some(&BadRequestError::BadRequest));
    let refused = api
        .create_response_descriptor_users_invitation_invitation_resource_spaces("Spaces-2")
        .await
        .expect_err("a body is needed");
    assert_eq!(refused.into_api().ok(), Some(BadRequestError::BadRequest));
    for seen in server.seen() {
        assert_eq!((seen.body.len(), seen.header("content-type")), (0, None));
    }
    Ok(())
}

#[tokio::test]
async fn a_missing_invitation_is_a_typed_error() -> Outcome {
    let server = start().await;
    let client = octopus(&server);
    let api = client.invitations();

    let missing = api
        .load_response_descriptor_users_invitation_invitation_resource("Invitations-99")
        .await
        .expect_err("there is none");
    let Some(NotFoundError::NotFound(error)) = missing.api() else {
        panic!("{missing:?}");
    };
    assert_eq!(
        error.error_message.as_deref(),
        Some("No invitation has the id Invitations-99.")
    );
    assert_eq!(error.errors.as_deref(), Some([].as_slice()));

    let missing = api
        .load_response_descriptor_users_invitation_invitation_resource_spaces("Spaces-2", "Invitations-99")
        .await
        .expect_err("there is none");
    assert!(matches!(missing.api(), Some(NotFoundError::NotFound(_))), "{missing:?}");
    Ok(())
}

#[tokio::test]
async fn nulls_in_optional_fields_are_read_as_nothing() -> Outcome {
    let body = json!({
        "Id": "Invitations-21",
        "AddToTeamIds": ["Teams-1"],
        "InvitationCode": null,
        "Expires": null,
        "SpaceId": null,
        "LastModifiedOn": null,
        "LastModifiedBy": null,
        "Links": null,
        "Extra": { "a": [1] },
    });
    let server = Server::canned(Answer::json(200, body.to_string())).await;
    let client = octopus(&server);
    let loaded = client
        .invitations()
        .load_response_descriptor_users_invitation_invitation_resource("Invitations-21")
        .await?;
    let expected = InvitationResource::new(["Teams-1"]).id("Invitations-21");
    assert_eq!(loaded, expected);
    Ok(())
}

#[tokio::test]
async fn a_loaded_invitation_can_be_sent_again_as_it_was() -> Outcome {
    let body = json!({
        "Id": "Invitations-21",
        "AddToTeamIds": ["Teams-1"],
        "Expires": "2019-07-14T09:30:00+02:00",
        "Links": { "Self": "/api/users/invitations/Invitations-21" },
    });
    let server = Server::canned(Answer::json(201, body.to_string())).await;
    let client = octopus(&server);
    let api = client.invitations();
    let first = InvitationResource::new(Vec::<String>::new());
    let stored = api
        .create_response_descriptor_users_invitation_invitation_resource()
        .body(&first)
        .await?;
    assert_eq!(server.last().json(), json!({ "AddToTeamIds": [] }));
    api.create_response_descriptor_users_invitation_invitation_resource()
        .body(&stored)
        .await?;
    assert_eq!(server.last().json(), body);
    Ok(())
}
