//! A request as a command: curl, in a shell as POSIX has it.
//!
//! A command is a text that runs anywhere, so a value in it is never more than a value: whatever it holds, the
//! shell sees one word, and curl takes it as it is.

mod form;
mod shell;

use crate::api::{Api, Auth, Operation, Token};
use crate::document::encode;
use crate::proof::wire::{self, Line};

use shell::{printf, word};

/// The command that sends a request.
///
/// With [`Auth::None`] it sends what the line says and nothing else. For any other scheme the line has no credentials:
/// they are variables of the shell (`$TOKEN`, `$USERNAME` and `$PASSWORD`, `$API_KEY`), so that no secret stands in
/// the command. So is the base of a line whose URL is a path alone: `$BASE_URL`.
///
/// A file is read from the folder in which the command runs, where the line has its stand-in (`file:` and the name).
#[must_use]
pub fn command(line: &Line, auth: &Auth) -> String {
    let body = body(line);
    let mut arguments = method(line, body.is_some());
    arguments.extend(url(line, auth));
    arguments.extend(credentials(auth));
    arguments.extend(headers(line, body.as_ref()));
    let mut before = String::new();
    if let Some(body) = body {
        before = body
            .piped
            .map(|text| format!("{text} | "))
            .unwrap_or_default();
        arguments.extend(body.arguments);
    }
    format!("{before}curl {}", arguments.join(" \\\n    "))
}

/// The command that shows a request: examples, and no secret. A variable without a value is one of the shell, by its
/// name in capitals: `{{duration}}` is `$DURATION`.
#[must_use]
pub fn example(api: &Api, operation: &Operation) -> String {
    // A base with variables in it is no URL.
    let base = operation.base.default.as_str();
    let base = if base.contains(['{', '}']) { "" } else { base };
    let operation = wire::with_values(api, operation);
    shell::with_variables(&command(&wire::example(&operation, base), &operation.auth))
}

/// How a body is handed to curl.
#[derive(Default)]
struct Data {
    arguments: Vec<String>,
    /// The command that writes it, where no argument can hold it.
    piped: Option<String>,
    /// Whether curl writes the `Content-Type`, with a boundary of its own.
    owns_type: bool,
}

fn body(line: &Line) -> Option<Data> {
    if let Some(parts) = &line.multipart {
        return Some(form::data(line, parts));
    }
    let bytes = line.bytes();
    if bytes.is_empty() {
        return None;
    }
    let text = line.body.as_deref().unwrap_or_default();
    let mut data = Data::default();
    if let Some(name) = stand_in(text) {
        data.arguments = vec![format!("--data-binary {}", word(&format!("@{name}")))];
    } else if shell::is_plain(text) && line.body.is_some() {
        data.arguments = vec![format!("--data-raw {}", word(text))];
    } else {
        data = Data::piped(&bytes);
    }
    Some(data)
}

impl Data {
    fn piped(bytes: &[u8]) -> Self {
        Self {
            arguments: vec!["--data-binary @-".to_owned()],
            piped: Some(printf(bytes)),
            owns_type: false,
        }
    }
}

/// The name of the file whose stand-in a content is: recordings have `file:` and its name for it.
fn stand_in(content: &str) -> Option<&str> {
    let name = content.strip_prefix("file:")?;
    // What is hidden is what people keep secrets in; a document has no say over that.
    let is_name =
        !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\n', '\r', '\0']);
    is_name.then_some(name)
}

fn method(line: &Line, has_body: bool) -> Vec<String> {
    match line.method.as_str() {
        "GET" if !has_body => Vec::new(),
        // With `--request HEAD` curl waits for a body that never comes.
        "HEAD" if !has_body => vec!["--head".to_owned()],
        method => vec![format!("--request {}", word(method))],
    }
}

fn url(line: &Line, auth: &Auth) -> Vec<String> {
    let url = &line.url;
    let mut arguments = Vec::new();
    if url.contains(['[', ']', '{', '}']) {
        // Without it, curl takes them for sets and ranges.
        arguments.push("--globoff".to_owned());
    }
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        arguments.push("--path-as-is".to_owned());
    }
    let is_path = url.is_empty() || url.starts_with(['/', '?']);
    let in_query = match auth {
        Auth::ApiKeyQuery(name) => Some((name, "API_KEY")),
        Auth::Token(Token::Query(name))
        | Auth::Jwt {
            token: Token::Query(name),
            ..
        } => Some((name, "TOKEN")),
        _ => None,
    };
    let sign = if url.contains('?') { '&' } else { '?' };
    let key = in_query.map(|(name, _)| format!("{sign}{}=", encode::query_name(name)));
    let text = format!("{url}{}", key.unwrap_or_default());
    let variables = [
        is_path.then_some("BASE_URL"),
        in_query.map(|(_, variable)| variable),
    ];
    arguments.push(match variables {
        [None, None] => word(&text),
        [before, after] => shell::between(before, &text, after),
    });
    arguments
}

