//! Looking through one object: marks everything it points to.
//!
//! Each function is called with the object already black and out of its gray list, and returns the work done: the
//! number of slots it visited. Objects that need another visit are put back into a list here.

use super::window::Window;
use super::{colour, mark, weak};
use crate::object::global::{Event, Phase};
use crate::object::header::age;
use crate::object::thread::EXTRA_STACK;
use crate::object::{
    CClosure, GcHeader, Global, LuaClosure, Node, Proto, Slot, Table, Thread, UpVal, Userdata, Value, tag,
};
use crate::version::{CLOSURES_ARE_CACHED, HAS_EPHEMERONS, NEW_UPVALUES_SURVIVE};

/// A metatable's field for an event whose absence is cached; nil when there is no metatable.
///
/// # Safety
/// `mt` is null or live, and the event names exist.
#[inline]
pub unsafe fn metafield(g: *mut Global, mt: *mut Table, event: Event) -> Value {
    // SAFETY: a metatable that is not null is live, and so are the event names.
    unsafe {
        let bit = 1u8 << event as u8;
        if mt.is_null() || (*mt).absent & bit != 0 {
            return Value::NIL;
        }
        let field = Slot::load(Table::get_short_str(mt, (*g).event_names[event as usize]));
        if field.is_nil() {
            (*mt).absent |= bit;
        }
        field
    }
}

/// After the traversal of an object that may be old: one touched in this cycle has to be seen again in the next,
/// one touched in the cycle before need not.
///
/// # Safety
/// `o` is live, black and in no gray list.
#[inline]
pub unsafe fn keep_if_touched(g: *mut Global, o: *mut GcHeader) {
    // SAFETY: `o` has a gray link if it is touched, and is in no gray list.
    unsafe {
        match (*o).age() {
            age::TOUCHED1 => mark::push_gray(&raw mut (*g).gray_again, o),
            age::TOUCHED2 => (*o).set_age(age::OLD),
            _ => {}
        }
    }
}

/// # Safety
/// `t` is live.
pub unsafe fn table(g: *mut Global, t: *mut Table, window: &mut Window) -> usize {
    // SAFETY: `t` is live; what its fields point to is, too, but for dead keys, which nobody looks into.
    unsafe {
        let metatable = (*t).metatable;
        if metatable.is_null() {
            strong_table(g, t, window);
        } else {
            mark::object(g, metatable.cast());
            let mode = metafield(g, metatable, Event::Mode);
            match weak::mode_of(mode) {
                weak::Mode::Strong => strong_table(g, t, window),
                weak::Mode::Values => weak::traverse_weak_values(g, t),
                weak::Mode::Keys if !HAS_EPHEMERONS => weak::traverse_weak_keys(g, t),
                weak::Mode::Keys => {
                    weak::traverse_ephemeron(g, t, false);
                }
                // All that may be cleared; there is nothing to look through.
                weak::Mode::Both => mark::push_gray(&raw mut (*g).all_weak, t.cast()),
            }
        }
        1 + (*t).array_len as usize + 2 * hash_len(g, t)
    }
}

/// Number of allocated nodes.
unsafe fn hash_len(g: *mut Global, t: *mut Table) -> usize {
    // SAFETY: `t` is live.
    unsafe { if (*t).nodes == &raw mut (*g).dummy_node { 0 } else { (*t).node_mask as usize + 1 } }
}

unsafe fn strong_table(g: *mut Global, t: *mut Table, window: &mut Window) {
    // SAFETY: both parts are as long as the table says.
    unsafe {
        let mut slot = (*t).array;
        let end = slot.add((*t).array_len as usize);
        while slot < end {
            window.value(g, Slot::load(slot));
            slot = slot.add(1);
        }
        let mut node = (*t).nodes;
        let end = node.add((*t).node_mask as usize + 1);
        while node < end {
            let (value, key) = ((*node).value_tag, (*node).key_tag);
            if (value | key) & tag::COLLECTABLE != 0 {
                if value == tag::NIL {
                    weak::clear_key(node);
                } else {
                    if key & tag::COLLECTABLE != 0 {
                        window.object(g, (*node).key_payload as *mut GcHeader);
                    }
                    window.value(g, Slot::load(Node::value(node)));
                }
            }
            node = node.add(1);
        }
        keep_if_touched(g, t.cast());
    }
}

/// # Safety
/// `u` is live and has user values.
pub unsafe fn userdata(g: *mut Global, u: *mut Userdata) -> usize {
    // SAFETY: `u` is live and has `user_values` values behind its header.
    unsafe {
        mark::optional(g, (*u).metatable);
        let count = (*u).user_values as usize;
        for n in 0..count {
            mark::value(g, Value::load(Userdata::user_value(u, n)));
        }
        keep_if_touched(g, u.cast());
        1 + count
    }
}

/// # Safety
/// `p` is live; its arrays are as long as it says or null, with null for names that are not there.
pub unsafe fn proto(g: *mut Global, p: *mut Proto) -> usize {
    /// Length of an array that may not have been made yet.
    fn len<T>(data: *mut T, count: u32) -> usize {
        if data.is_null() { 0 } else { count as usize }
    }
    // SAFETY: `p` is live; its lists have the lengths that it tells, or are null while it is being made.
    unsafe {
        #[cfg(any(feature = "lua52", feature = "lua53"))]
        if !(*p).cache.is_null() && (*(*p).cache.cast::<GcHeader>()).is_white() {
            (*p).cache = core::ptr::null_mut();
        }
        mark::optional(g, (*p).source);
        let constants = len((*p).constants, (*p).constant_count);
        for n in 0..constants {
            mark::value(g, Value::load((*p).constants.add(n)));
        }
        let upvalues = len((*p).upvalues, (*p).upvalue_count as u32);
        for n in 0..upvalues {
            mark::optional(g, (*(*p).upvalues.add(n)).name);
        }
        let protos = len((*p).protos, (*p).proto_count);
        for n in 0..protos {
            mark::optional(g, *(*p).protos.add(n));
        }
        let locals = len((*p).locals, (*p).local_count);
        for n in 0..locals {
            mark::optional(g, (*(*p).locals.add(n)).name);
        }
        if CLOSURES_ARE_CACHED {
            keep_if_touched(g, p.cast());
        }
        1 + constants + upvalues + protos + locals
    }
}

