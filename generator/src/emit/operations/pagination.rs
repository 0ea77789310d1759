//! Pages -> what is fixed about them, and the way from a page to its items.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::response::variants;
use crate::analyze::Presence;
use crate::emit::context::Cx;
use crate::emit::documentation::markdown::printable;
use crate::emit::tokens::ty::Scope;
use crate::ir::{Field, First, OperationId, PageStep, Pagination, ReplyPlace, Shape, Slot, TypeId, TypeRef};

impl Cx<'_> {
    /// How an operation is paged.
    pub(crate) fn pagination(&self, id: OperationId) -> Option<&Pagination> {
        let operation = &self.api.operations[id.0];
        let pagination = operation.pagination.as_ref()?;
        let (_, body) = operation.page()?;
        let fields = pagination
            .way
            .iter()
            .map(|(id, index)| Some(&self.member(*id, *index)?.slot));
        let mut slots = std::iter::once(Some(body)).chain(fields);
        // a list of itself is a type of its own, whose list is not within reach
        slots
            .all(|slot| slot.is_some_and(|slot| !self.meets_newtype(&slot.ty)))
            .then_some(pagination)
    }

    /// Whether some operation is paged.
    pub(crate) fn has_pages(&self) -> bool {
        (0..self.api.operations.len()).any(|index| self.pagination(OperationId(index)).is_some())
    }

    fn meets_newtype(&self, ty: &TypeRef) -> bool {
        let mut ty = ty;
        while let TypeRef::Named(id) = ty {
            if self.facts.is_newtype(*id) {
                return true;
            }
            match &self.api.types[*id].shape {
                Shape::Alias(slot) => ty = &slot.ty,
                _ => return false,
            }
        }
        false
    }

    fn member(&self, id: TypeId, index: usize) -> Option<&Field> {
        match &self.api.types[id].shape {
            Shape::Struct(object) => object.fields.get(index),
            _ => None,
        }
    }

    /// What makes the operation one with pages.
    pub(crate) fn paged(&self, id: OperationId) -> Option<TokenStream> {
        let pagination = self.pagination(id)?;
        let marker = &self.names.of_operation(id).marker;
        let item = self.slot(&pagination.item, &mut Scope::Api);
        let paging = self.paging(pagination);
        let taken = self.items(id, pagination)?;
        let fields = pagination.way.iter().filter_map(|(id, index)| self.member(*id, *index));
        let deprecated = fields.clone().any(|field| field.docs.deprecated);
        let allow = deprecated.then(|| quote!(#[allow(deprecated, reason = "the items are there nevertheless")]));
        Some(quote! {
            impl Paged for #marker {
                type Item = #item;

                const PAGING: Paging = #paging;

                #allow
                #[inline]
                fn items(output: Self::Output) -> Vec<Self::Item> {
                    #taken
                }
            }
        })
    }

    /// The constant that says how one page leads to the next.
    fn paging(&self, pagination: &Pagination) -> TokenStream {
        let step = match &pagination.step {
            PageStep::Page { parameter, first } => match first {
                First::Number(first) => {
                    let first = Literal::u64_unsuffixed(*first);
                    quote!(page_number(#parameter, #first))
                }
                First::At(number) => quote!(numbered_page(#parameter, #number)),
            },
            PageStep::Offset { parameter, first } => match first {
                First::Number(first) => {
                    let first = Literal::u64_unsuffixed(*first);
                    quote!(offset(#parameter, #first))
                }
                First::At(number) => quote!(numbered_offset(#parameter, #number)),
            },
            PageStep::Cursor { parameter, token } => match token {
                ReplyPlace::Body(token) => quote!(cursor(#parameter, #token)),
                ReplyPlace::Header(header) => quote!(cursor_in_header(#parameter, #header)),
            },
            PageStep::Url(ReplyPlace::Body(url)) => quote!(next_url(#url)),
            PageStep::Url(ReplyPlace::Header(header)) => quote!(next_url_in_header(#header)),
            PageStep::Link => quote!(link_header()),
        };
        let counts = matches!(pagination.step, PageStep::Page { .. } | PageStep::Offset { .. });
        let items = Some(pagination.items(&self.api.types)).filter(|items| counts && !items.is_empty());
        let items = items.map(|items| quote!(.items(#items)));
        let more = pagination.more.as_ref().map(|more| quote!(.more(#more)));
        let total = pagination.total_pages.as_ref().map(|total| match total {
            ReplyPlace::Body(total) => quote!(.total_pages(#total)),
            ReplyPlace::Header(total) => quote!(.total_pages_in_header(#total)),
        });
        let body = pagination.body.as_ref().map(|media_type| quote!(.in_body(#media_type)));
        let size = pagination.size.as_ref().map(|(parameter, most)| {
            let most = Literal::u64_unsuffixed(*most);
            quote!(.size(#parameter, #most))
        });
        quote!(Paging::#step #body #items #more #total #size)
    }

    /// The items of a page: those of its body, none where the status is one without a body.
    fn items(&self, id: OperationId, pagination: &Pagination) -> Option<TokenStream> {
        let operation = &self.api.operations[id.0];
        let (index, body) = operation.page()?;
        let taken = self.taken(body, &pagination.way);
        if operation.successes().len() == 1 {
            return Some(taken);
        }
        let names = self.names.of_operation(id);
        let (ty, variants) = (&names.output, variants(&names.responses[index], false));
        let variant = variants.first()?;
        Some(quote! {
            match output {
                #ty::#variant(output) => #taken,
                _ => Vec::new(),
            }
        })
    }

    /// The array at the end of a way, taken out of the body.
    fn taken(&self, body: &Slot, way: &[(TypeId, usize)]) -> TokenStream {
        let mut taken = quote!(output);
        let mut perhaps = self.api.types.is_nullable(body).then(|| quote!(output));
        for (id, index) in way {
            let ident = &self.names.of_type(*id).members[*index];
            let nullable = self.facts.presence(*id, *index) == Presence::OptionalNullable;
            let into = nullable.then(|| quote!(.into_option()));
            let required = self.facts.presence(*id, *index) == Presence::Required;
            taken = match (&perhaps, required) {
                (None, _) => quote!(#taken.#ident #into),
                (Some(outer), true) => quote!(#taken.map(|#outer| #outer.#ident)),
                (Some(outer), false) => quote!(#taken.and_then(|#outer| #outer.#ident #into)),
            };
            if perhaps.is_some() || !required {
                perhaps = Some(quote!(#ident));
            }
        }
        match perhaps {
            Some(_) => quote!(#taken.unwrap_or_default()),
            None => taken,
        }
    }

    /// What the documentation of a method says about its pages.
    pub(super) fn page_docs(&self, id: OperationId) -> String {
        let Some(pagination) = self.pagination(id) else {
            return String::new();
        };
        let marker = self.names.of_operation(id).marker.plain();
        let by = match pagination.step.parameter() {
            Some(member) if pagination.body.is_some() => {
                format!("`{}` of the request body", printable(member.trim_start_matches('/')))
            }
            Some(parameter) => format!("`{}`", printable(parameter)),
            None if pagination.step == PageStep::Link => "the `Link` header".to_owned(),
            None => "the URL in each response".to_owned(),
        };
        format!(
            "Paginated by {by}: [`pages`](Request::<{marker}>::pages) and [`items`](Request::<{marker}>::items) stream all results."
        )
    }
}
