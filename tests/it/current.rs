//! The client of this workspace is what its collection becomes.

use std::fs;

use letterpress::change::lock;
use letterpress::generate;

use crate::{case, workspace};

#[test]
fn the_committed_client_is_current() {
    let folder = workspace::root().join("collections/zoom");
    let text = fs::read_to_string(folder.join("letterpress.toml")).unwrap();
    let (input, config) = case::read_config(&text, &folder, "no name");
    let output = generate(&input, &config);
    assert!(!output.report.has_errors());
    let changes = output
        .files
        .compare(&workspace::root().join("generated-client"))
        .unwrap();
    let lock = fs::read_to_string(folder.join(lock::FILE_NAME)).unwrap();
    assert!(
        lock == output.lock.to_string(),
        "letterpress.lock is not current; update it with: cargo run generate collections/zoom"
    );
    assert!(
        changes.is_empty() && changes.kept == ["Cargo.toml"],
        "generated-client is not current; update it with: cargo run generate collections/zoom\n{changes:#?}"
    );
}
