//! The collector: incremental and generational tri-colour mark and sweep.
//!
//! # Colours
//!
//! A *white* object has not been reached in this cycle, a *gray* one has been reached but not looked through, a
//! *black* one has been looked through. While the collector marks, no black object points to a white one; stores
//! keep that true by the barriers below, which either mark the stored object (*forward*, for objects that are
//! rarely written) or make the written object gray again (*back*, for tables and user values). Threads have no
//! barrier: a thread that was looked through stays gray and is visited again in the atomic phase. An open upvalue
//! stays gray as well, since its value is a slot of a stack.
//!
//! There are two whites. The atomic phase ends by exchanging them, so that what the sweep finds in the old white
//! is dead, and what is created meanwhile is not.
//!
//! Gray objects hang in one of five lists, linked by their `gray_next`: `gray` (to be traversed), `gray_again` (to be
//! traversed in the atomic phase), and the three kinds of weak tables. A list says something only while the
//! collector marks, except for `gray_again` in generational mode, which lasts from one collection to the next.
//!
//! # A cycle
//!
//! [`Phase`] goes round: `Pause` – mark the roots – `Propagate` – `EnterAtomic`: everything
//! that must not be interrupted ([`atomic`]) – three sweeps of lists ([`sweep`]) – `SweepEnd` – `CallFinalizers`.
//! [`cycle`] does one bounded piece of it at a time, [`pace`] says how much of it is due, in bytes of
//! allocation. A [`generational`] collection does without phases: it marks and sweeps the young in one go.
//!
//! # Finalizers
//!
//! An object that gets a metatable with `__gc` moves from `all_objects` to `with_finalizer`; when it is found
//! unreachable, to `pending_finalizers`, and is marked once more (*resurrected*) for its finalizer, before which it returns
//! to `all_objects` ([`finalizer`]).
//!
//! # Rules for the rest of the library
//!
//! - Call [`check`] after creating objects, where everything alive is on a stack below `top`. It may move the stack
//!   and run finalizers.
//! - Any allocation may collect in an emergency: nothing moves and no finalizer runs, but what is not reachable is gone,
//!   and slots from `top` upwards become nil.
//! - No thread but the main one lives outside the reach of others: the running coroutine is a root too.

mod atomic;
mod barrier;
pub mod classic;
mod colour;
mod control;
mod cycle;
mod finalizer;
mod generational;
mod mark;
mod measure;
mod pace;
mod parameters;
mod sweep;
// The tests hold objects that only they know.
#[cfg(all(test, not(feature = "gc-stress-emergency")))]
mod tests;
mod traverse;
mod weak;
mod window;

pub use barrier::{barrier_back_slow, barrier_forward};
pub use control::{control, option, set_generational};
pub use cycle::full;
pub use finalizer::{check_finalizer, free_all, register_new};
pub use window::prefetch;

use crate::memory::Heap;
use crate::object::global::{Mode, Phase};
use crate::object::header::{age, mark as bits};
use crate::object::{Fallible, GcHeader, Global, Thread, Value};
use crate::version::FINALIZER_ERRORS_PROPAGATE;
use core::ptr::null_mut;

/// Reasons why the collector does not run (`Global::stopped`).
pub mod stopped {
    /// `collectgarbage("stop")`
    pub const BY_USER: u8 = 1;
    /// The collector itself is working (a finalizer must not start a cycle), or the state is being built.
    pub const BY_COLLECTOR: u8 = 2;
    /// The state is being closed: no object gets a finalizer any more.
    pub const CLOSING: u8 = 4;
}

