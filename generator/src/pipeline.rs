//! The pipeline: the only file that knows the order of the stages.

use crate::analyze::{Facts, fill, merge_patches, prune, share};
use crate::bundle::bundle;
use crate::census::Census;
use crate::config::{Config, Layout, Pagination};
use crate::declare::declare;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::{Document, Source};
use crate::emit::{self, Cx};
use crate::evidence::{self, Models};
use crate::features::Features;
use crate::ir::{Api, Root, TypeDef, TypeId};
use crate::load::{self, Limits};
use crate::lower::{lower, paginate};
use crate::names::{self, Named, Names};
use crate::normalize::normalize;
use crate::output::{HEADER, OutputFile, Target};
use crate::overlay;
use crate::parallel::{self, on_large_stack};
use crate::plan::{PlannedFile, plan};
use crate::pointer::Pointer;
use crate::print::print;
use crate::rename;
use crate::select::Selection;

/// Result of [`generate`].
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// The files of the client, with paths relative to the crate.
    pub files: Vec<OutputFile>,
    /// Documentation files: Markdown pages, and the program in `examples/`.
    pub companions: Vec<OutputFile>,
    /// The section about the client in the README of the crate, if pages are generated.
    pub guide: Option<emit::Guide>,
    /// The diagnostics.
    pub diagnostics: Diagnostics,
    /// The loaded document, used to render diagnostics.
    pub document: Option<Document>,
    /// Number of generated operations.
    pub operations: usize,
    /// Number of operations that the configuration excludes.
    pub left_out: usize,
    /// Number of generated types.
    pub types: usize,
    /// Whether the client needs the feature `xml` of `envoi-runtime`.
    pub xml: bool,
    /// The cargo features used by the files, which the manifest must declare.
    pub features: Option<Features>,
    /// The component schemas by name, each with the path of its type relative to the root of the client, such as
    /// `models::Pet`.
    pub models: Vec<(String, String)>,
    /// What was generated of the document, to be compared with it.
    pub census: Census,
    /// The program in `examples/`, if it needs features.
    pub(crate) example: Option<Target>,
}

/// Generates the client for a document.
///
/// Pure: no files are read or written, and the same input gives the same output everywhere. If the diagnostics have
/// errors, do not use the files.
///
/// ```
/// use envoi::{Config, Source, generate};
///
/// let source = Source::new("pets.yaml", "
/// openapi: 3.0.3
/// info: { title: Pets, version: '1' }
/// paths:
///   /pets:
///     get:
///       operationId: listPets
///       responses: { '200': { description: All pets. } }
/// ");
/// let outcome = generate(&source, &Config::default());
/// assert!(!outcome.diagnostics.has_errors());
/// assert!(outcome.files.iter().any(|file| file.path == "src/client.rs"));
/// ```
#[must_use]
pub fn generate(source: &Source, config: &Config) -> Outcome {
    on_large_stack(|| run(source, config, |_, _| ()).0)
}

/// Generates like [`generate`], and returns what `look` finds in the API and its names, unless there are none.
pub(crate) fn generate_and<T: Send>(
    source: &Source,
    config: &Config,
    look: impl FnOnce(&Api, &Names) -> T + Send,
) -> (Outcome, Option<T>) {
    on_large_stack(|| run(source, config, look))
}

/// The representation of a document as text, for eyes and for snapshots.
///
/// # Errors
///
/// When the document cannot be read at all.
pub fn dump(source: &Source) -> Result<String, Diagnostic> {
    on_large_stack(|| {
        let mut document = load::load(source, &Limits::default())?;
        let mut diagnostics = Diagnostics::default();
        bundle(&mut document, source, &Limits::default(), &mut diagnostics);
        normalize(&mut document, &mut diagnostics);
        let mut everything = Selection::default();
        let mut api = lower(&document, &mut everything, &mut diagnostics);
        fill(&mut api);
        merge_patches(&mut api);
        paginate(
            &mut api,
            &document,
            &everything,
            &Pagination::default(),
            &mut diagnostics,
        );
        Ok(crate::ir::dump(&api))
    })
}

