//! What is in the box: symbols and their versions, soname, dependencies, headers, layout, static library,
//! installation.

use crate::places::Places;
use crate::process::tool;
use crate::{Check, Verdict, capi, compare};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

type Judge = fn(&Places) -> Verdict;

pub fn collect(places: &Places) -> Vec<Check> {
    let checks: &[(&str, Judge)] = &[
        ("shared library exports exactly the listed symbols", shared_symbols),
        ("shared library gives each symbol its version", symbol_versions),
        ("shared library has the soname", soname),
        ("shared library needs only the C library", dependencies),
        ("modules may count on libm", unlinked_module),
        ("static library has exactly the listed global symbols", static_symbols),
        ("static library links into a program", static_program),
        ("layout of the headers", layout),
        ("headers compile as strict C", headers_in_c),
        ("headers compile as C++", headers_in_cpp),
        ("pkg-config describes the tree", pkg_config),
        ("links of the shared library", links),
        ("make install fills a prefix", install),
    ];
    checks
        .iter()
        .map(|(name, check)| {
            let places = places.clone();
            let check = *check;
            Check::single(format!("packaging/{name}"), move || check(&places))
        })
        .collect()
}

fn listed(places: &Places) -> Result<BTreeSet<String>, String> {
    let path = places.root.join(format!("tests/packaging/lua{}.symbols", places.version));
    let text = fs::read_to_string(&path).map_err(|trouble| format!("{}: {trouble}", path.display()))?;
    Ok(text.split_whitespace().map(String::from).collect())
}

fn shared(places: &Places) -> String {
    places.library_file(&places.ours, "so.0").display().to_string()
}

/// The defined symbols that nm prints for a library: names, with their versions if it has any.
fn defined(arguments: &[&str]) -> Result<BTreeSet<String>, String> {
    let text = tool("nm", arguments)?;
    let symbol =
        |line: &str| line.split_once(' ').and_then(|(_, rest)| rest.split_once(' ')).map(|(_, name)| name.to_string());
    Ok(text.lines().filter_map(symbol).filter(|name| !name.starts_with("LUA_")).collect())
}

fn same_sets(expected: &BTreeSet<String>, got: &BTreeSet<String>) -> Verdict {
    let missing: Vec<&String> = expected.difference(got).collect();
    let extra: Vec<&String> = got.difference(expected).collect();
    if missing.is_empty() && extra.is_empty() {
        Ok(())
    } else {
        Err(format!("missing: {missing:?}\nnot expected: {extra:?}"))
    }
}

fn shared_symbols(places: &Places) -> Verdict {
    let found = defined(&["-D", "--defined-only", "--without-symbol-versions", &shared(places)])?;
    same_sets(&listed(places)?, &found)
}

fn symbol_versions(places: &Places) -> Verdict {
    let found = defined(&["-D", "--defined-only", "--with-symbol-versions", &shared(places)])?;
    let expected = listed(places)?.iter().map(|name| format!("{name}@@LUA_{}", places.version)).collect();
    same_sets(&expected, &found)
}

/// The values of a kind of entry in the dynamic section.
fn dynamic(places: &Places, kind: &str) -> Result<Vec<String>, String> {
    let text = tool("readelf", &["-dW", &shared(places)])?;
    let value = |line: &str| Some(line.split_once('[')?.1.split_once(']')?.0.to_string());
    Ok(text.lines().filter(|line| line.contains(&format!("({kind})"))).filter_map(value).collect())
}

fn soname(places: &Places) -> Verdict {
    let found = dynamic(places, "SONAME")?;
    let expected = format!("liblua{}.so.0", places.version);
    if found == [expected] { Ok(()) } else { Err(format!("{found:?}")) }
}

fn dependencies(places: &Places) -> Verdict {
    let usual = ["libc.so", "libm.so", "libdl.so", "ld-linux", "libpthread.so"];
    let mut strange = dynamic(places, "NEEDED")?;
    strange.retain(|name| !usual.iter().any(|prefix| name.starts_with(prefix)));
    if strange.is_empty() { Ok(()) } else { Err(format!("needs {strange:?}")) }
}

const MODULE: &str = r#"
#include <math.h>
#include <lua.h>
#include <lauxlib.h>
static int cube_root(lua_State *L) {
    lua_pushnumber(L, cbrt(luaL_checknumber(L, 1)));
    return 1;
}
int luaopen_roots(lua_State *L) {
    lua_pushcfunction(L, cube_root);
    return 1;
}
"#;

/// Stock Lua is linked to libm, so modules work that use it and do not say so.
fn unlinked_module(places: &Places) -> Verdict {
    let directory = places.fresh("unlinked module");
    let source = write(&directory, "roots.c", MODULE)?;
    let line = format!(
        "cc -shared -fPIC -o '{directory}/roots.so' '{source}' {headers}; \
         '{lua}' -e 'package.cpath = \"{directory}/?.so\"; print(string.format(\"%.3f\", require \"roots\"(27)))'",
        directory = directory.display(),
        source = source.display(),
        headers = capi::headers(places, true),
        lua = places.ours.join(format!("bin/lua{}", places.version)).display(),
    );
    let said = tool("sh", &["-ec", &line])?;
    if said == "3.000\n" { Ok(()) } else { Err(format!("the program said {said:?}")) }
}

fn static_symbols(places: &Places) -> Verdict {
    let archive = places.library_file(&places.ours, "a").display().to_string();
    same_sets(&listed(places)?, &defined(&["-g", "--defined-only", &archive])?)
}

