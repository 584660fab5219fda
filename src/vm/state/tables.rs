//! Reading and writing tables, with and without metamethods, and walking through them.
//!
//! Every store into a table is followed by the collector's barrier for the value and, when the key may be new, for
//! the key. A key that was just created is on the stack before the store, which may allocate.

use super::State;
use crate::gc;
use crate::object::{Fallible, GcHeader, Slot, Str, Table, TableError, Thrown, Value};
use crate::version::INTEGERS_TRUNCATE;
use crate::vm::{error, meta};
use core::ffi::c_void;

impl State {
    // ---- with metamethods; functions that push the value return its type code.

    pub fn get_global(self, name: &[u8]) -> Fallible<i32> {
        let key = self.new_str(name)?;
        self.get_by_str(self.globals(), key)
    }

    pub fn set_global(self, name: &[u8]) -> Fallible<()> {
        let key = self.new_str(name)?;
        self.set_by_str(self.globals(), key)
    }

    #[inline]
    pub fn get_field(self, index: i32, key: &[u8]) -> Fallible<i32> {
        let key = self.new_str(key)?;
        self.get_by_str(self.value(index), key)
    }

    #[inline]
    pub fn set_field(self, index: i32, key: &[u8]) -> Fallible<()> {
        let key = self.new_str(key)?;
        self.set_by_str(self.value(index), key)
    }

    #[inline]
    pub(crate) fn new_str(self, bytes: &[u8]) -> Fallible<*mut Str> {
        // SAFETY: the thread is alive; the caller anchors the result before it allocates again.
        Ok(unsafe { Str::new((*self.0).global, bytes)? })
    }

    /// Pushes `object[key]`.
    #[inline(always)]
    pub(crate) fn get_by_str(self, object: Value, key: *mut Str) -> Fallible<i32> {
        // SAFETY: `object` is alive on the stack or in the registry; the key is pushed before anything can allocate.
        unsafe {
            if object.is_table() {
                let found = Slot::load(Table::get_str(object.as_table(), key));
                if !found.is_nil() || (*object.as_table()).metatable.is_null() {
                    self.push(found);
                    return Ok(found.type_code());
                }
            }
            self.push_object(key);
            let found = meta::index(self.0, object, Value::object(key))?;
            Value::store((*self.0).top.sub(1), found);
            Ok(found.type_code())
        }
    }

    /// Pops a value into `object[key]`.
    #[inline(always)]
    pub(crate) fn set_by_str(self, object: Value, key: *mut Str) -> Fallible<()> {
        // SAFETY: as `get_by_str`.
        unsafe {
            let value = self.value(-1);
            if object.is_table() {
                let table = object.as_table();
                let slot = Table::get_str(table, key);
                if !Slot::is_nil(slot) {
                    self.overwrite(table, slot, value);
                    self.pop(1);
                    return Ok(());
                }
            }
            self.push_object(key);
            self.set_slow(object, Value::object(key), value)?;
            self.pop(2);
            Ok(())
        }
    }

    /// Replaces the key on top by `t[key]`.
    #[inline]
    pub fn get_table(self, index: i32) -> Fallible<i32> {
        // SAFETY: table and key are on the stack.
        unsafe {
            let object = self.value(index);
            let key = self.value(-1);
            let found = self.find(object, key)?;
            Value::store((*self.0).top.sub(1), found);
            Ok(found.type_code())
        }
    }

    /// `object[key]`, both reachable.
    #[inline]
    unsafe fn find(self, object: Value, key: Value) -> Fallible<Value> {
        // SAFETY: object and key are on the stack of the running thread.
        unsafe {
            if object.is_table() {
                let found = Slot::load(Table::get(object.as_table(), key));
                if !found.is_nil() || (*object.as_table()).metatable.is_null() {
                    return Ok(found);
                }
            }
            meta::index(self.0, object, key)
        }
    }

    /// Pops a key and the value above it into `t[key]`.
    #[inline]
    pub fn set_table(self, index: i32) -> Fallible<()> {
        // SAFETY: table, key and value are on the stack.
        unsafe {
            let object = self.value(index);
            let (key, value) = (self.value(-2), self.value(-1));
            if object.is_table() {
                let slot = Table::get(object.as_table(), key);
                if !Slot::is_nil(slot) {
                    self.overwrite(object.as_table(), slot, value);
                    self.pop(2);
                    return Ok(());
                }
            }
            self.set_slow(object, key, value)?;
            self.pop(2);
            Ok(())
        }
    }

