//! `lua_gc` (manual §4.6): stopping, whole collections, steps, parameters and modes. Versions before 5.4 come here through
//! [`classic`], which has their ways with parameters and errors.

use super::pace::{shown, stored};
use super::{classic, cycle, generational, pace, parameters, stopped};
use crate::object::Thread;
use crate::object::global::{Mode, Phase};
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
    /// 5.2: growth in percent before a major collection, a number that nothing depends on.
    pub const SET_MAJOR_INCREMENT: i32 = 8;
    pub const IS_RUNNING: i32 = 9;
    pub const GENERATIONAL: i32 = 10;
    pub const INCREMENTAL: i32 = 11;
    /// 5.5: number of a parameter, new value or a negative number.
    pub const PARAMETER: i32 = 12;
}

/// `lua_gc`, with up to three arguments of the option. Returns what the option says, -1 for one that is not valid or while
/// the collector itself is at work (in a finalizer).
///
/// # Safety
/// As [`cycle::step`].
pub unsafe fn control(l: *mut Thread, what: i32, arg1: i32, arg2: i32, arg3: i32) -> i32 {
    // SAFETY: as `cycle::step`; the parameters are plain bytes of a live `g`.
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
    // SAFETY: as `cycle::step`.
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
                pace::set_step_debt(g);
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
    // SAFETY: as `cycle::step`.
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
    // SAFETY: as `cycle::step`.
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
