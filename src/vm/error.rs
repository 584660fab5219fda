//! Raising errors.
//!
//! An error object waits in `Thread::error` while a `Thrown` travels. Functions here run the message
//! handler of the innermost `xpcall` at the place where the error is raised, with the stack intact.

use crate::object::{Str, TableError, Thread, Thrown, Value};

/// One piece of a message.
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
pub unsafe fn throw_value(_l: *mut Thread, _value: Value) -> Thrown {
    unimplemented!()
}

/// Raises a message that starts with the position of the running Lua function, if it is one (`luaG_runerror`).
pub unsafe fn runtime(_l: *mut Thread, _parts: &[Part]) -> Thrown {
    unimplemented!()
}

/// Raises a message with status `LUA_ERRSYNTAX` and no handler; for the lexer, parser and chunk loader.
pub unsafe fn syntax(_l: *mut Thread, _parts: &[Part]) -> Thrown {
    unimplemented!()
}

/// The error for a failed assignment to a table.
pub unsafe fn table_error(_l: *mut Thread, _e: TableError) -> Thrown {
    unimplemented!()
}

/// Counts one more nested native call or syntactic level; `Err` is "C stack overflow" at [`crate::object::thread::MAX_C_CALLS`].
pub unsafe fn enter_c_call(_l: *mut Thread) -> Result<(), Thrown> {
    unimplemented!()
}

/// Counts one level less.
#[inline(always)]
pub unsafe fn leave_c_call(l: *mut Thread) {
    // SAFETY: `l` is live.
    unsafe { (*l).c_calls -= 1 }
}
