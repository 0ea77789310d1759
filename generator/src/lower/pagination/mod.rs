//! Which operations give their result in pages: what the configuration says, what an extension says, and what the
//! names of parameters and members leave no doubt about.

mod extension;
mod members;
mod rule;
mod setting;
mod words;

use serde_json::Value;

use crate::config::Pagination as Settings;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::Document;
use crate::ir::{
    Api, Location, Operation, PageStep, Pagination, Parameter, Primitive, ReplyPlace, Shape, Slot, Style, TypeId,
    TypeRef,
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
        let mut said = Diagnostics::default();
        let call = Call { api, root, operation };
        (call.pagination(settings, &mut said), said)
    });
    for (operation, (found, said)) in api.operations.iter_mut().zip(found) {
        operation.pagination = found;
        diagnostics.extend(said);
    }
    report_unknown(api, selection, settings, diagnostics);
}

/// Says which operations of the configuration the document does not have.
fn report_unknown(api: &Api, selection: &Selection, settings: &Settings, diagnostics: &mut Diagnostics) {
    let ids = || api.operations.iter().filter_map(|operation| operation.id.as_deref());
    for name in settings.operations.keys() {
        if ids().any(|id| id == name) || selection.has_seen(name) {
            continue;
        }
        let message = format!("the configuration pages the operation `{name}`, which the document does not have");
        let mut diagnostic = Diagnostic::new(Code::UnusedSetting, Place::Document, message);
        diagnostic.help = nearest(name, ids()).map(|near| format!("did you mean `{near}`?"));
        diagnostics.push(diagnostic);
    }
}

/// How an operation might be paged, by the names of the document.
#[derive(Debug)]
struct Proposal {
    step: PageStep,
    /// Where the array is; to be found when it is not said.
    items: Option<String>,
    more: Option<String>,
    total_pages: Option<String>,
}

impl Proposal {
    fn new(step: PageStep) -> Self {
        Self {
            step,
            items: None,
            more: None,
            total_pages: None,
        }
    }
}

/// An operation, with everything that is asked about it.
#[derive(Clone, Copy)]
struct Call<'a> {
    api: &'a Api,
    root: &'a Value,
    operation: &'a Operation,
}

impl<'a> Call<'a> {
    fn pagination(self, settings: &Settings, diagnostics: &mut Diagnostics) -> Option<Pagination> {
        let setting = self.operation.id.as_ref().and_then(|id| settings.operations.get(id));
        if let Some(setting) = setting {
            let made = self.complete(self.configured(setting.as_ref()?));
            return made
                .map_err(|reason| {
                    let message = format!("the configuration pages this operation, but {reason}; it is not paged");
                    diagnostics.report(Code::UnusedSetting, &self.operation.origin, message);
                })
                .ok();
        }
        if !settings.recognize {
            return None;
        }
        match self.extension() {
            Some((key, proposal)) => proposal
                .and_then(|proposal| self.complete(proposal))
                .map_err(|reason| {
                    let message = format!("`{key}` is not followed, since {reason}");
                    let help = "the configuration can say how it is paged".to_owned();
                    let noted = diagnostics.report(Code::NotGenerated, &self.operation.origin, message);
                    noted.help = Some(help).filter(|_| self.is_safe());
                })
                .ok(),
            None if self.is_safe() => self.recognized().and_then(|proposal| self.complete(proposal).ok()),
            None => None,
        }
    }

    /// Puts a proposal to the test: what it names must be there.
    fn complete(self, proposal: Proposal) -> Result<Pagination, String> {
        if !self.is_safe() {
            return Err("it is not a `GET` without a body".to_owned());
        }
        if matches!(&proposal.step, PageStep::Cursor { token: ReplyPlace::Body(token), .. } if token.is_empty()) {
            return Err("it is not said where the token is".to_owned());
        }
        let output = self.output().ok_or("its result is not JSON of one type")?;
        if let Some(name) = proposal.step.parameter()
            && self.query(name).is_none()
        {
            return Err(format!("it has no query parameter `{name}` of one value"));
        }
        let way = match &proposal.items {
            Some(pointer) => self
                .way(output, pointer)
                .ok_or_else(|| format!("there is no array at `{pointer}`"))?,
            None => self.items(output).ok_or("it is not clear which array has the items")?,
        };
        let item = self.item(output, &way).ok_or("there is no array")?;
        let counts = matches!(proposal.step, PageStep::Page { .. } | PageStep::Offset { .. });
        let vouched = proposal.more.is_some() || proposal.total_pages.is_some();
        Ok(Pagination {
            size: (counts && !vouched).then(|| self.size()).flatten(),
            step: proposal.step,
            way,
            item,
            more: proposal.more,
            total_pages: proposal.total_pages,
        })
    }

    /// Whether calls can be made again with other parameters.
    fn is_safe(self) -> bool {
        self.operation.method.as_str() == "GET" && self.operation.body.is_none()
    }

    /// What a success is, when it is JSON of one type.
    fn output(self) -> Option<&'a Slot> {
        let mut successes = self
            .operation
            .responses
            .iter()
            .filter(|response| response.status.is_success());
        let (only, None) = (successes.next()?, successes.next()) else {
            return None;
        };
        only.json()
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
