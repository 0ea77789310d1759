//! The statements of an example that send the request, and what is done with what comes back.

use super::code::Code;
use super::layout::{Expr, literal};
use super::sample::Sample;
use crate::emit::operations::error::errors;
use crate::emit::operations::parameter::is_copy;
use crate::emit::operations::reply::Role;
use crate::emit::operations::response::variants;
use crate::ir::{
    Body, BodyContent, BodyKind, ContentKind, OperationId, Parameter, Primitive, Shape, Slot, Status, TypeRef,
};

/// How many parameters are shown that can be left out.
const MOST_OPTIONAL: usize = 4;

/// How many errors are told from each other.
const MOST_ERRORS: usize = 4;

/// A request that is longer has a variable of its own.
const LONGEST_REQUEST: usize = 84;

/// Variables of examples, and names that clippy takes for forgotten ones (`disallowed_names`).
const TAKEN: [&str; 10] = [
    "baz", "body", "client", "error", "errors", "foo", "list", "quux", "request", "status",
];

impl Code<'_, '_> {
    /// The statements that send the request and match the response.
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
        self.matched(id, request, &mut text);
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
        Some(self.sent(&parameter.slot.ty, &sample))
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

    fn valued(&mut self, slot: &Slot, content: &BodyContent, several: bool, text: &mut String) -> Option<Expr> {
        let cx = self.cx;
        let sample = cx.sample(slot, &content.examples, "value")?;
        let nullable = cx.api.types.is_nullable(slot) && !matches!(cx.api.types.resolve(&slot.ty), TypeRef::Any);
        if matches!(sample, Sample::Null) {
            return Some(Expr::text("None"));
        }
        let given = match &slot.ty {
            TypeRef::Primitive(primitive) if cx.is_text(*primitive) => self.sent(&slot.ty, &sample),
            TypeRef::Primitive(primitive) if is_number(*primitive) => self.owned(&slot.ty, &sample),
            ty => {
                let body = self.owned(ty, &sample);
                text.push_str(&std::mem::take(&mut self.statements));
                text.push_str(&body.statement("let body = ", ";"));
                let list = matches!(ty, TypeRef::List(_)) && (several || nullable);
                Expr::text(match cx.has_parts(slot) {
                    true => "body",
                    false if list => "body.as_slice()",
                    false => "&body",
                })
            }
        };
        Some(if nullable && !cx.has_parts(slot) {
            Expr::call("Some", vec![given])
        } else {
            given
        })
    }

    /// The `match` on the response.
    fn matched(&mut self, id: OperationId, request: Expr, text: &mut String) {
        let mut flat = String::new();
        request.write(&mut flat, 0, 0);
        if flat.contains('\n') || flat.len() > LONGEST_REQUEST - "match .await {".len() {
            text.push_str(&request.statement("let request = ", ";"));
            flat = "request".to_owned();
        }
        text.push_str(&format!("match {flat}.await {{\n"));
        text.push_str(&self.success(id));
        text.push_str(&self.failure(id));
        text.push_str("}\n");
    }

    fn success(&mut self, id: OperationId) -> String {
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
            [(_, first), ..] if first.redirects => return printed("response", "response:?"),
            _ if types.len() > 1 => return printed("response", "response:?"),
            [(_, first), ..] => first.contents.first(),
        };
        let Some(content) = content else {
            return "    Ok(()) => println!(\"done\"),\n".to_owned();
        };
        match &content.kind {
            ContentKind::Json(slot) | ContentKind::Xml(slot) => self.received(slot),
            ContentKind::Text => "    Ok(text) => println!(\"{text}\"),\n".to_owned(),
            ContentKind::Bytes => {
                "    Ok(stream) => println!(\"{} bytes\", stream.collect().await?.len()),\n".to_owned()
            }
            ContentKind::Events | ContentKind::Sequence(..) => concat!(
                "    Ok(mut stream) => {\n",
                "        while let Some(item) = stream.next().await {\n",
                "            println!(\"{:?}\", item?);\n",
                "        }\n",
                "    }\n"
            )
            .to_owned(),
        }
    }

    fn received(&self, slot: &Slot) -> String {
        let cx = self.cx;
        if cx.api.types.is_nullable(slot) {
            return printed("response", "response:?");
        }
        match cx.api.types.resolve(&slot.ty) {
            TypeRef::List(item) if !matches!(slot.ty, TypeRef::Named(id) if cx.facts.is_newtype(id)) => {
                let one = self.variable(&item.ty, "item");
                let show = match self.identity(&item.ty).filter(|_| !cx.api.types.is_nullable(item)) {
                    Some(field) => format!("println!(\"{{}}\", {one}.{field});"),
                    None => format!("println!(\"{{{one}:?}}\");"),
                };
                format!("    Ok(list) => {{\n        for {one} in list {{\n            {show}\n        }}\n    }}\n")
            }
            ty => {
                let one = self.variable(ty, "response");
                match self.identity(ty) {
                    Some(field) => format!("    Ok({one}) => println!(\"{{}}\", {one}.{field}),\n"),
                    None => printed(&one, &format!("{one}:?")),
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

    /// The arm for what went wrong, by status.
    fn failure(&self, id: OperationId) -> String {
        let operation = &self.cx.api.operations[id.0];
        let names = self.cx.names.of_operation(id);
        let declared = errors(operation);
        if declared.is_empty() {
            return concat!(
                "    Err(error) => match error.status() {\n",
                "        Some(status) if !status.is_success() => eprintln!(\"the API answered {status}\"),\n",
                "        _ => return Err(error.into()),\n",
                "    },\n"
            )
            .to_owned();
        }
        let mut text = "    Err(error) => match error.api() {\n".to_owned();
        let mut arms = Vec::new();
        for (index, response) in &declared {
            let bodies = !response.contents.is_empty();
            for variant in variants(&names.responses[*index], false) {
                let status = status(response.status);
                let (pattern, shown) = if bodies { ("(body)", ": {body:?}") } else { ("", "") };
                arms.push(format!(
                    "        Some({}::{variant}{pattern}) => eprintln!(\"{status}{shown}\"),\n",
                    names.error
                ));
            }
        }
        let all = arms.len();
        text.extend(arms.into_iter().take(MOST_ERRORS));
        // the document may declare others later
        text.push_str(match all > MOST_ERRORS {
            true => "        Some(other) => eprintln!(\"{other:?}\"),\n        None",
            false => "        _",
        });
        text + " => return Err(error.into()),\n    },\n"
    }
}

fn is_number(primitive: Primitive) -> bool {
    is_copy(primitive)
}

fn printed(variable: &str, shown: &str) -> String {
    format!("    Ok({variable}) => println!(\"{{{shown}}}\"),\n")
}

/// A status, for readers.
fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundred) => format!("{hundred}XX"),
        Status::Default => "another status".to_owned(),
    }
}
