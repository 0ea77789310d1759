//! Response content -> [`Content`]s: the media types that can be decoded.

use serde_json::Value;

use super::context::Lower;
use super::media_type::Format;
use super::site::Site;
use crate::diagnostic::Code;
use crate::ir::{Content, ContentKind, Framing, Primitive, Slot, Status, Step, TypeRef, media_words};
use crate::parse::Node;

/// One of the media types under `content`.
struct Offer<'d> {
    media_type: &'d str,
    node: Node<'d>,
    schema: Option<Node<'d>>,
    item: Option<Node<'d>>,
    /// Whether its values are more than a text, a number or bytes.
    structured: bool,
    reading: Reading,
}

/// How the values of a media type are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    Json,
    Xml,
    Sequence(Framing),
    Text,
    Bytes,
    /// As text or bytes for want of a decoder: the schema says more than that.
    Undecoded,
}

impl Offer<'_> {
    /// Documents, and `produces` of Swagger 2.0 above all, give errors the media type of the success. What has a schema that
    /// neither text nor bytes have is JSON all the same.
    fn of_error(self) -> Self {
        let reading = match self.reading {
            Reading::Undecoded => Reading::Json,
            Reading::Sequence(_) if self.structured && self.item.is_none() => Reading::Json,
            reading => reading,
        };
        Self { reading, ..self }
    }
}

