//! Arithmetic, bitwise operators, length and concatenation.

use super::{handlers, leave, operand};
use crate::bytecode::Word;
use crate::object::global::Event;
use crate::object::number::{
    float_idiv, float_mod, float_pow, float_to_integer, int_idiv, int_mod, quick_float_idiv, quick_float_mod,
    shift_left, shift_right,
};
use crate::object::{Str, Table, Value, tag};
use crate::version::HAS_INTEGERS;
use crate::vm::dispatch::next;
use crate::vm::meta;

/// The number at `v` as a float; `None` if it is not a number.
#[inline(always)]
unsafe fn float_at(v: *const Value) -> Option<f64> {
    // SAFETY: the caller's slot.
    unsafe {
        match (*v).tag {
            tag::FLOAT => Some(f64::from_bits((*v).payload)),
            tag::INTEGER if HAS_INTEGERS => Some((*v).payload as i64 as f64),
            _ => None,
        }
    }
}

/// The integer at `v`; a float only when it has an integer's value.
#[inline(always)]
unsafe fn integer_at(v: *const Value) -> Option<i64> {
    // SAFETY: the caller's slot.
    unsafe {
        match (*v).tag {
            tag::INTEGER => Some((*v).payload as i64),
            tag::FLOAT => float_to_integer(f64::from_bits((*v).payload)),
            _ => None,
        }
    }
}

#[inline(always)]
fn float_div(a: f64, b: f64) -> f64 {
    a / b
}

/// `+ - *`: integers wrap around, everything else is float.
macro_rules! ring {
    ($name:ident, $slow:ident, $event:ident, $int:ident, $op:tt, $left:ident $lb:ident, $right:ident $rb:ident) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let (a, b) = (operand!($left, i.$lb(), base, k), operand!($right, i.$rb(), base, k));
                if HAS_INTEGERS && (*a).tag == tag::INTEGER && (*b).tag == tag::INTEGER {
                    let n = ((*a).payload as i64).$int((*b).payload as i64);
                    Value::store(base.add(i.a() as usize), Value::integer(n));
                    return next!(l, base, k, pc, t);
                }
                if (*a).tag == tag::FLOAT && (*b).tag == tag::FLOAT {
                    let n = f64::from_bits((*a).payload) $op f64::from_bits((*b).payload);
                    Value::store(base.add(i.a() as usize), Value::float(n));
                    return next!(l, base, k, pc, t);
                }
                $slow(l, base, i, k, pc, t)
            }

            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                let (a, b) = (operand!($left, i.$lb(), base, k), operand!($right, i.$rb(), base, k));
                if let (Some(x), Some(y)) = (float_at(a), float_at(b)) {
                    Value::store(base.add(i.a() as usize), Value::float(x $op y));
                    return next!(l, base, k, pc, t);
                }
                leave!(l, pc, meta::arith_in_frame(l, Event::$event, a, b))
            }
        }
    };
}
ring!(add, add_slow, Add, wrapping_add, +, register b, register c);
ring!(sub, sub_slow, Sub, wrapping_sub, -, register b, register c);
ring!(mul, mul_slow, Mul, wrapping_mul, *, register b, register c);
ring!(add_k, add_k_slow, Add, wrapping_add, +, register b, constant c);
ring!(sub_k, sub_k_slow, Sub, wrapping_sub, -, register b, constant c);
ring!(mul_k, mul_k_slow, Mul, wrapping_mul, *, register b, constant c);
ring!(add_kr, add_kr_slow, Add, wrapping_add, +, constant b, register c);
ring!(sub_kr, sub_kr_slow, Sub, wrapping_sub, -, constant b, register c);
ring!(mul_kr, mul_kr_slow, Mul, wrapping_mul, *, constant b, register c);

