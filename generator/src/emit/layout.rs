//! Which file holds what: a package, a folder of modules, or one file with all of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rayon::prelude::*;

use crate::document::printable::Origin;
use crate::emit::files::Files;
use crate::emit::format;
use crate::emit::manifest;
use crate::emit::{self, Frame, Part, Unit};
use crate::input::config::{Config, Form, Runtime};
use crate::plan::Crate;
use crate::plan::names::Ident;

/// Emits and formats every module of a plan, in parallel: they are independent.
#[must_use]
pub fn write(plan: &Crate, config: &Config) -> Files {
    let is_crate = config.form == Form::Package;
    // A module cannot carry the runtime: its features would be those of the crate around it.
    let is_vendored = config.runtime == Runtime::Vendored && is_crate;
    let frame = Frame {
        is_crate,
        has_files: !matches!(config.form, Form::File(_)),
        shared_runtime: !is_vendored,
    };
    let parts = emit::parts(plan, frame);
    let texts: Vec<String> = parts.par_iter().map(|part| text_of(part, frame)).collect();
    let mut files = match &config.form {
        Form::Package => package(plan, config),
        Form::Module => Files::of_module(),
        Form::File(name) => {
            let mut files = Files::of_file();
            files.add_rust(name, &config.input_name, &nested(&parts, &texts));
            return files;
        }
    };
    for (part, text) in parts.iter().zip(&texts) {
        files.add_rust(&path_of(part, is_crate), origin(part, config), text);
    }
    if is_vendored {
        let crate_name = config.name.replace('-', "_");
        let runtime = Origin::new("letterpress-client");
        for (path, text) in manifest::runtime_files(&crate_name, &plan.signs) {
            files.add_rust(&path, &runtime, &text);
        }
    }
    files
}

/// The files of a package that are no modules.
fn package(plan: &Crate, config: &Config) -> Files {
    let mut files = Files::of_package();
    let manifest = manifest::write(config, &plan.title, &plan.signs);
    files.add_toml("Cargo.toml", &config.input_name, &manifest);
    files
}

/// The path of a module's file, below the folder of the sources.
fn path_of(part: &Part<'_>, is_crate: bool) -> String {
    let path: Vec<&str> = part.path.iter().map(Ident::as_str).collect();
    let path = path.join("/");
    match part.unit {
        Unit::Root(_) if is_crate => "lib.rs".to_owned(),
        Unit::Root(_) => "mod.rs".to_owned(),
        Unit::Types(plan) if plan.schemas.is_empty() => format!("{path}.rs"),
        Unit::Group(_) | Unit::Types(_) => format!("{path}/mod.rs"),
        Unit::Module(_) | Unit::Schema(_) | Unit::Saved(_) => format!("{path}.rs"),
    }
}

/// What a module is made of.
fn origin<'a>(part: &'a Part<'_>, config: &'a Config) -> &'a Origin {
    match part.unit {
        Unit::Module(module) => &module.origin,
        Unit::Root(_) | Unit::Group(_) | Unit::Types(_) | Unit::Schema(_) | Unit::Saved(_) => {
            &config.input_name
        }
    }
}

/// One module's text. What is emitted is always Rust; should it ever not be, the file says so where the
/// compiler will find it, and the others are not lost.
fn text_of(part: &Part<'_>, frame: Frame) -> String {
    format::format(part.emit(frame)).unwrap_or_else(|error| {
        let reason = error.to_string();
        format!("compile_error!({reason:?});\n")
    })
}

/// All modules as one text, each inside of the one around it. Their lines stay as they are, without
/// indentation, so rustfmt is told to leave them alone.
fn nested(parts: &[Part<'_>], texts: &[String]) -> String {
    // A module sorts before those in it, and they before its neighbours.
    let modules: BTreeMap<&[Ident], (&Part<'_>, &String)> = parts
        .iter()
        .zip(texts)
        .map(|(part, text)| (part.path.as_slice(), (part, text)))
        .collect();
    let mut all = String::new();
    let mut open: &[Ident] = &[];
    for (path, (part, text)) in modules {
        while !path.starts_with(open) {
            open = close(&mut all, open);
        }
        if let Some(name) = path.last() {
            let skip = if path.len() == 1 {
                "#[rustfmt::skip]\n"
            } else {
                ""
            };
            let public = match part.unit {
                Unit::Types(plan) if plan.schemas.is_empty() => "",
                _ => "pub ",
            };
            // Writing to a string cannot fail.
            let _ = writeln!(all, "\n{skip}{public}mod {name} {{");
            open = path;
        }
        all.push_str(text);
    }
    while !open.is_empty() {
        open = close(&mut all, open);
    }
    all
}

/// Ends the innermost module; gives those that are still open.
fn close<'p>(all: &mut String, open: &'p [Ident]) -> &'p [Ident] {
    all.push_str("}\n");
    open.split_last().map_or(&[], |(_, around)| around)
}
