//! Metamethods, as called from native code (nested dispatch; Lua code gets there without recursion).

use crate::object::global::Event;
use crate::object::{Fallible, Table, Thread, Value};
use core::cmp::Ordering;

/// The metamethod of `v` for `event`, nil when there is none.
pub unsafe fn metamethod(_l: *mut Thread, _v: Value, _event: Event) -> Value {
    unimplemented!()
}

/// The metamethod in a metatable (null: none) for one of the cached events, by the absence flags.
pub unsafe fn fast_metamethod(_l: *mut Thread, _mt: *mut Table, _event: Event) -> Value {
    unimplemented!()
}

/// The metatable of any value, or null.
pub unsafe fn metatable_of(_l: *mut Thread, _v: Value) -> *mut Table {
    unimplemented!()
}

/// `object[key]` with metamethods; `object` is a stack address or stays alive by itself.
pub unsafe fn index(_l: *mut Thread, _object: Value, _key: Value) -> Fallible<Value> {
    unimplemented!()
}

/// `object[key] = value` with metamethods.
pub unsafe fn set_index(_l: *mut Thread, _object: Value, _key: Value, _value: Value) -> Fallible<()> {
    unimplemented!()
}

/// `a == b` with metamethods.
pub unsafe fn equal(_l: *mut Thread, _a: Value, _b: Value) -> Fallible<bool> {
    unimplemented!()
}

/// `a < b` with metamethods.
pub unsafe fn less_than(_l: *mut Thread, _a: Value, _b: Value) -> Fallible<bool> {
    unimplemented!()
}

/// `a <= b` with metamethods.
pub unsafe fn less_equal(_l: *mut Thread, _a: Value, _b: Value) -> Fallible<bool> {
    unimplemented!()
}

/// Arithmetic with metamethods: `event` is one of `Add..=Bnot` (unary ones get the operand twice).
pub unsafe fn arith(_l: *mut Thread, _event: Event, _a: Value, _b: Value) -> Fallible<Value> {
    unimplemented!()
}

/// `#v` with metamethods.
pub unsafe fn length(_l: *mut Thread, _v: Value) -> Fallible<Value> {
    unimplemented!()
}

/// Concatenates the top `n >= 2` values into one, with metamethods.
pub unsafe fn concat(_l: *mut Thread, _n: usize) -> Fallible<()> {
    unimplemented!()
}

/// Order of two strings under the locale, NULs included (`strcoll` piecewise).
pub fn compare_strings(_a: &[u8], _b: &[u8]) -> Ordering {
    unimplemented!()
}
