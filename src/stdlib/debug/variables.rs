//! Local variables and upvalues.

use super::{need_slots, thread_argument};
use crate::object::Fallible;
use crate::object::value::types;
use crate::stdlib::arguments::push_c_string;
#[cfg(not(feature = "lua51"))]
use crate::version::HAS_TBC;
use crate::version::{DEBUG_SHOWS_NATIVE_UPVALUES, FUNCTIONS_TELL_PARAMETERS, HAS_INTEGERS};
use crate::vm::State;
use crate::vm::debug::{self, DebugInfo};
use core::ptr;

/// The frame of a thread at the level that is argument `arg`.
fn check_level(l: State, thread: State, arg: i32, level: i32) -> Fallible<DebugInfo> {
    // SAFETY: all-zero bytes are a valid record; the thread is live.
    unsafe {
        let mut record: DebugInfo = core::mem::zeroed();
        if debug::get_stack(thread.0, level, &mut record) {
            Ok(record)
        } else {
            Err(l.arg_error(arg, b"level out of range"))
        }
    }
}

/// `debug.getlocal([thread,] f, local)`: name and value; of a function that is not running, only a parameter's name.
pub fn get_local(l: State) -> Fallible<i32> {
    let (thread, arg) = thread_argument(l);
    let n = l.check_integer(arg + 2)? as i32;
    if FUNCTIONS_TELL_PARAMETERS && l.is_function(arg + 1) {
        l.push_value(arg + 1);
        // SAFETY: the function is on top; its names live with it.
        unsafe { push_c_string(l, debug::get_local(l.0, ptr::null(), n))? };
        return Ok(1);
    }
    let level = l.check_integer(arg + 1)? as i32;
    let record = check_level(l, thread, arg + 1, level)?;
    need_slots(l, thread, 1)?;
    // SAFETY: the record tells of a live frame; its names live as long.
    unsafe {
        let name = debug::get_local(thread.0, &raw const record, n);
        if name.is_null() {
            l.push_nil();
            return Ok(1);
        }
        thread.xmove(l, 1);
        push_c_string(l, name)?;
    }
    l.rotate(-2, 1);
    Ok(2)
}

/// `debug.setlocal([thread,] level, local, value)`: the variable's name.
pub fn set_local(l: State) -> Fallible<i32> {
    let (thread, arg) = thread_argument(l);
    let level = l.check_integer(arg + 1)? as i32;
    // The order of the checks has changed.
    let early = if HAS_INTEGERS { l.check_integer(arg + 2)? as i32 } else { 0 };
    let record = check_level(l, thread, arg + 1, level)?;
    l.check_any(arg + 3)?;
    l.set_top(arg + 3);
    let n = if HAS_INTEGERS { early } else { l.check_integer(arg + 2)? as i32 };
    need_slots(l, thread, 1)?;
    l.xmove(thread, 1);
    // SAFETY: the record tells of a live frame; the value is on top.
    unsafe {
        let name = debug::set_local(thread.0, &raw const record, n);
        if name.is_null() {
            thread.pop(1);
        }
        push_c_string(l, name)?;
    }
    Ok(1)
}

/// `debug.getupvalue(f, up)`: name and value.
pub fn get_upvalue(l: State) -> Fallible<i32> {
    let n = l.check_integer(2)? as i32;
    l.check_type(1, types::FUNCTION)?;
    if !DEBUG_SHOWS_NATIVE_UPVALUES && l.is_native_function(1) {
        return Ok(0);
    }
    let Some(name) = l.get_upvalue(1, n) else {
        return Ok(0);
    };
    l.push_bytes(name)?;
    l.insert(-2);
    Ok(2)
}

/// `debug.setupvalue(f, up, value)`: name.
pub fn set_upvalue(l: State) -> Fallible<i32> {
    l.check_any(3)?;
    let n = l.check_integer(2)? as i32;
    l.check_type(1, types::FUNCTION)?;
    if !DEBUG_SHOWS_NATIVE_UPVALUES && l.is_native_function(1) {
        return Ok(0);
    }
    let Some(name) = l.set_upvalue(1, n) else {
        return Ok(0);
    };
    l.push_bytes(name)?;
    Ok(1)
}

/// The upvalue number in argument `number`, and the identity of that upvalue of the function in argument `function`.
#[cfg(not(feature = "lua51"))]
fn check_upvalue(l: State, function: i32, number: i32) -> Fallible<(i32, *mut core::ffi::c_void)> {
    let n = l.check_integer(number)? as i32;
    l.check_type(function, types::FUNCTION)?;
    Ok((n, l.upvalue_id(function, n)))
}

/// `debug.upvalueid(f, n)`: an identity as light userdata, or fail.
#[cfg(not(feature = "lua51"))]
pub fn upvalue_id(l: State) -> Fallible<i32> {
    let (_, id) = check_upvalue(l, 1, 2)?;
    if id.is_null() && !HAS_TBC {
        return Err(l.arg_error(2, b"invalid upvalue index"));
    }
    if id.is_null() {
        l.push_nil();
    } else {
        l.push_light_userdata(id);
    }
    Ok(1)
}

/// `debug.upvaluejoin(f1, n1, f2, n2)`
#[cfg(not(feature = "lua51"))]
pub fn join_upvalues(l: State) -> Fallible<i32> {
    let (n1, id1) = check_upvalue(l, 1, 2)?;
    l.arg_check(!id1.is_null(), 2, "invalid upvalue index")?;
    let (n2, id2) = check_upvalue(l, 3, 4)?;
    l.arg_check(!id2.is_null(), 4, "invalid upvalue index")?;
    l.arg_check(!l.is_native_function(1), 1, "Lua function expected")?;
    l.arg_check(!l.is_native_function(3), 3, "Lua function expected")?;
    l.join_upvalues(1, n1, 3, n2);
    Ok(0)
}
