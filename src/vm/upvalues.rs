//! Open upvalues and to-be-closed variables (manual §3.3.8).
//!
//! A thread's open upvalues form a list from the highest stack slot down. Its pending to-be-closed variables are a list
//! of stack offsets, the innermost last.

use super::call::{self, Flow};
use super::debug;
use super::error;
use super::meta;
use super::stack::ensure_stack;
use crate::gc;
use crate::memory::{Heap, Kind, OutOfMemory};
use crate::object::global::Event;
use crate::object::header::{GcHeader, new_object};
use crate::object::thread::{STATUS_OK, call_flag, note};
use crate::object::{Fallible, Thread, UpVal, Value, tag};
use crate::version::CLOSE_WITHOUT_ERROR_ALONE;

/// The open upvalue of a stack slot, created if there is none.
pub unsafe fn find_upvalue(l: *mut Thread, slot: *mut Value) -> Fallible<*mut UpVal> {
    // SAFETY: the list is sorted and its upvalues are open.
    unsafe {
        let found = *position(l, slot);
        if !found.is_null() && (*found).value == slot { Ok(found) } else { new_open(l, slot) }
    }
}

/// The link to the first open upvalue that is not above `slot`.
#[inline(always)]
unsafe fn position(l: *mut Thread, slot: *mut Value) -> *mut *mut UpVal {
    // SAFETY: as `find_upvalue`.
    unsafe {
        let mut link = &raw mut (*l).open_upvalues;
        while !(*link).is_null() && (**link).value > slot {
            link = &raw mut (**link).u.open.next;
        }
        link
    }
}

unsafe fn new_open(l: *mut Thread, slot: *mut Value) -> Fallible<*mut UpVal> {
    // SAFETY: the place in the list is looked up after the allocation, which may free upvalues of the list.
    unsafe {
        let g = (*l).global;
        let new = new_object(g, size_of::<UpVal>(), tag::UPVALUE, Kind::Other)?.cast::<UpVal>();
        let link = position(l, slot);
        (*new).value = slot;
        (*new).fresh = true;
        (*new).u.open.next = *link;
        (*new).u.open.previous = link;
        if !(*link).is_null() {
            (**link).u.open.previous = &raw mut (*new).u.open.next;
        }
        *link = new;
        if (*l).threads_with_upvalues == l {
            (*l).threads_with_upvalues = (*g).threads_with_upvalues;
            (*g).threads_with_upvalues = l;
        }
        Ok(new)
    }
}

/// Takes an open upvalue out of its thread's list.
pub unsafe fn unlink(upvalue: *mut UpVal) {
    // SAFETY: `upvalue` is open, so its links are valid.
    unsafe {
        let open = (*upvalue).u.open;
        *open.previous = open.next;
        if !open.next.is_null() {
            (*open.next).u.open.previous = open.previous;
        }
    }
}

/// Closes all upvalues at `level` and above.
#[inline]
pub unsafe fn close_upvalues(l: *mut Thread, level: *mut Value) {
    // SAFETY: as `find_upvalue`.
    unsafe {
        loop {
            let upvalue = (*l).open_upvalues;
            if upvalue.is_null() || (*upvalue).value < level {
                return;
            }
            unlink(upvalue);
            let own = (&raw mut (*upvalue).u).cast::<Value>();
            Value::copy(own, (*upvalue).value);
            (*upvalue).value = own;
            let header = upvalue.cast::<GcHeader>();
            if !(*header).is_white() {
                // A gray upvalue is in no gray list: closed, it is black, and its value has to be marked.
                (*header).marked |= crate::object::header::mark::BLACK;
                gc::barrier((*l).global, header, Value::load(own));
            }
        }
    }
}

/// Makes the slot a to-be-closed variable (checks its `__close`).
pub unsafe fn new_tbc(l: *mut Thread, slot: *mut Value) -> Fallible<()> {
    // SAFETY: the slot belongs to the running frame.
    unsafe {
        if (*slot).is_falsy() {
            return Ok(());
        }
        if meta::metamethod(l, *slot, Event::Close).is_nil() {
            return Err(not_closable(l, slot));
        }
        if (*l).tbc_top == (*l).tbc_capacity {
            grow_tbc(l)?;
        }
        (*l).tbc.add((*l).tbc_top as usize).write(slot.offset_from((*l).stack) as u32);
        (*l).tbc_top += 1;
        Ok(())
    }
}

#[cold]
unsafe fn not_closable(l: *mut Thread, slot: *mut Value) -> crate::object::Thrown {
    // SAFETY: as `new_tbc`.
    unsafe {
        let n = slot.offset_from((*(*l).ci).func) as i32;
        let name = match debug::local_name(l, (*l).ci, n) {
            Some((name, _)) => core::ffi::CStr::from_ptr(name).to_bytes(),
            None => b"?",
        };
        error::runtime(l, &["variable '".into(), name.into(), "' got a non-closable value".into()])
    }
}

unsafe fn grow_tbc(l: *mut Thread) -> Result<(), OutOfMemory> {
    // SAFETY: the list is the thread's own block.
    unsafe {
        let heap = &raw mut (*(*l).global).heap;
        let entry = size_of::<u32>();
        let old = (*l).tbc_capacity as usize;
        let new = (old * 2).max(4);
        let block = if old == 0 {
            Heap::allocate(heap, new * entry, Kind::Other)?
        } else {
            Heap::reallocate(heap, (*l).tbc.cast(), old * entry, new * entry)?
        };
        (*l).tbc = block.as_ptr().cast();
        (*l).tbc_capacity = new as u32;
        Ok(())
    }
}

