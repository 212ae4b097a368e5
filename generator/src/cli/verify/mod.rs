//! `letterpress verify`: tells what holds of the clients of collections.

mod recordings;
mod show;

use std::process::ExitCode;

use letterpress::proof::verify::Summary;

use super::arguments::VerifyOptions;
use super::{Failure, clients};
use recordings::Recordings;

/// Exit code 0: everything holds; 1: something does not, or there is nothing to verify; 2: usage, the file system,
/// or Cargo.
pub(super) fn run(options: &VerifyOptions) -> Result<ExitCode, Failure> {
    let recordings = Recordings::find(options.expect.as_deref())?;
    let (ran, left_out) = clients::run(&options.clients)?;
    let mut summary = Summary {
        left_out,
        ..Summary::default()
    };
    for one in &ran {
        let recording = recordings.of(&one.client.documents)?;
        let run = one.run.as_ref();
        summary.add(&one.client, &one.problems, run, recording.as_deref());
    }
    show::show(&summary, options)?;
    let nothing = ran.is_empty();
    if nothing {
        super::say("error: there is nothing to verify\n");
    }
    Ok(ExitCode::from(u8::from(nothing || !summary.holds())))
}
