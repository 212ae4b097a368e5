//! The command line: reads files, calls the library, writes files, tells what happened.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
