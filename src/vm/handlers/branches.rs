//! Jumps, tests and comparisons.

use super::{handlers, leave};
use crate::bytecode::Word;
use crate::object::number::{float_le_int, float_lt_int, int_le_float, int_lt_float};
use crate::object::{Instruction, Str, Thread, Value, tag};
use crate::version::HAS_INTEGERS;
use crate::vm::call::Flow;
use crate::vm::dispatch::{Table, next};
use crate::vm::meta;

/// Takes or skips the Jump in the next word. A jump may go backward, so the dispatch table is fetched anew: a
/// hook set meanwhile (by a signal handler, say) takes effect.
macro_rules! branch {
    ($condition:expr, $l:ident, $base:ident, $k:ident, $pc:ident, $t:ident) => {
        if $condition {
            let distance = (*$pc).ss() as isize;
            let table = (*$l).dispatch.cast::<Table>();
            next!($l, $base, $k, $pc.offset(1 + distance), table)
        } else {
            next!($l, $base, $k, $pc.add(1), $t)
        }
    };
}

handlers! {
    fn jump(l, base, i, k, pc, t) {
        let table = (*l).dispatch.cast::<Table>();
        next!(l, base, k, pc.offset(i.ss() as isize), table)
    }

    fn jump_if(l, base, i, k, pc, t) {
        branch!((*base.add(i.a() as usize)).tag > tag::FALSE, l, base, k, pc, t)
    }

    fn jump_if_not(l, base, i, k, pc, t) {
        branch!((*base.add(i.a() as usize)).tag <= tag::FALSE, l, base, k, pc, t)
    }

    fn jump_if_set(l, base, i, k, pc, t) {
        let v = Value::load(base.add(i.b() as usize));
        if !v.is_falsy() {
            Value::store(base.add(i.a() as usize), v);
        }
        branch!(!v.is_falsy(), l, base, k, pc, t)
    }

    fn jump_if_not_set(l, base, i, k, pc, t) {
        let v = Value::load(base.add(i.b() as usize));
        if v.is_falsy() {
            Value::store(base.add(i.a() as usize), v);
        }
        branch!(v.is_falsy(), l, base, k, pc, t)
    }
}

/// Equality that needs no metamethod and no look at bytes: `None` when it might.
#[inline(always)]
fn quick_equal(a: Value, b: Value) -> Option<bool> {
    if a.tag == b.tag {
        return match a.tag {
            tag::NIL | tag::FALSE | tag::TRUE => Some(true),
            tag::FLOAT => Some(a.as_float() == b.as_float()),
            _ if a.payload == b.payload => Some(true),
            tag::TABLE | tag::USERDATA | tag::LONG_STRING => None,
            _ => Some(false),
        };
    }
    // An integer may equal a float; nothing else of different tags is equal.
    if HAS_INTEGERS && a.is_number() && b.is_number() { None } else { Some(false) }
}

macro_rules! equality {
    ($name:ident, $slow:ident, $when:literal) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let a = Value::load(base.add(i.a() as usize));
                let b = Value::load(base.add(i.b() as usize));
                if let Some(equal) = quick_equal(a, b) {
                    return branch!(equal == $when, l, base, k, pc, t);
                }
                $slow(l, base, i, k, pc, t)
            }

            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                let (a, b) = (base.add(i.a() as usize), base.add(i.b() as usize));
                if Value::load(a).raw_equal(Value::load(b)) {
                    return branch!($when, l, base, k, pc, t);
                }
                leave!(l, pc, meta::equal_in_frame(l, a, b))
            }
        }
    };
}
equality!(jump_eq, eq_slow, true);
equality!(jump_ne, ne_slow, false);

macro_rules! equality_constant {
    ($name:ident, $slow:ident, $when:literal) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let a = base.add(i.a() as usize);
                let b = k.add(i.d() as usize);
                if (*a).tag == (*b).tag {
                    if (*a).tag == tag::SHORT_STRING {
                        return branch!(((*a).payload == (*b).payload) == $when, l, base, k, pc, t);
                    }
                    // Of nils and booleans the payloads mean nothing; floats and long strings need a closer look.
                    if (*a).tag == tag::NIL {
                        return branch!($when, l, base, k, pc, t);
                    }
                    return $slow(l, base, i, k, pc, t);
                }
                // Values of different tags may be equal numbers.
                if (*a).tag & tag::TYPE_MASK == 3 {
                    return $slow(l, base, i, k, pc, t);
                }
                branch!(!$when, l, base, k, pc, t)
            }

            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                let equal = Value::load(base.add(i.a() as usize)).raw_equal(Value::load(k.add(i.d() as usize)));
                branch!(equal == $when, l, base, k, pc, t)
            }
        }
    };
}
equality_constant!(jump_eq_k, eq_k_slow, true);
equality_constant!(jump_ne_k, ne_k_slow, false);

macro_rules! equality_immediate {
    ($name:ident, $when:literal) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let a = base.add(i.a() as usize);
                let equal = if HAS_INTEGERS && (*a).tag == tag::INTEGER {
                    (*a).payload as i64 == i.sd() as i64
                } else {
                    (*a).tag == tag::FLOAT && f64::from_bits((*a).payload) == i.sd() as f64
                };
                branch!(equal == $when, l, base, k, pc, t)
            }
        }
    };
}
equality_immediate!(jump_eq_i, true);
equality_immediate!(jump_ne_i, false);

