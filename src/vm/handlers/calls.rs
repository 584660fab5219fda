//! Calls, returns and what goes with them.

use super::{again, carry_on, handlers, leave};
use crate::bytecode::{Op, Word};
use crate::object::thread::call_flag;
use crate::object::{CallInfo, Instruction, LuaClosure, Proto, Thread, Value, tag};
use crate::version::EXTRA_ARGUMENTS_IN_TABLE;
use crate::vm::call::{self, Flow};
use crate::vm::dispatch::{DONE, Table, UNDER_HOOK, next};
use crate::vm::finish::{self, Remainder};
use crate::vm::{hooks, quick, upvalues, varargs};
use core::ptr;

/// Enters the Lua function in `R[A]` with `$args` arguments (a `$count`) behind it: a new call record, registers switched. Whatever is
/// out of the ordinary is done out of line, where the last three of a handler's arguments are not needed; the registers they
/// would have to be kept in are. What was written to the new record before that is known does no harm.
macro_rules! enter {
    ($l:ident, $base:ident, $i:ident, $k:ident, $pc:ident, $t:ident, $count:ty, $args:expr, $args_again:expr) => {{
        let func = $base.add($i.a() as usize);
        if (*func).tag != tag::LUA_CLOSURE {
            return call_native($l, $base, $i, $k, $pc, $t);
        }
        let ci = (*$l).ci;
        (*ci).saved_pc = $pc;
        if ci.add(1) == (*$l).call_end {
            return call_slow($l, $base, $i, ptr::null(), ptr::null(), ptr::null());
        }
        let new = ci.add(1);
        (*new).func = func;
        let args: $count = $args as $count;
        (*new).wanted = $i.c() as i16 - 1;
        (*new).flags = 0;
        (*new).extra_args = args as u32;
        let proto: *const Proto = (*((*func).payload as *const LuaClosure)).proto;
        if args < (*proto).params as $count {
            return call_few($l, $base, $i, ptr::null(), ptr::null(), ptr::null());
        }
        let top = func.add(1 + (*proto).max_stack as usize);
        (*new).top = top;
        // The room is counted from behind the arguments, as everywhere, so that overflows come at the same depth.
        if top >= (*$l).stack_last.sub($args_again as usize) {
            return call_slow($l, $base, $i, ptr::null(), ptr::null(), ptr::null());
        }
        let new = hidden(ci).add(1);
        (*$l).ci = new;
        let entered = expect(new, proto);
        let table = (*$l).dispatch.cast::<Table>();
        next!($l, func.add(1), (*entered).constants.cast_const(), (*entered).code.cast_const(), table)
    }};
}

/// The prototype that is entered. Most often it is the one that this record was last used for, which is known long before
/// the called value has come from memory: processors go on with it while that is on its way.
#[inline(always)]
unsafe fn expect(new: *mut CallInfo, proto: *const Proto) -> *const Proto {
    // SAFETY: a Lua function's record; what it was used for is only looked at when it is the live prototype.
    unsafe {
        // The optimiser would see that the two are the same, and take the one that comes late.
        let expected = ptr::with_exposed_provenance_mut((*new).aside as usize);
        if ptr::eq(hidden(expected), proto) {
            return expected;
        }
        (*new).aside = proto.expose_provenance() as isize;
        proto
    }
}

/// The same address, of which the optimiser does not know that it is (see [`again`]).
#[inline(always)]
#[allow(unused_mut)]
fn hidden<T>(mut p: *mut T) -> *mut T {
    #[cfg(relua_tail_calls)]
    // SAFETY: no instruction at all.
    unsafe {
        core::arch::asm!("/* {0} */", inout(reg) p, options(pure, nomem, nostack, preserves_flags))
    };
    p
}

