//! Adding keys to the hash part.

use super::lookup::{Hash, canonical};
use super::{ABSENT, Node, Table, TableError, rehash};
use crate::object::header::{self, GcHeader};
use crate::object::number::float_to_integer;
use crate::object::{Global, Slot, Str, Value, tag};
use crate::version::NIL_ADDS_KEYS;
use core::ptr;

/// `t[key] = value` for a key that is not in the table (so it is not in reach of the array part, either).
#[inline(never)]
pub unsafe fn new_key(g: *mut Global, t: *mut Table, key: Value, value: Value) -> Result<(), TableError> {
    // SAFETY: table, key and value are reachable; `grow` keeps the table's invariants whatever happens.
    unsafe {
        let key = match key.tag {
            tag::SHORT_STRING | tag::INTEGER => key,
            _ => normalise(key)?,
        };
        if value.is_nil() && !NIL_ADDS_KEYS {
            return Ok(());
        }
        let node = if Table::is_dummy(g, t) { ptr::null_mut() } else { place(Hash::of(t), key) };
        if node.is_null() {
            return grow(g, t, key, value);
        }
        key_barrier(g, t, key);
        Slot::store(Node::value(node), value);
        Ok(())
    }
}

/// See [`Table::set_short_str_in_place`].
#[inline]
pub unsafe fn short_str_in_place(g: *mut Global, t: *mut Table, key: *mut Str, value: Value) -> bool {
    // SAFETY: table and key are live; a slot other than `ABSENT` belongs to the table.
    unsafe {
        (*t).absent = 0;
        let slot = Table::get_short_str(t, key);
        if !ptr::eq(slot, &raw const ABSENT) {
            Slot::store(slot.cast_mut(), value);
            return true;
        }
        if value.is_nil() && !NIL_ADDS_KEYS {
            return true;
        }
        if Table::is_dummy(g, t) {
            return false;
        }
        let key = Value { payload: key as u64, tag: tag::SHORT_STRING };
        let node = place(Hash::of(t), key);
        if node.is_null() {
            return false;
        }
        key_barrier(g, t, key);
        Slot::store(Node::value(node), value);
        true
    }
}

/// The key under which a value is stored; floats with integer values become integers.
unsafe fn normalise(key: Value) -> Result<Value, TableError> {
    match key.tag {
        tag::NIL => Err(TableError::NilIndex),
        tag::FLOAT => match float_to_integer(key.as_float()) {
            Some(n) => Ok(Value::integer(n)),
            None if key.as_float().is_nan() => Err(TableError::NanIndex),
            None => Ok(key),
        },
        _ => Ok(canonical(key)),
    }
}

/// No free node: chooses new sizes for both parts, then stores.
#[cold]
#[inline(never)]
unsafe fn grow(g: *mut Global, t: *mut Table, key: Value, value: Value) -> Result<(), TableError> {
    // SAFETY: table and key are reachable; the new sizes count the new key, so the second attempt finds room.
    unsafe {
        rehash::rehash(g, t, key)?;
        if key.is_integer() {
            let slot = Table::array_slot(t, key.as_integer());
            if !slot.is_null() {
                Slot::store(slot, value);
                return Ok(());
            }
        }
        let node = place(Hash::of(t), key);
        if node.is_null() {
            return Err(TableError::Overflow);
        }
        key_barrier(g, t, key);
        Slot::store(Node::value(node), value);
        Ok(())
    }
}

/// A new key in a table that the collector has finished with: it must look at the table again.
#[inline(always)]
unsafe fn key_barrier(g: *mut Global, t: *mut Table, key: Value) {
    // SAFETY: both are live.
    unsafe {
        let table = t.cast::<GcHeader>();
        if key.is_collectable() && (*table).is_black() && (*key.as_object()).is_white() {
            header::gray_again(g, table, &raw mut (*t).gray_next);
        }
    }
}

/// Finds a node for a normalised key that is not in the hash part, writes the key there and links it into its
/// chain. Null when no node is free. The value is nil and the caller's to write.
#[inline]
pub unsafe fn place(hash: Hash, key: Value) -> *mut Node {
    // SAFETY: `hash` is a real hash part; all nodes stay inside it.
    unsafe {
        let mut node = hash.main_position(key);
        if (*node).value_tag != tag::NIL {
            let free = free_node(hash);
            if free.is_null() {
                return free;
            }
            let other = hash.main_position(Node::key(node));
            if other != node {
                evict(node, other, free);
            } else {
                // The occupant is at home: the new key goes to the free node, second in the chain.
                let step = (*node).chain;
                (*free).chain = if step == 0 { 0 } else { node.offset(step as isize).offset_from(free) as i32 };
                (*node).chain = free.offset_from(node) as i32;
                node = free;
            }
        }
        (*node).key_payload = key.payload;
        (*node).key_tag = key.tag;
        node
    }
}

/// Moves the stranger in `node`, whose chain begins at `home`, to the node `free`; `node` is empty then.
unsafe fn evict(node: *mut Node, home: *mut Node, free: *mut Node) {
    // SAFETY: chains stay inside the hash part; `node` is in the chain of `home`.
    unsafe {
        let mut before = home;
        loop {
            let after = before.offset((*before).chain as isize);
            if after == node {
                break;
            }
            before = after;
        }
        (*before).chain = free.offset_from(before) as i32;
        (*free).value_payload = (*node).value_payload;
        (*free).value_tag = (*node).value_tag;
        (*free).key_tag = (*node).key_tag;
        (*free).key_payload = (*node).key_payload;
        let step = (*node).chain;
        (*free).chain = if step == 0 { 0 } else { node.offset(step as isize).offset_from(free) as i32 };
        (*node).chain = 0;
        (*node).value_tag = tag::NIL;
    }
}

/// The node with the highest index below the limit that never held a key, or null.
unsafe fn free_node(hash: Hash) -> *mut Node {
    // SAFETY: indices stay below the limit, which is at most the size.
    unsafe {
        let mut limit = free_limit(hash);
        while limit > 0 {
            limit -= 1;
            let node = hash.nodes.add(limit as usize);
            if (*node).key_tag == tag::NIL {
                set_free_limit(hash, limit);
                return node;
            }
        }
        set_free_limit(hash, 0);
        ptr::null_mut()
    }
}

/// All nodes from this index on have held keys. The number lies in bytes of the first two nodes that slots do
/// not use.
unsafe fn free_limit(hash: Hash) -> u32 {
    // SAFETY: a real hash part has at least one node, and two when `mask` is not zero.
    unsafe {
        let low = (*hash.nodes).spare as u32;
        if hash.mask == 0 { low } else { low | ((*hash.nodes.add(1)).spare as u32) << 16 }
    }
}

/// See [`free_limit`].
pub unsafe fn set_free_limit(hash: Hash, limit: u32) {
    // SAFETY: as `free_limit`.
    unsafe {
        (*hash.nodes).spare = limit as u16;
        if hash.mask != 0 {
            (*hash.nodes.add(1)).spare = (limit >> 16) as u16;
        }
    }
}
