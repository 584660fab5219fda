//! Text to number (manual §3.1, §3.4.3).
//!
//! The syntax is that of C's `strtod` and of Lua's integers, surrounded by spaces. The decimal point may be a dot or
//! the locale's. Conversion rounds correctly, hexadecimal numerals included.

use super::decimal_point;
use crate::object::Value;
use crate::version;
use crate::version::TEXT_ENDS_AT_NUL;

/// A numeral with a dot may be this long in a locale with another decimal point.
const MAX_LOCALISED: usize = 200;

/// The number that `bytes` spells, or `None` when something else is in there.
pub fn parse(bytes: &[u8]) -> Option<Value> {
    let end = if TEXT_ENDS_AT_NUL { bytes.iter().position(|&b| b == 0) } else { None };
    let bytes = &bytes[..end.unwrap_or(bytes.len())];
    let text = trim(bytes);
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if let [b'0', b'x' | b'X', rest @ ..] = digits {
        return hexadecimal(rest, negative, bytes.len());
    }
    if version::HAS_INTEGERS
        && let Some(n) = decimal_integer(digits, negative)
    {
        return Some(Value::integer(n));
    }
    let f = match decimal_float(digits, bytes.len()) {
        Some(f) => f,
        None if version::ACCEPTS_INF_AND_NAN => special(digits)?,
        None => return None,
    };
    Some(Value::float(if negative { -f } else { f }))
}

fn is_space(b: &u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | 0x0B | 0x0C | b'\r')
}

fn trim(mut text: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = text
        && is_space(first)
    {
        text = rest;
    }
    while let [rest @ .., last] = text
        && is_space(last)
    {
        text = rest;
    }
    text
}

/// A decimal numeral without sign that fits an integer (with its sign).
fn decimal_integer(digits: &[u8], negative: bool) -> Option<i64> {
    if digits.is_empty() {
        return None;
    }
    let mut n = 0u64;
    for b in digits {
        let digit = b.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        n = n.checked_mul(10)?.checked_add(digit as u64)?;
    }
    if n > i64::MAX as u64 + negative as u64 {
        return None;
    }
    Some(if negative { (n as i64).wrapping_neg() } else { n as i64 })
}

/// Splits the part before an exponent mark from the exponent's value (0 without one).
fn exponent(text: &[u8], marks: [u8; 2]) -> Option<(&[u8], i64)> {
    let Some(at) = text.iter().position(|b| marks.contains(b)) else {
        return Some((text, 0));
    };
    let (mantissa, rest) = (&text[..at], &text[at + 1..]);
    let (negative, digits) = match rest {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, rest),
    };
    if digits.is_empty() {
        return None;
    }
    let mut n = 0i64;
    for b in digits {
        let digit = b.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        // Anything this large is decided, however long the mantissa.
        n = (n * 10 + digit as i64).min(1 << 56);
    }
    Some((mantissa, if negative { -n } else { n }))
}

/// Where the decimal point of a mantissa is, in whichever spelling is allowed. `whole` is the length of the text
/// that the numeral came in.
fn point_position(mantissa: &[u8], whole: usize) -> Option<usize> {
    let plain = mantissa.iter().position(|b| *b == b'.');
    let odd = mantissa.iter().position(|b| !b.is_ascii_hexdigit())?;
    let point = decimal_point();
    if mantissa[odd] == point || (plain == Some(odd) && whole <= MAX_LOCALISED) { Some(odd) } else { None }
}

/// Splits a mantissa at its decimal point. `None` when there is no digit, or anything else.
fn halves(mantissa: &[u8], whole: usize, is_digit: fn(&u8) -> bool) -> Option<(&[u8], &[u8])> {
    if mantissa.iter().all(is_digit) {
        return if mantissa.is_empty() { None } else { Some((mantissa, &[])) };
    }
    let at = point_position(mantissa, whole)?;
    let (before, after) = (&mantissa[..at], &mantissa[at + 1..]);
    let valid = before.len() + after.len() > 0 && before.iter().all(is_digit) && after.iter().all(is_digit);
    if valid { Some((before, after)) } else { None }
}

