//! What extensions say: `x-ms-pageable`, `x-speakeasy-pagination`, `x-fern-pagination`, and
//! `x-stainless-pagination-property`.

use serde_json::Value;

use super::call::{Call, Proposal};
use super::count;
use super::members::escaped;

/// How deep in a response, and in how many schemas, a purpose is looked for.
const DEEPEST_PURPOSE: usize = 5;
const MOST_PURPOSES: usize = 200;
use crate::ir::{First, PageStep, ReplyPlace};

const PURPOSE: &str = "x-stainless-pagination-property";

/// The key of an extension with what it says, or why it cannot be followed.
type Said = (&'static str, Result<Proposal, String>);

impl<'a> Call<'a> {
    /// What the first extension says that says something.
    pub(super) fn extension(self) -> Option<Said> {
        let own = self.root.pointer(self.operation.origin.as_str())?;
        let pageable = own.get("x-ms-pageable").and_then(|value| self.pageable(value));
        pageable
            .map(|said| ("x-ms-pageable", said))
            .or_else(|| {
                let value = own.get("x-speakeasy-pagination")?;
                Some(("x-speakeasy-pagination", self.speakeasy(value)))
            })
            .or_else(|| {
                let value = match own.get("x-fern-pagination")? {
                    Value::Bool(true) => self.root.get("x-fern-pagination")?,
                    Value::Bool(false) => return None,
                    value => value,
                };
                Some(("x-fern-pagination", self.fern(value)))
            })
            .or_else(|| Some((PURPOSE, Ok(self.stainless()?))))
    }

    /// `nextLinkName` is the member with the URL of the next page, none when there is only one; `itemName` the one with
    /// the items; `operationName` an operation that takes the link in place of a call to it.
    fn pageable(self, value: &Value) -> Option<Result<Proposal, String>> {
        let link = value.get("nextLinkName")?.as_str().filter(|name| !name.is_empty())?;
        let items = value.get("itemName").and_then(Value::as_str).unwrap_or("value");
        let next = value.get("operationName").and_then(Value::as_str);
        let mut operations = self.api.operations.iter();
        if let Some(next) = next.filter(|next| operations.any(|other| other.id.as_deref() == Some(next))) {
            return Some(Err(format!("the operation `{next}` gives the next page")));
        }
        let url = ReplyPlace::Body(format!("/{}", escaped(link)));
        Some(Ok(Proposal {
            items: Some(format!("/{}", escaped(items))),
            ..Proposal::certain(PageStep::Url(url))
        }))
    }

    fn speakeasy(self, value: &Value) -> Result<Proposal, String> {
        let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let outputs = value.get("outputs").unwrap_or(&Value::Null);
        let output = |key: &str| {
            let path = text(outputs, key);
            path.map(|path| pointer(&path, "$").ok_or_else(|| format!("`{path}` is not a plain property path")))
                .transpose()
        };
        let inputs = value.get("inputs").and_then(Value::as_array).into_iter().flatten();
        let input = |kind: &str| {
            let mut inputs = inputs.clone();
            let own = inputs.find(|input| text(input, "type").as_deref() == Some(kind))?;
            match text(own, "in").as_deref() {
                Some("requestBody") => Some(format!("/{}", escaped(&text(own, "name")?))),
                _ => text(own, "name"),
            }
        };
        let style = text(value, "type").unwrap_or_default();
        let step = match (style.as_str(), input("offset"), input("page"), input("cursor")) {
            ("offsetLimit", Some(parameter), _, _) => self.offset(parameter),
            ("offsetLimit", None, Some(parameter), _) => self.page(parameter),
            ("cursor", _, _, Some(parameter)) => PageStep::Cursor {
                parameter,
                token: ReplyPlace::Body(output("nextCursor")?.ok_or("it does not name the token")?),
            },
            ("url", ..) => PageStep::Url(ReplyPlace::Body(output("nextUrl")?.ok_or("it does not name the URL")?)),
            _ => return Err("it names no query parameter".to_owned()),
        };
        let is_in_body = |input: &Value| {
            let name = text(input, "name").map(|name| format!("/{}", escaped(&name)));
            text(input, "in").as_deref() == Some("requestBody") && name.as_deref() == step.parameter()
        };
        let total = output("numPages")?.filter(|_| matches!(step, PageStep::Page { .. }));
        Ok(Proposal {
            in_body: inputs.clone().any(is_in_body),
            items: output("results")?,
            total_pages: total.map(ReplyPlace::Body),
            ..Proposal::certain(step)
        })
    }

    /// An `offset` without a `step` counts pages.
    fn fern(self, value: &Value) -> Result<Proposal, String> {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let reply = |key: &str| {
            let path = text(key);
            path.map(|path| pointer(path, "$response").ok_or_else(|| format!("`{path}` is not a plain property path")))
                .transpose()
        };
        let parameter = |key: &str| {
            let name = text(key)?.strip_prefix("$request.")?;
            Some(name.strip_prefix("query.").unwrap_or(name).to_owned())
        };
        let step = if let Some(url) = reply("next_uri")? {
            PageStep::Url(ReplyPlace::Body(url))
        } else if let Some(parameter) = parameter("cursor") {
            PageStep::Cursor {
                parameter,
                token: ReplyPlace::Body(reply("next_cursor")?.ok_or("it does not name the token")?),
            }
        } else if let Some(parameter) = parameter("offset") {
            match text("step") {
                Some(_) => self.offset(parameter),
                None => self.page(parameter),
            }
        } else {
            return Err("it names no query parameter".to_owned());
        };
        Ok(Proposal {
            items: reply("results")?,
            more: reply("has-next-page")?,
            ..Proposal::certain(step)
        })
    }

    /// The schemas of parameters and members say what each is for.
    fn stainless(self) -> Option<Proposal> {
        let purpose = |schema: &'a Value| self.keyword_of(schema, PURPOSE)?.get("purpose")?.as_str();
        let parameters: Vec<(&str, String)> = self
            .queries()
            .filter_map(|parameter| {
                let node = self.root.pointer(parameter.origin.as_str())?;
                let said = purpose(node).or_else(|| purpose(node.get("schema")?))?;
                Some((said, parameter.wire.clone()))
            })
            .collect();
        let parameter = |wanted: &str| {
            let mut all = parameters.iter();
            all.find(|(purpose, _)| *purpose == wanted)
                .map(|(_, name)| name.clone())
        };
        if parameters.is_empty() {
            return None;
        }
        let members = self.purposes();
        let member = |wanted: &str| {
            let mut all = members.iter();
            all.find(|(purpose, _)| *purpose == wanted)
                .map(|(_, pointer)| pointer.clone())
        };
        let cursor = |parameter, token| {
            let token = ReplyPlace::Body(token);
            PageStep::Cursor { parameter, token }
        };
        let step = (parameter("next_cursor_param").zip(member("next_cursor_field")))
            .map(|(parameter, token)| cursor(parameter, token))
            .or_else(|| Some(PageStep::Url(ReplyPlace::Body(member("cursor_url_field")?))))
            .or_else(|| Some(self.page(parameter("page_number_param")?)))
            .or_else(|| Some(self.offset(parameter("offset_count_param")?)))?;
        Some(Proposal {
            items: member("items"),
            more: member("has_next_page"),
            total_pages: member("total_page_count_field")
                .filter(|_| matches!(step, PageStep::Page { .. }))
                .map(ReplyPlace::Body),
            ..Proposal::certain(step)
        })
    }

    /// What the members of a success are for, with their places.
    fn purposes(self) -> Vec<(&'a str, String)> {
        let mut found = Vec::new();
        let mut schemas: Vec<(&Value, String)> = self
            .reply_schema()
            .map(|root| (root, String::new()))
            .into_iter()
            .collect();
        for index in 0..MOST_PURPOSES {
            let Some((schema, pointer)) = schemas.get(index).cloned() else {
                break;
            };
            let purpose = schema
                .get(PURPOSE)
                .and_then(|property| property.get("purpose")?.as_str());
            found.extend(purpose.map(|purpose| (purpose, pointer.clone())));
            schemas.extend(self.parts(schema).map(|part| (part, pointer.clone())));
            let properties = schema
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten();
            if pointer.matches('/').count() < DEEPEST_PURPOSE {
                let below = properties.map(|(name, schema)| (schema, format!("{pointer}/{}", escaped(name))));
                schemas.extend(below.take(MOST_PURPOSES));
            }
        }
        found
    }

    /// The schema of what a success is.
    fn reply_schema(self) -> Option<&'a Value> {
        let success = self.success()?;
        let contents = self.root.pointer(success.origin.as_str())?.get("content")?;
        contents.get(&success.contents.first()?.media_type)?.get("schema")
    }

    fn page(self, parameter: String) -> PageStep {
        let known = self
            .query(&parameter)
            .and_then(|parameter| count::first(self, parameter));
        PageStep::Page {
            parameter,
            first: First::Number(known.unwrap_or(1)),
        }
    }

    fn offset(self, parameter: String) -> PageStep {
        let known = self
            .query(&parameter)
            .and_then(|parameter| count::first(self, parameter));
        PageStep::Offset {
            parameter,
            first: First::Number(known.unwrap_or(0)),
        }
    }
}

/// A path such as `$.data.items` or `$['data'][-1].id` as a JSON Pointer.
fn pointer(path: &str, root: &str) -> Option<String> {
    let mut rest = path.trim().strip_prefix(root)?;
    let mut pointer = String::new();
    while !rest.is_empty() {
        let name;
        if let Some(tail) = rest.strip_prefix('.') {
            let end = tail.find(['.', '[']).unwrap_or(tail.len());
            (name, rest) = tail.split_at(end);
        } else {
            let (inner, tail) = rest.strip_prefix('[')?.split_once(']')?;
            name = match inner.trim_matches(['\'', '"']) {
                "(@.length-1)" => "-1",
                inner => inner,
            };
            rest = tail;
        }
        if name.is_empty() || name.contains(['*', '?', '@', '(']) {
            return None;
        }
        pointer.push('/');
        pointer.push_str(&escaped(name));
    }
    Some(pointer)
}
