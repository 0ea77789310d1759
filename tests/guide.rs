//! The code of pages compiles: that of the README and of the guide against a client of the document that the guide
//! calls, that of the pages of `generated/` against its clients.

/// The client, as a crate of its own would have it.
#[allow(dead_code, reason = "the guide does not use all of it")]
mod acme_client {
    include!(concat!(env!("OUT_DIR"), "/acme/mod.rs"));

    pub use envoi_runtime as runtime;
}

include!(concat!(env!("OUT_DIR"), "/guide.rs"));

/// Every link of the pages to a place of this repository leads somewhere.
#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    for path in pages("docs").into_iter().chain(["README.md".into()]) {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            if link.contains("://") {
                continue;
            }
            let target = if file.is_empty() {
                path.clone()
            } else {
                path.with_file_name("").join(file)
            };
            if !target.exists() {
                broken.push(format!("{}: {link}", path.display()));
            } else if !anchor.is_empty() && !anchors(&target).contains(&anchor.to_owned()) {
                broken.push(format!("{}: {link} has no such heading", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn pages(folder: &str) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(pages(&path.to_string_lossy()));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
    found
}

/// The headings of a page, as links name them.
fn anchors(path: &std::path::Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let headings = text
        .lines()
        .filter_map(|line| line.strip_prefix('#').map(|rest| rest.trim_start_matches('#')));
    let anchor = |heading: &str| {
        let kept = heading.trim().to_lowercase();
        kept.chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect()
    };
    headings.map(anchor).collect()
}
