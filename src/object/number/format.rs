//! Number to text: integers in decimal, floats as C's `%.14g` (this version's precision).

use super::decimal_point;
use crate::object::Value;
use crate::version;

/// Longest text that [`format`] writes, with room to spare.
pub const MAX_TEXT: usize = 44;

/// Writes a number as `tostring` shows it; returns the length.
pub fn format(v: Value, out: &mut [u8; MAX_TEXT]) -> usize {
    if v.is_integer() { format_integer(v.as_integer(), out) } else { format_float(v.as_float(), out) }
}

/// Writes an integer in decimal; returns the length.
pub fn format_integer(n: i64, out: &mut [u8; MAX_TEXT]) -> usize {
    let mut at = 0;
    if n < 0 {
        out[0] = b'-';
        at = 1;
    }
    at + write_decimal(n.unsigned_abs(), &mut out[at..])
}

/// Writes a float as `tostring` shows it: one that looks like an integer gets a fraction where the language has both.
pub fn format_float(f: f64, out: &mut [u8; MAX_TEXT]) -> usize {
    let mut len = format_general(f, version::FLOAT_DIGITS, out);
    if version::FLOAT_ROUND_TRIPS && f.is_finite() && !reads_back(&out[..len], f) {
        len = format_general(f, 17, out);
    }
    if version::HAS_INTEGERS && out[..len].iter().all(|b| b.is_ascii_digit() || *b == b'-') {
        out[len] = decimal_point();
        out[len + 1] = b'0';
        len += 2;
    }
    len
}

#[cold]
fn reads_back(text: &[u8], f: f64) -> bool {
    super::parse(text).and_then(super::to_float) == Some(f)
}

/// Writes `f` as C's `%.<precision>g`, `1 <= precision <= 17`; returns the length.
pub fn format_general(f: f64, precision: u32, out: &mut [u8; MAX_TEXT]) -> usize {
    let mut at = 0;
    if f.is_sign_negative() {
        out[0] = b'-';
        at = 1;
    }
    let f = f.abs();
    if !f.is_finite() {
        out[at..at + 3].copy_from_slice(if f.is_nan() { b"nan" } else { b"inf" });
        return at + 3;
    }
    if f == 0.0 {
        out[at] = b'0';
        return at + 1;
    }
    match significant(f, precision) {
        Some((digits, exponent)) => at + layout(digits, exponent, precision, &mut out[at..]),
        None => at + by_c_library(f, precision, &mut out[at..]),
    }
}

/// Powers of ten that, times a float's 53 bits, fit 128 bits.
const TENS: [u128; 23] = {
    let mut tens = [1; 23];
    let mut n = 1;
    while n < 23 {
        tens[n] = tens[n - 1] * 10;
        n += 1;
    }
    tens
};

/// The first `precision` significant digits of `f`, as an integer, and the decimal exponent of the first of
/// them. Exact, ties rounded to even; `None` when `f` is out of the range this computes in.
#[inline]
fn significant(f: f64, precision: u32) -> Option<(u64, i32)> {
    if !(1e-9..1e36).contains(&f) {
        return None;
    }
    let bits = f.to_bits();
    let mantissa = (bits & ((1 << 52) - 1)) | 1 << 52;
    let binary = (bits >> 52) as i32 - 1075;
    // The exponent of the power of two below `f`, which is that of `f` or one less. 1233/4096 is log10(2).
    let mut exponent = ((binary + 52) * 1233) >> 12;
    if (0..22).contains(&exponent) && f >= TENS[exponent as usize + 1] as f64 {
        exponent += 1;
    }
    loop {
        let digits = scaled(mantissa, binary, precision as i32 - 1 - exponent)?;
        if (digits as u128) < TENS[precision as usize] {
            return Some((digits, exponent));
        }
        // The exponent was one too low, or the digits were rounded up to the next power of ten.
        exponent += 1;
    }
}

