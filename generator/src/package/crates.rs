//! The crates that generated code, its runtime and its examples may depend on.

/// A crate that generated code may depend on.
pub struct Known {
    /// Its name.
    pub name: &'static str,
    pub(super) version: &'static str,
    pub(super) default_features: bool,
    pub(super) features: &'static [&'static str],
    pub(super) optional: bool,
}

impl Known {
    const fn new(
        name: &'static str,
        version: &'static str,
        default_features: bool,
        features: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            version,
            default_features,
            features,
            optional: false,
        }
    }

    /// It comes with a feature alone.
    const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
}

/// The oldest Rust with which clients and the runtime compile: the first with their edition.
pub(super) const OLDEST_RUST: &str = "1.85";

/// The oldest Rust for bodies of XML: that of quick-xml.
pub(super) const OLDEST_RUST_FOR_XML: &str = "1.86";

/// Every crate that generated code or the runtime in it may depend on.
pub const KNOWN: &[Known] = &[
    Known::new("base64", "0.23", false, &["alloc"]),
    Known::new("bytes", "1", true, &[]),
    Known::new("chrono", "0.4", false, &["serde", "std"]),
    Known::new("futures-core", "0.3", false, &[]),
    Known::new("http", "1", true, &[]),
    Known::new("http-body", "1", true, &[]),
    Known::new("httpdate", "1", true, &[]),
    Known::new("quick-xml", "0.42", true, &[]),
    Known::new("reqwest", "0.13", false, &["system-proxy"]).optional(),
    Known::new("serde", "1", false, &["std"]),
    Known::new("serde_json", "1", true, &["float_roundtrip"]),
    Known::new("tokio", "1", false, &["fs", "sync", "time"]),
    Known::new("tower", "0.5", false, &["timeout"]).optional(),
    Known::new("tracing", "0.1", false, &["std"]).optional(),
    Known::new("url", "2", true, &[]),
    Known::new("uuid", "1", true, &["serde"]),
];

/// What the embedded runtime depends on.
pub const OF_RUNTIME: [&str; 13] = [
    "base64",
    "bytes",
    "futures-core",
    "http",
    "http-body",
    "httpdate",
    "reqwest",
    "serde",
    "serde_json",
    "tokio",
    "tower",
    "tracing",
    "url",
];

/// What examples and tests of a generated crate need beyond that.
pub(super) const OF_EXAMPLES: &[Known] = &[Known::new("tokio", "1", false, &["macros", "rt"])];
