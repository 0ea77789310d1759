//! Invites somebody to a Fastly account, lists the open invitations, and withdraws the new one.
//!
//! ```text
//! FASTLY_API_TOKEN=... cargo run -p invitations --example fastly_invitations
//! ```
//!
//! The calls go to `FASTLY_BASE_URL`, if that is set.

use invitations::fastly::models::{
    Invitation, InvitationCreateData, InvitationDataAttributes, RoleUser,
};
use invitations::fastly::{Client, Error};
use std::env;

/// The whole program; public so that the tests of the project can run it.
#[tokio::main(flavor = "current_thread")]
pub async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder().token(env::var("FASTLY_API_TOKEN")?);
    if let Ok(base_url) = env::var("FASTLY_BASE_URL") {
        builder = builder.base_url(base_url);
    }
    let client = builder.build()?;

    let id = invite(&client, "ada@example.com").await?;
    list(&client).await?;
    withdraw(&client, &id).await?;
    // there is nothing left to withdraw, which is as good
    withdraw(&client, &id).await?;
    Ok(())
}

/// Sends an invitation and returns its id.
async fn invite(client: &Client, email: &str) -> Result<String, Error> {
    let attributes = InvitationDataAttributes::default()
        .email(email)
        .role(RoleUser::Engineer);
    // `type` is filled in
    let data = InvitationCreateData::default().attributes(attributes);
    let body = Invitation::default().data(data);

    let created = client.invitations().create().body(&body).await?;
    let id = created.data.and_then(|data| data.id).unwrap_or_default();
    println!("invited {email} as {id}");
    Ok(id)
}

/// Prints the first page of the open invitations.
async fn list(client: &Client) -> Result<(), Error> {
    let request = client.invitations().list();
    let page = request.page_number(1).page_size(20).await?;
    for invitation in page.data.unwrap_or_default() {
        let attributes = invitation.attributes.unwrap_or_default();
        let email = attributes.email.as_deref().unwrap_or("nobody");
        match attributes.role {
            Some(role) => println!("open: {email} as {role}"),
            None => println!("open: {email}"),
        }
    }
    Ok(())
}

/// Deletes an invitation; it may be gone already.
async fn withdraw(client: &Client, id: &str) -> Result<(), Error> {
    match client.invitations().delete(id).await {
        Ok(()) => println!("withdrew {id}"),
        // the document declares no errors for this operation, so there is the status only
        Err(error) if error.status().is_some_and(|status| status == 404) => {
            println!("{id} is gone");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
