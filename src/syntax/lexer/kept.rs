//! The strings of a chunk under compilation, kept alive by a table on the thread's stack.
//!
//! Short strings are unique already: they are appended to the table's array part, some of them several times. Long
//! strings are keys (and values) of its hash part, which makes them unique.

use crate::gc;
use crate::object::{Fallible, Slot, Str, Table, Thread, Value, tag};
use crate::vm::error;

/// Short strings that are known to be kept, one for each lower part of a hash.
const RECENT: usize = 128;
/// Room for short strings at first.
const FIRST: u32 = 16;

/// Keeps strings.
pub struct Kept {
    /// On the stack.
    table: *mut Table,
    /// Number of short strings; the places of the array part behind them are nil.
    count: u32,
    recent: [*mut Str; RECENT],
}

impl Kept {
    /// Pushes the table.
    ///
    /// # Safety
    /// `l` is live and has free stack slots.
    pub unsafe fn new(l: *mut Thread) -> Fallible<Kept> {
        // SAFETY: the table is pushed before anything else is allocated.
        unsafe {
            let table = Table::new((*l).global)?;
            push(l, Value::object(table));
            Ok(Kept { table, count: 0, recent: [core::ptr::null_mut(); RECENT] })
        }
    }

    /// The string with these bytes, kept.
    ///
    /// # Safety
    /// `l` is the thread; `bytes` are not part of an object.
    pub unsafe fn intern(&mut self, l: *mut Thread, bytes: &[u8]) -> Fallible<*mut Str> {
        // SAFETY: nothing is allocated in between.
        unsafe {
            let string = Str::new((*l).global, bytes)?;
            self.keep(l, string)
        }
    }

    /// The kept string that equals `string`: itself if there was none.
    ///
    /// # Safety
    /// `l` is the thread; nothing was allocated since `string` was got.
    #[inline(always)]
    pub unsafe fn keep(&mut self, l: *mut Thread, string: *mut Str) -> Fallible<*mut Str> {
        // SAFETY: the string is live; a recent one stays so.
        unsafe {
            if (*string).tag != tag::SHORT_STRING {
                return self.keep_long(l, string);
            }
            let place = &mut self.recent[(*string).hash as usize % RECENT];
            if *place != string {
                *place = string;
                self.keep_short(l, string)?;
            }
            Ok(string)
        }
    }

    unsafe fn keep_short(&mut self, l: *mut Thread, string: *mut Str) -> Fallible<()> {
        // SAFETY: the string is on the stack while the table grows; the place is inside the array part.
        unsafe {
            let (g, table, value) = ((*l).global, self.table, Value::object(string));
            if self.count >= (*table).array_len {
                push(l, value);
                let len = (*table).array_len.saturating_mul(2).max(FIRST);
                Table::resize(g, table, len, 0).map_err(|e| error::table_error(l, e))?;
                (*l).top = (*l).top.sub(1);
            }
            Slot::store((*table).array.add(self.count as usize), value);
            self.count += 1;
            gc::barrier_back(g, table.cast(), value);
            gc::check(l)?;
            Ok(())
        }
    }

    unsafe fn keep_long(&mut self, l: *mut Thread, string: *mut Str) -> Fallible<*mut Str> {
        // SAFETY: the string is on the stack while the table may grow.
        unsafe {
            let (g, table) = ((*l).global, self.table);
            let known = Slot::load(Table::get_str(table, string));
            if !known.is_nil() {
                return Ok(known.as_str());
            }
            let value = Value::object(string);
            push(l, value);
            Table::set_str(g, table, string, value).map_err(|e| error::table_error(l, e))?;
            gc::barrier_back(g, table.cast(), value);
            gc::check(l)?;
            (*l).top = (*l).top.sub(1);
            Ok(string)
        }
    }
}

/// Pushes a value.
///
/// # Safety
/// There is a free slot.
unsafe fn push(l: *mut Thread, value: Value) {
    // SAFETY: there is a free slot at the top.
    unsafe {
        Value::store((*l).top, value);
        (*l).top = (*l).top.add(1);
    }
}
