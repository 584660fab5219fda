//! The handles of loaded C libraries: the registry's table `_CLIBS` has each under its path, and in a list in order of
//! loading. Its finalizer, the last thing that a closing state runs, unloads them in reverse.

use crate::builtin;
use crate::object::Fallible;
use crate::vm::State;
use crate::vm::state::REGISTRY;
use core::ffi::{CStr, c_void};

/// Registry key of the table of libraries.
const LIBRARIES: &[u8] = b"_CLIBS";

builtin!(static UNLOAD_ALL = unload_all);

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

/// The handle of a library, null when it is not loaded.
pub fn loaded_library(l: State, path: &CStr) -> Fallible<*mut c_void> {
    l.get_field(REGISTRY, LIBRARIES)?;
    l.get_field(-1, path.to_bytes())?;
    let library = l.to_userdata(-1);
    l.pop(2);
    Ok(library)
}

/// Keeps the handle of a loaded library.
pub fn register(l: State, path: &CStr, library: *mut c_void) -> Fallible<()> {
    l.get_field(REGISTRY, LIBRARIES)?;
    l.push_light_userdata(library);
    l.push_value(-1);
    l.set_field(-3, path.to_bytes())?;
    let count = l.len_integer(-2)?;
    l.raw_set_i(-2, count.wrapping_add(1))?;
    l.pop(1);
    Ok(())
}
