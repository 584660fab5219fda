//! `next` and `#`.

use super::{Node, Table, TableError, lookup};
use crate::object::number::float_to_integer;
use crate::object::{Slot, Value, tag};
use crate::version::{self, BorderSearch};

/// See [`Table::next`]. The order is: array part, then nodes by address.
pub unsafe fn next(t: *mut Table, key: Value, out: *mut Value) -> Result<bool, TableError> {
    // SAFETY: indices are checked against the sizes of the parts.
    unsafe {
        let array_len = (*t).array_len as usize;
        let mut index = position_after(t, key)?;
        while index < array_len {
            let value = Slot::load((*t).array.add(index));
            index += 1;
            if !value.is_nil() {
                return Ok(found(out, Value::integer(index as i64), value));
            }
        }
        index -= array_len;
        while index <= (*t).node_mask as usize {
            let node = (*t).nodes.add(index);
            if (*node).value_tag != tag::NIL {
                return Ok(found(out, Node::key(node), Slot::load(Node::value(node))));
            }
            index += 1;
        }
        Ok(false)
    }
}

#[inline(always)]
unsafe fn found(out: *mut Value, key: Value, value: Value) -> bool {
    let key = if !version::HAS_INTEGERS && key.is_integer() { Value::float(key.as_integer() as f64) } else { key };
    // SAFETY: the caller's two slots.
    unsafe {
        Value::store(out, key);
        Value::store(out.add(1), value);
    }
    true
}

/// Where the traversal goes on after `key`: indices of the array part, then of the nodes.
#[inline(always)]
unsafe fn position_after(t: *const Table, key: Value) -> Result<usize, TableError> {
    // SAFETY: `find` returns a node of the table.
    unsafe {
        if key.is_nil() {
            return Ok(0);
        }
        let mut key = key;
        if !version::HAS_INTEGERS && key.is_float() {
            key = float_to_integer(key.as_float()).map_or(key, Value::integer);
        }
        if key.is_integer() && (key.as_integer() as u64).wrapping_sub(1) < (*t).array_len as u64 {
            return Ok(key.as_integer() as usize);
        }
        let mut node = lookup::find(t, key);
        if node.is_null() {
            node = lookup::find_dead(t, key);
        }
        if node.is_null() {
            return Err(TableError::InvalidKey);
        }
        Ok((*t).array_len as usize + node.offset_from((*t).nodes) as usize + 1)
    }
}

/// See [`Table::length`].
#[inline]
pub unsafe fn length(t: *mut Table) -> u64 {
    // SAFETY: `t` is live, which is all that the searches ask for.
    unsafe {
        let border = match version::BORDER_SEARCH {
            BorderSearch::Halving => border_by_halving(t),
            BorderSearch::LastAccess => border_by_hint(t),
            BorderSearch::Vicinity => border_nearby(t),
        };
        match border {
            Some(border) => border as u64,
            None => length_with_hash(t),
        }
    }
}

/// The last element of the array part is in use, or there is none: a border from there on.
#[inline]
unsafe fn length_with_hash(t: *mut Table) -> u64 {
    // SAFETY: `t` is live; the dummy node, if that is its only one, can be read too.
    unsafe {
        let len = (*t).array_len;
        if (*t).node_mask == 0 && (*(*t).nodes).key_tag != tag::INTEGER {
            return len as u64;
        }
        if Slot::is_nil(lookup::integer(t, len as i64 + 1)) { len as u64 } else { search_hash(t, len as u64) }
    }
}

/// A border in the array part, `None` when its last element is in use or it is empty.
#[inline(always)]
unsafe fn border_by_halving(t: *mut Table) -> Option<u32> {
    // SAFETY: searched between 0 and the last element.
    unsafe {
        let len = (*t).array_len;
        if len > 0 && is_nil(t, len) { Some(search(t, 0, len)) } else { None }
    }
}

