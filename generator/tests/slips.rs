//! Diagnostics about contradictions in schemas.

mod support;

use envoi::Code;
use support::said;

#[track_caller]
fn check(schemas: &str, code: Code, expected: &[&str]) {
    let found = said(schemas, code);
    let found: Vec<&str> = found.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_default_that_is_not_listed() {
    check(
        "    Colour: { type: string, enum: [red, green], default: blue }
    Kettle:
      type: object
      properties:
        size: { type: integer, enum: [1, 2], default: 3 }
        lid: { allOf: [{ $ref: '#/components/schemas/Colour' }], default: black }
        rim: { $ref: '#/components/schemas/Colour', default: grey }",
        Code::Default,
        &[
            "`default` is `blue`, which is not in the `enum`",
            "`default` is `3`, which is not in the `enum`",
            "`default` is `black`, which is not in the `enum`",
            "`default` is `grey`, which is not in the `enum`",
        ],
    );
}

#[test]
fn a_default_that_is_listed_somehow() {
    check(
        "    Colour: { type: string, enum: [red, green, '1', 'true'], default: red }
    Kettle:
      type: object
      properties:
        size: { type: number, enum: [1.0, 2], default: 1 }
        lid: { allOf: [{ $ref: '#/components/schemas/Colour' }], default: green }
        rim: { oneOf: [{ $ref: '#/components/schemas/Colour' }, { type: string, enum: [blue] }], default: blue }
        ears: { type: [string, 'null'], enum: [one, two, null], default: null }
        feet: { type: string, enum: [four, 1], default: 1 }
        top: { type: [string, integer], enum: [a, 1], default: 1 }",
        Code::Default,
        &[],
    );
}

const BRANCHES: &str = "    Electric: { type: object, required: [kind], properties: { kind: { type: string } } }
    Stove: { type: object, properties: { kind: { type: string }, gas: { type: boolean } } }\n";

#[test]
fn a_mapping_that_leads_nowhere() {
    let schemas = format!(
        "{BRANCHES}    Kettle:
      oneOf: [{{ $ref: '#/components/schemas/Electric' }}, {{ $ref: '#/components/schemas/Stove' }}]
      discriminator: {{ propertyName: kind, mapping: {{ e: '#/components/schemas/Electrc', s: Stove, x: Nothing }} }}
    Base: {{ type: object, discriminator: {{ propertyName: kind, mapping: {{ y: '#/components/schemas/Absent' }} }} }}"
    );
    check(
        &schemas,
        Code::Invalid,
        &[
            "`e` is mapped to `#/components/schemas/Electrc`, which points to nothing; this entry is ignored",
            "`x` is mapped to `Nothing`, which points to nothing; this entry is ignored",
            "`y` is mapped to `#/components/schemas/Absent`, which points to nothing; this entry is ignored",
        ],
    );
    let said = said(&schemas, Code::Invalid);
    assert!(said[0].help.as_deref().is_some_and(|help| help.contains("Electric")));
}

#[test]
fn a_discriminator_that_no_branch_may_have() {
    let branch = |name: &str| {
        format!("{{ type: object, required: [{name}], properties: {{ {name}: {{}} }}, additionalProperties: false }}")
    };
    let kettle = |lid: &str| {
        format!(
            "    Lid: {lid}\n    Rim: {}\n    Kettle: {{ oneOf: [{{ $ref: '#/components/schemas/Lid' }}, \
             {{ $ref: '#/components/schemas/Rim' }}], discriminator: {{ propertyName: kind }} }}",
            branch("rim")
        )
    };
    check(
        &kettle(&branch("lid")),
        Code::Invalid,
        &["no branch declares the discriminator property `kind`, and all forbid additional properties"],
    );
    check(&kettle("{ type: object }"), Code::Invalid, &[]);
    check(&kettle(&branch("kind")), Code::Invalid, &[]);
}

#[test]
fn lists_of_the_same_values_are_alike() {
    let lists = |second: &str| {
        format!(
            "    Kettle:
      oneOf:
        - {{ title: Lids, type: array, items: {{ type: string, enum: [a, b] }} }}
        - {{ title: Rims, type: array, items: {{ type: string, enum: {second} }} }}"
        )
    };
    check(
        &lists("[b, a]"),
        Code::Alike,
        &["`Rims` cannot be distinguished from `Lids` before it"],
    );
    check(&lists("[b, c]"), Code::Alike, &[]);
}
