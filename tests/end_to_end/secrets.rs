//! Keys go to their server, and into no text that a program shows.

use super::server::{Answer, Server};
use super::{Outcome, server};
use invitations::{clerk, fastly, octopus};
use std::error::Error;
use std::fmt::{Debug, Write as _};
use std::time::Duration;

const CANARY: &str = "canary+/=7d1f";

/// Ways in which the canary could appear.
const TRACES: [&str; 3] = ["canary", "7d1f", "Y2FuYXJ5"];

fn assert_hidden(what: &str, text: &str) {
    assert!(!text.is_empty(), "{what}");
    for trace in TRACES {
        assert!(!text.contains(trace), "{what} shows the key: {text}");
    }
}

/// All that an error says, with its causes.
fn story(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let _ = write!(text, "{error}\n{error:?}\n{error:#?}\n");
        next = error.source();
    }
    text
}

/// Clients of Octopus Deploy with the canary in each of the three places.
fn octopus_clients(base_url: &str) -> Result<Vec<octopus::Client>, octopus::BuildError> {
    let builders = [
        octopus::Client::builder().api_key_header(CANARY),
        octopus::Client::builder().api_key_query(CANARY),
        octopus::Client::builder().nuget_api_key_header(CANARY),
    ];
    let limited = builders.into_iter().map(|builder| {
        let builder = builder.base_url(base_url).max_body_bytes(4096);
        builder
            .timeout(Duration::from_millis(200))
            .retries(octopus::Retries::none())
            .build()
    });
    limited.collect()
}

#[tokio::test]
async fn builders_clients_and_requests_do_not_show_keys() -> Outcome {
    let base_url = "http://127.0.0.1:9";
    let builder = fastly::Client::builder()
        .token(CANARY)
        .url_purge("user", CANARY)
        .default_header("X-Key", CANARY);
    assert_hidden("builder", &format!("{builder:?}"));
    let client = builder.base_url(base_url).build()?;
    assert_hidden("client", &format!("{client:?}"));
    assert_hidden("api", &format!("{:?}", client.invitations()));
    let request = client.invitations().list().with_header("Authorization", CANARY);
    assert_hidden("request", &format!("{request:?}"));
    assert_hidden(
        "undocumented request",
        &format!("{:?}", client.request(http::Method::GET, "/")),
    );

    let client = clerk::Client::builder()
        .bearer_auth(CANARY)
        .base_url(base_url)
        .build()?;
    assert_hidden("client", &format!("{client:?} {:?}", client.invitations().list()));
    for client in octopus_clients(base_url)? {
        let api = client.invitations();
        let request = api.load_response_descriptor_users_invitation_invitation_resource("Invitations-1");
        assert_hidden("client", &format!("{client:#?} {api:?} {request:#?}"));
    }
    Ok(())
}

