//! `luaL_Buffer`: strings built piece by piece in C.
//!
//! C code compiles the structure's layout in and writes into it through macros. Once the contents outgrow the structure,
//! the buffer owns one stack slot with a *box*, a userdata that owns the block with the bytes. It has `__gc`, and where
//! there are to-be-closed variables it is one, so the block is freed whichever way the function is left. Since 5.4 the
//! slot exists from the beginning, with the buffer's own address in it as long as there is no box.

use super::{raising, text};
use crate::memory::Heap;
use crate::object::{Fallible, Thread, Thrown, Userdata};
use crate::version::{BUFFER_SIZE, BUFFERS_OWN_A_SLOT, HAS_TBC, LARGE_BUFFER_ERROR, STRING_SIZES_ARE_LARGE};
use crate::vm::State;
use core::ffi::c_char;
use core::ptr;

/// `luaL_Buffer`
#[repr(C)]
pub struct luaL_Buffer {
    /// The bytes: `init` or the box's block.
    b: *mut c_char,
    /// Room at `b`.
    size: usize,
    /// Bytes in use.
    n: usize,
    l: *mut Thread,
    init: Inline,
}

#[repr(C, align(8))]
struct Inline([u8; BUFFER_SIZE]);

/// What the userdata of a box holds.
#[repr(C)]
struct Box {
    block: *mut u8,
    size: usize,
}

/// Name of the boxes' metatable.
const BOX: &[u8] = if HAS_TBC { b"_UBOX*" } else { b"LUABOX" };

crate::library! {
    static BOX_METHODS = {
        b"__gc" => free_box,
        b"__close" => free_box,
    }
}

fn free_box(state: State) -> Fallible<i32> {
    // SAFETY: only boxes have this method.
    unsafe { release(state, state.to_userdata(1).cast()) };
    Ok(0)
}

unsafe fn release(state: State, this: *mut Box) {
    // SAFETY: a box owns its block; null for none.
    unsafe {
        if !this.is_null() && !(*this).block.is_null() {
            Heap::free(state.heap(), (*this).block, (*this).size);
            (*this).block = ptr::null_mut();
            (*this).size = 0;
        }
    }
}

unsafe fn resize_box(state: State, this: *mut Box, size: usize) -> Fallible<*mut u8> {
    // SAFETY: a box owns its block, which has the recorded size; the box is on the stack.
    unsafe {
        let possible = size <= isize::MAX as usize;
        let grown = possible.then(|| Heap::reallocate(state.heap(), (*this).block, (*this).size, size).ok()).flatten();
        let Some(block) = grown else {
            return Err(match LARGE_BUFFER_ERROR {
                Some(message) => state.error(&[message.into()]),
                None => Thrown::Memory,
            });
        };
        (*this).block = block.as_ptr();
        (*this).size = size;
        Ok(block.as_ptr())
    }
}

/// Pushes an empty box.
unsafe fn new_box(state: State) -> Fallible<()> {
    // SAFETY: the userdata is initialised before it gets its metatable.
    unsafe {
        let this = Userdata::bytes(state.new_userdata(size_of::<Box>(), 0)?).cast::<Box>();
        this.write(Box { block: ptr::null_mut(), size: 0 });
        if state.new_metatable(BOX)? {
            state.set_functions(BOX_METHODS, 0)?;
        }
        state.set_metatable(-2)
    }
}

/// Makes room for `more` bytes and returns where they go. The buffer's slot is at `index`, relative to the top, if it has
/// one, or will be.
unsafe fn prepare(buffer: *mut luaL_Buffer, more: usize, index: i32) -> Fallible<*mut c_char> {
    // SAFETY: an initialised buffer whose slot is where the caller says.
    unsafe {
        let this = buffer;
        if (*this).size - (*this).n >= more {
            return Ok((*this).b.add((*this).n));
        }
        let state = State((*this).l);
        if STRING_SIZES_ARE_LARGE && more >= i64::MAX as usize - (*this).n {
            return Err(state.error(&["resulting string too large".into()]));
        }
        let Some(needed) = (*this).n.checked_add(more) else {
            return Err(state.error(&["buffer too large".into()]));
        };
        let size =
            (if HAS_TBC { ((*this).size / 2).saturating_mul(3) } else { (*this).size.saturating_mul(2) }).max(needed);
        let inline = (&raw mut (*this).init).cast::<c_char>();
        let block = if ptr::eq((*this).b, inline) {
            if BUFFERS_OWN_A_SLOT {
                state.remove(index);
            }
            new_box(state)?;
            state.insert(index);
            if HAS_TBC {
                state.mark_to_close(index)?;
            }
            let block = resize_box(state, state.to_userdata(index).cast(), size)?;
            ptr::copy_nonoverlapping(inline.cast::<u8>(), block, (*this).n);
            block
        } else {
            resize_box(state, state.to_userdata(index).cast(), size)?
        };
        (*this).b = block.cast();
        (*this).size = size;
        Ok((*this).b.add((*this).n))
    }
}

