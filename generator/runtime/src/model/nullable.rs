//! A property that can be unset, `null`, or a value.

mod iter;

use std::ops::{Deref, DerefMut};
use std::{mem, option};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::read::{Read, Source};
use super::value_error::ValueError;
use super::write::{Content, Sink, Write};

/// Value of an optional property that is also nullable (OpenAPI 3.0 `nullable`, 3.1 `type: [.., "null"]`).
///
/// Leaving a property out and setting it to `null` differ, as in a PATCH request:
///
/// | value | JSON of the object | usual meaning in an update |
/// |---|---|---|
/// | `Nullable::Absent` | `{}` | keep the nickname |
/// | `Nullable::Null` | `{"nickname": null}` | remove the nickname |
/// | `Nullable::Value("Tom")` | `{"nickname": "Tom"}` | change the nickname |
///
/// Setters of generated models take a value, an `Option`, or a `Nullable` (see [`IntoNullable`](super::IntoNullable)). `None`
/// leaves the property out, as it does everywhere else; only `Nullable::Null` is sent as `null`.
///
/// ```
/// use envoi_runtime::Nullable;
///
/// assert_eq!(Nullable::<&str>::from(Some("Tom")), "Tom");
/// assert_eq!(Nullable::<String>::from(None), Nullable::Absent);
/// assert_eq!(Nullable::<String>::from(None).or_null(), Nullable::Null);
/// assert_eq!(Nullable::<String>::default(), Nullable::Absent);
/// ```
///
/// It has the methods of [`Option`]. Those that return a plain value treat `Absent` and `Null` alike, as `Option` treats
/// `None`; those that return a `Nullable` keep the two apart. [`into_option`](Self::into_option) leads to everything else.
///
/// ```
/// use envoi_runtime::Nullable;
///
/// let nickname: Nullable<String> = "Tom".into();
/// assert_eq!(nickname.as_deref().unwrap_or("no name"), "Tom");
/// assert_eq!(nickname.as_ref().map(String::len), 3);
/// assert!(nickname.is_value_and(|name| name.starts_with('T')));
///
/// let removed: Nullable<String> = Nullable::Null;
/// assert_eq!(removed.as_ref().map(String::len), Nullable::Null);
/// assert!(removed.ok_or("no name").is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nullable<T> {
    /// The property is unset: it is left out of the object.
    #[default]
    Absent,
    /// The property is `null`.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns whether the property is unset.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns whether the property is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns whether there is a value.
    pub const fn is_value(&self) -> bool {
        matches!(self, Self::Value(_))
    }

    /// Returns whether there is a value that matches a predicate.
    pub fn is_value_and(self, predicate: impl FnOnce(T) -> bool) -> bool {
        self.into_option().is_some_and(predicate)
    }

    /// Converts from `&Nullable<T>` to `Nullable<&T>`.
    pub const fn as_ref(&self) -> Nullable<&T> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(value),
        }
    }

    /// Converts from `&mut Nullable<T>` to `Nullable<&mut T>`.
    pub const fn as_mut(&mut self) -> Nullable<&mut T> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(value),
        }
    }

    /// Converts from `&Nullable<T>` to `Nullable<&T::Target>`, such as `Nullable<&str>`.
    pub fn as_deref(&self) -> Nullable<&T::Target>
    where
        T: Deref,
    {
        self.as_ref().map(T::deref)
    }

    /// Converts from `&mut Nullable<T>` to `Nullable<&mut T::Target>`.
    pub fn as_deref_mut(&mut self) -> Nullable<&mut T::Target>
    where
        T: DerefMut,
    {
        self.as_mut().map(T::deref_mut)
    }

    /// Returns a reference to the value, if there is one.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns the value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Converts into nested options, as serde's `double_option` represents the same: `Absent` is `None`, and `Null` is
    /// `Some(None)`.
    pub fn into_nested(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }

    /// Converts from nested options: `None` is `Absent`, and `Some(None)` is `Null`.
    pub fn from_nested(nested: Option<Option<T>>) -> Self {
        nested.map_or(Self::Absent, Self::value_or_null)
    }

    /// Converts `Absent` to `Null`, for an [`Option`] whose `None` means that the value is removed.
    #[must_use]
    pub fn or_null(self) -> Self {
        Self::value_or_null(self.into_option())
    }

    fn value_or_null(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }

    /// Returns the value.
    ///
    /// # Panics
    /// There is none; the panic shows the message.
    #[track_caller]
    pub fn expect(self, message: &str) -> T {
        self.into_option().expect(message)
    }

    /// Returns the value.
    ///
    /// # Panics
    /// There is none.
    #[track_caller]
    pub fn unwrap(self) -> T {
        self.expect("called `Nullable::unwrap()` without a value")
    }

    /// Returns the value, or `default` if there is none.
    pub fn unwrap_or(self, default: T) -> T {
        self.into_option().unwrap_or(default)
    }

    /// Returns the value, or computes one if there is none.
    pub fn unwrap_or_else(self, default: impl FnOnce() -> T) -> T {
        self.into_option().unwrap_or_else(default)
    }

    /// Returns the value, or the default of its type if there is none.
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_option().unwrap_or_default()
    }

    /// Converts the value. `Absent` and `Null` stay as they are.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Nullable<U> {
        self.and_then(|value| Nullable::Value(convert(value)))
    }

    /// Converts the value, or returns `default` if there is none.
    pub fn map_or<U>(self, default: U, convert: impl FnOnce(T) -> U) -> U {
        self.into_option().map_or(default, convert)
    }

    /// Converts the value, or computes a default if there is none.
    pub fn map_or_else<U>(self, default: impl FnOnce() -> U, convert: impl FnOnce(T) -> U) -> U {
        self.into_option().map_or_else(default, convert)
    }

    /// Converts the value into something that may be absent or `null` itself. `Absent` and `Null` stay as they are.
    pub fn and_then<U>(self, convert: impl FnOnce(T) -> Nullable<U>) -> Nullable<U> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => convert(value),
        }
    }

    /// Keeps the value if it fulfills a condition, else returns `Absent`. `Absent` and `Null` stay as they are.
    pub fn filter(self, predicate: impl FnOnce(&T) -> bool) -> Self {
        match self {
            Self::Value(value) if !predicate(&value) => Self::Absent,
            other => other,
        }
    }

    /// Returns itself if it has a value, else `other`.
    pub fn or(self, other: impl Into<Self>) -> Self {
        if self.is_value() { self } else { other.into() }
    }

    /// Returns itself if it has a value, else what `other` computes.
    pub fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if self.is_value() { self } else { other() }
    }

    /// Returns the value.
    ///
    /// # Errors
    /// There is none; the error is the given one.
    pub fn ok_or<E>(self, error: E) -> Result<T, E> {
        self.into_option().ok_or(error)
    }

    /// Returns the value.
    ///
    /// # Errors
    /// There is none; the error is computed.
    pub fn ok_or_else<E>(self, error: impl FnOnce() -> E) -> Result<T, E> {
        self.into_option().ok_or_else(error)
    }

    /// Returns what it is, and leaves `Absent`.
    pub const fn take(&mut self) -> Self {
        mem::replace(self, Self::Absent)
    }

    /// Sets the value, and returns what it was.
    pub const fn replace(&mut self, value: T) -> Self {
        mem::replace(self, Self::Value(value))
    }

    /// Returns an iterator over the value: one item, or none.
    pub fn iter(&self) -> option::IntoIter<&T> {
        self.as_option().into_iter()
    }

    /// Returns an iterator over a mutable reference to the value: one item, or none.
    pub fn iter_mut(&mut self) -> option::IntoIter<&mut T> {
        self.as_mut().into_option().into_iter()
    }
}

