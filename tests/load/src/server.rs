//! The server, in a process of its own: it follows the plan and counts.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONNECTION, CONTENT_TYPE};
use http::{HeaderValue, Request, Response, StatusCode, Version};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::plan::{Deed, Plan, creates};
use crate::{CERTIFICATE, Failure};

/// What the server has counted.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Counts {
    pub requests: u64,
    pub connections: u64,
    /// Items that were created more than once.
    pub twice: u64,
}

struct Server {
    plan: Plan,
    /// By item: how often it was asked for.
    times: Mutex<HashMap<u64, u32>>,
    requests: AtomicU64,
    connections: AtomicU64,
}

/// Serves until its standard input ends, and then says what it has counted.
///
/// # Errors
/// The socket or TLS cannot be set up.
#[tokio::main(flavor = "multi_thread", worker_threads = 1)]
pub async fn serve(plan: Plan, tls: bool) -> Result<(), Failure> {
    let acceptor = tls.then(acceptor).transpose()?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    writeln!(std::io::stdout(), "{}", listener.local_addr()?.port())?;
    let server = Arc::new(Server {
        plan,
        times: Mutex::default(),
        requests: AtomicU64::new(0),
        connections: AtomicU64::new(0),
    });
    let accepting = Arc::clone(&server);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // what comes is answered at once, whatever size it has
            let _ = stream.set_nodelay(true);
            let (server, acceptor) = (Arc::clone(&accepting), acceptor.clone());
            server.connections.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(async move {
                match acceptor {
                    None => server.connection(stream).await,
                    Some(acceptor) => {
                        if let Ok(stream) = acceptor.accept(stream).await {
                            server.connection(stream).await;
                        }
                    }
                }
            });
        }
    });
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    writeln!(std::io::stdout(), "{}", serde_json::to_string(&server.counts())?)?;
    Ok(())
}

fn acceptor() -> Result<TlsAcceptor, Failure> {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE)?;
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("../localhost.key"))?;
    // named, since a build with other packages may hold more than one
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

impl Server {
    fn counts(&self) -> Counts {
        let times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let twice = times
            .iter()
            .filter(|(item, times)| creates(**item) && **times > 1)
            .count();
        Counts {
            requests: self.requests.load(Ordering::Relaxed),
            connections: self.connections.load(Ordering::Relaxed),
            twice: twice as u64,
        }
    }

    async fn connection(self: Arc<Self>, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        let service = hyper::service::service_fn(move |request| {
            let server = Arc::clone(&self);
            async move { server.answer(request).await.map_err(std::io::Error::other) }
        });
        let connection = auto::Builder::new(TokioExecutor::new());
        // a client may go at any time, and dropping a request is an error to hyper
        let _ = connection.serve_connection(TokioIo::new(stream), service).await;
    }

    async fn answer(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Failure> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let (parts, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let item = match parts.uri.path().strip_prefix("/items/") {
            Some(item) => item.parse()?,
            None => serde_json::from_slice::<Item>(&body)?.id,
        };
        let times = {
            let mut all = self.times.lock().unwrap_or_else(PoisonError::into_inner);
            let times = all.entry(item).or_default();
            *times += 1;
            *times
        };
        let deed = self.plan.deed(item, times);
        match deed {
            Deed::Drop => return Err("dropped".into()),
            Deed::Delay(wait) => tokio::time::sleep(wait).await,
            Deed::Answer | Deed::Close => {}
        }
        let mut response = Response::new(Full::new(match parts.method {
            http::Method::POST => body,
            _ => serde_json::to_vec(&Item {
                id: item,
                text: text(item),
            })?
            .into(),
        }));
        *response.status_mut() = match (parts.headers.contains_key(AUTHORIZATION), creates(item)) {
            (false, _) => StatusCode::UNAUTHORIZED,
            (true, true) => StatusCode::CREATED,
            (true, false) => StatusCode::OK,
        };
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if deed == Deed::Close && parts.version == Version::HTTP_11 {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(response)
    }
}

/// An item, as the server and the calls by hand have it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub id: u64,
    pub text: String,
}

/// What an item says.
pub fn text(item: u64) -> String {
    format!("the text of the item with the number {item}")
}
