//! Programs that check how the library behaves when memory or the native stack is short (`tests/memory/*.c`).
//! They judge themselves: exit code 0 is good. Some are run once more under valgrind, where it is installed.

use crate::places::Places;
use crate::process::{self, tool};
use crate::{Check, Verdict, capi, scripts};
use std::path::Path;

const SECONDS: u64 = 600;

pub fn collect(places: &Places) -> Vec<Check> {
    let mut checks = Vec::new();
    for source in scripts::files_for(places, &places.root.join("tests/memory"), "c") {
        let stem = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let under_valgrind = std::fs::read_to_string(&source).is_ok_and(|text| text.contains("also under valgrind"));
        for tool in if under_valgrind { &["", "valgrind"][..] } else { &[""][..] } {
            let places = places.clone();
            let source = source.clone();
            let ending = if tool.is_empty() { "" } else { " under valgrind" };
            let name = format!("memory/{stem}{ending}");
            checks.push(Check::single(name.clone(), move || check(&places, &source, &name, !tool.is_empty())));
        }
    }
    checks
}

fn check(places: &Places, source: &Path, name: &str, valgrind: bool) -> Verdict {
    let directory = places.fresh(name);
    let program = directory.join("program").display().to_string();
    capi::compile(places, source, Path::new(&program), true)?;
    let libraries = places.ours.join("lib");
    let mut command = if valgrind {
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