impl<'d> Lower<'d, '_> {
    /// What a response holds; `error` says that it tells why a call failed.
    pub(super) fn contents(&mut self, site: &Site, status: Status, error: bool, owner: &Node<'d>) -> Vec<Content> {
        let Some(content) = owner.get("content").filter(|_| has_body(status)) else {
            return Vec::new();
        };
        let mut offers: Vec<Offer<'d>> = Vec::new();
        for (media_type, node) in content.members() {
            let offer = self.follow(node).map(|node| self.offer(media_type, &node));
            offers.extend(offer.map(|offer| if error { offer.of_error() } else { offer }));
        }
        let offers = self.decodable(offers, &content);
        let mut contents: Vec<Content> = Vec::new();
        let mut seen: Vec<(Node<'d>, ContentKind)> = Vec::new();
        for offer in &offers {
            let same = |(schema, kind): &&(Node<'d>, ContentKind)| {
                let schemas = offer.item.as_ref().or(offer.schema.as_ref());
                schemas.is_some_and(|other| schema.value == other.value) && reading_of(kind) == offer.reading
            };
            let kind = match seen.iter().find(same) {
                Some((_, kind)) => kind.clone(),
                None if seen.is_empty() => self.kind(offer, site),
                None => {
                    let words = media_words(offer.media_type).to_owned();
                    self.kind(offer, &site.step(Step::Variant(words)))
                }
            };
            let schema = offer.item.clone().or(offer.schema.clone());
            seen.extend(schema.map(|schema| (schema, kind.clone())));
            if let ContentKind::Json(slot) | ContentKind::Xml(slot) = &kind {
                self.keep_examples_of(&offer.node, slot, false);
            }
            contents.push(Content {
                media_type: offer.media_type.to_owned(),
                kind,
            });
        }
        spread(contents)
    }

    fn offer(&mut self, media_type: &'d str, node: &Node<'d>) -> Offer<'d> {
        let schema = node.get("schema");
        let target = schema.clone().and_then(|schema| self.follow(schema));
        let structured = target.as_ref().is_some_and(is_structured);
        let binary = target.is_some_and(|schema| says(&schema, "format", "binary") || says(&schema, "type", "file"));
        let reading = match Format::of(media_type) {
            _ if binary => Reading::Bytes,
            _ if framing(media_type).is_some() => framing(media_type).map_or(Reading::Bytes, Reading::Sequence),
            Format::Json => Reading::Json,
            Format::Xml if !self.is_bare_text(schema.as_ref()) => Reading::Xml,
            Format::Xml if media_type.trim().to_ascii_lowercase().starts_with("text/") => Reading::Text,
            Format::Xml => Reading::Bytes,
            _ if structured => Reading::Undecoded,
            Format::Text => Reading::Text,
            Format::Form | Format::Bytes => Reading::Bytes,
        };
        Offer {
            media_type,
            node: node.clone(),
            schema,
            item: node.get("itemSchema"),
            structured,
            reading,
        }
    }

    /// Leaves out other encodings of a value that is offered as JSON too: asking for them would get what nobody reads.
    /// XML of a schema that is there as JSON is not asked for either, since it tells less.
    fn decodable(&mut self, mut offers: Vec<Offer<'d>>, content: &Node<'d>) -> Vec<Offer<'d>> {
        let json = |schema: &Value| {
            let mut json = offers.iter().filter(|offer| offer.reading == Reading::Json);
            json.any(|offer| offer.schema.as_ref().is_some_and(|own| own.value == schema))
        };
        let twin = |offer: &Offer<'d>| {
            let schema = offer.schema.as_ref();
            offer.reading == Reading::Xml && schema.is_some_and(|schema| json(schema.value))
        };
        let twins: Vec<bool> = offers.iter().map(twin).collect();
        let mut twins = twins.into_iter();
        offers.retain(|_| !twins.next().unwrap_or_default());
        if offers.iter().any(|offer| offer.reading != Reading::Undecoded) {
            let (kept, others): (Vec<_>, Vec<_>) = offers
                .into_iter()
                .partition(|offer| offer.reading != Reading::Undecoded);
            offers = kept;
            let names = |offers: &[Offer<'d>]| {
                let names: Vec<&str> = offers.iter().map(|offer| offer.media_type).collect();
                names.join(", ")
            };
            if !others.is_empty() {
                let message = format!(
                    "only `{}` is requested; not requested: {}",
                    names(&offers),
                    names(&others)
                );
                self.diagnostics.report(Code::OtherMediaTypes, &content.at, message);
            }
        }
        offers
    }

    fn kind(&mut self, offer: &Offer<'d>, site: &Site) -> ContentKind {
        match offer.reading {
            Reading::Json => {
                self.refuse_items(offer);
                ContentKind::Json(self.value(offer.schema.clone(), site))
            }
            Reading::Xml => {
                self.refuse_items(offer);
                ContentKind::Xml(self.value(offer.schema.clone(), site))
            }
            Reading::Sequence(framing) => self.sequence(framing, offer, site),
            Reading::Text => {
                self.refuse_items(offer);
                ContentKind::Text
            }
            Reading::Bytes => {
                self.refuse_items(offer);
                ContentKind::Bytes
            }
            Reading::Undecoded => {
                let text = Format::of(offer.media_type) == Format::Text;
                let form = if text { "text" } else { "bytes" };
                let message = format!(
                    "`{}` has no typed decoding; the body is returned as {form}",
                    offer.media_type
                );
                let at = offer.schema.as_ref().map(|schema| &schema.at);
                if let Some(at) = at {
                    self.diagnostics.report(Code::UntypedBody, at, message);
                }
                if text { ContentKind::Text } else { ContentKind::Bytes }
            }
        }
    }

    fn value(&mut self, schema: Option<Node<'d>>, site: &Site) -> Slot {
        schema.map_or_else(Self::any, |schema| self.slot(schema, site))
    }

    /// A sequence of what `itemSchema` says. Before 3.2 documents had no words for it and describe an element, or an
    /// array of them, by `schema`.
    fn sequence(&mut self, framing: Framing, offer: &Offer<'d>, site: &Site) -> ContentKind {
        let events = framing == Framing::Events;
        if let Some(item) = offer.item.clone() {
            return ContentKind::Sequence(framing, self.slot(item, &site.step(Step::Item)));
        }
        let whole = offer.schema.clone().and_then(|schema| self.follow(schema));
        let elements = whole.as_ref().and_then(|schema| schema.get("items"));
        let slot = self.value(elements.clone().or(offer.schema.clone()), &site.step(Step::Item));
        match &slot.ty {
            TypeRef::Any | TypeRef::Primitive(Primitive::String) if events => ContentKind::Events,
            _ if events => ContentKind::Sequence(Framing::EventData, slot),
            TypeRef::Primitive(Primitive::String) if framing == Framing::Lines && elements.is_none() => {
                ContentKind::Sequence(Framing::TextLines, slot)
            }
            _ => ContentKind::Sequence(framing, slot),
        }
    }

    fn refuse_items(&mut self, offer: &Offer<'d>) {
        if let Some(item) = &offer.item {
            let message = format!(
                "`{}` is not decoded item by item; the body is read whole",
                offer.media_type
            );
            self.diagnostics.report(Code::UntypedBody, &item.at, message);
        }
    }
}

