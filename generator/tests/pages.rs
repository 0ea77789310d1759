//! The pages for readers: what they say, how they hang together, and what no text of a document can do to them.

use std::collections::{BTreeMap, BTreeSet};

use envoi::package::{Member, Package, several, standalone};
use envoi::{Config, OutputFile, Source};

/// The pages of the three vendored APIs, by path.
fn vendored() -> BTreeMap<String, String> {
    let member = |(module, document): (&str, &str)| Member {
        module: module.to_owned(),
        source: Source::new(
            document,
            std::fs::read(format!("../specs/{document}")).expect("a document"),
        ),
        config: Config::default(),
    };
    let documents = [
        ("fastly", "fastly.yaml"),
        ("octopus", "octopus.json"),
        ("clerk", "clerk.yaml"),
    ];
    let members: Vec<Member> = documents.into_iter().map(member).collect();
    pages(several(&members, &Package::new("invitations")).files)
}

fn of_fixture(name: &str) -> Vec<OutputFile> {
    let text = std::fs::read(format!("../tests/fixtures/{name}")).expect("a fixture");
    standalone(&Source::new(name, text), &Config::default(), &Package::new("pages")).files
}

fn pages(files: Vec<OutputFile>) -> BTreeMap<String, String> {
    let pages = files.into_iter().filter(|file| file.path.ends_with(".md"));
    pages.map(|file| (file.path, file.text)).collect()
}

/// What the pages say that SDK generators wrote for these ten operations, by the page of ours that says it.
const FACTS: &[(&str, &[&str])] = &[
    (
        "docs/fastly/InvitationsApi.md",
        &[
            "`https://api.fastly.com`",
            "`https://rt.fastly.com`",
            "## create",
            "## delete",
            "## list",
            "`POST /invitations`",
            "`DELETE /invitations/{invitation_id}`",
            "`GET /invitations`",
            "header `Fastly-Key`",
            "**Content-Type**: `application/vnd.api+json`",
            "**Accept**: `application/vnd.api+json`",
            "query `page[number]`",
            "query `page[size]`",
            "| optional | `20` | At least `1`. At most `100`. | `20` |",
            "| 204 | Done; there is nothing to return. | no body |",
            "3krg2uUGZzb2W9Euo4moOY",
            "A superuser may invite with any role",
            "An engineer whose own role is not limited to certain services may invite too",
            "Nobody else can send invitations.",
            ".limit_services(true)",
            "ServiceInvitationDataAttributesPermission::PurgeAll",
            "RelationshipMemberService::default().id(\"6yrrdleXQ9QDtum9rMB0nr\")",
            "[`Invitation`](Invitation.md)",
            "[`InvitationsResponse`](InvitationsResponse.md)",
            "[`InvitationCreateResponse`](InvitationCreateResponse.md)",
        ],
    ),
    (
        "docs/fastly/InvitationData.md",
        &[
            "`email`",
            "`limit_services`",
            "`role`",
            "(RoleUser.md)",
            "`status_code`",
            "Cannot be accepted.",
        ],
    ),
    (
        "docs/fastly/RoleUser.md",
        &["`user`", "`billing`", "`engineer`", "`superuser`"],
    ),
    (
        "docs/fastly/ServiceInvitationData.md",
        &["`full`", "`read_only`", "`purge_select`", "`purge_all`"],
    ),
    (
        "docs/fastly/Timestamps.md",
        &["`created_at`", "`deleted_at`", "`updated_at`", "Read-only."],
    ),
    (
        "docs/fastly/Pagination.md",
        &[
            "`per_page`",
            "`record_count`",
            "`total_pages`",
            "`current_page`",
            "`next`",
        ],
    ),
    ("docs/fastly/IdInvitation.md", &["3krg2uUGZzb2W9Euo4moOY"]),
    (
        "docs/octopus/InvitationsApi.md",
        &[
            "## create_response_descriptor_users_invitation_invitation_resource\n",
            "## create_response_descriptor_users_invitation_invitation_resource_spaces\n",
            "## load_response_descriptor_users_invitation_invitation_resource\n",
            "## load_response_descriptor_users_invitation_invitation_resource_spaces\n",
            "`POST /{baseSpaceId}/users/invitations`",
            "`GET /users/invitations/{id}`",
            "`https://localhost/api`",
            "header `X-Octopus-ApiKey`",
            "query parameter `ApiKey`",
            "header `X-NuGet-ApiKey`",
            "path `baseSpaceId`",
            "| 201 |",
            "| 400 |",
            "| 404 |",
            "**Accept**: `application/json`",
        ],
    ),
    (
        "docs/octopus/InvitationResource.md",
        &[
            "`add_to_team_ids`, `AddToTeamIds` in JSON",
            "`InvitationCode`",
            "`Expires`",
            "`SpaceId`",
            "`LastModifiedOn`",
            "`LastModifiedBy`",
            "`Links`",
        ],
    ),
    (
        "docs/clerk/InvitationsApi.md",
        &[
            "`https://api.clerk.com/v1`",
            "## create",
            "## list",
            "## revoke",
            "`POST /invitations/{invitation_id}/revoke`",
            "query `limit`",
            "| optional | `10` | At least `1`. At most `500`. |",
            "query `offset`",
            "| optional | `0` |",
            "query `status`",
            "bearer token",
            "returns `CreateInvitationError`: `BadRequest` (400)",
            "| 200 |",
            "| 400 |",
            "| 404 |",
            "| 422 |",
            "[`ClerkErrors`](ClerkErrors.md)",
        ],
    ),
    (
        "docs/clerk/CreateInvitationRequest.md",
        &[
            "`email_address`",
            "`notify`",
            "`true`",
            "`ignore_existing`",
            "`false`",
            "`redirect_url`",
            "`public_metadata`",
        ],
    ),
];

