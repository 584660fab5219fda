//! Extra arguments as a table (`function f (...name)`, manual §3.4.11 of 5.5), and declarations of globals that exist.

use super::call::{self, Flow};
use super::error::{self, table_error};
use super::stack::ensure_stack;
use crate::gc;
use crate::object::{Fallible, Slot, Str, Table, Thread, Thrown, Value, number};
use crate::version::EXTRA_ARGUMENTS_IN_TABLE;

/// `VarargPrep`: adjusts the frame, and makes the table of extra arguments in register `table - 1` unless `table` is 0.
#[inline]
pub unsafe fn prepare(l: *mut Thread, table: usize) -> Fallible<Flow> {
    // SAFETY: the running frame has just been entered.
    unsafe {
        let flow = call::adjust_varargs(l)?;
        if EXTRA_ARGUMENTS_IN_TABLE && table != 0 { make_table(l, (*(*l).ci).func.add(table)) } else { Ok(flow) }
    }
}

/// Makes a table of the frame's extra arguments, with their number as field `n`, in the register at
/// `to`. (The frame needs their number to return, but nothing shows them any more.)
unsafe fn make_table(l: *mut Thread, to: *mut Value) -> Fallible<Flow> {
    // SAFETY: the running frame has just been entered, with its stack ensured; the arguments lie below its function. The
    // table is in its register before it grows, which moves no stack.
    unsafe {
        let g = (*l).global;
        let ci = (*l).ci;
        let count = (*ci).extra_args as usize;
        (*l).top = (*ci).top;
        let table = Table::new(g)?;
        Value::store(to, Value::object(table));
        Table::resize(g, table, count as u32, 1).map_err(|e| table_error(l, e))?;
        let name = Str::new(g, b"n")?;
        Table::set(g, table, Value::object(name), Value::whole(count as i64)).map_err(|e| table_error(l, e))?;
        for n in 0..count {
            let value = Value::load((*ci).func.sub(count).add(n));
            Table::set_int(g, table, n as i64 + 1, value).map_err(|e| table_error(l, e))?;
        }
        gc::check(l)?;
        Ok(Flow::Run)
    }
}

/// `VarargUnpack`: the values in the table of register `table`, as many as wanted (-1: as its field `n` says, up to the
/// new `top`), to register `to`.
pub unsafe fn unpack(l: *mut Thread, to: usize, table: usize, wanted: i32) -> Fallible<Flow> {
    // SAFETY: the running frame's registers; the table stays in its own.
    unsafe {
        let ci = (*l).ci;
        let base = (*ci).func.add(1);
        (*l).top = (*ci).top;
        let source = Value::load(base.add(table));
        let Some(count) = count(l, source)? else {
            return Err(error::runtime(l, &["vararg table has no proper 'n'".into()]));
        };
        let source = source.as_table();
        let mut base = base;
        let wanted = if wanted < 0 {
            ensure_stack(l, count)?;
            base = (*(*l).ci).func.add(1);
            (*l).top = base.add(to + count);
            count
        } else {
            wanted as usize
        };
        for n in 0..wanted {
            let value = if n < count { Slot::load(Table::get_int(source, n as i64 + 1)) } else { Value::NIL };
            Value::store(base.add(to + n), value);
        }
        Ok(Flow::Run)
    }
}

/// A field of the running function's extra arguments as if they were a table, where the key is no integer: their number
/// at "n", and an argument at a float with an integer's value.
pub unsafe fn field(l: *mut Thread, key: Value) -> Value {
    // SAFETY: the running frame is a vararg function's, with its extra arguments below its function.
    unsafe {
        let ci = (*l).ci;
        let extra = (*ci).extra_args as usize;
        if key.is_string() && Str::bytes(key.as_str()) == b"n" {
            return Value::whole(extra as i64);
        }
        match number::to_integer(key).and_then(|n| usize::try_from(n).ok()) {
            Some(n @ 1..) if n <= extra => Value::load((*ci).func.sub(extra).add(n - 1)),
            _ => Value::NIL,
        }
    }
}

/// The field `n` of the table, if it is a proper number of values.
unsafe fn count(l: *mut Thread, table: Value) -> Fallible<Option<usize>> {
    // SAFETY: a live value.
    unsafe {
        if !table.is_table() {
            return Ok(None);
        }
        let name = Str::new((*l).global, b"n")?;
        let n = Slot::load(Table::get(table.as_table(), Value::object(name)));
        let proper = n.is_integer() && (0..=i64::from(i32::MAX / 2)).contains(&n.as_integer());
        Ok(proper.then(|| n.as_integer() as usize))
    }
}

/// `CheckNil`: the error that a global variable exists, whose name is constant `name - 1`.
#[cold]
pub unsafe fn already_defined(l: *mut Thread, k: *const Value, name: u32) -> Thrown {
    // SAFETY: the running function's constants.
    unsafe {
        let name = if name == 0 { Value::NIL } else { Value::load(k.add(name as usize - 1)) };
        let name = if name.is_string() { error::Part::Str(name.as_str()) } else { "?".into() };
        error::runtime(l, &["global '".into(), name, "' already defined".into()])
    }
}