    /// Stores into an existing field.
    #[inline(always)]
    unsafe fn overwrite(self, table: *mut Table, slot: *const Slot, value: Value) {
        // SAFETY: `slot` is a non-nil field of `table`, so it is not the shared absent value.
        unsafe {
            Slot::store(slot.cast_mut(), value);
            gc::barrier_back((*self.0).global, table.cast(), value);
        }
    }

    /// `object[key] = value` for a field that is absent or an object that is no table.
    #[inline(never)]
    unsafe fn set_slow(self, object: Value, key: Value, value: Value) -> Fallible<()> {
        // SAFETY: all three are reachable.
        unsafe {
            if object.is_table() && (*object.as_table()).metatable.is_null() {
                return self.store_raw(object.as_table(), key, value);
            }
            meta::set_index(self.0, object, key, value)
        }
    }

    #[inline]
    pub fn get_i(self, index: i32, n: i64) -> Fallible<i32> {
        // SAFETY: the table is reachable by its index.
        unsafe {
            let object = self.value(index);
            let found = if object.is_table() { Slot::load(Table::get_int(object.as_table(), n)) } else { Value::NIL };
            let found = if found.is_nil() { self.find(object, Value::whole(n))? } else { found };
            self.push(found);
            Ok(found.type_code())
        }
    }

    /// Pops a value into `t[n]`.
    #[inline]
    pub fn set_i(self, index: i32, n: i64) -> Fallible<()> {
        // SAFETY: table and value are on the stack.
        unsafe {
            let object = self.value(index);
            let value = self.value(-1);
            if object.is_table() {
                let slot = Table::get_int(object.as_table(), n);
                if !Slot::is_nil(slot) {
                    self.overwrite(object.as_table(), slot, value);
                    self.pop(1);
                    return Ok(());
                }
            }
            self.set_slow(object, Value::whole(n), value)?;
            self.pop(1);
            Ok(())
        }
    }

    // ---- raw. Something that is no table reads as empty; writing to it is an error.

    /// The table at the index, or null.
    #[inline(always)]
    pub(crate) fn table_at(self, index: i32) -> *mut Table {
        let v = self.value(index);
        if v.is_table() { v.as_table() } else { core::ptr::null_mut() }
    }

    fn writable_table(self, index: i32) -> Fallible<*mut Table> {
        let table = self.table_at(index);
        if table.is_null() { Err(self.error(&["table expected".into()])) } else { Ok(table) }
    }

    unsafe fn store_raw(self, table: *mut Table, key: Value, value: Value) -> Fallible<()> {
        // SAFETY: table, key and value are reachable.
        unsafe {
            let g = (*self.0).global;
            Table::set(g, table, key, value).map_err(|e| self.table_error(e))?;
            gc::barrier_back(g, table.cast::<GcHeader>(), key);
            gc::barrier_back(g, table.cast::<GcHeader>(), value);
            Ok(())
        }
    }

    #[cold]
    pub(crate) fn table_error(self, e: TableError) -> Thrown {
        // SAFETY: the thread is alive.
        unsafe { error::table_error(self.0, e) }
    }

    /// Replaces the key on top by the raw `t[key]`.
    pub fn raw_get(self, index: i32) -> i32 {
        let table = self.table_at(index);
        let found = if table.is_null() {
            Value::NIL
        } else {
            // SAFETY: a live table.
            unsafe { Slot::load(Table::get(table, self.value(-1))) }
        };
        self.pop(1);
        self.push(found);
        found.type_code()
    }

    /// Pops a key and the value above it into the raw `t[key]`.
    pub fn raw_set(self, index: i32) -> Fallible<()> {
        let table = self.writable_table(index)?;
        // SAFETY: table, key and value are on the stack.
        unsafe { self.store_raw(table, self.value(-2), self.value(-1))? };
        self.pop(2);
        Ok(())
    }

    /// The address of an element in the array part of a table that lies in the frame, or in the registry, which references are
    /// taken from: null for what is not so simple.
    #[inline(always)]
    pub(crate) fn element_at(self, index: i32, n: i64) -> (*mut Table, *mut Slot) {
        let object = match self.in_frame(index) {
            Some(v) => v,
            // SAFETY: a live state.
            None if index == super::REGISTRY => unsafe { (*(*self.0).global).registry },
            None => Value::NIL,
        };
        if !object.is_table() {
            return (core::ptr::null_mut(), core::ptr::null_mut());
        }
        // SAFETY: a live table.
        (object.as_table(), unsafe { Table::array_slot(object.as_table(), n) })
    }

