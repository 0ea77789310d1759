//! Which operations give their result in pages: what the configuration says, what an extension says, and what the
//! names of parameters and members leave no doubt about.

mod body;
mod count;
mod doubt;
mod extension;
mod members;
mod rule;
mod setting;
mod words;

use serde_json::Value;

use crate::config::{Pagination as Settings, is_pattern};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::Document;
use crate::ir::{
    Api, Location, Operation, PageStep, Pagination, Parameter, Primitive, ReplyPlace, Response, Shape, Slot, Style,
    TypeId, TypeRef,
};
use crate::nearest::nearest;
use crate::parallel;
use crate::select::Selection;

/// How many schemas are looked at for a keyword, so that no document can keep this busy.
const MOST_SCHEMAS: usize = 50;

/// Finds out how each operation is paged.
pub fn paginate(
    api: &mut Api,
    document: &Document,
    selection: &Selection,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) {
    let found = parallel::map(&api.operations, |operation| {
        let root = &document.root;
        let mut said = Said::default();
        let call = Call { api, root, operation };
        (call.pagination(settings, &mut said), said)
    });
    let mut tried = Vec::new();
    for (operation, (found, said)) in api.operations.iter_mut().zip(found) {
        operation.pagination = found;
        diagnostics.extend(said.diagnostics);
        tried.extend(said.patterns);
    }
    report_unknown(api, selection, settings, diagnostics);
    report_unfit(&tried, settings, diagnostics);
}

/// What was said about one operation.
#[derive(Debug, Default)]
struct Said {
    diagnostics: Diagnostics,
    /// The patterns that fitted its name, each with the reason why its table did not fit the operation.
    patterns: Vec<(String, Option<String>)>,
}

/// Says which operations of the configuration the document does not have.
fn report_unknown(api: &Api, selection: &Selection, settings: &Settings, diagnostics: &mut Diagnostics) {
    let ids = || api.operations.iter().filter_map(|operation| operation.id.as_deref());
    for name in settings.operations.keys().filter(|name| !is_pattern(name)) {
        if ids().any(|id| id == name) || selection.has_seen(name) {
            continue;
        }
        let message = format!("the configuration pages the operation `{name}`, which the document does not have");
        let mut diagnostic = Diagnostic::new(Code::UnusedSetting, Place::Document, message);
        diagnostic.help = nearest(name, ids()).map(|near| format!("did you mean `{near}`?"));
        diagnostics.push(diagnostic);
    }
}

/// Says which patterns of the configuration page no operation.
fn report_unfit(tried: &[(String, Option<String>)], settings: &Settings, diagnostics: &mut Diagnostics) {
    for name in settings.operations.keys().filter(|name| is_pattern(name)) {
        let mut own = tried.iter().filter(|(pattern, _)| pattern == name).peekable();
        let why = match own.peek() {
            None => "fits no operation by its name".to_owned(),
            Some(_) => match own.map(|(_, reason)| reason.as_ref()).collect::<Option<Vec<_>>>() {
                Some(reasons) => format!("can page none of {} that fit it: {}", reasons.len(), reasons[0]),
                None => continue,
            },
        };
        let message = format!("the pattern `{name}` of the setting `pagination` {why}");
        diagnostics.push(Diagnostic::new(Code::UnusedSetting, Place::Document, message));
    }
}

/// How an operation might be paged, by the names of the document.
#[derive(Debug)]
struct Proposal {
    step: PageStep,
    /// Whether the parameter is a member of the JSON body of the call; its name is a JSON Pointer then.
    in_body: bool,
    /// Where the array is; to be found when it is not said.
    items: Option<String>,
    more: Option<String>,
    total_pages: Option<ReplyPlace>,
    /// Whether it is known that a reply is a page, so that its only array has the items, whatever it is called.
    certain: bool,
}

impl Proposal {
    fn new(step: PageStep) -> Self {
        Self {
            step,
            in_body: false,
            items: None,
            more: None,
            total_pages: None,
            certain: false,
        }
    }
}

/// Who says how an operation is paged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Configuration,
    Document,
}

/// An operation, with everything that is asked about it.
#[derive(Clone, Copy)]
struct Call<'a> {
    api: &'a Api,
    root: &'a Value,
    operation: &'a Operation,
}

impl<'a> Call<'a> {
    fn pagination(self, settings: &Settings, said: &mut Said) -> Option<Pagination> {
        let id = self.operation.id.as_deref();
        for (name, setting) in id.map(|id| settings.of(id)).unwrap_or_default() {
            let made = setting.map(|pages| self.complete(self.configured(pages), By::Configuration));
            if is_pattern(name) {
                let reason = made.as_ref().and_then(|made| made.as_ref().err().cloned());
                said.patterns.push((name.to_owned(), reason));
            }
            match made {
                None => return None,
                Some(Ok(pagination)) => return Some(pagination),
                Some(Err(_)) if is_pattern(name) => {}
                Some(Err(reason)) => {
                    let message = format!("the configuration pages this operation, but {reason}; it is not paged");
                    said.diagnostics
                        .report(Code::UnusedSetting, &self.operation.origin, message);
                    return None;
                }
            }
        }
        if !settings.recognize {
            return None;
        }
        match self.extension() {
            Some((key, proposal)) => proposal
                .and_then(|proposal| self.complete(proposal, By::Document))
                .map_err(|reason| {
                    let message = format!("`{key}` is not followed, since {reason}");
                    let noted = said
                        .diagnostics
                        .report(Code::NotGenerated, &self.operation.origin, message);
                    noted.help = self.way_out();
                })
                .ok(),
            None => self.by_rule(said),
        }
    }

