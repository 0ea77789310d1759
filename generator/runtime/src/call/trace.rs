//! Spans around calls and attempts, under the names of OpenTelemetry's conventions for HTTP clients.

use http::{Method, Request, Response};
use tracing::field::{Empty, display};
use tracing::{Instrument, Span};

use super::super::encode::Body;
use super::super::reply::OperationInfo;
use super::super::transport::error::Failure;
use super::super::transport::{Incoming, TransportError};

/// Returns the span of a call: all its attempts and the delays between them.
pub(crate) fn call(info: &OperationInfo, method: &Method) -> Span {
    tracing::info_span!(
        "call",
        otel.name = info.id,
        otel.kind = "internal",
        http.request.method = %method,
        url.template = info.path,
        http.response.status_code = Empty,
        error.type = Empty,
    )
}

/// Returns the span of one attempt. It contains neither the query, which may carry a credential, nor headers.
pub(crate) fn attempt(info: &OperationInfo, request: &Request<Body>, resent: u32) -> Span {
    let uri = request.uri();
    let span = tracing::info_span!(
        "attempt",
        otel.name = %format_args!("{} {}", request.method(), info.path),
        otel.kind = "client",
        http.request.method = %request.method(),
        http.request.resend_count = Empty,
        http.request.body.size = request.body().len(),
        http.response.status_code = Empty,
        server.address = uri.host(),
        server.port = Empty,
        url.scheme = uri.scheme_str(),
        url.template = info.path,
        error.type = Empty,
    );
    if resent > 0 {
        span.record("http.request.resend_count", resent);
    }
    let usual = if uri.scheme_str() == Some("http") { 80 } else { 443 };
    span.record("server.port", uri.port_u16().unwrap_or(usual));
    span
}

/// Runs a part of a call in its span and records its outcome.
pub(crate) async fn within<F>(span: Span, part: F) -> Result<Response<Incoming>, TransportError>
where
    F: Future<Output = Result<Response<Incoming>, TransportError>>,
{
    let outcome = part.instrument(span.clone()).await;
    match &outcome {
        Ok(response) => {
            let status = response.status();
            span.record("http.response.status_code", status.as_u16());
            if status.is_client_error() || status.is_server_error() {
                span.record("error.type", display(status.as_u16()));
            }
        }
        Err(error) => {
            let kind = match &error.kind {
                Failure::Connect | Failure::ConnectTimeout => "connect",
                Failure::Tls(_) => "tls",
                Failure::Timeout | Failure::NotReady => "timeout",
                Failure::Broken | Failure::BrokenTls(_) | Failure::Closed => "broken",
                Failure::Body(_) => "body",
                Failure::Credential(_) => "credential",
            };
            span.record("error.type", kind);
        }
    }
    outcome
}
