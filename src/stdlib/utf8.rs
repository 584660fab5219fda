//! The library `utf8` (manual §6.5). Unless told to be lax, decoding refuses surrogates and what lies beyond
//! U+10FFFF; lax decoding takes the original UTF-8 of up to six bytes (2^31 codes).

use crate::object::{Fallible, Thrown};
use crate::stdlib::builder::Builder;
use crate::version::OFFSET_RETURNS_END;
use crate::version::UTF8_HAS_LAX_MODE;
use crate::vm::State;
use crate::{builtin, library};

/// The largest code of six bytes.
const MAX_CODE: u32 = 0x7FFF_FFFF;
/// The largest code of Unicode.
const MAX_UNICODE: u32 = 0x10_FFFF;

const INVALID: &[u8] = b"invalid UTF-8 code";
/// `utf8.charpattern`
const CHAR_PATTERN: &[u8] =
    if UTF8_HAS_LAX_MODE { b"[\0-\x7F\xC2-\xFD][\x80-\xBF]*" } else { b"[\0-\x7F\xC2-\xF4][\x80-\xBF]*" };

library! { static FUNCTIONS = {
    b"char" => char,
    b"codepoint" => codepoint,
    b"codes" => codes,
    b"len" => len,
    b"offset" => offset,
} }

builtin!(pub static OPEN = open);
builtin!(static NEXT_STRICT = next_strict);
builtin!(static NEXT_LAX = next_lax);

/// `luaopen_utf8`
fn open(l: State) -> Fallible<i32> {
    l.new_library(b"utf8", FUNCTIONS)?;
    l.push_bytes(CHAR_PATTERN)?;
    l.set_field(-2, b"charpattern")?;
    Ok(1)
}

/// Whether there is a continuation byte at `i` (there is none behind the end).
fn continues(s: &[u8], i: usize) -> bool {
    s.get(i).is_some_and(|c| c & 0xC0 == 0x80)
}

/// A relative position: negative ones count from the end; 0 when that is before the start.
fn relative(position: i64, len: usize) -> i64 {
    if position >= 0 {
        position
    } else if position.unsigned_abs() > len as u64 {
        0
    } else {
        len as i64 + position + 1
    }
}

/// Decodes the sequence that begins at `i`: the code, and how many bytes it takes.
fn decode(s: &[u8], i: usize, strict: bool) -> Option<(u32, usize)> {
    let first = *s.get(i)?;
    if first < 0x80 {
        return Some((first.into(), 1));
    }
    // Leading ones say how many bytes; the smallest code that needs as many follows.
    let (count, least) = match first {
        0xC0..=0xDF => (2, 0x80),
        0xE0..=0xEF => (3, 0x800),
        0xF0..=0xF7 => (4, 0x1_0000),
        0xF8..=0xFB if UTF8_HAS_LAX_MODE => (5, 0x20_0000),
        0xFC..=0xFD if UTF8_HAS_LAX_MODE => (6, 0x400_0000),
        _ => return None,
    };
    let mut code = first as u32 & (0x7F >> count);
    for k in 1..count {
        let c = *s.get(i + k)?;
        if c & 0xC0 != 0x80 {
            return None;
        }
        code = code << 6 | (c & 0x3F) as u32;
    }
    if !UTF8_HAS_LAX_MODE {
        return if code < least || code > MAX_UNICODE { None } else { Some((code, count)) };
    }
    if code < least || (strict && (code > MAX_UNICODE || (0xD800..=0xDFFF).contains(&code))) {
        return None;
    }
    Some((code, count))
}

/// Writes the sequence of `code` and returns its length.
pub fn encode(code: u32, to: &mut [u8; 6]) -> usize {
    let (count, mark) = match code {
        0..=0x7F => (1, 0),
        0x80..=0x7FF => (2, 0xC0),
        0x800..=0xFFFF => (3, 0xE0),
        0x1_0000..=0x1F_FFFF => (4, 0xF0),
        0x20_0000..=0x3FF_FFFF => (5, 0xF8),
        _ => (6, 0xFC),
    };
    let mut rest = code;
    for place in to.iter_mut().take(count).skip(1).rev() {
        *place = 0x80 | (rest & 0x3F) as u8;
        rest >>= 6;
    }
    to[0] = mark | rest as u8;
    count
}

