//! A value's place in a table: nine bytes, payload and tag, at any address.
//!
//! A [`Value`] on the stack is aligned and takes sixteen bytes, seven of them for nothing. In an array part those would be
//! almost half of the memory and of the cache, so elements follow each other without a gap. The processor reads words at
//! odd addresses at full speed, except for the one element in nine that lies in two cache lines; keeping payloads and tags
//! in two arrays instead, as stock Lua 5.5 does, takes two lines for every element that is not a neighbour of the last one.
//!
//! The value of a table's node is a slot, too (it is the node's beginning), so lookups return the same type for both parts.

use super::value::{Value, tag};

/// A value in a table. Only its fields may be accessed in place; there are no references to it.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct Slot {
    pub payload: u64,
    pub tag: u8,
}

const _: () = assert!(size_of::<Slot>() == 9 && align_of::<Slot>() == 1);

impl Slot {
    pub const NIL: Slot = Slot { payload: 0, tag: tag::NIL };

    /// Reads `*from`.
    ///
    /// # Safety
    /// `from` is valid for reading a slot.
    #[inline(always)]
    pub unsafe fn load(from: *const Slot) -> Value {
        // SAFETY: both fields can be read at `from`, at any alignment.
        unsafe { Value { payload: (*from).payload, tag: (*from).tag } }
    }

    /// Writes `v` to `*to`, field by field: what follows the tag is not the slot's.
    ///
    /// # Safety
    /// `to` is valid for writing a slot.
    #[inline(always)]
    pub unsafe fn store(to: *mut Slot, v: Value) {
        // SAFETY: both fields can be written at `to`, at any alignment.
        unsafe {
            (*to).payload = v.payload;
            (*to).tag = v.tag;
        }
    }

    /// Writes nil to `*to` (the payload is left alone).
    ///
    /// # Safety
    /// As [`Slot::store`].
    #[inline(always)]
    pub unsafe fn store_nil(to: *mut Slot) {
        // SAFETY: the tag can be written at `to`.
        unsafe { (*to).tag = tag::NIL }
    }

    /// Whether `*from` is nil.
    ///
    /// # Safety
    /// As [`Slot::load`].
    #[inline(always)]
    pub unsafe fn is_nil(from: *const Slot) -> bool {
        // SAFETY: the tag can be read at `from`.
        unsafe { (*from).tag == tag::NIL }
    }

    /// The value in a slot that is at hand.
    #[inline(always)]
    pub const fn value(self) -> Value {
        Value { payload: self.payload, tag: self.tag }
    }
}
