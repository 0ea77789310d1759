//! How files name what stands outside of them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::config::{Config, Layout, Runtime};

/// The paths to the parts of a client and to the crates it uses.
#[derive(Debug, Clone)]
pub(crate) struct Paths {
    layout: Layout,
    /// Whether the runtime is a crate, and not a module of the crate that is generated.
    crate_runtime: bool,
    /// Whether other crates are reached through the runtime.
    through_runtime: bool,
    /// Whether the runtime is a module of this very client.
    embeds: bool,
}

impl Paths {
    pub(crate) fn new(config: &Config) -> Self {
        let module = config.layout == Layout::Module;
        let crate_runtime = module || config.runtime == Runtime::Crate;
        Self {
            layout: config.layout.clone(),
            crate_runtime,
            through_runtime: module,
            embeds: config.layout == Layout::Crate && !crate_runtime,
        }
    }

    /// The runtime, from anywhere.
    pub(crate) fn runtime(&self) -> TokenStream {
        if self.crate_runtime {
            quote!(envoi_runtime)
        } else {
            quote!(crate::runtime)
        }
    }

    /// The root of the client, from a module `depth` levels below it.
    pub(crate) fn root(&self, depth: usize) -> TokenStream {
        match &self.layout {
            Layout::Crate => quote!(crate),
            Layout::Member(module) => {
                let module = Ident::new(module, Span::call_site());
                quote!(crate::#module)
            }
            Layout::Module => {
                let supers = (0..depth).map(|_| quote!(super));
                quote!(#(#supers)::*)
            }
        }
    }

    /// A crate that the client depends on.
    pub(crate) fn krate(&self, name: &str) -> TokenStream {
        let name = Ident::new(name, Span::call_site());
        if self.through_runtime {
            let runtime = self.runtime();
            quote!(#runtime::#name)
        } else {
            quote!(#name)
        }
    }

    /// The client, as users of the crate name it.
    pub(crate) fn client(&self, krate: &str) -> String {
        let krate = krate.replace('-', "_");
        match &self.layout {
            Layout::Member(module) => format!("{krate}::{module}"),
            Layout::Crate | Layout::Module => krate,
        }
    }

    /// The module of the client, in a crate with several.
    pub(crate) fn member(&self) -> Option<&str> {
        match &self.layout {
            Layout::Member(module) => Some(module),
            Layout::Crate | Layout::Module => None,
        }
    }

    /// What the program of a client in `examples/` is called.
    pub(crate) fn example_name(&self, krate: &str) -> String {
        match &self.layout {
            Layout::Member(module) => module.clone(),
            Layout::Crate | Layout::Module => krate.replace('-', "_"),
        }
    }

    /// The runtime, as users of the client at `root` name it.
    pub(crate) fn runtime_of(&self, root: &str) -> String {
        let (krate, _) = root.split_once("::").unwrap_or((root, ""));
        match self.runtime().to_string().strip_prefix("crate") {
            Some(_) => format!("{krate}::runtime"),
            None => self.runtime().to_string(),
        }
    }

    /// Whether the runtime is a module of this very client.
    pub(crate) fn embeds_runtime(&self) -> bool {
        self.embeds
    }

    /// Whether the root of this client is where callers find a runtime that is a crate.
    pub(crate) fn lends_runtime(&self) -> bool {
        self.layout == Layout::Crate && !self.embeds
    }

    /// The condition that a feature of the runtime is on, for what stands in a crate of its own features.
    pub(crate) fn when(&self, feature: &str) -> Option<TokenStream> {
        (!self.is_module()).then(|| quote!(#[cfg(feature = #feature)]))
    }

    /// Whether the root may carry inner attributes.
    pub(crate) fn is_module(&self) -> bool {
        self.layout == Layout::Module
    }
}
