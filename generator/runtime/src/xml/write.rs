//! The JSON value of a model -> the text of an XML document.

use super::fit;
use super::json::Json;
use super::shape::{Kind, MOST_IDLE, Member, Node, Place, Shape};

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Why a value cannot be written.
type Fault = &'static str;

const NAME: Fault = "has a property name that XML does not permit";
const CHARACTER: Fault = "contains a character that XML does not permit";
const ATTRIBUTE: Fault = "has an object where an attribute is declared";
const CIRCLE: Fault = "contains itself without an element between";

/// The text of a whole document.
pub(super) fn document(value: &Json, node: &Node) -> Result<String, Fault> {
    let mut writer = Writer {
        xml: DECLARATION.to_owned(),
        scope: Vec::new(),
    };
    match (node.place, node.shape.kind()) {
        (Place::None, Kind::Object(..)) => writer.content(value, node.shape, "", 0)?,
        (_, Kind::OneOf(branches)) if node.name.is_empty() => {
            let branch = fit::for_json(value, branches).unwrap_or(node);
            writer.element(value, branch, "value")?;
        }
        _ => writer.element(value, node, "value")?,
    }
    Ok(writer.xml)
}

struct Writer {
    xml: String,
    /// The namespaces that are declared around the place that is written, each with its prefix.
    scope: Vec<(&'static str, &'static str)>,
}

impl Writer {
    /// A value as an element; `name` is what it is called where it has no name of its own.
    fn element(&mut self, value: &Json, node: &Node, name: &str) -> Result<(), Fault> {
        let outer = self.scope.len();
        let name = qualified(node, if node.name.is_empty() { name } else { node.name });
        check_name(&name)?;
        self.xml.push('<');
        self.xml.push_str(&name);
        self.declare(node.namespace, node.prefix)?;
        if *value == Json::Null {
            self.declare(XSI, "xsi")?;
            self.xml.push_str(" xsi:nil=\"true\"/>");
        } else {
            self.attributes(value, node.shape, 0)?;
            self.xml.push('>');
            let own = name.rsplit(':').next().unwrap_or_default();
            self.content(value, node.shape, own, 0)?;
            self.xml.push_str("</");
            self.xml.push_str(&name);
            self.xml.push('>');
        }
        self.scope.truncate(outer);
        Ok(())
    }

    /// Declares a namespace, unless an element around this one has done so.
    fn declare(&mut self, namespace: &'static str, prefix: &'static str) -> Result<(), Fault> {
        let declared = self.scope.iter().rev().find(|(_, own)| *own == prefix);
        if namespace.is_empty() || declared.is_some_and(|(own, _)| *own == namespace) {
            return Ok(());
        }
        self.scope.push((namespace, prefix));
        let name = if prefix.is_empty() {
            "xmlns".to_owned()
        } else {
            format!("xmlns:{prefix}")
        };
        self.attribute(&name, namespace)
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        check_name(name)?;
        self.xml.push(' ');
        self.xml.push_str(name);
        self.xml.push_str("=\"");
        self.text(value, true)?;
        self.xml.push('"');
        Ok(())
    }

