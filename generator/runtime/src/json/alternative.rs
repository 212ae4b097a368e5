//! Values of which the kind decides what they are.

use super::decode::Decode;
use super::error::Error;
use super::reader::Reader;
use super::value::Json;

/// A value of which it is not known yet what it is; see [`Reader::alternative`].
///
/// Each method reads the value into a slot, if it is of that kind and fits, and says whether it did.
#[derive(Debug)]
pub struct Alternative<'r, 'j> {
    pub(super) reader: &'r mut Reader<'j>,
    pub(super) first: u8,
}

impl Alternative<'_, '_> {
    /// Reads `true` or `false`.
    pub fn boolean(&mut self, slot: &mut dyn Decode) -> bool {
        matches!(self.first, b't' | b'f') && self.fits(slot)
    }

    /// Reads a number.
    pub fn number(&mut self, slot: &mut dyn Decode) -> bool {
        matches!(self.first, b'-' | b'0'..=b'9') && self.fits(slot)
    }

    /// Reads a string.
    pub fn string(&mut self, slot: &mut dyn Decode) -> bool {
        self.first == b'"' && self.fits(slot)
    }

    /// Reads an array.
    pub fn array(&mut self, slot: &mut dyn Decode) -> bool {
        self.first == b'[' && self.fits(slot)
    }

    /// Reads an object.
    pub fn object(&mut self, slot: &mut dyn Decode) -> bool {
        self.first == b'{' && self.fits(slot)
    }

    /// Reads whatever it is.
    ///
    /// # Errors
    ///
    /// No JSON.
    pub fn other(&mut self) -> Result<Json, Error> {
        let mut value = Json::Null;
        value.decode(self.reader)?;
        Ok(value)
    }

    fn fits(&mut self, slot: &mut dyn Decode) -> bool {
        let Reader { at, depth, .. } = *self.reader;
        let fits = slot.decode(self.reader).is_ok();
        if !fits {
            self.reader.at = at;
            self.reader.depth = depth;
        }
        fits
    }
}
