//! Numbers: conversions between integers, floats and text, and the arithmetic that is not one machine
//! instruction. All of it is pure; errors (division by zero) are the caller's.

mod format;
mod parse;
pub mod real;

#[cfg(test)]
mod tests;

pub use format::{MAX_TEXT, format, format_general};
pub use parse::parse;

use super::value::{Value, tag};
use crate::version;

/// 2^63: the first float above all integers.
const TWO_63: f64 = 9_223_372_036_854_775_808.0;

/// The byte that the C library writes and reads between the whole and the fractional part, in the current
/// locale.
pub fn decimal_point() -> u8 {
    if cfg!(miri) {
        return b'.';
    }
    // SAFETY: the result is a NUL-terminated string, read before anybody can change the locale.
    unsafe {
        let point = libc::nl_langinfo(libc::RADIXCHAR);
        if point.is_null() || *point == 0 { b'.' } else { *point as u8 }
    }
}

// ---- conversions

/// The integer with exactly this value, if there is one.
#[inline]
pub fn float_to_integer(f: f64) -> Option<i64> {
    // Both bounds are exact doubles; the comparison also refuses NaN.
    if !(-TWO_63..TWO_63).contains(&f) {
        return None;
    }
    // SAFETY: in range.
    let i = unsafe { f.to_int_unchecked::<i64>() };
    if i as f64 == f { Some(i) } else { None }
}

/// The largest integer not above `f`, if it is in range.
#[inline]
pub fn float_to_integer_floor(f: f64) -> Option<i64> {
    if (-TWO_63..TWO_63).contains(&f) {
        let i = f as i64;
        // Truncation went up for negative fractions; those are far from the lower bound.
        Some(if (i as f64) > f { i - 1 } else { i })
    } else {
        None
    }
}

/// The smallest integer not below `f`, if it is in range.
#[inline]
pub fn float_to_integer_ceil(f: f64) -> Option<i64> {
    if (-TWO_63..TWO_63).contains(&f) {
        let i = f as i64;
        // Floats with fractions are far below the upper bound.
        Some(if (i as f64) < f { i + 1 } else { i })
    } else {
        None
    }
}

/// An integer as a float. The instruction for it leaves the upper half of its register as it was, and so waits for
/// whatever the caller computed there last; clearing the register first makes it independent.
#[inline(always)]
pub fn from_integer(n: i64) -> f64 {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    {
        let f: f64;
        // SAFETY: every such processor has SSE2; nothing but the output is written.
        unsafe {
            core::arch::asm!("xorps {f}, {f}", "cvtsi2sd {f}, {n}", f = out(xmm_reg) f, n = in(reg) n,
                options(pure, nomem, nostack, preserves_flags));
        }
        f
    }
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    {
        n as f64
    }
}

/// A number as C code of versions without integers gets it: without its fraction, and the smallest integer for what is out
/// of range.
#[inline(always)]
pub fn truncate(f: f64) -> i64 {
    // One instruction of these processors does just that.
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: every such processor has SSE2.
    unsafe {
        use core::arch::x86_64::{_mm_cvttsd_si64, _mm_set_sd};
        _mm_cvttsd_si64(_mm_set_sd(f))
    }
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    // SAFETY: in range.
    if (-TWO_63..TWO_63).contains(&f) { unsafe { f.to_int_unchecked() } } else { i64::MIN }
}

/// A number as `lua_Unsigned` of versions without integers: rounded to the nearest whole number, modulo 2^32.
#[inline]
pub fn wrap_unsigned(f: f64) -> u32 {
    // 2^52 + 2^51 moves the whole part into the low bits of the mantissa. It is the C library's way, which shows beyond 2^51.
    (f + 6_755_399_441_055_744.0).to_bits() as u32
}

/// The integer that a number is, without coercing strings (`lua_tointegerx` on a number).
#[inline]
pub fn to_integer(v: Value) -> Option<i64> {
    match v.tag {
        tag::INTEGER => Some(v.as_integer()),
        tag::FLOAT => float_to_integer(v.as_float()),
        _ => None,
    }
}

/// A number as a float, without coercing strings.
#[inline]
pub fn to_float(v: Value) -> Option<f64> {
    match v.tag {
        tag::FLOAT => Some(v.as_float()),
        tag::INTEGER => Some(v.as_integer() as f64),
        _ => None,
    }
}

// ---- arithmetic

/// `a // b` for integers, rounding down; `b != 0`. The quotient of the smallest integer by -1 wraps around.
#[inline]
pub fn int_idiv(a: i64, b: i64) -> i64 {
    if b == -1 {
        return a.wrapping_neg();
    }
    debug_assert!(b != 0);
    let quotient = a.wrapping_div(b);
    if (a ^ b) < 0 && quotient.wrapping_mul(b) != a { quotient - 1 } else { quotient }
}

/// `a % b` for integers, with the sign of `b`; `b != 0`.
#[inline]
pub fn int_mod(a: i64, b: i64) -> i64 {
    if b == -1 {
        return 0;
    }
    debug_assert!(b != 0);
    let rest = a.wrapping_rem(b);
    if rest != 0 && (rest ^ b) < 0 { rest + b } else { rest }
}

/// `a % b` for floats.
#[inline]
pub fn float_mod(a: f64, b: f64) -> f64 {
    if let Some(rest) = quick_float_mod(a, b) {
        return rest;
    }
    if !version::FLOAT_MOD_IS_EXACT {
        return a - real::floor(a / b) * b;
    }
    floored(a % b, b)
}

