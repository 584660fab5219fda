//! The slow halves of the write barriers.
//!
//! They run only when a black object has been made to point to a white one, which a program does far less often
//! than it stores.

use super::colour;
use super::mark;
use crate::object::global::Mode;
use crate::object::header::{self, age};
use crate::object::{GcHeader, Global};

/// Marks `target`, to which the black `object` points now. An old object makes its target old, in two cycles:
/// what the target points to must get old before it does.
///
/// During a sweep nothing needs marking; the object is whitened ahead of the sweep to save further calls. (A
/// generational sweep takes every white object for dead, but no program runs during it.)
///
/// # Safety
/// Both are live and not dead.
#[cold]
#[inline(never)]
pub unsafe fn barrier_forward(g: *mut Global, object: *mut GcHeader, target: *mut GcHeader) {
    // SAFETY: both are live and not dead, so marking them is right in any phase.
    unsafe {
        debug_assert!(!(*target).is_dead((*g).current_white) && !(*object).is_dead((*g).current_white));
        if colour::keeps_invariant(g) {
            mark::white_object(g, target);
            if colour::is_old(object) {
                (*target).set_age(age::OLD0);
            }
        } else if (*g).mode != Mode::Minor {
            colour::make_white(g, object);
        }
    }
}

/// Puts a black `object` back among the gray, to be looked through again in the atomic phase. An old object is noted as
/// touched; one touched in the cycle before is still in the list.
///
/// # Safety
/// `object` is live, not dead, black, and of a type that has a gray link.
#[cold]
#[inline(never)]
pub unsafe fn barrier_back_slow(g: *mut Global, object: *mut GcHeader) {
    // SAFETY: `object` is live and of a type with a gray link.
    unsafe {
        debug_assert!((*object).is_black() && !(*object).is_dead((*g).current_white));
        header::gray_again(g, object, mark::gray_link(object));
    }
}
