//! Writing of a value in the style of its parameter.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::declaration::{Location, Parameter, Style};
use super::escape::{Escape, unescaped};

/// What tells one style from another, as in RFC 6570, section 3.2.1 and appendix A.
pub(super) struct Rule {
    /// Stands before everything.
    prefix: &'static str,
    /// Between exploded items and members.
    separator: &'static str,
    /// Between items and members that are not exploded.
    delimiter: &'static str,
    /// Whether the name of the parameter is written.
    named: bool,
    /// Follows the name where the value is empty.
    empty: &'static str,
    /// How the name is written.
    escape: Escape,
}

impl Rule {
    pub(super) const fn of(parameter: &Parameter) -> Self {
        let separator = match parameter.location {
            Location::Cookie => "; ",
            Location::Path | Location::Query | Location::QueryString | Location::Header | Location::Form => "&",
        };
        let form = Self {
            prefix: "",
            separator,
            delimiter: ",",
            named: true,
            empty: "=",
            escape: Escape::Component,
        };
        match parameter.style {
            Style::Form | Style::DeepObject => form,
            Style::Cookie => Self {
                escape: Escape::WholeCookie,
                ..form
            },
            Style::SpaceDelimited => Self {
                delimiter: "%20",
                ..form
            },
            Style::PipeDelimited => Self {
                delimiter: "%7C",
                ..form
            },
            Style::TabDelimited => Self {
                delimiter: "%09",
                ..form
            },
            Style::Simple => Self {
                separator: ",",
                named: false,
                ..form
            },
            Style::Label => Self {
                prefix: ".",
                separator: ".",
                named: false,
                ..form
            },
            Style::Matrix => Self {
                prefix: ";",
                separator: ";",
                empty: "",
                ..form
            },
        }
    }

    /// A whole parameter whose value is one text.
    pub(super) fn scalar(&self, parameter: &Parameter, text: &str) -> String {
        // few texts need escapes
        let mut out = String::with_capacity(self.prefix.len() + parameter.name.len() + text.len() + 1);
        out.push_str(self.prefix);
        if self.named {
            self.escape.append(parameter.name, &mut out);
            out.push_str(if text.is_empty() { self.empty } else { "=" });
        }
        parameter.escape().append(text, &mut out);
        out
    }

    /// `name=text`, or the text alone; it is encoded already.
    fn whole(&self, name: &str, text: String) -> String {
        if !self.named {
            return text;
        }
        let joint = if text.is_empty() { self.empty } else { "=" };
        format!("{}{joint}{text}", self.escape.text(name))
    }
}

/// The names and texts that a value is written as, without any escapes.
pub(crate) fn pairs(parameter: &Parameter, value: &Value) -> Vec<(String, String)> {
    // whatever separates pairs is escaped inside of them
    let escaping = Parameter {
        allow_reserved: false,
        unescaped: false,
        ..*parameter
    };
    let text = expand(&escaping, value).unwrap_or_default();
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, text)| (unescaped(name), unescaped(text))).collect()
}

/// The value in its style; `None` if there is nothing to write.
pub(super) fn expand(parameter: &Parameter, value: &Value) -> Option<String> {
    let rule = Rule::of(parameter);
    if parameter.style == Style::DeepObject {
        let mut pairs = Vec::new();
        deepen(parameter, Escape::Component.text(parameter.name), value, &mut pairs);
        return (!pairs.is_empty()).then(|| pairs.join(rule.separator));
    }
    let text = match value {
        Value::Null => return None,
        Value::Array(items) => array(parameter, &rule, items)?,
        Value::Object(members) => object(parameter, &rule, members)?,
        scalar => rule.whole(parameter.name, escaped(parameter, scalar)),
    };
    Some(format!("{}{text}", rule.prefix))
}

fn array(parameter: &Parameter, rule: &Rule, items: &[Value]) -> Option<String> {
    if items.is_empty() {
        return None;
    }
    let texts: Vec<String> = items.iter().map(|item| escaped(parameter, item)).collect();
    if !parameter.explode {
        return Some(rule.whole(parameter.name, texts.join(rule.delimiter)));
    }
    let wholes: Vec<String> = texts.into_iter().map(|text| rule.whole(parameter.name, text)).collect();
    Some(wholes.join(rule.separator))
}

fn object(parameter: &Parameter, rule: &Rule, members: &Map<String, Value>) -> Option<String> {
    let mut texts = Vec::new();
    for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
        let name = escaped_member(parameter, name);
        let value = escaped(parameter, value);
        match parameter.explode {
            true if rule.named && value.is_empty() => texts.push(name + rule.empty),
            true => texts.push(format!("{name}={value}")),
            false => texts.extend([name, value]),
        }
    }
    match (texts.is_empty(), parameter.explode) {
        (true, _) => None,
        (false, true) => Some(texts.join(rule.separator)),
        (false, false) => Some(rule.whole(parameter.name, texts.join(rule.delimiter))),
    }
}

/// Collects the pairs of a `deepObject`; `key` is encoded already.
fn deepen(parameter: &Parameter, key: String, value: &Value, pairs: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (name, value) in members {
                deepen(
                    parameter,
                    format!("{key}%5B{}%5D", Escape::Component.text(name)),
                    value,
                    pairs,
                );
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                deepen(parameter, format!("{key}%5B{index}%5D"), item, pairs);
            }
        }
        scalar => pairs.push(format!("{key}={}", escaped(parameter, scalar))),
    }
}

/// Names of members are never let through as reserved characters: they are keys.
fn escaped_member(parameter: &Parameter, name: &str) -> String {
    match parameter.location {
        Location::Header => name.to_owned(),
        Location::Cookie if parameter.style == Style::Cookie => parameter.escape().text(name),
        Location::Cookie | Location::Path | Location::Query | Location::QueryString | Location::Form => {
            Escape::Component.text(name)
        }
    }
}

pub(super) fn escaped(parameter: &Parameter, value: &Value) -> String {
    parameter.escape().text(&plain(value))
}

/// A value as text: scalars as they are, `null` as nothing, the rest as JSON.
pub(crate) fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        Value::Number(value) => Cow::Owned(number(&value.to_string()).to_owned()),
        other => Cow::Owned(other.to_string()),
    }
}

/// A number without the `.0` of an integral float.
pub(super) fn number(text: &str) -> &str {
    text.strip_suffix(".0").unwrap_or(text)
}
