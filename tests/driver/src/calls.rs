//! Is every function that the library exports called by one of the C programs in `capi-tests`? The dynamic linker tells:
//! in a program that is linked lazily it binds a function when that is called for the first time, and `LD_DEBUG=bindings`
//! makes it say so. (Macros of the headers need not be understood for that, nor do calls that are never reached count.)

use crate::places::Places;
use crate::{Verdict, capi, process};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const SECONDS: u64 = 120;

pub fn check(places: &Places, sources: &[PathBuf], name: &str) -> Verdict {
    let directory = places.fresh(name);
    let mut missing: BTreeSet<String> = exported(places)?.into_iter().collect();
    for source in sources {
        let program = directory.join("program");
        capi::compile(places, source, &program, false, &["-Wl,-z,lazy"])?;
        for function in called(places, &program, &directory) {
            missing.remove(&function);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let missing: Vec<String> = missing.into_iter().collect();
    Err(format!("no program calls {}", missing.join(" ")))
}

fn exported(places: &Places) -> Result<Vec<String>, String> {
    let list = places.root.join(format!("tests/packaging/lua{}.symbols", places.version));
    let text = fs::read_to_string(&list).map_err(|trouble| format!("{}: {trouble}", list.display()))?;
    Ok(text.lines().map(String::from).collect())
}

/// The functions that a run of the program reaches.
fn called(places: &Places, program: &Path, directory: &Path) -> Vec<String> {
    let trace = directory.join("trace");
    let _ = fs::remove_dir_all(&trace);
    let _ = fs::create_dir_all(&trace);
    let mut command = process::command(&program.to_string_lossy(), directory, &places.reference.join("lib"));
    command.env("LD_DEBUG", "bindings").env("LD_DEBUG_OUTPUT", trace.join("of"));
    process::run(&mut command, directory, SECONDS);
    let files = fs::read_dir(&trace).into_iter().flatten().flatten();
    let texts = files.map(|file| String::from_utf8_lossy(&fs::read(file.path()).unwrap_or_default()).into_owned());
    texts.flat_map(|text| text.lines().filter_map(bound).collect::<Vec<_>>()).collect()
}

/// Reads a line `binding file .../program [0] to ...: normal symbol `name'`.
fn bound(line: &str) -> Option<String> {
    let (from, rest) = line.split_once("binding file ")?.1.split_once(" [0] to ")?;
    let (_, name) = rest.split_once("normal symbol `")?;
    from.ends_with("/program").then(|| name.split('\'').next().unwrap_or(name).into())
}
