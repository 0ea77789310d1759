//! Documents of several files, as their users have them on disk and at URLs.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use envoi::load::{Limits, Reach, read, read_with};
use envoi::{Config, MessageFormat, Part, Renderer, Source, dump, generate};

const HEAD: &str = "openapi: 3.1.0\ninfo: { title: Jars, version: '1' }\n";

/// A folder of its own for each test.
struct Shelf(tempfile::TempDir);

impl Shelf {
    fn new(files: &[(&str, &str)]) -> Self {
        let shelf = Self(tempfile::tempdir().expect("a folder"));
        for (name, text) in files {
            shelf.put(name, text);
        }
        shelf
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("it can be written");
    }

    /// Every message about the document, as a reader sees it.
    fn messages(&self, document: &str, format: MessageFormat) -> String {
        let source = read(&self.path(document), &Limits::default()).expect("it can be read");
        let outcome = generate(&source, &Config::default());
        let renderer = Renderer::new(format, &source, outcome.document.as_ref());
        let all: Vec<String> = outcome.diagnostics.iter().map(|one| renderer.render(one)).collect();
        all.join("\n").replace(&format!("{}/", self.0.path().display()), "")
    }

    fn envoi(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_envoi"));
        for name in [
            "http_proxy",
            "HTTP_PROXY",
            "https_proxy",
            "HTTPS_PROXY",
            "all_proxy",
            "ALL_PROXY",
        ] {
            command.env_remove(name);
        }
        command.current_dir(self.0.path()).args(arguments);
        command.output().expect("the program starts")
    }
}

/// The program ends with `code` and says all of `said`.
#[track_caller]
fn check(output: &Output, code: i32, said: &[&str]) {
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{text}");
    for words in said {
        assert!(text.contains(words), "`{words}` is not said:\n{text}");
    }
}

/// A document of YAML and JSON files, one per path, schema and kind of component.
fn split() -> Shelf {
    let root = "\
paths:
  /jars: { $ref: paths/jars.yaml }
  /jars/{id}: { $ref: 'paths/jar.json' }
components:
  schemas:
    Jar: { $ref: schemas/Jar.yaml }
";
    Shelf::new(&[
        ("api/openapi.yaml", &format!("{HEAD}{root}")),
        (
            "api/paths/jars.yaml",
            "get:
  operationId: listJars
  parameters: [{ $ref: '../parameters.yaml#/limit' }]
  responses:
    '200':
      description: Jars.
      content: { application/json: { schema: { type: array, items: { $ref: ../schemas/Jar.yaml } } } }
    default: { $ref: '../responses.json#/Problem' }
post:
  operationId: addJar
  requestBody:
    content: { application/json: { schema: { $ref: '../openapi.yaml#/components/schemas/Jar' } } }
  responses: { '204': { description: Added. } }
",
        ),
        (
            "api/paths/jar.json",
            r#"{"get": {"operationId": "getJar",
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"$ref": "../schemas/ids.json#/$defs/JarId"}}],
                "responses": {"200": {"description": "A jar.",
                    "content": {"application/json": {"schema": {"$ref": "../schemas/Jar.yaml"}}}}}}}"#,
        ),
        (
            "api/parameters.yaml",
            "limit: { name: limit, in: query, schema: { type: integer } }\n",
        ),
        (
            "api/responses.json",
            r##"{"Problem": {"description": "A problem.", "content": {"application/json": {"schema": {"$ref": "#/schemas/Problem"}}}},
                "schemas": {"Problem": {"type": "object", "properties": {"title": {"type": "string"}}}}}"##,
        ),
        (
            "api/schemas/Jar.yaml",
            "type: object
required: [id]
properties:
  id: { $ref: 'ids.json#/$defs/JarId' }
  lid: { $ref: Lid.yaml }
  inside: { type: array, items: { $ref: Jar.yaml } }
",
        ),
        (
            "api/schemas/Lid.yaml",
            "type: object\nproperties: { jar: { $ref: './Jar.yaml' }, tight: { type: boolean } }\n",
        ),
        (
            "api/schemas/ids.json",
            r#"{"$defs": {"JarId": {"type": "string", "enum": ["a", "b"]}}}"#,
        ),
    ])
}

