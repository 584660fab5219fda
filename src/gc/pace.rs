//! When the collector works: its parameters, and the operations of `lua_gc` (manual §4.6, §2.5).
//!
//! The heap counts a *debt* in bytes; a step is due when it is positive. After a cycle the debt is set to minus what may be
//! allocated before the next one begins. In between each step pays for what was allocated since the last one.

use super::{classic, cycle, generational, parameters, stopped};
use crate::object::global::{Mode, Phase};
use crate::object::{Global, Thread};
use crate::version::HAS_COLLECTOR_PARAMETERS;

/// `LUA_GC*`: what [`control`] is asked to do.
pub mod option {
    pub const STOP: i32 = 0;
    pub const RESTART: i32 = 1;
    pub const COLLECT: i32 = 2;
    pub const COUNT: i32 = 3;
    pub const COUNT_BYTES: i32 = 4;
    pub const STEP: i32 = 5;
    pub const SET_PAUSE: i32 = 6;
    pub const SET_STEP_MULTIPLIER: i32 = 7;
    pub const IS_RUNNING: i32 = 9;
    pub const GENERATIONAL: i32 = 10;
    pub const INCREMENTAL: i32 = 11;
    /// 5.5: number of a parameter, new value or a negative number.
    pub const PARAMETER: i32 = 12;
}

/// `LUAI_GCPAUSE`, `LUAI_GCMUL`, `LUAI_GENMAJORMUL`, `LUAI_GENMINORMUL` (percent) and `LUAI_GCSTEPSIZE` (power of two).
const PAUSE: i32 = 200;
const STEP_MULTIPLIER: i32 = 100;
const MAJOR_MULTIPLIER: i32 = 100;
const MINOR_MULTIPLIER: u8 = 20;
const STEP_SIZE_LOG2: u8 = 13;
/// The pause is counted in this part of the estimate.
const PERCENT: usize = 100;

/// A parameter as the API shows it: it is stored divided by four, to fit a byte.
#[inline]
pub const fn shown(stored: u8) -> i32 {
    stored as i32 * 4
}

/// A parameter as it is stored; what does not fit wraps around.
const fn stored(shown: i32) -> u8 {
    (shown / 4) as u8
}

/// # Safety
/// `g` is live.
pub unsafe fn set_defaults(g: *mut Global) {
    // SAFETY: the caller's.
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
    // SAFETY: the caller's.
    unsafe {
        if let Some(pause) = pause {
            (*g).pause = nearest(pause);
        }
        if let Some(multiplier) = multiplier {
            (*g).step_multiplier = nearest(multiplier);
        }
    }
}

/// Bytes from which on a heap counts as large.
const LARGE: isize = 1 << 20;
/// Bytes up to which marking everything takes about a millisecond.
const QUICKLY_MARKED: isize = 8 << 20;

/// A larger heap that is marked quickly has in 5.5 the nursery of one of so many bytes: by the default parameter 512 KB, which
/// stay in the cache of a processor's core.
const NURSED: isize = 5 << 19;

/// What a heap of `live` bytes may grow by when the parameters allow `growth`: a large one by a part of that, since
/// marking takes less time here than the parameters assume, and it is the peak that users pay for. (The defaults of 5.5
/// allow half as much again as those of the other versions.)
const fn moderate(live: isize, growth: isize) -> isize {
    let fifths = match HAS_COLLECTOR_PARAMETERS {
        true if live < QUICKLY_MARKED => 1,
        true => 2,
        false => 3,
    };
    if live > LARGE { growth / 5 * fifths } else { growth }
}

/// A step of 5.5 does so many times the work that its parameters ask for: the program allocates less during a cycle, and the
/// step still takes a fraction of a millisecond.
const HASTE: isize = 8;

/// Lets the program run until the memory in use is `pause` percent of what was marked; before 5.5, in a small heap, of what is in
/// use now: there, what is never marked (the table of strings, caches) is a good part of it. The same while a chunk is
/// compiled: what the compiler works with is not marked either, and nothing of what it makes is garbage, so that an early
/// cycle would find nothing. Nothing is marked before the first major collection, which begins at once.
///
/// # Safety
/// `g` is live.
pub unsafe fn set_pause(g: *mut Global) {
    // SAFETY: the caller's.
    unsafe {
        let (marked, total) = ((*g).marked as isize, (*g).heap.total() as isize);
        let compiling = (*g).compilers > 0;
        let by_marking = !compiling && (HAS_COLLECTOR_PARAMETERS || total > LARGE);
        let live = if by_marking || marked == 0 { marked } else { total };
        let threshold = if HAS_COLLECTOR_PARAMETERS {
            parameters::of(g, parameters::PAUSE, live)
        } else {
            (live / PERCENT as isize).saturating_mul(shown((*g).pause) as isize)
        };
        let growth = threshold.saturating_sub(live);
        let threshold = live.saturating_add(if compiling { growth } else { moderate(live, growth) });
        (*g).heap.set_debt(total.saturating_sub(threshold).min(0));
    }
}

