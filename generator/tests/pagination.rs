//! Which operations have pages: what the configuration, extensions and names say.

use std::fmt::Write;

use envoi::{Config, Outcome, Pages, Pagination, Source, generate};

/// A document with one operation: its members beside the responses, and the schema of its result.
fn document(operation: &str, schema: &str) -> String {
    format!(
        "
openapi: 3.0.3
info: {{ title: Jars, version: '1' }}
paths:
  /jars:
    get:
      operationId: listJars
      {operation}
      responses:
        '200': {{ description: Jars., content: {{ application/json: {{ schema: {schema} }} }} }}
"
    )
}

/// The operation `listJars` with query parameters, which are numbers unless said otherwise.
fn with(parameters: &[&str]) -> String {
    let mut list = "parameters: [".to_owned();
    for parameter in parameters {
        let (name, schema) = parameter.split_once(' ').unwrap_or((parameter, "type: integer"));
        write!(list, "{{ name: '{name}', in: query, schema: {{ {schema} }} }}, ").expect("a text");
    }
    list + "]"
}

fn run(document: &str, pagination: Pagination) -> Outcome {
    let config = Config {
        pagination,
        ..Config::default()
    };
    generate(&Source::new("jars.yaml", document), &config)
}

/// How the operation is paged, without blanks and without what is around it.
fn paging_of(outcome: &Outcome) -> Option<String> {
    assert!(!outcome.diagnostics.has_errors());
    let text: String = outcome.files.iter().map(|file| file.text.as_str()).collect();
    let (_, rest) = text.split_once("const PAGING: Paging = Paging::")?;
    let (paging, _) = rest.split_once(';')?;
    Some(paging.split_whitespace().collect())
}

/// How an operation with these parameters and this result is paged by rule.
fn recognized(parameters: &[&str], schema: &str) -> Option<String> {
    paging_of(&run(&document(&with(parameters), schema), Pagination::default()))
}

/// An object with these members.
fn object(members: &str) -> String {
    format!("{{ type: object, properties: {{ {members} }} }}")
}

const LIST: &str = "{ type: array, items: { type: string } }";
const CURSOR: &str = "cursor type: string";

fn said(outcome: &Outcome) -> Vec<String> {
    let of = |diagnostic: &envoi::Diagnostic| {
        let help = diagnostic.help.as_deref().unwrap_or_default();
        format!("{}: {} {help}", diagnostic.code, diagnostic.message)
    };
    outcome.diagnostics.iter().map(of).collect()
}

fn table(text: &str) -> Result<Pagination, String> {
    #[derive(serde::Deserialize)]
    struct Client {
        pagination: Pagination,
    }
    let client: Result<Client, _> = toml_edit::de::from_str(text);
    client
        .map(|client| client.pagination)
        .map_err(|error| error.to_string())
}

#[test]
fn numbers_are_counted_when_it_is_known_from_where() {
    let paged = |first: &str| recognized(&[&format!("page {first}"), "per_page"], LIST);
    assert_eq!(
        paged("type: integer, default: 1").as_deref(),
        Some("page_number(\"page\",1)")
    );
    assert_eq!(
        paged("type: integer, minimum: 1").as_deref(),
        Some("page_number(\"page\",1)")
    );
    assert_eq!(
        paged("type: integer, minimum: 0, default: 1").as_deref(),
        Some("page_number(\"page\",1)")
    );
    assert_eq!(
        paged("type: integer, minimum: 0").as_deref(),
        Some("page_number(\"page\",0)")
    );
    // text that is a number
    assert_eq!(
        paged("type: string, default: '1'").as_deref(),
        Some("page_number(\"page\",1)")
    );
    let echoed = object(&format!(
        "items: {LIST}, page: {{ type: integer }}, pages: {{ type: integer }}"
    ));
    assert_eq!(
        recognized(&["page type: string"], &echoed).as_deref(),
        Some("numbered_page(\"page\",\"/page\").items(\"/items\").total_pages(\"/pages\")")
    );
    for unknown in [
        "type: integer",
        "type: integer, default: 5",
        "type: string, default: 'one'",
        "type: string",
        "type: boolean",
    ] {
        assert_eq!(paged(unknown), None, "{unknown}");
    }
    assert_eq!(
        recognized(&["page type: integer, default: 1"], LIST),
        None,
        "it may be the page of a book"
    );
}

