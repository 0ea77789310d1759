//! Statuses that ask to wait, to try again, or come before the request has been sent.

use std::time::{Duration, SystemTime};

use super::origin::{Origin, Script, Step};
use super::{End, Row, client, fetch, run_all};

#[tokio::test]
async fn once_and_no_more() {
    let mut rows = Vec::new();
    for status in [401, 403, 405, 407, 409, 413, 417, 421, 425, 426, 501] {
        for method in ["GET", "POST"] {
            let headers = "WWW-Authenticate: Basic realm=canary/41\r\nProxy-Authenticate: Basic\r\n";
            let row = Row::new(
                format!("{method} {status}"),
                Script::reply(status, headers, ""),
                End::Status(status),
            );
            rows.push(row.sending(method, 1));
        }
    }
    // the answer comes while most of the body is still to be sent
    let early = Script::reply(413, "", "{}").early().then(Step::Hang);
    rows.push(Row::new("413 before the end", early, End::Status(413)).sending("PUT", 32 << 20));
    run_all(rows).await;
}

#[tokio::test]
async fn retry_after() {
    let in_an_hour = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3600));
    let table = [
        ("1".to_owned(), Some(1..=1)),
        ("000000000000000000000000001".to_owned(), Some(1..=1)),
        (in_an_hour, Some(3500..=3600)),
        ("Sun Nov  6 08:49:37 1994".to_owned(), Some(0..=0)),
        ("Sunday, 06-Nov-94 08:49:37 GMT".to_owned(), Some(0..=0)),
        (
            "Fri, 31 Dec 9999 23:59:59 GMT".to_owned(),
            Some(100_000_000_000..=u64::MAX),
        ),
        ("1000000000000".to_owned(), Some(1_000_000_000_000..=1_000_000_000_000)),
        ("18446744073709551615".to_owned(), Some(u64::MAX..=u64::MAX)),
        ("18446744073709551616".to_owned(), Some(u64::MAX..=u64::MAX)),
        ("9".repeat(10_000), Some(u64::MAX..=u64::MAX)),
        ("-1".to_owned(), None),
        ("1e3".to_owned(), None),
        ("0x10".to_owned(), None),
        ("1, 2".to_owned(), None),
        ("1s".to_owned(), None),
        ("١".to_owned(), None),
        ("Fri, 99 Foo 2026 25:61:61 GMT".to_owned(), None),
        (String::new(), None),
    ];
    for (value, expected) in table {
        let a = Origin::bind().await;
        let client = client(&a.url());
        a.play(vec![Script::reply(429, &format!("Retry-After: {value}\r\n"), "{}")]);
        // not idempotent, so that nothing waits
        let error = fetch(&client, "POST", 1).await.expect_err("429");
        let found = error.retry_after().map(|wait| wait.as_secs());
        match (found, expected) {
            (None, None) => {}
            (Some(found), Some(expected)) if expected.contains(&found) => {}
            (found, expected) => panic!("{value}: {found:?}, not {expected:?}"),
        }
    }
}