    /// What names leave no doubt about, or a note if the operation looks as if it had pages.
    fn by_rule(self, said: &mut Said) -> Option<Pagination> {
        let proposal = self.recognized();
        let made = proposal.map(|proposal| self.complete(proposal, By::Document));
        match made {
            Some(Ok(pagination)) => return Some(pagination),
            // what is wrong with a proposal is the reason, unless something simpler is
            other => {
                let reason = other.and_then(Result::err);
                if let Some(doubt) = self.doubt().or(reason) {
                    self.note(&doubt, &mut said.diagnostics);
                }
            }
        }
        None
    }

    /// Puts a proposal to the test: what it names must be there.
    fn complete(self, proposal: Proposal, by: By) -> Result<Pagination, String> {
        self.repeats(proposal.in_body, by)?;
        if matches!(&proposal.step, PageStep::Cursor { token: ReplyPlace::Body(token), .. } if token.is_empty()) {
            return Err("it is not said where the token is".to_owned());
        }
        let output = self.output().ok_or("its response is not JSON of one type")?;
        let body = match proposal.step.parameter() {
            Some(member) if proposal.in_body => Some(self.json_body_with(member)?),
            Some("") => return Err("neither `parameter` nor `body` is set".to_owned()),
            Some(name) if self.query(name).is_none() => {
                return Err(format!("it has no query parameter `{name}` of one value"));
            }
            _ => None,
        };
        let way = match &proposal.items {
            Some(pointer) => self
                .way(output, pointer)
                .ok_or_else(|| format!("there is no array at `{pointer}`"))?,
            None => self
                .items(output, proposal.certain)
                .ok_or("it is not clear which array of its response has the items")?,
        };
        let item = self.item(output, &way).ok_or("there is no array")?;
        let counts = matches!(proposal.step, PageStep::Page { .. } | PageStep::Offset { .. });
        let vouched = proposal.more.is_some() || proposal.total_pages.is_some();
        Ok(Pagination {
            size: (counts && !vouched).then(|| self.size()).flatten(),
            step: proposal.step,
            body,
            way,
            item,
            more: proposal.more,
            total_pages: proposal.total_pages,
        })
    }

    /// What a success is, when it is JSON of one type.
    fn output(self) -> Option<&'a Slot> {
        Some(self.operation.page()?.1)
    }

    /// The response that is a page.
    fn success(self) -> Option<&'a Response> {
        self.operation.responses.get(self.operation.page()?.0)
    }

    /// The query parameter of this name, when it has one value.
    fn query(self, name: &str) -> Option<&'a Parameter> {
        self.queries().find(|parameter| parameter.wire == name)
    }

    /// The query parameters of one value.
    fn queries(self) -> impl Iterator<Item = &'a Parameter> {
        let single = move |parameter: &&Parameter| {
            parameter.location == Location::Query
                && parameter.style == Style::Form
                && self.primitive(&parameter.slot).is_some()
        };
        self.operation.parameters.iter().filter(single)
    }

    fn primitive(self, slot: &Slot) -> Option<Primitive> {
        match self.api.types.resolve(&slot.ty) {
            TypeRef::Primitive(Primitive::Scalar(_)) => None,
            TypeRef::Primitive(primitive) => Some(*primitive),
            _ => None,
        }
    }

    /// The parameter for the size of a page, when the document says how much it may be.
    fn size(self) -> Option<(String, u64)> {
        let parameter = self.size_parameter()?;
        let most = self.keyword(parameter, "maximum")?;
        Some((parameter.wire.clone(), whole(most)?))
    }

    /// A keyword of the schema of a parameter.
    fn keyword(self, parameter: &Parameter, key: &str) -> Option<&'a Value> {
        let node = self.root.pointer(parameter.origin.as_str())?;
        self.keyword_of(node.get("schema")?, key)
    }

    /// A keyword of a schema, of what it refers to, or of a part of it.
    fn keyword_of(self, schema: &'a Value, key: &str) -> Option<&'a Value> {
        let mut schemas = vec![schema];
        for index in 0..MOST_SCHEMAS {
            let schema = *schemas.get(index)?;
            if let Some(value) = schema.get(key) {
                return Some(value);
            }
            schemas.extend(self.parts(schema));
        }
        None
    }

    /// What a schema refers to, and its parts.
    fn parts(self, schema: &'a Value) -> impl Iterator<Item = &'a Value> {
        let target = schema.get("$ref").and_then(|reference| self.at(reference.as_str()?));
        let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        target.into_iter().chain(parts.take(MOST_SCHEMAS))
    }

    /// What a reference leads to.
    fn at(self, reference: &str) -> Option<&'a Value> {
        self.root.pointer(crate::pointer::Pointer::parse(reference)?.as_str())
    }

    /// The object behind a type.
    fn object(self, ty: &TypeRef) -> Option<(TypeId, &'a crate::ir::Struct)> {
        match self.api.types.resolve(ty) {
            TypeRef::Named(id) => match &self.api.types[*id].shape {
                Shape::Struct(object) => Some((*id, object)),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A number without a fraction that is not negative.
fn whole(value: &Value) -> Option<u64> {
    let float = || {
        value
            .as_f64()
            .filter(|number| number.fract() == 0.0 && (0.0..1e15).contains(number))
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is whole and within bounds"
    )]
    let whole = |number: f64| number as u64;
    value.as_u64().or_else(|| float().map(whole))
}
