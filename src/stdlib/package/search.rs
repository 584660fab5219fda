//! Searching for modules: paths, and the four standard searchers, which 5.1 calls loaders.
//!
//! A searcher returns a loader and an extra value for it, or a text that says where it has looked. It finds the table
//! `package` in an upvalue, or where functions have environments, in that.

use super::load_error;
use super::native::{Failure, find_function};
use super::{is_readable, replace_into};
use crate::builtin;
use crate::memory::List;
use crate::object::Fallible;
use crate::object::value::types;
#[cfg(not(feature = "lua51"))]
use crate::stdlib::arguments::opt_c_string;
use crate::stdlib::arguments::{c_string, check_c_string};
use crate::version::{
    HAS_ENV_UPVALUE, HAS_LOADERS, HAS_SEARCHERS, HYPHENS_MAY_END_MODULES, REQUIRE_RETURNS_DATA, SEARCHERS_BEGIN_LINES,
    SEARCHERS_RETURN_FILES,
};
use crate::vm::state::{ENVIRONMENT, PRELOAD_TABLE, REGISTRY, upvalue_index};
use crate::vm::{Builtin, State};
use core::ffi::CStr;

builtin!(static PRELOAD = search_preload);
builtin!(static LUA = search_lua);
builtin!(static NATIVE = search_native);
builtin!(static NATIVE_ROOT = search_native_root);

/// What a line of a searcher's message begins with.
const LINE: &[u8] = if SEARCHERS_BEGIN_LINES { b"\n\t" } else { b"" };

/// Where a searcher finds the table `package`.
const PACKAGE: i32 = if HAS_ENV_UPVALUE { upvalue_index(1) } else { ENVIRONMENT };

/// Creates the list of searchers in the table `package`, which is on top.
pub fn create_searchers(l: State) -> Fallible<()> {
    let searchers = [&PRELOAD, &LUA, &NATIVE, &NATIVE_ROOT];
    l.new_table(searchers.len(), 0)?;
    for (searcher, n) in searchers.into_iter().zip(1..) {
        push_searcher(l, searcher)?;
        l.raw_set_i(-2, n)?;
    }
    if HAS_LOADERS {
        l.push_value(-1);
        l.set_field(-3, b"loaders")?;
    }
    if HAS_SEARCHERS {
        l.push_value(-1);
        l.set_field(-3, b"searchers")?;
    }
    l.pop(1);
    Ok(())
}

/// Pushes a searcher that knows the table `package`, which is below the top.
fn push_searcher(l: State, searcher: &'static Builtin) -> Fallible<()> {
    #[cfg(feature = "lua51")]
    return l.push_builtin_in(searcher, -2);
    #[cfg(not(feature = "lua51"))]
    {
        l.push_value(-2);
        l.push_builtin_closure(searcher, 1)
    }
}

/// `package.searchpath(name, path [, separator [, replacement]])`
#[cfg(not(feature = "lua51"))]
pub fn searchpath(l: State) -> Fallible<i32> {
    // The last argument is checked first, as stock Lua does when built by the usual compilers.
    let replacement = opt_c_string(l, 4, None)?.unwrap_or(c"/").to_bytes();
    let separator = opt_c_string(l, 3, None)?.unwrap_or(c".").to_bytes();
    let path = check_c_string(l, 2)?.to_bytes();
    let name = check_c_string(l, 1)?.to_bytes();
    if search_path(l, name, path, separator, replacement)?.is_some() {
        return Ok(1);
    }
    l.push_nil();
    l.insert(-2);
    Ok(2)
}

/// Pushes the first readable file of the path and returns its name; else pushes a list of those that were tried.
/// In the name `replacement` takes the place of `separator` (none if empty).
fn search_path<'a>(
    l: State,
    name: &[u8],
    path: &[u8],
    separator: &[u8],
    replacement: &[u8],
) -> Fallible<Option<&'a CStr>> {
    // The name and the path with it filled in are strings below the result, as much as they are in memory.
    let mut name = name;
    if !separator.is_empty() && name.contains(&separator[0]) {
        l.gsub(name, separator, replacement)?;
        name = l.to_bytes(-1)?.unwrap_or_default();
    }
    if SEARCHERS_BEGIN_LINES {
        return search_templates(l, name, path);
    }
    // SAFETY: the list does not outlive this call.
    let mut files = unsafe { List::new(l.heap()) };
    replace_into(&mut files, path, b'?', name)?;
    // An empty path has no files, but a path of one separator has two empty ones; C sees the end at a NUL.
    if !files.is_empty() {
        let mut file = l.buffer();
        for candidate in files.split(|&b| b == b';') {
            file.bytes.clear();
            file.add(candidate)?;
            file.byte(0)?;
            if is_readable(&file.bytes) {
                l.push_bytes(candidate)?;
                // SAFETY: the Lua string on top.
                return Ok(Some(unsafe { c_string(l.to_bytes(-1)?.unwrap_or_default()) }));
            }
        }
    }
    let mut message = l.buffer();
    message.add(b"no file '")?;
    replace_into(&mut message.bytes, &files, b';', b"'\n\tno file '")?;
    message.byte(b'\'')?;
    message.push()?;
    Ok(None)
}

