//! Decodes and encodes each payload by both sides in turns, and prints what it took as lines of JSON.

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// How often both sides have their turn.
const TURNS: usize = 25;
/// How long a turn is at least.
const TURN: Duration = Duration::from_micros(500);

pub fn case<Client, Derived>(name: &str, bytes: &[u8])
where
    Client: DeserializeOwned + Serialize,
    Derived: DeserializeOwned + Serialize,
{
    let client = serde_json::from_slice::<Client>(bytes);
    let derived = serde_json::from_slice::<Derived>(bytes);
    let (client, derived) = match (client, derived) {
        (Ok(client), Ok(derived)) => (client, derived),
        (client, derived) => {
            let said = |error: Option<serde_json::Error>| error.map(|error| error.to_string());
            let line = json!({ "name": name, "client": said(client.err()), "derived": said(derived.err()) });
            println!("{line}");
            return;
        }
    };
    let same = serde_json::to_value(&client).ok() == serde_json::to_value(&derived).ok();
    let decode = turns(
        || drop(black_box(serde_json::from_slice::<Client>(black_box(bytes)))),
        || drop(black_box(serde_json::from_slice::<Derived>(black_box(bytes)))),
    );
    let encode = turns(
        || drop(black_box(serde_json::to_vec(black_box(&client)))),
        || drop(black_box(serde_json::to_vec(black_box(&derived)))),
    );
    let encoded: usize = serde_json::to_vec(&client).map_or(0, |bytes| bytes.len());
    let line: Value = json!({
        "name": name,
        "same": same,
        "bytes": [bytes.len(), encoded],
        "decode": decode,
        "encode": encode,
    });
    println!("{line}");
}

/// The median time of one call on each side, in nanoseconds.
fn turns(mut one: impl FnMut(), mut other: impl FnMut()) -> [f64; 2] {
    let count = calls(&mut one).max(calls(&mut other));
    let mut times = [Vec::new(), Vec::new()];
    for turn in 0..TURNS {
        // Who begins changes, so that neither profits from what the other left behind.
        if turn % 2 == 0 {
            times[0].push(time(&mut one, count));
            times[1].push(time(&mut other, count));
        } else {
            times[1].push(time(&mut other, count));
            times[0].push(time(&mut one, count));
        }
    }
    times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    })
}

/// How many calls fill a turn.
fn calls(call: &mut impl FnMut()) -> u32 {
    let mut count = 1;
    while time(call, count) * f64::from(count) < TURN.as_nanos() as f64 {
        count *= 2;
    }
    count
}

fn time(call: &mut impl FnMut(), count: u32) -> f64 {
    let begin = Instant::now();
    for _ in 0..count {
        call();
    }
    begin.elapsed().as_nanos() as f64 / f64::from(count)
}
