//! Documents in which every name and every text is a payload: what would run, be shown as HTML, be a link, or deceive the
//! reader, if it stood anywhere but within literals and as plain words.

use serde_json::{Map, Value, json};

/// The only word that payloads have as code, as the scheme of a link, and as HTML.
pub const MARK: &str = "evil";

/// What names and texts end with; there is no `/`, `{`, `}`, `?` or `#`, which would end a part of a path.
const PAYLOADS: [&str; 30] = [
    "~~~ evil!();",
    "~~~rust evil!(); ~~~",
    "``` evil!();",
    "```rust evil!(); ``` evil!();",
    "`` evil!(); ` <evil>",
    "` <img src=x onerror=evil()> `",
    "<script>evil()",
    "<img src=x onerror=evil()>|<evil>",
    "<evil>",
    "<!-- evil",
    "<!-- --> <evil>",
    "    evil!();",
    "\n\n    evil!();\n",
    "\n~~~\nevil!();\n",
    "=== evil",
    "--- evil",
    "--- ```evil!();",
    "- evil - ~~~ evil!();",
    "1. evil 2) evil",
    "> ~~~ evil!();",
    "[evil]: evil:evil",
    "\n\n[evil]: evil:evil\n\n[evil] [evil][] ![evil]",
    "[evil](evil:evil) ![evil](evil:evil) <evil:evil>",
    "[^evil]: evil [^evil]",
    "|evil|`evil|`\\|evil\\\\|",
    "\u{202e}evil\u{2066}\u{200b}\u{feff}\u{2028}",
    "\u{7}\u{1b}[31mevil\r\u{9b}evil\u{0}",
    "\u{1}~~~\u{1}evil!();\u{1}<evil>",
    "\"#]); evil!(); }\n*/ evil!(); \\u{41}\\",
    "`a`![x](x)`b`![x](x)``c`<evil>``",
];

/// What stands in texts alone.
const TEXTS: [&str; 6] = [
    "# evil\n\n## evil",
    "<script>evil()</script>\n\n<div>\n\nevil\n\n</div>",
    "&#x1b;&#x202e;&#1;evil&#10;&#10;    evil!();&lt;evil&gt;",
    "- a\n\n      evil!();\n\n  ```\n  evil!();",
    "|a|b|\n|-|-|\n|<evil>|`|`\\||\n\n[x]: <evil:evil> 'evil'",
    "${x} {evil} r#\"evil\" */ /* // evil",
];

/// How wide what stands before a payload is, so that lines are broken right before it.
const WIDTHS: std::ops::Range<usize> = 80..101;

/// Objects whose keys are names that the API chose.
const NAMED: [&str; 16] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "schemas",
    "definitions",
    "$defs",
    "parameters",
    "headers",
    "responses",
    "requestBodies",
    "securitySchemes",
    "securityDefinitions",
    "callbacks",
    "webhooks",
    "variables",
    "scopes",
];

/// Members that are words of OpenAPI, or lead elsewhere.
const KEPT: [&str; 20] = [
    "openapi",
    "swagger",
    "type",
    "format",
    "in",
    "scheme",
    "schemes",
    "host",
    "style",
    "collectionFormat",
    "contentEncoding",
    "$schema",
    "$id",
    "$anchor",
    "$dynamicAnchor",
    "$dynamicRef",
    "$recursiveRef",
    "jsonSchemaDialect",
    "operationRef",
    "nodeType",
];

/// The document with payloads for its strings, which `seed` deals out; what refers to a name still does. Of `every`
/// strings one is changed.
#[must_use]
pub fn poisoned(document: &Value, seed: usize, every: usize) -> Value {
    let dealer = Dealer { seed, every };
    let mut poisoned = document.clone();
    dealer.object(&mut poisoned, "");
    poisoned
}

struct Dealer {
    seed: usize,
    every: usize,
}

impl Dealer {
    /// A number that is the same wherever the same text stands.
    fn dealt(&self, text: &str) -> usize {
        let start = 0xcbf2_9ce4_8422_2325_u64 ^ self.seed as u64;
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let hash = text.bytes().fold(start, mix);
        usize::try_from(hash >> 33).unwrap_or_default() ^ self.seed
    }

    fn name(&self, name: &str) -> String {
        let dealt = self.dealt(name);
        if !dealt.is_multiple_of(self.every) {
            return name.to_owned();
        }
        let width = WIDTHS.start + dealt / 64 % WIDTHS.len();
        let pad = "x".repeat(width.saturating_sub(name.chars().count()));
        format!("{name}{pad} {} {pad}", PAYLOADS[dealt / 4096 % PAYLOADS.len()])
    }

