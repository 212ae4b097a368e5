//! The command line: reads files, calls the library, writes files, tells what happened.

mod cli;

use std::process::ExitCode;

/// Documents become many small pieces of text and syntax: a third of a run was spent in the allocator of glibc.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
