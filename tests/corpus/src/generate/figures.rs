//! The figures of a whole run.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::one::{Failure, Kept, Report};

#[derive(Debug, Default)]
pub struct Figures {
    documents: usize,
    generated: usize,
    panicked: usize,
    with_errors: usize,
    differing: usize,
    operations: Sum,
    parameters: Sum,
    types: usize,
    fields: usize,
    values: usize,
    untyped: usize,
    fallen: BTreeMap<String, usize>,
    diagnostics: BTreeMap<&'static str, usize>,
    failures: Vec<String>,
    /// Operations without a method in the client, whether a diagnostic names them or not.
    missing: Vec<String>,
}

#[derive(Debug, Default)]
struct Sum {
    declared: usize,
    emitted: usize,
    left_out: usize,
    dropped: usize,
}

impl Sum {
    fn add(&mut self, kept: &Kept) {
        self.declared += kept.declared;
        self.emitted += kept.emitted;
        self.left_out += kept.left_out.len();
        self.dropped += kept.dropped.len();
    }

    fn summary(&self) -> Value {
        json!({
            "declared": self.declared,
            "emitted": self.emitted,
            "left out with a diagnostic": self.left_out,
            "dropped": self.dropped,
        })
    }
}

impl Figures {
    pub fn of(reports: &[Report]) -> Self {
        let mut figures = Self::default();
        for report in reports {
            figures.add(report);
        }
        figures
    }

    fn add(&mut self, report: &Report) {
        self.documents += 1;
        match &report.failure {
            None => self.generated += 1,
            Some(Failure::Panicked(_)) => self.panicked += 1,
            Some(Failure::Errors(_)) => self.with_errors += 1,
            Some(Failure::Differs(_)) => self.differing += 1,
        }
        if let Some(failure) = &report.failure {
            self.failures.push(format!("{}: {failure:?}", report.name));
        }
        self.operations.add(&report.operations);
        self.parameters.add(&report.parameters);
        self.types += report.types;
        self.fields += report.fields;
        self.values += report.values;
        self.untyped += report.untyped;
        for (_, reason) in &report.fallen {
            *self.fallen.entry(reason.clone()).or_default() += 1;
        }
        for (code, count) in &report.diagnostics {
            *self.diagnostics.entry(code).or_default() += count;
        }
        let missing = report.operations.left_out.iter().chain(&report.operations.dropped);
        self.missing
            .extend(missing.map(|title| format!("{}: {title}", report.name)));
    }

    /// What must be true of every document, whatever it was before.
    pub fn sound(&self) -> bool {
        let kept = |sum: &Sum| sum.dropped == 0;
        self.panicked == 0
            && self.with_errors == 0
            && self.differing == 0
            && kept(&self.operations)
            && kept(&self.parameters)
            && self.operations.left_out * 1000 <= self.operations.declared
    }

    /// The figures as they are committed; the times and sizes of the machine are for readers only.
    pub fn summary(&self, seconds: u64, peak_memory: Option<u64>) -> Value {
        json!({
            "documents": {
                "all": self.documents,
                "generated": self.generated,
                "panicked": self.panicked,
                "with errors": self.with_errors,
                "differing": self.differing,
            },
            "failures": self.failures,
            "operations": self.operations.summary(),
            "missing operations": self.missing,
            "parameters": self.parameters.summary(),
            "types": self.types,
            "fields": self.fields,
            "values": {
                "all": self.values,
                "any, as the document does not say more": self.untyped,
                "any, though the document says more": self.fallen.values().sum::<usize>(),
                "reasons": self.fallen,
            },
            "diagnostics": self.diagnostics,
            "measured, not compared": {
                "seconds": seconds,
                "peak memory in MiB": peak_memory,
            },
        })
    }
}
