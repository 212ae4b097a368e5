//! What many APIs write: error codes in the names of saved responses, and scopes. Nothing is judged.

use super::{Dialect, marks};
use crate::input::postman::shape::draft::{Api, Operation};

/// The dialect of a document that has no other.
pub(super) struct Generic;

impl Dialect for Generic {
    fn name(&self) -> &'static str {
        "generic"
    }

    fn recognises(&self, _: &Api) -> bool {
        true
    }

    fn read(&self, operation: &mut Operation) {
        operation.scopes = marks::scopes(&operation.docs);
        for response in &mut operation.responses {
            let prose = marks::response(&response.docs);
            response.codes = prose.codes;
            response.docs = prose.rest;
        }
    }
}
