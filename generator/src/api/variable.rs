//! Variables of documents: what they stand for, and what the client makes of them.

use serde::{Deserialize, Serialize};

use super::Hidden;
use crate::document::report::Place;
use crate::document::secret;

/// A variable that a document gives a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Variable {
    /// Where it stands.
    pub at: Place,
    /// The name, exactly.
    pub name: String,
    /// The value as text.
    pub value: Hidden,
    /// Whether its document calls the value a secret.
    pub secret: bool,
    /// The description.
    pub docs: String,
    /// What it belongs to.
    pub of: Owner,
}

impl Variable {
    /// Whether its value is for nobody to see: its document says so, or it looks so.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.secret || secret::is_secret(&self.name, &self.value.0)
    }
}

/// What a variable belongs to, in the order in which Postman looks for it (rule V4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Owner {
    /// An environment.
    Environment,
    /// A folder: Postman does not use it.
    Folder,
    /// A collection.
    Collection,
    /// The globals of a workspace.
    Globals,
}

/// What a client makes of a variable at a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Its value is part of the client: only another run changes it.
    Constant,
    /// It is a part of the base URL, which is a setting of the client.
    Setting,
    /// It is a part of what the client signs requests with: a setting, too.
    Credential,
    /// The caller supplies it.
    Input,
    /// Its value shows what the caller may supply for an input.
    Example,
}

impl Role {
    /// The role as a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Role::Constant => "constant",
            Role::Setting => "setting",
            Role::Credential => "credential",
            Role::Input => "input",
            Role::Example => "example",
        }
    }
}

/// A variable that a request holds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Use {
    /// Its name.
    pub name: String,
    /// What it is there.
    pub role: Role,
}

/// What a user says of a variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// Its value is put in wherever it stands.
    Constant,
    /// Its value is put in nowhere: the caller supplies it.
    Input,
}
