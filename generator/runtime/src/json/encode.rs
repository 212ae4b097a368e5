//! What can be written, and the plain types of members.

use super::writer::Writer;

/// A value that can be written as JSON.
pub trait Encode {
    /// Writes the value.
    fn encode(&self, writer: &mut Writer);

    /// Whether a member with this value is left out.
    #[inline]
    fn is_absent(&self) -> bool {
        false
    }
}

impl Encode for str {
    fn encode(&self, writer: &mut Writer) {
        writer.text(self);
    }
}

impl Encode for String {
    fn encode(&self, writer: &mut Writer) {
        writer.text(self);
    }
}

impl Encode for bool {
    fn encode(&self, writer: &mut Writer) {
        writer.raw(if *self { "true" } else { "false" });
    }
}

impl Encode for i64 {
    fn encode(&self, writer: &mut Writer) {
        if *self < 0 {
            writer.raw("-");
        }
        writer.whole(self.unsigned_abs());
    }
}

impl Encode for i32 {
    fn encode(&self, writer: &mut Writer) {
        i64::from(*self).encode(writer);
    }
}

impl Encode for u32 {
    fn encode(&self, writer: &mut Writer) {
        writer.whole(u64::from(*self));
    }
}

impl Encode for u64 {
    fn encode(&self, writer: &mut Writer) {
        writer.whole(*self);
    }
}

/// The shortest text that is read as the same number, without `.0`; `null` for what is no number in JSON.
impl Encode for f64 {
    fn encode(&self, writer: &mut Writer) {
        writer.float(*self);
    }
}

impl<T: Encode> Encode for Option<T> {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.encode(writer),
            None => writer.raw("null"),
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Encode> Encode for [T] {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        writer.array(&mut self.iter().map(|value| value as &dyn Encode));
    }
}

impl<T: Encode> Encode for Vec<T> {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        self.as_slice().encode(writer);
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }

    #[inline]
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }

    #[inline]
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}
