//! What clients read of replies, and what they write of what callers give.

mod begin;
mod wire;

use std::fmt::Debug;

use envoi_runtime::bytes::Bytes;
use envoi_runtime::http::{Request, Response};
use envoi_runtime::read::{self, Read};
use envoi_runtime::xml::{self, Member, Node, Shape};
use envoi_runtime::{
    Client, ClientBuilder, Header, InMemory, Multipart, Operation, Parameter, Part, Redirects, Reply, Retries, write,
};
use futures_util::StreamExt;
use serde_json::Value;

use self::begin::seeds;
use self::wire::{Any, Linked, Wire};
use super::target::{Input, Name, Target};
use super::{mutate, text};
use crate::Result;
use crate::random::Random;

const ORIGIN: &str = "https://api.example.com";

/// One parser of the runtime.
pub struct Runtime {
    target: Name,
    runtime: tokio::runtime::Runtime,
    wire: Wire,
    client: Client,
}

impl Runtime {
    pub fn new(target: Name) -> Result<Self> {
        let wire = Wire::default();
        let client = builder(&wire).build().map_err(|error| error.to_string())?;
        Ok(Self {
            target,
            runtime: tokio::runtime::Builder::new_current_thread().enable_time().build()?,
            wire,
            client,
        })
    }

    /// The reply to a call, whose body is still to be read.
    async fn reply(&self) -> std::result::Result<Reply, String> {
        let mut request = self.client.operation(&Any::INFO);
        request.set(Parameter::path("id"), "1");
        let reply = request.call::<Any>().await;
        reply
            .map(envoi_runtime::Response::into_body)
            .map_err(|error| error.to_string())
    }

    /// What is made of a body does not depend on how it is cut into pieces.
    async fn streams(&self, body: &[u8], random: &mut Random) -> std::result::Result<(), String> {
        let kind = random.below(2);
        let whole = self.elements(vec![Bytes::copy_from_slice(body)], kind).await?;
        let cut = self.elements(pieces(body, random), kind).await?;
        same(&whole, &cut)
    }

    async fn elements(&self, pieces: Vec<Bytes>, kind: usize) -> std::result::Result<Vec<String>, String> {
        self.wire.answer(200, &[], pieces);
        let reply = self.reply().await?;
        let failed = |error: envoi_runtime::DecodeError| error.to_string();
        Ok(match (self.target, kind) {
            (Name::Events, 0) => collect(reply.raw_events().map_err(failed)?).await,
            (Name::Events, _) => collect(reply.events::<Value>().map_err(failed)?).await,
            (_, 0) => collect(reply.json_lines::<Value>().map_err(failed)?).await,
            (_, _) => collect(reply.json_records::<Value>().map_err(failed)?).await,
        })
    }

    /// A credential goes to no other origin than its own.
    async fn links(&self, header: &[u8], random: &mut Random) -> std::result::Result<(), String> {
        self.wire.answer(
            200,
            &[("link", header), ("content-type", b"application/json")],
            vec!["1".into()],
        );
        let mut request = self.client.operation(&Linked::INFO);
        request.header("authorization", "Bearer secret");
        let pages = request.items::<Linked>().max_pages(2 + random.below(2) as u64);
        let _ = pages.collect::<Vec<_>>().await;
        self.judge_origins()
    }

    async fn headers(&self, value: &[u8]) -> std::result::Result<(), String> {
        let names = [
            "x-value",
            "content-type",
            "retry-after",
            "x-request-id",
            "content-encoding",
            "set-cookie",
        ];
        self.wire
            .answer(200, &names.map(|name| (name, value)), vec!["{}".into()]);
        let reply = self.reply().await?;
        let _ = reply.header(Header::<i64>::new("x-value"));
        let _ = reply.header(Header::<Option<bool>>::new("x-value"));
        let _ = reply.header(Header::<Vec<f64>>::new("x-value"));
        let _ = reply.header(Header::<std::collections::BTreeMap<String, String>>::new("x-value"));
        let _ = reply.header(Header::<Value>::json("x-value"));
        let _ = (
            reply.retry_after(),
            reply.request_id(),
            reply.media_type(&["text/plain", "image/*", "a/b"]),
        );
        let _ = (reply.json::<Value>(), reply.text(), format!("{reply:?}"));
        Ok(())
    }