/// Sets the collector's initial parameters and lists in a fresh state, whose only object is the main thread (still
/// in no list). The collector is stopped: whoever completes the state sets `stopped` to 0 and `complete`.
///
/// # Safety
/// `g` is live; `g.main_thread` is null or points to a thread whose fields the collector looks at are valid.
pub unsafe fn init(g: *mut Global) {
    // SAFETY: plain fields of a live block.
    unsafe {
        (*g).current_white = bits::WHITE0;
        (*g).phase = Phase::Pause;
        (*g).stopped = stopped::BY_COLLECTOR;
        (*g).collecting = false;
        (*g).emergency = false;
        (*g).mode = Mode::Incremental;
        (*g).marked = 0;
        (*g).major_base = 0;
        pace::set_defaults(g);
        (*g).classic = classic::NEW;
        (*g).sweep_at = null_mut();
        (*g).with_finalizer = null_mut();
        (*g).pending_finalizers = null_mut();
        (*g).fixed_objects = null_mut();
        generational::forget_ages(g);
        (*g).threads_with_upvalues = null_mut();
        mark::clear_gray_lists(g);
        let main = (*g).main_thread.cast::<GcHeader>();
        (*g).all_objects = main;
        if !main.is_null() {
            (*main).next = null_mut();
            (*main).marked = (*g).current_white;
        }
        (*g).heap.set_emergency(Some(emergency));
    }
}

/// What the heap calls when the host refuses memory.
unsafe fn emergency(heap: *mut Heap) {
    // SAFETY: every heap is the first field of a live `Global`.
    unsafe {
        let g = heap.cast::<Global>();
        if (*g).complete && !(*g).collecting && !(*g).emergency {
            let running = (*g).running;
            full(if running.is_null() { (*g).main_thread } else { running }, true);
        }
    }
}

/// Whether a step is due (with the feature `gc-stress`: always).
///
/// # Safety
/// `g` is live.
#[inline(always)]
pub unsafe fn is_due(g: *const Global) -> bool {
    // SAFETY: `g` is live.
    unsafe { cfg!(feature = "gc-stress") || (*g).heap.debt > 0 }
}

/// Runs a step when one is due. Call after creating objects, with everything live below `top`. Fails as [`step`] does.
#[inline(always)]
pub unsafe fn check(l: *mut Thread) -> Fallible<()> {
    // SAFETY: `l` is live.
    unsafe { if is_due((*l).global) { step(l) } else { Ok(()) } }
}

/// A step of the collector. Before 5.4, it passes on the error of a finalizer.
///
/// # Safety
/// As [`cycle::step`].
#[inline(always)]
pub unsafe fn step(l: *mut Thread) -> Fallible<()> {
    // SAFETY: as `cycle::step`.
    unsafe {
        if FINALIZER_ERRORS_PROPAGATE {
            return classic::step_passing_errors(l);
        }
        cycle::step(l);
        Ok(())
    }
}

/// Call after storing `value` in `object` (anything but a table, a thread or an upvalue).
#[inline(always)]
pub unsafe fn barrier(g: *mut Global, object: *mut GcHeader, value: Value) {
    // SAFETY: both are live.
    unsafe {
        if value.is_collectable() && (*object).is_black() && (*value.as_object()).is_white() {
            barrier_forward(g, object, value.as_object());
        }
    }
}

/// Call after storing a pointer to `target` in `object`.
#[inline(always)]
pub unsafe fn barrier_object(g: *mut Global, object: *mut GcHeader, target: *mut GcHeader) {
    // SAFETY: both are live.
    unsafe {
        if (*object).is_black() && (*target).is_white() {
            barrier_forward(g, object, target);
        }
    }
}

/// Call after storing `value` in the table `object` (or user value of a userdata).
#[inline(always)]
pub unsafe fn barrier_back(g: *mut Global, object: *mut GcHeader, value: Value) {
    // SAFETY: both are live.
    unsafe {
        if value.is_collectable() && (*object).is_black() && (*value.as_object()).is_white() {
            barrier_back_slow(g, object);
        }
    }
}

/// Keeps an object that is never collected (reserved words, the memory message): takes it out of the list it
/// was just put into. Nothing happens for an object that is fixed already.
///
/// # Safety
/// `object` is live and points to no object that is not fixed.
pub unsafe fn fix(g: *mut Global, object: *mut GcHeader) {
    // SAFETY: the lists hold live objects.
    unsafe {
        let mut link = &raw mut (*g).all_objects;
        while !(*link).is_null() && *link != object {
            link = &raw mut (**link).next;
        }
        if (*link).is_null() {
            return;
        }
        *link = (*object).next;
        (*object).next = (*g).fixed_objects;
        (*g).fixed_objects = object;
        // Gray for ever: never marked, never swept, and no barrier ever sees it.
        colour::make_gray(object);
        (*object).set_age(age::OLD);
    }
}
