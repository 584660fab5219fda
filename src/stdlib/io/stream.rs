//! File handles: the layout that C modules know, and closing.
//!
//! A handle is closed exactly when `close` is null. It is created closed and opened afterwards, so that no error leaves
//! a handle that pretends to be open. Closing clears `close` first, so a file is never closed twice.
//!
//! In 5.1 a handle is but a `FILE *`, null when it is closed, and the field `__close` of its environment closes it.

use super::stdio::{self, FILE};
use super::{Default, HANDLE};
use crate::builtin;
#[cfg(not(feature = "lua51"))]
use crate::object::thread::CFunction;
use crate::object::{Fallible, Userdata};
use crate::stdlib::arguments::clear_errno;
use crate::version::{CLOSE_METHOD_FINDS_NIL, DEFAULT_FILES_ARE_CALLED_DEFAULT, PIPES_TELL_STATUS};
use crate::vm::builtin::Builtin;
use crate::vm::{State, boundary};
use core::ffi::c_void;
use core::ptr;

/// `luaL_Stream`
#[repr(C)]
pub struct Stream {
    /// Null for a handle whose opening failed.
    pub file: *mut FILE,
    /// Closes the file: called as a C function with the handle as argument, its results are those of `close`.
    #[cfg(not(feature = "lua51"))]
    pub close: Option<CFunction>,
}

// Closing functions as C code sees them; `Stream::close` holds their entry points.
builtin!(pub static CLOSE_FILE = close_file);
builtin!(pub static CLOSE_PIPE = close_pipe);
builtin!(pub static NO_CLOSE = no_close);

impl Stream {
    /// Pushes a new closed handle.
    pub fn push_closed(l: State) -> Fallible<*mut Stream> {
        let userdata = l.new_userdata(size_of::<Stream>(), 0)?;
        // SAFETY: the userdata is new, anchored on the stack and large enough.
        let stream = unsafe {
            let stream = Userdata::bytes(userdata).cast::<Stream>();
            stream.write(Stream {
                file: ptr::null_mut(),
                #[cfg(not(feature = "lua51"))]
                close: None,
            });
            stream
        };
        l.set_metatable_by_name(HANDLE)?;
        Ok(stream)
    }

    /// Pushes a new handle for a regular file that the caller opens next.
    pub fn push_file(l: State) -> Fallible<*mut Stream> {
        let stream = Stream::push_closed(l)?;
        // SAFETY: the stream lies in the userdata on top.
        unsafe { Stream::close_by(stream, &CLOSE_FILE) };
        Ok(stream)
    }

    /// Opens a handle: says by what it will be closed. (In 5.1, its environment does.)
    #[allow(unused_variables)]
    pub unsafe fn close_by(this: *mut Stream, function: &'static Builtin) {
        // SAFETY: a live handle.
        #[cfg(not(feature = "lua51"))]
        unsafe {
            (*this).close = Some(function.entry)
        };
    }

    /// Whether the handle is closed.
    pub unsafe fn is_closed(this: *const Stream) -> bool {
        // SAFETY: a live handle.
        unsafe {
            #[cfg(feature = "lua51")]
            return (*this).file.is_null();
            #[cfg(not(feature = "lua51"))]
            (*this).close.is_none()
        }
    }

    /// The handle that is the first argument, open or not.
    pub fn check(l: State) -> Fallible<*mut Stream> {
        Ok(l.check_userdata(1, HANDLE)?.cast())
    }

    /// The open file that is the first argument.
    pub fn check_open(l: State) -> Fallible<*mut FILE> {
        let stream = Stream::check(l)?;
        // SAFETY: the handle is a live argument.
        unsafe {
            if Stream::is_closed(stream) {
                return Err(l.error(&[b"attempt to use a closed file".into()]));
            }
            Ok((*stream).file)
        }
    }

    /// Pushes a default file's handle and returns its file.
    pub(crate) fn push_default(l: State, role: Default) -> Fallible<*mut FILE> {
        role.push(l)?;
        match Stream::open_at(l, -1)? {
            Some(file) => Ok(file),
            None => {
                let kind: &[u8] = if DEFAULT_FILES_ARE_CALLED_DEFAULT { b"default " } else { b"standard " };
                Err(l.error(&[kind.into(), role.name().into(), b" file is closed".into()]))
            }
        }
    }

    /// The file of the handle at an index; `None` when it is closed, or no handle (which only the debug library can
    /// bring about where this is used).
    pub fn open_at(l: State, index: i32) -> Fallible<Option<*mut FILE>> {
        let stream = l.test_userdata(index, HANDLE)?.map(|s| s.cast::<Stream>());
        // SAFETY: a live handle.
        Ok(stream.filter(|&s| unsafe { !Stream::is_closed(s) }).map(|s| unsafe { (*s).file }))
    }
}

