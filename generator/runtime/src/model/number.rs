//! Numbers that JSON can hold.
//!
//! JSON has no NaN and no infinity, and `serde_json` writes `null` for them, which is a value of its own. So models
//! and parameters are asked before they are written.

use std::collections::BTreeMap;

use super::nullable::Nullable;

/// Number, or a type that consists of numbers.
pub trait Numbers {
    /// Returns whether all of them are finite, as JSON requires.
    fn are_finite(&self) -> bool;
}

impl Numbers for f64 {
    fn are_finite(&self) -> bool {
        self.is_finite()
    }
}

impl<T: Numbers + ?Sized> Numbers for &T {
    fn are_finite(&self) -> bool {
        (**self).are_finite()
    }
}

impl<T: Numbers> Numbers for Option<T> {
    fn are_finite(&self) -> bool {
        self.iter().all(T::are_finite)
    }
}

impl<T: Numbers> Numbers for Nullable<T> {
    fn are_finite(&self) -> bool {
        match self {
            Self::Value(value) => value.are_finite(),
            Self::Absent | Self::Null => true,
        }
    }
}

impl<T: Numbers> Numbers for [T] {
    fn are_finite(&self) -> bool {
        self.iter().all(T::are_finite)
    }
}

impl<T: Numbers> Numbers for Vec<T> {
    fn are_finite(&self) -> bool {
        self.as_slice().are_finite()
    }
}

impl<T: Numbers> Numbers for BTreeMap<String, T> {
    fn are_finite(&self) -> bool {
        self.values().all(T::are_finite)
    }
}