#[test]
fn a_document_of_many_files_is_one_api() {
    let shelf = split();
    assert_eq!(shelf.messages("api/openapi.yaml", MessageFormat::Short), "");
    let source = read(&shelf.path("api/openapi.yaml"), &Limits::default()).expect("it can be read");
    let text = dump(&source).expect("it can be understood");
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("references", text);
    });
}

#[test]
fn the_program_and_the_library_read_the_same_files() {
    let shelf = split();
    let arguments = ["generate", "api/openapi.yaml", "-o", "jars"];
    check(&shelf.envoi(&arguments), 0, &["3 operations"]);
    check(
        &shelf.envoi(&["check", "api/openapi.yaml", "-o", "jars"]),
        0,
        &["up to date"],
    );
    check(&shelf.envoi(&["dump", "api/openapi.yaml"]), 0, &["getJar"]);
    shelf.put("api/schemas/Lid.yaml", "type: string\n");
    check(
        &shelf.envoi(&["check", "api/openapi.yaml", "-o", "jars"]),
        3,
        &["differences"],
    );
}

#[test]
fn parts_may_come_from_memory() {
    let text = format!("{HEAD}paths: {{}}\ncomponents: {{ schemas: {{ Jar: {{ $ref: jar.json }} }} }}");
    let source = Source {
        parts: vec![Part::new(
            "jar.json",
            r#"{"type": "object", "properties": {"lid": {"type": "string"}}}"#,
        )],
        ..Source::new("api.yaml", text)
    };
    let outcome = generate(&source, &Config::default());
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    let all: String = outcome.files.iter().map(|file| file.text.as_str()).collect();
    assert!(all.contains("pub struct Jar {"), "{all}");
}

