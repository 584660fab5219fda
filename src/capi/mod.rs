//! The exported functions: Lua's C API (manual §4) and auxiliary library (§5), thin wrappers over [`State`].
//!
//! | file | functions |
//! |---|---|
//! | `lifecycle` | `lua_newstate`, `lua_close`, threads, `lua_atpanic`, allocators |
//! | `ident` | `lua_version`, `luaL_checkversion_`, `lua_ident` |
//! | `stack` | `lua_gettop` … `lua_xmove`, `lua_toclose` |
//! | `access` | `lua_type`, `lua_is*`, `lua_to*`, comparison |
//! | `push` | `lua_push*`, `lua_arith`, `lua_concat` |
//! | `tables` | `lua_get*`, `lua_set*`, `lua_raw*`, `lua_next`, `lua_len`, userdata |
//! | `calls` | `lua_callk`, `lua_pcallk`, `lua_error`, coroutines |
//! | `chunks` | `lua_load`, `lua_dump`, `luaL_load*` |
//! | `gc` | `lua_gc` |
//! | `debug` | `lua_getinfo` and its kin, hooks, upvalues |
//! | `warnings` | `lua_warning`, `lua_setwarnf` and the default warning functions |
//! | `format`, `variadic.c` | `lua_pushfstring`, `lua_pushvfstring`, `luaL_error` |
//! | `arguments` | `luaL_check*`, `luaL_opt*`, `luaL_argerror` |
//! | `auxiliary` | `luaL_*` that fits nowhere else: metatables, `luaL_tolstring`, `luaL_ref`, results of files |
//! | `buffer` (5.1: `buffer51`) | `luaL_Buffer` |
//! | `v51` | what only liblua5.1 exports, or with other parameters |
//! | `v52` | the same of liblua5.2 |
//! | `libraries` | `luaL_newstate`, `luaL_openlibs`, `luaL_requiref`, `luaL_setfuncs`, `luaopen_*` |
//! | `v55` | what only 5.5 has: a seed for states, `luaL_openselectedlibs`, external strings, `lua_numbertocstring` |
//!
//! An error leaves an exported function by a jump over the C frames that called it (`vm::boundary`). No Rust frame
//! that holds something may be in between, so a body that can fail is a closure that returns the error as a value,
//! and [`raising`] does nothing after it but jump.
//!
//! Every function rests on the contract of the manual: a live `lua_State`, valid indices, C strings that end in NUL.
#![allow(non_upper_case_globals, non_snake_case)]

mod access;
mod arguments;
mod auxiliary;
#[cfg(not(feature = "lua51"))]
mod buffer;
#[cfg(feature = "lua51")]
mod buffer51;
mod calls;
mod chunks;
mod debug;
mod format;
mod gc;
mod ident;
mod libraries;
mod lifecycle;
mod push;
mod stack;
mod tables;
#[cfg(test)]
mod tests;
#[cfg(feature = "lua51")]
mod v51;
#[cfg(feature = "lua52")]
mod v52;
#[cfg(feature = "lua55")]
mod v55;
#[cfg(any(feature = "lua54", feature = "lua55"))]
mod warnings;

use crate::object::{Fallible, Str, Thread};
use crate::vm::State;
use crate::vm::boundary;
use core::ffi::{CStr, c_char, c_int};
use core::ptr;

/// Runs the body of an exported function; an error leaves it as C expects.
///
/// # Safety
/// `l` is live. The exported function calls this directly: between it and the C code there is no Rust frame that would have
/// to return.
#[inline(always)]
unsafe fn raising<T>(l: *mut Thread, body: impl FnOnce(State) -> Fallible<T>) -> T {
    // SAFETY: called directly by the exported function; the body's frame is gone when the error is raised.
    unsafe { boundary::unwrap(l, body(State(l))) }
}

/// The bytes of a C string.
#[inline(always)]
unsafe fn text<'a>(s: *const c_char) -> &'a [u8] {
    // SAFETY: the caller's C string.
    unsafe { CStr::from_ptr(s).to_bytes() }
}

/// The bytes of a C string, or `None` for null.
#[inline]
unsafe fn optional_text<'a>(s: *const c_char) -> Option<&'a [u8]> {
    // SAFETY: null or the caller's C string.
    if s.is_null() { None } else { Some(unsafe { text(s) }) }
}

/// `len` bytes at `s`, which may be null when there are none.
#[inline(always)]
unsafe fn memory<'a>(s: *const c_char, len: usize) -> &'a [u8] {
    // SAFETY: `len` bytes can be read at `s`, unless that is 0.
    if len == 0 { &[] } else { unsafe { core::slice::from_raw_parts(s.cast(), len) } }
}

/// The bytes of a string in the frame, which end in NUL, and through `len` their number; null for any other value or index.
#[inline(always)]
unsafe fn string_in_frame(l: *mut Thread, index: c_int, len: *mut usize) -> *const c_char {
    // SAFETY: a live string.
    unsafe {
        match State(l).in_frame(index) {
            Some(v) if v.is_string() => {
                give(len, Str::len(v.as_str()));
                Str::data(v.as_str()).cast()
            }
            _ => ptr::null(),
        }
    }
}

/// Stores through an optional out parameter.
#[inline(always)]
unsafe fn give<T>(to: *mut T, value: T) {
    if !to.is_null() {
        // SAFETY: not null, so the caller's variable.
        unsafe { to.write(value) }
    }
}
