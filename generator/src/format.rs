//! Tokens as formatted text.

use proc_macro2::TokenStream;

/// Formats one file's tokens.
///
/// # Errors
///
/// When the tokens are no Rust file: a fault of the emitter.
pub fn format(tokens: TokenStream) -> Result<String, syn::Error> {
    Ok(prettyplease::unparse(&syn::parse2(tokens)?))
}
