//! What schemas become: a table of documents and of the types in short form.
//!
//! In documents `<A>` is a reference to the component `A`. `{a!: text, b: [i64]}` is a record with a required and an optional member, `<T>` a map, `T?` may be null,
//! `a | b` a union, `=` before texts a list of values.

use super::{References, Schemas, Site, Target};
use crate::api::schema::{EnumKind, IntegerWidth, NamedSchema, Schema, SchemaType, ToldBy};
use crate::document::json::{self, Node};
use crate::document::report::Place;

/// One document: references are pointers in it.
struct Document<'d> {
    root: &'d Node<'d>,
    path: &'static str,
    siblings_count: bool,
}

impl<'d> References<'d> for Document<'d> {
    fn resolve(&mut self, document: usize, reference: &'d str) -> Option<Site<'d>> {
        let mut node = self.root;
        for name in reference.strip_prefix("#/")?.split('/') {
            node = match name.parse::<usize>() {
                Ok(index) if node.is_array() => node.elements().get(index)?,
                _ => node.get(name)?,
            };
        }
        Some(Site { document, node })
    }

    fn component(&mut self, name: &str) -> Option<Site<'d>> {
        let node = self.components().get(name)?;
        Some(Site { document: 0, node })
    }

    fn path(&self, _: usize) -> &str {
        self.path
    }

    fn siblings_count(&self, _: usize) -> bool {
        self.siblings_count
    }

    fn place(&self, site: Site<'d>) -> Place {
        Place {
            source: site.document,
            span: site.node.span,
        }
    }
}

impl<'d> Document<'d> {
    fn components(&self) -> &'d Node<'d> {
        let components = self
            .root
            .get("components")
            .and_then(|node| node.get("schemas"));
        components.expect("the text has them")
    }
}

