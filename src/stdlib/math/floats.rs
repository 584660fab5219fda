//! Functions of `math` as they are where all numbers are floats (5.1 and 5.2).

use super::quick;
use crate::library;
use crate::object::Fallible;
use crate::object::number::{real, wrap_unsigned};
use crate::version::{LOG_HAS_BASE, RANDOM_LIMITS_ARE_INTS, SEED_IS_UNSIGNED};
use crate::vm::State;
use core::ffi::c_int;

library! { pub static FUNCTIONS = {
    b"atan" => atan,
    b"atan2" => atan2,
    b"log" => log,
    b"max" => max => quick::Max,
    b"min" => min => quick::Min,
    b"modf" => modf,
    b"random" => random,
    b"randomseed" => random_seed,
} }

/// The largest number that C's generator gives.
const RAND_MAX: c_int = 0x7fff_ffff;

/// `math.atan(x)`
fn atan(l: State) -> Fallible<i32> {
    l.push_number(real::atan(l.check_number(1)?));
    Ok(1)
}

/// `math.atan2(y, x)`
fn atan2(l: State) -> Fallible<i32> {
    // The reference looks at the second argument first.
    let x = l.check_number(2)?;
    let y = l.check_number(1)?;
    l.push_number(real::atan2(y, x));
    Ok(1)
}

/// `math.log(x [, base])`
fn log(l: State) -> Fallible<i32> {
    let x = l.check_number(1)?;
    let y = if !LOG_HAS_BASE || l.is_none_or_nil(2) {
        real::log(x)
    } else {
        let base = l.check_number(2)?;
        if base == 10.0 { real::log10(x) } else { real::log(x) / real::log(base) }
    };
    l.push_number(y);
    Ok(1)
}

/// `math.max(x, ...)`
fn max(l: State) -> Fallible<i32> {
    extreme(l, |best, n| best < n)
}

/// `math.min(x, ...)`
fn min(l: State) -> Fallible<i32> {
    extreme(l, |best, n| n < best)
}

#[inline(always)]
fn extreme(l: State, beaten: impl Fn(f64, f64) -> bool) -> Fallible<i32> {
    let count = l.top();
    let mut best = l.check_number(1)?;
    for arg in 2..=count {
        let n = l.check_number(arg)?;
        if beaten(best, n) {
            best = n;
        }
    }
    l.push_number(best);
    Ok(1)
}

/// `math.modf(x)`: both parts have the sign of `x`.
fn modf(l: State) -> Fallible<i32> {
    let x = l.check_number(1)?;
    let whole = real::trunc(x);
    let fraction = if whole == x { 0.0f64.copysign(x) } else { x - whole };
    l.push_number(whole);
    l.push_number(fraction);
    Ok(2)
}

/// `math.random([m [, n]])`, by C's generator.
fn random(l: State) -> Fallible<i32> {
    // SAFETY: a plain C function.
    let r = (unsafe { libc::rand() } % RAND_MAX) as f64 / RAND_MAX as f64;
    let n = match l.top() {
        0 => r,
        1 => {
            let high = bound(l, 1)?;
            l.arg_check(1.0 <= high, 1, "interval is empty")?;
            real::floor(r * high) + 1.0
        }
        2 => {
            let (low, high) = (bound(l, 1)?, bound(l, 2)?);
            l.arg_check(low <= high, 2, "interval is empty")?;
            real::floor(r * width(low, high)) + low
        }
        _ => return Err(l.error(&[b"wrong number of arguments".into()])),
    };
    l.push_number(n);
    Ok(1)
}

/// A limit of a random number.
fn bound(l: State, arg: i32) -> Fallible<f64> {
    if RANDOM_LIMITS_ARE_INTS { Ok(f64::from(l.check_integer(arg)? as i32)) } else { l.check_number(arg) }
}

/// How many integers lie between two limits.
fn width(low: f64, high: f64) -> f64 {
    let width = high - low + 1.0;
    if RANDOM_LIMITS_ARE_INTS { f64::from(width as i64 as i32) } else { width }
}

/// `math.randomseed(x)`
fn random_seed(l: State) -> Fallible<i32> {
    let seed = if SEED_IS_UNSIGNED { wrap_unsigned(l.check_number(1)?) } else { l.check_integer(1)? as u32 };
    // SAFETY: plain C functions. The first number of a sequence depends too much on the seed.
    unsafe {
        libc::srand(seed);
        libc::rand();
    }
    Ok(0)
}
