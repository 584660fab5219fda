//! The string functions that need neither patterns nor formats.

use super::{ctype, end_position, start_position};
use crate::memory::OutOfMemory;
use crate::object::{Fallible, Thrown};
use crate::stdlib::builder::push_new;
use crate::version::{CHAR_ERROR, COUNTS_IN_C_INTS, REP_HAS_SEPARATOR, STRING_SIZES_ARE_LARGE};
use crate::vm::State;

/// The longest string that `rep` makes: sizes of results stay within C's `int`, or in old versions any size.
const MAX_REPEATED: usize =
    if COUNTS_IN_C_INTS || STRING_SIZES_ARE_LARGE { isize::MAX as usize } else { i32::MAX as usize };

/// `string.len(s)`
pub fn len(l: State) -> Fallible<i32> {
    let s = l.check_bytes(1)?;
    l.push_integer(s.len() as i64);
    Ok(1)
}

/// `string.sub(s, i [, j])`
pub fn sub(l: State) -> Fallible<i32> {
    let s = l.check_bytes(1)?;
    let start = start_position(l.check_integer(2)?, s.len());
    let end = end_position(l.opt_integer(3, -1)?, s.len());
    l.push_bytes(s.get(start - 1..end).unwrap_or(&[]))?;
    Ok(1)
}

/// `string.byte(s [, i [, j]])`
pub fn byte(l: State) -> Fallible<i32> {
    let s = l.check_bytes(1)?;
    let i = l.opt_integer(2, 1)?;
    let start = start_position(i, s.len());
    let end = end_position(l.opt_integer(3, i)?, s.len());
    let Some(bytes) = s.get(start - 1..end) else {
        return Ok(0);
    };
    if let [only] = bytes {
        l.push_integer((*only).into());
        return Ok(1);
    }
    let Ok(n) = i32::try_from(bytes.len()) else {
        return Err(l.error(&[b"string slice too long".into()]));
    };
    l.need_stack(n, "string slice too long")?;
    for &b in bytes {
        l.push_integer(b.into());
    }
    Ok(n)
}

/// `string.char(...)`
pub fn char(l: State) -> Fallible<i32> {
    let n = l.top();
    for i in 1..=n {
        let c = l.check_integer(i)?;
        let c = if COUNTS_IN_C_INTS { c as i32 as i64 } else { c };
        if !(0..=255).contains(&c) {
            return Err(l.arg_error(i, CHAR_ERROR.as_bytes()));
        }
    }
    push_new(l, n as usize, |to| {
        for i in 0..n {
            // The conversion was tried above; the string argument that it may have been is unchanged.
            let c = l.to_integer(i + 1).unwrap_or(0) as u8;
            // SAFETY: `i < n`.
            unsafe { to.add(i as usize).write(c) };
        }
    })?;
    Ok(1)
}

/// `string.lower(s)`
pub fn lower(l: State) -> Fallible<i32> {
    let s = l.check_bytes(1)?;
    // SAFETY: there is room for as many bytes.
    push_new(l, s.len(), |to| unsafe { ctype::lower(s, to) })?;
    Ok(1)
}

/// `string.upper(s)`
pub fn upper(l: State) -> Fallible<i32> {
    let s = l.check_bytes(1)?;
    // SAFETY: there is room for as many bytes.
    push_new(l, s.len(), |to| unsafe { ctype::upper(s, to) })?;
    Ok(1)
}

/// `string.reverse(s)`
pub fn reverse(l: State) -> Fallible<i32> {
    let s = l.check_bytes(1)?;
    push_new(l, s.len(), |to| {
        for (i, &c) in s.iter().rev().enumerate() {
            // SAFETY: there is room for as many bytes.
            unsafe { to.add(i).write(c) };
        }
    })?;
    Ok(1)
}

/// `string.rep(s, n [, sep])`
pub fn rep(l: State) -> Fallible<i32> {
    let s = l.check_bytes(1)?;
    let n = l.check_integer(2)?;
    let n = if COUNTS_IN_C_INTS { n as i32 as i64 } else { n };
    let separator = if REP_HAS_SEPARATOR { l.opt_bytes(3, b"")? } else { b"" };
    if n <= 0 {
        l.push_bytes(b"")?;
        return Ok(1);
    }
    let n = n as usize;
    match s.len().checked_add(separator.len()) {
        Some(each) if each < MAX_REPEATED / n || (!COUNTS_IN_C_INTS && each == MAX_REPEATED / n) => {}
        _ if !REP_HAS_SEPARATOR => return Err(Thrown::from(OutOfMemory)),
        _ => return Err(l.error(&[b"resulting string too large".into()])),
    }
    let total = n * s.len() + (n - 1) * separator.len();
    if STRING_SIZES_ARE_LARGE && total >= MAX_REPEATED {
        return Err(l.error(&[b"resulting string too large".into()]));
    }
    push_new(l, total, |to| {
        // SAFETY: there is room for `total` bytes.
        unsafe { repeat(s, separator, to, total) }
    })?;
    Ok(1)
}

/// Writes `total` bytes of `s`, `separator`, `s`, …: once, then in copies of what is there already.
unsafe fn repeat(s: &[u8], separator: &[u8], to: *mut u8, total: usize) {
    // SAFETY: the caller has room for `total` bytes; each copy is from before to behind `done`.
    unsafe {
        if let ([byte], []) = (s, separator) {
            to.write_bytes(*byte, total);
            return;
        }
        let mut done = 0;
        for part in [s, separator] {
            let n = part.len().min(total - done);
            core::ptr::copy_nonoverlapping(part.as_ptr(), to.add(done), n);
            done += n;
        }
        while done < total {
            let n = done.min(total - done);
            core::ptr::copy_nonoverlapping(to, to.add(done), n);
            done += n;
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_macros, clippy::disallowed_types)]
mod tests {
    use super::repeat;

    #[test]
    fn repetitions() {
        for (s, separator, n) in [("ab", "", 5), ("a", "", 7), ("ab", ", ", 4), ("", "x", 3), ("abc", "-", 1)] {
            let want = vec![s; n].join(separator);
            let mut got = vec![0; want.len()];
            unsafe { repeat(s.as_bytes(), separator.as_bytes(), got.as_mut_ptr(), got.len()) };
            assert_eq!(got, want.as_bytes());
        }
    }
}
