//! The library `table` (manual §6.6).
//!
//! The functions work on anything that behaves like a table ([`check`]). A table without a metatable needs no
//! metamethods, so it is accessed directly ([`plain`]); but whatever may run Lua code or collect garbage can also
//! give it a metatable or move its parts, so nothing about a plain table is remembered across such a point.

mod concat;
mod edit;
mod pack;
mod quick;
mod sort;
#[cfg(feature = "lua51")]
mod traversal;

#[cfg(feature = "lua51")]
use super::order;
use crate::object::value::types;
use crate::object::{Fallible, Slot, Table, Value};
use crate::version::{
    COUNTS_IN_C_INTS, HAS_INTEGERS, HAS_TABLE_CREATE, HAS_TABLE_PACK, KEEPS_OLD_NAMES, LISTS_RESPECT_LEN,
    TABLE_LIBRARY_IS_RAW,
};
use crate::vm::{State, error};
use crate::{builtin, gc, library};

library! { static FUNCTIONS = {
    b"concat" => concat::concat,
    b"insert" => edit::insert => quick::Insert,
    b"remove" => edit::remove => quick::Remove,
    b"sort" => sort::sort,
} }

library! { static PACKING = {
    b"pack" => pack::pack,
    b"unpack" => pack::unpack,
} }

library! { static MOVING = {
    b"move" => edit::move_,
} }

library! { static CREATION = {
    b"create" => create,
} }

library! { static OLD_FUNCTIONS = {
    b"maxn" => edit::maxn,
} }

#[cfg(feature = "lua51")]
pub use pack::unpack;

/// `table.create(array [, hash])`: an empty table with room for so many elements.
fn create(l: State) -> Fallible<i32> {
    let array = l.check_integer(1)?;
    let hash = l.opt_integer(2, 0)?;
    let in_range = 0..=i64::from(i32::MAX);
    l.arg_check(in_range.contains(&array), 1, "out of range")?;
    l.arg_check(in_range.contains(&hash), 2, "out of range")?;
    l.new_table(array as usize, hash as usize)?;
    Ok(1)
}

builtin!(pub static OPEN = open);

/// `luaopen_table`
fn open(l: State) -> Fallible<i32> {
    #[cfg(feature = "lua51")]
    order::enter_library(l, b"table", order::TABLE)?;
    l.new_library(b"table", FUNCTIONS)?;
    if HAS_TABLE_PACK {
        l.set_functions(PACKING, 0)?;
    }
    if HAS_TABLE_CREATE {
        l.set_functions(CREATION, 0)?;
    }
    if HAS_INTEGERS {
        l.set_functions(MOVING, 0)?;
    } else {
        l.set_functions(OLD_FUNCTIONS, 0)?;
    }
    #[cfg(feature = "lua51")]
    l.set_functions(traversal::FUNCTIONS, 0)?;
    if KEEPS_OLD_NAMES {
        l.get_field(-1, b"unpack")?;
        l.set_global(b"unpack")?;
    }
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

/// The argument, if it is a table whose fields are accessed raw: one without a metatable, in old versions any.
#[inline(always)]
fn plain(l: State, arg: i32) -> Option<*mut Table> {
    let v = l.value(arg);
    // SAFETY: an argument that is a table is alive.
    let raw = v.is_table() && (TABLE_LIBRARY_IS_RAW || unsafe { (*v.as_table()).metatable.is_null() });
    if raw { Some(v.as_table()) } else { None }
}

/// The length of the list at index 1, which is [`plain`].
#[inline(always)]
fn plain_length(l: State, t: *mut Table) -> Fallible<i64> {
    // SAFETY: an argument, hence alive.
    unsafe {
        if TABLE_LIBRARY_IS_RAW && LISTS_RESPECT_LEN && !(*t).metatable.is_null() {
            return l.len_integer(1);
        }
        Ok(Table::length(t) as i64)
    }
}

/// An argument that is a position or a count, as C's type for them has it.
#[inline(always)]
fn check_position(l: State, arg: i32) -> Fallible<i64> {
    let n = l.check_integer(arg)?;
    Ok(if COUNTS_IN_C_INTS { n as i32 as i64 } else { n })
}

/// As [`check_position`], with a default.
#[inline(always)]
fn opt_position(l: State, arg: i32, default: i64) -> Fallible<i64> {
    if l.is_none_or_nil(arg) { Ok(default) } else { check_position(l, arg) }
}

/// Raises "table expected" unless the argument is a table or has metamethods for what is needed.
fn check(l: State, arg: i32, needs: Needs) -> Fallible<()> {
    if l.value(arg).is_table() {
        return Ok(());
    }
    if !TABLE_LIBRARY_IS_RAW && l.get_metatable(arg) {
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
    if LISTS_RESPECT_LEN { l.len_integer(arg) } else { Ok(l.raw_len(arg) as i64) }
}

/// `t[i]` of a plain table.
///
/// # Safety
/// `t` is alive.
#[inline(always)]
unsafe fn get(t: *mut Table, i: i64) -> Value {
    // SAFETY: `t` is live; lookups return a readable value.
    unsafe { Slot::load(Table::get_int(t, i)) }
}

/// `t[i] = v` of a plain table.
///
/// # Safety
/// `t` and `v` are reachable.
#[inline(always)]
unsafe fn set(l: State, t: *mut Table, i: i64, v: Value) -> Fallible<()> {
    // SAFETY: `t` and `v` are reachable, and `slot` is looked up with no change to the table since.
    unsafe {
        let global = (*l.0).global;
        let slot = Table::array_slot(t, i);
        if !slot.is_null() {
            Slot::store(slot, v);
        } else if let Err(e) = Table::set_int(global, t, i, v) {
            return Err(error::table_error(l.0, e));
        }
        gc::barrier_back(global, t.cast(), v);
    }
    Ok(())
}
