//! `read` and the iterator of `lines`.
//!
//! A line that lies in the file's buffer completely becomes a string without a copy in between; only the rest of one
//! that crosses buffers is gathered. While the buffer is looked at, the file is locked.

use super::stdio::{self, FILE};
use super::stream::{self, Stream};
use super::{Default, numeral};
use crate::object::value::types;
use crate::object::{Fallible, Thrown, Value};
use crate::stdlib::arguments::clear_errno;
use crate::version::{
    BUFFER_SIZE, HAS_INTEGERS, LARGE_BUFFER_ERROR, LINES_END_AT_NUL, READ_FORMATS_ARE_BARE, READS_BY_PIECES,
    READS_NUMBERS_BY_C, READS_WHOLE_LINES, STRING_SIZES_ARE_LARGE,
};
use crate::vm::state::upvalue_index;
use crate::vm::{State, error};

/// `io.read(...)`
pub fn io_read(l: State) -> Fallible<i32> {
    let formats = l.top();
    let file = Stream::push_default(l, Default::Input)?;
    read(l, file, 1, formats)
}

/// `file:read(...)`
pub fn file_read(l: State) -> Fallible<i32> {
    let file = Stream::check_open(l)?;
    read(l, file, 2, l.top() - 1)
}

/// Reads what the `count` formats from index `first` ask for, a line without any. Pushes one result for each until one
/// fails, whose result is nil; or fail and the reason when the C library reports an error.
fn read(l: State, file: *mut FILE, first: i32, count: i32) -> Fallible<i32> {
    // SAFETY: the file is open.
    unsafe { libc::clearerr(file) };
    clear_errno();
    let mut success = true;
    let mut results = 0;
    if count == 0 {
        success = read_line(l, file, true)?;
        results = 1;
    } else {
        l.need_stack(count.saturating_add(20), "too many arguments")?;
        while success && results < count {
            success = read_format(l, file, first + results)?;
            results += 1;
        }
    }
    // SAFETY: as above.
    if unsafe { libc::ferror(file) } != 0 {
        return l.file_result(false, None);
    }
    if !success {
        l.pop(1);
        l.push_nil();
    }
    Ok(results)
}

/// Reads for one format and pushes the result, which is meaningless when false is returned.
fn read_format(l: State, file: *mut FILE, arg: i32) -> Fallible<bool> {
    if l.type_of(arg) == types::NUMBER {
        return match l.check_integer(arg)? {
            0 => test_end(l, file),
            n => read_bytes(l, file, n as usize),
        };
    }
    let format = if READ_FORMATS_ARE_BARE { l.check_bytes(arg)? } else { l.to_bytes(arg)?.unwrap_or_default() };
    if !READ_FORMATS_ARE_BARE && !format.starts_with(b"*") {
        return Err(l.arg_error(arg, b"invalid option"));
    }
    match format.strip_prefix(b"*").unwrap_or(format).first() {
        Some(b'n') if READS_NUMBERS_BY_C => read_number_by_c(l, file),
        Some(b'n') => numeral::read_number(l, file),
        Some(b'l') => read_line(l, file, true),
        Some(b'L') if READS_WHOLE_LINES => read_line(l, file, false),
        Some(b'a') => read_all(l, file).map(|()| true),
        _ => Err(l.arg_error(arg, b"invalid format")),
    }
}

/// Pushes the number that C's `scanf` reads, or nil and false.
fn read_number_by_c(l: State, file: *mut FILE) -> Fallible<bool> {
    let mut n = 0.0f64;
    // SAFETY: the file is open; one number is asked for.
    let found = unsafe { libc::fscanf(file, c"%lf".as_ptr(), &raw mut n) } == 1;
    l.push(if found { Value::float(n) } else { Value::NIL });
    Ok(found)
}

