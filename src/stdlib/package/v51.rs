//! Modules of 5.1 (its manual §5.3): `require`, `module` and the table `package`.
//!
//! The table `package` is the environment of these functions: the loaders and the paths are looked up there. While a module
//! is being loaded, `package.loaded` has a sentinel for it, by which loops are found out.

use super::native::{create_library_metatable, loadlib};
use super::{module, search};
use crate::object::Fallible;
use crate::object::value::types;
use crate::stdlib::arguments::{c_string, check_c_string};
use crate::vm::State;
use crate::vm::builtin::Library;
use crate::vm::state::{ENVIRONMENT, GLOBALS, LOADED_TABLE, REGISTRY};
use crate::{config, library};
use core::ffi::c_void;

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

/// Directory separator, path separator, mark for the name, mark for the executable's directory (Windows), and mark
/// before which a module's name is ignored.
const CONFIG: &[u8] = b"/\n;\n?\n!\n-";

/// `luaopen_package`
pub fn open(l: State) -> Fallible<i32> {
    create_library_metatable(l)?;
    l.open_library_table(b"package", PACKAGE.len())?;
    let package = l.top();
    add_functions(l, PACKAGE, GLOBALS)?;
    search::create_searchers(l)?;
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

/// Sets a path of the table on top from the environment variable, in which `;;` stands for the default, or to the default.
fn set_path(l: State, field: &[u8], variable: &[u8], default: &[u8]) -> Fallible<()> {
    match super::getenv(variable) {
        None => l.push_bytes(default)?,
        Some(path) => super::push_path(l, path, default)?,
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
