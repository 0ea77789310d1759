//! Vectors of others: the test suite of RFC 6570 and the style table of OpenAPI.

use envoi_runtime::serde_json::{Value, json};
use envoi_runtime::{Client, Parameter, Style};

use super::messages::raw_header;
use super::support::{Server, info};
use super::{array, echo, object};

/// An expression of RFC 6570 in the terms of OpenAPI: the operator is a location and a style, `*` is `explode`.
/// Expressions of the query leave nothing in the template of the path.
fn translate(text: &'static str) -> (String, Vec<Parameter>) {
    let (mut template, mut parameters) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some((literal, (expression, tail))) = rest
        .split_once('{')
        .and_then(|(literal, rest)| Some((literal, rest.split_once('}')?)))
    {
        template.push_str(literal);
        let names = expression.trim_start_matches(['+', '.', ';', '?', '&']);
        for variable in names.split(',') {
            let name = variable.trim_end_matches('*');
            let parameter = match expression.as_bytes()[0] {
                b'?' | b'&' => Parameter::query(name),
                b'+' => Parameter::path(name).allow_reserved(),
                b'.' => Parameter::path(name).style(Style::Label),
                b';' => Parameter::path(name).style(Style::Matrix),
                _ => Parameter::path(name),
            };
            if !expression.starts_with(['?', '&']) {
                template.push_str(&format!("{{{name}}}"));
            }
            parameters.push(parameter.explode(variable.ends_with('*')));
        }
        rest = tail;
    }
    (template + rest, parameters)
}

/// A path begins with a slash, vectors need not.
fn rooted(text: &str) -> String {
    let slash = if text.starts_with('/') { "" } else { "/" };
    format!("{slash}{text}")
}

