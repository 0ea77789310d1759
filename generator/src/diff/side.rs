//! The sides of a comparison: documents, and crates on disk.

use super::api::Surface;
use super::change::{Site, Spot};
use super::manifest::Manifest;
use super::places::Places;
use crate::config::{Config, Documentation, Examples, Runtime};
use crate::diagnostic::{MessageFormat, Renderer};
use crate::document::{Document, Source};
use crate::output::OutputFile;
use crate::package::{Member, Package, PackageOutcome, several_by, standalone_by};
use crate::parallel::on_large_stack;
use crate::pipeline::{Outcome, generate_and};

/// One side of a comparison: the API of a crate.
#[derive(Debug)]
pub struct Side<'a> {
    /// What the report calls it.
    pub(super) name: String,
    pub(super) surface: Surface,
    pub(super) manifest: Manifest,
    clients: Vec<Client<'a>>,
}

/// A client whose document is known.
#[derive(Debug)]
struct Client<'a> {
    /// The module of the client with `::`; empty for a client at the root.
    module: String,
    source: &'a Source,
    document: Option<Document>,
    places: Places,
}

impl<'a> Side<'a> {
    /// Reads the API of a crate that was generated, from its Rust files and `Cargo.toml`.
    #[must_use]
    pub fn of_files(name: impl Into<String>, files: &[OutputFile]) -> Self {
        Self {
            name: name.into(),
            surface: on_large_stack(|| Surface::read(files)),
            manifest: Manifest::of(files),
            clients: Vec::new(),
        }
    }

    /// Generates the client of a document, at the root of a crate.
    ///
    /// # Errors
    ///
    /// Returns the outcome of the run if the document has errors.
    pub fn of_document(source: &'a Source, config: &Config) -> Result<Self, Box<Outcome>> {
        let package = Package {
            runtime: Runtime::Crate,
            ..Package::new("client")
        };
        let mut places = Vec::new();
        let mut made = standalone_by(source, &bare(config), &package, &mut |source, config| {
            located(source, config, &mut places)
        });
        match made.clients.pop() {
            Some(client) if client.diagnostics.has_errors() => Err(Box::new(client)),
            client => {
                let mut side = Self::of_files(source.name.clone(), &made.files);
                let document = client.and_then(|client| client.document);
                let places = places.pop().unwrap_or_default();
                side.clients.push(Client {
                    module: String::new(),
                    source,
                    document,
                    places,
                });
                Ok(side)
            }
        }
    }

    /// Generates a crate as `generate` does, without documentation.
    ///
    /// # Errors
    ///
    /// Returns the outcome if a document has errors.
    pub(crate) fn of_members(
        name: impl Into<String>,
        members: &'a [Member],
        package: &Package,
        is_standalone: bool,
    ) -> Result<Self, Box<PackageOutcome>> {
        let mut places = Vec::new();
        let mut make = |source: &Source, config: &Config| located(source, config, &mut places);
        let made = match members {
            [only] if is_standalone => standalone_by(&only.source, &bare(&only.config), package, &mut make),
            members => {
                let bare = members.iter().map(|member| Member {
                    config: bare(&member.config),
                    ..member.clone()
                });
                several_by(&bare.collect::<Vec<_>>(), package, &mut make)
            }
        };
        if made.has_errors() {
            return Err(Box::new(made));
        }
        let mut side = Self::of_files(name, &made.files);
        for ((member, client), places) in members.iter().zip(made.clients).zip(places) {
            side.clients.push(Client {
                module: if is_standalone {
                    String::new()
                } else {
                    format!("{}::", member.module)
                },
                source: &member.source,
                document: client.document,
                places,
            });
        }
        Ok(side)
    }

    /// Whether it was read from files.
    pub(super) fn is_on_disk(&self) -> bool {
        self.clients.is_empty()
    }

    /// Resolves places in the documents or files of this side.
    pub(super) fn spots(&self) -> Spots<'_> {
        let renderers = self.clients.iter().map(|client| {
            let renderer = Renderer::new(MessageFormat::Short, client.source, client.document.as_ref());
            (
                client.module.as_str(),
                &client.places,
                client.document.as_ref(),
                renderer,
            )
        });
        Spots {
            side: self,
            renderers: renderers.collect(),
        }
    }
}

/// Settings without what no program depends on.
fn bare(config: &Config) -> Config {
    Config {
        documentation: Documentation {
            pages: false,
            examples: Examples::None,
        },
        ..config.clone()
    }
}

fn located(source: &Source, config: &Config, places: &mut Vec<Places>) -> Outcome {
    let (outcome, found) = generate_and(source, config, Places::of);
    places.push(found.unwrap_or_default());
    outcome
}

/// Resolves places on one side.
pub(super) struct Spots<'s> {
    side: &'s Side<'s>,
    renderers: Vec<(&'s str, &'s Places, Option<&'s Document>, Renderer<'s>)>,
}

impl Spots<'_> {
    /// The place of an item in its document, or in its file where there is no document.
    pub(super) fn find(&self, site: &Site) -> Option<Spot> {
        let one = self.side.surface.types.get(site.index)?;
        let member = site.member.as_deref();
        for (module, places, document, renderer) in &self.renderers {
            let name = one.paths.iter().find_map(|path| path.strip_prefix(module));
            let Some(at) = name.and_then(|name| places.find(name, member).or_else(|| places.find(name, None))) else {
                continue;
            };
            // a property may stand in a schema that this one includes
            let exists = document.is_some_and(|document| document.root.pointer(at.as_str()).is_some());
            let at = if exists {
                at
            } else {
                name.and_then(|name| places.find(name, None)).unwrap_or(at)
            };
            let (file, position, pointer) = renderer.spot(at);
            return Some(Spot {
                file,
                line: position.map(|position| position.line),
                column: position.map(|position| position.column),
                pointer: pointer.map(|pointer| pointer.to_string()),
            });
        }
        if !self.renderers.is_empty() {
            return None;
        }
        let members = one.definition.members.iter().chain(&one.functions);
        let line = members
            .filter(|other| Some(other.name.as_str()) == member)
            .map(|member| member.line)
            .next();
        Some(Spot {
            file: format!("{}/{}", self.side.name, self.side.surface.files.get(one.file)?),
            line: Some(line.unwrap_or(one.definition.line) as usize),
            column: None,
            pointer: None,
        })
    }
}
