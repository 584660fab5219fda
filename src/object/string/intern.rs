//! The table of short strings.
//!
//! Invariants: every live short string is in the chain that its hash selects, exactly once; `size` is a power of
//! two. An allocation may collect and thereby unlink strings, so chains are walked anew afterwards.

use super::{HEADER, MAX_SHORT, Str, StringTable, hash};
use crate::memory::{Heap, Kind, OutOfMemory};
use crate::object::header::{self, GcHeader, mark};
use crate::object::{Global, tag};
use core::ptr;

/// Number of chains of a fresh table.
const MIN_SIZE: u32 = 128;
/// The number of chains that growing stops at.
const MAX_SIZE: u32 = 1 << 30;

#[inline(always)]
fn chain_of(table: &StringTable, hash: u32) -> *mut *mut Str {
    // SAFETY: the index is masked by the length of `chains`.
    unsafe { table.chains.add((hash & (table.size - 1)) as usize) }
}

/// Whether the short string `s` consists of exactly these bytes.
#[inline(always)]
unsafe fn same_bytes(s: *const Str, bytes: &[u8]) -> bool {
    // SAFETY: both are `len` bytes; reads overlap at the end instead of going beyond it.
    unsafe {
        let len = bytes.len();
        if (*s).short_len as usize != len {
            return false;
        }
        let (a, b) = (Str::data(s), bytes.as_ptr());
        let words = |at: usize| a.add(at).cast::<u64>().read_unaligned() == b.add(at).cast::<u64>().read_unaligned();
        let halves = |at: usize| a.add(at).cast::<u32>().read_unaligned() == b.add(at).cast::<u32>().read_unaligned();
        if len >= 8 {
            let mut at = 0;
            while at + 8 < len {
                if !words(at) {
                    return false;
                }
                at += 8;
            }
            words(len - 8)
        } else if len >= 4 {
            halves(0) && halves(len - 4)
        } else {
            (0..len).all(|n| *a.add(n) == *b.add(n))
        }
    }
}

/// The interned string with these bytes.
pub unsafe fn short(g: *mut Global, bytes: &[u8]) -> Result<*mut Str, OutOfMemory> {
    debug_assert!(bytes.len() <= MAX_SHORT);
    // SAFETY: strings in the table are allocated, even when found dead: the sweep unlinks before it frees.
    unsafe {
        let hash = hash::short(bytes, (*g).seed);
        let mut s = *chain_of(&(*g).strings, hash);
        while !s.is_null() {
            if (*s).hash == hash && same_bytes(s, bytes) {
                revive(g, s);
                return Ok(s);
            }
            s = (*s).u.chain;
        }
        create(g, bytes, hash)
    }
}

/// A dead string that is asked for lives on: it gets the current white.
#[inline(always)]
unsafe fn revive(g: *mut Global, s: *mut Str) {
    // SAFETY: `s` is allocated.
    unsafe {
        if (*s.cast::<GcHeader>()).is_dead((*g).current_white) {
            (*s).marked ^= mark::WHITES;
        }
    }
}

unsafe fn create(g: *mut Global, bytes: &[u8], hash: u32) -> Result<*mut Str, OutOfMemory> {
    // SAFETY: the object is large enough and completely written; the chain is looked up after allocating.
    unsafe {
        if (*g).strings.used >= (*g).strings.size {
            grow(g);
        }
        let len = bytes.len();
        let this = header::new_object(g, Str::size(len), tag::SHORT_STRING, Kind::String)?.cast::<Str>();
        (*this).extra = 0;
        (*this).short_len = len as u8;
        (*this).hash = hash;
        let data = this.cast::<u8>().add(HEADER);
        ptr::copy_nonoverlapping(bytes.as_ptr(), data, len);
        data.add(len).write(0);
        let chain = chain_of(&(*g).strings, hash);
        (*this).u.chain = *chain;
        *chain = this;
        (*g).strings.used += 1;
        Ok(this)
    }
}

#[cold]
#[inline(never)]
unsafe fn grow(g: *mut Global) {
    // SAFETY: `g` is live and has its string table.
    unsafe {
        let size = (*g).strings.size;
        if size < MAX_SIZE {
            resize(g, size * 2);
        }
    }
}

/// Takes a string out of its chain.
#[inline]
pub unsafe fn unlink(g: *mut Global, s: *mut Str) {
    // SAFETY: `s` is in the chain that its hash selects.
    unsafe {
        let mut link = chain_of(&(*g).strings, (*s).hash);
        while *link != s {
            link = &raw mut (**link).u.chain;
        }
        *link = (*s).u.chain;
        (*g).strings.used -= 1;
    }
}

pub unsafe fn init(g: *mut Global) -> Result<(), OutOfMemory> {
    // SAFETY: `g` is live and its heap is ready.
    unsafe {
        let chains = new_chains(g, MIN_SIZE)?;
        (*g).strings = StringTable { chains, used: 0, size: MIN_SIZE };
        Ok(())
    }
}

/// An array of empty chains.
unsafe fn new_chains(g: *mut Global, size: u32) -> Result<*mut *mut Str, OutOfMemory> {
    // SAFETY: all-zero bytes are null pointers.
    unsafe {
        let bytes = size as usize * size_of::<*mut Str>();
        let chains = Heap::allocate(&raw mut (*g).heap, bytes, Kind::Other)?.as_ptr();
        ptr::write_bytes(chains, 0, bytes);
        Ok(chains.cast())
    }
}

/// Changes the number of chains. The old array stays in use until the new one is there, so that a collection
/// in between finds the table whole.
pub unsafe fn resize(g: *mut Global, size: u32) {
    debug_assert!(size.is_power_of_two());
    // SAFETY: every string is moved to the chain of the new array that its hash selects.
    unsafe {
        if size == (*g).strings.size {
            return;
        }
        let Ok(chains) = new_chains(g, size) else { return };
        let old = core::mem::replace(&mut (*g).strings, StringTable { chains, used: (*g).strings.used, size });
        for n in 0..old.size as usize {
            let mut s = *old.chains.add(n);
            while !s.is_null() {
                let next = (*s).u.chain;
                let chain = chain_of(&(*g).strings, (*s).hash);
                (*s).u.chain = *chain;
                *chain = s;
                s = next;
            }
        }
        free_chains(g, old.chains, old.size);
    }
}

pub unsafe fn release(g: *mut Global) {
    // SAFETY: the table owns its chains.
    unsafe {
        let table = &raw mut (*g).strings;
        free_chains(g, (*table).chains, (*table).size);
        table.write(StringTable { chains: ptr::null_mut(), used: 0, size: 0 });
    }
}

unsafe fn free_chains(g: *mut Global, chains: *mut *mut Str, size: u32) {
    // SAFETY: the caller gives up the array.
    unsafe { Heap::free(&raw mut (*g).heap, chains.cast(), size as usize * size_of::<*mut Str>()) }
}