/// A text of any media type at all is sent as itself or as JSON, as the framework likes that wrote the range.
fn spread(mut contents: Vec<Content>) -> Vec<Content> {
    if let [only] = contents.as_slice()
        && only.media_type.contains('*')
        && matches!(only.kind, ContentKind::Json(_))
        && only.kind.is_like(&ContentKind::Text)
    {
        let json = Content {
            media_type: "application/json".to_owned(),
            kind: only.kind.clone(),
        };
        contents[0].kind = ContentKind::Text;
        contents.insert(0, json);
    }
    contents
}

/// How a content that was read like this was offered.
fn reading_of(kind: &ContentKind) -> Reading {
    match kind {
        ContentKind::Json(_) => Reading::Json,
        ContentKind::Xml(_) => Reading::Xml,
        ContentKind::Text => Reading::Text,
        ContentKind::Bytes => Reading::Bytes,
        ContentKind::Events | ContentKind::Sequence(Framing::EventData, _) => Reading::Sequence(Framing::Events),
        ContentKind::Sequence(Framing::TextLines, _) => Reading::Sequence(Framing::Lines),
        ContentKind::Sequence(framing, _) => Reading::Sequence(*framing),
    }
}

/// Whether responses with this status can have a body (RFC 9110, section 6.4.1).
fn has_body(status: Status) -> bool {
    !matches!(
        status,
        Status::Code(204 | 205 | 304) | Status::Range(1) | Status::Code(100..=199)
    )
}

/// Whether values of a schema are more than a text, a number or bytes.
fn is_structured(schema: &Node<'_>) -> bool {
    let members = ["properties", "additionalProperties", "items", "allOf", "anyOf", "oneOf"];
    says(schema, "type", "object")
        || says(schema, "type", "array")
        || members.iter().any(|key| schema.value.get(key).is_some())
}

fn says(schema: &Node<'_>, key: &str, word: &str) -> bool {
    schema.value.get(key).is_some_and(|value| value == word)
}

/// How a media type tells one value from the next, if it is one of sequences.
fn framing(media_type: &str) -> Option<Framing> {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    match essence.replace("/x-", "/").as_str() {
        "text/event-stream" => Some(Framing::Events),
        "application/jsonl"
        | "application/jsonlines"
        | "application/json-lines"
        | "application/ndjson"
        | "application/json-stream"
        | "application/stream+json" => Some(Framing::Lines),
        other if other.ends_with("json-seq") => Some(Framing::Records),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::framing;
    use crate::ir::Framing;

    #[test]
    fn framings() {
        let cases = [
            ("text/event-stream; charset=utf-8", Some(Framing::Events)),
            ("Application/X-NDJSON", Some(Framing::Lines)),
            ("application/geo+json-seq", Some(Framing::Records)),
            ("application/json", None),
            ("text/plain", None),
        ];
        for (media_type, expected) in cases {
            assert_eq!(framing(media_type), expected, "{media_type}");
        }
    }
}
