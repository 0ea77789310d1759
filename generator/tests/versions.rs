//! What each version of OpenAPI added around schemas: a table of documents and what is understood of them.

use envoi::{Config, Source, dump, generate};

/// The representation of a document without its head, and the codes of what there is to say about it.
fn understood(version: &str, body: &str) -> (String, Vec<&'static str>) {
    let text = format!("openapi: {version}\ninfo: {{ title: T, version: '1' }}\n{body}");
    let source = Source::new("t.yaml", text.as_str());
    let dumped = dump(&source).expect("it can be read");
    let outcome = generate(&source, &Config::default());
    let mut codes: Vec<&str> = outcome
        .diagnostics
        .iter()
        // What 3.0 asks for, and these leave out to be short; what it does not have, and is read all the same.
        .filter(|diagnostic| {
            let message = &diagnostic.message;
            !message.contains("no `responses`") && !message.contains("as in OpenAPI 3.1")
        })
        .map(|diagnostic| diagnostic.code.id())
        .collect();
    codes.sort_unstable();
    (dumped, codes)
}

/// Every version understands the document alike: the lines are there, and nothing else is said.
#[track_caller]
fn check(body: &str, lines: &[&str], codes: &[&str]) {
    for version in ["3.0.4", "3.1.1", "3.2.0"] {
        let (dumped, said) = understood(version, body);
        for line in lines {
            assert!(
                dumped.lines().any(|own| own.trim().starts_with(line)),
                "{version}: no line `{line}` in\n{dumped}"
            );
        }
        assert_eq!(said, codes, "{version}:\n{dumped}");
    }
}

#[test]
fn methods() {
    check(
        "paths: { /a: { query: { requestBody: { content: { application/json: {} } } } } }",
        &["operation - QUERY /a", "body application/json json any"],
        &[],
    );
    check(
        "paths: { /a: { additionalOperations: { COPY: {}, link: {}, M-SEARCH: {} } } }",
        &["operation - COPY /a", "operation - link /a", "operation - M-SEARCH /a"],
        &[],
    );
    check(
        "paths: { /a: { get: { operationId: g }, additionalOperations: { GET: {}, '': {}, 'A B': {}, Ü: {}, CONNECT: {} } } }",
        &["operation g GET /a"],
        &["W101", "W101", "W101", "W101", "W101"],
    );
    check("paths: { /a: { additionalOperations: [] } }", &["api"], &[]);
}

#[test]
fn path_items() {
    check(
        "paths: { /a: { $ref: '#/components/pathItems/A', summary: Own., delete: { operationId: own } } }\n\
         components: { pathItems: { A: { get: { operationId: get }, delete: { operationId: other } } } }",
        &["operation get GET /a", "operation own DELETE /a"],
        &[],
    );
    check(
        "paths: { '/a/{b}': { $ref: '#/components/pathItems/A', parameters: [{ name: q, in: query, required: true, schema: {} }] } }\n\
         components: { pathItems: { A: { get: {}, parameters: [{ name: b, in: path, required: true, schema: { type: integer } }, \
         { name: q, in: query, schema: {} }] } } }",
        &["path \"b\": I64", "query \"q\": any Form explode required"],
        &[],
    );
    check(
        "paths: { /a: { $ref: '#/paths/~1b' }, /b: { $ref: '#/paths/~1a' } }",
        &["api"],
        &["E006", "E006"],
    );
    check("paths: { /a: { $ref: '#/paths/~1b' } }", &["api"], &["E005"]);
    check("paths: { /a: null, /b: [] }", &["api"], &["W101", "W101"]);
}

#[test]
fn webhooks() {
    check(
        "webhooks: { a: { post: { requestBody: { content: { application/json: { schema: { type: string } } } } } } }",
        &["webhook \"a\" POST: String"],
        &[],
    );
    check(
        "x-webhooks: { a: { post: { requestBody: { content: { application/json: { schema: { type: [string, 'null'] } } } } } } }",
        &["webhook \"a\" POST: String | null"],
        &[],
    );
    check(
        "webhooks: { a: { additionalOperations: { NOTIFY: { requestBody: { content: { text/plain: {} } } } } } }",
        &["webhook \"a\" NOTIFY: -"],
        &["W104"],
    );
    check(
        "webhooks: { a: { post: { callbacks: { b: {} } } } }",
        &["webhook \"a\" POST: -"],
        &["N204"],
    );
    check(
        "webhooks: { a: { $ref: '#/webhooks/a' }, b: null, c: [] }",
        &["api"],
        &["E006", "W101", "W101"],
    );
    check(
        "paths: { /a: { post: { operationId: o, callbacks: { b: { '{$url}': { post: {} }, x-a: 1 } } } } }",
        &["callback of 0 at \"{$url}\" \"b\" POST: -"],
        &[],
    );
}

