//! The handles of loaded C libraries: the registry's table `_CLIBS` has each under its path, and in a list in order of
//! loading. Its finalizer, the last thing that a closing state runs, unloads them in reverse. Where strings may live in a
//! library's memory that comes too early: there a string stands for each library, which is unloaded when the string is freed,
//! after all that was made later.

use crate::builtin;
use crate::object::{Fallible, Str, Value};
use crate::version::HAS_EXTERNAL_STRINGS;
use crate::vm::State;
use crate::vm::state::REGISTRY;
use core::ffi::{CStr, c_void};

/// Registry key of the table of libraries.
const LIBRARIES: &[u8] = b"_CLIBS";

builtin!(static UNLOAD_ALL = unload_all);

/// Creates the table of libraries, or takes over the one that is there.
pub fn create_library_table(l: State) -> Fallible<()> {
    l.get_subtable(REGISTRY, LIBRARIES)?;
    if HAS_EXTERNAL_STRINGS {
        l.pop(1);
        return Ok(());
    }
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

/// The contents of the strings that stand for libraries, too long to be interned.
const LIBRARY_STRING: &[u8] = b"a C library, which is unloaded when this string is freed\0";

/// Pushes a string that keeps the library loaded.
fn push_library_string(l: State, library: *mut c_void) -> Fallible<()> {
    let bytes = LIBRARY_STRING.split_last().map_or(&[][..], |(_, text)| text);
    // SAFETY: static bytes with a NUL; the string is on the stack at once.
    unsafe {
        let string = Str::new_external((*l.0).global, bytes, Some(unload), library)?;
        l.push(Value::object(string));
    }
    Ok(())
}

/// Unloads the library of a string that is freed.
unsafe extern "C-unwind" fn unload(library: *mut c_void, _: *mut c_void, _: usize, _: usize) -> *mut c_void {
    // SAFETY: a handle of `dlopen`; nothing of the library is left.
    unsafe { libc::dlclose(library) };
    core::ptr::null_mut()
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
    if HAS_EXTERNAL_STRINGS {
        l.pop(1);
        push_library_string(l, library)?;
        l.reference(-2)?;
        l.pop(1);
        return Ok(());
    }
    let count = l.len_integer(-2)?;
    l.raw_set_i(-2, count.wrapping_add(1))?;
    l.pop(1);
    Ok(())
}