/// Pushes an empty string; false at the end of the file.
fn test_end(l: State, file: *mut FILE) -> Fallible<bool> {
    // SAFETY: the file is open.
    let next = unsafe {
        let next = libc::fgetc(file);
        libc::ungetc(next, file);
        next
    };
    l.push_bytes(b"")?;
    Ok(next != libc::EOF)
}

/// Pushes the next line, perhaps without its end; false when nothing was left.
fn read_line(l: State, file: *mut FILE, chop: bool) -> Fallible<bool> {
    // SAFETY: the file is open, and locked while its buffer is used; an error passes the unlocking as any result does.
    unsafe {
        stdio::flockfile(file);
        let bytes = stdio::buffered(file);
        let result = match line_end(bytes) {
            Some(end) if !(LINES_END_AT_NUL && bytes[..end].contains(&0)) => {
                stdio::consume(file, end + 1);
                l.push_bytes(&bytes[..end + usize::from(!chop)]).map(|()| true)
            }
            _ if LINES_END_AT_NUL => gather_line_by_c(l, file, chop),
            _ => gather_line(l, file, chop),
        };
        stdio::funlockfile(file);
        result
    }
}

/// Position of the first newline.
fn line_end(bytes: &[u8]) -> Option<usize> {
    if bytes.is_empty() {
        return None;
    }
    // SAFETY: the bytes are readable; `memchr` returns an address among them.
    unsafe {
        let found = libc::memchr(bytes.as_ptr().cast(), b'\n' as i32, bytes.len()).cast::<u8>();
        if found.is_null() { None } else { Some(found.cast_const().offset_from(bytes.as_ptr()) as usize) }
    }
}

/// [`read_line`] when the line crosses the end of the file's buffer.
///
/// # Safety
/// `file` is open and locked.
unsafe fn gather_line(l: State, file: *mut FILE, chop: bool) -> Fallible<bool> {
    let mut line = l.buffer();
    // SAFETY: `file` is open and locked, so what `buffered` shows stays until it is consumed.
    unsafe {
        loop {
            let bytes = stdio::buffered(file);
            let end = line_end(bytes);
            line.add(&bytes[..end.unwrap_or(bytes.len())])?;
            stdio::consume(file, end.unwrap_or(bytes.len()));
            // A newline, or the first byte of the next buffer.
            match stdio::getc_unlocked(file) {
                libc::EOF => {
                    let some = !line.bytes.is_empty();
                    line.push()?;
                    return Ok(some);
                }
                c if c == b'\n' as i32 => {
                    if !chop {
                        line.byte(b'\n')?;
                    }
                    line.push()?;
                    return Ok(true);
                }
                c => line.byte(c as u8)?,
            }
        }
    }
}

/// [`read_line`] by `fgets`: of each piece that it reads, what follows a NUL is lost, a newline included.
///
/// # Safety
/// `file` is open.
#[cold]
unsafe fn gather_line_by_c(l: State, file: *mut FILE, chop: bool) -> Fallible<bool> {
    let mut line = l.buffer();
    let mut piece = [0u8; BUFFER_SIZE];
    // SAFETY: the file is open and the buffer that long; `fgets` writes at most as many bytes, the last one a NUL.
    unsafe {
        while !libc::fgets(piece.as_mut_ptr().cast(), BUFFER_SIZE as libc::c_int, file).is_null() {
            let text = core::ffi::CStr::from_ptr(piece.as_ptr().cast()).to_bytes();
            if let Some(rest) = text.strip_suffix(b"\n") {
                line.add(if chop { rest } else { text })?;
                line.push()?;
                return Ok(true);
            }
            line.add(text)?;
        }
    }
    let some = !line.bytes.is_empty();
    line.push()?;
    Ok(some)
}

/// Pushes the rest of the file.
fn read_all(l: State, file: *mut FILE) -> Fallible<()> {
    read_pieces(l, file, usize::MAX).map(drop)
}

