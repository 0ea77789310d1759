//! Declared errors that are alike: one definition under several names.

use std::any::TypeId;

use crate::fixtures::declared_errors::apis::owners::ListOwnersError;
use crate::fixtures::declared_errors::apis::pets::{DeletePetError, GetPetError, ListPetsError, PutPetError};
use crate::server::{call, client};

#[test]
fn alike_within_a_module() {
    assert_eq!(TypeId::of::<GetPetError>(), TypeId::of::<ListPetsError>());
    assert_eq!(TypeId::of::<DeletePetError>(), TypeId::of::<ListPetsError>());
    assert_ne!(TypeId::of::<PutPetError>(), TypeId::of::<ListPetsError>());
    assert_ne!(TypeId::of::<ListOwnersError>(), TypeId::of::<ListPetsError>());
}

/// A name is all that a caller sees: errors are decoded and matched under that of their operation.
#[tokio::test]
async fn matched_by_the_name_of_the_operation() {
    let reply = "404 Not Found\r\ncontent-type: application/json\r\n\r\n{\"title\":\"no\"}";
    let (_, result) = call(reply, async |url| {
        client!(declared_errors, url).pets().delete("rex").await
    })
    .await;
    let error = result.expect_err("404");
    assert!(
        matches!(error.api(), Some(DeletePetError::NotFound(problem)) if problem.title.as_deref() == Some("no")),
        "{error:?}"
    );
    let reply = "503 No\r\ncontent-type: application/json\r\n\r\n{}";
    let (_, result) = call(reply, async |url| client!(declared_errors, url).pets().put("rex").await).await;
    let error = result.expect_err("503");
    assert!(matches!(error.api(), Some(PutPetError::ServerError(_))), "{error:?}");
}
