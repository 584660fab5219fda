//! Modules of 5.1 (its manual §5.3): `require`, `module` and the table `package`.
//!
//! The table `package` is the environment of these functions: the loaders and the paths are looked up there. While a module
//! is being loaded, `package.loaded` has a sentinel for it, by which loops are found out.

use super::load_error;
use super::module;
use super::native::{Failure, create_library_metatable, find_function, loadlib};
use crate::memory::List;
use crate::object::Fallible;
use crate::object::value::types;
use crate::stdlib::arguments::{c_string, check_c_string};
use crate::vm::State;
use crate::vm::builtin::Library;
use crate::vm::state::{ENVIRONMENT, GLOBALS, LOADED_TABLE, REGISTRY};
use crate::{builtin, config, library};
use core::ffi::{CStr, c_void};

library! {
    static PACKAGE = {
        b"loadlib" => loadlib,
        b"seeall" => module::see_all,
    }
}

library! {
    static GLOBAL_FUNCTIONS = {
        b"module" => module::module,
        b"require" => require,
    }
}

builtin!(static PRELOADED = find_preloaded);
builtin!(static LUA = find_lua);
builtin!(static NATIVE = find_native);
builtin!(static NATIVE_ROOT = find_native_root);

/// Directory separator, path separator, mark for the name, mark for the executable's directory (Windows), and mark
/// before which a module's name is ignored.
const CONFIG: &[u8] = b"/\n;\n?\n!\n-";

/// `luaopen_package`
pub fn open(l: State) -> Fallible<i32> {
    create_library_metatable(l)?;
    l.open_library_table(b"package", PACKAGE.len())?;
    let package = l.top();
    add_functions(l, PACKAGE, GLOBALS)?;
    l.new_table(4, 0)?;
    for (loader, n) in [&PRELOADED, &LUA, &NATIVE, &NATIVE_ROOT].into_iter().zip(1..) {
        l.push_builtin_in(loader, package)?;
        l.raw_set_i(-2, n)?;
    }
    l.set_field(-2, b"loaders")?;
    set_path(l, b"path", b"LUA_PATH\0", config::PATH_DEFAULT)?;
    set_path(l, b"cpath", b"LUA_CPATH\0", config::CPATH_DEFAULT)?;
    l.push_bytes(CONFIG)?;
    l.set_field(-2, b"config")?;
    l.find_table(REGISTRY, LOADED_TABLE, 2)?;
    l.set_field(-2, b"loaded")?;
    l.new_table(0, 0)?;
    l.set_field(-2, b"preload")?;
    l.push_value(GLOBALS);
    add_functions(l, GLOBAL_FUNCTIONS, package)?;
    l.pop(1);
    Ok(1)
}

/// Adds functions with the environment at an index to the table on top.
fn add_functions(l: State, functions: &'static Library, environment: i32) -> Fallible<()> {
    for &(name, function) in functions {
        l.push_builtin_in(function, environment)?;
        l.set_field(-2, name)?;
    }
    Ok(())
}

/// Sets a path of the table on top: from the environment variable, in which `;;` stands for the default between two
/// separators, or the default.
fn set_path(l: State, field: &[u8], variable: &[u8], default: &[u8]) -> Fallible<()> {
    match super::getenv(variable) {
        None => l.push_bytes(default)?,
        Some(path) => {
            const MARK: &[u8] = b"\x01";
            l.gsub(path, b";;", b";\x01;")?;
            let path = l.to_bytes(-1)?.unwrap_or_default();
            l.gsub(path, MARK, default)?;
            l.remove(-2);
        }
    }
    l.set_field(-2, field)
}

// ---- require

/// What `package.loaded` has for a module that is being loaded: an address that nothing else has.
static SENTINEL: u8 = 0;

fn sentinel() -> *mut c_void {
    (&raw const SENTINEL).cast_mut().cast()
}

/// `require(name)`
fn require(l: State) -> Fallible<i32> {
    let name = check_c_string(l, 1)?.to_bytes();
    l.set_top(1);
    l.get_field(REGISTRY, LOADED_TABLE)?;
    l.get_field(2, name)?;
    if l.to_boolean(-1) {
        if l.to_userdata(-1) == sentinel() {
            return Err(l.error(&["loop or previous error loading module '".into(), name.into(), "'".into()]));
        }
        return Ok(1);
    }
    find_loader(l, name)?;
    l.push_light_userdata(sentinel());
    l.set_field(2, name)?;
    l.push_bytes(name)?;
    l.call(1, 1)?;
    if !l.is_nil(-1) {
        l.set_field(2, name)?;
    }
    l.get_field(2, name)?;
    if l.to_userdata(-1) == sentinel() {
        l.push_boolean(true);
        l.push_value(-1);
        l.set_field(2, name)?;
    }
    Ok(1)
}

