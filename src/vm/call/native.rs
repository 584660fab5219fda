//! Calls from native code: waiting for the callee, catching errors, and continuations for the case that the callee yields.

use super::{Flow, enter_quickly, flow_code, start_call};
use crate::object::thread::{KFunction, STATUS_OK, call_flag};
use crate::object::{Fallible, Thread, Thrown, Value};
use crate::vm::builtin::Continuation;
use crate::vm::dispatch::{execute, execute_from_start};
use crate::vm::error;
use crate::vm::unwind::{self, unwind};
use core::ffi::c_void;

/// Calls the function at `func` with the arguments above it, from native code, results in its place
/// (`wanted` of them, -1 for all, up to `top`). Coroutines cannot yield across it unless `yieldable`.
pub unsafe fn call(l: *mut Thread, func: *mut Value, wanted: i32, yieldable: bool) -> Fallible<()> {
    // SAFETY: function and arguments are on the stack.
    unsafe {
        let g = (*l).global;
        let increment = if yieldable { 1 } else { 0x1_0001 };
        let before = (*g).running;
        let depth = (*l).ci.offset_from((*l).call_base);
        (*g).running = l;
        (*g).run_depth += 1;
        let outcome = match error::count_c_call(l, increment) {
            Ok(()) => {
                let proto = enter_quickly(l, func, wanted, call_flag::FRESH);
                if proto.is_null() {
                    drive(l, start_call(l, func, wanted, call_flag::FRESH), depth)
                } else {
                    execute_from_start(l, func, proto)
                }
            }
            Err(thrown) => Err(thrown),
        };
        (*g).run_depth -= 1;
        (*g).running = before;
        match outcome {
            Ok(()) => (*l).c_calls -= increment,
            Err(_) => give_up_entry(l, depth),
        }
        outcome
    }
}

/// Runs to the end what `start_call` began on top of the frame number `depth` of `l`.
#[inline(always)]
pub unsafe fn drive(l: *mut Thread, begun: Fallible<Flow>, depth: isize) -> Fallible<()> {
    // SAFETY: as `call`.
    unsafe {
        let mut begun = begun;
        loop {
            begun = match begun {
                Ok(Flow::Exit) => return Ok(()),
                Ok(Flow::Run) => return execute((*(*l).global).running),
                Err(thrown) => {
                    let running = (*(*l).global).running;
                    if running == l && (*l).ci.offset_from((*l).call_base) <= depth {
                        // Nothing was entered: the frames below belong to others.
                        return Err(thrown);
                    }
                    match unwind(running, thrown) {
                        Err(thrown) => return Err(thrown),
                        flow => flow,
                    }
                }
            };
        }
    }
}

/// An error or a yield leaves the native code that called frame `depth + 1`: if the frame is ever found again, by an
/// outer handler or a resume, native code no longer waits for it.
unsafe fn give_up_entry(l: *mut Thread, depth: isize) {
    // SAFETY: records up to `ci` are initialised.
    unsafe {
        let entry = (*l).call_base.offset(depth + 1);
        if entry <= (*l).ci && (*entry).flags & call_flag::FRESH != 0 {
            (*entry).flags = (*entry).flags & !call_flag::FRESH | call_flag::CONTINUES;
        }
    }
}

/// As [`call`], catching errors: on `Err` the stack is cut at `func` and the error object is there.
/// `handler` is a stack offset in bytes (0: none). Upvalues and to-be-closed variables above are closed.
pub unsafe fn pcall(l: *mut Thread, func: *mut Value, wanted: i32, handler: isize) -> Result<(), Thrown> {
    // SAFETY: as `call`.
    unsafe {
        let offset = func.offset_from((*l).stack);
        protect(l, func, handler, &mut || call(l, (*l).stack.offset(offset), wanted, false))
    }
}

/// Whether a protected call in `l` keeps `thrown` from going further.
unsafe fn catches(l: *mut Thread, thrown: Thrown) -> bool {
    // SAFETY: `l` is live.
    unsafe {
        match thrown {
            Thrown::Yield | Thrown::Closed => false,
            // A finalizer lets nothing through.
            Thrown::Outside => l == (*(*l).global).main_thread || (*(*l).ci).flags & call_flag::FINALIZER != 0,
            _ => true,
        }
    }
}