    fn text(&self, text: &str) -> String {
        let dealt = self.dealt(text);
        match dealt / 64 % 4 {
            _ if !dealt.is_multiple_of(self.every) => text.to_owned(),
            0 => TEXTS[dealt / 4096 % TEXTS.len()].to_owned(),
            1 => PAYLOADS[dealt / 4096 % PAYLOADS.len()].to_owned(),
            _ => self.name(text),
        }
    }

    /// Names between braces are those of parameters; all else of a path is text.
    fn path(&self, path: &str) -> String {
        let mut parts = path.split('{');
        let mut changed = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            match part.split_once('}') {
                Some((name, rest)) => changed.push_str(&format!("{{{}}}{rest}", self.name(name))),
                None => changed.push_str(part),
            }
        }
        let payload = self.name("");
        match self.dealt(path) % 3 {
            0 => changed + &payload,
            _ => changed,
        }
    }

    /// A pointer to what was renamed.
    fn reference(&self, reference: &str) -> String {
        let Some(pointer) = reference.strip_prefix("#/") else {
            return reference.to_owned();
        };
        let mut before = String::new();
        let parts = pointer.split('/').map(|part| {
            let named = NAMED.contains(&before.as_str());
            let path = before == "paths";
            before = if named { String::new() } else { part.to_owned() };
            match (named, path) {
                (false, false) => part.to_owned(),
                (true, _) => escaped(&self.key(&unescaped(part))),
                (_, true) => escaped(&self.path(&unescaped(part))),
            }
        });
        let parts: Vec<String> = parts.collect();
        format!("#/{}", parts.join("/"))
    }

    /// A name, unless it is a status or belongs to an extension.
    fn key(&self, key: &str) -> String {
        let status = key == "default" || key.starts_with(|c: char| c.is_ascii_digit());
        if status || key.starts_with("x-") {
            key.to_owned()
        } else {
            self.name(key)
        }
    }

    fn object(&self, value: &mut Value, parent: &str) {
        let Value::Object(members) = value else {
            return;
        };
        let named = NAMED.contains(&parent);
        let mut changed = Map::new();
        for (key, mut member) in std::mem::take(members) {
            let (key, inside) = match (parent, key.as_str()) {
                ("paths", _) => (self.path(&key), ""),
                ("security", _) => (self.name(&key), "kept"),
                ("mapping", _) => (self.name(&key), "mapping of"),
                ("callbacks of", _) => (self.name(&key), ""),
                ("data", _) => (self.name(&key), "data"),
                ("callbacks", _) => (self.key(&key), "callbacks of"),
                _ if named => (self.key(&key), ""),
                (_, own) => (key.clone(), inside(own)),
            };
            self.member(&mut member, inside);
            changed.insert(key, member);
        }
        if parent == "content" {
            changed.insert(self.name("text/"), json!({ "schema": { "type": "string" } }));
        }
        *members = changed;
    }

    /// What a member holds, by what it is called, or by what its names are.
    fn member(&self, value: &mut Value, parent: &str) {
        match value {
            Value::String(text) => {
                *text = match parent {
                    "kept" => return,
                    "$ref" | "mapping of" if text.starts_with('#') => self.reference(text),
                    "$ref" => return,
                    "names" | "mapping of" | "data" => self.name(text),
                    "url" => self.path(text),
                    _ => self.text(text),
                }
            }
            Value::Array(elements) => elements.iter_mut().for_each(|element| self.member(element, parent)),
            Value::Object(_) if parent == "kept" => {}
            Value::Object(_) => self.object(value, parent),
            _ => {}
        }
    }
}

/// What a member of this name holds.
fn inside(key: &str) -> &str {
    match key {
        key if KEPT.contains(&key) || key.starts_with("x-") => "kept",
        "name" | "operationId" | "required" | "propertyName" | "discriminator" | "tags" => "names",
        "enum" | "const" | "default" | "example" | "examples" => "data",
        key => key,
    }
}

fn escaped(part: &str) -> String {
    let part = part.replace('~', "~0").replace('/', "~1").replace('%', "%25");
    part.replace('"', "%22")
}

fn unescaped(part: &str) -> String {
    part.replace("~1", "/")
        .replace("~0", "~")
        .replace("%7B", "{")
        .replace("%7D", "}")
}
