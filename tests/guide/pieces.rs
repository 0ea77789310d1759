//! The Rust of pages as modules: programs as they are, pieces of one as functions.

use std::fmt::Write;
use std::path::PathBuf;
use std::{fs, io};

/// The code of pages that `fits`. What they call is in the module `acme_client` of the crate.
pub fn pieces(pages: &[PathBuf], fits: impl Fn(&str) -> bool) -> io::Result<String> {
    let mut text = String::new();
    for path in pages {
        let page = fs::read_to_string(path)?;
        let name = path.with_extension("").to_string_lossy().to_lowercase();
        let module = name.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        let blocks = page.split("```rust\n").skip(1);
        for (number, block) in blocks.enumerate() {
            let code = block.split("\n```").next().unwrap_or_default();
            if fits(code) {
                // writing to a text never fails
                let _ = writeln!(text, "{}", wrapped(&format!("{module}_{number}"), code));
            }
        }
    }
    Ok(text)
}

fn wrapped(module: &str, code: &str) -> String {
    let allowed = "#[allow(clippy::all, clippy::pedantic, unused)]";
    if code.contains("fn main()") || code.starts_with("mod ") {
        return format!("{allowed}\nmod {module} {{\nuse crate::acme_client;\n{code}\n}}");
    }
    format!(
        "{allowed}\nmod {module} {{\nuse crate::acme_client;\ntype Done = Result<(), Box<dyn std::error::Error>>;\n\
         async fn piece(client: &acme_client::Client) -> Done {{\n{code}\nOk(())\n}}\n}}"
    )
}
