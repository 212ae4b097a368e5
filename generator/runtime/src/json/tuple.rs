//! Arrays with a type for each position (JSON Schema 2020-12, `prefixItems`).

use super::decode::Decode;
use super::encode::Encode;
use super::error::Error;
use super::reader::Reader;
use super::writer::Writer;

macro_rules! tuples {
    ($(($($element:ident),+))*) => {
        $(
            impl<$($element: Decode),+> Decode for ($($element,)+) {
                #[expect(non_snake_case, reason = "an element has the name of its type")]
                fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
                    let ($($element,)+) = self;
                    reader.tuple(&mut [$($element),+])
                }
            }

            impl<$($element: Encode),+> Encode for ($($element,)+) {
                #[expect(non_snake_case, reason = "an element has the name of its type")]
                fn encode(&self, writer: &mut Writer) {
                    let ($($element,)+) = self;
                    let elements: &[&dyn Encode] = & [$($element),+];
                    writer.array(&mut elements.iter().copied());
                }
            }
        )*
    };
}

tuples! { (A) (A, B) (A, B, C) (A, B, C, D) }

impl Reader<'_> {
    /// Reads an array into the slots of its elements. Elements beyond them are skipped.
    ///
    /// # Errors
    ///
    /// No array, an element does not fit its slot, or one is missing that cannot be.
    fn tuple(&mut self, slots: &mut [&mut dyn Decode]) -> Result<(), Error> {
        self.peek();
        let mut left = slots.iter_mut();
        let short = self.error(format!("expected {} elements, found fewer", left.len()));
        self.array(&mut |reader| match left.next() {
            Some(slot) => slot.decode(reader),
            None => reader.skip(),
        })?;
        if left.all(|slot| slot.absent()) {
            Ok(())
        } else {
            Err(short)
        }
    }
}