#[test]
fn the_pages_say_what_the_pages_of_other_generators_say() {
    let pages = vendored();
    let mut missing = Vec::new();
    for (path, facts) in FACTS {
        let page = pages.get(*path).map_or("", String::as_str);
        missing.extend(
            facts
                .iter()
                .filter(|fact| !page.contains(**fact))
                .map(|fact| format!("{path}: {fact}")),
        );
    }
    assert!(missing.is_empty(), "\n{}\n", missing.join("\n"));
}

#[test]
fn a_readme_leads_from_nothing_to_a_call() {
    let readme = vendored().remove("README.md").expect("a README");
    for part in [
        "## Install",
        "### First call",
        "### Authentication",
        "`FASTLY_TOKEN`",
        "## Errors",
        "## Retries and timeouts",
        "## Pagination",
        "## Features",
        "### APIs",
        "### Models",
        "(docs/clerk/InvitationsApi.md)",
    ] {
        assert!(readme.contains(part), "{part}");
    }
}

#[test]
fn pages_are_the_same_from_run_to_run() {
    assert_eq!(vendored(), vendored());
}

/// The targets of links that stay within the pages.
fn links(page: &str) -> BTreeSet<String> {
    let parts = page.split("](").skip(1);
    let targets = parts
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.to_owned());
    targets.filter(|target| !target.contains("://")).collect()
}

/// The anchor that a heading gets.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter_map(|line| line.strip_prefix('#'));
    let texts = headings.map(|line| line.trim_start_matches('#').trim().to_lowercase());
    texts.map(|text| text.replace(' ', "-")).collect()
}

#[test]
fn links_lead_somewhere() {
    let hostile = pages(of_fixture("hostile_text.yaml"));
    for pages in [vendored(), hostile, pages(of_fixture("one_of.yaml"))] {
        for (path, page) in &pages {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            for link in links(page) {
                let (target, anchor) = link.split_once('#').unwrap_or((&link, ""));
                let mut segments: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
                for segment in target.split('/') {
                    match segment {
                        ".." => drop(segments.pop()),
                        segment => segments.push(segment),
                    }
                }
                let target = if target.is_empty() {
                    path.clone()
                } else {
                    segments.join("/")
                };
                let found = pages.get(&target).unwrap_or_else(|| panic!("{path}: {link}"));
                assert!(anchor.is_empty() || anchors(found).contains(anchor), "{path}: {link}");
            }
        }
    }
}

