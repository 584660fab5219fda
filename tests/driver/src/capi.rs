//! C programs that use the library (`capi-tests/*.c`): compiled once with stock headers and once with ours, run
//! with both libraries; what they print must be equal. Those in `capi-tests/5.x` are for one version.
//!
//! A program may print lines `== name`; each of them begins a check of its own.

use crate::places::Places;
use crate::process::{self, Outcome};
use crate::{Check, Verdict, calls, compare, scripts};
use std::path::Path;

const SECONDS: u64 = 300;

pub fn collect(places: &Places) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut sources = Vec::new();
    let directory = places.root.join("capi-tests");
    for (group, directory) in [("capi", directory.clone()), ("capi/own", directory.join(places.version))] {
        for source in scripts::files_for(places, &directory, "c") {
            let stem = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let name = format!("{group}/{stem}");
            let places = places.clone();
            sources.push(source.clone());
            checks.push(Check { name: name.clone(), run: Box::new(move || check(&places, &source, &name)) });
        }
    }
    let places = places.clone();
    let name = "capi/every function is called";
    checks.push(Check::single(name, move || calls::check(&places, &sources, name)));
    checks
}

/// Where `common.h` is.
pub fn common(places: &Places) -> String {
    format!("-I{}", places.root.join("capi-tests").display())
}

/// Our headers lie in `include/lua5.x`, the reference's in `include`.
pub fn headers(places: &Places, ours: bool) -> String {
    let directory = if ours {
        places.ours.join(format!("include/lua{}", places.version))
    } else {
        places.reference.join("include")
    };
    format!("-I{}", directory.display())
}

/// Compiles a program, with some more options, to link with whichever library the loader finds at run time.
pub fn compile(places: &Places, source: &Path, program: &Path, ours: bool, more: &[&str]) -> Verdict {
    let arguments = [
        "-O1".to_string(),
        "-Wall".into(),
        "-D_GNU_SOURCE".into(),
        common(places),
        headers(places, ours),
        "-rdynamic".into(),
        "-o".into(),
        program.display().to_string(),
        source.display().to_string(),
        format!("-L{}", places.reference.join("lib").display()),
        format!("-l:liblua{}.so.0", places.version),
        "-ldl".into(),
        "-lm".into(),
        "-lpthread".into(),
    ];
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(more.iter().copied()).collect();
    process::tool("cc", &arguments).map(drop)
}

fn check(places: &Places, source: &Path, name: &str) -> Vec<(String, Verdict)> {
    let directory = places.fresh(name);
    let program = directory.join("program");
    if let Err(trouble) = compile(places, source, &program, false, &[]) {
        return vec![(name.into(), Err(trouble))];
    }
    let run = |prefix: &Path| {
        let mut command = process::command(&program.to_string_lossy(), &directory, &prefix.join("lib"));
        std::os::unix::process::CommandExt::arg0(&mut command, "program");
        compare::same_names(places.version, process::run(&mut command, &directory, SECONDS))
    };
    let reference = run(&places.reference);
    let ours = run(&places.ours);
    let mut results = compare_sections(name, &reference, &ours);
    let with_our_headers = || -> Verdict {
        compile(places, source, &program, true, &[])?;
        compare::equal(&reference, &run(&places.reference)).map_err(|text| format!("reference library: {text}"))
    };
    results.push((format!("{name}/with our headers"), with_our_headers()));
    results
}

/// One result per section of the output, and one for how the program ended.
fn compare_sections(name: &str, reference: &Outcome, ours: &Outcome) -> Vec<(String, Verdict)> {
    let expected = sections(&reference.stdout);
    let got = sections(&ours.stdout);
    let mut results = Vec::new();
    for (index, (section, text)) in expected.iter().enumerate() {
        let verdict = match got.get(index) {
            Some((other, said)) if other == section && said == text => Ok(()),
            Some((_, said)) => Err(compare::difference("output", text, said)),
            None => Err("the program did not get there".into()),
        };
        results.push((format!("{name}/{section}"), verdict));
    }
    let mut end = compare::equal(reference, ours);
    if end.is_err() && reference.stderr == ours.stderr && reference.ending == ours.ending {
        end = Ok(()); // what differs has been reported
    }
    if end.is_ok() && reference.ending.starts_with("signal") {
        end = Err(format!("the reference ended by {}", reference.ending));
    }
    results.push((format!("{name}/end"), end));
    results
}

fn sections(output: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = Vec::new();
    for line in output.split_inclusive(|byte| *byte == b'\n') {
        if let Some(title) = line.strip_prefix(b"== ") {
            found.push((String::from_utf8_lossy(title).trim().into(), Vec::new()));
        } else if let Some((_, text)) = found.last_mut() {
            text.extend_from_slice(line);
        } else {
            found.push(("begin".into(), line.to_vec()));
        }
    }
    found
}
