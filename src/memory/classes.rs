//! The allocator of states that do not bring their own (`luaL_newstate`).
//!
//! Blocks of up to [`MAX_SMALL`] bytes are rounded up to a multiple of 16, a *size class*; each class has a free list,
//! last in, first out. A class without free blocks gets one from a chunk that comes from `malloc`; larger blocks come from
//! there directly. No block has a header: whoever releases or resizes one says exactly how large it is, which
//! holds for all memory of a state (see [`super::Heap`]). No locks: a state is used by one thread at a time.
//!
//! Memory on the free list of one class is of no use to another class or a large block. So when the footprint has
//! grown by a quarter although a quarter of the chunks was free after the last sweep, chunks that are entirely free are
//! looked for and given back (`chunks::scavenge`).
//!
//! How a state uses it: [`create`] makes one, `vm::lifecycle::new_state(allocate, created, …)` makes a state on it, whose
//! `Heap` recognises [`allocate`] and from then on calls the inline functions here. The host never
//! gets to see it: for `lua_getallocf` and after `lua_setallocf` such a state's blocks are `malloc`'s (`Heap::set_allocator`).
//! The state's end calls [`destroy`] on `Heap::owned_classes`, when everything has been released.

mod chunks;

use chunks::Chunks;
use core::ffi::c_void;
use core::ptr;

/// Blocks up to this size come from free lists.
pub const MAX_SMALL: usize = 512;
/// Sizes of small blocks are multiples of this, and so are all addresses.
const UNIT: usize = 16;
/// Number of size classes; class `n` has blocks of `n * UNIT` bytes, class 0 is not used.
const CLASSES: usize = MAX_SMALL / UNIT + 1;

/// A free block.
#[repr(C)]
struct Block {
    next: *mut Block,
}

/// One state's allocator.
pub struct Classes {
    /// Free blocks of each class.
    free: [*mut Block; CLASSES],
    /// The part of the newest chunk that was not carved up yet; its length is a multiple of `UNIT`.
    rest: *mut u8,
    rest_len: usize,
    chunks: Chunks,
}

/// A new allocator, null when memory is short.
pub fn create() -> *mut c_void {
    // SAFETY: all-zero bytes are null pointers and zero counts.
    unsafe { libc::calloc(1, size_of::<Classes>()) }
}

/// Frees an allocator and all its small blocks.
///
/// # Safety
/// `ud` comes from [`create`] and none of its small blocks is used afterwards.
pub unsafe fn destroy(ud: *mut c_void) {
    // SAFETY: `ud` comes from `create`, and nobody uses its blocks again.
    unsafe {
        let this = ud.cast::<Classes>();
        (*this).chunks.release();
        libc::free(ud);
    }
}

/// A `lua_Alloc` on an allocator made by [`create`]. Unlike the host's functions it insists on exact old sizes.
///
/// # Safety
/// As `lua_Alloc`; `ud` comes from [`create`].
#[inline(never)] // Its address identifies it (`Heap::new`).
pub unsafe extern "C-unwind" fn allocate(ud: *mut c_void, ptr: *mut c_void, old: usize, new: usize) -> *mut c_void {
    // SAFETY: the old size of a block that does not exist is a type code.
    unsafe { resize(ud.cast(), ptr.cast(), if ptr.is_null() { 0 } else { old }, new).cast() }
}

/// What hosts get as the allocator of states on an internal one: `malloc` with the interface of `lua_Alloc`.
///
/// # Safety
/// As `lua_Alloc`.
#[inline(never)] // As `allocate`.
pub unsafe extern "C-unwind" fn plain(_: *mut c_void, ptr: *mut c_void, _: usize, new: usize) -> *mut c_void {
    // SAFETY: the caller's; `free` accepts null.
    unsafe {
        if new == 0 {
            libc::free(ptr);
            ptr::null_mut()
        } else {
            libc::realloc(ptr, new)
        }
    }
}

/// The class of blocks of `size` bytes.
#[inline(always)]
const fn class_of(size: usize) -> usize {
    size.div_ceil(UNIT)
}

/// A block of `1..=MAX_SMALL` bytes, or null.
///
/// # Safety
/// `this` is live.
#[inline(always)]
pub unsafe fn take(this: *mut Classes, size: usize) -> *mut u8 {
    debug_assert!((1..=MAX_SMALL).contains(&size));
    // SAFETY: the class is below `CLASSES`; blocks on a list are free and large enough for their link.
    unsafe {
        let class = class_of(size);
        let list = (&raw mut (*this).free).cast::<*mut Block>().add(class);
        let block = *list;
        if block.is_null() {
            return carve(this, class);
        }
        *list = (*block).next;
        block.cast()
    }
}

