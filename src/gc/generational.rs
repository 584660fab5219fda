//! The generational mode.
//!
//! Most objects die young, so most collections look only at the young: a *young collection* marks from the old
//! objects that were touched since the last one and sweeps the new objects and the survivors of one
//! collection. An object that survives two is old. A *major* collection looks at everything; it is due
//! when memory has grown by `major_multiplier` percent since the last one.
//!
//! # Ages
//!
//! `all_objects` is ordered by age: new ones, then from `survival` on those that survived once, from `old1` on
//! those old for one cycle, from `really_old` on the others. `with_finalizer` is ordered likewise. What an `OLD1` object points to
//! is at least as old from the next collection on. Objects that a forward barrier made old (`OLD0`) or that come back
//! from a finalizer may stand earlier; `first_old1` says where to begin looking for `OLD1` objects.
//!
//! An old object into which a younger one was stored is `TOUCHED1` and in `gray_again`; after the collection it is `TOUCHED2`,
//! black and still in `gray_again`, and if it is not touched again, the next collection makes it old. Old threads stay
//! in `gray_again` for ever.
//!
//! # Bad collections
//!
//! When a program builds a large structure, major collections free little and follow each other. After such a *bad*
//! collection (`last_atomic` holds its work then) the collector works with whole incremental-mode cycles, done at once,
//! until one of them shows that the program has changed: it traversed less than 9/8 of what the one before did.

use super::cycle::{self, Phases};
use super::{atomic, colour, finalizer, mark, pace, sweep};
use crate::object::global::Phase;
use crate::object::header::age::{self, *};
use crate::object::{GcHeader, Global, Thread, UpVal, tag};
use core::ptr::null_mut;

/// The age of a survivor of a young collection. Touched objects age in [`correct_gray_list`].
const NEXT_AGE: [u8; 8] = [SURVIVAL, OLD1, OLD1, OLD, OLD, TOUCHED1, TOUCHED2, OLD];

/// The declared mode is generational, though the collector may be working incrementally after a bad collection.
///
/// # Safety
/// `g` is live.
pub unsafe fn is_declared(g: *const Global) -> bool {
    // SAFETY: the caller's.
    unsafe { (*g).generational || (*g).last_atomic != 0 }
}

/// A step in generational mode: usually a young collection. A debt that is not positive means that the program
/// asked for a step of size zero, which is never a major collection.
///
/// # Safety
/// `l` is live; the mode is generational and no part of the collector is at work.
pub unsafe fn step(l: *mut Thread) {
    // SAFETY: the caller's.
    unsafe {
        let g = (*l).global;
        if (*g).last_atomic != 0 {
            return step_after_bad(l);
        }
        let base = (*g).estimate;
        let growth = pace::major_growth(g, base);
        if (*g).heap.debt > 0 && (*g).heap.total() > base.wrapping_add(growth) {
            let work = full(l);
            if (*g).heap.total() >= base.wrapping_add(growth / 2) {
                (*g).last_atomic = work;
                pace::set_pause(g);
            }
        } else {
            young_collection(l);
            pace::set_minor_debt(g);
            (*g).estimate = base;
        }
    }
}

/// A full collection in generational mode; returns the work of its atomic phase.
///
/// # Safety
/// As [`step`].
pub unsafe fn full(l: *mut Thread) -> usize {
    // SAFETY: the caller's.
    unsafe {
        leave((*l).global);
        enter(l)
    }
}

/// Goes over to generational mode: finishes the cycle under way and does a whole one, whose survivors are all old. Returns the
/// work of the atomic phase.
///
/// # Safety
/// `l` is live; the mode is incremental and no part of the collector is at work.
pub unsafe fn enter(l: *mut Thread) -> usize {
    // SAFETY: the caller's.
    unsafe {
        cycle::run_until(l, Phases::of(Phase::Pause));
        cycle::run_until(l, Phases::of(Phase::Propagate));
        let work = atomic_now(l);
        make_all_old(l);
        pace::set_minor_debt((*l).global);
        work
    }
}

/// Goes over to incremental mode: all objects are white and of no age, the next cycle begins.
///
/// # Safety
/// As [`step`].
pub unsafe fn leave(g: *mut Global) {
    // SAFETY: the lists hold live objects.
    unsafe {
        for list in [(*g).all_objects, (*g).with_finalizer, (*g).pending_finalizers] {
            let mut o = list;
            while !o.is_null() {
                (*o).marked = ((*o).marked & !colour::CYCLE_BITS) | (*g).current_white;
                o = (*o).next;
            }
        }
        (*g).survival = null_mut();
        (*g).old1 = null_mut();
        (*g).really_old = null_mut();
        (*g).first_old1 = null_mut();
        (*g).finalizer_survival = null_mut();
        (*g).finalizer_old1 = null_mut();
        (*g).finalizer_really_old = null_mut();
        (*g).phase = Phase::Pause;
        (*g).generational = false;
        (*g).last_atomic = 0;
    }
}

