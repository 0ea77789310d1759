//! What methods take as a request body.
//!
//! Compilers are not to recommend the implementations one by one: the message of the trait says it in fewer words.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::argument::{Converted, way};
use super::nullable::Nullable;

/// Request body: a value, or a reference to one.
///
/// | for a body of the type | accepted are |
/// |---|---|
/// | a model `T` | `T`, `&T`, and what converts [`Into`] a `T` |
/// | `Vec<T>` | a vector, an array, a slice, and references to them |
/// | a map | the map, and a reference to it |
/// | a free-form object, or any JSON value | `json!({…})` and a reference to it, too |
/// | `Option<T>`: the body can be `null` | what is accepted for `T`, and an `Option` of it, whose `None` is sent as `null` |
/// | `Nullable<T>`: the body can be `null` or left out | the same, but `None` leaves the body out, and `Nullable::Null` is sent as `null` |
///
/// The compiler finds `M`, the way an argument is taken; it is never written.
///
/// ```
/// use envoi_runtime::{IntoBody, argument};
/// # use envoi_runtime::serde::{Serialize, Serializer};
/// # struct Pet { name: String }
/// # impl Serialize for Pet {
/// #     fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
/// #         serializer.serialize_str(&self.name)
/// #     }
/// # }
/// # impl argument::Converted for Pet {}
/// # impl From<&str> for Pet {
/// #     fn from(name: &str) -> Self {
/// #         Self { name: name.to_owned() }
/// #     }
/// # }
///
/// fn create<M>(body: impl IntoBody<Pet, M>) -> String {
///     serde_json::to_string(&body.into_body()).expect("a pet")
/// }
///
/// let pet = Pet::from("Tom");
/// assert_eq!(create(&pet), create(pet));
/// assert_eq!(create("Tom"), r#""Tom""#);
/// ```
///
/// ```
/// use envoi_runtime::IntoBody;
/// use serde_json::{Map, Value, json};
///
/// fn merge<M>(body: impl IntoBody<Map<String, Value>, M>) -> String {
///     serde_json::to_string(&body.into_body()).expect("JSON")
/// }
///
/// assert_eq!(merge(json!({ "replicas": 3 })), r#"{"replicas":3}"#);
/// assert_eq!(merge(Map::new()), "{}");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no request body of the type `{T}`",
    label = "expected `{T}`, a reference to it, or what converts into it",
    note = "a model is accepted as itself, as a reference, or as what converts `Into` it; `serde_json::from_value` makes one of JSON",
    note = "a list or a map is accepted as itself or as a reference; `json!(…)` where the schema is a free-form object or any JSON",
    note = "an `Option` is accepted where the body can be `null`"
)]
pub trait IntoBody<T, M>: Sized {
    /// What is serialized.
    type Body: Serialize;

    /// Converts the argument.
    fn into_body(self) -> Self::Body;

    /// Converts the argument, which may leave the body out.
    fn into_optional_body(self) -> Option<Self::Body> {
        Some(self.into_body())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Converted + Serialize, U: Into<T>> IntoBody<T, way::One> for U {
    type Body = T;

    fn into_body(self) -> T {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Converted + Serialize> IntoBody<T, way::Borrowed> for &T {
    type Body = Self;

    fn into_body(self) -> Self {
        self
    }
}

/// What is taken as it is.
macro_rules! itself {
    ($([$($generics:tt)*] $body:ty, $taken:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> IntoBody<$body, way::Whole> for $taken {
            type Body = Self;

            fn into_body(self) -> Self {
                self
            }
        }
    )*};
}

itself! {
    [T: Serialize] Self, Vec<T>;
    [T: Serialize] Vec<T>, &Vec<T>;
    [T: Serialize] Vec<T>, &[T];
    [T: Serialize] Self, BTreeMap<String, T>;
    [T: Serialize] BTreeMap<String, T>, &BTreeMap<String, T>;
    [] Self, Map<String, Value>;
    [] Map<String, Value>, &Map<String, Value>;
    [] Map<String, Value>, Value;
    [] Map<String, Value>, &Value;
    [] Value, &Value;
    [] Value, &Map<String, Value>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize, const N: usize> IntoBody<Vec<T>, way::Whole> for [T; N] {
    type Body = Vec<T>;

    fn into_body(self) -> Vec<T> {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: Serialize, const N: usize> IntoBody<Vec<T>, way::Whole> for &'a [T; N] {
    type Body = &'a [T];

    fn into_body(self) -> &'a [T] {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<U: Into<Value>> IntoBody<Value, way::One> for U {
    type Body = Value;

    fn into_body(self) -> Value {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<T, M, U: IntoBody<T, M>> IntoBody<Option<T>, way::Given<M>> for U {
    type Body = Option<U::Body>;

    fn into_body(self) -> Option<U::Body> {
        Some(self.into_body())
    }
}

#[diagnostic::do_not_recommend]
impl<T, M, U: IntoBody<T, M>> IntoBody<Option<T>, way::Perhaps<M>> for Option<U> {
    type Body = Option<U::Body>;

    fn into_body(self) -> Option<U::Body> {
        self.map(U::into_body)
    }
}

#[diagnostic::do_not_recommend]
impl<T, M, U: IntoBody<T, M>> IntoBody<Nullable<T>, way::Given<M>> for U {
    type Body = Nullable<U::Body>;

    fn into_body(self) -> Nullable<U::Body> {
        Nullable::Value(self.into_body())
    }
}

#[diagnostic::do_not_recommend]
impl<T, M, U: IntoBody<T, M>> IntoBody<Nullable<T>, way::Perhaps<M>> for Option<U> {
    type Body = Nullable<U::Body>;

    fn into_body(self) -> Nullable<U::Body> {
        self.map(U::into_body).into()
    }

    fn into_optional_body(self) -> Option<Nullable<U::Body>> {
        self.map(|body| Nullable::Value(body.into_body()))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> IntoBody<Self, way::OrNull> for Nullable<T> {
    type Body = Self;

    fn into_body(self) -> Self {
        self
    }

    fn into_optional_body(self) -> Option<Self> {
        (!self.is_absent()).then_some(self)
    }
}
