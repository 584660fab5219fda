//! Choosing and changing the sizes of a table's parts.
//!
//! The array part gets the largest size `n` (a power of two) such that enough of the keys `1..=n` are in use
//! ([`pays`]); everything else goes to the hash part, sized to the next power of two.
//!
//! All allocation happens before the first field is moved: a refusal leaves the table as it was, and a collection
//! in between sees a whole table.

use super::lookup::Hash;
use super::{MAX_ARRAY, MAX_NODES, Node, Table, TableError, store};
use crate::memory::{Heap, Kind};
use crate::object::{Global, Slot, Value, tag};
use crate::version::{ARRAY_PART_SAVES_MEMORY, BORDER_SEARCH, BorderSearch, REHASH_GOES_BACKWARD};
use core::ptr;

/// `counts[i]`: how many keys in use `k` have `2^(i-1) < k <= 2^i`.
type Counts = [u32; 32];

/// Makes room for one more key, `extra`.
pub unsafe fn rehash(g: *mut Global, t: *mut Table, extra: Value) -> Result<(), TableError> {
    // SAFETY: `g` and `t` are live; the table and the new key are reachable while parts are allocated.
    unsafe {
        let (in_hash, integers) = count_hash(t);
        if integers == 0 && !extra.is_integer() && (ARRAY_PART_SAVES_MEMORY || (*t).array_len == 0) {
            return reshape(g, t, (*t).array_len, nodes_for(g, t, in_hash, in_hash + 1));
        }
        let mut counts: Counts = [0; 32];
        let mut candidates = 0;
        if integers > 0 {
            candidates += count_hash_integers(t, &mut counts);
        }
        if extra.is_integer() {
            candidates += count_integer(extra.as_integer(), &mut counts);
        }
        if ARRAY_PART_SAVES_MEMORY && candidates == 0 {
            return reshape(g, t, (*t).array_len, nodes_for(g, t, in_hash, in_hash + 1));
        }
        let in_array = count_array(t, &mut counts);
        let (array, to_array) = best_array(&counts, candidates + in_array);
        reshape(g, t, array, nodes_for(g, t, in_hash, in_array + in_hash + 1 - to_array))
    }
}

/// How many nodes to ask for when `wanted` keys go to the hash part, which has `used` now.
unsafe fn nodes_for(g: *mut Global, t: *const Table, used: u32, wanted: u32) -> u32 {
    // SAFETY: both are live.
    unsafe {
        // Keys come and go: some extra nodes avoid rehashing again soon.
        let deleted = ARRAY_PART_SAVES_MEMORY && used < Table::hash_len(g, t);
        if deleted { wanted + (wanted >> 2) } else { wanted }
    }
}

/// Counts an integer key if it could be in an array part; returns how many were counted.
#[inline]
fn count_integer(key: i64, counts: &mut Counts) -> u32 {
    let index = (key as u64).wrapping_sub(1);
    if index < MAX_ARRAY as u64 {
        // The number of bits of `key - 1` is the ceiling of the logarithm of `key`.
        counts[(64 - index.leading_zeros()) as usize & 31] += 1;
        1
    } else {
        0
    }
}

/// Counts the elements in use of the array part, per slice and altogether.
unsafe fn count_array(t: *const Table, counts: &mut Counts) -> u32 {
    // SAFETY: indices stay below `array_len`.
    unsafe {
        let len = (*t).array_len as usize;
        let mut total = 0;
        let mut start = 0;
        for (bits, count) in counts.iter_mut().enumerate() {
            let end = (1 << bits).min(len);
            if start >= end {
                break;
            }
            let mut used = 0;
            for index in start..end {
                used += ((*(*t).array.add(index)).tag != tag::NIL) as u32;
            }
            *count += used;
            total += used;
            start = end;
        }
        total
    }
}

