//! Reading and writing of JSON objects member by member.
//!
//! Every model goes through here, so what is generic over a model is only a few lines long.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::ser::{Error as _, SerializeMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::text::Text;
use super::{Nullable, Numbers};

/// A model that is read from the members of a JSON object.
pub trait Read<'de>: Sized {
    /// Builds the model from the members, in the order they arrive.
    ///
    /// # Errors
    /// A member that cannot be read, or a required one that is missing.
    fn read<A: MapAccess<'de>>(object: Members<'de, A>) -> Result<Self, A::Error>;
}

/// The visitor that reads a `T`; `expecting` is the name an error calls it by.
pub struct Reader<T> {
    expecting: &'static str,
    model: PhantomData<fn() -> T>,
}

impl<T> Reader<T> {
    /// A visitor for `deserialize_map`.
    pub const fn new(expecting: &'static str) -> Self {
        Self {
            expecting,
            model: PhantomData,
        }
    }
}

impl<T> fmt::Debug for Reader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Reader").field(&self.expecting).finish()
    }
}

impl<'de, T: Read<'de>> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expecting)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(Members {
            map,
            input: PhantomData,
        })
    }
}

/// Reads a model from a JSON object; `expecting` is the name an error calls it by.
///
/// # Errors
/// The value is no object, or [`Read::read`] fails.
pub fn read<'de, D: Deserializer<'de>, T: Read<'de>>(deserializer: D, expecting: &'static str) -> Result<T, D::Error> {
    deserializer.deserialize_map(Reader::new(expecting))
}

/// The members of an object that is being read.
#[derive(Debug)]
pub struct Members<'de, A> {
    map: A,
    input: PhantomData<fn() -> &'de ()>,
}

impl<'de, A: MapAccess<'de>> Members<'de, A> {
    /// The name of the next member, `None` at the end of the object.
    /// Borrows from the input where that is possible.
    ///
    /// # Errors
    /// Malformed input.
    pub fn next_name(&mut self) -> Result<Option<Cow<'de, str>>, A::Error> {
        self.map.next_key_seed(Text)
    }

    /// Reads the value of an optional member, or of a required one that is nullable: `null` is `None`.
    /// If the member comes twice, the last one counts.
    ///
    /// # Errors
    /// The value is no `T` and not `null`.
    pub fn value_into<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        *slot = self.map.next_value()?;
        Ok(())
    }

    /// Reads the value as a `T`, which decides itself what `null` means to it: for a required member
    /// that is not nullable, and for [`Nullable`] ones.
    ///
    /// # Errors
    /// The value is no `T`.
    pub fn required_into<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        *slot = Some(self.map.next_value()?);
        Ok(())
    }

    /// Reads the value of an additional member into the map that keeps them.
    ///
    /// # Errors
    /// The value is no `T`.
    pub fn extra_into<T: Deserialize<'de>>(
        &mut self,
        name: Cow<'de, str>,
        extra: &mut BTreeMap<String, T>,
    ) -> Result<(), A::Error> {
        extra.insert(name.into_owned(), self.map.next_value()?);
        Ok(())
    }

    /// Passes over the value of an unknown member.
    ///
    /// # Errors
    /// Malformed input.
    pub fn skip(&mut self) -> Result<(), A::Error> {
        self.map.next_value::<IgnoredAny>().map(|_| ())
    }
}

/// The value of a required member.
///
/// # Errors
/// ``missing field `name` `` if it did not come.
pub fn required<T, E: serde::de::Error>(value: Option<T>, name: &'static str) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(name))
}

/// Writes the members of one object.
#[derive(Debug)]
pub struct Writer<M> {
    map: M,
}

impl<M: SerializeMap> Writer<M> {
    /// Opens the object.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn new<S>(serializer: S) -> Result<Self, S::Error>
    where
        S: Serializer<SerializeMap = M>,
    {
        serializer.serialize_map(None).map(|map| Self { map })
    }

    /// Writes a member that is always there; `None` is written as `null`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn required<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), M::Error> {
        self.map.serialize_entry(name, value)
    }

    /// Refuses numbers that JSON cannot hold, before they are written.
    ///
    /// # Errors
    /// One of them is NaN or infinite.
    pub fn finite<T: Numbers>(&mut self, name: &str, value: &T) -> Result<(), M::Error> {
        match value.are_finite() {
            true => Ok(()),
            false => Err(M::Error::custom(format_args!("`{name}` is no finite number"))),
        }
    }

    /// Writes a member unless it is `None`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn optional<T: Serialize>(&mut self, name: &str, value: &Option<T>) -> Result<(), M::Error> {
        match value {
            Some(value) => self.map.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    /// Writes a member that can be absent, `null` or a value.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn nullable<T: Serialize>(&mut self, name: &str, value: &Nullable<T>) -> Result<(), M::Error> {
        match value {
            Nullable::Absent => Ok(()),
            Nullable::Null => self.map.serialize_entry(name, &()),
            Nullable::Value(value) => self.map.serialize_entry(name, value),
        }
    }

    /// Writes the additional members. Names that are fields as well would come twice; they are the
    /// caller's to avoid.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn extra<T: Serialize>(&mut self, extra: &BTreeMap<String, T>) -> Result<(), M::Error> {
        for (name, value) in extra {
            self.map.serialize_entry(name, value)?;
        }
        Ok(())
    }

    /// Closes the object.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn end(self) -> Result<M::Ok, M::Error> {
        self.map.end()
    }
}
