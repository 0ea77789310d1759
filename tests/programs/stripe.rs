//! Stripe: a payment, and all charges of it.

use envoi_runtime::http::Method;
use envoi_runtime::{Error, InMemory};

use crate::clients::stripe::apis::payments::GetChargesError;
use crate::clients::stripe::{Client, models};
use crate::reply;

/// What the customer's browser needs to confirm a payment.
async fn begin_payment(client: &Client, order: &str) -> Result<Option<String>, Box<dyn std::error::Error>> {
    let payment = models::PostPaymentIntentsRequest::new(2000, "usd")
        .automatic_payment_methods(models::PostPaymentIntentsRequestAutomaticPaymentMethods::new(true))
        .metadata([("order", order)]);
    let intent = client
        .payments()
        .post_intents(&payment)
        .with_idempotency_key(order)
        .await?;
    Ok(intent
        .client_secret
        .into_option()
        .map(|secret| secret.expose().to_owned()))
}

/// What was paid, in the smallest unit of the currency.
async fn paid(client: &Client) -> Result<i64, Error<GetChargesError>> {
    let mut sum = 0;
    let mut charges = client.payments().get_charges().limit(2).items();
    while let Some(charge) = charges.next().await {
        let charge = charge?;
        if charge.paid {
            sum += charge.amount;
        }
    }
    Ok(sum)
}

fn server() -> InMemory {
    InMemory::new(|request| {
        let charge = |id: &str, amount: i64, paid: bool| {
            format!(r#"{{"id":"{id}","object":"charge","amount":{amount},"paid":{paid},"refunded":false}}"#)
        };
        let list = |charges: &[String], more: bool| {
            let charges = charges.join(",");
            let page = format!(r#"{{"object":"list","url":"/v1/charges","has_more":{more},"data":[{charges}]}}"#);
            reply("application/json", page)
        };
        match (request.method(), request.uri().query()) {
            (&Method::POST, _) => reply(
                "application/json",
                r#"{"id":"pi_1","object":"payment_intent","amount":2000,"currency":"usd","customer":null,
                    "client_secret":"pi_1_secret_2","livemode":false,"status":"requires_payment_method"}"#,
            ),
            (_, Some("limit=2")) => list(&[charge("ch_3", 100, true), charge("ch_2", 50, false)], true),
            (_, Some("limit=2&starting_after=ch_2")) => list(&[charge("ch_1", 7, true)], false),
            other => panic!("{other:?}"),
        }
    })
}

#[tokio::test]
async fn a_payment_and_its_charges() {
    let server = server();
    let client = Client::builder()
        .bearer_auth("sk_test_123456")
        .transport(server.clone());
    let client = client.build().expect("a client");
    let secret = begin_payment(&client, "6735").await.expect("an intent");
    assert_eq!(secret.as_deref(), Some("pi_1_secret_2"));
    let sent = &server.requests()[0];
    assert_eq!(
        sent.body(),
        "amount=2000&currency=usd&automatic_payment_methods%5Benabled%5D=true&metadata%5Border%5D=6735"
    );
    assert_eq!(sent.headers()["idempotency-key"], "6735");
    assert_eq!(paid(&client).await.expect("charges"), 107);
}
