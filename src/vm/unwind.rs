//! Who catches an error, and what happens there.
//!
//! An error travels through Rust frames as an `Err`. Inside one invocation of the dispatch, Lua frames are not native
//! frames: [`unwind`] looks through the call records for a frame that catches (`PROTECTED`), in the running
//! coroutine and then in those that resumed it, until it meets the frame that native code waits for.
//!
//! A protected frame first closes the to-be-closed variables above its call, one `__close` call after the other: while it
//! does, the error object waits in the slot of the called function (which nobody needs any more) and the frame is
//! marked `CLOSING`. An error in a `__close` replaces the object and comes back here.

use super::call::{self, Flow};
use super::coroutine;
use super::stack;
use super::upvalues;
use crate::object::thread::{MAX_STACK, STATUS_OK, call_flag, note};
use crate::object::{CallInfo, Fallible, Thread, Thrown, Value, tag};

/// Finds who catches `thrown`, raised in the running thread `l`, and runs that. `Err`: nobody in this invocation of the
/// dispatch; the native caller deals with it.
pub unsafe fn unwind(l: *mut Thread, thrown: Thrown) -> Fallible<Flow> {
    // SAFETY: call records up to `ci` are initialised; the outermost of an invocation is `FRESH` or a base.
    unsafe {
        let g = (*l).global;
        let (mut l, mut thrown) = (l, thrown);
        loop {
            let outcome = if thrown == Thrown::Yield {
                coroutine::yielded(l)?
            } else if thrown == Thrown::Outside && l != (*g).main_thread {
                l = coroutine::left(l)?;
                continue;
            } else {
                match catcher(l, thrown) {
                    Catcher::Frame(ci) => recover(l, ci, thrown),
                    Catcher::Base if !(*l).resumer.is_null() && thrown == Thrown::Closed => coroutine::closed(l),
                    Catcher::Base if !(*l).resumer.is_null() => coroutine::died(l, thrown),
                    _ => return Err(thrown),
                }
            };
            match outcome {
                Ok(flow) => return Ok(flow),
                Err(again) => {
                    thrown = again;
                    l = (*g).running;
                }
            }
        }
    }
}

enum Catcher {
    Frame(*mut CallInfo),
    /// The first frame of a coroutine.
    Base,
    /// Native code.
    Native,
}

/// Nobody catches that a coroutine closes itself.
unsafe fn catcher(l: *mut Thread, thrown: Thrown) -> Catcher {
    // SAFETY: as `unwind`.
    unsafe {
        let mut ci = (*l).ci;
        while ci > (*l).call_base {
            let flags = (*ci).flags;
            if flags & call_flag::PROTECTED != 0 && flags & call_flag::NATIVE != 0 && thrown != Thrown::Closed {
                return Catcher::Frame(ci);
            }
            if flags & call_flag::FRESH != 0 {
                return Catcher::Native;
            }
            if flags & call_flag::COROUTINE_BASE != 0 {
                return Catcher::Base;
            }
            ci = ci.sub(1);
        }
        // A coroutine whose body was entered natively.
        if (*l).resumer.is_null() { Catcher::Native } else { Catcher::Base }
    }
}

/// The object of an error on its way.
pub unsafe fn error_value(l: *mut Thread, thrown: Thrown) -> Value {
    // SAFETY: `l` is live.
    unsafe {
        if thrown == Thrown::Memory {
            return Value { payload: (*(*l).global).memory_message as u64, tag: tag::SHORT_STRING };
        }
        let value = (*l).error;
        (*l).error = Value::NIL;
        value
    }
}

