//! Real programs on our library: each `tests/programs/*.sh` starts an unmodified program of a Debian package
//! with `LD_LIBRARY_PATH` on our library (or modules of a package in our interpreter) and judges what it does:
//! exit code 0 is good.
//!
//! The scripts get `DIST`, our tree, `LUA`, the version, `SCRATCH`, a directory of their own, and `HERE`, where they lie.

use crate::places::Places;
use crate::process;
use crate::{Check, Verdict, scripts};
use std::path::Path;

const SECONDS: u64 = 300;

pub fn collect(places: &Places) -> Vec<Check> {
    let mut checks = Vec::new();
    for script in scripts::files_for(places, &places.root.join("tests/programs"), "sh") {
        let stem = script.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let places = places.clone();
        let name = format!("programs/{stem}");
        checks.push(Check::single(name.clone(), move || check(&places, &script, &name)));
    }
    checks
}

fn check(places: &Places, script: &Path, name: &str) -> Verdict {
    let directory = places.fresh(name);
    // The shell itself and its tools run as always: only what the script starts on purpose uses our library.
    let mut command = process::command("bash", &directory, Path::new(""));
    command
        .env_remove("LD_LIBRARY_PATH")
        .env("DIST", &places.ours)
        .env("LUA", places.version)
        .env("SCRATCH", &directory)
        .env("HERE", script.parent().unwrap_or(Path::new(".")))
        .args(["-eu"])
        .arg(script);
    let outcome = process::run(&mut command, &directory, SECONDS);
    if outcome.ok() { Ok(()) } else { Err(outcome.text()) }
}