/// A decimal float without sign.
fn decimal_float(text: &[u8], whole: usize) -> Option<f64> {
    let (mantissa, _) = exponent(text, *b"eE")?;
    let (before, _) = halves(mantissa, whole, u8::is_ascii_digit)?;
    if before.len() < mantissa.len() && mantissa[before.len()] != b'.' {
        // The conversion below knows only the dot.
        let mut buffer = [0; 1024];
        let copy = buffer.get_mut(..text.len())?;
        copy.copy_from_slice(text);
        copy[before.len()] = b'.';
        return core::str::from_utf8(copy).ok()?.parse().ok();
    }
    core::str::from_utf8(text).ok()?.parse().ok()
}

/// "inf", "infinity" and "nan" in any case, where the C library's reader is not kept from them.
fn special(text: &[u8]) -> Option<f64> {
    if text.eq_ignore_ascii_case(b"inf") || text.eq_ignore_ascii_case(b"infinity") {
        Some(f64::INFINITY)
    } else if text.eq_ignore_ascii_case(b"nan") {
        Some(f64::NAN)
    } else {
        None
    }
}

/// What follows `0x`: an integer that wraps around, or a float when there is a point or an exponent.
fn hexadecimal(text: &[u8], negative: bool, whole: usize) -> Option<Value> {
    if version::HAS_INTEGERS && !text.is_empty() && text.iter().all(u8::is_ascii_hexdigit) {
        let n = text.iter().fold(0u64, |n, b| (n << 4) | hex_digit(*b));
        return Some(Value::integer(if negative { (n as i64).wrapping_neg() } else { n as i64 }));
    }
    let (mantissa, binary_exponent) = exponent(text, *b"pP")?;
    let (before, after) = halves(mantissa, whole, u8::is_ascii_hexdigit)?;
    let f = hexadecimal_float(before, after, binary_exponent);
    Some(Value::float(if negative { -f } else { f }))
}

fn hex_digit(b: u8) -> u64 {
    (if b.is_ascii_digit() { b - b'0' } else { (b | 0x20) - b'a' + 10 }) as u64
}

/// `0x<before>.<after>p<exponent>`, rounded to the nearest float (ties to even).
fn hexadecimal_float(before: &[u8], after: &[u8], exponent: i64) -> f64 {
    let mut mantissa = 0u64;
    // Whether a digit that did not fit was not zero; `scale` is the weight of the mantissa's last bit.
    let mut rest = false;
    let mut scale = exponent;
    for (n, b) in before.iter().chain(after).enumerate() {
        let digit = hex_digit(*b);
        if mantissa >> 60 == 0 {
            mantissa = mantissa << 4 | digit;
        } else {
            rest |= digit != 0;
            scale += 4;
        }
        if n >= before.len() {
            scale -= 4;
        }
    }
    if mantissa == 0 {
        return 0.0;
    }
    let shift = mantissa.leading_zeros();
    let mantissa = mantissa << shift;
    // The value is 1.xxx * 2^top.
    let top = scale - shift as i64 + 63;
    if top > 1023 {
        return f64::INFINITY;
    }
    // A subnormal has fewer bits, one less for each power of two below the smallest normal.
    let dropped = 11 + (-1022 - top).max(0);
    if dropped > 64 {
        return 0.0;
    }
    let wide = mantissa as u128;
    let kept = (wide >> dropped) as u64;
    let half = 1u128 << (dropped - 1);
    let below = wide & ((1 << dropped) - 1);
    let up = below > half || (below == half && (rest || kept & 1 == 1));
    // Adding the mantissa with its leading bit increments the exponent field, and so does a carry out of it.
    let exponent_field = ((top + 1022).max(0) as u64) << 52;
    f64::from_bits(exponent_field + kept + up as u64)
}