/// How messages put it that a position is outside.
struct OutOf {
    initial: &'static str,
    last: &'static str,
    range: &'static str,
    position: &'static str,
}

const OUT_OF: OutOf = if UTF8_HAS_LAX_MODE {
    OutOf {
        initial: "initial position out of bounds",
        last: "final position out of bounds",
        range: "out of bounds",
        position: "position out of bounds",
    }
} else {
    OutOf {
        initial: "initial position out of string",
        last: "final position out of string",
        range: "out of range",
        position: "position out of range",
    }
};

/// The greatest code that `utf8.char` takes.
const MAX_CHAR: u32 = if UTF8_HAS_LAX_MODE { MAX_CODE } else { MAX_UNICODE };

#[cold]
fn invalid(l: State) -> Thrown {
    l.error(&[INVALID.into()])
}

/// `utf8.len(s [, i [, j [, lax]]])`
fn len(l: State) -> Fallible<i32> {
    let s = l.check_bytes(1)?;
    let start = relative(l.opt_integer(2, 1)?, s.len());
    let end = relative(l.opt_integer(3, -1)?, s.len());
    let strict = !l.to_boolean(4);
    l.arg_check(1 <= start && start <= s.len() as i64 + 1, 2, OUT_OF.initial)?;
    l.arg_check(end <= s.len() as i64, 3, OUT_OF.last)?;
    let mut at = start as usize - 1;
    let mut n = 0;
    while (at as i64) < end {
        let Some((_, bytes)) = decode(s, at, strict) else {
            l.push_nil();
            l.push_integer(at as i64 + 1);
            return Ok(2);
        };
        at += bytes;
        n += 1;
    }
    l.push_integer(n);
    Ok(1)
}

/// `utf8.codepoint(s [, i [, j [, lax]]])`
fn codepoint(l: State) -> Fallible<i32> {
    let s = l.check_bytes(1)?;
    let start = relative(l.opt_integer(2, 1)?, s.len());
    let end = relative(l.opt_integer(3, start)?, s.len());
    let strict = !l.to_boolean(4);
    l.arg_check(start >= 1, 2, OUT_OF.range)?;
    l.arg_check(end <= s.len() as i64, 3, OUT_OF.range)?;
    if start > end {
        return Ok(0);
    }
    if end - start >= i32::MAX as i64 {
        return Err(l.error(&[b"string slice too long".into()]));
    }
    l.need_stack((end - start) as i32 + 1, "string slice too long")?;
    let mut at = start as usize - 1;
    let mut n = 0;
    while (at as i64) < end {
        let Some((code, bytes)) = decode(s, at, strict) else {
            return Err(invalid(l));
        };
        l.push_integer(code.into());
        at += bytes;
        n += 1;
    }
    Ok(n)
}

/// `utf8.char(...)`
fn char(l: State) -> Fallible<i32> {
    let mut out = Builder::new(l);
    for i in 1..=l.top() {
        let code = l.check_integer(i)?;
        l.arg_check((0..=MAX_CHAR as i64).contains(&code), i, "value out of range")?;
        let mut bytes = [0; 6];
        let n = encode(code as u32, &mut bytes);
        out.add(bytes.get(..n).unwrap_or(&bytes))?;
    }
    out.push()?;
    Ok(1)
}

/// `utf8.offset(s, n [, i])`
fn offset(l: State) -> Fallible<i32> {
    let s = l.check_bytes(1)?;
    let n = l.check_integer(2)?;
    let default = if n >= 0 { 1 } else { s.len() as i64 + 1 };
    let start = relative(l.opt_integer(3, default)?, s.len());
    l.arg_check(1 <= start && start <= s.len() as i64 + 1, 3, OUT_OF.position)?;
    let at = start as usize - 1;
    if n != 0 && continues(s, at) {
        return Err(l.error(&[b"initial position is a continuation byte".into()]));
    }
    let Some(at) = find_offset(s, n, at) else {
        l.push_nil();
        return Ok(1);
    };
    l.push_integer(at as i64 + 1);
    if !OFFSET_RETURNS_END {
        return Ok(1);
    }
    if continues(s, at) {
        return Err(l.error(&[b"initial position is a continuation byte".into()]));
    }
    let mut last = at;
    while s.get(at).is_some_and(|byte| !byte.is_ascii()) && continues(s, last + 1) {
        last += 1;
    }
    l.push_integer(last as i64 + 1);
    Ok(2)
}

