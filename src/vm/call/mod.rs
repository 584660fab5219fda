//! Calls: call records and entering functions of every kind. What follows is in the parts: returns and what happens when
//! a frame that something is waiting for has returned, tail calls, extra arguments, closures, calls from native code.
//!
//! A Lua function called from Lua code is entered by pushing a call record; the dispatch goes on there and
//! the native stack does not grow. Whoever wants to act on the results says so by the callee's flags
//! (`call_flag`): `CONTINUES` (the frame below finishes its instruction, or runs its continuation), `COROUTINE_BASE` (the
//! thread is finished), `FRESH` (native code called [`call`] and waits). Functions here that may enter or
//! leave frames return a [`Flow`]: whether there is a Lua frame to go on with, or the `FRESH` frame has returned.

mod closures;
mod native;
mod returns;
mod tail;
mod varargs;

use super::builtin::{Builtin, CONTINUE};
use super::stack::next_call;
use super::state::State;
use super::{boundary, coroutine, debug, error, hooks, meta};
use crate::object::global::Event;
use crate::object::thread::{MIN_STACK, STATUS_OK, call_flag};
use crate::object::{CallInfo, Fallible, Proto, Thread, Value, tag};
use crate::version::{CALL_CHAINS_ARE_COUNTED, CALL_METAMETHODS_CHAIN, YIELDS_BY_RETURNING};
use core::ffi::c_void;

pub use super::stack::{ensure_stack, grow_stack, try_grow};
pub use super::upvalues::{close, close_in_frame, close_upvalues, find_upvalue, new_tbc, return_closing};
pub use closures::{new_closure, step_below};
pub use native::{call, call_k, call_then, drive, pcall, pcall_k, protect};
pub use returns::{continue_native, leave_continued, native_returned, return_frame};
pub use tail::{mark_tail_call, start_tail_call};
pub use varargs::{adjust_varargs, push_varargs};

/// Where execution goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// In the Lua frame on top of the running thread.
    Run,
    /// Behind the native call that waits for the frame just left.
    Exit,
}

/// What a builtin returns when the frame that native code waits for has been left (see [`CONTINUE`]).
pub const EXIT: i32 = -2;

/// A [`Flow`] as the return value of a builtin.
pub fn flow_code(flow: Flow) -> i32 {
    if flow == Flow::Run { CONTINUE } else { EXIT }
}

/// `__call` metamethods that a call may go through, where they are counted.
const MAX_CALL_CHAIN: usize = 15;

/// Flags that make a return more than a copy of results.
const WAITED_FOR: u16 = call_flag::FRESH | call_flag::CONTINUES | call_flag::COROUTINE_BASE;

/// Calls the value in `func` with the arguments between it and `top`: enters a Lua function, or runs a native one to
/// its end. `flags` are added to the new record's.
pub unsafe fn start_call(l: *mut Thread, func: *mut Value, wanted: i32, flags: u16) -> Fallible<Flow> {
    // SAFETY: function and arguments are on the stack of the running thread.
    unsafe {
        let mut func = func;
        loop {
            match (*func).tag {
                tag::LUA_CLOSURE => return enter_lua(l, func, wanted, flags),
                tag::BUILTIN => {
                    let builtin = (*func).as_pointer().cast::<Builtin>();
                    return run_builtin(l, func, wanted, flags, builtin);
                }
                tag::LIGHT_C_FUNCTION => return run_c_function(l, func, wanted, flags, (*func).as_pointer()),
                tag::C_CLOSURE => {
                    let closure = (*func).as_c_closure();
                    let function = (*closure).function;
                    return if (*closure).is_builtin {
                        run_builtin(l, func, wanted, flags, function.cast::<Builtin>())
                    } else {
                        run_c_function(l, func, wanted, flags, function)
                    };
                }
                _ if CALL_CHAINS_ARE_COUNTED => return start_counted(l, func, wanted, flags),
                _ => func = insert_call_metamethod(l, func)?,
            }
        }
    }
}

/// Calls a value that is no function, from Lua code.
pub unsafe fn call_object(l: *mut Thread, func: *mut Value, wanted: i32) -> Fallible<Flow> {
    // SAFETY: as `start_call`.
    unsafe {
        if CALL_CHAINS_ARE_COUNTED {
            return start_counted(l, func, wanted, 0);
        }
        let func = insert_call_metamethod(l, func)?;
        start_quickly(l, func, wanted, 0)
    }
}

