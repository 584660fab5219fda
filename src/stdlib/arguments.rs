//! Reading arguments: what [`State`] leaves to do for library functions.
//!
//! [`argument`] reads a slot of the running frame without going through an index, for the functions that
//! scripts call all the time. The others exchange strings with the C library: the bytes of every Lua string are
//! followed by a NUL, so they go there as they are.

use crate::object::{Fallible, Value};
use crate::vm::State;
use core::ffi::{CStr, c_char};

/// The `n`-th argument (from 1), `None` when it was not given.
///
/// Only valid in a builtin's own frame.
#[inline(always)]
pub fn argument(l: State, n: usize) -> Option<Value> {
    // SAFETY: the frame's slots lie between its function and `top`; slots up to `MIN_STACK` above exist.
    unsafe {
        let slot = (*(*l.0).ci).func.add(n);
        if slot < (*l.0).top { Some(Value::load(slot)) } else { None }
    }
}

/// A string argument up to its first NUL (`luaL_checkstring`); valid while the argument is on the stack.
pub fn check_c_string<'a>(l: State, arg: i32) -> Fallible<&'a CStr> {
    // SAFETY: the bytes of a Lua string are followed by a NUL.
    Ok(unsafe { c_string(l.check_bytes(arg)?) })
}

/// As [`check_c_string`], with a default for none or nil (`luaL_optstring`).
pub fn opt_c_string(l: State, arg: i32, default: Option<&CStr>) -> Fallible<Option<&CStr>> {
    if l.is_none_or_nil(arg) { Ok(default) } else { check_c_string(l, arg).map(Some) }
}

/// The bytes of a Lua string as C functions see them: up to the first NUL.
///
/// # Safety
/// A NUL follows the bytes, as it does those of every Lua string.
pub unsafe fn c_string(bytes: &[u8]) -> &CStr {
    // SAFETY: a NUL follows the bytes, and lives as long as they do.
    unsafe { CStr::from_ptr(bytes.as_ptr().cast()) }
}

/// Pushes a C string as a Lua string, nil for null (`lua_pushstring`).
///
/// # Safety
/// `text` is null or ends in NUL.
pub unsafe fn push_c_string(l: State, text: *const c_char) -> Fallible<()> {
    if text.is_null() {
        l.push_nil();
        return Ok(());
    }
    // SAFETY: `text` is not null here, so it ends in NUL.
    l.push_bytes(unsafe { CStr::from_ptr(text) }.to_bytes())
}

/// The last `errno`.
pub fn errno() -> i32 {
    // SAFETY: the address is the running thread's own.
    unsafe { *errno_location() }
}

/// Clears `errno`, so that a function that fails without setting it shows no stale reason.
pub fn clear_errno() {
    // SAFETY: as `errno`.
    unsafe { *errno_location() = 0 }
}

#[cfg(any(target_os = "openbsd", target_os = "netbsd", target_os = "android"))]
use libc::__errno as errno_location;
#[cfg(any(target_os = "linux", target_os = "emscripten"))]
use libc::__errno_location as errno_location;
#[cfg(any(target_os = "macos", target_os = "ios", target_os = "freebsd"))]
use libc::__error as errno_location;
