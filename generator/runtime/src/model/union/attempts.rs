//! The choice between branches that no discriminator tells apart.

use std::cmp::Reverse;
use std::fmt::{self, Write as _};
use std::{iter, mem};

use serde_json::Value;

use super::super::read::Read;
use super::super::unlisted::Unlisted;
use super::super::value_error::ValueError;
use super::branches::branch;
use super::effort::{self, Tally};
use super::shape::{Likeness, Mismatch, Shape};

/// The reason of one branch is cut at this many characters: reasons of nested unions add up.
const MAX_REASON: usize = 200;

/// Selects the branch of a union that a value belongs to.
///
/// A branch matches if the value has its [`Shape`] and can be read as its type. Among the matching branches, the value
/// belongs to the first one in this order:
///
/// 1. fewest misfits: properties that `additionalProperties: false` forbids, and values that an `enum` does not list;
/// 2. an integer is rather an integer than a number, and a number like `1.0` rather a number;
/// 3. fewest nested values that no variant of their union takes;
/// 4. most properties that are declared less those that are passed over, nested ones included;
/// 5. fewest properties that are passed over;
/// 6. fewest values in another form than the declared one, such as a date with a time for a date;
/// 7. the order in the API description.
///
/// # Examples
/// ```
/// # use envoi_runtime::serde_json::{Value, json};
/// use envoi_runtime::Unlisted;
/// use envoi_runtime::union::{Attempts, Shape};
///
/// #[derive(Debug, PartialEq)]
/// enum Width {
///     Pixels(i64),
///     Auto(String),
///     Unknown(Unlisted<Value>),
/// }
///
/// let value = json!(12);
/// let mut attempts = Attempts::new("Width", &value);
/// attempts.branch("Pixels", Shape::INTEGER, Width::Pixels);
/// attempts.branch("Auto", Shape::STRING, Width::Auto);
/// assert_eq!(attempts.best_or(Width::Unknown).ok(), Some(Width::Pixels(12)));
/// ```
#[derive(Debug)]
pub struct Attempts<'v, T> {
    common: Common<'v>,
    fits: Vec<Fit<T>>,
}

/// What does not depend on the type of the union.
#[derive(Debug)]
struct Common<'v> {
    expecting: &'static str,
    value: &'v Value,
    /// Whether a value that no branch fits is refused.
    strict: bool,
    /// Whether a branch was found that no other can surpass.
    settled: bool,
    reasons: Vec<(&'static str, Reason)>,
}

/// A branch that the value can be.
#[derive(Debug)]
struct Fit<T> {
    value: T,
    likeness: Likeness,
    tally: Tally,
}

impl<T> Fit<T> {
    fn misfits(&self) -> usize {
        self.likeness.misfits + self.tally.misfits
    }

    fn order(&self) -> impl Ord + use<T> {
        let tally = &self.tally;
        // a map keeps all there is and knows nothing: one known property is not worth losing two
        let lost = tally.lost().len();
        (
            self.misfits(),
            self.likeness.loose,
            tally.unknown,
            Reverse(isize_of(tally.known) - isize_of(lost)),
            lost,
            tally.forms,
        )
    }
}

/// A count as a number that can be negative.
fn isize_of(count: usize) -> isize {
    isize::try_from(count).unwrap_or(isize::MAX)
}

/// Why a branch does not fit.
#[derive(Debug)]
enum Reason {
    Shape(Mismatch),
    Refused(ValueError),
    NotTried,
}

impl<'v, T> Attempts<'v, T> {
    /// Starts with a value. `expecting` is the name of the union in errors.
    pub fn new(expecting: &'static str, value: &'v Value) -> Self {
        Self {
            common: Common::new(expecting, value),
            fits: Vec::new(),
        }
    }

    /// Compares the value with the branch `name`; `variant` converts the branch into a `T`.
    pub fn branch<B: Read>(&mut self, name: &'static str, shape: Shape, variant: fn(B) -> T) {
        let Some(likeness) = self.common.compare(name, &shape) else {
            return;
        };
        let value = self.common.value;
        let (read, tally) = effort::measure(value, || branch(value));
        match read {
            Ok(read) => {
                self.common.settled = tally.is_complete() && likeness == Likeness::FULL;
                self.fits.push(Fit {
                    value: variant(read),
                    likeness,
                    tally,
                });
            }
            Err(value_error) => self.common.reasons.push((name, Reason::Refused(value_error))),
        }
    }

    /// Returns the branch that the value belongs to.
    ///
    /// # Errors
    /// No branch matches. The error is that of the branch that was read furthest, or it lists every branch with its
    /// reason.
    pub fn best(mut self) -> Result<T, ValueError> {
        match self.take_best() {
            Some(best) => Ok(best.value),
            None => Err(self.common.value_error()),
        }
    }

    /// Returns the branch that the value belongs to. If no branch matches, `unknown` keeps the value.
    ///
    /// # Errors
    /// No branch matches, and the union is itself a branch of a union that reads the same value.
    pub fn best_or(mut self, unknown: fn(Unlisted<Value>) -> T) -> Result<T, ValueError> {
        match self.take_best() {
            Some(best) => Ok(best.value),
            None => self.common.unknown(unknown),
        }
    }