/// Asks the loaders one after the other, and pushes the function that loads the module.
fn find_loader(l: State, name: &[u8]) -> Fallible<()> {
    if l.get_field(ENVIRONMENT, b"loaders")? != types::TABLE {
        return Err(l.error(&["'package.loaders' must be a table".into()]));
    }
    let loaders = l.top();
    l.push_bytes(b"")?;
    for i in 1.. {
        if l.raw_get_i(loaders, i) == types::NIL {
            // SAFETY: a Lua string.
            let tried = unsafe { c_string(l.to_bytes(-2)?.unwrap_or_default()) }.to_bytes();
            return Err(l.error(&["module '".into(), name.into(), "' not found:".into(), tried.into()]));
        }
        l.push_bytes(name)?;
        l.call(1, 1)?;
        if l.is_function(-1) {
            break;
        }
        if l.is_string(-1) {
            l.concat(2)?;
        } else {
            l.pop(1);
        }
    }
    Ok(())
}

// ---- the loaders: each returns the function that loads the module, or a text that says where it has looked

/// Pushes the first readable file of the path in a field of the environment and returns its name; else pushes a list of
/// those that were tried.
fn find_file<'a>(l: State, name: &[u8], field: &[u8]) -> Fallible<Option<&'a CStr>> {
    l.gsub(name, b".", b"/")?;
    let name = l.to_bytes(-1)?.unwrap_or_default();
    l.get_field(ENVIRONMENT, field)?;
    let Some(path) = l.to_bytes(-1)? else {
        return Err(l.error(&["'package.".into(), field.into(), "' must be a string".into()]));
    };
    // SAFETY: a Lua string.
    let path = unsafe { c_string(path) }.to_bytes();
    let mut tried = l.buffer();
    // SAFETY: the list does not outlive this call.
    let mut file = unsafe { List::new(l.heap()) };
    for template in path.split(|&b| b == b';').filter(|template| !template.is_empty()) {
        file.clear();
        super::replace_into(&mut file, template, b'?', name)?;
        l.push_bytes(&file)?;
        // SAFETY: the Lua string on top.
        let candidate = unsafe { c_string(l.to_bytes(-1)?.unwrap_or_default()) };
        if super::is_readable(candidate.to_bytes_with_nul()) {
            return Ok(Some(candidate));
        }
        l.pop(1);
        tried.add(b"\n\tno file '")?;
        tried.add(&file)?;
        tried.byte(b'\'')?;
    }
    tried.push()?;
    Ok(None)
}

/// The loader for functions that the program put into `package.preload`.
fn find_preloaded(l: State) -> Fallible<i32> {
    let name = check_c_string(l, 1)?.to_bytes();
    if l.get_field(ENVIRONMENT, b"preload")? != types::TABLE {
        return Err(l.error(&["'package.preload' must be a table".into()]));
    }
    if l.get_field(-1, name)? == types::NIL {
        l.push_parts(&["\n\tno field package.preload['".into(), name.into(), "']".into()])?;
    }
    Ok(1)
}

/// The loader for files in Lua.
fn find_lua(l: State) -> Fallible<i32> {
    let name = check_c_string(l, 1)?.to_bytes();
    let Some(file) = find_file(l, name, b"path")? else {
        return Ok(1);
    };
    if l.load_file(Some(file.to_bytes()), None)? != 0 {
        return Err(load_error(l, file));
    }
    Ok(1)
}

/// The loader for C libraries.
fn find_native(l: State) -> Fallible<i32> {
    let name = check_c_string(l, 1)?.to_bytes();
    let Some(file) = find_file(l, name, b"cpath")? else {
        return Ok(1);
    };
    match open_function(l, file, name)? {
        Ok(()) => Ok(1),
        Err(_) => Err(load_error(l, file)),
    }
}

/// The loader for C libraries that contain several modules: `a.b.c` in the library of `a`.
fn find_native_root(l: State) -> Fallible<i32> {
    let name = check_c_string(l, 1)?.to_bytes();
    let Some(dot) = name.iter().position(|&b| b == b'.') else {
        return Ok(0);
    };
    let Some(file) = find_file(l, &name[..dot], b"cpath")? else {
        return Ok(1);
    };
    match open_function(l, file, name)? {
        Ok(()) => {}
        Err(Failure::Library) => return Err(load_error(l, file)),
        Err(Failure::Function) => {
            let file = file.to_bytes();
            l.push_parts(&["\n\tno module '".into(), name.into(), "' in file '".into(), file.into(), "'".into()])?;
        }
    }
    Ok(1)
}

/// Pushes the function that opens a module in a C library: `luaopen_` and the name with `_` for dots, without what
/// stands before a hyphen; or the message why there is none.
fn open_function(l: State, file: &CStr, name: &[u8]) -> Fallible<Result<(), Failure>> {
    let start = name.iter().position(|&b| b == b'-').map_or(0, |mark| mark + 1);
    l.gsub(&name[start..], b".", b"_")?;
    let name = l.to_bytes(-1)?.unwrap_or_default();
    l.push_parts(&["luaopen_".into(), name.into()])?;
    // SAFETY: the Lua string on top stays on the stack.
    let symbol = unsafe { c_string(l.to_bytes(-1)?.unwrap_or_default()) };
    find_function(l, file, symbol)
}
