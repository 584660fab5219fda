//! Looking ahead while marking.
//!
//! Marking a large heap is a matter of waiting for memory: every reference leads to an object header that is in no
//! cache. So an object that is found is not looked at immediately: its header is requested, it waits in a short
//! queue, and an object found a little earlier, whose header has arrived by now, is marked instead. Nothing waits
//! in a window outside `mark::propagate`.

use super::mark;
use crate::object::{GcHeader, Global, Value};
use core::ptr::null_mut;

/// Objects that wait; few enough to be still in the cache when their turn comes.
const SIZE: usize = 8;

/// A queue of objects that have been found and will be marked soon.
pub struct Window {
    /// A ring; null where nothing waits.
    waiting: [*mut GcHeader; SIZE],
    at: usize,
}

impl Window {
    pub const fn new() -> Window {
        Window { waiting: [null_mut(); SIZE], at: 0 }
    }

    /// Marks `o`, soon.
    ///
    /// # Safety
    /// `o` is live.
    #[inline(always)]
    pub unsafe fn object(&mut self, g: *mut Global, o: *mut GcHeader) {
        prefetch(o);
        let before = core::mem::replace(&mut self.waiting[self.at % SIZE], o);
        self.at = self.at.wrapping_add(1);
        // SAFETY: what waits is live.
        unsafe { mark::optional(g, before) }
    }

    /// Marks the object that a value points to, if it does, soon.
    ///
    /// # Safety
    /// `v` is not stale.
    #[inline(always)]
    pub unsafe fn value(&mut self, g: *mut Global, v: Value) {
        // SAFETY: the value is not stale, so its object is alive.
        unsafe {
            if v.is_collectable() {
                self.object(g, v.as_object());
            }
        }
    }

    /// Marks what waits.
    ///
    /// # Safety
    /// `g` is live.
    pub unsafe fn flush(&mut self, g: *mut Global) {
        for o in &mut self.waiting {
            // SAFETY: what waits is live.
            unsafe { mark::optional(g, core::mem::replace(o, null_mut())) }
        }
    }
}

/// Asks for the cache line at `p`, which may be any address.
#[inline(always)]
pub fn prefetch<T>(p: *const T) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: a hint; it accesses nothing.
    unsafe {
        core::arch::x86_64::_mm_prefetch::<{ core::arch::x86_64::_MM_HINT_T0 }>(p.cast());
    }
    #[cfg(all(target_arch = "aarch64", not(miri)))]
    // SAFETY: a hint; it accesses nothing.
    unsafe {
        core::arch::asm!("prfm pldl1keep, [{p}]", p = in(reg) p, options(nostack, readonly, preserves_flags));
    }
    let _ = p;
}
