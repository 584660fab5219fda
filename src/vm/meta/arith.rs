//! Arithmetic and bitwise operators on operands that the fast paths do not take.

use super::{call_in_frame, call_natively, metamethod};
use crate::object::global::Event;
use crate::object::number::{
    self, float_idiv, float_mod, float_pow, float_to_integer, int_idiv, int_mod, shift_left, shift_right,
};
use crate::object::{Fallible, Str, Thread, Thrown, Value, tag};
use crate::version::{HAS_INTEGERS, STRING_ARITHMETIC_BY_METAMETHOD};
use crate::vm::call::Flow;
use crate::vm::{debug, error};

/// A number, or the one a string spells.
unsafe fn to_number(v: Value) -> Option<Value> {
    // SAFETY: a live string.
    unsafe {
        if v.is_number() {
            Some(v)
        } else if v.is_string() {
            number::parse(Str::bytes(v.as_str()))
        } else {
            None
        }
    }
}

fn to_integer(v: Value) -> Option<i64> {
    match v.tag {
        tag::INTEGER => Some(v.as_integer()),
        tag::FLOAT => float_to_integer(v.as_float()),
        _ => None,
    }
}

fn to_float(v: Value) -> f64 {
    if v.tag == tag::INTEGER { v.as_integer() as f64 } else { v.as_float() }
}

fn is_bitwise(event: Event) -> bool {
    matches!(event, Event::Band | Event::Bor | Event::Bxor | Event::Shl | Event::Shr | Event::Bnot)
}

/// Whether operators take the value for a number.
pub unsafe fn counts_as_number(v: Value) -> bool {
    // SAFETY: a live value.
    v.is_number() || !STRING_ARITHMETIC_BY_METAMETHOD && unsafe { to_number(v) }.is_some()
}

/// Whether bitwise operators take the value for an integer.
pub unsafe fn counts_as_integer(v: Value) -> bool {
    // SAFETY: a live value.
    let v = if STRING_ARITHMETIC_BY_METAMETHOD { v } else { unsafe { to_number(v) }.unwrap_or(v) };
    to_integer(v).is_some()
}

/// The operation on numbers. `Ok(None)`: the operands do not fit (a bitwise operand without integer value).
unsafe fn on_numbers(l: *mut Thread, event: Event, a: Value, b: Value) -> Fallible<Option<Value>> {
    if is_bitwise(event) {
        let (Some(x), Some(y)) = (to_integer(a), to_integer(b)) else { return Ok(None) };
        return Ok(Some(Value::integer(match event {
            Event::Band => x & y,
            Event::Bor => x | y,
            Event::Bxor => x ^ y,
            Event::Shl => shift_left(x, y),
            Event::Shr => shift_right(x, y),
            _ => !x,
        })));
    }
    if HAS_INTEGERS && a.is_integer() && b.is_integer() && !matches!(event, Event::Div | Event::Pow) {
        let (x, y) = (a.as_integer(), b.as_integer());
        // SAFETY: `l` runs.
        return unsafe { on_integers(l, event, x, y).map(|n| Some(Value::integer(n))) };
    }
    let (x, y) = (to_float(a), to_float(b));
    Ok(Some(Value::float(match event {
        Event::Add => x + y,
        Event::Sub => x - y,
        Event::Mul => x * y,
        Event::Div => x / y,
        Event::Mod => float_mod(x, y),
        Event::Pow => float_pow(x, y),
        Event::Idiv => float_idiv(x, y),
        _ => -x,
    })))
}

unsafe fn on_integers(l: *mut Thread, event: Event, x: i64, y: i64) -> Fallible<i64> {
    // SAFETY: `l` runs.
    unsafe {
        Ok(match event {
            Event::Add => x.wrapping_add(y),
            Event::Sub => x.wrapping_sub(y),
            Event::Mul => x.wrapping_mul(y),
            Event::Mod if y == 0 => return Err(error::runtime(l, &["attempt to perform 'n%0'".into()])),
            Event::Mod => int_mod(x, y),
            Event::Idiv if y == 0 => return Err(error::runtime(l, &["attempt to divide by zero".into()])),
            Event::Idiv => int_idiv(x, y),
            _ => x.wrapping_neg(),
        })
    }
}

