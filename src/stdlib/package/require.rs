//! `require`, and the table `package` of 5.2 and later.
//!
//! `require` and the searchers have the table `package` as upvalue: programs change its fields to change where
//! modules are looked for.

use super::{getenv, native, push_path, search};
use crate::object::Fallible;
use crate::object::value::types;
use crate::stdlib::arguments::{c_string, check_c_string};
use crate::version::{MAJOR_MINOR, REQUIRE_RETURNS_DATA, SEARCHERS_BEGIN_LINES};
use crate::vm::State;
use crate::vm::state::{LOADED_TABLE, PRELOAD_TABLE, REGISTRY, upvalue_index};
use crate::{config, library};

library! {
    static FUNCTIONS = {
        b"loadlib" => native::loadlib,
        b"searchpath" => search::searchpath,
    }
}

library! {
    static GLOBALS = {
        b"require" => require,
    }
}

#[cfg(feature = "lua52")]
library! {
    static MODULE = {
        b"module" => super::module::module,
    }
}

#[cfg(feature = "lua52")]
library! {
    static SEE_ALL = {
        b"seeall" => super::module::see_all,
    }
}

/// Directory separator, path separator, mark for the name, mark for the executable's directory (Windows), and mark
/// before which a module's name is ignored.
const CONFIG: &[u8] = b"/\n;\n?\n!\n-\n";

/// `luaopen_package`
pub fn open(l: State) -> Fallible<i32> {
    native::create_library_table(l)?;
    l.new_library(b"package", FUNCTIONS)?;
    search::create_searchers(l)?;
    set_path(l, b"path", b"LUA_PATH", config::PATH_DEFAULT)?;
    set_path(l, b"cpath", b"LUA_CPATH", config::CPATH_DEFAULT)?;
    l.push_bytes(CONFIG)?;
    l.set_field(-2, b"config")?;
    l.get_subtable(REGISTRY, LOADED_TABLE)?;
    l.set_field(-2, b"loaded")?;
    l.get_subtable(REGISTRY, PRELOAD_TABLE)?;
    l.set_field(-2, b"preload")?;
    l.push_globals();
    l.push_value(-2);
    l.set_functions(GLOBALS, 1)?;
    #[cfg(feature = "lua52")]
    {
        l.set_functions(MODULE, 0)?;
        l.push_value(-2);
        l.set_functions(SEE_ALL, 0)?;
        l.pop(1);
    }
    l.pop(1);
    Ok(1)
}

/// Sets a path of the table on top: from the environment variable (its name with the version first), in which `;;`
/// stands for the default, or the default.
fn set_path(l: State, field: &[u8], variable: &[u8], default: &[u8]) -> Fallible<()> {
    match environment_path(l, variable)? {
        None => l.push_bytes(default)?,
        Some(path) => push_path(l, path, default)?,
    }
    l.set_field(-2, field)
}

/// The value of a variable that sets a path, unless the host asked to ignore the environment.
fn environment_path(l: State, variable: &[u8]) -> Fallible<Option<&'static [u8]>> {
    l.get_field(REGISTRY, b"LUA_NOENV")?;
    let ignore = l.to_boolean(-1);
    l.pop(1);
    if ignore {
        return Ok(None);
    }
    // "LUA_CPATH_5_4" and its NUL fit.
    let mut name = [0u8; 24];
    let mut len = 0;
    let version = MAJOR_MINOR.iter().map(|&b| if b == b'.' { b'_' } else { b });
    for (to, from) in name.iter_mut().zip(variable.iter().copied().chain([b'_']).chain(version)) {
        *to = from;
        len += 1;
    }
    debug_assert!(len < name.len());
    let versioned = getenv(&name);
    name[variable.len()] = 0;
    Ok(versioned.or_else(|| getenv(&name)))
}

/// `require(name)`: the module's value, and what its searcher found it by.
fn require(l: State) -> Fallible<i32> {
    let name = check_c_string(l, 1)?.to_bytes();
    l.set_top(1);
    l.get_field(REGISTRY, LOADED_TABLE)?;
    l.get_field(2, name)?;
    if l.to_boolean(-1) {
        return Ok(1);
    }
    l.pop(1);
    find_loader(l, name)?;
    // ... loader data, loader, name, loader data
    l.rotate(-2, 1);
    l.push_value(1);
    l.push_value(-3);
    l.call(2, 1)?;
    if l.is_nil(-1) {
        l.pop(1);
    } else {
        l.set_field(2, name)?;
    }
    if l.get_field(2, name)? == types::NIL {
        // The loader has set nothing.
        l.push_boolean(true);
        l.copy(-1, -2);
        l.set_field(2, name)?;
    }
    if !REQUIRE_RETURNS_DATA {
        return Ok(1);
    }
    l.rotate(-2, 1);
    Ok(2)
}

/// Asks the searchers one after the other, and pushes the loader and its data; an error with all their messages when
/// none knows the module.
fn find_loader(l: State, name: &[u8]) -> Fallible<()> {
    if l.get_field(upvalue_index(1), b"searchers")? != types::TABLE {
        return Err(l.error(&[b"'package.searchers' must be a table".into()]));
    }
    let mut message = l.buffer();
    for i in 1.. {
        if l.raw_get_i(3, i) == types::NIL {
            l.pop(1);
            message.push()?;
            // SAFETY: the Lua string on top.
            let message = unsafe { c_string(l.to_bytes(-1)?.unwrap_or_default()) }.to_bytes();
            return Err(l.error(&[b"module '".into(), name.into(), b"' not found:".into(), message.into()]));
        }
        l.push_bytes(name)?;
        l.call(1, 2)?;
        if l.is_function(-2) {
            return Ok(());
        }
        if l.is_string(-2) {
            l.pop(1);
            if !SEARCHERS_BEGIN_LINES {
                message.add(b"\n\t")?;
            }
            message.add_value()?;
        } else {
            l.pop(2);
        }
    }
    Ok(())
}
