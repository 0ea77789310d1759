//! Selects the operations to generate.

mod glob;

pub(crate) use glob::{captures, text as fits_text};

use std::collections::BTreeSet;

use crate::config::{Criteria, Select};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::nearest::nearest;

/// The properties by which an operation is selected.
#[derive(Debug)]
pub struct Candidate<'a> {
    /// `operationId`.
    pub id: Option<&'a str>,
    /// All its tags.
    pub tags: Vec<&'a str>,
    /// The path template, as in the document; of a webhook, its name.
    pub path: &'a str,
    /// The method.
    pub method: &'a str,
}

/// The lists of [`Criteria`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Operation,
    Tag,
    Path,
    Method,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Operation, Self::Tag, Self::Path, Self::Method];

    /// What is matched, for a reader.
    fn what(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Tag => "tag",
            Self::Path => "path",
            Self::Method => "method",
        }
    }

    /// What a candidate has of this kind.
    fn of<'a>(self, candidate: &'a Candidate<'_>) -> Vec<&'a str> {
        match self {
            Self::Operation => candidate.id.into_iter().collect(),
            Self::Tag => candidate.tags.clone(),
            Self::Path => vec![candidate.path],
            Self::Method => vec![candidate.method],
        }
    }

    fn matches(self, pattern: &str, text: &str) -> bool {
        match self {
            Self::Operation | Self::Tag => glob::text(pattern, text),
            Self::Path => glob::path(pattern, text),
            Self::Method => pattern.eq_ignore_ascii_case(text),
        }
    }
}

/// One entry of a list.
#[derive(Debug)]
struct Rule {
    kind: Kind,
    pattern: String,
    /// Whether an operation matched it.
    used: bool,
}

/// Evaluates a [`Select`], and records what matched.
#[derive(Debug, Default)]
pub struct Selection {
    include: Vec<Rule>,
    exclude: Vec<Rule>,
    prunes: bool,
    left_out: usize,
    admitted: usize,
    /// By kind: what the document has.
    seen: [BTreeSet<String>; 4],
}

impl Selection {
    /// Ready to be asked.
    #[must_use]
    pub fn new(select: &Select) -> Self {
        let (include, exclude) = (rules(&select.include), rules(&select.exclude));
        Self {
            prunes: select.prune.unwrap_or(!include.is_empty() || !exclude.is_empty()),
            include,
            exclude,
            ..Self::default()
        }
    }

    /// Whether what no operation reaches is omitted.
    #[must_use]
    pub fn prunes(&self) -> bool {
        self.prunes
    }

    /// How many operations were omitted.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Returns whether an operation is generated.
    ///
    /// All lists of `include` must match, as in "the `get`s of this tag"; one list of `exclude` is enough.
    pub fn admits(&mut self, candidate: &Candidate<'_>) -> bool {
        if self.include.is_empty() && self.exclude.is_empty() {
            return true;
        }
        for (kind, seen) in Kind::ALL.into_iter().zip(&mut self.seen) {
            seen.extend(kind.of(candidate).into_iter().map(str::to_owned));
        }
        let [included, excluded] = [&mut self.include, &mut self.exclude].map(|rules| fits(rules, candidate));
        let admitted = included.into_iter().all(|fit| fit != Some(false)) && !excluded.contains(&Some(true));
        self.admitted += usize::from(admitted);
        admitted
    }

    /// Counts an operation that was not admitted.
    pub fn leave_out(&mut self) {
        self.left_out += 1;
    }

    /// Returns whether the document has this operation, generated or not; only recorded if there are criteria.
    #[must_use]
    pub fn has_seen(&self, id: &str) -> bool {
        self.seen[Kind::Operation as usize].contains(id)
    }

    /// Reports entries that matched nothing, and an empty selection.
    pub fn report_unused(&self, diagnostics: &mut Diagnostics) {
        if self.admitted == 0 && self.left_out > 0 {
            diagnostics.push(self.nothing());
        }
        for (verb, rules) in [("includes", &self.include), ("excludes", &self.exclude)] {
            for Rule { kind, pattern, .. } in rules.iter().filter(|rule| !rule.used) {
                let what = kind.what();
                let message = format!("the configuration {verb} the {what} `{pattern}`, which matches no operation");
                let mut diagnostic = Diagnostic::new(Code::UnusedSetting, Place::Document, message);
                let names = self.seen[*kind as usize].iter().map(String::as_str);
                diagnostic.help = nearest(pattern, names).map(|name| format!("did you mean `{name}`?"));
                diagnostics.push(diagnostic);
            }
        }
    }
}

/// How many names help to find the right one.
const SHOWN: usize = 12;

impl Selection {
    fn nothing(&self) -> Diagnostic {
        let message = match self.left_out {
            1 => "the selection excludes the only operation of the document".to_owned(),
            all => format!("the selection excludes all {all} operations of the document"),
        };
        let mut helps = Vec::new();
        for kind in Kind::ALL {
            let names = &self.seen[kind as usize];
            if names.is_empty() || !self.include.iter().any(|rule| rule.kind == kind && !rule.used) {
                continue;
            }
            let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
            let more = match names.len() - shown.len() {
                0 => String::new(),
                more => format!(", and {more} more"),
            };
            helps.push(format!("{}s in the document: {}{more}", kind.what(), shown.join(", ")));
        }
        let help = match helps.is_empty() {
            true => "an operation is selected if it matches every list in `include` and none in `exclude`".to_owned(),
            false => helps.join("; "),
        };
        Diagnostic::new(Code::NothingSelected, Place::Document, message).help(help)
    }
}

fn rules(criteria: &Criteria) -> Vec<Rule> {
    let lists = [&criteria.operations, &criteria.tags, &criteria.paths, &criteria.methods];
    let rules = Kind::ALL.into_iter().zip(lists).flat_map(|(kind, patterns)| {
        patterns.iter().map(move |pattern| Rule {
            kind,
            pattern: pattern.clone(),
            used: false,
        })
    });
    rules.collect()
}

/// By kind: whether a candidate fits one of the rules, if there are any.
fn fits(rules: &mut [Rule], candidate: &Candidate<'_>) -> [Option<bool>; 4] {
    Kind::ALL.map(|kind| {
        let values = kind.of(candidate);
        let mut fit = None;
        for rule in rules.iter_mut().filter(|rule| rule.kind == kind) {
            let matches = values.iter().any(|value| kind.matches(&rule.pattern, value));
            rule.used |= matches;
            fit = Some(fit.unwrap_or(false) || matches);
        }
        fit
    })
}

#[cfg(test)]
mod tests;