#[test]
fn parameters() {
    let parameter = |parameter: &str| format!("paths: {{ '/a/{{b}}': {{ get: {{ parameters: [{parameter}] }} }} }}");
    let check = |text: &str, line: &str, codes: &[&str]| {
        let path = "{ name: b, in: path, required: true, allowReserved: true, schema: {} }";
        check(&parameter(&format!("{path}, {text}")), &[line], codes);
    };
    check(
        "{ name: c, in: cookie, style: cookie, schema: { type: string } }",
        "cookie \"c\": String Cookie explode",
        &[],
    );
    check(
        "{ name: q, in: querystring, content: { application/x-www-form-urlencoded: { schema: { type: object } } } }",
        "querystring \"q\": {any} Form explode",
        &[],
    );
    check(
        "{ name: q, in: querystring, content: { application/json: { schema: { type: integer } } } }",
        "querystring \"q\": I64 Json",
        &[],
    );
    check(
        "{ name: q, in: querystring, content: { text/plain: { schema: { type: integer } } } }",
        "querystring \"q\": String Form explode",
        &[],
    );
    check(
        "{ name: q, in: query, content: { application/xml: { schema: { type: object } } } }",
        "query \"q\": String Form explode",
        &["W104"],
    );
    check("{ name: q, in: querystring }", "querystring \"q\": String Form", &[]);
    check("{ name: q, in: somewhere }", "path \"b\"", &["W101"]);
}

#[test]
fn bodies() {
    let body = |content: &str| {
        format!("paths: {{ /a: {{ get: {{ responses: {{ '200': {{ content: {{ {content} }} }} }} }} }} }}")
    };
    check(
        &body("application/jsonl: { itemSchema: { type: [integer, 'null'] } }"),
        &["200: application/jsonl lines of I64 | null"],
        &[],
    );
    check(
        &body("text/event-stream: { itemSchema: { properties: { data: { type: string } } } }"),
        &["200: text/event-stream events of #0"],
        &[],
    );
    check(
        &body("text/event-stream: { schema: { type: string } }"),
        &["200: text/event-stream events"],
        &[],
    );
    check(
        "paths: { /a: { get: { responses: { default: { content: { application/json: { $ref: '#/components/mediaTypes/A' } } } } } } }\n\
         components: { mediaTypes: { A: { schema: { type: [integer, 'null'] } } } }",
        &["default: application/json json I64 | null"],
        &[],
    );
}

#[test]
fn security() {
    let schemes =
        "components: { securitySchemes: { tls: { type: mutualTLS }, key: { type: apiKey, in: header, name: K } } }";
    check(
        &format!("paths: {{ /a: {{ get: {{ security: [{{ tls: [], key: [] }}] }} }} }}\n{schemes}"),
        &["security [key]"],
        &["W105"],
    );
    check(
        &format!(
            "security: [{{ '#/components/securitySchemes/key': [] }}]\npaths: {{ /a: {{ get: {{}} }} }}\n{schemes}"
        ),
        &["security [key]"],
        &["W105"],
    );
    check(
        "paths: { /a: { get: { security: [{ device: [] }] } } }\n\
         components: { securitySchemes: { device: { type: oauth2, oauth2MetadataUrl: 'https://a', deprecated: true, \
         flows: { deviceAuthorization: { deviceAuthorizationUrl: 'https://a', tokenUrl: 'https://a', scopes: {} } } } } }",
        &["scheme device Bearer", "security [device]"],
        &[],
    );
}