/// A Lua function in `R[A]` with enough arguments, `$args` (a `$count`), takes over the frame of one without extra arguments.
/// A function that calls itself is found in its slot already; nothing that follows need wait for the value that was called.
macro_rules! take_over {
    ($l:ident, $base:ident, $i:ident, $pc:ident, $count:ty, $args:expr) => {{
        let func = $base.add($i.a() as usize);
        let ci = (*$l).ci;
        (*ci).saved_pc = $pc;
        let running = (*((*$base.sub(1)).payload as *const LuaClosure)).proto;
        if (*func).tag != tag::LUA_CLOSURE || $i.c() != 0 || (*running).is_vararg {
            return tail_call_slow($l, $base, $i, ptr::null(), ptr::null(), ptr::null());
        }
        let args: $count = $args as $count;
        let proto: *const Proto = (*((*func).payload as *const LuaClosure)).proto;
        let top = $base.add((*proto).max_stack as usize);
        let end = func.add(args as usize + 1);
        if args < (*proto).params as $count || top.byte_add(end as usize - $base as usize) >= (*$l).stack_last {
            return tail_call_slow($l, $base, $i, ptr::null(), ptr::null(), ptr::null());
        }
        (*ci).top = top;
        call::mark_tail_call(ci);
        (*ci).extra_args = args as u32;
        // Looked up again: there are not enough registers to keep it.
        let slot = hidden($base).sub(1);
        let mut entered = (*((*slot).payload as *const LuaClosure)).proto.cast_const();
        if (*func).payload != (*slot).payload {
            Value::copy(slot, func);
            entered = proto;
        }
        let mut from = $base.add(again($i).a() as usize + 1);
        let mut to = $base;
        while from < end {
            Value::copy(to, from);
            from = from.add(1);
            to = to.add(1);
        }
        let table = (*$l).dispatch.cast::<Table>();
        next!($l, $base, (*entered).constants.cast_const(), (*entered).code.cast_const(), table)
    }};
}

/// Back to the Lua frame below `$ci`, in the same dispatch, right behind its call.
macro_rules! return_to {
    ($l:ident, $ci:ident, $t:ident) => {{
        let caller: *mut CallInfo = $ci.sub(1);
        (*$l).ci = caller;
        let func = (*caller).func;
        let closure = (*func).payload as *const LuaClosure;
        next!($l, func.add(1), (*(*closure).proto).constants.cast_const(), (*caller).saved_pc, $t)
    }};
}

/// Sets `top` to the end of a call's arguments, unless an open call before it has.
///
/// # Safety
/// `func` is the register of `l`'s running frame that the call instruction `i` names.
#[inline(always)]
unsafe fn delimit(l: *mut Thread, func: *mut Value, i: Instruction) {
    // SAFETY: the frame has the registers that its code names.
    unsafe {
        if i.b() != 0 {
            (*l).top = func.add(i.b() as usize);
        }
    }
}

