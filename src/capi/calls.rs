//! Calls, errors and coroutines.
//!
//! A call with a continuation is made as any other; when the coroutine yields inside it, the C frames are jumped over
//! and the VM goes on with the continuation that the call record names.

use super::{give, raising};
use crate::object::thread::{KFunction, STATUS_OK, call_flag};
use crate::object::{Fallible, Thread};
use crate::vm::{State, call, lifecycle};
use core::ffi::{c_int, c_void};
use core::ptr;

/// Notes where the running C function goes on after a yield.
unsafe fn set_continuation(l: *mut Thread, context: isize, k: Option<KFunction>) {
    // SAFETY: `ci` is the C function's record.
    unsafe {
        (*(*l).ci).continuation = k.map_or(ptr::null(), |k| k as *const c_void);
        (*(*l).ci).context = context;
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_callk(
    l: *mut Thread,
    args: c_int,
    results: c_int,
    context: isize,
    k: Option<KFunction>,
) {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising(l, |state| {
            if k.is_none() || !state.is_yieldable() {
                return state.call(args, results);
            }
            set_continuation(l, context, k);
            call::call(l, state.callee(args), results, true)?;
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
    context: isize,
    k: Option<KFunction>,
) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising(l, |state| {
            if k.is_none() || !state.is_yieldable() {
                return Ok(state.pcall(args, results, handler).map_or_else(|thrown| thrown as c_int, |()| 0));
            }
            set_continuation(l, context, k);
            protected_with_continuation(state, args, results, handler)
        })
    }
}

/// Errors and yields in the called function leave the C function; its record tells the VM how to recover.
unsafe fn protected_with_continuation(state: State, args: i32, results: i32, handler: i32) -> Fallible<c_int> {
    // SAFETY: the record is looked up again after the call, as records may move.
    unsafe {
        let l = state.0;
        let function = state.callee(args);
        let ci = (*l).ci;
        (*ci).u2[0] = function.byte_offset_from((*l).stack) as u32;
        (*ci).old_handler = (*l).error_handler;
        (*ci).flags &= !call_flag::ALLOW_HOOK;
        if (*l).allow_hook {
            (*ci).flags |= call_flag::ALLOW_HOOK;
        }
        (*ci).flags |= call_flag::PROTECTED;
        (*l).error_handler = state.handler_offset(handler);
        call::call(l, function, results, true)?;
        let ci = (*l).ci;
        (*ci).flags &= !call_flag::PROTECTED;
        (*l).error_handler = (*ci).old_handler;
        state.adopt_results(results);
        Ok(STATUS_OK as c_int)
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
    context: isize,
    k: Option<KFunction>,
) -> c_int {
    // SAFETY: `raising` is called directly. In a hook the record is a Lua function's and has no continuation.
    unsafe {
        raising(l, |_| {
            if (*(*l).ci).flags & call_flag::NATIVE != 0 {
                set_continuation(l, context, k);
            }
            lifecycle::yield_now(l, results)
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_resume(
    l: *mut Thread,
    from: *mut Thread,
    args: c_int,
    results: *mut c_int,
) -> c_int {
    // SAFETY: both threads are live (`from` may be null).
    unsafe {
        let (status, count) = lifecycle::resume(l, from, args);
        give(results, count);
        status as c_int
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_isyieldable(l: *mut Thread) -> c_int {
    State(l).is_yieldable() as c_int
}
