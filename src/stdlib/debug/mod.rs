//! The debug library (manual §6.10): it can look at and change what other functions treat as private.
//!
//! | module | subject |
//! |---|---|
//! | [`info`] | `getinfo`, `traceback` |
//! | [`variables`] | locals and upvalues |
//! | [`hook`] | hooks |

mod hook;
mod info;
#[cfg(feature = "lua51")]
mod traceback51;
mod variables;

use crate::library;
use crate::object::Fallible;
#[cfg(feature = "lua54")]
use crate::object::thread::MAX_C_CALLS;
use crate::object::value::types;
use crate::stdlib::arguments::c_string;
use crate::stdlib::io::stdio;
use crate::version::CHOICES_TELL_TYPES;
use crate::version::DEBUG_SHOWS_NATIVE_UPVALUES;
#[cfg(not(feature = "lua51"))]
use crate::version::{HAS_INTEGERS, USER_VALUES_HAVE_NUMBERS};
use crate::vm::State;
use crate::vm::state::REGISTRY;

crate::builtin!(pub static OPEN = open);

library! {
    static FUNCTIONS = {
        b"debug" => debug,
        b"gethook" => hook::get_hook,
        b"getinfo" => info::get_info,
        b"getlocal" => variables::get_local,
        b"getregistry" => get_registry,
        b"getmetatable" => get_metatable,
        b"getupvalue" => variables::get_upvalue,
        b"sethook" => hook::set_hook,
        b"setlocal" => variables::set_local,
        b"setmetatable" => set_metatable,
        b"setupvalue" => variables::set_upvalue,
        b"traceback" => traceback,
    }
}

#[cfg(not(feature = "lua51"))]
library! {
    static UPVALUES = {
        b"getuservalue" => get_user_value,
        b"setuservalue" => set_user_value,
        b"upvalueid" => variables::upvalue_id,
        b"upvaluejoin" => variables::join_upvalues,
    }
}

#[cfg(feature = "lua54")]
library! {
    static LIMIT = {
        b"setcstacklimit" => set_c_stack_limit,
    }
}

#[cfg(feature = "lua51")]
library! {
    static ENVIRONMENTS = {
        b"getfenv" => get_environment,
        b"setfenv" => set_environment,
    }
}

#[cfg(not(feature = "lua51"))]
use info::traceback;
#[cfg(feature = "lua51")]
use traceback51::traceback;

/// `luaopen_debug`
fn open(l: State) -> Fallible<i32> {
    #[cfg(feature = "lua51")]
    super::order::enter_library(l, b"debug", super::order::DEBUG)?;
    l.new_library(b"debug", FUNCTIONS)?;
    #[cfg(not(feature = "lua51"))]
    l.set_functions(UPVALUES, 0)?;
    #[cfg(feature = "lua54")]
    l.set_functions(LIMIT, 0)?;
    #[cfg(feature = "lua51")]
    l.set_functions(ENVIRONMENTS, 0)?;
    Ok(1)
}

/// The thread that a function is about, and how many arguments come before its others: an optional first argument.
fn thread_argument(l: State) -> (State, i32) {
    match l.to_thread(1) {
        Some(thread) => (thread, 1),
        None => (l, 0),
    }
}

/// Makes sure of free slots on another thread's stack, about which nothing is known.
fn need_slots(l: State, other: State, n: i32) -> Fallible<()> {
    if !core::ptr::eq(l.0, other.0) && !other.check_stack(n) {
        return Err(l.error(&[b"stack overflow".into()]));
    }
    Ok(())
}

/// `debug.getregistry()`
fn get_registry(l: State) -> Fallible<i32> {
    l.push_value(REGISTRY);
    Ok(1)
}

/// `debug.getmetatable(v)`
fn get_metatable(l: State) -> Fallible<i32> {
    l.check_any(1)?;
    if !l.get_metatable(1) {
        l.push_nil();
    }
    Ok(1)
}

