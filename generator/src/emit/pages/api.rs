//! A group of operations -> its page.

use quote::quote;

use super::context::Pages;
use super::text::{Facts, Table, code, tidy};
use crate::emit::client::security;
use crate::emit::documentation::markdown::{inline, lines, printable};
use crate::emit::operations::error::errors;
use crate::emit::operations::parameter::text_of;
use crate::emit::operations::reply::{Role, accept};
use crate::emit::operations::response::variants;
use crate::emit::tokens::ty::Scope;
use crate::ir::{BodyKind, Operation, OperationId, Status};

/// How many characters a name and a request have together where a description fits beside them.
const WIDEST: usize = 80;

impl Pages<'_, '_> {
    pub(super) fn api(&self, index: usize, operations: &[OperationId]) -> String {
        let cx = self.cx;
        let mut text = format!("# {}\n\n", self.groups[index]);
        match cx.api.groups.get(index) {
            Some(group) => {
                text.push_str(&format!("Operations tagged `{}`", printable(&group.tag)));
                text.push_str(&format!(": `client.{}()`.\n\n", cx.names.of_group(index).accessor));
                let about = lines(&group.description);
                if !about.is_empty() {
                    text.push_str(&(about.join("\n") + "\n\n"));
                }
            }
            None => text.push_str("Operations without a tag: methods of `Client`.\n\n"),
        }
        text.push_str(&self.base_urls());
        text.push_str(&self.methods(operations));
        for id in operations {
            text.push_str(&self.operation(*id));
        }
        (text + &self.footer(true)).replace("\n\n\n", "\n\n")
    }

    /// The table of methods. Where names and paths are so long that nothing of the page would be left for descriptions,
    /// these stand below the paths.
    fn methods(&self, operations: &[OperationId]) -> String {
        let cx = self.cx;
        let width =
            |id: &OperationId| cx.names.of_operation(*id).method.plain().len() + called(&cx.api.operations[id.0]).len();
        let wide = operations.iter().map(width).max() > Some(WIDEST);
        let mut table = match wide {
            true => Table::new(&["Method", "HTTP request and description"]),
            false => Table::new(&["Method", "HTTP request", "Description"]),
        };
        for id in operations {
            let (operation, names) = (&cx.api.operations[id.0], cx.names.of_operation(*id));
            let method = names.method.plain();
            let about = match operation.docs.summary.trim() {
                "" => operation.docs.description.lines().next().unwrap_or_default(),
                summary => summary,
            };
            let about = match operation.docs.deprecated {
                true => format!("Deprecated. {}", inline(about)),
                false => inline(about),
            };
            let method = format!("[`{method}`](#{})", method.to_lowercase());
            let called = code(&called(operation));
            match wide {
                true => table.push(&[&method, format!("{called}<br>{about}").trim_end_matches("<br>")]),
                false => table.push(&[&method, &called, &about]),
            }
        }
        table.text()
    }

    fn base_urls(&self) -> String {
        let servers = &self.cx.api.servers;
        let mut text = match servers.first() {
            Some(first) => format!("Base URL: {}", code(&first.template)),
            None => "The API description declares no servers: the client builder needs a base URL".to_owned(),
        };
        let others: Vec<String> = servers
            .iter()
            .skip(1)
            .take(8)
            .map(|server| code(&server.template))
            .collect();
        if !others.is_empty() {
            text.push_str(&format!("; others: {}", others.join(", ")));
        }
        text + ".\n\n"
    }

    fn operation(&self, id: OperationId) -> String {
        let cx = self.cx;
        let (operation, names) = (&cx.api.operations[id.0], cx.names.of_operation(id));
        let mut text = format!("\n## {}\n\n{}\n\n", names.method.plain(), code(&called(operation)));
        text.push_str(&self.description(&operation.docs));
        text.push_str(&format!("```rust,ignore\n{}\n```\n\n", self.signature(id)));
        if let Some(server) = &operation.server {
            text.push_str(&format!("Server: {}.\n\n", code(server)));
        }
        if let Some(example) = cx.example(id) {
            text.push_str(&format!("### Example\n\n```rust\n{}```\n\n", example.program()));
        }
        text.push_str(&self.parameters(id));
        text.push_str(&format!("### Returns\n\n{}\n\n", self.returned(id)));
        let pages = cx.pagination(id).is_some();
        if pages {
            text.push_str("Paginated: `.pages()` and `.items()` stream all results.\n\n");
        }
        text.push_str(&self.authorization(operation));
        text.push_str(&self.headers(operation));
        text.push_str(&self.responses(id));
        text.push_str(&format!("[Back to the list](#{})\n", self.top(id).to_lowercase()));
        text
    }