/// The atomic phase outside the round of phases.
unsafe fn atomic_now(l: *mut Thread) -> usize {
    // SAFETY: the caller's.
    unsafe {
        let g = (*l).global;
        (*g).collecting = true;
        let work = atomic::run(l);
        (*g).collecting = false;
        work
    }
}

/// A step after a bad collection: a whole cycle, after whose marking is decided how to go on. (By the number of
/// objects traversed: how much memory it will free is not known before the sweep.)
unsafe fn step_after_bad(l: *mut Thread) {
    // SAFETY: as `step`.
    unsafe {
        let g = (*l).global;
        let last = (*g).last_atomic;
        if (*g).generational {
            leave(g);
        }
        cycle::run_until(l, Phases::of(Phase::Propagate));
        let work = atomic_now(l);
        if work < last.saturating_add(last >> 3) {
            make_all_old(l);
            pace::set_minor_debt(g);
        } else {
            (*g).estimate = (*g).heap.total();
            sweep::enter(g);
            cycle::run_until(l, Phases::of(Phase::Pause));
            pace::set_pause(g);
            (*g).last_atomic = work;
        }
    }
}

/// After an atomic phase: frees the dead, makes the living old, and is in generational mode then.
unsafe fn make_all_old(l: *mut Thread) {
    // SAFETY: `l` is live.
    unsafe {
        let g = (*l).global;
        (*g).collecting = true;
        mark::clear_gray_lists(g);
        (*g).phase = Phase::SweepObjects;
        sweep_to_old(g, &raw mut (*g).all_objects);
        (*g).survival = (*g).all_objects;
        (*g).old1 = (*g).all_objects;
        (*g).really_old = (*g).all_objects;
        (*g).first_old1 = null_mut();
        sweep_to_old(g, &raw mut (*g).with_finalizer);
        (*g).finalizer_survival = (*g).with_finalizer;
        (*g).finalizer_old1 = (*g).with_finalizer;
        (*g).finalizer_really_old = (*g).with_finalizer;
        sweep_to_old(g, &raw mut (*g).pending_finalizers);
        (*g).generational = true;
        (*g).last_atomic = 0;
        (*g).estimate = (*g).heap.total();
        finish(l);
    }
}

/// Frees the white objects of a list and makes the others old: threads in `gray_again`, open upvalues gray, the others
/// black.
unsafe fn sweep_to_old(g: *mut Global, list: *mut *mut GcHeader) {
    // SAFETY: links lead to live objects.
    unsafe {
        let mut link = list;
        while !(*link).is_null() {
            let o = *link;
            if (*o).is_white() {
                *link = (*o).next;
                sweep::free(g, o);
                continue;
            }
            (*o).set_age(OLD);
            if (*o).tag == tag::THREAD {
                mark::push_gray(&raw mut (*g).gray_again, o);
            } else if (*o).tag == tag::UPVALUE && UpVal::is_open(o.cast()) {
                colour::make_gray(o);
            } else {
                colour::make_black(o);
            }
            link = &raw mut (*o).next;
        }
    }
}

/// A collection of the young objects.
unsafe fn young_collection(l: *mut Thread) {
    // SAFETY: as `step`; the boundaries lead to objects of their lists.
    unsafe {
        let g = (*l).global;
        debug_assert!((*g).phase == Phase::Propagate);
        (*g).collecting = true;
        if !(*g).first_old1.is_null() {
            mark_old1(g, (*g).first_old1, (*g).really_old);
            (*g).first_old1 = null_mut();
        }
        mark_old1(g, (*g).with_finalizer, (*g).finalizer_really_old);
        mark_old1(g, (*g).pending_finalizers, null_mut());
        atomic::run(l);

        (*g).phase = Phase::SweepObjects;
        let mut first_old1 = null_mut();
        let survivors = sweep_young(g, &raw mut (*g).all_objects, (*g).survival, &mut first_old1);
        sweep_young(g, survivors, (*g).old1, &mut first_old1);
        (*g).first_old1 = first_old1;
        (*g).really_old = (*g).old1;
        (*g).old1 = *survivors;
        (*g).survival = (*g).all_objects;

        let mut unused = null_mut();
        let survivors = sweep_young(g, &raw mut (*g).with_finalizer, (*g).finalizer_survival, &mut unused);
        sweep_young(g, survivors, (*g).finalizer_old1, &mut unused);
        (*g).finalizer_really_old = (*g).finalizer_old1;
        (*g).finalizer_old1 = *survivors;
        (*g).finalizer_survival = (*g).with_finalizer;

        sweep_young(g, &raw mut (*g).pending_finalizers, null_mut(), &mut unused);
        finish(l);
    }
}

