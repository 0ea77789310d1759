//! The programs of `examples/`: each operation a function, chosen by name.

use std::collections::BTreeSet;

use crate::analyze::Slice;
use crate::emit::context::Cx;
use crate::emit::context::example::{Example, RESULT, push_indented};
use crate::ir::OperationId;

/// How many operations a program has, unless all are asked for.
const MOST: usize = 40;

/// The functions of a program that would not be told from `main`.
const TAKEN: [&str; 3] = ["main", "run", "client"];

/// The program of a client: all operations of a small one, the first of each group of a large one.
pub(crate) fn programs(cx: &Cx<'_>, all: bool) -> Option<String> {
    let ids = chosen(cx, all);
    let examples: Vec<(OperationId, &Example)> = ids.into_iter().filter_map(|id| Some((id, cx.example(id)?))).collect();
    let krate = cx.krate.as_deref()?;
    if examples.is_empty() {
        return None;
    }
    let root = cx.paths.client(krate);
    let base_url = cx.names.variable("BASE_URL");
    let name = cx.paths.example_name(krate);
    let mut text = format!(
        "//! Calls an operation by name, with credentials from environment variables.\n//!\n//! ```text\n//! cargo \
         run --example {name} -- OPERATION\n//! ```\n//!\n//! `{base_url}` sets the base URL.\n\n"
    );
    if examples.iter().any(|(_, example)| example.deprecated) {
        text.push_str("#![allow(deprecated, reason = \"some operations are\")]\n\n");
    }
    text.push_str(&format!("use {root}::Client;\n\n"));
    let credentials = match cx.has_credentials() {
        true => ".credentials_from_env()",
        false => "",
    };
    let mut seen: BTreeSet<String> = TAKEN.iter().map(|name| (*name).to_owned()).collect();
    let (mut arms, mut functions) = (String::new(), String::new());
    for (id, example) in &examples {
        let names = cx.names.of_operation(*id);
        let group = cx.group_of(*id).map(|group| cx.names.of_group(group).accessor.plain());
        let mut function = names.called.clone();
        if !seen.insert(function.clone()) {
            function = format!("{}_{function}", group.unwrap_or("client"));
            while !seen.insert(function.clone()) {
                function.push('_');
            }
        }
        arms.push_str(&format!("        \"{function}\" => call_{function}(client).await,\n"));
        functions.push_str(&format!("\nasync fn call_{function}(client: &Client) -> {RESULT} {{\n"));
        if !example.imports_of_call.is_empty() {
            push_indented(&mut functions, &(example.imports_of_call.join("\n") + "\n\n"));
        }
        push_indented(&mut functions, &example.call);
        functions.push_str("    Ok(())\n}\n");
    }
    for line in [
        "/// Reads the operation from the command line and calls it.",
        "#[tokio::main(flavor = \"current_thread\")]",
        &format!("pub async fn main() -> {RESULT} {{"),
        &format!("    let mut builder = Client::builder(){credentials};"),
        &format!("    if let Ok(base_url) = std::{}::var(\"{base_url}\") {{", "env"),
        "        builder = builder.base_url(base_url);",
        "    }",
        &format!("    let name = std::{}::args().nth(1).unwrap_or_default();", "env"),
        "    run(&name, &builder.build()?).await",
        "}",
    ] {
        text.push_str(line);
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&format!(
        "/// Calls the operation with this name.\npub async fn run(name: &str, client: &Client) -> {RESULT} {{\n    match \
         name {{\n{arms}        other => Err(format!(\"there is no example `{{other}}`\").into()),\n    }}\n}}\n"
    ));
    Some(text + &functions)
}

/// The features that the operations of a program need.
pub(crate) fn features(cx: &Cx<'_>, all: bool) -> Vec<String> {
    let called = chosen(cx, all).into_iter().filter(|id| cx.example(*id).is_some());
    let groups: BTreeSet<Option<usize>> = called.map(|id| cx.group_of(id)).collect();
    let slices = groups
        .into_iter()
        .map(|group| group.map_or(Slice::Untagged, Slice::Group));
    slices.filter_map(|slice| Some(cx.feature(slice)?.to_owned())).collect()
}

fn chosen(cx: &Cx<'_>, all: bool) -> Vec<OperationId> {
    let every = (0..cx.api.operations.len()).map(OperationId);
    if all || cx.api.operations.len() <= MOST {
        return every.collect();
    }
    let groups = cx.api.groups.iter();
    let first = groups.filter_map(|group| group.operations.first().copied());
    first.take(MOST).collect()
}
