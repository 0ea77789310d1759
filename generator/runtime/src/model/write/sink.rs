//! Serializers as sinks.

use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::super::value_error::ValueError;
use super::traits::{Content, Entry, Kind, Sink, Write};

/// Writes a value to a serializer: an implementation of serde's `Serialize` for types that implement [`Write`].
///
/// # Errors
/// The value cannot be written, or the serializer fails.
pub fn serialize<S: Serializer>(value: &dyn Write, serializer: S) -> Result<S::Ok, S::Error> {
    to(serializer, value, None)
}

/// Writes a value; `member` is the name of the member it belongs to.
fn to<S: Serializer>(serializer: S, value: &dyn Write, member: Option<&str>) -> Result<S::Ok, S::Error> {
    let mut sink = Erased {
        serializer: Some(serializer),
        outcome: None,
        member,
    };
    match (value.write(&mut sink), sink.outcome) {
        (_, Some(Err(error))) => Err(error),
        (Err(value_error), _) => Err(S::Error::custom(value_error.of(member))),
        (Ok(()), Some(Ok(written))) => Ok(written),
        (Ok(()), None) => Err(S::Error::custom("a value was not written")),
    }
}

/// A serializer, and its outcome once it has been called.
struct Erased<'a, S: Serializer> {
    serializer: Option<S>,
    outcome: Option<Result<S::Ok, S::Error>>,
    member: Option<&'a str>,
}

impl<S: Serializer> Erased<'_, S> {
    fn with(&mut self, write: impl FnOnce(S) -> Result<S::Ok, S::Error>) -> Result<(), ValueError> {
        let Some(serializer) = self.serializer.take() else {
            return Err(ValueError::new("a value was written twice"));
        };
        let outcome = write(serializer);
        let failed = outcome.is_err();
        self.outcome = Some(outcome);
        match failed {
            true => Err(ValueError::told_elsewhere()),
            false => Ok(()),
        }
    }
}

impl<S: Serializer> Sink for Erased<'_, S> {
    fn null(&mut self) -> Result<(), ValueError> {
        self.with(S::serialize_unit)
    }

    fn boolean(&mut self, value: bool) -> Result<(), ValueError> {
        self.with(|serializer| serializer.serialize_bool(value))
    }

    fn integer(&mut self, value: i64) -> Result<(), ValueError> {
        self.with(|serializer| serializer.serialize_i64(value))
    }

    fn unsigned(&mut self, value: u64) -> Result<(), ValueError> {
        self.with(|serializer| serializer.serialize_u64(value))
    }

    fn long_integer(&mut self, value: i128) -> Result<(), ValueError> {
        self.with(|serializer| serializer.serialize_i128(value))
    }

    fn number(&mut self, value: f64) -> Result<(), ValueError> {
        self.with(|serializer| serializer.serialize_f64(value))
    }

    fn text(&mut self, value: &str) -> Result<(), ValueError> {
        self.with(|serializer| serializer.serialize_str(value))
    }

    fn array(&mut self, elements: &mut dyn Iterator<Item = Content<'_>>) -> Result<(), ValueError> {
        let member = self.member;
        self.with(|serializer| {
            let mut array = serializer.serialize_seq(None)?;
            for element in elements {
                array.serialize_element(&Written(&element, member))?;
            }
            array.end()
        })
    }

    fn object(&mut self, members: &[Entry<'_>], extra: &mut dyn Iterator<Item = Entry<'_>>) -> Result<(), ValueError> {
        self.with(|serializer| {
            let mut object = serializer.serialize_map(None)?;
            for member in members.iter().filter(|member| member.is_written()) {
                object.serialize_entry(member.name, &Written(&member.value, Some(member.name)))?;
            }
            for member in extra {
                object.serialize_entry(member.name, &Written(&member.value, Some(member.name)))?;
            }
            object.end()
        })
    }

    fn any(&mut self, value: &Value) -> Result<(), ValueError> {
        self.with(|serializer| value.serialize(serializer))
    }
}

/// A value inside of another, with the name of the member it belongs to.
struct Written<'a>(&'a Content<'a>, Option<&'a str>);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.0).0 {
            Kind::Absent | Kind::Null => serializer.serialize_unit(),
            Kind::Boolean(value) => serializer.serialize_bool(value),
            Kind::Integer(value) => serializer.serialize_i64(value),
            Kind::Unsigned(value) => serializer.serialize_u64(value),
            Kind::Number(value) if value.is_finite() => serializer.serialize_f64(value),
            Kind::Number(_) => Err(S::Error::custom(ValueError::not_finite().of(self.1))),
            Kind::Text(text) => serializer.serialize_str(text),
            Kind::Any(value) => value.serialize(serializer),
            Kind::Object(members) => members.serialize(serializer),
            Kind::Other(value) => to(serializer, value, self.1),
        }
    }
}
