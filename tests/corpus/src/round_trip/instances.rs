//! Instances of schemas: their own examples, and values that are made to try each part of them.

use serde_json::{Map, Value, json};

use super::flat::Flat;
use super::schemas::Schemas;
use super::text;
use crate::random::Random;

/// How deep values are made; below, only what must be there.
const DEEP: usize = 5;

/// How deep values are made at all.
const DEEPEST: usize = 24;

/// How many values are made to take each branch and each listed value once.
const MOST_TURNS: usize = 10;

/// How many values are made by chance.
const RANDOM: usize = 3;

/// Where an instance comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// `example`, `examples` or `default`.
    Example,
    /// Made from the schema.
    Made,
}

/// How values are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Only what must be there.
    Minimal,
    /// All that can be there; the number turns the choices.
    Maximal(usize),
    /// All that can be there, `null` where that is admitted.
    Null,
    /// All that can be there, with the members of every branch of an `anyOf`.
    Mixed,
    /// As it comes.
    Random,
}

/// The examples that a schema has itself.
pub fn examples(schema: &Value) -> Vec<Value> {
    let mut found: Vec<Value> = ["example", "default"]
        .iter()
        .filter_map(|key| schema.get(key))
        .cloned()
        .collect();
    match schema.get("examples") {
        Some(Value::Array(list)) => found.extend(list.iter().cloned()),
        Some(Value::Object(named)) => {
            found.extend(named.values().map(|one| one.get("value").unwrap_or(one).clone()));
        }
        _ => {}
    }
    found
}

/// Values made from a schema, each once.
pub fn made(schemas: &Schemas<'_>, schema: &Value, random: &mut Random) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    let mut alternatives = 1;
    let mut modes = vec![Mode::Minimal, Mode::Maximal(0)];
    let mut next = 0;
    while let Some(mode) = modes.get(next).copied() {
        let mut making = Making {
            schemas,
            mode,
            random: &mut *random,
            alternatives: 1,
        };
        let value = making.value(&[schema], 0);
        alternatives = alternatives.max(making.alternatives);
        if let Some(value) = value
            && !values.contains(&value)
        {
            values.push(value);
        }
        next += 1;
        if next == 2 {
            modes.extend((1..alternatives.min(MOST_TURNS)).map(Mode::Maximal));
            modes.extend([Mode::Null, Mode::Mixed]);
            modes.extend([Mode::Random; RANDOM]);
        }
    }
    values
}

struct Making<'a> {
    schemas: &'a Schemas<'a>,
    mode: Mode,
    random: &'a mut Random,
    /// The most that there was to choose from at one place.
    alternatives: usize,
}

impl<'a> Making<'a> {
    fn choose(&mut self, from: usize) -> usize {
        self.alternatives = self.alternatives.max(from);
        match self.mode {
            Mode::Minimal | Mode::Null | Mode::Mixed => 0,
            Mode::Maximal(turn) => turn % from.max(1),
            Mode::Random => self.random.below(from),
        }
    }

    fn value(&mut self, schemas: &[&'a Value], depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let mut flat = Flat::default();
        for schema in schemas {
            let tables = self.schemas;
            flat.add(tables, schema, 0, &mut |branches| {
                // Where values get too deep, the first branch that ends is as good as any.
                let chosen = self.choose(branches.count);
                (!branches.several || self.mode != Mode::Mixed).then_some(chosen)
            })?;
        }
        if let Some(constant) = flat.constant {
            return Some(constant.clone());
        }
        let null = flat.admits_null();
        if null && self.wants_null(depth) {
            return Some(Value::Null);
        }
        if !flat.listed.is_empty() {
            let values: Vec<&Value> = flat.listed[0].iter().filter(|value| !value.is_null()).collect();
            let chosen = self.choose(values.len());
            return values.get(chosen).map(|value| (*value).clone()).or(Some(Value::Null));
        }
        let types = flat.types();
        let chosen = self.choose(types.len());
        match *types.get(chosen)? {
            "object" => self.object(&flat, depth),
            "array" => self.array(&flat, depth),
            "string" => self.string(&flat),
            "integer" => self.integer(&flat),
            "number" => self.number(&flat),
            "boolean" => Some(Value::Bool(self.choose(2) == 0)),
            _ => Some(Value::Null),
        }
    }

    /// A component that admits `null` says so where it is used: its type is what else it holds.
    fn wants_null(&mut self, depth: usize) -> bool {
        match self.mode {
            _ if depth == 0 => false,
            Mode::Null => true,
            Mode::Random => self.random.one_in(5),
            Mode::Minimal | Mode::Maximal(_) | Mode::Mixed => depth >= DEEP,
        }
    }

    fn wants_optional(&mut self, depth: usize) -> bool {
        depth < DEEP
            && match self.mode {
                Mode::Minimal => false,
                Mode::Maximal(_) | Mode::Null | Mode::Mixed => true,
                Mode::Random => self.random.one_in(2),
            }
    }

    fn object(&mut self, flat: &Flat<'a>, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        for (name, schemas) in &flat.properties {
            let required = flat.required.contains(name);
            if !required && !self.wants_optional(depth) {
                continue;
            }
            match self.value(schemas, depth + 1) {
                Some(value) => {
                    members.insert((*name).to_owned(), value);
                }
                None if required => return None,
                None => {}
            }
        }
        for name in &flat.required {
            if !members.contains_key(*name) {
                let value = self.value(&flat.extra, depth + 1)?;
                members.insert((*name).to_owned(), value);
            }
        }
        // Members that nobody declared are dropped by design; what `additionalProperties` declares is kept.
        let wanted = usize::try_from(flat.min_members)
            .unwrap_or(usize::MAX)
            .saturating_sub(members.len())
            .min(9);
        let wanted = if flat.open && self.wants_optional(depth) {
            wanted.max(1)
        } else {
            wanted
        };
        for index in 0..wanted {
            if let Some(value) = self.value(&flat.extra, depth + 1) {
                members.insert(format!("another {index}"), value);
            }
        }
        Some(Value::Object(members))
    }

