//! No `Debug` and no `Display` shows a secret, whatever the server does with it.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::fmt::Write;
use std::io;
use std::sync::{Arc, Mutex};

use envoi_runtime::http::header::AUTHORIZATION;
use envoi_runtime::http::{HeaderMap, HeaderValue, Method};
use envoi_runtime::{
    ClientCredentials, Credential, Decode, Decoded, Error, Operation, OperationInfo, Reply, Scheme, Secret, Unsigned,
};

use tracing_subscriber::fmt::format::FmtSpan;

use super::support::{Answer, Server, builder, header};
use super::{BASIC, BEARER, COOKIE, KEY, OAUTH, QUERY, SIGNED};

/// It looks different in URLs and in JSON, and is long enough to be seen in pieces.
const CANARY: &str = "canary/41+\"x\"";

/// The same for places that take no quotes.
const PLAIN: &str = "canary/41+x";

/// 200 and 400 with a map.
enum Echo {}

impl Operation for Echo {
    type Output = BTreeMap<String, String>;
    type Decoder = Self;
    type Error = EchoError;
    const INFO: OperationInfo = OperationInfo::new("Echo", "GET", "/echo");
}

impl Decode<BTreeMap<String, String>> for Echo {
    fn decode(reply: &Reply) -> Decoded<BTreeMap<String, String>> {
        (reply.status_code() == 200).then(|| reply.json())
    }
}

/// What a declared error holds.
#[derive(Debug)]
#[expect(dead_code, reason = "only its `Debug` is looked at")]
struct EchoError(BTreeMap<String, String>);

impl std::fmt::Display for EchoError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("declared")
    }
}

impl std::error::Error for EchoError {}

impl Decode for EchoError {
    fn decode(reply: &Reply) -> Decoded<Self> {
        (reply.status_code() == 400).then(|| reply.json().map(Self))
    }
}

/// What is traced, by whomever.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("log").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Every text in which an error shows itself, its sources among them.
fn show<E: std::error::Error + 'static>(shown: &mut String, error: &Error<E>) {
    write!(shown, "{error}\n{error:?}\n{error:#?}\n").expect("text");
    let mut source = error.source();
    while let Some(error) = source {
        write!(shown, "{error}\n{error:?}\n").expect("text");
        source = error.source();
    }
}