/// Where the `n`-th character from position `at` begins.
fn find_offset(s: &[u8], mut n: i64, mut at: usize) -> Option<usize> {
    if n == 0 {
        while at > 0 && continues(s, at) {
            at -= 1;
        }
        return Some(at);
    }
    if n < 0 {
        while n < 0 && at > 0 {
            at -= 1;
            while at > 0 && continues(s, at) {
                at -= 1;
            }
            n += 1;
        }
    } else {
        n -= 1;
        while n > 0 && at < s.len() {
            at += 1;
            while continues(s, at) {
                at += 1;
            }
            n -= 1;
        }
    }
    if n == 0 { Some(at) } else { None }
}

/// `utf8.codes(s [, lax])`
fn codes(l: State) -> Fallible<i32> {
    let lax = l.to_boolean(2);
    let s = l.check_bytes(1)?;
    if UTF8_HAS_LAX_MODE && continues(s, 0) {
        return Err(l.arg_error(1, INVALID));
    }
    l.push_builtin(if lax { &NEXT_LAX } else { &NEXT_STRICT });
    l.push_value(1);
    l.push_integer(0);
    Ok(3)
}

fn next_strict(l: State) -> Fallible<i32> {
    next(l, true)
}

fn next_lax(l: State) -> Fallible<i32> {
    next(l, false)
}

/// The iterator of `codes`: from the position of a character (from 1) to the next and its code.
fn next(l: State, strict: bool) -> Fallible<i32> {
    let s = l.check_bytes(1)?;
    // As an index from 0 this is the byte after the character's first.
    let mut at = l.to_integer(2).unwrap_or(0) as u64 as usize;
    if !UTF8_HAS_LAX_MODE && at as i64 <= 0 {
        at = 0;
    } else if at < s.len() {
        while continues(s, at) {
            at += 1;
        }
    }
    if at >= s.len() {
        return Ok(0);
    }
    match decode(s, at, strict) {
        Some((code, bytes)) if !continues(s, at + bytes) => {
            l.push_integer(at as i64 + 1);
            l.push_integer(code.into());
            Ok(2)
        }
        _ => Err(invalid(l)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        if !UTF8_HAS_LAX_MODE {
            return;
        }
        for code in
            [0, 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x1_0000, 0x10_FFFF, 0x1F_FFFF, 0x20_0000, 0x3FF_FFFF, MAX_CODE]
        {
            let mut bytes = [0; 6];
            let n = encode(code, &mut bytes);
            assert_eq!(decode(&bytes[..n], 0, false), Some((code, n)));
            assert_eq!(decode(&bytes[..n], 0, true).is_some(), code <= MAX_UNICODE);
            assert_eq!(decode(&bytes[..n - 1], 0, false), None);
        }
    }

    #[test]
    fn refusals() {
        for bad in [&b"\xC0\x80"[..], b"\xE0\x80\x80", b"\x80", b"\xFE", b"\xFF", b"\xC2A", b"\xF0\x8F\xBF\xBF"] {
            assert_eq!(decode(bad, 0, false), None);
        }
        assert_eq!(decode(b"\xED\xA0\x80", 0, true).is_none(), UTF8_HAS_LAX_MODE);
        assert_eq!(decode(b"\xED\xA0\x80", 0, false), Some((0xD800, 3)));
    }

    #[test]
    fn offsets() {
        let s = "aé€z".as_bytes();
        assert_eq!(find_offset(s, 3, 0), Some(3));
        assert_eq!(find_offset(s, 5, 0), Some(7));
        assert_eq!(find_offset(s, 6, 0), None);
        assert_eq!(find_offset(s, -2, s.len()), Some(3));
        assert_eq!(find_offset(s, 0, 5), Some(3));
    }
}
