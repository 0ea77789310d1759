//! Unions from lists and maps in the forms in which programs have them: arrays, slices, pairs, iterators.

use proc_macro2::TokenStream;
use quote::quote;

use super::routes::{Origin, Route, Source};
use crate::emit::context::Cx;
use crate::emit::tokens::ty::Scope;
use crate::ir::{EnumValues, Shape, Slot, TypeId, TypeRef};
use crate::names::Ident;

/// What the items of a list, or the values of a map, are given as.
enum Items {
    /// As what they are.
    Exact(TokenStream),
    /// As `&str`.
    Str,
    /// As what converts into them.
    Converted(TokenStream),
}

/// What an implementation is generic over beside its items.
#[derive(Clone, Copy, Default)]
struct With {
    /// A name for the lifetime of texts.
    lifetime: bool,
    /// The keys of a map.
    key: bool,
    /// Whether items are cloned.
    clone: bool,
    /// The size of an array.
    size: bool,
}

/// A list or a map that becomes a union.
struct Collection<'a> {
    source: &'a Source<'a>,
    /// The type that is made: that of an item, or of the map.
    target: TokenStream,
    items: Items,
}

impl Cx<'_> {
    /// `From` for what lists and maps are made of, if a branch is one.
    ///
    /// Where it is the only one, its items are whatever converts into them. Implementations for the items of several
    /// lists could overlap, as far as the compiler knows; there they have their own type, or are `&str`.
    pub(super) fn collections(&self, id: TypeId, sources: &[Source<'_>], scope: &mut Scope) -> TokenStream {
        let lists: Vec<(&Source<'_>, &Slot)> = sources.iter().filter_map(|own| Some((own, self.list(own)?))).collect();
        let maps: Vec<(&Source<'_>, &Slot)> = sources.iter().filter_map(|own| Some((own, self.map(own)?))).collect();
        let alone = lists.len() + maps.len() == 1;
        let mut tokens = TokenStream::new();
        for (source, item) in lists {
            for items in self.given_items(item, alone, scope) {
                let target = self.slot(item, scope);
                let with_vec = match items {
                    Items::Exact(_) => false,
                    Items::Str => true,
                    Items::Converted(_) => self.is_text_like(item),
                };
                let list = Collection { source, target, items };
                tokens.extend(self.of_list(id, &list, with_vec));
            }
        }
        let has_list = sources.iter().any(|own| self.list(own).is_some());
        let only_map = maps.len() == 1;
        for (source, value) in maps {
            for items in self.given_items(value, only_map, scope) {
                let target = match source.origin {
                    Origin::Held(union, slot) => self.held_type(union, slot, scope),
                    _ => continue,
                };
                let map = Collection { source, target, items };
                tokens.extend(self.of_map(id, &map, !has_list));
            }
        }
        tokens
    }

    /// Whether a source is a list of text whose implementation takes whatever converts into its items.
    pub(super) fn takes_any_vec(&self, source: &Source<'_>, sources: &[Source<'_>]) -> bool {
        let is_collection = |own: &&Source<'_>| self.list(own).is_some() || self.map(own).is_some();
        let alone = sources.iter().filter(is_collection).count() == 1;
        alone && self.list(source).is_some_and(|item| self.is_text_like(item))
    }

    /// The items of a list.
    fn list<'b>(&'b self, source: &Source<'b>) -> Option<&'b Slot> {
        match self.api.types.resolve(&self.collection(source)?.ty) {
            TypeRef::List(item) => Some(item),
            _ => None,
        }
    }

    /// The values of a map.
    fn map<'b>(&'b self, source: &Source<'b>) -> Option<&'b Slot> {
        match self.api.types.resolve(&self.collection(source)?.ty) {
            TypeRef::Map(value) => Some(value),
            _ => None,
        }
    }

    /// What a source holds, if it is no `Option` and no type of its own.
    fn collection<'b>(&'b self, source: &Source<'b>) -> Option<&'b Slot> {
        match source.origin {
            Origin::Held(union, slot) => {
                let null = union.has_content() && self.api.types.is_nullable(slot);
                (!null && !self.is_newtype(&slot.ty)).then_some(slot)
            }
            _ => None,
        }
    }

    /// Whether items are texts, or enums of them: what one of them converts from has one type.
    fn is_text_like(&self, item: &Slot) -> bool {
        !self.api.types.is_nullable(item)
            && match self.api.types.resolve(&item.ty) {
                TypeRef::Primitive(primitive) => self.is_text(*primitive),
                TypeRef::Named(id) => {
                    matches!(&self.api.types[*id].shape, Shape::Enum(list) if matches!(list.values, EnumValues::Strings(_)))
                }
                _ => false,
            }
    }

    fn given_items(&self, item: &Slot, alone: bool, scope: &mut Scope) -> Vec<Items> {
        let is_any = matches!(item.ty, TypeRef::Any);
        let ty = match is_any {
            true => self.ty(&item.ty, scope),
            false => self.slot(item, scope),
        };
        if alone && (self.is_converted(item) || is_any) {
            return vec![Items::Converted(ty)];
        }
        let is_text = matches!(self.api.types.resolve(&item.ty), TypeRef::Primitive(own) if self.is_text(*own));
        match is_text && !self.api.types.is_nullable(item) {
            true => vec![Items::Exact(ty), Items::Str],
            false => vec![Items::Exact(ty)],
        }
    }

    fn of_list(&self, id: TypeId, list: &Collection<'_>, with_vec: bool) -> TokenStream {
        let ty = &self.names.of_type(id).ty;
        let (runtime, target, items) = (self.paths.runtime(), &list.target, &list.items);
        let of = is_within(list.source).then(|| quote!(::<#target>));
        let made = |from: TokenStream, exact: TokenStream| {
            let items = match items {
                Items::Exact(_) => exact,
                Items::Str | Items::Converted(_) => quote!(#runtime::argument::list #of(#from)),
            };
            self.through(id, list.source, &items)
        };
        let each = match items {
            Items::Converted(_) => quote!(value.iter().cloned()),
            Items::Exact(_) | Items::Str => quote!(value.iter().copied()),
        };
        let value = quote!(value);
        let (vec, array) = (
            made(value.clone(), value.clone()),
            made(value, quote!(Vec::from(value))),
        );
        let borrowed = made(each, quote!(value.to_vec()));
        let into_vec = is_within(list.source).then(|| quote!(::<Vec<_>>));
        let collected = made(quote!(given), quote!(given.into_iter().collect #into_vec()));
        let item = items.given();
        let plain = With::default();
        let cloned = With { clone: true, ..plain };
        let generics = |with: With| items.generics(&with);
        let of_vec = with_vec.then(|| from(&generics(plain), &quote!(Vec<#item>), ty, &vec));
        let of_array = from(&generics(With { size: true, ..plain }), &quote!([#item; N]), ty, &array);
        let of_reference = from(
            &generics(With { size: true, ..cloned }),
            &quote!(&[#item; N]),
            ty,
            &borrowed,
        );
        let of_slice = from(&generics(cloned), &quote!(&[#item]), ty, &borrowed);
        let of_iterator = from_iterator(
            &generics(With {
                lifetime: true,
                ..plain
            }),
            &items.named(),
            ty,
            &collected,
        );
        quote!(#of_vec #of_array #of_reference #of_slice #of_iterator)
    }

    fn of_map(&self, id: TypeId, map: &Collection<'_>, with_vec: bool) -> TokenStream {
        let ty = &self.names.of_type(id).ty;
        let (runtime, target, items) = (self.paths.runtime(), &map.target, &map.items);
        let of = is_within(map.source).then(|| quote!(::<_, #target>));
        let made = |from: TokenStream| self.through(id, map.source, &quote!(#runtime::argument::map #of(#from)));
        let (owned, collected) = (made(quote!(value)), made(quote!(given)));
        let keyed = With {
            key: true,
            ..With::default()
        };
        let generics = |with: With| items.generics(&with);
        let (value, named) = (items.given(), items.named());
        let of_vec = with_vec.then(|| from(&generics(keyed), &quote!(Vec<(K, #value)>), ty, &owned));
        let of_array = from(
            &generics(With { size: true, ..keyed }),
            &quote!([(K, #value); N]),
            ty,
            &owned,
        );
        let of_hash_map = from(
            &generics(keyed),
            &quote!(std::collections::HashMap<K, #value>),
            ty,
            &owned,
        );
        let of_iterator = from_iterator(
            &generics(With {
                lifetime: true,
                ..keyed
            }),
            &quote!((K, #named)),
            ty,
            &collected,
        );
        quote!(#of_vec #of_array #of_hash_map #of_iterator)
    }
}

impl Items {
    /// The type of what is given.
    fn given(&self) -> TokenStream {
        match self {
            Self::Exact(ty) => ty.clone(),
            Self::Str => quote!(&str),
            Self::Converted(_) => quote!(M),
        }
    }

    /// The same where lifetimes have names.
    fn named(&self) -> TokenStream {
        match self {
            Self::Str => quote!(&'a str),
            other => other.given(),
        }
    }

    /// What an implementation is generic over.
    fn generics(&self, with: &With) -> TokenStream {
        let lifetime = (with.lifetime && matches!(self, Self::Str)).then(|| quote!('a));
        let key = with.key.then(|| quote!(K: Into<String>));
        let clone = with.clone.then(|| quote!(+ Clone));
        let item = match self {
            Self::Converted(ty) => Some(quote!(M: Into<#ty> #clone)),
            Self::Exact(_) | Self::Str => None,
        };
        let size = with.size.then(|| quote!(const N: usize));
        let all: Vec<TokenStream> = [lifetime, key, item, size].into_iter().flatten().collect();
        match all.is_empty() {
            true => TokenStream::new(),
            false => quote!(<#(#all),*>),
        }
    }
}

/// Whether a variant holds another type, which the list or the map is converted into.
fn is_within(source: &Source<'_>) -> bool {
    matches!(source.route, Route::Within(_))
}

fn from(generics: &TokenStream, from: &TokenStream, ty: &Ident, made: &TokenStream) -> TokenStream {
    quote! {
        impl #generics From<#from> for #ty {
            #[inline]
            fn from(value: #from) -> Self {
                #made
            }
        }
    }
}

fn from_iterator(generics: &TokenStream, item: &TokenStream, ty: &Ident, made: &TokenStream) -> TokenStream {
    quote! {
        impl #generics std::iter::FromIterator<#item> for #ty {
            #[inline]
            fn from_iter<I: IntoIterator<Item = #item>>(given: I) -> Self {
                #made
            }
        }
    }
}
