//! What a file of models mentions of serde and the runtime.

use std::collections::BTreeSet;

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use crate::analyze::Given;
use crate::emit::context::Cx;
use crate::features::MODEL_TRAITS;
use crate::ir::TypeId;
use crate::names::Ident;

/// What is mentioned of serde and the runtime to read and write types.
#[derive(Debug, Default)]
pub(super) struct Used {
    reads: bool,
    writes: bool,
    pub(super) objects: bool,
    pub(super) unions: bool,
}

/// What a file mentions of serde and the runtime.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// Whether values are read strictly.
    pub(crate) strict: bool,
    /// What else of the runtime is mentioned.
    pub(crate) runtime: BTreeSet<&'static str>,
    pub(super) always: Used,
    pub(super) with_feature: Used,
    pub(super) never: Used,
    /// What a cargo feature adds, for a file of its own.
    pub(super) gated: TokenStream,
    /// Whether that is all that is wanted.
    pub(super) only_gated: bool,
    /// The condition of the types that it is added to.
    pub(super) when: Option<TokenStream>,
}

impl Cx<'_> {
    /// The traits of a model that floats do not have: within `derive`, and as an attribute of their own where a cargo feature
    /// adds them.
    pub(super) fn total_equality(&self, id: TypeId) -> (Option<TokenStream>, Option<TokenStream>) {
        match (self.facts.holds_floats(id), self.facts.has_serde_feature()) {
            (true, _) => (None, None),
            (false, false) => (Some(quote!(, Eq, Hash)), None),
            (false, true) => (
                None,
                Some(quote!(#[cfg_attr(feature = #MODEL_TRAITS, derive(Eq, Hash))])),
            ),
        }
    }
}

impl Uses {
    /// What is mentioned by what is there then.
    pub(super) fn of(&mut self, given: Given) -> &mut Used {
        match given {
            Given::Always => &mut self.always,
            Given::WithFeature => &mut self.with_feature,
            Given::Never => &mut self.never,
        }
    }

    /// How a type is read: from a `source`.
    pub(crate) fn read(
        &mut self,
        given: Given,
        ty: &Ident,
        allow: Option<&TokenStream>,
        read: impl FnOnce() -> TokenStream,
    ) -> Option<TokenStream> {
        self.of(given).reads = true;
        let deserialize = match self.strict {
            true => quote!(deserialize_strictly),
            false => quote!(deserialize),
        };
        let when = self.condition(given);
        let made = self.is_wanted(given).then(|| {
            let read = read();
            quote! {
                #when
                #allow
                impl read::Read for #ty {
                    #[inline]
                    fn read(source: &mut dyn read::Source<'_>) -> Result<Self, read::ValueError> {
                        #read
                    }
                }

                #when
                impl<'de> Deserialize<'de> for #ty {
                    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                        read::#deserialize(deserializer)
                    }
                }
            }
        });
        self.placed(given, made)
    }

    /// How a type is written: to a `sink`.
    pub(crate) fn write(
        &mut self,
        given: Given,
        ty: &Ident,
        allow: Option<&TokenStream>,
        write: impl FnOnce() -> TokenStream,
    ) -> Option<TokenStream> {
        self.of(given).writes = true;
        // what is sent is an argument
        let argument = (given == Given::Always).then(|| {
            self.runtime.insert("argument");
            quote!(impl argument::Converted for #ty {})
        });
        let when = self.condition(given);
        let made = self.is_wanted(given).then(|| {
            let write = write();
            quote! {
                #argument

                #when
                #allow
                impl write::Write for #ty {
                    #[inline]
                    fn write(&self, sink: &mut dyn write::Sink) -> Result<(), write::ValueError> {
                        #write
                    }
                }

                #when
                impl Serialize for #ty {
                    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                        write::serialize(self, serializer)
                    }
                }
            }
        });
        self.placed(given, made)
    }

    /// Whether an implementation is a part of the file: that of the types, or that of what a cargo feature adds.
    fn is_wanted(&self, given: Given) -> bool {
        match self.only_gated {
            true => given == Given::WithFeature,
            false => given == Given::Always,
        }
    }

    /// The condition of what stands apart from its type.
    fn condition(&self, given: Given) -> Option<TokenStream> {
        self.when.clone().filter(|_| given == Given::WithFeature)
    }

    /// What stands with the type; what a cargo feature adds is kept apart.
    fn placed(&mut self, given: Given, made: Option<TokenStream>) -> Option<TokenStream> {
        if given != Given::WithFeature {
            return made;
        }
        self.gated.extend(made);
        None
    }

    /// What the file of the types imports.
    pub(crate) fn imports(&self, cx: &Cx<'_>) -> TokenStream {
        imports(cx, &self.always, &self.runtime)
    }

    /// What a cargo feature adds, with its imports.
    pub(super) fn gated(&self, cx: &Cx<'_>) -> TokenStream {
        let (shared, items) = (imports(cx, &self.with_feature, &BTreeSet::new()), &self.gated);
        quote!(use super::*; #shared #items)
    }
}

fn imports(cx: &Cx<'_>, used: &Used, others: &BTreeSet<&'static str>) -> TokenStream {
    let serde = cx.paths.krate("serde");
    let mut names = Vec::new();
    if used.reads {
        names.extend([quote!(Deserialize), quote!(Deserializer)]);
    }
    if used.writes {
        names.extend([quote!(Serialize), quote!(Serializer)]);
    }
    let traits = (!names.is_empty()).then(|| quote!(use #serde::{#(#names),*};));
    let runtime = cx.paths.runtime();
    let modules = [
        (used.objects, "object"),
        (used.reads, "read"),
        (used.unions, "union"),
        (used.writes, "write"),
    ];
    let modules = modules.into_iter().filter(|(used, _)| *used).map(|(_, name)| name);
    let used: BTreeSet<&str> = modules.chain(others.iter().copied()).collect();
    let used: Vec<Token> = used
        .into_iter()
        .map(|name| Token::new(name, Span::call_site()))
        .collect();
    let runtime = match used.as_slice() {
        [] => None,
        [single] => Some(quote!(use #runtime::#single;)),
        several => Some(quote!(use #runtime::{#(#several),*};)),
    };
    quote!(#traits #runtime)
}
