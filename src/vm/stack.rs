//! The value stack and the array of call records: growth, shrinking, and finding again what pointed into
//! them.
//!
//! Stack addresses are kept in `top`, in call records and in open upvalues; all of them are moved here. Everything
//! else keeps offsets.

use super::error;
use crate::memory::{Heap, Kind, OutOfMemory};
use crate::object::thread::{EXTRA_STACK, MAX_STACK, MIN_STACK};
use crate::object::{CallInfo, Fallible, Thread, UpVal, Value};
use crate::version::MAX_CALLS;

/// Slots of a new thread's stack.
const BASIC_STACK: usize = 2 * MIN_STACK;
/// Call records of a new thread: its base, a function, and one that this calls. Programs may have many coroutines that
/// do no more.
const BASIC_CALLS: usize = 3;
/// Size of a stack that is handling its own overflow.
const ERROR_STACK: usize = MAX_STACK + 200;

/// Makes sure of `extra` free slots. The difference is signed, here and wherever it is taken: a C function that pushed
/// more than it asked for has left `top` among the reserved slots above `stack_last`.
#[inline(always)]
pub unsafe fn ensure_stack(l: *mut Thread, extra: usize) -> Fallible<()> {
    // SAFETY: `l` is live.
    unsafe {
        if ((*l).stack_last as isize) - ((*l).top as isize) <= (extra * size_of::<Value>()) as isize {
            return grow_stack(l, extra);
        }
    }
    Ok(())
}

/// Slots of the usable stack.
unsafe fn size(l: *const Thread) -> usize {
    // SAFETY: `l` is live.
    unsafe { (*l).stack_last.offset_from((*l).stack) as usize }
}

/// Grows the stack to have `extra` slots above `top`; "stack overflow" beyond the limit.
#[cold]
#[inline(never)]
pub unsafe fn grow_stack(l: *mut Thread, extra: usize) -> Fallible<()> {
    // SAFETY: `l` is live.
    unsafe {
        let old = size(l);
        if old > MAX_STACK {
            // The overflow is being handled already, with the slots reserved for that.
            return Err(error::in_handler(l));
        }
        if extra < MAX_STACK {
            let needed = (*l).top.offset_from((*l).stack) as usize + extra;
            let new = (2 * old).min(MAX_STACK).max(needed);
            if new <= MAX_STACK {
                resize(l, new)?;
                return Ok(());
            }
        }
        resize(l, ERROR_STACK)?;
        Err(error::runtime(l, &["stack overflow".into()]))
    }
}

/// `lua_checkstack`: as [`grow_stack`], without an error.
pub unsafe fn try_grow(l: *mut Thread, extra: usize) -> bool {
    // SAFETY: `l` is live.
    unsafe {
        let old = size(l);
        let used = (*l).top.offset_from((*l).stack) as usize;
        if old > MAX_STACK || extra >= MAX_STACK || used + extra > MAX_STACK {
            return false;
        }
        resize(l, (2 * old).min(MAX_STACK).max(used + extra)).is_ok()
    }
}

/// Gives the stack `new` usable slots and moves everything that points into it.
pub unsafe fn resize(l: *mut Thread, new: usize) -> Result<(), OutOfMemory> {
    // SAFETY: what is live fits in `new` slots; addresses of the old block are only computed with.
    unsafe {
        let heap = &raw mut (*(*l).global).heap;
        let old_stack = (*l).stack;
        let old_slots = size(l) + EXTRA_STACK;
        let slots = new + EXTRA_STACK;
        let value = size_of::<Value>();
        let block = Heap::reallocate(heap, old_stack.cast(), old_slots * value, slots * value)?;
        let stack = block.as_ptr().cast::<Value>();
        for n in old_slots..slots {
            Value::store(stack.add(n), Value::NIL);
        }
        (*l).stack = stack;
        (*l).stack_last = stack.add(new);
        let moved = |p: *mut Value| stack.byte_add(p as usize - old_stack as usize);
        (*l).top = moved((*l).top);
        let mut ci = (*l).call_base;
        while ci <= (*l).ci {
            (*ci).func = moved((*ci).func);
            (*ci).top = moved((*ci).top);
            ci = ci.add(1);
        }
        let mut upvalue: *mut UpVal = (*l).open_upvalues;
        while !upvalue.is_null() {
            (*upvalue).value = moved((*upvalue).value);
            upvalue = (*upvalue).u.open.next;
        }
        Ok(())
    }
}

/// Gives back what the stack does not need any more (called by the collector).
pub unsafe fn shrink(l: *mut Thread) {
    // SAFETY: `l` is live; failing to shrink is harmless.
    unsafe {
        let mut limit = (*l).top;
        let mut ci = (*l).call_base;
        while ci <= (*l).ci {
            if limit < (*ci).top {
                limit = (*ci).top;
            }
            ci = ci.add(1);
        }
        let used = (limit.offset_from((*l).stack) as usize + 1).max(MIN_STACK);
        let most = if used > MAX_STACK / 3 { MAX_STACK } else { used * 3 };
        if used <= MAX_STACK - EXTRA_STACK && size(l) > most {
            let new = if used > MAX_STACK / 2 { MAX_STACK } else { used * 2 };
            let _ = resize(l, new);
        }
        shrink_calls(l);
    }
}

