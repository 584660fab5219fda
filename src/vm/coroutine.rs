//! Coroutines: resuming and suspending threads (manual §2.6).
//!
//! A coroutine that Lua code resumes runs in the same invocation of the dispatch as its resumer: switching is a
//! change of `Global::running` and of the dispatch's registers. The coroutine remembers who resumed it
//! (`Thread::resumer`) and in which invocation (`home_run`). A coroutine that native code resumes (`lua_resume`) has
//! no resumer: when it is suspended, ends or dies, its invocation of the dispatch returns.
//!
//! When Lua code is suspended under native frames that can be continued (`lua_callk` and its kin), these are given up:
//! `Thrown::Yield` travels to the invocation in which the coroutine was resumed.

use super::boundary;
use super::call::{self, Flow, builtin_returned, flow_code, native_returned, start_call};
use super::dispatch::execute;
use super::error;
use super::lifecycle;
use super::stack::try_grow;
use super::state::State;
use super::unwind::{error_value, unwind};
use crate::bytecode::{Op, Word};
use crate::object::thread::{KFunction, MAX_C_CALLS, STATUS_OK, call_flag, note};
use crate::object::{CallInfo, Fallible, Thread, Thrown, Value, tag};
use crate::version::{
    EMPTY_FRAMES_LOOK_DEAD, REFUSED_RESUME_CLEARS_STACK, RESUME_TELLS_STATUS, STARTS_COUNT_AS_CALLS,
    YIELDS_ACROSS_CALLS, YIELDS_HIDE_FRAMES,
};
use core::ffi::c_void;

const YIELDED: u8 = Thrown::Yield as u8;
/// The count in `Thread::c_calls`, without the non-yieldable part.
const COUNT: u32 = 0xFFFF;

// ---- from Lua code

/// The end of `coroutine.resume` and of a function made by `coroutine.wrap` (`wrap`): resumes `co` with the top `args`
/// values of the running frame. The values that come back, or the error, become the results of that frame.
pub fn resume_then(state: State, co: *mut Thread, args: i32, wrap: bool) -> Fallible<i32> {
    let l = state.0;
    // SAFETY: the running frame is a builtin's, `co` is a live thread other than `l` or refused.
    unsafe {
        (*(*l).ci).context = wrap as isize;
        if !move_values(l, co, args as usize) {
            return refuse(l, co, b"too many arguments to resume");
        }
        if let Err(message) = check_resumable(l, co, args as usize) {
            (*co).top = (*co).top.sub(args as usize);
            return refuse(l, co, message);
        }
        // The first call in a new coroutine counts as one more level.
        let starting = (STARTS_COUNT_AS_CALLS && (*co).status == STATUS_OK) as u32;
        if ((*l).c_calls & COUNT) + starting >= MAX_C_CALLS {
            (*co).top = (*co).top.sub(args as usize);
            return refuse(l, co, b"C stack overflow");
        }
        set_calls(co, ((*l).c_calls & COUNT) + 1);
        (*co).resumer = l;
        (*co).home_run = (*(*l).global).run_depth;
        (*(*l).global).running = co;
        Ok(flow_code(begin(co, args as usize)?))
    }
}

/// `coroutine.yield`: suspends the running coroutine with its top `results` values.
pub fn yield_(state: State, results: i32) -> Fallible<i32> {
    // SAFETY: `l` runs.
    unsafe { yield_k(state.0, results, None, 0) }
}

/// `lua_yieldk`: as [`yield_`], from the running C function, whose continuation runs when the coroutine is resumed.
pub unsafe fn yield_k(l: *mut Thread, results: i32, continuation: Option<KFunction>, context: isize) -> Fallible<i32> {
    // SAFETY: `l` runs and the results are on its stack; `ci` is the frame that yields.
    unsafe {
        suspend(l, results)?;
        if (*(*l).ci).flags & call_flag::NATIVE == 0 {
            // In a hook: the dispatch suspends the thread when the hook has returned.
            return Ok(0);
        }
        (*(*l).ci).continuation = continuation.map_or(core::ptr::null(), |k| k as *const c_void);
        (*(*l).ci).context = context;
        Err(Thrown::Yield)
    }
}

