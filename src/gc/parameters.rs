//! The collector's parameters in 5.5: percentages (and one size) by number, coded in a byte each.
//!
//! A byte is a small floating-point number, `mantissa * 2^(exponent - 7)` with four bits each, normalised unless the exponent
//! is zero: so a parameter is only kept to about 3 %.

use crate::object::Global;

/// Numbers of the parameters (`LUA_GCP*`).
pub const MINOR_MULTIPLIER: usize = 0;
pub const MAJOR_MINOR: usize = 1;
pub const MINOR_MAJOR: usize = 2;
pub const PAUSE: usize = 3;
pub const STEP_MULTIPLIER: usize = 4;
pub const STEP_SIZE: usize = 5;

/// What they are at first: percentages, and bytes.
const DEFAULTS: [u32; 6] = [20, 50, 70, 250, 200, 9600];
/// Percentages from here on are all the same to the code.
const MOST: u32 = (0x1F << (0xF - 7 - 1)) * 100;

/// The code of a percentage, rounded up.
pub const fn code(percent: u32) -> u8 {
    if percent >= MOST {
        return 0xFF;
    }
    let scaled = (percent * 128).div_ceil(100);
    if scaled < 0x10 {
        return scaled as u8;
    }
    let shift = 32 - scaled.leading_zeros() - 5;
    ((scaled >> shift) - 0x10) as u8 | ((shift + 1) as u8) << 4
}

/// A coded percentage of `x`, which is not negative; the largest number when that does not fit.
pub const fn apply(code: u8, x: isize) -> isize {
    let (mut mantissa, mut exponent) = ((code & 0xF) as isize, (code >> 4) as i32);
    if exponent > 0 {
        exponent -= 1;
        mantissa += 0x10;
    }
    exponent -= 7;
    let most = isize::MAX / 0x1F;
    if exponent >= 0 {
        return if x < most >> exponent { (x * mantissa) << exponent } else { isize::MAX };
    }
    let shift = -exponent;
    if x < most {
        (x * mantissa) >> shift
    } else if x >> shift < most {
        (x >> shift) * mantissa
    } else {
        isize::MAX
    }
}

/// # Safety
/// `g` is live.
pub unsafe fn set_defaults(g: *mut Global) {
    // SAFETY: `g` is live.
    unsafe { (*g).parameters = DEFAULTS.map(code) }
}

/// Parameter `number` of `x`.
///
/// # Safety
/// `g` is live.
pub unsafe fn of(g: *const Global, number: usize, x: isize) -> isize {
    // SAFETY: `g` is live.
    unsafe { apply((*g).parameters[number % DEFAULTS.len()], x) }
}

/// `LUA_GCPARAM`: returns what the parameter was; sets it unless `value` is negative. -1 for a number that is none.
///
/// # Safety
/// `g` is live.
pub unsafe fn exchange(g: *mut Global, number: i32, value: i32) -> i32 {
    // SAFETY: `g` is live.
    unsafe {
        let Some(parameter) = usize::try_from(number).ok().and_then(|n| (*g).parameters.get_mut(n)) else { return -1 };
        let before = apply(*parameter, 100);
        if value >= 0 {
            *parameter = code(value as u32);
        }
        before as i32
    }
}
