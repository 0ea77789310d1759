//! Fastly: JSON:API bodies, merged `allOf`, bracketed query names, no declared errors.

use super::server::fastly::{KEY, answer, example, start};
use super::server::{Answer, Server};
use super::{Outcome, fastly};
use invitations::fastly::models::*;
use invitations::fastly::{ErrorKind, Nullable};
use serde_json::json;

/// An invitation limited to one service, as in the document's example `by_schema`.
fn limited_to_one_service() -> Invitation {
    let service = RelationshipMemberService::default().id("6yrrdleXQ9QDtum9rMB0nr");
    let permission = ServiceInvitationDataAttributesPermission::PurgeAll;
    let access = ServiceInvitationData::default()
        .attributes(ServiceInvitationDataAttributes::default().permission(permission))
        .relationships(ServiceInvitationDataRelationships::default().service(service));
    let services = RelationshipServiceInvitationsCreateServiceInvitations::default()
        .data([ServiceInvitation::default().data(access)]);
    let attributes = InvitationDataAttributes::default()
        .email("thelma@example.com")
        .limit_services(true)
        .roles(["Q4rXe9vN1szK8a2fUjYtWp"]);
    let data = InvitationCreateData::default()
        .attributes(attributes)
        .relationships(RelationshipServiceInvitationsCreate::default().service_invitations(services));
    Invitation::default().data(data)
}

fn with_attributes(attributes: InvitationDataAttributes) -> Invitation {
    Invitation::default().data(InvitationCreateData::default().attributes(attributes))
}

#[tokio::test]
async fn invitations_are_created_listed_and_deleted() -> Outcome {
    let server = start().await;
    let client = fastly(&server);

    let created = client.invitations().create().body(&limited_to_one_service()).await?;
    let id = created.data.and_then(|data| data.id).ok_or("no id")?;
    assert_eq!(id, "7kP8T3JrqSD2ZdijWGxOB1");

    let page = client.invitations().list().page_number(1).page_size(20).await?;
    let ids: Vec<_> = page.data.unwrap_or_default().into_iter().map(|item| item.id).collect();
    assert_eq!(ids, [Some("3krg2uUGZzb2W9Euo4moOY".to_owned()), Some(id.clone())]);
    assert_eq!(page.meta.and_then(|meta| meta.record_count), Some(2));

    client.invitations().delete(&id).await?;
    let page = client.invitations().list().await?;
    assert_eq!(page.data.map(|data| data.len()), Some(1));

    let again = client.invitations().delete(&id).await.expect_err("it is gone");
    assert!(matches!(again.kind(), ErrorKind::UndocumentedStatus), "{again:?}");
    assert_eq!(again.status().map(|status| status.as_u16()), Some(404));
    let lines = [
        "POST /invitations",
        "GET /invitations?page%5Bnumber%5D=1&page%5Bsize%5D=20",
        "DELETE /invitations/7kP8T3JrqSD2ZdijWGxOB1",
        "GET /invitations",
        "DELETE /invitations/7kP8T3JrqSD2ZdijWGxOB1",
    ];
    assert_eq!(server.lines(), lines);
    Ok(())
}

