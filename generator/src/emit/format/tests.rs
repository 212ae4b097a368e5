//! Tests of the layout.

use proc_macro2::TokenStream;
use proptest::prelude::*;
use quote::quote;

use super::format;

fn parsed(code: &str) -> TokenStream {
    code.parse()
        .unwrap_or_else(|error| panic!("{error}: {code}"))
}

fn written(tokens: TokenStream) -> String {
    format(tokens).unwrap_or_else(|error| panic!("{error}"))
}

fn formatted(code: &str) -> String {
    written(parsed(code))
}

/// Code that rustfmt leaves alone comes out as it went in: its line breaks are no tokens, so all of
/// them are made anew.
fn check(code: &str) {
    let code = code.strip_prefix('\n').unwrap_or(code);
    assert_eq!(formatted(code), code);
}

#[test]
fn documentation_and_attributes() {
    check(
        r#"
//! Update a live stream.
//!
//! ```
//! let a = 1;
//! ```

#![allow(
    clippy::doc_markdown,
    clippy::enum_variant_names,
    clippy::module_inception,
    clippy::too_many_lines
)]
#![cfg(test)]

/// One.
pub mod one;

/// Two.
///
/// * `300`: Missing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Two {
    /// A.
    A,

    /// B.
    B(String),

    C,
}

#[derive(
    Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, Bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, Clone,
)]
pub struct Three(pub String, Vec<(String, i64)>);

#[doc = "/ would be no documentation as a comment."]
pub struct Four;
"#,
    );
}

#[test]
fn a_request() {
    check(
        r#"
use crate::runtime::{
    Auth, BaseUrl, Body, CallError, Endpoint, ErrorCode, Headers, Multipart, Path, Place, Query,
    Reply,
};

/// Update.
#[derive(Clone, PartialEq, Debug)]
pub struct Request {
    /// The meeting's ID.
    pub meeting_id: i64,

    /// Inputs that may be left out.
    pub options: Options,
}

impl Endpoint for Request {
    type Response = Reply;
    type Failure = Failure;

    const METHOD: &'static str = "PATCH";
    const PATH: &'static str = "/a/path/that/is/too/long/for/the/line/{organization}/packages/{id}/x";
    const AUTH: Auth = Auth::ApiKey {
        place: Place::Header,
        name: "X-Api-Key",
    };
    const ERROR_CODES: &'static [ErrorCode] = &[
        ErrorCode::new(
            400,
            "1010",
            "User does not belong to this account: {accountId}.",
        ),
        ErrorCode::new(404, "1001", "User {userId} does not exist."),
    ];

    fn path(&self, path: &mut Path) {
        path.text("/meetings/");
        path.value("meetingId", &self.meeting_id);
    }

    fn query(&self, query: &mut Query) {
        if let Some(value) = &self.options.page_size {
            query.pair("page_size", value);
        }
        for value in &self.statuses {
            query.pair("status", value);
        }
        query.pair(
            "a_name_that_is_rather_long",
            &self.options.a_name_that_is_rather_long,
        );
        match &self.options.acl {
            Some(value) => query.pair("acl", value),
            None => query.bare("acl"),
        }
        query.bare("acl");
    }

    fn body(&self) -> Body {
        let mut form = Multipart::new();
        form.text("stream_url", &self.stream_url);
        form.into()
    }

    /// 204: Updated.
    fn decode(reply: Reply) -> Result<(), CallError<Failure>> {
        match reply.status().as_u16() {
            204 => Ok(()),
            300 => Err(reply.failure(Failure::MultipleChoices)),
            300.. if reply.has_code("300") => Err(reply.failure(Failure::Code300)),
            200..=299 => Ok(reply),
            _ => Err(reply.undocumented()),
        }
    }
}
"#
        .replace("const PATH: &'static str = ", "const PATH: &'static str =\n        ")
        .as_str(),
    );
}

