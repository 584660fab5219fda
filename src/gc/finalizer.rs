//! Finalizers (manual §2.5.3).
//!
//! An object is registered for finalization when it gets a metatable that has a `__gc` field *at that time*. Registered
//! objects are finalized in the reverse order of their registration, those found in an earlier cycle first. While a
//! finalizer runs the collector is stopped, so it is never entered twice.

use super::{classic, colour, stopped, sweep, traverse};
use crate::object::global::Event;
use crate::object::header::{age, mark};
use crate::object::{GcHeader, Global, Table, Thread, Userdata, Value};
use crate::version::{FINALIZED_ONCE, FINALIZERS_FOUND_LATE};
use core::ptr::null_mut;

/// Call when `object` gets a metatable: registers it for finalization if that has `__gc`.
///
/// # Safety
/// `object` is live and reachable, `metatable` null or live.
pub unsafe fn check_finalizer(l: *mut Thread, object: *mut GcHeader, metatable: *mut Table) {
    // SAFETY: `l` is live, and the object is in the list of all objects, where it is looked for.
    unsafe {
        let g = (*l).global;
        if (*object).marked & (mark::FINALIZER | mark::FINALIZED) != 0
            || traverse::metafield(g, metatable, Event::Gc).is_nil()
            || (*g).stopped & stopped::CLOSING != 0
        {
            return;
        }
        register(g, object);
    }
}

/// Moves an object from `all_objects` to the front of `with_finalizer`.
unsafe fn register(g: *mut Global, object: *mut GcHeader) {
    // SAFETY: the object is in `all_objects`, because it has no finalizer yet and fixed ones get no metatable.
    unsafe {
        if colour::is_sweeping(g) {
            // The sweep of the other list may have passed already, and it may stand at this object's link.
            colour::make_white(g, object);
            if (*g).sweep_at == &raw mut (*object).next {
                (*g).sweep_at = sweep::to_living(g, (*g).sweep_at);
            }
        } else {
            for boundary in
                [&raw mut (*g).survival, &raw mut (*g).old1, &raw mut (*g).really_old, &raw mut (*g).first_old1]
            {
                if *boundary == object {
                    *boundary = (*object).next;
                }
            }
        }
        let mut link = &raw mut (*g).all_objects;
        while *link != object {
            link = &raw mut (**link).next;
        }
        *link = (*object).next;
        (*object).next = (*g).with_finalizer;
        (*g).with_finalizer = object;
        (*object).marked |= mark::FINALIZER;
    }
}

/// Registers a userdata that has just been created, whatever its metatable will be ([`FINALIZERS_FOUND_LATE`]).
///
/// # Safety
/// `object` is the newest of `all_objects`.
pub unsafe fn register_new(g: *mut Global, object: *mut GcHeader) {
    // SAFETY: the caller's. A closing state gives new objects no finalizer.
    unsafe {
        debug_assert!((*g).all_objects == object);
        if (*g).stopped & stopped::CLOSING == 0 {
            (*g).all_objects = (*object).next;
            (*object).next = (*g).with_finalizer;
            (*g).with_finalizer = object;
        }
        (*object).marked |= mark::FINALIZER;
    }
}

/// Whether a dead userdata needs no finalizer after all ([`FINALIZERS_FOUND_LATE`]).
unsafe fn has_none(g: *mut Global, o: *mut GcHeader) -> bool {
    // SAFETY: only userdata are registered there; their metatables are not freed yet.
    unsafe { traverse::metafield(g, (*o.cast::<Userdata>()).metatable, Event::Gc).is_nil() }
}