/// `/`: always float. `^` is the same but calls the C library.
macro_rules! quotient {
    ($name:ident, $slow:ident, $event:ident, $function:ident, $left:ident $lb:ident, $right:ident $rb:ident) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let (a, b) = (operand!($left, i.$lb(), base, k), operand!($right, i.$rb(), base, k));
                if let (Some(x), Some(y)) = (float_at(a), float_at(b)) {
                    Value::store(base.add(i.a() as usize), Value::float($function(x, y)));
                    return next!(l, base, k, pc, t);
                }
                $slow(l, base, i, k, pc, t)
            }

            #[cold]
            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                let (a, b) = (operand!($left, i.$lb(), base, k), operand!($right, i.$rb(), base, k));
                leave!(l, pc, meta::arith_in_frame(l, Event::$event, a, b))
            }
        }
    };
}
quotient!(div, div_slow, Div, float_div, register b, register c);
quotient!(div_k, div_k_slow, Div, float_div, register b, constant c);
quotient!(div_kr, div_kr_slow, Div, float_div, constant b, register c);
quotient!(pow, pow_slow, Pow, float_pow, register b, register c);
quotient!(pow_k, pow_k_slow, Pow, float_pow, register b, constant c);
quotient!(pow_kr, pow_kr_slow, Pow, float_pow, constant b, register c);

/// `//` and `%`: integers (a zero divisor is an error, raised out of line) or floats.
macro_rules! floor_division {
    ($name:ident, $float:ident, $library:ident, $slow:ident, $event:ident, $int:ident, $quick:ident, $function:ident,
     $left:ident $lb:ident, $right:ident $rb:ident) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let (a, b) = (operand!($left, i.$lb(), base, k), operand!($right, i.$rb(), base, k));
                if HAS_INTEGERS && (*a).tag == tag::INTEGER && (*b).tag == tag::INTEGER {
                    let divisor = (*b).payload as i64;
                    if divisor != 0 {
                        let n = $int((*a).payload as i64, divisor);
                        Value::store(base.add(i.a() as usize), Value::integer(n));
                        return next!(l, base, k, pc, t);
                    }
                    return $slow(l, base, i, k, pc, t);
                }
                if !HAS_INTEGERS
                    && (*a).tag == tag::FLOAT
                    && (*b).tag == tag::FLOAT
                    && let Some(n) = $quick(f64::from_bits((*a).payload), f64::from_bits((*b).payload))
                {
                    Value::store(base.add(i.a() as usize), Value::float(n));
                    return next!(l, base, k, pc, t);
                }
                $float(l, base, i, k, pc, t)
            }

            #[inline(never)]
            fn $float(l, base, i, k, pc, t) {
                let (a, b) = (operand!($left, i.$lb(), base, k), operand!($right, i.$rb(), base, k));
                if HAS_INTEGERS
                    && let (Some(x), Some(y)) = (float_at(a), float_at(b))
                    && let Some(n) = $quick(x, y)
                {
                    Value::store(base.add(i.a() as usize), Value::float(n));
                    return next!(l, base, k, pc, t);
                }
                $library(l, base, i, k, pc, t)
            }

            #[inline(never)]
            fn $library(l, base, i, k, pc, t) {
                let (a, b) = (operand!($left, i.$lb(), base, k), operand!($right, i.$rb(), base, k));
                if let (Some(x), Some(y)) = (float_at(a), float_at(b)) {
                    Value::store(base.add(i.a() as usize), Value::float($function(x, y)));
                    return next!(l, base, k, pc, t);
                }
                $slow(l, base, i, k, pc, t)
            }

            #[cold]
            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                let (a, b) = (operand!($left, i.$lb(), base, k), operand!($right, i.$rb(), base, k));
                leave!(l, pc, meta::arith_in_frame(l, Event::$event, a, b))
            }
        }
    };
}
floor_division!(mod_, mod_float, mod_library, mod_slow, Mod, int_mod, quick_float_mod, float_mod, register b, register c);
floor_division!(mod_k, mod_k_float, mod_k_library, mod_k_slow, Mod, int_mod, quick_float_mod, float_mod, register b, constant c);
floor_division!(mod_kr, mod_kr_float, mod_kr_library, mod_kr_slow, Mod, int_mod, quick_float_mod, float_mod, constant b, register c);
floor_division!(idiv, idiv_float, idiv_library, idiv_slow, Idiv, int_idiv, quick_float_idiv, float_idiv, register b, register c);
floor_division!(idiv_k, idiv_k_float, idiv_k_library, idiv_k_slow, Idiv, int_idiv, quick_float_idiv, float_idiv, register b, constant c);
floor_division!(idiv_kr, idiv_kr_float, idiv_kr_library, idiv_kr_slow, Idiv, int_idiv, quick_float_idiv, float_idiv, constant b, register c);

