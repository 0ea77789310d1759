//! Diagnostics about combined schemas that have no type: the schema that combines them, where, and how to fix it.

mod support;

use envoi::Code;
use support::said;

#[track_caller]
fn check(schemas: &str, code: Code, message: &str, related: &[&str], help: &str) {
    let said = said(schemas, code);
    let [only] = said.as_slice() else {
        panic!("one message was expected: {said:?}");
    };
    assert_eq!(only.message, message);
    let places: Vec<String> = only
        .related
        .iter()
        .map(|(at, label)| format!("{at}: {label}"))
        .collect();
    assert_eq!(places, related);
    let found = only.help.as_deref().unwrap_or_default();
    assert!(found.contains(help), "{found}");
}

#[test]
fn properties_that_contradict_each_other() {
    check(
        "    Lid: { type: object, properties: { weight: { type: number } } }
    Kettle: { allOf: [{ $ref: '#/components/schemas/Lid' }, { type: object, properties: { weight: { type: string } } }] }",
        Code::Contradiction,
        "`Kettle.weight` combines schemas that have no type in common, `number` and `string`; generated as \
         `serde_json::Value`",
        &["#/components/schemas/Kettle/allOf/1/properties/weight: `string` here"],
        "`oneOf`",
    );
}

#[test]
fn cases_of_several_types() {
    check(
        "    Lid: { type: object, properties: { weight: { type: number } } }
    Kettle:
      type: object
      properties: { kind: { type: string } }
      then: { properties: { lid: { $ref: '#/components/schemas/Lid' } } }
      else: { properties: { lid: { type: string, format: uuid } } }",
        Code::UntypedSchema,
        "`lid` is `Lid` in one case and `string` (`uuid`) in another; generated as `serde_json::Value`",
        &["#/components/schemas/Kettle/else/properties/lid: `string` (`uuid`) here"],
        "declare `lid` in `properties`",
    );
}

#[test]
fn choices_with_too_many_combinations() {
    let branches = |prefix: &str| {
        let branch = |index: usize| {
            format!(
                "{{ type: object, required: [{prefix}{index}], properties: {{ {prefix}{index}: {{ type: string }} }} }}"
            )
        };
        (0..6).map(branch).collect::<Vec<_>>().join(", ")
    };
    check(
        &format!(
            "    Kettle: {{ oneOf: [{}], anyOf: [{}] }}",
            branches("a"),
            branches("b")
        ),
        Code::UntypedSchema,
        "2 `oneOf` or `anyOf` in `Kettle` have 36 combinations; generated as `serde_json::Value`",
        &[
            "#/components/schemas/Kettle/oneOf: 6 branches here",
            "#/components/schemas/Kettle/anyOf: 6 branches here",
        ],
        "one `oneOf`",
    );
}

#[test]
fn objects_that_stay_apart_are_no_matter() {
    let schemas = "    Kettle: { anyOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { a: { type: number } } }] }";
    assert_eq!(said(schemas, Code::UntypedSchema), []);
    assert_eq!(said(schemas, Code::Contradiction), []);
}

/// Each schema chooses between the next two, and has a property beside the choice: without a bound, 2ⁿ types.
#[test]
fn choices_within_choices_are_bounded() {
    let levels = |count: usize| {
        let level = |index: usize| {
            let branch = |prefix: &str| format!("{{ $ref: '#/components/schemas/{prefix}{}' }}", index + 1);
            let choice = format!("oneOf: [{}, {}]", branch("S"), branch("T"));
            format!(
                "    S{index}: {{ {choice}, properties: {{ s{index}: {{ type: string }} }} }}\n    T{index}: {{ allOf: [{{ $ref: \
                 '#/components/schemas/S{index}' }}, {{ properties: {{ t{index}: {{ type: string }} }} }}] }}\n"
            )
        };
        let end = "    S{n}: { type: object }\n    T{n}: { type: object, required: [t], properties: { t: { type: string } } }\n"
            .replace("{n}", &count.to_string());
        (0..count).map(level).collect::<String>() + &end
    };
    let outcome = |count: usize| {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{}",
            levels(count)
        );
        envoi::generate(&envoi::Source::new("choices.yaml", text), &envoi::Config::default())
    };
    let few = outcome(3);
    assert!(few.diagnostics.is_empty(), "{:?}", few.diagnostics);
    let many = outcome(30);
    assert!(many.types < 5_000, "{} types", many.types);
    let mut said = many
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == Code::UntypedSchema);
    assert!(
        said.all(|diagnostic| diagnostic.message.contains("too many combinations")),
        "{:?}",
        many.diagnostics
    );
    assert!(!many.diagnostics.is_empty());
}

