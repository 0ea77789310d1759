//! A schema for making values: references followed, `allOf` put together, one branch of each choice taken.

use serde_json::{Map, Value};

use super::schemas::Schemas;

/// How many schemas hold at once before they are taken to contain themselves.
const DEEPEST: usize = 40;

/// The branches of a choice.
pub struct Branches {
    pub count: usize,
    /// Whether several of them may hold at once, so that none may be chosen to have all that are objects.
    pub several: bool,
}

/// Whether a schema is for objects, as far as its keywords or those of what it refers to say.
fn is_object<'a>(schemas: &'a Schemas<'a>, schema: &'a Value) -> bool {
    let mut schema = schema;
    for _ in 0..DEEPEST {
        if schema.get("properties").is_some() || schema.get("type").is_some_and(|ty| ty == "object") {
            return true;
        }
        let target = schema.get("$ref").and_then(Value::as_str);
        match target.and_then(|text| schemas.definition(text)) {
            Some(target) => schema = target,
            None => return false,
        }
    }
    false
}

#[derive(Default)]
pub struct Flat<'a> {
    types: Option<Vec<&'a str>>,
    pub constant: Option<&'a Value>,
    pub listed: Vec<&'a Vec<Value>>,
    pub properties: Vec<(&'a str, Vec<&'a Value>)>,
    /// Whether `properties` is there, with members or without: where no type is said, an object is meant.
    describes_object: bool,
    pub required: Vec<&'a str>,
    /// What members without a declaration hold.
    pub extra: Vec<&'a Value>,
    /// Whether such members are declared to be.
    pub open: bool,
    pub items: Vec<&'a Value>,
    pub prefix: Vec<&'a Value>,
    pub unique: bool,
    pub min_items: u64,
    pub max_items: u64,
    pub min_members: u64,
    pub min_length: u64,
    pub max_length: u64,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    exclusive: Vec<f64>,
    step: Option<f64>,
    pub format: Option<&'a str>,
    pub pattern: Option<&'a str>,
    pub examples: Vec<&'a Value>,
}

