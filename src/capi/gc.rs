//! The collector's control. `lua_gc` itself is variadic since 5.4 (variadic.c).

use crate::gc;
use crate::object::Thread;
use core::ffi::c_int;

#[unsafe(no_mangle)]
#[cfg(any(feature = "lua51", feature = "lua52", feature = "lua53"))]
pub unsafe extern "C-unwind" fn lua_gc(l: *mut Thread, what: c_int, data: c_int) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { super::raising(l, |_| gc::classic::control(l, what, data)) }
}

/// Numbers of options that 5.5 counts differently: its own, and the collector's.
#[cfg(feature = "lua55")]
const RENUMBERED: [(c_int, c_int); 4] = [
    (6, gc::option::IS_RUNNING),
    (7, gc::option::GENERATIONAL),
    (8, gc::option::INCREMENTAL),
    (9, gc::option::PARAMETER),
];

/// `lua_gc` with the arguments that the option has (others are 0).
#[unsafe(no_mangle)]
#[cfg(feature = "lua55")]
unsafe extern "C-unwind" fn relua_gc(l: *mut Thread, what: c_int, a: c_int, b: c_int, c: c_int) -> c_int {
    let mut option = what;
    if what > gc::option::STEP {
        option = RENUMBERED.iter().find(|pair| pair.0 == what).map_or(-1, |pair| pair.1);
    }
    // SAFETY: a live state.
    let result = unsafe { gc::control(l, option, a, b, c) };
    // The modes' options return the mode that was, by its option.
    match option {
        gc::option::GENERATIONAL | gc::option::INCREMENTAL => {
            RENUMBERED.iter().find(|pair| pair.1 == result).map_or(result, |pair| pair.0)
        }
        _ => result,
    }
}

/// `lua_gc` with the arguments that the option has (others are 0).
#[unsafe(no_mangle)]
#[cfg(feature = "lua54")]
unsafe extern "C-unwind" fn relua_gc(l: *mut Thread, what: c_int, a: c_int, b: c_int, c: c_int) -> c_int {
    // SAFETY: a live state.
    unsafe { gc::control(l, what, a, b, c) }
}
