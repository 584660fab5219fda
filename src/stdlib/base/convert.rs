//! `tonumber` and `tostring`.

use crate::object::value::types;
use crate::object::{Fallible, Str};
use crate::stdlib::arguments::argument;
use crate::version::HAS_INTEGERS;
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
    l.tostring(1)?;
    Ok(1)
}