/// What signs a request: by curl itself where it can, else as the field that the caller makes.
fn credentials(auth: &Auth) -> Vec<String> {
    let authorization = |scheme: &str, variable| {
        let text = format!("Authorization: {scheme}");
        vec![format!(
            "--header {}",
            shell::between(None, &text, Some(variable))
        )]
    };
    let user = || "--user \"$USERNAME:$PASSWORD\"".to_owned();
    match auth {
        Auth::Bearer | Auth::OAuth2 => authorization("Bearer ", "TOKEN"),
        Auth::Token(Token::Prefix(prefix))
        | Auth::Jwt {
            token: Token::Prefix(prefix),
            ..
        } => {
            let blank = if prefix.is_empty() { "" } else { " " };
            authorization(&format!("{prefix}{blank}"), "TOKEN")
        }
        Auth::ApiKeyHeader(name) => {
            let text = format!("{name}: ");
            vec![format!(
                "--header {}",
                shell::between(None, &text, Some("API_KEY"))
            )]
        }
        Auth::Basic => vec![user()],
        Auth::Digest => vec!["--digest".to_owned(), user()],
        Auth::Aws {
            service, region, ..
        } => {
            let scope = format!("aws:amz:{region}:{service}");
            let scope = scope.trim_end_matches(':');
            vec![
                format!("--aws-sigv4 {}", word(scope)),
                "--user \"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY\"".to_owned(),
            ]
        }
        Auth::OAuth1(_) | Auth::Hawk { .. } | Auth::EdgeGrid { .. } | Auth::Custom(_) => {
            authorization("", "AUTHORIZATION")
        }
        Auth::ApiKeyCookie(name) => vec![format!(
            "--cookie {}\"$API_KEY\"",
            word(&format!("{name}="))
        )],
        Auth::None | Auth::ApiKeyQuery(_) | Auth::Token(_) | Auth::Jwt { .. } => Vec::new(),
    }
}

/// The header fields that the request itself has; and what it takes that curl adds no others that count.
fn headers(line: &Line, body: Option<&Data>) -> Vec<String> {
    let mut arguments: Vec<String> = own_headers(line, body).map(header).collect();
    let has = |name: &str| line.header(name).is_some();
    if body.is_some_and(|body| !body.owns_type) && !has("content-type") {
        // It would call any body a form.
        arguments.push("--header Content-Type:".to_owned());
    }
    if body.is_none() && matches!(line.method.as_str(), "POST" | "PUT" | "PATCH") {
        arguments.push("--header 'Content-Length: 0'".to_owned());
    }
    arguments
}

fn own_headers<'a>(
    line: &'a Line,
    body: Option<&Data>,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let owns_type = body.is_some_and(|body| body.owns_type);
    let headers = line.headers.iter();
    let headers = headers.filter(|header| !line.system_headers.contains(header));
    let headers = headers.map(|(name, value)| (name.as_str(), value.trim_matches([' ', '\t'])));
    // How long a body is, curl knows better than a document.
    headers.filter(move |(name, _)| {
        let is_known = name.eq_ignore_ascii_case("content-type") && owns_type
            || name.eq_ignore_ascii_case("content-length");
        !is_known
    })
}

fn header((name, value): (&str, &str)) -> String {
    if value.is_empty() {
        // With `:` curl would leave it out.
        return format!("--header {}", word(&format!("{name};")));
    }
    let text = format!("{name}: {value}");
    // One character stands for one byte.
    let bytes = text.chars().map(|c| u8::try_from(c).unwrap_or(b'?'));
    if text.is_ascii() && shell::is_plain(&text) {
        format!("--header {}", word(&text))
    } else {
        format!("--header \"$({})\"", printf(&bytes.collect::<Vec<_>>()))
    }
}

#[cfg(test)]
mod tests;
