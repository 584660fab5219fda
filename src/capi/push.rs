//! Pushing values, and operators.

use super::{memory, raising};
use crate::object::thread::CFunction;
use crate::object::{Str, Thread, Value};
use crate::vm::State;
use core::ffi::{c_char, c_int, c_void};

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_pushnil(l: *mut Thread) {
    State(l).push_nil()
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_pushnumber(l: *mut Thread, n: f64) {
    State(l).push_number(n)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_pushinteger(l: *mut Thread, n: i64) {
    State(l).push_integer(n)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_pushboolean(l: *mut Thread, b: c_int) {
    State(l).push_boolean(b != 0)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_pushlightuserdata(l: *mut Thread, p: *mut c_void) {
    State(l).push_light_userdata(p)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_pushthread(l: *mut Thread) -> c_int {
    State(l).push_thread() as c_int
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_pushcclosure(l: *mut Thread, f: CFunction, upvalues: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.push_c_closure(f, upvalues)) }
}

/// Returns the address of the string's own bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_pushlstring(l: *mut Thread, s: *const c_char, len: usize) -> *const c_char {
    // SAFETY: `len` bytes are readable; the new string is on the stack.
    unsafe {
        raising(l, |state| {
            state.push_bytes(memory(s, len))?;
            Ok(Str::data(state.value(-1).as_str()).cast())
        })
    }
}

/// As `lua_pushlstring`; null pushes nil.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_pushstring(l: *mut Thread, s: *const c_char) -> *const c_char {
    // SAFETY: null or a C string; the string is on the stack before the collector may run.
    unsafe {
        raising(l, |state| {
            if s.is_null() {
                state.push_nil();
                return Ok(s);
            }
            let string = Str::from_cstr((*l).global, s)?;
            state.push(Value::object(string));
            state.gc_check()?;
            Ok(Str::data(string).cast())
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_arith(l: *mut Thread, op: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.arith(op)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_concat(l: *mut Thread, n: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.concat(n)) }
}
