//! What operations are called: their `operationId` without what repeats the tag, the path or the method (rule 74).

use std::collections::BTreeMap;

use crate::api::{Api, OTHER_BODY, Operation};

/// Gives all operations their names, those of a folder together: what all of them repeat is noise. A request with
/// another body is named after the operation.
pub(super) fn give(api: &mut Api) {
    let mut by_folder: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (index, operation) in api.operations.iter().enumerate() {
        if form(operation).is_none() {
            by_folder.entry(operation.folder).or_default().push(index);
        }
    }
    for (folder, indexes) in by_folder {
        let tag = folder.and_then(|folder| api.folders.get(folder));
        let tag = tag.map(|folder| words(&folder.name)).unwrap_or_default();
        let operations = indexes.iter().map(|index| &api.operations[*index]);
        let names = without_noise(&operations.collect::<Vec<_>>(), &tag);
        for (index, name) in indexes.into_iter().zip(names) {
            api.operations[index].name = name;
        }
    }
    let mut first = String::new();
    for operation in &mut api.operations {
        match form(operation).map(str::to_owned) {
            None if operation.name.is_empty() => first = operation.path_template(),
            None => first.clone_from(&operation.name),
            // It stands right behind the operation that it is of.
            Some(form) => operation.name = format!("{first} {form}"),
        }
    }
}

/// The form of the body, where that is not the first one of the operation.
fn form(operation: &Operation) -> Option<&str> {
    let (_, form) = operation.id.as_deref()?.rsplit_once(OTHER_BODY)?;
    Some(form)
}

/// The names of the operations of one folder.
fn without_noise(operations: &[&Operation], tag: &[String]) -> Vec<String> {
    let ids: Vec<Vec<String>> = operations
        .iter()
        .map(|operation| words(operation.id.as_deref().unwrap_or_default()))
        .collect();
    let path = |index: usize| words(&operations[index].path_template());
    let method = |index: usize| operations[index].method.to_lowercase();
    // FastAPI: name, path, method.
    let ends_with_path = |index: usize, id: &[String]| {
        let mut noise = path(index);
        noise.push(method(index));
        id.ends_with(&noise) && id.len() > noise.len()
    };
    let mut names = ids.clone();
    for (index, name) in names.iter_mut().enumerate() {
        if ends_with_path(index, name) {
            name.truncate(name.len() - path(index).len() - 1);
        }
    }
    let prefix = common_tag(&names, tag);
    for name in &mut names {
        if name.len() > prefix {
            name.drain(..prefix);
        }
    }
    names.into_iter().map(|name| name.join(" ")).collect()
}

/// How many words in front of all names repeat the tag, and the `controller` behind it. None where a name would
/// be left without a word, or two would become one.
fn common_tag(names: &[Vec<String>], tag: &[String]) -> usize {
    let all = || names.iter().filter(|name| !name.is_empty());
    if tag.is_empty() || !all().all(|name| name.starts_with(tag)) {
        return 0;
    }
    let controller = all().all(|name| name.get(tag.len()).is_some_and(|word| word == "controller"));
    let length = tag.len() + usize::from(controller);
    let mut left: Vec<&[String]> = all().map(|name| &name[length.min(name.len())..]).collect();
    let is_usable = left.iter().all(|left| {
        left.first()
            .is_some_and(|word| word.starts_with(|c: char| c.is_alphabetic()))
    });
    left.sort_unstable();
    let is_distinct = left.windows(2).all(|pair| pair[0] != pair[1]);
    if is_usable && is_distinct { length } else { 0 }
}

/// The words of a name in lower case: `getApiV1Users_1` has `get`, `api`, `v1`, `users`, `1`.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let chars: Vec<char> = text.chars().collect();
    let mut open = false;
    for (at, &c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        let before = at.checked_sub(1).map(|before| chars[before]);
        let after = chars.get(at + 1);
        let begins = c.is_uppercase()
            && before.is_some_and(|before| {
                !before.is_uppercase() || after.is_some_and(|after| after.is_lowercase())
            });
        if !open || begins {
            words.push(String::new());
            open = true;
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_words() {
        let check = |text: &str, expected: &[&str]| assert_eq!(words(text), expected, "{text}");
        check("getApiV1Users_1", &["get", "api", "v1", "users", "1"]);
        check("list_items", &["list", "items"]);
        check("repos/list-for-org", &["repos", "list", "for", "org"]);
        check("HTTPServerURL", &["http", "server", "url"]);
        check("", &[]);
    }

    #[test]
    fn strips_the_tag_that_all_repeat() {
        let check = |ids: &[&str], tag: &str, expected: usize| {
            let names: Vec<_> = ids.iter().map(|id| words(id)).collect();
            assert_eq!(common_tag(&names, &words(tag)), expected, "{ids:?}");
        };
        check(&["repos/get", "repos/list"], "repos", 1);
        check(&["Pet_Get", "Pet_List"], "Pet", 1);
        check(&["UsersController_get", "UsersController_all"], "users", 2);
        check(&["pets", "petsGet"], "pets", 0);
        check(&["petsGet", "listPets"], "pets", 0);
        check(&["petsGet", "pets/get"], "pets", 0);
        check(&["pets1", "pets2"], "pets", 0);
    }
}
