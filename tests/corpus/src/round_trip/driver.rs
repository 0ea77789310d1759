//! The crate that decodes and encodes: the models of one client, and a program that knows them by number.

use std::fmt::Write as _;

use envoi::OutputFile;

/// The files of the crate: the models of the client, which need nothing else of it, and the program.
pub fn files(name: &str, client: Vec<OutputFile>, types: &[&str]) -> Vec<OutputFile> {
    let mut files: Vec<OutputFile> = client
        .into_iter()
        .filter(|file| file.path.starts_with("src/models"))
        .collect();
    files.push(OutputFile::new("src/lib.rs", "pub mod models;\n"));
    files.push(OutputFile::new("Cargo.toml", manifest(name)));
    files.push(OutputFile::new(format!("src/bin/{name}.rs"), program(name, types)));
    files
}

fn manifest(name: &str) -> String {
    let runtime = crate::project().join("generator/runtime");
    let runtime = serde_json::Value::from(runtime.to_string_lossy().into_owned());
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         chrono = {{ version = \"0.4\", default-features = false, features = [\"std\", \"serde\"] }}\n\
         envoi-runtime = {{ path = {runtime}, features = [\"chrono\", \"uuid\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n\
         uuid = {{ version = \"1\", features = [\"serde\"] }}\n"
    )
}

/// Reads lines of a number and JSON; writes a line for each.
fn program(name: &str, types: &[&str]) -> String {
    let mut arms = String::new();
    for (number, path) in types.iter().enumerate() {
        let _ = writeln!(arms, "        \"{number}\" => there_and_back::<{name}::{path}>(json),");
    }
    format!(
        r#"fn main() -> std::io::Result<()> {{
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(run)?;
    thread.join().expect("no panic")
}}

fn run() -> std::io::Result<()> {{
    use std::io::{{BufRead, Write}};
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {{
        let line = line?;
        let (number, json) = line.split_once('\t').expect("a number and JSON");
        match one(number, json) {{
            Ok(json) => writeln!(output, "ok\t{{json}}")?,
            Err(error) => writeln!(output, "err\t{{error:?}}")?,
        }}
    }}
    Ok(())
}}

fn one(number: &str, json: &str) -> Result<String, String> {{
    match number {{
{arms}        _ => Err("no such type".to_owned()),
    }}
}}

fn there_and_back<T: envoi_runtime::Read + serde::Serialize>(json: &str) -> Result<String, String> {{
    // as replies are read
    let mut source = serde_json::Deserializer::from_str(json);
    let value: T = envoi_runtime::read::deserialize(&mut source).map_err(|error| format!("decode: {{error}}"))?;
    serde_json::to_string(&value).map_err(|error| format!("encode: {{error}}"))
}}
"#
    )
}