/// A server that sends everything back that it gets, as often as it can.
async fn echo() -> Server {
    Server::echo(|request| {
        let line = request.lines().next().unwrap_or_default();
        let target = line.split(' ').nth(1).unwrap_or_default();
        let found = ["authorization", "x-api-key", "cookie"]
            .iter()
            .filter_map(|name| header(request, name));
        let given: Vec<String> = found.chain(Some(target.to_owned())).collect();
        let sent = request.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        let given = format!("{} {sent}", given.join(" "))
            .trim_end()
            .replace('\\', "\\\\")
            .replace('"', "\\\"");
        let headers = format!(
            "Content-Type: application/json\r\nX-Echo: {}\r\n",
            given.replace("\\\"", "\"")
        );
        let body = format!(r#"{{"message": "{given} is wrong", "{given}": "as a name"}}"#);
        match target.split('?').next().unwrap_or_default() {
            "/token" => Answer::new(
                400,
                &headers,
                format!(r#"{{"error": "{given}", "error_description": "{given}"}}"#),
            ),
            "/oauth/token" => Answer::json(200, &format!(r#"{{"access_token":"{PLAIN}","token_type":"bearer"}}"#)),
            "/redirect" => Answer::new(302, &format!("Location: http://127.0.0.2:1/x?{given}\r\n"), body),
            "/error" => Answer::new(400, &headers, body),
            "/undocumented" => Answer::new(418, &headers, body),
            "/html" => Answer::new(200, &headers.replace("json", "html"), body),
            "/number" => Answer::new(200, &headers, format!(r#"{{"{given}": 3}}"#)),
            _ => Answer::new(200, &headers, body),
        }
    })
    .await
}

/// Every kind of credential, each with a secret.
fn credentials() -> Vec<(&'static Scheme, Credential)> {
    let provider = || async { Ok::<_, std::io::Error>(Secret::from(PLAIN)) };
    let signer = |_: Unsigned| async {
        let value = HeaderValue::try_from(format!("Signature {CANARY}"))?;
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(HeaderMap::from_iter([(AUTHORIZATION, value)]))
    };
    vec![
        (&KEY, CANARY.into()),
        (&QUERY, CANARY.into()),
        (&COOKIE, PLAIN.into()),
        (&BEARER, CANARY.into()),
        (&BASIC, Credential::basic("user", CANARY)),
        (&OAUTH, ClientCredentials::new("id", CANARY).into()),
        (&OAUTH, ClientCredentials::new("id", CANARY).token_url("/token").into()),
        (
            &OAUTH,
            ClientCredentials::new("id", CANARY)
                .token_url("/token")
                .in_body()
                .into(),
        ),
        (&BEARER, Credential::provider(provider)),
        (&SIGNED, Credential::signer(signer)),
    ]
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = echo().await;
    for (scheme, credential) in credentials() {
        let mut shown = format!("{credential:?}");
        let settings = builder(&server.origin)
            .default_header("Proxy-Authorization", PLAIN)
            .credential(scheme, credential.clone());
        write!(shown, "{settings:?}").expect("text");
        let client = settings.build().expect("client");
        write!(shown, "{client:?} {client:#?}").expect("text");
        for path in ["/echo", "/error", "/undocumented", "/html", "/number", "/redirect"] {
            let request = || client.request(Method::GET, path);
            write!(shown, "{:?}", request()).expect("text");
            match request().send().await {
                Ok(reply) => write!(shown, "{reply:?} {:?}", reply.headers()).expect("text"),
                Err(error) => show(&mut shown, &error),
            }
            match request().call::<Echo>().await {
                Ok(response) => write!(shown, "{response:?} {response:#?}").expect("text"),
                Err(error) => show(&mut shown, &error),
            }
        }
        let dead = builder("http://127.0.0.1:1")
            .credential(scheme, credential)
            .build()
            .expect("client");
        show(
            &mut shown,
            &dead.request(Method::GET, "/").send().await.expect_err("nobody there"),
        );
        // a token endpoint that refuses is the only one that says something
        let heard = if shown.contains("the token endpoint answered") {
            "***"
        } else {
            "is wrong"
        };
        assert!(shown.contains(scheme.name()) && shown.contains(heard), "{shown}");
        let traced = std::mem::take(&mut *log.0.lock().expect("log"));
        assert!(!traced.is_empty());
        shown += &String::from_utf8_lossy(&traced);
        for secret in ["canary", "Y2FuYXJ5", "jYW5hcn", "NhbmFye"] {
            let at = shown.find(secret);
            let around = at.map(|at| &shown[shown.floor_char_boundary(at.saturating_sub(300))..]);
            assert!(
                at.is_none(),
                "{}, {secret}: {:.600}",
                scheme.name(),
                around.unwrap_or_default()
            );
        }
    }
}

#[test]
fn nothing_shows_what_cannot_be_built() {
    let secret = "canary\n";
    let settings = [
        builder("https://canary:canary@example.com"),
        builder("https://example.com").origin("https://canary@example.com"),
        builder("https://example.com").trust_origin("https://canary@example.com"),
        builder("https://example.com").credential(&KEY, secret),
        builder("https://example.com").credential(&BEARER, secret),
        builder("https://example.com").credential(&COOKIE, "canary;"),
        builder("https://example.com").credential(&BASIC, Credential::basic("canary:", secret)),
        builder("https://example.com").credential(&SIGNED, secret),
        builder("https://example.com").credential(&KEY, ClientCredentials::new("canary", secret)),
        builder("https://example.com")
            .credential(&OAUTH, ClientCredentials::new("i", "s").token_url("https://canary@a")),
        builder("https://example.com").default_header("X-Key", secret),
    ];
    for settings in settings {
        let shown = format!("{settings:?}");
        let error = settings.build().expect_err("refused");
        let shown = format!("{shown} {error} {error:?}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}
