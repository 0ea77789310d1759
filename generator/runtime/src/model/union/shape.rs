//! What values of a branch look like.

use std::fmt;

use serde_json::{Map, Value};

/// Shape that a value must have before a branch is read: a cheap check that avoids reading the value.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    kind: Kind,
    required: &'static [&'static str],
    texts: &'static [(&'static str, &'static str)],
    integers: &'static [(&'static str, i64)],
    numbers: &'static [(&'static str, f64)],
    booleans: &'static [(&'static str, bool)],
    listed: &'static [(&'static str, &'static [&'static str])],
    listed_integers: &'static [(&'static str, &'static [i64])],
    values: Values,
    items: Option<&'static Shape>,
}

/// The values that an `enum` lists.
#[derive(Clone, Copy, Debug)]
enum Values {
    /// It lists none.
    All,
    Texts(&'static [&'static str]),
    Integers(&'static [i64]),
    Numbers(&'static [f64]),
}

/// The value of a property that has no other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Constant {
    Text(&'static str),
    Integer(i64),
    Number(f64),
    Boolean(bool),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// How well a value fits a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Likeness {
    /// Properties whose values are not among those listed.
    pub(super) misfits: usize,
    /// An integer for a number, or the other way round.
    pub(super) loose: bool,
}

impl Shape {
    /// Any value.
    pub const ANY: Self = Self::of(Kind::Any);
    /// `null`.
    pub const NULL: Self = Self::of(Kind::Null);
    /// `true` or `false`.
    pub const BOOLEAN: Self = Self::of(Kind::Boolean);
    /// Number without a fraction, including `10.0`.
    pub const INTEGER: Self = Self::of(Kind::Integer);
    /// Any number.
    pub const NUMBER: Self = Self::of(Kind::Number);
    /// A string.
    pub const STRING: Self = Self::of(Kind::String);
    /// An array.
    pub const ARRAY: Self = Self::of(Kind::Array);
    /// Object with any properties: a map.
    pub const MAP: Self = Self::of(Kind::Object);

    const fn of(kind: Kind) -> Self {
        Self {
            kind,
            required: &[],
            texts: &[],
            integers: &[],
            numbers: &[],
            booleans: &[],
            listed: &[],
            listed_integers: &[],
            values: Values::All,
            items: None,
        }
    }

    /// Object with these required properties.
    pub const fn object(required: &'static [&'static str]) -> Self {
        Self {
            required,
            ..Self::of(Kind::Object)
        }
    }

    /// Sets properties that must be these strings if present: `const`, or an `enum` with one value.
    #[must_use]
    pub const fn constants(self, texts: &'static [(&'static str, &'static str)]) -> Self {
        Self { texts, ..self }
    }

    /// Sets properties that must be these integers if present.
    #[must_use]
    pub const fn integers(self, integers: &'static [(&'static str, i64)]) -> Self {
        Self { integers, ..self }
    }

    /// Sets properties that must be these numbers if present.
    #[must_use]
    pub const fn numbers(self, numbers: &'static [(&'static str, f64)]) -> Self {
        Self { numbers, ..self }
    }

    /// Sets properties that must be these booleans if present.
    #[must_use]
    pub const fn booleans(self, booleans: &'static [(&'static str, bool)]) -> Self {
        Self { booleans, ..self }
    }

    /// Sets the strings listed in `enum`. Another branch is preferred to one whose list does not contain the value.
    #[must_use]
    pub const fn values(self, values: &'static [&'static str]) -> Self {
        Self {
            values: Values::Texts(values),
            ..self
        }
    }

    /// Sets the integers listed in `enum`.
    #[must_use]
    pub const fn integer_values(self, values: &'static [i64]) -> Self {
        Self {
            values: Values::Integers(values),
            ..self
        }
    }

    /// Sets the numbers listed in `enum`.
    #[must_use]
    pub const fn number_values(self, values: &'static [f64]) -> Self {
        Self {
            values: Values::Numbers(values),
            ..self
        }
    }

    /// Sets the shape of the items of an array, or of the values of a map.
    #[must_use]
    pub const fn items(self, items: &'static Self) -> Self {
        Self {
            items: Some(items),
            ..self
        }
    }

    /// Sets properties with the integers listed in their `enum`.
    #[must_use]
    pub const fn listed_integers(self, listed_integers: &'static [(&'static str, &'static [i64])]) -> Self {
        Self {
            listed_integers,
            ..self
        }
    }

    /// Sets properties with the strings listed in their `enum`. Another branch is preferred to one whose lists do not
    /// contain a value.
    #[must_use]
    pub const fn listed(self, listed: &'static [(&'static str, &'static [&'static str])]) -> Self {
        Self { listed, ..self }
    }

    fn all_constants(&self) -> impl Iterator<Item = (&'static str, Constant)> {
        let texts = self.texts.iter().map(|(name, text)| (*name, Constant::Text(text)));
        let integers = self
            .integers
            .iter()
            .map(|(name, integer)| (*name, Constant::Integer(*integer)));
        let numbers = self
            .numbers
            .iter()
            .map(|(name, number)| (*name, Constant::Number(*number)));
        let booleans = self
            .booleans
            .iter()
            .map(|(name, boolean)| (*name, Constant::Boolean(*boolean)));
        texts.chain(integers).chain(numbers).chain(booleans)
    }

    /// How well the value fits.
    pub(super) fn compare(&self, value: &Value) -> Result<Likeness, Mismatch> {
        let found = kind_of(value);
        let number = matches!((self.kind, found), (Kind::Number, Kind::Integer));
        let whole = matches!((self.kind, found), (Kind::Integer, Kind::Number)) && is_whole(value);
        if self.kind != Kind::Any && self.kind != found && !number && !whole {
            return Err(Mismatch::Kind(self.kind));
        }
        if let Some(name) = self.required.iter().find(|name| value.get(name).is_none()) {
            return Err(Mismatch::Missing(name));
        }
        let different = |(name, constant): &(&str, Constant)| value.get(name).is_some_and(|own| !constant.is(own));
        if let Some((name, constant)) = self.all_constants().find(different) {
            return Err(Mismatch::Constant(name, constant));
        }
        let items = self.compare_items(value)?;
        let texts = self.listed.iter().map(|(name, texts)| (name, Values::Texts(texts)));
        let integers = self.listed_integers.iter();
        let integers = integers.map(|(name, integers)| (name, Values::Integers(integers)));
        let unlisted = |(name, values): &(&&str, Values)| value.get(name).is_some_and(|own| values.lack(own));
        let listed = texts.chain(integers).filter(unlisted).count();
        Ok(Likeness {
            misfits: items.misfits + listed + usize::from(self.values.lack(value)),
            loose: items.loose || number || whole,
        })
    }

    /// How well the items of an array, or the values of a map, fit all together.
    fn compare_items(&self, value: &Value) -> Result<Likeness, Mismatch> {
        let mut all = Likeness::FULL;
        let Some(shape) = self.items else {
            return Ok(all);
        };
        let items = value.as_array().into_iter().flatten();
        let values = value.as_object().into_iter().flat_map(Map::values);
        for item in items.chain(values).filter(|item| !item.is_null()) {
            let own = shape.compare(item)?;
            all.misfits += own.misfits;
            all.loose |= own.loose;
        }
        Ok(all)
    }
}

