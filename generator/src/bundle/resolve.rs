//! Resolves references.

use super::context::Bundle;
use super::file::File;
use super::grammar::{Found, Kind, Shape};
use super::ids::Ids;
use super::target::Target;
use super::uri;
use crate::diagnostic::Code;
use crate::document::Missing;
use crate::nearest::nearest_place;
use crate::pointer::Pointer;

/// What became of a reference.
pub(super) enum Resolution {
    /// It leads there.
    Found(Target),
    /// It cannot be resolved as it is written, but this is what it must mean.
    Repaired(Target),
    /// It cannot be resolved: a text that is the same for the same target, and why.
    Missing(String, Missing),
    /// It is no reference at all, but a name that means something else.
    Name,
    /// It depends on the scope, and there is none.
    Open,
}

impl Bundle<'_> {
    /// What `found`, a reference in `file`, leads to by itself.
    pub(super) fn resolve(&self, file: usize, found: &Found<'_>) -> Resolution {
        let text = found.text.trim();
        let is_name = !text.contains(['/', '#', '.', ':']);
        if found.mapped && is_name && (file == 0 || self.named(file, text, found.shape).is_none()) {
            return Resolution::Name;
        }
        let (address, fragment) = uri::split(text);
        let missing = match self.text_of(file, &found.at, address) {
            Ok((text, resource)) => {
                let inside = match address {
                    "" => self.around(file, found, fragment.unwrap_or_default()),
                    _ => None,
                };
                let inside = inside.or_else(|| self.files[text].inside(resource, fragment.unwrap_or_default()));
                match inside {
                    Some(at) if found.shape.is_schema() && self.files[text].is_document(&at) => Missing::new(
                        Code::DanglingReference,
                        "points to the whole document, which is not a schema",
                    ),
                    Some(at) => return Resolution::Found(Target::new(text, at)),
                    None => self.nothing_at(text, address, fragment.unwrap_or_default()),
                }
            }
            Err(missing) => missing,
        };
        if let Some(target) = self.meant(file, found) {
            return Resolution::Repaired(target);
        }
        Resolution::Missing(self.unambiguous(file, address, fragment), missing)
    }

    /// What a fragment names in the schema that it stands in, where that is not what the text as a whole calls so.
    pub(super) fn around(&self, file: usize, found: &Found<'_>, fragment: &str) -> Option<Pointer> {
        if !found.shape.is_schema() || fragment.starts_with('/') {
            return None;
        }
        let own = &self.files[file];
        // Only JSON Schema of 2019 has `$recursiveRef`, and it means no document.
        if fragment.is_empty() && found.key != "$recursiveRef" && own.is_document(&Pointer::root()) {
            return None;
        }
        let schema = own.schema_of(&found.at);
        if fragment.is_empty() {
            return Some(schema);
        }
        let resource = own.ids.resource_of(&found.at);
        own.ids.anchored_in(resource, &schema, fragment).cloned()
    }

    /// The text that an address names at a place, and the schema in it that has the address.
    fn text_of(&self, file: usize, at: &Pointer, address: &str) -> Result<(usize, usize), Missing> {
        let own = &self.files[file];
        if address.is_empty() {
            return Ok((file, own.ids.resource_of(at)));
        }
        // What a schema calls itself comes first; but many name themselves and refer to files all the same.
        let candidates = [
            uri::resolve(own.ids.base(at), address),
            uri::resolve(&own.address, address),
        ];
        if let Some(found) = candidates.iter().find_map(|candidate| self.addresses.get(candidate)) {
            return Ok(*found);
        }
        let [_, candidate] = candidates;
        Err(match self.absent.get(&candidate) {
            Some(missing) => missing.clone(),
            None => Missing::new(Code::ExternalReference, "points outside the document").help(
                "bundle the files into one document, or read the document with `load::read`, which loads the files it \
                 refers to",
            ),
        })
    }

    fn nothing_at(&self, file: usize, address: &str, fragment: &str) -> Missing {
        let missing = Missing::new(Code::DanglingReference, "points to nothing");
        let near = Pointer::parse(&format!("#{fragment}")).and_then(|at| nearest_place(&self.files[file].tree, &at));
        match near {
            Some(near) => missing.help(format!("did you mean `{address}{near}`?")),
            None => missing,
        }
    }

    /// What a reference that is written wrongly must mean: a part of the schema it stands in, of its own text, or of the
    /// document.
    fn meant(&self, file: usize, found: &Found<'_>) -> Option<Target> {
        let (text, shape) = (found.text.trim(), found.shape);
        if let Some(fragment) = text.strip_prefix('#').filter(|_| shape == Shape::One(Kind::Schema)) {
            let own = &self.files[file];
            let pointer = Pointer::parse(&format!("#{fragment}"));
            let at = pointer.map(|pointer| own.schema_of(&found.at).join(pointer.as_str()));
            if let Some(at) = at.filter(|at| own.has(at)) {
                return Some(Target::new(file, at));
            }
        }
        [file, 0].into_iter().find_map(|file| {
            if !text.contains(['/', '#']) {
                return self.named(file, text, shape);
            }
            let plain = text.trim_start_matches(['#', '/', '.']);
            let found = |at: Pointer| self.files[file].has(&at).then(|| Target::new(file, at));
            let rooted = Pointer::parse(&format!("#/{plain}")).and_then(found);
            rooted.or_else(|| {
                let name = [
                    "definitions/",
                    "components/schemas/",
                    "parameters/",
                    "components/parameters/",
                ]
                .iter()
                .chain(&["responses/", "components/responses/"])
                .find_map(|section| plain.strip_prefix(section))?;
                self.named(file, name, shape)
            })
        })
    }

    /// The component with this name that a reference of this shape may lead to.
    fn named(&self, file: usize, name: &str, shape: Shape) -> Option<Target> {
        let section = Pointer::root().join(shape.section(self.version)?);
        let at = section.child(crate::pointer::percent_decode(name)?);
        self.files[file].has(&at).then(|| Target::new(file, at))
    }

    /// The text of a reference that cannot be resolved, so that it says the same wherever it stands.
    fn unambiguous(&self, file: usize, address: &str, fragment: Option<&str>) -> String {
        let own = &self.files[file];
        let address = match (file, address) {
            (0, "") => String::new(),
            _ => uri::resolve(&own.address, address),
        };
        match fragment {
            Some(fragment) => format!("{address}#{fragment}"),
            None => address,
        }
    }
}

impl File {
    /// The node that a fragment names in a resource.
    pub(super) fn inside(&self, resource: usize, fragment: &str) -> Option<Pointer> {
        let (root, _) = self.ids.resources.get(resource)?;
        if !fragment.is_empty()
            && !fragment.starts_with('/')
            && let Some(pointer) = self.ids.anchored(resource, fragment)
        {
            return Some(pointer.clone());
        }
        let pointer = Pointer::parse(&format!("#{fragment}"))?;
        let below = root.join(pointer.as_str());
        [below, pointer].into_iter().find(|at| self.has(at))
    }
}

impl Ids {
    /// Whether the text has no schema with a name of its own.
    pub(super) fn is_plain(&self) -> bool {
        self.resources.len() == 1
    }
}
