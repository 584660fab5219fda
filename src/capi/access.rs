//! Looking at values: types, conversions, comparison.
//!
//! The functions that hosts call most answer at once for a slot of the frame that holds what is usual, and end in
//! a call of the general case otherwise: so the fast path uses no native stack.

use super::{give, raising, string_in_frame};
use crate::object::thread::CFunction;
use crate::object::value::types;
use crate::object::{Thread, Userdata};
use crate::vm::State;
use crate::vm::state::{to_integer, to_number, usual_integer};
use core::ffi::{CStr, c_char, c_int, c_void};
use core::ptr;

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_type(l: *mut Thread, index: c_int) -> c_int {
    match State(l).in_frame(index) {
        Some(v) => v.type_code(),
        None => type_elsewhere(l, index),
    }
}

#[inline(never)]
extern "C-unwind" fn type_elsewhere(l: *mut Thread, index: c_int) -> c_int {
    State(l).type_of(index)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_typename(_l: *mut Thread, code: c_int) -> *const c_char {
    State::type_name_c(code).as_ptr()
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_iscfunction(l: *mut Thread, index: c_int) -> c_int {
    State(l).is_native_function(index) as c_int
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_isinteger(l: *mut Thread, index: c_int) -> c_int {
    State(l).is_integer(index) as c_int
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_isnumber(l: *mut Thread, index: c_int) -> c_int {
    State(l).is_number(index) as c_int
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_isstring(l: *mut Thread, index: c_int) -> c_int {
    State(l).is_string(index) as c_int
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_isuserdata(l: *mut Thread, index: c_int) -> c_int {
    matches!(State(l).type_of(index), types::USERDATA | types::LIGHT_USERDATA) as c_int
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_toboolean(l: *mut Thread, index: c_int) -> c_int {
    match State(l).in_frame(index) {
        Some(v) => !v.is_falsy() as c_int,
        None => boolean_elsewhere(l, index),
    }
}

#[inline(never)]
extern "C-unwind" fn boolean_elsewhere(l: *mut Thread, index: c_int) -> c_int {
    State(l).to_boolean(index) as c_int
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_tonumberx(l: *mut Thread, index: c_int, is_number: *mut c_int) -> f64 {
    match State(l).in_frame(index) {
        Some(v) if v.is_float() => {
            // SAFETY: null or the caller's variable.
            unsafe { give(is_number, 1) };
            v.as_float()
        }
        // SAFETY: as above.
        _ => unsafe { convert_number(l, index, is_number) },
    }
}

#[inline(never)]
unsafe extern "C-unwind" fn convert_number(l: *mut Thread, index: c_int, is_number: *mut c_int) -> f64 {
    let number = to_number(State(l).value_elsewhere(index));
    // SAFETY: null or the caller's variable.
    unsafe { give(is_number, number.is_some() as c_int) };
    number.unwrap_or(0.0)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_tointegerx(l: *mut Thread, index: c_int, is_number: *mut c_int) -> i64 {
    match State(l).in_frame(index).and_then(usual_integer) {
        Some(n) => {
            // SAFETY: null or the caller's variable.
            unsafe { give(is_number, 1) };
            n
        }
        // SAFETY: as above.
        None => unsafe { convert_integer(l, index, is_number) },
    }
}

#[inline(never)]
unsafe extern "C-unwind" fn convert_integer(l: *mut Thread, index: c_int, is_number: *mut c_int) -> i64 {
    let integer = to_integer(State(l).value_elsewhere(index));
    // SAFETY: null or the caller's variable.
    unsafe { give(is_number, integer.is_some() as c_int) };
    integer.unwrap_or(0)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_tolstring(l: *mut Thread, index: c_int, len: *mut usize) -> *const c_char {
    // SAFETY: a host passes a live state, and null or where to write the length.
    unsafe {
        let string = string_in_frame(l, index, len);
        if string.is_null() { convert_string(l, index, len) } else { string }
    }
}

#[inline(never)]
unsafe extern "C-unwind" fn convert_string(l: *mut Thread, index: c_int, len: *mut usize) -> *const c_char {
    // SAFETY: as `lua_tolstring`; `raising` is called directly.
    unsafe {
        let bytes = raising(l, |state| state.to_bytes(index));
        give(len, bytes.map_or(0, <[u8]>::len));
        bytes.map_or(ptr::null(), |bytes| bytes.as_ptr().cast())
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_rawlen(l: *mut Thread, index: c_int) -> u64 {
    State(l).raw_len(index)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_tocfunction(l: *mut Thread, index: c_int) -> Option<CFunction> {
    // SAFETY: null or the address of such a function.
    unsafe { core::mem::transmute::<*const c_void, Option<CFunction>>(State(l).to_c_function(index)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_touserdata(l: *mut Thread, index: c_int) -> *mut c_void {
    match State(l).in_frame(index) {
        // SAFETY: a live full userdata.
        Some(v) if v.is_full_userdata() => unsafe { Userdata::bytes(v.as_userdata()).cast() },
        _ => userdata_elsewhere(l, index),
    }
}

#[inline(never)]
extern "C-unwind" fn userdata_elsewhere(l: *mut Thread, index: c_int) -> *mut c_void {
    State(l).to_userdata(index)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_tothread(l: *mut Thread, index: c_int) -> *mut Thread {
    State(l).to_thread(index).map_or(ptr::null_mut(), |thread| thread.0)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_topointer(l: *mut Thread, index: c_int) -> *const c_void {
    State(l).to_pointer(index)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_rawequal(l: *mut Thread, a: c_int, b: c_int) -> c_int {
    State(l).raw_equal(a, b) as c_int
}

/// `op`: 0 equal, 1 less than, 2 less or equal.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_compare(l: *mut Thread, a: c_int, b: c_int, op: c_int) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising(l, |state| match op {
            0 => state.equal(a, b),
            1 => state.less_than(a, b),
            2 => state.less_equal(a, b),
            _ => Ok(false),
        }) as c_int
    }
}

/// Pushes the number that the whole string spells and returns the string's size, or 0 and nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_stringtonumber(l: *mut Thread, s: *const c_char) -> usize {
    // SAFETY: the caller's C string.
    let s = unsafe { CStr::from_ptr(s) };
    match State::parse_number(s.to_bytes()) {
        Some(number) => {
            State(l).push(number);
            s.to_bytes_with_nul().len()
        }
        None => 0,
    }
}
