//! How long names that were given up stay as aliases: for a release.

use std::collections::BTreeSet;

use super::Lock;
use crate::plan::names::Ident;
use crate::plan::pins::Names;

impl Lock {
    /// The names without the aliases that a release has had; those that were left since then stay.
    #[must_use]
    pub fn without_aliases_of(&self, released: &Self) -> Self {
        let mut lock = self.clone();
        lock.bases = without(&self.bases, &released.bases);
        lock.schemas = without(&self.schemas, &released.schemas);
        let modules = released.requests.values().flat_map(|entry| &entry.former);
        let modules: BTreeSet<&Vec<Ident>> = modules.collect();
        for (path, entry) in &mut lock.requests {
            // The module may have another name since the release.
            let before = {
                let mut paths = entry.former.iter().chain([path]);
                paths.find_map(|path| released.requests.get(path))
            };
            if let Some(before) = before {
                entry.names = without(&entry.names, &before.names);
            }
            entry.former.retain(|former| !modules.contains(former));
        }
        lock
    }
}

fn without(names: &Names, released: &Names) -> Names {
    let gone: BTreeSet<&Ident> = released.former.iter().map(|(.., ident)| ident).collect();
    let former = names.former.iter();
    let former = former.filter(|(.., ident)| !gone.contains(ident));
    Names {
        current: names.current.clone(),
        former: former.cloned().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::text;

    /// A lock with a base and a request, and these lines.
    fn lock(lines: &str) -> super::Lock {
        let known = "format\t1\nbase\tNEW_URL\tnew\n\
                     request\tb::x\tGET /x\t-\t-\tx\ntype\tb::x\tbody\tNew\n";
        let (lock, damages) = text::read(&format!("{known}{lines}"));
        assert_eq!(damages, []);
        lock
    }

    #[test]
    fn aliases_go_that_a_release_has_had() {
        let check = |now: &str, released: &str, expected: &str| {
            let left = lock(now).without_aliases_of(&lock(released)).to_string();
            let left: Vec<&str> = left
                .lines()
                .filter(|line| line.starts_with("was"))
                .collect();
            let expected: Vec<&str> = expected.lines().collect();
            assert_eq!(left, expected, "{now} {released}");
        };
        let all = "was-base\tOLD_URL\tnew\nwas\tb::x\ta::x\nwas-type\tb::x\tbody\tOld\n";
        check(all, "", all);
        check(all, all, "");
        check("", all, "");
        check(
            all,
            "was\tb::x\ta::x\n",
            &all.replace("was\tb::x\ta::x\n", ""),
        );
        // Another name that was given up since then stays.
        check(
            "was\tb::x\ta::x\nwas\tb::x\ta::y\nwas-type\tb::x\tbody\tOlder\n",
            "was\tb::x\ta::x\nwas-type\tb::x\tbody\tOld\n",
            "was\tb::x\ta::y\nwas-type\tb::x\tbody\tOlder\n",
        );
        // The module had another name then.
        check(
            "was\tb::x\ta::x\nwas-type\tb::x\tbody\tOld\n",
            "request\ta::x\tGET /y\t-\t-\ty\nwas-type\ta::x\tbody\tOld\ntype\ta::x\tbody\tNew\n",
            "was\tb::x\ta::x\n",
        );
    }
}