/// Calls a value that is no function, and notes in the new record how many `__call` metamethods led to it.
unsafe fn start_counted(l: *mut Thread, func: *mut Value, wanted: i32, flags: u16) -> Fallible<Flow> {
    // SAFETY: as `start_call`; the next record exists once it has been asked for.
    unsafe {
        let mut func = func;
        let mut count = 0;
        while !(*func).is_function() {
            func = insert_counted(l, func, &mut count)?;
        }
        let next = next_call(l)?;
        // One of the two fields is not used by the frame: which one depends on the function.
        (*next).saved_pc = core::ptr::without_provenance(count);
        (*next).continuation = core::ptr::without_provenance(count);
        start_call(l, func, wanted, flags | call_flag::CALLS_OBJECT)
    }
}

/// As [`insert_call_metamethod`], limited to a number of times.
unsafe fn insert_counted(l: *mut Thread, func: *mut Value, count: &mut usize) -> Fallible<*mut Value> {
    // SAFETY: as `start_call`.
    unsafe {
        let func = insert_call_metamethod(l, func)?;
        if *count == MAX_CALL_CHAIN {
            return Err(error::runtime(l, &["'__call' chain too long".into()]));
        }
        *count += 1;
        Ok(func)
    }
}

/// How many arguments of the frame's function `__call` metamethods have added.
pub unsafe fn arguments_added(ci: *const CallInfo) -> usize {
    // SAFETY: a live record.
    unsafe {
        if !CALL_CHAINS_ARE_COUNTED || (*ci).flags & call_flag::CALLS_OBJECT == 0 {
            0
        } else if (*ci).flags & call_flag::NATIVE != 0 {
            (*ci).saved_pc.addr()
        } else {
            (*ci).continuation.addr()
        }
    }
}

/// Puts the `__call` metamethod of the value in `func` below it.
#[inline]
unsafe fn insert_call_metamethod(l: *mut Thread, func: *mut Value) -> Fallible<*mut Value> {
    // SAFETY: as `start_call`.
    unsafe {
        let offset = func.offset_from((*l).stack);
        ensure_stack(l, 1)?;
        let func = (*l).stack.offset(offset);
        let metamethod = meta::metamethod(l, *func, Event::Call);
        let callable = if CALL_METAMETHODS_CHAIN { !metamethod.is_nil() } else { metamethod.is_function() };
        if !callable {
            return Err(debug::call_error(l, func));
        }
        let mut slot = (*l).top;
        while slot > func {
            Value::copy(slot, slot.sub(1));
            slot = slot.sub(1);
        }
        (*l).top = (*l).top.add(1);
        Value::store(func, metamethod);
        Ok(func)
    }
}

/// As [`start_call`], for metamethods: most are Lua functions that find all they need.
#[inline(always)]
pub unsafe fn start_quickly(l: *mut Thread, func: *mut Value, wanted: i32, flags: u16) -> Fallible<Flow> {
    // SAFETY: as `start_call`.
    unsafe {
        if enter_quickly(l, func, wanted, flags).is_null() {
            return start_call(l, func, wanted, flags);
        }
        Ok(Flow::Run)
    }
}

/// Enters a Lua function that finds all it needs, without hooks: its prototype. Otherwise null, and nothing is done.
#[inline(always)]
unsafe fn enter_quickly(l: *mut Thread, func: *mut Value, wanted: i32, flags: u16) -> *const Proto {
    // SAFETY: as `start_call`.
    unsafe {
        let ci = (*l).ci.add(1);
        if (*func).tag != tag::LUA_CLOSURE || ci == (*l).call_end || (*l).hook_mask != 0 {
            return core::ptr::null();
        }
        let proto: *const Proto = (*(*func).as_lua_closure()).proto;
        let frame = (*proto).max_stack as usize * size_of::<Value>();
        let room = ((*l).stack_last as isize) - ((*l).top as isize);
        if room <= frame as isize {
            return core::ptr::null();
        }
        (*ci).func = func;
        (*ci).top = func.byte_add(size_of::<Value>() + frame);
        (*ci).saved_pc = (*proto).code;
        (*ci).wanted = wanted as i16;
        (*ci).flags = flags;
        let mut slot = (*l).top;
        (*ci).extra_args = (slot.offset_from(func) - 1) as u32;
        let parameters_end = func.add(1 + (*proto).params as usize);
        while slot < parameters_end {
            Value::store_nil(slot);
            slot = slot.add(1);
        }
        (*l).ci = ci;
        proto
    }
}

unsafe fn enter_lua(l: *mut Thread, func: *mut Value, wanted: i32, flags: u16) -> Fallible<Flow> {
    // SAFETY: as `start_call`; `func` is found again after the stack may have moved.
    unsafe {
        let proto: *const Proto = (*(*func).as_lua_closure()).proto;
        let offset = func.offset_from((*l).stack);
        ensure_stack(l, (*proto).max_stack as usize)?;
        let ci = next_call(l)?;
        let func = (*l).stack.offset(offset);
        let args = (*l).top.offset_from(func) as usize - 1;
        (*ci).func = func;
        (*ci).top = func.add(1 + (*proto).max_stack as usize);
        (*ci).saved_pc = (*proto).code;
        (*ci).wanted = wanted as i16;
        (*ci).flags = flags;
        (*ci).extra_args = args as u32;
        fill_parameters(func, args, (*proto).params as usize);
        (*l).ci = ci;
        if (*l).hook_mask != 0 && !(*proto).is_vararg {
            hooks::call_lua(l)?;
        }
        Ok(Flow::Run)
    }
}