/// Moves the unreachable objects (or `all`) of `with_finalizer` to the end of `pending_finalizers`. Really old objects
/// cannot be white and are not looked at.
///
/// # Safety
/// `g` is live; unless `all`, everything reachable is marked.
pub unsafe fn separate(g: *mut Global, all: bool) {
    // SAFETY: the lists hold live objects.
    unsafe {
        let mut end = &raw mut (*g).pending_finalizers;
        while !(*end).is_null() {
            end = &raw mut (**end).next;
        }
        let mut link = &raw mut (*g).with_finalizer;
        let stop = (*g).finalizer_old1;
        while *link != stop {
            let o = *link;
            if !all && !(*o).is_white() {
                link = &raw mut (*o).next;
                continue;
            }
            if o == (*g).finalizer_survival {
                (*g).finalizer_survival = (*o).next;
            }
            *link = (*o).next;
            if FINALIZERS_FOUND_LATE {
                (*o).marked &= !mark::FINALIZER;
                if has_none(g, o) {
                    (*o).next = (*g).all_objects;
                    (*g).all_objects = o;
                    continue;
                }
            }
            (*o).next = null_mut();
            *end = o;
            end = &raw mut (*o).next;
        }
    }
}

/// Takes the first object out of `pending_finalizers`; from now on it is an object like any other.
unsafe fn take_pending(g: *mut Global) -> *mut GcHeader {
    // SAFETY: the list is not empty.
    unsafe {
        let o = (*g).pending_finalizers;
        (*g).pending_finalizers = (*o).next;
        (*o).next = (*g).all_objects;
        (*g).all_objects = o;
        (*o).marked &= !mark::FINALIZER;
        if FINALIZED_ONCE {
            (*o).marked |= mark::FINALIZED;
        }
        if colour::is_sweeping(g) {
            colour::make_white(g, o);
        } else if (*o).age() == age::OLD1 {
            (*g).first_old1 = o;
        }
        o
    }
}

/// Calls the finalizer of the first pending object.
unsafe fn call_one(l: *mut Thread) {
    // SAFETY: `l` is live and has room for a call; the callee puts the object on the stack at once.
    unsafe {
        let g = (*l).global;
        debug_assert!(!(*g).emergency && !(*g).collecting);
        let object = Value::object(take_pending(g));
        if let Some(call) = (*g).call_finalizer {
            let before = (*g).stopped;
            (*g).stopped |= stopped::BY_COLLECTOR;
            call(l, object);
            (*g).stopped = before;
        }
    }
}

/// Calls up to `limit` pending finalizers; returns how many.
///
/// # Safety
/// `l` is live and no part of the collector is at work.
pub unsafe fn call_some(l: *mut Thread, limit: usize) -> usize {
    // SAFETY: `l` is live and no part of the collector is at work, so that finalizers may do what they like.
    unsafe {
        let g = (*l).global;
        let mut count = 0;
        while count < limit && !(*g).pending_finalizers.is_null() {
            call_one(l);
            count += 1;
            if classic::failed(g) {
                break;
            }
        }
        count
    }
}

/// Calls all pending finalizers, also those that become pending meanwhile.
///
/// # Safety
/// As [`call_some`].
pub unsafe fn call_all(l: *mut Thread) {
    // SAFETY: as `call_some`.
    unsafe {
        call_some(l, usize::MAX);
    }
}

/// `lua_close`: calls all finalizers, then frees every object but the main thread. Objects created by these finalizers
/// get none themselves.
///
/// # Safety
/// `l` is the main thread; nothing uses the state's objects afterwards.
pub unsafe fn free_all(l: *mut Thread) {
    // SAFETY: `l` is the main thread, which outlives its state's other objects.
    unsafe {
        let g = (*l).global;
        (*g).stopped = stopped::CLOSING;
        super::set_generational(l, false);
        separate(g, true);
        call_all(l);
        debug_assert!((*g).with_finalizer.is_null());
        (*g).heap.set_emergency(None);
        (*g).collecting = true;
        let main = (*g).main_thread.cast::<GcHeader>();
        sweep::free_list(g, (*g).all_objects, main);
        sweep::free_list(g, (*g).with_finalizer, null_mut());
        sweep::free_list(g, (*g).fixed_objects, null_mut());
        (*g).all_objects = main;
        (*g).with_finalizer = null_mut();
        (*g).fixed_objects = null_mut();
        if !main.is_null() {
            (*main).next = null_mut();
        }
    }
}
