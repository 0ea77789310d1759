//! What is written beside models.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Refusal, Sink, Write};

impl Write for bool {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.boolean(*self)
    }
}

/// JSON has no NaN and no infinity, and `serde_json` writes `null` for them, which is a value of its own.
impl Write for f64 {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        match self.is_finite() {
            true => sink.number(*self),
            false => Err(Refusal::not_finite()),
        }
    }
}

impl Write for i32 {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.integer((*self).into())
    }
}

impl Write for i64 {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.integer(*self)
    }
}

impl Write for u32 {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.integer((*self).into())
    }
}

impl Write for u64 {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.unsigned(*self)
    }
}

impl Write for i128 {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.long_integer(*self)
    }
}

impl Write for str {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.text(self)
    }
}

impl Write for String {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.text(self)
    }
}

impl Write for Value {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.any(self)
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        match self {
            Some(value) => value.write(sink),
            None => sink.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Write + ?Sized> Write for Box<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        (**self).write(sink)
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.array(&mut self.iter().map(|element| element as &dyn Write))
    }
}

impl<T: Write> Write for BTreeMap<String, T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.object(&mut self.iter().map(|(name, value)| (name.as_str(), value as &dyn Write)))
    }
}

impl Write for Map<String, Value> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.object(&mut self.iter().map(|(name, value)| (name.as_str(), value as &dyn Write)))
    }
}

impl<A: Write, B: Write> Write for (A, B) {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        let (a, b) = self;
        let places: [&dyn Write; 2] = [a, b];
        sink.array(&mut places.into_iter())
    }
}

impl<A: Write, B: Write, C: Write> Write for (A, B, C) {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        let (a, b, c) = self;
        let places: [&dyn Write; 3] = [a, b, c];
        sink.array(&mut places.into_iter())
    }
}

impl<A: Write, B: Write, C: Write, D: Write> Write for (A, B, C, D) {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        let (a, b, c, d) = self;
        let places: [&dyn Write; 4] = [a, b, c, d];
        sink.array(&mut places.into_iter())
    }
}

impl<A: Write, B: Write, C: Write, D: Write, E: Write> Write for (A, B, C, D, E) {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        let (a, b, c, d, e) = self;
        let places: [&dyn Write; 5] = [a, b, c, d, e];
        sink.array(&mut places.into_iter())
    }
}

impl<A: Write, B: Write, C: Write, D: Write, E: Write, F: Write> Write for (A, B, C, D, E, F) {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        let (a, b, c, d, e, f) = self;
        let places: [&dyn Write; 6] = [a, b, c, d, e, f];
        sink.array(&mut places.into_iter())
    }
}

impl<A: Write, B: Write, C: Write, D: Write, E: Write, F: Write, G: Write> Write for (A, B, C, D, E, F, G) {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        let (a, b, c, d, e, f, g) = self;
        let places: [&dyn Write; 7] = [a, b, c, d, e, f, g];
        sink.array(&mut places.into_iter())
    }
}

impl<A: Write, B: Write, C: Write, D: Write, E: Write, F: Write, G: Write, H: Write> Write
    for (A, B, C, D, E, F, G, H)
{
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        let (a, b, c, d, e, f, g, h) = self;
        let places: [&dyn Write; 8] = [a, b, c, d, e, f, g, h];
        sink.array(&mut places.into_iter())
    }
}

impl<A: Write, B: Write, C: Write, D: Write, E: Write, F: Write, G: Write, H: Write, I: Write> Write
    for (A, B, C, D, E, F, G, H, I)
{
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        let (a, b, c, d, e, f, g, h, i) = self;
        let places: [&dyn Write; 9] = [a, b, c, d, e, f, g, h, i];
        sink.array(&mut places.into_iter())
    }
}

impl<A: Write, B: Write, C: Write, D: Write, E: Write, F: Write, G: Write, H: Write, I: Write, J: Write> Write
    for (A, B, C, D, E, F, G, H, I, J)
{
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        let (a, b, c, d, e, f, g, h, i, j) = self;
        let places: [&dyn Write; 10] = [a, b, c, d, e, f, g, h, i, j];
        sink.array(&mut places.into_iter())
    }
}

impl<A: Write, B: Write, C: Write, D: Write, E: Write, F: Write, G: Write, H: Write, I: Write, J: Write, K: Write> Write
    for (A, B, C, D, E, F, G, H, I, J, K)
{
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        let (a, b, c, d, e, f, g, h, i, j, k) = self;
        let places: [&dyn Write; 11] = [a, b, c, d, e, f, g, h, i, j, k];
        sink.array(&mut places.into_iter())
    }
}

impl<
    A: Write,
    B: Write,
    C: Write,
    D: Write,
    E: Write,
    F: Write,
    G: Write,
    H: Write,
    I: Write,
    J: Write,
    K: Write,
    L: Write,
> Write for (A, B, C, D, E, F, G, H, I, J, K, L)
{
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        let (a, b, c, d, e, f, g, h, i, j, k, l) = self;
        let places: [&dyn Write; 12] = [a, b, c, d, e, f, g, h, i, j, k, l];
        sink.array(&mut places.into_iter())
    }
}