/// Releases a block of `1..=MAX_SMALL` bytes.
///
/// # Safety
/// The block was taken with this size, or one of the same class.
#[inline(always)]
pub unsafe fn give(this: *mut Classes, block: *mut u8, size: usize) {
    debug_assert!((1..=MAX_SMALL).contains(&size));
    // SAFETY: as `take`.
    unsafe { push(this, block, class_of(size)) }
}

#[inline(always)]
unsafe fn push(this: *mut Classes, block: *mut u8, class: usize) {
    // SAFETY: `class < CLASSES`; the block is at least a link large and 16-aligned.
    unsafe {
        let list = (&raw mut (*this).free).cast::<*mut Block>().add(class);
        let block = block.cast::<Block>();
        (*block).next = *list;
        *list = block;
    }
}

/// Allocates (`old` 0), resizes or releases (`new` 0) a block of any size; null when that is refused or released.
///
/// # Safety
/// `block` is a live block of exactly `old` bytes of this allocator, or null.
#[inline(never)]
pub unsafe fn resize(this: *mut Classes, block: *mut u8, old: usize, new: usize) -> *mut u8 {
    // SAFETY: the caller's; contents are copied to a block that is large enough.
    unsafe {
        if old > MAX_SMALL && new > MAX_SMALL {
            return resize_large(this, block, old, new);
        }
        if new != 0 && old != 0 && class_of(old) == class_of(new) {
            return block;
        }
        let mut target = ptr::null_mut();
        if new != 0 {
            target = if new <= MAX_SMALL { take(this, new) } else { resize_large(this, ptr::null_mut(), 0, new) };
            if target.is_null() {
                return target;
            }
            ptr::copy_nonoverlapping(block, target, old.min(new));
        }
        if old > MAX_SMALL {
            (*this).chunks.count_large(old, 0);
            libc::free(block.cast());
        } else if old > 0 {
            give(this, block, old);
        }
        target
    }
}

unsafe fn resize_large(this: *mut Classes, block: *mut u8, old: usize, new: usize) -> *mut u8 {
    // SAFETY: `block` has `old` bytes and comes from `malloc`, as all large blocks do.
    unsafe {
        if new > old {
            scavenge_if_due(this, new - old);
        }
        let mut got = libc::realloc(block.cast(), new).cast::<u8>();
        if got.is_null() {
            chunks::scavenge(this);
            got = libc::realloc(block.cast(), new).cast();
        }
        if !got.is_null() {
            (*this).chunks.count_large(old, new);
        }
        got
    }
}

/// Tells the allocator how many bytes of its blocks are in use, after a sweep.
///
/// # Safety
/// `this` is live.
pub unsafe fn note_use(this: *mut Classes, in_use: usize) {
    // SAFETY: `this` is live.
    unsafe { (*this).chunks.note_use(in_use) }
}

/// Whether a small block lies in this allocator's memory.
///
/// # Safety
/// `this` is live.
pub unsafe fn owns(this: *const Classes, block: *const u8) -> bool {
    // SAFETY: `this` is live.
    unsafe { (*this).chunks.find(block).is_some() }
}

/// A block of a class whose list is empty, carved from the newest chunk: what a program makes one after the other (a table,
/// its fields, a string in one of them) lies side by side, whatever its sizes, and comes into the cache together.
#[cold]
#[inline(never)]
unsafe fn carve(this: *mut Classes, class: usize) -> *mut u8 {
    // SAFETY: the rest of the chunk is at least one block long.
    unsafe {
        let size = class * UNIT;
        if (*this).rest_len < size && !new_rest(this, size) {
            return ptr::null_mut();
        }
        let block = (*this).rest;
        (*this).rest = block.add(size);
        (*this).rest_len -= size;
        block
    }
}

/// Starts on a new chunk, of which at least `size` bytes are there.
unsafe fn new_rest(this: *mut Classes, size: usize) -> bool {
    // SAFETY: what is left of the old chunk is free, and a multiple of `UNIT` long.
    unsafe {
        while (*this).rest_len > 0 {
            let len = (*this).rest_len.min(MAX_SMALL);
            push(this, (*this).rest, class_of(len));
            (*this).rest = (*this).rest.add(len);
            (*this).rest_len -= len;
        }
        scavenge_if_due(this, 0);
        let mut chunk = (*this).chunks.add();
        if chunk.is_none() {
            chunks::scavenge(this);
            chunk = (*this).chunks.add();
        }
        let Some((start, len)) = chunk else { return false };
        debug_assert!(len >= size);
        ((*this).rest, (*this).rest_len) = (start, len);
        true
    }
}

#[inline]
unsafe fn scavenge_if_due(this: *mut Classes, extra: usize) {
    // SAFETY: `this` is live and no block is being taken.
    unsafe {
        if (*this).chunks.scavenging_is_due(extra) {
            chunks::scavenge(this);
        }
    }
}

#[cfg(test)]
mod tests;
