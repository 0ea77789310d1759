//! The statements of an example that send the request, and what is done with what comes back.

use super::code::Code;
use super::layout::{Expr, literal};
use super::sample::Sample;
use crate::emit::operations::parameter::is_copy;
use crate::emit::operations::reply::Role;
use crate::ir::{Body, BodyContent, BodyKind, ContentKind, OperationId, Parameter, Primitive, Shape, Slot, TypeRef};

/// How many parameters are shown that can be left out.
const MOST_OPTIONAL: usize = 4;

/// What a loop is over has a variable of its own where its head is longer.
const LONGEST_REQUEST: usize = 84;

/// Variables of examples, and names that clippy takes for forgotten ones (`disallowed_names`).
const TAKEN: [&str; 10] = [
    "baz", "body", "client", "error", "errors", "foo", "items", "list", "quux", "stream",
];

impl Code<'_, '_> {
    /// The statements that send the request, and show what comes back.
    pub(super) fn call(&mut self, id: OperationId) -> Option<String> {
        let cx = self.cx;
        let operation = &cx.api.operations[id.0];
        let names = cx.names.of_operation(id);
        self.deprecated |= operation.docs.deprecated;
        let mut text = String::new();
        let mut arguments = Vec::new();
        let required = operation.parameters.iter().filter(|parameter| parameter.is_argument());
        for parameter in required {
            arguments.push(self.parameter(parameter)?);
        }
        let body = match &operation.body {
            Some(body) => Some(self.body(id, body, &mut text)?),
            None => None,
        };
        let needs_body = operation.body.as_ref().is_some_and(|body| body.required);
        let (in_call, in_setter) = if needs_body { (body, None) } else { (None, body) };
        arguments.extend(in_call.into_iter().flatten());
        let mut request = Expr::text("client");
        if let Some(group) = cx.group_of(id) {
            request = request.then(cx.names.of_group(group).accessor.as_str(), Vec::new());
        }
        request = request.then(names.method.as_str(), arguments);
        let optional = operation.parameters.iter().zip(&names.parameters);
        let optional = optional.filter(|(parameter, _)| {
            parameter.has_setter()
                && parameter.filled.is_none()
                && parameter.docs.example.is_some()
                && !parameter.docs.deprecated
        });
        for (parameter, ident) in optional.take(MOST_OPTIONAL) {
            if let Some(value) = self.parameter(parameter) {
                request = request.then(ident.as_str(), vec![value]);
            }
        }
        if let Some(body) = in_setter {
            request = request.then("body", body);
        }
        // what parameters are made of
        text.insert_str(0, &std::mem::take(&mut self.statements));
        self.sent_and_shown(id, request, &mut text);
        Some(text)
    }

    fn parameter(&mut self, parameter: &Parameter) -> Option<Expr> {
        let given = parameter.docs.example.as_deref();
        let given = given.map(std::slice::from_ref).unwrap_or_default();
        let sample = self.cx.sample(&parameter.slot, given, &parameter.wire)?;
        let sample = match sample {
            Sample::Null => self.cx.sample(&parameter.slot, &[], &parameter.wire)?,
            sample => sample,
        };
        if matches!(&sample, Sample::List(elements) if elements.is_empty()) {
            return None;
        }
        self.deprecated |= parameter.docs.deprecated;
        Some(self.argument(&parameter.slot.ty, &sample))
    }

    /// The arguments for a body, which has a variable of its own where it is made of something.
    fn body(&mut self, id: OperationId, body: &Body, text: &mut String) -> Option<Vec<Expr>> {
        let several = body.contents.len() > 1;
        let content = body.contents.first()?;
        let upload = |code: &mut Self| Expr::text(format!("{}::file(\"upload.bin\")", code.export("Body")));
        Some(match &content.kind {
            BodyKind::Raw => {
                let media_type = content.media_type.split(", ").next().unwrap_or_default();
                let media_type = match media_type.contains('*') || media_type.is_empty() {
                    true => "application/octet-stream",
                    false => media_type,
                };
                let arguments = vec![Expr::text(literal(media_type)), upload(self)];
                match several {
                    true => {
                        let names = self.cx.names.of_operation(id);
                        let (module, root) = (self.cx.module_of(id), self.root);
                        let variant = format!("{root}::apis::{module}::{}::{}", names.body, names.contents[0]);
                        vec![Expr::call(variant, arguments)]
                    }
                    false => arguments,
                }
            }
            BodyKind::Text if several => vec![Expr::text("\"text\".to_owned()")],
            BodyKind::Text => vec![Expr::text("\"text\"")],
            BodyKind::Bytes => vec![upload(self)],
            BodyKind::JsonPatch => vec![self.json_patch(content)],
            BodyKind::Multipart(None, _) => {
                let multipart = Expr::call(format!("{}::new", self.export("Multipart")), Vec::new());
                let part = vec![Expr::text("\"file\""), self.part()];
                vec![multipart.then("part", part)]
            }
            kind => {
                let slot = kind.slot()?;
                vec![self.valued(slot, content, several, text)?]
            }
        })
    }

