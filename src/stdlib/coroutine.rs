//! Coroutine manipulation (manual §6.2).

use crate::library;
use crate::object::thread::{STATUS_OK, call_flag};
use crate::object::value::types;
use crate::object::{Fallible, Thrown, Value};
use crate::version::{
    CHOICES_TELL_TYPES, COROUTINES_CLOSE_THEMSELVES, COROUTINES_RUN_LUA, HAS_INTEGERS, HAS_MAIN_COROUTINE, HAS_TBC,
    ISYIELDABLE_TAKES_COROUTINE,
};
use crate::vm::state::upvalue_index;
use crate::vm::{State, coroutine, lifecycle};

crate::builtin!(pub static OPEN = open);
crate::builtin!(static WRAPPED = wrapped);

library! {
    static FUNCTIONS = {
        b"create" => create,
        b"resume" => resume,
        b"running" => running,
        b"status" => status,
        b"wrap" => wrap,
        b"yield" => yield_values,
    }
}

library! {
    static YIELDABLE = {
        b"isyieldable" => is_yieldable,
    }
}

library! {
    static CLOSE = {
        b"close" => close,
    }
}

/// `luaopen_coroutine`
fn open(l: State) -> Fallible<i32> {
    register(l)?;
    Ok(1)
}

/// Pushes the library's table.
pub fn register(l: State) -> Fallible<()> {
    l.new_library(b"coroutine", FUNCTIONS)?;
    if HAS_INTEGERS {
        l.set_functions(YIELDABLE, 0)?;
    }
    if HAS_TBC {
        l.set_functions(CLOSE, 0)?;
    }
    Ok(())
}

/// The coroutine that is the first argument.
fn check_coroutine(l: State) -> Fallible<State> {
    l.to_thread(1).ok_or_else(|| {
        if CHOICES_TELL_TYPES {
            l.type_error(1, b"thread")
        } else if HAS_INTEGERS {
            l.arg_error(1, b"thread expected")
        } else {
            l.arg_error(1, b"coroutine expected")
        }
    })
}

/// `coroutine.create(f)`
fn create(l: State) -> Fallible<i32> {
    if COROUTINES_RUN_LUA {
        let is_lua = l.is_function(1) && !l.is_native_function(1);
        l.arg_check(is_lua, 1, "Lua function expected")?;
    }
    l.check_type(1, types::FUNCTION)?;
    // SAFETY: the new thread is on the stack before anything else is allocated; its stack has room for the function.
    let co = unsafe {
        let co = lifecycle::new_thread(l.0)?;
        l.push(Value::object(co));
        State(co)
    };
    co.push(l.value(1));
    l.gc_check()?;
    Ok(1)
}

/// `coroutine.wrap(f)`
fn wrap(l: State) -> Fallible<i32> {
    create(l)?;
    l.push_builtin_closure(&WRAPPED, 1)?;
    Ok(1)
}

/// `coroutine.resume(co, ...)`
fn resume(l: State) -> Fallible<i32> {
    let co = check_coroutine(l)?;
    coroutine::resume_then(l, co.0, l.top() - 1, false)
}

/// What `coroutine.wrap` returns; its upvalue is the coroutine.
fn wrapped(l: State) -> Fallible<i32> {
    let Some(co) = l.to_thread(upvalue_index(1)) else {
        return Err(l.type_error(1, b"thread"));
    };
    coroutine::resume_then(l, co.0, l.top(), true)
}

/// `coroutine.yield(...)`
fn yield_values(l: State) -> Fallible<i32> {
    coroutine::yield_(l, l.top())
}

/// What a coroutine is doing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Running,
    Dead,
    Suspended,
    /// It resumed another one.
    Normal,
}

impl Status {
    fn of(co: State, running: State) -> Status {
        if core::ptr::eq(co.0, running.0) {
            return Status::Running;
        }
        // SAFETY: both threads are live.
        let (status, in_call) = unsafe { ((*co.0).status, (*co.0).ci != (*co.0).call_base) };
        if status == Thrown::Yield as u8 {
            Status::Suspended
        } else if status != STATUS_OK {
            Status::Dead
        } else if in_call {
            Status::Normal
        } else if co.top() == 0 {
            Status::Dead
        } else {
            // Not started: its function is on its stack.
            Status::Suspended
        }
    }

    fn name(self) -> &'static [u8] {
        match self {
            Status::Running => b"running",
            Status::Dead => b"dead",
            Status::Suspended => b"suspended",
            Status::Normal => b"normal",
        }
    }
}

/// `coroutine.status(co)`
fn status(l: State) -> Fallible<i32> {
    let co = check_coroutine(l)?;
    l.push_bytes(Status::of(co, l).name())?;
    Ok(1)
}

/// `coroutine.running()`
fn running(l: State) -> Fallible<i32> {
    let is_main = l.push_thread();
    if !HAS_MAIN_COROUTINE {
        if is_main {
            l.push_nil();
        }
        return Ok(1);
    }
    l.push_boolean(is_main);
    Ok(2)
}

/// `coroutine.isyieldable([co])`
fn is_yieldable(l: State) -> Fallible<i32> {
    let co = if l.is_none(1) || !ISYIELDABLE_TAKES_COROUTINE { l } else { check_coroutine(l)? };
    l.push_boolean(co.is_yieldable());
    Ok(1)
}

/// The running coroutine closes itself: it ends where it was started.
fn close_running(l: State) -> Thrown {
    // SAFETY: the thread and its state are alive.
    let (main, finalizing) = unsafe {
        let mut ci = (*l.0).call_base;
        let mut finalizing = false;
        while ci <= (*l.0).ci {
            finalizing |= (*ci).flags & call_flag::FINALIZER != 0;
            ci = ci.add(1);
        }
        (core::ptr::eq(l.0, (*(*l.0).global).main_thread), finalizing)
    };
    if main {
        return l.error(&["cannot close main thread".into()]);
    }
    // The collector, which calls the finalizer, cannot be left.
    if finalizing {
        return l.error(&["cannot close a running coroutine".into()]);
    }
    Thrown::Closed
}

/// `coroutine.close(co)`: true, or false and the error in a closing method or that had killed the coroutine.
fn close(l: State) -> Fallible<i32> {
    let co = if COROUTINES_CLOSE_THEMSELVES && l.is_none(1) { l } else { check_coroutine(l)? };
    let status = Status::of(co, l);
    if COROUTINES_CLOSE_THEMSELVES && status == Status::Running {
        return Err(close_running(l));
    }
    if !matches!(status, Status::Dead | Status::Suspended) {
        return Err(l.error(&[b"cannot close a ".into(), status.name().into(), b" coroutine".into()]));
    }
    // SAFETY: the coroutine is not running, and stays on the stack as argument.
    let status = unsafe { lifecycle::close_thread(co.0, l.0) };
    l.push_boolean(status == STATUS_OK);
    if status == STATUS_OK {
        return Ok(1);
    }
    co.xmove(l, 1);
    Ok(2)
}
