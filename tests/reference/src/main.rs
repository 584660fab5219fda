//! Builds the reference: PUC-Rio's library of a version at `-O2`, as `liblua5.x.so.0` and `liblua5.x.a`, and
//! an interpreter made of our own `programs/lua.c` linked with it.
//!
//! `reference <directory> <version> ...` leaves `lib/`, `include/` and `bin/lua5.x` in `directory/version`. It does
//! nothing if they are there already and no older than what they are made by. The shared library gives its symbols
//! versions like Debian's, so that several can be in one process. This package is test support: the library does not
//! depend on it.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let [directory, versions @ ..] = words.as_slice() else {
        eprintln!("usage: reference <directory> <version> ...");
        return ExitCode::FAILURE;
    };
    for version in versions {
        if let Err(trouble) = build(version, &Path::new(directory).join(version)) {
            eprintln!("reference: {trouble}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// What a version is, as far as building it is concerned.
struct Release {
    source: lua_src::Version,
    /// The compatibility switch of its own makefile, where `lua-src` does not set it and `luaconf.h` does not by itself.
    switch: Option<&'static str>,
}

fn release(version: &str) -> Option<Release> {
    let (source, switch) = match version {
        "5.1" => (lua_src::Lua51, None),
        "5.2" => (lua_src::Lua52, Some("-DLUA_COMPAT_ALL")),
        "5.3" => (lua_src::Lua53, Some("-DLUA_COMPAT_5_2")),
        "5.4" => (lua_src::Lua54, Some("-DLUA_COMPAT_5_3")),
        "5.5" => (lua_src::Lua55, None),
        _ => return None,
    };
    Some(Release { source, switch })
}

fn build(version: &str, directory: &Path) -> Outcome<()> {
    let Release { source, switch } = release(version).ok_or(format!("there is no Lua {version} here"))?;
    let programs = project_root().join("programs");
    let program_source = programs.join("lua.c");
    let program = directory.join(format!("bin/lua{version}"));
    let library = directory.join(format!("lib/liblua{version}.so.0"));
    let symbol_versions = project_root().join(format!("abi/lua{version}.map"));
    let made_by = [&program_source, &programs.join("versions.h"), &symbol_versions, &env::current_exe()?];
    if library.exists() && made_by.iter().all(|source| is_newer(&program, source)) {
        return Ok(());
    }
    // SAFETY: no other thread runs. The crate that compiles reads its extra flags from here.
    unsafe { env::set_var("CFLAGS", switch.unwrap_or_default()) };
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
        format!("-Wl,--version-script={}", symbol_versions.display()),
        "-lm".into(),
        "-ldl".into(),
    ])?;
    let link = directory.join(format!("lib/liblua{version}.so"));
    let _ = fs::remove_file(&link);
    std::os::unix::fs::symlink(format!("liblua{version}.so.0"), &link)?;
    // The path to the library is relative to the program and gives way to LD_LIBRARY_PATH.
    cc(&[
        switch.unwrap_or("-DNO_SWITCH").into(),
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
