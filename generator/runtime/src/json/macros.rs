//! The tables of generated types: what they are in JSON.

#[doc = include_str!("record.md")] // not vendored
#[macro_export] // not vendored
// vendored: #[allow(unused_macros, reason = "an API may have no such types")]
macro_rules! record {
    ($name:ident { $($field:ident $(= $wire:literal)?,)* ..$extra:ident $(,)? }) => {
        $crate::record!(@$name [$($field $(= $wire)?),*] [$extra]);
    };
    ($name:ident { $($field:ident $(= $wire:literal)?),* $(,)? }) => {
        $crate::record!(@$name [$($field $(= $wire)?),*] []);
    };
    (@$name:ident [$($field:ident $(= $wire:literal)?),*] [$($extra:ident)?]) => {
        const _: () = {
            const NAMES: &[&str] = &[$($crate::member_name!($field $($wire)?)),*];
            impl $crate::json::Decode for $name {
                #[inline]
                fn decode(
                    &mut self,
                    reader: &mut $crate::json::Reader<'_>,
                ) -> ::core::result::Result<(), $crate::json::Error> {
                    let extra = $crate::optional!($(&mut self.$extra)?);
                    reader.record(NAMES, &mut [$(&mut self.$field),*], extra)
                }
            }
            impl $crate::json::Encode for $name {
                #[inline]
                fn encode(&self, writer: &mut $crate::json::Writer) {
                    let extra = $crate::optional!($(&self.$extra)?);
                    writer.record(NAMES, &[$(&self.$field),*], extra);
                }
            }
        };
        $crate::with_serde!($name);
    };
}

/// An expression that may be missing, as an `Option`.
#[doc(hidden)] // not vendored
#[macro_export] // not vendored
// vendored: #[allow(unused_macros, reason = "an API may have no such types")]
macro_rules! optional {
    () => {
        ::core::option::Option::None
    };
    ($value:expr) => {
        ::core::option::Option::Some($value)
    };
}

/// The name of a member: that of its field, unless it has another.
#[doc(hidden)] // not vendored
#[macro_export] // not vendored
// vendored: #[allow(unused_macros, reason = "an API may have no such types")]
macro_rules! member_name {
    ($field:ident) => {
        ::core::stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
    };
}

#[doc = include_str!("debug_without_secrets.md")] // not vendored
#[macro_export] // not vendored
// vendored: #[allow(unused_macros, reason = "an API may have no secrets")]
macro_rules! debug_without_secrets {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(::core::stringify!($name))
                    $(.field(::core::stringify!($field), &self.$field))*
                    .finish_non_exhaustive()
            }
        }
    };
}

#[doc = include_str!("open_enum.md")] // not vendored
#[macro_export] // not vendored
// vendored: #[allow(unused_macros, reason = "an API may have no such types")]
macro_rules! open_enum {
    ($name:ident { $($variant:ident = $wire:literal),* $(,)? }) => {
        impl $name {
            /// The value as the API writes it.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(text) => text,
                }
            }
        }
        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                Self::Unknown(::std::string::String::new())
            }
        }
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($wire => Self::$variant,)*
                    _ => Self::Unknown(text.into()),
                }
            }
        }
        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                text.as_str().into()
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
                *self = (*reader.text()?).into();
                Ok(())
            }
        }
        impl $crate::json::Encode for $name {
            #[inline]
            fn encode(&self, writer: &mut $crate::json::Writer) {
                writer.text(self.as_str());
            }
        }
        $crate::with_serde!($name);
    };
}

#[doc = include_str!("choice.md")] // not vendored
#[macro_export] // not vendored
// vendored: #[allow(unused_macros, reason = "an API may have no such types")]
macro_rules! choice {
    ($name:ident { $($variant:ident: $kind:ident),* $(,)? }) => {
        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                Self::Other($crate::json::Json::Null)
            }
        }
        impl $crate::json::Decode for $name {
            #[inline]
            fn decode(
                &mut self,
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::json::Error> {
                let mut next = reader.alternative();
                $(
                    let mut value = ::core::default::Default::default();
                    if next.$kind(&mut value) {
                        *self = Self::$variant(value);
                        return Ok(());
                    }
                )*
                *self = Self::Other(next.other()?);
                Ok(())
            }
        }
        impl $crate::json::Encode for $name {
            #[inline]
            fn encode(&self, writer: &mut $crate::json::Writer) {
                match self {
                    $(Self::$variant(value) => $crate::json::Encode::encode(value, writer),)*
                    Self::Other(value) => $crate::json::Encode::encode(value, writer),
                }
            }
        }
        $crate::with_serde!($name);
    };
}

/// What the feature `serde` adds to a type that has a table.
#[cfg(feature = "serde")]
#[doc(hidden)] // not vendored
#[macro_export] // not vendored
macro_rules! with_serde {
    ($name:ident) => {
        impl $crate::json::with_serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::json::with_serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::json::with_serde::serialize(self, serializer)
            }
        }
        impl<'de> $crate::json::with_serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::json::with_serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::json::with_serde::deserialize(deserializer)
            }
        }
    };
}

/// What the feature `serde` adds to a type that has a table: without the feature nothing.
#[cfg(not(feature = "serde"))]
#[doc(hidden)] // not vendored
#[macro_export] // not vendored
macro_rules! with_serde {
    ($name:ident) => {};
}

// vendored: #[allow(unused_imports, reason = "an API may have no such types")]
// vendored: pub(crate) use {choice, debug_without_secrets, member_name, open_enum, optional, record, with_serde};