handlers! {
    fn call(l, base, i, k, pc, t) {
        if i.b() == 0 {
            return call_open(l, base, i, k, pc, t);
        }
        enter!(l, base, i, k, pc, t, u8, i.b() - 1, again(i).b() - 1)
    }

    /// A call whose last argument was a call or `...`: the arguments reach to `top`.
    #[inline(never)]
    fn call_open(l, base, i, k, pc, t) {
        let func = base.add(i.a() as usize);
        let args = (*l).top.offset_from(func) as u32 - 1;
        enter!(l, base, i, k, pc, t, u32, args, args)
    }

    /// A function of ours, or whatever else is not a Lua function.
    #[inline(never)]
    fn call_native(l, base, i, k, pc, t) {
        let func = base.add(i.a() as usize);
        if (*func).tag == tag::LIGHT_C_FUNCTION && (*l).hook_mask == 0 {
            return call_c(l, base, i, k, pc, t);
        }
        if !(*func).is_function() {
            return call_object(l, base, i, k, pc, t);
        }
        let builtin = call::builtin_of(func);
        if !builtin.is_null() && (*l).hook_mask == 0 {
            return ((*builtin).quick)(l, base, i, k, pc, t);
        }
        if (*func).tag == tag::C_CLOSURE && (*l).hook_mask == 0 {
            return call_c(l, base, i, k, pc, t);
        }
        call_native_frame(l, base, i, k, pc, t)
    }

    /// A call of a foreign C function.
    #[inline(never)]
    fn call_c(l, base, i, k, pc, t) {
        let func = base.add(i.a() as usize);
        (*(*l).ci).saved_pc = pc;
        delimit(l, func, i);
        carry_on!(l, call::call_c(l, func, i.c() as i32 - 1))
    }

    /// A call of what is no function.
    #[inline(never)]
    fn call_object(l, base, i, k, pc, t) {
        let func = base.add(i.a() as usize);
        (*(*l).ci).saved_pc = pc;
        delimit(l, func, i);
        carry_on!(l, call::call_object(l, func, i.c() as i32 - 1))
    }

    /// A call, possibly a tail call, of what is not a Lua function, with a call record.
    #[inline(never)]
    fn call_native_frame(l, base, i, k, pc, t) {
        let func = base.add(i.a() as usize);
        (*(*l).ci).saved_pc = pc;
        delimit(l, func, i);
        if i.op() == Op::TailCall {
            return carry_on!(l, call::start_tail_call(l, func));
        }
        if (*l).hook_mask == 0 {
            let builtin = call::builtin_of(func);
            if !builtin.is_null() {
                return carry_on!(l, call::call_builtin(l, func, i.c() as i32 - 1, builtin));
            }
        }
        carry_on!(l, call::start_call(l, func, i.c() as i32 - 1, 0))
    }

    /// A Lua function that lacks arguments: they are nil. The running frame knows its place in the code already, and the new
    /// record is as far as the arguments.
    #[inline(never)]
    fn call_few(l, base, i, k, pc, t) {
        let func = base.add(i.a() as usize);
        let new = (*l).ci.add(1);
        let proto: *const Proto = (*((*func).payload as *const LuaClosure)).proto;
        let args = (*new).extra_args as usize;
        let top = func.add(1 + (*proto).max_stack as usize);
        if top.add(args) >= (*l).stack_last {
            return call_slow(l, base, i, k, pc, t);
        }
        (*new).top = top;
        let mut slot = func.add(1 + args);
        let end = func.add(1 + (*proto).params as usize);
        while slot < end {
            Value::store_nil(slot);
            slot = slot.add(1);
        }
        (*l).ci = new;
        let table = (*l).dispatch.cast::<Table>();
        next!(l, func.add(1), (*proto).constants.cast_const(), (*proto).code.cast_const(), table)
    }

    /// A Lua function that lacks arguments or room; the running frame knows its place in the code already.
    #[inline(never)]
    fn call_slow(l, base, i, k, pc, t) {
        let func = base.add(i.a() as usize);
        delimit(l, func, i);
        carry_on!(l, call::start_call(l, func, i.c() as i32 - 1, 0))
    }

    fn tail_call(l, base, i, k, pc, t) {
        if i.b() == 0 {
            return tail_call_open(l, base, i, k, pc, t);
        }
        take_over!(l, base, i, pc, u8, i.b() - 1)
    }

    /// As `call_open`, in tail position.
    #[inline(never)]
    fn tail_call_open(l, base, i, k, pc, t) {
        let func = base.add(i.a() as usize);
        take_over!(l, base, i, pc, u32, (*l).top.offset_from(func) as u32 - 1)
    }

    /// Any other tail call; the running frame knows its place in the code already.
    #[inline(never)]
    fn tail_call_slow(l, base, i, k, pc, t) {
        let func = base.add(i.a() as usize);
        if let Some(quick) = quick::of_tail_call(l, func, i) {
            let running = (*((*base.sub(1)).payload as *const LuaClosure)).proto;
            let table = (*l).dispatch.cast::<Table>();
            return quick(l, base, i, (*running).constants.cast_const(), (*(*l).ci).saved_pc, table);
        }
        delimit(l, func, i);
        if i.c() != 0 {
            call::close_upvalues(l, base);
            // The compiler makes no tail calls where variables are to be closed. A chunk that does has forfeited them.
            while upvalues::pop_tbc(l, base).is_some() {}
        }
        carry_on!(l, call::start_tail_call(l, func))
    }

    fn return_1(l, base, i, k, pc, t) {
        let ci = (*l).ci;
        if (*ci).flags & !call_flag::TAIL != 0 {
            return return_1_slow(l, base, i, k, pc, t);
        }
        let func = base.sub(1);
        let from = base.add(i.a() as usize);
        let wanted = (*ci).wanted;
        if wanted > 1 {
            return return_1_slow(l, base, i, k, pc, t);
        }
        // Harmless when no result is wanted: the slot is free then.
        Value::copy(func, from);
        (*l).top = base;
        return_to!(l, ci, t)
    }

    fn return_0(l, base, i, k, pc, t) {
        let ci = (*l).ci;
        let wanted = (*ci).wanted;
        if (*ci).flags & !call_flag::TAIL != 0 || wanted > 1 {
            return return_0_slow(l, base, i, k, pc, t);
        }
        let func = base.sub(1);
        if wanted == 1 {
            Value::store_nil(func);
        } else {
            (*l).top = func;
        }
        return_to!(l, ci, t)
    }

    /// A return to more than a call, or to a call that wants more than it gets. To native code that wants one: it leaves.
    #[inline(never)]
    fn return_1_slow(l, base, i, k, pc, t) {
        let ci = (*l).ci;
        if (*ci).flags & !call_flag::TAIL != call_flag::FRESH || (*ci).wanted != 1 || (*l).hook_mask != 0 {
            return return_1_other(l, base, i, k, pc, t);
        }
        Value::copy(base.sub(1), base.add(i.a() as usize));
        (*l).top = base;
        (*l).ci = ci.sub(1);
        DONE
    }

    #[inline(never)]
    fn return_1_other(l, base, i, k, pc, t) {
        let ci = (*l).ci;
        let caller = ci.sub(1);
        if (*ci).flags & !call_flag::TAIL != call_flag::CONTINUES
            || (*caller).flags & (call_flag::NATIVE | call_flag::NEGATE) != 0
            || (*l).hook_mask != 0
        {
            return return_1_frame(l, base, i, k, pc, t);
        }
        // A metamethod: what is left of the instruction that called it is done here (see `vm::finish`).
        let word = *(*caller).saved_pc.sub(1);
        let v = base.add(i.a() as usize);
        match finish::remainder(word.op()) {
            Remainder::Store => Value::copy((*caller).func.add(1 + word.a() as usize), v),
            Remainder::Branch(when) => finish::branch(caller, !(*v).is_falsy() == when),
            Remainder::Nothing => {}
            Remainder::Concat if base.sub(3) == (*caller).func.add(1 + word.a() as usize) => Value::copy(base.sub(3), v),
            Remainder::Concat | Remainder::More => return return_1_frame(l, base, i, k, pc, t),
        }
        call::leave_continued(l);
        return_to!(l, ci, t)
    }

    #[inline(never)]
    fn return_1_frame(l, base, i, k, pc, t) {
        (*(*l).ci).saved_pc = pc;
        let first = base.add(i.a() as usize);
        carry_on!(l, call::return_frame(l, first, 1))
    }

    #[inline(never)]
    fn return_0_slow(l, base, i, k, pc, t) {
        let ci = (*l).ci;
        let caller = ci.sub(1);
        if (*ci).flags & !call_flag::TAIL == call_flag::CONTINUES
            && (*caller).flags & call_flag::NATIVE == 0
            && (*l).hook_mask == 0
            && matches!(finish::remainder((*(*caller).saved_pc.sub(1)).op()), Remainder::Nothing)
        {
            call::leave_continued(l);
            return_to!(l, ci, t)
        } else {
            return_0_frame(l, base, i, k, pc, t)
        }
    }

    #[inline(never)]
    fn return_0_frame(l, base, i, k, pc, t) {
        (*(*l).ci).saved_pc = pc;
        carry_on!(l, call::return_frame(l, base, 0))
    }

    /// Any number of values, to a call in the same dispatch.
    fn return_(l, base, i, k, pc, t) {
        let ci = (*l).ci;
        if i.c() != 0 || (*ci).flags & !call_flag::TAIL != 0 {
            return return_slow(l, base, i, k, pc, t);
        }
        let mut to = base.sub(1);
        let proto: *const Proto = (*((*to).payload as *const LuaClosure)).proto;
        if (*proto).is_vararg {
            to = to.sub((*ci).extra_args as usize + (*proto).params as usize + 1);
        }
        let mut from = base.add(i.a() as usize);
        let end = if i.b() == 0 { (*l).top } else { from.add(i.b() as usize - 1) };
        if (*ci).wanted < 0 {
            while from < end {
                Value::copy(to, from);
                from = from.add(1);
                to = to.add(1);
            }
        } else {
            let stop = to.add((*ci).wanted as usize);
            while to < stop {
                if from < end {
                    Value::copy(to, from);
                } else {
                    Value::store_nil(to);
                }
                from = from.add(1);
                to = to.add(1);
            }
        }
        (*l).top = to;
        return_to!(l, ci, t)
    }

    #[inline(never)]
    fn return_slow(l, base, i, k, pc, t) {
        let ci = (*l).ci;
        (*ci).saved_pc = pc;
        let first = base.add(i.a() as usize);
        let n = if i.b() == 0 { (*l).top.offset_from(first) as usize } else { i.b() as usize - 1 };
        if i.c() != 0 {
            return carry_on!(l, call::return_closing(l, base, i.a() as usize, n));
        }
        carry_on!(l, call::return_frame(l, first, n))
    }

    fn close(l, base, i, k, pc, t) {
        leave!(l, pc, call::close_in_frame(l, base.add(i.a() as usize)))
    }

    fn tbc(l, base, i, k, pc, t) {
        leave!(l, pc, call::new_tbc(l, base.add(i.a() as usize)).map(|()| Flow::Run))
    }

    /// Extra arguments, as many as wanted or all of them.
    fn vararg(l, base, i, k, pc, t) {
        let ci = (*l).ci;
        let extra = (*ci).extra_args as usize;
        let mut from = base.sub(1 + extra);
        let end = base.sub(1);
        let mut to = base.add(i.a() as usize);
        if i.c() != 0 {
            let stop = to.add(i.c() as usize - 1);
            while to < stop {
                if from < end {
                    Value::copy(to, from);
                } else {
                    Value::store_nil(to);
                }
                from = from.add(1);
                to = to.add(1);
            }
            return next!(l, base, k, pc, t);
        }
        // The room is counted from the end of the frame, as where it is made.
        if (*ci).top.add(extra) >= (*l).stack_last {
            return vararg_slow(l, base, i, k, pc, t);
        }
        while from < end {
            Value::copy(to, from);
            from = from.add(1);
            to = to.add(1);
        }
        (*l).top = to;
        next!(l, base, k, pc, t)
    }

    #[inline(never)]
    fn vararg_slow(l, base, i, k, pc, t) {
        (*(*l).ci).saved_pc = pc;
        carry_on!(l, call::push_varargs(l, base, i.a() as usize, i.c() as i32 - 1))
    }

    /// Moves function and parameters above the arguments (see [`call::adjust_varargs`]).
    fn vararg_prep(l, base, i, k, pc, t) {
        let ci = (*l).ci;
        let old = base.sub(1);
        let proto: *const Proto = (*((*old).payload as *const LuaClosure)).proto;
        let (params, args) = ((*proto).params as u32, (*ci).extra_args);
        let extra = if args > params { args - params } else { 0 };
        let new = base.add((extra + params) as usize);
        let top = new.add(1 + (*proto).max_stack as usize);
        if top >= (*l).stack_last || (EXTRA_ARGUMENTS_IN_TABLE && i.b() != 0) {
            return vararg_prep_slow(l, base, i, k, pc, t);
        }
        (*ci).extra_args = extra;
        (*ci).func = new;
        (*ci).top = top;
        Value::copy(new, old);
        let mut from = base;
        let mut to = new.add(1);
        let end = base.add(params as usize);
        while from < end {
            Value::copy(to, from);
            Value::store_nil(from);
            from = from.add(1);
            to = to.add(1);
        }
        if EXTRA_ARGUMENTS_IN_TABLE {
            Value::store_nil(to);
        }
        next!(l, new.add(1), k, pc, t)
    }

    #[inline(never)]
    fn vararg_prep_slow(l, base, i, k, pc, t) {
        (*(*l).ci).saved_pc = pc;
        carry_on!(l, varargs::prepare(l, i.b() as usize))
    }

    fn check_nil(l, base, i, k, pc, t) {
        if (*base.add(i.a() as usize)).tag == tag::NIL {
            return next!(l, base, k, pc, t);
        }
        check_nil_fails(l, base, i, k, pc, t)
    }

    #[cold]
    #[inline(never)]
    fn check_nil_fails(l, base, i, k, pc, t) {
        leave!(l, pc, Err(varargs::already_defined(l, k, i.d())))
    }

    #[inline(never)]
    fn vararg_unpack(l, base, i, k, pc, t) {
        (*(*l).ci).saved_pc = pc;
        carry_on!(l, varargs::unpack(l, i.a() as usize, i.b() as usize, i.c() as i32 - 1))
    }

    /// A field of the extra arguments, which are no table.
    fn vararg_get(l, base, i, k, pc, t) {
        let key = base.add(i.c() as usize);
        if (*key).tag != tag::INTEGER {
            return vararg_get_other(l, base, i, k, pc, t);
        }
        let extra = (*(*l).ci).extra_args as u64;
        let to = base.add(i.a() as usize);
        let n = (*key).payload.wrapping_sub(1);
        if n < extra {
            Value::copy(to, base.sub(1 + extra as usize).add(n as usize));
        } else {
            Value::store_nil(to);
        }
        next!(l, base, k, pc, t)
    }

    #[inline(never)]
    fn vararg_get_other(l, base, i, k, pc, t) {
        let value = varargs::field(l, Value::load(base.add(i.c() as usize)));
        Value::store(base.add(i.a() as usize), value);
        next!(l, base, k, pc, t)
    }

    // ---- with hooks

    /// Every instruction while a hook is set.
    #[inline(never)]
    fn hooked(l, base, i, k, pc, t) {
        let ci = (*l).ci;
        (*ci).saved_pc = pc;
        match hooks::before_instruction(l, ci, i) {
            Ok(()) => {
                // The hook may have moved the stack or removed itself; what it cannot change is this instruction.
                let ci = (*l).ci;
                let handler = UNDER_HOOK.0[(i & 0xff) as usize];
                (*ci).saved_pc = pc;
                handler(l, (*ci).func.add(1), i, k, pc, (*l).dispatch.cast::<Table>())
            }
            Err(thrown) => super::throw(l, thrown),
        }
    }

    #[inline(never)]
    fn call_hooked(l, base, i, k, pc, t) {
        call_native(l, base, i, k, pc, t)
    }

    #[inline(never)]
    fn tail_call_hooked(l, base, i, k, pc, t) {
        (*(*l).ci).saved_pc = pc;
        tail_call_slow(l, base, i, k, pc, t)
    }

    #[inline(never)]
    fn return_1_hooked(l, base, i, k, pc, t) {
        return_1_frame(l, base, i, k, pc, t)
    }

    #[inline(never)]
    fn return_0_hooked(l, base, i, k, pc, t) {
        return_0_frame(l, base, i, k, pc, t)
    }

    #[inline(never)]
    fn return_hooked(l, base, i, k, pc, t) {
        return_slow(l, base, i, k, pc, t)
    }

    #[inline(never)]
    fn vararg_prep_hooked(l, base, i, k, pc, t) {
        (*(*l).ci).saved_pc = pc;
        carry_on!(l, varargs::prepare(l, i.b() as usize).and_then(|flow| hooks::entered(l).map(|()| flow)))
    }
}