/// `lua_yield` where a C function suspends the coroutine by returning a negative number: the values are all that is left in
/// its frame.
#[cfg(feature = "lua51")]
pub unsafe fn yield_on_return(l: *mut Thread, results: i32) -> Fallible<i32> {
    // SAFETY: as `yield_k`; the values lie above the frame's function.
    unsafe {
        suspend(l, results)?;
        let ci = (*l).ci;
        if (*ci).flags & call_flag::NATIVE != 0 {
            let values = (*l).top.sub(results as usize);
            let frame = (*ci).func.add(1);
            if values > frame {
                for n in 0..results as usize {
                    Value::copy(frame.add(n), values.add(n));
                }
                (*l).top = frame.add(results as usize);
            }
        }
        Ok(-1)
    }
}

/// The running C function has returned a negative number, or anything after `lua_yield`. If it is both, the coroutine is
/// suspended with all the values in the function's frame. One that changed its mind goes on.
#[cold]
pub unsafe fn returned_to_yield(l: *mut Thread, n: i32) -> Fallible<Flow> {
    // SAFETY: the frame is a C function's, which has `n` values.
    unsafe {
        if n < 0 && (*l).status == YIELDED {
            (*(*l).ci).notes[note::YIELDED] = (*l).top.offset_from((*(*l).ci).func) as u32 - 1;
            return Err(Thrown::Yield);
        }
        (*l).status = STATUS_OK;
        native_returned(l, n.max(0) as usize)
    }
}

/// Makes the running coroutine a suspended one with its top `results` values, if it may be.
unsafe fn suspend(l: *mut Thread, results: i32) -> Fallible<()> {
    // SAFETY: as `yield_k`.
    unsafe {
        if !YIELDS_ACROSS_CALLS && !called_by_lua_only(l) {
            return Err(error::runtime(l, &["attempt to yield across metamethod/C-call boundary".into()]));
        }
        if (*l).c_calls & !COUNT != 0 {
            let outside = l == (*(*l).global).main_thread;
            let message = if outside {
                "attempt to yield from outside a coroutine"
            } else {
                "attempt to yield across a C-call boundary"
            };
            return Err(error::runtime(l, &[message.into()]));
        }
        (*l).status = YIELDED;
        (*(*l).ci).notes[note::YIELDED] = results as u32;
        if YIELDS_HIDE_FRAMES {
            (*(*l).ci).notes[note::HIDDEN] = 0;
        }
        Ok(())
    }
}

/// A C function has suspended the coroutine `l`, and the host looks at it: returns the number of values it finds on top,
/// and makes them the whole frame where they are all that the host may see. What lies below comes back with the function
/// (`show_frame`); meanwhile `notes[note::HIDDEN]` tells how far the frame's beginning has moved.
unsafe fn hide_frame(l: *mut Thread) -> i32 {
    // SAFETY: the frame holds `notes[note::YIELDED]` values above its function.
    unsafe {
        let ci = (*l).ci;
        let values = (*ci).notes[note::YIELDED];
        if YIELDS_HIDE_FRAMES && (*ci).flags & call_flag::NATIVE != 0 {
            let below = (*l).top.sub(values as usize + 1);
            (*ci).notes[note::HIDDEN] = below.offset_from((*ci).func) as u32;
            (*ci).func = below;
        }
        values as i32
    }
}

/// Undoes `hide_frame` for the native frame of a coroutine that goes on.
#[inline(always)]
unsafe fn show_frame(ci: *mut CallInfo) {
    // SAFETY: the frame was suspended, so that `notes[note::HIDDEN]` is set.
    unsafe {
        if YIELDS_HIDE_FRAMES {
            (*ci).func = (*ci).func.sub((*ci).notes[note::HIDDEN] as usize);
        }
    }
}

/// The function of a frame of `l`, also if it is hidden.
pub unsafe fn frame_function(l: *const Thread, ci: *const CallInfo) -> Value {
    // SAFETY: a live frame; the one on top of a suspended thread tells what is hidden.
    unsafe {
        let hidden = YIELDS_HIDE_FRAMES
            && (*l).status == YIELDED
            && core::ptr::eq((*l).ci, ci)
            && (*ci).flags & call_flag::NATIVE != 0;
        Value::load((*ci).func.sub(if hidden { (*ci).notes[note::HIDDEN] as usize } else { 0 }))
    }
}

/// Whether every frame of a coroutine above its first was called by an instruction of a Lua function that calls.
unsafe fn called_by_lua_only(l: *mut Thread) -> bool {
    // SAFETY: the records from `call_base` to `ci` are in use.
    unsafe {
        if (*l).c_calls & !COUNT != 0 {
            return false;
        }
        let mut ci = (*l).ci;
        while ci.sub(1) > (*l).call_base {
            ci = ci.sub(1);
            if (*ci).flags & call_flag::NATIVE != 0 || !matches!((*(*ci).saved_pc.sub(1)).op(), Op::Call | Op::TailCall)
            {
                return false;
            }
        }
        true
    }
}

