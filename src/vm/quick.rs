//! Library functions without a call: the short way through a builtin.
//!
//! Many library functions do less than it costs to push a call record for them and to take it down again. Such a
//! function has, beside its ordinary form, a [`Quick`] form for the common case. The call instructions jump to
//! [`handler`], which works on the caller's registers and goes on with the next instruction. Where the quick form
//! declines, the ordinary call follows as if nothing had been tried: all errors are raised there, with the call record
//! that messages and tracebacks show. Hooks see the ordinary call only.

use super::call;
use super::dispatch::{Handler, Table, next, resume};
use super::handlers;
use crate::bytecode::{Op, Word};
use crate::gc;
use crate::object::number::float_to_integer;
use crate::object::{Global, Instruction, Str, Thread, Value, tag};
use crate::version::HAS_INTEGERS;

/// The handler for builtins without a quick form.
pub const ORDINARY: Handler = handlers::call_native_frame;

/// The arguments of a call that is being made.
#[derive(Clone, Copy)]
pub struct Arguments {
    /// The thread that runs.
    pub l: *mut Thread,
    func: *mut Value,
    /// How many arguments there are.
    pub count: usize,
    /// How many results are wanted, -1 for all.
    pub wanted: i32,
}

impl Arguments {
    /// Argument `n`, from 1.
    #[inline(always)]
    pub fn get(self, n: usize) -> Option<Value> {
        // SAFETY: the arguments follow the function on the stack.
        if n <= self.count { Some(unsafe { Value::load(self.func.add(n)) }) } else { None }
    }

    /// Argument `n` if it is a table.
    #[inline(always)]
    pub fn table(self, n: usize) -> Option<*mut crate::object::Table> {
        self.get(n).filter(|v| v.is_table()).map(Value::as_table)
    }

    /// Argument `n` if it is a table without metatable.
    #[inline(always)]
    pub fn plain_table(self, n: usize) -> Option<*mut crate::object::Table> {
        // SAFETY: arguments are alive.
        self.table(n).filter(|t| unsafe { (**t).metatable.is_null() })
    }

    /// The bytes of argument `n` if it is a string; valid during the call.
    #[inline(always)]
    pub fn bytes<'a>(self, n: usize) -> Option<&'a [u8]> {
        // SAFETY: arguments are alive.
        self.get(n).filter(|v| v.is_string()).map(|v| unsafe { Str::bytes(v.as_str()) })
    }

    /// Argument `n` if it is an integer, or a float with an integer's value.
    #[inline(always)]
    pub fn integer(self, n: usize) -> Option<i64> {
        let v = self.get(n)?;
        match v.tag {
            tag::INTEGER if HAS_INTEGERS => Some(v.as_integer()),
            tag::FLOAT => float_to_integer(v.as_float()),
            _ => None,
        }
    }

    /// Argument `n` if it is a number, as a float.
    #[inline(always)]
    pub fn float(self, n: usize) -> Option<f64> {
        let v = self.get(n)?;
        match v.tag {
            tag::FLOAT => Some(v.as_float()),
            tag::INTEGER if HAS_INTEGERS => Some(v.as_integer() as f64),
            _ => None,
        }
    }

    /// The function that is called.
    #[inline(always)]
    pub fn function(self) -> Value {
        // SAFETY: a live slot.
        unsafe { Value::load(self.func) }
    }

    /// The state's shared part.
    #[inline(always)]
    pub fn global(self) -> *mut Global {
        // SAFETY: the thread is alive.
        unsafe { (*self.l).global }
    }

    /// The short or long string with these bytes. Only for forms that declare to allocate.
    #[inline(always)]
    pub fn string(self, bytes: &[u8]) -> Option<Value> {
        // SAFETY: the frame is written back for forms that allocate. Without memory the ordinary call complains.
        unsafe { Str::new(self.global(), bytes).ok().map(|s| Value::object(s)) }
    }

    /// Sets result `n` (from 1) of several; at most [`MANY`] in all, and only of the forms that declare so.
    #[inline(always)]
    pub fn set_result(self, n: usize, v: Value) {
        // SAFETY: the function's slot and the ones above it are free for results; the stack has `EXTRA_STACK` more
        // slots than the frame.
        unsafe { Value::store(self.func.add(n - 1), v) }
    }
}

/// The value of an integer, which is a float in versions without integers.
#[inline(always)]
pub fn integer_value(n: i64) -> Value {
    if HAS_INTEGERS { Value::integer(n) } else { Value::float(n as f64) }
}

/// How many results a form may give that gives several.
pub const MANY: usize = 4;

/// What a quick form does besides computing one result. A plain form becomes part of its handler, which must not use the
/// native stack (it could not jump to the next instruction then); the others are functions that the handler calls.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: it neither allocates nor changes anything but its table arguments, and has no variables that others get
    /// the address of.
    Plain,
    /// It may create an object, its result, and have variables of any kind.
    Allocates,
    /// Its results are [`MANY`], each set by [`Arguments::set_result`] (what it returns does not matter).
    Many,
}