#[test]
fn what_a_description_says_about_the_first_page_counts() {
    for (text, first) in [
        ("Page number, starting at 1.", Some("1")),
        ("The page (1-based)", Some("1")),
        ("Zero-based page index", Some("0")),
        ("Defaults to `0`", Some("0")),
        ("default: 1, first page is 1", Some("1")),
        ("Page to return. Default is 10.", None),
        ("Starts at 0; 1-based", None),
        ("Which page", None),
    ] {
        let operation = format!(
            "parameters: [{{ name: page, in: query, description: '{text}', schema: {{ type: integer }} }}, \
             {{ name: limit, in: query, schema: {{ type: integer, maximum: 9 }} }}]"
        );
        let found = paging_of(&run(&document(&operation, LIST), Pagination::default()));
        let expected = first.map(|first| format!("page_number(\"page\",{first}).size(\"limit\",9)"));
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn offsets_need_a_size_and_must_count_items() {
    assert_eq!(
        recognized(&["offset", "limit"], LIST).as_deref(),
        Some("offset(\"offset\",0)")
    );
    assert_eq!(
        recognized(&["$skip", "$top"], LIST).as_deref(),
        Some("offset(\"$skip\",0)")
    );
    assert_eq!(
        recognized(&["startIndex type: integer, default: 1", "count"], LIST).as_deref(),
        Some("offset(\"startIndex\",1)")
    );
    for parameters in [
        &["offset"][..],
        &["offset type: string", "limit"],
        &["start", "count"],
        &["start type: string, format: date", "count"],
        &["offset", "limit", "page_token type: string"],
    ] {
        assert_eq!(recognized(parameters, LIST), None, "{parameters:?}");
    }
}

#[test]
fn tokens_go_where_they_belong() {
    for (parameter, members, token) in [
        (CURSOR, "next_cursor: { type: string }", Some("/next_cursor")),
        (
            "pageToken type: string",
            "nextPageToken: { type: string }",
            Some("/nextPageToken"),
        ),
        (
            "after type: string",
            "paging: { type: object, properties: { next: { type: object, properties: { after: { type: string } } } } }",
            Some("/paging/next/after"),
        ),
        (
            CURSOR,
            "cursor: { type: string, description: Send it to get the next page. }",
            Some("/cursor"),
        ),
        (CURSOR, "cursor: { type: string }", None),
        (CURSOR, "next_cursor: { type: string, format: uri }", None),
        (CURSOR, "next_cursor: { type: boolean }", None),
        (CURSOR, "previous_cursor: { type: string }", None),
        ("token type: string", "next_token: { type: string }", None),
    ] {
        let schema = object(&format!("items: {LIST}, {members}"));
        let expected = token.map(|token| {
            let name = parameter.split(' ').next().unwrap_or_default();
            format!("cursor(\"{name}\",\"{token}\")")
        });
        assert_eq!(recognized(&[parameter], &schema), expected, "{parameter} {members}");
    }
}

#[test]
fn it_must_be_clear_where_the_items_are() {
    let paged = |members: &str| {
        recognized(
            &[CURSOR],
            &object(&format!("{members}, next_cursor: {{ type: string }}")),
        )
    };
    for members in [
        format!("data: {LIST}"),
        format!("data: {LIST}, included: {LIST}, errors: {LIST}"),
        format!("jars: {LIST}, lids: {LIST}"),
        format!("results: {LIST}, shelves: {LIST}"),
        format!("shelves: {LIST}"),
        format!("data: {}", object(&format!("items: {LIST}"))),
    ] {
        assert!(paged(&members).is_some(), "{members}");
    }
    for members in [
        "data: { type: string }".to_owned(),
        format!("lids: {LIST}, shelves: {LIST}"),
        format!("data: {LIST}, items: {LIST}"),
        format!("errors: {LIST}"),
    ] {
        assert_eq!(paged(&members), None, "{members}");
    }
    let book = object(&format!("title: {{ type: string }}, lines: {LIST}"));
    assert_eq!(
        recognized(&["offset", "limit"], &book),
        None,
        "a thing with a list in it"
    );
}

#[test]
fn urls_are_followed_when_they_are_urls() {
    for (members, url) in [
        ("next_url: { type: string }", Some("/next_url")),
        ("'@odata.nextLink': { type: string }", Some("/@odata.nextLink")),
        (
            "links: { type: object, properties: { next: { type: string } } }",
            Some("/links/next"),
        ),
        ("next: { type: string, format: uri }", Some("/next")),
        (
            "next: { type: string, description: Link to the next page }",
            Some("/next"),
        ),
        ("next: { type: string }", None),
        ("next: { type: integer }", None),
        ("next_url: { type: boolean }", None),
    ] {
        let schema = object(&format!("items: {LIST}, {members}"));
        let expected = url.map(|url| format!("next_url(\"{url}\")"));
        assert_eq!(recognized(&[], &schema), expected, "{members}");
    }
    let schema = object(&format!("results: {LIST}, next: {{ type: string, format: uri }}"));
    let counted = recognized(&["page type: integer, default: 1"], &schema);
    assert_eq!(
        counted.as_deref(),
        Some("page_number(\"page\",1).items(\"/results\").more(\"/next\")")
    );
}

#[test]
fn extensions_say_more_than_names() {
    let schema = object(&format!("value: {LIST}, things: {LIST}, nextLink: {{ type: string }}"));
    let paged = |extension: &str| run(&document(extension, &schema), Pagination::default());
    let found = paging_of(&paged("x-ms-pageable: { nextLinkName: nextLink }"));
    assert_eq!(found.as_deref(), Some("next_url(\"/nextLink\")"));
    let outcome = paged("x-ms-pageable: { nextLinkName: nextLink, itemName: jars }");
    assert_eq!(paging_of(&outcome), None);
    assert!(said(&outcome)[0].contains("`x-ms-pageable` is ignored: there is no array at `/jars`"));
    let outcome = paged("x-ms-pageable: { nextLinkName: nextLink, operationName: listJars }");
    assert!(said(&outcome)[0].contains("the operation `listJars` gives the next page"));
    let outcome = paged("x-ms-pageable: { nextLinkName: null }");
    assert_eq!(paging_of(&outcome), None, "there is one page");
    assert!(said(&outcome)[0].contains("the document says not to follow its link to the next page"));
    assert_eq!(said(&paged("x-ms-pageable: nonsense")), [""; 0]);
    for wrong in [
        "{}",
        "{ type: cursor, inputs: [{ name: c, in: requestBody, type: cursor }] }",
        "[]",
        "7",
    ] {
        let outcome = paged(&format!("x-speakeasy-pagination: {wrong}"));
        assert!(
            said(&outcome)[0].starts_with("N204: `x-speakeasy-pagination` is ignored"),
            "{wrong}"
        );
        let outcome = paged(&format!("x-fern-pagination: {wrong}"));
        assert!(
            said(&outcome)[0].starts_with("N204: `x-fern-pagination` is ignored"),
            "{wrong}"
        );
    }
}

#[test]
fn the_configuration_has_the_last_word() {
    let schema = object(&format!(
        "data: {LIST}, jars: {LIST}, next_cursor: {{ type: string }}, then: {{ type: string }}"
    ));
    let document = document(&with(&[CURSOR, "at"]), &schema);
    let run = |text: &str| run(&document, table(text).expect("a table"));
    assert!(paging_of(&run("pagination = true")).is_some());
    for off in [
        "pagination = false",
        "pagination = { listJars = false }",
        "pagination = { '*' = false }",
    ] {
        assert_eq!(paging_of(&run(off)), None, "{off}");
    }
    for (entry, paging) in [
        (
            "{ style = 'cursor', parameter = 'at', next = '/then', items = '/jars' }",
            "cursor(\"at\",\"/then\")",
        ),
        (
            "{ style = 'cursor', parameter = 'cursor', header = 'X-Next', items = '/data' }",
            "cursor_in_header(\"cursor\",\"X-Next\")",
        ),
        (
            "{ style = 'page-number', parameter = 'at', total-pages = '/x', items = '/data' }",
            "page_number(\"at\",1).items(\"/data\").total_pages(\"/x\")",
        ),
        (
            "{ style = 'offset', parameter = 'at', first = 7, more = '/m', items = '/data' }",
            "offset(\"at\",7).items(\"/data\").more(\"/m\")",
        ),
        (
            "{ style = 'next-url', next = '/then', items = '/data' }",
            "next_url(\"/then\")",
        ),
        ("{ style = 'link-header', items = '/data' }", "link_header()"),
    ] {
        let found = paging_of(&run(&format!("pagination = {{ '*' = false, listJars = {entry} }}")));
        assert_eq!(found.as_deref(), Some(paging), "{entry}");
    }
    for (entry, reason) in [
        (
            "{ style = 'link-header', items = '/lids' }",
            "there is no array at `/lids`",
        ),
        (
            "{ style = 'link-header', items = '/then' }",
            "there is no array at `/then`",
        ),
        (
            "{ style = 'offset', parameter = 'offset' }",
            "it has no single-valued query parameter `offset`",
        ),
        ("{ style = 'cursor', parameter = 'at' }", "`next` is not set"),
    ] {
        let outcome = run(&format!("pagination = {{ listJars = {entry} }}"));
        assert!(
            said(&outcome)[0].starts_with("W106: ") && said(&outcome)[0].contains(reason),
            "{:?}",
            said(&outcome)
        );
        assert_eq!(paging_of(&outcome), None);
    }
    let outcome = run("pagination = { listJar = false }");
    assert!(
        said(&outcome)[0].ends_with("did you mean `listJars`?"),
        "{:?}",
        said(&outcome)
    );
}

#[test]
fn a_wrong_table_says_what_is_wrong() {
    for (text, said) in [
        ("pagination = 1", "`true`, `false`, or a table by operationId"),
        ("pagination = { listJars = true }", "a table with a `style`"),
        ("pagination = { listJars = { style = 'pages' } }", "pages"),
        (
            "pagination = { listJars = { style = 'next-url' } }",
            "missing field `next`",
        ),
        (
            "pagination = { listJars = { style = 'next-url', next = '', nxt = '' } }",
            "unknown field `nxt`",
        ),
    ] {
        let error = table(text).expect_err("an error");
        assert!(error.contains(said), "{text}: {error}");
    }
    let entry = Pages::LinkHeader { items: None };
    assert_eq!(
        table("pagination = { a = { style = 'link-header' } }")
            .expect("a table")
            .operations["a"],
        Some(entry)
    );
}

#[test]
fn only_what_can_be_asked_again_has_pages() {
    let schema = object(&format!("items: {LIST}, nextPageToken: {{ type: string }}"));
    let get = document(&with(&["pageToken type: string"]), &schema);
    assert!(paging_of(&run(&get, Pagination::default())).is_some());
    let post = get.replace("    get:", "    post:");
    assert_eq!(paging_of(&run(&post, Pagination::default())), None);
    let two = get.replace(
        "'200': {",
        "'201': { description: Text., content: { text/plain: {} } }\n        '200': {",
    );
    assert_eq!(
        paging_of(&run(&two, Pagination::default())),
        None,
        "the result is one of two types"
    );
    let configured = |document: &str| {
        let table =
            "pagination = { listJars = { style = 'cursor', parameter = 'pageToken', next = '/nextPageToken' } }";
        run(document, table_of(table))
    };
    // the configuration vouches for it
    assert!(paging_of(&configured(&post)).is_some());
    for method in ["delete", "put", "patch"] {
        let outcome = configured(&get.replace("    get:", &format!("    {method}:")));
        assert_eq!(paging_of(&outcome), None);
        assert!(said(&outcome)[0].contains(&format!("it is a `{}`", method.to_uppercase())));
    }
}

fn table_of(text: &str) -> Pagination {
    table(text).expect("a table")
}

/// The document of [`with`] as a `POST` with a JSON body of these members.
fn post(members: &str, schema: &str) -> String {
    let body = format!(
        "requestBody: {{ content: {{ application/json: {{ schema: {} }} }} }}",
        object(members)
    );
    document(&body, schema).replace("    get:", "    post:")
}

#[test]
fn a_post_is_paged_by_a_token_in_its_body() {
    let page = object(&format!(
        "results: {LIST}, next_cursor: {{ type: string }}, has_more: {{ type: boolean }}"
    ));
    let paged = |members: &str, page: &str| paging_of(&run(&post(members, page), Pagination::default()));
    assert_eq!(
        paged("start_cursor: { type: string }, name: { type: string }", &page).as_deref(),
        Some("cursor(\"/start_cursor\",\"/next_cursor\").in_body(\"application/json\").more(\"/has_more\")")
    );
    let nested = "pagination: { type: object, properties: { cursor: { type: string } } }";
    assert_eq!(
        paged(nested, &page).as_deref(),
        Some("cursor(\"/pagination/cursor\",\"/next_cursor\").in_body(\"application/json\").more(\"/has_more\")")
    );
    for members in [
        "name: { type: string }",
        "cursor: { type: boolean }",
        "page: { type: integer, default: 1 }",
    ] {
        assert_eq!(paged(members, &page), None, "{members}");
    }
    let without = object(&format!("results: {LIST}, cursor: {{ type: string }}"));
    assert_eq!(
        paged("cursor: { type: string }", &without),
        None,
        "it may repeat what was sent"
    );
    let bytes = post("", &page).replace(
        "application/json: { schema: { type: object, properties: {  } } }",
        "image/png: {}",
    );
    let outcome = run(
        &bytes,
        table_of("pagination = { listJars = { style = 'link-header' } }"),
    );
    assert!(
        said(&outcome)[0].contains("can be sent only once"),
        "{:?}",
        said(&outcome)
    );
}

#[test]
fn extensions_can_name_a_member_of_the_body() {
    let page = object(&format!("data: {LIST}, then: {{ type: string }}"));
    let extension = "x-speakeasy-pagination: { type: cursor, outputs: { nextCursor: $.then }, \
        inputs: [{ name: size, in: requestBody, type: limit }, { name: at, in: requestBody, type: cursor }] }";
    let in_body = post("size: { type: integer }, at: { type: string }", &page)
        .replace("      requestBody:", &format!("      {extension}\n      requestBody:"));
    assert_eq!(
        paging_of(&run(&in_body, Pagination::default())).as_deref(),
        Some("cursor(\"/at\",\"/then\").in_body(\"application/json\")")
    );
    // the size alone is in the body
    let in_query = in_body.replace("name: at, in: requestBody", "name: at, in: parameters");
    let outcome = run(&in_query, Pagination::default());
    assert!(
        said(&outcome)[0].contains("which may change data"),
        "{:?}",
        said(&outcome)
    );
}

#[test]
fn the_configuration_can_name_a_member_of_the_body() {
    let page = object(&format!("data: {LIST}, then: {{ type: string }}"));
    let members = "at: { type: integer }, p: { type: object, properties: { c: { type: string } } }, free: {}";
    let document = post(members, &page);
    let run = |entry: &str| run(&document, table_of(&format!("pagination = {{ listJars = {entry} }}")));
    for (entry, paging) in [
        (
            "{ style = 'cursor', body = '/p/c', next = '/then' }",
            "cursor(\"/p/c\",\"/then\").in_body(\"application/json\")",
        ),
        (
            "{ style = 'page-number', body = '/at', total-pages-header = 'X-Pages' }",
            "page_number(\"/at\",1).in_body(\"application/json\").items(\"/data\").total_pages_in_header(\"X-Pages\")",
        ),
        (
            "{ style = 'page-number', body = '/at', number = '/n' }",
            "numbered_page(\"/at\",\"/n\").in_body(\"application/json\").items(\"/data\")",
        ),
        (
            "{ style = 'offset', body = '/free/from', number = '/n' }",
            "numbered_offset(\"/free/from\",\"/n\").in_body(\"application/json\").items(\"/data\")",
        ),
    ] {
        assert_eq!(paging_of(&run(entry)).as_deref(), Some(paging), "{entry}");
    }
    for pointer in ["/q", "at", "", "/p", "/p/d", "/at/c"] {
        let outcome = run(&format!("{{ style = 'cursor', body = '{pointer}', next = '/then' }}"));
        let expected = pointer == "/p";
        assert_eq!(paging_of(&outcome).is_some(), expected, "{pointer}");
        assert!(
            expected || said(&outcome)[0].contains("its body has no property"),
            "{:?}",
            said(&outcome)
        );
    }
    let outcome = run("{ style = 'cursor', next = '/then' }");
    assert!(
        said(&outcome)[0].contains("neither `parameter` nor `body` is set"),
        "{:?}",
        said(&outcome)
    );
}

#[test]
fn the_most_specific_pattern_that_fits_counts() {
    let schema = object(&format!("data: {LIST}, then: {{ type: string }}"));
    let document = document(&with(&[CURSOR, "at"]), &schema);
    let run = |entries: &str| run(&document, table_of(&format!("pagination = {{ {entries} }}")));
    let by = |next: &str| format!("{{ style = 'cursor', parameter = 'cursor', next = '/{next}' }}");
    let elsewhere = "{ style = 'cursor', parameter = 'other', next = '/x' }";
    for (entries, next) in [
        (format!("'list*' = {}, '*' = false", by("a")), Some("a")),
        (format!("'list*' = {}, listJars = {}", by("a"), by("b")), Some("b")),
        (
            format!("'*' = {}, 'list*' = {}, 'l*s' = {}", by("a"), by("b"), by("c")),
            Some("b"),
        ),
        (format!("'list????' = {}, '*Jars' = false", by("a")), Some("a")),
        (format!("'list*' = false, '*' = {}", by("a")), None),
        (format!("'list*' = {}, listJars = false", by("a")), None),
        // what does not fit is passed over
        (format!("'listJ*' = {elsewhere}, 'list*' = {}", by("a")), Some("a")),
    ] {
        let expected = next.map(|next| format!("cursor(\"cursor\",\"/{next}\")"));
        assert_eq!(paging_of(&run(&entries)), expected, "{entries}");
    }
    let outcome = run(&format!("'listJ*' = {elsewhere}"));
    assert!(
        said(&outcome).iter().any(|said| said.starts_with("W106: ")
            && said.contains("`listJ*`")
            && said.contains("it has no single-valued query parameter `other`")),
        "{:?}",
        said(&outcome)
    );
    let outcome = run(&format!("'Get*' = {elsewhere}"));
    let expected = "the pattern `Get*` in `pagination` matches no `operationId`";
    assert!(said(&outcome).iter().any(|said| said.contains(expected)));
}

#[test]
fn an_operation_that_looks_paged_says_why_it_is_not() {
    let noted = |document: &str| {
        let outcome = run(document, Pagination::default());
        assert_eq!(paging_of(&outcome), None);
        let notes: Vec<String> = said(&outcome)
            .into_iter()
            .filter(|said| said.starts_with("N216: "))
            .collect();
        assert!(notes.len() < 2, "{notes:?}");
        notes.into_iter().next()
    };
    let says = |parameters: &[&str], schema: &str, reason: &str, line: &str| {
        let note = noted(&document(&with(parameters), schema)).expect("a note");
        assert!(note.contains(reason) && note.contains(line), "{note}");
    };
    let page = object(&format!("items: {LIST}"));
    says(
        &["page", "per_page"],
        &page,
        "does not say whether `page` counts from 0 or 1",
        "`listJars = { style = \"page-number\", parameter = \"page\", first = 1 }`",
    );
    says(
        &["page type: string", "limit"],
        &page,
        "`page` is not declared as a number",
        "listJars = false",
    );
    says(
        &["offset"],
        &page,
        "`offset` has no page size parameter",
        "`listJars = { style = \"offset\", parameter = \"offset\" }`",
    );
    says(
        &[CURSOR],
        &object(&format!("items: {LIST}, cursor: {{ type: string }}")),
        "no property of its response can be identified as the token for `cursor`",
        "`listJars = { style = \"cursor\", parameter = \"cursor\", next = \"/cursor\" }`",
    );
    says(
        &[CURSOR],
        &object(&format!(
            "lids: {LIST}, shelves: {LIST}, next_cursor: {{ type: string }}"
        )),
        "its response has several arrays that could be the items",
        "next = \"/next_cursor\", items = \"/items\" }`",
    );
    says(
        &["offset", "limit"],
        "{ type: string }",
        "its response has no array of items",
        "listJars = false",
    );
    let nameless = document(&with(&["page", "per_page"]), &page).replace("operationId: listJars", "");
    assert!(noted(&nameless).expect("a note").contains("add an `operationId`"));
    let quoted = document(&with(&["page", "per_page"]), &page).replace("listJars", "'jars/list'");
    assert!(noted(&quoted).expect("a note").contains("set `\"jars/list\" = {"));
    let posted = |members: &str, schema: &str| noted(&post(members, schema));
    let note = posted(
        "cursor: { type: string }",
        &object(&format!("items: {LIST}, cursor: {{ type: string }}")),
    );
    let note = note.expect("a note");
    assert!(note.contains("identified as the token for `cursor`"), "{note}");
    assert!(
        note.contains("`listJars = { style = \"cursor\", body = \"/cursor\", next = \"/cursor\" }`"),
        "{note}"
    );
    let note = posted("page: { type: integer }, limit: { type: integer }", &page).expect("a note");
    assert!(note.contains("it is a `POST`, which may change data"), "{note}");
    assert!(
        note.contains("`listJars = { style = \"page-number\", body = \"/page\", first = 1 }`"),
        "{note}"
    );
    assert_eq!(posted("page: { type: integer }", &page), None, "it may be made of one");
    // what does not look paged, or is said not to be
    assert_eq!(noted(&document(&with(&["limit", "q"]), &page)), None);
    assert_eq!(noted(&document(&with(&["from type: string"]), &page)), None);
    assert_eq!(
        noted(&document(&with(&["after type: string, format: date-time"]), &page)),
        None
    );
    let plain = document(&with(&["page", "per_page"]), &page);
    for off in [
        "pagination = false",
        "pagination = { listJars = false }",
        "pagination = { 'list*' = false }",
    ] {
        assert_eq!(said(&run(&plain, table_of(off))), [""; 0], "{off}");
    }
}

#[test]
fn the_line_that_a_note_proposes_works() {
    let page = object(&format!(
        "lids: {LIST}, next: {{ type: string }}, total: {{ type: integer }}"
    ));
    for parameters in [
        &["page", "per_page"][..],
        &["offset"],
        &[CURSOR],
        &["cursor type: string", "page"],
    ] {
        let document = document(&with(parameters), &page);
        let note = said(&run(&document, Pagination::default())).remove(0);
        let (_, rest) = note.split_once("set `").expect("a line");
        let (line, _) = rest.split_once('`').expect("its end");
        assert!(
            paging_of(&run(&document, table_of(&format!("pagination = {{ {line} }}")))).is_some(),
            "{line}"
        );
    }
}

#[test]
fn schemas_that_refer_to_each_other_without_end_are_left() {
    let document = "
openapi: 3.0.3
info: { title: Jars, version: '1' }
paths:
  /jars:
    get:
      operationId: listJars
      parameters: [{ name: page, in: query, schema: { $ref: '#/components/schemas/A' } }, { name: limit, in: query, schema: { type: integer } }]
      responses: { '200': { description: Jars., content: { application/json: { schema: { $ref: '#/components/schemas/List' } } } } }
components:
  schemas:
    A: { allOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/B' }], type: integer, default: 1 }
    B: { allOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/A' }] }
    List: { type: array, items: { $ref: '#/components/schemas/List' } }
";
    let outcome = run(document, Pagination::default());
    assert_eq!(paging_of(&outcome), None, "a list of itself is a type of its own");
}