/// Lets the program run until memory has grown by `minor_multiplier` percent, in a large heap by that part of what was alive
/// after the last major collection. In 5.5, new objects stay in the cache while the heap is marked quickly.
///
/// # Safety
/// `g` is live.
pub unsafe fn set_minor_debt(g: *mut Global) {
    // SAFETY: the caller's.
    unsafe {
        let old = (*g).major_base;
        let base = if old as isize > LARGE { old.min((*g).heap.total()) } else { (*g).heap.total() };
        let growth = if HAS_COLLECTOR_PARAMETERS {
            let base = base as isize;
            parameters::of(g, parameters::MINOR_MULTIPLIER, if base < QUICKLY_MARKED { base.min(NURSED) } else { base })
        } else {
            (base / PERCENT) as isize * (*g).minor_multiplier as isize
        };
        (*g).heap.set_debt(-growth);
    }
}

/// Whether major collections are due after a young one: memory has grown so much since the last of them or, in 5.5, so much has
/// become old. Says then from which number of bytes on what is in use counts as new to the first of them: if memory has
/// grown by tables becoming larger, and few objects became old, then they do die young, and one major collection will do.
///
/// # Safety
/// `g` is live.
pub unsafe fn major_is_due(g: *const Global) -> Option<usize> {
    // SAFETY: the caller's.
    unsafe {
        let base = (*g).major_base as isize;
        let (total, old) = ((*g).heap.total() as isize, (*g).marked as isize);
        let (mut growth, mut limit) = (base.saturating_add(base / 2), 0);
        if HAS_COLLECTOR_PARAMETERS {
            limit = parameters::of(g, parameters::MINOR_MAJOR, base);
            if limit == 0 {
                return None;
            }
        } else {
            growth = (base / PERCENT as isize).saturating_mul(shown((*g).major_multiplier) as isize);
        }
        growth = moderate(base, growth);
        let grown = total > base.saturating_add(growth);
        if HAS_COLLECTOR_PARAMETERS && old >= limit || grown && old >= growth / 2 {
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
    // SAFETY: the caller's.
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

/// The size of an incremental step, in work units.
///
/// # Safety
/// `g` is live.
pub unsafe fn step_size(g: *mut Global, multiplier: isize) -> isize {
    // SAFETY: the caller's.
    unsafe {
        match 1isize.checked_shl((*g).step_size_log2 as u32) {
            Some(bytes) if bytes > 0 => (bytes / cycle::BYTES_PER_WORK).saturating_mul(multiplier),
            _ => isize::MAX,
        }
    }
}

/// Lets the program allocate as much as a step is worth before the next one.
///
/// # Safety
/// `g` is live.
pub unsafe fn set_step_debt(g: *mut Global) {
    // SAFETY: the caller's.
    unsafe {
        let bytes = if HAS_COLLECTOR_PARAMETERS {
            parameters::of(g, parameters::STEP_SIZE, 100)
        } else {
            1isize.checked_shl((*g).step_size_log2 as u32).unwrap_or(0).max(0)
        };
        (*g).heap.set_debt(-bytes);
    }
}

/// Work units of an incremental step in 5.5.
///
/// # Safety
/// `g` is live.
pub unsafe fn step_of_bytes(g: *const Global) -> isize {
    // SAFETY: the caller's.
    unsafe {
        let bytes = parameters::of(g, parameters::STEP_SIZE, 100);
        parameters::of(g, parameters::STEP_MULTIPLIER, bytes / size_of::<usize>() as isize).saturating_mul(HASTE)
    }
}

/// `lua_gc`, with up to three arguments of the option. Returns what the option says, -1 for one that is not valid or while
/// the collector itself is at work (in a finalizer).
///
/// # Safety
/// As [`cycle::step`].
pub unsafe fn control(l: *mut Thread, what: i32, arg1: i32, arg2: i32, arg3: i32) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        let g = (*l).global;
        if (*g).stopped & stopped::BY_COLLECTOR != 0 || (*g).collecting {
            return -1;
        }
        match what {
            option::STOP => {
                (*g).stopped = stopped::BY_USER;
                0
            }
            option::RESTART => {
                (*g).heap.set_debt(0);
                (*g).stopped = 0;
                0
            }
            option::COLLECT => {
                cycle::full(l, false);
                0
            }
            option::COUNT => ((*g).heap.total() >> 10) as i32,
            option::COUNT_BYTES => ((*g).heap.total() & 0x3ff) as i32,
            option::STEP => explicit_step(l, arg1) as i32,
            option::SET_PAUSE => replace(&mut (*g).pause, arg1),
            option::SET_STEP_MULTIPLIER => replace(&mut (*g).step_multiplier, arg1),
            option::IS_RUNNING => ((*g).stopped == 0) as i32,
            option::GENERATIONAL => {
                if arg1 != 0 {
                    (*g).minor_multiplier = arg1 as u8;
                }
                if arg2 != 0 {
                    (*g).major_multiplier = stored(arg2);
                }
                mode_option(set_generational(l, true))
            }
            option::INCREMENTAL => {
                if arg1 != 0 {
                    (*g).pause = stored(arg1);
                }
                if arg2 != 0 {
                    (*g).step_multiplier = stored(arg2);
                }
                if arg3 != 0 {
                    (*g).step_size_log2 = arg3 as u8;
                }
                mode_option(set_generational(l, false))
            }
            option::PARAMETER if HAS_COLLECTOR_PARAMETERS => parameters::exchange(g, arg1, arg2),
            _ => -1,
        }
    }
}

/// Sets a parameter, returns what it was.
fn replace(parameter: &mut u8, value: i32) -> i32 {
    let before = shown(*parameter);
    *parameter = stored(value);
    before
}

/// The option that chooses a mode.
const fn mode_option(generational: bool) -> i32 {
    if generational { option::GENERATIONAL } else { option::INCREMENTAL }
}

/// `collectgarbage("incremental"/"generational")`: changes the mode; true when it was generational before.
///
/// # Safety
/// As [`cycle::step`].
pub unsafe fn set_generational(l: *mut Thread, on: bool) -> bool {
    // SAFETY: the caller's.
    unsafe {
        let g = (*l).global;
        let before = generational::is_declared(g);
        if (*g).mode == Mode::Major {
            // Incremental already, but for the name.
            (*g).mode = Mode::Incremental;
        }
        if on != ((*g).mode == Mode::Minor) {
            if on {
                generational::enter(l);
            } else {
                generational::leave(g, Mode::Incremental);
                set_step_debt(g);
            }
        }
        before
    }
}

/// `lua_gc(L, LUA_GCSTEP, amount)`: acts as if that much had been allocated (in kilobytes; from 5.5 on in bytes), for 0 a basic
/// step. True when the step finished a cycle. Also works while the collector is stopped.
///
/// # Safety
/// As [`cycle::step`].
pub unsafe fn explicit_step(l: *mut Thread, amount: i32) -> bool {
    // SAFETY: the caller's.
    unsafe {
        let g = (*l).global;
        let before = (*g).stopped;
        (*g).stopped = 0;
        let stepped = if amount == 0 || HAS_COLLECTOR_PARAMETERS && amount < 0 {
            (*g).heap.set_debt(0);
            whole_step(l);
            true
        } else {
            let bytes = if HAS_COLLECTOR_PARAMETERS { amount as isize } else { amount as isize * 1024 };
            let debt = bytes.saturating_add((*g).heap.debt);
            (*g).heap.set_debt(debt);
            if debt > 0 {
                whole_step(l);
            }
            debt > 0
        };
        (*g).stopped = before;
        stepped && (*g).phase == Phase::Pause
    }
}

/// A step that a program asked for. Before 5.5, steps of the generational mode are whole collections.
///
/// # Safety
/// As [`cycle::step`].
pub unsafe fn whole_step(l: *mut Thread) {
    // SAFETY: the caller's.
    unsafe {
        let g = (*l).global;
        loop {
            cycle::step(l);
            // Nothing is marked yet in the pause before the first major collection.
            let unfinished = (*g).mode == Mode::Major && ((*g).phase != Phase::Pause || (*g).marked == 0);
            if HAS_COLLECTOR_PARAMETERS || !unfinished || classic::failed(g) {
                break;
            }
        }
    }
}
