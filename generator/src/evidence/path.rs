//! Paths inside a JSON value.

use std::fmt;

/// One step down.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'v> {
    Member(&'v str),
    Item(usize),
}

/// A way down into a value, written like `data[3].status`; nothing for the value itself.
#[derive(Debug, Clone)]
pub(super) struct Path<'v>(Vec<Step<'v>>);

impl<'v> Path<'v> {
    pub(super) fn of(steps: &[Step<'v>]) -> Self {
        Self(steps.to_vec())
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Item(index) => write!(f, "[{index}]")?,
                Step::Member(name) if !is_plain(name) => write!(f, "[{name:?}]")?,
                Step::Member(name) if index == 0 => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
            }
        }
        Ok(())
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-$@".contains(&byte))
}