/// Runs `body` catching errors, as `pcall` does; `old_top` is where the stack is cut and the error object put.
pub unsafe fn protect(
    l: *mut Thread,
    old_top: *mut Value,
    handler: isize,
    body: &mut dyn FnMut() -> Fallible<()>,
) -> Result<(), Thrown> {
    // SAFETY: the frame that is running now is still there when an error arrives.
    unsafe {
        let level = old_top.offset_from((*l).stack);
        let depth = (*l).ci.offset_from((*l).call_base);
        let (allow_hook, c_calls, old_handler) = ((*l).allow_hook, (*l).c_calls, (*l).error_handler);
        (*l).error_handler = handler;
        let mut outcome = body();
        if let Err(thrown) = outcome
            && catches(l, thrown)
        {
            outcome = Err(crate::vm::unwind::recover_natively(l, level, depth, allow_hook, c_calls, thrown));
        }
        (*l).error_handler = old_handler;
        outcome
    }
}

/// `State::call_then` and `pcall_then`: the running builtin frame waits for a call of `func`, protected by the message
/// handler at a stack offset if one is given (0: protected, without handler).
pub unsafe fn call_then(
    l: *mut Thread,
    func: *mut Value,
    wanted: i32,
    protected: Option<isize>,
    continuation: Continuation,
    context: isize,
) -> Fallible<i32> {
    // SAFETY: the running frame is a native one of ours; function and arguments are its top values.
    unsafe {
        let ci = (*l).ci;
        (*ci).continuation = continuation as *const c_void;
        (*ci).context = context;
        (*ci).flags |= call_flag::BUILTIN;
        if let Some(handler) = protected {
            protect_frame(l, func, handler);
        }
        error::enter_c_call(l)?;
        Ok(flow_code(start_call(l, func, wanted, call_flag::CONTINUES)?))
    }
}

/// Makes the running native frame one that catches errors of the call of `func`.
unsafe fn protect_frame(l: *mut Thread, func: *mut Value, handler: isize) {
    // SAFETY: the running frame is native.
    unsafe {
        let ci = (*l).ci;
        (*ci).flags = (*ci).flags & !call_flag::ALLOW_HOOK | call_flag::PROTECTED;
        if (*l).allow_hook {
            (*ci).flags |= call_flag::ALLOW_HOOK;
        }
        (*ci).notes = [func.offset_from((*l).stack) as u32, 0];
        (*ci).extra_args = (*l).c_calls.wrapping_sub((*l).base_calls);
        (*ci).aside = (*l).error_handler;
        (*l).error_handler = handler;
    }
}

/// `lua_callk`: as [`call`], with the continuation of the running C function if coroutines can yield here.
pub unsafe fn call_k(
    l: *mut Thread,
    func: *mut Value,
    wanted: i32,
    continuation: Option<KFunction>,
    context: isize,
) -> Fallible<()> {
    // SAFETY: as `call`.
    unsafe {
        match continuation {
            Some(k) if (*l).c_calls & 0xFFFF_0000 == 0 => {
                let ci = (*l).ci;
                (*ci).continuation = k as *const c_void;
                (*ci).context = context;
                call(l, func, wanted, true)
            }
            _ => call(l, func, wanted, false),
        }
    }
}

/// `lua_pcallk`: as [`pcall`], with the continuation of the running C function if coroutines can yield here: then an error
/// (or a yield) gives the native frame up, and the continuation runs once everything is closed. Returns the status.
pub unsafe fn pcall_k(
    l: *mut Thread,
    func: *mut Value,
    wanted: i32,
    handler: isize,
    continuation: Option<KFunction>,
    context: isize,
) -> Fallible<u8> {
    // SAFETY: as `call`.
    unsafe {
        let Some(k) = continuation.filter(|_| (*l).c_calls & 0xFFFF_0000 == 0) else {
            return match pcall(l, func, wanted, handler) {
                Err(thrown @ (Thrown::Yield | Thrown::Outside | Thrown::Closed)) => Err(thrown),
                outcome => Ok(unwind::status_of(outcome)),
            };
        };
        let ci = (*l).ci;
        let depth = ci.offset_from((*l).call_base);
        (*ci).continuation = k as *const c_void;
        (*ci).context = context;
        protect_frame(l, func, handler);
        call(l, func, wanted, true)?;
        let ci = (*l).call_base.offset(depth);
        (*ci).flags &= !call_flag::PROTECTED;
        (*l).error_handler = (*ci).aside;
        Ok(STATUS_OK)
    }
}
