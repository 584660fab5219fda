//! Tables, metatables and userdata.

use super::raising;
use crate::gc;
use crate::object::{Fallible, GcHeader, Slot, Str, Table, Thread, Userdata, Value};
use crate::vm::State;
use core::ffi::{c_char, c_int, c_void};

/// An integer index.
#[cfg(any(feature = "lua51", feature = "lua52"))]
type Index = c_int;
#[cfg(not(any(feature = "lua51", feature = "lua52")))]
type Index = i64;

/// The Lua string of a C string, looked up by its address first.
#[inline(always)]
unsafe fn key(state: State, s: *const c_char) -> Fallible<*mut Str> {
    // SAFETY: the caller's C string and live state.
    Ok(unsafe { Str::from_cstr((*state.0).global, s)? })
}

// ---- with metamethods

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_getglobal(l: *mut Thread, name: *const c_char) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.get_by_str(state.globals(), key(state, name)?)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_setglobal(l: *mut Thread, name: *const c_char) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.set_by_str(state.globals(), key(state, name)?)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_getfield(l: *mut Thread, index: c_int, name: *const c_char) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| key(state, name).and_then(|key| state.get_by_str(state.value(index), key))) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_setfield(l: *mut Thread, index: c_int, name: *const c_char) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| key(state, name).and_then(|key| state.set_by_str(state.value(index), key))) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_gettable(l: *mut Thread, index: c_int) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.get_table(index)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_settable(l: *mut Thread, index: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.set_table(index)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_geti(l: *mut Thread, index: c_int, n: i64) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.get_i(index, n)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_seti(l: *mut Thread, index: c_int, n: i64) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.set_i(index, n)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_len(l: *mut Thread, index: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.len(index)) }
}

// ---- raw

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_rawget(l: *mut Thread, index: c_int) -> c_int {
    State(l).raw_get(index)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_rawset(l: *mut Thread, index: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.raw_set(index)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_rawgeti(l: *mut Thread, index: c_int, n: Index) -> c_int {
    let state = State(l);
    let (_, slot) = state.element_at(index, n as i64);
    if slot.is_null() {
        return rawgeti_elsewhere(l, index, n);
    }
    // SAFETY: an element of the table.
    let found = unsafe { Slot::load(slot) };
    state.push(found);
    found.type_code()
}

#[inline(never)]
extern "C-unwind" fn rawgeti_elsewhere(l: *mut Thread, index: c_int, n: Index) -> c_int {
    State(l).raw_get_i(index, n as i64)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_rawseti(l: *mut Thread, index: c_int, n: Index) {
    let state = State(l);
    let (table, slot) = state.element_at(index, n as i64);
    // SAFETY: an element of the table; the value is on top of the stack.
    unsafe {
        if slot.is_null() {
            return rawseti_elsewhere(l, index, n);
        }
        let top = (*l).top.sub(1);
        let value = Value::load(top);
        Slot::store(slot, value);
        (*l).top = top;
        if value.is_collectable() {
            rawseti_barrier(l, table, value.as_object());
        }
    }
}

#[inline(never)]
unsafe extern "C-unwind" fn rawseti_barrier(l: *mut Thread, table: *mut Table, value: *mut GcHeader) {
    // SAFETY: both are live.
    unsafe { gc::barrier_back((*l).global, table.cast(), Value::object(value)) }
}

#[inline(never)]
unsafe extern "C-unwind" fn rawseti_elsewhere(l: *mut Thread, index: c_int, n: Index) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.raw_set_i(index, n as i64)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_rawgetp(l: *mut Thread, index: c_int, p: *const c_void) -> c_int {
    State(l).raw_get_p(index, p)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_rawsetp(l: *mut Thread, index: c_int, p: *const c_void) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.raw_set_p(index, p)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_next(l: *mut Thread, index: c_int) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.next(index)) as c_int }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_createtable(l: *mut Thread, array: c_int, hash: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.new_table(array.max(0) as usize, hash.max(0) as usize).map(|_| ())) }
}

// ---- metatables and userdata

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_getmetatable(l: *mut Thread, index: c_int) -> c_int {
    State(l).get_metatable(index) as c_int
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_setmetatable(l: *mut Thread, index: c_int) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.set_metatable(index)) };
    1
}

#[cfg(any(feature = "lua54", feature = "lua55"))]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_newuserdatauv(l: *mut Thread, size: usize, values: c_int) -> *mut c_void {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| new_userdata(state, size, values.clamp(0, i16::MAX as c_int) as u16)) }
}

/// With one user value (the environment in 5.1).
#[cfg(not(any(feature = "lua54", feature = "lua55")))]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_newuserdata(l: *mut Thread, size: usize) -> *mut c_void {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| new_userdata(state, size, 1)) }
}

fn new_userdata(state: State, size: usize, values: u16) -> Fallible<*mut c_void> {
    let userdata = state.new_userdata(size, values)?;
    // SAFETY: the new userdata is on the stack.
    Ok(unsafe { Userdata::bytes(userdata).cast() })
}

#[unsafe(no_mangle)]
#[cfg(any(feature = "lua54", feature = "lua55"))]
pub unsafe extern "C-unwind" fn lua_getiuservalue(l: *mut Thread, index: c_int, n: c_int) -> c_int {
    State(l).get_user_value(index, n)
}

#[unsafe(no_mangle)]
#[cfg(feature = "lua52")]
pub unsafe extern "C-unwind" fn lua_getuservalue(l: *mut Thread, index: c_int) {
    State(l).get_user_value(index, 1);
}

#[unsafe(no_mangle)]
#[cfg(feature = "lua53")]
pub unsafe extern "C-unwind" fn lua_getuservalue(l: *mut Thread, index: c_int) -> c_int {
    State(l).get_user_value(index, 1)
}

#[unsafe(no_mangle)]
#[cfg(any(feature = "lua52", feature = "lua53"))]
pub unsafe extern "C-unwind" fn lua_setuservalue(l: *mut Thread, index: c_int) {
    State(l).set_user_value(index, 1);
}

#[cfg(any(feature = "lua54", feature = "lua55"))]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_setiuservalue(l: *mut Thread, index: c_int, n: c_int) -> c_int {
    State(l).set_user_value(index, n) as c_int
}