/// The quick form of a builtin.
pub trait Quick {
    const EFFECT: Effect;

    /// The function's only result, or `None` without having done anything. It must not raise errors, run Lua code, look
    /// at the frame or at the thread's `top`, and only allocate if it says so.
    ///
    /// # Safety
    /// The arguments are those of a call that is being made.
    unsafe fn run(arguments: Arguments) -> Option<Value>;
}

/// `quick_forms! { /// doc \n Name(arguments): Plain { body } ... }` declares quick forms: types to name in `library!`.
#[macro_export]
macro_rules! quick_forms {
    ($( $(#[$doc:meta])* $name:ident($a:ident): $effect:ident $body:block )*) => { $(
        $(#[$doc])*
        pub struct $name;
        impl $crate::vm::quick::Quick for $name {
            const EFFECT: $crate::vm::quick::Effect = $crate::vm::quick::Effect::$effect;
            #[inline(always)]
            unsafe fn run($a: $crate::vm::quick::Arguments) -> Option<$crate::object::Value> { $body }
        }
    )* };
}

/// The handler for a builtin that has a quick form: tail-called with its own operands by `call`, or by `tail_call` in a
/// frame without extra arguments and variables to close.
///
/// # Safety
/// As any handler, at a call of the builtin and without hooks.
pub unsafe extern "C" fn handler<Q: Quick>(
    l: *mut Thread,
    base: *mut Value,
    i: Instruction,
    k: *const Value,
    pc: *const Instruction,
    t: *const Table,
) -> u32 {
    // SAFETY: function and arguments are registers of the running frame.
    unsafe {
        let func = base.add(i.a() as usize);
        let count = if i.b() == 0 { (*l).top.offset_from(func) as usize - 1 } else { i.b() as usize - 1 };
        let arguments = Arguments { l, func, count, wanted: i.c() as i32 - 1 };
        if Q::EFFECT == Effect::Many {
            if i.c() != 0 && i.c() as usize <= MANY + 1 && apart::<Q>(l, func, count, arguments.wanted) {
                (*l).top = func.add(i.c() as usize - 1);
                return next!(l, base, k, pc, t);
            }
            return ORDINARY(l, base, i, k, pc, t);
        }
        if i.c() > 2 {
            return ORDINARY(l, base, i, k, pc, t);
        }
        // Storing a result is harmless when none is wanted: the slot is free then.
        if Q::EFFECT == Effect::Allocates {
            (*(*l).ci).saved_pc = pc;
            (*l).top = func.add(count + 1);
            if !apart::<Q>(l, func, count, arguments.wanted) {
                return ORDINARY(l, base, i, k, pc, t);
            }
        } else {
            let Some(v) = Q::run(arguments) else {
                return ORDINARY(l, base, i, k, pc, t);
            };
            Value::store(func, v);
        }
        (*l).top = func.add(1);
        if Q::EFFECT == Effect::Allocates && gc::is_due((*l).global) {
            return step_and_go_on(l, base, i, k, pc, t);
        }
        if i.op() == Op::TailCall {
            return handlers::return_1(l, base, i, k, pc, t);
        }
        next!(l, base, k, pc, t)
    }
}

/// Runs a form that is not plain; its arguments and results go through no variable of the handler's.
#[inline(never)]
unsafe extern "C" fn apart<Q: Quick>(l: *mut Thread, func: *mut Value, count: usize, wanted: i32) -> bool {
    // SAFETY: the handler's arguments.
    unsafe {
        let Some(v) = Q::run(Arguments { l, func, count, wanted }) else {
            return false;
        };
        if Q::EFFECT == Effect::Allocates {
            Value::store(func, v);
        }
        true
    }
}

/// The end of a form that allocated when a step of the collector is due. The result is the value on top.
#[inline(never)]
unsafe extern "C" fn step_and_go_on(
    l: *mut Thread,
    _: *mut Value,
    i: Instruction,
    k: *const Value,
    pc: *const Instruction,
    t: *const Table,
) -> u32 {
    // SAFETY: the frame is written back and its live registers lie below `top`.
    unsafe {
        let g = (*l).global;
        if let Err(thrown) = gc::step(l) {
            return handlers::throw(l, thrown);
        }
        if i.op() == Op::TailCall {
            let base = (*(*l).ci).func.add(1);
            return handlers::return_1(l, base, i, k, pc, t);
        }
        resume(g)
    }
}

/// Whether `tail_call` may go through the quick form of the builtin in `func`.
///
/// # Safety
/// `func` is a register of the running Lua frame.
#[inline(always)]
pub unsafe fn of_tail_call(l: *mut Thread, func: *const Value, i: Instruction) -> Option<Handler> {
    // SAFETY: `func` is a register of the running frame, whose function is a Lua closure with a prototype.
    unsafe {
        let builtin = call::builtin_of(func);
        let running = (*(*(*(*l).ci).func).as_lua_closure()).proto;
        if builtin.is_null() || i.c() != 0 || (*l).hook_mask != 0 || (*running).is_vararg {
            return None;
        }
        Some((*builtin).quick)
    }
}
