//! What every generated API client stands on.
//!
//! A generated client is data: one type per request, and for each an [`Endpoint`] of a few lines.
//! Everything that is the same for every API is here, written by hand:
//!
//! | | |
//! | --- | --- |
//! | what a request and its replies are | [`Endpoint`], [`BaseUrl`], [`Auth`], [`ErrorCode`] |
//! | writing a request | [`Path`], [`Query`], [`Headers`], [`Body`], [`Form`], [`Multipart`], [`File`], [`Values`] |
//! | reading a reply | [`Reply`], [`ApiError`], [`DecodeError`] |
//! | what bodies and replies hold | [`json`], [`Id`] |
//! | what can go wrong | [`CallError`], [`SendError`], [`RequestError`], [`TransportError`] |
//! | what the user decides | [`Settings`] |
//! | sending | `Client` (feature `client`), `blocking::Client` (feature `blocking`), [`redirect`] |
//!
//! Only the last row does I/O. For any other transport, [`Settings::request`] makes the request
//! and [`Endpoint::from_http`] reads the response.
//!
//! Requests are what Postman sends for the same collection, with the exceptions that safety asks
//! for: a value never changes the target of a request or adds a header or a part to it.

mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
#[cfg(feature = "client")]
mod client;
mod encode;
mod endpoint;
mod error;
mod file;
mod form;
mod headers;
mod id;
pub mod json;
mod media_type;
mod multipart;
mod random;
pub mod redirect;
mod reply;
mod settings;
mod sign;
pub mod source; // not vendored
mod target;
#[cfg(any(feature = "client", feature = "blocking"))]
mod transport;
mod uri;
mod values;

pub use bytes::Bytes;

pub use auth::{Algorithm, Auth, Aws, EdgeGrid, Hawk, Jwt, OAuth1, Place};
pub use body::{Body, Reader};
#[cfg(feature = "client")]
pub use client::Client;
pub use endpoint::{BaseUrl, Endpoint, ErrorCode};
pub use error::{CallError, DecodeError, RequestError, SendError, TransportError};
pub use file::File;
pub use form::Form;
pub use headers::Headers;
pub use id::Id;
pub use multipart::Multipart;
pub use reply::{ApiError, Reply};
pub use settings::Settings;
#[cfg(feature = "aws")]
pub use sign::AwsKeys;
#[cfg(feature = "digest")]
pub use sign::DigestKeys;
#[cfg(feature = "edgegrid")]
pub use sign::EdgeGridKeys;
#[cfg(feature = "hawk")]
pub use sign::HawkKeys;
#[cfg(feature = "jwt")]
pub use sign::JwtKeys;
#[cfg(feature = "oauth1")]
pub use sign::OAuth1Keys;
pub use target::{Path, Query};
pub use values::{Files, Values};

// vendored: #[allow(unused_imports, reason = "an API may have no JSON")]
// vendored: pub(crate) use json::macros::{choice, member_name, open_enum, optional, record, with_serde};
// vendored: #[allow(unused_imports, reason = "an API may have no such types")]
// vendored: pub(crate) use json::union_macros::{
// vendored:     matched_union, open_integers, optional_members, tagged_union, union_of,
// vendored: };
