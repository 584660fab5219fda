//! Quick forms of mathematical functions: of numbers, without conversions of strings.

use super::random::Generator;
use super::{INTEGRAL, integer_above, integer_below, integral};
use crate::object::number::{less_than, real};
use crate::object::{CClosure, Userdata, Value, tag};
use crate::quick_forms;
use crate::version::HAS_INTEGERS;
use crate::vm::quick::{Arguments, integer_value};

/// The first argument if it is an integer.
#[inline(always)]
fn as_integer(a: Arguments) -> Option<i64> {
    a.get(1).filter(|v| HAS_INTEGERS && v.is_integer()).map(Value::as_integer)
}

/// The first argument rounded, unless its magnitude reaches [`INTEGRAL`].
#[inline(always)]
fn round(a: Arguments, to_integer: impl Fn(f64) -> i64, to_float: impl Fn(f64) -> f64) -> Option<Value> {
    if as_integer(a).is_some() {
        return a.get(1);
    }
    let f = a.float(1)?;
    if f.abs() >= INTEGRAL || f.is_nan() {
        return None;
    }
    Some(if HAS_INTEGERS { Value::integer(to_integer(f)) } else { integral(to_float(f)) })
}

/// The extreme of numbers of one kind: the first one that no other beats; `beaten` says whether the second beats the first.
#[inline(always)]
fn extreme(a: Arguments, beaten: impl Fn(Value, Value) -> bool) -> Option<Value> {
    let mut best = a.get(1).filter(|v| v.is_number())?;
    for n in 2..=a.count {
        let v = a.get(n).filter(|v| v.tag == best.tag)?;
        if beaten(best, v) {
            best = v;
        }
    }
    Some(best)
}

/// The generator of the function that is called.
#[inline(always)]
unsafe fn generator<'a>(a: Arguments) -> Option<&'a mut Generator> {
    let function = a.function();
    // SAFETY: the function is alive; see `stdlib::private`.
    unsafe {
        if function.tag != tag::C_CLOSURE || (*function.as_c_closure()).upvalue_count == 0 {
            return None;
        }
        let v = Value::load(CClosure::upvalue(function.as_c_closure(), 0));
        if v.tag != tag::USERDATA || (*v.as_userdata()).len != size_of::<Generator>() {
            return None;
        }
        Some(&mut *Userdata::bytes(v.as_userdata()).cast())
    }
}

quick_forms! {
    /// `math.abs(x)`
    Abs(a): Plain {
        match as_integer(a) {
            Some(n) => Some(Value::integer(n.wrapping_abs())),
            None => Some(Value::float(a.float(1)?.abs())),
        }
    }

    /// `math.floor(x)` of what is not too large
    Floor(a): Plain {
        round(a, integer_below, real::floor)
    }

    /// `math.ceil(x)` of what is not too large
    Ceil(a): Plain {
        round(a, integer_above, real::ceil)
    }

    /// `math.sqrt(x)`
    Sqrt(a): Plain { Some(Value::float(real::sqrt(a.float(1)?))) }

    /// `math.sin(x)`
    Sin(a): Plain { Some(Value::float(real::sin(a.float(1)?))) }

    /// `math.cos(x)`
    Cos(a): Plain { Some(Value::float(real::cos(a.float(1)?))) }

    /// `math.exp(x)`
    Exp(a): Plain { Some(Value::float(real::exp(a.float(1)?))) }

    /// `math.max(x, ...)`
    Max(a): Plain { extreme(a, less_than) }

    /// `math.min(x, ...)`
    Min(a): Plain { extreme(a, |best, v| less_than(v, best)) }

    /// `math.tointeger(x)` of a number
    ToInteger(a): Plain {
        a.get(1).filter(|v| v.is_number())?;
        Some(a.integer(1).map_or(Value::NIL, Value::integer))
    }

    /// `math.ult(m, n)`
    Ult(a): Plain { Some(Value::boolean((a.integer(1)? as u64) < a.integer(2)? as u64)) }

    /// `math.random([m [, n]])`
    Random(a): Plain {
        let (low, high) = match a.count {
            0 => (0, 0),
            1 => (1, a.integer(1)?),
            2 => (a.integer(1)?, a.integer(2)?),
            _ => return None,
        };
        if low > high {
            return None;
        }
        // SAFETY: nothing else runs while the generator is borrowed.
        let generator = unsafe { generator(a)? };
        let n = generator.next();
        if a.count == 0 {
            return Some(Value::float(super::random::to_float(n)));
        }
        let offset = generator.project(n, (high as u64).wrapping_sub(low as u64));
        Some(integer_value(low.wrapping_add(offset as i64)))
    }
}
