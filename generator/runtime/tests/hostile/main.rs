//! Calls against servers that do what no server should (`Row`), each with the same demands: no panic, back in time, little
//! read, the right kind of error, and no credential at another origin or in a message.

mod bodies;
mod certificates;
mod connections;
mod faults;
mod framing;
mod http2;
mod origin;
mod redirects;
mod slow;
mod statuses;
#[path = "../support/mod.rs"]
mod support;
mod tls;
mod token_endpoint;
mod ways;
mod wire;

use std::time::{Duration, Instant};

use certificates::Tls;
use envoi_runtime::serde_json::Value;
use envoi_runtime::{
    Client, ClientBuilder, Credential, Decode, DecodeError, Decoded, Error, ErrorKind, Operation, OperationInfo, Reply,
    Request, Response, Scheme, Undeclared,
};
use origin::{Log, Origin, Script, with_origins};
use ways::Way;

static KEY: Scheme = Scheme::api_key_header("key", "X-Api-Key");
static QUERY: Scheme = Scheme::api_key_query("query", "api_key");
static COOKIE: Scheme = Scheme::api_key_cookie("cookie", "session");
static BEARER: Scheme = Scheme::bearer("bearer");
const SCHEMES: [&Scheme; 4] = [&KEY, &QUERY, &COOKIE, &BEARER];

const CANARY: &str = "canary/41";

/// What the clients accept of a body.
const MAX_BODY: usize = 1024 * 1024;

/// What a server can get rid of: a body, and what the buffers of the network hold.
const MOST_SENT: usize = MAX_BODY + 16 * 1024 * 1024;

/// More than any call takes that is not about time.
const LONG: Duration = Duration::from_secs(20);

/// 200 with any JSON, or 204 without.
enum Fetch {}

const fn fetching(method: &'static str) -> OperationInfo {
    OperationInfo {
        accept: "application/json",
        security: &[&SCHEMES],
        ..OperationInfo::new("Fetch", method, "/items")
    }
}

impl Operation for Fetch {
    type Output = Value;
    type Decoder = Self;
    type Error = Undeclared;
    const INFO: OperationInfo = fetching("GET");
}

impl Decode<Value> for Fetch {
    fn decode(reply: &Reply) -> Decoded<Value> {
        match reply.status_code() {
            200 => Some(reply.json()),
            204 => Some(reply.empty().map(|()| Value::Null)),
            _ => None,
        }
    }
}

