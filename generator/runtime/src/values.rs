//! What a parameter holds: one value, none, or several.

use std::fmt::Display;

use super::file::File;
use super::id::Id;
use super::json::{Base64, Number};

/// What a parameter of a query, a header or a form holds: a value, an `Option` of one, or a `Vec`
/// of them.
///
/// The parameter is added once for each value, in their order. Without a value it is left out.
///
/// ```
/// use letterpress_client::Form;
///
/// let mut form = Form::new();
/// form.pair("size", &30);
/// form.pair("token", &None::<String>);
/// form.pair("status", &vec!["live", "ended"]);
/// assert_eq!(form.as_str(), "size=30&status=live&status=ended");
/// ```
pub trait Values {
    /// Calls `add` with each value, in order.
    fn each(&self, add: &mut dyn FnMut(&dyn Display));
}

/// The files of a part of a form: a file, an `Option` of one, or a `Vec` of them.
pub trait Files {
    /// Calls `add` with each file, in order.
    fn each(&self, add: &mut dyn FnMut(&File));
}

macro_rules! one_value {
    ($($name:ty),*) => {
        $(impl Values for $name {
            fn each(&self, add: &mut dyn FnMut(&dyn Display)) {
                add(self);
            }
        })*
    };
}

one_value!(String, bool, i32, u32, i64, u64, f64, Id, Number, Base64);

impl Values for str {
    fn each(&self, add: &mut dyn FnMut(&dyn Display)) {
        add(&self);
    }
}

impl<T: Values + ?Sized> Values for &T {
    #[inline]
    fn each(&self, add: &mut dyn FnMut(&dyn Display)) {
        (**self).each(add);
    }
}

impl<T: Values> Values for Option<T> {
    #[inline]
    fn each(&self, add: &mut dyn FnMut(&dyn Display)) {
        if let Some(value) = self {
            value.each(add);
        }
    }
}

impl<T: Values> Values for Vec<T> {
    #[inline]
    fn each(&self, add: &mut dyn FnMut(&dyn Display)) {
        for value in self {
            value.each(add);
        }
    }
}

impl Files for File {
    fn each(&self, add: &mut dyn FnMut(&File)) {
        add(self);
    }
}

impl Files for Option<File> {
    fn each(&self, add: &mut dyn FnMut(&File)) {
        self.iter().for_each(add);
    }
}

impl Files for Vec<File> {
    fn each(&self, add: &mut dyn FnMut(&File)) {
        self.iter().for_each(add);
    }
}
