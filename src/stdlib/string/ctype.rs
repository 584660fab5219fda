//! Character classes and case mapping of the current C locale, as `<ctype.h>` defines them.
//!
//! On glibc the classes of all bytes lie in one table, which [`Classes`] fetches once per library call; elsewhere
//! each test is a call of the C library.

/// The classes and case maps of the thread's locale at the time it was fetched.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Classes {
    #[cfg(all(target_os = "linux", target_env = "gnu", target_endian = "little"))]
    table: *const u16,
}

/// A set of classes, to be tested with [`Classes::is`].
pub type Mask = u16;

#[cfg(all(target_os = "linux", target_env = "gnu", target_endian = "little"))]
mod implementation {
    use super::{Classes, Mask};

    // glibc's ABI: bits 0–7 of its class numbers lie in the high byte, the others in the low one.
    pub const UPPER: Mask = 1 << 8;
    pub const LOWER: Mask = 1 << 9;
    pub const ALPHA: Mask = 1 << 10;
    pub const DIGIT: Mask = 1 << 11;
    pub const XDIGIT: Mask = 1 << 12;
    pub const SPACE: Mask = 1 << 13;
    pub const GRAPH: Mask = 1 << 15;
    pub const CNTRL: Mask = 1 << 1;
    pub const PUNCT: Mask = 1 << 2;
    pub const ALNUM: Mask = 1 << 3;

    unsafe extern "C" {
        fn __ctype_b_loc() -> *const *const u16;
        fn __ctype_tolower_loc() -> *const *const i32;
        fn __ctype_toupper_loc() -> *const *const i32;
    }

    impl Classes {
        /// The current locale's.
        #[inline]
        pub fn current() -> Classes {
            // SAFETY: glibc returns the address of the thread's pointer to a table for -128..=255.
            Classes { table: unsafe { *__ctype_b_loc() } }
        }

        /// Whether `c` is in one of the classes.
        #[inline(always)]
        pub fn is(self, c: u8, mask: Mask) -> bool {
            // SAFETY: the table has an entry for every byte.
            unsafe { *self.table.add(c as usize) & mask != 0 }
        }
    }

    /// Writes `tolower` of each byte to `to`.
    ///
    /// # Safety
    /// `to` has room for as many bytes.
    pub unsafe fn lower(from: &[u8], to: *mut u8) {
        // SAFETY: the caller's, and the table has an entry for every byte.
        unsafe { map(from, to, *__ctype_tolower_loc()) }
    }

    /// Writes `toupper` of each byte to `to`.
    ///
    /// # Safety
    /// As [`lower`].
    pub unsafe fn upper(from: &[u8], to: *mut u8) {
        // SAFETY: as `lower`.
        unsafe { map(from, to, *__ctype_toupper_loc()) }
    }

    unsafe fn map(from: &[u8], to: *mut u8, table: *const i32) {
        for (i, &c) in from.iter().enumerate() {
            // SAFETY: see the callers.
            unsafe { to.add(i).write(*table.add(c as usize) as u8) };
        }
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu", target_endian = "little")))]
mod implementation {
    use super::{Classes, Mask};

    pub const UPPER: Mask = 1 << 0;
    pub const LOWER: Mask = 1 << 1;
    pub const ALPHA: Mask = 1 << 2;
    pub const DIGIT: Mask = 1 << 3;
    pub const XDIGIT: Mask = 1 << 4;
    pub const SPACE: Mask = 1 << 5;
    pub const GRAPH: Mask = 1 << 6;
    pub const CNTRL: Mask = 1 << 7;
    pub const PUNCT: Mask = 1 << 8;
    pub const ALNUM: Mask = 1 << 9;

    impl Classes {
        /// The current locale's.
        pub fn current() -> Classes {
            Classes {}
        }

        /// Whether `c` is in the class (`mask` names one).
        pub fn is(self, c: u8, mask: Mask) -> bool {
            let c = c as core::ffi::c_int;
            // SAFETY: defined for every unsigned character.
            let r = unsafe {
                match mask {
                    UPPER => libc::isupper(c),
                    LOWER => libc::islower(c),
                    ALPHA => libc::isalpha(c),
                    DIGIT => libc::isdigit(c),
                    XDIGIT => libc::isxdigit(c),
                    SPACE => libc::isspace(c),
                    GRAPH => libc::isgraph(c),
                    CNTRL => libc::iscntrl(c),
                    PUNCT => libc::ispunct(c),
                    _ => libc::isalnum(c),
                }
            };
            r != 0
        }
    }

    /// Writes `tolower` of each byte to `to`.
    ///
    /// # Safety
    /// `to` has room for as many bytes.
    pub unsafe fn lower(from: &[u8], to: *mut u8) {
        for (i, &c) in from.iter().enumerate() {
            // SAFETY: the caller's; defined for every unsigned character.
            unsafe { to.add(i).write(libc::tolower(c.into()) as u8) };
        }
    }

    /// Writes `toupper` of each byte to `to`.
    ///
    /// # Safety
    /// As [`lower`].
    pub unsafe fn upper(from: &[u8], to: *mut u8) {
        for (i, &c) in from.iter().enumerate() {
            // SAFETY: as `lower`.
            unsafe { to.add(i).write(libc::toupper(c.into()) as u8) };
        }
    }
}

pub use implementation::*;
