//! Redirects between two origins.

use super::origin::{Script, Step};
use super::{End, Row, run_all};

/// A first reply that leads to another on the same origin.
fn via(first: Script, second: Script) -> Vec<Script> {
    vec![first, second]
}

fn row(name: &str, scripts: Vec<Script>, end: End) -> Row {
    let heard = scripts.len();
    let row = Row::new(name, Script::default(), end);
    Row { scripts, heard, ..row }
}

#[tokio::test]
async fn across_origins() {
    let to_a = || Script::redirect(302, "/next");
    let targets = [
        ("{b}/x?token=canary", End::Redirect("{b}")),
        ("//127.0.0.1:{b-port}/x", End::Redirect("{b}")),
        (
            "http://localhost:{a-port}/x",
            End::Redirect("http://localhost:{a-port}"),
        ),
        (
            "https://127.0.0.1:{a-port}/x",
            End::Redirect("https://127.0.0.1:{a-port}"),
        ),
        ("http://canary@127.0.0.1:{a-port}/x", End::Redirect("{a}")),
        ("http://:canary@127.0.0.1:{a-port}/x", End::Redirect("{a}")),
        ("http://127.0.0.1:{a-port}@127.0.0.1:{b-port}/", End::Redirect("{b}")),
        ("\\\\127.0.0.1:{b-port}\\x", End::Redirect("{b}")),
        ("/\\127.0.0.1:{b-port}/x", End::Redirect("{b}")),
        ("http:\\\\127.0.0.1:{b-port}", End::Redirect("{b}")),
        ("http://0x7f.1:{b-port}/", End::Redirect("{b}")),
        ("http://127.0.0.1/", End::Redirect("http://127.0.0.1")),
        ("file:///etc/passwd", End::Redirect("null")),
        ("data:,x", End::Redirect("null")),
        ("javascript:x()", End::Redirect("null")),
    ];
    let mut rows = Vec::new();
    for (target, end) in targets {
        for status in [301, 302, 303, 307, 308] {
            let there = || Script::redirect(status, target);
            rows.push(row(&format!("{status} {target}"), vec![there()], end));
            rows.push(row(&format!("302, then {status} {target}"), via(to_a(), there()), end));
            let posted = row(&format!("POST {status} {target}"), vec![there()], end);
            rows.push(posted.sending("POST", 100));
        }
    }
    run_all(rows).await;
}

#[tokio::test]
async fn within_one_origin() {
    let done = || Script::reply(200, "", "{}");
    let mut rows = Vec::new();
    for target in [
        "/x",
        "x?y=1",
        "../../../x",
        "//127.0.0.1:{a-port}/x",
        "{a}/x#canary",
        "",
    ] {
        rows.push(row(target, via(Script::redirect(307, target), done()), End::Ok("{}")));
    }
    // what is in a redirect's body or beside it does not matter
    let endless = Script::head(302, "Location: /x\r\n").then(Step::Flood(vec![b'x'; 1000]));
    rows.push(row("a redirect without an end", via(endless, done()), End::Ok("{}")));
    let cookie = Script::reply(302, "Location: /x\r\nSet-Cookie: session=other; Path=/\r\n", "");
    rows.push(row("a redirect with a cookie", via(cookie, done()), End::Ok("{}")));
    let replayed = row("307 of a POST", via(Script::redirect(307, "/x"), done()), End::Ok("{}"));
    rows.push(replayed.sending("POST", 100));
    let moved = row("301 of a POST", vec![Script::redirect(301, "/x")], End::Redirect("{a}"));
    rows.push(moved.sending("POST", 100));
    rows.push(row(
        "a loop",
        vec![Script::redirect(302, "/items"); 6],
        End::Redirect("{a}"),
    ));
    run_all(rows).await;
}

/// What cannot be followed is a reply, and not one of the document.
#[tokio::test]
async fn to_nowhere() {
    let mut rows = Vec::new();
    for location in [
        "http://",
        "http://[::1",
        "http://127.0.0.1:99999/",
        "http://a b/",
        "//",
        "é",
    ] {
        let script = Script::redirect(302, location);
        rows.push(Row::new(format!("to {location}"), script, End::Status(302)));
    }
    rows.push(Row::new("missing", Script::reply(307, "", "{}"), End::Status(307)));
    for status in [300, 304, 305, 306, 399] {
        let script = Script::redirect(status, "{b}/");
        rows.push(Row::new(format!("{status}"), script, End::Status(status)));
    }
    let two = Script::reply(302, "Location: {b}/\r\nLocation: /x\r\n", "");
    rows.push(Row::new("two locations", two, End::Redirect("{b}")));
    let bytes = Script::text("HTTP/1.1 302 X\r\nLocation: {b}/").then(Step::Bytes(b"\xff\xfe\r\n\r\n".to_vec()));
    rows.push(Row::new("not text", bytes, End::Status(302)));
    run_all(rows).await;
}
