//! The rest of the auxiliary library: metatables by name, display, references, results of file functions.

use super::{optional_text, raising, text};
use crate::object::Thread;
use crate::object::value::types;
use crate::version::{METAFIELDS_HAVE_TYPES, TOSTRING_CHECKS_RESULT};
use crate::vm::State;
use core::ffi::{c_char, c_int, c_void};
use core::ptr;

// ---- metatables

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_newmetatable(l: *mut Thread, name: *const c_char) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.new_metatable(text(name))) as c_int }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_setmetatable(l: *mut Thread, name: *const c_char) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.set_metatable_by_name(text(name))) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_testudata(l: *mut Thread, arg: c_int, name: *const c_char) -> *mut c_void {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.test_userdata(arg, text(name))).unwrap_or(ptr::null_mut()) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_checkudata(l: *mut Thread, arg: c_int, name: *const c_char) -> *mut c_void {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.check_userdata(arg, text(name))) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_getmetafield(l: *mut Thread, index: c_int, event: *const c_char) -> c_int {
    // SAFETY: `raising` is called directly.
    let kind = unsafe { raising(l, |state| state.get_metafield(index, text(event))) };
    if METAFIELDS_HAVE_TYPES { kind } else { (kind != types::NIL) as c_int }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_callmeta(l: *mut Thread, index: c_int, event: *const c_char) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.call_meta(index, text(event))) as c_int }
}

// ---- display and length

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_tolstring(l: *mut Thread, index: c_int, len: *mut usize) -> *const c_char {
    // SAFETY: `raising` is called directly; a Lua string's bytes end in NUL.
    unsafe {
        let bytes = raising(l, |state| state.tostring(index));
        super::give(len, bytes.len());
        if !TOSTRING_CHECKS_RESULT && !State(l).is_string(-1) {
            return ptr::null();
        }
        bytes.as_ptr().cast()
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_len(l: *mut Thread, index: c_int) -> i64 {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.len_integer(index)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_where(l: *mut Thread, level: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.push_where(level)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_traceback(l: *mut Thread, of: *mut Thread, message: *const c_char, level: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.traceback(State(of), optional_text(message), level)) }
}

/// Returns the address of the pushed string's bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_gsub(
    l: *mut Thread,
    s: *const c_char,
    pattern: *const c_char,
    replacement: *const c_char,
) -> *const c_char {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising(l, |state| {
            state.gsub(text(s), text(pattern), text(replacement))?;
            Ok(state.to_bytes(-1)?.map_or(ptr::null(), |bytes| bytes.as_ptr().cast()))
        })
    }
}

// ---- references

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_ref(l: *mut Thread, index: c_int) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.reference(index)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_unref(l: *mut Thread, index: c_int, reference: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.unreference(index, reference)) }
}

// ---- results of file functions

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_fileresult(l: *mut Thread, ok: c_int, name: *const c_char) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.file_result(ok != 0, optional_text(name))) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_execresult(l: *mut Thread, status: c_int) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.exec_result(status)) }
}
