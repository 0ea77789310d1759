//! The examples of the generated crate, run as programs of their own against the servers.

use super::server::{Answer, Server};
use super::{Outcome, server};
use std::env;
use std::process::{Command, Output};
use tokio::task::spawn_blocking;

#[path = "../../generated/examples/clerk_invitations.rs"]
#[rustfmt::skip]
mod clerk_invitations;
#[path = "../../generated/examples/fastly_invitations.rs"]
#[rustfmt::skip]
mod fastly_invitations;
#[path = "../../generated/examples/octopus_invitations.rs"]
#[rustfmt::skip]
mod octopus_invitations;

/// Names the example that this test binary is to be.
const EXAMPLE: &str = "ENVOI_TEST_EXAMPLE";

/// Is the program that the other tests here run; on its own, it has nothing to do.
#[test]
fn program() -> Outcome {
    match env::var(EXAMPLE).as_deref() {
        Ok("fastly") => fastly_invitations::main(),
        Ok("octopus") => octopus_invitations::main(),
        Ok("clerk") => clerk_invitations::main(),
        _ => Ok(()),
    }
}

/// Runs an example in a process of its own.
async fn run(example: &str, variables: &[(&str, &str)]) -> Result<Output, Box<dyn std::error::Error>> {
    let mut command = Command::new(env::current_exe()?);
    command
        .args(["--exact", "examples::program", "--nocapture"])
        .env(EXAMPLE, example)
        .env_remove("no_proxy")
        .env("NO_PROXY", "127.0.0.1")
        .envs(variables.iter().copied());
    Ok(spawn_blocking(move || command.output()).await??)
}

/// The lines that the example printed; it must have come to its end.
fn lines(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{errors}");
    let of_harness = |line: &&str| line.is_empty() || line.starts_with("running ") || line.starts_with("test ");
    let lines = text.lines().filter(|line| !of_harness(line));
    // the harness does not end the line in which it names the test
    lines.map(str::to_owned).collect()
}

#[tokio::test]
async fn fastly_example_invites_lists_and_withdraws() -> Outcome {
    let server = server::fastly::start().await;
    let variables = [
        ("FASTLY_API_TOKEN", server::fastly::KEY),
        ("FASTLY_BASE_URL", server.origin()),
    ];
    let output = run("fastly", &variables).await?;
    let expected = [
        "invited ada@example.com as 7kP8T3JrqSD2ZdijWGxOB1",
        "open: john@example.com as superuser",
        "open: ada@example.com as engineer",
        "withdrew 7kP8T3JrqSD2ZdijWGxOB1",
        "7kP8T3JrqSD2ZdijWGxOB1 is gone",
    ];
    assert_eq!(lines(&output), expected);
    assert_eq!(server.seen().len(), 4);
    Ok(())
}

#[tokio::test]
async fn octopus_example_creates_and_loads_in_both_spaces() -> Outcome {
    let server = server::octopus::start().await;
    let base_url = server.url("/api");
    let variables = [
        ("OCTOPUS_API_KEY", server::octopus::KEY),
        ("OCTOPUS_BASE_URL", &base_url),
    ];
    let output = run("octopus", &variables).await?;
    let expected = [
        "created Invitations-21",
        "loaded Invitations-21 for Teams-1, Teams-7",
        "created Invitations-22 in Spaces-2",
        "loaded Invitations-22 for Teams-7",
        "not found: No invitation has the id Invitations-99.",
    ];
    assert_eq!(lines(&output), expected);
    Ok(())
}

#[tokio::test]
async fn clerk_example_invites_lists_and_revokes() -> Outcome {
    let server = server::clerk::start().await;
    let base_url = server.url("/v1");
    let variables = [("CLERK_SECRET_KEY", server::clerk::KEY), ("CLERK_BASE_URL", &base_url)];
    let output = run("clerk", &variables).await?;
    let expected = [
        "invited ada@example.com as inv_1",
        "refused: The email address is not valid. (duplicate_record)",
        "not valid: The email address is not valid. (email_address is \"no address\")",
        "pending: inv_1 for ada@example.com",
        "inv_1 is revoked",
        "not found: The email address is not valid. (resource_not_found)",
    ];
    assert_eq!(lines(&output), expected);
    Ok(())
}

#[tokio::test]
async fn an_example_with_a_wrong_key_fails_and_does_not_show_it() -> Outcome {
    let server = server::fastly::start().await;
    let variables = [
        ("FASTLY_API_TOKEN", "wrong-key-51c0"),
        ("FASTLY_BASE_URL", server.origin()),
    ];
    let output = run("fastly", &variables).await?;
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    assert!(!output.status.success(), "{text}");
    assert!(text.contains("create-invitation"), "{text}");
    assert!(!text.contains("wrong-key-51c0"), "{text}");
    Ok(())
}

#[tokio::test]
async fn a_key_for_this_machine_does_not_go_to_a_proxy() -> Outcome {
    let server = server::fastly::start().await;
    let proxy = Server::canned(Answer::status(502)).await;
    let variables = [
        ("FASTLY_API_TOKEN", server::fastly::KEY),
        ("FASTLY_BASE_URL", server.origin()),
        ("NO_PROXY", ""),
        ("HTTP_PROXY", proxy.origin()),
        ("http_proxy", proxy.origin()),
    ];
    // whether the call is refused or goes around the proxy is left open
    run("fastly", &variables).await?;
    let leaked = proxy.seen().iter().any(|seen| seen.header("fastly-key").is_some());
    assert!(!leaked, "the key went to the proxy over plain http");
    Ok(())
}
