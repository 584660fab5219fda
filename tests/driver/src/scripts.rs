//! Differential checks: Lua scripts (`tests/lua/*.lua`) and uses of the programs (`tests/options/*.sh`).
//!
//! A file holds many checks, each begun by a line `-- check: name` (`# check: name` in shell). What stands before the first
//! is common to all; a file without any is one check. Each check runs in a process and a directory of its own, from a file
//! that has the common part and the check on the lines they have in the original, so line numbers in messages are true; it
//! is called like the original, so chunk names are, too. A Lua check that is meant to end with an error says so in a line
//! `-- ends with an error`.
//!
//! Every script runs with every version unless it says otherwise: a line `-- versions: 5.1 5.3-5.4` or
//! `-- versions: 5.2+` (in shell with `#`, in C within a comment) limits the file if it stands before the first check,
//! and otherwise the check. Scripts in `tests/lua5.x` are for that version alone.
//!
//! Shell scripts call the programs `$LUA` and `$LUAC`. Their checks are also run with Debian's programs (or those in
//! the prefix `RELUA_STOCK`), whose code is not ours: the reference interpreter is made of our `lua.c`. Debian's 5.4 is
//! an older release, so version lines are made equal first; a check with a line `# differs in 5.4.4: why` or, for all
//! versions, `# differs in Debian: why` is left out there.

use crate::compare::same_names;
use crate::places::{Places, VERSIONS};
use crate::process::{self, Outcome};
use crate::{Check, Verdict, compare};
use std::fs;
use std::path::{Path, PathBuf};

/// A part of a file that runs by itself.
pub struct Piece {
    pub name: String,
    pub text: String,
}

pub fn collect_lua(places: &Places) -> Vec<Check> {
    let directory = places.root.join("tests/lua");
    let own = places.root.join(format!("tests/lua{}", places.version));
    let mut checks = collect(places, "lua", &directory, "lua", "-- check: ", lua_check);
    checks.extend(collect(places, "lua/own", &own, "lua", "-- check: ", lua_check));
    checks
}

pub fn collect_options(places: &Places) -> Vec<Check> {
    collect(places, "options", &places.root.join("tests/options"), "sh", "# check: ", shell_check)
}

/// The pieces of a Lua file that are meant for the version.
pub fn pieces_for(places: &Places, path: &Path) -> Vec<Piece> {
    let mut pieces = split(&read(path), "-- check: ");
    pieces.retain(|piece| is_for(places.version, &piece.text));
    pieces
}

type Run = fn(&Places, file: &str, name: &str, text: &str) -> Verdict;

fn collect(places: &Places, category: &str, directory: &Path, ending: &str, mark: &str, run: Run) -> Vec<Check> {
    let mut checks = Vec::new();
    for path in files_for(places, directory, ending) {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for piece in split(&read(&path), mark) {
            if !is_for(places.version, &piece.text) {
                continue;
            }
            let places = places.clone();
            let file = file.clone();
            let name = format!("{category}/{stem}/{}", piece.name);
            checks.push(Check::single(name.clone(), move || run(&places, &file, &name, &piece.text)));
        }
    }
    checks
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|trouble| panic!("{}: {trouble}", path.display()))
}

/// The files of a directory that end so, in alphabetical order.
fn files(directory: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).map(|entries| entries.flatten().map(|entry| entry.path()).collect());
    let mut found: Vec<PathBuf> = entries.unwrap_or_default();
    found.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    found.sort();
    found
}

/// Those of them that are meant for the version: what they say before their first check counts.
pub fn files_for(places: &Places, directory: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = files(directory, ending);
    found.retain(|path| {
        let text = read(path);
        let head = text.lines().take_while(|line| !line.contains(" check: "));
        is_for(places.version, &head.collect::<Vec<_>>().join("\n"))
    });
    found
}

/// Do all lines `versions: ...` of the text name the version?
fn is_for(version: &str, text: &str) -> bool {
    text.lines().filter_map(versions_of).all(|named| named.split_whitespace().any(|word| names(word, version)))
}

/// What a line lists, if it is a comment that begins with `versions: `.
fn versions_of(line: &str) -> Option<&str> {
    let comment = line.trim_start().trim_start_matches(['-', '#', '/', '*']);
    Some(comment.strip_prefix(" versions: ")?.trim_end_matches(['*', '/', ' ']))
}

