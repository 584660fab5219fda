//! The library `math` (manual §6.7).
//!
//! Functions of the C library are called for what the hardware does not do in one instruction, so that results are
//! the same to the last bit.

mod compat;
mod crandom;
mod floats;
mod quick;
mod random;

#[cfg(feature = "lua51")]
use super::order;
use crate::object::number::{float_to_integer, real};
use crate::object::value::types;
use crate::object::{Fallible, Value, tag};
use crate::vm::State;
use crate::{builtin, library, version};
use core::f64::consts::PI;

library! { static FUNCTIONS = {
    b"abs" => abs => quick::Abs,
    b"acos" => acos,
    b"asin" => asin,
    b"atan" => atan,
    b"ceil" => ceil => quick::Ceil,
    b"cos" => cos => quick::Cos,
    b"deg" => deg,
    b"exp" => exp => quick::Exp,
    b"floor" => floor => quick::Floor,
    b"fmod" => fmod,
    b"log" => log,
    b"max" => max => quick::Max,
    b"min" => min => quick::Min,
    b"modf" => modf,
    b"rad" => rad,
    b"sin" => sin => quick::Sin,
    b"sqrt" => sqrt => quick::Sqrt,
    b"tan" => tan,
} }

library! { static INTEGER_FUNCTIONS = {
    b"tointeger" => to_integer => quick::ToInteger,
    b"type" => type_,
    b"ult" => ult => quick::Ult,
} }

builtin!(pub static OPEN = open);

/// `luaopen_math`
fn open(l: State) -> Fallible<i32> {
    #[cfg(feature = "lua51")]
    order::enter_library(l, b"math", order::MATH)?;
    l.new_library(b"math", FUNCTIONS)?;
    l.set_functions(compat::EXPONENTS, 0)?;
    if version::HAS_OLD_MATH {
        l.set_functions(compat::FUNCTIONS, 0)?;
    }
    l.push_number(PI);
    l.set_field(-2, b"pi")?;
    l.push_number(f64::INFINITY);
    l.set_field(-2, b"huge")?;
    if version::HAS_INTEGERS {
        l.set_functions(INTEGER_FUNCTIONS, 0)?;
        l.push_integer(i64::MAX);
        l.set_field(-2, b"maxinteger")?;
        l.push_integer(i64::MIN);
        l.set_field(-2, b"mininteger")?;
        if version::HAS_OLD_MATH {
            // The same function, as scripts can tell.
            l.get_field(-1, b"atan")?;
            l.set_field(-2, b"atan2")?;
        }
        if version::RANDOM_IS_XOSHIRO { random::open(l)? } else { l.set_functions(crandom::FUNCTIONS, 0)? }
    } else {
        l.set_functions(floats::FUNCTIONS, 0)?;
    }
    #[cfg(feature = "lua51")]
    {
        l.get_field(-1, b"fmod")?;
        l.set_field(-2, b"mod")?;
    }
    Ok(1)
}

