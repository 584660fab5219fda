//! `load`, `loadfile` and `dofile`.

use crate::object::value::types;
use crate::object::{Fallible, Thrown};
use crate::stdlib::arguments::{c_string, opt_c_string};
use crate::version::{HAS_ENV_UPVALUE, LOAD_HAS_FIXED_BUFFERS};
use crate::vm::State;
use crate::vm::input::Input;
use core::ptr;

/// Stack slot, above the four arguments of `load`, that keeps the reader's current piece alive.
const PIECE: i32 = 5;

/// `load(chunk [, name [, mode [, env]]])`; 5.1 knows `load(function [, name])`.
pub fn load(l: State) -> Fallible<i32> {
    if !HAS_ENV_UPVALUE {
        if l.is_none(1) {
            l.check_type(1, types::FUNCTION)?;
        }
        l.set_top(2);
    }
    let source = if HAS_ENV_UPVALUE { l.to_bytes(1)? } else { None };
    let mode = check_mode(l, 3, opt_c_string(l, 3, Some(c"bt"))?.map(|m| m.to_bytes()))?;
    let env = if l.is_none(4) { 0 } else { 4 };
    let loaded = match source {
        Some(source) => {
            // SAFETY: the bytes are those of the string at 1.
            let own_name = unsafe { c_string(source) };
            let name = opt_c_string(l, 2, Some(own_name))?.unwrap_or(own_name);
            l.load(source, name.to_bytes(), mode)
        }
        None => {
            let name = opt_c_string(l, 2, None)?.unwrap_or(c"=(load)");
            l.check_type(1, types::FUNCTION)?;
            l.set_top(PIECE);
            // SAFETY: `next_piece` sets pieces that stay alive in their slot.
            let mut input = unsafe { Input::from_fill(l.0, next_piece, ptr::null(), ptr::null_mut()) };
            l.load_input(&mut input, name.to_bytes(), mode)
        }
    };
    finish_load(l, loaded.is_ok(), env)
}

/// Asks the reader function (argument 1 of `load`) for the next piece; nil or an empty string ends the chunk.
unsafe fn next_piece(input: &mut Input) -> Fallible<()> {
    let l = State(input.l);
    l.need_stack(2, "too many nested functions")?;
    l.push_value(1);
    l.call(0, 1)?;
    if l.is_nil(-1) {
        l.pop(1);
        // SAFETY: nothing is read from an empty piece.
        unsafe { input.set_piece(ptr::null(), 0) };
        return Ok(());
    }
    if !l.is_string(-1) {
        return Err(l.error(&[b"reader function must return a string".into()]));
    }
    l.replace(PIECE);
    let piece = l.to_bytes(PIECE)?.unwrap_or_default();
    // SAFETY: the string is in its slot until it is replaced by the next piece.
    unsafe { input.set_piece(piece.as_ptr(), piece.len()) };
    Ok(())
}

/// Refuses modes that Lua code cannot use.
fn check_mode(l: State, arg: i32, mode: Option<&[u8]>) -> Fallible<Option<&[u8]>> {
    let fixed = LOAD_HAS_FIXED_BUFFERS && mode.is_some_and(|mode| mode.contains(&b'B'));
    l.arg_check(!fixed, arg, "invalid mode")?;
    Ok(mode)
}

/// `loadfile([name [, mode [, env]]])`
pub fn loadfile(l: State) -> Fallible<i32> {
    let name = opt_c_string(l, 1, None)?.map(|n| n.to_bytes());
    if !HAS_ENV_UPVALUE {
        let status = l.load_file(name, None)?;
        return finish_load(l, status == 0, 0);
    }
    let mode = check_mode(l, 2, opt_c_string(l, 2, None)?.map(|m| m.to_bytes()))?;
    let env = if l.is_none(3) { 0 } else { 3 };
    let status = l.load_file(name, mode)?;
    finish_load(l, status == 0, env)
}

/// Gives the chunk on top its environment (argument `env`, 0: none), or puts fail before the error message.
pub(super) fn finish_load(l: State, ok: bool, env: i32) -> Fallible<i32> {
    if !ok {
        l.push_nil();
        l.insert(-2);
        return Ok(2);
    }
    if env != 0 {
        l.push_value(env);
        if l.set_upvalue(-2, 1).is_none() {
            l.pop(1);
        }
    }
    Ok(1)
}

/// `dofile([name])`
pub fn dofile(l: State) -> Fallible<i32> {
    let name = opt_c_string(l, 1, None)?.map(|n| n.to_bytes());
    l.set_top(1);
    if l.load_file(name, None)? != 0 {
        return Err::<i32, Thrown>(l.throw());
    }
    l.call_then(0, -1, |l, _, _| Ok(l.top() - 1), 0)
}
