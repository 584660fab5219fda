//! `debug.sethook` and `debug.gethook`.
//!
//! The state's hooks are C functions. One of ours stands for all Lua hooks; it finds the Lua function in a table in the
//! registry whose keys are the threads, weakly.

use super::{need_slots, thread_argument};
use crate::object::thread::Hook;
use crate::object::value::types;
use crate::object::{Fallible, Thread, Value};
use crate::stdlib::arguments::check_c_string;
use crate::version::{GETHOOK_IS_BRIEF, GETHOOK_REMEMBERS, LEVELS_SHOW_TAIL_CALLS};
use crate::vm::debug::DebugInfo;
use crate::vm::hooks::mask;
use crate::vm::state::REGISTRY;
use crate::vm::{State, boundary, hooks};
use core::ffi::c_void;

/// Registry key of the table of hooks.
const HOOKS: &[u8] = b"_HOOKKEY";
/// Names of the events, by number.
const EVENTS: [&[u8]; 5] =
    [b"call", b"return", b"line", b"count", if LEVELS_SHOW_TAIL_CALLS { b"tail return" } else { b"tail call" }];

/// The `lua_Hook` of threads that have a Lua hook.
unsafe extern "C-unwind" fn call_hook(l: *mut Thread, record: *mut c_void) {
    // SAFETY: hooks are called with the running thread and a record; an error leaves as from any C function.
    unsafe { boundary::unwrap(l, run_hook(State(l), &*record.cast::<DebugInfo>())) }
}

/// Calls the Lua hook of the running thread, if there is one.
fn run_hook(l: State, record: &DebugInfo) -> Fallible<()> {
    l.get_field(REGISTRY, HOOKS)?;
    l.push_thread();
    if l.raw_get(-2) != types::FUNCTION {
        return Ok(());
    }
    l.push_bytes(EVENTS.get(record.event as usize).copied().unwrap_or_default())?;
    if record.current_line >= 0 {
        l.push_integer(record.current_line as i64);
    } else {
        l.push_nil();
    }
    l.call(2, 0)
}

/// `debug.sethook([thread,] hook, mask [, count])`
pub fn set_hook(l: State) -> Fallible<i32> {
    let (thread, arg) = thread_argument(l);
    let (mut hook, mut wanted, mut count): (Option<Hook>, i32, i32) = (None, 0, 0);
    if l.is_none_or_nil(arg + 1) {
        l.set_top(arg + 1);
    } else {
        let letters = check_c_string(l, arg + 2)?.to_bytes();
        l.check_type(arg + 1, types::FUNCTION)?;
        count = l.opt_integer(arg + 3, 0)? as i32;
        hook = Some(call_hook);
        wanted = mask_from_letters(letters, count);
    }
    if !l.get_subtable(REGISTRY, HOOKS)? {
        l.push_bytes(b"k")?;
        l.set_field(-2, b"__mode")?;
        l.push_value(-1);
        l.set_metatable(-2)?;
    }
    need_slots(l, thread, 1)?;
    // SAFETY: the thread is live, on the stack.
    unsafe { l.push(Value::object(thread.0)) };
    l.push_value(arg + 1);
    l.raw_set(-3)?;
    // SAFETY: as above.
    unsafe { hooks::set_hook(thread.0, hook, wanted, count) };
    Ok(0)
}

/// The mask of events for the letters `c`, `r` and `l`, and a count.
fn mask_from_letters(letters: &[u8], count: i32) -> i32 {
    let bit = |letter: u8, bit: u8| if letters.contains(&letter) { bit } else { 0 };
    let counting = if count > 0 { mask::COUNT } else { 0 };
    (bit(b'c', mask::CALL) | bit(b'r', mask::RETURN) | bit(b'l', mask::LINE) | counting) as i32
}

/// Replaces the table of hooks on top by the thread's hook.
fn push_known(l: State, thread: State) -> Fallible<()> {
    need_slots(l, thread, 1)?;
    // SAFETY: the thread is live, on the stack.
    unsafe { l.push(Value::object(thread.0)) };
    l.raw_get(-2);
    l.remove(-2);
    Ok(())
}

/// `debug.gethook([thread])`: the hook function, its mask as letters, and the count.
pub fn get_hook(l: State) -> Fallible<i32> {
    let (thread, _) = thread_argument(l);
    // SAFETY: the thread is live.
    let (hook, events, count) = unsafe { ((*thread.0).hook, (*thread.0).hook_mask, (*thread.0).base_hook_count) };
    match hook {
        // The function stays known when its mask is empty, so that the thread has no hook.
        None if GETHOOK_REMEMBERS && l.get_field(REGISTRY, HOOKS)? == types::TABLE => push_known(l, thread)?,
        None => {
            l.push_nil();
            if GETHOOK_IS_BRIEF {
                return Ok(1);
            }
        }
        Some(hook) if core::ptr::fn_addr_eq(hook, call_hook as Hook) => {
            l.get_field(REGISTRY, HOOKS)?;
            push_known(l, thread)?;
        }
        Some(_) => l.push_bytes(b"external hook")?,
    }
    let mut letters = l.buffer();
    for (bit, letter) in [(mask::CALL, b'c'), (mask::RETURN, b'r'), (mask::LINE, b'l')] {
        if events & bit != 0 {
            letters.byte(letter)?;
        }
    }
    letters.push()?;
    l.push_integer(count as i64);
    Ok(3)
}
