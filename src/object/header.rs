//! What every collectable object starts with, and the mark bits.
//!
//! The collector's colours and ages are bits of `marked`; their meaning is explained in `gc`.

use super::global::Global;
use crate::memory::{Heap, Kind, OutOfMemory};

/// The common prefix of all collectable objects.
#[repr(C)]
pub struct GcHeader {
    /// Next object in the list that owns this one.
    pub next: *mut GcHeader,
    /// The object's type and variant ([`super::tag`]).
    pub tag: u8,
    /// Colour, age and finalizer bits.
    pub marked: u8,
}

/// Bits of `marked`: 0–2 the age (generational mode), 3–4 the two whites, 5 black, 6 has a finalizer, 7 was given to it.
pub mod mark {
    pub const AGE: u8 = 0b111;
    pub const WHITE0: u8 = 1 << 3;
    pub const WHITE1: u8 = 1 << 4;
    pub const WHITES: u8 = WHITE0 | WHITE1;
    pub const BLACK: u8 = 1 << 5;
    pub const FINALIZER: u8 = 1 << 6;
    pub const FINALIZED: u8 = 1 << 7;
    pub const COLOURS: u8 = WHITES | BLACK;
}

/// Ages of objects, the values of [`mark::AGE`]; only the generational mode uses others than `NEW`.
pub mod age {
    /// Created in the current cycle.
    pub const NEW: u8 = 0;
    /// Survived one collection.
    pub const SURVIVAL: u8 = 1;
    /// Became old by a forward barrier in this cycle.
    pub const OLD0: u8 = 2;
    /// Old for one whole cycle.
    pub const OLD1: u8 = 3;
    /// Really old: not visited by young collections.
    pub const OLD: u8 = 4;
    /// Old, and given a reference to a younger object in this cycle.
    pub const TOUCHED1: u8 = 5;
    /// Old, and touched in the cycle before.
    pub const TOUCHED2: u8 = 6;
}

impl GcHeader {
    #[inline(always)]
    pub fn age(&self) -> u8 {
        self.marked & mark::AGE
    }
    #[inline(always)]
    pub fn set_age(&mut self, age: u8) {
        self.marked = (self.marked & !mark::AGE) | age;
    }
    /// Found unreachable by the cycle whose sweep is still under way.
    #[inline(always)]
    pub fn is_dead(&self, current_white: u8) -> bool {
        self.marked & mark::WHITES & !current_white != 0
    }
    #[inline(always)]
    pub fn is_white(&self) -> bool {
        self.marked & mark::WHITES != 0
    }
    #[inline(always)]
    pub fn is_black(&self) -> bool {
        self.marked & mark::BLACK != 0
    }
}

/// Allocates `size` bytes for an object, fills in its header (current white) and links it into the list of
/// all objects. The rest of the object is uninitialised: the caller fills it in before anything else is
/// allocated.
///
/// # Safety
/// `g` is live; may run an emergency collection (see [`Heap::allocate`]).
#[inline]
pub unsafe fn new_object(g: *mut Global, size: usize, tag: u8, kind: Kind) -> Result<*mut GcHeader, OutOfMemory> {
    // SAFETY: the block is at least a header large and 16-aligned.
    unsafe {
        let object = Heap::allocate(&raw mut (*g).heap, size, kind)?.as_ptr().cast::<GcHeader>();
        link(g, object, tag);
        Ok(object)
    }
}

/// Writes the header of a fresh object and puts it into the list of all objects.
///
/// # Safety
/// `object` is a fresh block, not yet in any list.
#[inline]
pub unsafe fn link(g: *mut Global, object: *mut GcHeader, tag: u8) {
    // SAFETY: the block is as large as a header at least, and nobody else knows it.
    unsafe {
        (*object).next = (*g).all_objects;
        (*object).tag = tag;
        (*object).marked = (*g).current_white & mark::WHITES;
        (*g).all_objects = object;
    }
}

/// The barrier that moves backward: a black object that was given a reference to a white one is put back among
/// those that the collector looks at again in its atomic phase. `gray_next` is the object's link in gray lists.
///
/// # Safety
/// `object` is a live, black object of `g` and `gray_next` its field.
#[cold]
#[inline(never)]
pub unsafe fn gray_again(g: *mut Global, object: *mut GcHeader, gray_next: *mut *mut GcHeader) {
    // SAFETY: `object` is live and has that link. In a list it is only if it was touched in the cycle before.
    unsafe {
        let age = (*object).age();
        (*object).marked &= !mark::COLOURS;
        if age != age::TOUCHED2 {
            *gray_next = (*g).gray_again;
            (*g).gray_again = object;
        }
        if age >= age::OLD0 {
            (*object).set_age(age::TOUCHED1);
        }
    }
}
