//! Chunks: the memory that small blocks are carved from, as a list sorted by address.

use super::{Block, CLASSES, Classes, UNIT};
use core::ptr;

/// The first chunk's size; later ones are as large as all before them together, up to `MAX_CHUNK`.
const MIN_CHUNK: usize = (16 << 10) - 32;
/// Small enough that chunks become entirely free now and then, and that an unused one does not matter.
const MAX_CHUNK: usize = (64 << 10) - 32;
/// Growth of the footprint, besides a quarter of it, that is not worth a search for free chunks.
const MIN_GROWTH: usize = 1 << 20;

const _: () = assert!(MIN_CHUNK.is_multiple_of(UNIT) && MAX_CHUNK.is_multiple_of(UNIT));

#[derive(Clone, Copy)]
struct Chunk {
    start: *mut u8,
    len: usize,
    /// Bytes on free lists, only meaningful while scavenging.
    free: usize,
}

/// The list of chunks, and the accounts.
pub struct Chunks {
    /// `count` entries sorted by address, in a block of `capacity`.
    list: *mut Chunk,
    count: usize,
    capacity: usize,
    /// Bytes in chunks and in large blocks.
    small: usize,
    large: usize,
    /// Footprint from which scavenging is due, beyond `MIN_GROWTH`.
    threshold: usize,
    /// A good part of the chunks was free when that was last found out.
    promising: bool,
}

impl Chunks {
    fn entries(&self) -> &[Chunk] {
        if self.count == 0 {
            return &[];
        }
        // SAFETY: `count` entries are initialised.
        unsafe { core::slice::from_raw_parts(self.list, self.count) }
    }

    /// The index of the chunk that `address` lies in.
    pub fn find(&self, address: *const u8) -> Option<usize> {
        let entries = self.entries();
        let after = entries.partition_point(|chunk| chunk.start.cast_const() <= address);
        let index = after.checked_sub(1)?;
        let offset = address as usize - entries[index].start as usize;
        if offset < entries[index].len { Some(index) } else { None }
    }

    /// A new chunk: its address and length.
    pub fn add(&mut self) -> Option<(*mut u8, usize)> {
        // SAFETY: the list is grown before an entry is added; entries behind it move up.
        unsafe {
            if self.count == self.capacity {
                let capacity = (self.capacity * 2).max(16);
                let list = libc::realloc(self.list.cast(), capacity * size_of::<Chunk>()).cast::<Chunk>();
                if list.is_null() {
                    return None;
                }
                (self.list, self.capacity) = (list, capacity);
            }
            let len = (self.small & !(UNIT - 1)).clamp(MIN_CHUNK, MAX_CHUNK);
            let start = libc::malloc(len).cast::<u8>();
            if start.is_null() {
                return None;
            }
            if len == MAX_CHUNK {
                populate(start, len);
            }
            let index = self.entries().partition_point(|chunk| chunk.start < start);
            let place = self.list.add(index);
            ptr::copy(place, place.add(1), self.count - index);
            place.write(Chunk { start, len, free: 0 });
            self.count += 1;
            self.small += len;
            Some((start, len))
        }
    }

    /// Frees all chunks and the list.
    pub fn release(&mut self) {
        // SAFETY: the chunks are the allocator's, which ends here.
        unsafe {
            for chunk in self.entries() {
                libc::free(chunk.start.cast());
            }
            libc::free(self.list.cast());
        }
        (self.list, self.count, self.capacity, self.small) = (ptr::null_mut(), 0, 0, 0);
    }

    /// Accounts for a large block that changes its size.
    pub fn count_large(&mut self, old: usize, new: usize) {
        self.large = self.large.wrapping_add(new).wrapping_sub(old);
    }

    /// Bytes obtained from `malloc`.
    #[cfg(test)]
    pub fn footprint(&self) -> usize {
        self.small + self.large
    }

    /// Whether the footprint, with `extra` bytes more, has grown a lot since free chunks were looked for, and there may be
    /// some.
    pub fn scavenging_is_due(&self, extra: usize) -> bool {
        self.promising
            && self.small.wrapping_add(self.large).saturating_add(extra) > self.threshold.saturating_add(MIN_GROWTH)
    }