#[test]
fn messages_name_the_file_they_are_about() {
    let shelf = Shelf::new(&[
        (
            "openapi.yaml",
            &format!("{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    Jar: {{ $ref: 'schemas/jar.yaml#/Jar' }}\n"),
        ),
        (
            "schemas/jar.yaml",
            "Jar:\n  properties:\n    lid: { $ref: '#/Lidd' }\n    size: { $ref: lit.json }\nLid: {}\n",
        ),
        ("schemas/lid.json", "{}"),
    ]);
    assert_eq!(
        shelf.messages("openapi.yaml", MessageFormat::Human),
        "\
error[E005]: `schemas/jar.yaml#/Lidd` points to nothing
 --> schemas/jar.yaml:3:12
  |
3 |     lid: { $ref: '#/Lidd' }
  |            ^^^^
  |
  = at: #/Jar/properties/lid/$ref
  = help: did you mean `#/Lid`?
error[E005]: `schemas/lit.json` points to nothing: there is no file `schemas/lit.json`
 --> schemas/jar.yaml:4:13
  |
4 |     size: { $ref: lit.json }
  |             ^^^^
  |
  = at: #/Jar/properties/size/$ref
  = help: did you mean `lid.json`?"
    );
    let json = shelf.messages("openapi.yaml", MessageFormat::Json);
    assert!(json.contains(r#""file":"schemas/jar.yaml""#), "{json}");
}

#[test]
fn files_outside_of_the_folder_are_not_read() {
    let shelf = Shelf::new(&[("secret.yaml", "password: hunter2\n"), ("api/inside.yaml", "{}")]);
    let outside = shelf.path("secret.yaml").display().to_string();
    #[cfg(unix)]
    std::os::unix::fs::symlink(shelf.path("secret.yaml"), shelf.path("api/link.yaml")).expect("a link");
    for reference in [
        "../secret.yaml",
        "%2e%2e/secret.yaml",
        "inside/../../secret.yaml",
        "..\\secret.yaml",
        &outside,
        &format!("file://{outside}"),
        #[cfg(unix)]
        "link.yaml",
        "../there-is-none.yaml",
        "//host/secret.yaml",
    ] {
        let text = format!("{HEAD}paths: {{}}\ncomponents: {{ schemas: {{ A: {{ $ref: '{reference}' }} }} }}");
        shelf.put("api/openapi.yaml", &text);
        let messages = shelf.messages("api/openapi.yaml", MessageFormat::Human);
        assert!(messages.contains("error[E008]"), "{reference}: {messages}");
        assert!(!messages.contains("hunter2"), "{reference}: {messages}");
    }
}

#[test]
fn a_wider_folder_can_be_given() {
    let shelf = Shelf::new(&[
        (
            "api/openapi.yaml",
            &format!("{HEAD}paths: {{}}\ncomponents: {{ schemas: {{ A: {{ $ref: ../common/a.yaml }} }} }}"),
        ),
        ("common/a.yaml", "type: string\n"),
        (
            "envoi.toml",
            "output = 'out'\n[package]\nname = 'jars'\n[clients.jars]\ndocument = 'api/openapi.yaml'\nroot = '.'\n",
        ),
    ]);
    let call = ["generate", "api/openapi.yaml", "-o", "alone"];
    check(&shelf.envoi(&call), 1, &["E008", "--root DIR"]);
    check(&shelf.envoi(&[&call[..], &["--root", "."]].concat()), 0, &["1 type"]);
    check(&shelf.envoi(&[]), 0, &["1 type"]);
}

#[test]
fn a_wider_folder_is_for_the_library_too() {
    let shelf = Shelf::new(&[
        (
            "api/openapi.yaml",
            &format!("{HEAD}components: {{ schemas: {{ A: {{ $ref: ../a.yaml }} }} }}"),
        ),
        ("a.yaml", "type: string\n"),
    ]);
    let mut reach = Reach {
        folder: Some(shelf.path("")),
        ..Reach::default()
    };
    let source = read_with(&shelf.path("api/openapi.yaml"), &mut reach, &Limits::default()).expect("it can be read");
    assert_eq!(source.parts, [Part::new("../a.yaml", "type: string\n")]);
}

#[test]
fn what_cannot_be_reached_costs_only_its_part_when_told_so() {
    let shelf = Shelf::new(&[(
        "openapi.yaml",
        &format!(
            "{HEAD}paths:
  /jars:
    get:
      operationId: listJars
      parameters: [{{ $ref: gone.yaml }}]
      responses: {{ '200': {{ description: Jars., content: {{ application/json: {{ schema: {{ $ref: '#/gone' }} }} }} }} }}
"
        ),
    )]);
    let call = ["generate", "openapi.yaml", "-o", "jars"];
    check(&shelf.envoi(&call), 1, &["error[E005]", "no files were written"]);
    let kept = [&call[..], &["--keep-going"]].concat();
    check(
        &shelf.envoi(&kept),
        0,
        &["warning[W110]", "openapi.yaml:7:", "1 operation"],
    );
}

/// A server on this machine with a text per path; knows how often it was asked.
fn serve(texts: &[(&str, &str)]) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let origin = format!("http://{}", listener.local_addr().expect("an address"));
    let texts: Vec<(String, String)> = texts
        .iter()
        .map(|(path, text)| ((*path).into(), (*text).into()))
        .collect();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut bytes = [0; 4096];
            let length = stream.read(&mut bytes).expect("a request");
            let request = String::from_utf8_lossy(&bytes[..length]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
            let answer = match texts.iter().find(|(own, _)| *own == path) {
                Some((_, to)) if to.starts_with("-> ") => {
                    format!("HTTP/1.1 302 Found\r\nlocation: {}\r\ncontent-length: 0\r\n", &to[3..])
                }
                Some((_, text)) => format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n", text.len()),
                None => "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n".to_owned(),
            };
            let body = texts
                .iter()
                .find(|(own, text)| *own == path && !text.starts_with("-> "));
            let body = body.map_or("", |(_, text)| text);
            log.lock().expect("the log").push(path);
            let whole = format!("{answer}connection: close\r\n\r\n{body}");
            stream.write_all(whole.as_bytes()).expect("an answer");
        }
    });
    (origin, asked)
}

fn remote(reference: &str) -> Shelf {
    let text = format!("{HEAD}paths: {{}}\ncomponents: {{ schemas: {{ Jar: {{ $ref: '{reference}' }} }} }}");
    Shelf::new(&[("openapi.yaml", &text)])
}

const CALL: [&str; 4] = ["generate", "openapi.yaml", "-o", "jars"];

fn with(option: &str) -> Vec<&str> {
    [&CALL[..], &[option, "--allow-private-host", "127.0.0.1"]].concat()
}

