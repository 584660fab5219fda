//! Quick forms of string functions: of strings, without conversions of numbers.

use super::{ctype, end_position, start_position};
use crate::object::Value;
use crate::object::string::MAX_SHORT;
use crate::quick_forms;
use crate::vm::quick::{Arguments, integer_value};
use core::mem::MaybeUninit;

/// Argument `n` as an integer, or the default when it was not given or is nil.
#[inline(always)]
fn integer_or(a: Arguments, n: usize, default: i64) -> Option<i64> {
    match a.get(n) {
        Some(v) if !v.is_nil() => a.integer(n),
        _ => Some(default),
    }
}

/// A new short string of `len` bytes that `fill` writes.
#[inline(always)]
fn short(a: Arguments, len: usize, fill: impl FnOnce(*mut u8)) -> Option<Value> {
    if len > MAX_SHORT {
        return None;
    }
    let mut bytes = MaybeUninit::<[u8; MAX_SHORT]>::uninit();
    fill(bytes.as_mut_ptr().cast());
    // SAFETY: `fill` has initialised `len` bytes.
    a.string(unsafe { core::slice::from_raw_parts(bytes.as_ptr().cast(), len) })
}

quick_forms! {
    /// `string.byte(s [, i])` of one byte
    Byte(a): Plain {
        let s = a.bytes(1)?;
        let i = integer_or(a, 2, 1)?;
        if a.count > 2 || i == 0 {
            return None;
        }
        let at = if i > 0 { i - 1 } else { i.wrapping_add(s.len() as i64) };
        match s.get(usize::try_from(at).ok()?) {
            Some(b) => Some(integer_value((*b).into())),
            // No result is nil only where one is asked for.
            None if a.wanted >= 0 => Some(Value::NIL),
            None => None,
        }
    }

    /// `string.char(...)` of few bytes
    Char(a): Allocates {
        if a.count > MAX_SHORT {
            return None;
        }
        let mut bytes = [0; MAX_SHORT];
        for (n, byte) in bytes.iter_mut().take(a.count).enumerate() {
            *byte = u8::try_from(a.integer(n + 1)?).ok()?;
        }
        a.string(bytes.get(..a.count)?)
    }

    /// `string.len(s)`
    Len(a): Plain { Some(integer_value(a.bytes(1)?.len() as i64)) }

    /// `string.lower(s)` of a short string
    Lower(a): Allocates {
        let s = a.bytes(1)?;
        // SAFETY: there is room for as many bytes.
        short(a, s.len(), |to| unsafe { ctype::lower(s, to) })
    }

    /// `string.upper(s)` of a short string
    Upper(a): Allocates {
        let s = a.bytes(1)?;
        // SAFETY: there is room for as many bytes.
        short(a, s.len(), |to| unsafe { ctype::upper(s, to) })
    }

    /// `string.sub(s, i [, j])`
    Sub(a): Allocates {
        let s = a.bytes(1)?;
        let start = start_position(a.integer(2)?, s.len());
        let end = end_position(integer_or(a, 3, -1)?, s.len());
        if start == 1 && end == s.len() {
            return a.get(1);
        }
        a.string(s.get(start - 1..end).unwrap_or(&[]))
    }
}
