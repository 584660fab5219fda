//! Opening files, the default files, and the iterators of `lines`.

use super::stdio::{self, FILE};
use super::stream::{CLOSE_PIPE, Stream};
use super::{Default, read};
use crate::builtin;
use crate::object::{Fallible, Thrown};
use crate::stdlib::arguments::{c_string, check_c_string, clear_errno, errno, opt_c_string};
use crate::version::{
    IO_CHECKS_MODE, LINES_CLOSE_FILES, LINES_TAKE_FORMATS, MAX_LINES_FORMATS, ONE_BINARY_MARK, POPEN_CHECKS_MODE,
    UNREADABLE_FILES_ARE_BAD_ARGUMENTS,
};
use crate::vm::State;
use core::ffi::CStr;

builtin!(static NEXT_LINE = read::next_line);

/// `io.open(name [, mode])`
pub fn open(l: State) -> Fallible<i32> {
    let name = check_c_string(l, 1)?;
    let mode = opt_c_string(l, 2, None)?.unwrap_or(c"r");
    let stream = Stream::push_file(l)?;
    l.arg_check(!IO_CHECKS_MODE || is_mode(mode.to_bytes()), 2, "invalid mode")?;
    clear_errno();
    // SAFETY: both are C strings; the handle is on top.
    let file = unsafe { libc::fopen(name.as_ptr(), mode.as_ptr()) };
    opened(l, stream, file, Some(name))
}

/// Whether C promises to know the mode: `[rwa]%+?b*`.
fn is_mode(mode: &[u8]) -> bool {
    let [b'r' | b'w' | b'a', rest @ ..] = mode else {
        return false;
    };
    let rest = rest.strip_prefix(b"+").unwrap_or(rest);
    rest.iter().all(|&b| b == b'b') && !(ONE_BINARY_MARK && rest.len() > 1)
}

/// Stores what the C library opened in the handle on top and returns that, or fail and the reason.
fn opened(l: State, stream: *mut Stream, file: *mut FILE, name: Option<&CStr>) -> Fallible<i32> {
    // SAFETY: the handle is on the stack.
    unsafe { (*stream).file = file };
    if file.is_null() { l.file_result(false, name.map(CStr::to_bytes)) } else { Ok(1) }
}

/// Pushes a handle of the file with this name; an error when it cannot be opened.
fn open_or_raise(l: State, name: &CStr, mode: &CStr) -> Fallible<()> {
    let stream = Stream::push_file(l)?;
    // SAFETY: both are C strings; the handle is on top.
    let file = unsafe { libc::fopen(name.as_ptr(), mode.as_ptr()) };
    if file.is_null() {
        let reason = stdio::error_text(errno());
        if UNREADABLE_FILES_ARE_BAD_ARGUMENTS {
            l.push_parts(&[name.to_bytes().into(), b": ".into(), reason.into()])?;
            let message = l.to_bytes(-1)?.unwrap_or_default();
            return Err(l.arg_error(1, message));
        }
        let parts = [b"cannot open file '".into(), name.to_bytes().into(), b"' (".into(), reason.into(), b")".into()];
        return Err(l.error(&parts));
    }
    // SAFETY: as above.
    unsafe { (*stream).file = file };
    Ok(())
}

/// `io.popen(program [, mode])`
pub fn popen(l: State) -> Fallible<i32> {
    let program = check_c_string(l, 1)?;
    let mode = opt_c_string(l, 2, None)?.unwrap_or(c"r");
    let stream = Stream::push_closed(l)?;
    l.arg_check(!POPEN_CHECKS_MODE || matches!(mode.to_bytes(), b"r" | b"w"), 2, "invalid mode")?;
    clear_errno();
    // SAFETY: both are C strings; the handle is on top.
    let file = unsafe {
        libc::fflush(core::ptr::null_mut());
        let file = stdio::popen(program.as_ptr(), mode.as_ptr());
        Stream::close_by(stream, &CLOSE_PIPE);
        file
    };
    opened(l, stream, file, Some(program))
}

/// `io.tmpfile()`
pub fn tmpfile(l: State) -> Fallible<i32> {
    let stream = Stream::push_file(l)?;
    clear_errno();
    // SAFETY: no arguments.
    opened(l, stream, unsafe { libc::tmpfile() }, None)
}

/// `io.input([file])`
pub fn input(l: State) -> Fallible<i32> {
    default_file(l, Default::Input)
}

/// `io.output([file])`
pub fn output(l: State) -> Fallible<i32> {
    default_file(l, Default::Output)
}

/// Sets a default file, given by name or handle, and returns it.
fn default_file(l: State, role: Default) -> Fallible<i32> {
    if !l.is_none_or_nil(1) {
        match l.to_bytes(1)? {
            // SAFETY: the bytes of a Lua string.
            Some(name) => open_or_raise(l, unsafe { c_string(name) }, role.mode())?,
            None => {
                Stream::check_open(l)?;
                l.push_value(1);
            }
        }
        role.set(l)?;
    }
    role.push(l)?;
    Ok(1)
}

/// `file:lines(...)`
pub fn file_lines(l: State) -> Fallible<i32> {
    Stream::check_open(l)?;
    push_iterator(l, false)?;
    Ok(1)
}

/// `io.lines([name, ...])`: for a name, also the values that make a generic `for` close the file.
pub fn lines(l: State) -> Fallible<i32> {
    let given = !l.is_none(1);
    if !given {
        l.push_nil();
    }
    if l.is_nil(1) {
        if !LINES_TAKE_FORMATS && given {
            return Stream::check_open(l).map(|_| 0);
        }
        Default::Input.push(l)?;
        l.replace(1);
        Stream::check_open(l)?;
        push_iterator(l, false)?;
        return Ok(1);
    }
    let name = check_c_string(l, 1)?;
    open_or_raise(l, name, c"r")?;
    l.replace(1);
    push_iterator(l, true)?;
    if !LINES_CLOSE_FILES {
        return Ok(1);
    }
    l.push_nil();
    l.push_nil();
    l.push_value(1);
    Ok(4)
}

/// Turns the stack (handle, formats ...) into the handle and an iterator over it: a closure with the handle, the number
/// of formats, whether to close the file at its end, and the formats.
fn push_iterator(l: State, close: bool) -> Result<(), Thrown> {
    if !LINES_TAKE_FORMATS {
        l.set_top(1);
    }
    let formats = l.top() - 1;
    // They are upvalues of the iterator, next to three others.
    let (most, blamed, complaint) = MAX_LINES_FORMATS;
    l.arg_check(formats <= most, blamed, complaint)?;
    l.push_value(1);
    l.push_integer(formats as i64);
    l.push_boolean(close);
    l.rotate(2, 3);
    l.push_builtin_closure(&NEXT_LINE, 3 + formats)
}
