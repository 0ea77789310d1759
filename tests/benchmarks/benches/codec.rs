//! Decoding and encoding by the types of a generated client, against the same types with serde's derive.

mod by_hand;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use invitations::clerk;
use serde::Serialize;
use serde_json::{Map, Value};

use by_hand::{Invitation, invitations};

#[derive(Debug, Serialize)]
struct New {
    email_address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    public_metadata: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notify: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ignore_existing: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_in_days: Option<u64>,
}

fn decode(criterion: &mut Criterion) {
    let body = invitations(10);
    let mut group = criterion.benchmark_group("decode/invitations");
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("derive", |bencher| {
        bencher.iter(|| serde_json::from_str::<Vec<Invitation>>(black_box(&body)).expect("invitations"));
    });
    group.bench_function("generated", |bencher| {
        bencher.iter(|| serde_json::from_str::<Vec<clerk::models::Invitation>>(black_box(&body)).expect("invitations"));
    });
    group.finish();
}

fn encode(criterion: &mut Criterion) {
    let metadata = Map::from_iter([("team".to_owned(), Value::from("analytics"))]);
    let by_hand = |_| New {
        email_address: "ada@example.com".to_owned(),
        public_metadata: Some(metadata.clone()),
        redirect_url: Some("https://app.example.com/welcome".to_owned()),
        notify: Some(false),
        ignore_existing: None,
        expires_in_days: Some(7),
    };
    let generated = |_| {
        clerk::models::CreateBulkInvitationsRequestItem::new("ada@example.com")
            .public_metadata(metadata.clone())
            .redirect_url("https://app.example.com/welcome".to_owned())
            .notify(false)
            .expires_in_days(7)
    };
    let by_hand: Vec<New> = (0..10).map(by_hand).collect();
    let generated: Vec<_> = (0..10).map(generated).collect();
    let body = serde_json::to_string(&by_hand).expect("JSON");
    assert_eq!(body, serde_json::to_string(&generated).expect("JSON"));
    let mut group = criterion.benchmark_group("encode/invitations");
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("derive", |bencher| {
        bencher.iter(|| serde_json::to_vec(black_box(&by_hand)).expect("JSON"));
    });
    group.bench_function("generated", |bencher| {
        bencher.iter(|| serde_json::to_vec(black_box(&generated)).expect("JSON"));
    });
    group.finish();
}

criterion_group!(benches, decode, encode);
criterion_main!(benches);
