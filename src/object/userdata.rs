//! Full userdata: a block of the host's bytes with a metatable and user values.
//!
//! The host's bytes start at a multiple of 16, after the user values.

use super::header::GcHeader;
use super::table::Table;
use super::value::Value;

/// Header of a full userdata; the user values follow at [`Userdata::VALUES`], then the host's bytes.
#[repr(C)]
pub struct Userdata {
    pub next: *mut GcHeader,
    pub tag: u8,
    pub marked: u8,
    /// Number of user values.
    pub user_values: u16,
    /// Size of the host's bytes.
    pub len: usize,
    pub metatable: *mut Table,
    /// Next object in a gray list; only present when there are user values (or it never enters one).
    pub gray_next: *mut GcHeader,
}

impl Userdata {
    /// Offset of the first user value; also a multiple of 16.
    pub const VALUES: usize = 48;

    /// Offset of the host's bytes. Without user values they overlay `gray_next`, as such an object never
    /// enters a gray list.
    pub const fn bytes_offset(user_values: u16) -> usize {
        if user_values == 0 { 32 } else { Self::VALUES + 16 * user_values as usize }
    }

    /// Size of the whole object.
    pub const fn size(user_values: u16, len: usize) -> usize {
        Self::bytes_offset(user_values) + len
    }

    /// The host's bytes.
    ///
    /// # Safety
    /// `this` is live.
    #[inline]
    pub unsafe fn bytes(this: *mut Userdata) -> *mut u8 {
        // SAFETY: the object is `size` bytes large.
        unsafe { this.cast::<u8>().add(Self::bytes_offset((*this).user_values)) }
    }

    /// The `n`-th user value, counted from zero.
    ///
    /// # Safety
    /// `this` is live and `n < user_values`.
    #[inline]
    pub unsafe fn user_value(this: *mut Userdata, n: usize) -> *mut Value {
        // SAFETY: the object has that many values.
        unsafe { this.cast::<u8>().add(Self::VALUES).cast::<Value>().add(n) }
    }
}
