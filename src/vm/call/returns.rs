//! Returns: handing results over, and going on with what has waited for the frame that is left.

use super::{Flow, WAITED_FOR, builtin_returned};
use crate::bytecode::{Op, Word};
use crate::object::thread::{STATUS_OK, call_flag, note};
use crate::object::{Fallible, Proto, Thread, Thrown, Value};
use crate::version::CONTINUATIONS_ASK;
use crate::vm::builtin::Continuation;
use crate::vm::finish::finish_instruction;
use crate::vm::state::State;
use crate::vm::{boundary, coroutine, error, hooks, unwind};

/// The running native frame returns its top `n` values.
#[inline(always)]
pub unsafe fn native_returned(l: *mut Thread, n: usize) -> Fallible<Flow> {
    // SAFETY: the frame has at least `n` values.
    unsafe {
        let ci = (*l).ci;
        if (*l).hook_mask != 0 || (*ci).flags & (call_flag::HAS_TBC | WAITED_FOR) != 0 {
            return native_returned_slow(l, n);
        }
        move_results(l, (*ci).func, (*l).top.sub(n), n, (*ci).wanted as i32);
        (*l).ci = ci.sub(1);
        Ok(Flow::Run)
    }
}

#[inline(never)]
unsafe fn native_returned_slow(l: *mut Thread, n: usize) -> Fallible<Flow> {
    // SAFETY: as `native_returned`; the stack may move in closing and in hooks.
    unsafe {
        if (*(*l).ci).flags & call_flag::HAS_TBC != 0 {
            (*(*l).ci).flags |= call_flag::CLOSING;
            (*(*l).ci).notes[note::RESULTS] = n as u32;
            return native_closing(l);
        }
        finish_native_return(l, n)
    }
}

/// The running native frame returns its top `notes[note::RESULTS]` values and closes its variables before that, one after the other.
unsafe fn native_closing(l: *mut Thread) -> Fallible<Flow> {
    // SAFETY: as `native_returned`; the frame is found again after each call.
    unsafe {
        while let Some(slot) = crate::vm::upvalues::pop_tbc(l, (*(*l).ci).func) {
            let func = crate::vm::upvalues::push_close_call(l, slot, Value::NIL)?;
            if let Some(flow) = crate::vm::upvalues::call_close(l, func)? {
                return Ok(flow);
            }
        }
        finish_native_return(l, (*(*l).ci).notes[note::RESULTS] as usize)
    }
}

unsafe fn finish_native_return(l: *mut Thread, n: usize) -> Fallible<Flow> {
    // SAFETY: as `native_returned`; the stack may move in hooks.
    unsafe {
        if (*l).hook_mask != 0 {
            hooks::call_return(l, n as u32)?;
        }
        let ci = (*l).ci;
        let flags = (*ci).flags;
        move_results(l, (*ci).func, (*l).top.sub(n), n, (*ci).wanted as i32);
        (*l).ci = ci.sub(1);
        returned(l, flags)
    }
}

/// The running Lua frame returns `n` values from `first` (nothing is left to close).
#[inline(always)]
pub unsafe fn return_frame(l: *mut Thread, first: *mut Value, n: usize) -> Fallible<Flow> {
    // SAFETY: the values lie in the frame.
    unsafe {
        let mut first = first;
        if (*l).hook_mask != 0 {
            first = return_hook(l, first, n)?;
        }
        let ci = (*l).ci;
        let flags = (*ci).flags;
        let proto: *const Proto = (*(*(*ci).func).as_lua_closure()).proto;
        let mut func = (*ci).func;
        if (*proto).is_vararg {
            func = func.sub((*ci).extra_args as usize + (*proto).params as usize + 1);
        }
        move_results(l, func, first, n, (*ci).wanted as i32);
        (*l).ci = ci.sub(1);
        if flags & WAITED_FOR == 0 {
            return Ok(Flow::Run);
        }
        returned(l, flags)
    }
}