#[test]
fn long_names() {
    check(
        r#"
pub const BASE_URL: crate::runtime::BaseUrl =
    crate::runtime::BaseUrl::new("baseUrl", "https://api.example.com/v2/and/so/on/x/y/z/1");

pub struct Long {
    pub a_field_with_a_very_long_name_indeed_longer_than_others:
        Option<Vec<ATypeWithAVeryLongNameIndeedLongerThanOthers>>,
}

impl std::fmt::Display
    for ATypeWithAVeryLongNameIndeedLongerThanOthersAndLongerStillThanItWouldHaveToBe
{
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(value) = &self
            .options
            .a_field_with_a_very_long_name_indeed_longer_than_others
        {
            form.value(
                "a_field_with_a_very_long_name_indeed_longer_than_others",
                &self
                    .options
                    .a_field_with_a_very_long_name_indeed_longer_than_others,
            );
        }
        let text = match self {
            Self::A => "a",
            Self::B => {
                "a text that is too long for the line of its arm, and so has a line of its own in braces"
            }
            Self::Unknown(value) => value,
        };
        f.write_str(text)
    }
}
"#,
    );
}

#[test]
fn text_that_fits_nowhere_stands_out() {
    let long = "x".repeat(120);
    check(&format!(
        "impl A {{\n    const PATH: &'static str = \"{long}\";\n\n    fn a(&self) {{\n        path.text(\n            \"{long}\",\n        );\n    }}\n}}\n"
    ).replace("path.text(\n            ", "path.text(").replace(",\n        );", ");"));
}

#[test]
fn imports_are_in_order() {
    let code = "use b::{Zed, abc, x10, self, x9, X_Y, XA};\nuse a::B;\npub mod d;\npub mod c;\n";
    insta::assert_snapshot!(formatted(code), @r"
    use a::B;
    use b::{self, X_Y, XA, Zed, abc, x9, x10};

    pub mod c;
    pub mod d;
    ");
}

#[test]
fn tables_of_macros_keep_their_tokens() {
    let tokens = quote! {
        record! { Meeting { id: "id", topic: "topic", settings: "a rather long name of a field on the wire", } }
        open_enum! { pub Kind { Instant = 1, Scheduled = 2 } }
    };
    insta::assert_snapshot!(written(tokens), @r#"
    record! {
        Meeting {
            id: "id",
            topic: "topic",
            settings: "a rather long name of a field on the wire",
        }
    }

    open_enum! {
        pub Kind { Instant = 1, Scheduled = 2 }
    }
    "#);
}

#[test]
fn what_has_no_rules_is_written_all_the_same() {
    let tokens = quote! {
        pub fn a<T>(value: T) -> T where T: Clone { async { value }.await }
        union B { a: u8 }
    };
    insta::assert_snapshot!(written(tokens), @r"
    pub fn a<T>(value: T) -> T
    where
        T: Clone,
    {
        async { value }.await
    }

    union B {
        a: u8,
    }
    ");
    assert!(format(quote! { struct }).is_err());
}

proptest! {
    #[test]
    fn nothing_is_lost(prose in "\\PC{0,200}", name in "[a-z_]{1,80}x", ty in "[A-Z][a-z]{0,80}") {
        let (name, ty) = (quote::format_ident!("{name}"), quote::format_ident!("{ty}"));
        let tokens = quote! {
            #[doc = " Words."]
            pub struct #ty { pub #name: Option<#ty>, }
            impl A for #ty {
                const TEXT: &'static str = #prose;
                fn a(&self) -> #ty {
                    query.pair(#prose, &self.options.#name);
                    if let Some(value) = &self.#name { #name.text(#prose); }
                    let a = match self { Self::#ty => #prose, _ => value };
                    Err(reply.failure(#ty::#ty))
                }
            }
        };
        let text = written(tokens.clone());
        prop_assert_eq!(significant(&parsed(&text)), significant(&tokens));
        prop_assert_eq!(formatted(&text), text);
    }
}

/// The tokens without the commas that formatting adds and takes away.
fn significant(tokens: &TokenStream) -> String {
    tokens.to_string().replace(
        |char: char| char.is_whitespace() || char == ',' || matches!(char, '{' | '}'),
        "",
    )
}
