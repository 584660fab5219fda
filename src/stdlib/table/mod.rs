//! The library `table` (manual §6.6).
//!
//! The functions work on anything that behaves like a table ([`check`]). A table without a metatable needs no
//! metamethods, so it is accessed directly ([`plain`]); but whatever may run Lua code or collect garbage can also
//! give it a metatable or move its parts, so nothing about a plain table is remembered across such a point.

mod concat;
mod edit;
mod pack;
mod sort;

use crate::object::value::types;
use crate::object::{Fallible, Table, Value};
use crate::vm::{State, error};
use crate::{builtin, gc, library};

library! { static FUNCTIONS = {
    b"concat" => concat::concat,
    b"insert" => edit::insert,
    b"move" => edit::move_,
    b"pack" => pack::pack,
    b"remove" => edit::remove,
    b"sort" => sort::sort,
    b"unpack" => pack::unpack,
} }

builtin!(pub static OPEN = open);

/// `luaopen_table`
fn open(l: State) -> Fallible<i32> {
    l.new_library(FUNCTIONS)?;
    Ok(1)
}

/// What an argument is used for, and so must be able to do.
#[derive(Clone, Copy)]
struct Needs {
    read: bool,
    write: bool,
    length: bool,
}

const READ: Needs = Needs { read: true, write: false, length: false };
const WRITE: Needs = Needs { read: false, write: true, length: false };
const READ_LENGTH: Needs = Needs { read: true, write: false, length: true };
const READ_WRITE_LENGTH: Needs = Needs { read: true, write: true, length: true };

/// The argument, if it is a table without a metatable.
#[inline(always)]
fn plain(l: State, arg: i32) -> Option<*mut Table> {
    let v = l.value(arg);
    // SAFETY: an argument that is a table is alive.
    if v.is_table() && unsafe { (*v.as_table()).metatable.is_null() } { Some(v.as_table()) } else { None }
}

/// Raises "table expected" unless the argument is a table or has metamethods for what is needed.
fn check(l: State, arg: i32, needs: Needs) -> Fallible<()> {
    if l.value(arg).is_table() {
        return Ok(());
    }
    if l.get_metatable(arg) {
        let fields: [(bool, &[u8]); 3] =
            [(needs.read, b"__index"), (needs.write, b"__newindex"), (needs.length, b"__len")];
        let mut able = true;
        for (needed, field) in fields {
            if needed && able {
                able = l.raw_get_field(-1, field)? != types::NIL;
                l.pop(1);
            }
        }
        l.pop(1);
        if able {
            return Ok(());
        }
    }
    l.check_type(arg, types::TABLE)
}

/// The length of a checked argument.
fn length(l: State, arg: i32, needs: Needs) -> Fallible<i64> {
    check(l, arg, needs)?;
    l.len_integer(arg)
}

/// `t[i]` of a plain table.
///
/// # Safety
/// `t` is alive.
#[inline(always)]
unsafe fn get(t: *mut Table, i: i64) -> Value {
    // SAFETY: the caller's; lookups return a readable value.
    unsafe { Value::load(Table::get_int(t, i)) }
}

/// `t[i] = v` of a plain table.
///
/// # Safety
/// `t` and `v` are reachable.
#[inline(always)]
unsafe fn set(l: State, t: *mut Table, i: i64, v: Value) -> Fallible<()> {
    // SAFETY: the caller's.
    unsafe {
        let global = (*l.0).global;
        let slot = Table::array_slot(t, i);
        if !slot.is_null() {
            Value::store(slot, v);
        } else if let Err(e) = Table::set_int(global, t, i, v) {
            return Err(error::table_error(l.0, e));
        }
        gc::barrier_back(global, t.cast(), v);
    }
    Ok(())
}
