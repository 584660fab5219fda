//! The collector's control. `lua_gc` itself is variadic (variadic.c).

use crate::gc;
use crate::object::Thread;
use core::ffi::c_int;

/// `lua_gc` with the arguments that the option has (others are 0).
#[unsafe(no_mangle)]
unsafe extern "C-unwind" fn relua_gc(l: *mut Thread, what: c_int, a: c_int, b: c_int, c: c_int) -> c_int {
    // SAFETY: a live state.
    unsafe { gc::control(l, what, a, b, c) }
}
