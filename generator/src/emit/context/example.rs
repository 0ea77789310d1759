//! A call as a program: its parts, and its text as a doctest and as a whole program.

/// A call as a program.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    /// What it imports, line by line.
    pub(crate) imports: Vec<String>,
    /// The same where the client is at hand.
    pub(crate) imports_of_call: Vec<String>,
    /// The statement that makes the client.
    pub(crate) client: String,
    /// The statements that call the operation and look at what comes back.
    pub(crate) call: String,
    /// Whether it uses something deprecated.
    pub(crate) deprecated: bool,
}

/// How a function that can fail in many ways says so.
pub(crate) const RESULT: &str = "Result<(), Box<dyn std::error::Error>>";

impl Example {
    /// The lines of a doctest; those that begin with `#` are not shown.
    pub(crate) fn doctest(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.deprecated {
            lines.push("# #![allow(deprecated, reason = \"the operation is\")]".to_owned());
        }
        lines.push(format!("# async fn example() -> {RESULT} {{"));
        lines.extend(self.imports.iter().cloned());
        lines.push(String::new());
        let statements = [&self.client, &self.call];
        lines.extend(statements.iter().flat_map(|text| text.lines()).map(str::to_owned));
        lines.push("# Ok(())".to_owned());
        lines.push("# }".to_owned());
        lines
    }

    /// The whole program.
    pub(crate) fn program(&self) -> String {
        let mut text = self.imports.join("\n");
        text.push_str("\n\n");
        if self.deprecated {
            text.push_str("#[allow(deprecated, reason = \"the operation is\")]\n");
        }
        text.push_str("#[tokio::main(flavor = \"current_thread\")]\n");
        text.push_str(&format!("async fn main() -> {RESULT} {{\n"));
        push_indented(&mut text, &self.client);
        push_indented(&mut text, &self.call);
        text.push_str("    Ok(())\n}\n");
        text
    }
}

pub(crate) fn push_indented(text: &mut String, statements: &str) {
    for line in statements.lines() {
        if !line.is_empty() {
            text.push_str("    ");
            text.push_str(line);
        }
        text.push('\n');
    }
}
