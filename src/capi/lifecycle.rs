//! States, threads, and what a state knows of its host: allocator, panic function.

use super::raising;
use crate::memory::Allocator;
use crate::object::thread::CFunction;
use crate::object::{Thread, Value};
use crate::vm::{State, chance, lifecycle};
use core::ffi::{c_int, c_void};

/// A number that differs from run to run, for the hashing of strings.
pub(super) fn seed() -> u32 {
    chance::of_process() as u32
}

#[unsafe(no_mangle)]
#[cfg(not(feature = "lua55"))]
pub unsafe extern "C-unwind" fn lua_newstate(f: Allocator, ud: *mut c_void) -> *mut Thread {
    // SAFETY: the host's allocator keeps the contract of `lua_Alloc`.
    unsafe { lifecycle::new_state(f, ud, seed()) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_close(l: *mut Thread) {
    // SAFETY: a live state; only its main thread may be closed.
    unsafe { lifecycle::close_state((*(*l).global).main_thread) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_newthread(l: *mut Thread) -> *mut Thread {
    // SAFETY: the new thread is on the stack before the collector may run.
    unsafe {
        raising(l, |state| {
            let thread = lifecycle::new_thread(l)?;
            state.push(Value::object(thread));
            state.gc_check()?;
            Ok(thread)
        })
    }
}

#[cfg(any(feature = "lua54", feature = "lua55"))]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_closethread(l: *mut Thread, from: *mut Thread) -> c_int {
    // SAFETY: both threads are live (`from` may be null); `raising` is called directly.
    unsafe {
        if crate::version::COROUTINES_CLOSE_THEMSELVES && core::ptr::eq(l, from) {
            return raising(l, |_| Err(crate::object::Thrown::Closed));
        }
        lifecycle::close_thread(l, from) as c_int
    }
}

#[cfg(feature = "lua54")]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_resetthread(l: *mut Thread) -> c_int {
    // SAFETY: as `lua_closethread`.
    unsafe { lua_closethread(l, core::ptr::null_mut()) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_status(l: *mut Thread) -> c_int {
    // SAFETY: a live thread.
    unsafe { (*l).status as c_int }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_atpanic(l: *mut Thread, f: Option<CFunction>) -> Option<CFunction> {
    // SAFETY: a live state.
    unsafe { core::mem::replace(&mut (*(*l).global).panic, f) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_getallocf(l: *mut Thread, ud: *mut *mut c_void) -> Allocator {
    // SAFETY: a live state.
    unsafe {
        let (allocator, userdata) = (*State(l).heap()).allocator();
        super::give(ud, userdata);
        allocator
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_setallocf(l: *mut Thread, f: Allocator, ud: *mut c_void) {
    // SAFETY: a live state; the new function manages the old one's blocks, says the manual.
    unsafe { (*State(l).heap()).set_allocator(f, ud) }
}

/// Kept for programs that call it; the limit is fixed.
#[cfg(feature = "lua54")]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_setcstacklimit(_l: *mut Thread, _limit: core::ffi::c_uint) -> c_int {
    crate::object::thread::MAX_C_CALLS as c_int
}