    fn array(&mut self, flat: &Flat<'a>, depth: usize) -> Option<Value> {
        let least = usize::try_from(flat.min_items).unwrap_or(usize::MAX).min(50);
        let wanted = match self.mode {
            _ if depth >= DEEP => 0,
            Mode::Minimal | Mode::Null => 0,
            Mode::Maximal(_) => 2,
            Mode::Mixed => 1,
            Mode::Random => self.random.below(3),
        };
        let most = usize::try_from(flat.max_items).unwrap_or(usize::MAX);
        let mut elements: Vec<Value> = Vec::new();
        let before = self.mode;
        for index in 0..wanted.max(least).min(most) {
            if let Mode::Maximal(turn) = before {
                self.mode = Mode::Maximal(turn + index);
            }
            let own = flat
                .prefix
                .get(index)
                .map_or(flat.items.as_slice(), std::slice::from_ref);
            match self.value(own, depth + 1) {
                Some(value) if flat.unique && elements.contains(&value) => {}
                Some(value) => elements.push(value),
                None if elements.len() < least => return None,
                None => {}
            }
        }
        self.mode = before;
        Some(Value::Array(elements))
    }

    fn string(&mut self, flat: &Flat<'a>) -> Option<Value> {
        let turn = match self.mode {
            Mode::Minimal | Mode::Null | Mode::Mixed => 0,
            Mode::Maximal(turn) => turn,
            Mode::Random => self.random.below(8),
        };
        if let Some(format) = flat.format
            && let Some(made) = text::of_format(format, turn)
        {
            return Some(json!(made));
        }
        if let Some(pattern) = flat.pattern {
            let own = flat
                .examples
                .iter()
                .filter_map(|example| example.as_str())
                .map(str::to_owned);
            return text::of_pattern(pattern, own).map(Value::String);
        }
        Some(Value::String(text::of_length(turn, flat.min_length, flat.max_length)))
    }

    fn integer(&mut self, flat: &Flat<'a>) -> Option<Value> {
        let candidates = [0, 1, -1, 7, 2_147_483_647, 100, -2_147_483_648, 3_000_000_000];
        let mut fitting: Vec<i64> = candidates
            .into_iter()
            .filter(|number| flat.fits(*number as f64))
            .collect();
        for bound in [flat.minimum, flat.maximum].into_iter().flatten() {
            for near in [bound, bound + 1.0, bound - 1.0] {
                if near.fract() == 0.0 && near.abs() < 9e15 && flat.fits(near) {
                    fitting.push(near as i64);
                }
            }
        }
        let chosen = self.choose(fitting.len());
        fitting.get(chosen).map(|number| json!(number))
    }

    fn number(&mut self, flat: &Flat<'a>) -> Option<Value> {
        let mut fitting: Vec<f64> = [0.5, 0.0, 1.0, -1.5, 1e21, 12.25]
            .into_iter()
            .filter(|number| flat.fits(*number))
            .collect();
        for bound in [flat.minimum, flat.maximum].into_iter().flatten() {
            fitting.extend(
                [bound, bound + 0.5, bound - 0.5]
                    .into_iter()
                    .filter(|near| flat.fits(*near)),
            );
        }
        let chosen = self.choose(fitting.len());
        fitting.get(chosen).map(|number| json!(number))
    }
}