/// `debug.setmetatable(v, metatable)`
fn set_metatable(l: State) -> Fallible<i32> {
    if !matches!(l.type_of(2), types::NIL | types::TABLE) {
        return Err(match CHOICES_TELL_TYPES {
            true => l.type_error(2, b"nil or table"),
            false => l.arg_error(2, b"nil or table expected"),
        });
    }
    l.set_top(2);
    l.set_metatable(1)?;
    if !DEBUG_SHOWS_NATIVE_UPVALUES {
        l.push_boolean(true);
    }
    Ok(1)
}

/// `debug.getfenv(v)`
#[cfg(feature = "lua51")]
fn get_environment(l: State) -> Fallible<i32> {
    l.check_any(1)?;
    l.get_environment(1);
    Ok(1)
}

/// `debug.setfenv(v, environment)`: the value.
#[cfg(feature = "lua51")]
fn set_environment(l: State) -> Fallible<i32> {
    l.check_type(2, types::TABLE)?;
    l.set_top(2);
    if !l.set_environment(1)? {
        return Err(l.error(&["'setfenv' cannot change environment of given object".into()]));
    }
    Ok(1)
}

/// `debug.getuservalue(u [, n])`: the value and true, or fail.
#[cfg(not(feature = "lua51"))]
fn get_user_value(l: State) -> Fallible<i32> {
    let n = if USER_VALUES_HAVE_NUMBERS { l.opt_integer(2, 1)? as i32 } else { 1 };
    if l.type_of(1) != types::USERDATA {
        l.push_nil();
    } else if l.get_user_value(1, n) != types::NONE && USER_VALUES_HAVE_NUMBERS {
        l.push_boolean(true);
        return Ok(2);
    }
    Ok(1)
}

/// `debug.setuservalue(u, value [, n])`: the userdata, or fail.
#[cfg(not(feature = "lua51"))]
fn set_user_value(l: State) -> Fallible<i32> {
    let n = if USER_VALUES_HAVE_NUMBERS { l.opt_integer(3, 1)? as i32 } else { 1 };
    if !HAS_INTEGERS && l.type_of(1) == types::LIGHT_USERDATA {
        return Err(l.arg_error(1, b"full userdata expected, got light userdata"));
    }
    l.check_type(1, types::USERDATA)?;
    if HAS_INTEGERS {
        l.check_any(2)?;
    } else if !l.is_none_or_nil(2) {
        l.check_type(2, types::TABLE)?;
    }
    l.set_top(2);
    if !l.set_user_value(1, n) {
        l.push_nil();
    }
    Ok(1)
}

/// `debug.setcstacklimit(limit)`: without effect; returns the limit there is.
#[cfg(feature = "lua54")]
fn set_c_stack_limit(l: State) -> Fallible<i32> {
    l.check_integer(1)?;
    l.push_integer(MAX_C_CALLS as i64);
    Ok(1)
}

/// `debug.debug()`: runs lines from standard input until its end or a line "cont".
fn debug(l: State) -> Fallible<i32> {
    loop {
        stdio::write_error(b"lua_debug> ");
        let mut line = [0u8; 250];
        // SAFETY: the C library writes a C string into the buffer.
        let read = unsafe { libc::fgets(line.as_mut_ptr().cast(), line.len() as i32, stdio::stdin()) };
        // SAFETY: as above; an empty C string before.
        let line = unsafe { c_string(&line) }.to_bytes();
        if read.is_null() || line == b"cont\n" {
            return Ok(0);
        }
        let done = l.load(line, b"=(debug command)", None).and_then(|()| l.pcall(0, 0, 0));
        if done.is_err() {
            let text = l.tostring(-1)?;
            // `lua_writestringerror` shows a C string.
            // SAFETY: a Lua string.
            stdio::write_error(unsafe { c_string(text) }.to_bytes());
            stdio::write_error(b"\n");
        }
        l.set_top(0);
    }
}
