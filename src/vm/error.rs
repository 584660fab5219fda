//! Raising errors.
//!
//! An error object waits in `Thread::error` while a `Thrown` travels. Functions here run the message
//! handler of the innermost `xpcall` at the place where the error is raised, with the stack intact.

use super::state::State;
use super::{call, debug};
use crate::object::thread::{MAX_C_CALLS, call_flag};
use crate::object::{Fallible, Str, TableError, Thread, Thrown, Value};
use crate::version::{LAST_C_CALL, NIL_ERRORS_GET_MESSAGE};

/// One piece of a message.
#[derive(Clone, Copy)]
pub enum Part<'a> {
    Bytes(&'a [u8]),
    Int(i64),
    Float(f64),
    Str(*mut Str),
}

impl<'a> From<&'a [u8]> for Part<'a> {
    fn from(b: &'a [u8]) -> Self {
        Part::Bytes(b)
    }
}
impl<'a, const N: usize> From<&'a [u8; N]> for Part<'a> {
    fn from(b: &'a [u8; N]) -> Self {
        Part::Bytes(b)
    }
}
impl<'a> From<&'a str> for Part<'a> {
    fn from(b: &'a str) -> Self {
        Part::Bytes(b.as_bytes())
    }
}
/// A character as messages show it: itself, or `<\N>` when it cannot be printed.
pub fn printable(code: u8, text: &mut [u8; 8]) -> &[u8] {
    if (b' '..=b'~').contains(&code) {
        text[0] = code;
        return &text[..1];
    }
    text[..2].copy_from_slice(b"<\\");
    let mut len = 2;
    for (divisor, needed) in [(100, 100), (10, 10), (1, 0)] {
        if code >= needed {
            text[len] = b'0' + code / divisor % 10;
            len += 1;
        }
    }
    text[len] = b'>';
    &text[..=len]
}

impl From<i64> for Part<'_> {
    fn from(n: i64) -> Self {
        Part::Int(n)
    }
}
impl From<i32> for Part<'_> {
    fn from(n: i32) -> Self {
        Part::Int(n as i64)
    }
}
impl From<usize> for Part<'_> {
    fn from(n: usize) -> Self {
        Part::Int(n as i64)
    }
}

/// Raises `value` as an error (`lua_error`): runs the message handler.
pub unsafe fn throw_value(l: *mut Thread, value: Value) -> Thrown {
    // SAFETY: `EXTRA_STACK` leaves room for the handler and its argument.
    unsafe {
        let mut value = value;
        if (*l).error_handler != 0 {
            let func = (*l).top;
            Value::copy(func, (*l).stack.byte_offset((*l).error_handler));
            Value::store(func.add(1), value);
            (*l).top = func.add(2);
            if let Err(thrown) = call::call(l, func, 1, false) {
                return thrown;
            }
            (*l).top = (*l).top.sub(1);
            value = Value::load((*l).top);
        }
        if NIL_ERRORS_GET_MESSAGE && value.is_nil() {
            match Str::new((*l).global, b"<no error object>") {
                Ok(message) => value = Value::object(message),
                Err(_) => return Thrown::Memory,
            }
        }
        (*l).error = value;
        Thrown::Runtime
    }
}

/// Raises a message that starts with the position of the running Lua function, if it is one (`luaG_runerror`).
#[cold]
pub unsafe fn runtime(l: *mut Thread, parts: &[Part]) -> Thrown {
    // SAFETY: `l` runs; the pushed pieces keep to `EXTRA_STACK`.
    unsafe {
        let state = State(l);
        let build = || -> Fallible<()> {
            if (*(*l).ci).flags & call_flag::NATIVE == 0 && debug::push_position(l, (*l).ci)? {
                state.push_parts(parts)?;
                return state.concat(2);
            }
            state.push_parts(parts)
        };
        match build() {
            Ok(()) => {
                (*l).top = (*l).top.sub(1);
                throw_value(l, Value::load((*l).top))
            }
            Err(thrown) => thrown,
        }
    }
}

/// Raises a message with status `LUA_ERRSYNTAX` and no handler; for the lexer, parser and chunk loader.
#[cold]
pub unsafe fn syntax(l: *mut Thread, parts: &[Part]) -> Thrown {
    // SAFETY: as `runtime`.
    unsafe {
        if let Err(thrown) = State(l).push_parts(parts) {
            return thrown;
        }
        (*l).top = (*l).top.sub(1);
        (*l).error = Value::load((*l).top);
        Thrown::Syntax
    }
}

/// The error for a failed assignment to a table.
#[cold]
pub unsafe fn table_error(l: *mut Thread, e: TableError) -> Thrown {
    let message = match e {
        TableError::OutOfMemory => return Thrown::Memory,
        TableError::Overflow => "table overflow",
        TableError::NilIndex => "table index is nil",
        TableError::NanIndex => "table index is NaN",
        TableError::InvalidKey => "invalid key to 'next'",
    };
    // SAFETY: `l` is live.
    unsafe { runtime(l, &[message.into()]) }
}

/// Counts one more nested native call or syntactic level; `Err` is "C stack overflow" at [`MAX_C_CALLS`].
#[inline(always)]
pub unsafe fn enter_c_call(l: *mut Thread) -> Result<(), Thrown> {
    // SAFETY: `l` is live.
    unsafe { count_c_call(l, 1) }
}

/// Adds to the count of native calls (and of non-yieldable ones, in the upper half). After a refusal the count stays as
/// it is: whoever catches the error sets it back.
#[inline(always)]
pub unsafe fn count_c_call(l: *mut Thread, increment: u32) -> Result<(), Thrown> {
    // SAFETY: `l` is live.
    unsafe {
        (*l).c_calls += increment;
        if (*l).c_calls & 0xFFFF >= MAX_C_CALLS { check_c_calls(l) } else { Ok(()) }
    }
}

#[cold]
unsafe fn check_c_calls(l: *mut Thread) -> Result<(), Thrown> {
    // SAFETY: as `count_c_call`.
    unsafe {
        let count = (*l).c_calls & 0xFFFF;
        if count == MAX_C_CALLS {
            return Err(runtime(l, &["C stack overflow".into()]));
        }
        // The levels above the limit serve to handle that very error.
        if count >= LAST_C_CALL { Err(in_handler(l)) } else { Ok(()) }
    }
}

/// An error while an error is being handled.
#[cold]
pub unsafe fn in_handler(l: *mut Thread) -> Thrown {
    // SAFETY: `l` is live.
    unsafe {
        match Str::new((*l).global, b"error in error handling") {
            Ok(message) => {
                (*l).error = Value::object(message);
                Thrown::InHandler
            }
            Err(_) => Thrown::Memory,
        }
    }
}

/// Counts one level less.
#[inline(always)]
pub unsafe fn leave_c_call(l: *mut Thread) {
    // SAFETY: `l` is live.
    unsafe { (*l).c_calls -= 1 }
}

/// Makes a warning of an error that nobody can catch: `"error in <where> (<message>)"`.
pub unsafe fn warn_of(l: *mut Thread, place: &[u8], value: Value) -> Fallible<()> {
    // SAFETY: a string's bytes are alive while the value is.
    unsafe {
        let message: &[u8] =
            if value.is_string() { Str::bytes(value.as_str()) } else { b"error object is not a string" };
        let state = State(l);
        state.warning(b"error in ", true)?;
        state.warning(place, true)?;
        state.warning(b" (", true)?;
        state.warning(message, true)?;
        state.warning(b")", false)
    }
}
