//! Where documents lie: on disk, or wherever else files have paths.

use std::fs;
use std::io;
use std::path::Path;

use crate::document::printable;

/// What stands at a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entry {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A link, a device, a pipe: nothing that a document is read from.
    Other,
}

/// Files and folders by their paths.
pub trait Tree {
    /// What stands at a path, if anything does.
    ///
    /// # Errors
    ///
    /// When that cannot be found out.
    fn entry(&self, path: &Path) -> io::Result<Option<Entry>>;

    /// What stands in a folder, in any order. A name that is not Unicode is left out: Postman gives none.
    ///
    /// # Errors
    ///
    /// When there is no such folder, or it cannot be listed.
    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Entry)>>;

    /// The content of a file.
    ///
    /// # Errors
    ///
    /// When there is no such file, or it cannot be read.
    fn content(&self, file: &Path) -> io::Result<Vec<u8>>;

    /// What a path is called in messages.
    fn name(&self, path: &Path) -> String {
        printable::path(path)
    }

    /// Whether a path is one of a folder.
    fn is_folder(&self, path: &Path) -> bool {
        matches!(self.entry(path), Ok(Some(Entry::Folder)))
    }

    /// Whether a path is one of a file.
    fn is_file(&self, path: &Path) -> bool {
        matches!(self.entry(path), Ok(Some(Entry::File)))
    }
}

/// The files on disk. A link that a path leads through is followed; one that lies in a folder is not.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct WorkingTree;

impl Tree for WorkingTree {
    fn entry(&self, path: &Path) -> io::Result<Option<Entry>> {
        match fs::metadata(path) {
            Ok(data) => Ok(Some(entry(data.file_type()))),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Entry)>> {
        let mut listed = Vec::new();
        for one in fs::read_dir(folder)? {
            let one = one?;
            let Ok(name) = one.file_name().into_string() else {
                continue;
            };
            listed.push((name, entry(one.file_type()?)));
        }
        Ok(listed)
    }

    fn content(&self, file: &Path) -> io::Result<Vec<u8>> {
        regular(file)
    }
}

fn entry(kind: fs::FileType) -> Entry {
    if kind.is_file() {
        Entry::File
    } else if kind.is_dir() {
        Entry::Folder
    } else {
        Entry::Other
    }
}

/// The content of a regular file. A pipe would never end, and a device is no document.
pub(crate) fn regular(path: &Path) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_file() || kind.is_dir() {
        // Of a folder, the system says what it is.
        return fs::read(path);
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        "this is a pipe or a device, not a file",
    ))
}