unsafe fn add(buffer: *mut luaL_Buffer, bytes: &[u8], index: i32) -> Fallible<()> {
    if bytes.is_empty() {
        return Ok(());
    }
    // SAFETY: as `prepare`.
    unsafe {
        let to = prepare(buffer, bytes.len(), index)?;
        ptr::copy_nonoverlapping(bytes.as_ptr(), to.cast(), bytes.len());
        (*buffer).n += bytes.len();
        Ok(())
    }
}

/// Pushes the contents, in place of the buffer's slot if it has one.
unsafe fn push_result(buffer: *mut luaL_Buffer) -> Fallible<()> {
    // SAFETY: as `prepare`; the slot is on top.
    unsafe {
        let state = State((*buffer).l);
        state.push_bytes(super::memory((*buffer).b, (*buffer).n))?;
        let boxed = !ptr::eq((*buffer).b, (&raw const (*buffer).init).cast());
        if boxed {
            if HAS_TBC {
                state.close_slot(-2)?;
            } else {
                release(state, state.to_userdata(-2).cast());
            }
        }
        if boxed || BUFFERS_OWN_A_SLOT {
            state.remove(-2);
        }
        Ok(())
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_buffinit(l: *mut Thread, buffer: *mut luaL_Buffer) {
    // SAFETY: the caller's structure, uninitialised; its bytes are not touched.
    unsafe {
        (*buffer).l = l;
        (*buffer).b = (&raw mut (*buffer).init).cast();
        (*buffer).n = 0;
        (*buffer).size = BUFFER_SIZE;
    }
    if BUFFERS_OWN_A_SLOT {
        State(l).push_light_userdata(buffer.cast());
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_buffinitsize(
    l: *mut Thread,
    buffer: *mut luaL_Buffer,
    size: usize,
) -> *mut c_char {
    // SAFETY: `raising` is called directly.
    unsafe {
        luaL_buffinit(l, buffer);
        raising(l, |_| prepare(buffer, size, -1))
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_prepbuffsize(buffer: *mut luaL_Buffer, size: usize) -> *mut c_char {
    // SAFETY: `raising` is called directly.
    unsafe { raising((*buffer).l, |_| prepare(buffer, size, -1)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_addlstring(buffer: *mut luaL_Buffer, s: *const c_char, len: usize) {
    // SAFETY: `raising` is called directly.
    unsafe { raising((*buffer).l, |_| add(buffer, super::memory(s, len), -1)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_addstring(buffer: *mut luaL_Buffer, s: *const c_char) {
    // SAFETY: `raising` is called directly.
    unsafe { raising((*buffer).l, |_| add(buffer, text(s), -1)) }
}

/// The value is on top, the buffer's slot below it.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_addvalue(buffer: *mut luaL_Buffer) {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising((*buffer).l, |state| {
            let bytes = state.to_bytes(-1)?.unwrap_or_default();
            add(buffer, bytes, -2)?;
            state.pop(1);
            Ok(())
        })
    }
}

#[cfg(any(feature = "lua54", feature = "lua55"))]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_addgsub(
    buffer: *mut luaL_Buffer,
    s: *const c_char,
    pattern: *const c_char,
    replacement: *const c_char,
) {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising((*buffer).l, |_| {
            let add = |piece: &[u8]| add(buffer, piece, -1);
            crate::vm::state::substitute(text(s), text(pattern), text(replacement), add)
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_pushresult(buffer: *mut luaL_Buffer) {
    // SAFETY: `raising` is called directly.
    unsafe { raising((*buffer).l, |_| push_result(buffer)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_pushresultsize(buffer: *mut luaL_Buffer, size: usize) {
    // SAFETY: the caller has written `size` bytes where `luaL_prepbuffsize` said.
    unsafe {
        (*buffer).n += size;
        luaL_pushresult(buffer);
    }
}
