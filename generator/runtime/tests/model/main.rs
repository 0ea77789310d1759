//! Models written as the generator writes them, over the helpers of the runtime.

mod choices;
mod nullable;
mod objects;
mod scalars;
mod unions;

use envoi_runtime::serde::de::DeserializeOwned;
use envoi_runtime::serde_json;

fn decoded<T: DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}
