//! `letterpress verify`: tells what holds of the clients of collections.

mod show;

use std::process::ExitCode;

use letterpress::proof::verify::Summary;

use super::Failure;
use super::arguments::VerifyOptions;
use super::clients::{self, Recordings};

/// Exit code 0: everything holds; 1: something does not, or there is nothing to verify; 2: usage, the file system,
/// or Cargo.
pub(super) fn run(options: &VerifyOptions) -> Result<ExitCode, Failure> {
    let recordings = Recordings::find(options.expect.as_deref())?;
    let (ran, left_out) = clients::run(&options.clients, &recordings)?;
    let mut summary = Summary {
        left_out,
        ..Summary::default()
    };
    for one in &ran {
        let run = one.run.as_ref();
        let recording = match one.client.calls {
            Some(_) => None,
            None => recordings.lines(&one.client.documents)?,
        };
        summary.add(&one.client, &one.problems, run, recording.as_deref());
    }
    show::show(&summary, options)?;
    let nothing = ran.is_empty();
    if nothing {
        super::say("error: there is nothing to verify\n");
    }
    Ok(ExitCode::from(u8::from(nothing || !summary.holds())))
}
