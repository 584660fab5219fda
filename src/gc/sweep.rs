//! Sweeping: frees the dead, and makes the living white for the next cycle.
//!
//! A sweep goes through the three lists of objects by the address of a link (`sweep_at`), so that it can take objects
//! out; what is created meanwhile goes in front of it.

use super::colour::{self, CYCLE_BITS};
use crate::memory::Heap;
use crate::object::global::Phase;
use crate::object::string::StringTable;
use crate::object::{CClosure, GcHeader, Global, LuaClosure, Proto, Str, Table, UpVal, Userdata, tag};
use core::ptr::null_mut;

/// Objects swept in one piece of a cycle: many enough to be worth the call, few enough for short steps.
const OBJECTS_PER_PIECE: usize = 100;

/// Starts the sweep of `all_objects`, at an object inside it, so that the sweep does not meet what is created
/// in the meantime.
///
/// # Safety
/// `g` is live and its whites are exchanged, or no object is dead.
pub unsafe fn enter(g: *mut Global) {
    // SAFETY: `g` is live, and only what is dead has the old white.
    unsafe {
        (*g).phase = Phase::SweepObjects;
        (*g).sweep_at = to_living(g, &raw mut (*g).all_objects);
    }
}

/// Sweeps some of the list under sweep, or, when that is done, goes on to `next_phase` with the list at `next_list`. Returns
/// the number of objects swept.
///
/// # Safety
/// `g` is live and sweeping.
pub unsafe fn piece(g: *mut Global, next_phase: Phase, next_list: *mut *mut GcHeader) -> usize {
    // SAFETY: `sweep_at` is null or the address of a link in the list.
    unsafe {
        if (*g).sweep_at.is_null() {
            (*g).phase = next_phase;
            (*g).sweep_at = next_list;
            return 0;
        }
        let (at, count) = list(g, (*g).sweep_at, OBJECTS_PER_PIECE);
        (*g).sweep_at = at;
        count
    }
}

/// Sweeps up to `limit` objects from the link at `at`. Returns the link to go on with, null at the end of the list,
/// and the number of objects.
unsafe fn list(g: *mut Global, at: *mut *mut GcHeader, limit: usize) -> (*mut *mut GcHeader, usize) {
    // SAFETY: links lead to live objects; one found dead is unlinked before it is freed.
    unsafe {
        let dead = colour::other_white(g);
        let white = (*g).current_white;
        let mut link = at;
        let mut o = *link;
        let mut count = 0;
        while !o.is_null() && count < limit {
            count += 1;
            let marked = (*o).marked;
            let next = (*o).next;
            if marked & dead != 0 {
                *link = next;
                free(g, o);
            } else {
                (*o).marked = (marked & !CYCLE_BITS) | white;
                link = &raw mut (*o).next;
            }
            o = next;
        }
        (if o.is_null() { null_mut() } else { link }, count)
    }
}

/// Sweeps until a living object has been passed; returns the link after it, null at the end of the list.
///
/// # Safety
/// As [`piece`]; `at` is the address of a link of a list.
pub unsafe fn to_living(g: *mut Global, at: *mut *mut GcHeader) -> *mut *mut GcHeader {
    // SAFETY: `at` is a link of a list of `g`, whose links lead to live objects or dead ones not yet freed.
    unsafe {
        loop {
            let (next, _) = list(g, at, 1);
            if next != at {
                return next;
            }
        }
    }
}

/// The end of a sweep: halves a string table that has become too large, and lets the allocator know.
///
/// # Safety
/// `g` is live.
pub unsafe fn check_sizes(g: *mut Global) {
    // SAFETY: `g` is live and nobody holds a place in the string table.
    unsafe {
        if !(*g).emergency && (*g).strings.used < (*g).strings.size / 4 {
            StringTable::resize(g, (*g).strings.size / 2);
        }
        (*g).heap.note_sweep();
    }
}

/// Frees one object.
///
/// # Safety
/// `o` is in no list, and nothing that is used again points to it.
pub unsafe fn free(g: *mut Global, o: *mut GcHeader) {
    // SAFETY: the tag says what the object is; each kind knows its size.
    unsafe {
        let heap = &raw mut (*g).heap;
        let size = match (*o).tag {
            tag::SHORT_STRING => {
                Str::unlink_short(g, o.cast());
                Str::size((*o.cast::<Str>()).short_len as usize)
            }
            tag::LONG_STRING => Str::release_long(o.cast()),
            tag::TABLE => return Table::free(g, o.cast()),
            tag::LUA_CLOSURE => LuaClosure::size((*o.cast::<LuaClosure>()).upvalue_count as usize),
            tag::C_CLOSURE => CClosure::size((*o.cast::<CClosure>()).upvalue_count as usize),
            tag::UPVALUE => {
                unlink_upvalue(o.cast());
                size_of::<UpVal>()
            }
            tag::USERDATA => {
                let u = o.cast::<Userdata>();
                Userdata::size((*u).user_values, (*u).len)
            }
            tag::PROTO => return Proto::free(g, o.cast()),
            _ => {
                debug_assert!((*o).tag == tag::THREAD);
                if let Some(free_thread) = (*g).free_thread {
                    free_thread(g, o.cast());
                }
                return;
            }
        };
        Heap::free(heap, o.cast(), size);
    }
}

/// Takes an open upvalue out of its thread's list.
unsafe fn unlink_upvalue(upvalue: *mut UpVal) {
    // SAFETY: an open upvalue's links are live: it leaves the list when it is closed or its thread freed.
    unsafe {
        if UpVal::is_open(upvalue) {
            let links = (*upvalue).u.open;
            *links.previous = links.next;
            if !links.next.is_null() {
                (*links.next).u.open.previous = links.previous;
            }
        }
    }
}

/// Frees the objects of a list except for `keep`, which need not be in it.
///
/// # Safety
/// Nothing uses the objects again.
pub unsafe fn free_list(g: *mut Global, head: *mut GcHeader, keep: *mut GcHeader) {
    // SAFETY: the list ends in null or at `keep`, and nothing uses its objects again.
    unsafe {
        let mut o = head;
        while !o.is_null() {
            let next = (*o).next;
            if o != keep {
                free(g, o);
            }
            o = next;
        }
    }
}
