//! What can be read, and the plain types of members.

use super::error::Error;
use super::number;
use super::reader::Reader;

/// A slot that a JSON value is read into.
///
/// What was in it before is replaced as a whole.
pub trait Decode {
    /// Reads one value.
    ///
    /// # Errors
    ///
    /// It is no JSON, or not of this type.
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error>;

    /// Takes notice that the member is absent. Whether it may be.
    #[inline]
    fn absent(&mut self) -> bool {
        false
    }

    /// Whether `null` is a value of the type that is not the same as no value.
    #[inline]
    #[must_use]
    fn takes_null() -> bool
    where
        Self: Sized,
    {
        false
    }
}

impl Decode for String {
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        *self = reader.text()?.into_owned();
        Ok(())
    }
}

impl Decode for bool {
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        *self = reader.boolean()?;
        Ok(())
    }
}

impl Decode for i64 {
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        *self = whole(reader)?;
        Ok(())
    }
}

impl Decode for i32 {
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        *self = whole(reader)?;
        Ok(())
    }
}

impl Decode for u32 {
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        *self = whole(reader)?;
        Ok(())
    }
}

impl Decode for u64 {
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        *self = whole(reader)?;
        Ok(())
    }
}

/// A whole number that fits `T`.
fn whole<T: TryFrom<i128> + TryFrom<u64>>(reader: &mut Reader<'_>) -> Result<T, Error> {
    let start = reader.at;
    if let Some(small) = reader.small() {
        if let Ok(small) = T::try_from(small) {
            return Ok(small);
        }
        reader.at = start;
    }
    let Some(b'-' | b'0'..=b'9') = reader.peek() else {
        return Err(reader.mismatch("a whole number"));
    };
    let here = reader.error(match size_of::<T>() {
        4 => "expected a whole number of 32 bits, found another number",
        _ => "expected a whole number of 64 bits, found another number",
    });
    let value = number::whole(reader.number()?);
    value.and_then(|value| T::try_from(value).ok()).ok_or(here)
}

impl Decode for f64 {
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        // Every number in the grammar of JSON is one in that of Rust.
        let value = reader.number()?.parse::<f64>().unwrap_or(f64::NAN);
        if !value.is_finite() {
            return Err(reader.error("the number is too large"));
        }
        *self = value;
        Ok(())
    }
}

impl<T: Decode + Default> Decode for Option<T> {
    #[inline]
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        if !T::takes_null() && reader.null()? {
            *self = None;
            return Ok(());
        }
        self.insert(T::default()).decode(reader)
    }

    #[inline]
    fn absent(&mut self) -> bool {
        *self = None;
        true
    }
}

/// Absent, `null` and `[]` read the same: no element.
impl<T: Decode + Default> Decode for Vec<T> {
    #[inline]
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        self.clear();
        if reader.null()? {
            return Ok(());
        }
        reader.array(&mut |reader| {
            self.push(T::default());
            match self.last_mut() {
                Some(last) => last.decode(reader),
                None => Ok(()),
            }
        })
    }

    #[inline]
    fn absent(&mut self) -> bool {
        self.clear();
        true
    }
}

impl<T: Decode> Decode for Box<T> {
    #[inline]
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        (**self).decode(reader)
    }

    #[inline]
    fn absent(&mut self) -> bool {
        (**self).absent()
    }

    #[inline]
    fn takes_null() -> bool {
        T::takes_null()
    }
}
