//! Calls and returns: call records, entering functions of every kind, handing results over, and what
//! happens when a frame that something is waiting for has returned.
//!
//! A Lua function called from Lua code is entered by pushing a call record; the dispatch goes on there and
//! the native stack does not grow. Whoever wants to act on the results says so by the callee's flags
//! (`call_flag`): `CONTINUES` (the frame below finishes its instruction, or runs its continuation), `COROUTINE_BASE` (the
//! thread is finished), `FRESH` (native code called [`call`] and waits). Functions here that may enter or
//! leave frames return a [`Flow`]: whether there is a Lua frame to go on with, or the `FRESH` frame has returned.

use super::boundary;
use super::builtin::{Builtin, CONTINUE, Continuation};
use super::coroutine;
use super::debug;
use super::dispatch::{execute, execute_from_start};
use super::error;
use super::finish::finish_instruction;
use super::hooks;
use super::meta;
use super::stack::next_call;
use super::state::State;
use super::unwind::{self, unwind};
use crate::bytecode::{Op, Word};
use crate::gc;
use crate::object::global::Event;
use crate::object::thread::{KFunction, MIN_STACK, STATUS_OK, call_flag};
use crate::object::{CallInfo, Fallible, GcHeader, LuaClosure, Proto, Thread, Thrown, UpVal, Value, tag};
use crate::version::{
    CALL_CHAINS_ARE_COUNTED, CALL_METAMETHODS_CHAIN, CONTINUATIONS_ASK, HAS_VARARG_PARAMETER, LEVELS_SHOW_TAIL_CALLS,
};
use core::ffi::c_void;

pub use super::stack::{ensure_stack, grow_stack, try_grow};
pub use super::upvalues::{close, close_in_frame, close_upvalues, find_upvalue, new_tbc, return_closing};

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

// ---- entering functions

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
    // SAFETY: as `start_call`, with a light C function in `func`.
    unsafe { run_c_function(l, func, wanted, 0, (*func).as_pointer()) }
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
        native_returned(l, n as i32 as usize)
    }
}

// ---- returning

/// The running native frame returns its top `n` values.
#[inline(always)]
pub unsafe fn native_returned(l: *mut Thread, n: usize) -> Fallible<Flow> {
    // SAFETY: the frame has at least `n` values.
    unsafe {
        let ci = (*l).ci;
        if (*l).hook_mask != 0 || (*ci).flags & (call_flag::HAS_TBC | WAITED_FOR) != 0 {
            return native_returned_slow(l, n);
        }
        move_results(l, (*ci).func, (*l).top.sub(n), n, (*ci).wanted as i32);
        (*l).ci = ci.sub(1);
        Ok(Flow::Run)
    }
}

#[inline(never)]
unsafe fn native_returned_slow(l: *mut Thread, n: usize) -> Fallible<Flow> {
    // SAFETY: as `native_returned`; the stack may move in closing and in hooks.
    unsafe {
        if (*(*l).ci).flags & call_flag::HAS_TBC != 0 {
            (*(*l).ci).flags |= call_flag::CLOSING;
            (*(*l).ci).u2[1] = n as u32;
            return native_closing(l);
        }
        finish_native_return(l, n)
    }
}

/// The running native frame returns its top `u2[1]` values and closes its variables before that, one after the other.
unsafe fn native_closing(l: *mut Thread) -> Fallible<Flow> {
    // SAFETY: as `native_returned`; the frame is found again after each call.
    unsafe {
        while let Some(slot) = super::upvalues::pop_tbc(l, (*(*l).ci).func) {
            let func = super::upvalues::push_close_call(l, slot, Value::NIL)?;
            if let Some(flow) = super::upvalues::call_close(l, func)? {
                return Ok(flow);
            }
        }
        finish_native_return(l, (*(*l).ci).u2[1] as usize)
    }
}

unsafe fn finish_native_return(l: *mut Thread, n: usize) -> Fallible<Flow> {
    // SAFETY: as `native_returned`; the stack may move in hooks.
    unsafe {
        if (*l).hook_mask != 0 {
            hooks::call_return(l, n as u32)?;
        }
        let ci = (*l).ci;
        let flags = (*ci).flags;
        move_results(l, (*ci).func, (*l).top.sub(n), n, (*ci).wanted as i32);
        (*l).ci = ci.sub(1);
        returned(l, flags)
    }
}

