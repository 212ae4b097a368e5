//! The tables of unions of objects, and of numbers with known values.

#[doc = include_str!("open_integers.md")] // not vendored
#[macro_export] // not vendored
// vendored: #[allow(unused_macros, reason = "an API may have no such types")]
macro_rules! open_integers {
    ($name:ident { $($variant:ident = $wire:literal),* $(,)? }) => {
        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                Self::Unknown(0)
            }
        }
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&i64::from(*self), f)
            }
        }
        impl ::core::convert::From<i64> for $name {
            #[inline]
            fn from(number: i64) -> Self {
                match number {
                    $($wire => Self::$variant,)*
                    _ => Self::Unknown(number),
                }
            }
        }
        impl ::core::convert::From<$name> for i64 {
            #[inline]
            fn from(value: $name) -> Self {
                match value {
                    $($name::$variant => $wire,)*
                    $name::Unknown(number) => number,
                }
            }
        }
        impl $crate::Values for $name {
            #[inline]
            fn each(&self, add: &mut dyn ::core::ops::FnMut(&dyn ::core::fmt::Display)) {
                add(self);
            }
        }
        impl $crate::json::Decode for $name {
            #[inline]
            fn decode(
                &mut self,
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::json::Error> {
                let mut number = 0_i64;
                $crate::json::Decode::decode(&mut number, reader)?;
                *self = number.into();
                Ok(())
            }
        }
        impl $crate::json::Encode for $name {
            #[inline]
            fn encode(&self, writer: &mut $crate::json::Writer) {
                $crate::json::Encode::encode(&i64::from(*self), writer);
            }
        }
        $crate::with_serde!($name);
    };
}

#[doc = include_str!("tagged_union.md")] // not vendored
#[macro_export] // not vendored
// vendored: #[allow(unused_macros, reason = "an API may have no such types")]
macro_rules! tagged_union {
    ($name:ident by $tag:literal {
        $($variant:ident = $($wire:literal)|+),+ $(,)?
        $(; $($other:ident: $kind:ident),+ $(,)?)?
    }) => {
        impl $crate::json::Decode for $name {
            #[inline]
            fn decode(
                &mut self,
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::json::Error> {
                let mut next = reader.alternative();
                match next.tag($tag).as_deref() {
                    $(::core::option::Option::Some($($wire)|+) => {
                        let mut value = ::core::default::Default::default();
                        if next.object(&mut value) {
                            *self = Self::$variant(value);
                            return Ok(());
                        }
                    })*
                    _ => {}
                }
                $($(
                    let mut value = ::core::default::Default::default();
                    if next.$kind(&mut value) {
                        *self = Self::$other(value);
                        return Ok(());
                    }
                )+)?
                *self = Self::Unknown(next.other()?);
                Ok(())
            }
        }
        $crate::union_of!($name { $($variant,)+ $($($other,)+)? });
    };
}

#[doc = include_str!("matched_union.md")] // not vendored
#[macro_export] // not vendored
// vendored: #[allow(unused_macros, reason = "an API may have no such types")]
macro_rules! matched_union {
    ($name:ident {
        $($variant:ident = [$($required:literal $(= $($value:literal)|+)?),*] $optional:tt),+ $(,)?
        $(; $($other:ident: $kind:ident),+ $(,)?)?
    }) => {
        impl $crate::json::Decode for $name {
            #[inline]
            fn decode(
                &mut self,
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::json::Error> {
                let mut next = reader.alternative();
                if next.matched(self, &[$($crate::json::Matched {
                    required: &[$(($required, &[$($($value),+)?])),*],
                    optional: $crate::optional_members!($optional),
                    read: |union, next| {
                        let mut value = ::core::default::Default::default();
                        let fits = next.object(&mut value);
                        if fits {
                            *union = Self::$variant(value);
                        }
                        fits
                    },
                }),*]) {
                    return Ok(());
                }
                $($(
                    let mut value = ::core::default::Default::default();
                    if next.$kind(&mut value) {
                        *self = Self::$other(value);
                        return Ok(());
                    }
                )+)?
                *self = Self::Unknown(next.other()?);
                Ok(())
            }
        }
        $crate::union_of!($name { $($variant,)+ $($($other,)+)? });
    };
}

/// The members that a variant may have: these, or any.
#[doc(hidden)] // not vendored
#[macro_export] // not vendored
// vendored: #[allow(unused_macros, reason = "an API may have no such types")]
macro_rules! optional_members {
    (any) => {
        ::core::option::Option::None
    };
    ([$($name:literal),*]) => {
        ::core::option::Option::Some(&[$($name),*])
    };
}

/// What all unions have in common: how they are written, and that an empty one is `null`.
#[doc(hidden)] // not vendored
#[macro_export] // not vendored
// vendored: #[allow(unused_macros, reason = "an API may have no such types")]
macro_rules! union_of {
    ($name:ident { $($variant:ident,)* }) => {
        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                Self::Unknown($crate::json::Json::Null)
            }
        }
        impl $crate::json::Encode for $name {
            #[inline]
            fn encode(&self, writer: &mut $crate::json::Writer) {
                match self {
                    $(Self::$variant(value) => $crate::json::Encode::encode(value, writer),)*
                    Self::Unknown(value) => $crate::json::Encode::encode(value, writer),
                }
            }
        }
        $crate::with_serde!($name);
    };
}

// vendored: #[allow(unused_imports, reason = "an API may have no such types")]
// vendored: pub(crate) use {
// vendored:     matched_union, open_integers, optional_members, tagged_union, union_of,
// vendored: };
