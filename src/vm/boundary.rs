//! The boundary to C: guarded calls into foreign code, and errors that leave it.

use super::builtin::Function;
use crate::object::{Fallible, Thread, Thrown};
use core::ffi::{c_int, c_void};

/// Runs one of our functions as a `lua_CFunction` (its C entry point).
pub unsafe fn run_entry(_l: *mut Thread, _f: Function) -> c_int {
    unimplemented!()
}

/// Leaves foreign C code: jumps to the innermost guarded call of `l`, or panics as `lua_atpanic` says.
pub unsafe fn raise(_l: *mut Thread, _t: Thrown) -> ! {
    unimplemented!()
}

/// Returns `v`, or leaves foreign C code with the error: the last act of an exported function.
#[inline(always)]
pub unsafe fn unwrap<T>(l: *mut Thread, v: Fallible<T>) -> T {
    match v {
        Ok(v) => v,
        // SAFETY: called directly under the exported function, no Rust frame with state in between.
        Err(t) => unsafe { raise(l, t) },
    }
}

/// Calls a foreign function `f(a, b, c) -> pointer-sized result` under guard.
pub unsafe fn guarded(
    _l: *mut Thread,
    _f: *const c_void,
    _a: usize,
    _b: usize,
    _c: usize,
    _d: usize,
) -> Fallible<usize> {
    unimplemented!()
}

/// Calls a host's `lua_Reader`.
pub unsafe fn call_reader(l: *mut Thread, reader: *const c_void, data: *mut c_void) -> Fallible<(*const u8, usize)> {
    let mut size = 0usize;
    // SAFETY: the reader's signature is (L, data, &size).
    let piece = unsafe { guarded(l, reader, l as usize, data as usize, (&raw mut size) as usize, 0)? };
    Ok((piece as *const u8, size))
}