async fn check(variables: Value, vectors: &[(&'static str, &str)]) {
    let (server, client) = echo().await;
    for &(text, expected) in vectors {
        let (template, parameters) = translate(text);
        let mut request = client.operation(info(String::leak(rooted(&template)), &[]));
        for parameter in parameters {
            request.set(parameter, &variables[name_of(&parameter)]);
        }
        request.send().await.unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(server.target(), rooted(expected), "{text}");
    }
}

/// The name is not public, and the vectors have it.
fn name_of(parameter: &Parameter) -> String {
    let shown = format!("{parameter:?}");
    shown.split('"').nth(1).unwrap_or_default().to_owned()
}

/// The examples of RFC 6570, section 3.2, as `uritemplate-test` (in `uritemplate` 4.2.0) has them. Of several permitted
/// orders of members the alphabetical one is given.
///
/// Not here, since OpenAPI has no such thing: `{/var}` (segments), `{#var}` (fragments), `{var:3}` (prefixes), `{x,y}` of
/// operators without a separator of their own, `?{x}` (a query without names), and the tests of syntax errors.
/// Not here, since a parameter of a path must have a value: `{undef}` and `{.empty_keys}` in a path.
/// `{&x}` stands behind `?fixed=yes` throughout: the runtime writes a query only as a whole.
#[tokio::test]
async fn sections() {
    let variables = json!({
        "count": ["one", "two", "three"], "dom": ["example", "com"], "dub": "me/too", "hello": "Hello World!",
        "half": "50%", "var": "value", "who": "fred", "base": "http://example.com/home/", "path": "/foo/bar",
        "list": ["red", "green", "blue"], "keys": {"comma": ",", "dot": ".", "semi": ";"}, "v": "6", "x": "1024",
        "y": "768", "empty": "", "empty_keys": {}, "undef": null,
    });
    let vectors = [
        // 3.2.1
        ("{count}", "one,two,three"),
        ("{count*}", "one,two,three"),
        ("{;count}", ";count=one,two,three"),
        ("{;count*}", ";count=one;count=two;count=three"),
        ("{?count}", "?count=one,two,three"),
        ("{?count*}", "?count=one&count=two&count=three"),
        ("?fixed=yes{&count*}", "?fixed=yes&count=one&count=two&count=three"),
        // 3.2.2
        ("{var}", "value"),
        ("{hello}", "Hello%20World%21"),
        ("{half}", "50%25"),
        ("{dub}", "me%2Ftoo"),
        ("O{empty}X", "OX"),
        ("{list}", "red,green,blue"),
        ("{list*}", "red,green,blue"),
        ("{keys}", "comma,%2C,dot,.,semi,%3B"),
        ("{keys*}", "comma=%2C,dot=.,semi=%3B"),
        ("{base}index", "http%3A%2F%2Fexample.com%2Fhome%2Findex"),
        // 3.2.3
        ("{+var}", "value"),
        ("{+hello}", "Hello%20World!"),
        ("{+half}", "50%25"),
        ("{+base}index", "http://example.com/home/index"),
        ("O{+empty}X", "OX"),
        ("/base{+path}/here", "/base/foo/bar/here"),
        ("here?ref={+path}", "here?ref=/foo/bar"),
        ("up{+path}{var}/here", "up/foo/barvalue/here"),
        ("{+list}", "red,green,blue"),
        ("{+list*}", "red,green,blue"),
        ("{+keys}", "comma,,,dot,.,semi,;"),
        ("{+keys*}", "comma=,,dot=.,semi=;"),
        // 3.2.5
        ("{.who}", ".fred"),
        ("{.who,who}", ".fred.fred"),
        ("{.half,who}", ".50%25.fred"),
        ("www{.dom*}", "www.example.com"),
        ("X{.var}", "X.value"),
        ("X{.x,y}", "X.1024.768"),
        ("X{.empty}", "X."),
        ("X{.list}", "X.red,green,blue"),
        ("X{.list*}", "X.red.green.blue"),
        ("X{.keys}", "X.comma,%2C,dot,.,semi,%3B"),
        ("X{.keys*}", "X.comma=%2C.dot=..semi=%3B"),
        // 3.2.7
        ("{;who}", ";who=fred"),
        ("{;half}", ";half=50%25"),
        ("{;empty}", ";empty"),
        ("{;v,empty,who}", ";v=6;empty;who=fred"),
        ("{;x,y}", ";x=1024;y=768"),
        ("{;x,y,empty}", ";x=1024;y=768;empty"),
        ("{;list}", ";list=red,green,blue"),
        ("{;list*}", ";list=red;list=green;list=blue"),
        ("{;keys}", ";keys=comma,%2C,dot,.,semi,%3B"),
        ("{;keys*}", ";comma=%2C;dot=.;semi=%3B"),
        // 3.2.8
        ("{?who}", "?who=fred"),
        ("{?half}", "?half=50%25"),
        ("{?x,y}", "?x=1024&y=768"),
        ("{?x,y,empty}", "?x=1024&y=768&empty="),
        ("{?x,y,undef}", "?x=1024&y=768"),
        ("{?list}", "?list=red,green,blue"),
        ("{?list*}", "?list=red&list=green&list=blue"),
        ("{?keys}", "?keys=comma,%2C,dot,.,semi,%3B"),
        ("{?keys*}", "?comma=%2C&dot=.&semi=%3B"),
        ("{?empty_keys*}", ""),
        // 3.2.9
        ("?fixed=yes{&x}", "?fixed=yes&x=1024"),
        ("?fixed=yes{&who}", "?fixed=yes&who=fred"),
        ("?fixed=yes{&half}", "?fixed=yes&half=50%25"),
        ("?fixed=yes{&x,y,empty}", "?fixed=yes&x=1024&y=768&empty="),
        ("?fixed=yes{&x,y,undef}", "?fixed=yes&x=1024&y=768"),
        ("?fixed=yes{&list}", "?fixed=yes&list=red,green,blue"),
        ("?fixed=yes{&list*}", "?fixed=yes&list=red&list=green&list=blue"),
        ("?fixed=yes{&keys}", "?fixed=yes&keys=comma,%2C,dot,.,semi,%3B"),
        ("?fixed=yes{&keys*}", "?fixed=yes&comma=%2C&dot=.&semi=%3B"),
    ];
    check(variables, &vectors).await;
}

/// The extended tests of the same suite. Names that RFC 6570 has as percent-encoded triples are plain text in OpenAPI:
/// `Stra%C3%9Fe` is `Straße` here. `{/id*}` and the like are left out as above.
#[tokio::test]
async fn extended() {
    let sparql = "PREFIX dc: <http://purl.org/dc/elements/1.1/> SELECT ?book ?who WHERE { ?book dc:creator ?who }";
    let variables = json!({
        "fields": ["id", "name", "picture"], "format": "json", "q": "URI Templates", "page": "5", "lang": "en",
        "geocode": ["37.76", "-122.427"], "first_name": "John", "last.name": "Doe", "token": "12345", "number": 6,
        "long": 37.76, "lat": -122.427, "query": sparql, "uri": "http://example.org/?uri=http%3A%2F%2Fexample.org%2F",
        "word": "drücken", "Straße": "Grüner Weg", "random": "šöäŸœñê€£¥‡ÑÒÓÔÕÖ×ØÙÚàáâãäåæçÿ",
        "assoc_special_chars": {"šöäŸœñê€£¥‡ÑÒÓÔÕ": "Ö×ØÙÚàáâãäåæçÿ"}, "empty_list": [], "empty_assoc": {},
        "1337": ["leet", "as", "it", "can", "be"], "german": {"11": "elf", "12": "zwölf"}, "id": "admin",
        "keys": {"key1": "val1", "key2": "val2"},
    });
    let vectors = [
        (
            "/id{?fields,first_name,last.name,token}",
            "/id?fields=id,name,picture&first_name=John&last.name=Doe&token=12345",
        ),
        (
            "/search.{format}{?q,geocode,lang,locale,page,result_type}",
            "/search.json?q=URI%20Templates&geocode=37.76,-122.427&lang=en&page=5",
        ),
        ("/set{?number}", "/set?number=6"),
        ("/loc{?long,lat}", "/loc?long=37.76&lat=-122.427"),
        (
            "/sparql{?query}",
            "/sparql?query=PREFIX%20dc%3A%20%3Chttp%3A%2F%2Fpurl.org%2Fdc%2Felements%2F1.1%2F%3E%20SELECT%20%3Fbook%20%3Fwho%20WHERE%20%7B%20%3Fbook%20dc%3Acreator%20%3Fwho%20%7D",
        ),
        (
            "/go{?uri}",
            "/go?uri=http%3A%2F%2Fexample.org%2F%3Furi%3Dhttp%253A%252F%252Fexample.org%252F",
        ),
        ("/service{?word}", "/service?word=dr%C3%BCcken"),
        ("/lookup{?Straße}", "/lookup?Stra%C3%9Fe=Gr%C3%BCner%20Weg"),
        (
            "{random}",
            "%C5%A1%C3%B6%C3%A4%C5%B8%C5%93%C3%B1%C3%AA%E2%82%AC%C2%A3%C2%A5%E2%80%A1%C3%91%C3%92%C3%93%C3%94%C3%95%C3%96%C3%97%C3%98%C3%99%C3%9A%C3%A0%C3%A1%C3%A2%C3%A3%C3%A4%C3%A5%C3%A6%C3%A7%C3%BF",
        ),
        (
            "{?assoc_special_chars*}",
            "?%C5%A1%C3%B6%C3%A4%C5%B8%C5%93%C3%B1%C3%AA%E2%82%AC%C2%A3%C2%A5%E2%80%A1%C3%91%C3%92%C3%93%C3%94%C3%95=%C3%96%C3%97%C3%98%C3%99%C3%9A%C3%A0%C3%A1%C3%A2%C3%A3%C3%A4%C3%A5%C3%A6%C3%A7%C3%BF",
        ),
        ("{?empty_list}", ""),
        ("{?empty_list*}", ""),
        ("{?empty_assoc}", ""),
        ("{?empty_assoc*}", ""),
        ("{1337}", "leet,as,it,can,be"),
        ("{?1337*}", "?1337=leet&1337=as&1337=it&1337=can&1337=be"),
        ("{?german*}", "?11=elf&12=zw%C3%B6lf"),
        ("{?id,token,keys*}", "?id=admin&token=12345&key1=val1&key2=val2"),
        ("{?id,token}{&keys*}", "?id=admin&token=12345&key1=val1&key2=val2"),
    ];
    check(variables, &vectors).await;
}

/// The extended tests of reserved expansion.
#[tokio::test]
async fn reserved() {
    let variables = json!({
        "id": "admin%2F", "not_pct": "%foo", "list": ["red%25", "%2Fgreen", "blue "],
        "keys": {"key1": "val1%2F", "key2": "val2%2F"},
    });
    let vectors = [
        ("{+id}", "admin%2F"),
        ("{id}", "admin%252F"),
        ("{+not_pct}", "%25foo"),
        ("{not_pct}", "%25foo"),
        ("{+list}", "red%25,%2Fgreen,blue%20"),
        ("{list}", "red%2525,%252Fgreen,blue%20"),
        ("{+keys}", "key1,val1%2F,key2,val2%2F"),
        ("{keys}", "key1,val1%252F,key2,val2%252F"),
    ];
    check(variables, &vectors).await;
}

/// What a server gets of a value, without what is around it.
/// `place` is `path`, `query`, or the name of a header.
async fn written(server: &Server, client: &Client, place: &str, parameter: Parameter, value: &Value) -> String {
    let template = if place == "path" { "/x{color}" } else { "/x" };
    let mut request = client.operation(info(template, &[]));
    request.set(parameter, value);
    request
        .send()
        .await
        .unwrap_or_else(|error| panic!("{parameter:?} {value}: {error}"));
    let request = server.seen().pop().unwrap_or_default();
    match place {
        "path" | "query" => server
            .target()
            .trim_start_matches("/x")
            .trim_start_matches('?')
            .to_owned(),
        header => raw_header(&request, header).unwrap_or_default(),
    }
}

/// OpenAPI 3.2.0, "Style Examples": empty, string, array and object. Members are in alphabetical order. The rows of
/// `spaceDelimited`, `pipeDelimited` and `deepObject`, half of which are "n/a", are in `query_styles`. `form` in a cookie
/// has `; ` where the table has `&`, since no server would split a cookie there.
#[tokio::test]
async fn style_table() {
    let path = Parameter::path("color");
    let (label, matrix) = (path.style(Style::Label), path.style(Style::Matrix));
    let query = Parameter::query("color");
    let header = Parameter::header("color");
    let cookie = Parameter::cookie("color");
    let whole = cookie.style(Style::Cookie);
    const MATRIX: &str = ";color=blue;color=black;color=brown";
    const LIST: &str = "blue,black,brown";
    const FORM: &str = "color=blue&color=black&color=brown";
    const COOKIES: &str = "color=blue; color=black; color=brown";
    const NAMED: &str = "color=blue,black,brown";
    let table = [
        (
            "path",
            matrix,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=B,150,G,200,R,100",
            ],
        ),
        (
            "path",
            matrix.explode(true),
            [";color", ";color=blue", MATRIX, ";B=150;G=200;R=100"],
        ),
        ("path", label, [".", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"]),
        (
            "path",
            label.explode(true),
            [".", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"],
        ),
        ("path", path, ["", "blue", LIST, "B,150,G,200,R,100"]),
        ("path", path.explode(true), ["", "blue", LIST, "B=150,G=200,R=100"]),
        (
            "query",
            query.explode(false),
            ["color=", "color=blue", NAMED, "color=B,150,G,200,R,100"],
        ),
        ("query", query, ["color=", "color=blue", FORM, "B=150&G=200&R=100"]),
        ("color", header, ["", "blue", LIST, "B,150,G,200,R,100"]),
        ("color", header.explode(true), ["", "blue", LIST, "B=150,G=200,R=100"]),
        (
            "cookie",
            cookie.explode(false),
            ["color=", "color=blue", NAMED, "color=B,150,G,200,R,100"],
        ),
        (
            "cookie",
            cookie,
            ["color=", "color=blue", COOKIES, "B=150; G=200; R=100"],
        ),
        (
            "cookie",
            whole.explode(false),
            ["color=", "color=blue", NAMED, "color=B,150,G,200,R,100"],
        ),
        (
            "cookie",
            whole,
            ["color=", "color=blue", COOKIES, "B=150; G=200; R=100"],
        ),
    ];
    let (server, client) = echo().await;
    for (place, parameter, cells) in table {
        for (value, expected) in [json!(""), json!("blue"), array(), object()].iter().zip(cells) {
            let found = written(&server, &client, place, parameter, value).await;
            assert_eq!(found, expected, "{parameter:?} {value}");
        }
    }
}
