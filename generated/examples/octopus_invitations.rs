//! Makes an invitation to an Octopus Deploy server in the default space and one in a given space,
//! and loads both.
//!
//! ```text
//! OCTOPUS_API_KEY=API-... OCTOPUS_BASE_URL=https://octopus.example.com/api \
//!     cargo run -p invitations --example octopus_invitations
//! ```
//!
//! Without `OCTOPUS_BASE_URL` the calls go to a server on this machine.

use invitations::octopus::apis::invitations::NotFoundError;
use invitations::octopus::models::InvitationResource;
use invitations::octopus::{Client, Error};
use std::env;

/// The whole program; public so that the tests of the project can run it.
#[tokio::main(flavor = "current_thread")]
pub async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder().api_key_header(env::var("OCTOPUS_API_KEY")?);
    if let Ok(base_url) = env::var("OCTOPUS_BASE_URL") {
        builder = builder.base_url(base_url);
    }
    let client = builder.build()?;

    in_default_space(&client).await?;
    in_space(&client, "Spaces-2").await?;
    show(&client, "Invitations-99").await?;
    Ok(())
}

/// Creates an invitation in the default space and loads it.
async fn in_default_space(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let invitation = InvitationResource::new(["Teams-1", "Teams-7"]);
    let created = client
        .invitations()
        .create_response_descriptor_users_invitation_invitation_resource()
        .body(&invitation)
        .await?;
    let id = created.id.unwrap_or_default();
    println!("created {id}");
    show(client, &id).await?;
    Ok(())
}

/// Creates an invitation in a space and loads it.
async fn in_space(client: &Client, space: &str) -> Result<(), Box<dyn std::error::Error>> {
    let invitation = InvitationResource::new(["Teams-7"]);
    let created = client
        .invitations()
        .create_response_descriptor_users_invitation_invitation_resource_spaces(space)
        .body(&invitation)
        .await?;
    let id = created.id.unwrap_or_default();
    println!("created {id} in {space}");

    let loaded = client
        .invitations()
        .load_response_descriptor_users_invitation_invitation_resource_spaces(space, &id)
        .await?;
    println!("loaded {id} for {}", loaded.add_to_team_ids.join(", "));
    Ok(())
}

/// Loads an invitation of the default space, which need not exist.
async fn show(client: &Client, id: &str) -> Result<(), Error<NotFoundError>> {
    let request = client
        .invitations()
        .load_response_descriptor_users_invitation_invitation_resource(id);
    match request.await {
        Ok(loaded) => println!("loaded {id} for {}", loaded.add_to_team_ids.join(", ")),
        Err(error) => match error.api() {
            Some(NotFoundError::NotFound(details)) => {
                let message = details.error_message.as_deref().unwrap_or("no reason");
                println!("not found: {message}");
            }
            _ => return Err(error),
        },
    }
    Ok(())
}
