//! Snapshots of every diagnostic code, each for a document that causes it.
//!
//! `tests/diagnostics/<code>.yaml` provokes a code, with `<code>.overlay.yaml` if that is there; `INSTA_UPDATE=always cargo test --test diagnostics` accepts what
//! is said about it now.

use std::collections::BTreeMap;
use std::path::Path;

use envoi::load::{Limits, read};
use envoi::{Code, Config, Criteria, MessageFormat, Renames, Renderer, Select, Source, generate};

const FOLDER: &str = "tests/diagnostics";

/// Codes without a document: invalid Rust is never generated.
const WITHOUT: [Code; 1] = [Code::Bug];

/// The messages with this code about its document.
fn messages(code: Code) -> String {
    let path = format!("{FOLDER}/{}.yaml", code.id());
    let source = match read(Path::new(&path), &Limits::default()) {
        Ok(source) => Source {
            name: format!("{}.yaml", code.id()),
            ..source
        },
        Err(diagnostic) => {
            assert_eq!(diagnostic.code, code, "{path}: {}", diagnostic.message);
            let source = Source::new(path, Vec::new());
            return Renderer::new(MessageFormat::Human, &source, None).render(&diagnostic);
        }
    };
    let types = BTreeMap::from([("Absent".to_owned(), "Present".to_owned())]);
    let overlay = format!("{}.overlay.yaml", code.id());
    let overlays = std::fs::read(Path::new(FOLDER).join(&overlay)).into_iter();
    let config = Config {
        rename: Renames {
            types,
            ..Renames::default()
        },
        overlays: overlays.map(|bytes| Source::new(overlay.as_str(), bytes)).collect(),
        keep_going: code == Code::Unresolved,
        select: select(code),
        ..Config::default()
    };
    let outcome = generate(&source, &config);
    let renderer =
        Renderer::new(MessageFormat::Human, &source, outcome.document.as_ref()).with_overlays(&config.overlays);
    let of_code = outcome.diagnostics.iter().filter(|diagnostic| diagnostic.code == code);
    let rendered: Vec<String> = of_code.map(|diagnostic| renderer.render(diagnostic)).collect();
    rendered.join("\n\n")
}

/// What is selected of the document of a code.
fn select(code: Code) -> Select {
    let tags = match code {
        Code::NothingSelected => vec!["Cups".to_owned()],
        _ => Vec::new(),
    };
    Select {
        include: Criteria {
            tags,
            ..Criteria::default()
        },
        ..Select::default()
    }
}

#[test]
fn every_code_has_a_document_that_provokes_it() {
    for code in Code::ALL.iter().filter(|code| !WITHOUT.contains(code)) {
        let text = messages(*code);
        assert!(
            text.contains(&format!("[{code}]: ")),
            "nothing provokes {code}: {}",
            code.meaning()
        );
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(code.id(), text, code.meaning());
        });
    }
}

#[test]
fn every_document_is_for_a_code() {
    for entry in std::fs::read_dir(FOLDER).expect("the folder is there") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let plain = name.replace(".overlay.", ".");
        let known = Code::ALL.iter().any(|code| plain == format!("{}.yaml", code.id()));
        assert!(known, "{name} is not named after a code");
    }
}

#[test]
fn codes_are_in_order_and_say_how_much_they_weigh() {
    let ids: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    for severity in ["E", "W", "N"] {
        let own: Vec<&&str> = ids.iter().filter(|id| id.starts_with(severity)).collect();
        assert!(
            own.is_sorted() && own.windows(2).all(|pair| pair[0] != pair[1]),
            "{own:?}"
        );
    }
    for code in Code::ALL {
        let severity = code.severity().to_string();
        assert_eq!(
            code.id().chars().next().map(|first| first.to_ascii_lowercase()),
            severity.chars().next()
        );
        assert!(code.meaning().ends_with('.'), "{code}: {}", code.meaning());
    }
}
