//! The text of an XML document -> its elements. Nothing is expanded but character references and the five entities that
//! XML predefines, and nothing is fetched: a document type is ignored.

use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
use quick_xml::{XmlVersion, escape};

use super::shape::local;

/// How many elements may stand inside each other, as deep as JSON may be.
const DEEPEST: usize = 128;

/// An element, without comments and processing instructions.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Without its prefix.
    pub(super) name: String,
    /// Without prefixes, and without declarations of namespaces.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) nodes: Vec<Content>,
    /// `xsi:nil`.
    pub(super) nil: bool,
}

/// What stands inside an element.
#[derive(Debug)]
pub(super) enum Content {
    Element(Element),
    Text(String),
    Cdata(String),
}

impl Element {
    pub(super) fn elements(&self) -> impl DoubleEndedIterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Content::Element(element) => Some(element),
            Content::Text(_) | Content::Cdata(_) => None,
        })
    }

    pub(super) fn has_elements(&self) -> bool {
        self.elements().next().is_some()
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find_map(|(own, value)| (own == name).then_some(value.as_str()))
    }

    /// The character data. Blanks around elements and around a CDATA section are layout.
    pub(super) fn text(&self) -> String {
        let laid_out = self.nodes.iter().any(|node| !matches!(node, Content::Text(_)));
        let texts = self.nodes.iter().filter_map(|node| match node {
            Content::Text(text) if laid_out && is_blank(text) => None,
            Content::Text(text) | Content::Cdata(text) => Some(text.as_str()),
            Content::Element(_) => None,
        });
        texts.collect()
    }

    /// Continues the text before it, which a reference has interrupted.
    fn push_text(&mut self, text: &str) {
        match self.nodes.last_mut() {
            Some(Content::Text(before)) => before.push_str(text),
            _ => self.nodes.push(Content::Text(text.to_owned())),
        }
    }
}

pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// Error of parsing an XML document.
pub(super) struct Malformed {
    /// The elements that are open there.
    pub(super) path: String,
    pub(super) reason: String,
}

/// Reads a whole document.
pub(super) fn parse(text: &str) -> Result<Element, Malformed> {
    let mut open: Vec<Element> = Vec::new();
    match build(text, &mut open) {
        Ok(root) => Ok(root),
        Err(reason) => Err(Malformed {
            path: path(&open),
            reason,
        }),
    }
}

/// The elements that are open, each with its position among those of its name.
fn path(open: &[Element]) -> String {
    let mut path = String::new();
    let mut parent: Option<&Element> = None;
    for element in open {
        let before = parent.map_or(0, |parent| {
            let twins = parent.elements().filter(|other| other.name == element.name);
            twins.count()
        });
        path.push_str(if path.is_empty() { "" } else { "." });
        path.push_str(&element.name);
        if before > 0 {
            path.push_str(&format!("[{before}]"));
        }
        parent = Some(element);
    }
    path
}

fn build(text: &str, open: &mut Vec<Element>) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut root: Option<Element> = None;
    loop {
        match reader.read_event().map_err(|error| reason(&error))? {
            Event::Decl(declaration) => check_encoding(&declaration)?,
            Event::Start(start) => {
                if root.is_some() {
                    return Err("a second element follows the root element".to_owned());
                }
                if open.len() == DEEPEST {
                    return Err("recursion limit exceeded".to_owned());
                }
                open.push(begun(&start)?);
            }
            Event::End(_) => {
                let Some(element) = open.pop() else { continue };
                match open.last_mut() {
                    Some(parent) => parent.nodes.push(Content::Element(element)),
                    None => root = Some(element),
                }
            }
            Event::Text(text) => add_text(open, &text.xml10_content())?,
            Event::CData(text) => match open.last_mut() {
                Some(element) => element.nodes.push(Content::Cdata(text.xml10_content().into_owned())),
                None => return Err(OUTSIDE.to_owned()),
            },
            Event::GeneralRef(reference) => add_text(open, &resolved(&reference)?)?,
            Event::Eof => break,
            Event::Empty(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    match root {
        Some(root) => Ok(root),
        None if open.is_empty() => Err("there is no root element".to_owned()),
        None => Err("the end of the document is missing (was the body cut off?)".to_owned()),
    }
}

const OUTSIDE: &str = "text stands outside of the outermost element";

fn add_text(open: &mut [Element], text: &str) -> Result<(), String> {
    match open.last_mut() {
        Some(element) => element.push_text(text),
        None if is_blank(text) => {}
        None => return Err(OUTSIDE.to_owned()),
    }
    Ok(())
}

/// What a reference stands for.
fn resolved(reference: &BytesRef<'_>) -> Result<String, String> {
    if let Some(character) = reference.resolve_char_ref().map_err(|error| reason(&error))? {
        return Ok(character.to_string());
    }
    match escape::resolve_xml_entity(reference) {
        Some(text) => Ok(text.to_owned()),
        None => Err(format!("the entity `{}` is not predefined in XML", &**reference)),
    }
}

fn check_encoding(declaration: &BytesDecl<'_>) -> Result<(), String> {
    let Some(encoding) = declaration.encoding() else {
        return Ok(());
    };
    let encoding = encoding.map_err(|error| error.to_string())?;
    let known = ["UTF-8", "UTF8", "US-ASCII", "ASCII"];
    if known.iter().any(|known| encoding.eq_ignore_ascii_case(known)) {
        return Ok(());
    }
    Err(format!("the encoding `{encoding}` is not supported, only UTF-8"))
}

fn begun(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut element = Element {
        name: local(start.name().0).to_owned(),
        ..Element::default()
    };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let name = attribute.key.0;
        if name == "xmlns" || name.starts_with("xmlns:") {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|error| reason(&error))?;
        if name.ends_with(":nil") {
            element.nil = matches!(value.trim(), "true" | "1");
            continue;
        }
        element.attributes.push((local(name).to_owned(), value.into_owned()));
    }
    Ok(element)
}

fn reason(error: &Error) -> String {
    match error {
        Error::Syntax(SyntaxError::UnclosedTag) => format!("{error} (was the body cut off?)"),
        error => error.to_string(),
    }
}
