//! The round of phases: does one bounded piece of a cycle, a step's worth of pieces, or all of them.

use super::{atomic, classic, colour, finalizer, generational, mark, pace, sweep};
use crate::object::global::{Mode, Phase};
use crate::object::{Global, Thread};
use crate::version::HAS_COLLECTOR_PARAMETERS;
use core::ptr::null_mut;

/// Finalizers called in one piece.
const FINALIZERS_PER_PIECE: usize = 10;
/// What calling one finalizer counts as, in work units.
const FINALIZER_COST: usize = 50;
/// Bytes of allocation that one unit of work (a slot visited, an object swept) pays for: the size of a value.
pub const BYTES_PER_WORK: isize = 16;
/// Bytes that may be allocated before a stopped collector is asked again.
const STOPPED_DEBT: isize = -2000;

/// A set of phases.
#[derive(Clone, Copy)]
pub struct Phases(u16);

impl Phases {
    pub const fn of(phase: Phase) -> Phases {
        Phases(1 << phase as u16)
    }
    pub const fn or(self, phase: Phase) -> Phases {
        Phases(self.0 | 1 << phase as u16)
    }
    const fn contains(self, phase: Phase) -> bool {
        self.0 & 1 << phase as u16 != 0
    }
}

/// Does one piece of the cycle, when marking not much more than `enough`; returns the work done. Runs finalizers in the last
/// phase.
unsafe fn piece(l: *mut Thread, enough: usize) -> usize {
    // SAFETY: `l` is live and no part of the collector is at work.
    unsafe {
        let g = (*l).global;
        debug_assert!(!(*g).collecting);
        (*g).collecting = true;
        let work = match (*g).phase {
            Phase::Pause => {
                mark::roots(g);
                (*g).phase = Phase::Propagate;
                1
            }
            Phase::Propagate => {
                if (*g).gray.is_null() {
                    (*g).phase = Phase::EnterAtomic;
                    0
                } else {
                    mark::propagate(g, enough)
                }
            }
            Phase::EnterAtomic | Phase::Atomic => {
                let work = atomic::run(l);
                if !generational::ends_major(l) {
                    sweep::enter(g);
                }
                work
            }
            Phase::SweepObjects => sweep::piece(g, Phase::SweepFinalizers, &raw mut (*g).with_finalizer),
            Phase::SweepFinalizers => sweep::piece(g, Phase::SweepPending, &raw mut (*g).pending_finalizers),
            Phase::SweepPending => sweep::piece(g, Phase::SweepEnd, null_mut()),
            Phase::SweepEnd => {
                sweep::check_sizes(g);
                (*g).phase = Phase::CallFinalizers;
                0
            }
            Phase::CallFinalizers => {
                if !(*g).emergency && !(*g).pending_finalizers.is_null() {
                    (*g).collecting = false;
                    finalizer::call_some(l, FINALIZERS_PER_PIECE) * FINALIZER_COST
                } else {
                    (*g).phase = Phase::Pause;
                    0
                }
            }
        };
        (*g).collecting = false;
        work
    }
}

/// Goes on until the cycle is in one of `phases`.
///
/// # Safety
/// `l` is live and no part of the collector is at work.
pub unsafe fn run_until(l: *mut Thread, phases: Phases) {
    // SAFETY: `l` is live and no part of the collector is at work, as `piece` wants.
    unsafe {
        while !phases.contains((*(*l).global).phase) && !classic::failed((*l).global) {
            piece(l, usize::MAX);
        }
    }
}

/// A cycle ends in the pause before the next one or, as a major collection, with young ones to follow.
unsafe fn is_over(g: *const Global) -> bool {
    // SAFETY: `g` is live.
    unsafe { (*g).phase == Phase::Pause || (*g).mode == Mode::Minor }
}

/// Does as many units of work, or finishes the cycle.
///
/// # Safety
/// As [`step`].
pub unsafe fn work(l: *mut Thread, units: usize) {
    // SAFETY: as `step`.
    unsafe {
        let mut left = units;
        while left > 0 {
            left = left.saturating_sub(piece(l, left));
            if is_over((*l).global) || classic::failed((*l).global) {
                break;
            }
        }
    }
}

