//! A growable array in a state's heap.
//!
//! Like `Vec`, but every growth can fail and the memory is accounted to the state. The list keeps the
//! heap's address and frees its block when dropped; the heap must outlive it, which holds because lists
//! live in native frames of calls on the state or in objects that the collector frees before the heap.

use super::{Heap, Kind, OutOfMemory};
use core::mem::size_of;
use core::ops::{Deref, DerefMut};
use core::ptr::{self, NonNull};

/// A growable array of plain `Copy` elements.
pub struct List<T: Copy> {
    heap: *mut Heap,
    data: NonNull<T>,
    len: usize,
    capacity: usize,
}

impl<T: Copy> List<T> {
    /// An empty list; allocates nothing.
    ///
    /// # Safety
    /// `heap` stays valid for as long as the list lives.
    pub const unsafe fn new(heap: *mut Heap) -> List<T> {
        List { heap, data: NonNull::dangling(), len: 0, capacity: 0 }
    }

    /// How many elements fit without growing.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Makes room for `extra` more elements, at least doubling.
    pub fn reserve(&mut self, extra: usize) -> Result<(), OutOfMemory> {
        let needed = self.len.checked_add(extra).ok_or(OutOfMemory)?;
        if needed <= self.capacity {
            return Ok(());
        }
        let capacity = needed.max(self.capacity * 2).max(8);
        self.set_capacity(capacity)
    }

    /// Reallocates to exactly `capacity >= len`, `capacity > 0` elements.
    pub fn set_capacity(&mut self, capacity: usize) -> Result<(), OutOfMemory> {
        debug_assert!(capacity >= self.len && capacity > 0);
        let bytes = capacity.checked_mul(size_of::<T>()).ok_or(OutOfMemory)?;
        if bytes > isize::MAX as usize {
            return Err(OutOfMemory);
        }
        // SAFETY: the block is ours with the recorded size; elements are `Copy`, so a move of bytes is fine.
        unsafe {
            let block = if self.capacity == 0 {
                Heap::allocate(self.heap, bytes, Kind::Other)?
            } else {
                Heap::reallocate(self.heap, self.data.as_ptr().cast(), self.capacity * size_of::<T>(), bytes)?
            };
            self.data = block.cast();
        }
        self.capacity = capacity;
        Ok(())
    }

    /// Appends one element.
    #[inline]
    pub fn push(&mut self, value: T) -> Result<(), OutOfMemory> {
        if self.len == self.capacity {
            self.reserve(1)?;
        }
        // SAFETY: `len < capacity`.
        unsafe { self.data.as_ptr().add(self.len).write(value) };
        self.len += 1;
        Ok(())
    }

    /// Whether the next element makes the list grow.
    #[inline(always)]
    pub fn is_full(&self) -> bool {
        self.len == self.capacity
    }

    /// Appends an element to a list that is not full.
    ///
    /// # Safety
    /// As said.
    #[inline(always)]
    pub unsafe fn push_within(&mut self, value: T) {
        // SAFETY: `len < capacity`.
        unsafe { self.data.as_ptr().add(self.len).write(value) };
        self.len += 1;
    }

    /// Appends all of `values`.
    #[inline]
    pub fn extend(&mut self, values: &[T]) -> Result<(), OutOfMemory> {
        self.reserve(values.len())?;
        // SAFETY: there is room, and `values` cannot overlap the unused tail.
        unsafe { ptr::copy_nonoverlapping(values.as_ptr(), self.data.as_ptr().add(self.len), values.len()) };
        self.len += values.len();
        Ok(())
    }

    /// Removes and returns the last element.
    pub fn pop(&mut self) -> Option<T> {
        self.len = self.len.checked_sub(1)?;
        // SAFETY: the slot was initialised when it was pushed.
        Some(unsafe { self.data.as_ptr().add(self.len).read() })
    }

    /// Forgets all but the first `len` elements; does nothing when there are fewer.
    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// Forgets all elements, keeps the block.
    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// Declares the first `len` elements initialised, after writing through [`List::as_mut_ptr`].
    ///
    /// # Safety
    /// `len <= capacity` and the elements are initialised.
    pub unsafe fn set_len(&mut self, len: usize) {
        self.len = len;
    }

    /// The first element's address (dangling while nothing is allocated).
    pub fn as_mut_ptr(&mut self) -> *mut T {
        self.data.as_ptr()
    }

    /// Sets the length to `len`; new elements are `value`.
    pub fn resize(&mut self, len: usize, value: T) -> Result<(), OutOfMemory> {
        if len > self.len {
            self.reserve(len - self.len)?;
            for n in self.len..len {
                // SAFETY: there is room for `len` elements.
                unsafe { self.data.as_ptr().add(n).write(value) };
            }
        }
        self.len = len;
        Ok(())
    }

    /// Gives all elements away in a block as [`List::into_raw`] does, and leaves the list empty. Few elements are copied, so
    /// that a list that is filled again and again keeps its block.
    pub fn take_raw(&mut self) -> Result<(*mut T, usize), OutOfMemory> {
        /// Bytes that are sooner copied than allocated again.
        const FEW: usize = 4096;
        // SAFETY: the heap is this list's own.
        let mut taken = unsafe { List::new(self.heap) };
        if self.len * size_of::<T>() > FEW {
            core::mem::swap(self, &mut taken);
        } else if self.len > 0 {
            taken.set_capacity(self.len)?;
            taken.extend(self)?;
            self.clear();
        }
        taken.into_raw()
    }

    /// Gives the block away: exactly `len` elements (reallocated to fit), or null for an empty list. The
    /// new owner frees it with `len * size_of::<T>()` bytes.
    pub fn into_raw(mut self) -> Result<(*mut T, usize), OutOfMemory> {
        if self.len == 0 {
            return Ok((ptr::null_mut(), 0));
        }
        if self.len != self.capacity {
            self.set_capacity(self.len)?;
        }
        let this = core::mem::ManuallyDrop::new(self);
        Ok((this.data.as_ptr(), this.len))
    }
}

impl<T: Copy> Deref for List<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        // SAFETY: the first `len` elements are initialised.
        unsafe { core::slice::from_raw_parts(self.data.as_ptr(), self.len) }
    }
}

impl<T: Copy> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: as `deref`, and the list is borrowed exclusively.
        unsafe { core::slice::from_raw_parts_mut(self.data.as_ptr(), self.len) }
    }
}

impl<T: Copy> Drop for List<T> {
    fn drop(&mut self) {
        if self.capacity != 0 {
            // SAFETY: the block is ours, with the recorded size.
            unsafe { Heap::free(self.heap, self.data.as_ptr().cast(), self.capacity * size_of::<T>()) };
        }
    }
}