/// The running Lua frame returns `n` values from `first` (nothing is left to close).
#[inline(always)]
pub unsafe fn return_frame(l: *mut Thread, first: *mut Value, n: usize) -> Fallible<Flow> {
    // SAFETY: the values lie in the frame.
    unsafe {
        let mut first = first;
        if (*l).hook_mask != 0 {
            first = return_hook(l, first, n)?;
        }
        let ci = (*l).ci;
        let flags = (*ci).flags;
        let proto: *const Proto = (*(*(*ci).func).as_lua_closure()).proto;
        let mut func = (*ci).func;
        if (*proto).is_vararg {
            func = func.sub((*ci).extra_args as usize + (*proto).params as usize + 1);
        }
        move_results(l, func, first, n, (*ci).wanted as i32);
        (*l).ci = ci.sub(1);
        if flags & WAITED_FOR == 0 {
            return Ok(Flow::Run);
        }
        returned(l, flags)
    }
}

#[cold]
unsafe fn return_hook(l: *mut Thread, first: *mut Value, n: usize) -> Fallible<*mut Value> {
    // SAFETY: as `return_frame`.
    unsafe {
        let offset = first.offset_from((*l).stack);
        (*l).top = first.add(n);
        hooks::call_return(l, n as u32)?;
        Ok((*l).stack.offset(offset))
    }
}

/// Moves `n` results to where the function was, as many as wanted (-1: all, up to the new `top`).
#[inline(always)]
unsafe fn move_results(l: *mut Thread, to: *mut Value, from: *mut Value, n: usize, wanted: i32) {
    // SAFETY: `to` lies below `from` in the stack; there is room for the results wanted (a function's slot and
    // frame have been there).
    unsafe {
        match wanted {
            0 => (*l).top = to,
            1 => {
                if n == 0 {
                    Value::store_nil(to);
                } else {
                    Value::copy(to, from);
                }
                (*l).top = to.add(1);
            }
            _ => {
                let wanted = if wanted < 0 { n } else { wanted as usize };
                let given = n.min(wanted);
                for i in 0..given {
                    Value::copy(to.add(i), from.add(i));
                }
                for i in given..wanted {
                    Value::store_nil(to.add(i));
                }
                (*l).top = to.add(wanted);
            }
        }
    }
}

/// A frame with these flags has returned, its results are in place: tells who waits for them.
pub unsafe fn returned(l: *mut Thread, flags: u16) -> Fallible<Flow> {
    // SAFETY: the frame below is the running one.
    unsafe {
        if flags & call_flag::FRESH != 0 {
            return Ok(Flow::Exit);
        }
        if flags & call_flag::COROUTINE_BASE != 0 {
            return coroutine::finished(l);
        }
        if flags & call_flag::CONTINUES != 0 {
            let ci = (*l).ci;
            if (*ci).flags & call_flag::NATIVE == 0 {
                if (*(*ci).saved_pc.sub(1)).op() != Op::TailCall {
                    leave_continued(l);
                }
                return finish_instruction(l);
            }
            leave_continued(l);
            return continue_native(l, STATUS_OK);
        }
        Ok(Flow::Run)
    }
}

/// Counts one level less, unless the call began before the coroutine was last suspended.
#[inline(always)]
pub unsafe fn leave_continued(l: *mut Thread) {
    // SAFETY: `l` is live.
    unsafe {
        if (*l).c_calls & 0xFFFF > (*l).base_calls {
            error::leave_c_call(l);
        }
    }
}

/// The call that the running native frame was waiting for has ended (`status` other than OK: by an error, whose
/// object is on top): runs its continuation and returns from it.
pub unsafe fn continue_native(l: *mut Thread, status: u8) -> Fallible<Flow> {
    // SAFETY: the frame has a continuation, or it could not be waiting.
    unsafe {
        let ci = (*l).ci;
        if (*ci).flags & call_flag::CLOSING != 0 {
            // It was a `__close` on the way out of a failed call, or of this frame.
            let failed = (*ci).flags & call_flag::PROTECTED != 0;
            return if failed { unwind::close_next(l) } else { native_closing(l) };
        }
        if (*ci).flags & call_flag::PROTECTED != 0 {
            (*ci).flags &= !call_flag::PROTECTED;
            (*l).error_handler = (*ci).aside;
        }
        if (*ci).top < (*l).top {
            (*ci).top = (*l).top;
        }
        let (continuation, context) = ((*ci).continuation, (*ci).context);
        if (*ci).flags & call_flag::BUILTIN != 0 {
            let continuation: Continuation = core::mem::transmute(continuation);
            return builtin_returned(l, continuation(State(l), status as i32, context)?);
        }
        // A C function gets here only after its native frame was given up by a yield.
        let status = if status == STATUS_OK { Thrown::Yield as u8 } else { status };
        if CONTINUATIONS_ASK {
            (*ci).flags |= call_flag::CONTINUED;
            (*ci).saved_pc = core::ptr::without_provenance(status as usize);
        }
        let n = boundary::guarded(l, continuation, l as usize, status as usize, context as usize, 0)?;
        native_returned(l, n as i32 as usize)
    }
}

