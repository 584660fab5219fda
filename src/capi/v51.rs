//! What only liblua5.1 exports, or exports with other parameters than the later versions: calls, environments,
//! comparison, and the auxiliary library's ways to register functions.

use super::libraries::{luaL_Reg, open_library_below};
use super::{memory, optional_text, raising, text};
use crate::object::thread::{CFunction, STATUS_OK};
use crate::object::{Thread, Thrown};
use crate::vm::state::{to_integer, to_number, usual_integer};
use crate::vm::{State, call, coroutine};
use core::ffi::{c_char, c_int, c_void};
use core::ptr;

fn status(outcome: Result<(), Thrown>) -> c_int {
    outcome.map_or_else(|thrown| thrown as c_int, |()| STATUS_OK as c_int)
}

// ---- calls and chunks

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_call(l: *mut Thread, args: c_int, results: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.call(args, results)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_pcall(l: *mut Thread, args: c_int, results: c_int, handler: c_int) -> c_int {
    status(State(l).pcall(args, results, handler))
}

/// Calls `f` with a light userdata as its argument; whatever it returns is dropped.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_cpcall(l: *mut Thread, f: CFunction, data: *mut c_void) -> c_int {
    // SAFETY: the stack is cut at `top` on error; the closure that cannot be made is an error, too.
    unsafe {
        let offset = (*l).top.offset_from((*l).stack);
        status(call::protect(l, (*l).top, (*l).error_handler, &mut || {
            let state = State(l);
            state.push_c_closure(f, 0)?;
            state.push_light_userdata(data);
            call::call(l, (*l).stack.offset(offset), 0, false)
        }))
    }
}

/// Returns to the C function, which suspends the coroutine by returning this -1.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_yield(l: *mut Thread, results: c_int) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |_| coroutine::yield_on_return(l, results)) }
}

/// Lets native calls of `to` count on top of those of `from`.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_setlevel(from: *mut Thread, to: *mut Thread) {
    // SAFETY: both threads are live.
    unsafe { (*to).c_calls = (*to).c_calls & 0xFFFF_0000 | (*from).c_calls & 0xFFFF }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_loadbuffer(
    l: *mut Thread,
    bytes: *const c_char,
    len: usize,
    chunk_name: *const c_char,
) -> c_int {
    // SAFETY: `len` bytes are readable; the name is null or a C string.
    unsafe { status(State(l).load(memory(bytes, len), optional_text(chunk_name).unwrap_or(b"?"), None)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_loadfile(l: *mut Thread, name: *const c_char) -> c_int {
    // SAFETY: `raising` is called directly; null or a C string.
    unsafe { raising(l, |state| state.load_file(optional_text(name), None)) }
}

// ---- environments

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_getfenv(l: *mut Thread, index: c_int) {
    State(l).get_environment(index)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_setfenv(l: *mut Thread, index: c_int) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.set_environment(index)) as c_int }
}

// ---- values

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_tonumber(l: *mut Thread, index: c_int) -> f64 {
    match State(l).in_frame(index) {
        Some(v) if v.is_float() => v.as_float(),
        _ => convert_number(l, index),
    }
}

#[inline(never)]
extern "C-unwind" fn convert_number(l: *mut Thread, index: c_int) -> f64 {
    to_number(State(l).value_elsewhere(index)).unwrap_or(0.0)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_tointeger(l: *mut Thread, index: c_int) -> isize {
    match State(l).in_frame(index).and_then(usual_integer) {
        Some(n) => n as isize,
        None => convert_integer(l, index),
    }
}

#[inline(never)]
extern "C-unwind" fn convert_integer(l: *mut Thread, index: c_int) -> isize {
    to_integer(State(l).value_elsewhere(index)).unwrap_or(0) as isize
}

/// Also of numbers, which become strings.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_objlen(l: *mut Thread, index: c_int) -> usize {
    // SAFETY: `raising` is called directly.
    unsafe {
        if State(l).value(index).is_number() {
            raising(l, |state| state.to_bytes(index).map(|_| ()));
        }
        State(l).raw_len(index) as usize
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_equal(l: *mut Thread, a: c_int, b: c_int) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.equal(a, b)) as c_int }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_lessthan(l: *mut Thread, a: c_int, b: c_int) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.less_than(a, b)) as c_int }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_typerror(l: *mut Thread, arg: c_int, expected: *const c_char) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| Err(state.type_error(arg, text(expected)))) }
}

// ---- libraries

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_register(l: *mut Thread, name: *const c_char, functions: *const luaL_Reg) {
    // SAFETY: a host passes a live state, null or a C string, and null or a list that ends in a null name.
    unsafe { luaL_openlib(l, name, functions, 0) }
}

/// Registers functions, which share the values on top as upvalues, in the table below those, or in that of the library
/// `name`.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_openlib(
    l: *mut Thread,
    name: *const c_char,
    functions: *const luaL_Reg,
    upvalues: c_int,
) {
    // SAFETY: `raising` is called directly; the list ends with a null name.
    unsafe {
        raising(l, |state| {
            open_library_below(state, name, functions, upvalues)?;
            let mut entry = functions;
            while !(*entry).name.is_null() {
                for _ in 0..upvalues {
                    state.push_value(-upvalues);
                }
                if let Some(function) = (*entry).func {
                    state.push_c_closure(function, upvalues)?;
                    state.set_field(-(upvalues + 2), text((*entry).name))?;
                }
                entry = entry.add(1);
            }
            state.pop(upvalues);
            Ok(())
        })
    }
}

/// Pushes the table that the names in `path`, separated by dots, lead to from the table at `index`, made if need be. If
/// there is something else on the way, pushes nothing and returns where its name begins.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_findtable(
    l: *mut Thread,
    index: c_int,
    path: *const c_char,
    size: c_int,
) -> *const c_char {
    // SAFETY: `raising` is called directly; the conflict begins inside the path.
    unsafe {
        let conflict = raising(l, |state| state.find_table(index, text(path), size.max(0) as usize));
        conflict.map_or(ptr::null(), |at| path.add(at))
    }
}