/// The results of a resume that cannot be, with a message: as if the coroutine had died of it.
unsafe fn refuse(l: *mut Thread, co: *mut Thread, message: &[u8]) -> Fallible<i32> {
    // SAFETY: as `resume_then`.
    unsafe {
        let state = State(l);
        if (*(*l).ci).context == 0 {
            state.push_boolean(false);
            state.push_bytes(message)?;
            return Ok(2);
        }
        state.push_bytes(message)?;
        let value = Value::load((*l).top.sub(1));
        Err(propagate(l, co, value, Thrown::Runtime))
    }
}

// ---- the protocol between threads

/// Why `co` cannot be resumed (by the thread `from`; null: natively) with `args` arguments, which are on top of it.
unsafe fn check_resumable(from: *mut Thread, co: *mut Thread, args: usize) -> Result<(), &'static [u8]> {
    // SAFETY: `co` is live.
    unsafe {
        match (*co).status {
            YIELDED => Ok(()),
            STATUS_OK if RESUME_TELLS_STATUS && !from.is_null() && (*co).ci != (*co).call_base => {
                Err(if co == from { b"cannot resume running coroutine" } else { b"cannot resume normal coroutine" })
            }
            STATUS_OK if EMPTY_FRAMES_LOOK_DEAD && !from.is_null() && args == 0 && has_no_values(co) => {
                Err(b"cannot resume dead coroutine")
            }
            STATUS_OK if (*co).ci != (*co).call_base => Err(b"cannot resume non-suspended coroutine"),
            STATUS_OK if (*co).top.offset_from((*(*co).ci).func) as usize - 1 > args => Ok(()),
            _ if RESUME_TELLS_STATUS && from.is_null() => Err(b"cannot resume non-suspended coroutine"),
            _ => Err(b"cannot resume dead coroutine"),
        }
    }
}

/// Nothing lies in the frame that runs there.
unsafe fn has_no_values(co: *mut Thread) -> bool {
    // SAFETY: `co` is live.
    unsafe { (*co).top.offset_from((*(*co).ci).func) == 1 }
}

/// Moves the top `n` values of one thread to another; false when there is no room.
unsafe fn move_values(from: *mut Thread, to: *mut Thread, n: usize) -> bool {
    // SAFETY: `from` has `n` values.
    unsafe {
        if from == to {
            return true;
        }
        if ((*to).stack_last as isize) - ((*to).top as isize) <= (n * size_of::<Value>()) as isize && !try_grow(to, n) {
            return false;
        }
        let values = (*from).top.sub(n);
        for i in 0..n {
            Value::copy((*to).top.add(i), values.add(i));
        }
        (*to).top = (*to).top.add(n);
        (*from).top = values;
        if (*(*to).ci).top < (*to).top {
            (*(*to).ci).top = (*to).top;
        }
        true
    }
}

/// A coroutine is being resumed: it starts counting native calls from `count`.
unsafe fn set_calls(co: *mut Thread, count: u32) {
    // SAFETY: `co` is live.
    unsafe {
        (*co).c_calls = count;
        (*co).base_calls = count;
    }
}

/// Starts or goes on with a coroutine whose arguments are on top.
unsafe fn begin(co: *mut Thread, args: usize) -> Fallible<Flow> {
    // SAFETY: `co` is resumable and running.
    unsafe {
        if (*co).status == STATUS_OK {
            return start_call(co, (*co).top.sub(args + 1), -1, call_flag::COROUTINE_BASE);
        }
        (*co).status = STATUS_OK;
        let ci = (*co).ci;
        if (*ci).flags & call_flag::NATIVE == 0 {
            // It was suspended by a hook, which takes no values.
            (*co).top = (*co).top.sub(args);
            return Ok(Flow::Run);
        }
        show_frame(ci);
        if (*ci).flags & call_flag::BUILTIN == 0 && !(*ci).continuation.is_null() {
            return call::continue_native(co, STATUS_OK);
        }
        native_returned(co, args)
    }
}