// ---- tail calls, varargs, closures

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
        if HAS_VARARG_PARAMETER {
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

// ---- calls from native code

/// Calls the function at `func` with the arguments above it, from native code, results in its place
/// (`wanted` of them, -1 for all, up to `top`). Coroutines cannot yield across it unless `yieldable`.
pub unsafe fn call(l: *mut Thread, func: *mut Value, wanted: i32, yieldable: bool) -> Fallible<()> {
    // SAFETY: function and arguments are on the stack.
    unsafe {
        let g = (*l).global;
        let increment = if yieldable { 1 } else { 0x1_0001 };
        let before = (*g).running;
        let depth = (*l).ci.offset_from((*l).call_base);
        (*g).running = l;
        (*g).run_depth += 1;
        let outcome = match error::count_c_call(l, increment) {
            Ok(()) => {
                let proto = enter_quickly(l, func, wanted, call_flag::FRESH);
                if proto.is_null() {
                    drive(l, start_call(l, func, wanted, call_flag::FRESH), depth)
                } else {
                    execute_from_start(l, func, proto)
                }
            }
            Err(thrown) => Err(thrown),
        };
        (*g).run_depth -= 1;
        (*g).running = before;
        match outcome {
            Ok(()) => (*l).c_calls -= increment,
            Err(_) => give_up_entry(l, depth),
        }
        outcome
    }
}

/// Runs to the end what `start_call` began on top of the frame number `depth` of `l`.
#[inline(always)]
pub unsafe fn drive(l: *mut Thread, begun: Fallible<Flow>, depth: isize) -> Fallible<()> {
    // SAFETY: as `call`.
    unsafe {
        let mut begun = begun;
        loop {
            begun = match begun {
                Ok(Flow::Exit) => return Ok(()),
                Ok(Flow::Run) => return execute((*(*l).global).running),
                Err(thrown) => {
                    let running = (*(*l).global).running;
                    if running == l && (*l).ci.offset_from((*l).call_base) <= depth {
                        // Nothing was entered: the frames below belong to others.
                        return Err(thrown);
                    }
                    match unwind(running, thrown) {
                        Err(thrown) => return Err(thrown),
                        flow => flow,
                    }
                }
            };
        }
    }
}

/// An error or a yield leaves the native code that called frame `depth + 1`: if the frame is ever found again, by an
/// outer handler or a resume, native code no longer waits for it.
unsafe fn give_up_entry(l: *mut Thread, depth: isize) {
    // SAFETY: records up to `ci` are initialised.
    unsafe {
        let entry = (*l).call_base.offset(depth + 1);
        if entry <= (*l).ci && (*entry).flags & call_flag::FRESH != 0 {
            (*entry).flags = (*entry).flags & !call_flag::FRESH | call_flag::CONTINUES;
        }
    }
}

/// As [`call`], catching errors: on `Err` the stack is cut at `func` and the error object is there.
/// `handler` is a stack offset in bytes (0: none). Upvalues and to-be-closed variables above are closed.
pub unsafe fn pcall(l: *mut Thread, func: *mut Value, wanted: i32, handler: isize) -> Result<(), Thrown> {
    // SAFETY: as `call`.
    unsafe {
        let offset = func.offset_from((*l).stack);
        protect(l, func, handler, &mut || call(l, (*l).stack.offset(offset), wanted, false))
    }
}

/// Whether a protected call in `l` keeps `thrown` from going further.
unsafe fn catches(l: *mut Thread, thrown: Thrown) -> bool {
    // SAFETY: `l` is live.
    unsafe {
        match thrown {
            Thrown::Yield | Thrown::Closed => false,
            // A finalizer lets nothing through.
            Thrown::Outside => l == (*(*l).global).main_thread || (*(*l).ci).flags & call_flag::FINALIZER != 0,
            _ => true,
        }
    }
}

/// Runs `body` catching errors, as `pcall` does; `old_top` is where the stack is cut and the error object put.
pub unsafe fn protect(
    l: *mut Thread,
    old_top: *mut Value,
    handler: isize,
    body: &mut dyn FnMut() -> Fallible<()>,
) -> Result<(), Thrown> {
    // SAFETY: the frame that is running now is still there when an error arrives.
    unsafe {
        let level = old_top.offset_from((*l).stack);
        let depth = (*l).ci.offset_from((*l).call_base);
        let (allow_hook, c_calls, old_handler) = ((*l).allow_hook, (*l).c_calls, (*l).error_handler);
        (*l).error_handler = handler;
        let mut outcome = body();
        if let Err(thrown) = outcome
            && catches(l, thrown)
        {
            outcome = Err(super::unwind::recover_natively(l, level, depth, allow_hook, c_calls, thrown));
        }
        (*l).error_handler = old_handler;
        outcome
    }
}

/// `State::call_then` and `pcall_then`: the running builtin frame waits for a call of `func`, protected by the message
/// handler at a stack offset if one is given (0: protected, without handler).
pub unsafe fn call_then(
    l: *mut Thread,
    func: *mut Value,
    wanted: i32,
    protected: Option<isize>,
    continuation: Continuation,
    context: isize,
) -> Fallible<i32> {
    // SAFETY: the running frame is a native one of ours; function and arguments are its top values.
    unsafe {
        let ci = (*l).ci;
        (*ci).continuation = continuation as *const c_void;
        (*ci).context = context;
        (*ci).flags |= call_flag::BUILTIN;
        if let Some(handler) = protected {
            protect_frame(l, func, handler);
        }
        error::enter_c_call(l)?;
        Ok(flow_code(start_call(l, func, wanted, call_flag::CONTINUES)?))
    }
}

/// Makes the running native frame one that catches errors of the call of `func`.
unsafe fn protect_frame(l: *mut Thread, func: *mut Value, handler: isize) {
    // SAFETY: the running frame is native.
    unsafe {
        let ci = (*l).ci;
        (*ci).flags = (*ci).flags & !call_flag::ALLOW_HOOK | call_flag::PROTECTED;
        if (*l).allow_hook {
            (*ci).flags |= call_flag::ALLOW_HOOK;
        }
        (*ci).u2 = [func.offset_from((*l).stack) as u32, 0];
        (*ci).extra_args = (*l).c_calls.wrapping_sub((*l).base_calls);
        (*ci).aside = (*l).error_handler;
        (*l).error_handler = handler;
    }
}

/// `lua_callk`: as [`call`], with the continuation of the running C function if coroutines can yield here.
pub unsafe fn call_k(
    l: *mut Thread,
    func: *mut Value,
    wanted: i32,
    continuation: Option<KFunction>,
    context: isize,
) -> Fallible<()> {
    // SAFETY: as `call`.
    unsafe {
        match continuation {
            Some(k) if (*l).c_calls & 0xFFFF_0000 == 0 => {
                let ci = (*l).ci;
                (*ci).continuation = k as *const c_void;
                (*ci).context = context;
                call(l, func, wanted, true)
            }
            _ => call(l, func, wanted, false),
        }
    }
}

/// `lua_pcallk`: as [`pcall`], with the continuation of the running C function if coroutines can yield here: then an error
/// (or a yield) gives the native frame up, and the continuation runs once everything is closed. Returns the status.
pub unsafe fn pcall_k(
    l: *mut Thread,
    func: *mut Value,
    wanted: i32,
    handler: isize,
    continuation: Option<KFunction>,
    context: isize,
) -> Fallible<u8> {
    // SAFETY: as `call`.
    unsafe {
        let Some(k) = continuation.filter(|_| (*l).c_calls & 0xFFFF_0000 == 0) else {
            return match pcall(l, func, wanted, handler) {
                Err(thrown @ (Thrown::Yield | Thrown::Outside | Thrown::Closed)) => Err(thrown),
                outcome => Ok(unwind::status_of(outcome)),
            };
        };
        let ci = (*l).ci;
        let depth = ci.offset_from((*l).call_base);
        (*ci).continuation = k as *const c_void;
        (*ci).context = context;
        protect_frame(l, func, handler);
        call(l, func, wanted, true)?;
        let ci = (*l).call_base.offset(depth);
        (*ci).flags &= !call_flag::PROTECTED;
        (*l).error_handler = (*ci).aside;
        Ok(STATUS_OK)
    }
}
