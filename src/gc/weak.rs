//! Weak tables: how they are looked through and cleared (manual §2.5.4).
//!
//! - *Weak values*: keys are marked; entries whose value dies are removed.
//! - *Ephemerons* (weak keys): a value is marked only once its key is. Entries whose key dies are removed.
//! - *All weak*: nothing is marked.
//!
//! Strings count as values, not objects: they are never removed, and looking at one marks it. An object that is
//! about to be finalized disappears from weak values before its finalizer runs, and from weak keys only when it is
//! really freed.

use super::{mark, traverse};
use crate::object::global::Phase;
use crate::object::header;
use crate::object::{GcHeader, Global, Node, Slot, Str, Table, Value, tag};
use crate::version::FINALIZERS_FOUND_LATE;
use core::ptr::null_mut;

/// What a table's `__mode` makes weak.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Strong,
    Values,
    Keys,
    Both,
}

/// Reads a `__mode` field; anything but a string with a `k` or `v` means strong.
///
/// # Safety
/// `mode` is not stale.
pub unsafe fn mode_of(mode: Value) -> Mode {
    if !mode.is_short_string() {
        return Mode::Strong;
    }
    // SAFETY: a live string. The letters count up to the first NUL, as they do for C.
    let bytes = unsafe { Str::bytes(mode.as_str()) };
    let (mut keys, mut values) = (false, false);
    for &b in bytes.iter().take_while(|&&b| b != 0) {
        keys |= b == b'k';
        values |= b == b'v';
    }
    match (keys, values) {
        (false, false) => Mode::Strong,
        (false, true) => Mode::Values,
        (true, false) => Mode::Keys,
        (true, true) => Mode::Both,
    }
}

/// Lets go of the key of an empty entry. The entry stays, as part of a chain and for a traversal that stopped there.
///
/// # Safety
/// `node` is live and its value is nil.
#[inline(always)]
pub unsafe fn clear_key(node: *mut Node) {
    // SAFETY: `node` is a node of a live table; a dead key is never looked into.
    unsafe {
        if (*node).key_tag & tag::COLLECTABLE != 0 {
            (*node).key_tag = tag::DEAD_KEY;
        }
    }
}

/// Whether what this payload and tag stand for has not been reached, so that a weak reference to it may go. Strings are
/// marked instead.
#[inline(always)]
unsafe fn is_cleared(g: *mut Global, payload: u64, value_tag: u8) -> bool {
    // SAFETY: a collectable tag says that the payload is a live object's address.
    unsafe {
        if value_tag & tag::COLLECTABLE == 0 {
            return false;
        }
        let o = payload as *mut GcHeader;
        if value_tag & tag::TYPE_MASK == tag::SHORT_STRING & tag::TYPE_MASK {
            mark::object(g, o);
            return false;
        }
        (*o).is_white()
    }
}

unsafe fn has_cleared_value(g: *mut Global, v: *const Slot) -> bool {
    // SAFETY: `v` is a live slot.
    unsafe {
        if FINALIZERS_FOUND_LATE && (*v).tag == tag::USERDATA {
            // A userdata that is being finalized, or was, is no weak value any more.
            let o = (*v).payload as *mut GcHeader;
            return (*o).is_white() || (*o).marked & header::mark::FINALIZER == 0;
        }
        is_cleared(g, (*v).payload, (*v).tag)
    }
}

unsafe fn has_cleared_key(g: *mut Global, node: *const Node) -> bool {
    // SAFETY: `node` is live.
    unsafe { is_cleared(g, (*node).key_payload, (*node).key_tag) }
}

/// Looks through a table with weak values. While propagating it is kept for the atomic phase, where it is noted for
/// clearing if anything in it may have to be cleared. (The array part is not searched for that.)
///
/// # Safety
/// `t` is live, black and in no gray list.
pub unsafe fn traverse_weak_values(g: *mut Global, t: *mut Table) {
    // SAFETY: `t` is live; being black, it is in no gray list and its link is free.
    unsafe {
        let mut clears = (*t).array_len > 0;
        for n in 0..=(*t).node_mask as usize {
            let node = (*t).nodes.add(n);
            if (*node).value_tag == tag::NIL {
                clear_key(node);
                continue;
            }
            if (*node).key_tag & tag::COLLECTABLE != 0 {
                mark::object(g, (*node).key_payload as *mut GcHeader);
            }
            if !clears && has_cleared_value(g, Node::value(node)) {
                clears = true;
            }
        }
        let list =
            if (*g).phase == Phase::Atomic && clears { &raw mut (*g).weak_values } else { &raw mut (*g).gray_again };
        mark::push_gray(list, t.cast());
    }
}

/// Looks through a table with weak keys in versions without ephemerons: values are marked. The table is kept for clearing.
///
/// # Safety
/// `t` is live, black and in no gray list.
pub unsafe fn traverse_weak_keys(g: *mut Global, t: *mut Table) {
    // SAFETY: `t` is live; being black, it is in no gray list and its link is free.
    unsafe {
        for n in 0..(*t).array_len as usize {
            mark::value(g, Slot::load((*t).array.add(n)));
        }
        for n in 0..=(*t).node_mask as usize {
            let node = (*t).nodes.add(n);
            if (*node).value_tag == tag::NIL {
                clear_key(node);
            } else {
                mark::value(g, Slot::load(Node::value(node)));
            }
        }
        let list = if (*g).phase == Phase::Atomic { &raw mut (*g).all_weak } else { &raw mut (*g).gray_again };
        mark::push_gray(list, t.cast());
    }
}

