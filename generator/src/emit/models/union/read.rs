//! How a union is read: by its discriminator, by its name, or by what the value looks like.

use indexmap::IndexMap;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use serde_json::Value;

use crate::analyze::{Kind, Overlap, Shape, Values, shapes};
use crate::emit::context::Cx;
use crate::ir::{Tag, Tagging, TypeId, Union};

impl Cx<'_> {
    pub(super) fn read_union(&self, id: TypeId, union: &Union) -> TokenStream {
        let read = match &union.tagging {
            Tagging::Internal(tag) => self.read_tagged(id, union, tag),
            Tagging::External => self.read_content(id, union, &quote!(union::external(&value))),
            Tagging::Adjacent { tag, content } => {
                self.read_content(id, union, &quote!(union::adjacent(&value, #tag, #content)))
            }
            Tagging::Untagged { .. } => {
                let all: Vec<usize> = (0..union.variants.len()).collect();
                self.attempts(id, union, &all)
            }
        };
        quote! {
            let value = source.buffer()?;
            #read
        }
    }

    fn read_tagged(&self, id: TypeId, union: &Union, tag: &Tag) -> TokenStream {
        let names = self.names.of_type(id);
        let property = &tag.property;
        let mut arms: IndexMap<Vec<usize>, Vec<TokenStream>> = IndexMap::new();
        for (value, candidates) in by_tag(union) {
            arms.entry(candidates).or_default().push(quote!(#value));
        }
        if let Some(unlisted) = tag.unlisted {
            arms.shift_remove(&vec![unlisted]);
        }
        let tries = tag.tries.then(|| self.attempts(id, union, &tag.absent));
        let mut absent = (!tag.tries && !tag.absent.is_empty()).then_some(&tag.absent);
        let mut read: Vec<TokenStream> = Vec::new();
        for (candidates, tags) in &arms {
            let also = absent.take_if(|absent| *absent == candidates).map(|_| quote!(| None));
            let then = self.read_candidates(id, union, candidates);
            read.push(quote!(Some(#(#tags)|*) #also => #then,));
        }
        if let Some(absent) = absent.filter(|absent| tag.unlisted.is_none_or(|unlisted| **absent != [unlisted])) {
            let then = self.read_candidates(id, union, absent);
            read.push(quote!(None => #then,));
        }
        read.extend(tries.map(|tries| quote!(None => { #tries })));
        let otherwise = match tag.unlisted.and_then(|index| names.members.get(index)) {
            Some(ident) => quote!(union::branch(&value).map(Self::#ident)),
            None => quote!(union::unknown(&value, Self::Unknown)),
        };
        quote! {
            match union::tag(&value, #property).as_deref() {
                #(#read)*
                _ => #otherwise,
            }
        }
    }

    /// Reads the only variant there is, or what the value looks like most.
    fn read_candidates(&self, id: TypeId, union: &Union, candidates: &[usize]) -> TokenStream {
        if let [only] = candidates {
            let ident = &self.names.of_type(id).members[*only];
            return quote!(union::branch(&value).map(Self::#ident));
        }
        let attempts = self.attempts(id, union, candidates);
        quote!({ #attempts })
    }

    /// Reads the content of a variant that is called by its name.
    fn read_content(&self, id: TypeId, union: &Union, find: &TokenStream) -> TokenStream {
        let names = self.names.of_type(id);
        let arms = union.variants.iter().zip(&names.members).map(|(variant, ident)| {
            let name = variant.tags.first().map(String::as_str).unwrap_or_default();
            match variant.slot {
                Some(_) => quote!(Some((#name, Some(content))) => union::branch(content).map(Self::#ident),),
                None => quote!(Some((#name, None)) => Ok(Self::#ident),),
            }
        });
        quote! {
            match #find {
                #(#arms)*
                _ => union::unknown(&value, Self::Unknown),
            }
        }
    }

    /// Compares the value with variants, and takes the one it looks like most.
    fn attempts(&self, id: TypeId, union: &Union, candidates: &[usize]) -> TokenStream {
        let names = self.names.of_type(id);
        let expecting = names.ty.plain();
        let branches = candidates.iter().map(|index| {
            let ident = &names.members[*index];
            let name = ident.plain();
            let shapes = shapes(self.api, self.facts, union, candidates, *index);
            let branches = shapes.iter().map(|own| {
                let tokens = shape(own);
                match own.kind {
                    Kind::Object if !own.is_bare() => quote! {
                        let shape = #tokens;
                        attempts.branch(#name, shape, Self::#ident);
                    },
                    _ => quote!(attempts.branch(#name, #tokens, Self::#ident);),
                }
            });
            branches.collect::<TokenStream>()
        });
        let branches: Vec<TokenStream> = branches.collect();
        let best = match self.facts.overlap(id) {
            _ if !union.keeps_unknown() => quote!(attempts.best()),
            Overlap::Never => quote!(attempts.best_or(Self::Unknown)),
            Overlap::Unlikely => quote!(attempts.only_or(Self::Unknown)),
            Overlap::Likely => quote!(attempts.all_or(Self::Several, Self::Unknown)),
        };
        quote! {
            let mut attempts = union::Attempts::new(#expecting, &value);
            #(#branches)*
            #best
        }
    }
}

/// The shape of a variant, as the runtime compares it.
fn shape(shape: &Shape<'_>) -> TokenStream {
    let kind = match shape.kind {
        Kind::Any => quote!(ANY),
        Kind::Null => quote!(NULL),
        Kind::Boolean => quote!(BOOLEAN),
        Kind::Integer => quote!(INTEGER),
        Kind::Number => quote!(NUMBER),
        Kind::String => quote!(STRING),
        Kind::Array => quote!(ARRAY),
        Kind::Object if shape.items.is_some() => quote!(MAP),
        Kind::Object => {
            let required = &shape.required;
            quote!(object(&[#(#required),*]))
        }
    };
    let constants = constants(shape);
    let listed = listed(shape);
    let values = shape.values.as_ref().map(|values| {
        let list = list(values);
        match values {
            Values::Texts(_) => quote!(.values(#list)),
            Values::Integers(_) => quote!(.integer_values(#list)),
            Values::Numbers(_) => quote!(.number_values(#list)),
        }
    });
    let items = shape.items.as_ref().map(|items| {
        let items = self::shape(items);
        quote!(.items(&const { #items }))
    });
    quote!(union::Shape::#kind #values #constants #listed #items)
}

/// The properties with one value.
fn constants(shape: &Shape<'_>) -> TokenStream {
    let [mut texts, mut integers, mut numbers, mut booleans] = [const { Vec::new() }; 4];
    for (name, value) in &shape.constants {
        match value {
            Value::String(text) => texts.push(quote!((#name, #text))),
            Value::Bool(boolean) => booleans.push(quote!((#name, #boolean))),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(integer), _) => {
                    let integer = Literal::i64_unsuffixed(integer);
                    integers.push(quote!((#name, #integer)));
                }
                (None, Some(float)) => {
                    let float = Literal::f64_unsuffixed(float);
                    numbers.push(quote!((#name, #float)));
                }
                (None, None) => {}
            },
            Value::Null | Value::Array(_) | Value::Object(_) => {}
        }
    }
    let texts = (!texts.is_empty()).then(|| quote!(.constants(&[#(#texts),*])));
    let integers = (!integers.is_empty()).then(|| quote!(.integers(&[#(#integers),*])));
    let numbers = (!numbers.is_empty()).then(|| quote!(.numbers(&[#(#numbers),*])));
    let booleans = (!booleans.is_empty()).then(|| quote!(.booleans(&[#(#booleans),*])));
    quote!(#texts #integers #numbers #booleans)
}

/// The properties that list values; numbers with fractions are seldom listed, and are not compared.
fn listed(shape: &Shape<'_>) -> TokenStream {
    let pairs = |is: fn(&Values<'_>) -> bool| -> Vec<TokenStream> {
        let listed = shape.listed.iter().filter(|(_, values)| is(values));
        let pair = |(name, values): &(&str, Values<'_>)| {
            let list = list(values);
            quote!((#name, #list))
        };
        listed.map(pair).collect()
    };
    let texts = pairs(|values| matches!(values, Values::Texts(_)));
    let integers = pairs(|values| matches!(values, Values::Integers(_)));
    let texts = (!texts.is_empty()).then(|| quote!(.listed(&[#(#texts),*])));
    let integers = (!integers.is_empty()).then(|| quote!(.listed_integers(&[#(#integers),*])));
    quote!(#texts #integers)
}

/// Listed values as a slice.
fn list(values: &Values<'_>) -> TokenStream {
    let values: Vec<TokenStream> = match values {
        Values::Texts(texts) => texts.iter().map(|text| quote!(#text)).collect(),
        Values::Integers(integers) => {
            let literal = |integer: &i64| Literal::i64_unsuffixed(*integer).into_token_stream();
            integers.iter().map(literal).collect()
        }
        Values::Numbers(numbers) => {
            let literal = |number: &f64| Literal::f64_unsuffixed(*number).into_token_stream();
            numbers.iter().map(literal).collect()
        }
    };
    quote!(&[#(#values),*])
}

/// Every discriminator value with the variants that have it.
fn by_tag(union: &Union) -> IndexMap<&str, Vec<usize>> {
    let mut found: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (index, variant) in union.variants.iter().enumerate() {
        for tag in &variant.tags {
            found.entry(tag).or_default().push(index);
        }
    }
    found
}
