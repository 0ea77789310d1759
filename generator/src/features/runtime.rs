//! The cargo features of the runtime, which every client has too.

/// The features of the runtime, which every client has too: the name, what turns it on where the runtime is embedded,
/// and what where it is a crate. The first is on by default.
pub(crate) const RUNTIME_FEATURES: [(&str, &[&str], &[&str]); 4] = [
    (
        "reqwest",
        &["dep:reqwest", "dep:tower"],
        &["dep:reqwest", "envoi-runtime/reqwest"],
    ),
    ("blocking", &["tokio/rt"], &["envoi-runtime/blocking"]),
    ("tower", &["dep:tower"], &["envoi-runtime/tower"]),
    ("tracing", &["dep:tracing"], &["envoi-runtime/tracing"]),
];

/// The feature with which all models implement both of serde's traits.
pub(crate) const MODEL_TRAITS: &str = "model-traits";

/// Whether a feature of this name is one of every client.
pub(crate) fn is_runtime_feature(name: &str) -> bool {
    name == "default" || RUNTIME_FEATURES.iter().any(|(known, ..)| *known == name)
}

/// The names of the features that every client has.
pub(crate) fn features_of_every_client() -> Vec<&'static str> {
    let names = RUNTIME_FEATURES.iter().map(|(name, ..)| *name);
    // tags have names of modules until they become features
    names.chain(["model_traits"]).collect()
}