/// The same as before 5.4: template by template, of which empty ones do not count.
fn search_templates<'a>(l: State, name: &[u8], path: &[u8]) -> Fallible<Option<&'a CStr>> {
    let mut message = l.buffer();
    let mut file = l.buffer();
    for template in path.split(|&b| b == b';').filter(|template| !template.is_empty()) {
        file.bytes.clear();
        replace_into(&mut file.bytes, template, b'?', name)?;
        let len = file.bytes.len();
        file.byte(0)?;
        let candidate = file.bytes.get(..len).unwrap_or_default();
        if is_readable(&file.bytes) {
            l.push_bytes(candidate)?;
            // SAFETY: the Lua string on top.
            return Ok(Some(unsafe { c_string(l.to_bytes(-1)?.unwrap_or_default()) }));
        }
        message.add(b"\n\tno file '")?;
        message.add(candidate)?;
        message.byte(b'\'')?;
    }
    message.push()?;
    Ok(None)
}

/// [`search_path`] on the path in a field of `package`.
fn find_file<'a>(l: State, name: &[u8], field: &[u8]) -> Fallible<Option<&'a CStr>> {
    l.get_field(PACKAGE, field)?;
    let Some(path) = l.to_bytes(-1)? else {
        return Err(l.error(&[b"'package.".into(), field.into(), b"' must be a string".into()]));
    };
    // SAFETY: a Lua string.
    let path = unsafe { c_string(path) }.to_bytes();
    search_path(l, name, path, b".", b"/")
}

/// The loader is on top: returns it with the file's name. Or the message why the file cannot be loaded is: raises it.
fn finish_load(l: State, loaded: bool, file: &CStr) -> Fallible<i32> {
    if !loaded {
        return Err(load_error(l, file));
    }
    if !SEARCHERS_RETURN_FILES {
        return Ok(1);
    }
    l.push_bytes(file.to_bytes())?;
    Ok(2)
}

/// The searcher for loaders that the program put into `package.preload`.
fn search_preload(l: State) -> Fallible<i32> {
    let name = check_c_string(l, 1)?.to_bytes();
    push_preload_table(l)?;
    if l.get_field(-1, name)? == types::NIL {
        l.push_parts(&[LINE.into(), b"no field package.preload['".into(), name.into(), b"']".into()])?;
        return Ok(1);
    }
    if !REQUIRE_RETURNS_DATA {
        return Ok(1);
    }
    l.push_bytes(b":preload:")?;
    Ok(2)
}

/// Pushes the table of the loaders that the program has provided.
fn push_preload_table(l: State) -> Fallible<()> {
    if HAS_ENV_UPVALUE {
        l.get_field(REGISTRY, PRELOAD_TABLE)?;
    } else if l.get_field(PACKAGE, b"preload")? != types::TABLE {
        return Err(l.error(&[b"'package.preload' must be a table".into()]));
    }
    Ok(())
}

/// The searcher for files in Lua.
fn search_lua(l: State) -> Fallible<i32> {
    let name = check_c_string(l, 1)?.to_bytes();
    let Some(file) = find_file(l, name, b"path")? else {
        return Ok(1);
    };
    let status = l.load_file(Some(file.to_bytes()), None)?;
    finish_load(l, status == 0, file)
}

/// The searcher for C libraries.
fn search_native(l: State) -> Fallible<i32> {
    let name = check_c_string(l, 1)?.to_bytes();
    let Some(file) = find_file(l, name, b"cpath")? else {
        return Ok(1);
    };
    let loaded = open_function(l, file, name)?;
    finish_load(l, loaded.is_ok(), file)
}

/// The searcher for C libraries that contain several modules: `a.b.c` in the library of `a`.
fn search_native_root(l: State) -> Fallible<i32> {
    let name = check_c_string(l, 1)?.to_bytes();
    let Some(dot) = name.iter().position(|&b| b == b'.') else {
        return Ok(0);
    };
    let Some(file) = find_file(l, &name[..dot], b"cpath")? else {
        return Ok(1);
    };
    match open_function(l, file, name)? {
        Err(Failure::Library) => Err(load_error(l, file)),
        Err(Failure::Function) => {
            l.push_parts(&[
                LINE.into(),
                b"no module '".into(),
                name.into(),
                b"' in file '".into(),
                file.to_bytes().into(),
                b"'".into(),
            ])?;
            Ok(1)
        }
        Ok(()) => finish_load(l, true, file),
    }
}

/// Pushes the function that opens a module in a C library: `luaopen_` and the name with `_` for dots, without what
/// stands before a hyphen (in 5.2 and later, first without what stands after it); or the message why there is none.
fn open_function(l: State, file: &CStr, name: &[u8]) -> Fallible<Result<(), Failure>> {
    l.gsub(name, b".", b"_")?;
    let name = l.to_bytes(-1)?.unwrap_or_default();
    let mut rest = name;
    if let Some(mark) = name.iter().position(|&b| b == b'-') {
        if HYPHENS_MAY_END_MODULES {
            let found = named_function(l, file, &name[..mark])?;
            if found != Err(Failure::Function) {
                return Ok(found);
            }
        }
        rest = &name[mark + 1..];
    }
    named_function(l, file, rest)
}

/// Pushes the function `luaopen_<name>` of a C library, or a message.
fn named_function(l: State, file: &CStr, name: &[u8]) -> Fallible<Result<(), Failure>> {
    l.push_parts(&[b"luaopen_".into(), name.into()])?;
    // SAFETY: the Lua string on top stays on the stack.
    let symbol = unsafe { c_string(l.to_bytes(-1)?.unwrap_or_default()) };
    find_function(l, file, symbol)
}
