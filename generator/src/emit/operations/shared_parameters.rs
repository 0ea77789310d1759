//! Parameters that several operations have -> a trait each, with one setter for all of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::parameter::{Taken, names_style};
use crate::emit::context::Cx;
use crate::emit::documentation::comments::doc;
use crate::emit::documentation::deprecation::deprecated;
use crate::emit::tokens::argument::Form;
use crate::emit::tokens::lints::confusable;
use crate::ir::{OperationId, Parameter};
use crate::names::SharedParameter;

/// The traits and the setters.
pub(crate) fn parameters(cx: &Cx<'_>) -> TokenStream {
    let runtime = cx.paths.runtime();
    let root = cx.paths.root(1);
    let shared = cx.names.shared_parameters();
    let style = shared.iter().any(|parameter| names_style(cx.shared(parameter)));
    let style = style.then(|| quote!(Style));
    let converts = shared
        .iter()
        .any(|parameter| cx.names_into_option(cx.shared(parameter)));
    let converts = converts.then(|| quote!(IntoOption,));
    let each = shared.iter().map(|parameter| {
        let ty = &parameter.ty;
        let (id, index) = parameter.of;
        let name = cx.names.of_operation(id).parameters[index].plain();
        let docs = doc(&format!("Operations with the parameter [`{name}`](Request::{name})."));
        let setter = cx.setter_of(id, index);
        quote! {
            #docs
            pub trait #ty: Operation {}

            impl<Op: #ty> Request<Op> {
                #setter
            }
        }
    });
    quote! {
        //! Optional parameters that several operations share.
        //!
        //! Generic code for all requests with a parameter takes a `Request<Op>` whose `Op` implements its trait.
        use #root::Request;
        use #runtime::{#converts Operation, Parameter, #style};

        #(#each)*
    }
}

impl Cx<'_> {
    fn shared(&self, parameter: &SharedParameter) -> &Parameter {
        let (id, index) = parameter.of;
        &self.api.operations[id.0].parameters[index]
    }

    /// Whether the setter of a parameter mentions `IntoOption`.
    pub(super) fn names_into_option(&self, parameter: &Parameter) -> bool {
        parameter.has_setter() && self.form(&parameter.slot.ty) != Form::Exact
    }

    /// The parameters that operations set themselves, and whether they have others, which are shared.
    pub(crate) fn settings(&self, operations: &[OperationId]) -> (Vec<&Parameter>, bool) {
        let mut own = Vec::new();
        let mut shares = false;
        for id in operations {
            for (index, parameter) in self.api.operations[id.0].parameters.iter().enumerate() {
                match self.names.shared_parameter(*id, index) {
                    Some(_) => shares = true,
                    None => own.push(parameter),
                }
            }
        }
        (own, shares)
    }

    /// Whether a parameter has a setter for this operation alone.
    pub(super) fn has_own_setter(&self, id: OperationId, index: usize) -> bool {
        let parameter = &self.api.operations[id.0].parameters[index];
        parameter.has_setter() && self.names.shared_parameter(id, index).is_none()
    }

    /// The setter of an optional parameter.
    pub(super) fn setter_of(&self, id: OperationId, index: usize) -> TokenStream {
        let parameter = &self.api.operations[id.0].parameters[index];
        let ident = &self.names.of_operation(id).parameters[index];
        let docs = self.parameter_docs(parameter);
        let deprecated = deprecated(&parameter.docs);
        let Taken {
            generics,
            argument,
            setting,
        } = self.parameter(parameter, ident);
        let lint = confusable(ident);
        quote! {
            #docs
            #deprecated
            #lint
            #[inline]
            pub fn #ident #generics(mut self, #argument) -> Self {
                self.inner.#setting;
                self
            }
        }
    }
}
