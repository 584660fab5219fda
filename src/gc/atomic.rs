//! The atomic phase: ends the marking, in one go.
//!
//! When it is over every object that a program can still reach is marked, objects to be finalized are marked and in
//! their list, weak tables hold no dead entry, and the whites are exchanged. Only the colours of the dead and the
//! lists that the sweep needs are left.

use super::{colour, finalizer, mark, traverse, weak};
use crate::object::global::Phase;
use crate::object::{GcHeader, Global, Str, Thread, string};
use crate::version::{FINALIZERS_FOUND_LATE, HAS_EXTERNAL_STRINGS};
use core::ptr::null_mut;

/// Does the whole phase on behalf of the running thread `l`; returns the work done, in slots visited.
///
/// # Safety
/// The phase was `Propagate` or `EnterAtomic`, `l` is live, and `g.collecting` is set.
pub unsafe fn run(l: *mut Thread) -> usize {
    // SAFETY: `l` is live and its collector between two pieces of work; the lists hold live objects.
    unsafe {
        let g = (*l).global;
        debug_assert!((*g).collecting);
        debug_assert!((*g).ephemerons.is_null() && (*g).weak_values.is_null());
        let gray_again = (*g).gray_again;
        (*g).gray_again = null_mut();
        (*g).phase = Phase::Atomic;
        mark_running(l);
        mark::shared_roots(g);
        let mut work = mark::propagate_all(g);
        work += traverse::remark_upvalues(g);
        work += mark::propagate_all(g);
        (*g).gray = gray_again;
        work += mark::propagate_all(g);
        weak::converge_ephemerons(g);

        // All that is reachable is marked. What is to be finalized leaves weak values now (in 5.1: userdata do, at the end).
        let (mut weak_seen, mut all_weak_seen) = (null_mut(), null_mut());
        if !FINALIZERS_FOUND_LATE {
            weak::clear_by_values(g, (*g).weak_values, null_mut());
            weak::clear_by_values(g, (*g).all_weak, null_mut());
            (weak_seen, all_weak_seen) = ((*g).weak_values, (*g).all_weak);
        }
        finalizer::separate(g, false);
        work += mark::pending_finalizers(g);
        work += mark::propagate_all(g);
        weak::converge_ephemerons(g);

        // All that is resurrected is marked as well.
        weak::clear_by_keys(g, (*g).ephemerons);
        weak::clear_by_keys(g, (*g).all_weak);
        weak::clear_by_values(g, (*g).weak_values, weak_seen);
        weak::clear_by_values(g, (*g).all_weak, all_weak_seen);
        if HAS_EXTERNAL_STRINGS {
            mark_held_strings(g);
        }
        string::clear_cstring_cache(g);
        (*g).current_white = colour::other_white(g);
        debug_assert!((*g).gray.is_null());
        work
    }
}

/// The running thread, and those that wait for it in the same dispatch, are in use even if no value says so.
unsafe fn mark_running(l: *mut Thread) {
    // SAFETY: threads that wait for another to return are live.
    unsafe {
        let g = (*l).global;
        mark::object(g, l.cast());
        let mut th = (*g).running;
        while !th.is_null() {
            mark::object(g, th.cast());
            th = (*th).resumer;
        }
    }
}

/// Marks the external strings whose short copies are marked, and lets the others go. All other live objects are marked.
unsafe fn mark_held_strings(g: *mut Global) {
    // SAFETY: the strings in the list have not been freed, nor have their copies.
    unsafe {
        let mut link = &raw mut (*g).held_strings;
        while !(*link).is_null() {
            let string = *link;
            let external = Str::external(string);
            if (*(*external).copy.cast::<GcHeader>()).is_white() {
                *link = (*external).next;
            } else {
                mark::object(g, string.cast());
                link = &raw mut (*external).next;
            }
        }
    }
}
