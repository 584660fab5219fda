//! Calls from native code.

use crate::object::{Fallible, Instruction, Proto, Thread, Thrown, UpVal, Value};
use crate::vm::builtin::Continuation;

/// Grows the stack to have `extra` slots above `top`; "stack overflow" beyond the limit.
pub unsafe fn grow_stack(_l: *mut Thread, _extra: usize) -> Fallible<()> {
    unimplemented!()
}

/// Makes sure of `extra` free slots.
#[inline(always)]
pub unsafe fn ensure_stack(l: *mut Thread, extra: usize) -> Fallible<()> {
    // SAFETY: `l` is live.
    unsafe {
        if ((*l).stack_last as usize) - ((*l).top as usize) <= extra * size_of::<Value>() {
            return grow_stack(l, extra);
        }
    }
    Ok(())
}

/// Calls the function at `func` with the arguments above it, from native code, results in its place
/// (`wanted` of them, -1 for all, up to `top`). Coroutines cannot yield across it unless `yieldable`.
pub unsafe fn call(_l: *mut Thread, _func: *mut Value, _wanted: i32, _yieldable: bool) -> Fallible<()> {
    unimplemented!()
}

/// As [`call`], catching errors: on `Err` the stack is cut at `func` and the error object is there.
/// `handler` is a stack offset in bytes (0: none). Upvalues and to-be-closed variables above are closed.
pub unsafe fn pcall(_l: *mut Thread, _func: *mut Value, _wanted: i32, _handler: isize) -> Result<(), Thrown> {
    unimplemented!()
}

/// Runs `body` catching errors, as `pcall` does; `old_top` is where the stack is cut and the error object put.
pub unsafe fn protect(
    _l: *mut Thread,
    _old_top: *mut Value,
    _handler: isize,
    _body: &mut dyn FnMut() -> Fallible<()>,
) -> Result<(), Thrown> {
    unimplemented!()
}

/// `State::call_then` and `pcall_then`.
pub unsafe fn call_then(
    _l: *mut Thread,
    _func: *mut Value,
    _wanted: i32,
    _protected: Option<isize>,
    _continuation: Continuation,
    _context: isize,
) -> Fallible<i32> {
    unimplemented!()
}

/// The open upvalue of a stack slot, created if there is none.
pub unsafe fn find_upvalue(_l: *mut Thread, _slot: *mut Value) -> Fallible<*mut UpVal> {
    unimplemented!()
}

/// Closes all upvalues at `level` and above.
pub unsafe fn close_upvalues(_l: *mut Thread, _level: *mut Value) {
    unimplemented!()
}

/// Makes the slot a to-be-closed variable (checks its `__close`).
pub unsafe fn new_tbc(_l: *mut Thread, _slot: *mut Value) -> Fallible<()> {
    unimplemented!()
}

/// Closes upvalues and to-be-closed variables at `level` and above, from native code. `error` is nil for a normal
/// exit, else the error object.
pub unsafe fn close(_l: *mut Thread, _level: *mut Value, _status: u8, _yieldable: bool) -> Fallible<()> {
    unimplemented!()
}

/// The prototype and code of the Lua function in a frame.
pub unsafe fn frame_code(_p: *const Proto) -> *const Instruction {
    unimplemented!()
}
