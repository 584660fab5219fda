//! Functions of real numbers. What is not exact comes from the C library, so that results are the same to the last bit as in
//! other programs that use it.

macro_rules! functions {
    ($($name:ident($($x:ident),+) = $c:literal;)+) => {
        mod c {
            unsafe extern "C" {
                $(#[link_name = $c] pub safe fn $name($($x: f64),+) -> f64;)+
            }
        }
        $(
            /// The C library's function of this name.
            #[inline(always)]
            pub fn $name($($x: f64),+) -> f64 {
                c::$name($($x),+)
            }
        )+
    };
}

functions! {
    pow(x, y) = "pow";
    exp(x) = "exp";
    log(x) = "log";
    log2(x) = "log2";
    log10(x) = "log10";
    sin(x) = "sin";
    cos(x) = "cos";
    tan(x) = "tan";
    asin(x) = "asin";
    acos(x) = "acos";
    atan(x) = "atan";
    atan2(y, x) = "atan2";
    sinh(x) = "sinh";
    cosh(x) = "cosh";
    tanh(x) = "tanh";
}

/// The square root, one instruction.
#[cfg(all(target_arch = "x86_64", not(miri)))]
#[inline(always)]
pub fn sqrt(x: f64) -> f64 {
    use core::arch::x86_64::{_mm_cvtsd_f64, _mm_set_sd, _mm_sqrt_sd};
    // SAFETY: every such processor has these instructions.
    unsafe { _mm_cvtsd_f64(_mm_sqrt_sd(_mm_set_sd(x), _mm_set_sd(x))) }
}

/// The square root.
#[cfg(not(all(target_arch = "x86_64", not(miri))))]
#[inline(always)]
pub fn sqrt(x: f64) -> f64 {
    unsafe extern "C" {
        #[link_name = "sqrt"]
        safe fn c_sqrt(x: f64) -> f64;
    }
    c_sqrt(x)
}

/// From here on all floats are integral.
const INTEGRAL: f64 = 4_503_599_627_370_496.0;

/// `x` without its fraction, given a correction for one that is not integral; the sign stays, of zero, too.
#[inline(always)]
fn rounded(x: f64, correct: impl Fn(f64) -> f64) -> f64 {
    if x.abs() < INTEGRAL {
        // SAFETY: neither NaN nor out of range.
        let whole = unsafe { x.to_int_unchecked::<i64>() } as f64;
        correct(whole).copysign(x)
    } else {
        x
    }
}

/// The largest integral float that is not above `x`.
#[inline(always)]
pub fn floor(x: f64) -> f64 {
    rounded(x, |whole| if whole > x { whole - 1.0 } else { whole })
}

/// The smallest integral float that is not below `x`.
#[inline(always)]
pub fn ceil(x: f64) -> f64 {
    rounded(x, |whole| if whole < x { whole + 1.0 } else { whole })
}

/// `x` rounded towards zero.
#[inline(always)]
pub fn trunc(x: f64) -> f64 {
    rounded(x, |whole| whole)
}