/// The lines of a page that are not in a block of code, and how the blocks are marked.
fn outside_of_code(page: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut lines, mut marks) = (Vec::new(), Vec::new());
    let mut open: Option<&str> = None;
    for line in page.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match open {
            None if ticks.len() > 2 => {
                open = Some(ticks);
                marks.push(line.trim_start_matches('`'));
            }
            None => lines.push(line),
            Some(fence) if line == fence => open = None,
            Some(_) => {}
        }
    }
    assert_eq!(open, None, "a block of code is not closed");
    (lines, marks)
}

/// How many cells a row of a table has.
fn cells(row: &str) -> usize {
    let row = row.replace("\\\\", "").replace("\\|", "");
    row.matches('|').count() - 1
}

/// Pages that no text of a document has broken.
fn check_sane(pages: &BTreeMap<String, String>) {
    assert!(pages.len() > 1);
    for (path, page) in pages {
        let (lines, marks) = outside_of_code(page);
        for mark in marks {
            assert!(
                ["rust", "rust,ignore", "json", "text", "toml"].contains(&mark),
                "{path}: {mark}"
            );
        }
        let mut columns = None;
        for line in lines.iter().skip(1) {
            assert!(line.matches("<br>").count() < 2, "{path}: {line}");
            let html = line.match_indices('<').find(|(at, _)| {
                let escaped = line[..*at].ends_with('\\') || line[..*at].matches('`').count() % 2 == 1;
                // Ours is what parts a request from its description.
                let ours = line.starts_with("| [`") && line[..*at].ends_with('`') && line[*at..].starts_with("<br>");
                !escaped && !ours && !line[*at..].starts_with("<http")
            });
            assert_eq!(html, None, "{path}: {line}");
            assert!(
                !line.starts_with("    ") || line.trim().is_empty(),
                "{path}: code {line}"
            );
            if line.starts_with("| ") {
                let own = cells(line);
                assert_eq!(*columns.get_or_insert(own), own, "{path}: {line}");
            } else if !line.starts_with("|") {
                columns = None;
            }
        }
        let hidden = page
            .chars()
            .find(|c| c.is_control() && *c != '\n' || ('\u{202a}'..='\u{202e}').contains(c));
        assert_eq!(hidden, None, "{path}");
    }
}

#[test]
fn hostile_text_gives_sane_pages() {
    check_sane(&pages(of_fixture("hostile_text.yaml")));
    check_sane(&vendored());
}

#[test]
fn a_very_long_description_is_cut() {
    let long = "| a | `b` <b>\\n".repeat(40_000);
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: t, version: '1' }}\npaths:\n  /a:\n    get:\n      description: \"{long}\"\n      \
         responses: {{ '200': {{ description: \"{long}\" }} }}\n"
    );
    let source = Source::new("long.yaml", text);
    let pages = pages(standalone(&source, &Config::default(), &Package::new("long")).files);
    check_sane(&pages);
    assert!(pages.values().all(|page| page.len() < 200_000));
}

#[test]
fn the_only_doctests_are_ours() {
    for file in of_fixture("hostile_text.yaml")
        .iter()
        .filter(|file| file.path.starts_with("src/") && !file.path.starts_with("src/runtime/"))
    {
        let fences = file.text.lines().filter_map(|line| {
            line.trim()
                .trim_start_matches("///")
                .trim_start_matches("//!")
                .trim()
                .strip_prefix("```")
        });
        let mut open = false;
        for mark in fences {
            open = !open;
            assert!(!open || ["text", "no_run"].contains(&mark), "{}: {mark}", file.path);
        }
    }
}

