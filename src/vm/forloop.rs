//! The numeric `for` loop's preparation (manual §3.3.5) and its step for any number type.

use super::debug;
use super::error;
use crate::bytecode::isa::numeric_loop::{INDEX, LIMIT, STEP, VARIABLE};
use crate::object::number::{self, float_to_integer, real};
use crate::object::{Fallible, Str, Thread, Thrown, Value, tag};
use crate::version::{FOR_CHECKS_IN_ORDER, FOR_LOOP_COUNTS, HAS_INTEGERS};

/// Stores the parts of a prepared loop.
#[inline(always)]
pub unsafe fn set_up(ra: *mut Value, index: Value, limit: Value, step: Value) {
    // SAFETY: as `prepare`.
    unsafe {
        Value::store(ra.add(LIMIT), limit);
        Value::store(ra.add(STEP), step);
        Value::store(ra.add(INDEX), index);
        Value::store(ra.add(VARIABLE), index);
    }
}

/// Prepares the loop with initial value, limit and step in `ra .. ra+2`; false when it does not run at all.
pub unsafe fn prepare(l: *mut Thread, ra: *mut Value) -> Fallible<bool> {
    // SAFETY: the running frame's registers.
    unsafe {
        let (limit, step) = (ra.add(1), ra.add(2));
        if HAS_INTEGERS && (*ra).is_integer() && (*step).is_integer() {
            return prepare_integer(l, ra);
        }
        let written_first = if FOR_CHECKS_IN_ORDER { float_operand(l, ra, "initial value")? } else { 0.0 };
        let limit_number = float_operand(l, limit, "limit")?;
        let step_number = float_operand(l, step, "step")?;
        let mut first = if FOR_CHECKS_IN_ORDER { written_first } else { float_operand(l, ra, "initial value")? };
        if !FOR_LOOP_COUNTS {
            // The first iteration is computed like the others.
            first = first - step_number + step_number;
        } else if step_number == 0.0 {
            return Err(error::runtime(l, &["'for' step is zero".into()]));
        }
        let runs = match (FOR_LOOP_COUNTS, step_number > 0.0) {
            (true, true) => !(limit_number < first),
            (true, false) => !(first < limit_number),
            (false, true) => first <= limit_number,
            (false, false) => limit_number <= first,
        };
        if !runs {
            return Ok(false);
        }
        set_up(ra, Value::float(first), Value::float(limit_number), Value::float(step_number));
        Ok(true)
    }
}

unsafe fn float_operand(l: *mut Thread, v: *mut Value, what: &str) -> Fallible<f64> {
    // SAFETY: as `prepare`.
    unsafe {
        match (*v).tag {
            tag::FLOAT => Ok((*v).as_float()),
            tag::INTEGER => Ok((*v).as_integer() as f64),
            _ => match string_operand(*v) {
                Some(n) if n.is_integer() => Ok(n.as_integer() as f64),
                Some(n) => Ok(n.as_float()),
                None => Err(debug::for_error(l, v, what)),
            },
        }
    }
}

/// The number that a string operand spells.
unsafe fn string_operand(v: Value) -> Option<Value> {
    // SAFETY: a live string.
    if v.is_string() { number::parse(unsafe { Str::bytes(v.as_str()) }) } else { None }
}

/// An integer loop: replaces the limit by the number of iterations after the first, if this version counts them.
unsafe fn prepare_integer(l: *mut Thread, ra: *mut Value) -> Fallible<bool> {
    // SAFETY: as `prepare`.
    unsafe {
        let first = (*ra).as_integer();
        let step = (*ra.add(2)).as_integer();
        if step == 0 && FOR_LOOP_COUNTS {
            return Err(error::runtime(l, &["'for' step is zero".into()]));
        }
        let Some(limit) = clip_limit(l, first, ra.add(1), step)? else { return Ok(false) };
        if !FOR_LOOP_COUNTS {
            Value::store(ra.add(1), Value::integer(limit));
            Value::store(ra.add(3), Value::integer(first));
            return Ok(true);
        }
        let count = if step > 0 {
            let distance = (limit as u64).wrapping_sub(first as u64);
            if step == 1 { distance } else { distance / step as u64 }
        } else {
            // Avoids the overflow of -mininteger.
            (first as u64).wrapping_sub(limit as u64) / ((-(step + 1)) as u64 + 1)
        };
        set_up(ra, Value::integer(first), Value::integer(count as i64), Value::integer(step));
        Ok(true)
    }
}

/// The limit as an integer, rounded towards the loop's start; `None` when the loop does not run.
unsafe fn clip_limit(l: *mut Thread, first: i64, limit: *mut Value, step: i64) -> Result<Option<i64>, Thrown> {
    // SAFETY: as `prepare`.
    unsafe {
        let number = string_operand(*limit).unwrap_or(*limit);
        let limit = match number.tag {
            tag::INTEGER => number.as_integer(),
            tag::FLOAT => {
                let f = number.as_float();
                let rounded = if step < 0 { real::ceil(f) } else { real::floor(f) };
                match float_to_integer(rounded) {
                    Some(n) => n,
                    // Beyond all integers: it bounds nothing, or everything. (NaN counts as too small.)
                    None if f > 0.0 => {
                        if step < 0 {
                            return Ok(None);
                        }
                        i64::MAX
                    }
                    None => {
                        if step > 0 {
                            return Ok(None);
                        }
                        i64::MIN
                    }
                }
            }
            _ => return Err(debug::for_error(l, limit, "limit")),
        };
        let runs = if step > 0 { first <= limit } else { first >= limit };
        Ok(if runs { Some(limit) } else { None })
    }
}

/// The next iteration of a prepared loop; false at its end.
pub unsafe fn advance(ra: *mut Value) -> bool {
    // SAFETY: prepared registers.
    unsafe {
        if HAS_INTEGERS && !FOR_LOOP_COUNTS && (*ra.add(STEP)).is_integer() {
            let (step, limit) = ((*ra.add(STEP)).as_integer(), (*ra.add(LIMIT)).payload as i64);
            let n = ((*ra.add(INDEX)).payload as i64).wrapping_add(step);
            let more = if step > 0 { n <= limit } else { limit <= n };
            if more {
                Value::store(ra.add(INDEX), Value::integer(n));
                Value::store(ra.add(VARIABLE), Value::integer(n));
            }
            return more;
        }
        if HAS_INTEGERS && (*ra.add(STEP)).is_integer() {
            let left = (*ra.add(LIMIT)).payload;
            if left == 0 {
                return false;
            }
            Value::store(ra.add(LIMIT), Value::integer((left - 1) as i64));
            let n = (*ra.add(INDEX)).payload.wrapping_add((*ra.add(STEP)).payload);
            Value::store(ra.add(INDEX), Value::integer(n as i64));
            Value::store(ra.add(VARIABLE), Value::integer(n as i64));
            return true;
        }
        let step = (*ra.add(STEP)).as_float();
        let limit = (*ra.add(LIMIT)).as_float();
        let n = (*ra.add(INDEX)).as_float() + step;
        if if step > 0.0 { n <= limit } else { limit <= n } {
            Value::store(ra.add(INDEX), Value::float(n));
            Value::store(ra.add(VARIABLE), Value::float(n));
            return true;
        }
        false
    }
}
