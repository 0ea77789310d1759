//! TLS that must not be trusted, and TLS that breaks.

use std::sync::Arc;
use std::time::Duration;

use envoi_runtime::Retries;

use super::certificates::{Identity, Tls};
use super::origin::{Origin, Script, Step};
use super::{End, Http, Limit, Row, client_with, fetch, http2, run_all};

fn whole(identity: Identity, protocols: &[&str]) -> Tls {
    Tls::Whole(Arc::new(identity.serve(protocols)))
}

fn good(script: Script, end: End) -> Row {
    Row::new("", script, end).tls(whole(Identity::good(), &["http/1.1"]))
}

/// Certificates for which no request may leave, with what the message says about them.
pub(crate) fn certificates() -> Vec<Row> {
    let table = [
        ("an expired certificate", Identity::expired(), "certificate expired"),
        (
            "a certificate of the future",
            Identity::of_the_future(),
            "certificate not valid yet",
        ),
        (
            "a certificate of another host",
            Identity::of_another_host(),
            "certificate not valid for name \"127.0.0.1\"; certificate is only valid for DnsName(\"other.example\")",
        ),
        ("an unknown authority", Identity::of_a_stranger(), "UnknownIssuer"),
        (
            "a certificate that signs itself",
            Identity::self_signed(),
            "UnknownIssuer",
        ),
        ("a forged certificate", Identity::forged(), "BadSignature"),
        (
            "a certificate of a client",
            Identity::of_a_client(),
            "server authentication",
        ),
        ("a revoked certificate", Identity::revoked(), "Revoked"),
    ];
    let row = |(name, identity, reason)| {
        let row = Row::new(name, Script::reply(200, "", "{}"), End::Tls(reason));
        row.tls(whole(identity, &["http/1.1"])).unheard()
    };
    table.into_iter().map(row).collect()
}

/// Handshakes that end early.
pub(crate) fn handshakes() -> Vec<Row> {
    let row = |name, tls, script, end| Row::new(name, script, end).tls(tls).unheard();
    let plain = |bytes: &[u8]| Script::default().unasked().then(Step::Bytes(bytes.to_vec()));
    let none = || Script::reply(200, "", "{}");
    vec![
        row("nothing", Tls::None, plain(b""), End::Connect),
        row(
            "a reset",
            Tls::None,
            Script::default().unasked().then(Step::Reset),
            End::Connect,
        ),
        row(
            "half a handshake",
            Tls::Half(Arc::new(Identity::good().serve(&[]))),
            none(),
            End::Connect,
        ),
        row(
            "HTTP in clear",
            Tls::None,
            plain(b"HTTP/1.1 400 X\r\n\r\n"),
            End::Tls("corrupt message"),
        ),
        row(
            "no common version",
            Tls::None,
            plain(b"\x15\x03\x01\x00\x02\x02\x46"),
            End::Tls("ProtocolVersion"),
        ),
        row(
            "no such host",
            Tls::None,
            plain(b"\x15\x03\x01\x00\x02\x02\x70"),
            End::Tls("UnrecognisedName"),
        ),
        row(
            "no common protocol",
            whole(Identity::good(), &["spdy/3"]),
            none(),
            End::Tls("NoApplicationProtocol"),
        ),
    ]
}

/// What breaks after the handshake.
pub(crate) fn connections() -> Vec<Row> {
    let head = |length: &str| Script::text(format!("HTTP/1.1 200 X\r\n{length}\r\n"));
    let garbage = || Step::Raw(vec![b'x'; 100]);
    let text = |text: &str| Step::Text(text.to_owned());
    let named = |name: &str, row: Row| Row {
        name: name.to_owned(),
        ..row
    };
    vec![
        named("as it should be", good(Script::reply(200, "", "{}"), End::Ok("{}"))),
        named(
            "garbage in place of a response",
            good(Script::default().then(garbage()), End::BrokenTls("corrupt message")),
        ),
        named(
            "garbage in the head",
            good(
                Script::text("HTTP/1.1 200 OK\r\nX-A").then(garbage()),
                End::BrokenTls("corrupt message"),
            ),
        ),
        // the garbage may be there before the head is looked at
        named(
            "garbage in the body",
            good(head("Content-Length: 10\r\n").then(garbage()), End::BrokenTls("")),
        ),
        named(
            "cut off before the head",
            good(Script::default().then(Step::Cut), End::Transport),
        ),
        named(
            "cut off in the body",
            good(
                head("Content-Length: 10\r\n").then(text("{}")).then(Step::Cut),
                End::Transport,
            ),
        ),
        // what ends without a word in TLS may have been cut by anybody
        named(
            "cut off where the body has no length",
            good(head("").then(text("{}")).then(Step::Cut), End::Transport),
        ),
        named(
            "the end of TLS where the body has no length",
            good(head("").then(text("{}")), End::Ok("{}")),
        ),
        named(
            "a client certificate is missing",
            Row::new("", Script::reply(200, "", "{}"), End::BrokenTls("CertificateRequired"))
                .tls(Tls::Whole(Arc::new(Identity::good().serve_the_known())))
                .unheard(),
        ),
    ]
}

/// Nothing is sent to a server that is not who it should be, and the message says why.
#[tokio::test]
async fn certificates_that_are_refused() {
    run_all(certificates()).await;
}

#[tokio::test]
async fn handshakes_that_fail() {
    run_all(handshakes()).await;
}

#[tokio::test]
async fn tls_that_breaks() {
    run_all(connections()).await;
}

/// The faults of HTTP/2 where TLS has agreed on it.
#[tokio::test]
async fn frames_that_are_wrong_within_tls() {
    let secure = |row: Row| row.http(Http::Gzip).tls(whole(Identity::good(), &["h2"]));
    run_all(http2::rows().into_iter().map(secure).collect()).await;
}

/// A certificate stays what it is; a handshake that was cut off may succeed the next time.
#[tokio::test]
async fn what_is_tried_again() {
    let refused = whole(Identity::expired(), &[]);
    let half = Tls::Half(Arc::new(Identity::good().serve(&[])));
    for (tls, attempts) in [(refused, 1), (half, 3)] {
        let a = Origin::bind().await.with(Some(tls));
        let retries = Retries::default().base_delay(Duration::from_millis(1));
        let settings = client_with(&a.url(), Limit::None, Http::Plain);
        let client = settings.retries(retries).build().expect("client");
        let log = a.play(vec![Script::default()]);
        let error = fetch(&client, "POST", 1).await.expect_err("no connection");
        assert_eq!(
            (error.attempts(), log.accepted()),
            (attempts, attempts as usize),
            "{error}"
        );
        assert_eq!(log.heard().len(), 0);
    }
}