/// A function from float to float.
macro_rules! float_functions {
    ($( $(#[$doc:meta])* $name:ident = $f:expr; )*) => { $(
        $(#[$doc])*
        fn $name(l: State) -> Fallible<i32> {
            let f: fn(f64) -> f64 = $f;
            l.push_number(f(l.check_number(1)?));
            Ok(1)
        }
    )* };
}

float_functions! {
    /// `math.sin(x)`
    sin = real::sin;
    /// `math.cos(x)`
    cos = real::cos;
    /// `math.tan(x)`
    tan = real::tan;
    /// `math.asin(x)`
    asin = real::asin;
    /// `math.acos(x)`
    acos = real::acos;
    /// `math.sqrt(x)`
    sqrt = real::sqrt;
    /// `math.exp(x)`
    exp = real::exp;
    /// `math.deg(x)`
    deg = |x| x * (180.0 / PI);
    /// `math.rad(x)`
    rad = |x| x * (PI / 180.0);
}

/// `math.atan(y [, x])`
fn atan(l: State) -> Fallible<i32> {
    let y = l.check_number(1)?;
    let x = l.opt_number(2, 1.0)?;
    l.push_number(real::atan2(y, x));
    Ok(1)
}

/// `math.abs(x)`: the minimum integer wraps around to itself.
fn abs(l: State) -> Fallible<i32> {
    let v = l.value(1);
    if v.is_integer() {
        l.push_integer(v.as_integer().wrapping_abs());
    } else {
        l.push_number(l.check_number(1)?.abs());
    }
    Ok(1)
}

/// Pushes a float with an integral value, as an integer if it fits.
#[inline(always)]
fn push_integral(l: State, f: f64) {
    l.push(integral(f));
}

/// A float with an integral value, as an integer if it fits.
#[inline(always)]
fn integral(f: f64) -> Value {
    match float_to_integer(f) {
        Some(n) if version::HAS_INTEGERS => Value::integer(n),
        _ => Value::float(f),
    }
}

/// Magnitudes from here on are integral, and conversion to an integer may overflow.
const INTEGRAL: f64 = 4_503_599_627_370_496.0;

/// `math.floor(x)`
fn floor(l: State) -> Fallible<i32> {
    round(l, integer_below, real::floor)
}

/// `math.ceil(x)`
fn ceil(l: State) -> Fallible<i32> {
    round(l, integer_above, real::ceil)
}

/// Rounds the first argument, below [`INTEGRAL`] by the first function.
fn round(l: State, to_integer: fn(f64) -> i64, to_float: fn(f64) -> f64) -> Fallible<i32> {
    let v = l.value(1);
    if v.is_integer() {
        l.push(v);
        return Ok(1);
    }
    let f = l.check_number(1)?;
    if version::HAS_INTEGERS && f.abs() < INTEGRAL {
        l.push_integer(to_integer(f));
    } else {
        push_integral(l, to_float(f));
    }
    Ok(1)
}

/// The largest integer that is not above `f`, whose magnitude is below [`INTEGRAL`].
#[inline(always)]
fn integer_below(f: f64) -> i64 {
    let n = f as i64;
    n - (n as f64 > f) as i64
}

/// The smallest integer that is not below `f`, whose magnitude is below [`INTEGRAL`].
#[inline(always)]
fn integer_above(f: f64) -> i64 {
    let n = f as i64;
    n + ((n as f64) < f) as i64
}

/// `math.fmod(x, y)`
fn fmod(l: State) -> Fallible<i32> {
    let (a, b) = (l.value(1), l.value(2));
    if a.is_integer() && b.is_integer() {
        l.arg_check(b.as_integer() != 0, 2, "zero")?;
        l.push_integer(a.as_integer().wrapping_rem(b.as_integer()));
    } else {
        // The reference looks at the second argument first.
        let y = l.check_number(2)?;
        let x = l.check_number(1)?;
        l.push_number(x % y);
    }
    Ok(1)
}

/// `math.modf(x)`
fn modf(l: State) -> Fallible<i32> {
    let v = l.value(1);
    if v.is_integer() {
        l.push(v);
        l.push_number(0.0);
        return Ok(2);
    }
    let f = l.check_number(1)?;
    let whole = real::trunc(f);
    push_integral(l, whole);
    // Infinities have no fractional part.
    l.push_number(if f == whole { 0.0 } else { f - whole });
    Ok(2)
}

/// `math.log(x [, base])`
fn log(l: State) -> Fallible<i32> {
    let x = l.check_number(1)?;
    let y = if l.is_none_or_nil(2) {
        real::log(x)
    } else {
        let base = l.check_number(2)?;
        if base == 2.0 {
            real::log2(x)
        } else if base == 10.0 {
            real::log10(x)
        } else {
            real::log(x) / real::log(base)
        }
    };
    l.push_number(y);
    Ok(1)
}

/// `a < b` of two numbers without leaving this file, or of anything else by the general comparison.
#[inline(always)]
fn less(l: State, a: i32, b: i32) -> Fallible<bool> {
    let (x, y) = (l.value(a), l.value(b));
    match (x.tag, y.tag) {
        (tag::INTEGER, tag::INTEGER) => Ok(x.as_integer() < y.as_integer()),
        (tag::FLOAT, tag::FLOAT) => Ok(x.as_float() < y.as_float()),
        _ => l.less_than(a, b),
    }
}

/// `math.min(x, ...)`
fn min(l: State) -> Fallible<i32> {
    let best = extreme(l, |l, best, i| less(l, i, best))?;
    l.push(best);
    Ok(1)
}

/// `math.max(x, ...)`
fn max(l: State) -> Fallible<i32> {
    let best = extreme(l, less)?;
    l.push(best);
    Ok(1)
}

/// The first argument of those that no other one beats.
#[inline(always)]
fn extreme(l: State, beaten: impl Fn(State, i32, i32) -> Fallible<bool>) -> Fallible<Value> {
    let n = l.top();
    if n < 1 {
        return Err(l.arg_error(1, b"value expected"));
    }
    let mut best = 1;
    for i in 2..=n {
        if beaten(l, best, i)? {
            best = i;
        }
    }
    Ok(l.value(best))
}

/// `math.tointeger(x)`: fail for what is not convertible.
fn to_integer(l: State) -> Fallible<i32> {
    match l.to_integer(1) {
        Some(n) => l.push_integer(n),
        None => {
            l.check_any(1)?;
            l.push_nil();
        }
    }
    Ok(1)
}

/// `math.type(x)`
fn type_(l: State) -> Fallible<i32> {
    let v = l.value(1);
    if v.type_code() == types::NUMBER {
        l.push_bytes(if v.is_integer() { b"integer" } else { b"float" })?;
    } else {
        l.check_any(1)?;
        l.push_nil();
    }
    Ok(1)
}

/// `math.ult(m, n)`
fn ult(l: State) -> Fallible<i32> {
    let m = l.check_integer(1)? as u64;
    l.push_boolean(m < l.check_integer(2)? as u64);
    Ok(1)
}
