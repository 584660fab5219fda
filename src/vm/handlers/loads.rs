//! Loads, moves, upvalues and closures.

use super::{handlers, leave};
use crate::bytecode::Word;
use crate::gc;
use crate::object::{GcHeader, LuaClosure, Value, tag};
use crate::vm::call::{Flow, new_closure};
use crate::vm::dispatch::next;

handlers! {
    fn move_(l, base, i, k, pc, t) {
        Value::copy(base.add(i.a() as usize), base.add(i.b() as usize));
        next!(l, base, k, pc, t)
    }

    fn load_i(l, base, i, k, pc, t) {
        let n = i.sd();
        Value::store(base.add(i.a() as usize), Value::whole(n as i64));
        next!(l, base, k, pc, t)
    }

    fn load_f(l, base, i, k, pc, t) {
        Value::store(base.add(i.a() as usize), Value::float(i.sd() as f64));
        next!(l, base, k, pc, t)
    }

    fn load_k(l, base, i, k, pc, t) {
        Value::copy(base.add(i.a() as usize), k.add(i.d() as usize));
        next!(l, base, k, pc, t)
    }

    fn load_kx(l, base, i, k, pc, t) {
        Value::copy(base.add(i.a() as usize), k.add((*pc).s() as usize));
        next!(l, base, k, pc.add(1), t)
    }

    fn load_false(l, base, i, k, pc, t) {
        (*base.add(i.a() as usize)).tag = tag::FALSE;
        next!(l, base, k, pc, t)
    }

    fn load_false_skip(l, base, i, k, pc, t) {
        (*base.add(i.a() as usize)).tag = tag::FALSE;
        next!(l, base, k, pc.add(1), t)
    }

    fn load_true(l, base, i, k, pc, t) {
        (*base.add(i.a() as usize)).tag = tag::TRUE;
        next!(l, base, k, pc, t)
    }

    fn load_nil(l, base, i, k, pc, t) {
        let mut to = base.add(i.a() as usize);
        let last = to.add(i.b() as usize);
        loop {
            Value::store_nil(to);
            if to == last {
                break;
            }
            to = to.add(1);
        }
        next!(l, base, k, pc, t)
    }

    fn get_upval(l, base, i, k, pc, t) {
        let closure = (*base.sub(1)).payload as *mut LuaClosure;
        let upvalue = *LuaClosure::upvalue(closure, i.b() as usize);
        Value::copy(base.add(i.a() as usize), (*upvalue).value);
        next!(l, base, k, pc, t)
    }

    #[cfg(feature = "lua51")]
    fn get_env(l, base, i, k, pc, t) {
        let closure = (*base.sub(1)).payload as *mut LuaClosure;
        Value::copy(base.add(i.a() as usize), &raw const (*closure).environment);
        next!(l, base, k, pc, t)
    }

    fn set_upval(l, base, i, k, pc, t) {
        let closure = (*base.sub(1)).payload as *mut LuaClosure;
        let upvalue = *LuaClosure::upvalue(closure, i.b() as usize);
        let v = Value::load(base.add(i.a() as usize));
        Value::store((*upvalue).value, v);
        if (*upvalue).marked & crate::object::header::mark::BLACK != 0 && v.is_collectable() {
            return set_upval_barrier(l, base, i, k, pc, t);
        }
        next!(l, base, k, pc, t)
    }

    #[cold]
    #[inline(never)]
    fn set_upval_barrier(l, base, i, k, pc, t) {
        let closure = (*base.sub(1)).payload as *mut LuaClosure;
        let upvalue = *LuaClosure::upvalue(closure, i.b() as usize);
        gc::barrier((*l).global, upvalue.cast::<GcHeader>(), Value::load(base.add(i.a() as usize)));
        next!(l, base, k, pc, t)
    }

    fn closure(l, base, i, k, pc, t) {
        let index = (*pc).s() as usize;
        leave!(l, pc.add(1), new_closure(l, base, i.a() as usize, index).map(|()| Flow::Run))
    }

    /// An `Extra` word is skipped by the instruction before it; the verifier refuses jumps to one.
    #[cold]
    fn extra(l, base, i, k, pc, t) {
        next!(l, base, k, pc, t)
    }
}
