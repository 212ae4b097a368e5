//! What each scheme of Postman is, by its parameters.

use super::parameters::Parameters;
use crate::api::{Algorithm, Auth, OAuth1, Token};

/// The scheme of a block, or why the client cannot sign by it: a phrase, or nothing where it knows no such scheme.
pub(super) fn read(
    parameters: &Parameters<'_, '_>,
    kind: &str,
    resolve_name: impl Fn(&str) -> String,
) -> Result<Auth, &'static str> {
    Ok(match kind {
        "noauth" => Auth::None,
        "basic" => Auth::Basic,
        "bearer" => Auth::Bearer,
        "oauth2" => oauth2(parameters)?,
        "apikey" => api_key(parameters, &resolve_name(&parameters.text("key")))?,
        "oauth1" => Auth::OAuth1(oauth1(parameters)?),
        "digest" => Auth::Digest,
        "awsv4" => Auth::Aws {
            service: parameters.constant("service"),
            region: parameters.constant("region"),
            in_query: parameters.is_set("addAuthDataToQuery"),
        },
        "hawk" => Auth::Hawk {
            algorithm: match parameters.text("algorithm").as_str() {
                "sha1" => Algorithm::Sha1,
                "sha256" | "" => Algorithm::Sha256,
                _ => return Err("an algorithm other than SHA-1 and SHA-256"),
            },
            payload: parameters.is_set("includePayloadHash"),
        },
        "edgegrid" => Auth::EdgeGrid {
            headers: signed_headers(&parameters.constant("headersToSign")),
            max_body: parameters.text("maxBodySize").parse().ok(),
        },
        "jwt" => jwt(parameters)?,
        _ => return Err(""),
    })
}

/// Whether the block has what Postman needs to sign by it.
pub(super) fn signs(parameters: &Parameters<'_, '_>, kind: &str) -> bool {
    let has = |names: &[&str]| names.iter().all(|name| parameters.is_set(name));
    match kind {
        "basic" | "digest" | "awsv4" | "ntlm" => true,
        "bearer" => has(&["token"]),
        "oauth2" => has(&["accessToken"]) && !is_mac(parameters),
        "apikey" => has(&["key"]) || has(&["value"]),
        "oauth1" => has(&["consumerKey", "consumerSecret"]),
        "hawk" => has(&["authId", "authKey"]),
        "edgegrid" => has(&["accessToken", "clientToken", "clientSecret"]),
        "jwt" => has(&["algorithm"]) && (has(&["secret"]) || has(&["privateKey"])),
        "asap" => has(&["kid", "privateKey"]),
        _ => false,
    }
}

/// Tokens of this type need a scheme that was never finished; Postman sends nothing.
fn is_mac(parameters: &Parameters<'_, '_>) -> bool {
    parameters.text("tokenType").eq_ignore_ascii_case("mac")
}

fn oauth2(parameters: &Parameters<'_, '_>) -> Result<Auth, &'static str> {
    if is_mac(parameters) {
        return Err("a token of type `mac`");
    }
    Ok(match parameters.text("addTokenTo").as_str() {
        "queryParams" => Auth::Token(Token::Query("access_token".to_owned())),
        _ => match prefix(parameters) {
            Token::Prefix(prefix) if prefix == "Bearer" => Auth::OAuth2,
            token => Auth::Token(token),
        },
    })
}

/// What stands before a token in the Authorization field: the word of the document, without blanks around it.
fn prefix(parameters: &Parameters<'_, '_>) -> Token {
    let fixed = parameters.fixed("headerPrefix");
    Token::Prefix(fixed.map_or_else(|| "Bearer".to_owned(), |prefix| prefix.trim().to_owned()))
}

fn api_key(parameters: &Parameters<'_, '_>, key: &str) -> Result<Auth, &'static str> {
    Ok(match (key, parameters.text("in").as_str()) {
        ("", _) => Auth::None,
        (_, "query") => Auth::ApiKeyQuery(key.to_owned()),
        _ if http::HeaderName::from_bytes(key.as_bytes()).is_ok() => {
            Auth::ApiKeyHeader(key.to_owned())
        }
        _ => return Err("a key whose name is no header name"),
    })
}

fn oauth1(parameters: &Parameters<'_, '_>) -> Result<OAuth1, &'static str> {
    Ok(OAuth1 {
        algorithm: match parameters.text("signatureMethod").as_str() {
            "HMAC-SHA1" | "" => Some(Algorithm::Sha1),
            "HMAC-SHA256" => Some(Algorithm::Sha256),
            "HMAC-SHA512" => Some(Algorithm::Sha512),
            "PLAINTEXT" => None,
            _ => return Err("another signature method than HMAC and PLAINTEXT"),
        },
        in_header: parameters.is_set("addParamsToHeader"),
        realm: parameters.constant("realm").trim().to_owned(),
        version: parameters.constant("version").trim().to_owned(),
        body_hash: parameters.is_set("includeBodyHash"),
        empty: parameters.is_set("addEmptyParamsToSign"),
        encoded: !parameters.is_set("disableHeaderEncoding"),
    })
}

/// The names in a list with commas.
fn signed_headers(list: &str) -> Vec<String> {
    let names = list.split(',').map(|name| name.trim().to_ascii_lowercase());
    names.filter(|name| !name.is_empty()).collect()
}

fn jwt(parameters: &Parameters<'_, '_>) -> Result<Auth, &'static str> {
    let algorithm = match parameters.text("algorithm").as_str() {
        "HS256" => Algorithm::Sha256,
        "HS384" => Algorithm::Sha384,
        "HS512" => Algorithm::Sha512,
        "" => return Err("no algorithm"),
        _ => return Err("another algorithm than HMAC"),
    };
    let token = match parameters.text("addTokenTo").as_str() {
        "queryParam" => Token::Query(match parameters.constant("queryParamKey") {
            name if name.is_empty() => "token".to_owned(),
            name => name,
        }),
        _ => prefix(parameters),
    };
    let header = parameters.constant("header").trim().to_owned();
    let is_plain = matches!(header.as_str(), "" | "{}");
    Ok(Auth::Jwt {
        algorithm,
        token,
        header: if is_plain { String::new() } else { header },
        base64: parameters.is_set("isSecretBase64Encoded"),
    })
}
