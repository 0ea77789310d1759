//! Generates the client that makes the calls.

use envoi::{Config, build_script};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let blocking = Config {
        blocking: true,
        ..Config::default()
    };
    build_script::client("api", "api.yaml", &blocking)?;
    Ok(())
}
