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

mod one_error {
    //! One error type takes the errors of several operations.

    use std::error::Error as _;

    use crate::fixtures::declared_errors::apis::pets::{DeletePetError, PutPetError};
    use crate::fixtures::declared_errors::{AnyError, Client, Error};
    use crate::server::{call, client};

    async fn replace(client: &Client, name: &str) -> Result<(), Error> {
        client.pets().delete(name).await?;
        client.pets().put(name).await?;
        client.request(http::Method::GET, "/about").await?;
        Ok(())
    }

    #[derive(Debug)]
    enum Mine {
        Delete,
        Put,
        Other,
    }

    impl From<Error<DeletePetError>> for Mine {
        fn from(_: Error<DeletePetError>) -> Self {
            Self::Delete
        }
    }

    impl From<Error<PutPetError>> for Mine {
        fn from(_: Error<PutPetError>) -> Self {
            Self::Put
        }
    }

    impl From<Error> for Mine {
        fn from(_: Error) -> Self {
            Self::Other
        }
    }

    async fn replace_mine(client: &Client, name: &str) -> Result<(), Mine> {
        client.pets().delete(name).await?;
        client.pets().put(name).await?;
        replace(client, name).await?;
        Ok(())
    }

    #[tokio::test]
    async fn keeps_the_declared_error() {
        let reply = "404 Not Found\r\ncontent-type: application/json\r\n\r\n{\"title\":\"no\"}";
        let (_, result) = call(reply, async |url| replace(&client!(declared_errors, url), "rex").await).await;
        let error = result.expect_err("404");
        assert_eq!(error.operation(), "deletePet");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
        assert_eq!(error.to_string(), "deletePet: 404 Not Found: {\"title\":\"no\"}");
        let declared = error.source().expect("a declared error");
        assert_eq!(declared.to_string(), "404 Not Found");
        assert!(
            error
                .api()
                .is_some_and(|error| error.downcast_ref::<PutPetError>().is_none())
        );
        let error = error.into_api().expect("a declared error");
        let error: DeletePetError = error.downcast().expect("the error of `deletePet`");
        assert!(matches!(error, DeletePetError::NotFound(problem) if problem.title.as_deref() == Some("no")));
    }

    #[tokio::test]
    async fn converts_into_errors_of_users() {
        let reply = "503 Service Unavailable\r\ncontent-type: application/json\r\n\r\n{}";
        let (_, result) = call(reply, async |url| {
            replace_mine(&client!(declared_errors, url), "rex").await
        })
        .await;
        assert!(matches!(result, Err(Mine::Delete)), "{result:?}");
    }

    #[test]
    fn ranges_have_a_message() {
        let error = AnyError::new(DeletePetError::ServerError(Default::default()));
        assert_eq!(error.to_string(), "status code 5XX");
    }
}
