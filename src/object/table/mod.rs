//! Tables: an array part for the keys `1..=array_len` and a hash part of chained scatter with Brent's
//! variation, behind a small API so that what is behind it can change.
//!
//! The hash part is a power of two of nodes. A key's *main position* is the node its hash selects; the keys with the
//! same main position form a chain that begins there. When a new key finds a stranger (a key that is not in
//! its own main position) in its place, the stranger moves to a free node; so chains stay short even when the
//! hash part is full. Nodes are never emptied one by one: a key whose value became nil keeps its place
//! (`next` can continue from it) until the next rehash, which also decides the sizes of both parts.
//!
//! All functions need a live table, of the state whose `g` they get. Those that may allocate need table, key and value to be
//! reachable: an emergency collection may happen. Nothing here runs metamethods or raises errors with messages. Callers that
//! store a collectable *value* into a table call `gc::barrier_back` afterwards; a new *key* is taken care of here.

mod lookup;
mod rehash;
mod store;
mod traverse;

#[cfg(test)]
mod tests;

use super::global::{CACHED_EVENTS, Global};
use super::header::{self, GcHeader};
use super::slot::Slot;
use super::string::Str;
use super::value::Value;
use crate::memory::{Heap, Kind, OutOfMemory};
use crate::version::{BORDER_SEARCH, BorderSearch};
use core::ptr;

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
    pub array: *mut Slot,
    /// Hash part: `node_mask + 1` nodes; the state's shared dummy node when there is none.
    pub nodes: *mut Node,
    pub metatable: *mut Table,
    /// Number of nodes minus one (the number is a power of two).
    pub node_mask: u32,
    /// Where the last border was found in the array part: a hint for the next `#t`, at most `array_len`.
    pub border_hint: u32,
    /// Last, because programs do not look at it: what they do look at often lies in one line of the cache.
    pub gray_next: *mut GcHeader,
}

/// A node of the hash part. The first nine bytes are the value, a [`Slot`].
#[repr(C)]
pub struct Node {
    pub value_payload: u64,
    pub value_tag: u8,
    /// Tag of the key; `DEAD_KEY` when the key was collected, nil when the slot was never used.
    pub key_tag: u8,
    /// In the first two nodes: low and high half of the index below which free nodes are searched
    /// (`store::free_limit`). Not part of the slot: it stays when slots are moved.
    pub spare: u16,
    /// Distance, in nodes, to the next node of the chain; 0 ends it.
    pub chain: i32,
    pub key_payload: u64,
}

// Memory figures that programs see are those of PUC Lua.
const _: () = assert!(size_of::<Table>() == 56 && size_of::<Node>() == 24);

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
pub static ABSENT: Slot = Slot::NIL;

/// Reading or writing elements of the array part moves the border hint.
const ACCESS_MOVES_HINT: bool = matches!(BORDER_SEARCH, BorderSearch::LastAccess);

/// The longest array part.
const MAX_ARRAY: u32 = 1 << 31;
/// The largest hash part.
const MAX_NODES: u32 = 1 << 30;