/// Counts the keys in use of the hash part, and how many of them are integers.
unsafe fn count_hash(t: *const Table) -> (u32, u32) {
    // SAFETY: indices stay inside the hash part.
    unsafe {
        let mut total = 0;
        let mut integers = 0;
        for index in 0..=(*t).node_mask as usize {
            let node = (*t).nodes.add(index);
            let used = (*node).value_tag != tag::NIL;
            total += used as u32;
            integers += (used & ((*node).key_tag == tag::INTEGER)) as u32;
        }
        (total, integers)
    }
}

/// Counts the keys in use of the hash part that could be in an array part, per slice and altogether.
unsafe fn count_hash_integers(t: *const Table, counts: &mut Counts) -> u32 {
    // SAFETY: indices stay inside the hash part.
    unsafe {
        let mut total = 0;
        for index in 0..=(*t).node_mask as usize {
            let node = (*t).nodes.add(index);
            if (*node).value_tag != tag::NIL && (*node).key_tag == tag::INTEGER {
                total += count_integer((*node).key_payload as i64, counts);
            }
        }
        total
    }
}

/// Whether an array part of `size` elements is worth having for `used` keys.
#[inline(always)]
fn pays(size: u32, used: u32) -> bool {
    if ARRAY_PART_SAVES_MEMORY { size as u64 <= used as u64 * 3 } else { used > size / 2 }
}

/// The best size of the array part, and how many of the `integers` keys go there.
fn best_array(counts: &Counts, integers: u32) -> (u32, u32) {
    let (mut size, mut chosen) = (0, 0);
    let mut below = 0;
    for (bits, count) in counts.iter().enumerate() {
        let candidate = 1u32 << bits;
        if !pays(candidate, integers) {
            break;
        }
        below += count;
        if pays(candidate, below) && (*count > 0 || !ARRAY_PART_SAVES_MEMORY) {
            (size, chosen) = (candidate, below);
        }
    }
    (size, chosen)
}

/// See [`Table::resize`].
pub unsafe fn make_room(g: *mut Global, t: *mut Table, array: u32, hash: u32) -> Result<(), TableError> {
    // SAFETY: `g` is live and the table reachable; no key in use is left without a place.
    unsafe {
        let (used, _) = count_hash(t);
        reshape(g, t, array.max((*t).array_len), hash.max(used))
    }
}

/// Gives the parts new sizes: `array` elements and room for `hash` keys, which must be enough for all keys in use
/// that do not fit the array part.
unsafe fn reshape(g: *mut Global, t: *mut Table, array: u32, hash: u32) -> Result<(), TableError> {
    // SAFETY: the new parts are allocated first, then filled from the old ones, which are freed.
    unsafe {
        if array > MAX_ARRAY {
            return Err(TableError::Overflow);
        }
        let heap = &raw mut (*g).heap;
        let had_nodes = !Table::is_dummy(g, t);
        let new = new_nodes(g, hash)?;
        let old_len = (*t).array_len;
        if let Err(e) = resize_array(heap, t, array, new) {
            free_nodes(g, new);
            return Err(e);
        }
        debug_assert!((*t).array_len == array || array < old_len);
        let old = Hash::of(t);
        (*t).nodes = new.nodes;
        (*t).node_mask = new.mask;
        (*t).border_hint = if matches!(BORDER_SEARCH, BorderSearch::Vicinity) { array / 2 } else { array };
        if had_nodes {
            reinsert(t, old);
            free_nodes(g, old);
        }
        Ok(())
    }
}

/// An empty hash part with room for `count` keys.
unsafe fn new_nodes(g: *mut Global, count: u32) -> Result<Hash, TableError> {
    // SAFETY: every node is initialised.
    unsafe {
        if count == 0 {
            return Ok(Hash { nodes: &raw mut (*g).dummy_node, mask: 0 });
        }
        if count > MAX_NODES {
            return Err(TableError::Overflow);
        }
        let count = count.next_power_of_two();
        let bytes = count as usize * size_of::<Node>();
        let nodes = Heap::allocate(&raw mut (*g).heap, bytes, Kind::Other)?.as_ptr();
        // All-zero bytes are a nil value, a nil key and the end of a chain. Constant sizes become plain stores.
        match count {
            1 => ptr::write_bytes(nodes, 0, size_of::<Node>()),
            2 => ptr::write_bytes(nodes, 0, 2 * size_of::<Node>()),
            4 => ptr::write_bytes(nodes, 0, 4 * size_of::<Node>()),
            _ => ptr::write_bytes(nodes, 0, bytes),
        }
        let hash = Hash { nodes: nodes.cast(), mask: count - 1 };
        store::set_free_limit(hash, count);
        Ok(hash)
    }
}

