//! The C library's functions of real numbers. They are called rather than computed here, so that results are the same to
//! the last bit as in other programs that use them.

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
    floor(x) = "floor";
    ceil(x) = "ceil";
    trunc(x) = "trunc";
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