    /// No name, and nothing else that a caller gives, adds a part or a header.
    async fn multipart(&self, input: &[u8], random: &mut Random) -> std::result::Result<(), String> {
        let server = InMemory::new(|_| Response::new(Bytes::new()));
        let client = ClientBuilder::new("fuzz/1", ORIGIN).transport(server.clone()).build();
        let client = client.map_err(|error| error.to_string())?;
        let lines = input.split(|byte| *byte == b'\n');
        let words: Vec<String> = lines.map(|line| String::from_utf8_lossy(line).into_owned()).collect();
        let word = |random: &mut Random| words[random.below(words.len())].clone();
        let count = 1 + random.below(3);
        let mut body = Multipart::new();
        for _ in 0..count {
            let mut part = Part::text(word(random)).file_name(word(random));
            if random.one_in(2) {
                part = part.media_type(word(random));
            }
            if random.one_in(2) {
                part = part.header(word(random), word(random));
            }
            body = body.part(&word(random), part);
        }
        let mut request = client.operation(&Any::INFO);
        request.set(Parameter::path("id"), "1");
        request.multipart("multipart/form-data", &[], body);
        // what is refused is not sent
        let _ = request.call::<Any>().await;
        server
            .requests()
            .iter()
            .try_for_each(|request| judge_parts(request, count))
    }

    /// Whatever a parameter, a base URL and a redirect say, a credential goes to the origin of the base URL alone.
    async fn urls(&self, input: &[u8], random: &mut Random) -> std::result::Result<(), String> {
        self.wire.answer(302, &[("location", input)], Vec::new());
        let text = String::from_utf8_lossy(input);
        let mut request = self.client.operation(&Any::INFO);
        request.set(Parameter::path("id"), &*text);
        request.query("q", &*text);
        request.header("authorization", "Bearer secret");
        request.redirects([Redirects::SameOrigin, Redirects::Anywhere][random.below(2)]);
        let _ = request.call::<Any>().await;
        self.judge_origins()?;
        if let Ok(client) = builder(&self.wire).base_url(&*text).build() {
            let _ = client.operation(&Linked::INFO).call::<Linked>().await;
        }
        Ok(())
    }

    fn judge_origins(&self) -> std::result::Result<(), String> {
        for (uri, key) in &self.wire.lock().sent {
            let is_own = uri.strip_prefix(ORIGIN).is_some_and(|rest| rest.starts_with('/'));
            if key.is_some() && !is_own {
                return Err(format!("a credential was sent to {uri:?}"));
            }
        }
        Ok(())
    }
}

fn judge_parts(request: &Request<Bytes>, count: usize) -> std::result::Result<(), String> {
    let content_type = request
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok());
    let boundary = content_type
        .and_then(|value| value.split_once("boundary="))
        .map(|(_, boundary)| boundary.trim_matches('"'));
    let boundary = boundary.ok_or_else(|| format!("no boundary: {content_type:?}"))?;
    let text = String::from_utf8_lossy(request.body());
    let parts: Vec<&str> = text.split(&format!("--{boundary}")).collect();
    // one before the first, and one after the last
    if parts.len() != count + 2 {
        return Err(format!("{count} parts became {text:?}"));
    }
    for part in &parts[1..=count] {
        let head = part
            .trim_start_matches("\r\n")
            .split("\r\n\r\n")
            .next()
            .unwrap_or_default();
        if head.lines().count() > 3 || head.contains(['\0', '\x7f']) {
            return Err(format!("the head of a part is {head:?}"));
        }
    }
    Ok(())
}

fn builder(wire: &Wire) -> ClientBuilder {
    ClientBuilder::new("fuzz/1", ORIGIN)
        .retries(Retries::none())
        .max_body_bytes(4096)
        .transport(wire.clone())
}

