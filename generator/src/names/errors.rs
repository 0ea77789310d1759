//! Names of declared errors that several operations share.

use std::collections::HashSet;

use super::digests::digest;
use super::operations::RESERVED_TYPES;
use super::scope::fold;
use super::settled::{Candidates, settled};
use super::shared::listing;
use super::{Ident, Names, ident};
use crate::ir::OperationId;

/// So many variants are listed in a name at most.
const MOST_LISTED: usize = 3;

/// What is known of declared errors that several operations share.
pub struct SharedErrors {
    /// By variant: its name.
    pub variants: Vec<Ident>,
    /// The bodies of the variants, each once.
    pub bodies: Vec<String>,
    /// All code that there is for them.
    pub code: String,
}

impl Names {
    /// Names declared errors that several of these operations share, which are all that one file has. They are called
    /// after what they are, and after none of the operations.
    #[must_use]
    pub fn of_shared_errors(&self, ids: &[OperationId], shared: &[SharedErrors]) -> Vec<Ident> {
        let own = ids.iter().flat_map(|id| {
            let names = self.of_operation(*id);
            [&names.marker, &names.error, &names.output, &names.body]
        });
        let groups = self.groups().iter().map(|group| &group.ty);
        let taken: HashSet<String> = own.chain(groups).map(|name| fold(name.plain())).collect();
        let free = |name: &str| !RESERVED_TYPES.contains(&name) && !taken.contains(&fold(name));
        let names = settled(shared.iter().map(candidates).collect(), free, |index| {
            digest(&shared[index].code)
        });
        names.iter().map(|name| ident::ty(name)).collect()
    }
}

fn candidates(errors: &SharedErrors) -> Candidates {
    let variants: Vec<&str> = errors.variants.iter().map(Ident::plain).collect();
    let words = match variants.split_at_checked(MOST_LISTED) {
        Some((_, [])) | None => listing(&variants, "Or"),
        Some((listed, rest)) => {
            let more = format!("{}More", rest.len());
            listing(&[listed, &[more.as_str()]].concat(), "Or")
        }
    };
    let name = match words.ends_with("Error") {
        true => words,
        false => words + "Error",
    };
    let bodies: Vec<&str> = errors.bodies.iter().map(String::as_str).collect();
    let detailed = format!("{name}Of{}", listing(&bodies, "Or"));
    Candidates {
        base: name.clone(),
        names: vec![name, detailed],
    }
}