impl Models {
    /// The types of the client that [`generate`] makes of the same input; `None` when the document has errors.
    #[must_use]
    pub fn of(source: &Source, config: &Config) -> Option<Self> {
        on_large_stack(|| {
            let mut diagnostics = Diagnostics::default();
            let mut document = load::load(source, &Limits::default()).ok()?;
            bundle(&mut document, source, &Limits::default(), &mut diagnostics);
            if !patch(&mut document, config, &mut diagnostics) {
                return None;
            }
            normalize(&mut document, &mut diagnostics);
            declare(&mut document, &config.security, &mut diagnostics);
            let mut selection = Selection::new(&config.select);
            let mut api = lower(&document, &mut selection, &mut diagnostics);
            fill(&mut api);
            merge_patches(&mut api);
            share(&mut api);
            if config.keep_going {
                diagnostics.keep_going();
            }
            let facts = Facts::gather(&api, config.serde());
            (!diagnostics.has_errors()).then(|| Self::new(api, facts, document, config.formats.clone()))
        })
    }
}

impl Named {
    /// The names of the client that [`generate`] makes of the same input, without writing it: it takes a fraction of the
    /// time. `None` when the document has errors.
    #[must_use]
    pub fn of(source: &Source, config: &Config) -> Option<Vec<Self>> {
        on_large_stack(|| {
            let mut diagnostics = Diagnostics::default();
            let mut document = load::load(source, &Limits::default()).ok()?;
            bundle(&mut document, source, &Limits::default(), &mut diagnostics);
            if !patch(&mut document, config, &mut diagnostics) {
                return None;
            }
            let (mut api, _) = understand(&mut document, config, &mut diagnostics);
            share(&mut api);
            let names = Names::assign(&api, &config.name, &config.rename, &document, &mut diagnostics);
            if config.keep_going {
                diagnostics.keep_going();
            }
            (!diagnostics.has_errors()).then(|| names::list(&api, &names, &document))
        })
    }
}

impl Census {
    /// What the client that [`generate`] makes of the same input has of its document, and what there is to say about
    /// the
    /// document until then, without writing the client: it takes a fraction of the time. `None` when the document
    /// cannot
    /// be read.
    #[must_use]
    pub fn of(source: &Source, config: &Config) -> Option<(Self, Diagnostics)> {
        on_large_stack(|| {
            let mut diagnostics = Diagnostics::default();
            let mut document = load::load(source, &Limits::default()).ok()?;
            bundle(&mut document, source, &Limits::default(), &mut diagnostics);
            if !patch(&mut document, config, &mut diagnostics) {
                return None;
            }
            normalize(&mut document, &mut diagnostics);
            declare(&mut document, &config.security, &mut diagnostics);
            let mut selection = Selection::new(&config.select);
            let mut api = lower(&document, &mut selection, &mut diagnostics);
            paginate(&mut api, &document, &selection, &config.pagination, &mut diagnostics);
            if selection.prunes() {
                prune(&mut api);
            }
            Some((Self::take(&api, &document, &diagnostics), diagnostics))
        })
    }
}

/// The operations that are selected, with their types as the document has them.
fn understand(document: &mut Document, config: &Config, diagnostics: &mut Diagnostics) -> (Api, Selection) {
    rename::rename(document, &config.rename, diagnostics);
    normalize(document, diagnostics);
    declare(document, &config.security, diagnostics);
    let mut selection = Selection::new(&config.select);
    let mut api = lower(document, &mut selection, diagnostics);
    fill(&mut api);
    merge_patches(&mut api);
    paginate(&mut api, document, &selection, &config.pagination, diagnostics);
    if selection.prunes() {
        prune(&mut api);
    }
    (api, selection)
}