/// A remainder that has the dividend's sign gets the divisor's.
#[inline(always)]
fn floored(rest: f64, divisor: f64) -> f64 {
    if (rest > 0.0 && divisor < 0.0) || (rest < 0.0 && divisor > 0.0) { rest + divisor } else { rest }
}

/// `a % b` for floats where that takes no function of the C library, which is slow.
#[inline(always)]
pub fn quick_float_mod(a: f64, b: f64) -> Option<f64> {
    if !version::FLOAT_MOD_IS_EXACT {
        return inexact_mod(a, b);
    }
    let (dividend, divisor) = (a.abs(), b.abs());
    if dividend < divisor {
        return Some(floored(a, b));
    }
    // Neither of the two can be NaN, nor the divisor infinite.
    if !(divisor >= 1.0 && dividend < TWO_63) {
        return None;
    }
    // SAFETY: both are below 2^63.
    let (whole, integer) =
        unsafe { (dividend.to_int_unchecked::<i64>() as u64, divisor.to_int_unchecked::<i64>() as u64) };
    // The divisor is not zero; the optimiser is to know, too.
    if integer == 0 || integer as i64 as f64 != divisor {
        return None;
    }
    // The dividend's fraction is exact, and so is the sum, which has no more digits than the dividend.
    let rest = (whole % integer) as i64 as f64 + (dividend - whole as i64 as f64);
    Some(floored(rest.copysign(a), b))
}

/// The same where the remainder comes from the rounded quotient, if that is neither zero nor very large.
#[inline(always)]
fn inexact_mod(a: f64, b: f64) -> Option<f64> {
    const LARGE: u64 = 4_503_599_627_370_496.0f64.to_bits();
    let quotient = a / b;
    let magnitude = quotient.to_bits() & !(1 << 63);
    if magnitude.wrapping_sub(1) >= LARGE - 1 {
        return None;
    }
    // SAFETY: the number is in the range of the integers.
    let whole = unsafe { quotient.to_int_unchecked::<i64>() } as f64;
    let floor = if whole > quotient { whole - 1.0 } else { whole };
    Some(a - floor * b)
}

/// `a // b` for floats.
#[inline]
pub fn float_idiv(a: f64, b: f64) -> f64 {
    real::floor(a / b)
}

/// As [`float_idiv`]: it is always quick.
#[inline(always)]
pub fn quick_float_idiv(a: f64, b: f64) -> Option<f64> {
    Some(float_idiv(a, b))
}

/// `a ^ b`.
#[inline]
pub fn float_pow(a: f64, b: f64) -> f64 {
    if b == 2.0 { a * a } else { real::pow(a, b) }
}

/// `x << n`; a negative `n` shifts right (without sign), 64 and more give zero.
#[inline]
pub fn shift_left(x: i64, n: i64) -> i64 {
    if (0..64).contains(&n) {
        x << n
    } else if (-63..0).contains(&n) {
        (x as u64 >> -n) as i64
    } else {
        0
    }
}

/// `x >> n`; a negative `n` shifts left.
#[inline]
pub fn shift_right(x: i64, n: i64) -> i64 {
    shift_left(x, n.wrapping_neg())
}

// ---- comparisons of integers with floats, exact for all magnitudes; false with NaN

/// Every integer in this range has an exact float.
#[inline(always)]
fn is_exact(i: i64) -> bool {
    const LIMIT: i64 = 1 << 53;
    (-LIMIT..=LIMIT).contains(&i)
}

/// Whether an integer and a float are mathematically equal.
#[inline]
pub fn integer_equals_float(i: i64, f: f64) -> bool {
    float_to_integer(f) == Some(i)
}

/// `i < f`
#[inline]
pub fn int_lt_float(i: i64, f: f64) -> bool {
    if is_exact(i) {
        return (i as f64) < f;
    }
    // i < f is i < ceil(f); a float beyond the integers decides alone.
    match float_to_integer_ceil(f) {
        Some(bound) => i < bound,
        None => f > 0.0,
    }
}

/// `i <= f`
#[inline]
pub fn int_le_float(i: i64, f: f64) -> bool {
    if is_exact(i) {
        return i as f64 <= f;
    }
    match float_to_integer_floor(f) {
        Some(bound) => i <= bound,
        None => f > 0.0,
    }
}

/// `f < i`
#[inline]
pub fn float_lt_int(f: f64, i: i64) -> bool {
    if is_exact(i) {
        return f < i as f64;
    }
    match float_to_integer_floor(f) {
        Some(bound) => bound < i,
        None => f < 0.0,
    }
}

/// `f <= i`
#[inline]
pub fn float_le_int(f: f64, i: i64) -> bool {
    if is_exact(i) {
        return f <= i as f64;
    }
    match float_to_integer_ceil(f) {
        Some(bound) => bound <= i,
        None => f < 0.0,
    }
}

/// `a < b` for two numbers.
#[inline]
pub fn less_than(a: Value, b: Value) -> bool {
    debug_assert!(a.is_number() && b.is_number());
    match (a.is_integer(), b.is_integer()) {
        (true, true) => a.as_integer() < b.as_integer(),
        (false, false) => a.as_float() < b.as_float(),
        (true, false) => int_lt_float(a.as_integer(), b.as_float()),
        (false, true) => float_lt_int(a.as_float(), b.as_integer()),
    }
}
