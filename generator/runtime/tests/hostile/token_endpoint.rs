//! Token endpoints with the same faults as other servers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use envoi_runtime::{
    Client, ClientBuilder, ClientCredentials, CredentialError, ErrorKind, OperationInfo, Retries, Scheme,
};

use super::certificates::{Identity, Tls};
use super::origin::{Log, Origin, Script};
use super::ways::Way;
use super::{CANARY, End, Fetched, Http, Limit, MOST_SENT, Row, check_secrecy, faults, fetching, settings, support};

static OAUTH: Scheme = Scheme::client_credentials("oauth", "/token");

const BY_TOKEN: OperationInfo = OperationInfo {
    security: &[&[&OAUTH]],
    ..fetching("GET")
};

const TOKEN: &str = r#"{"access_token":"canary-token","token_type":"bearer"}"#;

/// What a call says whose token endpoint has the fault of the row, and whether it might say something else later.
fn expected(row: &Row) -> (String, bool) {
    let status = |status: u16| {
        (
            format!("the token endpoint answered {status}"),
            matches!(status, 429 | 500..),
        )
    };
    let redirect = row.scripts[0].response().map(|response| response.status());
    if let Some(redirect) = redirect.filter(|status| status.is_redirection()) {
        // a secret goes nowhere else, not even within the origin
        return status(redirect.as_u16());
    }
    match row.end {
        End::Timeout | End::ConnectTimeout => ("the token endpoint timed out".to_owned(), false),
        End::BrokenTls(reason) => (reason.to_owned(), true),
        End::Connect | End::Transport => ("communication with the token endpoint failed".to_owned(), true),
        End::Tls(reason) => (reason.to_owned(), false),
        End::Status(found) => status(found),
        End::TooLarge => ("longer than 64 KiB".to_owned(), false),
        End::Decode("recursion limit") => ("longer than 64 KiB".to_owned(), false),
        End::Ok(_) | End::Decode(_) | End::Empty | End::ContentType | End::Encoding(_) => {
            ("the token endpoint answered without a token".to_owned(), false)
        }
        End::Redirect(_) => unreachable!("it is a redirect"),
    }
}

/// A row whose first server is a token endpoint. The API that the token is for is another.
struct Prepared {
    row: Row,
    client: Client,
    endpoint: Log,
    others: [Log; 2],
}

fn credentials(builder: ClientBuilder, endpoint: &str) -> ClientBuilder {
    let credentials = ClientCredentials::new("id", CANARY).token_url(format!("{endpoint}/token"));
    builder.credential(&OAUTH, credentials)
}

impl Prepared {
    async fn of(row: Row) -> Self {
        let endpoint = Origin::bind().await.with(row.tls.clone());
        let (api, other) = (Origin::bind().await, Origin::bind().await);
        let (url, base) = (endpoint.url(), api.url());
        let scripts = row.scripts.iter().cloned();
        let scripts: Vec<Script> = scripts.map(|script| script.between(&url, &other.url())).collect();
        let endpoint = endpoint.play(scripts.clone());
        let settings = credentials(settings(&base, row.limit, row.http), &url);
        let ok = || vec![Script::reply(200, "", "{}")];
        Self {
            client: row.way.client(settings, &row, scripts, &endpoint),
            endpoint,
            others: [api.play(ok()), other.play(ok())],
            row,
        }
    }

    async fn run(self) {
        let Self {
            row,
            client,
            endpoint,
            others,
        } = self;
        let name = &row.name;
        let outcome = row.way.call(client.operation(&BY_TOKEN)).await;
        let (text, retryable) = expected(&row);
        let error = outcome.as_ref().expect_err("no token");
        assert!(matches!(error.kind(), ErrorKind::Credential(_)), "{name}: {error:?}");
        let is_timeout = matches!(row.end, End::Timeout | End::ConnectTimeout);
        assert_eq!(
            (error.is_timeout(), error.is_retryable()),
            (is_timeout, retryable),
            "{name}: {error}"
        );
        assert!(error.to_string().contains(&text), "{name}: {error}, not {text}");
        assert_eq!(error.attempts(), 0, "{name}");
        check_secrecy(name, &client, &outcome);
        if row.limit == Limit::None {
            assert!(
                endpoint.sent() < MOST_SENT,
                "{name}: {} octets were taken",
                endpoint.sent()
            );
        }
        let heard = endpoint.heard();
        assert!(heard.len() <= row.heard.min(1), "{name}: {heard:#?}");
        for request in heard {
            let authorization = support::header(&request, "authorization").expect("the secret");
            assert!(
                request.starts_with("POST ") && authorization.starts_with("Basic "),
                "{name}: {request}"
            );
        }
        for other in others {
            assert_eq!((other.accepted(), other.heard().len()), (0, 0), "{name}");
        }
    }
}

