//! `tonumber` and `tostring`.

use crate::object::value::types;
use crate::object::{Fallible, Str};
use crate::stdlib::arguments::argument;
use crate::version::{HAS_INTEGERS, TEXT_ENDS_AT_NUL, TOSTRING_KEEPS_RESULT};
use crate::vm::State;

/// `tonumber(v [, base])`
pub fn tonumber(l: State) -> Fallible<i32> {
    if argument(l, 2).is_some_and(|base| !base.is_nil()) {
        return with_base(l);
    }
    match argument(l, 1) {
        Some(v) if v.is_number() => l.push(v),
        Some(v) if v.is_string() => {
            // SAFETY: the argument is a live string.
            match State::parse_number(unsafe { Str::bytes(v.as_str()) }) {
                Some(number) => l.push(number),
                None => l.push_nil(),
            }
        }
        Some(_) => l.push_nil(),
        None => l.check_any(1)?,
    }
    Ok(1)
}

fn with_base(l: State) -> Fallible<i32> {
    if TEXT_ENDS_AT_NUL {
        return c_with_base(l);
    }
    if !HAS_INTEGERS {
        return float_with_base(l);
    }
    let base = l.check_integer(2)?;
    l.check_type(1, types::STRING)?;
    let text = l.check_bytes(1)?;
    l.arg_check((2..=36).contains(&base), 2, "base out of range")?;
    match integer_in_base(text, base as u32) {
        Some(n) => l.push_integer(n),
        None => l.push_nil(),
    }
    Ok(1)
}

/// As [`with_base`] where numbers are floats: any number is converted to a string, and nothing wraps around.
fn float_with_base(l: State) -> Fallible<i32> {
    let text = l.check_bytes(1)?;
    let base = l.check_integer(2)? as i32;
    l.arg_check((2..=36).contains(&base), 2, "base out of range")?;
    match float_in_base(text, base as u32) {
        Some(n) => l.push_number(n),
        None => l.push_nil(),
    }
    Ok(1)
}

/// As [`with_base`] in 5.1, by the rules of C's `strtoul`; base 10 is no base.
fn c_with_base(l: State) -> Fallible<i32> {
    let base = l.check_integer(2)? as i32;
    if base == 10 {
        l.check_any(1)?;
        match l.to_number(1) {
            Some(n) => l.push_number(n),
            None => l.push_nil(),
        }
        return Ok(1);
    }
    let text = l.check_bytes(1)?;
    l.arg_check((2..=36).contains(&base), 2, "base out of range")?;
    let text = text.split(|&b| b == 0).next().unwrap_or_default();
    match unsigned_in_base(text, base as u32) {
        Some(n) => l.push_number(n as f64),
        None => l.push_nil(),
    }
    Ok(1)
}

/// The number that the text spells: saturating, a minus sign wraps around.
fn unsigned_in_base(text: &[u8], base: u32) -> Option<u64> {
    let (negative, digits) = sign_and_digits(text)?;
    let digits = match digits {
        [b'0', b'x' | b'X', rest @ ..] if base == 16 && !rest.is_empty() => rest,
        digits => digits,
    };
    let mut n = Some(0u64);
    for &digit in digits {
        let digit = (digit as char).to_digit(base)? as u64;
        n = n.and_then(|n| n.checked_mul(base as u64)?.checked_add(digit));
    }
    Some(n.map_or(u64::MAX, |n| if negative { n.wrapping_neg() } else { n }))
}

fn float_in_base(text: &[u8], base: u32) -> Option<f64> {
    let (negative, digits) = sign_and_digits(text)?;
    let mut n = 0.0;
    for &digit in digits {
        n = n * base as f64 + (digit as char).to_digit(base)? as f64;
    }
    Some(if negative { -n } else { n })
}

/// The integer that the whole text spells in `base`, wrapping around like the language's arithmetic.
fn integer_in_base(text: &[u8], base: u32) -> Option<i64> {
    let (negative, digits) = sign_and_digits(text)?;
    let mut n = 0u64;
    for &digit in digits {
        n = n.wrapping_mul(base as u64).wrapping_add((digit as char).to_digit(base)? as u64);
    }
    Some(if negative { n.wrapping_neg() as i64 } else { n as i64 })
}

/// Whether there is a minus sign, and what follows the sign, which is something.
fn sign_and_digits(text: &[u8]) -> Option<(bool, &[u8])> {
    let text = trim(text);
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() { None } else { Some((negative, digits)) }
}

/// The text without C's white space around it.
fn trim(text: &[u8]) -> &[u8] {
    let space = |b: &u8| matches!(b, b' ' | b'\t'..=b'\r');
    let start = text.iter().position(|b| !space(b)).unwrap_or(text.len());
    let end = text.iter().rposition(|b| !space(b)).map_or(start, |last| last + 1);
    &text[start..end]
}

/// `tostring(v)`
pub fn tostring(l: State) -> Fallible<i32> {
    l.check_any(1)?;
    let left = TOSTRING_KEEPS_RESULT && l.has_tostring(l.value(1)) && l.call_meta(1, b"__tostring")?;
    if !left {
        l.tostring(1)?;
    }
    Ok(1)
}
