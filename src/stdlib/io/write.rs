//! `write` and `flush`.

use super::Default;
use super::stdio::{self, FILE};
use super::stream::Stream;
use crate::object::{Fallible, Str, Value, number, tag};
use crate::stdlib::arguments::{argument, clear_errno};
use crate::version::{WRITE_RETURNS_FILE, WRITE_TELLS_BYTES};
use crate::vm::State;

/// `io.write(...)`
pub fn io_write(l: State) -> Fallible<i32> {
    let args = l.top() as usize;
    let file = Stream::push_default(l, Default::Output)?;
    write(l, file, 1, args)
}

/// `file:write(...)`
pub fn file_write(l: State) -> Fallible<i32> {
    let args = l.top() as usize;
    let file = Stream::check_open(l)?;
    l.push_value(1);
    write(l, file, 2, args)
}

/// Writes the arguments `first..=last`. Returns the handle, which is on top, or fail and the reason.
fn write(l: State, file: *mut FILE, first: usize, last: usize) -> Fallible<i32> {
    if WRITE_TELLS_BYTES {
        return write_counting(l, file, first, last);
    }
    let mut written = true;
    clear_errno();
    for n in first..=last {
        let value = argument(l, n).unwrap_or(Value::NIL);
        // SAFETY: the file is open; a string argument stays on the stack.
        written = unsafe {
            match value.tag {
                tag::SHORT_STRING | tag::LONG_STRING => stdio::write(file, Str::bytes(value.as_str())),
                tag::INTEGER => write_integer(file, value.as_integer()),
                tag::FLOAT => libc::fprintf(file, c"%.14g".as_ptr(), value.as_float()) > 0,
                // Raises the error.
                _ => stdio::write(file, l.check_bytes(n as i32)?),
            }
        } && written;
    }
    if written && WRITE_RETURNS_FILE { Ok(1) } else { l.file_result(written, None) }
}

/// As [`write`](fn@write), stopping at the first error; a fourth result tells how many bytes have been written.
fn write_counting(l: State, file: *mut FILE, first: usize, last: usize) -> Fallible<i32> {
    let mut total = 0;
    clear_errno();
    for n in first..=last {
        let value = argument(l, n).unwrap_or(Value::NIL);
        let mut text = [0; number::MAX_TEXT];
        let bytes = if value.is_number() {
            let len = number::format(value, &mut text);
            &text[..len]
        } else {
            l.check_bytes(n as i32)?
        };
        // SAFETY: the file is open; a string argument stays on the stack.
        let written = unsafe { libc::fwrite(bytes.as_ptr().cast(), 1, bytes.len(), file) };
        total += written;
        if written < bytes.len() {
            let results = l.file_result(false, None)?;
            l.push_integer(total as i64);
            return Ok(results + 1);
        }
    }
    Ok(1)
}

/// Writes an integer in decimal.
unsafe fn write_integer(file: *mut FILE, n: i64) -> bool {
    // A sign and the digits of 2^63.
    let mut text = [0u8; 20];
    let mut start = text.len();
    let mut rest = n.unsigned_abs();
    loop {
        start -= 1;
        text[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if n < 0 {
        start -= 1;
        text[start] = b'-';
    }
    // SAFETY: the caller's file is open.
    unsafe { stdio::write(file, &text[start..]) }
}

/// `io.flush()`
pub fn io_flush(l: State) -> Fallible<i32> {
    let file = Stream::push_default(l, Default::Output)?;
    flush(l, file)
}

/// `file:flush()`
pub fn file_flush(l: State) -> Fallible<i32> {
    let file = Stream::check_open(l)?;
    flush(l, file)
}

fn flush(l: State, file: *mut FILE) -> Fallible<i32> {
    clear_errno();
    // SAFETY: the file is open.
    let flushed = unsafe { libc::fflush(file) == 0 };
    l.file_result(flushed, None)
}
