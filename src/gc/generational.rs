//! The generational mode.
//!
//! Most objects die young, so most collections look only at the young: a *young collection* marks from the old
//! objects that were touched since the last one and sweeps the new objects and the survivors of one
//! collection. An object that survives two is old. A *major* collection looks at everything.
//!
//! # Ages
//!
//! `all_objects` is ordered by age: new ones, then from `survival` on those that survived once, from `old1` on those old for
//! one cycle, from `really_old` on the others. `with_finalizer` is ordered likewise. What an `OLD1` object points to is at
//! least as old from the next collection on. Objects that a forward barrier made old (`OLD0`) or that come back from a
//! finalizer may stand earlier; `first_old1` says where to begin looking for `OLD1` objects.
//!
//! An old object into which a younger one was stored is `TOUCHED1` and in `gray_again`; after the collection it is `TOUCHED2`,
//! black and still in `gray_again`, and if it is not touched again, the next collection makes it old. Old threads stay
//! in `gray_again` for ever.
//!
//! # Major collections
//!
//! Garbage among the old objects is not found. When so much has become old ([`pace::major_is_due`]) that major collections are
//! due, the collector goes over to incremental cycles ([`Mode::Major`]), without a long pause. The atomic phase of each
//! of them tells how much garbage there is: if the program goes on to build up what stays, cycles are the better way; if
//! not, all that is alive becomes old and young collections follow again.

use super::cycle::{self, Phases};
use super::{atomic, colour, finalizer, mark, measure, pace, sweep};
use crate::object::global::{Mode, Phase};
use crate::object::header::age::{self, *};
use crate::object::{GcHeader, Global, Thread, UpVal, tag};
use crate::version::FINALIZER_ERRORS_PROPAGATE;
use core::ptr::null_mut;

/// The age of a survivor of a young collection. Touched objects age in [`correct_gray_list`].
const NEXT_AGE: [u8; 8] = [SURVIVAL, OLD1, OLD1, OLD, OLD, TOUCHED1, TOUCHED2, OLD];

/// The declared mode is generational, whatever kind of collections is under way.
///
/// # Safety
/// `g` is live.
pub unsafe fn is_declared(g: *const Global) -> bool {
    // SAFETY: `g` is live.
    unsafe { (*g).mode != Mode::Incremental }
}

/// A step in [`Mode::Minor`]: a young collection, after which major ones may begin.
///
/// # Safety
/// `l` is live; no part of the collector is at work.
pub unsafe fn step(l: *mut Thread) {
    // SAFETY: `l` is live and no part of the collector is at work, as `young_collection` wants.
    unsafe {
        let g = (*l).global;
        young_collection(l);
        if (*g).mode == Mode::Minor {
            pace::set_minor_debt(g);
        }
    }
}

/// A full collection in [`Mode::Minor`].
///
/// # Safety
/// As [`step`].
pub unsafe fn full(l: *mut Thread) {
    // SAFETY: as `step`; the mode is incremental between the two.
    unsafe {
        leave((*l).global, Mode::Incremental);
        enter(l);
    }
}

/// Goes over to [`Mode::Minor`]: finishes the cycle under way and does a whole one, whose survivors are all old.
///
/// # Safety
/// `l` is live; the mode is incremental and no part of the collector is at work.
pub unsafe fn enter(l: *mut Thread) {
    // SAFETY: `l` is live and no part of the collector is at work until `collecting` says so, for the atomic phase.
    unsafe {
        let g = (*l).global;
        if FINALIZER_ERRORS_PROPAGATE {
            // A finalizer's error would leave nothing marked for what follows: they stay pending.
            cycle::run_until(l, Phases::of(Phase::Pause).or(Phase::CallFinalizers));
            (*g).phase = Phase::Pause;
        } else {
            cycle::run_until(l, Phases::of(Phase::Pause));
        }
        cycle::run_until(l, Phases::of(Phase::Propagate));
        (*g).collecting = true;
        atomic::run(l);
        settle(l);
    }
}

/// Goes from [`Mode::Minor`] over to cycles: a sweep, which frees nothing, takes colour and age off the objects piece by piece.
///
/// # Safety
/// As [`step`].
pub unsafe fn leave(g: *mut Global, mode: Mode) {
    // SAFETY: the lists hold live objects.
    unsafe {
        forget_ages(g);
        (*g).mode = mode;
        sweep::enter(g);
    }
}

/// No age begins anywhere in the lists.
///
/// # Safety
/// `g` is live.
pub unsafe fn forget_ages(g: *mut Global) {
    // SAFETY: `g` is live.
    unsafe {
        (*g).survival = null_mut();
        (*g).old1 = null_mut();
        (*g).really_old = null_mut();
        (*g).first_old1 = null_mut();
        (*g).finalizer_survival = null_mut();
        (*g).finalizer_old1 = null_mut();
        (*g).finalizer_really_old = null_mut();
    }
}

/// After the atomic phase of a major collection: when most of what was allocated since the one before is garbage, the
/// program's objects die young again, and young collections will do. Otherwise the cycle goes on. Returns whether it does not.
///
/// # Safety
/// `l` is live, the atomic phase is over, and `collecting` is set.
pub unsafe fn ends_major(l: *mut Thread) -> bool {
    // SAFETY: the atomic phase is over, so that all white objects are dead.
    unsafe {
        let g = (*l).global;
        if (*g).mode == Mode::Major && pace::has_enough_garbage(g) {
            settle(l);
            return true;
        }
        (*g).major_base = (*g).marked;
        false
    }
}

/// After an atomic phase: frees the dead, makes the living old, and is in [`Mode::Minor`] then.
unsafe fn settle(l: *mut Thread) {
    // SAFETY: `l` is live.
    unsafe {
        let g = (*l).global;
        debug_assert!((*g).collecting);
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
        (*g).mode = Mode::Minor;
        (*g).major_base = (*g).marked;
        (*g).marked = 0;
        pace::set_minor_debt(g);
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
        let old = (*g).marked;
        if !(*g).first_old1.is_null() {
            mark_old1(g, (*g).first_old1, (*g).really_old);
            (*g).first_old1 = null_mut();
        }
        mark_old1(g, (*g).with_finalizer, (*g).finalizer_really_old);
        mark_old1(g, (*g).pending_finalizers, null_mut());
        atomic::run(l);

        // The marking has counted the young; from now on what becomes old is counted.
        (*g).marked = old;
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
        match pace::major_is_due(g) {
            Some(base) => begin_major(g, base),
            None => finish(l),
        }
    }
}

/// Goes from a young collection over to major ones. The first of them begins as soon as the objects are white.
unsafe fn begin_major(g: *mut Global, base: usize) {
    // SAFETY: `g` is live.
    unsafe {
        (*g).major_base = base;
        leave(g, Mode::Major);
        (*g).marked = 0;
        (*g).collecting = false;
        pace::set_step_debt(g);
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
                    if age == OLD1 {
                        (*g).marked = (*g).marked.wrapping_add(measure::bytes(g, o));
                        if first_old1.is_null() {
                            *first_old1 = o;
                        }
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