impl Likeness {
    /// No other shape can fit better.
    pub(super) const FULL: Self = Self {
        misfits: 0,
        loose: false,
    };
}

impl Values {
    /// Whether a value of the type that is listed is not among those listed.
    fn lack(self, value: &Value) -> bool {
        match self {
            Self::All => false,
            Self::Texts(texts) => value.as_str().is_some_and(|text| !texts.contains(&text)),
            Self::Integers(integers) => {
                value.is_number() && !integers.iter().any(|own| Constant::Integer(*own).is(value))
            }
            Self::Numbers(numbers) => value.as_f64().is_some_and(|number| !numbers.contains(&number)),
        }
    }
}

impl Constant {
    fn is(self, value: &Value) -> bool {
        match self {
            Self::Text(text) => value.as_str() == Some(text),
            // not by floats where both are integers: beyond 53 bits several of them are one float
            Self::Integer(integer) if value.is_f64() => value.as_f64() == Some(integer as f64),
            Self::Integer(integer) => value.as_i64() == Some(integer),
            Self::Number(number) => value.as_f64() == Some(number),
            Self::Boolean(boolean) => value.as_bool() == Some(boolean),
        }
    }
}

impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::Integer(integer) => integer.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Boolean(boolean) => boolean.fmt(f),
        }
    }
}

/// What a value does not have of a [`Shape`]. It becomes text only if no branch fits.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mismatch {
    Kind(Kind),
    Missing(&'static str),
    Constant(&'static str, Constant),
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(kind) => write!(f, "not {}", kind.name()),
            Self::Missing(name) => write!(f, "missing field `{name}`"),
            Self::Constant(name, constant) => write!(f, "`{name}` is not {constant}"),
        }
    }
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

fn kind_of(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) if number.is_i64() || number.is_u64() => Kind::Integer,
        Value::Number(_) => Kind::Number,
        Value::String(_) => Kind::String,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
    }
}

/// Whether a number has no fraction.
fn is_whole(value: &Value) -> bool {
    value.as_f64().is_some_and(|float| float.fract() == 0.0)
}
