//! Generates the clients of this crate.

use letterpress::Generator;
use letterpress::build::Error;

fn main() -> Result<(), Error> {
    // A single file, `shop.rs`.
    Generator::new("shop.postman_collection.json")
        .environment("staging.postman_environment.json")
        .lock("shop.lock")
        .generate()?;
    // A folder of files, `notes/mod.rs`, of what a letterpress.toml says.
    Generator::from_config("notes/letterpress.toml")?
        .module("notes")
        .folder()
        .generate()
}
