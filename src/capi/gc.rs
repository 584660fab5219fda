//! The collector's control. `lua_gc` itself is variadic since 5.4 (variadic.c).

use crate::gc;
use crate::object::Thread;
use core::ffi::c_int;

#[unsafe(no_mangle)]
#[cfg(any(feature = "lua51", feature = "lua52", feature = "lua53"))]
pub unsafe extern "C-unwind" fn lua_gc(l: *mut Thread, what: c_int, data: c_int) -> c_int {
    // SAFETY: a live state.
    unsafe { gc::control(l, what, data, 0, 0) }
}

/// `lua_gc` with the arguments that the option has (others are 0).
#[cfg(any(feature = "lua54", feature = "lua55"))]
#[unsafe(no_mangle)]
unsafe extern "C-unwind" fn relua_gc(l: *mut Thread, what: c_int, a: c_int, b: c_int, c: c_int) -> c_int {
    // SAFETY: a live state.
    unsafe { gc::control(l, what, a, b, c) }
}
