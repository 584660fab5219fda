//! Closures that Lua functions make, and steps of the collector in their frames.

use super::find_upvalue;
use crate::gc;
#[cfg(any(feature = "lua52", feature = "lua53"))]
use crate::object::Proto;
use crate::object::{Fallible, GcHeader, LuaClosure, Thread, UpVal, Value, tag};

/// `Closure`: a new closure of the running function's prototype `index`, in register `a`.
pub unsafe fn new_closure(l: *mut Thread, base: *mut Value, a: usize, index: usize) -> Fallible<()> {
    // SAFETY: the running frame is a Lua function's and is written back; the closure is anchored at once.
    unsafe {
        let g = (*l).global;
        let parent = (*base.sub(1)).as_lua_closure();
        let proto = *(*(*parent).proto).protos.add(index);
        #[cfg(any(feature = "lua52", feature = "lua53"))]
        if let Some(closure) = cached_closure(proto, parent, base) {
            Value::store(base.add(a), Value { payload: closure as u64, tag: tag::LUA_CLOSURE });
            return Ok(());
        }
        let closure = LuaClosure::new(g, (*proto).upvalue_count)?;
        (*closure).proto = proto;
        #[cfg(feature = "lua51")]
        Value::copy(&raw mut (*closure).environment, &raw const (*parent).environment);
        Value::store(base.add(a), Value { payload: closure as u64, tag: tag::LUA_CLOSURE });
        for n in 0..(*proto).upvalue_count as usize {
            let desc = *(*proto).upvalues.add(n);
            let upvalue: *mut UpVal = if desc.in_stack {
                find_upvalue(l, base.add(desc.index as usize))?
            } else {
                *LuaClosure::upvalue(parent, desc.index as usize)
            };
            *LuaClosure::upvalue(closure, n) = upvalue;
            gc::barrier_object(g, closure.cast::<GcHeader>(), upvalue.cast::<GcHeader>());
        }
        #[cfg(any(feature = "lua52", feature = "lua53"))]
        {
            // The collector looks at the prototype again, and forgets the closure if nothing else keeps it.
            (*proto).cache = closure;
            if (*proto.cast::<GcHeader>()).is_black() {
                gc::barrier_back_slow(g, proto.cast());
            }
        }
        if gc::is_due(g) {
            step_below(l, base.add(a + 1))?;
        }
        Ok(())
    }
}

/// The closure of `proto` that was created last, if its upvalues are the ones that a new one would get.
#[cfg(any(feature = "lua52", feature = "lua53"))]
unsafe fn cached_closure(proto: *mut Proto, parent: *mut LuaClosure, base: *mut Value) -> Option<*mut LuaClosure> {
    // SAFETY: as `new_closure`; a closure that is remembered is alive.
    unsafe {
        let closure = (*proto).cache;
        if closure.is_null() {
            return None;
        }
        for n in 0..(*proto).upvalue_count as usize {
            let desc = *(*proto).upvalues.add(n);
            let wanted = match desc.in_stack {
                true => base.add(desc.index as usize),
                false => (**LuaClosure::upvalue(parent, desc.index as usize)).value,
            };
            if (**LuaClosure::upvalue(closure, n)).value != wanted {
                return None;
            }
        }
        Some(closure)
    }
}

/// A step of the collector in the running Lua frame, whose registers from `end` on are free: what they hold from
/// earlier does not keep anything alive.
#[cold]
#[inline(never)]
pub unsafe fn step_below(l: *mut Thread, end: *mut Value) -> Fallible<()> {
    // SAFETY: the frame is written back; `end` lies in it.
    unsafe {
        (*l).top = end;
        gc::step(l)?;
        (*l).top = (*(*l).ci).top;
        Ok(())
    }
}
