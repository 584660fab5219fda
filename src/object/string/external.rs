//! External strings (5.5): their bytes lie in the host's memory, and what follows the header tells where.
//!
//! They are long. Of a short text in the host's memory a copy is interned like any other; the external string that is
//! made besides only holds the memory: it lives as long as the short one (or the last that was pushed of equal ones), so that
//! the host can use its memory as long as its string is in use.

use super::{EXTERNAL, HEADER, Str};
use crate::memory::{Allocator, Kind, OutOfMemory};
use crate::object::global::Global;
use crate::object::header;
use crate::object::tag;
use core::ffi::c_void;
use core::ptr;

/// What follows the header of an external string.
#[repr(C)]
pub struct External {
    /// The bytes, with a NUL at the end.
    pub(super) data: *const u8,
    /// Frees them, with `userdata`; none for bytes that stay for ever.
    free: Option<Allocator>,
    userdata: *mut c_void,
    /// The short string that is a copy of the bytes, and the next string with such a copy (`Global::held_strings`).
    pub copy: *mut Str,
    pub next: *mut Str,
}

/// Size of an external string's object.
pub(super) const SIZE: usize = HEADER + size_of::<External>();

impl Str {
    /// What follows the header of an external string.
    #[inline(always)]
    pub unsafe fn external(this: *const Str) -> *mut External {
        // SAFETY: an external string has this block behind its header.
        unsafe { this.cast_mut().cast::<u8>().add(HEADER).cast() }
    }

    /// A long string whose bytes stay where they are until `free` (if any) is called for them: when the string is collected,
    /// or now, when memory is short.
    ///
    /// # Safety
    /// As [`Str::new`]; `bytes` are followed by a NUL and do not change. More than [`super::MAX_SHORT`] of them, unless the
    /// string is not to be seen by a program.
    pub unsafe fn new_external(
        g: *mut Global,
        bytes: &[u8],
        free: Option<Allocator>,
        userdata: *mut c_void,
    ) -> Result<*mut Str, OutOfMemory> {
        // SAFETY: `bytes` stay where they are until `free` is called; all fields of the new object are written.
        unsafe {
            let made = header::new_object(g, SIZE, tag::LONG_STRING, Kind::String);
            if let (Err(_), Some(free)) = (&made, free) {
                free(userdata, bytes.as_ptr().cast_mut().cast(), bytes.len() + 1, 0);
            }
            let this = made?.cast::<Str>();
            (*this).extra = 0;
            (*this).short_len = EXTERNAL;
            (*this).hash = (*g).seed;
            (*this).u.long_len = bytes.len();
            let (copy, next) = (ptr::null_mut(), ptr::null_mut());
            Self::external(this).write(External { data: bytes.as_ptr(), free, userdata, copy, next });
            Ok(this)
        }
    }

    /// Makes an external string live as long as the short `copy` of it.
    ///
    /// # Safety
    /// Both are live.
    pub unsafe fn hold_for(g: *mut Global, this: *mut Str, copy: *mut Str) {
        // SAFETY: `this` is a live external string; the list holds live ones.
        unsafe {
            (*Self::external(this)).copy = copy;
            (*Self::external(this)).next = (*g).held_strings;
            (*g).held_strings = this;
        }
    }

    /// Frees the bytes of an external string that is about to be freed.
    pub(super) unsafe fn release_external(this: *mut Str) {
        // SAFETY: what `new_external` stored; the string is not used any more.
        unsafe {
            let external = Self::external(this);
            if let Some(free) = (*external).free {
                free((*external).userdata, (*external).data.cast_mut().cast(), (*this).u.long_len + 1, 0);
            }
        }
    }
}