/// Comparison of two registers: integers and floats at once, the rest out of line.
macro_rules! order {
    ($name:ident, $slow:ident, $op:tt, $mixed:ident, $strings:ident, $in_frame:path, $when:literal) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let a = base.add(i.a() as usize);
                let b = base.add(i.b() as usize);
                if HAS_INTEGERS && (*a).tag == tag::INTEGER && (*b).tag == tag::INTEGER {
                    let holds = ((*a).payload as i64) $op ((*b).payload as i64);
                    return branch!(holds == $when, l, base, k, pc, t);
                }
                if (*a).tag == tag::FLOAT && (*b).tag == tag::FLOAT {
                    let holds = f64::from_bits((*a).payload) $op f64::from_bits((*b).payload);
                    return branch!(holds == $when, l, base, k, pc, t);
                }
                $slow(l, base, i, k, pc, t)
            }

            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                let a = base.add(i.a() as usize);
                let b = base.add(i.b() as usize);
                if let Some(holds) = $mixed(Value::load(a), Value::load(b)) {
                    return branch!(holds == $when, l, base, k, pc, t);
                }
                leave!(l, pc, $in_frame(l, a, b))
            }
        }
    };
}
order!(jump_lt, lt_slow, <, primitive_lt, lt, meta::less_than_in_frame, true);
order!(jump_not_lt, not_lt_slow, <, primitive_lt, lt, meta::less_than_in_frame, false);
order!(jump_le, le_slow, <=, primitive_le, le, meta::less_equal_in_frame, true);
order!(jump_not_le, not_le_slow, <=, primitive_le, le, meta::less_equal_in_frame, false);

/// `a < b` for two numbers or two strings.
pub unsafe fn primitive_lt(a: Value, b: Value) -> Option<bool> {
    Some(match (a.tag, b.tag) {
        (tag::INTEGER, tag::INTEGER) => a.as_integer() < b.as_integer(),
        (tag::FLOAT, tag::FLOAT) => a.as_float() < b.as_float(),
        (tag::INTEGER, tag::FLOAT) => int_lt_float(a.as_integer(), b.as_float()),
        (tag::FLOAT, tag::INTEGER) => float_lt_int(a.as_float(), b.as_integer()),
        _ if a.is_string() && b.is_string() => {
            // SAFETY: both are live strings.
            unsafe { meta::compare_strings(Str::bytes(a.as_str()), Str::bytes(b.as_str())).is_lt() }
        }
        _ => return None,
    })
}

/// `a <= b` for two numbers or two strings.
pub unsafe fn primitive_le(a: Value, b: Value) -> Option<bool> {
    Some(match (a.tag, b.tag) {
        (tag::INTEGER, tag::INTEGER) => a.as_integer() <= b.as_integer(),
        (tag::FLOAT, tag::FLOAT) => a.as_float() <= b.as_float(),
        (tag::INTEGER, tag::FLOAT) => int_le_float(a.as_integer(), b.as_float()),
        (tag::FLOAT, tag::INTEGER) => float_le_int(a.as_float(), b.as_integer()),
        _ if a.is_string() && b.is_string() => {
            // SAFETY: both are live strings.
            unsafe { meta::compare_strings(Str::bytes(a.as_str()), Str::bytes(b.as_str())).is_le() }
        }
        _ => return None,
    })
}

/// Comparison of a register with a small number. `$flip`: the number is the left operand of the metamethod.
macro_rules! order_immediate {
    ($name:ident, $slow:ident, $op:tt, $in_frame:path, $flip:literal, $when:literal) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let a = base.add(i.a() as usize);
                if HAS_INTEGERS && (*a).tag == tag::INTEGER {
                    let holds = ((*a).payload as i64) $op i.sd() as i64;
                    return branch!(holds == $when, l, base, k, pc, t);
                }
                if (*a).tag == tag::FLOAT {
                    let holds = f64::from_bits((*a).payload) $op i.sd() as f64;
                    return branch!(holds == $when, l, base, k, pc, t);
                }
                $slow(l, base, i, k, pc, t)
            }

            #[cold]
            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                leave!(l, pc, compare_immediate(l, base.add(i.a() as usize), i, $flip, $in_frame))
            }
        }
    };
}
order_immediate!(jump_lt_i, lt_i_slow, <, meta::less_than_in_frame, false, true);
order_immediate!(jump_not_lt_i, not_lt_i_slow, <, meta::less_than_in_frame, false, false);
order_immediate!(jump_le_i, le_i_slow, <=, meta::less_equal_in_frame, false, true);
order_immediate!(jump_not_le_i, not_le_i_slow, <=, meta::less_equal_in_frame, false, false);
order_immediate!(jump_gt_i, gt_i_slow, >, meta::less_than_in_frame, true, true);
order_immediate!(jump_not_gt_i, not_gt_i_slow, >, meta::less_than_in_frame, true, false);
order_immediate!(jump_ge_i, ge_i_slow, >=, meta::less_equal_in_frame, true, true);
order_immediate!(jump_not_ge_i, not_ge_i_slow, >=, meta::less_equal_in_frame, true, false);

type InFrame = unsafe fn(*mut Thread, *const Value, *const Value) -> crate::object::Fallible<Flow>;

unsafe fn compare_immediate(
    l: *mut Thread,
    a: *const Value,
    i: Instruction,
    flip: bool,
    in_frame: InFrame,
) -> crate::object::Fallible<Flow> {
    let n = i.sd();
    let number = Value::whole(n as i64);
    // SAFETY: the caller's frame is written back; the number is not collectable.
    unsafe { if flip { in_frame(l, &number, a) } else { in_frame(l, a, &number) } }
}