/// The protected frame `ci` catches.
unsafe fn recover(l: *mut Thread, ci: *mut CallInfo, thrown: Thrown) -> Fallible<Flow> {
    // SAFETY: `notes[note::PROTECTED]` is the slot of the protected call's function, which lies below everything to be closed.
    unsafe {
        let level = (*l).stack.add((*ci).notes[note::PROTECTED] as usize);
        Value::store(level, error_value(l, thrown));
        let thrown = if thrown == Thrown::Outside { Thrown::Runtime } else { thrown };
        (*ci).notes[note::STATUS] = thrown as u32;
        (*ci).flags |= call_flag::CLOSING;
        (*l).ci = ci;
        (*l).allow_hook = (*ci).flags & call_flag::ALLOW_HOOK != 0;
        (*l).c_calls = (*l).base_calls.wrapping_add((*ci).extra_args);
        close_next(l)
    }
}

/// The running frame is protected and `CLOSING`: calls the next `__close`, or, after the last, the continuation.
pub unsafe fn close_next(l: *mut Thread) -> Fallible<Flow> {
    // SAFETY: as `recover`.
    unsafe {
        loop {
            let level = (*l).stack.add((*(*l).ci).notes[note::PROTECTED] as usize);
            upvalues::close_upvalues(l, level.add(1));
            let Some(slot) = upvalues::pop_tbc(l, level.add(1)) else { break };
            (*l).top = slot.add(1);
            let func = upvalues::push_close_call(l, slot, *level)?;
            if let Some(flow) = upvalues::call_close(l, func)? {
                return Ok(flow);
            }
        }
        let ci = (*l).ci;
        (*ci).flags &= !call_flag::CLOSING;
        (*l).top = (*l).stack.add((*ci).notes[note::PROTECTED] as usize + 1);
        let status = (*ci).notes[note::STATUS] as u8;
        after_overflow(l);
        call::continue_native(l, status)
    }
}

/// A stack that has handled its overflow gets back to its normal size.
unsafe fn after_overflow(l: *mut Thread) {
    // SAFETY: `l` is live.
    unsafe {
        if (*l).stack_last.offset_from((*l).stack) as usize > MAX_STACK {
            stack::shrink(l);
        }
        stack::forget_overflow(l);
    }
}

/// A native caller catches: cuts the calls at record `depth` and the stack at slot `level`, where the error object is
/// left, closing what lies above. Returns the final error (that of a `__close` may have replaced the first).
pub unsafe fn recover_natively(
    l: *mut Thread,
    level: isize,
    depth: isize,
    allow_hook: bool,
    c_calls: u32,
    thrown: Thrown,
) -> Thrown {
    // SAFETY: record and slot existed when the protected call began and still do.
    unsafe {
        let mut thrown = if thrown == Thrown::Outside { Thrown::Runtime } else { thrown };
        Value::store((*l).stack.offset(level), error_value(l, thrown));
        loop {
            (*l).ci = (*l).call_base.offset(depth);
            (*l).allow_hook = allow_hook;
            (*l).c_calls = c_calls;
            match close_all(l, level) {
                Ok(()) => break,
                Err(Thrown::Closed) => {}
                Err(again) => {
                    thrown = again;
                    Value::store((*l).stack.offset(level), error_value(l, thrown));
                }
            }
        }
        (*l).top = (*l).stack.offset(level + 1);
        after_overflow(l);
        thrown
    }
}

unsafe fn close_all(l: *mut Thread, level: isize) -> Fallible<()> {
    // SAFETY: as `recover_natively`.
    unsafe {
        loop {
            let base = (*l).stack.offset(level);
            // A variable may be the very slot the error object replaces (a native frame that closes its own).
            upvalues::close_upvalues(l, base);
            let Some(slot) = upvalues::pop_tbc(l, base) else { return Ok(()) };
            (*l).top = slot.add(1);
            let func = upvalues::push_close_call(l, slot, *(*l).stack.offset(level))?;
            call::call(l, func, 0, false)?;
        }
    }
}

/// Status of a thread after `thrown` killed it.
pub fn status_of(outcome: Fallible<()>) -> u8 {
    match outcome {
        Ok(()) => STATUS_OK,
        Err(thrown) => thrown as u8,
    }
}
