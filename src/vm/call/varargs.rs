//! Extra arguments. Those of a vararg function lie below its frame, as many as its call record says.

use super::{Flow, ensure_stack};
use crate::object::{Fallible, Proto, Thread, Value};
use crate::version::EXTRA_ARGUMENTS_IN_TABLE;

/// `VarargPrep`: moves function and fixed parameters above the arguments, so that the extra ones lie below the frame.
pub unsafe fn adjust_varargs(l: *mut Thread) -> Fallible<Flow> {
    // SAFETY: the running frame has just been entered; `extra_args` is the number of arguments.
    unsafe {
        let ci = (*l).ci;
        let proto: *const Proto = (*(*(*ci).func).as_lua_closure()).proto;
        let params = (*proto).params as usize;
        let args = (*ci).extra_args as usize;
        (*l).top = (*ci).func.add(1 + args.max(params));
        ensure_stack(l, (*proto).max_stack as usize + 1)?;
        let old = (*ci).func;
        let new = (*l).top;
        // With fewer arguments than parameters there are no extra ones; all parameters move.
        let extra = args.saturating_sub(params);
        for n in 0..=params {
            Value::copy(new.add(n), old.add(n));
            if n > 0 {
                Value::store_nil(old.add(n));
            }
        }
        let ci = (*l).ci;
        (*ci).func = new;
        (*ci).top = new.add(1 + (*proto).max_stack as usize);
        (*ci).extra_args = extra as u32;
        (*l).top = new.add(1 + params);
        if EXTRA_ARGUMENTS_IN_TABLE {
            Value::store_nil(new.add(1 + params));
        }
        Ok(Flow::Run)
    }
}

/// `Vararg`: copies the extra arguments, as many as wanted (-1: all, up to the new `top`), to register `a`.
pub unsafe fn push_varargs(l: *mut Thread, base: *mut Value, a: usize, wanted: i32) -> Fallible<Flow> {
    // SAFETY: the running frame is a vararg function's.
    unsafe {
        let ci = (*l).ci;
        let extra = (*ci).extra_args as usize;
        let mut base = base;
        let wanted = if wanted < 0 {
            (*l).top = (*ci).top;
            ensure_stack(l, extra)?;
            base = (*(*l).ci).func.add(1);
            (*l).top = base.add(a + extra);
            extra
        } else {
            wanted as usize
        };
        let from = base.sub(1 + extra);
        let to = base.add(a);
        for n in 0..wanted.min(extra) {
            Value::copy(to.add(n), from.add(n));
        }
        for n in extra..wanted {
            Value::store_nil(to.add(n));
        }
        Ok(Flow::Run)
    }
}
