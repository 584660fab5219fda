//! Quick forms of basic functions.

use super::{IPAIRS_STEP, NEXT, NEXT_OF_PAIRS};
use crate::object::number::{self, MAX_TEXT};
use crate::object::{Slot, Str, Table, Value, tag};
use crate::version::{COUNTS_IN_C_INTS, HAS_INTEGERS, PAIRS_HAS_ITS_NEXT, TABLES_HAVE_FINALIZERS};
use crate::vm::State;
use crate::vm::quick::{Arguments, integer_value};
use crate::{gc, quick_forms};

/// Three results, and nil for what else is wanted: how a traversal begins.
#[inline(always)]
fn triple(a: Arguments, iterator: Value, table: Value, start: Value) -> Option<Value> {
    a.set_result(1, iterator);
    a.set_result(2, table);
    a.set_result(3, start);
    a.set_result(4, Value::NIL);
    Some(Value::NIL)
}

quick_forms! {
    /// `assert(v, ...)` of something true, of which only the first is wanted
    Assert(a): Plain {
        let v = a.get(1).filter(|v| !v.is_falsy())?;
        if a.wanted >= 0 || a.count == 1 { Some(v) } else { None }
    }

    /// `getmetatable(v)` of a table
    GetMetatable(a): Allocates {
        let table = a.table(1)?;
        // SAFETY: arguments are alive.
        unsafe {
            let metatable = (*table).metatable;
            if metatable.is_null() {
                return Some(Value::NIL);
            }
            let name = a.string(b"__metatable")?;
            // An emergency collection runs no finalizers: the metatable is still the same.
            let protection = Slot::load(Table::get_str(metatable, name.as_str()));
            Some(if protection.is_nil() { Value::object(metatable) } else { protection })
        }
    }

    /// `setmetatable(table, metatable)` of a table that has none
    SetMetatable(a): Plain {
        let (table, metatable) = (a.plain_table(1)?, a.table(2)?);
        // SAFETY: both are arguments.
        unsafe {
            (*table).metatable = metatable;
            gc::barrier_object(a.global(), table.cast(), metatable.cast());
            if TABLES_HAVE_FINALIZERS {
                gc::check_finalizer(a.l, table.cast(), metatable);
            }
        }
        a.get(1)
    }

    /// `ipairs(t)` of a table without metatable
    Ipairs(a): Many {
        a.plain_table(1)?;
        triple(a, IPAIRS_STEP.value(), a.get(1)?, integer_value(0))
    }

    /// `pairs(t)` of a table without metatable
    Pairs(a): Many {
        a.plain_table(1)?;
        let next = if PAIRS_HAS_ITS_NEXT { &NEXT_OF_PAIRS } else { &NEXT };
        triple(a, next.value(), a.get(1)?, Value::NIL)
    }

    /// `next(table [, index])`
    Next(a): Many {
        let table = a.table(1)?;
        let key = a.get(2).unwrap_or(Value::NIL);
        let mut entry = [Value::NIL; 2];
        // SAFETY: an argument is alive; an entry is two values.
        unsafe { Table::next(table, key, entry.as_mut_ptr()).ok()? };
        let [key, value] = entry;
        a.set_result(1, key);
        a.set_result(2, value);
        a.set_result(3, Value::NIL);
        a.set_result(4, Value::NIL);
        Some(Value::NIL)
    }

    /// `rawequal(v1, v2)`
    RawEqual(a): Plain {
        let (x, y) = (a.get(1)?, a.get(2)?);
        // SAFETY: arguments are alive.
        Some(Value::boolean(unsafe { x.raw_equal(y) }))
    }

    /// `rawlen(v)` of a table
    RawLen(a): Plain {
        // SAFETY: an argument is alive.
        Some(integer_value(unsafe { Table::length(a.table(1)?) } as i64))
    }

    /// `rawget(table, index)`
    RawGet(a): Plain {
        // SAFETY: an argument is alive.
        Some(unsafe { Slot::load(Table::get(a.table(1)?, a.get(2)?)) })
    }

    /// `select(n, ...)` and `select("#", ...)` when one result is wanted
    Select(a): Plain {
        let n = a.get(1)?;
        // SAFETY: an argument is alive; a NUL follows a string's bytes.
        if n.is_string() && unsafe { *Str::data(n.as_str()) } == b'#' {
            return Some(integer_value(a.count as i64 - 1));
        }
        let n = a.integer(1)?;
        if n < 1 || a.wanted < 0 || COUNTS_IN_C_INTS && n > i32::MAX as i64 {
            return None;
        }
        Some(if n < a.count as i64 { a.get(1 + n as usize)? } else { Value::NIL })
    }

    /// `tonumber(v)` of a number or a string
    ToNumber(a): Allocates {
        if a.count != 1 {
            return None;
        }
        if let Some(text) = a.bytes(1) {
            return Some(State::parse_number(text).unwrap_or(Value::NIL));
        }
        a.get(1).filter(|v| v.is_number())
    }

    /// `tostring(v)` of a string without metamethod, or a number
    ToString(a): Allocates {
        let v = a.get(1)?;
        if State(a.l).has_tostring(v) {
            return None;
        }
        if v.is_string() {
            return Some(v);
        }
        if !(v.is_number() && (HAS_INTEGERS || v.tag == tag::FLOAT)) {
            return None;
        }
        let mut text = [0; MAX_TEXT];
        let len = number::format(v, &mut text);
        a.string(text.get(..len)?)
    }

    /// `type(v)`
    Type(a): Plain {
        let v = a.get(1)?;
        // SAFETY: the state keeps these strings; a value's code is in range.
        let name = unsafe { (*a.global()).type_names[v.type_code() as usize] };
        Some(Value { payload: name as u64, tag: tag::SHORT_STRING })
    }
}
