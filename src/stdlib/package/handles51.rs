//! The handles of loaded C libraries in 5.1: each is in a userdata in the registry, under "LOADLIB: " and its path, whose
//! finalizer unloads it.

use crate::builtin;
use crate::object::Fallible;
use crate::vm::State;
use crate::vm::state::REGISTRY;
use core::ffi::{CStr, c_void};

/// Registry key of the userdata's metatable.
const METATABLE: &[u8] = b"_LOADLIB";

builtin!(static UNLOAD = unload);

/// Creates the metatable of the handles.
pub fn create_library_metatable(l: State) -> Fallible<()> {
    l.new_metatable(METATABLE)?;
    l.push_builtin(&UNLOAD);
    l.set_field(-2, b"__gc")?;
    l.pop(1);
    Ok(())
}

/// `__gc` of a handle.
fn unload(l: State) -> Fallible<i32> {
    let handle = l.check_userdata(1, METATABLE)?.cast::<*mut c_void>();
    // SAFETY: the userdata holds null or a handle of `dlopen`.
    unsafe {
        if !(*handle).is_null() {
            libc::dlclose(*handle);
        }
        *handle = core::ptr::null_mut();
    }
    Ok(0)
}

/// Pushes the registry's key of a library.
fn push_key(l: State, path: &CStr) -> Fallible<()> {
    l.push_parts(&["LOADLIB: ".into(), path.to_bytes().into()])
}

/// The handle of a library, null when it is not loaded.
pub fn loaded_library(l: State, path: &CStr) -> Fallible<*mut c_void> {
    push_key(l, path)?;
    l.get_table(REGISTRY)?;
    let handle = l.to_userdata(-1).cast::<*mut c_void>();
    l.pop(1);
    // SAFETY: the registry's value of that name holds a handle.
    Ok(if handle.is_null() { core::ptr::null_mut() } else { unsafe { *handle } })
}

/// Keeps the handle of a loaded library.
pub fn register(l: State, path: &CStr, library: *mut c_void) -> Fallible<()> {
    push_key(l, path)?;
    l.new_userdata(size_of::<*mut c_void>(), 0)?;
    // SAFETY: the userdata is as large.
    unsafe { l.to_userdata(-1).cast::<*mut c_void>().write(library) };
    l.get_field(REGISTRY, METATABLE)?;
    l.set_metatable(-2)?;
    l.set_table(REGISTRY)
}