/// Whether a to-be-closed variable at `level` or above is pending.
#[inline(always)]
unsafe fn has_tbc(l: *mut Thread, level: *mut Value) -> bool {
    // SAFETY: entries are offsets of live slots.
    unsafe { (*l).tbc_top > 0 && (*l).stack.add(*(*l).tbc.add((*l).tbc_top as usize - 1) as usize) >= level }
}

/// Takes the innermost to-be-closed variable at `level` or above off the list.
pub unsafe fn pop_tbc(l: *mut Thread, level: *mut Value) -> Option<*mut Value> {
    // SAFETY: as `has_tbc`.
    unsafe {
        if !has_tbc(l, level) {
            return None;
        }
        (*l).tbc_top -= 1;
        Some((*l).stack.add(*(*l).tbc.add((*l).tbc_top as usize) as usize))
    }
}

/// Pushes the `__close` metamethod of the variable in `slot`, its value and the error object; returns where.
pub unsafe fn push_close_call(l: *mut Thread, slot: *mut Value, error: Value) -> Fallible<*mut Value> {
    // SAFETY: `top` lies above `slot`.
    unsafe {
        let value = Value::load(slot);
        Value::store((*l).top, error);
        (*l).top = (*l).top.add(1);
        ensure_stack(l, 3)?;
        let func = (*l).top.sub(1);
        let error = Value::load(func);
        Value::store(func, meta::metamethod(l, value, Event::Close));
        Value::store(func.add(1), value);
        Value::store(func.add(2), error);
        let without = CLOSE_WITHOUT_ERROR_ALONE && error.is_nil();
        (*l).top = func.add(if without { 2 } else { 3 });
        Ok(func)
    }
}

/// Calls the `__close` metamethod that is in `func` with its arguments above it, for a native frame that is on its way
/// out and running. `None`: it has returned; otherwise its frame, or one above, goes on, and `call::returns::returned` will come
/// back to the frame on its way out. The same holds when it is suspended (an `Err`).
pub unsafe fn call_close(l: *mut Thread, func: *mut Value) -> Fallible<Option<Flow>> {
    // SAFETY: the record above the running one is initialised as soon as `ci` is there.
    unsafe {
        let depth = (*l).ci.offset_from((*l).call_base);
        error::enter_c_call(l)?;
        let outcome = call::start_call(l, func, 0, 0);
        let entered = (*l).ci.offset_from((*l).call_base) > depth;
        if entered {
            (*(*l).call_base.offset(depth + 1)).flags |= call_flag::CONTINUES;
        } else if outcome.is_ok() {
            error::leave_c_call(l);
        }
        outcome.map(|flow| entered.then_some(flow))
    }
}

/// Closes upvalues and to-be-closed variables at `level` and above, from native code, for a normal exit.
pub unsafe fn close(l: *mut Thread, level: *mut Value, _status: u8, yieldable: bool) -> Fallible<()> {
    // SAFETY: `level` is a slot of the running frame.
    unsafe {
        debug_assert!(_status == STATUS_OK);
        let level = level.offset_from((*l).stack);
        close_upvalues(l, (*l).stack.offset(level));
        while let Some(slot) = pop_tbc(l, (*l).stack.offset(level)) {
            let func = push_close_call(l, slot, Value::NIL)?;
            call::call(l, func, 0, yieldable)?;
        }
        Ok(())
    }
}

/// Starts the innermost `__close` call at `level` or above for the running Lua frame, which is in the middle of an
/// instruction that will be repeated. `None`: nothing is pending.
unsafe fn start_close(l: *mut Thread, level: *mut Value) -> Option<Fallible<Flow>> {
    // SAFETY: `top` lies above all live registers.
    unsafe {
        let slot = pop_tbc(l, level)?;
        Some(push_close_call(l, slot, Value::NIL).and_then(|func| {
            error::enter_c_call(l)?;
            call::start_call(l, func, 0, call_flag::CONTINUES)
        }))
    }
}

/// The instruction `Close`: repeated until nothing at `level` or above is left.
pub unsafe fn close_in_frame(l: *mut Thread, level: *mut Value) -> Fallible<Flow> {
    // SAFETY: the frame is written back.
    unsafe {
        close_upvalues(l, level);
        start_close(l, level).unwrap_or(Ok(Flow::Run))
    }
}

/// The instruction `Return` with something to close: repeated until nothing is left, then returns the `n` values from
/// register `a`.
pub unsafe fn return_closing(l: *mut Thread, base: *mut Value, a: usize, n: usize) -> Fallible<Flow> {
    // SAFETY: the frame is written back; `top` ends the values to return if their number is open.
    unsafe {
        close_upvalues(l, base);
        if has_tbc(l, base) {
            let ci = (*l).ci;
            (*ci).notes[note::RESULTS] = n as u32;
            if (*l).top < (*ci).top {
                (*l).top = (*ci).top;
            }
            if (*l).top < base.add(a + n) {
                (*l).top = base.add(a + n);
            }
            if let Some(outcome) = start_close(l, base) {
                return outcome;
            }
        }
        call::return_frame(l, base.add(a), n)
    }
}
