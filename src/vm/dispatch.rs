//! How instructions follow each other.
//!
//! Every instruction has a handler of the type [`Handler`]. Its arguments are the machine's registers; it does
//! its work and ends by calling the next instruction's handler *in tail position*, which the optimiser
//! turns into an indirect jump: the native stack does not grow and the arguments stay in registers. Where
//! tail calls cannot be relied on (unoptimised builds, Miri, unknown processors) [`next!`] writes `pc` back
//! and returns [`AGAIN`] to the loop in [`execute`] instead. Handlers are the same in both.
//!
//! Rules for handlers:
//! - The fast path has no stack slots and calls nothing: whatever needs that is a `#[cold]` function of the same
//!   type, tail-called.
//! - `pc` points behind the instruction word. It is written to the frame's `saved_pc` before anything that can
//!   raise, call, allocate or look at the frame.
//! - After such a thing every register is stale (the stack may have moved, another thread may be
//!   running): carry on with [`resume`].

use super::handlers;
use crate::bytecode::Op;
use crate::object::{Global, Instruction, Proto, Thread, Thrown, Value};

/// The handlers of one mode of execution, indexed by operation code.
#[repr(transparent)]
pub struct Table(pub [Handler; Op::COUNT]);

/// An instruction's implementation. The instruction word comes third, where x86-64 has byte access to it.
pub type Handler = unsafe extern "C" fn(
    l: *mut Thread,
    base: *mut Value,
    i: Instruction,
    k: *const Value,
    pc: *const Instruction,
    table: *const Table,
) -> u32;

/// What a chain of handlers returns: the frame that was to be left has been left.
pub const DONE: u32 = 0;
/// What a handler returns to the portable loop to go on with the running frame.
#[cfg(not(relua_tail_calls))]
pub const AGAIN: u32 = u32::MAX;

/// The handlers while no hook is set.
pub static PLAIN: Table = handlers::plain_table();
/// The handlers while a hook is set: every instruction asks the hooks first.
pub static HOOKED: Table = Table([handlers::hooked; Op::COUNT]);
/// What [`HOOKED`] runs after asking: the plain handlers, except for those that must tell the hooks more.
pub static UNDER_HOOK: Table = handlers::under_hook_table();

/// Goes on with the instruction at `$pc`.
#[cfg(relua_tail_calls)]
macro_rules! next {
    ($l:expr, $base:expr, $k:expr, $pc:expr, $table:expr) => {{
        let i = *$pc;
        let handler = *$table.cast::<$crate::vm::dispatch::Handler>().add((i & 0xff) as usize);
        handler($l, $base, i, $k, $pc.add(1), $table)
    }};
}

/// Goes on with the instruction at `$pc`, through the portable loop.
#[cfg(not(relua_tail_calls))]
macro_rules! next {
    ($l:expr, $base:expr, $k:expr, $pc:expr, $table:expr) => {{
        let _ = ($base, $k, $table);
        (*(*$l).ci).saved_pc = $pc;
        $crate::vm::dispatch::AGAIN
    }};
}
pub(super) use next;

/// Goes on with the running Lua frame of the running thread, everything reloaded.
///
/// # Safety
/// `Global::running` has a Lua frame on top, `saved_pc` is where to go on.
#[inline(always)]
pub unsafe extern "C" fn resume(g: *mut Global) -> u32 {
    // SAFETY: the thread runs a Lua frame; the slot below the base always holds the frame's closure.
    unsafe {
        let l = (*g).running;
        let ci = (*l).ci;
        let func = (*ci).func;
        let k = (*(*(*func).as_lua_closure()).proto).constants.cast_const();
        let pc = (*ci).saved_pc;
        let table = (*l).dispatch.cast::<Table>();
        next!(l, func.add(1), k, pc, table)
    }
}

/// Runs the Lua frame on top of `l` until the frame marked `FRESH` returns.
///
/// # Safety
/// As [`resume`], and some frame at or below the top is `FRESH` or the base of a coroutine.
pub unsafe fn execute(l: *mut Thread) -> Result<(), Thrown> {
    // SAFETY: as `resume`; the frame where the dispatch ends exists.
    unsafe {
        #[cfg(relua_tail_calls)]
        let code = resume((*l).global);
        #[cfg(not(relua_tail_calls))]
        let code = portable_loop(l);
        outcome(code)
    }
}

/// As [`execute`], for the frame of `func` that has just been entered: its registers are known.
///
/// # Safety
/// As [`execute`]; `proto` is the function's, and nothing of it has run yet.
#[inline(always)]
pub unsafe fn execute_from_start(l: *mut Thread, func: *mut Value, proto: *const Proto) -> Result<(), Thrown> {
    // SAFETY: as `execute`; `func` holds a closure of `proto`.
    unsafe {
        #[cfg(relua_tail_calls)]
        {
            let table = (*l).dispatch.cast::<Table>();
            outcome(next!(l, func.add(1), (*proto).constants.cast_const(), (*proto).code.cast_const(), table))
        }
        #[cfg(not(relua_tail_calls))]
        {
            let _ = (func, proto);
            outcome(portable_loop(l))
        }
    }
}

/// What a chain of handlers has returned.
#[inline(always)]
fn outcome(code: u32) -> Result<(), Thrown> {
    match code {
        DONE => Ok(()),
        _ => Err(Thrown::from_code(code as usize)),
    }
}

#[cfg(not(relua_tail_calls))]
unsafe fn portable_loop(l: *mut Thread) -> u32 {
    // SAFETY: as `execute`; a handler that returns `AGAIN` has left `saved_pc` and `running` up to date.
    unsafe {
        let g = (*l).global;
        loop {
            let l = (*g).running;
            let ci = (*l).ci;
            let func = (*ci).func;
            let k = (*(*(*func).as_lua_closure()).proto).constants.cast_const();
            let pc = (*ci).saved_pc;
            let table = (*l).dispatch.cast::<Table>();
            let i = *pc;
            let code = ((*table).0[(i & 0xff) as usize])(l, func.add(1), i, k, pc.add(1), table);
            if code != AGAIN {
                return code;
            }
        }
    }
}

/// The table for threads without a hook, as `Thread::dispatch` holds it.
pub fn plain_table() -> *const core::ffi::c_void {
    (&raw const PLAIN).cast()
}

/// The table for threads with a hook.
pub fn hook_table() -> *const core::ffi::c_void {
    (&raw const HOOKED).cast()
}