#[test]
fn urls_are_fetched_once_and_only_when_allowed() {
    let jar = "Jar: { type: object, properties: { lid: { $ref: 'lid.json' } } }";
    let (origin, asked) = serve(&[
        ("/v1/jar.yaml", jar),
        ("/v1/lid.json", "-> /v2/lid.json"),
        (
            "/v2/lid.json",
            r#"{"type": "object", "properties": {"tight": {"type": "boolean"}}}"#,
        ),
    ]);
    let shelf = remote(&format!("{origin}/v1/jar.yaml#/Jar"));
    check(&shelf.envoi(&CALL), 1, &["error[E008]", "--allow-remote"]);
    assert!(asked.lock().expect("the log").is_empty());

    check(&shelf.envoi(&with("--allow-remote")), 0, &["2 types"]);
    assert_eq!(
        *asked.lock().expect("the log"),
        ["/v1/jar.yaml", "/v1/lid.json", "/v2/lid.json"]
    );
    let lock = std::fs::read_to_string(shelf.path("envoi.lock")).expect("a lock file");
    assert!(
        lock.contains(&format!("url = \"{origin}/v1/jar.yaml\"\nsha256 = \"")),
        "{lock}"
    );

    // From here on nobody is asked, whatever the options.
    check(&shelf.envoi(&CALL), 0, &["2 types"]);
    check(&shelf.envoi(&with("--allow-remote")), 0, &["0 files written"]);
    check(
        &shelf.envoi(&["check", "openapi.yaml", "-o", "jars"]),
        0,
        &["up to date"],
    );
    check(&shelf.envoi(&["dump", "openapi.yaml"]), 0, &["lid"]);
    assert_eq!(asked.lock().expect("the log").len(), 3);
    assert_eq!(
        std::fs::read_to_string(shelf.path("envoi.lock")).expect("a lock file"),
        lock
    );

    check(&shelf.envoi(&with("--update-remote")), 0, &["2 types"]);
    assert_eq!(asked.lock().expect("the log").len(), 6);
}

#[test]
fn a_copy_that_is_not_what_was_recorded_is_refused() {
    let (origin, _) = serve(&[("/jar.yaml", "type: object")]);
    let shelf = remote(&format!("{origin}/jar.yaml"));
    check(&shelf.envoi(&with("--allow-remote")), 0, &["1 type"]);
    let copies = std::fs::read_dir(shelf.path("envoi.lock.d")).expect("a folder");
    let copies: Vec<PathBuf> = copies.map(|entry| entry.expect("an entry").path()).collect();
    let [copy] = copies.as_slice() else {
        panic!("one copy: {copies:?}");
    };
    std::fs::write(copy, "type: string").expect("it can be written");
    check(
        &shelf.envoi(&CALL),
        1,
        &[
            "E008",
            "whose hash differs from the one in `envoi.lock`",
            "--update-remote",
        ],
    );
    std::fs::remove_file(copy).expect("it can be removed");
    check(&shelf.envoi(&CALL), 1, &["E008", "has no copy"]);
    check(&shelf.envoi(&with("--allow-remote")), 0, &["1 type"]);
}

#[test]
fn what_changed_on_the_server_is_not_taken_without_a_word() {
    let (old, _) = serve(&[("/jar.yaml", "type: object")]);
    let shelf = remote(&format!("{old}/jar.yaml"));
    check(&shelf.envoi(&with("--allow-remote")), 0, &["1 type"]);
    let lock = std::fs::read_to_string(shelf.path("envoi.lock")).expect("a lock file");
    let hash = lock
        .rsplit("sha256 = \"")
        .next()
        .and_then(|rest| rest.get(..64))
        .expect("a hash");
    std::fs::write(shelf.path("envoi.lock"), lock.replace(hash, &"0".repeat(64))).expect("it can be written");
    check(
        &shelf.envoi(&with("--allow-remote")),
        1,
        &["has changed: its hash differs from the one in `envoi.lock`"],
    );
}