    fn top(&self, id: OperationId) -> &str {
        let index = self.cx.group_of(id).unwrap_or(self.cx.api.groups.len());
        self.groups.get(index).map_or("", String::as_str)
    }

    fn signature(&self, id: OperationId) -> String {
        let cx = self.cx;
        let (operation, names) = (&cx.api.operations[id.0], cx.names.of_operation(id));
        let mut arguments = vec!["&self".to_owned()];
        for (parameter, ident) in operation.parameters.iter().zip(&names.parameters) {
            if parameter.is_argument() {
                arguments.push(format!("{ident}: {}", tidy(cx.parameter_type(parameter))));
            }
        }
        if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
            arguments.push(tidy(cx.body(id, body, &quote!(request)).argument));
        }
        let one = format!(
            "fn {}({}) -> Request<{}>",
            names.method,
            arguments.join(", "),
            names.marker
        );
        if one.len() <= 88 {
            return one;
        }
        let arguments: String = arguments.iter().map(|argument| format!("    {argument},\n")).collect();
        format!("fn {}(\n{arguments}) -> Request<{}>", names.method, names.marker)
    }

    fn parameters(&self, id: OperationId) -> String {
        let cx = self.cx;
        let (operation, names) = (&cx.api.operations[id.0], cx.names.of_operation(id));
        if operation.parameters.is_empty() && operation.body.is_none() {
            return String::new();
        }
        let mut text = "### Parameters\n\n".to_owned();
        let mut table = Table::new(&[
            "Name",
            "Type",
            "Sent as",
            "Description",
            "Required",
            "Default",
            "Bounds",
            "Example",
        ]);
        for (parameter, ident) in operation.parameters.iter().zip(&names.parameters) {
            let constant = parameter.constant();
            let ty = &parameter.slot.ty;
            let linked = self.linked(&tidy(cx.ty(ty, &mut Scope::Api)), ty);
            let always = constant.map(|value| format!("always {}", code(&text_of(value))));
            let required = if parameter.is_argument() {
                "required"
            } else {
                "optional"
            };
            let facts = Facts::of(&parameter.docs);
            let deprecated = if parameter.docs.deprecated { "Deprecated. " } else { "" };
            table.push(&[
                &format!("`{}`", ident.plain()),
                &constant.map_or(linked, |_| String::new()),
                &format!("{} {}", parameter.location.as_str(), code(&parameter.wire)),
                &(deprecated.to_owned() + &inline(&parameter.docs.description)),
                always.as_deref().unwrap_or(required),
                &facts.default,
                &facts.bounds,
                &facts.example,
            ]);
        }
        if let Some(body) = &operation.body {
            let contents = body.contents.iter().map(|content| match content.kind.slot() {
                Some(slot) => self.slot(slot),
                None => match content.kind {
                    BodyKind::JsonPatch => "`JsonPatch`".to_owned(),
                    BodyKind::Text => "`String`".to_owned(),
                    BodyKind::Multipart(..) => "`Multipart`".to_owned(),
                    _ => "`Body`".to_owned(),
                },
            });
            let mut types: Vec<String> = contents.collect();
            types.dedup();
            table.push(&[
                "`body`",
                &types.join(" or "),
                "body",
                &inline(&body.docs.description),
                if body.required { "required" } else { "optional" },
                "",
                "",
                "",
            ]);
        }
        text.push_str(&table.text());
        text + "\nRequired parameters are arguments of the method; optional ones are set with methods of the request.\n\n"
    }

    fn returned(&self, id: OperationId) -> String {
        let cx = self.cx;
        let successes = cx.api.operations[id.0].successes();
        let types: Vec<String> = successes
            .iter()
            .flat_map(|(_, response)| cx.types(response, Role::Success))
            .map(tidy)
            .collect();
        let same = types.iter().all(|ty| *ty == types[0]);
        match types.first() {
            None => "`()`".to_owned(),
            Some(only) if same => {
                let slot = successes
                    .iter()
                    .find_map(|(_, response)| response.contents.first()?.kind.slot());
                slot.map_or_else(|| code(only), |slot| self.linked(only, &slot.ty))
            }
            Some(_) => format!(
                "`{}`: one variant per status code and content type, see below",
                cx.names.of_operation(id).output
            ),
        }
    }

    fn authorization(&self, operation: &Operation) -> String {
        let mut text = "### Authorization\n\n".to_owned();
        if operation.security.is_empty() {
            return text + "None.\n\n";
        }
        if operation.security.len() > 1 {
            text.push_str("One of:\n\n");
        }
        for all in &operation.security {
            let schemes = all.iter().map(|id| {
                let names = self.cx.names.of_scheme(*id);
                let scheme = security::text(&self.cx.api.schemes[id.0]);
                format!("{scheme} (`ClientBuilder::{}`)", names.setter.plain())
            });
            let schemes: Vec<String> = schemes.collect();
            match schemes.is_empty() {
                true => text.push_str("* none\n"),
                false => text.push_str(&format!("* {}\n", schemes.join("; and "))),
            }
        }
        text + "\n"
    }

    /// What the request says about bodies.
    fn headers(&self, operation: &Operation) -> String {
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        let sent: Vec<String> = contents.map(|content| code(&content.media_type)).collect();
        let accepted = accept(operation);
        let mut text = "### HTTP request headers\n\n".to_owned();
        text.push_str(&match sent.is_empty() {
            true => "* **Content-Type**: none\n".to_owned(),
            false => format!("* **Content-Type**: {}\n", sent.join(" or ")),
        });
        text.push_str(&match accepted.is_empty() {
            true => "* **Accept**: anything\n\n".to_owned(),
            false => format!("* **Accept**: {}\n\n", code(&accepted)),
        });
        text
    }

    fn responses(&self, id: OperationId) -> String {
        let cx = self.cx;
        let (operation, names) = (&cx.api.operations[id.0], cx.names.of_operation(id));
        let mut text = "### Responses\n\n".to_owned();
        let mut table = Table::new(&["Status", "Description", "Type", "Content type", "Headers"]);
        for response in &operation.responses {
            let role = match response.is_success() {
                true => Role::Success,
                false => Role::Error,
            };
            let types = cx.types(response, role).into_iter().enumerate().map(|(index, ty)| {
                let bodies = response.variants();
                let slot = bodies.get(index).and_then(|contents| contents[0].kind.slot());
                match slot {
                    Some(slot) => self.linked(&tidy(ty), &slot.ty),
                    None if bodies.is_empty() => "no body".to_owned(),
                    None => code(&tidy(ty)),
                }
            });
            let types: Vec<String> = types.collect();
            let media_types: Vec<String> = response
                .contents
                .iter()
                .map(|content| code(&content.media_type))
                .collect();
            let headers: Vec<String> = response.headers.iter().map(|header| code(&header.wire)).collect();
            table.push(&[
                &status(response.status),
                &inline(&response.description),
                &types.join(" or "),
                &media_types.join(", "),
                &headers.join(", "),
            ]);
        }
        text.push_str(&table.text());
        text.push('\n');
        let declared = errors(operation);
        if declared.is_empty() {
            return text
                + "No errors are declared: `Error::status` and `Error::body` return the status code and the body.\n\n";
        }
        let arms = declared.iter().flat_map(|(index, response)| {
            let variants = variants(&names.responses[*index], false);
            variants
                .into_iter()
                .map(|variant| format!("`{variant}` ({})", status(response.status)))
        });
        let arms: Vec<String> = arms.collect();
        text + &format!(
            "Errors: `Error::api` returns `{}`: {}.\n\n",
            names.error,
            arms.join(", ")
        )
    }
}

/// Method and path.
fn called(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundred) => format!("{hundred}XX"),
        Status::Default => "other".to_owned(),
    }
}
