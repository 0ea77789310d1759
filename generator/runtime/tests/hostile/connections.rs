//! Connections that are used again, and TLS that is none.

use std::time::{Duration, Instant};

use envoi_runtime::ErrorKind;

use super::origin::{Origin, Script, Step};
use super::{CANARY, Http, LONG, Limit, client, client_with, fetch, support};

/// A server that closes between two requests costs no second sending of the request, whatever the method.
#[tokio::test]
async fn closed_between_requests() {
    for method in ["GET", "POST"] {
        for end in [None, Some(Step::Reset)] {
            let a = Origin::bind().await;
            let client = client(&a.url());
            // the reply promises that the connection stays
            let alive = Script::text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: canary=1\r\n\r\n{}");
            let log = a.play(vec![end.into_iter().fold(alive, Script::then)]);
            for _ in 0..5 {
                let outcome = fetch(&client, method, 10).await;
                let broken = |error: &envoi_runtime::Error<_>| matches!(error.kind(), ErrorKind::Transport);
                assert!(outcome.as_ref().err().is_none_or(broken), "{outcome:?}");
            }
            let heard = log.heard();
            assert!(heard.len() <= 5, "{method} was sent twice: {heard:#?}");
            for request in heard {
                assert_eq!(support::header(&request, "cookie"), Some(format!("session={CANARY}")));
            }
        }
    }
}

/// Without TLS on the other side nothing of the request is sent.
#[tokio::test]
async fn https_to_a_server_without_it() {
    let plain = Script::text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").unasked();
    let silent = Script::default().unasked().then(Step::Hang);
    for (script, silent) in [(plain, false), (silent, true)] {
        let a = Origin::bind().await;
        let base = a.url().replace("http:", "https:");
        let settings = client_with(&base, Limit::None, Http::Gzip);
        let limit = if silent { Limit::SHORT } else { LONG };
        let client = settings.connect_timeout(limit).build().expect("client");
        let log = a.play(vec![script]);
        let start = Instant::now();
        let error = fetch(&client, "GET", 0).await.expect_err("no TLS");
        assert!(start.elapsed() < limit + Duration::from_secs(1));
        assert!(error.is_connect() && error.is_timeout() == silent, "{error:?}");
        assert!(log.accepted() == 1 && !format!("{error} {error:?}").contains(CANARY));
    }
}
