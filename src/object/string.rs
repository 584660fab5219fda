//! Strings: bytes that follow their header and end in NUL.
//!
//! Strings of up to [`MAX_SHORT`] bytes are interned: two short strings are equal exactly when their
//! addresses are. Longer strings are separate objects, hashed when first used as a key.
//!
//! The bytes of an *external* string (5.5) lie in the host's memory (see [`external`]).
//!
//! The string table does not keep its strings alive. While the collector sweeps, it may still hold strings that
//! were found dead; whoever looks such a string up revives it.

pub mod external;
mod hash;
mod intern;

use super::global::{CSTRING_CACHE, Global};
use super::header::{self, GcHeader};
use crate::memory::{Kind, OutOfMemory};
use crate::version::HAS_EXTERNAL_STRINGS;
use core::ffi::{CStr, c_char};

/// The longest string that is interned.
pub const MAX_SHORT: usize = 40;

/// The longest string at all: its object's size still fits a signed word.
pub const MAX_LEN: usize = isize::MAX as usize - 64;

/// `Str::short_len` of long strings whose bytes follow the header, and of external ones.
const INLINE: u8 = 0xFE;
const EXTERNAL: u8 = 0xFF;

/// A string's header; the bytes and a NUL follow.
#[repr(C)]
pub struct Str {
    pub next: *mut GcHeader,
    pub tag: u8,
    pub marked: u8,
    /// Short: index of the reserved word (from 1), 0 for none. Long: 1 when `hash` is computed.
    pub extra: u8,
    /// Length of a short string; of a long one, where its bytes are.
    pub short_len: u8,
    /// Hash of the bytes; the state's seed in a long string that was not hashed yet.
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
        // SAFETY: the bytes follow the header, or what tells where they are.
        unsafe {
            let behind = this.cast::<u8>().add(HEADER);
            if HAS_EXTERNAL_STRINGS && (*this).short_len == EXTERNAL {
                return (*Self::external(this)).data;
            }
            behind
        }
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

    /// Size of the whole object of a long string; the bytes of an external one are the host's.
    ///
    /// # Safety
    /// `this` is a live long string.
    pub unsafe fn long_size(this: *const Str) -> usize {
        // SAFETY: a live long string; one that is marked as external is that large.
        unsafe {
            if HAS_EXTERNAL_STRINGS && (*this).short_len == EXTERNAL {
                return external::SIZE;
            }
            Self::size((*this).u.long_len)
        }
    }

    /// Frees the bytes of a long string that is about to be freed, if they are external; the object's size.
    ///
    /// # Safety
    /// `this` is a live long string; it is not used any more.
    pub unsafe fn release_long(this: *mut Str) -> usize {
        // SAFETY: what `new_external` stored.
        unsafe {
            let size = Self::long_size(this);
            if HAS_EXTERNAL_STRINGS && (*this).short_len == EXTERNAL {
                Self::release_external(this);
            }
            size
        }
    }

    /// Whether two long strings have the same bytes.
    pub unsafe fn long_equal(a: *const Str, b: *const Str) -> bool {
        // SAFETY: both are live long strings.
        unsafe { core::ptr::eq(a, b) || Self::bytes(a) == Self::bytes(b) }
    }

    /// The string with these bytes: the interned one when short, a new one when long.
    ///
    /// # Safety
    /// `g` is live; may run an emergency collection; `bytes` do not lie in an object that it could free.
    #[inline]
    pub unsafe fn new(g: *mut Global, bytes: &[u8]) -> Result<*mut Str, OutOfMemory> {
        // SAFETY: `g` is live; a long string is filled in at once.
        unsafe {
            if bytes.len() <= MAX_SHORT {
                return intern::short(g, bytes);
            }
            let this = Self::new_long(g, bytes.len())?;
            core::ptr::copy_nonoverlapping(bytes.as_ptr(), this.cast::<u8>().add(HEADER), bytes.len());
            Ok(this)
        }
    }

    /// A new long string of `len > MAX_SHORT` bytes whose contents the caller fills in at once (the NUL is set).
    ///
    /// # Safety
    /// As [`Str::new`].
    pub unsafe fn new_long(g: *mut Global, len: usize) -> Result<*mut Str, OutOfMemory> {
        debug_assert!(len > MAX_SHORT);
        if len > MAX_LEN {
            return Err(OutOfMemory);
        }
        // SAFETY: the object is `size(len)` bytes large; all fields are written.
        unsafe {
            let this = header::new_object(g, Self::size(len), super::tag::LONG_STRING, Kind::String)?.cast::<Str>();
            (*this).extra = 0;
            (*this).short_len = INLINE;
            (*this).hash = (*g).seed;
            (*this).u.long_len = len;
            this.cast::<u8>().add(HEADER + len).write(0);
            Ok(this)
        }
    }

