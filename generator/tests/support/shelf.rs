//! A folder of its own for each test of the program, with a document in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

/// A document with one operation and one schema.
pub const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Jars, version: '1' }
paths:
  /jars:
    get:
      tags: [jars]
      operationId: listJars
      responses:
        '200':
          description: Jars.
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Jar' } } } }
components:
  schemas:
    Jar: { type: object, required: [lid], properties: { lid: { type: string } } }
";

/// A folder with `jars.yaml`.
pub struct Shelf(tempfile::TempDir);

impl Shelf {
    pub fn new() -> Self {
        let shelf = Self(tempfile::tempdir().expect("a folder"));
        shelf.put("jars.yaml", DOCUMENT);
        shelf
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn put(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("it can be written");
    }

    pub fn envoi(&self, arguments: &[&str]) -> Output {
        envoi(self.0.path(), arguments)
    }
}

/// Runs the program in a folder.
pub fn envoi(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_envoi"));
    command.current_dir(folder).args(arguments);
    command.output().expect("the program starts")
}

/// The program ends with `code` and says all of `said`.
#[track_caller]
pub fn check(output: &Output, code: i32, said: &[&str]) {
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{text}");
    for words in said {
        assert!(text.contains(words), "`{words}` is not said:\n{text}");
    }
}

/// Every file below a folder, with its bytes and when it was written.
pub fn files(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(
                std::fs::read_dir(&path)
                    .expect("a folder")
                    .map(|entry| entry.expect("an entry").path()),
            );
        } else {
            let meta = path.metadata().expect("a file");
            found.insert(
                path.clone(),
                (std::fs::read(&path).expect("a file"), meta.modified().expect("a time")),
            );
        }
    }
    found
}
