//! Making and closing states and threads.

use crate::memory::Allocator;
use crate::object::{Fallible, Global, Thread};
use core::ffi::c_void;

/// `lua_newstate`: null when memory is short.
pub unsafe fn new_state(_allocator: Allocator, _userdata: *mut c_void, _seed: u32) -> *mut Thread {
    unimplemented!()
}

/// `lua_close`, on the main thread of the state.
pub unsafe fn close_state(_l: *mut Thread) {
    unimplemented!()
}

/// A new thread, not anchored.
pub unsafe fn new_thread(_l: *mut Thread) -> Fallible<*mut Thread> {
    unimplemented!()
}

/// Frees a thread (collector only).
pub unsafe fn free_thread(_g: *mut Global, _l: *mut Thread) {
    unimplemented!()
}

/// `lua_closethread`: closes pending variables, resets; returns the status, error object on top if not OK.
pub unsafe fn close_thread(_l: *mut Thread, _from: *mut Thread) -> u8 {
    unimplemented!()
}

/// `lua_resume`: the status (`STATUS_OK`, `Thrown::Yield`, or an error with its object on top) and the number of results on top.
pub unsafe fn resume(_l: *mut Thread, _from: *mut Thread, _args: i32) -> (u8, i32) {
    unimplemented!()
}

/// `lua_yield`: suspends the running coroutine with the top `results` values. From a builtin: `return yield_(...)`.
pub unsafe fn yield_now(_l: *mut Thread, _results: i32) -> Fallible<i32> {
    unimplemented!()
}
