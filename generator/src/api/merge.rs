//! Several APIs as one.

use super::{Api, AuthFrom, Folder, Operation, Refused};

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
