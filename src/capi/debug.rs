//! The debug interface (manual §4.7), and upvalues.

use super::{raising, text};
use crate::object::Thread;
use crate::object::thread::Hook;
use crate::vm::debug::{self, DebugInfo};
use crate::vm::{State, hooks};
use core::ffi::{c_char, c_int, c_void};
use core::ptr;

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_getstack(l: *mut Thread, level: c_int, ar: *mut DebugInfo) -> c_int {
    // SAFETY: a live thread and the caller's structure.
    unsafe { debug::get_stack(l, level, ar) as c_int }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_getinfo(l: *mut Thread, what: *const c_char, ar: *mut DebugInfo) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |_| debug::get_info(l, text(what), ar)) as c_int }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_getlocal(l: *mut Thread, ar: *const DebugInfo, n: c_int) -> *const c_char {
    // SAFETY: `ar` is null (function on top) or filled by `lua_getstack`.
    unsafe { debug::get_local(l, ar, n) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_setlocal(l: *mut Thread, ar: *const DebugInfo, n: c_int) -> *const c_char {
    // SAFETY: as `lua_getlocal`; the value is on top.
    unsafe { debug::set_local(l, ar, n) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_getupvalue(l: *mut Thread, func: c_int, n: c_int) -> *const c_char {
    State(l).get_upvalue(func, n).map_or(ptr::null(), |name| name.as_ptr().cast())
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_setupvalue(l: *mut Thread, func: c_int, n: c_int) -> *const c_char {
    State(l).set_upvalue(func, n).map_or(ptr::null(), |name| name.as_ptr().cast())
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_upvalueid(l: *mut Thread, func: c_int, n: c_int) -> *mut c_void {
    State(l).upvalue_id(func, n)
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_upvaluejoin(l: *mut Thread, func1: c_int, n1: c_int, func2: c_int, n2: c_int) {
    State(l).join_upvalues(func1, n1, func2, n2)
}

/// May be called from a signal handler.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_sethook(l: *mut Thread, hook: Option<Hook>, mask: c_int, count: c_int) -> c_int {
    // SAFETY: a live thread.
    unsafe { hooks::set_hook(l, hook, mask, count) };
    // Up to 5.2 the function had a result; later nobody looks at it.
    1
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_gethook(l: *mut Thread) -> Option<Hook> {
    // SAFETY: a live thread.
    unsafe { (*l).hook }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_gethookmask(l: *mut Thread) -> c_int {
    // SAFETY: a live thread.
    unsafe { (*l).hook_mask as c_int }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_gethookcount(l: *mut Thread) -> c_int {
    // SAFETY: a live thread.
    unsafe { (*l).base_hook_count }
}