impl Node {
    #[inline(always)]
    pub unsafe fn value(this: *mut Node) -> *mut Slot {
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
    #[inline]
    pub unsafe fn new(g: *mut Global) -> Result<*mut Table, OutOfMemory> {
        // SAFETY: the object is large enough and completely initialised here.
        unsafe {
            let t = header::new_object(g, size_of::<Table>(), super::tag::TABLE, Kind::Table)?.cast::<Table>();
            (*t).absent = (1 << CACHED_EVENTS) - 1;
            (*t)._reserved = 0;
            (*t).array_len = 0;
            (*t).array = ptr::null_mut();
            (*t).nodes = &raw mut (*g).dummy_node;
            (*t).metatable = ptr::null_mut();
            (*t).gray_next = ptr::null_mut();
            (*t).node_mask = 0;
            (*t).border_hint = 0;
            Ok(t)
        }
    }

    /// Frees the table and its parts (collector only).
    pub unsafe fn free(g: *mut Global, t: *mut Table) {
        // SAFETY: the table owns its parts, whose sizes it knows.
        unsafe {
            let heap = &raw mut (*g).heap;
            if !Self::is_dummy(g, t) {
                Heap::free(heap, (*t).nodes.cast(), ((*t).node_mask as usize + 1) * size_of::<Node>());
            }
            Heap::free(heap, (*t).array.cast(), (*t).array_len as usize * size_of::<Slot>());
            Heap::free(heap, t.cast(), size_of::<Table>());
        }
    }

    /// Makes room for `array` elements `1..=array` and `hash` other keys; never takes room away that is in
    /// use. The table is reachable.
    pub unsafe fn resize(g: *mut Global, t: *mut Table, array: u32, hash: u32) -> Result<(), TableError> {
        // SAFETY: `g` is live, the table reachable.
        unsafe { rehash::make_room(g, t, array, hash) }
    }

    /// Whether the table has no hash part: its `nodes` are the state's dummy, which must not be written.
    #[inline(always)]
    pub unsafe fn is_dummy(g: *mut Global, t: *const Table) -> bool {
        // SAFETY: both are live.
        unsafe { ptr::eq((*t).nodes, &raw const (*g).dummy_node) }
    }

    /// Number of nodes of the hash part (0 when it is the dummy).
    pub unsafe fn hash_len(g: *mut Global, t: *const Table) -> u32 {
        // SAFETY: both are live.
        unsafe { if Self::is_dummy(g, t) { 0 } else { (*t).node_mask + 1 } }
    }

    /// The address of the array part's slot for `key`, or null.
    #[inline(always)]
    pub unsafe fn array_slot(t: *const Table, key: i64) -> *mut Slot {
        // SAFETY: the index is checked against the array part; the hint is at most its length.
        unsafe {
            let index = (key as u64).wrapping_sub(1);
            if !ACCESS_MOVES_HINT || index >= (*t).border_hint as u64 {
                if index >= (*t).array_len as u64 {
                    return ptr::null_mut();
                }
                Self::note_element(t, key);
            }
            let slot = (*t).array.add(index as usize);
            // Saves callers the comparison that they write: an array with elements has an address.
            core::hint::assert_unchecked(!slot.is_null());
            slot
        }
    }

    /// As [`Table::array_slot`], but also null beyond the border hint: one comparison for handlers' fast paths, which
    /// call something with [`Table::array_slot`] next.
    #[inline(always)]
    pub unsafe fn near_slot(t: *const Table, key: i64) -> *mut Slot {
        // SAFETY: the hint is at most the array part's length.
        unsafe {
            if !ACCESS_MOVES_HINT {
                return Self::array_slot(t, key);
            }
            let index = (key as u64).wrapping_sub(1);
            if index >= (*t).border_hint as u64 {
                return ptr::null_mut();
            }
            let slot = (*t).array.add(index as usize);
            // As in `array_slot`.
            core::hint::assert_unchecked(!slot.is_null());
            slot
        }
    }

    /// An element of the array part was read or written. PUC Lua 5.4 expects the border near the last access beyond
    /// the hint.
    #[inline(always)]
    pub unsafe fn note_element(t: *const Table, key: i64) {
        // SAFETY: `t` is live; the hint is not part of what a reader may rely on.
        unsafe {
            if ACCESS_MOVES_HINT && key as u32 > (*t).border_hint {
                (*t.cast_mut()).border_hint = key as u32;
            }
        }
    }

    // ---- lookups: the address of the value, or of `ABSENT` (test with `Slot::is_nil`; an existing field may hold nil too)

    /// `t[key]` for an interned string.
    #[inline(always)]
    pub unsafe fn get_short_str(t: *const Table, key: *const Str) -> *const Slot {
        // SAFETY: `nodes` has `node_mask + 1` entries and chains stay inside it.
        unsafe {
            let mut node = (*t).nodes.add(((*key).hash & (*t).node_mask) as usize);
            loop {
                if (*node).key_payload == key as u64 && (*node).key_tag == super::tag::SHORT_STRING {
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
    pub unsafe fn get_int(t: *const Table, key: i64) -> *const Slot {
        // SAFETY: `t` is live.
        unsafe {
            let slot = Self::array_slot(t, key);
            if slot.is_null() { Self::get_int_in_hash(t, key) } else { slot }
        }
    }

    /// `t[key]` for an integer that is not in the array part.
    pub unsafe fn get_int_in_hash(t: *const Table, key: i64) -> *const Slot {
        // SAFETY: `t` is live.
        unsafe { lookup::integer(t, key) }
    }

    /// `t[key]` for any string.
    #[inline]
    pub unsafe fn get_str(t: *const Table, key: *mut Str) -> *const Slot {
        // SAFETY: `t` and `key` are live, and a tag says what kind of string `key` is.
        unsafe {
            if (*key).tag == super::tag::SHORT_STRING {
                Self::get_short_str(t, key)
            } else {
                lookup::uncommon(t, Value::object(key))
            }
        }
    }

    /// `t[key]` for any key (nil and NaN are absent; floats with integer values are integers).
    #[inline]
    pub unsafe fn get(t: *const Table, key: Value) -> *const Slot {
        // SAFETY: `t` and the key's object are live, and the tag says which it is.
        unsafe {
            match key.tag {
                super::tag::SHORT_STRING => Self::get_short_str(t, key.as_str()),
                super::tag::INTEGER => Self::get_int(t, key.as_integer()),
                _ => lookup::uncommon(t, key),
            }
        }
    }

    // ---- stores

    /// Sets `t[key] = value`, adding the key if it is not there. `slot` is what a `get*` of the same key returned,
    /// with no change to the table since. Invalidates the metamethod cache of `t`. The table, key and value
    /// are reachable. No barrier for the value.
    #[inline]
    pub unsafe fn set_at(
        g: *mut Global,
        t: *mut Table,
        slot: *const Slot,
        key: Value,
        value: Value,
    ) -> Result<(), TableError> {
        // SAFETY: a slot other than `ABSENT` belongs to the table and may be written.
        unsafe {
            (*t).absent = 0;
            if ptr::eq(slot, &raw const ABSENT) {
                return store::new_key(g, t, key, value);
            }
            Slot::store(slot.cast_mut(), value);
            Ok(())
        }
    }

    /// `t[key] = value` for any key. As [`Table::set_at`].
    pub unsafe fn set(g: *mut Global, t: *mut Table, key: Value, value: Value) -> Result<(), TableError> {
        // SAFETY: all are reachable, and the slot was just looked up.
        unsafe { Self::set_at(g, t, Self::get(t, key), key, value) }
    }

    /// `t[key] = value` for an integer. As [`Table::set_at`].
    #[inline]
    pub unsafe fn set_int(g: *mut Global, t: *mut Table, key: i64, value: Value) -> Result<(), TableError> {
        // SAFETY: all are reachable, and the slot was just looked up.
        unsafe { Self::set_at(g, t, Self::get_int(t, key), Value::integer(key), value) }
    }

    /// `t[key] = value` for a string. As [`Table::set_at`].
    pub unsafe fn set_str(g: *mut Global, t: *mut Table, key: *mut Str, value: Value) -> Result<(), TableError> {
        // SAFETY: all are reachable, and the slot was just looked up.
        unsafe { Self::set_at(g, t, Self::get_str(t, key), Value::object(key), value) }
    }

    /// `t[key] = value` for an interned string, unless that takes memory: then nothing happens and the result is
    /// false. No barrier for the value.
    #[inline(never)]
    pub unsafe fn set_short_str_in_place(g: *mut Global, t: *mut Table, key: *mut Str, value: Value) -> bool {
        // SAFETY: table, key and value are live.
        unsafe { store::short_str_in_place(g, t, key, value) }
    }

    // ---- traversal and length

    /// The entry after `key` in traversal order (nil starts): stores key and value to `out` and `out + 1` and
    /// returns true, or returns false at the end. Works while fields are being cleared or overwritten.
    pub unsafe fn next(t: *mut Table, key: Value, out: *mut Value) -> Result<bool, TableError> {
        // SAFETY: `t` is live; two values can be written at `out`.
        unsafe { traverse::next(t, key, out) }
    }

    /// A border (manual §3.4.7): the one that PUC Lua finds in a table with the same history of stores.
    pub unsafe fn length(t: *mut Table) -> u64 {
        // SAFETY: `t` is live.
        unsafe { traverse::length(t) }
    }
}
