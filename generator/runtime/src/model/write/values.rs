//! What is written beside models.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::super::object::always;
use super::super::tuples::for_tuples;
use super::super::value_error::ValueError;
use super::traits::{Content, Kind, Sink, Write};

impl Write for bool {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.boolean(*self)
    }

    fn content(&self) -> Content<'_> {
        Content(Kind::Boolean(*self))
    }
}

/// JSON has no NaN and no infinity, and `serde_json` writes `null` for them, which is a value of its own.
impl Write for f64 {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        match self.is_finite() {
            true => sink.number(*self),
            false => Err(ValueError::not_finite()),
        }
    }

    fn content(&self) -> Content<'_> {
        Content(Kind::Number(*self))
    }
}

impl Write for i32 {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.integer((*self).into())
    }

    fn content(&self) -> Content<'_> {
        Content(Kind::Integer((*self).into()))
    }
}

impl Write for i64 {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.integer(*self)
    }

    fn content(&self) -> Content<'_> {
        Content(Kind::Integer(*self))
    }
}

impl Write for u32 {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.integer((*self).into())
    }

    fn content(&self) -> Content<'_> {
        Content(Kind::Integer((*self).into()))
    }
}

impl Write for u64 {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.unsigned(*self)
    }

    fn content(&self) -> Content<'_> {
        Content(Kind::Unsigned(*self))
    }
}

impl Write for i128 {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.long_integer(*self)
    }
}

impl Write for str {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.text(self)
    }
}

impl Write for String {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.text(self)
    }

    fn content(&self) -> Content<'_> {
        Content::text(self)
    }
}

impl Write for Value {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.any(self)
    }

    fn content(&self) -> Content<'_> {
        Content(Kind::Any(self))
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        match self {
            Some(value) => value.write(sink),
            None => sink.null(),
        }
    }

    fn content(&self) -> Content<'_> {
        match self {
            Some(value) => value.content().present(),
            None => Content::ABSENT,
        }
    }
}

impl<T: Write + ?Sized> Write for Box<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        (**self).write(sink)
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.array(&mut self.iter().map(T::content))
    }
}

impl<T: Write> Write for BTreeMap<String, T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.object(&[], &mut self.iter().map(|(name, value)| always(name, value)))
    }
}

impl Write for Map<String, Value> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.object(&[], &mut self.iter().map(|(name, value)| always(name, value)))
    }

    fn content(&self) -> Content<'_> {
        Content(Kind::Object(self))
    }
}

macro_rules! tuples {
    ($(($($place:ident)+))+) => {$(
        #[allow(non_snake_case, reason = "a place is called like its type")]
        impl<$($place: Write),+> Write for ($($place),+) {
            fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
                let ($($place),+) = self;
                let places = [$($place.content()),+];
                sink.array(&mut places.into_iter())
            }
        }
    )+};
}

for_tuples!(tuples);
