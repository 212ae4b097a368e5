//! Generating again whenever something changes that the client is made of.
//!
//! What has changed is not asked of the events: they only say when to look. Whether there is something to do
//! is found by reading everything again, so that no event is missed, doubled or misread, and what this program
//! writes itself does not set it off.

mod places;

use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use letterpress::{Config, Source};
use notify::{ErrorKind, Event, RecommendedWatcher, Watcher as _};

use super::arguments::GenerateOptions;
use super::documents::{self, Job};
use super::{Failure, deliver, say};
use places::Places;

/// How long nothing may have changed before anything is read: an editor writes a file in several steps.
const QUIET: Duration = Duration::from_millis(100);

/// After so long it is read all the same, should something change without end.
const LONGEST: Duration = Duration::from_secs(3);

/// What ends the waiting.
enum Message {
    /// Something has happened to a place that documents are read from.
    Changed,
    /// The user has had enough.
    Stop,
}

/// What was read last: a job, or why there is none.
type Reading = Result<Job, String>;

/// Generates, and generates again at each change, until it is interrupted. A mistake that it begins with in the
/// arguments ends it; any that comes later is shown, and the next change is waited for.
pub(super) fn run(options: &GenerateOptions) -> Result<ExitCode, Failure> {
    let (sender, messages) = channel();
    stop_when_interrupted(&sender)?;
    let mut places = Places::default();
    let mut last: Option<Reading> = None;
    loop {
        let (_watcher, found) = watch(options, &mut places, &sender)?;
        let next = match found.and_then(|()| Job::new(options)) {
            Err(failure @ Failure::Usage(_)) if last.is_none() => return Err(failure),
            next => next.map_err(|failure| failure.to_string()),
        };
        let is_first = last.is_none();
        if last.as_ref().is_none_or(|last| !is_same(last, &next)) {
            say(&changes(last.as_ref(), &next));
            last = Some(turn(next, options)?);
        }
        if is_first {
            say(&format!("watching {places}; Ctrl-C ends it\n"));
        }
        if let Message::Stop = wait(&messages) {
            return Ok(ExitCode::SUCCESS);
        }
    }
}

/// The end of a run comes between two turns: none is left half done.
fn stop_when_interrupted(sender: &Sender<Message>) -> Result<(), Failure> {
    let sender = sender.clone();
    // Who does not listen any more is at an end already.
    let stop = move || drop(sender.send(Message::Stop));
    ctrlc::set_handler(stop).map_err(|error| Failure::Usage(format!("cannot wait: {error}")))
}

/// Waits for a change, and then until nothing changes any more.
fn wait(messages: &Receiver<Message>) -> Message {
    let Ok(Message::Changed) = messages.recv() else {
        return Message::Stop;
    };
    let start = Instant::now();
    while start.elapsed() < LONGEST {
        match messages.recv_timeout(QUIET) {
            Ok(Message::Changed) => {}
            Err(RecvTimeoutError::Timeout) => break,
            Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return Message::Stop,
        }
    }
    Message::Changed
}

/// Watches every place that documents are read from, from before they are read: what changes later is seen. A
/// new watcher each time, as an old one may watch a folder that is gone or has another name. Where the
/// configuration cannot be read, the places stay what they were, and the second result says why.
fn watch(
    options: &GenerateOptions,
    places: &mut Places,
    sender: &Sender<Message>,
) -> Result<(RecommendedWatcher, Result<(), Failure>), Failure> {
    loop {
        let named = || {
            let (read, written) = documents::places(options)?;
            Ok(Places::of(&read, written.as_deref()))
        };
        let found = named().map(|named| *places = named);
        let watcher = watcher(places, sender.clone());
        // What the configuration names, or what lies on the disk, may be other than it was a moment ago.
        let is_gone = matches!(&watcher, Err(error) if is_missing(error));
        let has_changed =
            |again: Result<Places, Failure>| again.is_ok_and(|again| again != *places);
        if is_gone || has_changed(named()) {
            continue;
        }
        let watcher =
            watcher.map_err(|error| Failure::Usage(format!("cannot watch {places}: {error}")))?;
        return Ok((watcher, found));
    }
}

fn watcher(places: &Places, sender: Sender<Message>) -> notify::Result<RecommendedWatcher> {
    let own = places.clone();
    let listen = move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| !concerns(&own, &event)) {
            return;
        }
        // Who does not listen any more is at an end already.
        drop(sender.send(Message::Changed));
    };
    let mut watcher = notify::recommended_watcher(listen)?;
    for (folder, mode) in places.folders() {
        watcher.watch(&folder, mode)?;
    }
    Ok(watcher)
}

/// Whether an event is of a place. Reading is none: that is what this program does.
fn concerns(places: &Places, event: &Event) -> bool {
    let mut paths = event.paths.iter();
    event.need_rescan() || (!event.kind.is_access() && paths.any(|path| places.concern(path)))
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// One turn: generates, or says why it cannot. What is left is what the next reading is compared with.
fn turn(reading: Reading, options: &GenerateOptions) -> Result<Reading, Failure> {
    let failure = match reading {
        Ok(mut job) => match deliver(&mut job, options, None) {
            Ok(_) => return Ok(Ok(job)),
            Err(failure @ Failure::Output(_)) => return Err(failure),
            Err(failure) => failure.to_string(),
        },
        Err(failure) => failure,
    };
    say(&format!("error: {failure}\n"));
    Ok(Err(failure))
}

fn is_same(last: &Reading, next: &Reading) -> bool {
    match (last, next) {
        (Ok(last), Ok(next)) => {
            (&last.input, &last.config, &last.out) == (&next.input, &next.config, &next.out)
        }
        (Err(last), Err(next)) => last == next,
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
    }
}

/// What has changed since the last reading, as a line.
fn changes(last: Option<&Reading>, next: &Reading) -> String {
    let (Some(Ok(last)), Ok(next)) = (last, next) else {
        return String::new();
    };
    let documents = |job: &Job| -> Vec<Source> {
        let sources = job.input.sources().into_iter();
        sources.chain(&job.input.lock).cloned().collect()
    };
    let (old, new) = (documents(last), documents(next));
    let differing = |these: &[Source], those: &[Source]| -> Vec<String> {
        let others = these.iter().filter(|one| !those.contains(one));
        others.map(|one| one.name.to_string()).collect()
    };
    let mut names = [differing(&old, &new), differing(&new, &old)].concat();
    names.sort();
    names.dedup();
    // What the documents are called is no part of what the user has configured.
    let old = Config {
        input_name: next.config.input_name.clone(),
        ..last.config.clone()
    };
    if old != next.config {
        names.push("the configuration".to_owned());
    }
    format!("\nchanged: {}\n", names.join(", "))
}