/// `mantissa * 2^binary * 10^decimal`, rounded to an integer, ties to even. `None` when that takes more than 128
/// bits.
#[inline]
fn scaled(mantissa: u64, binary: i32, decimal: i32) -> Option<u64> {
    let ten = *TENS.get(decimal.unsigned_abs() as usize)?;
    let mantissa = mantissa as u128;
    let (whole, below, half) = if decimal >= 0 && binary < 0 {
        let shift = binary.unsigned_abs();
        if shift > 127 {
            return None;
        }
        let product = mantissa * ten;
        ((product >> shift) as u64, product & ((1 << shift) - 1), 1 << (shift - 1))
    } else {
        if !(-52..=74).contains(&binary) || decimal > 0 {
            return None;
        }
        let (over, under) = (mantissa << binary.max(0), ten << (-binary).max(0));
        ((over / under) as u64, (over % under) * 2, under)
    };
    Some(whole + (below > half || (below == half && whole & 1 == 1)) as u64)
}

/// Writes significant digits as `%g` does: without trailing zeros, with an exponent when that is below -4 or not
/// below the precision.
fn layout(mut digits: u64, exponent: i32, precision: u32, out: &mut [u8]) -> usize {
    let mut count = precision as usize;
    while digits.is_multiple_of(10) && count > 1 {
        digits /= 10;
        count -= 1;
    }
    let mut text = [0; 20];
    write_decimal(digits, &mut text);
    let text = &text[..count];
    if exponent < -4 || exponent >= precision as i32 {
        let len = with_point(text, 1, out);
        return len + write_exponent(exponent, &mut out[len..]);
    }
    if exponent < 0 {
        let zeros = -exponent as usize;
        out[..zeros + 1].fill(b'0');
        out[1] = decimal_point();
        out[zeros + 1..][..count].copy_from_slice(text);
        return zeros + 1 + count;
    }
    let whole = exponent as usize + 1;
    if count <= whole {
        out[..count].copy_from_slice(text);
        out[count..whole].fill(b'0');
        return whole;
    }
    with_point(text, whole, out)
}

/// Writes digits with a decimal point after the first `whole`, if there are more.
fn with_point(text: &[u8], whole: usize, out: &mut [u8]) -> usize {
    out[..whole].copy_from_slice(&text[..whole]);
    if text.len() == whole {
        return whole;
    }
    out[whole] = decimal_point();
    out[whole + 1..text.len() + 1].copy_from_slice(&text[whole..]);
    text.len() + 1
}

fn write_exponent(exponent: i32, out: &mut [u8]) -> usize {
    out[0] = b'e';
    out[1] = if exponent < 0 { b'-' } else { b'+' };
    let n = exponent.unsigned_abs();
    let mut at = 2;
    if n < 10 {
        out[at] = b'0';
        at += 1;
    }
    at + write_decimal(n as u64, &mut out[at..])
}

/// The rest of the floats: very large and very small ones.
#[cold]
fn by_c_library(f: f64, precision: u32, out: &mut [u8]) -> usize {
    // SAFETY: at most `out.len()` bytes are written; the format takes an `int` and a `double`.
    let len =
        unsafe { libc::snprintf(out.as_mut_ptr().cast(), out.len(), c"%.*g".as_ptr(), precision as libc::c_int, f) };
    (len.max(0) as usize).min(out.len() - 1)
}

/// Writes `n` in decimal; returns the number of digits (at most 20, which must fit).
fn write_decimal(mut n: u64, out: &mut [u8]) -> usize {
    const PAIRS: [u8; 200] = {
        let mut pairs = [0; 200];
        let mut n = 0;
        while n < 100 {
            pairs[2 * n] = b'0' + (n / 10) as u8;
            pairs[2 * n + 1] = b'0' + (n % 10) as u8;
            n += 1;
        }
        pairs
    };
    let mut buffer = [0; 20];
    let mut at = buffer.len();
    while n >= 100 {
        let pair = (n % 100) as usize * 2;
        n /= 100;
        at -= 2;
        buffer[at..at + 2].copy_from_slice(&PAIRS[pair..pair + 2]);
    }
    if n >= 10 {
        at -= 2;
        buffer[at..at + 2].copy_from_slice(&PAIRS[n as usize * 2..n as usize * 2 + 2]);
    } else {
        at -= 1;
        buffer[at] = b'0' + n as u8;
    }
    let len = buffer.len() - at;
    out[..len].copy_from_slice(&buffer[at..]);
    len
}