type Fetched = Result<Response<Value>, Error<Undeclared>>;

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// With this JSON.
    Ok(&'static str),
    Timeout,
    /// No connection, for a reason that may pass.
    Connect,
    /// No connection in time.
    ConnectTimeout,
    /// No connection, for a reason that stays and is in the message.
    Tls(&'static str),
    Transport,
    /// TLS fails after its handshake, and the message says why.
    BrokenTls(&'static str),
    TooLarge,
    /// A redirect to this origin, `{a}` or `{b}`, is refused.
    Redirect(&'static str),
    /// The document does not know the status.
    Status(u16),
    /// The body is not what was declared, and the message has this in it.
    Decode(&'static str),
    Empty,
    ContentType,
    Encoding(&'static str),
}

/// The limit that a row is about.
#[derive(Clone, Copy, PartialEq)]
enum Limit {
    None,
    Total,
    Idle,
    Connect,
}

impl Limit {
    const SHORT: Duration = Duration::from_millis(400);
    const LATER: Duration = Duration::from_millis(800);

    fn set(self, builder: ClientBuilder) -> ClientBuilder {
        let builder = builder.timeout(LONG).idle_timeout(LONG).connect_timeout(LONG);
        match self {
            Self::None => builder,
            Self::Total => builder.timeout(Self::SHORT),
            Self::Idle => builder.idle_timeout(Self::SHORT),
            // of those who cannot time connections, the call has an end
            Self::Connect => builder.connect_timeout(Self::SHORT).timeout(Self::LATER),
        }
    }
}

/// One fault: what is played, what is asked, and what is expected.
#[derive(Clone)]
struct Row {
    name: String,
    method: &'static str,
    body: usize,
    limit: Limit,
    http: Http,
    tls: Option<Tls>,
    scripts: Vec<Script>,
    end: End,
    /// Ends of calls that are made in other ways.
    others: Vec<(Way, End)>,
    /// Requests that the server hears.
    heard: usize,
    way: Way,
}

impl Row {
    fn new(name: impl Into<String>, script: Script, end: End) -> Self {
        Self {
            name: name.into(),
            method: "GET",
            body: 0,
            limit: Limit::None,
            http: Http::Gzip,
            tls: None,
            scripts: vec![script],
            end,
            others: Vec::new(),
            heard: 1,
            way: Way::Client,
        }
    }

    /// Of a server of `https`.
    fn tls(self, tls: Tls) -> Self {
        Self { tls: Some(tls), ..self }
    }

    fn http(self, http: Http) -> Self {
        Self { http, ..self }
    }

    /// The server hears no request.
    fn unheard(self) -> Self {
        Self { heard: 0, ..self }
    }

    /// Ends in another way if the call is made in one of these.
    fn except(mut self, ways: &[Way], end: End) -> Self {
        self.others.extend(ways.iter().map(|way| (*way, end)));
        self
    }

    /// The same row for calls that are made in this way; `None` if the fault cannot happen there.
    fn by(self, way: Way) -> Option<Self> {
        let is_whole = self.tls.is_none() && self.scripts.iter().all(|script| script.response().is_some());
        let fits = way != Way::Memory || is_whole;
        let other = self.others.iter().find(|(other, _)| *other == way);
        let end = other.map_or(self.end, |(_, end)| *end);
        let name = format!("{way:?}, {}", self.name);
        fits.then_some(Self { way, end, name, ..self })
    }

    fn limit(self, limit: Limit) -> Self {
        Self { limit, ..self }
    }

    /// Asks with this method and a body of this length.
    fn sending(self, method: &'static str, body: usize) -> Self {
        Self { method, body, ..self }
    }

    async fn run(self) {
        self.prepare().await.run().await;
    }

    async fn prepare(self) -> Prepared {
        let (a, b) = (Origin::bind().await.with(self.tls.clone()), Origin::bind().await);
        let urls = [a.url(), b.url()];
        let scripts = self.scripts.iter().cloned();
        let scripts: Vec<Script> = scripts.map(|script| script.between(&urls[0], &urls[1])).collect();
        let a = a.play(scripts.clone());
        let settings = client_with(&urls[0], self.limit, self.http);
        Prepared {
            client: self.way.client(settings, &self, scripts, &a),
            a,
            b: b.play(vec![Script::reply(200, "", "{}")]),
            row: self,
            urls,
        }
    }
}

/// A row with its servers and its client.
struct Prepared {
    row: Row,
    client: Client,
    urls: [String; 2],
    a: Log,
    b: Log,
}

impl Prepared {
    async fn run(self) {
        let Self {
            row,
            client,
            urls,
            a,
            b,
        } = self;
        let start = Instant::now();
        let outcome = row.way.call(request(&client, row.method, row.body)).await;
        let took = start.elapsed();
        if row.limit != Limit::None {
            assert!(took < Limit::SHORT + Duration::from_secs(1), "{}: {took:?}", row.name);
        }
        check_end(&row, &outcome, [&urls[0], &urls[1]]);
        check_secrecy(&row.name, &client, &outcome);
        check_origins(&row, &a, &b);
    }
}

/// Runs the rows at once; a panic in one fails the test.
async fn run_all(rows: Vec<Row>) {
    // the making of clients takes time that the limits of others would count
    let mut prepared = Vec::new();
    for row in rows {
        prepared.push(row.prepare().await);
    }
    let running: Vec<_> = prepared.into_iter().map(|row| tokio::spawn(row.run())).collect();
    for row in running {
        row.await.expect("the row holds");
    }
}

/// Settings of the HTTP client.
#[derive(Clone, Copy, PartialEq)]
enum Http {
    Gzip,
    Plain,
    /// HTTP/2 without asking first.
    Two,
}

impl Http {
    fn set(self, http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        let http = certificates::trusting(http.no_proxy());
        match self {
            Self::Gzip => http.gzip(true),
            Self::Plain => http,
            Self::Two => http.http2_prior_knowledge(),
        }
    }
}

/// The settings of a client without credentials.
fn settings(base: &str, limit: Limit, http: Http) -> ClientBuilder {
    let builder = support::builder(base).http_client(move |plain| http.set(plain));
    limit.set(builder.max_body_bytes(MAX_BODY))
}

fn client_with(base: &str, limit: Limit, http: Http) -> ClientBuilder {
    let add = |builder: ClientBuilder, scheme| builder.credential(scheme, Credential::secret(CANARY));
    SCHEMES.into_iter().fold(settings(base, limit, http), add)
}

fn client(base: &str) -> Client {
    let builder = client_with(base, Limit::None, Http::Gzip);
    builder.build().expect("client")
}

fn request(client: &Client, method: &'static str, body: usize) -> Request {
    let mut request = client.operation(Box::leak(Box::new(fetching(method))));
    if body > 0 {
        request.body("application/octet-stream", vec![b'x'; body]);
    }
    request
}

async fn fetch(client: &Client, method: &'static str, body: usize) -> Fetched {
    request(client, method, body).call::<Fetch>().await
}

fn check_end(row: &Row, outcome: &Fetched, [a, b]: [&str; 2]) {
    let name = &row.name;
    let error = match (outcome, row.end) {
        (Ok(response), End::Ok(expected)) => return assert_eq!(response.body().to_string(), expected, "{name}"),
        (Ok(response), end) => panic!("{name}: {:?}, not {end:?}", response.reply()),
        (Err(error), _) => error,
    };
    let holds = match (error.kind(), row.end) {
        (ErrorKind::Timeout, End::Timeout) => error.is_timeout(),
        (ErrorKind::Transport, End::Transport) => {
            !error.is_timeout() && !error.is_connect() && !error.to_string().contains("TLS")
        }
        (ErrorKind::Transport, End::BrokenTls(part)) => error.to_string().contains(part),
        (ErrorKind::Connect, End::Connect) => !error.is_timeout() && error.is_retryable(),
        (ErrorKind::Connect, End::ConnectTimeout) => error.is_timeout() && error.is_retryable(),
        (ErrorKind::Connect, End::Tls(part)) => {
            !error.is_timeout() && !error.is_retryable() && error.to_string().contains(part)
        }
        (ErrorKind::BodyTooLarge { limit: MAX_BODY }, End::TooLarge) => true,
        (ErrorKind::Redirect { target }, End::Redirect(expected)) => *target == with_origins(expected, a, b),
        (ErrorKind::UndocumentedStatus, End::Status(expected)) => error.status().is_some_and(|found| found == expected),
        (ErrorKind::Decode(DecodeError::Json { .. }), End::Decode(part)) => error.to_string().contains(part),
        (ErrorKind::Decode(DecodeError::Empty), End::Empty) => true,
        (ErrorKind::Decode(DecodeError::ContentType { .. }), End::ContentType) => true,
        (ErrorKind::Decode(DecodeError::ContentEncoding { found }), End::Encoding(expected)) => found == expected,
        _ => false,
    };
    assert!(holds, "{name}: {error:?} {error}, not {:?}", row.end);
    assert!(error.body().is_none_or(|body| body.len() <= MAX_BODY), "{name}");
    assert!(error.to_string().len() < 5000, "{name}: a long message");
}

/// Nothing that can be shown shows a secret.
fn check_secrecy(name: &str, client: &Client, outcome: &Fetched) {
    let mut shown = format!("{client:?}");
    match outcome {
        Ok(response) => shown += &format!("{:?} {:?}", response.reply(), response.headers()),
        Err(error) => {
            shown += &format!("{error} {error:?}");
            let mut source = std::error::Error::source(error);
            while let Some(cause) = source {
                shown += &format!("{cause} {cause:?}");
                source = cause.source();
            }
        }
    }
    assert!(!shown.contains("canary"), "{name}: {shown}");
}

/// The first origin hears what it should and no more; the second hears nothing, no credential least of all.
fn check_origins(row: &Row, a: &Log, b: &Log) {
    let name = &row.name;
    // what has no meaning is passed over, and only the time limits how much
    let most = if row.limit == Limit::None {
        MOST_SENT
    } else {
        usize::MAX
    };
    assert!(a.sent() <= most, "{name}: {} octets were taken", a.sent());
    let heard = a.heard();
    // a busy machine may let the time run out before the request is there
    let least = if row.limit == Limit::None { row.heard } else { 0 };
    assert!((least..=row.heard).contains(&heard.len()), "{name}: {heard:#?}");
    for request in &heard {
        assert_eq!(request.matches(CANARY).count(), 3, "{name}: {request}");
        assert_eq!(support::header(request, "referer"), None, "{name}");
        let cookies = support::header(request, "cookie");
        assert_eq!(
            cookies.as_deref(),
            Some("session=canary/41"),
            "{name}: a cookie was stored"
        );
    }
    assert_eq!((b.heard(), b.accepted()), (Vec::new(), 0), "{name}");
}