    /// A patch: that of the document, or one that replaces a value.
    fn json_patch(&mut self, content: &BodyContent) -> Expr {
        let patch = self.export("JsonPatch");
        match content.examples.first() {
            Some(example) => Expr::call(format!("{patch}::from"), vec![self.any(example)]),
            None => Expr::call(format!("{patch}::new"), Vec::new())
                .then("replace", vec![Expr::text("\"/name\""), Expr::text("\"value\"")]),
        }
    }

    fn valued(&mut self, slot: &Slot, content: &BodyContent, several: bool, text: &mut String) -> Option<Expr> {
        let cx = self.cx;
        let sample = match cx.sample(slot, &content.examples, "value")? {
            Sample::Null if slot.ty != TypeRef::Any => cx.sample(slot, &[], "value")?,
            sample => sample,
        };
        let nullable = several && cx.is_nullable_body(slot);
        let given = match &slot.ty {
            TypeRef::Primitive(primitive) if cx.is_text(*primitive) => self.argument(&slot.ty, &sample),
            TypeRef::Primitive(primitive) if is_number(*primitive) => self.owned(&slot.ty, &sample),
            ty => {
                let body = match cx.is_free_form(&content.kind) {
                    true => self.any(&cx.json(&sample)),
                    false => self.owned(ty, &sample),
                };
                text.push_str(&std::mem::take(&mut self.statements));
                text.push_str(&body.statement("let body = ", ";"));
                let by_value = cx.has_parts(slot) || several && cx.is_free_form(&content.kind);
                Expr::text(match by_value {
                    true => "body",
                    false if nullable && matches!(ty, TypeRef::List(_)) => "body.as_slice()",
                    false => "&body",
                })
            }
        };
        let held = matches!(&slot.ty, TypeRef::Primitive(_)) && nullable;
        Some(if held { Expr::call("Some", vec![given]) } else { given })
    }

    fn sent_and_shown(&mut self, id: OperationId, request: Expr, text: &mut String) {
        let request = match self.cx.pagination(id) {
            Some(_) => request.then("items", Vec::new()),
            None => request.ending(Expr::text(".await?")),
        };
        let Shown {
            before,
            after,
            statements,
        } = match self.cx.pagination(id) {
            Some(pagination) => self.each_item(&pagination.item),
            None => self.shown(id),
        };
        let mut flat = String::new();
        request.write(&mut flat, 0, 0);
        let fits = !flat.contains('\n') && flat.len() + before.len() + after.len() <= LONGEST_REQUEST;
        // the head of a loop is one line
        let request = match before.starts_with("for ") && !fits {
            true => {
                text.push_str(&request.statement("let list = ", ";"));
                Expr::text("list")
            }
            false => request,
        };
        text.push_str(&request.statement(&before, after));
        text.push_str(&statements);
    }

    /// What is done with a response that is not paginated.
    fn shown(&self, id: OperationId) -> Shown {
        let cx = self.cx;
        let operation = &cx.api.operations[id.0];
        let successes = operation.successes();
        let types = successes
            .iter()
            .flat_map(|(_, response)| cx.types(response, Role::Success))
            .map(|ty| ty.to_string())
            .collect::<std::collections::BTreeSet<String>>();
        let content = match successes.as_slice() {
            [] => None,
            [(_, first), ..] if first.redirects => return Shown::printed("response", "response:?"),
            _ if types.len() > 1 => return Shown::printed("response", "response:?"),
            [(_, first), ..] => first.contents.first(),
        };
        let Some(content) = content else {
            return Shown::default();
        };
        match &content.kind {
            ContentKind::Json(slot) | ContentKind::Xml(slot) => self.received(slot),
            ContentKind::Text => Shown::printed("text", "text"),
            ContentKind::Bytes => Shown::new(
                "let stream = ",
                "println!(\"{} bytes\", stream.collect().await?.len());\n".to_owned(),
            ),
            ContentKind::Events | ContentKind::Sequence(..) => Shown::new(
                "let mut stream = ",
                "while let Some(item) = stream.next().await {\n    println!(\"{:?}\", item?);\n}\n".to_owned(),
            ),
        }
    }

