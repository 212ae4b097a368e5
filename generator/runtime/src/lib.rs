//! What every generated API client stands on.
//!
//! A generated client is data: one type per request, and for each an [`Endpoint`] of a few lines.
//! Everything that is the same for every API is here, written by hand:
//!
//! | | |
//! | --- | --- |
//! | what a request and its replies are | [`Endpoint`], [`BaseUrl`], [`Auth`], [`ErrorCode`] |
//! | writing a request | [`Path`], [`Query`], [`Headers`], [`Style`], [`Body`], [`Form`], [`Multipart`], [`File`], [`Values`] |
//! | reading a reply | [`Reply`], [`ApiError`], [`DecodeError`] |
//! | what bodies and replies hold | [`json`], [`Id`] |
//! | what can go wrong | [`CallError`], [`SendError`], [`RequestError`], [`TransportError`] |
//! | what the user decides | [`Settings`], [`Credentials`], [`Retries`], [`RateLimits`], [`Clock`], [`Watch`] |
//! | tokens | `oauth2` (feature `oauth2`) |
//! | sending | `Client` and `Transport` (feature `transport`, on reqwest `client`), `blocking::Client` (`blocking`), [`redirect`] |
//! | tests without a server | `mock` (feature `mock`) |
//!
//! Only clients do I/O. For any other transport, [`Settings::request`] makes the request
//! and [`Endpoint::from_http`] reads the response.
//!
//! Requests are what Postman sends for the same collection, with the exceptions that safety asks
//! for: a value never changes the target of a request or adds a header or a part to it.

mod auth;
mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
#[cfg(feature = "transport")]
mod call;
mod charset;
#[cfg(feature = "transport")]
mod client;
mod clock;
#[cfg(feature = "transport")]
mod coding;
mod complete;
mod credentials;
mod dates;
mod decode;
#[cfg(feature = "transport")]
mod download;
mod encode;
mod endpoint;
mod error;
mod error_code;
#[cfg(feature = "transport")]
mod events;
#[cfg(feature = "transport")]
mod exchange;
mod file;
mod file_types;
mod form;
mod headers;
mod id;
pub mod json;
mod media_type;
#[cfg(feature = "mock")]
pub mod mock;
mod multipart;
#[cfg(feature = "oauth2")]
pub mod oauth2;
#[cfg(feature = "transport")]
mod pages;
mod random;
mod rate_limits;
mod reader;
pub mod redirect;
mod reply;
mod request_error;
mod retries;
mod secret;
mod setters;
mod settings;
mod sign;
pub mod source; // not vendored
#[cfg(feature = "tracing")]
mod spans;
mod style;
mod target;
#[cfg(feature = "transport")]
mod transport;
mod transport_error;
mod uri;
mod values;
mod watch;

pub use bytes::Bytes;
pub use http;
#[cfg(feature = "client")]
pub use reqwest;

pub use auth::{Algorithm, Auth, Aws, EdgeGrid, Hawk, Jwt, OAuth1, Place};
pub use base_url::BaseUrl;
pub use body::Body;
#[cfg(feature = "transport")]
pub use client::{Answer, Client};
pub use clock::Clock;
pub use credentials::Credentials;
#[cfg(feature = "transport")]
pub use download::{Download, DownloadError};
pub use endpoint::{Endpoint, Paged, Requirement, next_token};
pub use error::{ApiError, CallError, DecodeError};
pub use error_code::ErrorCode;
#[cfg(feature = "transport")]
pub use events::{Event, Events, JsonLines, StreamError};
pub use file::File;
pub use form::Form;
pub use headers::Headers;
pub use id::Id;
pub use multipart::Multipart;
#[cfg(feature = "transport")]
pub use pages::{Items, Pages};
pub use rate_limits::RateLimits;
pub use reader::Reader;
pub use reply::{Reply, Sent};
pub use request_error::RequestError;
pub use retries::{Attempt, Outcome, Retries, RetryPolicy};
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
pub use style::Style;
pub use target::{Path, Query};
#[cfg(feature = "client")]
pub use transport::Reqwest;
#[cfg(feature = "tower")]
pub use transport::Tower;
#[cfg(feature = "transport")]
pub use transport::{Boxed, Incoming, Transport, Upload};
pub use transport_error::{SendError, TransportError};
pub use values::{Files, Values};
pub use watch::{Exchange, Watch};

// vendored: #[allow(unused_imports, reason = "an API may have no JSON")]
// vendored: pub(crate) use json::macros::{choice, debug_without_secrets, member_name, open_enum, optional, record, with_serde};
// vendored: #[allow(unused_imports, reason = "an API may have no such types")]
// vendored: pub(crate) use json::union_macros::{
// vendored:     matched_union, open_integers, optional_members, tagged_union, union_of,
// vendored: };
