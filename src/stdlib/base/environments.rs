//! Functions that only 5.1 has: environments of functions, `newproxy`, and older names of others.

use crate::gc;
use crate::object::Fallible;
use crate::object::value::types;
use crate::stdlib::arguments::opt_c_string;
use crate::vm::State;
use crate::vm::debug::{self, DebugInfo};
use crate::vm::state::{GLOBALS, upvalue_index};
use crate::{builtin, library};

library! {
    pub static FUNCTIONS = {
        b"gcinfo" => gc_info,
        b"getfenv" => get_environment,
        b"loadstring" => load_string,
        b"setfenv" => set_environment,
        b"unpack" => crate::stdlib::table::unpack,
    }
}

builtin!(static NEW_PROXY = new_proxy);

/// Adds the functions to the table on top.
pub fn open(l: State) -> Fallible<()> {
    l.set_functions(FUNCTIONS, 0)?;
    // The proxies' metatables, a weak table that is its own metatable.
    l.new_table(0, 1)?;
    l.push_value(-1);
    l.set_metatable(-2)?;
    l.push_bytes(b"kv")?;
    l.set_field(-2, b"__mode")?;
    l.push_builtin_closure(&NEW_PROXY, 1)?;
    l.set_field(-2, b"newproxy")
}

/// `gcinfo()`: kilobytes in use.
fn gc_info(l: State) -> Fallible<i32> {
    // SAFETY: `l` runs this function, which holds nothing.
    l.push_integer(unsafe { gc::control(l.0, gc::option::COUNT, 0, 0, 0) } as i64);
    Ok(1)
}

/// `loadstring(source [, name])`
fn load_string(l: State) -> Fallible<i32> {
    let source = l.check_bytes(1)?;
    // SAFETY: the bytes are those of the string at 1.
    let own_name = unsafe { crate::stdlib::arguments::c_string(source) };
    let name = opt_c_string(l, 2, Some(own_name))?.unwrap_or(own_name);
    let loaded = l.load(source, name.to_bytes(), None);
    super::load::finish_load(l, loaded.is_ok(), 0)
}

/// Pushes the function that the first argument is, or that runs at that level.
fn push_function(l: State, default_level: Option<i64>) -> Fallible<()> {
    if l.is_function(1) {
        l.push_value(1);
        return Ok(());
    }
    let level = match default_level {
        Some(level) => l.opt_integer(1, level)?,
        None => l.check_integer(1)?,
    } as i32;
    l.arg_check(level >= 0, 1, "level must be non-negative")?;
    let mut record = DebugInfo::new();
    // SAFETY: the record tells of a frame of the running thread.
    unsafe {
        if !debug::get_stack(l.0, level, &mut record) {
            return Err(l.arg_error(1, b"invalid level"));
        }
        debug::get_info(l.0, b"f", &mut record)?;
    }
    if l.is_nil(-1) {
        return Err(l.error(&["no function environment for tail call at level ".into(), level.into()]));
    }
    Ok(())
}

/// `getfenv([f])`
fn get_environment(l: State) -> Fallible<i32> {
    push_function(l, Some(1))?;
    if l.is_native_function(-1) {
        l.push_value(GLOBALS);
    } else {
        l.get_environment(-1);
    }
    Ok(1)
}

/// `setfenv(f, environment)`; level 0 is the running thread.
fn set_environment(l: State) -> Fallible<i32> {
    l.check_type(2, types::TABLE)?;
    push_function(l, None)?;
    l.push_value(2);
    if l.to_number(1) == Some(0.0) {
        l.push_thread();
        l.insert(-2);
        l.set_environment(-2)?;
        return Ok(0);
    }
    if l.is_native_function(-2) || !l.set_environment(-2)? {
        return Err(l.error(&["'setfenv' cannot change environment of given object".into()]));
    }
    Ok(1)
}

/// `newproxy([metatable])`: a userdata with a new metatable (true), that of another proxy, or none.
fn new_proxy(l: State) -> Fallible<i32> {
    l.set_top(1);
    l.new_userdata(0, 0)?;
    if !l.to_boolean(1) {
        return Ok(1);
    }
    if l.type_of(1) == types::BOOLEAN {
        l.new_table(0, 0)?;
        l.push_value(-1);
        l.push_boolean(true);
        l.raw_set(upvalue_index(1))?;
    } else {
        let mut valid = false;
        if l.get_metatable(1) {
            l.raw_get(upvalue_index(1));
            valid = l.to_boolean(-1);
            l.pop(1);
        }
        l.arg_check(valid, 1, "boolean or proxy expected")?;
        l.get_metatable(1);
    }
    l.set_metatable(2)?;
    Ok(1)
}
