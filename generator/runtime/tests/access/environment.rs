//! Credentials from environment variables. They are those of a process, so that each case is a process of its own.

use std::ffi::OsStr;
use std::process::Command;

use envoi_runtime::{InMemory, http};

use super::support::builder;
use super::{BASIC, BY_KEY, BY_LOGIN, BY_TOKEN, KEY, OAUTH};

/// What a process with these variables prints.
fn run(variables: &[(&str, &OsStr)]) -> String {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program)
        .args(["environment::shown", "--exact", "--nocapture"])
        .envs(variables.iter().copied())
        .output()
        .expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.split_once("shown: "));
    line.map_or_else(|| text.clone().into_owned(), |(_, shown)| shown.to_owned())
}

/// Builds a client with what the environment has, and prints what its calls send. The other tests run it, each with an
/// environment of its own.
#[tokio::test]
async fn shown() {
    let memory = InMemory::new(|request| match request.uri().path() {
        "/oauth/token" => http::Response::new(r#"{"access_token":"got","token_type":"bearer"}"#.into()),
        _ => http::Response::new("".into()),
    });
    let client = builder("https://api.example.com")
        .transport(memory.clone())
        .credential(&KEY, "set")
        .credentials_from_env(&[
            (&KEY, "ENVOI_TEST_KEY"),
            (&BASIC, "ENVOI_TEST_BASIC"),
            (&OAUTH, "ENVOI_TEST_OAUTH"),
        ])
        .build();
    let client = match client {
        Ok(client) => client,
        Err(error) => return println!("shown: {error}"),
    };
    let mut shown = String::new();
    for info in [&BY_KEY, &BY_LOGIN, &BY_TOKEN] {
        if client.operation(info).send().await.is_err() {
            shown += "- ";
            continue;
        }
        let sent = memory.requests().pop().expect("a request");
        let header = ["x-api-key", "authorization"]
            .iter()
            .find_map(|name| sent.headers().get(*name));
        shown += &format!("{} ", header.expect("a credential").to_str().expect("text"));
    }
    println!("shown: {}", shown.trim());
}

#[test]
fn what_is_set_is_taken() {
    let text = OsStr::new;
    assert_eq!(run(&[]), "set - -");
    assert_eq!(
        run(&[("ENVOI_TEST_KEY", text("k")), ("ENVOI_TEST_OAUTH", text("t"))]),
        "k - Bearer t"
    );
    assert_eq!(run(&[("ENVOI_TEST_KEY", text(""))]), "set - -");
    assert_eq!(run(&[("ENVOI_TEST_BASIC_USER", text("a"))]), "set Basic YTo= -");
    let basic = [
        ("ENVOI_TEST_BASIC_USER", text("a")),
        ("ENVOI_TEST_BASIC_PASSWORD", text("b")),
    ];
    assert_eq!(run(&basic), "set Basic YTpi -");
    let own = [
        ("ENVOI_TEST_OAUTH_CLIENT_ID", text("i")),
        ("ENVOI_TEST_OAUTH_CLIENT_SECRET", text("canary")),
    ];
    assert_eq!(run(&own), "set - Bearer got");
    let half = run(&own[1..]);
    assert_eq!(
        half,
        "environment variable `ENVOI_TEST_OAUTH_CLIENT_SECRET` is set, but `ENVOI_TEST_OAUTH_CLIENT_ID` is not"
    );
}

#[cfg(unix)]
#[test]
fn what_is_not_unicode_is_an_error_that_names_the_variable() {
    use std::os::unix::ffi::OsStrExt;

    let shown = run(&[("ENVOI_TEST_KEY", OsStr::from_bytes(b"canary\xff"))]);
    assert_eq!(shown, "the environment variable `ENVOI_TEST_KEY` is not Unicode");
}
