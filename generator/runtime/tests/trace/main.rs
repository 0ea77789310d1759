//! Spans. They have a process of their own, since what other tests do without a subscriber decides whether spans are made.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use envoi_runtime::{ClientBuilder, Credential, InMemory, OperationInfo, Retries, Scheme, Secret};
use tracing_subscriber::fmt::format::FmtSpan;

static KEY: Scheme = Scheme::api_key_header("key", "X-Api-Key");

/// The secret that must be seen nowhere.
const CANARY: &str = "canary-7f3a";

/// An upload of anything.
const UPLOAD: OperationInfo = OperationInfo {
    security: &[&[&KEY]],
    ..OperationInfo::new("Upload", "PUT", "/file")
};

/// What was traced.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn spans_have_the_names_of_opentelemetry() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let unavailable = InMemory::new(|_| {
        let mut reply = http::Response::new(Bytes::from("no"));
        *reply.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
        reply
    });
    let client = ClientBuilder::new("envoi-test/1", "https://api.example.com/v1")
        .credential(&KEY, Credential::secret(Secret::from(CANARY)))
        .retries(Retries::default().attempts(2).base_delay(Duration::ZERO))
        .transport(unavailable)
        .build()
        .expect("a client");
    let mut request = client.operation(&UPLOAD);
    request.query("secret", CANARY);
    request.body("text/plain", "a jar");
    request.send().await.expect("a reply");
    drop(guard);
    let text = log.text();
    let attempts: Vec<&str> = text.lines().filter(|line| line.contains("attempt{")).collect();
    assert_eq!(attempts.len(), 2, "{text}");
    for part in [
        "otel.name=PUT /file",
        "otel.kind=\"client\"",
        "http.request.method=PUT",
        "http.request.body.size=5",
        "http.response.status_code=503",
        "error.type=503",
        "server.address=\"api.example.com\"",
        "server.port=443",
        "url.template=\"/file\"",
    ] {
        assert!(attempts[0].contains(part), "{part} is not in {}", attempts[0]);
    }
    assert!(!attempts[0].contains("resend_count"), "{}", attempts[0]);
    assert!(attempts[1].contains("http.request.resend_count=1"), "{}", attempts[1]);
    assert!(text.contains("otel.name=\"Upload\""), "{text}");
    assert!(!text.contains(CANARY), "a secret was traced: {text}");
}