#[cold]
unsafe fn return_hook(l: *mut Thread, first: *mut Value, n: usize) -> Fallible<*mut Value> {
    // SAFETY: as `return_frame`.
    unsafe {
        let offset = first.offset_from((*l).stack);
        (*l).top = first.add(n);
        hooks::call_return(l, n as u32)?;
        Ok((*l).stack.offset(offset))
    }
}

/// Moves `n` results to where the function was, as many as wanted (-1: all, up to the new `top`).
#[inline(always)]
unsafe fn move_results(l: *mut Thread, to: *mut Value, from: *mut Value, n: usize, wanted: i32) {
    // SAFETY: `to` lies below `from` in the stack; there is room for the results wanted (a function's slot and
    // frame have been there).
    unsafe {
        match wanted {
            0 => (*l).top = to,
            1 => {
                if n == 0 {
                    Value::store_nil(to);
                } else {
                    Value::copy(to, from);
                }
                (*l).top = to.add(1);
            }
            _ => {
                let wanted = if wanted < 0 { n } else { wanted as usize };
                let given = n.min(wanted);
                for i in 0..given {
                    Value::copy(to.add(i), from.add(i));
                }
                for i in given..wanted {
                    Value::store_nil(to.add(i));
                }
                (*l).top = to.add(wanted);
            }
        }
    }
}

/// A frame with these flags has returned, its results are in place: tells who waits for them.
pub unsafe fn returned(l: *mut Thread, flags: u16) -> Fallible<Flow> {
    // SAFETY: the frame below is the running one.
    unsafe {
        if flags & call_flag::FRESH != 0 {
            return Ok(Flow::Exit);
        }
        if flags & call_flag::COROUTINE_BASE != 0 {
            return coroutine::finished(l);
        }
        if flags & call_flag::CONTINUES != 0 {
            let ci = (*l).ci;
            if (*ci).flags & call_flag::NATIVE == 0 {
                if (*(*ci).saved_pc.sub(1)).op() != Op::TailCall {
                    leave_continued(l);
                }
                return finish_instruction(l);
            }
            leave_continued(l);
            return continue_native(l, STATUS_OK);
        }
        Ok(Flow::Run)
    }
}

/// Counts one level less, unless the call began before the coroutine was last suspended.
#[inline(always)]
pub unsafe fn leave_continued(l: *mut Thread) {
    // SAFETY: `l` is live.
    unsafe {
        if (*l).c_calls & 0xFFFF > (*l).base_calls {
            error::leave_c_call(l);
        }
    }
}

/// The call that the running native frame was waiting for has ended (`status` other than OK: by an error, whose
/// object is on top): runs its continuation and returns from it.
pub unsafe fn continue_native(l: *mut Thread, status: u8) -> Fallible<Flow> {
    // SAFETY: the frame has a continuation, or it could not be waiting.
    unsafe {
        let ci = (*l).ci;
        if (*ci).flags & call_flag::CLOSING != 0 {
            // It was a `__close` on the way out of a failed call, or of this frame.
            let failed = (*ci).flags & call_flag::PROTECTED != 0;
            return if failed { unwind::close_next(l) } else { native_closing(l) };
        }
        if (*ci).flags & call_flag::PROTECTED != 0 {
            (*ci).flags &= !call_flag::PROTECTED;
            (*l).error_handler = (*ci).aside;
        }
        if (*ci).top < (*l).top {
            (*ci).top = (*l).top;
        }
        let (continuation, context) = ((*ci).continuation, (*ci).context);
        if (*ci).flags & call_flag::BUILTIN != 0 {
            let continuation: Continuation = core::mem::transmute(continuation);
            return builtin_returned(l, continuation(State(l), status as i32, context)?);
        }
        // A C function gets here only after its native frame was given up by a yield.
        let status = if status == STATUS_OK { Thrown::Yield as u8 } else { status };
        if CONTINUATIONS_ASK {
            (*ci).flags |= call_flag::CONTINUED;
            (*ci).saved_pc = core::ptr::without_provenance(status as usize);
        }
        let n = boundary::guarded(l, continuation, l as usize, status as usize, context as usize, 0)?;
        native_returned(l, n as i32 as usize)
    }
}
