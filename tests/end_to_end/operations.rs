//! The generated example of every operation, called: what the documentation shows is what the servers take.

use super::server;
use super::{Outcome, clerk, fastly, octopus};

#[path = "../../generated/examples/clerk.rs"]
#[rustfmt::skip]
#[allow(dead_code, reason = "the tests choose the operations themselves")]
mod clerk_operations;
#[path = "../../generated/examples/fastly.rs"]
#[rustfmt::skip]
#[allow(dead_code, reason = "the tests choose the operations themselves")]
mod fastly_operations;
#[path = "../../generated/examples/octopus.rs"]
#[rustfmt::skip]
#[allow(dead_code, reason = "the tests choose the operations themselves")]
mod octopus_operations;

#[tokio::test]
async fn the_examples_of_fastly_succeed() -> Outcome {
    let server = server::fastly::start().await;
    for name in ["list_invitations", "create_invitation", "delete_invitation"] {
        fastly_operations::run(name, &fastly(&server)).await?;
    }
    assert_eq!(server.statuses(), [200, 200, 204]);
    let lines = [
        "GET /invitations?page%5Bnumber%5D=1&page%5Bsize%5D=20",
        "POST /invitations",
        "DELETE /invitations/3krg2uUGZzb2W9Euo4moOY",
    ];
    assert_eq!(server.lines(), lines);
    Ok(())
}

#[tokio::test]
async fn the_examples_of_octopus_succeed() -> Outcome {
    let server = server::octopus::start().await;
    let own = "response_descriptor_users_invitation_invitation_resource";
    for name in [
        format!("create_{own}"),
        format!("create_{own}_spaces"),
        format!("load_{own}"),
        format!("load_{own}_spaces"),
    ] {
        octopus_operations::run(&name, &octopus(&server)).await?;
    }
    assert_eq!(server.statuses(), [201, 201, 200, 200], "{:?}", server.lines());
    Ok(())
}

#[tokio::test]
async fn the_examples_of_clerk_succeed() -> Outcome {
    for name in ["create_invitation", "create_bulk_invitations"] {
        let server = server::clerk::start().await;
        clerk_operations::run(name, &clerk(&server)).await?;
        assert_eq!(server.statuses(), [200], "{name}");
    }
    let server = server::clerk::start_with(vec![server::clerk::example()]).await;
    for name in ["list_invitations", "revoke_invitation"] {
        clerk_operations::run(name, &clerk(&server)).await?;
    }
    // the list ends with an empty page
    assert_eq!(server.statuses(), [200, 200, 200], "{:?}", server.lines());
    Ok(())
}

#[tokio::test]
async fn an_example_that_is_not_there_is_an_error() {
    let server = server::fastly::start().await;
    assert!(fastly_operations::run("nothing", &fastly(&server)).await.is_err());
}
