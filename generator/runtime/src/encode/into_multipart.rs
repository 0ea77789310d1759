//! What methods take as a multipart body.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::model::argument::{Converted, way};
use super::multipart::Multipart;

/// Multipart body: the declared object, or a [`Multipart`].
///
/// For a model `T` that is `T`, `&T` or what converts [`Into`] a `T`, each property a part; a struct with files is taken by
/// value. A [`Multipart`] is sent as it is, for parts that the API description does not declare, or declares as something else
/// than they are: a file whose property is a plain string, say, needs `format: binary` to be a [`Part`](super::Part).
///
/// The compiler finds `M`, the way an argument is taken; it is never written.
///
/// ```
/// use envoi_runtime::{IntoMultipart, Multipart, Part};
/// # use std::collections::BTreeMap;
///
/// fn upload<M>(body: impl IntoMultipart<BTreeMap<String, String>, M>) -> Multipart {
///     body.into_multipart()
/// }
///
/// upload(BTreeMap::from([("title".to_owned(), "Holidays".to_owned())]));
/// upload(Multipart::new().value("title", "Holidays").part("file", Part::file("beach.jpg")));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no multipart body of the type `{T}`",
    label = "expected `{T}` or a `Multipart`",
    note = "a struct with files is taken by value, a model without files also as a reference or as what converts `Into` it",
    note = "`Multipart::new().part(…)` sends any other parts"
)]
pub trait IntoMultipart<T, M>: Sized {
    /// Converts the argument.
    fn into_multipart(self) -> Multipart;
}

#[diagnostic::do_not_recommend]
impl<T: Converted + Serialize, U: Into<T>> IntoMultipart<T, way::One> for U {
    fn into_multipart(self) -> Multipart {
        Multipart::of(&self.into())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Converted + Serialize> IntoMultipart<T, way::Borrowed> for &T {
    fn into_multipart(self) -> Multipart {
        Multipart::of(self)
    }
}

/// A struct with files.
#[diagnostic::do_not_recommend]
impl<T: Into<Multipart>> IntoMultipart<Self, way::Whole> for T {
    fn into_multipart(self) -> Multipart {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> IntoMultipart<Self, way::Whole> for BTreeMap<String, T> {
    fn into_multipart(self) -> Multipart {
        Multipart::of(&self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> IntoMultipart<BTreeMap<String, T>, way::Whole> for &BTreeMap<String, T> {
    fn into_multipart(self) -> Multipart {
        Multipart::of(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T> IntoMultipart<T, way::Each> for Multipart {
    fn into_multipart(self) -> Multipart {
        self
    }
}
