//! `%.nf` of ordinary floats, done with integers.
//!
//! A double is `mantissa · 2^exponent`. For magnitudes below 2^63 and up to [`MAX_PRECISION`] decimals, the scaled
//! value `|x| · 10^n` is computed exactly in 128 bits and rounded half to even, which is what C libraries print in
//! the default rounding mode. Everything else is left to the C library.

use super::integer_text::{Spec, add_number, sign};
use crate::object::{Fallible, number};
use crate::stdlib::builder::{Builder, decimal};

/// Decimals up to which `mantissa · 10^n` (53 + 50 bits) fits 128 bits with room for the exponent.
const MAX_PRECISION: usize = 15;

/// Adds `x` as `%f` with the given specification does; false (and nothing added) if that is for the C library.
pub fn add_fixed(out: &mut Builder, spec: &Spec, x: f64) -> Fallible<bool> {
    let precision = spec.precision.unwrap_or(6);
    if precision > MAX_PRECISION || spec.alternative || number::decimal_point() != b'.' {
        return Ok(false);
    }
    let Some((whole, fraction)) = split(x.abs(), precision) else {
        return Ok(false);
    };
    // The whole part, the point, and the decimals: 20 + 1 + 15 digits at most.
    let mut text = [0; 40];
    let mut digits = [b'0'; 20];
    let first = decimal(whole, &mut digits);
    let mut len = put(&mut text, 0, digits.get(first..));
    if precision > 0 {
        digits = [b'0'; 20];
        decimal(fraction, &mut digits);
        len = put(&mut text, len, Some(b"."));
        len = put(&mut text, len, digits.get(20 - precision..));
    }
    add_number(out, spec, true, sign(spec, x.is_sign_negative()), 0, text.get(..len).unwrap_or(&[]))?;
    Ok(true)
}

/// Copies a part to position `at` and returns the position behind it.
fn put(to: &mut [u8], at: usize, part: Option<&[u8]>) -> usize {
    let part = part.unwrap_or(&[]);
    match to.get_mut(at..at + part.len()) {
        Some(to) => to.copy_from_slice(part),
        None => return at,
    }
    at + part.len()
}

/// The integer part and the first `precision` decimals (as an integer) of `x >= 0`, correctly rounded.
fn split(x: f64, precision: usize) -> Option<(u64, u64)> {
    let bits = x.to_bits();
    let exponent = (bits >> 52) as i32;
    // At least 2^63, infinite or NaN; or so small that the shift below would be too long.
    if !(1023 - 60..1023 + 63).contains(&exponent) {
        return if x == 0.0 { Some((0, 0)) } else { None };
    }
    let mantissa = (bits & ((1 << 52) - 1)) | 1 << 52;
    let scale = 10u64.pow(precision as u32);
    let shift = exponent - 1023 - 52;
    if shift >= 0 {
        // An integer: at most 10 bits to the left.
        return Some((mantissa << shift, 0));
    }
    // At most 112 bits; `scaled >> right` is `x · 10^precision`.
    let right = -shift as u32;
    let scaled = mantissa as u128 * scale as u128;
    let (quotient, rest) = (scaled >> right, scaled & ((1 << right) - 1));
    let half = 1u128 << (right - 1);
    let up = rest > half || (rest == half && quotient & 1 == 1);
    let rounded = quotient + up as u128;
    // `rounded` is below 2^53 · 10^15; dividing by a constant-sized power keeps it in 64 bits each.
    if let Ok(small) = u64::try_from(rounded) {
        return Some((small / scale, small % scale));
    }
    Some(((rounded / scale as u128) as u64, (rounded % scale as u128) as u64))
}

#[cfg(test)]
#[allow(clippy::disallowed_macros, clippy::disallowed_types)]
mod tests {
    use super::split;

    fn check(x: f64, precision: usize) {
        if let Some((whole, fraction)) = split(x, precision) {
            let got = if precision == 0 { format!("{whole}") } else { format!("{whole}.{fraction:0precision$}") };
            assert_eq!(got, format!("{x:.precision$}"));
        }
    }

    #[test]
    fn agrees_with_exact_formatting() {
        for precision in 0..=15 {
            for x in [0.0, 0.5, 1.5, 2.5, 0.125, 0.375, 1e-3, 0.05, 0.15, 9.995, 999.9999999, 123456.789, 1e15, 9.2e18]
            {
                check(x, precision);
            }
            let mut bits = 0x3ff0_0000_0000_0000u64;
            for _ in 0..20000 {
                bits = bits.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                // Magnitudes from 2^-60 to 2^62.
                let exponent = 963 + (bits >> 52) % 123;
                check(f64::from_bits(bits & ((1 << 52) - 1) | exponent << 52), precision);
            }
        }
    }
}