async fn run_by(ways: &[Way]) {
    let mut prepared = Vec::new();
    for way in ways {
        for row in faults::all() {
            let Some(row) = row.by(*way) else { continue };
            // the one response that is in order
            if row.name.ends_with("as it should be") {
                continue;
            }
            prepared.push(Prepared::of(row).await);
        }
    }
    let running: Vec<_> = prepared.into_iter().map(|row| tokio::spawn(row.run())).collect();
    for row in running {
        row.await.expect("the row holds");
    }
}

#[tokio::test]
async fn faults_of_token_endpoints() {
    run_by(&[Way::Client, Way::Own, Way::Memory]).await;
}

#[tokio::test]
async fn faults_of_token_endpoints_that_blocking_calls_meet() {
    run_by(&[Way::Blocking]).await;
}

#[tokio::test]
async fn faults_of_token_endpoints_that_services_of_tower_meet() {
    run_by(&[Way::Tower]).await;
}

/// Asks for a token as often as these retries permit, and returns how often a connection was made.
async fn asking(tls: Option<Tls>, scripts: Vec<Script>, retries: Retries) -> (Fetched, usize, Log) {
    let (endpoint, api) = (Origin::bind().await.with(tls), Origin::bind().await);
    let settings = credentials(settings(&api.url(), Limit::None, Http::Gzip), &endpoint.url());
    let client = settings.retries(retries).build().expect("client");
    let (endpoint, api) = (endpoint.play(scripts), api.play(vec![Script::reply(200, "", "{}")]));
    let outcome = Way::Client.call(client.operation(&BY_TOKEN)).await;
    (outcome, endpoint.accepted(), api)
}

fn reason(outcome: &Fetched) -> &CredentialError {
    match outcome.as_ref().expect_err("no token").kind() {
        ErrorKind::Credential(error) => error,
        other => panic!("{other:?}"),
    }
}

fn soon() -> Retries {
    Retries::default().base_delay(Duration::from_millis(1))
}

#[tokio::test]
async fn a_token_endpoint_that_is_not_trusted_is_not_asked_again() {
    let tls = Tls::Whole(Arc::new(Identity::expired().serve(&[])));
    let (outcome, asked, api) = asking(Some(tls), vec![Script::reply(200, "", TOKEN)], soon()).await;
    let text = "the TLS handshake with the token endpoint failed: invalid peer certificate: certificate expired";
    assert!(reason(&outcome).to_string().contains(text), "{outcome:?}");
    assert_eq!((asked, api.accepted()), (1, 0));

    let tls = Tls::Whole(Arc::new(Identity::good().serve(&["http/1.1"])));
    let (outcome, asked, api) = asking(Some(tls), vec![Script::reply(200, "", TOKEN)], soon()).await;
    outcome.expect("a response");
    assert_eq!((asked, api.accepted()), (1, 1));
    let authorization = support::header(&api.heard()[0], "authorization");
    assert_eq!(authorization.as_deref(), Some("Bearer canary-token"));
}

/// A token endpoint is asked again no sooner than it says, and not where that is too late.
#[tokio::test]
async fn token_endpoints_that_ask_to_wait() {
    let busy = |status, wait: &str| Script::reply(status, &format!("Retry-After: {wait}\r\n"), "{}");
    let start = Instant::now();
    let scripts = vec![busy(429, "1"), Script::reply(200, "", TOKEN)];
    let (outcome, asked, api) = asking(None, scripts, soon()).await;
    outcome.expect("a response");
    assert_eq!((asked, api.accepted()), (2, 1));
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());

    for status in [429, 503] {
        let (outcome, asked, api) = asking(None, vec![busy(status, "3600")], soon()).await;
        let hour = Some(Duration::from_secs(3600));
        assert_eq!(reason(&outcome).retry_after(), hour);
        assert_eq!(outcome.expect_err("busy").retry_after(), hour);
        assert_eq!((asked, api.accepted()), (1, 0));
    }
}

/// A body that has no end costs one request, and what it is part of is named.
#[tokio::test]
async fn long_answers_of_token_endpoints() {
    let long = " ".repeat(64 * 1024) + TOKEN;
    let (outcome, asked, _) = asking(None, vec![Script::reply(200, "", long.clone())], soon()).await;
    let text = "no credential for `oauth`: the response of the token endpoint is longer than 64 KiB";
    assert_eq!((reason(&outcome).to_string().as_str(), asked), (text, 1));
    let (outcome, asked, _) = asking(None, vec![Script::reply(400, "", long)], soon()).await;
    assert_eq!(
        (reason(&outcome).status().map(|status| status.as_u16()), asked),
        (Some(400), 1)
    );
}
