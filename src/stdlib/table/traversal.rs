//! Functions for lists that only 5.1 has.

use crate::library;
use crate::object::Fallible;
use crate::object::value::types;
use crate::vm::State;

library! {
    pub static FUNCTIONS = {
        b"foreach" => foreach,
        b"foreachi" => foreachi,
        b"getn" => getn,
        b"setn" => setn,
    }
}

/// `table.foreach(table, f)`: calls `f(key, value)` until it returns something.
fn foreach(l: State) -> Fallible<i32> {
    l.check_type(1, types::TABLE)?;
    l.check_type(2, types::FUNCTION)?;
    l.push_nil();
    while l.next(1)? {
        l.push_value(2);
        l.push_value(-3);
        l.push_value(-3);
        l.call(2, 1)?;
        if !l.is_nil(-1) {
            return Ok(1);
        }
        l.pop(2);
    }
    Ok(0)
}

/// `table.foreachi(list, f)`: calls `f(index, value)` until it returns something.
fn foreachi(l: State) -> Fallible<i32> {
    l.check_type(1, types::TABLE)?;
    let n = l.raw_len(1) as i64;
    l.check_type(2, types::FUNCTION)?;
    for i in 1..=n {
        l.push_value(2);
        l.push_integer(i);
        l.raw_get_i(1, i);
        l.call(2, 1)?;
        if !l.is_nil(-1) {
            return Ok(1);
        }
        l.pop(1);
    }
    Ok(0)
}

/// `table.getn(list)`
fn getn(l: State) -> Fallible<i32> {
    l.check_type(1, types::TABLE)?;
    l.push_integer(l.raw_len(1) as i64);
    Ok(1)
}

/// `table.setn(list, n)`: lists have no size of their own any more.
fn setn(l: State) -> Fallible<i32> {
    l.check_type(1, types::TABLE)?;
    Err(l.error(&["'setn' is obsolete".into()]))
}
