//! Changes of colour, and the states of the cycle that decide what a colour means.
//!
//! The bits are defined in `object::header`; a gray object has none of the three colour bits.

use crate::object::global::Phase;
use crate::object::header::mark;
use crate::object::{GcHeader, Global};

/// Colour and age: what a sweep resets.
pub const CYCLE_BITS: u8 = mark::COLOURS | mark::AGE;

/// The white that new objects do not get: after the atomic phase, the colour of the dead.
///
/// # Safety
/// `g` is live.
#[inline(always)]
pub unsafe fn other_white(g: *const Global) -> u8 {
    // SAFETY: `g` is live.
    unsafe { (*g).current_white ^ mark::WHITES }
}

/// # Safety
/// `g` and `o` are live.
#[inline(always)]
pub unsafe fn make_white(g: *const Global, o: *mut GcHeader) {
    // SAFETY: `g` and `o` are live.
    unsafe { (*o).marked = ((*o).marked & !mark::COLOURS) | (*g).current_white }
}

/// The caller puts the object into a gray list, or keeps it gray by a rule of its own.
///
/// # Safety
/// `o` is live.
#[inline(always)]
pub unsafe fn make_gray(o: *mut GcHeader) {
    // SAFETY: `o` is live.
    unsafe { (*o).marked &= !mark::COLOURS }
}

/// # Safety
/// `o` is live.
#[inline(always)]
pub unsafe fn make_black(o: *mut GcHeader) {
    // SAFETY: `o` is live.
    unsafe { (*o).marked = ((*o).marked & !mark::WHITES) | mark::BLACK }
}

/// Whether the object is of the old generation (always false in incremental mode, except for fixed objects).
///
/// # Safety
/// `o` is live.
#[inline(always)]
pub unsafe fn is_old(o: *const GcHeader) -> bool {
    // SAFETY: `o` is live.
    unsafe { (*o).age() > crate::object::header::age::SURVIVAL }
}

/// No black object may point to a white one now.
///
/// # Safety
/// `g` is live.
#[inline(always)]
pub unsafe fn keeps_invariant(g: *const Global) -> bool {
    // SAFETY: `g` is live.
    unsafe { (*g).phase <= Phase::Atomic }
}

/// Dead objects are being freed: black objects left over from marking mix with white ones.
///
/// # Safety
/// `g` is live.
#[inline(always)]
pub unsafe fn is_sweeping(g: *const Global) -> bool {
    // SAFETY: `g` is live.
    unsafe { (*g).phase >= Phase::SweepObjects && (*g).phase <= Phase::SweepEnd }
}