/// Does the work that is due.
///
/// # Safety
/// `l` is live, with everything alive below its `top`. May run finalizers and move the stack.
#[cold]
#[inline(never)]
pub unsafe fn step(l: *mut Thread) {
    // SAFETY: `l` is live, and nothing that is used later hides above its `top`. A collector at work counts as stopped.
    unsafe {
        let g = (*l).global;
        if (*g).stopped != 0 {
            (*g).heap.set_debt(STOPPED_DEBT);
        } else if cfg!(feature = "gc-stress") {
            full(l, false);
        } else if (*g).mode == Mode::Minor {
            generational::step(l);
        } else {
            incremental_step(l, g);
        }
    }
}

/// Works off the debt and a step's size beyond it, or until the cycle ends, and sets when the next step is due.
unsafe fn incremental_step(l: *mut Thread, g: *mut Global) {
    // SAFETY: as `step`.
    unsafe {
        if HAS_COLLECTOR_PARAMETERS {
            return step_of_bytes(l, g);
        }
        let multiplier = pace::shown((*g).step_multiplier) as isize | 1;
        let mut debt = ((*g).heap.debt / BYTES_PER_WORK).saturating_mul(multiplier);
        let size = pace::step_size(g, multiplier);
        loop {
            let enough = debt.saturating_add(size).max(1) as usize;
            debt = debt.saturating_sub_unsigned(piece(l, enough));
            if debt <= -size || is_over(g) || classic::failed(g) {
                break;
            }
        }
        if (*g).mode == Mode::Minor {
            return;
        }
        if (*g).phase == Phase::Pause {
            pace::set_pause(g);
        } else {
            (*g).heap.set_debt((debt / multiplier).saturating_mul(BYTES_PER_WORK));
        }
    }
}

/// The step of 5.5: a fixed amount of work, or up to the end of the marking or of the cycle. No limit means a whole cycle.
unsafe fn step_of_bytes(l: *mut Thread, g: *mut Global) {
    // SAFETY: as `step`.
    unsafe {
        let mut work = pace::step_of_bytes(g);
        let fast = work == 0;
        loop {
            let marking = (*g).phase < Phase::SweepObjects;
            work = work.saturating_sub_unsigned(piece(l, if fast { usize::MAX } else { work.max(1) as usize }));
            let marked = marking && (*g).phase == Phase::SweepObjects;
            if is_over(g) || marked && !fast || !fast && work <= 0 {
                break;
            }
        }
        if (*g).mode == Mode::Minor {
            return;
        }
        if (*g).phase == Phase::Pause {
            pace::set_pause(g);
        } else {
            pace::set_step_debt(g);
        }
    }
}

/// A full collection; `emergency`: an allocation failed, so no finalizers and no shrinking of what is in use.
///
/// # Safety
/// As [`step`]; in an emergency, see the rules in [`super`].
pub unsafe fn full(l: *mut Thread, emergency: bool) {
    // SAFETY: as `step`; an emergency comes when nothing else is under way.
    unsafe {
        let g = (*l).global;
        debug_assert!(!(*g).emergency && !(*g).collecting);
        (*g).emergency = emergency;
        match (*g).mode {
            Mode::Incremental => full_incremental(l),
            Mode::Minor => generational::full(l),
            Mode::Major => {
                (*g).mode = Mode::Incremental;
                full_incremental(l);
                (*g).mode = Mode::Major;
            }
        }
        (*g).emergency = false;
    }
}

unsafe fn full_incremental(l: *mut Thread) {
    // SAFETY: as `full`.
    unsafe {
        let g = (*l).global;
        if colour::keeps_invariant(g) {
            // Some objects may be black: a sweep makes them white again. As the whites were not exchanged, it frees none.
            sweep::enter(g);
        }
        run_until(l, Phases::of(Phase::Pause));
        if classic::failed(g) {
            // A finalizer of the cycle before has: that cycle is not over, and no other has begun.
            return;
        }
        run_until(l, Phases::of(Phase::Propagate));
        (*g).phase = Phase::EnterAtomic;
        run_until(l, Phases::of(Phase::CallFinalizers));
        run_until(l, Phases::of(Phase::Pause));
        pace::set_pause(g);
    }
}