/// # Safety
/// `f` is live.
pub unsafe fn c_closure(g: *mut Global, f: *mut CClosure, window: &mut Window) -> usize {
    // SAFETY: `f` is live and has `upvalue_count` values behind its header.
    unsafe {
        #[cfg(feature = "lua51")]
        window.value(g, (*f).environment);
        let count = (*f).upvalue_count as usize;
        for n in 0..count {
            window.value(g, Value::load(CClosure::upvalue(f, n)));
        }
        1 + count
    }
}

/// # Safety
/// `f` is live; its prototype and upvalues may be null while it is being made.
pub unsafe fn lua_closure(g: *mut Global, f: *mut LuaClosure, window: &mut Window) -> usize {
    // SAFETY: `f` is live and has `upvalue_count` places behind its header, each null or an upvalue.
    unsafe {
        mark::optional(g, (*f).proto);
        #[cfg(feature = "lua51")]
        window.value(g, (*f).environment);
        let count = (*f).upvalue_count as usize;
        for n in 0..count {
            let upvalue = *LuaClosure::upvalue(f, n);
            if !upvalue.is_null() {
                window.object(g, upvalue.cast());
            }
        }
        1 + count
    }
}

/// A thread has no barrier, so it goes to `gray_again`: while propagating, because it may change before the atomic
/// phase; as an old one, because it may point to young objects in every cycle.
///
/// The atomic phase makes the whole stack safe to look at: whatever lies above `top` may be about to be freed, and
/// is overwritten with nil.
///
/// # Safety
/// `th` is live; a null `stack` means that it is being made.
pub unsafe fn thread(g: *mut Global, th: *mut Thread, window: &mut Window) -> usize {
    // SAFETY: `th` is live; between `stack` and `top` every slot holds a live value.
    unsafe {
        let atomic = (*g).phase == Phase::Atomic;
        if colour::is_old(th.cast()) || (*g).phase == Phase::Propagate {
            mark::push_gray(&raw mut (*g).gray_again, th.cast());
        }
        if (*th).stack.is_null() {
            return 1;
        }
        mark::value(g, (*th).error);
        #[cfg(feature = "lua51")]
        mark::value(g, (*th).globals);
        let mut slot = (*th).stack;
        while slot < (*th).top {
            window.value(g, Value::load(slot));
            slot = slot.add(1);
        }
        let mut upvalue: *mut UpVal = (*th).open_upvalues;
        while !upvalue.is_null() {
            mark::object(g, upvalue.cast());
            upvalue = (*upvalue).u.open.next;
        }
        if atomic {
            finish_thread(g, th);
        }
        1 + (*th).stack_last.offset_from((*th).stack) as usize
    }
}

/// The last visit of a thread in a cycle.
unsafe fn finish_thread(g: *mut Global, th: *mut Thread) {
    // SAFETY: `th` is live and has a stack of `stack_last + EXTRA_STACK` slots.
    unsafe {
        if !(*g).emergency
            && let Some(shrink) = (*g).shrink_stack
        {
            shrink(th);
        }
        let mut slot = (*th).top;
        let end = (*th).stack_last.add(EXTRA_STACK);
        while slot < end {
            Value::store_nil(slot);
            slot = slot.add(1);
        }
        // `remark_upvalues` takes threads out of the list that are reached only later in the atomic phase.
        if (*th).threads_with_upvalues == th && !(*th).open_upvalues.is_null() {
            (*th).threads_with_upvalues = (*g).threads_with_upvalues;
            (*g).threads_with_upvalues = th;
        }
    }
}

/// Marks the values of the open upvalues of threads that have not been reached: the upvalue may outlive the thread
/// and then takes its value along, too late for a barrier. Such threads, and those without open upvalues, leave
/// the list of threads with upvalues. Returns the work done.
///
/// # Safety
/// `g` is live, in the atomic phase.
pub unsafe fn remark_upvalues(g: *mut Global) -> usize {
    // SAFETY: the list holds live threads.
    unsafe {
        let mut work = 0;
        let mut link = &raw mut (*g).threads_with_upvalues;
        while !(*link).is_null() {
            let th = *link;
            work += 1;
            if !(*th.cast::<GcHeader>()).is_white() && !(*th).open_upvalues.is_null() {
                link = &raw mut (*th).threads_with_upvalues;
                continue;
            }
            *link = (*th).threads_with_upvalues;
            (*th).threads_with_upvalues = th;
            let mut upvalue = (*th).open_upvalues;
            while !upvalue.is_null() {
                work += 1;
                let spared = NEW_UPVALUES_SURVIVE && core::mem::replace(&mut (*upvalue).fresh, false);
                if spared || !(*upvalue.cast::<GcHeader>()).is_white() {
                    mark::value(g, Value::load((*upvalue).value));
                }
                upvalue = (*upvalue).u.open.next;
            }
        }
        work
    }
}
