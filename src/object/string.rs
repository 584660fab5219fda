//! Strings: bytes that follow their header and end in NUL.
//!
//! Strings of up to [`MAX_SHORT`] bytes are interned: two short strings are equal exactly when their
//! addresses are. Longer strings are separate objects, hashed when first used as a key.

use super::global::Global;
use super::header::GcHeader;
use crate::memory::OutOfMemory;

/// The longest string that is interned.
pub const MAX_SHORT: usize = 40;

/// A string's header; the bytes and a NUL follow.
#[repr(C)]
pub struct Str {
    pub next: *mut GcHeader,
    pub tag: u8,
    pub marked: u8,
    /// Short: index of the reserved word (from 1), 0 for none. Long: 1 when `hash` is computed.
    pub extra: u8,
    /// Length of a short string.
    pub short_len: u8,
    pub hash: u32,
    pub u: StrLink,
}

/// A short string's next in its chain of the string table, or a long string's length.
#[repr(C)]
#[derive(Clone, Copy)]
pub union StrLink {
    pub chain: *mut Str,
    pub long_len: usize,
}

/// Where the bytes begin.
pub const HEADER: usize = size_of::<Str>();

/// The table of short strings: chains hanging from an array whose length is a power of two.
#[repr(C)]
pub struct StringTable {
    pub chains: *mut *mut Str,
    /// Strings in the table.
    pub used: u32,
    /// Length of `chains`.
    pub size: u32,
}

impl Str {
    #[inline(always)]
    pub unsafe fn len(this: *const Str) -> usize {
        // SAFETY: the tag says which field of the union is in use.
        unsafe { if (*this).tag == super::tag::SHORT_STRING { (*this).short_len as usize } else { (*this).u.long_len } }
    }

    /// The first byte; a NUL follows the last.
    #[inline(always)]
    pub unsafe fn data(this: *const Str) -> *const u8 {
        // SAFETY: the bytes follow the header.
        unsafe { this.cast::<u8>().add(HEADER) }
    }

    /// The bytes, without the NUL. The lifetime is the caller's to bound: as long as the string is alive.
    #[inline(always)]
    pub unsafe fn bytes<'a>(this: *const Str) -> &'a [u8] {
        // SAFETY: `len` bytes follow the header and never change.
        unsafe { core::slice::from_raw_parts(Self::data(this), Self::len(this)) }
    }

    /// Size of the whole object for a string of `len` bytes.
    pub const fn size(len: usize) -> usize {
        HEADER + len + 1
    }

    /// Whether two long strings have the same bytes.
    pub unsafe fn long_equal(a: *const Str, b: *const Str) -> bool {
        // SAFETY: both are live long strings.
        unsafe { core::ptr::eq(a, b) || Self::bytes(a) == Self::bytes(b) }
    }

    /// Equality of any two strings.
    #[inline]
    pub unsafe fn equal(a: *const Str, b: *const Str) -> bool {
        // SAFETY: both are live.
        unsafe {
            core::ptr::eq(a, b)
                || ((*a).tag == super::tag::LONG_STRING
                    && (*b).tag == super::tag::LONG_STRING
                    && Self::long_equal(a, b))
        }
    }

    /// The string with these bytes: the interned one when short, a new one when long.
    ///
    /// # Safety
    /// `g` is live; may run an emergency collection; `bytes` do not lie in an object that it could free.
    pub unsafe fn new(_g: *mut Global, _bytes: &[u8]) -> Result<*mut Str, OutOfMemory> {
        unimplemented!()
    }

    /// A new long string of `len > MAX_SHORT` bytes whose contents the caller fills in at once (the NUL is set).
    ///
    /// # Safety
    /// As [`Str::new`].
    pub unsafe fn new_long(_g: *mut Global, _len: usize) -> Result<*mut Str, OutOfMemory> {
        unimplemented!()
    }

    /// The hash of any string, computed now if it is a long one not hashed yet.
    pub unsafe fn hash(_this: *mut Str) -> u32 {
        unimplemented!()
    }

    /// Removes a dead short string from the string table (the collector frees it afterwards).
    pub unsafe fn unlink_short(_g: *mut Global, _s: *mut Str) {
        unimplemented!()
    }
}

impl StringTable {
    /// Gives the table its first chains.
    pub unsafe fn init(_g: *mut Global) -> Result<(), OutOfMemory> {
        unimplemented!()
    }
    /// Resizes to `size` chains (a power of two); when memory is short it stays as it was.
    pub unsafe fn resize(_g: *mut Global, _size: u32) {
        unimplemented!()
    }
    /// Frees the chains.
    pub unsafe fn release(_g: *mut Global) {
        unimplemented!()
    }
}
