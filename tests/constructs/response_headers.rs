//! Headers of replies, as the document describes them.

use crate::fixtures::response_headers::apis::client_operations::{AddPet, ListPets, ListPetsError};
use crate::fixtures::response_headers::models::{ListPetsXStateHeader, Order};
use crate::server::{call, client};

const HEADERS: &str = "content-type: application/json\r\nx-rate-limit: 17\r\nx-total: 3\r\nx-exact: true\r\n\
    x-score: 0.5\r\nx-tags: a, b\r\nx-ids: 1,2\r\nx-order: desc\r\nx-state: odd\r\n\
    x-since: 2026-11-21T10:00:00Z\r\nx-day: 2026-11-21\r\nx-range: from=1,to=9\r\nx-meta: {\"page\":4}\r\n\
    x-note: any thing\r\nx-anything: 12\r\nset-cookie: a=1; Path=/, 2";

#[tokio::test]
async fn headers_have_types() {
    let reply = format!("200 OK\r\n{HEADERS}\r\n\r\n[]");
    let list = async |url| client!(response_headers, url).list_pets().send().await.expect("pets");
    let (_, reply) = call(&reply, list).await;
    assert_eq!(reply.header(ListPets::X_RATE_LIMIT), Ok(Some(17)));
    assert_eq!(reply.header(ListPets::X_TOTAL), Ok(3));
    assert_eq!(reply.header(ListPets::X_EXACT), Ok(Some(true)));
    assert_eq!(reply.header(ListPets::X_SCORE), Ok(Some(0.5)));
    assert_eq!(
        reply.header(ListPets::X_TAGS),
        Ok(Some(vec!["a".to_owned(), "b".to_owned()]))
    );
    assert_eq!(reply.header(ListPets::X_IDS), Ok(Some(vec![1, 2])));
    assert_eq!(reply.header(ListPets::X_ORDER), Ok(Some(Order::Desc)));
    let odd = ListPetsXStateHeader::from("odd");
    assert_eq!(reply.header(ListPets::X_STATE), Ok(Some(odd)));
    let since = reply.header(ListPets::X_SINCE).expect("a time").expect("there");
    assert_eq!(since.timestamp(), 1_795_255_200);
    assert!(reply.header(ListPets::X_DAY).is_ok_and(|day| day.is_some()));
    let range = reply.header(ListPets::X_RANGE).expect("an object").expect("there");
    assert_eq!((range.from, range.to), (Some(1), Some(9)));
    let meta = reply.header(ListPets::X_META).expect("an object").expect("there");
    assert_eq!(meta.page, 4);
    assert_eq!(reply.header(ListPets::X_NOTE), Ok(Some("any thing".to_owned())));
    assert_eq!(reply.header(ListPets::X_ANYTHING), Ok(Some("12".to_owned())));
    assert_eq!(
        reply.header(ListPets::SET_COOKIE),
        Ok(Some("a=1; Path=/, 2".to_owned()))
    );
    assert!(reply.header(ListPets::RETRY_AFTER).is_err());
    assert!(reply.body().is_empty());
}

#[tokio::test]
async fn headers_that_are_not_there() {
    let list = async |url| client!(response_headers, url).list_pets().send().await.expect("pets");
    let (_, reply) = call("200 OK\r\ncontent-type: application/json\r\nx-ids: 1,b\r\n\r\n[]", list).await;
    assert_eq!(reply.header(ListPets::X_RATE_LIMIT), Ok(None));
    let error = reply.header(ListPets::X_TOTAL).expect_err("required");
    assert_eq!(error.to_string(), "header x-total: the header is missing");
    let error = reply.header(ListPets::X_IDS).expect_err("no numbers");
    assert_eq!(error.to_string(), "header x-ids: it is not an integer: 1,b");
}

#[tokio::test]
async fn errors_have_headers() {
    let list = async |url| client!(response_headers, url).list_pets().await.expect_err("429");
    let reply = "429 Slow\r\nx-rate-limit: 0\r\nretry-after: 5\r\nx-total: many\r\n\r\n";
    let (_, error) = call(reply, list).await;
    assert_eq!(error.api(), Some(&ListPetsError::TooManyRequests));
    assert_eq!(error.header(ListPets::X_RATE_LIMIT), Some(Ok(Some(0))));
    assert_eq!(error.header(ListPets::RETRY_AFTER), Some(Ok(5)));
    assert_eq!(error.header(ListPets::X_TOTAL_2), Some(Ok(Some("many".to_owned()))));
}

#[tokio::test]
async fn a_reply_without_a_body_has_headers() {
    let add = async |url| client!(response_headers, url).add_pet().send().await.expect("added");
    let (_, reply) = call("201 Created\r\nlocation: /pets/7\r\n\r\n", add).await;
    assert_eq!(reply.header(AddPet::LOCATION), Ok("/pets/7".to_owned()));
    assert_eq!(AddPet::LOCATION.name(), "location");
}