    /// The loop over the items of all pages.
    fn each_item(&self, item: &Slot) -> Shown {
        let one = self.variable(&item.ty, "item");
        let shown = match self.identity(&item.ty).filter(|_| !self.cx.api.types.is_nullable(item)) {
            Some(field) => format!("println!(\"{{}}\", {one}?.{field});"),
            None => format!("println!(\"{{:?}}\", {one}?);"),
        };
        Shown::new(
            "let mut items = ",
            format!("while let Some({one}) = items.next().await {{\n    {shown}\n}}\n"),
        )
    }

    fn received(&self, slot: &Slot) -> Shown {
        let cx = self.cx;
        if cx.api.types.is_nullable(slot) {
            return Shown::printed("response", "response:?");
        }
        match cx.api.types.resolve(&slot.ty) {
            TypeRef::List(item) if !matches!(slot.ty, TypeRef::Named(id) if cx.facts.is_newtype(id)) => {
                let one = self.variable(&item.ty, "item");
                let show = match self.identity(&item.ty).filter(|_| !cx.api.types.is_nullable(item)) {
                    Some(field) => format!("println!(\"{{}}\", {one}.{field});"),
                    None => format!("println!(\"{{{one}:?}}\");"),
                };
                Shown {
                    before: format!("for {one} in "),
                    after: " {",
                    statements: format!("    {show}\n}}\n"),
                }
            }
            ty => {
                let one = self.variable(ty, "response");
                match self.identity(ty) {
                    Some(field) => Shown::new(
                        &format!("let {one} = "),
                        format!("println!(\"{{}}\", {one}.{field});\n"),
                    ),
                    None => Shown::printed(&one, &format!("{one}:?")),
                }
            }
        }
    }

    /// What a value of a type is called.
    fn variable(&self, ty: &TypeRef, otherwise: &str) -> String {
        const LONGEST: usize = 24;
        let TypeRef::Named(id) = self.cx.api.types.resolve(ty) else {
            return otherwise.to_owned();
        };
        let module = crate::names::variable_of(self.cx.names.of_type(*id).ty.plain());
        let free = !TAKEN.contains(&module.as_str());
        if free && !module.starts_with("r#") && module.len() <= LONGEST {
            module
        } else {
            otherwise.to_owned()
        }
    }

    /// A member that tells one object from another, and is always there.
    fn identity(&self, ty: &TypeRef) -> Option<&str> {
        let cx = self.cx;
        let TypeRef::Named(id) = cx.api.types.resolve(ty) else {
            return None;
        };
        let Shape::Struct(object) = &cx.api.types[*id].shape else {
            return None;
        };
        let index = ["id", "name", "key"].iter().find_map(|wanted| {
            object.fields.iter().enumerate().position(|(index, field)| {
                let shown = matches!(
                    cx.api.types.resolve(&field.slot.ty),
                    TypeRef::Primitive(Primitive::String | Primitive::I64 | Primitive::U64 | Primitive::Uuid)
                );
                let always = cx.facts.presence(*id, index) == crate::analyze::Presence::Required;
                field.wire.eq_ignore_ascii_case(wanted) && shown && always && !field.docs.deprecated
            })
        })?;
        Some(cx.names.of_type(*id).members[index].as_str())
    }
}

fn is_number(primitive: Primitive) -> bool {
    is_copy(primitive)
}

/// What is done with a response: what stands before and after the request, and the statements that follow.
struct Shown {
    before: String,
    after: &'static str,
    statements: String,
}

impl Shown {
    fn new(before: &str, statements: String) -> Self {
        Self {
            before: before.to_owned(),
            after: ";",
            statements,
        }
    }

    /// A variable, and a statement that prints it.
    fn printed(variable: &str, shown: &str) -> Self {
        Self::new(&format!("let {variable} = "), format!("println!(\"{{{shown}}}\");\n"))
    }
}

impl Default for Shown {
    fn default() -> Self {
        Self::new("", String::new())
    }
}