/// Reads the components of a document. In its text `<A>` is a reference to the component `A`.
fn read(components: &str, siblings_count: bool) -> (Vec<NamedSchema>, Vec<String>) {
    let components = components.replace('<', r##"{"$ref": "#/components/schemas/"##);
    let components = components.replace('>', r#""}"#);
    let text = format!(r#"{{"components": {{"schemas": {components}}}}}"#);
    let root = json::read(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let mut document = Document {
        root: &root,
        path: "folder/api.json",
        siblings_count,
    };
    let targets = document.components().members().iter().map(|member| Target {
        site: Site {
            document: 0,
            node: &member.node,
        },
        name: member.name.to_string(),
    });
    let targets = targets.collect();
    let (named, remarks) = Schemas::of_components(&mut document, targets).finish();
    (
        named,
        remarks.into_iter().map(|remark| remark.text).collect(),
    )
}

fn show(named: &[NamedSchema], schema: &Schema) -> String {
    let inner = |schema: &Schema| show(named, schema);
    let ty = match &schema.ty {
        SchemaType::Any => "any".to_owned(),
        SchemaType::Boolean => "boolean".to_owned(),
        SchemaType::Integer(IntegerWidth::I32) => "i32".to_owned(),
        SchemaType::Integer(IntegerWidth::I64) => "i64".to_owned(),
        SchemaType::Integer(IntegerWidth::U64) => "u64".to_owned(),
        SchemaType::Float => "f64".to_owned(),
        SchemaType::Number => "number".to_owned(),
        SchemaType::Text => "text".to_owned(),
        SchemaType::Bytes => "bytes".to_owned(),
        SchemaType::Enum(listed) => {
            let mark = if listed.kind == EnumKind::Integer {
                "#"
            } else {
                "="
            };
            let values = listed.values.iter().map(|choice| {
                let name = choice.name.iter().map(|name| format!(":{name}"));
                let docs = Some(&choice.docs).filter(|docs| !docs.is_empty());
                let docs = docs.map(|docs| format!("({docs})"));
                format!(
                    "{mark}{}{}",
                    choice.value,
                    name.chain(docs).collect::<String>()
                )
            });
            values.collect::<Vec<_>>().join(" ")
        }
        SchemaType::List(element) => format!("[{}]", inner(element)),
        SchemaType::Tuple(elements) => {
            let elements: Vec<String> = elements.iter().map(inner).collect();
            format!("({})", elements.join(", "))
        }
        SchemaType::Map(values) => format!("<{}>", inner(values)),
        SchemaType::Record(record) => {
            let members = record.members.iter().map(|member| {
                let required = if member.required { "!" } else { "" };
                let read_only = if member.read_only { " r" } else { "" };
                let write_only = if member.write_only { " w" } else { "" };
                let ty = inner(&member.schema);
                format!("{}{required}: {ty}{read_only}{write_only}", member.name)
            });
            let extra = record
                .extra
                .iter()
                .map(|extra| format!("..{}", inner(extra)));
            format!(
                "{{{}}}",
                members.chain(extra).collect::<Vec<_>>().join(", ")
            )
        }
        SchemaType::Union(union) => {
            let by = match &union.told_by {
                ToldBy::Kind => String::new(),
                ToldBy::Tag(tag) => format!("by {tag}: "),
                ToldBy::Members => "by members: ".to_owned(),
            };
            let alternatives = union.alternatives.iter().map(|one| {
                let tags = one.tags.iter().flat_map(|tag| [" @", tag.as_str()]);
                inner(&one.schema) + &tags.collect::<String>()
            });
            format!("{by}{}", alternatives.collect::<Vec<_>>().join(" | "))
        }
        SchemaType::Named(index) => named[*index].name.clone(),
        SchemaType::Recursive(levels) => format!("^{levels}"),
    };
    let nullable = if schema.nullable { "?" } else { "" };
    ty + nullable
}

/// Compares the first schema of each row with its short form.
fn check(siblings_count: bool, rows: &[(&str, &str)]) {
    for (components, expected) in rows {
        let (named, _) = read(components, siblings_count);
        let shown = named.first().map(|first| show(&named, &first.schema));
        assert_eq!(shown.as_deref(), Some(*expected), "{components}");
    }
}

#[test]
fn single_values() {
    check(
        false,
        &[
            (r#"{"A": {}}"#, "any"),
            (r#"{"A": true}"#, "any"),
            (r#"{"A": {"type": "boolean"}}"#, "boolean"),
            (r#"{"A": {"type": "integer"}}"#, "i64"),
            (r#"{"A": {"type": "integer", "format": "int32"}}"#, "i32"),
            (r#"{"A": {"type": "integer", "format": "int 32"}}"#, "i32"),
            (r#"{"A": {"type": "integer", "format": "uint32"}}"#, "i64"),
            (r#"{"A": {"type": "integer", "format": "uint64"}}"#, "u64"),
            (
                r#"{"A": {"type": "integer", "format": "int32", "maximum": 3e9}}"#,
                "i64",
            ),
            (
                r#"{"A": {"type": "integer", "format": "int32", "example": 4000000000}}"#,
                "i64",
            ),
            (
                r#"{"A": {"type": "integer", "maximum": 18446744073709551615}}"#,
                "u64",
            ),
            (
                r#"{"A": {"type": "integer", "maximum": 99999999999999999999}}"#,
                "number",
            ),
            (r#"{"A": {"type": "number", "format": "float"}}"#, "f64"),
            (
                r#"{"A": {"type": "number", "format": "decimal"}}"#,
                "number",
            ),
            (r#"{"A": {"type": ["integer", "number"]}}"#, "f64"),
            (r#"{"A": {"type": "string", "format": "byte"}}"#, "bytes"),
            (
                r#"{"A": {"type": "string", "contentEncoding": "base64"}}"#,
                "bytes",
            ),
            (r#"{"A": {"type": "string", "format": "binary"}}"#, "text"),
            (r#"{"A": {"format": "date-time"}}"#, "text"),
            (r#"{"A": {"type": "float"}}"#, "f64"),
            (r#"{"A": {"type": "any"}}"#, "any"),
            (r#"{"A": {"minLength": 3}}"#, "any"),
        ],
    );
}

#[test]
fn null() {
    check(
        true,
        &[
            (r#"{"A": {"type": "string", "nullable": true}}"#, "text?"),
            (r#"{"A": {"type": ["string", "null"]}}"#, "text?"),
            (r#"{"A": {"enum": ["a", null]}}"#, "=a?"),
            (r#"{"A": {"enum": [null]}}"#, "any?"),
            (r#"{"A": {"const": null}}"#, "any?"),
            (
                r#"{"A": {"anyOf": [{"type": "string"}, {"type": "null"}]}}"#,
                "text?",
            ),
            (
                r#"{"A": {"oneOf": [<B>, {"type": "null"}]}, "B": {"type": "object", "properties": {"a": {}}}}"#,
                "B?",
            ),
            (
                r#"{"A": {"properties": {"b": <B>}}, "B": {"type": "string", "nullable": true, "enum": ["x"]}}"#,
                "{b: B?}",
            ),
            (
                r#"{"A": {"nullable": true, "allOf": [<B>]}, "B": {"enum": ["x"]}}"#,
                "B?",
            ),
            (
                r#"{"A": {"type": "array", "items": {"type": "string", "x-nullable": true}}}"#,
                "[text?]",
            ),
        ],
    );
}

#[test]
fn objects_and_arrays() {
    check(
        true,
        &[
            (
                r#"{"A": {"properties": {"a": {"type": "string"}, "b": {}}, "required": ["b"]}}"#,
                "{a: text, b!: any}",
            ),
            (r#"{"A": {"type": "object"}}"#, "<any>"),
            (
                r#"{"A": {"additionalProperties": {"type": "integer"}}}"#,
                "<i64>",
            ),
            (
                r#"{"A": {"properties": {"a": {}}, "additionalProperties": true}}"#,
                "{a: any, ..any}",
            ),
            (
                r#"{"A": {"properties": {"a": {}}, "additionalProperties": {"type": "boolean"}}}"#,
                "{a: any, ..boolean}",
            ),
            (
                r#"{"A": {"properties": {"a": {}}, "additionalProperties": false}}"#,
                "{a: any}",
            ),
            (
                r#"{"A": {"patternProperties": {"^x-": {"type": "string"}}}}"#,
                "<text>",
            ),
            (
                r#"{"A": {"type": "object", "required": ["a"]}}"#,
                "{a!: any, ..any}",
            ),
            (
                r#"{"A": {"properties": {"a": {"type": "string", "required": true}, "b": false, "description": "text"}}}"#,
                "{a!: text}",
            ),
            (
                r#"{"A": {"properties": {"$ref": {"type": "string"}, "properties": {"type": "integer"}}}}"#,
                "{$ref: text, properties: i64}",
            ),
            (
                r##"{"A": {"properties": {"$ref": "#/components/schemas/B/properties"}}, "B": {"properties": {"a": {}}}}"##,
                "{a: any}",
            ),
            (
                r#"{"A": {"properties": {"a": {"readOnly": true}, "b": {"writeOnly": true}}}}"#,
                "{a: any r, b: any w}",
            ),
            (r#"{"A": {"type": "array"}}"#, "[any]"),
            (r#"{"A": {"items": {"type": "string"}}}"#, "[text]"),
            (
                r#"{"A": {"prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false}}"#,
                "(text, i64)",
            ),
            (
                r#"{"A": {"items": [{"type": "string"}, {"type": "integer"}], "minItems": 2, "maxItems": 2}}"#,
                "(text, i64)",
            ),
            (
                r#"{"A": {"prefixItems": [{"type": "string"}, {"type": "integer"}]}}"#,
                "[text | i64]",
            ),
            (
                r#"{"A": {"type": ["string", "array"], "items": {"type": "string"}}}"#,
                "text | [text]",
            ),
        ],
    );
}

#[test]
fn listed_values() {
    check(
        true,
        &[
            (
                r#"{"A": {"type": "string", "enum": ["a", "b", "a"]}}"#,
                "=a =b",
            ),
            (
                r#"{"A": {"enum": [1, 2], "x-enum-varnames": ["One", "Two"]}}"#,
                "#1:One #2:Two",
            ),
            (
                r#"{"A": {"enum": ["a", null, "b"], "x-enumNames": ["First", "Null", "Second"]}}"#,
                "=a:First =b:Second?",
            ),
            (
                r#"{"A": {"enum": ["a"], "x-enum-descriptions": {"a": "The first."}}}"#,
                "=a(The first.)",
            ),
            (
                r#"{"A": {"enum": ["a", "b"], "x-ms-enum": {"values": [{"value": "b", "name": "Bee", "description": "Buzz."}]}}}"#,
                "=a =b:Bee(Buzz.)",
            ),
            (
                r#"{"A": {"type": "string", "enum": [1, true]}}"#,
                "=1 =true",
            ),
            (r#"{"A": {"type": "integer", "enum": ["1", "2"]}}"#, "#1 #2"),
            (r#"{"A": {"enum": [1.5, 2]}}"#, "f64"),
            (r#"{"A": {"enum": [true]}}"#, "boolean"),
            (r#"{"A": {"enum": ["a", 1]}}"#, "=a | #1"),
            (r#"{"A": {"const": "card"}}"#, "=card"),
            (r#"{"A": {"type": "array", "enum": ["a"]}}"#, "[=a]"),
            (r#"{"A": {"enum": [{}]}}"#, "any"),
        ],
    );
}

#[test]
fn references() {
    check(
        false,
        &[
            (
                r##"{"A": {"properties": {"b": {"$ref": "#/components/schemas/B", "type": "string"}}}, "B": {"enum": [1]}}"##,
                "{b: B}",
            ),
            (
                r#"{"A": {"properties": {"b": <B>}}, "B": <C>, "C": {"enum": [1]}}"#,
                "{b: C}",
            ),
            (r#"{"A": <B>, "B": <A>}"#, "any"),
            (r#"{"A": {"properties": {"a": <A>}}}"#, "{a: A}"),
            (
                r##"{"A": {"properties": {"a": {"$ref": "#/components/schemas/B/properties/c"}}}, "B": {"properties": {"c": {"properties": {"d": {}}}}}}"##,
                "{a: B properties c}",
            ),
            (r#"{"A": {"properties": {"b": <Missing>}}}"#, "{b: any}"),
        ],
    );
    check(
        true,
        &[
            (
                r##"{"A": {"$ref": "#/components/schemas/B", "properties": {"a": {}}}, "B": {"properties": {"b": {}}}}"##,
                "{a: any, b: any}",
            ),
            (
                r##"{"A": {"properties": {"b": {"$ref": "#/components/schemas/B", "description": "The B.", "maxLength": 3}}}, "B": {"enum": [1]}}"##,
                "{b: B}",
            ),
        ],
    );
}

#[test]
fn merged() {
    let base = r#""B": {"type": "object", "required": ["id"], "properties": {"id": {"type": "number"}, "kind": {"type": "string"}}}"#;
    let rows = [
        (r#"{"allOf": [<B>], "description": "x"}"#, "B"),
        (
            r#"{"type": "object", "allOf": [<B>, {"description": "x"}, {"required": ["kind"]}, true]}"#,
            "B",
        ),
        (
            r#"{"allOf": [<B>, {"properties": {"a": {"type": "boolean"}}}], "required": ["a", "kind"]}"#,
            "{id!: f64, kind!: text, a!: boolean}",
        ),
        (
            r#"{"allOf": [<B>, {"properties": {"id": {"type": "integer"}, "kind": {"enum": ["a"]}}}]}"#,
            "{id!: i64, kind: =a}",
        ),
        (
            r#"{"allOf": [<B>, {"properties": {"id": {"type": "string"}}}]}"#,
            "{id!: text, kind: text}",
        ),
        (
            r#"{"allOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}"#,
            "=b",
        ),
        (
            r#"{"allOf": [<B>, {"oneOf": [{"properties": {"x": {}}, "required": ["x"]}, {"properties": {"y": {}}, "required": ["y"]}]}]}"#,
            "by members: {id!: f64, kind: text, x!: any} | {id!: f64, kind: text, y!: any}",
        ),
        (r#"{"allOf": [<A>, {"properties": {"x": {}}}]}"#, "{x: any}"),
    ];
    for (schema, expected) in rows {
        check(
            false,
            &[(&format!(r#"{{"A": {schema}, {base}}}"#), expected)],
        );
    }
}

#[test]
fn unions() {
    let others = r#""Cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "cat"}}},
        "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["dog", "hound"]}}},
        "Fish": {"type": "object", "properties": {"kind": {"type": "string"}}},
        "Name": {"type": "string"}, "Size": {"enum": ["s", "l"]},
        "Pet": {"oneOf": [<Cat>, <Fish>]}"#;
    let rows = [
        (
            r#"{"oneOf": [{"type": "string"}, {"type": "integer"}]}"#,
            "text | i64",
        ),
        (
            r#"{"anyOf": [{"type": "number"}, {"type": "integer"}]}"#,
            "f64",
        ),
        (
            r#"{"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}"#,
            "text | [text]",
        ),
        (r#"{"anyOf": [{"enum": ["a"]}, {"type": "string"}]}"#, "=a"),
        (
            r#"{"oneOf": [{"const": "a", "description": "First."}, {"const": "b"}]}"#,
            "=a(First.) =b",
        ),
        (r#"{"anyOf": [{"type": "string"}, {}]}"#, "any"),
        (r#"{"oneOf": [<Cat>, <Cat>]}"#, "Cat"),
        (
            r#"{"oneOf": [<Cat>, <Dog>]}"#,
            "by kind: Cat @cat | Dog @dog @hound",
        ),
        (r#"{"oneOf": [<Cat>, <Fish>]}"#, "by members: Cat | Fish"),
        (r#"{"oneOf": [<Cat>, {"type": "string"}]}"#, "Cat | text"),
        (r#"{"oneOf": [<Size>, {"type": "integer"}]}"#, "Size | i64"),
        (r#"{"oneOf": [<Size>, <Name>]}"#, "=s =l"),
        (
            r#"{"oneOf": [<Pet>, <Dog>]}"#,
            "by members: Cat | Fish | Dog",
        ),
        (
            r#"{"oneOf": [{"type": "array", "items": <Cat>}, {"type": "array", "items": {"type": "string"}}]}"#,
            "[Cat | text]",
        ),
        (
            r#"{"oneOf": [<Cat>, <Fish>], "discriminator": {"propertyName": "kind"}}"#,
            "by kind: Cat @cat | Fish @Fish",
        ),
        (
            r##"{"oneOf": [<Cat>, <Dog>, <Fish>], "discriminator": {"propertyName": "kind", "mapping": {"c": "Cat", "d": "#/components/schemas/Dog", "e": "Dog"}}}"##,
            "by kind: Cat @c | Dog @d @e | Fish @Fish",
        ),
        (
            r#"{"type": "object", "properties": {"a": {}}, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]}"#,
            "{a: any}",
        ),
        (
            r#"{"properties": {"a": {}}, "oneOf": [<Cat>, <Fish>]}"#,
            "by members: {a: any, kind!: =cat} | {a: any, kind: text}",
        ),
        (
            r#"{"anyOf": [{"type": "string"}, {"type": "array", "items": <A>}]}"#,
            "text | [A]",
        ),
    ];
    for (schema, expected) in rows {
        check(
            true,
            &[(&format!(r#"{{"A": {schema}, {others}}}"#), expected)],
        );
    }
}

#[test]
fn families() {
    let family = r##"{
        "Pet": {"type": "object", "discriminator": {"propertyName": "kind", "mapping": {"c": "#/components/schemas/Cat"}}, "properties": {"kind": {"type": "string"}}},
        "Cat": {"allOf": [<Pet>, {"properties": {"lives": {"type": "integer"}}}]},
        "Lion": {"allOf": [<Cat>, {"properties": {"mane": {"type": "boolean"}}}]}
    }"##;
    let (named, _) = read(family, false);
    let shown: Vec<String> = named.iter().map(|one| show(&named, &one.schema)).collect();
    assert_eq!(
        shown,
        [
            "by kind: Cat @c | Lion @Lion",
            "{kind: text, lives: i64}",
            "{kind: text, lives: i64, mane: boolean}",
        ]
    );
    // The parent lists its children.
    let circle = r#"{
        "Pet": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}, "discriminator": {"propertyName": "kind"},
            "oneOf": [<Cat>, <Dog>]},
        "Cat": {"allOf": [<Pet>, {"properties": {"lives": {"type": "integer"}}}]},
        "Dog": {"allOf": [<Pet>, {"properties": {"tail": {"type": "boolean"}}}]}
    }"#;
    let (named, _) = read(circle, false);
    let shown: Vec<String> = named.iter().map(|one| show(&named, &one.schema)).collect();
    assert_eq!(
        shown,
        [
            "by kind: Cat @Cat | Dog @Dog",
            "{kind!: text, lives: i64}",
            "{kind!: text, tail: boolean}",
        ]
    );
}

#[test]
fn merges_end() {
    // Each merge would need the other again.
    let circle = r#"{
        "A": {"allOf": [<B>, {"properties": {"x": <A>}}]},
        "B": {"properties": {"x": <B>}}
    }"#;
    let (named, _) = read(circle, false);
    assert_eq!(show(&named, &named[0].schema), "{x: {x: A}}");
    // A long chain of `allOf` does not use the stack up.
    let chain = (0..500).map(|at| {
        format!(
            r#""N{at}": {{"allOf": [<N{}>, {{"nullable": true}}]}}"#,
            at + 1
        )
    });
    let chain: Vec<String> = chain.collect();
    check(
        false,
        &[(
            &format!(r#"{{{}, "N500": {{"type": "string"}}}}"#, chain.join(", ")),
            "N500?",
        )],
    );
}