    /// The string with the contents of a C string, found by its address when it was asked for recently.
    ///
    /// # Safety
    /// As [`Str::new`]; `text` is a NUL-terminated string.
    #[inline]
    pub unsafe fn from_cstr(g: *mut Global, text: *const c_char) -> Result<*mut Str, OutOfMemory> {
        // SAFETY: cached strings are alive (`clear_cstring_cache`) and come from C strings or are the memory
        // message, so they contain no NUL and comparing up to it compares all.
        unsafe {
            let row = (text as usize as u32 as usize) % CSTRING_CACHE.0;
            let cached = (&raw mut (*g).cstring_cache).cast::<*mut Str>().add(row * CSTRING_CACHE.1);
            for n in 0..CSTRING_CACHE.1 {
                let s = *cached.add(n);
                if !s.is_null() && Self::is_cstr(s, text) {
                    return Ok(s);
                }
            }
            Self::cache_cstr(g, text, cached)
        }
    }

    /// See [`Str::from_cstr`]: a string that is not in its row of the cache.
    #[inline(never)]
    unsafe fn cache_cstr(g: *mut Global, text: *const c_char, row: *mut *mut Str) -> Result<*mut Str, OutOfMemory> {
        // SAFETY: as `from_cstr`.
        unsafe {
            let s = Str::new(g, CStr::from_ptr(text).to_bytes())?;
            for n in (1..CSTRING_CACHE.1).rev() {
                *row.add(n) = *row.add(n - 1);
            }
            *row = s;
            Ok(s)
        }
    }

    /// Whether a string without NULs has the contents of a C string. Few bytes are compared one by one: the C library's
    /// function reads whole vectors, beyond the end, and waits for stores to whatever lies behind the string.
    #[inline(always)]
    unsafe fn is_cstr(this: *const Str, text: *const c_char) -> bool {
        const FEW: u8 = 16;
        // SAFETY: both are live and end in NUL; where `text` ends earlier, its NUL is the difference.
        unsafe {
            let bytes = Self::data(this).cast::<c_char>();
            if (*this).short_len > FEW {
                return if cfg!(miri) {
                    CStr::from_ptr(bytes) == CStr::from_ptr(text)
                } else {
                    libc::strcmp(bytes, text) == 0
                };
            }
            let mut n = 0;
            while *bytes.add(n) == *text.add(n) {
                if n == (*this).short_len as usize {
                    return true;
                }
                n += 1;
            }
            false
        }
    }

    /// The hash of any string, computed now if it is a long one not hashed yet.
    #[inline]
    pub unsafe fn hash(this: *mut Str) -> u32 {
        // SAFETY: `this` is live.
        unsafe {
            if (*this).tag == super::tag::LONG_STRING && (*this).extra == 0 {
                Self::hash_long(this);
            }
            (*this).hash
        }
    }

    #[cold]
    unsafe fn hash_long(this: *mut Str) {
        // SAFETY: a live long string, whose `hash` is still the seed.
        unsafe {
            (*this).hash = hash::long(Self::bytes(this), (*this).hash);
            (*this).extra = 1;
        }
    }

    /// Removes a dead short string from the string table (the collector frees it afterwards).
    #[inline]
    pub unsafe fn unlink_short(g: *mut Global, s: *mut Str) {
        // SAFETY: `s` is in the table.
        unsafe { intern::unlink(g, s) }
    }
}

/// Takes strings that the collector is about to free out of the cache of C strings. Call in the atomic phase,
/// when all live objects are marked.
///
/// # Safety
/// `g` is live and its memory message exists.
pub unsafe fn clear_cstring_cache(g: *mut Global) {
    // SAFETY: entries are null or live.
    unsafe {
        let fixed = (*g).memory_message;
        for row in &mut (*g).cstring_cache {
            for entry in row {
                if entry.is_null() || (*entry.cast::<GcHeader>()).is_white() {
                    *entry = fixed;
                }
            }
        }
    }
}

impl StringTable {
    /// Gives the table its first chains.
    pub unsafe fn init(g: *mut Global) -> Result<(), OutOfMemory> {
        // SAFETY: the table has none yet.
        unsafe { intern::init(g) }
    }
    /// Resizes to `size` chains (a power of two); when memory is short it stays as it was.
    pub unsafe fn resize(g: *mut Global, size: u32) {
        // SAFETY: `g` is live; the size is a power of two.
        unsafe { intern::resize(g, size) }
    }
    /// Frees the chains.
    pub unsafe fn release(g: *mut Global) {
        // SAFETY: `g` is live, and no string is looked up afterwards.
        unsafe { intern::release(g) }
    }
}

#[cfg(test)]
mod tests;
