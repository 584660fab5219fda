//! Tables: an array part for the keys `1..=array_len` and a hash part of chained scatter with Brent's
//! variation, behind a small API so that what is behind it can change.
//!
//! Nothing here runs metamethods, raises errors with messages, or does the collector's barrier: callers
//! that store a collectable value into a table call `gc::barrier_back` afterwards.

use super::global::Global;
use super::header::GcHeader;
use super::string::Str;
use super::value::Value;
use crate::memory::OutOfMemory;

/// A table.
#[repr(C)]
pub struct Table {
    pub next: *mut GcHeader,
    pub tag: u8,
    pub marked: u8,
    /// Bit `e` set: the metatable role of this table lacks metamethod `e` (only the first eight events).
    pub absent: u8,
    pub _reserved: u8,
    /// Length of `array`.
    pub array_len: u32,
    /// Values of the keys `1..=array_len`.
    pub array: *mut Value,
    /// Hash part: `node_mask + 1` nodes; the state's shared dummy node when there is none.
    pub nodes: *mut Node,
    pub metatable: *mut Table,
    pub gray_next: *mut GcHeader,
    /// Number of nodes minus one (the number is a power of two).
    pub node_mask: u32,
    /// Where the last border was found in the array part: a hint for the next `#t`.
    pub border_hint: u32,
}

/// A slot of the hash part. The first nine bytes are the value, as in [`Value`].
#[repr(C)]
pub struct Node {
    pub value_payload: u64,
    pub value_tag: u8,
    /// Tag of the key; `DEAD_KEY` when the key was collected, nil when the slot was never used.
    pub key_tag: u8,
    /// Distance, in nodes, to the next node of the chain; 0 ends it.
    pub chain: i32,
    pub key_payload: u64,
}

/// Why an assignment to a table failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableError {
    OutOfMemory,
    /// "table overflow"
    Overflow,
    /// "table index is nil"
    NilIndex,
    /// "table index is NaN"
    NanIndex,
    /// "invalid key to 'next'"
    InvalidKey,
}

impl From<OutOfMemory> for TableError {
    fn from(_: OutOfMemory) -> Self {
        TableError::OutOfMemory
    }
}

/// What lookups return for a key that is not there. Never written.
pub static ABSENT: Value = Value::NIL;

impl Node {
    #[inline(always)]
    pub unsafe fn value(this: *mut Node) -> *mut Value {
        this.cast()
    }
    #[inline(always)]
    pub unsafe fn key(this: *const Node) -> Value {
        // SAFETY: the caller's node is live.
        unsafe { Value { payload: (*this).key_payload, tag: (*this).key_tag } }
    }
}

impl Table {
    /// A new empty table.
    ///
    /// # Safety
    /// May run an emergency collection; the caller anchors the result before the next allocation.
    pub unsafe fn new(_g: *mut Global) -> Result<*mut Table, OutOfMemory> {
        unimplemented!()
    }

    /// Frees the table and its parts (collector only).
    pub unsafe fn free(_g: *mut Global, _t: *mut Table) {
        unimplemented!()
    }

    /// Makes room for `array` elements `1..=array` and `hash` other keys. The table is reachable.
    pub unsafe fn resize(_g: *mut Global, _t: *mut Table, _array: u32, _hash: u32) -> Result<(), TableError> {
        unimplemented!()
    }

    /// Number of nodes of the hash part (0 when it is the dummy).
    pub unsafe fn hash_len(_g: *mut Global, _t: *const Table) -> u32 {
        unimplemented!()
    }

    // ---- lookups: the address of the value, or of `ABSENT` (test with `is_nil`; an existing field may hold nil too)

    /// `t[key]` for an interned string.
    #[inline(always)]
    pub unsafe fn get_short_str(t: *const Table, key: *const Str) -> *const Value {
        // SAFETY: `nodes` has `node_mask + 1` entries and chains stay inside it.
        unsafe {
            let mut node = (*t).nodes.add(((*key).hash & (*t).node_mask) as usize);
            loop {
                if (*node).key_tag == super::tag::SHORT_STRING && (*node).key_payload == key as u64 {
                    return Node::value(node);
                }
                let step = (*node).chain;
                if step == 0 {
                    return &raw const ABSENT;
                }
                node = node.offset(step as isize);
            }
        }
    }

    /// `t[key]` for an integer.
    #[inline(always)]
    pub unsafe fn get_int(t: *const Table, key: i64) -> *const Value {
        // SAFETY: the index is checked against the array part.
        unsafe {
            let index = (key as u64).wrapping_sub(1);
            if index < (*t).array_len as u64 { (*t).array.add(index as usize) } else { Self::get_int_in_hash(t, key) }
        }
    }

    /// `t[key]` for an integer that is not in the array part.
    pub unsafe fn get_int_in_hash(_t: *const Table, _key: i64) -> *const Value {
        unimplemented!()
    }

    /// `t[key]` for any string.
    pub unsafe fn get_str(_t: *const Table, _key: *mut Str) -> *const Value {
        unimplemented!()
    }

    /// `t[key]` for any key (nil and NaN are absent; floats with integer values are integers).
    pub unsafe fn get(_t: *const Table, _key: Value) -> *const Value {
        unimplemented!()
    }

    // ---- stores

    /// Sets `t[key] = value`, adding the key if it is not there. `slot` is what a `get*` of the same key returned,
    /// with no change to the table since. Invalidates the metamethod cache of `t`. The table, key and value
    /// are reachable. No barrier.
    pub unsafe fn set_at(
        _g: *mut Global,
        _t: *mut Table,
        _slot: *const Value,
        _key: Value,
        _value: Value,
    ) -> Result<(), TableError> {
        unimplemented!()
    }

    /// `t[key] = value` for any key. As [`Table::set_at`].
    pub unsafe fn set(g: *mut Global, t: *mut Table, key: Value, value: Value) -> Result<(), TableError> {
        // SAFETY: the caller's.
        unsafe { Self::set_at(g, t, Self::get(t, key), key, value) }
    }

    /// `t[key] = value` for an integer. As [`Table::set_at`].
    pub unsafe fn set_int(g: *mut Global, t: *mut Table, key: i64, value: Value) -> Result<(), TableError> {
        // SAFETY: the caller's.
        unsafe { Self::set_at(g, t, Self::get_int(t, key), Value::integer(key), value) }
    }

    /// `t[key] = value` for a string. As [`Table::set_at`].
    pub unsafe fn set_str(g: *mut Global, t: *mut Table, key: *mut Str, value: Value) -> Result<(), TableError> {
        // SAFETY: the caller's.
        unsafe { Self::set_at(g, t, Self::get_str(t, key), Value::object(key), value) }
    }

    /// The cached-absence flags of the metatable role are no longer known: call after any raw store of a
    /// string key.
    #[inline(always)]
    pub unsafe fn invalidate_absent(t: *mut Table) {
        // SAFETY: `t` is live.
        unsafe { (*t).absent = 0 }
    }

    // ---- traversal and length

    /// The entry after `key` in traversal order (nil starts): stores key and value to `out` and `out + 1` and
    /// returns true, or returns false at the end. Works while fields are being cleared or overwritten.
    pub unsafe fn next(_t: *mut Table, _key: Value, _out: *mut Value) -> Result<bool, TableError> {
        unimplemented!()
    }

    /// A border (manual §3.4.7), the one PUC Lua would find for the same array part where cheap.
    pub unsafe fn length(_t: *mut Table) -> u64 {
        unimplemented!()
    }
}
