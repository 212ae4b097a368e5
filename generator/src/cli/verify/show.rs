//! The result as people and as programs read it.

use std::io::{self, Write};

use letterpress::proof::verify::{Counts, Expectation, Failure, Summary, What};
use letterpress::proof::wire::DELIBERATE;

use super::super::arguments::{Format, VerifyOptions};

/// How much is shown without `--all`.
const SHOWN: usize = 20;

/// A column of the table: its title, and what it counts.
type Column = (&'static str, fn(&Counts) -> usize);

/// The columns, from left to right. What is 0 throughout is left out, unless it is among those that are always there.
const COLUMNS: [Column; 16] = [
    ("requests", |counts| counts.requests),
    ("skipped", |counts| counts.skipped),
    ("replies", |counts| counts.replies),
    ("decoded", |counts| counts.decoded),
    ("lossless", |counts| counts.lossless),
    ("unnamed", |counts| counts.unnamed),
    ("placeholders", |counts| counts.placeholders),
    ("bodies", |counts| counts.bodies),
    ("equal", |counts| counts.bodies_equal),
    ("stand-ins", |counts| counts.bodies_made_up),
    ("warnings", |counts| counts.compile_warnings),
    ("identical", |counts| counts.fidelity.identical),
    ("with stand-ins", |counts| counts.fidelity.identical_made_up),
    ("deliberate", |counts| counts.fidelity.deliberate()),
    ("different", |counts| counts.fidelity.different),
    ("disputed", |counts| counts.fidelity.disputed),
];

/// The columns that are always there: what a reader looks for first.
const ALWAYS: [&str; 5] = ["requests", "replies", "decoded", "identical", "different"];

pub(super) fn show(summary: &Summary, options: &VerifyOptions) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match options.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string(summary)?),
        Format::Text => {
            let shown = if options.all { usize::MAX } else { SHOWN };
            table(&mut out, summary)?;
            fidelity(&mut out, summary)?;
            failures(&mut out, &summary.failures, shown)?;
            left_out(&mut out, summary, shown)
        }
    }
}

fn table(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    if summary.by_collection.is_empty() {
        return Ok(());
    }
    let is_shown = |column: &Column| ALWAYS.contains(&column.0) || column.1(&summary.counts) > 0;
    let columns: Vec<Column> = COLUMNS.into_iter().filter(is_shown).collect();
    for (title, _) in &columns {
        write!(out, "{title:>width$}", width = title.len() + 2)?;
    }
    writeln!(out, "  collection")?;
    let rows = summary.by_collection.iter();
    for row in rows.filter(|_| summary.by_collection.len() > 1) {
        line(out, &columns, &row.counts, &row.collection)?;
    }
    let sum = match summary.by_collection.as_slice() {
        [row] => row.collection.clone(),
        rows => format!("{} collections", rows.len()),
    };
    line(out, &columns, &summary.counts, &sum)
}

fn line(out: &mut impl Write, columns: &[Column], counts: &Counts, name: &str) -> io::Result<()> {
    for (title, count) in columns {
        write!(out, "{:>width$}", count(counts), width = title.len() + 2)?;
    }
    writeln!(out, "  {name}")
}

/// Which differences are meant, and what requests were compared with.
fn fidelity(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    let counted = &summary.counts.fidelity.deliberate;
    if !counted.is_empty() {
        writeln!(out, "\ndeliberately different:")?;
    }
    for one in DELIBERATE
        .iter()
        .filter(|one| counted.contains_key(one.code))
    {
        writeln!(
            out,
            "{:>10}  {}: {}",
            counted[one.code], one.code, one.sentence
        )?;
    }
    let rows = summary.by_collection.iter();
    let unrecorded = rows
        .filter(|row| row.expectation == Expectation::OwnReading)
        .count();
    if unrecorded > 0 {
        writeln!(
            out,
            "\n{unrecorded} of {} compared with the tool's own reading of the collection: there is no recording",
            summary.by_collection.len(),
        )?;
    }
    Ok(())
}

fn failures(out: &mut impl Write, failures: &[Failure], shown: usize) -> io::Result<()> {
    for failure in failures.iter().take(shown) {
        let what = match failure.what {
            What::Compile => "does not compile",
            What::Warning => "compiles with a warning",
            What::Reply => "reply is not read",
            What::Lossless => "reply is not kept",
            What::Body => "body is not sent as it is",
            What::Wire => "request is not what is expected",
        };
        let place = if failure.at.is_empty() {
            &failure.collection
        } else {
            &failure.at
        };
        write!(out, "\n{place}: {what}: {}", failure.reason)?;
        let about = [&failure.request, &failure.module];
        let about: Vec<&str> = about
            .into_iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        if !about.is_empty() {
            write!(out, "\n    {}", about.join(", "))?;
        }
    }
    rest(out, failures.len(), shown, "failures")
}

fn left_out(out: &mut impl Write, summary: &Summary, shown: usize) -> io::Result<()> {
    for document in summary.left_out.iter().take(shown) {
        write!(out, "\nleft out: {}: {}", document.file, document.reason)?;
    }
    rest(
        out,
        summary.left_out.len(),
        shown,
        "files that are left out",
    )
}

fn rest(out: &mut impl Write, count: usize, shown: usize, what: &str) -> io::Result<()> {
    if count > shown {
        write!(
            out,
            "\n… and {} more {what}: --all shows them",
            count - shown
        )?;
    }
    if count > 0 { writeln!(out) } else { Ok(()) }
}
