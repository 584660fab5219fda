//! `lua_gc` as it was before 5.4 (manual §4.6): options with one number, parameters that are shown as they were set,
//! steps that count what they pay for, and errors of finalizers that reach whoever asked for the collection.

use super::control::{option, set_generational, whole_step};
use super::{cycle, pace, stopped};
use crate::object::global::{Classic, Mode, Phase};
use crate::object::{Fallible, Global, Thread, Thrown};

/// The parameters' values at first, and the least multiplier.
const PERCENT: i32 = 200;
const LEAST_MULTIPLIER: i32 = 40;

/// Work units of a basic step, which pays for as many bytes times [`cycle::BYTES_PER_WORK`].
const BASIC_STEP: isize = 150;

/// The state of a new collector.
pub const NEW: Classic = Classic { pause: PERCENT, multiplier: PERCENT, major: PERCENT, catches: false, failure: 0 };

/// `lua_gc`. Returns what the option says, -1 for one that is not valid.
///
/// # Safety
/// As [`cycle::step`].
pub unsafe fn control(l: *mut Thread, what: i32, data: i32) -> Fallible<i32> {
    // SAFETY: as `cycle::step`; the parameters are plain fields of a live `g`.
    unsafe {
        let g = (*l).global;
        if (*g).collecting {
            return Ok(-1);
        }
        Ok(match what {
            option::STOP => {
                (*g).stopped |= stopped::BY_USER;
                0
            }
            option::RESTART => {
                (*g).heap.set_debt(0);
                (*g).stopped = 0;
                0
            }
            option::COLLECT => {
                catching(l, || cycle::full(l, false))?;
                0
            }
            option::COUNT => ((*g).heap.total() >> 10) as i32,
            option::COUNT_BYTES => ((*g).heap.total() & 0x3ff) as i32,
            option::STEP => step(l, data)? as i32,
            option::SET_PAUSE => {
                pace::set_parameters(g, Some(data), None);
                core::mem::replace(&mut (*g).classic.pause, data)
            }
            option::SET_STEP_MULTIPLIER => {
                let data = if crate::version::STEP_MULTIPLIER_HAS_MINIMUM { data.max(LEAST_MULTIPLIER) } else { data };
                pace::set_parameters(g, None, Some(data / 2));
                core::mem::replace(&mut (*g).classic.multiplier, data)
            }
            option::SET_MAJOR_INCREMENT if crate::version::HAS_MAJOR_INCREMENT => {
                core::mem::replace(&mut (*g).classic.major, data)
            }
            option::IS_RUNNING if crate::version::COLLECTOR_TELLS_IF_RUNNING => ((*g).stopped == 0) as i32,
            option::GENERATIONAL | option::INCREMENTAL if crate::version::HAS_GENERATIONAL => {
                // A finalizer cannot change what it is called by.
                if (*g).stopped & stopped::BY_COLLECTOR == 0 {
                    set_generational(l, what == option::GENERATIONAL);
                }
                0
            }
            _ => -1,
        })
    }
}

/// `LUA_GCSTEP`: a step for as many kilobytes; true when it finished a cycle. Also works while the collector is stopped.
unsafe fn step(l: *mut Thread, kilobytes: i32) -> Fallible<bool> {
    // SAFETY: as `cycle::step`.
    unsafe {
        let g = (*l).global;
        let debt = if kilobytes == 0 { 0 } else { (kilobytes as isize * 1024).saturating_add((*g).heap.debt) };
        if debt < 0 {
            (*g).heap.set_debt(debt);
            return Ok(false);
        }
        let before = (*g).stopped;
        (*g).stopped = 0;
        let paid =
            (debt / cycle::BYTES_PER_WORK).saturating_mul((*g).classic.multiplier.max(1) as isize) / PERCENT as isize;
        let outcome = catching(l, || {
            if (*g).mode != Mode::Incremental {
                whole_step(l);
            } else {
                cycle::work(l, paid.saturating_add(BASIC_STEP) as usize);
            }
        });
        (*g).stopped = before;
        outcome?;
        let done = (*g).phase == Phase::Pause;
        if done {
            pace::set_pause(g);
        } else {
            (*g).heap.set_debt(-BASIC_STEP * cycle::BYTES_PER_WORK);
        }
        Ok(done)
    }
}

/// A step that was due: the program that created the last object gets the error of a finalizer.
///
/// # Safety
/// As [`cycle::step`].
#[cold]
#[inline(never)]
pub unsafe fn step_passing_errors(l: *mut Thread) -> Fallible<()> {
    // SAFETY: as `cycle::step`.
    unsafe { catching(l, || cycle::step(l)) }
}

/// Runs a piece of collection that an error of a finalizer ends.
unsafe fn catching(l: *mut Thread, collect: impl FnOnce()) -> Fallible<()> {
    // SAFETY: `l` is live, and so is its `g` after the collection.
    unsafe {
        let classic = &raw mut (*(*l).global).classic;
        let before = core::mem::replace(&mut (*classic).catches, true);
        collect();
        (*classic).catches = before;
        match core::mem::replace(&mut (*classic).failure, 0) {
            0 => Ok(()),
            code => Err(Thrown::from_code(code as usize)),
        }
    }
}

/// Whether a finalizer's error is on its way to who asked for the collection.
///
/// # Safety
/// `g` is live.
#[inline(always)]
pub unsafe fn failed(g: *const Global) -> bool {
    // SAFETY: `g` is live.
    unsafe { crate::version::FINALIZER_ERRORS_PROPAGATE && (*g).classic.failure != 0 }
}
