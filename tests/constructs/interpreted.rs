//! What [`Models`] says of a value is what the compiled client does with it: every value that these tests decode, and
//! many that are like it.

use std::any::type_name;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use envoi::load::{Limits, read};
use envoi::{Config, Layout, Models, Site, generate};
use serde_json::{Map, Value, json};

/// By fixture: its types, and the names of its schemas by those of their types.
type Fixtures = BTreeMap<String, (Models, BTreeMap<String, String>)>;

static FIXTURES: LazyLock<Fixtures> = LazyLock::new(|| {
    let entries = std::fs::read_dir("tests/fixtures").expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let one = |path: std::path::PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let source = read(&path, &Limits::default()).expect("it can be read");
        let config = Config {
            layout: Layout::Module,
            ..Config::default()
        };
        let components = generate(&source, &config).models.into_iter();
        let components = components.map(|(component, path)| (path.replace("models::", ""), component));
        let models = Models::of(&source, &config).expect("it has no errors");
        (name, (models, components.collect()))
    };
    paths.map(one).collect()
});

/// Holds what became of a value, read as a `T` and written again, against what is said of it without compiling; the
/// same for values that are like it.
pub(crate) fn check<T>(input: &Value, compiled: impl Fn(&Value) -> Result<Value, String>) {
    let Some((models, site)) = site::<T>() else { return };
    let ty = type_name::<T>();
    let inputs = like(input);
    let pairs: Vec<_> = inputs.iter().map(|input| (&site, input)).collect();
    for (input, interpreted) in inputs.iter().zip(models.there_and_back(&pairs)) {
        match (compiled(input), interpreted) {
            (Ok(compiled), Ok(interpreted)) => assert_eq!(compiled, interpreted, "of {input}, as {ty}"),
            (Err(_), Err(_)) => {}
            (compiled, interpreted) => {
                panic!("{input}, as {ty}, is {compiled:?} compiled, and {interpreted:?} interpreted")
            }
        }
    }
}

/// Checks that a value is refused without compiling, too.
pub(crate) fn check_refused<T>(input: &Value) {
    if let Some((models, site)) = site::<T>() {
        let read = models.there_and_back(&[(&site, input)]);
        assert!(
            read[0].is_err(),
            "{input}, as {}, is {read:?} interpreted",
            type_name::<T>()
        );
    }
}

/// The component that a type was made from; nothing for other types.
fn site<T>() -> Option<(&'static Models, Site)> {
    let mut steps = type_name::<T>().split("::").skip_while(|step| *step != "fixtures");
    let (fixture, ty) = steps.nth(1).zip(steps.last())?;
    let (models, components) = &FIXTURES[fixture];
    let site = models.component(components.get(ty)?)?;
    Some((models, site))
}

/// A value, and values that differ from it in one place.
fn like(input: &Value) -> Vec<Value> {
    let others = [
        json!(null),
        json!("text"),
        json!(""),
        json!("2024-02-29T12:00:00.5+01:00"),
        json!("0A11b189-8bf9-3888-9912-ace4e6543002"),
        json!("YW Jj_w"),
        json!(7),
        json!(-7.0),
        json!(5_000_000_000_i64),
        json!(18_446_744_073_709_551_615_u64),
        json!(1.5),
        json!(true),
        json!([]),
        json!([null, "a"]),
        json!({}),
        json!({ "unknown": null }),
    ];
    let mut found = vec![input.clone()];
    found.extend(others.iter().cloned());
    match input {
        Value::Object(members) => {
            for (name, member) in members {
                let mut without = members.clone();
                without.remove(name);
                found.push(Value::Object(without));
                found.extend(like(member).into_iter().map(|value| with(members, name, value)));
            }
            found.push(with(members, "unknown", json!(1)));
            found.push(with(members, "unknown", json!("text")));
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                found.extend(like(element).into_iter().map(|value| {
                    let mut changed = elements.clone();
                    changed[index] = value;
                    Value::Array(changed)
                }));
            }
            found.push(Value::Array(elements.iter().skip(1).cloned().collect()));
        }
        _ => {}
    }
    found
}

fn with(members: &Map<String, Value>, name: &str, value: Value) -> Value {
    let mut members = members.clone();
    members.insert(name.to_owned(), value);
    Value::Object(members)
}
