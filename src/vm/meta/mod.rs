//! Metatables: finding metamethods, and the operations that may call one.
//!
//! Each operation exists in two forms. The plain one serves native code: a metamethod runs in a nested invocation of the
//! dispatch. The `_in_frame` one serves an instruction of the running Lua frame, which is written back: a
//! metamethod is entered like any function, and when it returns `finish` does what is left of the instruction.

mod access;
mod arith;
mod compare;
mod concat;

pub use access::{index, index_in_frame, length, length_in_frame, set_index, set_index_in_frame, set_list};
pub use arith::{arith, arith_in_frame, counts_as_integer, counts_as_number};
pub use compare::{
    compare_strings, equal, equal_in_frame, less_equal, less_equal_in_frame, less_than, less_than_in_frame,
};
pub use concat::{concat, concat_in_frame};

use super::call::{self, Flow};
use super::error;
use super::stack::ensure_stack;
use crate::object::global::{CACHED_EVENTS, Event};
use crate::object::thread::call_flag;
use crate::object::{Fallible, Slot, Table, Thread, Value, tag};

/// How many `__index` or `__newindex` steps before "possible loop" (`MAXTAGLOOP`).
const MAX_CHAIN: usize = crate::version::MAX_METAMETHOD_CHAIN as usize;

/// The metatable of any value, or null.
#[inline]
pub unsafe fn metatable_of(l: *mut Thread, v: Value) -> *mut Table {
    // SAFETY: the tag says what the payload points to.
    unsafe {
        match v.tag {
            tag::TABLE => (*v.as_table()).metatable,
            tag::USERDATA => (*v.as_userdata()).metatable,
            _ => (*(*l).global).metatables[v.type_code() as usize],
        }
    }
}

/// The metamethod of `v` for `event`, nil when there is none.
#[inline]
pub unsafe fn metamethod(l: *mut Thread, v: Value, event: Event) -> Value {
    // SAFETY: `l` is live.
    unsafe {
        let mt = metatable_of(l, v);
        if mt.is_null() {
            return Value::NIL;
        }
        Slot::load(Table::get_short_str(mt, (*(*l).global).event_names[event as usize]))
    }
}

/// The metamethod in a metatable (null: none) for one of the cached events, by the absence flags.
#[inline]
pub unsafe fn fast_metamethod(l: *mut Thread, mt: *mut Table, event: Event) -> Value {
    debug_assert!((event as u8) < CACHED_EVENTS);
    // SAFETY: `l` is live, `mt` null or live.
    unsafe {
        if mt.is_null() || (*mt).absent & (1 << event as u8) != 0 {
            return Value::NIL;
        }
        let v = Slot::load(Table::get_short_str(mt, (*(*l).global).event_names[event as usize]));
        if v.is_nil() {
            (*mt).absent |= 1 << event as u8;
        }
        v
    }
}

/// Pushes a function and its arguments on top.
#[inline(always)]
unsafe fn push_call(l: *mut Thread, function: Value, args: &[Value]) -> Fallible<*mut Value> {
    // SAFETY: `EXTRA_STACK` leaves room for a function and three arguments above any frame.
    unsafe {
        let func = (*l).top;
        Value::store(func, function);
        for (n, v) in args.iter().enumerate() {
            Value::store(func.add(1 + n), *v);
        }
        (*l).top = func.add(1 + args.len());
        Ok(func)
    }
}

/// Calls a metamethod for an instruction of the running frame, whose `finish` gets `wanted` results.
#[inline(always)]
unsafe fn call_in_frame(l: *mut Thread, function: Value, args: &[Value], wanted: i32) -> Fallible<Flow> {
    // SAFETY: the frame is written back.
    unsafe {
        let func = push_call(l, function, args)?;
        error::enter_c_call(l)?;
        call::start_quickly(l, func, wanted, call_flag::CONTINUES)
    }
}

/// Calls a metamethod from native code and pops its result.
unsafe fn call_natively(l: *mut Thread, function: Value, args: &[Value]) -> Fallible<Value> {
    // SAFETY: as `push_call`.
    unsafe {
        ensure_stack(l, 4)?;
        let func = push_call(l, function, args)?;
        call::call(l, func, 1, (*(*l).ci).flags & call_flag::NATIVE == 0)?;
        (*l).top = (*l).top.sub(1);
        Ok(Value::load((*l).top))
    }
}
