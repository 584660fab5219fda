//! When the collector works: from its parameters (manual §2.5) to bytes.
//!
//! The heap counts a *debt* in bytes; a step is due when it is positive. After a cycle the debt is set to minus what may be
//! allocated before the next one begins ([`set_pause`]), after a young collection to minus the size of the nursery
//! ([`set_minor_debt`]). Within a cycle each step pays for what was allocated since the last one.
//!
//! # Where parameters are not taken at their word
//!
//! Their defaults suit the reference, where marking takes longer. Here it is the peak of memory that users pay for, so
//! heaps above [`LARGE`] grow by less between cycles ([`moderate`]), and steps of 5.5 do more ([`HASTE`]). Small heaps are left
//! alone: what they cost is the process around them. What this gains is in docs/performance.md, "Memory, pauses, loading".

use super::{cycle, parameters};
use crate::object::Global;
use crate::version::HAS_COLLECTOR_PARAMETERS;

/// `LUAI_GCPAUSE`, `LUAI_GCMUL`, `LUAI_GENMAJORMUL`, `LUAI_GENMINORMUL` (percent) and `LUAI_GCSTEPSIZE` (power of two).
const PAUSE: i32 = 200;
const STEP_MULTIPLIER: i32 = 100;
const MAJOR_MULTIPLIER: i32 = 100;
const MINOR_MULTIPLIER: u8 = 20;
const STEP_SIZE_LOG2: u8 = 13;

/// Bytes in use above which a heap is large: its size is what a process is seen to take.
const LARGE: isize = 1 << 20;
/// Bytes that are marked in about a millisecond, so that a cycle more is not felt.
const QUICKLY_MARKED: isize = 8 << 20;
/// The heap whose nursery, by the default parameter of 5.5, is 300 KB: it stays in the cache of a processor's core.
const NURSED: isize = 3 << 19;
/// A step of 5.5 does so many times the work that the parameters ask for: the program allocates less during a cycle, and the
/// step still takes a fraction of a millisecond.
const HASTE: isize = 8;

// ---- parameters as they are kept before 5.5: a byte each

/// A parameter as the API shows it: it is stored divided by four, to fit a byte.
#[inline]
pub const fn shown(stored: u8) -> i32 {
    stored as i32 * 4
}

/// A parameter as it is stored; what does not fit wraps around.
pub const fn stored(shown: i32) -> u8 {
    (shown / 4) as u8
}

/// Sets all parameters to the version's defaults.
///
/// # Safety
/// `g` is live.
pub unsafe fn set_defaults(g: *mut Global) {
    // SAFETY: `g` is live.
    unsafe {
        parameters::set_defaults(g);
        (*g).pause = stored(PAUSE);
        (*g).step_multiplier = stored(STEP_MULTIPLIER);
        (*g).major_multiplier = stored(MAJOR_MULTIPLIER);
        (*g).minor_multiplier = MINOR_MULTIPLIER;
        (*g).step_size_log2 = STEP_SIZE_LOG2;
    }
}

/// Sets the pause and the step multiplier, in percent, as nearly as they can be stored.
///
/// # Safety
/// `g` is live.
pub unsafe fn set_parameters(g: *mut Global, pause: Option<i32>, multiplier: Option<i32>) {
    let nearest = |n: i32| stored(n.clamp(0, 1020));
    // SAFETY: `g` is live.
    unsafe {
        if let Some(pause) = pause {
            (*g).pause = nearest(pause);
        }
        if let Some(multiplier) = multiplier {
            (*g).step_multiplier = nearest(multiplier);
        }
    }
}

const fn percent_of(bytes: isize, percent: i32) -> isize {
    (bytes / 100).saturating_mul(percent as isize)
}

// ---- incremental cycles

/// Lets the program run until the next cycle should begin: when the memory in use is `pause` percent of what is alive.
///
/// # Safety
/// `g` is live.
pub unsafe fn set_pause(g: *mut Global) {
    // SAFETY: `g` is live.
    unsafe {
        let live = live_bytes(g);
        let threshold = if HAS_COLLECTOR_PARAMETERS {
            parameters::of(g, parameters::PAUSE, live)
        } else {
            percent_of(live, shown((*g).pause))
        };
        let growth = threshold.saturating_sub(live);
        let growth = if is_compiling(g) { growth } else { moderate(live, growth) };
        let total = (*g).heap.total() as isize;
        (*g).heap.set_debt(total.saturating_sub(live.saturating_add(growth)).min(0));
    }
}

/// What counts as alive after a cycle: what it has marked. But what is never marked counts as well where that is a good part of
/// the heap: in small heaps before 5.5 (the table of strings, caches), and while a chunk is compiled (what the compiler
/// works with). The first of the major collections has no cycle before it and begins at once, so that nothing is alive.
unsafe fn live_bytes(g: *const Global) -> isize {
    // SAFETY: `g` is live, as for the callers.
    unsafe {
        let (marked, total) = ((*g).marked as isize, (*g).heap.total() as isize);
        let is_small = !HAS_COLLECTOR_PARAMETERS && total <= LARGE;
        if marked != 0 && (is_small || is_compiling(g)) { total } else { marked }
    }
}