    /// Takes notice of the bytes in use, in small and large blocks, after many have been released.
    pub fn note_use(&mut self, in_use: usize) {
        let free = self.small.wrapping_add(self.large).saturating_sub(in_use);
        self.promising = free > self.small / 4;
    }
}

/// Asks the system for the pages of a new chunk, which is going to be used soon, all at once: one system call instead of a
/// fault for each. A system that does not know the request refuses it; `errno` stays what it was for the host's sake.
#[cfg(target_os = "linux")]
unsafe fn populate(start: *mut u8, len: usize) {
    const PAGE: usize = 4096;
    let gap = (start as usize).wrapping_neg() % PAGE;
    // SAFETY: the pages are entirely the chunk's; their contents do not change.
    unsafe {
        let errno = *libc::__errno_location();
        libc::madvise(start.add(gap).cast(), (len - gap) & !(PAGE - 1), libc::MADV_POPULATE_WRITE);
        *libc::__errno_location() = errno;
    }
}

#[cfg(not(target_os = "linux"))]
unsafe fn populate(_: *mut u8, _: usize) {}

/// Gives chunks that are entirely free back to `malloc`, their blocks leave the free lists. Takes time proportional
/// to the number of free blocks, and a cache miss for each: a long pause in a large heap, so there must be a prospect of
/// success.
///
/// # Safety
/// `this` is live.
#[cold]
#[inline(never)]
pub unsafe fn scavenge(this: *mut Classes) {
    // SAFETY: every block on a free list lies in a chunk; only blocks of chunks that are freed leave the lists.
    unsafe {
        let chunks = &mut (*this).chunks;
        count_free(&(*this).free, chunks);
        let is_free = |chunk: &Chunk| chunk.free == chunk.len;
        if chunks.entries().iter().any(is_free) {
            for list in &mut (*this).free {
                filter(list, |block| !chunks.find(block).is_some_and(|index| is_free(&chunks.entries()[index])));
            }
            let mut kept = 0;
            for index in 0..chunks.count {
                let chunk = *chunks.list.add(index);
                if is_free(&chunk) {
                    chunks.small -= chunk.len;
                    libc::free(chunk.start.cast());
                } else {
                    *chunks.list.add(kept) = chunk;
                    kept += 1;
                }
            }
            chunks.count = kept;
        }
        let footprint = chunks.small.wrapping_add(chunks.large);
        chunks.threshold = footprint.saturating_add(footprint / 4);
        chunks.promising = false;
    }
}

/// Sets how many bytes of each chunk are on free lists. The uncarved rest of the newest chunk is on none.
unsafe fn count_free(free: &[*mut Block; CLASSES], chunks: &mut Chunks) {
    // SAFETY: lists end in null; indices come from `find`.
    unsafe {
        for index in 0..chunks.count {
            (*chunks.list.add(index)).free = 0;
        }
        let mut last = 0;
        for (class, list) in free.iter().enumerate() {
            let mut block = *list;
            while !block.is_null() {
                // Neighbours on a list often come from the same chunk.
                let address = block.cast::<u8>().cast_const();
                let hit = chunks
                    .entries()
                    .get(last)
                    .is_some_and(|chunk| (address as usize).wrapping_sub(chunk.start as usize) < chunk.len);
                if !hit {
                    last = chunks.find(address).unwrap_or(0);
                }
                (*chunks.list.add(last)).free += class * UNIT;
                block = (*block).next;
            }
        }
    }
}

/// Removes the blocks that are not to be kept from a free list.
unsafe fn filter(list: &mut *mut Block, keep: impl Fn(*const u8) -> bool) {
    // SAFETY: lists end in null.
    unsafe {
        let mut link: *mut *mut Block = list;
        while !(*link).is_null() {
            let block = *link;
            if keep(block.cast::<u8>()) {
                link = &raw mut (*block).next;
            } else {
                *link = (*block).next;
            }
        }
    }
}
