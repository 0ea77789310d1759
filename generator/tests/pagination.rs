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
    for unknown in [
        "type: integer",
        "type: integer, default: 5",
        "type: string, default: '1'",
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
    assert!(said(&outcome)[0].contains("`x-ms-pageable` is not followed, since there is no array at `/jars`"));
    let outcome = paged("x-ms-pageable: { nextLinkName: nextLink, operationName: listJars }");
    assert!(said(&outcome)[0].contains("the operation `listJars` gives the next page"));
    assert_eq!(said(&paged("x-ms-pageable: { nextLinkName: null }")), [""; 0]);
    assert_eq!(said(&paged("x-ms-pageable: nonsense")), [""; 0]);
    for wrong in [
        "{}",
        "{ type: cursor, inputs: [{ name: c, in: requestBody, type: cursor }] }",
        "[]",
        "7",
    ] {
        let outcome = paged(&format!("x-speakeasy-pagination: {wrong}"));
        assert!(
            said(&outcome)[0].starts_with("N204: `x-speakeasy-pagination` is not followed"),
            "{wrong}"
        );
        let outcome = paged(&format!("x-fern-pagination: {wrong}"));
        assert!(
            said(&outcome)[0].starts_with("N204: `x-fern-pagination` is not followed"),
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
            "it has no query parameter `offset` of one value",
        ),
        (
            "{ style = 'cursor', parameter = 'at' }",
            "it is not said where the token is",
        ),
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
        ("pagination = { listJars = true }", "needs a table with a `style`"),
        ("pagination = { listJars = { style = 'pages' } }", "pages"),
        (
            "pagination = { listJars = { style = 'next-url' } }",
            "missing field `next`",
        ),
        (
            "pagination = { listJars = { style = 'next-url', next = '', nxt = '' } }",
            "unknown field `nxt`",
        ),
        (
            "pagination = { '*' = { style = 'link-header' } }",
            "`*` can only be `false`",
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
    let outcome = run(
        &post,
        table("pagination = { listJars = { style = 'link-header' } }").expect("a table"),
    );
    assert!(said(&outcome)[0].contains("it is not a `GET` without a body"));
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
