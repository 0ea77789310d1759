//! What setters and constructors take.
//!
//! A type is [`Converted`] from whatever converts into it (text, structs, enums and unions), or [`Exact`]: taken as it is,
//! so that the type of a literal is known (numbers, booleans, and what is made of other values).
//!
//! Compilers are not to recommend the implementations one by one: the messages of the traits say it in fewer words.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::nullable::Nullable;
use super::tuples::for_tuples;

/// Argument of a setter: a value, or an [`Option`], whose `None` leaves the field unset.
///
/// | for a field of the type | values are |
/// |---|---|
/// | text, a struct, an enum or a union `T` | everything that converts [`Into`] a `T` |
/// | `Vec<T>` | everything that iterates over such values, as arrays and vectors do |
/// | a map of `T` | everything that iterates over pairs of a text and such a value |
///
/// The compiler finds `M`, the way an argument is taken; it is never written.
///
/// ```
/// use envoi_runtime::IntoOption;
///
/// fn title<M>(title: impl IntoOption<String, M>) -> Option<String> {
///     title.into_option()
/// }
///
/// assert_eq!(title("Tom"), Some("Tom".to_owned()));
/// assert_eq!(title(Some("Tom")), Some("Tom".to_owned()));
/// assert_eq!(title(None::<String>), None);
///
/// fn tags<M>(tags: impl IntoOption<Vec<String>, M>) -> Option<Vec<String>> {
///     tags.into_option()
/// }
///
/// assert_eq!(tags(["a", "b"]).map(|tags| tags.len()), Some(2));
/// assert_eq!(tags(None::<Vec<String>>), None);
/// ```
///
/// Nothing else is accepted:
///
/// ```compile_fail,E0277
/// # use envoi_runtime::IntoOption;
/// fn title<M>(title: impl IntoOption<String, M>) -> Option<String> {
///     title.into_option()
/// }
///
/// title(5);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` sets nothing of the type `{T}`",
    label = "converts neither into `{T}` nor into an `Option` of it",
    note = "text, structs, enums and unions are set by what converts `Into` them, lists and maps by iterators of that",
    note = "an `Option` of these is accepted, too: `None` leaves a field unset"
)]
pub trait IntoOption<T, M>: Sized {
    /// Converts the argument.
    fn into_option(self) -> Option<T>;
}

/// Argument of a setter of an optional field that can be `null`: what [`IntoOption`] accepts, whose `None` leaves the field
/// unset, or a [`Nullable`], whose `Null` is sent as `null`.
///
/// ```
/// use envoi_runtime::{IntoNullable, Nullable};
///
/// fn nickname<M>(nickname: impl IntoNullable<String, M>) -> Nullable<String> {
///     nickname.into_nullable()
/// }
///
/// assert_eq!(nickname("Tom"), "Tom");
/// assert_eq!(nickname(Some("Tom")), "Tom");
/// assert_eq!(nickname(None::<&str>), Nullable::Absent);
/// assert_eq!(nickname(Nullable::Null), Nullable::Null);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` sets nothing of the type `Nullable<{T}>`",
    label = "converts neither into `{T}` nor into an `Option` of it, and is no `Nullable<{T}>`",
    note = "`None` leaves the field unset; `Nullable::Null` sends `null`"
)]
pub trait IntoNullable<T, M>: Sized {
    /// Converts the argument.
    fn into_nullable(self) -> Nullable<T>;
}

/// Type of values that arguments are converted into: text, structs, enums and unions.
pub trait Converted {}

/// Type of values that are taken as they are.
pub trait Exact {}

/// Ways in which arguments are taken.
pub mod way {
    /// As one value.
    #[derive(Debug)]
    pub enum One {}
    /// As the items of a list, or the entries of a map, which are converted.
    #[derive(Debug)]
    pub enum Each {}
    /// As the items of a list, or the entries of a map, as they are.
    #[derive(Debug)]
    pub enum EachExact {}
    /// As a reference to the value.
    #[derive(Debug)]
    pub enum Borrowed {}
    /// As the value itself, which nothing converts into.
    #[derive(Debug)]
    pub enum Whole {}
    /// As what is taken in another way, where there could be an `Option`.
    #[derive(Debug)]
    pub struct Given<M>(M);
    /// As an `Option` of what is taken in another way.
    #[derive(Debug)]
    pub struct Perhaps<M>(M);
    /// As a `Nullable`.
    #[derive(Debug)]
    pub enum OrNull {}
}

