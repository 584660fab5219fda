//! Builds the reference: PUC-Rio's library of a version at `-O2`, as `liblua5.x.so.0` and `liblua5.x.a`, and
//! an interpreter made of our own `programs/lua.c` linked with it.
//!
//! `reference <version> <directory>` leaves `lib/`, `include/` and `bin/lua5.x` in the directory. It does
//! nothing if they are there already and no older than `programs/lua.c`. This package is test support: the library does not
//! depend on it.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let [version, directory] = words.as_slice() else {
        eprintln!("usage: reference <version> <directory>");
        return ExitCode::FAILURE;
    };
    match build(version, Path::new(directory)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("reference: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn build(version: &str, directory: &Path) -> Outcome<()> {
    let source = match version {
        "5.1" => lua_src::Lua51,
        "5.2" => lua_src::Lua52,
        "5.3" => lua_src::Lua53,
        "5.4" => lua_src::Lua54,
        "5.5" => lua_src::Lua55,
        _ => return Err(format!("there is no Lua {version} here").into()),
    };
    let program_source = project_root().join("programs/lua.c");
    let program = directory.join(format!("bin/lua{version}"));
    let library = directory.join(format!("lib/liblua{version}.so.0"));
    if is_newer(&program, &program_source) && library.exists() {
        return Ok(());
    }
    fs::create_dir_all(directory.join("bin"))?;
    let made = lua_src::Build::new()
        .out_dir(directory)
        .target(env!("REFERENCE_TARGET"))
        .opt_level("2")
        .debug(false)
        .try_build(source)?;
    let archive = directory.join(format!("lib/liblua{version}.a"));
    cc(&[
        "-shared".into(),
        "-o".into(),
        path(&library),
        format!("-Wl,-soname,liblua{version}.so.0,--whole-archive,{},--no-whole-archive", archive.display()),
        "-lm".into(),
        "-ldl".into(),
    ])?;
    let link = directory.join(format!("lib/liblua{version}.so"));
    let _ = fs::remove_file(&link);
    std::os::unix::fs::symlink(format!("liblua{version}.so.0"), &link)?;
    // The path to the library is relative to the program and gives way to LD_LIBRARY_PATH.
    cc(&[
        "-O2".into(),
        "-o".into(),
        path(&program),
        path(&program_source),
        format!("-I{}", made.include_dir().display()),
        format!("-L{}", made.lib_dir().display()),
        format!("-l:liblua{version}.so.0"),
        "-Wl,--enable-new-dtags,-rpath,$ORIGIN/../lib".into(),
        "-ldl".into(),
    ])
}

fn project_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn is_newer(product: &Path, source: &Path) -> bool {
    let time = |file: &Path| fs::metadata(file).and_then(|data| data.modified());
    matches!((time(product), time(source)), (Ok(made), Ok(written)) if made >= written)
}

fn path(file: &Path) -> String {
    file.display().to_string()
}

fn cc(arguments: &[String]) -> Outcome<()> {
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".into());
    let status = Command::new(&compiler).args(arguments).status()?;
    if status.success() { Ok(()) } else { Err(format!("{compiler} {} failed", arguments.join(" ")).into()) }
}
