//! The client of this workspace is what its collection becomes.

use std::fs;

use letterpress::config::ConfigFile;
use letterpress::{Config, Input, Source, generate};

use crate::workspace;

#[test]
fn the_committed_client_is_current() {
    let folder = workspace::root().join("collections/zoom");
    let text = fs::read_to_string(folder.join("letterpress.toml")).unwrap();
    let file = ConfigFile::read(&text, &folder).unwrap();
    let path = &file.inputs[0];
    assert_eq!(file.inputs.len(), 1);
    let source = Source::decode(path.to_str().unwrap(), fs::read(path).unwrap()).unwrap();
    let config = Config {
        input_name: source.file_name().to_owned(),
        base_url: file.base_url,
        runtime: file.runtime,
        ..Config::new(file.name.unwrap())
    };
    let output = generate(&Input::collection(source), &config);
    assert!(!output.report.has_errors());
    let changes = output.files.compare(&file.out).unwrap();
    assert!(
        changes.is_empty() && changes.kept.is_empty(),
        "generated-client is not current; update it with: cargo run generate collections/zoom\n{changes:#?}"
    );
}