#[test]
fn servers_cannot_lead_astray() {
    let (origin, asked) = serve(&[
        ("/file", "-> file:///etc/hostname"),
        ("/loop", "-> /loop"),
        ("/local.yaml", "$ref: 'file:///etc/hostname'"),
    ]);
    let (away, around) = (format!("{origin}/file"), format!("{origin}/loop"));
    check(
        &remote(&away).envoi(&with("--allow-remote")),
        1,
        &["which must not be fetched"],
    );
    check(
        &remote(&around).envoi(&with("--allow-remote")),
        1,
        &["more than 5 times"],
    );
    assert_eq!(asked.lock().expect("the log").len(), 7);
    let local = format!("{origin}/local.yaml");
    check(
        &remote(&local).envoi(&with("--allow-remote")),
        1,
        &["neither a path nor a URL"],
    );
    let none = format!("{origin}/none.yaml");
    check(
        &remote(&none).envoi(&with("--allow-remote")),
        1,
        &["the server responded with 404"],
    );
    let known = none.replace("http://", "http://user:word@");
    check(
        &remote(&known).envoi(&with("--allow-remote")),
        1,
        &["contains credentials"],
    );
    assert!(!Path::new("envoi.lock").exists());
}

/// A document must not make the machine of its reader ask what others cannot, whatever leads there.
#[test]
fn hosts_that_are_not_on_the_internet_are_asked_only_if_named() {
    let (origin, asked) = serve(&[
        ("/jar.yaml", "type: object"),
        ("/on", "-> http://169.254.169.254/latest/"),
    ]);
    let allow = [&CALL[..], &["--allow-remote"]].concat();
    let port = origin.rsplit(':').next().expect("a port");
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "2130706433",
        "0x7f.1",
        "10.0.0.1",
        "169.254.169.254",
    ] {
        let shelf = remote(&format!("http://{host}:{port}/jar.yaml"));
        let words = [
            "E008",
            "has a loopback, private or link-local address",
            "--allow-private-host",
        ];
        check(&shelf.envoi(&allow), 1, &words);
    }
    assert!(asked.lock().expect("the log").is_empty());

    let named = remote(&format!("{origin}/on"));
    check(
        &named.envoi(&with("--allow-remote")),
        1,
        &["169.254.169.254", "link-local address"],
    );
    assert_eq!(*asked.lock().expect("the log"), ["/on"]);
}

#[test]
fn a_document_has_only_so_much_fetched() {
    let many: String = (0..300)
        .map(|index| format!("A{index}: {{ $ref: '/{index}.yaml' }}\n"))
        .collect();
    let texts: Vec<(String, String)> = (0..300)
        .map(|index| (format!("/{index}.yaml"), "type: string".to_owned()))
        .collect();
    let mut served: Vec<(&str, &str)> = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let all = format!(
        "properties:\n{}",
        many.lines().map(|line| format!("  {line}\n")).collect::<String>()
    );
    served.push(("/all.yaml", &all));
    let (origin, asked) = serve(&served);
    let shelf = remote(&format!("{origin}/all.yaml"));
    check(&shelf.envoi(&with("--allow-remote")), 1, &["E008", "at most 256 URLs"]);
    assert_eq!(asked.lock().expect("the log").len(), 256);
}

/// A link tells nothing about what is outside of the folder, not even whether it is there.
#[cfg(unix)]
#[test]
fn links_tell_nothing_about_what_is_outside() {
    use std::os::unix::fs::symlink;

    let said = |target: &Path| {
        let shelf = remote("link.yaml");
        symlink(target, shelf.path("link.yaml")).expect("a link");
        let output = shelf.envoi(&CALL);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("there.yaml"), "type: object").expect("a file");
    symlink(outside.path().join("there.yaml"), outside.path().join("hop.yaml")).expect("a link");
    let one = said(&outside.path().join("there.yaml"));
    assert!(one.contains("points outside the folder"), "{one}");
    for other in ["absent.yaml", "hop.yaml", "absent/deep.yaml", ".", "there.yaml/below"] {
        assert_eq!(said(&outside.path().join(other)), one, "{other}");
    }
    assert_eq!(said(Path::new("../../../../../../etc/hostname")), one);

    let inside = Shelf::new(&[
        (
            "openapi.yaml",
            &format!("{HEAD}paths: {{}}\ncomponents: {{ schemas: {{ Jar: {{ $ref: 'a/link.yaml' }} }} }}"),
        ),
        ("b/jar.yaml", "type: object"),
    ]);
    std::fs::create_dir(inside.path("a")).expect("a folder");
    symlink("../b/jar.yaml", inside.path("a/link.yaml")).expect("a link");
    check(&inside.envoi(&CALL), 0, &["1 type"]);
}
