//! `module` and `package.seeall`, of 5.1 and, by compatibility, of 5.2.

use crate::object::Fallible;
use crate::object::value::types;
use crate::stdlib::arguments::check_c_string;
use crate::version::HAS_ENV_UPVALUE;
use crate::vm::State;
use crate::vm::debug::{self, DebugInfo};

/// `module(name [, ...])`: creates the module's table, which becomes the environment of the calling function.
pub fn module(l: State) -> Fallible<i32> {
    let name = check_c_string(l, 1)?.to_bytes();
    let options = l.top();
    l.open_library_table(name, 1)?;
    let table = l.top();
    if l.get_field(-1, b"_NAME")? == types::NIL {
        describe(l, table, name)?;
    }
    l.set_top(table);
    set_callers_environment(l)?;
    for option in 2..=options {
        if HAS_ENV_UPVALUE && !l.is_function(option) {
            continue;
        }
        l.push_value(option);
        l.push_value(table);
        l.call(1, 0)?;
    }
    Ok(HAS_ENV_UPVALUE as i32)
}

/// Gives a new module's table its standard fields.
fn describe(l: State, table: i32, name: &[u8]) -> Fallible<()> {
    l.push_value(table);
    l.set_field(table, b"_M")?;
    l.push_bytes(name)?;
    l.set_field(table, b"_NAME")?;
    let package = name.iter().rposition(|&b| b == b'.').map_or(0, |dot| dot + 1);
    l.push_bytes(&name[..package])?;
    l.set_field(table, b"_PACKAGE")
}

/// Makes the table on top the environment of the function that called the running one.
fn set_callers_environment(l: State) -> Fallible<()> {
    let mut record = DebugInfo::new();
    // SAFETY: the record tells of a frame of the running thread.
    let found = unsafe { debug::get_stack(l.0, 1, &mut record) && debug::get_info(l.0, b"f", &mut record)? };
    if !found || l.is_native_function(-1) {
        return Err(l.error(&["'module' not called from a Lua function".into()]));
    }
    l.push_value(-2);
    #[cfg(feature = "lua51")]
    l.set_environment(-2)?;
    #[cfg(not(feature = "lua51"))]
    if l.set_upvalue(-2, 1).is_none() {
        l.pop(1);
    }
    l.pop(1);
    Ok(())
}

/// `package.seeall(module)`: what the module lacks is looked up among the global variables.
pub fn see_all(l: State) -> Fallible<i32> {
    l.check_type(1, types::TABLE)?;
    if !l.get_metatable(1) {
        l.new_table(0, 1)?;
        l.push_value(-1);
        l.set_metatable(1)?;
    }
    l.push_globals();
    l.set_field(-2, b"__index")?;
    Ok(0)
}