/// Looks through an ephemeron table, backwards if `reverse`; true when anything was marked.
///
/// While propagating, the table is kept for the atomic phase. There, it has to be looked through again while it has an entry
/// with both key and value unmarked, and be cleared while it has an unmarked key.
///
/// # Safety
/// `t` is live, black and in no gray list.
pub unsafe fn traverse_ephemeron(g: *mut Global, t: *mut Table, reverse: bool) -> bool {
    // SAFETY: `t` is live; being black, it is in no gray list and its link is free.
    unsafe {
        let mut marked = false;
        let mut white_keys = false;
        let mut white_entries = false;
        for n in 0..(*t).array_len as usize {
            marked |= mark_white_value(g, (*t).array.add(n));
        }
        let last = (*t).node_mask as usize;
        for n in 0..=last {
            let node = (*t).nodes.add(if reverse { last - n } else { n });
            if (*node).value_tag == tag::NIL {
                clear_key(node);
            } else if has_cleared_key(g, node) {
                white_keys = true;
                white_entries |= is_white(Node::value(node));
            } else {
                marked |= mark_white_value(g, Node::value(node));
            }
        }
        let list = if (*g).phase == Phase::Propagate {
            &raw mut (*g).gray_again
        } else if white_entries {
            &raw mut (*g).ephemerons
        } else if white_keys {
            &raw mut (*g).all_weak
        } else {
            traverse::keep_if_touched(g, t.cast());
            return marked;
        };
        mark::push_gray(list, t.cast());
        marked
    }
}

unsafe fn is_white(v: *const Slot) -> bool {
    // SAFETY: `v` is a live slot.
    unsafe { (*v).tag & tag::COLLECTABLE != 0 && (*((*v).payload as *mut GcHeader)).is_white() }
}

/// Marks a value; true when it was not marked yet.
unsafe fn mark_white_value(g: *mut Global, v: *const Slot) -> bool {
    // SAFETY: `v` is a live slot.
    unsafe {
        let white = is_white(v);
        if white {
            mark::white_object(g, (*v).payload as *mut GcHeader);
        }
        white
    }
}

/// Looks through the ephemeron tables until nothing new is marked. Every other round goes backwards, which saves rounds on
/// chains inside one table.
///
/// # Safety
/// `g` is live, in the atomic phase, `gray` is empty.
pub unsafe fn converge_ephemerons(g: *mut Global) {
    // SAFETY: the list holds live tables.
    unsafe {
        let mut reverse = false;
        loop {
            let mut changed = false;
            let mut next = (*g).ephemerons;
            (*g).ephemerons = null_mut();
            while !next.is_null() {
                let t = next.cast::<Table>();
                next = (*t).gray_next;
                super::colour::make_black(t.cast());
                if traverse_ephemeron(g, t, reverse) {
                    mark::propagate_all(g);
                    changed = true;
                }
            }
            if !changed {
                return;
            }
            reverse = !reverse;
        }
    }
}

/// Removes entries with unmarked keys from the tables of a list.
///
/// # Safety
/// `list` holds live tables; `g` is in the atomic phase.
pub unsafe fn clear_by_keys(g: *mut Global, list: *mut GcHeader) {
    // SAFETY: links lead to live tables, whose dead entries still point to memory: the sweep comes later.
    unsafe {
        let mut next = list;
        while !next.is_null() {
            let t = next.cast::<Table>();
            for n in 0..=(*t).node_mask as usize {
                let node = (*t).nodes.add(n);
                if has_cleared_key(g, node) {
                    (*node).value_tag = tag::NIL;
                }
                if (*node).value_tag == tag::NIL {
                    clear_key(node);
                }
            }
            next = (*t).gray_next;
        }
    }
}

/// Removes entries with unmarked values from the tables of a list, up to the table `until`.
///
/// # Safety
/// As [`clear_by_keys`].
pub unsafe fn clear_by_values(g: *mut Global, list: *mut GcHeader, until: *mut GcHeader) {
    // SAFETY: as `clear_by_keys`; `until` is in the list or null.
    unsafe {
        let mut next = list;
        while next != until {
            let t = next.cast::<Table>();
            for n in 0..(*t).array_len as usize {
                let slot = (*t).array.add(n);
                if has_cleared_value(g, slot) {
                    Slot::store_nil(slot);
                }
            }
            for n in 0..=(*t).node_mask as usize {
                let node = (*t).nodes.add(n);
                if has_cleared_value(g, Node::value(node)) {
                    (*node).value_tag = tag::NIL;
                }
                if (*node).value_tag == tag::NIL {
                    clear_key(node);
                }
            }
            next = (*t).gray_next;
        }
    }
}