fn cc(compiler: &str, arguments: &[String]) -> Verdict {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    tool(compiler, &arguments).map(drop)
}

const HOST: &str = r#"
#include <stdio.h>
#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>
int main(void) {
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    int status = luaL_dostring(L, "return (('x'):rep(3) .. #{1, 2}):upper()");
    puts(lua_tostring(L, -1));
    lua_close(L);
    return status;
}
"#;

fn write(directory: &Path, name: &str, text: &str) -> Result<PathBuf, String> {
    let path = directory.join(name);
    fs::write(&path, text).map_err(|trouble| format!("{}: {trouble}", path.display()))?;
    Ok(path)
}

fn expect_host(program: &Path) -> Verdict {
    let said = tool(&program.display().to_string(), &[])?;
    if said == "XXX2\n" { Ok(()) } else { Err(format!("the program said {said:?}")) }
}

fn static_program(places: &Places) -> Verdict {
    let directory = places.fresh("static program");
    let source = write(&directory, "host.c", HOST)?;
    let program = directory.join("host");
    cc(
        "cc",
        &[
            "-o".into(),
            program.display().to_string(),
            source.display().to_string(),
            capi::headers(places, true),
            places.library_file(&places.ours, "a").display().to_string(),
            "-lm".into(),
            "-ldl".into(),
            "-lpthread".into(),
        ],
    )?;
    expect_host(&program)
}

fn layout(places: &Places) -> Verdict {
    let directory = places.fresh("layout");
    let program = directory.join("layout").display().to_string();
    let source = places.root.join("tests/packaging/layout.c").display().to_string();
    cc("cc", &["-w".into(), "-o".into(), program.clone(), source, capi::headers(places, true)])?;
    let printed = tool(&program, &[])?;
    let path = places.root.join(format!("tests/packaging/lua{}.layout", places.version));
    let expected = fs::read_to_string(path).map_err(|trouble| trouble.to_string())?;
    if printed == expected {
        Ok(())
    } else {
        Err(compare::difference("layout", expected.as_bytes(), printed.as_bytes()))
    }
}

fn headers_in_c(places: &Places) -> Verdict {
    let directory = places.fresh("headers in c");
    for header in ["lua.h", "lauxlib.h", "lualib.h", "luaconf.h"] {
        let source = write(&directory, "one.c", &format!("#include <{header}>\nint nothing;\n"))?;
        for standard in ["-std=c99", "-std=c11", "-std=c17"] {
            let strict = ["-pedantic", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", standard];
            let mut arguments: Vec<String> = strict.map(String::from).to_vec();
            arguments.extend([capi::headers(places, true), source.display().to_string()]);
            cc("cc", &arguments)?;
        }
    }
    Ok(())
}

fn headers_in_cpp(places: &Places) -> Verdict {
    let directory = places.fresh("headers in cpp");
    let text = HOST.replace("#include <lua.h>\n#include <lauxlib.h>\n#include <lualib.h>", "#include <lua.hpp>");
    let source = write(&directory, "host.cc", &text)?;
    let program = directory.join("host");
    cc(
        "c++",
        &[
            "-Wall".into(),
            "-Wextra".into(),
            "-Werror".into(),
            "-o".into(),
            program.display().to_string(),
            source.display().to_string(),
            capi::headers(places, true),
            shared(places),
            format!("-Wl,-rpath,{}", places.ours.join("lib").display()),
        ],
    )?;
    expect_host(&program)
}

fn pkg_config(places: &Places) -> Verdict {
    let directory = places.fresh("pkg-config");
    let source = write(&directory, "host.c", HOST)?;
    let program = directory.join("host");
    let line = format!(
        "PKG_CONFIG_PATH='{lib}/pkgconfig'; export PKG_CONFIG_PATH; \
         cc -o '{program}' '{source}' $(pkg-config --cflags --libs lua{version}) -Wl,-rpath,'{lib}'",
        version = places.version,
        lib = places.ours.join("lib").display(),
        program = program.display(),
        source = source.display(),
    );
    tool("sh", &["-ec", &line])?;
    expect_host(&program)
}

fn links(places: &Places) -> Verdict {
    let link = places.library_file(&places.ours, "so");
    let target = fs::canonicalize(&link).map_err(|trouble| format!("{}: {trouble}", link.display()))?;
    let wanted = fs::canonicalize(shared(places)).map_err(|trouble| trouble.to_string())?;
    if target == wanted { Ok(()) } else { Err(format!("{} is {}", link.display(), target.display())) }
}

fn install(places: &Places) -> Verdict {
    let directory = places.fresh("install");
    let root = places.root.display().to_string();
    let version = places.version;
    let destination = format!("DESTDIR={}", directory.display());
    tool("make", &["-s", "-C", &root, "install", &format!("LUA={version}"), "PREFIX=/opt/lua", &destination])?;
    let prefix = directory.join("opt/lua");
    let description = prefix.join(format!("lib/pkgconfig/lua{version}.pc"));
    for path in [
        places.library_file(&prefix, "so.0"),
        places.library_file(&prefix, "a"),
        description.clone(),
        prefix.join(format!("bin/lua{version}")),
        prefix.join(format!("bin/luac{version}")),
        prefix.join(format!("include/lua{version}/lua.h")),
    ] {
        if !path.exists() {
            return Err(format!("{} is missing", path.display()));
        }
    }
    let text = fs::read_to_string(&description).map_err(|trouble| trouble.to_string())?;
    if text.lines().any(|line| line == "prefix=/opt/lua") {
        Ok(())
    } else {
        Err(format!("{} has another prefix:\n{text}", description.display()))
    }
}