/// The coroutine `co` has been suspended with values on top: gives them to its resumer. `Err`: it was resumed by
/// native code, or by an invocation of the dispatch further out.
#[allow(clippy::type_complexity)]
pub unsafe fn yielded(co: *mut Thread) -> Result<Fallible<Flow>, Thrown> {
    // SAFETY: `notes[note::YIELDED]` of the frame is the number of values.
    unsafe {
        let l = (*co).resumer;
        if l.is_null() || (*co).home_run != (*(*co).global).run_depth {
            return Err(Thrown::Yield);
        }
        let n = (*(*co).ci).notes[note::YIELDED] as usize;
        Ok(deliver(l, co, n))
    }
}

/// An error on its way to the main thread (`Thrown::Outside`) leaves the coroutine `co` as it is; returns who resumed it.
pub unsafe fn left(co: *mut Thread) -> Result<*mut Thread, Thrown> {
    // SAFETY: as `yielded`.
    unsafe {
        let l = (*co).resumer;
        if l.is_null() || (*co).home_run != (*(*co).global).run_depth {
            return Err(Thrown::Outside);
        }
        switch_back(l, co);
        Ok(l)
    }
}

/// The body of the running coroutine has returned; its results are behind the slot of the body.
pub unsafe fn finished(co: *mut Thread) -> Fallible<Flow> {
    // SAFETY: the base level runs.
    unsafe {
        let l = (*co).resumer;
        if l.is_null() {
            return Ok(Flow::Exit);
        }
        let n = (*co).top.offset_from((*co).stack.add(1)) as usize;
        deliver(l, co, n)
    }
}

/// Ends a successful resume: moves the top `n` values of `co` to its resumer and returns from the function that
/// resumed it.
unsafe fn deliver(l: *mut Thread, co: *mut Thread, n: usize) -> Fallible<Flow> {
    // SAFETY: the running frame of `l` is the builtin that resumed `co`.
    unsafe {
        switch_back(l, co);
        let wrap = (*(*l).ci).context != 0;
        let room = n + 1;
        if ((*l).stack_last as isize) - ((*l).top as isize) <= (room * size_of::<Value>()) as isize
            && !try_grow(l, room)
        {
            (*co).top = (*co).top.sub(n);
            let code = refuse(l, co, b"too many results to resume")?;
            return builtin_returned(l, code);
        }
        if !wrap {
            Value::store((*l).top, Value::boolean(true));
            (*l).top = (*l).top.add(1);
        }
        move_values(co, l, n);
        native_returned(l, n + !wrap as usize)
    }
}

/// The running coroutine has died of an error nobody caught in it: tells its resumer.
pub unsafe fn died(co: *mut Thread, thrown: Thrown) -> Fallible<Flow> {
    // SAFETY: as `deliver`.
    unsafe {
        let l = (*co).resumer;
        let value = mark_dead(co, thrown);
        switch_back(l, co);
        if (*(*l).ci).context == 0 {
            Value::store((*l).top, Value::boolean(false));
            Value::store((*l).top.add(1), value);
            (*l).top = (*l).top.add(2);
            return native_returned(l, 2);
        }
        Value::store((*l).top, value);
        (*l).top = (*l).top.add(1);
        Err(propagate(l, co, value, thrown))
    }
}

/// The running coroutine closes itself: it ends without results, or with the error of a closing method.
pub unsafe fn closed(co: *mut Thread) -> Fallible<Flow> {
    // SAFETY: as `deliver`.
    unsafe {
        let l = (*co).resumer;
        let status = lifecycle::close_thread(co, l);
        if status == STATUS_OK {
            return deliver(l, co, 0);
        }
        (*co).top = (*co).top.sub(1);
        (*co).error = Value::load((*co).top);
        died(co, Thrown::from_code(status as usize))
    }
}

/// A dead coroutine keeps its frames (for tracebacks) and has the error object on top.
unsafe fn mark_dead(co: *mut Thread, thrown: Thrown) -> Value {
    // SAFETY: `EXTRA_STACK` leaves room for one value.
    unsafe {
        let value = error_value(co, thrown);
        (*co).status = thrown as u8;
        Value::store((*co).top, value);
        (*co).top = (*co).top.add(1);
        if (*(*co).ci).top < (*co).top {
            (*(*co).ci).top = (*co).top;
        }
        value
    }
}

unsafe fn switch_back(l: *mut Thread, co: *mut Thread) {
    // SAFETY: both are live.
    unsafe {
        (*co).resumer = core::ptr::null_mut();
        (*(*l).global).running = l;
    }
}