/// A chunk is being compiled: nothing of what the compiler makes is garbage, so that an early cycle would find nothing.
unsafe fn is_compiling(g: *const Global) -> bool {
    // SAFETY: `g` is live, as for the callers.
    unsafe { (*g).compilers > 0 }
}

/// How much a heap of `live` bytes may grow before a cycle, when the parameters allow `growth`: a large one by three fifths of
/// that. In 5.5, whose defaults allow half as much again as those of the other versions, by two fifths or, where
/// another cycle takes little time, by a sixth.
const fn moderate(live: isize, growth: isize) -> isize {
    match HAS_COLLECTOR_PARAMETERS {
        _ if live <= LARGE => growth,
        true if live < QUICKLY_MARKED => growth / 6,
        true => growth / 5 * 2,
        false => growth / 5 * 3,
    }
}

/// The size of an incremental step before 5.5, in work units.
///
/// # Safety
/// `g` is live.
pub unsafe fn step_size(g: *const Global, multiplier: isize) -> isize {
    // SAFETY: `g` is live.
    unsafe {
        match 1isize.checked_shl((*g).step_size_log2 as u32) {
            Some(bytes) if bytes > 0 => (bytes / cycle::BYTES_PER_WORK).saturating_mul(multiplier),
            _ => isize::MAX,
        }
    }
}

/// The size of an incremental step of 5.5, in work units; 0: a step is a whole cycle.
///
/// # Safety
/// `g` is live.
pub unsafe fn step_of_bytes(g: *const Global) -> isize {
    // SAFETY: `g` is live.
    unsafe {
        let bytes = parameters::of(g, parameters::STEP_SIZE, 100);
        parameters::of(g, parameters::STEP_MULTIPLIER, bytes / size_of::<usize>() as isize).saturating_mul(HASTE)
    }
}

/// Lets the program allocate as much as a step is worth before the next one.
///
/// # Safety
/// `g` is live.
pub unsafe fn set_step_debt(g: *mut Global) {
    // SAFETY: `g` is live.
    unsafe {
        let bytes = if HAS_COLLECTOR_PARAMETERS {
            parameters::of(g, parameters::STEP_SIZE, 100)
        } else {
            1isize.checked_shl((*g).step_size_log2 as u32).unwrap_or(0).max(0)
        };
        (*g).heap.set_debt(-bytes);
    }
}

// ---- generational mode

/// Lets the program fill the nursery: memory grows by the minor multiplier's part of what is in use or, in a large heap, of
/// what was alive after the last major collection. In 5.5, heaps that are marked quickly have no nursery larger than the one
/// that stays in the cache.
///
/// # Safety
/// `g` is live.
pub unsafe fn set_minor_debt(g: *mut Global) {
    // SAFETY: `g` is live.
    unsafe {
        let (old, total) = ((*g).major_base as isize, (*g).heap.total() as isize);
        let base = if old > LARGE { old.min(total) } else { total };
        let nursery = if HAS_COLLECTOR_PARAMETERS {
            let base = if base < QUICKLY_MARKED { base.min(NURSED) } else { base };
            parameters::of(g, parameters::MINOR_MULTIPLIER, base)
        } else {
            percent_of(base, (*g).minor_multiplier as i32)
        };
        (*g).heap.set_debt(-nursery);
    }
}

/// Whether major collections are due after a young one: memory has grown so much since the last of them or, in 5.5, so much has
/// become old. Says then from which number of bytes on what is in use counts as new to the first of them: if memory has
/// grown by tables becoming larger, and few objects became old, then they do die young, and one major collection will do.
///
/// # Safety
/// `g` is live.
pub unsafe fn major_is_due(g: *const Global) -> Option<usize> {
    // SAFETY: `g` is live.
    unsafe {
        let base = (*g).major_base as isize;
        let (total, old) = ((*g).heap.total() as isize, (*g).marked as isize);
        let (growth, limit) = if HAS_COLLECTOR_PARAMETERS {
            (base.saturating_add(base / 2), parameters::of(g, parameters::MINOR_MAJOR, base))
        } else {
            (percent_of(base, shown((*g).major_multiplier)), isize::MAX)
        };
        if limit == 0 {
            return None;
        }
        let growth = moderate(base, growth);
        let grown = total > base.saturating_add(growth);
        if old >= limit || grown && old >= growth / 2 {
            Some(base as usize)
        } else if grown {
            Some(total as usize)
        } else {
            None
        }
    }
}

/// Whether a major collection has found so much garbage, compared with what was allocated since the last one, that young
/// ones are to follow.
///
/// # Safety
/// `g` is live; the marking is over.
pub unsafe fn has_enough_garbage(g: *const Global) -> bool {
    // SAFETY: `g` is live.
    unsafe {
        let total = (*g).heap.total() as isize;
        let added = total - (*g).major_base as isize;
        let limit = if !HAS_COLLECTOR_PARAMETERS || added < 0 {
            added / 2
        } else {
            parameters::of(g, parameters::MAJOR_MINOR, added)
        };
        total - (*g).marked as isize > limit
    }
}
