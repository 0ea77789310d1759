//! What a reference leads to.

use super::Bundle;
use super::grammar::{Found, Shape};
use super::ids::Ids;
use super::uri;
use crate::diagnostic::Code;
use crate::document::Missing;
use crate::nearest::nearest_place;
use crate::pointer::Pointer;

/// A node of one of the texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Target {
    /// The index of the text.
    pub(super) file: usize,
    /// The place in it.
    pub(super) at: Pointer,
}

impl Target {
    /// The document as a whole.
    pub(super) fn root() -> Self {
        Self {
            file: 0,
            at: Pointer::root(),
        }
    }
}

/// What became of a reference.
pub(super) enum Resolution {
    /// It leads there.
    Found(Target),
    /// It leads nowhere as it is written, but this is what it must mean.
    Repaired(Target),
    /// It leads nowhere: a text that is the same for the same target, and why.
    Missing(String, Missing),
    /// It is no reference at all, but a name that means something else.
    Name,
}

impl Bundle<'_> {
    /// What `found`, a reference in `file`, leads to.
    pub(super) fn resolve(&self, file: usize, found: &Found<'_>) -> Resolution {
        let text = found.text.trim();
        let is_name = !text.contains(['/', '#', '.', ':']);
        if found.at.last() == "mapping" && is_name && (file == 0 || self.named(file, text, found.shape).is_none()) {
            return Resolution::Name;
        }
        let (address, fragment) = uri::split(text);
        let missing = match self.text_of(file, &found.at, address) {
            Ok((text, resource)) => match self.inside(text, resource, fragment.unwrap_or_default()) {
                Some(at) => return Resolution::Found(Target { file: text, at }),
                None => self.nothing_at(text, address, fragment.unwrap_or_default()),
            },
            Err(missing) => missing,
        };
        if let Some(target) = self.meant(file, text, found.shape) {
            return Resolution::Repaired(target);
        }
        Resolution::Missing(self.unambiguous(file, address, fragment), missing)
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
            None => Missing::new(Code::ExternalReference, "leads out of the document").help(
                "bundle the documents into one first, or let Envoi read the file: `load::read` finds what lies beside \
                 the document",
            ),
        })
    }

    /// The node that a fragment names in a resource.
    fn inside(&self, file: usize, resource: usize, fragment: &str) -> Option<Pointer> {
        let own = &self.files[file];
        let (root, _) = own.ids.resources.get(resource)?;
        if !fragment.is_empty()
            && !fragment.starts_with('/')
            && let Some(pointer) = own.ids.anchored(resource, fragment)
        {
            return Some(pointer.clone());
        }
        let pointer = Pointer::parse(&format!("#{fragment}"))?;
        let below = root.join(pointer.as_str());
        [below, pointer].into_iter().find(|at| own.has(at))
    }

    fn nothing_at(&self, file: usize, address: &str, fragment: &str) -> Missing {
        let missing = Missing::new(Code::DanglingReference, "points to nothing");
        let near = Pointer::parse(&format!("#{fragment}")).and_then(|at| nearest_place(&self.files[file].tree, &at));
        match near {
            Some(near) => missing.help(format!("did you mean `{address}{near}`?")),
            None => missing,
        }
    }

    /// What a reference that is written wrongly must mean: a part of its own text, or of the document.
    fn meant(&self, file: usize, text: &str, shape: Shape) -> Option<Target> {
        [file, 0].into_iter().find_map(|file| {
            if !text.contains(['/', '#']) {
                return self.named(file, text, shape);
            }
            let plain = text.trim_start_matches(['#', '/', '.']);
            let found = |at: Pointer| self.files[file].has(&at).then_some(Target { file, at });
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
        self.files[file].has(&at).then_some(Target { file, at })
    }

    /// The text of a reference that leads nowhere, so that it says the same wherever it stands.
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

impl Ids {
    /// Whether the text has no schema with a name of its own.
    pub(super) fn is_plain(&self) -> bool {
        self.resources.len() == 1
    }
}