/// As [`border_by_halving`], for Lua 5.4. `border_hint` is a position in the array part that is probably a border; it only
/// ever leaves `array_len` when that is a power of two, and then stays in its upper half.
#[inline(always)]
unsafe fn border_by_hint(t: *mut Table) -> Option<u32> {
    // SAFETY: `hint` is at most `array_len`.
    unsafe {
        let hint = (*t).border_hint;
        if hint > 0 && is_nil(t, hint) {
            return Some(border_before(t, hint));
        }
        // Element `hint` is in use, or there is no array part.
        let len = (*t).array_len;
        if hint < len {
            if is_nil(t, hint + 1) {
                return Some(hint);
            }
            if is_nil(t, len) {
                (*t).border_hint = search(t, hint, len);
                return Some((*t).border_hint);
            }
        }
        None
    }
}

/// As [`border_by_halving`], for Lua 5.5: tries a few elements next to the last border first.
#[inline(always)]
unsafe fn border_nearby(t: *mut Table) -> Option<u32> {
    const VICINITY: u32 = 4;
    // SAFETY: all positions lie between 1 and `array_len`.
    unsafe {
        let len = (*t).array_len;
        if len == 0 {
            return None;
        }
        let start = (*t).border_hint.max(1);
        let border = if is_nil(t, start) {
            let lowest = start.saturating_sub(VICINITY).max(1);
            match (lowest..start).rev().find(|n| !is_nil(t, *n)) {
                Some(near) => near,
                None => search(t, 0, lowest),
            }
        } else {
            let highest = (start + VICINITY).min(len);
            match (start + 1..=highest).find(|n| is_nil(t, *n)) {
                Some(near) => near - 1,
                None if is_nil(t, len) => search(t, highest, len),
                None => {
                    (*t).border_hint = len;
                    return None;
                }
            }
        };
        (*t).border_hint = border;
        Some(border)
    }
}

/// Whether element `key` of the array part, `1 <= key <= array_len`, is nil.
#[inline(always)]
unsafe fn is_nil(t: *const Table, key: u32) -> bool {
    // SAFETY: `key` is the number of an element.
    unsafe { Slot::is_nil((*t).array.add(key as usize - 1)) }
}

/// A border below `hint`, whose element is nil.
unsafe fn border_before(t: *mut Table, hint: u32) -> u32 {
    // SAFETY: `1 <= hint <= array_len`.
    unsafe {
        let movable = (*t).array_len.is_power_of_two();
        if hint >= 2 && !is_nil(t, hint - 1) {
            if movable && !(hint - 1).is_power_of_two() {
                (*t).border_hint = hint - 1;
            }
            return hint - 1;
        }
        let border = search(t, 0, hint);
        if movable && border > (*t).array_len / 2 {
            (*t).border_hint = border;
        }
        border
    }
}

/// A border between `low`, in use or 0, and `high`, nil, both in the array part.
unsafe fn search(t: *const Table, mut low: u32, mut high: u32) -> u32 {
    // SAFETY: the middle lies between the bounds.
    unsafe {
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if is_nil(t, middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        low
    }
}

/// A border from `start` on, where `start` is in use or 0 and `start + 1` is in use, in the hash part.
#[cold]
unsafe fn search_hash(t: *const Table, start: u64) -> u64 {
    // SAFETY: `t` is live.
    unsafe {
        let in_use = |key: u64| !Slot::is_nil(Table::get_int(t, key as i64));
        const LAST: u64 = i64::MAX as u64;
        // What the first step doubles.
        let mut high = if matches!(version::BORDER_SEARCH, BorderSearch::Halving) { start + 1 } else { start.max(1) };
        let mut low;
        // Where the probes are cannot be foreseen, lest a small table be given a huge border on purpose.
        let mut chance = if matches!(version::BORDER_SEARCH, BorderSearch::Vicinity) {
            (t as usize as u64 >> 4).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        } else {
            0
        };
        loop {
            low = high;
            if high <= LAST / 2 {
                high = (high * 2 + (chance >> 63)).min(LAST);
                chance <<= 1;
            } else if in_use(LAST) {
                return LAST;
            } else {
                high = LAST;
                break;
            }
            if !in_use(high) {
                break;
            }
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if in_use(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }
}
