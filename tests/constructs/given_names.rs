//! Names that the document gives with `x-rust-name`, `x-rust-type-name` and `x-enum-varnames`.

use envoi_runtime::serde_json::{self, json};

use crate::fixtures::given_names::models::{CrateLoad, Engine, Kind, Vehicle, VehicleCargo, VehiclePage, VehicleState};
use crate::server::{NO_CONTENT, call, client};

#[test]
fn models_have_them_and_the_wire_has_not() {
    let wire = json!({ "vin_no": "W1", "eng": { "hp": 90 }, "state": 2, "cargo": { "n": 3 } });
    let page: VehiclePage = serde_json::from_value(json!({ "data": [wire] })).expect("a page");
    let [
        Vehicle {
            vin,
            engine,
            state,
            cargo,
            ..
        },
    ] = page.data.as_slice()
    else {
        panic!("{page:?}");
    };
    assert_eq!(vin, "W1");
    assert!(matches!(
        engine,
        Some(Engine {
            horse_power: Some(90),
            ..
        })
    ));
    assert_eq!(state, &Some(VehicleState::Moving));
    assert!(matches!(cargo, Some(VehicleCargo::Crates(CrateLoad { n: 3, .. }))));
}

#[tokio::test]
async fn methods_and_setters_have_them() {
    let (received, _) = call(NO_CONTENT, async |url| {
        client!(given_names, url)
            .vehicles()
            .list()
            .kind(Kind::Bus)
            .limit(2)
            .await
    })
    .await;
    assert_eq!(received.line, "GET /vehicles?filter%5Bkind%5D=bus&page%5Blimit%5D=2");
}