impl<'a> Flat<'a> {
    /// Adds a schema that holds as well; `None` when it never ends.
    pub fn add(
        &mut self,
        schemas: &'a Schemas<'a>,
        schema: &'a Value,
        depth: usize,
        choose: &mut dyn FnMut(Branches) -> Option<usize>,
    ) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        let Value::Object(object) = schema else {
            return Some(());
        };
        if self.max_items == 0 && self.max_length == 0 {
            (self.max_items, self.max_length) = (u64::MAX, u64::MAX);
        }
        self.keywords(object);
        if let Some(target) = object
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|text| schemas.definition(text))
        {
            self.add(schemas, target, depth + 1, choose)?;
        }
        for branch in list(object, "allOf") {
            self.add(schemas, branch, depth + 1, choose)?;
        }
        for key in ["oneOf", "anyOf"] {
            let branches: Vec<&Value> = list(object, key).collect();
            if branches.is_empty() {
                continue;
            }
            let mixed: Vec<&Value> = branches
                .iter()
                .copied()
                .filter(|branch| is_object(schemas, branch))
                .collect();
            let several = key == "anyOf" && mixed.len() > 1 && !object.contains_key("discriminator");
            let chosen = choose(Branches {
                count: branches.len(),
                several,
            });
            match chosen {
                Some(chosen) => self.add(schemas, branches.get(chosen)?, depth + 1, choose)?,
                None => {
                    for branch in mixed {
                        self.add(schemas, branch, depth + 1, choose)?;
                    }
                }
            }
        }
        Some(())
    }

    fn keywords(&mut self, object: &'a Map<String, Value>) {
        let number = |key: &str| object.get(key).and_then(Value::as_f64);
        let count = |key: &str| object.get(key).and_then(Value::as_u64);
        match object.get("type") {
            Some(Value::String(name)) => self.restrict_types(&[name]),
            Some(Value::Array(names)) => {
                let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
                self.restrict_types(&names);
            }
            _ => {}
        }
        self.constant = object.get("const").or(self.constant);
        self.listed.extend(object.get("enum").and_then(Value::as_array));
        self.describes_object |= object.contains_key("properties");
        for (name, schema) in object
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            match self.properties.iter_mut().find(|(known, _)| known == name) {
                Some((_, schemas)) => schemas.push(schema),
                None => self.properties.push((name, vec![schema])),
            }
        }
        self.required.extend(list(object, "required").filter_map(Value::as_str));
        match object.get("additionalProperties") {
            None | Some(Value::Bool(false)) => {}
            Some(schema) => {
                self.open = true;
                self.extra.push(schema);
            }
        }
        self.items.extend(object.get("items"));
        if self.prefix.is_empty() {
            self.prefix.extend(list(object, "prefixItems"));
        }
        self.unique |= object.get("uniqueItems") == Some(&Value::Bool(true));
        self.min_items = self.min_items.max(count("minItems").unwrap_or_default());
        self.max_items = self.max_items.min(count("maxItems").unwrap_or(u64::MAX));
        self.min_members = self.min_members.max(count("minProperties").unwrap_or_default());
        self.min_length = self.min_length.max(count("minLength").unwrap_or_default());
        self.max_length = self.max_length.min(count("maxLength").unwrap_or(u64::MAX));
        self.minimum = largest(self.minimum, number("minimum").or(number("exclusiveMinimum")));
        self.maximum = largest(
            self.maximum.map(|n| -n),
            number("maximum").or(number("exclusiveMaximum")).map(|n| -n),
        )
        .map(|n| -n);
        self.exclusive.extend(
            ["exclusiveMinimum", "exclusiveMaximum"]
                .iter()
                .filter_map(|key| number(key)),
        );
        self.step = number("multipleOf").or(self.step);
        self.format = object.get("format").and_then(Value::as_str).or(self.format);
        self.pattern = object.get("pattern").and_then(Value::as_str).or(self.pattern);
        self.examples
            .extend(["example", "default"].iter().filter_map(|key| object.get(*key)));
        self.examples.extend(list(object, "examples"));
    }

    fn restrict_types(&mut self, names: &[&'a str]) {
        let both = |own: &Vec<&'a str>| {
            let narrow = |name: &&'a str| names.contains(name) || (*name == "integer" && names.contains(&"number"));
            let mut common: Vec<&str> = own.iter().copied().filter(|name| narrow(name)).collect();
            if own.contains(&"number") && names.contains(&"integer") {
                common.push("integer");
            }
            common
        };
        self.types = Some(self.types.as_ref().map_or_else(|| names.to_vec(), both));
    }

    pub fn admits_null(&self) -> bool {
        let listed = self.listed.iter().all(|values| values.contains(&Value::Null));
        self.types.as_ref().is_some_and(|types| types.contains(&"null")) && listed
    }

    /// The types to choose from; what is not said follows from the other keywords.
    pub fn types(&self) -> Vec<&'a str> {
        match &self.types {
            Some(types) => {
                let some: Vec<&str> = types.iter().copied().filter(|name| *name != "null").collect();
                if some.is_empty() { types.clone() } else { some }
            }
            None if self.describes_object || !self.required.is_empty() || self.open => vec!["object"],
            None if !self.items.is_empty() => vec!["array"],
            None if self.format.is_some() || self.pattern.is_some() || self.min_length > 0 => vec!["string"],
            None if self.minimum.is_some() || self.maximum.is_some() => vec!["number"],
            None => vec!["string", "object", "number", "array", "boolean"],
        }
    }

    pub fn fits(&self, number: f64) -> bool {
        self.minimum.is_none_or(|bound| number >= bound)
            && self.maximum.is_none_or(|bound| number <= bound)
            && !self.exclusive.contains(&number)
            && self.step.is_none_or(|step| (number / step).fract() == 0.0)
    }
}

fn list<'a>(object: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    object.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn largest(left: Option<f64>, right: Option<f64>) -> Option<f64> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.max(right)),
        (left, right) => left.or(right),
    }
}
