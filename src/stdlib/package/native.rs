//! C libraries: loading them, functions in them, `package.loadlib`.
//!
//! The registry's table `_CLIBS` has the handle of each loaded library under its path, and in a list in order of loading.
//! Its finalizer, the last thing that a closing state runs, unloads them in reverse.

use crate::builtin;
use crate::object::Fallible;
use crate::object::thread::CFunction;
use crate::stdlib::arguments::{check_c_string, push_c_string};
use crate::vm::State;
use crate::vm::state::REGISTRY;
use core::ffi::{CStr, c_void};

/// Registry key of the table of libraries.
const LIBRARIES: &[u8] = b"_CLIBS";

builtin!(static UNLOAD_ALL = unload_all);

/// Why a function was not found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The library cannot be loaded.
    Library,
    /// The library has no such function.
    Function,
}

/// Creates the table of libraries, or takes over the one that is there.
pub fn create_library_table(l: State) -> Fallible<()> {
    l.get_subtable(REGISTRY, LIBRARIES)?;
    l.new_table(0, 1)?;
    l.push_builtin(&UNLOAD_ALL);
    l.set_field(-2, b"__gc")?;
    l.set_metatable(-2)?;
    l.pop(1);
    Ok(())
}

/// `__gc` of the table of libraries.
fn unload_all(l: State) -> Fallible<i32> {
    for n in (1..=l.len_integer(1)?).rev() {
        l.raw_get_i(1, n);
        let library = l.to_userdata(-1);
        if !library.is_null() {
            // SAFETY: a handle of `dlopen`; the state is closing, so nothing calls into the library any more.
            unsafe { libc::dlclose(library) };
        }
        l.pop(1);
    }
    Ok(0)
}

/// Pushes the function `symbol` of the library at `path`, which is loaded if it is not yet. For the symbol `*` loads
/// the library for all later ones to link with, and pushes true. On failure pushes the message of the system.
pub fn find_function(l: State, path: &CStr, symbol: &CStr) -> Fallible<Result<(), Failure>> {
    let whole = symbol.to_bytes().starts_with(b"*");
    let mut library = loaded_library(l, path)?;
    if library.is_null() {
        library = load_library(l, path, whole)?;
        if library.is_null() {
            return Ok(Err(Failure::Library));
        }
    }
    if whole {
        l.push_boolean(true);
        return Ok(Ok(()));
    }
    // SAFETY: a handle of `dlopen` and a C string; a symbol with this name is a `lua_CFunction`, as the caller promises.
    unsafe {
        let function = libc::dlsym(library, symbol.as_ptr());
        if function.is_null() {
            push_c_string(l, libc::dlerror())?;
            return Ok(Err(Failure::Function));
        }
        l.push_c_closure(core::mem::transmute::<*mut c_void, CFunction>(function), 0)?;
    }
    Ok(Ok(()))
}

/// The handle of a library, null when it is not loaded.
fn loaded_library(l: State, path: &CStr) -> Fallible<*mut c_void> {
    l.get_field(REGISTRY, LIBRARIES)?;
    l.get_field(-1, path.to_bytes())?;
    let library = l.to_userdata(-1);
    l.pop(2);
    Ok(library)
}

/// Loads a library and registers it; null and the message pushed when that fails.
fn load_library(l: State, path: &CStr, global: bool) -> Fallible<*mut c_void> {
    let scope = if global { libc::RTLD_GLOBAL } else { libc::RTLD_LOCAL };
    // SAFETY: a C string; running the library's initialisers is what the caller asked for.
    unsafe {
        let library = libc::dlopen(path.as_ptr(), libc::RTLD_NOW | scope);
        if library.is_null() {
            push_c_string(l, libc::dlerror())?;
        } else {
            register(l, path, library)?;
        }
        Ok(library)
    }
}

/// Keeps the handle of a loaded library.
fn register(l: State, path: &CStr, library: *mut c_void) -> Fallible<()> {
    l.get_field(REGISTRY, LIBRARIES)?;
    l.push_light_userdata(library);
    l.push_value(-1);
    l.set_field(-3, path.to_bytes())?;
    let count = l.len_integer(-2)?;
    l.raw_set_i(-2, count.wrapping_add(1))?;
    l.pop(1);
    Ok(())
}

/// `package.loadlib(path, function)`: the function; or fail, a message, and which step failed.
pub fn loadlib(l: State) -> Fallible<i32> {
    let path = check_c_string(l, 1)?;
    let symbol = check_c_string(l, 2)?;
    let Err(failure) = find_function(l, path, symbol)? else {
        return Ok(1);
    };
    l.push_nil();
    l.insert(-2);
    l.push_bytes(if failure == Failure::Library { b"open" } else { b"init" })?;
    Ok(3)
}