fn run<T>(source: &Source, config: &Config, look: impl FnOnce(&Api, &Names) -> T) -> (Outcome, Option<T>) {
    let mut diagnostics = Diagnostics::default();
    let mut document = match load::load(source, &Limits::default()) {
        Ok(document) => document,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            let outcome = Outcome {
                diagnostics,
                ..Outcome::default()
            };
            return (outcome, None);
        }
    };
    bundle(&mut document, source, &Limits::default(), &mut diagnostics);
    if !patch(&mut document, config, &mut diagnostics) {
        let outcome = Outcome {
            diagnostics,
            document: Some(document),
            ..Outcome::default()
        };
        return (outcome, None);
    }
    let (mut api, selection) = understand(&mut document, config, &mut diagnostics);
    let census = Census::take(&api, &document, &diagnostics);
    share(&mut api);
    diagnostics.drop_repeated(&document);
    if config.keep_going {
        diagnostics.keep_going();
    }
    let (facts, names) = parallel::both(
        || Facts::gather(&api, config.serde()),
        || Names::assign(&api, &config.name, &config.rename, &document, &mut diagnostics),
    );
    evidence::report(&api, &facts, &document, &config.formats, &mut diagnostics);
    selection.report_unused(&mut diagnostics);
    let all = selection.left_out() == 0 && !selection.prunes();
    names::report_unused(&api, &names, |id| selection.has_seen(id), all, &mut diagnostics);
    rename::report_unused(&api, &document, &config.rename, all, &mut diagnostics);
    let features = Features::plan(&api, &names, config, &mut diagnostics);
    let cx = Cx::new(&api, &facts, &names, features.as_ref(), config);
    let head = match config.layout {
        Layout::Module => String::new(),
        Layout::Crate | Layout::Member(_) => format!("// {HEADER}\n\n"),
    };
    let printed = texts(&cx, plan(&api, &facts, &names), &head, &mut diagnostics);
    let (pages, guide) = emit::pages(&cx, &format!("<!-- {HEADER} -->\n\n")).unzip();
    let companions = emit::program(&cx).map(|file| OutputFile::new(file.path, format!("// {HEADER}\n\n{}", file.text)));
    let has_program = companions.is_some();
    let found = look(&api, &names);
    let outcome = Outcome {
        companions: companions.into_iter().chain(pages.into_iter().flatten()).collect(),
        guide,
        files: arrange(printed, &config.layout),
        census,
        models: models(&api, &names),
        diagnostics,
        document: Some(document),
        operations: api.operations.len(),
        left_out: selection.left_out(),
        types: api.types.kept().count(),
        xml: api.has_xml(),
        example: emit::program_target(&cx).filter(|_| has_program),
        features,
    };
    (outcome, Some(found))
}

/// The text of every file, after `head`. Tokens cannot be sent between threads, so each is printed where it is made.
fn texts(
    cx: &Cx<'_>,
    files: Vec<PlannedFile>,
    head: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<(PlannedFile, String)> {
    let texts = parallel::map(&files, |file| {
        print(emit::emit(cx, file)).map(|text| format!("{head}{text}"))
    });
    let mut printed = Vec::with_capacity(files.len());
    for (planned, text) in files.into_iter().zip(texts) {
        match text {
            Ok(text) => printed.push((planned, text)),
            Err(error) => {
                let file = planned.module.join("/");
                let message = format!("the code generated for `{file}` is not valid Rust: {error}");
                let bug = Diagnostic::new(Code::Bug, Place::Document, message);
                diagnostics.push(bug.help("this is a bug in Envoi; please report it with the document"));
            }
        }
    }
    printed
}

/// The paths of the types of component schemas.
fn models(api: &Api, names: &Names) -> Vec<(String, String)> {
    let components = Pointer::root().child("components").child("schemas");
    let path = |(id, definition): (TypeId, &TypeDef)| match &definition.hint.root {
        Root::Component(name) if definition.origin == components.child(name) => {
            Some((name.clone(), format!("models::{}", names.of_type(id).ty)))
        }
        _ => None,
    };
    api.types.kept().filter_map(path).collect()
}

/// Applies the overlays; whether there is a document to go on with. Messages about one that was patched only in part
/// would lead astray.
fn patch(document: &mut Document, config: &Config, diagnostics: &mut Diagnostics) -> bool {
    if config.overlays.is_empty() {
        return true;
    }
    overlay::apply(&mut document.root, &config.overlays, &Limits::default(), diagnostics);
    if diagnostics.has_errors() {
        return false;
    }
    match load::detect(&document.root) {
        Ok(version) => document.version = version,
        Err(diagnostic) => diagnostics.push(diagnostic),
    }
    !diagnostics.has_errors()
}

/// Files under their paths, as they are, or all in one.
fn arrange(printed: Vec<(PlannedFile, String)>, layout: &Layout) -> Vec<OutputFile> {
    let folder = match layout {
        Layout::Crate => "src".to_owned(),
        Layout::Member(module) => format!("src/{module}"),
        Layout::Module => return vec![crate::nest::nest(printed)],
    };
    let root = if *layout == Layout::Crate { "lib.rs" } else { "mod.rs" };
    printed
        .into_iter()
        .map(|(planned, text)| {
            let path = match planned.module.as_slice() {
                [] => root.to_owned(),
                module if planned.folder => format!("{}/mod.rs", module.join("/")),
                module => format!("{}.rs", module.join("/")),
            };
            OutputFile {
                path: format!("{folder}/{path}"),
                text,
            }
        })
        .collect()
}
