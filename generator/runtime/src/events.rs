//! Bodies that are a stream of values: server-sent events, and JSON line by line.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;

use super::download::Download;
use super::json::{self, Decode};
use super::transport_error::TransportError;

/// The longest line that is read, in bytes.
const LONGEST: usize = 16 * 1024 * 1024;

/// A server-sent event (HTML standard, "Server-sent events").
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event<T> {
    /// The field `event`; `message` if there is none.
    pub name: String,
    /// The field `data`; its lines with line feeds between them.
    pub data: T,
    /// The last field `id`, of this event or one before.
    pub id: String,
}

/// Why a stream ends before its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The body breaks off, or the server is silent for too long.
    #[error(transparent)]
    Transport(#[from] TransportError),

    /// A value is not as documented. The next one can still be read.
    #[error("a value of the stream does not fit: {0}")]
    Json(#[from] json::Error),

    /// A line is longer than 16 MiB.
    #[error("a line of the stream is too long")]
    TooLong,
}

impl Download {
    /// The body as server-sent events (`text/event-stream`), whose data are JSON.
    ///
    /// ```no_run
    /// # use letterpress_client::{Client, Endpoint, json::Json};
    /// # async fn example<E: Endpoint>(client: Client, request: E) -> Result<(), Box<dyn std::error::Error>>
    /// # where E::Failure: std::fmt::Debug + 'static {
    /// let mut events = client.download(&request).await?.events::<Json>();
    /// while let Some(event) = events.next_event().await {
    ///     println!("{}", event?.data);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn events<T: Decode + Default>(self) -> Events<T> {
        Events {
            lines: Lines::new(self),
            id: String::new(),
            ended: false,
            data: PhantomData,
        }
    }

    /// The body as one JSON value per line (`application/x-ndjson`, `application/jsonl`, `application/json-seq`).
    #[must_use]
    pub fn json_lines<T: Decode + Default>(self) -> JsonLines<T> {
        JsonLines {
            lines: Lines::new(self),
            value: PhantomData,
        }
    }
}

/// Server-sent events while they come: [`Download::events`].
#[derive(Debug)]
pub struct Events<T> {
    lines: Lines,
    id: String,
    ended: bool,
    data: PhantomData<fn() -> T>,
}

impl<T: Decode + Default> Events<T> {
    /// The next event; nothing at the end, which may also be said by the data `[DONE]`.
    ///
    /// # Errors
    ///
    /// See [`StreamError`].
    pub async fn next_event(&mut self) -> Option<Result<Event<T>, StreamError>> {
        let event = match self.next_text().await? {
            Ok(event) => event,
            Err(error) => return Some(Err(error)),
        };
        if event.data == "[DONE]" {
            self.ended = true;
            return None;
        }
        let data = json::from_str(&event.data).map_err(StreamError::Json);
        Some(data.map(|data| Event {
            name: event.name,
            data,
            id: event.id,
        }))
    }

    /// The next event, its data as they are.
    ///
    /// # Errors
    ///
    /// See [`StreamError`].
    pub async fn next_text(&mut self) -> Option<Result<Event<String>, StreamError>> {
        let (mut name, mut data) = (String::new(), None::<String>);
        while !self.ended {
            // An event that is not complete at the end is none.
            let line = match self.lines.next_line().await? {
                Ok(line) => line,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            };
            if line.is_empty() {
                if let Some(data) = data {
                    return Some(Ok(Event {
                        name: if name.is_empty() {
                            "message".to_owned()
                        } else {
                            name
                        },
                        data,
                        id: self.id.clone(),
                    }));
                }
                name.clear();
                continue;
            }
            let (field, value) = line.split_once(':').unwrap_or((&line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "event" => value.clone_into(&mut name),
                "data" => match &mut data {
                    Some(data) => {
                        data.push('\n');
                        data.push_str(value);
                    }
                    None => data = Some(value.to_owned()),
                },
                "id" if !value.contains('\0') => value.clone_into(&mut self.id),
                // A comment, or a field that is unknown.
                _ => {}
            }
        }
        None
    }
}

/// JSON values while they come: [`Download::json_lines`].
#[derive(Debug)]
pub struct JsonLines<T> {
    lines: Lines,
    value: PhantomData<fn() -> T>,
}

impl<T: Decode + Default> JsonLines<T> {
    /// The next value; nothing at the end.
    ///
    /// # Errors
    ///
    /// See [`StreamError`].
    pub async fn next_value(&mut self) -> Option<Result<T, StreamError>> {
        loop {
            let line = match self.lines.next_line().await.or_else(|| self.lines.rest())? {
                Ok(line) => line,
                Err(error) => return Some(Err(error)),
            };
            // RFC 7464 puts a record separator in front.
            let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{1e}');
            if !line.is_empty() {
                return Some(json::from_str(line).map_err(StreamError::Json));
            }
        }
    }
}

/// The lines of a body while it comes. They end in CR LF, LF or CR.
struct Lines {
    download: Download,
    ready: VecDeque<String>,
    /// The beginning of a line.
    begun: Vec<u8>,
    /// Whether the last byte was CR: LF after it ends no other line.
    after_cr: bool,
    is_first: bool,
}

impl Lines {
    fn new(download: Download) -> Self {
        Self {
            download,
            ready: VecDeque::new(),
            begun: Vec::new(),
            after_cr: false,
            is_first: true,
        }
    }

    async fn next_line(&mut self) -> Option<Result<String, StreamError>> {
        loop {
            if let Some(line) = self.ready.pop_front() {
                return Some(Ok(line));
            }
            match self.download.chunk().await {
                Ok(Some(chunk)) => self.push(&chunk),
                Ok(None) => return None,
                Err(error) => return Some(Err(error.into())),
            }
            if self.begun.len() > LONGEST {
                return Some(Err(StreamError::TooLong));
            }
        }
    }

    /// What comes after the last end of a line.
    fn rest(&mut self) -> Option<Result<String, StreamError>> {
        if self.begun.is_empty() {
            return None;
        }
        self.end_line();
        self.ready.pop_front().map(Ok)
    }

    fn push(&mut self, chunk: &[u8]) {
        for byte in chunk {
            match byte {
                b'\n' if self.after_cr => {}
                b'\n' | b'\r' => self.end_line(),
                _ => self.begun.push(*byte),
            }
            self.after_cr = *byte == b'\r';
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.begun);
        let line = String::from_utf8_lossy(&line);
        let line = match line.strip_prefix('\u{feff}') {
            Some(line) if self.is_first => line,
            _ => &line,
        };
        self.is_first = false;
        self.ready.push_back(line.to_owned());
    }
}

impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").finish_non_exhaustive()
    }
}