/// Closes the handle at index 1 and returns what its closing function returns.
pub fn close(l: State) -> Fallible<i32> {
    let stream = Stream::check(l)?;
    // SAFETY: the handle is a live argument.
    let Some(close) = (unsafe { closing_function(l, stream)? }) else {
        return Ok(0);
    };
    for (own, function) in [
        (&CLOSE_FILE, close_file as fn(State) -> Fallible<i32>),
        (&CLOSE_PIPE, close_pipe as fn(State) -> Fallible<i32>),
        (&NO_CLOSE, no_close as fn(State) -> Fallible<i32>),
    ] {
        if ptr::eq(close, own.entry as *const c_void) {
            return function(l);
        }
    }
    // A module's function: runs in this frame, like a subroutine of this function written in C.
    // SAFETY: it is a `lua_CFunction`, which only uses the state, and errors come back as values.
    unsafe { Ok(boundary::guarded(l.0, close, l.0 as usize, 0, 0, 0)? as i32) }
}

/// The C function that closes the handle, which counts as closed from now on; none if it is closed.
#[cfg(not(feature = "lua51"))]
unsafe fn closing_function(_: State, stream: *mut Stream) -> Fallible<Option<*const c_void>> {
    // SAFETY: `stream` lies in a live userdata.
    Ok(unsafe { (*stream).close.take() }.map(|close| close as *const c_void))
}

/// The C function that closes the handle at index 1: a field of its environment.
#[cfg(feature = "lua51")]
unsafe fn closing_function(l: State, _: *mut Stream) -> Fallible<Option<*const c_void>> {
    l.get_environment(1);
    l.get_field(-1, b"__close")?;
    let close = l.to_c_function(-1);
    if close.is_null() { Err(l.error(&["file has no function to close it".into()])) } else { Ok(Some(close)) }
}

/// Takes the C file out of a handle.
unsafe fn take_file(stream: *mut Stream) -> *mut FILE {
    // SAFETY: a live handle.
    unsafe {
        let file = (*stream).file;
        if cfg!(feature = "lua51") {
            (*stream).file = ptr::null_mut();
        }
        file
    }
}

/// `file:close()`
pub fn file_close(l: State) -> Fallible<i32> {
    if CLOSE_METHOD_FINDS_NIL && l.is_none(1) {
        l.push_nil();
    }
    Stream::check_open(l)?;
    close(l)
}

/// `io.close([file])`
pub fn io_close(l: State) -> Fallible<i32> {
    if l.is_none(1) {
        Default::Output.push(l)?;
    }
    file_close(l)
}

/// `__gc` and `__close`: passes over closed handles and those whose opening failed.
pub fn collect(l: State) -> Fallible<i32> {
    let stream = Stream::check(l)?;
    // SAFETY: the handle is a live argument.
    unsafe {
        if !Stream::is_closed(stream) && !(*stream).file.is_null() {
            close(l)?;
        }
    }
    Ok(0)
}

/// Closes a regular file.
fn close_file(l: State) -> Fallible<i32> {
    let stream = Stream::check(l)?;
    clear_errno();
    // SAFETY: until now, the handle was open.
    let closed = unsafe { libc::fclose(take_file(stream)) == 0 };
    l.file_result(closed, None)
}

/// Closes a pipe and tells how its program ended.
fn close_pipe(l: State) -> Fallible<i32> {
    let stream = Stream::check(l)?;
    clear_errno();
    // SAFETY: as `close_file`.
    let status = unsafe { stdio::pclose(take_file(stream)) };
    if !PIPES_TELL_STATUS {
        return l.file_result(status != -1, None);
    }
    l.exec_result(status)
}

/// Refuses to close a standard file.
fn no_close(l: State) -> Fallible<i32> {
    let stream = Stream::check(l)?;
    // SAFETY: the handle is a live argument.
    unsafe { Stream::close_by(stream, &NO_CLOSE) };
    l.push_nil();
    l.push_bytes(b"cannot close standard file")?;
    Ok(2)
}

/// `io.type(v)`
pub fn io_type(l: State) -> Fallible<i32> {
    l.check_any(1)?;
    match l.test_userdata(1, HANDLE)? {
        None => l.push_nil(),
        // SAFETY: the handle is a live argument.
        Some(stream) if unsafe { Stream::is_closed(stream.cast()) } => l.push_bytes(b"closed file")?,
        Some(_) => l.push_bytes(b"file")?,
    }
    Ok(1)
}

/// `tostring(file)`: shows the address of the C file.
pub fn to_string(l: State) -> Fallible<i32> {
    let stream = Stream::check(l)?;
    // SAFETY: the handle is a live argument; the text fits, as an address has at most 16 digits.
    unsafe {
        if Stream::is_closed(stream) {
            l.push_bytes(b"file (closed)")?;
        } else {
            let mut text = [0u8; 64];
            let n = libc::snprintf(text.as_mut_ptr().cast(), text.len(), c"file (%p)".as_ptr(), (*stream).file);
            l.push_bytes(&text[..(n.max(0) as usize).min(text.len())])?;
        }
    }
    Ok(1)
}
