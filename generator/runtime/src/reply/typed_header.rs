//! Typed headers of responses.

use std::fmt;
use std::marker::PhantomData;
use std::time::UNIX_EPOCH;

use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error as Fault, Value};

use super::decode::DecodeError;
use super::error::Error;
use super::response::{Reply, Response};

/// Characters of a value that a message shows.
const MAX_EXCERPT: usize = 200;

/// Declared response header: its name and the type of its value. Generated code has one constant per header. `T` is an
/// `Option` if the header is optional.
///
/// `T` is an `Option` where not every response has the header.
pub struct Header<T> {
    name: &'static str,
    json: bool,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// Declares a header in the style `simple`: elements, or names and values, separated by commas.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            json: false,
            value: PhantomData,
        }
    }

    /// Declares a header whose value is JSON.
    pub const fn json(name: &'static str) -> Self {
        Self {
            json: true,
            ..Self::new(name)
        }
    }

    /// Returns the name in lower case.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Header").field(&self.name).finish()
    }
}

impl Reply {
    /// Returns the decoded value of a declared header.
    ///
    /// # Errors
    /// The header is missing and `T` is not an `Option`, or its value is not a `T`.
    pub fn header<T: DeserializeOwned>(&self, header: Header<T>) -> Result<T, DecodeError> {
        let text = text(self.headers(), header.name);
        let value = match &text {
            Some(text) if header.json => serde_json::from_str(text),
            text => T::deserialize(Text(text.as_deref())).or_else(|fault| {
                // a document means the date that HTTP has, whatever format it names
                let date = text.as_deref().and_then(http_date).ok_or(fault)?;
                T::deserialize(Text(Some(&date)))
            }),
        };
        value.map_err(|fault| self.header_error(header.name, text.as_deref(), &fault))
    }

    fn header_error(&self, name: &'static str, text: Option<&str>, fault: &Fault) -> DecodeError {
        let hidden = self.headers().get_all(name).iter().any(HeaderValue::is_sensitive);
        let text = if hidden { Some("***") } else { text };
        DecodeError::Header {
            name,
            reason: self.line(&fault.to_string(), MAX_EXCERPT),
            excerpt: self.line(text.unwrap_or_default(), MAX_EXCERPT),
        }
    }
}

impl<T> Response<T> {
    /// Returns the decoded value of a declared header, see [`Reply::header`].
    ///
    /// # Errors
    /// The header is missing and `H` is not an `Option`, or its value is not an `H`.
    pub fn header<H: DeserializeOwned>(&self, header: Header<H>) -> Result<H, DecodeError> {
        self.reply().header(header)
    }
}

impl<E> Error<E> {
    /// Returns the decoded value of a declared header, see [`Reply::header`]; `None` if there was no response.
    pub fn header<H: DeserializeOwned>(&self, header: Header<H>) -> Option<Result<H, DecodeError>> {
        self.reply().map(|reply| reply.header(header))
    }
}

/// All values of a header as one (RFC 9110, section 5.3). What is not UTF-8 is replaced.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut values = headers
        .get_all(name)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()));
    let mut text = values.next()?.into_owned();
    // cookies have commas of their own, and are never one list
    for value in values.filter(|_| name != SET_COOKIE.as_str()) {
        text.push_str(", ");
        text.push_str(&value);
    }
    Some(text)
}

/// A date of HTTP (RFC 9110, section 5.6.7) as one of RFC 3339, which is what types for dates read.
fn http_date(text: &str) -> Option<String> {
    let seconds = httpdate::parse_http_date(text.trim())
        .ok()?
        .duration_since(UNIX_EPOCH)
        .ok()?
        .as_secs();
    let (mut day, second) = (seconds / 86_400, seconds % 86_400);
    let mut year = 1970;
    let is_leap = |year: u64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    while day >= 365 + u64::from(is_leap(year)) {
        day -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = 0;
    let days = [
        31,
        28 + u64::from(is_leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ];
    while day >= days[month] {
        day -= days[month];
        month += 1;
    }
    let (month, day) = (month + 1, day + 1);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    Some(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
    ))
}

/// The text of a header as what the reader asks for.
#[derive(Clone, Copy)]
struct Text<'t>(Option<&'t str>);

impl<'t> Text<'t> {
    fn get(self) -> Result<&'t str, Fault> {
        self.0
            .map(str::trim)
            .ok_or_else(|| Fault::custom("the header is missing"))
    }

    fn parts(self) -> Result<impl Iterator<Item = Text<'t>>, Fault> {
        let parts = self.get()?.split(',').map(str::trim);
        Ok(parts.filter(|part| !part.is_empty()).map(|part| Text(Some(part))))
    }

    /// Names and values: `a=1,b=2`, or `a,1,b,2`.
    fn pairs(self) -> Result<Vec<(&'t str, Text<'t>)>, Fault> {
        let parts: Vec<&'t str> = self.parts()?.filter_map(|part| part.0).collect();
        if parts.iter().all(|part| part.contains('=')) {
            let pairs = parts.iter().filter_map(|part| part.split_once('='));
            return Ok(pairs.map(|(name, value)| (name.trim(), Text(Some(value)))).collect());
        }
        let pairs = parts.chunks(2);
        Ok(pairs.map(|pair| (pair[0], Text(pair.get(1).copied()))).collect())
    }
}

impl<'t> IntoDeserializer<'t, Fault> for Text<'t> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Text<'de> {
    fn integer<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.get()?;
        match (text.parse::<i64>(), text.parse::<u64>(), text.parse::<i128>()) {
            (Ok(number), ..) => visitor.visit_i64(number),
            (_, Ok(number), _) => visitor.visit_u64(number),
            (.., Ok(number)) => visitor.visit_i128(number),
            _ => Err(Fault::custom("it is not an integer")),
        }
    }
}

impl<'de> Deserializer<'de> for Text<'de> {
    type Error = Fault;

    /// What is one of several kinds is a number or a boolean where the text is how JSON writes one.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.get()?;
        match serde_json::from_str(text) {
            Ok(Value::Bool(boolean)) => visitor.visit_bool(boolean),
            Ok(Value::Number(number)) if number.to_string() == text => {
                number.deserialize_any(visitor).map_err(Fault::custom)
            }
            _ => visitor.visit_borrowed_str(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            None => visitor.visit_none(),
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.get()? {
            text if text.eq_ignore_ascii_case("true") => visitor.visit_bool(true),
            text if text.eq_ignore_ascii_case("false") => visitor.visit_bool(false),
            _ => Err(Fault::custom("it is not a boolean")),
        }
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_i128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.get()?.parse::<f64>() {
            Ok(number) => visitor.visit_f64(number),
            Err(_) => Err(Fault::custom("it is not a number")),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.get()?.parse::<f64>() {
            Ok(number) => visitor.visit_f64(number),
            Err(_) => Err(Fault::custom("it is not a number")),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(SeqDeserializer::new(self.parts()?))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(MapDeserializer::new(self.pairs()?.into_iter()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_borrowed_str(self.get()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(self.get()?.into_deserializer())
    }

    forward_to_deserialize_any! {
        char bytes byte_buf unit unit_struct tuple_struct struct identifier ignored_any
    }
}