/// Pushes at most `n` bytes, however few the file has; false if it has none.
fn read_pieces(l: State, file: *mut FILE, n: usize) -> Fallible<bool> {
    let mut text = l.buffer();
    let bytes = &mut text.bytes;
    loop {
        bytes.reserve(1024)?;
        let room = (bytes.capacity() - bytes.len()).min(n - bytes.len());
        // SAFETY: `room` bytes follow the first `len`; the C library initialises as many as it returns.
        let read = unsafe {
            let read = libc::fread(bytes.as_mut_ptr().add(bytes.len()).cast(), 1, room, file);
            bytes.set_len(bytes.len() + read);
            read
        };
        if read < room || bytes.len() == n {
            let some = !bytes.is_empty();
            text.push()?;
            return Ok(some);
        }
    }
}

/// Pushes `n` bytes if the file's buffer has as many, else nothing and false.
fn push_buffered(l: State, file: *mut FILE, n: usize) -> Fallible<bool> {
    // SAFETY: as `read_line`.
    unsafe {
        stdio::flockfile(file);
        let bytes = stdio::buffered(file);
        let pushed = match bytes.get(..n) {
            Some(wanted) => {
                stdio::consume(file, n);
                l.push_bytes(wanted).map(|()| true)
            }
            None => Ok(false),
        };
        stdio::funlockfile(file);
        pushed
    }
}

/// A buffer of so many bytes is refused without asking for memory (in versions that take negative numbers for huge ones).
const MOST_BYTES: usize = usize::MAX - 42;

/// Pushes up to `n > 0` bytes; false when nothing was left.
fn read_bytes(l: State, file: *mut FILE, n: usize) -> Fallible<bool> {
    if push_buffered(l, file, n)? {
        return Ok(true);
    }
    if STRING_SIZES_ARE_LARGE && n >= i64::MAX as usize {
        return Err(l.error(&["resulting string too large".into()]));
    }
    if !HAS_INTEGERS && !READS_BY_PIECES && n >= MOST_BYTES {
        // SAFETY: the thread runs.
        return Err(unsafe { error::runtime(l.0, &["memory allocation error: block too big".into()]) });
    }
    if READS_BY_PIECES && n > BUFFER_SIZE {
        return read_pieces(l, file, n);
    }
    let mut text = l.buffer();
    if text.bytes.reserve(n).is_err() {
        return Err(match LARGE_BUFFER_ERROR {
            Some(message) => l.error(&[message.into()]),
            None => Thrown::Memory,
        });
    }
    // SAFETY: there is room for `n` bytes; the C library initialises as many as it returns.
    let read = unsafe {
        let read = libc::fread(text.bytes.as_mut_ptr().cast(), 1, n, file);
        text.bytes.set_len(read);
        read
    };
    text.push()?;
    Ok(read > 0)
}

/// The iterator of `lines`; its upvalues are laid out by `open::push_iterator`.
pub fn next_line(l: State) -> Fallible<i32> {
    let file = Stream::open_at(l, upvalue_index(1))?;
    let formats = l.to_integer(upvalue_index(2)).unwrap_or(0).clamp(0, 255) as i32;
    let Some(file) = file else {
        return Err(l.error(&[b"file is already closed".into()]));
    };
    l.set_top(1);
    l.need_stack(formats, "too many arguments")?;
    for n in 1..=formats {
        l.push_value(upvalue_index(3 + n));
    }
    let results = read(l, file, 2, formats)?;
    if l.to_boolean(-results) {
        return Ok(results);
    }
    if results > 1 {
        return Err(read_failed(l, 1 - results));
    }
    if l.to_boolean(upvalue_index(3)) {
        l.set_top(0);
        l.push_value(upvalue_index(1));
        stream::close(l)?;
    }
    Ok(0)
}

/// Raises the reason that a failed read left at `index`.
#[cold]
fn read_failed(l: State, index: i32) -> Thrown {
    match l.to_bytes(index) {
        Ok(message) => l.error(&[message.unwrap_or_default().into()]),
        Err(thrown) => thrown,
    }
}