/// An error of a wrapped coroutine becomes one of its caller: the coroutine is closed and a message gets the
/// caller's position. The error object is on top of `l`.
unsafe fn propagate(l: *mut Thread, co: *mut Thread, value: Value, thrown: Thrown) -> Thrown {
    // SAFETY: as `died`.
    unsafe {
        let state = State(l);
        let mut value = value;
        if (*co).status != STATUS_OK && (*co).status != YIELDED {
            lifecycle::close_thread(co, l);
            value = Value::load((*co).top.sub(1));
            (*co).top = (*co).top.sub(1);
            Value::store((*l).top.sub(1), value);
        }
        if thrown == Thrown::Memory {
            return thrown;
        }
        if value.is_string() {
            let positioned = || -> Fallible<()> {
                state.push_where(1)?;
                state.insert(-2);
                state.concat(2)
            };
            if let Err(thrown) = positioned() {
                return thrown;
            }
        }
        let value = Value::load((*l).top.sub(1));
        error::throw_value(l, value)
    }
}

// ---- from native code

/// `lua_resume`: the status (`STATUS_OK`, `Thrown::Yield`, or an error with its object on top) and the number of
/// results on top, -1 when the thread cannot be resumed.
pub unsafe fn resume(l: *mut Thread, from: *mut Thread, args: i32) -> (u8, i32) {
    // SAFETY: `l` is a live thread with its arguments on top.
    unsafe {
        let args = args as usize;
        let calls = if from.is_null() { 0 } else { (*from).c_calls & COUNT };
        let refusal = match check_resumable(core::ptr::null_mut(), l, args) {
            Err(message) => Some(message),
            Ok(()) if calls >= MAX_C_CALLS => Some(&b"C stack overflow"[..]),
            Ok(()) => None,
        };
        if let Some(message) = refusal {
            (*l).top = (*l).top.sub(args);
            return (refused_natively(l, message), -1);
        }
        set_calls(l, calls + 1);
        (*l).resumer = core::ptr::null_mut();
        (*l).home_run = 0;
        let g = (*l).global;
        let before = (*g).running;
        (*g).running = l;
        (*g).run_depth += 1;
        let outcome = run(l, args);
        (*g).run_depth -= 1;
        (*g).running = before;
        match outcome {
            Ok(()) => (STATUS_OK, (*l).top.offset_from((*l).stack.add(1)) as i32),
            Err(Thrown::Yield) => (YIELDED, hide_frame(l)),
            Err(Thrown::Outside) => boundary::raise(before, Thrown::Outside),
            Err(Thrown::Closed) => {
                let status = lifecycle::close_thread(l, from);
                if status != STATUS_OK {
                    // As in stock Lua, which has the error object twice.
                    (*l).error = Value::load((*l).top.sub(1));
                    mark_dead(l, Thrown::from_code(status as usize));
                }
                (status, (*l).top.offset_from((*l).stack) as i32 - 1)
            }
            Err(thrown) => {
                mark_dead(l, thrown);
                // As in stock Lua: whatever the frame that failed has on the stack.
                (thrown as u8, (*l).top.offset_from((*(*l).ci).func) as i32 - 1)
            }
        }
    }
}

unsafe fn run(l: *mut Thread, args: usize) -> Fallible<()> {
    // SAFETY: as `resume`.
    unsafe {
        let mut begun = begin(l, args);
        loop {
            begun = match begun {
                Ok(Flow::Exit) => return Ok(()),
                Ok(Flow::Run) => return execute((*(*l).global).running),
                Err(thrown) => match unwind((*(*l).global).running, thrown) {
                    Err(thrown) => return Err(thrown),
                    flow => flow,
                },
            };
        }
    }
}

unsafe fn refused_natively(l: *mut Thread, message: &[u8]) -> u8 {
    // SAFETY: there is room for one value in `EXTRA_STACK`.
    unsafe {
        if REFUSED_RESUME_CLEARS_STACK {
            (*l).top = (*(*l).ci).func.add(1);
        }
        match crate::object::Str::new((*l).global, message) {
            Ok(text) => {
                Value::store((*l).top, Value::object(text));
                (*l).top = (*l).top.add(1);
                Thrown::Runtime as u8
            }
            Err(_) => {
                let text = (*(*l).global).memory_message as u64;
                Value::store((*l).top, Value { payload: text, tag: tag::SHORT_STRING });
                (*l).top = (*l).top.add(1);
                Thrown::Memory as u8
            }
        }
    }
}