#[diagnostic::do_not_recommend]
impl<T: Converted, U: Into<T>> IntoOption<T, way::One> for U {
    fn into_option(self) -> Option<T> {
        Some(self.into())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Converted, U: Into<T>> IntoOption<T, way::Perhaps<way::One>> for Option<U> {
    fn into_option(self) -> Option<T> {
        self.map(U::into)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Converted, U: Into<T>, I: IntoIterator<Item = U>> IntoOption<Vec<T>, way::Each> for I {
    fn into_option(self) -> Option<Vec<T>> {
        Some(list(self))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Converted, U: Into<T>, I: IntoIterator<Item = U>> IntoOption<Vec<T>, way::Perhaps<way::Each>> for Option<I> {
    fn into_option(self) -> Option<Vec<T>> {
        self.map(list)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Exact, I: IntoIterator<Item = T>> IntoOption<Vec<T>, way::EachExact> for I {
    fn into_option(self) -> Option<Vec<T>> {
        Some(self.into_iter().collect())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Exact, I: IntoIterator<Item = T>> IntoOption<Vec<T>, way::Perhaps<way::EachExact>> for Option<I> {
    fn into_option(self) -> Option<Vec<T>> {
        self.map(|items| items.into_iter().collect())
    }
}

/// Maps, of which there are two types.
macro_rules! maps {
    ($([$($converted:tt)*] [$($exact:tt)*] $map:ty, $value:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($converted)* K: Into<String>, U: Into<$value>, I: IntoIterator<Item = (K, U)>> IntoOption<$map, way::Each> for I {
            fn into_option(self) -> Option<$map> {
                Some(map(self))
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($converted)* K: Into<String>, U: Into<$value>, I: IntoIterator<Item = (K, U)>>
            IntoOption<$map, way::Perhaps<way::Each>> for Option<I>
        {
            fn into_option(self) -> Option<$map> {
                self.map(map)
            }
        }
    )*};
}

maps! {
    [T: Converted,] [T: Exact,] BTreeMap<String, T>, T;
    [] [] Map<String, Value>, Value;
}

#[diagnostic::do_not_recommend]
impl<T: Exact, K: Into<String>, I: IntoIterator<Item = (K, T)>> IntoOption<BTreeMap<String, T>, way::EachExact> for I {
    fn into_option(self) -> Option<BTreeMap<String, T>> {
        Some(map(self))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Exact, K: Into<String>, I: IntoIterator<Item = (K, T)>>
    IntoOption<BTreeMap<String, T>, way::Perhaps<way::EachExact>> for Option<I>
{
    fn into_option(self) -> Option<BTreeMap<String, T>> {
        self.map(map)
    }
}

#[diagnostic::do_not_recommend]
impl<T, M, U: IntoOption<T, M>> IntoNullable<T, way::Perhaps<M>> for U {
    fn into_nullable(self) -> Nullable<T> {
        self.into_option().into()
    }
}

#[diagnostic::do_not_recommend]
impl<T> IntoNullable<T, way::OrNull> for Nullable<T> {
    fn into_nullable(self) -> Nullable<T> {
        self
    }
}

/// Returns a list of converted items.
pub fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

/// Returns a map of converted entries.
pub fn map<T, M: FromIterator<(String, T)>>(entries: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>) -> M {
    let entries = entries.into_iter();
    entries.map(|(name, value)| (name.into(), value.into())).collect()
}

impl Converted for String {}

macro_rules! exact {
    ($($ty:ty),*) => {$(impl Exact for $ty {})*};
}

exact!(bool, i32, i64, u32, u64, i128, f64, Value, Map<String, Value>);

impl<T> Exact for Vec<T> {}
impl<T> Exact for Option<T> {}
impl<T> Exact for BTreeMap<String, T> {}

/// Tuples, which are taken as they are.
macro_rules! tuples {
    ($(($($place:ident)+))+) => {$(impl<$($place),+> Exact for ($($place),+) {})+};
}

for_tuples!(tuples);