impl<T: Clone> Nullable<&T> {
    /// Clones the value.
    pub fn cloned(self) -> Nullable<T> {
        self.map(T::clone)
    }
}

impl<T: Copy> Nullable<&T> {
    /// Copies the value.
    pub fn copied(self) -> Nullable<T> {
        self.map(|value| *value)
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` is [`Nullable::Absent`]; [`or_null`](Nullable::or_null) makes it `Null`.
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

/// `Absent` and `Null` are both `None`.
impl<T> From<Nullable<T>> for Option<T> {
    fn from(value: Nullable<T>) -> Self {
        value.into_option()
    }
}

/// `Absent` and `Null` equal no value.
impl<T: PartialEq> PartialEq<T> for Nullable<T> {
    fn eq(&self, other: &T) -> bool {
        self.as_option() == Some(other)
    }
}

impl PartialEq<str> for Nullable<String> {
    fn eq(&self, other: &str) -> bool {
        self.as_deref().into_option() == Some(other)
    }
}

impl PartialEq<&str> for Nullable<String> {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

/// `Absent` is written as `null` too: where it can be left out, the object around it does so.
impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Absent | Self::Null => serializer.serialize_unit(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::value_or_null)
    }
}

impl<T: Read> Read for Nullable<T> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        Option::read(source).map(Self::value_or_null)
    }

    fn absent() -> Option<Self> {
        Some(Self::Null)
    }
}

/// `Absent` is written as `null` too: where it can be left out, the object around it does so.
impl<T: Write> Write for Nullable<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        match self {
            Self::Value(value) => value.write(sink),
            Self::Absent | Self::Null => sink.null(),
        }
    }

    fn content(&self) -> Content<'_> {
        match self {
            Self::Value(value) => value.content().present(),
            Self::Null => Content::NULL,
            Self::Absent => Content::ABSENT,
        }
    }
}
