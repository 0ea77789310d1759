//! Parameters that several operations have, each described alike: one setter, and a trait to write code for all of them.

use crate::fixtures::shared_parameters::Request;
use crate::fixtures::shared_parameters::apis::books::ListBooks;
use crate::fixtures::shared_parameters::parameters::{self, Limit};
use crate::server::{NO_CONTENT, call, client};

/// What a program writes once, for whatever has the parameter.
fn few<Op: Limit>(request: Request<Op>) -> Request<Op> {
    request.limit(2)
}

#[tokio::test]
async fn code_for_all_that_have_a_parameter() {
    let (received, _) = call(NO_CONTENT, async |url| {
        few(client!(shared_parameters, url).shelves().list()).await
    })
    .await;
    assert_eq!(received.line, "GET /shelves?limit=2");
    let (received, _) = call(NO_CONTENT, async |url| {
        let books = client!(shared_parameters, url).books().list();
        few(books.r#type("novel").vec(["a", "b"]).items(true)).await
    })
    .await;
    assert_eq!(received.line, "GET /books?type=novel&vec=a%7Cb&items=true&limit=2");
}

/// The names are the same, the parameters are not.
#[tokio::test]
async fn parameters_of_an_operation_of_its_own() {
    let (received, _) = call(NO_CONTENT, async |url| {
        let loans = client!(shared_parameters, url).loans().list(true);
        loans.limit(1).r#type(7).vec(["a", "b"]).few("f").await
    })
    .await;
    assert_eq!(received.line, "GET /loans?old=true&limit=1&type=7&few=f");
    assert_eq!(received.header("vec"), Some("a,b"));
}

/// Names of the prelude are not hidden by those of parameters.
#[test]
fn traits_have_names_of_their_own() {
    fn has_vec<Op: parameters::VecParameter>() {}
    has_vec::<ListBooks>();
}