/// The operation without metamethods, `None` when the operands need one. Strings count as numbers where the version's
/// operators convert them.
pub unsafe fn raw_arith(l: *mut Thread, event: Event, a: Value, b: Value) -> Fallible<Option<Value>> {
    // SAFETY: live values.
    unsafe {
        if a.is_number() && b.is_number() {
            return on_numbers(l, event, a, b);
        }
        if STRING_ARITHMETIC_BY_METAMETHOD {
            return Ok(None);
        }
        match (to_number(a), to_number(b)) {
            (Some(a), Some(b)) if is_bitwise(event) => on_numbers(l, event, a, b),
            // What a string spells is always a float here.
            (Some(a), Some(b)) => on_numbers(l, event, Value::float(to_float(a)), Value::float(to_float(b))),
            _ => Ok(None),
        }
    }
}

unsafe fn arith_metamethod(l: *mut Thread, event: Event, a: Value, b: Value) -> Value {
    // SAFETY: live values.
    unsafe {
        let handler = metamethod(l, a, event);
        if handler.is_nil() { metamethod(l, b, event) } else { handler }
    }
}

#[cold]
unsafe fn operand_error(l: *mut Thread, event: Event, a: *const Value, b: *const Value) -> Thrown {
    // SAFETY: the operands' addresses serve to find their names.
    unsafe {
        if event == Event::Concat {
            return debug::concat_error(l, a, b);
        }
        if !is_bitwise(event) {
            return debug::arith_error(l, a, b, "perform arithmetic on");
        }
        if counts_as_number(*a) && counts_as_number(*b) {
            return debug::to_integer_error(l, a, b);
        }
        debug::arith_error(l, a, b, "perform bitwise operation on")
    }
}

/// Arithmetic with metamethods: `event` is one of `Add..=Bnot` (unary ones get the operand twice).
pub unsafe fn arith(l: *mut Thread, event: Event, a: Value, b: Value) -> Fallible<Value> {
    // SAFETY: `l` is live, both operands are reachable.
    unsafe {
        if let Some(v) = raw_arith(l, event, a, b)? {
            return Ok(v);
        }
        let handler = arith_metamethod(l, event, a, b);
        if handler.is_nil() {
            return Err(operand_error(l, event, &a, &b));
        }
        call_natively(l, handler, &[a, b])
    }
}

/// The same for the running frame: the result goes to `R[A]` of the instruction.
pub unsafe fn arith_in_frame(l: *mut Thread, event: Event, a: *const Value, b: *const Value) -> Fallible<Flow> {
    // SAFETY: the frame is written back; `saved_pc` is behind the instruction.
    unsafe {
        let (x, y) = (Value::load(a), Value::load(b));
        let primitive = (x.is_number() || x.is_string()) && (y.is_number() || y.is_string());
        if primitive && let Some(v) = raw_arith(l, event, x, y)? {
            let ci = (*l).ci;
            let to = crate::bytecode::Word::a(*(*ci).saved_pc.sub(1));
            Value::store((*ci).func.add(1 + to as usize), v);
            return Ok(Flow::Run);
        }
        let handler = arith_metamethod(l, event, x, y);
        if handler.is_nil() {
            return Err(operand_error(l, event, a, b));
        }
        call_in_frame(l, handler, &[x, y], 1)
    }
}

/// The metamethod of a concatenation, or its error.
pub(super) unsafe fn concat_metamethod(l: *mut Thread, a: *const Value, b: *const Value) -> Fallible<Value> {
    // SAFETY: live values.
    unsafe {
        let handler = arith_metamethod(l, Event::Concat, *a, *b);
        if handler.is_nil() { Err(operand_error(l, Event::Concat, a, b)) } else { Ok(handler) }
    }
}
