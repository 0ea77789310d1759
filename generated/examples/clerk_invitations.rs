//! Invites an address with Clerk, lists the pending invitations, and revokes the new one.
//!
//! ```text
//! CLERK_SECRET_KEY=sk_test_... cargo run -p invitations --example clerk_invitations
//! ```
//!
//! The calls go to `CLERK_BASE_URL`, if that is set.

use invitations::clerk::apis::invitations::{
    CreateInvitationError, RevokeInvitationError,
};
use invitations::clerk::models::{
    ClerkErrors, CreateInvitationRequest, ListInvitationsStatus,
};
use invitations::clerk::{Client, Error};
use std::env;

/// The whole program; public so that the tests of the project can run it.
#[tokio::main(flavor = "current_thread")]
pub async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder().bearer_auth(env::var("CLERK_SECRET_KEY")?);
    if let Ok(base_url) = env::var("CLERK_BASE_URL") {
        builder = builder.base_url(base_url);
    }
    let client = builder.build()?;

    for email in ["ada@example.com", "ada@example.com", "no address"] {
        invite(&client, email).await?;
    }
    for id in list(&client).await? {
        revoke(&client, &id).await?;
    }
    revoke(&client, "inv_unknown").await?;
    Ok(())
}

/// Invites an address without sending an email; prints why if that is refused.
async fn invite(client: &Client, email: &str) -> Result<(), Error<CreateInvitationError>> {
    let body = CreateInvitationRequest::new(email)
        .notify(false)
        .expires_in_days(7);
    match client.invitations().create().body(&body).await {
        Ok(invitation) => println!("invited {email} as {}", invitation.id),
        Err(error) => match error.api() {
            Some(CreateInvitationError::BadRequest(errors)) => explain("refused", errors),
            Some(CreateInvitationError::UnprocessableEntity(errors)) => {
                explain("not valid", errors);
            }
            _ => return Err(error),
        },
    }
    Ok(())
}

/// Prints the pending invitations, and returns their ids.
async fn list(client: &Client) -> Result<Vec<String>, Error> {
    let pending = client
        .invitations()
        .list()
        .status(ListInvitationsStatus::Pending)
        .order_by("+email_address")
        .limit(20)
        .await?;
    for invitation in &pending {
        println!("pending: {} for {}", invitation.id, invitation.email_address);
    }
    Ok(pending.into_iter().map(|invitation| invitation.id).collect())
}

/// Revokes an invitation; prints why if that is refused.
async fn revoke(client: &Client, id: &str) -> Result<(), Error<RevokeInvitationError>> {
    match client.invitations().revoke(id).await {
        Ok(revoked) => println!("{} is {}", revoked.id, revoked.status),
        Err(error) => match error.api() {
            Some(RevokeInvitationError::BadRequest(errors)) => explain("refused", errors),
            Some(RevokeInvitationError::NotFound(errors)) => explain("not found", errors),
            _ => return Err(error),
        },
    }
    Ok(())
}

fn explain(what: &str, errors: &ClerkErrors) {
    for error in &errors.errors {
        println!("{what}: {} ({})", error.long_message, error.code);
    }
}
