//! The scripts and the C programs once more, with a library that AddressSanitizer watches and an allocator that hides
//! nothing from it (`tests/memory/watched.h`). What they print has been compared elsewhere; here, the sanitizer must have
//! nothing to say, not about memory that is lost either. The library takes a while to build, so two versions have to do.

use crate::places::Places;
use crate::process::{self, Outcome, tool};
use crate::{Check, Verdict, capi, scripts};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};

const VERSIONS: &[&str] = &["5.1", "5.4"];
const SECONDS: u64 = 300;
/// What asks for too much memory is refused, and what takes too much all the same is ended.
const OPTIONS: &str = "allocator_may_return_null=1:max_allocation_size_mb=1000:hard_rss_limit_mb=3000";

pub fn collect(places: &Places) -> Vec<Check> {
    if !VERSIONS.contains(&places.version) {
        return Vec::new();
    }
    let directories = [places.root.join("capi-tests"), places.root.join("capi-tests").join(places.version)];
    let mut checks = Vec::new();
    for source in directories.iter().flat_map(|directory| scripts::files_for(places, directory, "c")) {
        let places = places.clone();
        let name = format!("watched/capi/{}", stem(&source));
        checks.push(Check::single(name.clone(), move || c_program(&places, &source, &name)));
    }
    let directories = [places.root.join("tests/lua"), places.root.join(format!("tests/lua{}", places.version))];
    // The first check to run builds; the others wait for it.
    let interpreter = Arc::new(OnceLock::new());
    for source in directories.iter().flat_map(|directory| scripts::files_for(places, directory, "lua")) {
        let (places, interpreter) = (places.clone(), interpreter.clone());
        let name = format!("watched/lua/{}", stem(&source));
        checks.push(Check::single(name.clone(), move || {
            let built = interpreter.get_or_init(|| {
                let program = places.fresh("watched/interpreter").join("lua");
                compile(&places, &places.root.join("programs/lua.c"), &program).map(|()| program)
            });
            script(&places, built.as_ref().map_err(Clone::clone)?, &source, &name)
        }));
    }
    checks
}

fn stem(source: &Path) -> String {
    source.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn c_program(places: &Places, source: &Path, name: &str) -> Verdict {
    let directory = places.fresh(name);
    let program = directory.join("program");
    compile(places, source, &program)?;
    silent(&run(places, &program, &directory, &[]))
}

/// Every check of a file, one after the other. They may well end with errors.
fn script(places: &Places, interpreter: &Path, source: &Path, name: &str) -> Verdict {
    let file = source.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for piece in scripts::pieces_for(places, source) {
        let directory = places.fresh(name);
        std::fs::write(directory.join(&file), &piece.text).map_err(|trouble| trouble.to_string())?;
        let outcome = run(places, interpreter, &directory, &[&file]);
        silent(&outcome).map_err(|report| format!("{}:\n{report}", piece.name))?;
    }
    Ok(())
}

/// Runs a program that the sanitizer watches: its shadow needs more addresses than other programs may have (tests/run).
pub fn run(places: &Places, program: &Path, directory: &Path, arguments: &[&str]) -> Outcome {
    let mut command = process::command("sh", directory, &places.ours.join("lib"));
    command.args(["-c", "ulimit -v unlimited; exec \"$0\" \"$@\""]).arg(program).args(arguments);
    process::run(command.env("ASAN_OPTIONS", OPTIONS), directory, SECONDS)
}

fn silent(outcome: &Outcome) -> Verdict {
    let said = String::from_utf8_lossy(&outcome.stderr);
    let reported = ["Address", "Leak"].iter().any(|kind| said.contains(&format!("ERROR: {kind}Sanitizer")));
    if reported || outcome.ending.starts_with("signal") || outcome.ending == "time is up" {
        return Err(outcome.text());
    }
    Ok(())
}

/// Links a program with the watched library. Its own frames are not watched: errors leave them without a word.
fn compile(places: &Places, source: &Path, program: &Path) -> Verdict {
    let library = library(places)?.display().to_string();
    let (source, program) = (source.display().to_string(), program.display().to_string());
    let object = format!("{program}.o");
    let header = places.root.join("tests/memory/watched.h").display().to_string();
    let (common, headers) = (capi::common(places), capi::headers(places, true));
    tool("cc", &["-O1", "-D_GNU_SOURCE", &common, &headers, "-include", &header, "-c", "-o", &object, &source])?;
    tool("cc", &["-fsanitize=address", "-rdynamic", "-o", &program, &object, &library, "-ldl", "-lm", "-lpthread"])
        .map(drop)
}

/// Builds the static library with the sanitizer's checks. The compiler keeps the option for its unstable versions, but has
/// what it takes.
pub fn library(places: &Places) -> Result<PathBuf, String> {
    const TARGET: &str = "x86_64-unknown-linux-gnu";
    let feature = format!("lua{}", places.version.replace('.', ""));
    let directory = places.root.join("target/sanitizer").join(places.version);
    let mut cargo = Command::new("cargo");
    cargo.args(["rustc", "--release", "--lib", "--crate-type", "staticlib", "--target", TARGET]);
    cargo.args(["--no-default-features", "--features", &feature, "--manifest-path"]);
    cargo.arg(places.root.join("Cargo.toml")).arg("--target-dir").arg(&directory);
    cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Zsanitizer=address").stdin(Stdio::null());
    let output = cargo.output().map_err(|trouble| trouble.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(directory.join(TARGET).join("release/librelua.a"))
}
