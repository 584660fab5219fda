//! Loading and dumping chunks.

use super::{memory, optional_text, raising, text};
use crate::memory::List;
use crate::object::{Thread, Thrown};
use crate::version::DUMP_TELLS_END;
use crate::vm::input::{Input, Reader};
use crate::vm::{State, boundary};
use core::ffi::{c_char, c_int, c_void};

/// `lua_Writer`
type Writer = unsafe extern "C-unwind" fn(l: *mut Thread, p: *const c_void, size: usize, data: *mut c_void) -> c_int;

fn status(outcome: Result<(), Thrown>) -> c_int {
    outcome.map_or_else(|thrown| thrown as c_int, |()| 0)
}

#[cfg(feature = "lua51")]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_load(
    l: *mut Thread,
    reader: Reader,
    data: *mut c_void,
    chunk_name: *const c_char,
) -> c_int {
    // SAFETY: a host passes a live state, a reader, and null or a C string as the name.
    unsafe { load(l, reader, data, chunk_name, core::ptr::null()) }
}

#[cfg(not(feature = "lua51"))]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_load(
    l: *mut Thread,
    reader: Reader,
    data: *mut c_void,
    chunk_name: *const c_char,
    mode: *const c_char,
) -> c_int {
    // SAFETY: a host passes a live state, a reader, and null or C strings as name and mode.
    unsafe { load(l, reader, data, chunk_name, mode) }
}

unsafe fn load(
    l: *mut Thread,
    reader: Reader,
    data: *mut c_void,
    chunk_name: *const c_char,
    mode: *const c_char,
) -> c_int {
    // SAFETY: the reader gives readable pieces; the names are C strings.
    unsafe {
        let mut input = Input::from_reader(l, reader, data);
        let chunk_name = optional_text(chunk_name).unwrap_or(b"?");
        status(State(l).load_input(&mut input, chunk_name, optional_text(mode)))
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_loadbufferx(
    l: *mut Thread,
    bytes: *const c_char,
    len: usize,
    chunk_name: *const c_char,
    mode: *const c_char,
) -> c_int {
    // SAFETY: `len` bytes are readable; the names are C strings.
    unsafe {
        let chunk_name = optional_text(chunk_name).unwrap_or(b"?");
        status(State(l).load(memory(bytes, len), chunk_name, optional_text(mode)))
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_loadstring(l: *mut Thread, source: *const c_char) -> c_int {
    // SAFETY: a C string.
    unsafe { status(State(l).load(text(source), text(source), None)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_loadfilex(l: *mut Thread, name: *const c_char, mode: *const c_char) -> c_int {
    // SAFETY: `raising` is called directly; null or C strings.
    unsafe { raising(l, |state| state.load_file(optional_text(name), optional_text(mode))) }
}

/// Keeps debug information.
#[unsafe(no_mangle)]
#[cfg(any(feature = "lua51", feature = "lua52"))]
pub unsafe extern "C-unwind" fn lua_dump(l: *mut Thread, writer: Writer, data: *mut c_void) -> c_int {
    // SAFETY: a host passes a live state with a function on the top of its stack, and a writer.
    unsafe { dump(l, writer, data, false) }
}

#[unsafe(no_mangle)]
#[cfg(not(any(feature = "lua51", feature = "lua52")))]
pub unsafe extern "C-unwind" fn lua_dump(l: *mut Thread, writer: Writer, data: *mut c_void, strip: c_int) -> c_int {
    // SAFETY: a host passes a live state with a function on the top of its stack, and a writer.
    unsafe { dump(l, writer, data, strip != 0) }
}

/// Gives the function's precompiled form to the writer in one piece; its status, or 1 for what is no Lua function.
#[inline(always)]
unsafe fn dump(l: *mut Thread, writer: Writer, data: *mut c_void, strip: bool) -> c_int {
    // SAFETY: the writer is called under guard, so that its errors come back here and the bytes are freed.
    unsafe {
        raising(l, |state| {
            let mut bytes = List::new(state.heap());
            if !state.dump(strip, &mut bytes)? {
                return Ok(1);
            }
            let (address, len) = (bytes.as_ptr() as usize, bytes.len());
            let mut status = boundary::guarded(l, writer as *const c_void, l as usize, address, len, data as usize)?;
            if DUMP_TELLS_END && status as c_int == 0 {
                status = boundary::guarded(l, writer as *const c_void, l as usize, 0, 0, data as usize)?;
            }
            Ok(status as c_int)
        })
    }
}
