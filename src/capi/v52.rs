//! What only liblua5.2 exports, or with other parameters: unsigned numbers, continuations that ask for their context,
//! libraries that register themselves.

use super::libraries::{luaL_Reg, open_library_below};
use super::{give, raising, text};
use crate::object::Thread;
use crate::object::number::wrap_unsigned;
use crate::object::thread::{STATUS_OK, call_flag};
use crate::vm::State;
use core::ffi::{c_char, c_int, c_uint};

// ---- unsigned numbers: modulo 2^32

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_pushunsigned(l: *mut Thread, n: c_uint) {
    State(l).push_number(n as f64)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_tounsignedx(l: *mut Thread, index: c_int, is_number: *mut c_int) -> c_uint {
    let number = State(l).to_number(index);
    // SAFETY: null or the caller's variable.
    unsafe { give(is_number, number.is_some() as c_int) };
    number.map_or(0, wrap_unsigned)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_checkunsigned(l: *mut Thread, arg: c_int) -> c_uint {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.check_number(arg).map(wrap_unsigned)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_optunsigned(l: *mut Thread, arg: c_int, default: c_uint) -> c_uint {
    // SAFETY: a host passes a live state.
    unsafe { if State(l).is_none_or_nil(arg) { default } else { luaL_checkunsigned(l, arg) } }
}

// ---- continuations

/// In a continuation: why it runs, and the context that was given. Else `LUA_OK`, and the context is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_getctx(l: *mut Thread, context: *mut c_int) -> c_int {
    const CONTINUED: u16 = call_flag::NATIVE | call_flag::CONTINUED;
    // SAFETY: the running frame's record.
    unsafe {
        let ci = (*l).ci;
        if (*ci).flags & CONTINUED != CONTINUED {
            return STATUS_OK as c_int;
        }
        give(context, (*ci).context as c_int);
        (*ci).saved_pc.addr() as c_int
    }
}

// ---- libraries that register themselves

/// Pushes the table of a module, with room for `size` functions if it is new.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_pushmodule(l: *mut Thread, name: *const c_char, size: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.open_library_table(text(name), size.max(0) as usize)) }
}

/// Registers functions, which share the values on top as upvalues, in the table below those, or in that of the library
/// `name`. The list may be null.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_openlib(
    l: *mut Thread,
    name: *const c_char,
    functions: *const luaL_Reg,
    upvalues: c_int,
) {
    // SAFETY: `raising` is called directly; the list ends with a null name.
    unsafe {
        super::ident::luaL_checkversion_(l, crate::version::VERSION as f64);
        raising(l, |state| open_library_below(state, name, functions, upvalues));
        if functions.is_null() {
            State(l).pop(upvalues);
        } else {
            super::libraries::luaL_setfuncs(l, functions, upvalues);
        }
    }
}