    /// The attributes that the members of an object are. One that is `null` is left out.
    fn attributes(&mut self, value: &Json, shape: Shape, idle: u8) -> Result<(), Fault> {
        if idle > MOST_IDLE {
            return Err(CIRCLE);
        }
        match shape.kind() {
            Kind::Object(members, _) => {
                for member in members {
                    let node = &member.node;
                    match (value.get(member.property), node.place) {
                        (None | Some(Json::Null), _) => {}
                        (Some(value), Place::Attribute) => {
                            // Without a prefix an attribute has no namespace.
                            if !node.prefix.is_empty() {
                                self.declare(node.namespace, node.prefix)?;
                            }
                            self.attribute(&qualified(node, node.name), &in_attribute(value)?)?;
                        }
                        (Some(value), Place::None) => self.attributes(value, node.shape, idle + 1)?,
                        (Some(_), Place::Element | Place::Text | Place::Cdata) => {}
                    }
                }
                Ok(())
            }
            Kind::OneOf(branches) => match fit::for_json(value, branches) {
                Some(branch) => self.attributes(value, branch.shape, idle + 1),
                None => Ok(()),
            },
            Kind::Any => {
                let Json::Object(members) = value else { return Ok(()) };
                for (name, value) in members {
                    if let Some(name) = name.strip_prefix('@') {
                        self.attribute(name, &in_attribute(value)?)?;
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// What stands inside an element that is called `name`.
    fn content(&mut self, value: &Json, shape: Shape, name: &str, idle: u8) -> Result<(), Fault> {
        if idle > MOST_IDLE {
            return Err(CIRCLE);
        }
        match (shape.kind(), value) {
            (Kind::Object(members, others), Json::Object(values)) => self.object(values, members, others, idle),
            (Kind::List(item), Json::Array(items)) => {
                for value in items {
                    self.node(value, item, name, idle)?;
                }
                Ok(())
            }
            (Kind::Tuple(places), Json::Array(items)) => {
                for (value, place) in items.iter().zip(places) {
                    self.node(value, place, name, idle)?;
                }
                Ok(())
            }
            (Kind::OneOf(branches), _) => {
                let shape = fit::for_json(value, branches).map_or(Shape::ANY, |branch| branch.shape);
                self.content(value, shape, name, idle + 1)
            }
            _ => self.any(value, name),
        }
    }

    fn object(
        &mut self,
        values: &[(String, Json)],
        members: &[Member],
        others: Option<&Node>,
        idle: u8,
    ) -> Result<(), Fault> {
        let any = Node::element("", Shape::ANY);
        for member in members {
            if let Some((_, value)) = values.iter().find(|(name, _)| name == member.property) {
                self.node(value, &member.node, member.property, idle)?;
            }
        }
        for (name, value) in values {
            if !members.iter().any(|member| member.property == name) {
                self.node(value, others.unwrap_or(&any), name, idle)?;
            }
        }
        Ok(())
    }

    /// A value as the node that it is.
    fn node(&mut self, value: &Json, node: &Node, name: &str, idle: u8) -> Result<(), Fault> {
        match (node.place, value) {
            (Place::Element, Json::Array(items)) if matches!(node.shape.kind(), Kind::Any) => {
                items.iter().try_for_each(|item| self.element(item, node, name))
            }
            (Place::Element, _) => self.element(value, node, name),
            (Place::Attribute, _) | (Place::None, Json::Null) => Ok(()),
            (Place::Text, _) => self.text(&in_attribute(value)?, false),
            (Place::Cdata, _) => self.cdata(&in_attribute(value)?),
            (Place::None, _) => {
                let name = if node.name.is_empty() { name } else { node.name };
                self.content(value, node.shape, name, idle + 1)
            }
        }
    }

    /// A value that no schema describes: members and items are elements.
    fn any(&mut self, value: &Json, name: &str) -> Result<(), Fault> {
        let any = Node::element("", Shape::ANY);
        match value {
            Json::Object(members) => {
                for (name, value) in members.iter().filter(|(name, _)| !name.starts_with('@')) {
                    match value {
                        Json::String(text) if name == "#text" => self.text(text, false)?,
                        _ => self.node(value, &any, name, 0)?,
                    }
                }
                Ok(())
            }
            Json::Array(items) => {
                for item in items {
                    self.element(item, &any, name)?;
                }
                Ok(())
            }
            scalar => self.text(scalar.text().unwrap_or_default(), false),
        }
    }

    /// Character data, or the value of an attribute, in which blanks other than spaces would become spaces.
    fn text(&mut self, text: &str, attribute: bool) -> Result<(), Fault> {
        for character in text.chars() {
            match character {
                '&' => self.xml.push_str("&amp;"),
                '<' => self.xml.push_str("&lt;"),
                '>' => self.xml.push_str("&gt;"),
                '"' if attribute => self.xml.push_str("&quot;"),
                '\n' if attribute => self.xml.push_str("&#10;"),
                '\t' if attribute => self.xml.push_str("&#9;"),
                '\r' => self.xml.push_str("&#13;"),
                other => self.xml.push(permitted(other)?),
            }
        }
        Ok(())
    }

    fn cdata(&mut self, text: &str) -> Result<(), Fault> {
        self.xml.push_str("<![CDATA[");
        // what would end the section begins another one
        for character in text.replace("]]>", "]]]]><![CDATA[>").chars() {
            self.xml.push(permitted(character)?);
        }
        self.xml.push_str("]]>");
        Ok(())
    }
}

/// A scalar as text, and a list of them with spaces between.
fn in_attribute(value: &Json) -> Result<String, Fault> {
    match value {
        Json::Array(items) => {
            let texts = items.iter().map(|item| item.text().ok_or(ATTRIBUTE));
            Ok(texts.collect::<Result<Vec<_>, _>>()?.join(" "))
        }
        scalar => scalar.text().map(str::to_owned).ok_or(ATTRIBUTE),
    }
}

fn qualified(node: &Node, name: &str) -> String {
    if node.prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{}:{name}", node.prefix)
    }
}

/// XML 1.0, section 2.3, as far as it keeps a name apart from what is around it.
fn check_name(name: &str) -> Result<(), Fault> {
    let begins = |first: char| first.is_alphabetic() || first == '_';
    let continues = |next: char| next.is_alphanumeric() || "_-.:".contains(next) || next == '\u{b7}';
    match name.starts_with(begins) && name.chars().all(continues) {
        true => Ok(()),
        false => Err(NAME),
    }
}

/// XML 1.0, section 2.2.
fn permitted(character: char) -> Result<char, Fault> {
    match character {
        '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'.. => Ok(character),
        _ => Err(CHARACTER),
    }
}
