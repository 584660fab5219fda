//! The stack (manual §4.1).

use super::raising;
use crate::object::Thread;
use crate::vm::State;
use core::ffi::c_int;

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_absindex(l: *mut Thread, index: c_int) -> c_int {
    State(l).abs_index(index)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_gettop(l: *mut Thread) -> c_int {
    State(l).top()
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_settop(l: *mut Thread, index: c_int) {
    let state = State(l);
    if state.has_slots_to_close() {
        // SAFETY: a live thread.
        return unsafe { settop_closing(l, index) };
    }
    state.set_top(index)
}

#[cold]
#[inline(never)]
unsafe extern "C-unwind" fn settop_closing(l: *mut Thread, index: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.close_and_set_top(index)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_pushvalue(l: *mut Thread, index: c_int) {
    match State(l).in_frame(index) {
        Some(v) => State(l).push(v),
        None => push_from_elsewhere(l, index),
    }
}

#[inline(never)]
extern "C-unwind" fn push_from_elsewhere(l: *mut Thread, index: c_int) {
    State(l).push(State(l).value_elsewhere(index))
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_rotate(l: *mut Thread, index: c_int, n: c_int) {
    match n {
        1 => State(l).insert(index),
        _ => State(l).rotate(index, n),
    }
}

#[unsafe(no_mangle)]
#[cfg(any(feature = "lua51", feature = "lua52"))]
pub unsafe extern "C-unwind" fn lua_insert(l: *mut Thread, index: c_int) {
    State(l).insert(index)
}

#[unsafe(no_mangle)]
#[cfg(any(feature = "lua51", feature = "lua52"))]
pub unsafe extern "C-unwind" fn lua_remove(l: *mut Thread, index: c_int) {
    State(l).remove(index)
}

#[unsafe(no_mangle)]
#[cfg(any(feature = "lua51", feature = "lua52"))]
pub unsafe extern "C-unwind" fn lua_replace(l: *mut Thread, index: c_int) {
    #[cfg(feature = "lua51")]
    if index == crate::vm::state::ENVIRONMENT {
        // SAFETY: `raising` is called directly.
        return unsafe { raising(l, |state| state.replace_environment()) };
    }
    State(l).replace(index)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_copy(l: *mut Thread, from: c_int, to: c_int) {
    State(l).copy(from, to)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_checkstack(l: *mut Thread, n: c_int) -> c_int {
    State(l).check_stack(n) as c_int
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_xmove(from: *mut Thread, to: *mut Thread, n: c_int) {
    State(from).xmove(State(to), n)
}

#[cfg(any(feature = "lua54", feature = "lua55"))]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_toclose(l: *mut Thread, index: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.mark_to_close(index)) }
}

#[cfg(any(feature = "lua54", feature = "lua55"))]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_closeslot(l: *mut Thread, index: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.close_slot(index)) }
}
