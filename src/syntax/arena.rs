//! The memory of syntax trees: a bump allocator on a state's heap.
//!
//! Nodes are plain data without destructors; they are handed out as shared references that live as long as
//! the arena is borrowed. A function's tree is dropped as soon as it has been compiled, by cutting the arena back to a
//! [`Mark`] taken before its first node: what was allocated before the mark stays where it is.

use crate::memory::{Heap, Kind, OutOfMemory};
use core::cell::Cell;
use core::mem::needs_drop;
use core::ptr;

/// Size of the first block; each following one is twice as large as the one before, up to [`MAX_BLOCK`].
const FIRST_BLOCK: usize = 1 << 10;
const MAX_BLOCK: usize = 1 << 16;
/// Alignment of all nodes.
const ALIGN: usize = 8;

/// The start of a block of memory; the nodes follow.
#[repr(C)]
struct Block {
    previous: *mut Block,
    /// Bytes of the whole block.
    size: usize,
}

/// An arena. Invariant: `next..end` is the unused rest of `block`, the newest block (all null when there is none).
pub struct Arena {
    heap: *mut Heap,
    block: Cell<*mut Block>,
    next: Cell<*mut u8>,
    end: Cell<*mut u8>,
}

/// A state of the arena to return to.
#[derive(Clone, Copy)]
pub struct Mark {
    block: *mut Block,
    next: *mut u8,
}

impl Arena {
    /// An empty arena.
    ///
    /// # Safety
    /// `heap` outlives the arena.
    pub unsafe fn new(heap: *mut Heap) -> Arena {
        let null = ptr::null_mut();
        Arena { heap, block: Cell::new(ptr::null_mut()), next: Cell::new(null), end: Cell::new(null) }
    }

    /// Moves `node` into the arena.
    #[inline]
    pub fn add<T>(&self, node: T) -> Result<&T, OutOfMemory> {
        const { assert!(align_of::<T>() <= ALIGN && size_of::<T>() <= FIRST_BLOCK / 2 && !needs_drop::<T>()) };
        let size = size_of::<T>().next_multiple_of(ALIGN);
        if (self.end.get() as usize).wrapping_sub(self.next.get() as usize) < size {
            self.grow()?;
        }
        let place = self.next.get();
        // SAFETY: `size` bytes are free at `place`, which is aligned because all sizes are.
        unsafe {
            self.next.set(place.add(size));
            place.cast::<T>().write(node);
            Ok(&*place.cast::<T>())
        }
    }

    #[cold]
    fn grow(&self) -> Result<(), OutOfMemory> {
        let old = self.block.get();
        // SAFETY: `old` is null or our newest block; the new block has room for its header and is ours.
        unsafe {
            let size = if old.is_null() { FIRST_BLOCK } else { ((*old).size * 2).min(MAX_BLOCK) };
            let block = Heap::allocate(self.heap, size, Kind::Other)?.as_ptr();
            block.cast::<Block>().write(Block { previous: old, size });
            self.block.set(block.cast());
            self.next.set(block.add(size_of::<Block>()));
            self.end.set(block.add(size));
        }
        Ok(())
    }

    /// The present state.
    pub fn mark(&self) -> Mark {
        Mark { block: self.block.get(), next: self.next.get() }
    }

    /// Drops everything added since `mark`.
    ///
    /// # Safety
    /// `mark` is of this arena, which has not been cut below it since; no node added after it is used any more.
    pub unsafe fn release(&self, mark: Mark) {
        // SAFETY: blocks newer than the mark's are ours and hold only dropped nodes.
        unsafe {
            while self.block.get() != mark.block {
                let block = self.block.get();
                self.block.set((*block).previous);
                Heap::free(self.heap, block.cast(), (*block).size);
            }
            self.next.set(mark.next);
            self.end.set(if mark.block.is_null() {
                ptr::null_mut()
            } else {
                mark.block.cast::<u8>().add((*mark.block).size)
            });
        }
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        // SAFETY: the arena is no longer borrowed, so no node is in use.
        unsafe { self.release(Mark { block: ptr::null_mut(), next: ptr::null_mut() }) }
    }
}