#[test]
fn schemes_that_take_more_than_a_secret() {
    let scheme = |text: &str| format!("paths: {{}}\ncomponents: {{ securitySchemes: {{ s: {text} }} }}");
    let oauth = |url: &str| {
        scheme(&format!(
            "{{ type: oauth2, flows: {{ clientCredentials: {{ tokenUrl: '{url}', scopes: {{}} }} }} }}"
        ))
    };
    for (text, line, codes) in [
        (
            oauth("https://a/token"),
            "scheme s ClientCredentials(\"https://a/token\")",
            &[][..],
        ),
        (oauth("/token"), "scheme s ClientCredentials(\"/token\")", &[]),
        (oauth("javascript:alert(1)"), "scheme s Bearer", &["W105"]),
        (oauth("https://user@a/token"), "scheme s Bearer", &["W105"]),
        (oauth(""), "scheme s Bearer", &["W105"]),
        (
            scheme("{ type: http, scheme: Digest }"),
            "scheme s Signed(\"digest\")",
            &["N210"],
        ),
        (scheme("{ type: hmac }"), "scheme s Signed(\"hmac\")", &["N210"]),
        (
            scheme("{ type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: awsSigv4 }"),
            "scheme s Signed(\"awsSigv4\")",
            &["N210"],
        ),
    ] {
        check(&text, &[line], codes);
    }
}

#[test]
fn servers() {
    for (servers, lines, codes) in [
        (
            "[{ url: 'https://a/v1' }, { url: 'https://a/v1' }]",
            &["server https://a/v1"][..],
            &[][..],
        ),
        (
            "[{ url: 'javascript:alert(1)' }, { url: 'file:///etc/passwd' }, { url: /v1 }]",
            &["server /v1"],
            &["W101", "W101"],
        ),
        (
            "[{ url: 'https://user:pass@a/v1' }]",
            &["server https://a/v1"],
            &["W101"],
        ),
        ("[{ url: 'https://a/v1?x=1#y' }]", &["server https://a/v1"], &["W101"]),
        ("[{ url: //a/v1 }]", &["server https://a/v1"], &[]),
        (
            "[{ url: 'https://{x}.a' }]",
            &["server https://{x}.a", "x = \"\" of []"],
            &["W101"],
        ),
        (
            "[{ url: '{s}://a:{p}', variables: { s: { default: https, enum: [http, https] }, p: { default: '1' }, q: { default: z } } }]",
            &[
                "server https://a:1",
                "s = \"https\" of [\"http\", \"https\"]",
                "p = \"1\" of []",
            ],
            &[],
        ),
        (
            "[{ url: 'https://{x}.a', variables: { x: { default: c, enum: [a, b, a] } } }]",
            &["x = \"c\" of [\"c\", \"a\", \"b\"]"],
            &["W101"],
        ),
    ] {
        check(&format!("servers: {servers}\npaths: {{}}"), lines, codes);
    }
}

#[test]
fn servers_of_paths_and_operations() {
    let paths = |path: &str, operation: &str| {
        format!(
            "servers: [{{ url: 'https://a/v1' }}, {{ url: 'https://b/v1' }}]\n\
             paths: {{ /x: {{ servers: [{path}], get: {{ operationId: g, servers: [{operation}] }}, put: {{ operationId: p }} }} }}"
        )
    };
    check(
        &paths("{ url: 'https://c' }", "{ url: /d }"),
        &["server https://c", "server /d"],
        &[],
    );
    check(&paths("{ url: 'https://c' }", ""), &["server https://c"], &[]);
    check(
        &paths("{ url: 'https://c' }, { url: 'https://d' }", ""),
        &["server https://c"],
        &["N204"],
    );
    // one of the document, and the one that it is in any case
    check(
        &paths(
            "{ url: 'https://a/v1/' }, { url: 'https://b/v1' }",
            "{ url: 'https://b/v1' }",
        ),
        &["server https://b/v1"],
        &[],
    );
    check(&paths("{ url: 'ftp://c' }", ""), &["operation g GET /x"], &["W101"]);
}

#[test]
fn tags() {
    check(
        "tags: [{ name: new, kind: badge }, { name: a, summary: A., parent: b, kind: nav }, { name: b }]\n\
         paths: { /a: { get: { tags: [new, a] } } }",
        &["group \"a\" [0]"],
        &[],
    );
}
