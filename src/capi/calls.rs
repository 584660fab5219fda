//! Calls, errors and coroutines.
//!
//! A call with a continuation is made as any other; when the coroutine yields inside it, the C frames are jumped over
//! and the VM goes on with the continuation that the call record names.

use super::raising;
use crate::object::Thread;
use crate::object::thread::KFunction;
use crate::vm::{State, call, coroutine};
use core::ffi::c_int;

/// `lua_KContext`. In 5.2 it is C's `int`, and continuations are plain C functions: the VM calls them with more arguments
/// than they take, which is harmless in C's calling conventions.
#[cfg(not(feature = "lua52"))]
type Context = isize;
#[cfg(feature = "lua52")]
type Context = c_int;

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_callk(
    l: *mut Thread,
    args: c_int,
    results: c_int,
    context: Context,
    k: Option<KFunction>,
) {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising(l, |state| {
            call::call_k(l, state.callee(args), results, k, context as isize)?;
            state.adopt_results(results);
            Ok(())
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_pcallk(
    l: *mut Thread,
    args: c_int,
    results: c_int,
    handler: c_int,
    context: Context,
    k: Option<KFunction>,
) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising(l, |state| {
            let handler = state.handler_offset(handler);
            let status = call::pcall_k(l, state.callee(args), results, handler, k, context as isize)?;
            state.adopt_results(results);
            Ok(status as c_int)
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_error(l: *mut Thread) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| Err(state.throw())) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_yieldk(
    l: *mut Thread,
    results: c_int,
    context: Context,
    k: Option<KFunction>,
) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |_| coroutine::yield_k(l, results, k, context as isize)) }
}

/// The results, or the values yielded, are all that is on the stack afterwards.
#[unsafe(no_mangle)]
#[cfg(feature = "lua51")]
pub unsafe extern "C-unwind" fn lua_resume(l: *mut Thread, args: c_int) -> c_int {
    // SAFETY: a live thread.
    unsafe { coroutine::resume(l, core::ptr::null_mut(), args).0 as c_int }
}

/// 5.2 and 5.3 have no out parameter; the results are all that is on the stack afterwards.
#[unsafe(no_mangle)]
#[cfg(any(feature = "lua52", feature = "lua53"))]
pub unsafe extern "C-unwind" fn lua_resume(l: *mut Thread, from: *mut Thread, args: c_int) -> c_int {
    // SAFETY: both threads are live (`from` may be null).
    unsafe { coroutine::resume(l, from, args).0 as c_int }
}

#[unsafe(no_mangle)]
#[cfg(any(feature = "lua54", feature = "lua55"))]
pub unsafe extern "C-unwind" fn lua_resume(
    l: *mut Thread,
    from: *mut Thread,
    args: c_int,
    results: *mut c_int,
) -> c_int {
    // SAFETY: both threads are live (`from` may be null).
    unsafe {
        let (status, count) = coroutine::resume(l, from, args);
        if count >= 0 {
            super::give(results, count);
        }
        status as c_int
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_isyieldable(l: *mut Thread) -> c_int {
    State(l).is_yieldable() as c_int
}
