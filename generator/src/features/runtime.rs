//! The cargo features of the runtime, which every client has too.

/// The features of the runtime, which every client has too: the name, what turns it on where the runtime is embedded,
/// and what where it is a crate.
pub(crate) const RUNTIME_FEATURES: [(&str, &[&str], &[&str]); 11] = [
    (
        "reqwest",
        &["dep:reqwest", "dep:tower"],
        &["dep:reqwest", "envoi-runtime/reqwest"],
    ),
    (
        "rustls",
        &["reqwest", "reqwest/rustls"],
        &["reqwest", "envoi-runtime/rustls"],
    ),
    (
        "rustls-no-provider",
        &["reqwest", "reqwest/rustls-no-provider"],
        &["reqwest", "envoi-runtime/rustls-no-provider"],
    ),
    (
        "native-tls",
        &["reqwest", "reqwest/native-tls"],
        &["reqwest", "envoi-runtime/native-tls"],
    ),
    (
        "http2",
        &["reqwest", "reqwest/http2"],
        &["reqwest", "envoi-runtime/http2"],
    ),
    ("gzip", &["reqwest", "reqwest/gzip"], &["reqwest", "envoi-runtime/gzip"]),
    (
        "brotli",
        &["reqwest", "reqwest/brotli"],
        &["reqwest", "envoi-runtime/brotli"],
    ),
    ("zstd", &["reqwest", "reqwest/zstd"], &["reqwest", "envoi-runtime/zstd"]),
    ("blocking", &["tokio/rt"], &["envoi-runtime/blocking"]),
    ("tower", &["dep:tower"], &["envoi-runtime/tower"]),
    ("tracing", &["dep:tracing"], &["envoi-runtime/tracing"]),
];

/// Those that are on by default: an HTTP client, with TLS.
pub(crate) const DEFAULT_FEATURES: [&str; 2] = ["http2", "rustls"];

/// The feature with which all models implement both of serde's traits.
pub(crate) const MODEL_TRAITS: &str = "model-traits";

/// Whether a feature of this name is one of every client.
pub(crate) fn is_runtime_feature(name: &str) -> bool {
    name == "default" || RUNTIME_FEATURES.iter().any(|(known, ..)| *known == name)
}

/// The names of the features that every client has, as names of modules, which those of tags are until they become features.
pub(crate) fn features_of_every_client() -> Vec<String> {
    let names = RUNTIME_FEATURES.iter().map(|(name, ..)| *name);
    names.chain([MODEL_TRAITS]).map(|name| name.replace('-', "_")).collect()
}