unsafe fn free_nodes(g: *mut Global, hash: Hash) {
    // SAFETY: the caller gives up the nodes.
    unsafe {
        if !ptr::eq(hash.nodes, &raw const (*g).dummy_node) {
            Heap::free(&raw mut (*g).heap, hash.nodes.cast(), (hash.mask as usize + 1) * size_of::<Node>());
        }
    }
}

/// Gives the array part `len` elements; those that vanish go to the hash part `nodes`.
unsafe fn resize_array(heap: *mut Heap, t: *mut Table, len: u32, nodes: Hash) -> Result<(), TableError> {
    // SAFETY: the array part is `array_len` elements large.
    unsafe {
        let old_len = (*t).array_len;
        if len < old_len {
            return shrink_array(heap, t, len, nodes);
        }
        if len > old_len {
            let (old_bytes, bytes) = (bytes_of(old_len), bytes_of(len));
            let array = Heap::reallocate(heap, (*t).array.cast(), old_bytes, bytes)?.as_ptr().cast::<Slot>();
            // All-zero bytes are nil.
            ptr::write_bytes(array.add(old_len as usize), 0, (len - old_len) as usize);
            (*t).array = array;
            (*t).array_len = len;
        }
        Ok(())
    }
}

/// A shorter copy replaces the array part, instead of resizing the block: were that refused after the
/// vanishing elements have been copied, a collection could free what the copies point to.
#[cold]
unsafe fn shrink_array(heap: *mut Heap, t: *mut Table, len: u32, nodes: Hash) -> Result<(), TableError> {
    // SAFETY: as `resize_array`.
    unsafe {
        let mut array = ptr::null_mut::<Slot>();
        if len > 0 {
            array = Heap::allocate(heap, bytes_of(len), Kind::Other)?.as_ptr().cast();
        }
        let (old, old_len) = ((*t).array, (*t).array_len);
        for index in 0..old_len {
            let value = Slot::load(old.add(index as usize));
            if index < len {
                Slot::store(array.add(index as usize), value);
            } else if !value.is_nil() {
                insert(nodes, Value::integer(index as i64 + 1), value);
            }
        }
        (*t).array = array;
        (*t).array_len = len;
        Heap::free(heap, old.cast(), bytes_of(old_len));
        Ok(())
    }
}

const fn bytes_of(len: u32) -> usize {
    len as usize * size_of::<Slot>()
}

/// Puts all fields of a former hash part into the table's new parts.
unsafe fn reinsert(t: *mut Table, old: Hash) {
    // SAFETY: the new parts have room for them.
    unsafe {
        let new = Hash::of(t);
        for step in 0..=old.mask as usize {
            let node = old.nodes.add(if REHASH_GOES_BACKWARD { old.mask as usize - step } else { step });
            if (*node).value_tag == tag::NIL {
                continue;
            }
            let value = Slot::load(Node::value(node));
            let key = Node::key(node);
            if key.is_integer() {
                let slot = Table::array_slot(t, key.as_integer());
                if !slot.is_null() {
                    Slot::store(slot, value);
                    continue;
                }
            }
            insert(new, key, value);
        }
    }
}

/// Adds a field to a hash part that has room for it.
#[inline]
unsafe fn insert(hash: Hash, key: Value, value: Value) {
    // SAFETY: the sizes were computed from the number of keys in use, which did not grow since.
    unsafe {
        let node = store::place(hash, key);
        debug_assert!(!node.is_null());
        if !node.is_null() {
            Slot::store(Node::value(node), value);
        }
    }
}
