//! Programs that the compiler refuses, each beside the one that it takes.

/// Makes two doctests of each pair.
macro_rules! pairs {
    ($($about:literal $name:ident $with:literal takes $taken:literal refuses $refused:literal)+) => {$(
        #[doc = concat!($about, "\n\n```no_run\nuse envoi_evolution::before as api;\n", $with, $taken, "\n}\n```\n")]
        #[doc = concat!("\n```compile_fail\nuse envoi_evolution::before as api;\n", $with, $refused, "\n}\n```\n")]
        pub mod $name {}
    )+};
}

pairs! {
    "A required field is left out"
    left_out
    "fn parcel() -> api::models::Parcel {"
    takes r#"
    api::models::Parcel::new(api::models::ParcelRequired {
        sender: "a".into(), recipient: "b".into(), street: "c".into(), city: "d".into(), country: "e".into(),
    })"#
    refuses r#"
    api::models::Parcel::new(api::models::ParcelRequired {
        sender: "a".into(), recipient: "b".into(), street: "c".into(), city: "d".into(),
    })"#

    "A required field by another name"
    misspelled
    "fn parcel() -> api::models::Parcel {"
    takes r#"
    api::models::Parcel::new(api::models::ParcelRequired {
        sender: "a".into(), recipient: "b".into(), street: "c".into(), city: "d".into(), country: "e".into(),
    })"#
    refuses r#"
    api::models::Parcel::new(api::models::ParcelRequired {
        sender: "a".into(), receiver: "b".into(), street: "c".into(), city: "d".into(), country: "e".into(),
    })"#

    "A literal of a struct that may grow"
    literal
    "fn toy() -> api::models::Toy {"
    takes r#"
    api::models::Toy::new("ball")"#
    refuses r#"
    api::models::Toy { name: "ball".into() }"#

    "An enum value that only a response may have"
    unlisted
    "fn status() -> api::models::Status {"
    takes r#"
    "lost".into()"#
    refuses r#"
    api::models::Status::Unknown("lost".into())"#

    "A parameter of another operation"
    other_parameter
    "fn record(client: &api::Client) {"
    takes r#"
    drop(client.pets().get_record("7").pages(10));"#
    refuses r#"
    drop(client.pets().get("7").pages(10));"#

    "A text where the parameter is a number"
    other_type
    "fn record(client: &api::Client) {"
    takes r#"
    drop(client.pets().get_record("7").pages(10));"#
    refuses r#"
    drop(client.pets().get_record("7").pages("10"));"#
}
