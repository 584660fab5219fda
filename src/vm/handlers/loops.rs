//! Numeric and generic `for`.
//!
//! The numeric loop keeps in R[A] the internal index, in R[A+1] the number of iterations left (integers, from 5.4 on) or
//! the limit, in R[A+2] the step, and shows R[A+3] to the program. `ForPrep` establishes that all three are
//! integers or all three floats. A precompiled chunk or the debug library may write them in between: the loop may then
//! count as it likes, but its slots always get tag and payload together, so that no value is torn.

use super::{handlers, leave};
use crate::bytecode::Word;
use crate::object::{Table, Value, tag};
use crate::version::{FOR_LOOP_COUNTS, GENERIC_FOR_HIDDEN as HIDDEN, HAS_INTEGERS, HAS_TBC};
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
            if FOR_LOOP_COUNTS {
                (*ra.add(1)).payload = (limit as u64).wrapping_sub(first as u64);
            }
            Value::store(ra.add(3), Value::integer(first));
            return next!(l, base, k, pc.add(1), t);
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
            let step = f64::from_bits((*ra.add(2)).payload);
            let n = f64::from_bits((*ra).payload) + step;
            let limit = f64::from_bits((*ra.add(1)).payload);
            if if step > 0.0 { n <= limit } else { limit <= n } {
                Value::store(ra, Value::float(n));
                Value::store(ra.add(3), Value::float(n));
                let table = (*l).dispatch.cast::<dispatch::Table>();
                return next!(l, base, k, pc.sub(i.d() as usize), table);
            }
            return next!(l, base, k, pc, t);
        }
        if (*ra.add(2)).tag == tag::INTEGER {
            let n = (*ra).payload.wrapping_add((*ra.add(2)).payload);
            if FOR_LOOP_COUNTS {
                let left = (*ra.add(1)).payload;
                if left == 0 {
                    return next!(l, base, k, pc, t);
                }
                Value::store(ra.add(1), Value { payload: left - 1, tag: tag::INTEGER });
            } else {
                let (step, n, limit) = ((*ra.add(2)).payload as i64, n as i64, (*ra.add(1)).payload as i64);
                if if step > 0 { n > limit } else { limit > n } {
                    return next!(l, base, k, pc, t);
                }
            }
            Value::store(ra, Value { payload: n, tag: tag::INTEGER });
            Value::store(ra.add(3), Value { payload: n, tag: tag::INTEGER });
            let table = (*l).dispatch.cast::<dispatch::Table>();
            return next!(l, base, k, pc.sub(i.d() as usize), table);
        }
        for_loop_float(l, base, i, k, pc, t)
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
        if !HAS_TBC || (*base.add(i.a() as usize + 3)).is_falsy() {
            return next!(l, base, k, pc, t);
        }
        tfor_prep_tbc(l, base, i, k, pc, t)
    }

    #[cold]
    #[inline(never)]
    fn tfor_prep_tbc(l, base, i, k, pc, t) {
        leave!(l, pc, call::new_tbc(l, base.add(i.a() as usize + 3)).map(|()| Flow::Run))
    }

    fn tfor_call(l, base, i, k, pc, t) {
        let ra = base.add(i.a() as usize);
        if (*ra).tag == tag::BUILTIN && (*ra.add(1)).tag == tag::TABLE {
            let role = (*((*ra).payload as *const Builtin)).role;
            if role == Role::Next {
                return tfor_next(l, base, i, k, pc, t);
            }
            let number = if HAS_INTEGERS { tag::INTEGER } else { tag::FLOAT };
            if role == Role::IpairsStep && (*ra.add(2)).tag == number {
                let table = (*ra.add(1)).payload as *mut Table;
                let payload = (*ra.add(2)).payload;
                let n = if HAS_INTEGERS { payload } else { f64::from_bits(payload) as i64 as u64 }.wrapping_add(1);
                let slot = Table::array_slot(table, n as i64);
                if !slot.is_null() {
                    let v = Value::load(slot);
                    if v.tag != tag::NIL {
                        Value::store(ra.add(HIDDEN), Value::whole(n as i64));
                        Value::store(ra.add(HIDDEN + 1), v);
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
        let out = ra.add(HIDDEN);
        match Table::next((*ra.add(1)).payload as *mut Table, Value::load(ra.add(2)), out) {
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
        let func = ra.add(HIDDEN);
        Value::copy(func, ra);
        Value::copy(func.add(1), ra.add(1));
        Value::copy(func.add(2), ra.add(2));
        (*(*l).ci).saved_pc = pc;
        (*l).top = func.add(3);
        super::carry_on!(l, call::start_call(l, func, i.c() as i32, 0))
    }

    fn tfor_loop(l, base, i, k, pc, t) {
        let ra = base.add(i.a() as usize);
        let control = Value::load(ra.add(HIDDEN));
        if control.tag == tag::NIL {
            return next!(l, base, k, pc, t);
        }
        Value::store(ra.add(2), control);
        let table = (*l).dispatch.cast::<dispatch::Table>();
        next!(l, base, k, pc.sub(i.d() as usize), table)
    }

    fn tfor_loop_x(l, base, i, k, pc, t) {
        let ra = base.add(i.a() as usize);
        let control = Value::load(ra.add(HIDDEN));
        if control.tag == tag::NIL {
            return next!(l, base, k, pc.add(1), t);
        }
        Value::store(ra.add(2), control);
        next!(l, base, k, pc, t)
    }
}
