//! `luaL_Buffer` of 5.1: strings built piece by piece in C.
//!
//! C code compiles the structure's layout in and writes into it through macros. When the structure is full, its contents
//! become a string on the stack. Pieces are joined so that each is longer than those above it together, or when there
//! are many: a buffer never takes more than [`MAX_PIECES`] slots, and no byte is copied too often.

use super::{raising, text};
use crate::object::{Fallible, Thread};
use crate::vm::State;
use core::ffi::{c_char, c_int};

/// `LUAL_BUFFERSIZE`: C's `BUFSIZ`.
const SIZE: usize = 8192;
/// Half of the slots that every C function has.
const MAX_PIECES: c_int = 10;

/// `luaL_Buffer`
#[repr(C)]
pub struct luaL_Buffer {
    /// Where the next byte goes.
    p: *mut c_char,
    /// Pieces on the stack.
    pieces: c_int,
    l: *mut Thread,
    bytes: [c_char; SIZE],
}

/// Bytes waiting in the structure.
unsafe fn waiting<'a>(buffer: *mut luaL_Buffer) -> &'a [u8] {
    // SAFETY: `p` points into the structure, behind the bytes written.
    unsafe {
        let first = (&raw const (*buffer).bytes).cast::<u8>();
        core::slice::from_raw_parts(first, (*buffer).p as usize - first as usize)
    }
}

/// Turns the waiting bytes into a piece on the stack; false when there were none.
unsafe fn flush(buffer: *mut luaL_Buffer) -> Fallible<bool> {
    // SAFETY: an initialised buffer; its pieces are on top.
    unsafe {
        let bytes = waiting(buffer);
        if bytes.is_empty() {
            return Ok(false);
        }
        State((*buffer).l).push_bytes(bytes)?;
        (*buffer).p = (&raw mut (*buffer).bytes).cast();
        (*buffer).pieces += 1;
        Ok(true)
    }
}

/// Joins the last piece, just pushed, with those before it that are not longer.
unsafe fn join(buffer: *mut luaL_Buffer) -> Fallible<()> {
    // SAFETY: as `flush`.
    unsafe {
        let state = State((*buffer).l);
        let pieces = (*buffer).pieces;
        let mut count = 1;
        let mut len = state.raw_len(-1);
        while count < pieces {
            let before = state.raw_len(-(count + 1));
            if pieces - count + 1 < MAX_PIECES && len <= before {
                break;
            }
            len += before;
            count += 1;
        }
        if count > 1 {
            state.concat(count)?;
            (*buffer).pieces = pieces - count + 1;
        }
        Ok(())
    }
}

unsafe fn prepare(buffer: *mut luaL_Buffer) -> Fallible<*mut c_char> {
    // SAFETY: as `flush`.
    unsafe {
        if flush(buffer)? {
            join(buffer)?;
        }
        Ok((&raw mut (*buffer).bytes).cast())
    }
}

unsafe fn add(buffer: *mut luaL_Buffer, bytes: &[u8]) -> Fallible<()> {
    let mut rest = bytes;
    // SAFETY: as `flush`; no more is copied than there is room.
    unsafe {
        while !rest.is_empty() {
            let mut room = SIZE - waiting(buffer).len();
            if room == 0 {
                prepare(buffer)?;
                room = SIZE;
            }
            let (now, later) = rest.split_at(room.min(rest.len()));
            core::ptr::copy_nonoverlapping(now.as_ptr(), (*buffer).p.cast(), now.len());
            (*buffer).p = (*buffer).p.add(now.len());
            rest = later;
        }
        Ok(())
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_buffinit(l: *mut Thread, buffer: *mut luaL_Buffer) {
    // SAFETY: the caller's structure, uninitialised; its bytes are not touched.
    unsafe {
        (*buffer).l = l;
        (*buffer).p = (&raw mut (*buffer).bytes).cast();
        (*buffer).pieces = 0;
    }
}

/// Room for `LUAL_BUFFERSIZE` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_prepbuffer(buffer: *mut luaL_Buffer) -> *mut c_char {
    // SAFETY: `raising` is called directly.
    unsafe { raising((*buffer).l, |_| prepare(buffer)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_addlstring(buffer: *mut luaL_Buffer, s: *const c_char, len: usize) {
    // SAFETY: `raising` is called directly.
    unsafe { raising((*buffer).l, |_| add(buffer, super::memory(s, len))) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_addstring(buffer: *mut luaL_Buffer, s: *const c_char) {
    // SAFETY: `raising` is called directly.
    unsafe { raising((*buffer).l, |_| add(buffer, text(s))) }
}

/// The value is on top, above the pieces.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_addvalue(buffer: *mut luaL_Buffer) {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising((*buffer).l, |state| {
            let bytes = state.to_bytes(-1)?.unwrap_or_default();
            if bytes.len() <= SIZE - waiting(buffer).len() {
                add(buffer, bytes)?;
                state.pop(1);
                return Ok(());
            }
            // It becomes a piece itself.
            if flush(buffer)? {
                state.insert(-2);
            }
            (*buffer).pieces += 1;
            join(buffer)
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_pushresult(buffer: *mut luaL_Buffer) {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising((*buffer).l, |state| {
            flush(buffer)?;
            state.concat((*buffer).pieces)?;
            (*buffer).pieces = 1;
            Ok(())
        })
    }
}
