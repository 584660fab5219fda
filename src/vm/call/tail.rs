//! Tail calls: a frame gives its place to the function that it calls last.

use super::{Flow, enter_lua, fill_parameters, grow_stack, insert_call_metamethod, insert_counted, start_call};
use crate::object::thread::call_flag;
use crate::object::{CallInfo, Fallible, Proto, Thread, Value, tag};
use crate::version::{CALL_CHAINS_ARE_COUNTED, LEVELS_SHOW_TAIL_CALLS};
use crate::vm::hooks;
use crate::vm::stack::next_call;

/// The running Lua frame calls the value in `func` in its place.
pub unsafe fn start_tail_call(l: *mut Thread, func: *mut Value) -> Fallible<Flow> {
    // SAFETY: as `start_call`.
    unsafe {
        let mut func = func;
        let mut count = 0;
        while !(*func).is_function() {
            func = if CALL_CHAINS_ARE_COUNTED {
                insert_counted(l, func, &mut count)?
            } else {
                insert_call_metamethod(l, func)?
            };
        }
        if (*func).tag != tag::LUA_CLOSURE {
            // A native function is called normally; its results are then returned (see `finish`). It is no native level.
            if CALL_CHAINS_ARE_COUNTED && count > 0 {
                (*next_call(l)?).saved_pc = core::ptr::without_provenance(count);
                return start_call(l, func, -1, call_flag::CONTINUES | call_flag::CALLS_OBJECT);
            }
            return start_call(l, func, -1, call_flag::CONTINUES);
        }
        let announced = LEVELS_SHOW_TAIL_CALLS && (*l).hook_mask & hooks::mask::CALL != 0 && !proto_is_vararg(func);
        if announced {
            // Here the call hook still sees the calling function.
            enter_lua(l, func, -1, 0)?;
            func = (*(*l).ci).func;
            (*l).ci = (*l).ci.sub(1);
        }
        let ci = (*l).ci;
        let running: *const Proto = (*(*(*ci).func).as_lua_closure()).proto;
        let proto: *const Proto = (*(*func).as_lua_closure()).proto;
        let args = (*l).top.offset_from(func) as usize - 1;
        if ((*l).stack_last as isize) - ((*l).top as isize)
            <= ((*proto).max_stack as usize * size_of::<Value>()) as isize
        {
            let offset = func.offset_from((*l).stack);
            grow_stack(l, (*proto).max_stack as usize)?;
            func = (*l).stack.offset(offset);
        }
        let mut to = (*ci).func;
        if (*running).is_vararg {
            to = to.sub((*ci).extra_args as usize + (*running).params as usize + 1);
        }
        for n in 0..=args {
            Value::copy(to.add(n), func.add(n));
        }
        fill_parameters(to, args, (*proto).params as usize);
        (*ci).func = to;
        (*ci).top = to.add(1 + (*proto).max_stack as usize);
        (*ci).saved_pc = (*proto).code;
        (*ci).extra_args = args as u32;
        if CALL_CHAINS_ARE_COUNTED {
            (*ci).flags &= !call_flag::CALLS_OBJECT;
        }
        mark_tail_call(ci);
        (*l).top = to.add(1 + args);
        if (*l).hook_mask != 0 && !(*proto).is_vararg && !announced {
            hooks::call_lua(l)?;
        }
        Ok(Flow::Run)
    }
}

/// Whether the Lua function has extra arguments.
unsafe fn proto_is_vararg(func: *const Value) -> bool {
    // SAFETY: a Lua function.
    unsafe { (*(*(*func).as_lua_closure()).proto).is_vararg }
}

/// The frame has just been taken over by a tail call.
#[inline(always)]
pub unsafe fn mark_tail_call(ci: *mut CallInfo) {
    // SAFETY: a Lua function's frame.
    unsafe {
        if LEVELS_SHOW_TAIL_CALLS {
            let before = if (*ci).flags & call_flag::TAIL != 0 { (*ci).context } else { 0 };
            (*ci).context = before + 1;
        }
        (*ci).flags |= call_flag::TAIL;
    }
}