/// Each schema includes the one before it, and has a property of its own: without a bound, n² properties.
#[test]
fn schemas_that_include_each_other_are_bounded() {
    let outcome = |count: usize| {
        let level = |index: usize| {
            format!(
                "    S{}: {{ $ref: '#/components/schemas/S{index}', properties: {{ s{index}: {{ type: string }} }} }}\n",
                index + 1
            )
        };
        let levels: String = (0..count).map(level).collect();
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    S0: {{ type: \
             object, properties: {{ s: {{ type: string }} }} }}\n{levels}"
        );
        envoi::generate(&envoi::Source::new("includes.yaml", text), &envoi::Config::default())
    };
    let few = outcome(100);
    assert!(few.diagnostics.is_empty(), "{:?}", few.diagnostics);
    let many = outcome(400);
    let bytes: usize = many.files.iter().map(|file| file.text.len()).sum();
    assert!(bytes < 20_000_000, "{bytes} bytes");
    assert!(!many.diagnostics.is_empty());
    assert!(
        many.diagnostics
            .iter()
            .all(|diagnostic| diagnostic.code == Code::UntypedSchema
                && diagnostic.message.contains("include each other")),
        "{:?}",
        many.diagnostics.iter().next()
    );
}

/// What is found out of a schema is not found out again for each of the ways that lead to it: there are 20¹¹ here.
#[test]
fn schemas_that_many_ways_lead_to_are_looked_at_once() {
    let reference = |name: &str, index: usize| format!("{{ $ref: '#/components/schemas/{name}{index}' }}");
    let mut schemas = String::new();
    for level in 0..12 {
        for name in ["S", "T"] {
            let property = |index: usize| format!("p{index}: {}", reference(name, level + 1));
            let properties: Vec<String> = (0..20).map(property).collect();
            schemas += &format!(
                "    {name}{level}: {{ type: object, properties: {{ {} }} }}\n",
                properties.join(", ")
            );
        }
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for level in 0..8 {
            let branches = vec![reference(keyword, level + 1); 400];
            schemas += &format!("    {keyword}{level}: {{ {keyword}: [{}] }}\n", branches.join(", "));
        }
        schemas += &format!("    {keyword}8: {{ }}\n");
    }
    let body = |path: &str, media_type: &str, schema: &str| {
        format!(
            "  /{path}: {{ post: {{ requestBody: {{ content: {{ {media_type}: {{ schema: {schema} }} }} }}, responses: {{ '204': {{ \
             description: Done. }} }} }} }}\n"
        )
    };
    let mut paths = String::new();
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for (kind, media_type) in [("parts", "multipart/form-data"), ("json", "application/json")] {
            paths += &body(&format!("{keyword}-{kind}"), media_type, &reference(keyword, 0));
        }
    }
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n{paths}components:\n  schemas:\n{schemas}    S12: {{ type: \
         string }}\n    T12: {{ type: string }}\n    Either: {{ anyOf: [{}, {}] }}\n",
        reference("S", 0),
        reference("T", 0)
    );
    let outcome = envoi::generate(&envoi::Source::new("ways.yaml", text), &envoi::Config::default());
    let file = |path: &str| outcome.files.iter().any(|file| file.path == path);
    assert!(file("src/models/either.rs") && file("src/models/s11.rs"));
}

/// What is done for each value does not look at all others.
#[test]
fn long_enums_are_read_in_one_go() {
    let values: String = (0..40_000).map(|index| format!("\"value {index}\",")).collect();
    let text = format!(
        "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \"paths\": {{}}, \"components\": \
         {{\"schemas\": {{\"Long\": {{\"type\": \"string\", \"enum\": [{}]}}}}}}}}",
        values.trim_end_matches(',')
    );
    let begin = std::time::Instant::now();
    let outcome = envoi::generate(&envoi::Source::new("long.json", text), &envoi::Config::default());
    assert_eq!(outcome.types, 1);
    // comparing each with each took minutes
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
}
