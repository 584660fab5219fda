//! Equality and order with metamethods (manual §3.4.4).

use super::{call_in_frame, call_natively, fast_metamethod, metamethod};
use crate::object::global::Event;
use crate::object::thread::call_flag;
use crate::object::{Fallible, Thread, Value, tag};
use crate::version::{EQ_METAMETHODS_AGREE, LE_FROM_LT, ORDER_METAMETHODS_AGREE};
use crate::vm::call::Flow;
use crate::vm::debug;
use crate::vm::finish::{branch, condition};
use crate::vm::handlers::{primitive_le, primitive_lt};
use core::cmp::Ordering;

/// The `__eq` metamethod for two values that are not primitively equal, nil when they just differ.
unsafe fn eq_metamethod(l: *mut Thread, a: Value, b: Value) -> Value {
    // SAFETY: the tags say what the payloads point to.
    unsafe {
        let (first, second) = match (a.tag, b.tag) {
            (tag::TABLE, tag::TABLE) => ((*a.as_table()).metatable, (*b.as_table()).metatable),
            (tag::USERDATA, tag::USERDATA) => ((*a.as_userdata()).metatable, (*b.as_userdata()).metatable),
            _ => return Value::NIL,
        };
        let handler = fast_metamethod(l, first, Event::Eq);
        if EQ_METAMETHODS_AGREE {
            let agrees = first == second || handler.raw_equal(fast_metamethod(l, second, Event::Eq));
            return if agrees { handler } else { Value::NIL };
        }
        if handler.is_nil() { fast_metamethod(l, second, Event::Eq) } else { handler }
    }
}

/// `a == b` with metamethods.
pub unsafe fn equal(l: *mut Thread, a: Value, b: Value) -> Fallible<bool> {
    // SAFETY: `l` is live, both operands are reachable.
    unsafe {
        if a.raw_equal(b) {
            return Ok(true);
        }
        let handler = eq_metamethod(l, a, b);
        if handler.is_nil() {
            return Ok(false);
        }
        Ok(!call_natively(l, handler, &[a, b])?.is_falsy())
    }
}

/// `a == b` for the conditional of the running frame; they are not primitively equal.
pub unsafe fn equal_in_frame(l: *mut Thread, a: *const Value, b: *const Value) -> Fallible<Flow> {
    // SAFETY: the frame is written back.
    unsafe {
        let (a, b) = (Value::load(a), Value::load(b));
        let handler = eq_metamethod(l, a, b);
        if handler.is_nil() {
            decide(l, false);
            return Ok(Flow::Run);
        }
        call_in_frame(l, handler, &[a, b], 1)
    }
}

/// Ends the conditional of the running frame.
unsafe fn decide(l: *mut Thread, holds: bool) {
    // SAFETY: `saved_pc` is behind a conditional.
    unsafe {
        let i = *(*(*l).ci).saved_pc.sub(1);
        let when = condition(crate::bytecode::Word::op(i)) == Some(true);
        branch((*l).ci, holds == when);
    }
}

/// The metamethod of the first operand, or of the second.
unsafe fn either(l: *mut Thread, a: Value, b: Value, event: Event) -> Value {
    // SAFETY: live values.
    unsafe {
        let handler = metamethod(l, a, event);
        if ORDER_METAMETHODS_AGREE {
            let agrees = a.type_code() == b.type_code() && handler.raw_equal(metamethod(l, b, event));
            return if agrees { handler } else { Value::NIL };
        }
        if handler.is_nil() { metamethod(l, b, event) } else { handler }
    }
}

/// A metamethod that decides an order, with its operands and whether its answer is to be negated.
unsafe fn order_metamethod(l: *mut Thread, a: Value, b: Value, event: Event) -> Option<(Value, [Value; 2], bool)> {
    // SAFETY: live values.
    unsafe {
        let handler = either(l, a, b, event);
        if !handler.is_nil() {
            return Some((handler, [a, b], false));
        }
        if LE_FROM_LT && event == Event::Le {
            let handler = either(l, b, a, Event::Lt);
            if !handler.is_nil() {
                return Some((handler, [b, a], true));
            }
        }
        None
    }
}

unsafe fn order(l: *mut Thread, a: Value, b: Value, event: Event) -> Fallible<bool> {
    // SAFETY: live values.
    unsafe {
        match order_metamethod(l, a, b, event) {
            Some((handler, args, negate)) => Ok(call_natively(l, handler, &args)?.is_falsy() == negate),
            None => Err(debug::compare_error(l, &a, &b)),
        }
    }
}

unsafe fn order_in_frame(l: *mut Thread, a: *const Value, b: *const Value, event: Event) -> Fallible<Flow> {
    // SAFETY: the frame is written back.
    unsafe {
        match order_metamethod(l, Value::load(a), Value::load(b), event) {
            Some((handler, args, negate)) => {
                if negate {
                    (*(*l).ci).flags |= call_flag::NEGATE;
                }
                call_in_frame(l, handler, &args, 1)
            }
            None => Err(debug::compare_error(l, a, b)),
        }
    }
}

/// `a < b` with metamethods.
pub unsafe fn less_than(l: *mut Thread, a: Value, b: Value) -> Fallible<bool> {
    // SAFETY: `l` is live, both operands are reachable.
    unsafe {
        match primitive_lt(a, b) {
            Some(holds) => Ok(holds),
            None => order(l, a, b, Event::Lt),
        }
    }
}

/// `a <= b` with metamethods.
pub unsafe fn less_equal(l: *mut Thread, a: Value, b: Value) -> Fallible<bool> {
    // SAFETY: `l` is live, both operands are reachable.
    unsafe {
        match primitive_le(a, b) {
            Some(holds) => Ok(holds),
            None => order(l, a, b, Event::Le),
        }
    }
}

/// `a < b` for the conditional of the running frame; they are not two numbers or strings.
pub unsafe fn less_than_in_frame(l: *mut Thread, a: *const Value, b: *const Value) -> Fallible<Flow> {
    // SAFETY: a Lua function runs in `l`; the operands are its registers or constants.
    unsafe { order_in_frame(l, a, b, Event::Lt) }
}

/// `a <= b` for the conditional of the running frame; they are not two numbers or strings.
pub unsafe fn less_equal_in_frame(l: *mut Thread, a: *const Value, b: *const Value) -> Fallible<Flow> {
    // SAFETY: a Lua function runs in `l`; the operands are its registers or constants.
    unsafe { order_in_frame(l, a, b, Event::Le) }
}

/// Order of two strings under the locale: `strcoll` on the pieces between NULs, which it cannot see.
pub fn compare_strings(a: &[u8], b: &[u8]) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        // SAFETY: a Lua string ends in NUL, so do its pieces.
        let order = unsafe { libc::strcoll(a.as_ptr().cast(), b.as_ptr().cast()) };
        if order != 0 {
            return order.cmp(&0);
        }
        let end_a = piece(a);
        let end_b = piece(b);
        match (end_a == a.len(), end_b == b.len()) {
            (true, true) => return Ordering::Equal,
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            (false, false) => {}
        }
        a = &a[end_a + 1..];
        b = &b[end_b + 1..];
    }
}

/// Length of the piece before the first NUL.
fn piece(s: &[u8]) -> usize {
    // SAFETY: as above; `memchr` looks at the string's own bytes.
    unsafe {
        let nul = libc::memchr(s.as_ptr().cast(), 0, s.len()).cast::<u8>();
        if nul.is_null() { s.len() } else { nul.offset_from(s.as_ptr()) as usize }
    }
}