#[tokio::test]
async fn errors_do_not_show_keys_even_if_the_server_echoes_them() -> Outcome {
    let elsewhere = format!("http://127.0.0.1:9/{CANARY}?ApiKey={CANARY}");
    let wrong_type = format!(r#"{{"AddToTeamIds":"{CANARY}"}}"#);
    let typed = format!(r#"{{"ErrorMessage":"no such key as {CANARY}"}}"#);
    let answers = [
        Answer::new(503, "text/plain", format!("wrong key {CANARY}")),
        Answer::new(200, "text/html", format!("<p>{CANARY}</p>")),
        Answer::json(200, wrong_type),
        Answer::json(200, CANARY),
        Answer::json(404, typed),
        Answer::redirect(302, elsewhere),
        Answer::json(200, CANARY.repeat(1000)),
        Answer::never(),
    ];
    for answer in answers {
        let server = Server::canned(answer.clone().header("x-echo", CANARY)).await;
        for client in octopus_clients(server.origin())? {
            let api = client.invitations();
            let request = api.load_response_descriptor_users_invitation_invitation_resource("Invitations-1");
            let error = request.await.expect_err("the reply is wrong");
            // what is declared is shown by `Debug` as the server wrote it, like any model
            let shown = error.api().map_or_else(|| story(&error), |_| error.to_string());
            assert_hidden(&format!("{answer:?}"), &shown);
        }
        assert_eq!(server.seen().len(), 3, "{answer:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_refused_connection_does_not_show_the_key_in_the_query() -> Outcome {
    // port 1 is reserved for a service that nobody runs
    for client in octopus_clients("http://127.0.0.1:1")? {
        let api = client.invitations();
        let request = api.load_response_descriptor_users_invitation_invitation_resource("Invitations-1");
        let error = request.await.expect_err("nobody listens");
        assert!(error.is_connect() && error.is_retryable(), "{error:?}");
        assert_hidden("error", &story(&error));
    }
    Ok(())
}

#[tokio::test]
async fn responses_do_not_show_keys_that_the_server_echoes() -> Outcome {
    let reply = Answer::json(200, r#"{"AddToTeamIds":[]}"#);
    let reply = reply
        .header("x-echo", CANARY)
        .header("set-cookie", format!("key={CANARY}"));
    let server = Server::canned(reply).await;
    for client in octopus_clients(server.origin())? {
        let api = client.invitations();
        let request = api.load_response_descriptor_users_invitation_invitation_resource("Invitations-1");
        let response = request.send().await?;
        assert_hidden("response", &format!("{response:?} {response:#?}"));
    }
    Ok(())
}

#[tokio::test]
async fn a_missing_credential_is_told_before_sending() -> Outcome {
    let server = Server::canned(Answer::json(200, "[]")).await;
    let client = octopus::Client::builder().base_url(server.origin()).build()?;
    let api = client.invitations();
    let request = api.load_response_descriptor_users_invitation_invitation_resource("Invitations-1");
    let error = request.await.expect_err("there is no key");
    let octopus::ErrorKind::MissingCredential { alternatives } = error.kind() else {
        panic!("{error:?}");
    };
    let names: Vec<_> = alternatives
        .iter()
        .flat_map(|schemes| schemes.iter())
        .map(|scheme| scheme.name())
        .collect();
    assert_eq!(names, ["APIKeyHeader", "APIKeyQuery", "NugetApiKeyHeader"]);
    assert!(error.to_string().contains("APIKeyHeader"), "{error}");

    // a credential of another scheme does not do
    let client = fastly::Client::builder()
        .url_purge("user", "password")
        .base_url(server.origin())
        .build()?;
    let error = client.invitations().list().await.expect_err("there is no token");
    assert!(
        matches!(error.kind(), fastly::ErrorKind::MissingCredential { .. }),
        "{error:?}"
    );
    let client = clerk::Client::builder().base_url(server.origin()).build()?;
    let error = client.invitations().list().await.expect_err("there is no key");
    assert!(
        matches!(error.kind(), clerk::ErrorKind::MissingCredential { .. }),
        "{error:?}"
    );
    assert_eq!(server.lines(), [""; 0]);
    Ok(())
}

#[tokio::test]
async fn a_key_does_not_leave_the_machine_without_encryption() -> Outcome {
    // an address for documentation (RFC 5737): nothing could answer
    let builder = fastly::Client::builder().token(server::fastly::KEY);
    let client = builder.base_url("http://192.0.2.1").build()?;
    let error = client.invitations().list().await.expect_err("it is not https");
    assert!(
        matches!(error.kind(), fastly::ErrorKind::InsecureCredential),
        "{error:?}"
    );
    Ok(())
}

#[test]
fn what_cannot_be_a_client_is_told_without_showing_it() {
    let refused = |what: &dyn Debug, outcome: Result<fastly::Client, fastly::BuildError>| {
        let error = outcome.expect_err("it is not usable");
        assert_hidden(&format!("{what:?}"), &story(&error));
    };
    for base_url in [
        "api.fastly.com/canary",
        "ftp://127.0.0.1/canary",
        "http://user:canary@127.0.0.1",
        "http://127.0.0.1/?key=canary",
        "http://127.0.0.1/#canary",
    ] {
        refused(
            &"base URL",
            fastly::Client::builder().token(CANARY).base_url(base_url).build(),
        );
    }
    refused(
        &"key",
        fastly::Client::builder().token(format!("{CANARY}\r\nX: y")).build(),
    );
    refused(
        &"header",
        fastly::Client::builder()
            .default_header("X-Key", format!("{CANARY}\n"))
            .build(),
    );
    refused(
        &"header name",
        fastly::Client::builder().default_header("X Key", CANARY).build(),
    );
}