#[test]
fn pages_and_examples_can_be_switched_off() {
    let source = Source::new("clerk.yaml", std::fs::read("../specs/clerk.yaml").expect("a document"));
    let config = Config {
        documentation: envoi::Documentation {
            pages: false,
            examples: envoi::Examples::None,
        },
        ..Config::default()
    };
    let files = standalone(&source, &config, &Package::new("clerk")).files;
    let extra = files
        .iter()
        .find(|file| file.path.ends_with(".md") || file.path.starts_with("examples/"));
    assert_eq!(extra, None);
    assert!(
        !files
            .iter()
            .any(|file| !file.path.starts_with("src/runtime/") && file.text.contains("```no_run"))
    );
}

/// The macro `json!` takes no comma after a single value.
#[test]
fn a_long_value_of_any_type_is_a_value_of_json() {
    let long = "a".repeat(150);
    let document = format!(
        "{{ openapi: 3.1.0, info: {{ title: T, version: '1' }}, paths: {{ /a: {{ post: {{ operationId: send, \
         requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ type: object, required: [any], \
         properties: {{ any: {{ example: {long} }} }} }} }} }} }}, responses: {{ '204': {{ description: D }} }} }} }} }} }}"
    );
    let package = standalone(&Source::new("t.yaml", document), &Config::default(), &Package::new("t"));
    let program = package.files.iter().find(|file| file.path.starts_with("examples/"));
    let program = &program.expect("an example").text;
    assert!(program.contains(&format!("json!(\"{long}\")")), "{program}");
}

fn page_of(document: &str, path: &str) -> String {
    let outcome = standalone(&Source::new("t.yaml", document), &Config::default(), &Package::new("t"));
    pages(outcome.files).remove(path).unwrap_or_else(|| panic!("no {path}"))
}

#[test]
fn long_lists_and_long_paths_leave_room() {
    let many: Vec<String> = (0..31).map(|number| format!("v{number}")).collect();
    let document = format!(
        "{{ openapi: 3.1.0, info: {{ title: T, version: '1' }}, paths: {{ /a/{long}: {{ get: {{ operationId: look, tags: [t], \
         summary: Looks., parameters: [{{ name: p, in: query, schema: {{ $ref: '#/components/schemas/Many' }} }}], responses: \
         {{ '204': {{ description: D }} }} }} }} }}, components: {{ schemas: {{ Many: {{ type: string, enum: [{many}] }} }} }} }}",
        long = "very-long/".repeat(9),
        many = many.join(", ")
    );
    let model = page_of(&document, "docs/Many.md");
    assert!(model.contains("`V0` (`v0`), `V1` (`v1`)"), "{model}");
    let api = page_of(&document, "docs/TApi.md");
    assert!(api.contains("`<br>Looks. |\n"), "{api}");
    assert!(api.contains("| Name | Type | Sent as | Required |\n"), "{api}");
}

/// A name that ends in `_`, since it is a keyword without, gets no second one.
#[test]
fn variables_of_examples_are_in_snake_case() {
    let member = "{ type: object, required: [type, deep], properties: { type: { type: array, items: { $ref: \
                  '#/components/schemas/Long' } }, deep: { type: string } } }";
    let document = format!(
        "{{ openapi: 3.1.0, info: {{ title: T, version: '1' }}, paths: {{ /a: {{ post: {{ operationId: send, tags: [t], \
         requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Whole' }} }} }} }}, responses: \
         {{ '204': {{ description: D }} }} }} }} }}, components: {{ schemas: {{ Long: {{ type: object, required: [a, b, c], \
         properties: {{ a: {{ type: string, example: {long} }}, b: {{ type: string }}, c: {{ type: string }} }} }}, Whole: {{ \
         type: object, required: [type, other], properties: {{ type: {member}, other: {member} }} }} }} }} }}",
        long = "x".repeat(70),
    );
    let page = page_of(&document, "docs/Whole.md");
    assert!(page.contains("let type_ = "), "{page}");
    assert!(page.contains("let type_2 = ") && !page.contains("type__"), "{page}");
}
