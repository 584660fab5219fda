//! Numeric and generic `for`.
//!
//! The numeric loop keeps its parts where `isa::numeric_loop` says. `ForPrep` establishes that all three are
//! integers or all three floats. A precompiled chunk or the debug library may write them in between: the loop may then
//! count as it likes, but its slots always get tag and payload together, so that no value is torn.

use super::{handlers, leave};
use crate::bytecode::Word;
use crate::bytecode::isa::generic_loop::{CLOSING, CONTROL, RESULTS};
use crate::bytecode::isa::numeric_loop::{INDEX, LIMIT, STEP, VARIABLE};
use crate::object::{Slot, Table, Value, tag};
use crate::version::{FOR_LOOP_COUNTS, HAS_INTEGERS, HAS_TBC, LOOP_VARIABLE_CONTROLS};
use crate::vm::builtin::{Builtin, Role};
use crate::vm::call::{self, Flow};
use crate::vm::dispatch::{self, next};
use crate::vm::forloop;

handlers! {
    fn for_prep(l, base, i, k, pc, t) {
        let ra = base.add(i.a() as usize);
        if HAS_INTEGERS
            && (*ra).tag == tag::INTEGER
            && (*ra.add(1)).tag == tag::INTEGER
            && (*ra.add(2)).tag == tag::INTEGER
            && (*ra.add(2)).payload == 1
        {
            let (first, limit) = ((*ra).payload as i64, (*ra.add(1)).payload as i64);
            if first > limit {
                return next!(l, base, k, pc, t);
            }
            let left = (limit as u64).wrapping_sub(first as u64);
            if LOOP_VARIABLE_CONTROLS {
                forloop::set_up(ra, Value::integer(first), Value::integer(left as i64), Value::integer(1));
            } else {
                if FOR_LOOP_COUNTS {
                    (*ra.add(LIMIT)).payload = left;
                }
                Value::store(ra.add(VARIABLE), Value::integer(first));
            }
            return next!(l, base, k, pc.add(1), t);
        }
        if !HAS_INTEGERS
            && (*ra).tag == tag::FLOAT
            && (*ra.add(1)).tag == tag::FLOAT
            && (*ra.add(2)).tag == tag::FLOAT
        {
            let step = f64::from_bits((*ra.add(2)).payload);
            let limit = f64::from_bits((*ra.add(1)).payload);
            // The first iteration is computed like the others.
            let first = f64::from_bits((*ra).payload) - step + step;
            if step > 0.0 && first <= limit {
                forloop::set_up(ra, Value::float(first), Value::float(limit), Value::float(step));
                return next!(l, base, k, pc.add(1), t);
            }
        }
        for_prep_slow(l, base, i, k, pc, t)
    }

    #[inline(never)]
    fn for_prep_slow(l, base, i, k, pc, t) {
        (*(*l).ci).saved_pc = pc;
        (*l).top = (*(*l).ci).top;
        match forloop::prepare(l, base.add(i.a() as usize)) {
            Ok(true) => next!(l, base, k, pc.add(1), t),
            Ok(false) => next!(l, base, k, pc, t),
            Err(thrown) => super::throw(l, thrown),
        }
    }

    fn for_loop(l, base, i, k, pc, t) {
        let ra = base.add(i.a() as usize);
        if !HAS_INTEGERS {
            // Whatever may have been written there is taken for a number.
            let step = f64::from_bits((*ra.add(STEP)).payload);
            let n = f64::from_bits((*ra.add(INDEX)).payload) + step;
            let limit = f64::from_bits((*ra.add(LIMIT)).payload);
            if if step > 0.0 { n <= limit } else { limit <= n } {
                Value::store(ra.add(INDEX), Value::float(n));
                Value::store(ra.add(VARIABLE), Value::float(n));
                let table = (*l).dispatch.cast::<dispatch::Table>();
                return next!(l, base, k, pc.sub(i.d() as usize), table);
            }
            return next!(l, base, k, pc, t);
        }
        if (*ra.add(STEP)).tag == tag::INTEGER {
            let n = (*ra.add(INDEX)).payload.wrapping_add((*ra.add(STEP)).payload);
            if FOR_LOOP_COUNTS {
                let left = (*ra.add(LIMIT)).payload;
                if left == 0 {
                    return next!(l, base, k, pc, t);
                }
                Value::store(ra.add(LIMIT), Value { payload: left - 1, tag: tag::INTEGER });
            } else {
                if (*ra.add(STEP)).payload as i64 <= 0 {
                    return for_loop_down(l, base, i, k, pc, t);
                }
                if n as i64 > (*ra.add(LIMIT)).payload as i64 {
                    return next!(l, base, k, pc, t);
                }
            }
            Value::store(ra.add(INDEX), Value { payload: n, tag: tag::INTEGER });
            if VARIABLE != INDEX {
                Value::store(ra.add(VARIABLE), Value { payload: n, tag: tag::INTEGER });
            }
            let table = (*l).dispatch.cast::<dispatch::Table>();
            return next!(l, base, k, pc.sub(i.d() as usize), table);
        }
        for_loop_float(l, base, i, k, pc, t)
    }

    /// As `for_loop` without counts, for a step that is not positive.
    #[inline(never)]
    fn for_loop_down(l, base, i, k, pc, t) {
        let ra = base.add(i.a() as usize);
        let n = (*ra.add(INDEX)).payload.wrapping_add((*ra.add(STEP)).payload);
        if (n as i64) < (*ra.add(LIMIT)).payload as i64 {
            return next!(l, base, k, pc, t);
        }
        Value::store(ra.add(INDEX), Value { payload: n, tag: tag::INTEGER });
        Value::store(ra.add(VARIABLE), Value { payload: n, tag: tag::INTEGER });
        let table = (*l).dispatch.cast::<dispatch::Table>();
        next!(l, base, k, pc.sub(i.d() as usize), table)
    }

    #[inline(never)]
    fn for_loop_float(l, base, i, k, pc, t) {
        if forloop::advance(base.add(i.a() as usize)) {
            let table = (*l).dispatch.cast::<dispatch::Table>();
            return next!(l, base, k, pc.sub(i.d() as usize), table);
        }
        next!(l, base, k, pc, t)
    }

    fn for_loop_x(l, base, i, k, pc, t) {
        if forloop::advance(base.add(i.a() as usize)) {
            return next!(l, base, k, pc, t);
        }
        next!(l, base, k, pc.add(1), t)
    }

    fn tfor_prep(l, base, i, k, pc, t) {
        if LOOP_VARIABLE_CONTROLS {
            // The values come with the control variable before the closing value.
            let ra = base.add(i.a() as usize);
            let control = Value::load(ra.add(CLOSING));
            Value::copy(ra.add(CLOSING), ra.add(CONTROL));
            Value::store(ra.add(CONTROL), control);
        }
        if !HAS_TBC || (*base.add(i.a() as usize + CLOSING)).is_falsy() {
            return next!(l, base, k, pc, t);
        }
        tfor_prep_tbc(l, base, i, k, pc, t)
    }

    #[cold]
    #[inline(never)]
    fn tfor_prep_tbc(l, base, i, k, pc, t) {
        leave!(l, pc, call::new_tbc(l, base.add(i.a() as usize + CLOSING)).map(|()| Flow::Run))
    }

    fn tfor_call(l, base, i, k, pc, t) {
        let ra = base.add(i.a() as usize);
        if (*ra).tag == tag::BUILTIN && (*ra.add(1)).tag == tag::TABLE {
            let role = (*((*ra).payload as *const Builtin)).role;
            if role == Role::Next {
                return tfor_next(l, base, i, k, pc, t);
            }
            let number = if HAS_INTEGERS { tag::INTEGER } else { tag::FLOAT };
            if role == Role::IpairsStep && (*ra.add(CONTROL)).tag == number {
                let table = (*ra.add(1)).payload as *mut Table;
                let payload = (*ra.add(CONTROL)).payload;
                let n = if HAS_INTEGERS { payload } else { f64::from_bits(payload) as i64 as u64 }.wrapping_add(1);
                let slot = Table::array_slot(table, n as i64);
                if !slot.is_null() {
                    let v = Slot::load(slot);
                    if v.tag != tag::NIL {
                        Value::store(ra.add(RESULTS), Value::whole(n as i64));
                        Value::store(ra.add(RESULTS + 1), v);
                        if i.c() <= 2 {
                            return next!(l, base, k, pc, t);
                        }
                    }
                }
            }
        }
        tfor_call_slow(l, base, i, k, pc, t)
    }

    /// The iterator is `next` on a table: one step, without a call.
    #[inline(never)]
    fn tfor_next(l, base, i, k, pc, t) {
        let ra = base.add(i.a() as usize);
        let out = ra.add(RESULTS);
        match Table::next((*ra.add(1)).payload as *mut Table, Value::load(ra.add(CONTROL)), out) {
            Ok(more) => {
                if !more {
                    Value::store_nil(out);
                    Value::store_nil(out.add(1));
                }
                for n in 2..i.c() as usize {
                    Value::store_nil(out.add(n));
                }
                next!(l, base, k, pc, t)
            }
            // The error is raised by the function itself, with its own call record.
            Err(_) => tfor_call_slow(l, base, i, k, pc, t),
        }
    }

    #[inline(never)]
    fn tfor_call_slow(l, base, i, k, pc, t) {
        let ra = base.add(i.a() as usize);
        let func = ra.add(RESULTS);
        // The control variable goes first: it may lie where the results do.
        Value::copy(func.add(2), ra.add(CONTROL));
        Value::copy(func.add(1), ra.add(1));
        Value::copy(func, ra);
        (*(*l).ci).saved_pc = pc;
        (*l).top = func.add(3);
        super::carry_on!(l, call::start_call(l, func, i.c() as i32, 0))
    }

    fn tfor_loop(l, base, i, k, pc, t) {
        let ra = base.add(i.a() as usize);
        let control = Value::load(ra.add(RESULTS));
        if control.tag == tag::NIL {
            return next!(l, base, k, pc, t);
        }
        if CONTROL != RESULTS {
            Value::store(ra.add(CONTROL), control);
        }
        let table = (*l).dispatch.cast::<dispatch::Table>();
        next!(l, base, k, pc.sub(i.d() as usize), table)
    }

    fn tfor_loop_x(l, base, i, k, pc, t) {
        let ra = base.add(i.a() as usize);
        let control = Value::load(ra.add(RESULTS));
        if control.tag == tag::NIL {
            return next!(l, base, k, pc.add(1), t);
        }
        if CONTROL != RESULTS {
            Value::store(ra.add(CONTROL), control);
        }
        next!(l, base, k, pc, t)
    }
}