/// Marks, for a young collection, what black objects between `from` and `until` that became old in the last one
/// point to. (Gray ones are in a list already.) They are really old from now on.
unsafe fn mark_old1(g: *mut Global, from: *mut GcHeader, until: *mut GcHeader) {
    // SAFETY: `until` is in the list or null.
    unsafe {
        let mut o = from;
        while o != until {
            if (*o).age() == OLD1 {
                debug_assert!(!(*o).is_white());
                (*o).set_age(OLD);
                if (*o).is_black() {
                    mark::white_object(g, o);
                }
            }
            o = (*o).next;
        }
    }
}

/// Sweeps from the link at `at` up to the object `until`: frees white objects, lets the others grow older. New
/// ones become white again, the others keep their colour. Notes the first `OLD1` object; returns the last link.
unsafe fn sweep_young(
    g: *mut Global,
    at: *mut *mut GcHeader,
    until: *mut GcHeader,
    first_old1: &mut *mut GcHeader,
) -> *mut *mut GcHeader {
    // SAFETY: `until` is in the list or null.
    unsafe {
        let white = (*g).current_white;
        let mut link = at;
        let mut o = *link;
        while o != until {
            let marked = (*o).marked;
            let next = (*o).next;
            if (*o).is_white() {
                debug_assert!(!colour::is_old(o) && (*o).is_dead(white));
                *link = next;
                sweep::free(g, o);
            } else {
                if (*o).age() == NEW {
                    (*o).marked = (marked & !colour::CYCLE_BITS) | SURVIVAL | white;
                } else {
                    let age = NEXT_AGE[(*o).age() as usize];
                    (*o).set_age(age);
                    if age == OLD1 && first_old1.is_null() {
                        *first_old1 = o;
                    }
                }
                link = &raw mut (*o).next;
            }
            o = next;
        }
        link
    }
}

/// The end of every generational collection. It does not go back to the phase `Pause`: the next collection needs no
/// marking of roots but what the atomic phase does.
unsafe fn finish(l: *mut Thread) {
    // SAFETY: `l` is live.
    unsafe {
        let g = (*l).global;
        correct_gray_lists(g);
        sweep::check_sizes(g);
        (*g).phase = Phase::Propagate;
        (*g).collecting = false;
        if !(*g).emergency {
            finalizer::call_all(l);
        }
    }
}

/// Unites all gray lists in `gray_again`, with what the next collection has to see.
unsafe fn correct_gray_lists(g: *mut Global) {
    // SAFETY: the lists hold live objects: an object that is freed is white, and no white object was in a list when the
    // marking ended.
    unsafe {
        let mut end = correct_gray_list(&raw mut (*g).gray_again);
        for list in [&raw mut (*g).weak_values, &raw mut (*g).all_weak, &raw mut (*g).ephemerons] {
            *end = *list;
            *list = null_mut();
            end = correct_gray_list(end);
        }
    }
}

/// Keeps the touched objects, which grow older by one step, and the threads; takes out the others, which become
/// black if they are old. Returns the last link.
unsafe fn correct_gray_list(list: *mut *mut GcHeader) -> *mut *mut GcHeader {
    // SAFETY: links lead to live objects that have a gray link.
    unsafe {
        let mut link = list;
        while !(*link).is_null() {
            let o = *link;
            let next = mark::gray_link(o);
            let keep = if (*o).is_white() {
                // A young object that the sweep has whitened.
                false
            } else if (*o).age() == TOUCHED1 {
                colour::make_black(o);
                (*o).set_age(TOUCHED2);
                true
            } else if (*o).tag == tag::THREAD {
                true
            } else {
                debug_assert!(colour::is_old(o));
                if (*o).age() == age::TOUCHED2 {
                    (*o).set_age(OLD);
                }
                colour::make_black(o);
                false
            };
            if keep {
                link = next;
            } else {
                *link = *next;
            }
        }
        link
    }
}