async fn collect<T: Debug, E: ToString>(stream: impl StreamExt<Item = std::result::Result<T, E>>) -> Vec<String> {
    let shown = stream.map(|element| match element {
        Ok(element) => format!("{element:?}"),
        Err(error) => error.to_string(),
    });
    shown.take(1000).collect().await
}

/// A body in pieces.
fn pieces(body: &[u8], random: &mut Random) -> Vec<Bytes> {
    let mut pieces = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(1 + random.below(rest.len().min(20)));
        pieces.push(Bytes::copy_from_slice(piece));
        rest = after;
    }
    pieces
}

fn same(whole: &[String], cut: &[String]) -> std::result::Result<(), String> {
    match whole == cut {
        true => Ok(()),
        false => Err(format!("in one piece it is {whole:?}, and in several {cut:?}")),
    }
}

/// A document that has what documents have: attributes, lists, texts, and what nobody knows.
static NODE: Node = Node::element(
    "a",
    Shape::object(&[Member::element("b", Shape::TEXT), Member::element("c", Shape::ANY)]),
);

fn xml(body: &[u8]) -> std::result::Result<(), String> {
    if let Ok(value) = xml::decode::<Value>(&NODE, body) {
        // what XML has no form for is refused
        let _ = xml::encode(&NODE, &value);
    }
    Ok(())
}

/// What is read of a value is written in a form that is read as the same.
fn values(body: &[u8]) -> std::result::Result<(), String> {
    stays::<envoi_runtime::chrono::DateTime<envoi_runtime::chrono::FixedOffset>>(body)?;
    stays::<envoi_runtime::chrono::NaiveDate>(body)?;
    stays::<envoi_runtime::uuid::Uuid>(body)?;
    stays::<envoi_runtime::Base64>(body)?;
    stays::<envoi_runtime::Base64Url>(body)?;
    stays::<envoi_runtime::IntegerOrString>(body)?;
    stays::<envoi_runtime::NumberOrString>(body)?;
    stays::<Vec<i64>>(body)?;
    stays::<std::collections::BTreeMap<String, f64>>(body)
}

fn stays<T: Read + write::Write + PartialEq>(body: &[u8]) -> std::result::Result<(), String> {
    let Ok(value) = read::deserialize::<_, T>(&mut serde_json::Deserializer::from_slice(body)) else {
        return Ok(());
    };
    let mut text = Vec::new();
    let written = write::serialize(&value, &mut serde_json::Serializer::new(&mut text));
    written.map_err(|error| format!("it is not written: {error}"))?;
    let again = read::deserialize::<_, T>(&mut serde_json::Deserializer::from_slice(&text));
    match again.is_ok_and(|again| again == value) {
        true => Ok(()),
        false => Err(format!("it is written as {:?}", String::from_utf8_lossy(&text))),
    }
}

impl Target for Runtime {
    fn input(&self, random: &mut Random) -> Vec<Input> {
        let (texts, words) = seeds(self.target);
        let mut bytes = texts[random.below(texts.len())].as_bytes().to_vec();
        text::mutate(&mut bytes, words, random);
        if random.one_in(16) {
            bytes.extend(mutate::text(random).bytes());
        }
        vec![Input::new("input", bytes)]
    }

    fn run(&mut self, input: &[Input], random: &mut Random) -> std::result::Result<(), String> {
        let Some(Input { bytes, .. }) = input.first() else {
            return Ok(());
        };
        let this = &*self;
        this.runtime.block_on(async {
            match this.target {
                Name::Events | Name::Elements => this.streams(bytes, random).await,
                Name::Links => this.links(bytes, random).await,
                Name::Headers => this.headers(bytes).await,
                Name::Multipart => this.multipart(bytes, random).await,
                Name::Urls => this.urls(bytes, random).await,
                Name::Xml => xml(bytes),
                _ => values(bytes),
            }
        })
    }
}