    #[inline]
    pub fn raw_get_i(self, index: i32, n: i64) -> i32 {
        let table = self.table_at(index);
        // SAFETY: a live table.
        let found = if table.is_null() { Value::NIL } else { unsafe { Slot::load(Table::get_int(table, n)) } };
        self.push(found);
        found.type_code()
    }

    #[inline]
    pub fn raw_set_i(self, index: i32, n: i64) -> Fallible<()> {
        let table = self.writable_table(index)?;
        // SAFETY: table and value are on the stack.
        unsafe {
            let value = self.value(-1);
            let slot = Table::get_int(table, n);
            if Slot::is_nil(slot) {
                self.store_raw(table, Value::integer(n), value)?;
            } else {
                self.overwrite(table, slot, value);
            }
        }
        self.pop(1);
        Ok(())
    }

    pub fn raw_get_p(self, index: i32, p: *const c_void) -> i32 {
        self.push_light_userdata(p.cast_mut());
        self.raw_get(if index < 0 && index > super::REGISTRY { index - 1 } else { index })
    }

    pub fn raw_set_p(self, index: i32, p: *const c_void) -> Fallible<()> {
        let table = self.writable_table(index)?;
        // SAFETY: table and value are on the stack.
        unsafe { self.store_raw(table, Value::light_userdata(p.cast_mut()), self.value(-1))? };
        self.pop(1);
        Ok(())
    }

    /// Raw `t[key]` for a string key, pushed.
    pub fn raw_get_field(self, index: i32, key: &[u8]) -> Fallible<i32> {
        let key = self.new_str(key)?;
        let table = self.table_at(index);
        // SAFETY: a live table; nothing is allocated while the key is not anchored.
        let found = if table.is_null() { Value::NIL } else { unsafe { Slot::load(Table::get_str(table, key)) } };
        self.push(found);
        Ok(found.type_code())
    }

    // ---- creation, traversal, length

    /// Pushes a new table with room for `array` elements and `hash` other fields.
    pub fn new_table(self, array: usize, hash: usize) -> Fallible<*mut Table> {
        // SAFETY: the table is on the stack before its parts are allocated.
        unsafe {
            let l = self.0;
            let table = Table::new((*l).global)?;
            self.push_object(table);
            if array > 0 || hash > 0 {
                let (Ok(array), Ok(hash)) = (u32::try_from(array), u32::try_from(hash)) else {
                    return Err(self.table_error(TableError::Overflow));
                };
                Table::resize((*l).global, table, array, hash).map_err(|e| self.table_error(e))?;
            }
            gc::check(l)?;
            Ok(table)
        }
    }

    /// Pops a key, pushes the next key and value, or nothing and false at the end.
    pub fn next(self, index: i32) -> Fallible<bool> {
        let table = self.table_at(index);
        if table.is_null() {
            return Err(self.error(&["table expected".into()]));
        }
        // SAFETY: the key's slot and the free one above it take the results.
        unsafe {
            let out = (*self.0).top.sub(1);
            let more = Table::next(table, Value::load(out), out).map_err(|e| self.table_error(e))?;
            (*self.0).top = if more { out.add(2) } else { out };
            Ok(more)
        }
    }

    /// `lua_len`: pushes `#v` with metamethods.
    pub fn len(self, index: i32) -> Fallible<()> {
        // SAFETY: the value is on the stack.
        let length = unsafe { meta::length(self.0, self.value(index))? };
        self.push(length);
        Ok(())
    }

    /// `luaL_len`: "object length is not an integer" (or "a number").
    pub fn len_integer(self, index: i32) -> Fallible<i64> {
        self.len(index)?;
        let Some(n) = self.to_integer(-1) else {
            let what = if INTEGERS_TRUNCATE { "a number" } else { "an integer" };
            return Err(self.error(&["object length is not ".into(), what.into()]));
        };
        self.pop(1);
        // The old function returns C's `int`.
        Ok(if INTEGERS_TRUNCATE { n as i32 as i64 } else { n })
    }
}
