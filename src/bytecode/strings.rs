//! The strings of a chunk that holds each of them once (5.5): where one has occurred before, its number stands for it.
//!
//! Both sides count the strings as they come. They are kept in a table on the Lua stack, from which whoever owns the
//! stack has to take it when all is done.

use crate::gc;
use crate::object::{Fallible, Slot, Str, Table, Thread, Value};
use crate::vm::error;

/// The strings that have occurred.
pub struct Strings {
    l: *mut Thread,
    table: *mut Table,
    count: i64,
}

impl Strings {
    /// Pushes the table.
    ///
    /// # Safety
    /// `l` is live and has a free slot (one beyond the frame will do).
    pub unsafe fn new(l: *mut Thread) -> Fallible<Strings> {
        // SAFETY: `l` is live and has a free slot, which anchors the table before anything else is allocated.
        unsafe {
            let table = Table::new((*l).global)?;
            Value::store((*l).top, Value::object(table));
            (*l).top = (*l).top.add(1);
            Ok(Strings { l, table, count: 0 })
        }
    }

    /// The writer's: the number of a string that has occurred; another one gets a number, too.
    ///
    /// # Safety
    /// The table is on the stack; the string is live.
    pub unsafe fn number(&mut self, string: *const Str) -> Fallible<Option<usize>> {
        // SAFETY: the table is alive on the stack, the string is live.
        unsafe {
            let key = Value::object(string.cast_mut());
            let known = Slot::load(Table::get(self.table, key));
            if known.is_integer() {
                return Ok(Some(known.as_integer() as usize));
            }
            self.set(key, Value::whole(self.count + 1))?;
            Ok(None)
        }
    }

    /// The reader's: a string that has not occurred before. Nothing else needs to keep it alive.
    ///
    /// # Safety
    /// As `number`.
    pub unsafe fn add(&mut self, string: *mut Str) -> Fallible<()> {
        // SAFETY: the table is alive on the stack; the string gets there before the table grows.
        unsafe {
            Value::store((*self.l).top, Value::object(string));
            (*self.l).top = (*self.l).top.add(1);
            self.set(Value::whole(self.count + 1), Value::object(string))?;
            (*self.l).top = (*self.l).top.sub(1);
            Ok(())
        }
    }

    /// The string with that number, if there is one.
    ///
    /// # Safety
    /// The table is on the stack.
    pub unsafe fn get(&self, number: usize) -> Option<*mut Str> {
        // SAFETY: the table is alive on the stack and holds nothing but strings.
        unsafe {
            let string = Slot::load(Table::get_int(self.table, number as i64));
            string.is_string().then(|| string.as_str())
        }
    }

    unsafe fn set(&mut self, key: Value, value: Value) -> Fallible<()> {
        // SAFETY: the table is on the stack.
        unsafe {
            let g = (*self.l).global;
            Table::set(g, self.table, key, value).map_err(|e| error::table_error(self.l, e))?;
            gc::barrier_back(g, self.table.cast(), value);
            self.count += 1;
            Ok(())
        }
    }
}