#[inline(always)]
fn and(a: i64, b: i64) -> i64 {
    a & b
}
#[inline(always)]
fn or(a: i64, b: i64) -> i64 {
    a | b
}
#[inline(always)]
fn xor(a: i64, b: i64) -> i64 {
    a ^ b
}

/// Bitwise operators: integers, or floats with integer values.
macro_rules! bitwise {
    ($name:ident, $slow:ident, $event:ident, $function:ident, $right:ident) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let (a, b) = (base.add(i.b() as usize), operand!($right, i.c(), base, k));
                if (*a).tag == tag::INTEGER && (*b).tag == tag::INTEGER {
                    let n = $function((*a).payload as i64, (*b).payload as i64);
                    Value::store(base.add(i.a() as usize), Value::integer(n));
                    return next!(l, base, k, pc, t);
                }
                $slow(l, base, i, k, pc, t)
            }

            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                let (a, b) = (base.add(i.b() as usize), operand!($right, i.c(), base, k));
                if let (Some(x), Some(y)) = (integer_at(a), integer_at(b)) {
                    Value::store(base.add(i.a() as usize), Value::integer($function(x, y)));
                    return next!(l, base, k, pc, t);
                }
                leave!(l, pc, meta::arith_in_frame(l, Event::$event, a, b))
            }
        }
    };
}
bitwise!(band, band_slow, Band, and, register);
bitwise!(bor, bor_slow, Bor, or, register);
bitwise!(bxor, bxor_slow, Bxor, xor, register);
bitwise!(shl, shl_slow, Shl, shift_left, register);
bitwise!(shr, shr_slow, Shr, shift_right, register);
bitwise!(band_k, band_k_slow, Band, and, constant);
bitwise!(bor_k, bor_k_slow, Bor, or, constant);
bitwise!(bxor_k, bxor_k_slow, Bxor, xor, constant);

/// An immediate right operand as a value.
#[inline(always)]
fn immediate(n: i32) -> Value {
    Value::whole(n as i64)
}

macro_rules! ring_immediate {
    ($name:ident, $slow:ident, $event:ident, $int:ident, $op:tt) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let a = base.add(i.b() as usize);
                let to = base.add(i.a() as usize);
                if HAS_INTEGERS && (*a).tag == tag::INTEGER {
                    Value::store(to, Value::integer(((*a).payload as i64).$int(i.sc() as i64)));
                    return next!(l, base, k, pc, t);
                }
                if (*a).tag == tag::FLOAT {
                    Value::store(to, Value::float(f64::from_bits((*a).payload) $op i.sc() as f64));
                    return next!(l, base, k, pc, t);
                }
                $slow(l, base, i, k, pc, t)
            }

            #[cold]
            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                let n = immediate(i.sc());
                leave!(l, pc, meta::arith_in_frame(l, Event::$event, base.add(i.b() as usize), &n))
            }
        }
    };
}
ring_immediate!(add_i, add_i_slow, Add, wrapping_add, +);
ring_immediate!(sub_i, sub_i_slow, Sub, wrapping_sub, -);

