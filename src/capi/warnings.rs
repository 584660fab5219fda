//! Warnings, and the functions that `luaL_newstate` installs for them.
//!
//! The default functions keep their state in which of them is installed: `off`, `on` (the next piece starts a message),
//! `continuing` (the next piece belongs to the message being written).

use super::text;
use crate::object::Thread;
use crate::object::thread::WarnFunction;
use crate::version::WARNINGS_START_ON;
use crate::vm::State;
use crate::vm::state::standard_error;
use core::ffi::{CStr, c_char, c_int, c_void};

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_setwarnf(l: *mut Thread, f: Option<WarnFunction>, ud: *mut c_void) {
    // SAFETY: a live state.
    unsafe {
        (*(*l).global).warn = f;
        (*(*l).global).warn_data = ud;
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_warning(l: *mut Thread, message: *const c_char, to_be_continued: c_int) {
    // SAFETY: a live state and a C string.
    unsafe { State(l).warn_c(message, to_be_continued) }
}

/// Installs the default function; only later versions begin with warnings on.
pub(super) unsafe fn install(l: *mut Thread) {
    // SAFETY: a live state.
    unsafe { lua_setwarnf(l, Some(if WARNINGS_START_ON { on } else { off }), l.cast()) }
}

fn write(message: &CStr) {
    // SAFETY: a C string to the standard error stream.
    unsafe {
        libc::fputs(message.as_ptr(), standard_error());
        libc::fflush(standard_error());
    }
}

/// Obeys "@on" and "@off"; true for any such control message.
unsafe fn control(ud: *mut c_void, message: *const c_char, to_be_continued: c_int) -> bool {
    // SAFETY: `ud` is the state (`install`), the message a C string.
    unsafe {
        if to_be_continued != 0 || *message != b'@' as c_char {
            return false;
        }
        match text(message) {
            b"@on" => lua_setwarnf(ud.cast(), Some(on), ud),
            b"@off" => lua_setwarnf(ud.cast(), Some(off), ud),
            _ => {}
        }
        true
    }
}

unsafe extern "C-unwind" fn off(ud: *mut c_void, message: *const c_char, to_be_continued: c_int) {
    // SAFETY: passed on.
    unsafe { control(ud, message, to_be_continued) };
}

unsafe extern "C-unwind" fn on(ud: *mut c_void, message: *const c_char, to_be_continued: c_int) {
    // SAFETY: passed on.
    unsafe {
        if !control(ud, message, to_be_continued) {
            write(c"Lua warning: ");
            continuing(ud, message, to_be_continued);
        }
    }
}

unsafe extern "C-unwind" fn continuing(ud: *mut c_void, message: *const c_char, to_be_continued: c_int) {
    // SAFETY: `ud` is the state, the message a C string.
    unsafe {
        write(CStr::from_ptr(message));
        if to_be_continued != 0 {
            lua_setwarnf(ud.cast(), Some(continuing), ud);
        } else {
            write(c"\n");
            lua_setwarnf(ud.cast(), Some(on), ud);
        }
    }
}