#[tokio::test]
async fn a_request_carries_key_media_types_and_exact_body() -> Outcome {
    let server = start().await;
    fastly(&server)
        .invitations()
        .create()
        .body(&limited_to_one_service())
        .await?;
    let seen = server.last();
    assert_eq!(seen.header("fastly-key"), Some(KEY));
    assert_eq!(seen.header("accept"), Some("application/vnd.api+json"));
    assert_eq!(seen.header("content-type"), Some("application/vnd.api+json"));
    // `type` is nowhere in the code of `limited_to_one_service`, and the service has its read-only id
    let service = r#"{"type":"service","id":"6yrrdleXQ9QDtum9rMB0nr"}"#;
    let access = format!(
        r#"{{"type":"service_invitation","attributes":{{"permission":"purge_all"}},"relationships":{{"service":{service}}}}}"#
    );
    let attributes = r#"{"email":"thelma@example.com","limit_services":true,"roles":["Q4rXe9vN1szK8a2fUjYtWp"]}"#;
    let relationships = format!(r#"{{"service_invitations":{{"data":[{{"data":{access}}}]}}}}"#);
    let body =
        format!(r#"{{"data":{{"type":"invitation","attributes":{attributes},"relationships":{relationships}}}}}"#);
    assert_eq!(str::from_utf8(&seen.body)?, body);
    Ok(())
}

#[tokio::test]
async fn an_optional_body_left_out_sends_none() -> Outcome {
    let server = start().await;
    let refused = fastly(&server)
        .invitations()
        .create()
        .await
        .expect_err("a body is needed");
    assert_eq!(refused.status().map(|status| status.as_u16()), Some(400));
    let seen = server.last();
    assert_eq!(seen.body.len(), 0);
    assert_eq!(seen.header("content-type"), None);
    Ok(())
}

#[tokio::test]
async fn a_reply_has_the_properties_of_all_branches() -> Outcome {
    let server = start().await;
    let body = limited_to_one_service();
    let created = fastly(&server).invitations().create().body(&body).await?;
    let data = created.data.ok_or("no data")?;
    assert_eq!(data.r#type, Some(TypeInvitation::Invitation));

    let attributes = data.attributes.ok_or("no attributes")?;
    assert_eq!(attributes.email.as_deref(), Some("thelma@example.com"));
    assert_eq!(attributes.role, Some(RoleUser::User));
    assert_eq!(attributes.status_code, Some(InvitationDataAttributesStatusCode::Active));
    assert_eq!(attributes.limit_services, Some(true));
    let created_at = attributes.created_at.as_option().ok_or("no created_at")?;
    assert_eq!(created_at.to_rfc3339(), "2020-05-09T18:45:17+00:00");
    assert_eq!(attributes.deleted_at, Nullable::Null);

    let relationships = data.relationships.ok_or("no relationships")?;
    let customer = relationships
        .customer
        .and_then(|customer| customer.data)
        .ok_or("no customer")?;
    assert_eq!(customer.id.as_deref(), Some("3krg2uUGZzb2W9Euo4moOY"));
    let services = relationships.service_invitations.and_then(|services| services.data);
    let services = services.ok_or("no service invitations")?;
    assert_eq!(services[0].id.as_deref(), Some("QNcWQmR5UIpVVO6f1Y3Rl"));
    Ok(())
}

#[tokio::test]
async fn a_listed_invitation_links_customer_and_services() -> Outcome {
    let mut invitation = example();
    invitation["relationships"]["service_invitations"] =
        json!({ "data": [{ "id": "QNcWQmR5UIpVVO6f1Y3Rl", "type": "service_invitation" }] });
    let server = Server::canned(answer(200, &json!({ "data": [invitation] }))).await;
    let page = fastly(&server).invitations().list().await?;
    let item = page.data.unwrap_or_default().pop().ok_or("no item")?;
    let relationships = item.relationships.ok_or("no relationships")?;
    assert!(relationships.customer.is_some_and(|customer| customer.data.is_some()));
    assert!(
        relationships
            .service_invitations
            .is_some_and(|services| services.data.is_some())
    );
    Ok(())
}

#[tokio::test]
async fn values_of_the_future_survive_reading_and_writing() -> Outcome {
    let mut invitation = example();
    invitation["attributes"]["role"] = json!("auditor");
    invitation["attributes"]["status_code"] = json!(7);
    invitation["type"] = json!("invitation2");
    let reply = answer(200, &json!({ "data": [invitation] }));
    let server = Server::canned(reply).await;
    let client = fastly(&server);

    let page = client.invitations().list().await?;
    let item = page.data.unwrap_or_default().pop().ok_or("no item")?;
    assert_eq!(item.r#type.as_ref().map(TypeInvitation::as_str), Some("invitation2"));
    let read = item.attributes.ok_or("no attributes")?;
    let (role, status_code) = (read.role.ok_or("no role")?, read.status_code.ok_or("no status")?);
    assert_eq!((role.to_string(), status_code.as_i64()), ("auditor".to_owned(), 7));

    // what comes back is not a created invitation, but the request is what this is about
    let again = InvitationDataAttributes::default().role(role).status_code(status_code);
    let request = client.invitations().create().body(&with_attributes(again));
    request.await.expect_err("a list is not an invitation");
    let expected = json!({ "data": { "type": "invitation", "attributes": { "role": "auditor", "status_code": 7 } } });
    assert_eq!(server.last().json(), expected);
    Ok(())
}

#[tokio::test]
async fn an_integer_enum_is_a_number_on_the_wire() -> Outcome {
    let server = start().await;
    let status_code = InvitationDataAttributesStatusCode::Inactive;
    let attributes = InvitationDataAttributes::default()
        .email("ada@example.com")
        .status_code(status_code.clone());
    let body = with_attributes(attributes);
    let created = fastly(&server).invitations().create().body(&body).await?;
    let read = created
        .data
        .and_then(|data| data.attributes)
        .and_then(|attributes| attributes.status_code);
    assert_eq!(read, Some(status_code));
    assert_eq!(server.last().json()["data"]["attributes"]["status_code"], json!(0));
    Ok(())
}

#[tokio::test]
async fn nulls_and_unknown_members_do_no_harm() -> Outcome {
    let mut invitation = example();
    let attributes = json!({ "email": null, "role": null, "roles": null, "deleted_at": null, "color": "red" });
    invitation["attributes"] = attributes;
    invitation["relationships"] = json!(null);
    let links = json!({ "first": null, "last": "http://api.fastly.com/invitations" });
    let body = json!({ "data": [invitation], "links": links, "meta": null, "included": [{ "id": 1 }], "jsonapi": {} });
    let server = Server::canned(answer(200, &body)).await;

    let page = fastly(&server).invitations().list().await?;
    let links = page.links.ok_or("no links")?;
    assert_eq!(links.first, Nullable::Null);
    assert_eq!(
        links.last,
        Nullable::Value("http://api.fastly.com/invitations".to_owned())
    );
    assert_eq!(links.next, Nullable::Absent);
    assert_eq!(page.meta, None);
    let item = page.data.unwrap_or_default().pop().ok_or("no item")?;
    assert_eq!(item.relationships, None);
    let attributes = item.attributes.ok_or("no attributes")?;
    assert_eq!(
        (attributes.email, attributes.role, attributes.roles),
        (None, None, None)
    );
    assert_eq!(
        (attributes.deleted_at, attributes.updated_at),
        (Nullable::Null, Nullable::Absent)
    );
    Ok(())
}

#[tokio::test]
async fn any_success_without_a_declared_body_is_a_success() -> Outcome {
    for status in [200, 202, 204] {
        let server = Server::canned(Answer::status(status)).await;
        let reply = fastly(&server).invitations().delete("7kP8").send().await?;
        assert_eq!(reply.status().as_u16(), status);
    }
    Ok(())
}