macro_rules! shift_immediate {
    ($name:ident, $slow:ident, $event:ident, $function:ident) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let a = base.add(i.b() as usize);
                if (*a).tag == tag::INTEGER {
                    let n = $function((*a).payload as i64, i.sc() as i64);
                    Value::store(base.add(i.a() as usize), Value::integer(n));
                    return next!(l, base, k, pc, t);
                }
                $slow(l, base, i, k, pc, t)
            }

            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                let a = base.add(i.b() as usize);
                if let Some(x) = integer_at(a) {
                    Value::store(base.add(i.a() as usize), Value::integer($function(x, i.sc() as i64)));
                    return next!(l, base, k, pc, t);
                }
                let n = Value::integer(i.sc() as i64);
                leave!(l, pc, meta::arith_in_frame(l, Event::$event, a, &n))
            }
        }
    };
}
shift_immediate!(shl_i, shl_i_slow, Shl, shift_left);
shift_immediate!(shr_i, shr_i_slow, Shr, shift_right);

handlers! {
    fn unm(l, base, i, k, pc, t) {
        let a = base.add(i.b() as usize);
        let to = base.add(i.a() as usize);
        if HAS_INTEGERS && (*a).tag == tag::INTEGER {
            Value::store(to, Value::integer(((*a).payload as i64).wrapping_neg()));
            return next!(l, base, k, pc, t);
        }
        if (*a).tag == tag::FLOAT {
            Value::store(to, Value::float(-f64::from_bits((*a).payload)));
            return next!(l, base, k, pc, t);
        }
        unm_slow(l, base, i, k, pc, t)
    }

    #[cold]
    #[inline(never)]
    fn unm_slow(l, base, i, k, pc, t) {
        let a = base.add(i.b() as usize);
        leave!(l, pc, meta::arith_in_frame(l, Event::Unm, a, a))
    }

    fn bnot(l, base, i, k, pc, t) {
        let a = base.add(i.b() as usize);
        if let Some(x) = integer_at(a) {
            Value::store(base.add(i.a() as usize), Value::integer(!x));
            return next!(l, base, k, pc, t);
        }
        bnot_slow(l, base, i, k, pc, t)
    }

    #[cold]
    #[inline(never)]
    fn bnot_slow(l, base, i, k, pc, t) {
        let a = base.add(i.b() as usize);
        leave!(l, pc, meta::arith_in_frame(l, Event::Bnot, a, a))
    }

    fn not(l, base, i, k, pc, t) {
        let falsy = (*base.add(i.b() as usize)).tag <= tag::FALSE;
        (*base.add(i.a() as usize)).tag = if falsy { tag::TRUE } else { tag::FALSE };
        next!(l, base, k, pc, t)
    }

    fn len(l, base, i, k, pc, t) {
        let v = base.add(i.b() as usize);
        if (*v).tag == tag::TABLE {
            let table = (*v).payload as *mut Table;
            if (*table).metatable.is_null() {
                // Most tables in sequences: the hint is the border, in the middle of or at the end of the array part.
                let hint = (*table).border_hint;
                if hint > 0 && hint < (*table).array_len {
                    let last = (*table).array.add(hint as usize - 1);
                    if (*last).tag != tag::NIL && (*last.add(1)).tag == tag::NIL {
                        Value::store(base.add(i.a() as usize), Value::whole(hint as i64));
                        return next!(l, base, k, pc, t);
                    }
                }
            }
        } else if (*v).tag == tag::SHORT_STRING {
            let n = (*((*v).payload as *const Str)).short_len;
            Value::store(base.add(i.a() as usize), immediate(n as i32));
            return next!(l, base, k, pc, t);
        }
        len_slow(l, base, i, k, pc, t)
    }

    #[inline(never)]
    fn len_slow(l, base, i, k, pc, t) {
        leave!(l, pc, meta::length_in_frame(l, base.add(i.a() as usize), base.add(i.b() as usize)))
    }

    #[inline(never)]
    fn concat(l, base, i, k, pc, t) {
        let ci = (*l).ci;
        (*ci).saved_pc = pc;
        (*l).top = base.add((i.a() + i.b()) as usize);
        super::carry_on!(l, meta::concat_in_frame(l, i.b() as usize))
    }
}