    /// Returns the branch that the value belongs to. If no branch matches, or other branches declare properties of the
    /// value that this one does not, `unknown` keeps the value.
    ///
    /// # Errors
    /// The same as [`best_or`](Self::best_or).
    pub fn only_or(mut self, unknown: fn(Unlisted<Value>) -> T) -> Result<T, ValueError> {
        let Some(best) = self.take_best() else {
            return self.common.unknown(unknown);
        };
        match self.complements(&best).is_empty() {
            true => Ok(best.value),
            false => self.common.unknown(unknown),
        }
    }

    /// Returns the branch that the value belongs to. If other branches declare properties of the value that this one
    /// does not, `several` gets it and them; if no branch matches, `unknown` keeps the value.
    ///
    /// # Errors
    /// The same as [`best_or`](Self::best_or).
    pub fn all_or(mut self, several: fn(Vec<T>) -> T, unknown: fn(Unlisted<Value>) -> T) -> Result<T, ValueError> {
        let Some(best) = self.take_best() else {
            return self.common.unknown(unknown);
        };
        let complements = self.complements(&best);
        if complements.is_empty() {
            return Ok(best.value);
        }
        let others = complements.into_iter().map(|fit| fit.value);
        Ok(several(iter::once(best.value).chain(others).collect()))
    }

    /// The branches that fit as well as the best one, and know properties that it and those before them do not.
    fn complements(&mut self, best: &Fit<T>) -> Vec<Fit<T>> {
        let mut lost = best.tally.lost().to_vec();
        if lost.is_empty() {
            return Vec::new();
        }
        let mut fits = mem::take(&mut self.fits);
        fits.sort_by_key(Fit::order);
        fits.retain(|fit| {
            let still: Vec<usize> = lost
                .iter()
                .copied()
                .filter(|place| fit.tally.lost().contains(place))
                .collect();
            let knows = still.len() < lost.len() && fit.misfits() <= best.misfits();
            if knows {
                lost = still;
            }
            knows
        });
        fits
    }

    fn take_best(&mut self) -> Option<Fit<T>> {
        let (best, _) = self.fits.iter().enumerate().min_by_key(|(_, fit)| fit.order())?;
        let best = self.fits.remove(best);
        effort::count(|tally| tally.add(&best.tally));
        Some(best)
    }
}

impl<'v> Common<'v> {
    fn new(expecting: &'static str, value: &'v Value) -> Self {
        effort::enter(value);
        Self {
            expecting,
            value,
            strict: effort::refuses_unknown(value),
            settled: false,
            reasons: Vec::new(),
        }
    }

    /// How well the value fits a branch that is worth reading.
    fn compare(&mut self, name: &'static str, shape: &Shape) -> Option<Likeness> {
        if self.settled {
            return None;
        }
        let reason = match shape.compare(self.value) {
            Ok(likeness) if !effort::is_spent() => {
                effort::charge(1);
                return Some(likeness);
            }
            Ok(_) => Reason::NotTried,
            Err(mismatch) => Reason::Shape(mismatch),
        };
        self.reasons.push((name, reason));
        None
    }

    fn unknown<T>(&self, unknown: fn(Unlisted<Value>) -> T) -> Result<T, ValueError> {
        if self.strict {
            return Err(self.value_error());
        }
        effort::count(|tally| tally.unknown += 1);
        Ok(unknown(Unlisted::new(self.value.clone())))
    }

    /// The reason of the branch that was read further than all others, else every branch with its reason.
    fn value_error(&self) -> ValueError {
        if let Some((name, value_error)) = self.furthest() {
            return value_error
                .clone()
                .read_as(&format!("as variant {name} of {}", self.expecting));
        }
        let mut text = String::new();
        for (name, reason) in &self.reasons {
            let separator = if text.is_empty() { "" } else { "; " };
            let cut: String = reason.to_string().chars().take(MAX_REASON).collect();
            // writing to a `String` cannot fail
            let _ = write!(text, "{separator}{name}: {cut}");
        }
        ValueError::new(format!("no variant of {} fits ({text})", self.expecting))
    }

    /// The branch that looked right and was refused, and if there are several, the one that was refused deepest inside.
    fn furthest(&self) -> Option<(&'static str, &ValueError)> {
        let reasons = self.reasons.iter();
        let mut read: Vec<(&'static str, &ValueError)> = reasons
            .filter_map(|(name, reason)| match reason {
                Reason::Refused(value_error) => Some((*name, value_error)),
                Reason::Shape(_) | Reason::NotTried => None,
            })
            .collect();
        read.sort_by_key(|(_, value_error)| Reverse(value_error.depth()));
        match read.as_slice() {
            [first, second, ..] if first.1.depth() == second.1.depth() => None,
            [first, ..] => Some(*first),
            [] => None,
        }
    }
}

impl Drop for Common<'_> {
    fn drop(&mut self) {
        effort::leave();
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(mismatch) => mismatch.fmt(f),
            Self::Refused(value_error) => value_error.fmt(f),
            Self::NotTried => f.write_str("not tried, too many branches were read"),
        }
    }
}
