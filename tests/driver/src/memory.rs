//! Programs that check how the library behaves when memory or the native stack is short (`tests/memory/*.c`).
//! They judge themselves: exit code 0 is good. Those that say so run once more under valgrind, where they are told to be
//! brief, and linked with a library that AddressSanitizer watches.

use crate::places::Places;
use crate::process::{self, tool};
use crate::{Check, Verdict, capi, scripts, watched};
use std::path::Path;

const SECONDS: u64 = 600;

/// How a program is run.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Plain,
    Valgrind,
    Sanitizer,
}

pub fn collect(places: &Places) -> Vec<Check> {
    let mut checks = Vec::new();
    for source in scripts::files_for(places, &places.root.join("tests/memory"), "c") {
        let stem = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&source).unwrap_or_default();
        for (way, ending, mark) in [
            (Way::Plain, "", ""),
            (Way::Valgrind, " under valgrind", "also under valgrind"),
            (Way::Sanitizer, " with AddressSanitizer", "with AddressSanitizer"),
        ] {
            // The sanitizer's library takes a while to build: one version is enough.
            if !text.contains(mark) || way == Way::Sanitizer && places.version != "5.4" {
                continue;
            }
            let places = places.clone();
            let source = source.clone();
            let name = format!("memory/{stem}{ending}");
            checks.push(Check::single(name.clone(), move || check(&places, &source, &name, way)));
        }
    }
    checks
}

fn check(places: &Places, source: &Path, name: &str, way: Way) -> Verdict {
    let directory = places.fresh(name);
    let program = directory.join("program").display().to_string();
    if way == Way::Sanitizer {
        compile_watched(places, source, &program)?;
    } else {
        capi::compile(places, source, Path::new(&program), true, &[])?;
    }
    let libraries = places.ours.join("lib");
    if way == Way::Sanitizer {
        let outcome = watched::run(places, Path::new(&program), &directory, &[]);
        return if outcome.ok() { Ok(()) } else { Err(outcome.text()) };
    }
    let mut command = if way == Way::Valgrind {
        tool("valgrind", &["--version"]).map_err(|_| "valgrind is not installed".to_string())?;
        let mut command = process::command("valgrind", &directory, &libraries);
        command.args(["-q", "--error-exitcode=99", "--leak-check=full", &program, "brief"]);
        command
    } else {
        process::command(&program, &directory, &libraries)
    };
    let outcome = process::run(&mut command, &directory, SECONDS);
    if outcome.ok() { Ok(()) } else { Err(outcome.text()) }
}

/// Links the program with the library that the sanitizer watches.
fn compile_watched(places: &Places, source: &Path, program: &str) -> Verdict {
    let library = watched::library(places)?.display().to_string();
    let source = source.display().to_string();
    let (common, headers) = (capi::common(places), capi::headers(places, true));
    let arguments = ["-fsanitize=address", "-O1", "-Wall", "-D_GNU_SOURCE", &common, &headers, "-o", program];
    let arguments = [&arguments[..], &[&source, &library, "-ldl", "-lm", "-lpthread"]].concat();
    tool("cc", &arguments).map(drop)
}
