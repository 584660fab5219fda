//! `file:seek` and `file:setvbuf`.

use super::stream::Stream;
use crate::object::Fallible;
use crate::object::number::truncate;
use crate::stdlib::arguments::clear_errno;
use crate::version::{HAS_INTEGERS, SEEK_TRUNCATES};
use crate::vm::State;
use core::ptr;

/// Buffer size when `setvbuf` gets none: the size of the auxiliary library's buffers (`LUAL_BUFFERSIZE`).
const DEFAULT_BUFFER: i64 = 16 * size_of::<*const u8>() as i64 * size_of::<f64>() as i64;

/// `file:seek([whence [, offset]])`
pub fn seek(l: State) -> Fallible<i32> {
    const WHENCE: [libc::c_int; 3] = [libc::SEEK_SET, libc::SEEK_CUR, libc::SEEK_END];
    let file = Stream::check_open(l)?;
    let whence = WHENCE[l.check_option(2, Some(b"cur"), &[b"set", b"cur", b"end"])?];
    let wanted = offset(l)?;
    let offset = wanted as libc::off_t;
    #[allow(clippy::unnecessary_cast)] // `off_t` has 32 bits on some systems
    l.arg_check(offset as i64 == wanted, 3, "not an integer in proper range")?;
    clear_errno();
    // SAFETY: the file is open.
    unsafe {
        if libc::fseeko(file, offset, whence) != 0 {
            return l.file_result(false, None);
        }
        #[allow(clippy::unnecessary_cast)]
        l.push_integer(libc::ftello(file) as i64);
    }
    Ok(1)
}

/// The offset of `seek`: in versions without integers, any number that has the value of one.
fn offset(l: State) -> Fallible<i64> {
    if HAS_INTEGERS {
        return l.opt_integer(3, 0);
    }
    let wanted = l.opt_number(3, 0.0)?;
    let whole = truncate(wanted);
    l.arg_check(SEEK_TRUNCATES || whole as f64 == wanted, 3, "not an integer in proper range")?;
    Ok(whole)
}

/// `file:setvbuf(mode [, size])`
pub fn set_buffering(l: State) -> Fallible<i32> {
    const MODES: [libc::c_int; 3] = [libc::_IONBF, libc::_IOFBF, libc::_IOLBF];
    let file = Stream::check_open(l)?;
    let mode = MODES[l.check_option(2, None, &[b"no", b"full", b"line"])?];
    let size = l.opt_integer(3, DEFAULT_BUFFER)?;
    clear_errno();
    // SAFETY: the file is open; the C library finds its own buffer.
    let set = unsafe { libc::setvbuf(file, ptr::null_mut(), mode, size as usize) == 0 };
    l.file_result(set, None)
}