#[inline(always)]
unsafe fn fill_parameters(func: *mut Value, args: usize, params: usize) {
    // SAFETY: the frame is at least `params` slots large.
    unsafe {
        for n in args..params {
            Value::store_nil(func.add(1 + n));
        }
    }
}

/// Pushes the record of a native function.
#[inline(always)]
unsafe fn push_native(l: *mut Thread, func: *mut Value, wanted: i32, flags: u16) -> Fallible<*mut CallInfo> {
    // SAFETY: as `start_call`.
    unsafe {
        let mut func = func;
        if ((*l).stack_last as isize) - ((*l).top as isize) <= (MIN_STACK * size_of::<Value>()) as isize {
            let offset = func.offset_from((*l).stack);
            grow_stack(l, MIN_STACK)?;
            func = (*l).stack.offset(offset);
        }
        let ci = next_call(l)?;
        (*ci).func = func;
        (*ci).top = (*l).top.add(MIN_STACK);
        (*ci).wanted = wanted as i16;
        (*ci).flags = flags | call_flag::NATIVE;
        (*l).ci = ci;
        if (*l).hook_mask != 0 {
            hooks::call_native(l, (*l).top.offset_from(func) as u32 - 1)?;
        }
        Ok(ci)
    }
}

/// The common call of a library function from Lua code.
#[inline]
pub unsafe fn call_builtin(l: *mut Thread, func: *mut Value, wanted: i32, builtin: *const Builtin) -> Fallible<Flow> {
    // SAFETY: as `start_call`, with this builtin in `func`.
    unsafe { run_builtin(l, func, wanted, 0, builtin) }
}

/// The common call of a foreign function from Lua code.
#[inline(always)]
pub unsafe fn call_c(l: *mut Thread, func: *mut Value, wanted: i32) -> Fallible<Flow> {
    // SAFETY: as `start_call`, with a foreign function in `func`.
    unsafe {
        let light = (*func).tag == tag::LIGHT_C_FUNCTION;
        let function = if light { (*func).as_pointer() } else { (*(*func).as_c_closure()).function };
        run_c_function(l, func, wanted, 0, function)
    }
}

/// The builtin that a function value stands for, with or without upvalues; null for other values.
#[inline(always)]
pub unsafe fn builtin_of(func: *const Value) -> *const Builtin {
    // SAFETY: a live value.
    unsafe {
        match (*func).tag {
            tag::BUILTIN => (*func).as_pointer().cast::<Builtin>(),
            tag::C_CLOSURE if (*(*func).as_c_closure()).is_builtin => {
                (*(*func).as_c_closure()).function.cast::<Builtin>()
            }
            _ => core::ptr::null(),
        }
    }
}

#[inline(always)]
unsafe fn run_builtin(
    l: *mut Thread,
    func: *mut Value,
    wanted: i32,
    flags: u16,
    builtin: *const Builtin,
) -> Fallible<Flow> {
    // SAFETY: as `start_call`.
    unsafe {
        push_native(l, func, wanted, flags)?;
        builtin_returned(l, ((*builtin).function)(State(l))?)
    }
}

/// Acts on what a builtin or its continuation returned.
#[inline(always)]
pub unsafe fn builtin_returned(l: *mut Thread, code: i32) -> Fallible<Flow> {
    // SAFETY: the running frame of `l` is the builtin's, unless the code says otherwise.
    unsafe {
        if code >= 0 {
            native_returned(l, code as usize)
        } else if code == CONTINUE {
            Ok(Flow::Run)
        } else {
            Ok(Flow::Exit)
        }
    }
}

#[inline(always)]
unsafe fn run_c_function(
    l: *mut Thread,
    func: *mut Value,
    wanted: i32,
    flags: u16,
    function: *const c_void,
) -> Fallible<Flow> {
    // SAFETY: as `start_call`; the function keeps the contract of `lua_CFunction`.
    unsafe {
        let ci = push_native(l, func, wanted, flags)?;
        (*ci).continuation = core::ptr::null();
        let n = boundary::guarded(l, function, l as usize, 0, 0, 0)?;
        if YIELDS_BY_RETURNING && ((n as i32) < 0 || (*l).status != STATUS_OK) {
            return coroutine::returned_to_yield(l, n as i32);
        }
        native_returned(l, n as i32 as usize)
    }
}
