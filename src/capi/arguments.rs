//! Checking arguments (manual §5.1).

use super::{give, optional_text, raising, string_in_frame, text};
use crate::object::{Fallible, Thread};
use crate::version::CHECKSTACK_ALWAYS_HAS_A_MESSAGE;
use crate::vm::State;
use crate::vm::state::usual_integer;
use core::ffi::{CStr, c_char, c_int};

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_argerror(l: *mut Thread, arg: c_int, message: *const c_char) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| Err(state.arg_error(arg, text(message)))) }
}

#[cfg(any(feature = "lua54", feature = "lua55"))]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_typeerror(l: *mut Thread, arg: c_int, expected: *const c_char) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| Err(state.type_error(arg, text(expected)))) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_checkstack(l: *mut Thread, space: c_int, message: *const c_char) {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising(l, |state| {
            if state.check_stack(space) {
                return Ok(());
            }
            Err(match optional_text(message) {
                Some(message) => state.error(&["stack overflow (".into(), message.into(), ")".into()]),
                None if CHECKSTACK_ALWAYS_HAS_A_MESSAGE => state.error(&["stack overflow ((null))".into()]),
                None => state.error(&["stack overflow".into()]),
            })
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_checktype(l: *mut Thread, arg: c_int, code: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.check_type(arg, code)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_checkany(l: *mut Thread, arg: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.check_any(arg)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_checkinteger(l: *mut Thread, arg: c_int) -> i64 {
    match State(l).in_frame(arg).and_then(usual_integer) {
        Some(n) => n,
        // SAFETY: a live thread.
        None => unsafe { convert_integer(l, arg) },
    }
}

#[inline(never)]
unsafe extern "C-unwind" fn convert_integer(l: *mut Thread, arg: c_int) -> i64 {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.check_integer(arg)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_optinteger(l: *mut Thread, arg: c_int, default: i64) -> i64 {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.opt_integer(arg, default)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_checknumber(l: *mut Thread, arg: c_int) -> f64 {
    match State(l).in_frame(arg) {
        Some(v) if v.is_float() => v.as_float(),
        // SAFETY: a live thread.
        _ => unsafe { convert_number(l, arg) },
    }
}

#[inline(never)]
unsafe extern "C-unwind" fn convert_number(l: *mut Thread, arg: c_int) -> f64 {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.check_number(arg)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_optnumber(l: *mut Thread, arg: c_int, default: f64) -> f64 {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.opt_number(arg, default)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_checklstring(l: *mut Thread, arg: c_int, len: *mut usize) -> *const c_char {
    // SAFETY: a host passes a live state, and null or where to write the length.
    unsafe {
        let string = string_in_frame(l, arg, len);
        if string.is_null() { convert_string(l, arg, len) } else { string }
    }
}

#[inline(never)]
unsafe extern "C-unwind" fn convert_string(l: *mut Thread, arg: c_int, len: *mut usize) -> *const c_char {
    // SAFETY: as `luaL_checklstring`; `raising` is called directly.
    unsafe {
        let bytes = raising(l, |state| state.check_bytes(arg));
        give(len, bytes.len());
        bytes.as_ptr().cast()
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_optlstring(
    l: *mut Thread,
    arg: c_int,
    default: *const c_char,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: `default` is null or a C string.
    unsafe {
        if State(l).is_none_or_nil(arg) {
            if !len.is_null() {
                len.write(optional_text(default).map_or(0, <[u8]>::len));
            }
            return default;
        }
        luaL_checklstring(l, arg, len)
    }
}

/// `options` ends in null.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_checkoption(
    l: *mut Thread,
    arg: c_int,
    default: *const c_char,
    options: *const *const c_char,
) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| find_option(state, arg, default, options)) }
}

unsafe fn find_option(
    state: State,
    arg: i32,
    default: *const c_char,
    options: *const *const c_char,
) -> Fallible<c_int> {
    // SAFETY: C strings, and a list of them that ends in null.
    unsafe {
        let name = match optional_text(default) {
            Some(default) => state.opt_bytes(arg, default)?,
            None => state.check_bytes(arg)?,
        };
        // A Lua string may go on after a NUL, which ends it here.
        let name = name.split(|&b| b == 0).next().unwrap_or_default();
        let mut n = 0;
        loop {
            let option = *options.add(n);
            if option.is_null() {
                return Err(state.option_error(arg, name));
            }
            if CStr::from_ptr(option).to_bytes() == name {
                return Ok(n as c_int);
            }
            n += 1;
        }
    }
}