/// The record after the running one, made if there is none. Does not make it the running one.
#[inline(always)]
pub unsafe fn next_call(l: *mut Thread) -> Fallible<*mut CallInfo> {
    // SAFETY: `l` is live.
    unsafe {
        let next = (*l).ci.add(1);
        if next == (*l).call_end {
            return grow_calls(l);
        }
        Ok(next)
    }
}

#[cold]
#[inline(never)]
unsafe fn grow_calls(l: *mut Thread) -> Fallible<*mut CallInfo> {
    // SAFETY: `l` is live.
    unsafe {
        let old = (*l).call_end.offset_from((*l).call_base) as usize;
        if old > MAX_CALLS {
            return Err(error::in_handler(l));
        }
        if old == MAX_CALLS {
            // The records beyond the limit serve to handle that very error.
            resize_calls(l, 2 * MAX_CALLS)?;
            return Err(error::runtime(l, &["stack overflow".into()]));
        }
        resize_calls(l, (old + old / 2).min(MAX_CALLS))?;
        Ok((*l).ci.add(1))
    }
}

/// Gives back the records that served to handle an overflow.
pub unsafe fn forget_overflow(l: *mut Thread) {
    // SAFETY: the records in use are kept.
    unsafe {
        let used = (*l).ci.offset_from((*l).call_base) as usize + 1;
        if (*l).call_end.offset_from((*l).call_base) as usize > MAX_CALLS && used < MAX_CALLS {
            let _ = resize_calls(l, MAX_CALLS);
        }
    }
}

unsafe fn shrink_calls(l: *mut Thread) {
    // SAFETY: the records up to the running one are kept.
    unsafe {
        let used = (*l).ci.offset_from((*l).call_base) as usize + 1;
        let all = (*l).call_end.offset_from((*l).call_base) as usize;
        if all > BASIC_CALLS && used * 4 < all {
            let _ = resize_calls(l, (used * 2).max(BASIC_CALLS));
        }
    }
}

unsafe fn resize_calls(l: *mut Thread, new: usize) -> Result<(), OutOfMemory> {
    // SAFETY: the records in use fit.
    unsafe {
        let heap = &raw mut (*(*l).global).heap;
        let old = (*l).call_end.offset_from((*l).call_base) as usize;
        let running = (*l).ci.offset_from((*l).call_base);
        let record = size_of::<CallInfo>();
        let block = Heap::reallocate(heap, (*l).call_base.cast(), old * record, new * record)?;
        (*l).call_base = block.as_ptr().cast();
        (*l).call_end = (*l).call_base.add(new);
        (*l).ci = (*l).call_base.offset(running);
        clear_guesses(l, old);
        Ok(())
    }
}

/// New records, from number `first` on: their guesses are looked at before anything is written.
unsafe fn clear_guesses(l: *mut Thread, first: usize) {
    // SAFETY: the records exist.
    unsafe {
        let mut ci = (*l).call_base.add(first);
        while ci < (*l).call_end {
            (*ci).aside = 0;
            ci = ci.add(1);
        }
    }
}

/// Gives a new thread its stack and call records, with the base level running: a native frame of no function.
pub unsafe fn init(l: *mut Thread) -> Result<(), OutOfMemory> {
    // SAFETY: `l` is a fresh thread whose stack fields are null; `release` frees whatever was made.
    unsafe {
        let heap = &raw mut (*(*l).global).heap;
        let slots = BASIC_STACK + EXTRA_STACK;
        let stack = Heap::allocate(heap, slots * size_of::<Value>(), Kind::Other)?.as_ptr().cast::<Value>();
        for n in 0..slots {
            Value::store(stack.add(n), Value::NIL);
        }
        (*l).stack = stack;
        (*l).stack_last = stack.add(BASIC_STACK);
        (*l).top = stack.add(1);
        let calls = Heap::allocate(heap, BASIC_CALLS * size_of::<CallInfo>(), Kind::Other)?.as_ptr().cast::<CallInfo>();
        (*l).call_base = calls;
        (*l).call_end = calls.add(BASIC_CALLS);
        (*l).ci = calls;
        clear_guesses(l, 0);
        reset_base(l);
        Ok(())
    }
}

/// Makes the base level's record that of an idle thread.
pub unsafe fn reset_base(l: *mut Thread) {
    // SAFETY: the records exist.
    unsafe {
        let ci = (*l).call_base;
        (*l).ci = ci;
        *ci = CallInfo {
            func: (*l).stack,
            top: (*l).stack.add(1 + MIN_STACK),
            saved_pc: core::ptr::null(),
            wanted: 0,
            flags: crate::object::thread::call_flag::NATIVE,
            extra_args: 0,
            continuation: core::ptr::null(),
            context: 0,
            aside: 0,
            notes: [0, 0],
        };
        Value::store((*l).stack, Value::NIL);
    }
}

/// Frees stack, call records and the list of to-be-closed variables.
pub unsafe fn release(l: *mut Thread) {
    // SAFETY: nothing uses the thread any more; blocks that were never made are null.
    unsafe {
        let heap = &raw mut (*(*l).global).heap;
        if !(*l).stack.is_null() {
            Heap::free(heap, (*l).stack.cast(), (size(l) + EXTRA_STACK) * size_of::<Value>());
        }
        let calls = (*l).call_end.offset_from((*l).call_base) as usize;
        Heap::free(heap, (*l).call_base.cast(), calls * size_of::<CallInfo>());
        Heap::free(heap, (*l).tbc.cast(), (*l).tbc_capacity as usize * size_of::<u32>());
    }
}
