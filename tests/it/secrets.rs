//! Secrets of a document: whatever place of a collection holds one, nothing that is made of it does.

use letterpress::document::report::Report;
use letterpress::{Config, Input, Source, generate, understand};

/// A text that is a secret by its form.
const SECRET: &str = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

/// A collection with `@` at each place for a value, and `#` in prose. The name of a parameter is sent, so it is no
/// place for a secret.
const COLLECTION: &str = r##"{
    "info": {"name": "Vault @", "description": "Uses #."},
    "variable": [{"key": "kept", "value": "@", "description": "As #"}, {"key": "path", "value": "x/@"}],
    "auth": {"type": "basic", "basic": [{"key": "username", "value": "@"}, {"key": "password", "value": "@"}]},
    "item": [{
        "name": "Folder @",
        "description": "About #",
        "auth": {"type": "apikey", "apikey": [{"key": "key", "value": "X-Key"}, {"key": "value", "value": "@"}]},
        "item": [
            {"name": "Form @", "request": {
                "method": "POST",
                "description": "Send #",
                "url": {
                    "protocol": "https",
                    "auth": {"user": "me", "password": "@"},
                    "host": ["a", "example"],
                    "path": ["@", ":id", "{{kept}}", "a-@"],
                    "query": [
                        {"key": "q", "value": "@", "description": "Say #"},
                        {"key": "@", "value": null},
                        {"key": "", "value": "@"},
                        {"key": "{{kept}}", "value": "x"},
                        {"key": "off", "value": "@", "disabled": true}
                    ],
                    "variable": [{"key": "id", "value": "@", "description": "Is #"}]
                },
                "header": [
                    {"key": "X-Fixed", "value": "@"},
                    {"key": "X-Variable", "value": "a {{kept}}"},
                    {"key": "X-Off", "value": "@", "disabled": true}
                ],
                "body": {"mode": "formdata", "formdata": [
                    {"key": "text", "value": "@", "type": "text", "description": "Of #"},
                    {"key": "json", "value": "{\"a\": \"@\"}", "type": "text"},
                    {"key": "file", "src": "/home/@/@.txt", "type": "file"},
                    {"key": "typed", "value": "@", "type": "text", "contentType": "text/plain"}
                ]}
            }, "response": [{"name": "Found #", "code": 200, "header": [], "body": "{\"a\": \"#\"}"}]},
            {"name": "JSON", "request": {
                "method": "POST",
                "url": "https://a.example/json?a=@",
                "body": {"mode": "raw", "raw": "{\"a\": \"@\", \"b\": {{kept}}, \"list\": [\"@\"]}",
                    "options": {"raw": {"language": "json"}}}
            }},
            {"name": "Text", "request": {
                "method": "POST",
                "url": "https://{{kept}}.example/{{path}}",
                "auth": {"type": "noauth"},
                "header": [{"key": "Authorization", "value": "Bearer @"}],
                "body": {"mode": "raw", "raw": "a @ {{kept}}"}
            }},
            {"name": "Fields", "request": {
                "method": "POST",
                "url": "https://a.example/fields",
                "auth": {"type": "oauth1", "oauth1": [
                    {"key": "consumerKey", "value": "@"}, {"key": "consumerSecret", "value": "@"},
                    {"key": "token", "value": "@"}, {"key": "tokenSecret", "value": "@"}
                ]},
                "body": {"mode": "urlencoded", "urlencoded": [
                    {"key": "text", "value": "@"}, {"key": "of", "value": "{{kept}}"}
                ]}
            }},
            {"name": "Query", "request": {
                "method": "POST",
                "url": "https://a.example/graphql",
                "body": {"mode": "graphql", "graphql": {
                    "query": "{ a(b: \"@\") }", "operationName": "@", "variables": "{\"a\": \"@\"}"
                }}
            }},
            {"name": "Upload", "request": {
                "method": "POST",
                "url": "https://a.example/upload",
                "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{kept}}"}]},
                "body": {"mode": "file", "file": {"src": "/home/@"}}
            }},
            {"name": "Refused", "request": {"method": "@ @", "url": "wss://a.example/@"}}
        ]
    }]
}"##;

#[test]
fn no_place_of_a_document_lets_a_secret_out() {
    let read = |prose: &str| {
        let text = COLLECTION.replace('@', SECRET).replace('#', prose);
        Input::collection(Source::new("vault.json", text))
    };
    let input = read(SECRET);
    let config = Config::new("vault-client");
    let output = generate(&input, &config);
    assert_eq!(output.requests, 6);
    let report = output.report.to_json(&input.sources());
    // The API keeps the prose of its document as it is; what is made of it does not.
    let api = understand(&mut Report::default(), &read("prose"), &config);
    let api = format!("{api:#?}");
    let files = output.files.iter();
    let texts = files.chain([("report", report.as_str()), ("api", api.as_str())]);
    let leaks: Vec<(&str, &str)> = texts
        .flat_map(|(name, text)| text.lines().map(move |line| (name, line)))
        .filter(|(name, line)| name.contains(SECRET) || line.contains(SECRET))
        .collect();
    assert_eq!(leaks, []);
}
