//! A stream of bytes for the lexer and the loader of precompiled chunks, from memory or from a `lua_Reader`.

use super::boundary;
use crate::object::{Fallible, Thread};
use core::ffi::{c_char, c_void};

/// `lua_Reader`
pub type Reader = unsafe extern "C-unwind" fn(l: *mut Thread, data: *mut c_void, size: *mut usize) -> *const c_char;

/// Gives the next piece, or an empty one at the end.
pub type Fill = unsafe fn(input: &mut Input) -> Fallible<()>;

/// The unread rest of the current piece, and where the next comes from.
pub struct Input {
    pub l: *mut Thread,
    next: *const u8,
    left: usize,
    fill: Fill,
    /// The end was reached: the reader is not asked again.
    ended: bool,
    /// For `fill`.
    pub reader: *const c_void,
    /// For `fill`.
    pub data: *mut c_void,
}

impl Input {
    /// A stream over bytes that stay where they are while it is read.
    pub unsafe fn from_bytes(l: *mut Thread, bytes: &[u8]) -> Input {
        Input {
            l,
            next: bytes.as_ptr(),
            left: bytes.len(),
            fill: |_| Ok(()),
            ended: false,
            reader: core::ptr::null(),
            data: core::ptr::null_mut(),
        }
    }

    /// A stream over the pieces of a host's reader.
    pub unsafe fn from_reader(l: *mut Thread, reader: Reader, data: *mut c_void) -> Input {
        Input {
            l,
            next: core::ptr::null(),
            left: 0,
            fill: fill_from_reader,
            ended: false,
            reader: reader as *const c_void,
            data,
        }
    }

    /// A stream over the pieces that `fill` sets with [`Input::set_piece`].
    pub unsafe fn from_fill(l: *mut Thread, fill: Fill, reader: *const c_void, data: *mut c_void) -> Input {
        Input { l, next: core::ptr::null(), left: 0, fill, ended: false, reader, data }
    }

    /// Sets the next piece.
    pub unsafe fn set_piece(&mut self, bytes: *const u8, len: usize) {
        self.next = bytes;
        self.left = len;
    }

    /// The next byte, `None` at the end.
    #[inline(always)]
    pub fn byte(&mut self) -> Fallible<Option<u8>> {
        if self.left == 0 {
            return self.byte_from_next_piece();
        }
        // SAFETY: `left` bytes are readable at `next`.
        unsafe {
            let byte = *self.next;
            self.next = self.next.add(1);
            self.left -= 1;
            Ok(Some(byte))
        }
    }

    /// The next byte without consuming it.
    #[inline]
    pub fn peek(&mut self) -> Fallible<Option<u8>> {
        if self.left == 0 {
            self.next_piece()?;
        }
        // SAFETY: as `byte`.
        Ok(if self.left == 0 { None } else { Some(unsafe { *self.next }) })
    }

    #[cold]
    fn byte_from_next_piece(&mut self) -> Fallible<Option<u8>> {
        self.next_piece()?;
        if self.left == 0 { Ok(None) } else { self.byte() }
    }

    fn next_piece(&mut self) -> Fallible<()> {
        if !self.ended {
            // SAFETY: `fill` leaves a readable piece.
            unsafe { (self.fill)(self)? };
            self.ended = self.left == 0;
        }
        Ok(())
    }

    /// Lets the reader be asked again although it has said that there is nothing more.
    pub fn forget_end(&mut self) {
        self.ended = false;
    }

    /// What is left of the current piece, or else the next one; empty at the end.
    ///
    /// # Safety
    /// The bytes are not used after the next piece has been asked for.
    pub unsafe fn take_piece<'a>(&mut self) -> Fallible<&'a [u8]> {
        if self.left == 0 {
            self.next_piece()?;
        }
        let len = core::mem::take(&mut self.left);
        // SAFETY: that many bytes are readable at `next`.
        Ok(if len == 0 { &[] } else { unsafe { core::slice::from_raw_parts(self.next, len) } })
    }

    /// Reads exactly `to.len()` bytes; false when the stream ends before.
    pub fn read(&mut self, to: &mut [u8]) -> Fallible<bool> {
        let mut done = 0;
        while done < to.len() {
            if self.peek()?.is_none() {
                return Ok(false);
            }
            let n = self.left.min(to.len() - done);
            // SAFETY: `left >= n` bytes are readable.
            unsafe {
                core::ptr::copy_nonoverlapping(self.next, to.as_mut_ptr().add(done), n);
                self.next = self.next.add(n);
            }
            self.left -= n;
            done += n;
        }
        Ok(true)
    }
}

unsafe fn fill_from_reader(input: &mut Input) -> Fallible<()> {
    // SAFETY: the reader is the host's; it returns a readable piece or null.
    unsafe {
        let (piece, size) = boundary::call_reader(input.l, input.reader, input.data)?;
        input.set_piece(piece, if piece.is_null() { 0 } else { size });
        Ok(())
    }
}