/// `5.3`, `5.3+`, `5.1-5.3`; versions compare like text.
fn names(word: &str, version: &str) -> bool {
    let (first, last) = match (word.strip_suffix('+'), word.split_once('-')) {
        (Some(first), _) => (first, VERSIONS[VERSIONS.len() - 1]),
        (None, Some(range)) => range,
        (None, None) => (word, word),
    };
    assert!(VERSIONS.contains(&first) && VERSIONS.contains(&last), "'versions: {word}' names no versions");
    first <= version && version <= last
}

/// Cuts a file at its marks. Lines that do not belong to a piece are left empty in it.
fn split(text: &str, mark: &str) -> Vec<Piece> {
    let mut common = String::new();
    let mut pieces: Vec<Piece> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if let Some(name) = line.strip_prefix(mark) {
            let blank = "\n".repeat(number - common.lines().count());
            pieces.push(Piece { name: name.trim().into(), text: format!("{common}{blank}") });
        }
        let target = pieces.last_mut().map_or(&mut common, |piece| &mut piece.text);
        target.push_str(line);
        target.push('\n');
    }
    if pieces.is_empty() {
        pieces.push(Piece { name: "whole".into(), text: common });
    }
    pieces
}

const SECONDS: u64 = 300;

fn lua_check(places: &Places, file: &str, name: &str, text: &str) -> Verdict {
    let run = |side: &str, prefix: &Path| -> Outcome {
        let directory = places.fresh(&format!("{name} {side}"));
        let _ = fs::write(directory.join(file), text);
        let program = places.bin(side).join(format!("lua{}", places.version));
        let mut command = process::command(&program.to_string_lossy(), &directory, &prefix.join("lib"));
        std::os::unix::process::CommandExt::arg0(&mut command, format!("lua{}", places.version));
        let outcome = process::run(command.arg(file), &directory, SECONDS);
        let _ = fs::remove_dir_all(&directory);
        same_names(places.version, outcome)
    };
    let reference = run("reference", &places.reference);
    if !reference.ok() && !text.contains("-- ends with an error") {
        return Err(format!("not even the reference gets through:\n{}", reference.text()));
    }
    compare::equal(&reference, &run("ours", &places.ours))
}

fn shell_check(places: &Places, file: &str, name: &str, text: &str) -> Verdict {
    let run = |side: &str, libraries: &Path| -> Outcome {
        let directory = places.fresh(&format!("{name} {side}"));
        let _ = fs::write(directory.join(file), text);
        let mut command = process::command("sh", &directory, libraries);
        command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", places.bin(side).display())).arg(file);
        for (name, program) in [("LUA", "lua"), ("LUAC", "luac")] {
            command.env(name, format!("{program}{}", places.version));
        }
        command.env("V", places.version);
        let outcome = process::run(&mut command, &directory, SECONDS);
        let _ = fs::remove_dir_all(&directory);
        same_names(places.version, outcome)
    };
    let ours = run("ours", &places.ours.join("lib"));
    // The reference has no luac: those checks rest on Debian's alone.
    if !text.contains("$LUAC") {
        compare::equal(&run("reference", &places.reference.join("lib")), &ours)?;
    }
    if String::from_utf8_lossy(&ours.stdout).lines().any(|line| line == "wrong") {
        return Err(ours.text());
    }
    let stock = places.bin("stock").join(format!("lua{}", places.version));
    let differs =
        text.contains("# differs in Debian") || (places.version == "5.4" && text.contains("# differs in 5.4.4"));
    if stock.exists() && !(differs && places.stock == Path::new("/usr")) {
        let stock = run("stock", Path::new("/nonexistent"));
        compare::equal(&same_release(stock), &same_release(ours)).map_err(|text| format!("stock program: {text}"))?;
    }
    Ok(())
}

/// Puts the same release and year into version lines.
fn same_release(mut outcome: Outcome) -> Outcome {
    let text = String::from_utf8_lossy(&outcome.stdout).into_owned();
    let lines: Vec<&str> = text
        .split('\n')
        .map(|line| if line.starts_with("Lua 5.") && line.contains("Copyright") { "Lua 5.x Copyright" } else { line })
        .collect();
    if lines.contains(&"Lua 5.x Copyright") {
        outcome.stdout = lines.join("\n").into_bytes();
    }
    outcome
}
