//! Several APIs as one.

use std::sync::Arc;

use super::{Api, AuthFrom, Folder, Operation, Refused, Schema, SchemaType};

impl Api {
    /// Counts the named schemas of several APIs as those of one: each follows those of the APIs before it.
    pub fn number_schemas(apis: &mut [Self]) {
        let mut before = 0;
        for api in apis {
            let count = api.schemas.len();
            if before > 0 {
                api.shift_schemas(before);
            }
            before += count;
        }
    }

    fn shift_schemas(&mut self, by: usize) {
        for named in &mut self.schemas {
            shift(&mut named.schema, by);
        }
        for operation in &mut self.operations {
            for input in operation.inputs_mut() {
                shift(&mut input.schema, by);
            }
            for response in &mut operation.responses {
                let headers = response.headers.iter_mut().map(|header| &mut header.schema);
                headers
                    .chain(response.schema.as_mut().map(Arc::make_mut))
                    .for_each(|schema| shift(schema, by));
            }
        }
    }
}

/// Moves the indexes of named schemas.
fn shift(schema: &mut Schema, by: usize) {
    match &mut schema.ty {
        SchemaType::Named(index) => *index += by,
        SchemaType::List(inner) | SchemaType::Map(inner) => shift(inner, by),
        SchemaType::Tuple(inner) => inner.iter_mut().for_each(|schema| shift(schema, by)),
        SchemaType::Record(record) => {
            let members = record.members.iter_mut().map(|member| &mut member.schema);
            let extra = record.extra.as_deref_mut();
            members.chain(extra).for_each(|schema| shift(schema, by));
        }
        SchemaType::Union(union) => {
            let alternatives = union.alternatives.iter_mut();
            alternatives.for_each(|alternative| shift(&mut alternative.schema, by));
        }
        _ => {}
    }
}

impl<V: Default> Api<V> {
    /// One API of several: each becomes a folder of its name. A single one stays as it is.
    #[must_use]
    pub fn merge(mut apis: Vec<Self>) -> Self {
        if apis.len() == 1 {
            return apis.remove(0);
        }
        let mut merged = Api::default();
        for api in apis {
            merged.variables.extend(api.variables);
            merged.schemas.extend(api.schemas);
            let Some(first) = api.operations.first() else {
                continue;
            };
            let root = merged.folders.len();
            merged.folders.push(Folder {
                at: first.at,
                parent: None,
                name: api.name,
                docs: api.docs,
            });
            let shift = |folder: Option<usize>| Some(folder.map_or(root, |index| index + root + 1));
            merged
                .folders
                .extend(api.folders.into_iter().map(|f| Folder {
                    parent: shift(f.parent),
                    ..f
                }));
            let operations = api.operations.into_iter();
            merged.operations.extend(operations.map(|o| Operation {
                folder: shift(o.folder),
                auth_from: match o.auth_from {
                    // What was a collection is a folder now.
                    AuthFrom::Collection => AuthFrom::Folder(root),
                    AuthFrom::Folder(index) => AuthFrom::Folder(index + root + 1),
                    from => from,
                },
                ..o
            }));
            let refused = api.refused.into_iter();
            merged.refused.extend(refused.map(|r| Refused {
                folder: shift(r.folder),
                ..r
            }));
        }
        merged
    }
}
