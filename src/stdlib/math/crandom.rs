//! `math.random` and `math.randomseed` of 5.3: C's generator, which the whole process shares.

use crate::library;
use crate::object::Fallible;
use crate::vm::State;
use core::ffi::c_uint;

library! { pub static FUNCTIONS = {
    b"random" => random,
    b"randomseed" => random_seed,
} }

/// The largest number that C's generator gives.
const RAND_MAX: f64 = 2_147_483_647.0;

/// C's conversion to an integer as x86-64 does it: what does not fit is the smallest integer.
fn truncate(n: f64) -> i64 {
    const BOUND: f64 = 9_223_372_036_854_775_808.0;
    if (-BOUND..BOUND).contains(&n) { n as i64 } else { i64::MIN }
}

/// `math.random([m [, n]])`
fn random(l: State) -> Fallible<i32> {
    // SAFETY: no requirements.
    let chance = unsafe { libc::rand() } as f64 * (1.0 / (RAND_MAX + 1.0));
    let (low, high) = match l.top() {
        0 => {
            l.push_number(chance);
            return Ok(1);
        }
        1 => (1, l.check_integer(1)?),
        2 => (l.check_integer(1)?, l.check_integer(2)?),
        _ => return Err(l.error(&[b"wrong number of arguments".into()])),
    };
    l.arg_check(low <= high, 1, "interval is empty")?;
    l.arg_check(high.checked_sub(low).is_some(), 1, "interval too large")?;
    let offset = truncate(chance * (high.wrapping_sub(low) as f64 + 1.0));
    l.push_integer(low.wrapping_add(offset));
    Ok(1)
}

/// `math.randomseed(x)`
fn random_seed(l: State) -> Fallible<i32> {
    let seed = truncate(l.check_number(1)?) as c_uint;
    // SAFETY: no requirements. The first number is not used, as it depends too plainly on the seed.
    unsafe {
        libc::srand(seed);
        libc::rand();
    }
    Ok(0)
}
