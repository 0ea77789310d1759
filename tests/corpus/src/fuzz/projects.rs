//! The program in a folder whose files somebody, or something, has changed.

use std::fs;
use std::path::{Path, PathBuf};

use super::seeds::Seeds;
use super::target::{Input, Target};
use super::text;
use crate::Result;
use crate::random::Random;

/// Where clients go stays as it is: what is tried here may not write elsewhere.
const HEAD: &str = "output = \"client\"\nallow-remote = false\n";

const SETTINGS: &str = r#"
[package]
name = "acme"
version = "1.2.3"
description = "A client."
runtime = "crate"
publish = false

[clients.acme]
document = "api.yaml"
overlays = ["overlay.yaml"]
strict = true
prune = true
include = { tags = ["things"], paths = ["/things/**"], methods = ["get"], operations = ["list*"] }
exclude = { operations = ["delete*"] }

[clients.acme.rename]
types = { Thing = "Item" }

[clients.acme.pagination]
"list*" = { page = "page", items = "/data" }
"#;

const DOCUMENT: &str = r#"
openapi: 3.1.0
info: { title: Acme, version: '1' }
servers: [{ url: 'https://api.example.com' }]
paths:
  /things:
    get:
      operationId: listThings
      tags: [things]
      parameters: [{ name: page, in: query, schema: { type: integer } }]
      responses:
        '200':
          description: Things.
          content: { application/json: { schema: { $ref: 'types.yaml#/Things' } } }
"#;

const TYPES: &str = r#"
Things:
  type: object
  properties: { data: { type: array, items: { type: string } }, next: { $ref: 'https://example.com/next.json' } }
"#;

const OVERLAY: &str =
    "overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions: [{ target: $.info, update: { version: '2' } }]\n";

const LOCK: &str = "version = 1\n\n[[remote]]\nurl = \"https://example.com/next.json\"\nsha256 = \
    \"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\"\n";

fn without_hashes(list: &str) -> String {
    let paths = list.lines().map(|line| line.split(' ').next().unwrap_or(line));
    paths.map(|path| format!("{path}\n")).collect()
}

/// Files of a user.
const IGNORE: &str = "/README.md\ndocs/*\n!docs/{a,b}*.md\n";

/// What a run leaves that was killed while it replaced files.
const JOURNAL: &str = "- src/gone.rs\n+ src/lib.rs\n+ .envoi-files\n";

const WORDS: [&str; 24] = [
    "../outside/keep",
    "/",
    "..",
    "\\",
    "\0",
    "\n",
    "\r\n",
    "\"",
    "'''",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ".",
    ".envoi-files",
    ".envoi-staging-1/x",
    "con",
    "0x7fffffffffffffff",
    "1979-05-27T07:32:00Z",
    "é",
    "version = 2\n",
    "true",
    "*",
];

/// A file that no run may touch.
const KEPT: &str = "it is mine";

/// The program with a project in a folder of its own.
#[derive(Debug)]
pub struct Projects {
    seeds: Seeds,
    folder: PathBuf,
    /// The record of written files and that of the last run, as a run leaves them.
    records: [String; 2],
}

impl Projects {
    /// In a folder below the cache, which is gone with this.
    pub fn new(seeds: Seeds, cache: &Path) -> Result<Self> {
        let folder = cache.join(format!("fuzz/project-{}", std::process::id()));
        let mut projects = Self {
            seeds,
            folder,
            records: Default::default(),
        };
        projects.lay(&projects.base())?;
        projects.run_program("generate");
        let read = |name: &str| fs::read_to_string(projects.folder.join("client").join(name));
        projects.records = [read(".envoi-files")?, read(".envoi-cache/last-run.json")?];
        Ok(projects)
    }

    /// Runs a command of the program. Any exit code will do: the files may be as wrong as they like.
    fn run_program(&self, command: &str) {
        let settings = self.folder.join("envoi.toml").into_os_string();
        let arguments = ["envoi", command, "--config"].map(Into::into);
        let _ = envoi::cli::run(arguments.into_iter().chain([settings]));
    }

    /// The files of a project that nobody has changed.
    fn base(&self) -> Vec<Input> {
        let [files, cache] = &self.records;
        [
            ("envoi.toml", SETTINGS),
            ("api.yaml", DOCUMENT),
            ("types.yaml", TYPES),
            ("overlay.yaml", OVERLAY),
            ("envoi.lock", LOCK),
            ("client/.envoiignore", IGNORE),
            ("client/.envoi-files", files),
            ("client/.envoi-cache/last-run.json", cache),
            ("client/.envoi-staging-1/journal", JOURNAL),
            // The run was to replace a file by another one than is listed.
            ("client/.envoi-staging-1/new/.envoi-files", &without_hashes(files)),
            ("client/.envoi-staging-1/new/src/lib.rs", ""),
            ("client/.envoi-staging-1/staged-by-envoi", ""),
        ]
        .map(|(name, text)| Input::new(name, text))
        .into()
    }

    /// Writes the files, and those that no run may touch.
    fn lay(&self, input: &[Input]) -> Result<()> {
        let kept = Input::new("outside/keep", KEPT);
        let own = Input::new("client/src/own.rs", KEPT);
        for file in input.iter().chain([&kept, &own]) {
            let path = self.folder.join(&file.name);
            fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
            let head = if file.name == "envoi.toml" { HEAD } else { "" };
            fs::write(path, [head.as_bytes(), &file.bytes].concat())?;
        }
        Ok(())
    }
}

impl Target for Projects {
    fn input(&self, random: &mut Random) -> Vec<Input> {
        let mut files = self.base();
        for _ in 0..1 + random.below(2) {
            let chosen = random.below(files.len());
            text::mutate(&mut files[chosen].bytes, &WORDS, random);
        }
        if random.one_in(8) {
            files[1].bytes = self.seeds.text(random);
        }
        files
    }

    fn run(&mut self, input: &[Input], random: &mut Random) -> std::result::Result<(), String> {
        self.lay(input).map_err(|error| error.to_string())?;
        let command = ["generate", "check"][random.below(2)];
        self.run_program(command);
        for kept in ["outside/keep", "client/src/own.rs"] {
            let text = fs::read(self.folder.join(kept)).map_err(|error| format!("`{kept}` is gone: {error}"))?;
            if text != KEPT.as_bytes() {
                return Err(format!("`{kept}` was written over"));
            }
        }
        Ok(())
    }
}

impl Drop for Projects {
    fn drop(&mut self) {
        // a folder for temporary files is swept by the system, too
        let _ = fs::remove_dir_all(&self.folder);
    }
}
