//! C libraries: loading them, functions in them, `package.loadlib`.
//!
//! Where the handles of loaded libraries are kept is told by `handles` (5.1: `handles51`).

#[cfg(not(feature = "lua51"))]
pub use super::handles::create_library_table;
#[cfg(not(feature = "lua51"))]
use super::handles::{loaded_library, register};
#[cfg(feature = "lua51")]
pub use super::handles51::create_library_metatable;
#[cfg(feature = "lua51")]
use super::handles51::{loaded_library, register};
use crate::object::Fallible;
use crate::object::thread::CFunction;
use crate::stdlib::arguments::{check_c_string, push_c_string};
use crate::version::LOADLIB_LINKS;
use crate::vm::State;
use core::ffi::{CStr, c_void};

/// Why a function was not found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The library cannot be loaded.
    Library,
    /// The library has no such function.
    Function,
}

/// Pushes the function `symbol` of the library at `path`, which is loaded if it is not yet. For the symbol `*` loads
/// the library for all later ones to link with, and pushes true. On failure pushes the message of the system.
pub fn find_function(l: State, path: &CStr, symbol: &CStr) -> Fallible<Result<(), Failure>> {
    let whole = LOADLIB_LINKS && symbol.to_bytes().starts_with(b"*");
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
