//! Hooks (manual §4.7): calling the host's function, and deciding when.
//!
//! While a thread has a hook, `Thread::dispatch` is the table whose handlers report before each instruction;
//! without one the plain table, which knows nothing of hooks. Lua frames fetch the table at calls and backward
//! jumps.
//!
//! `Thread::hook`, `hook_mask` and `dispatch` may change at any moment, as `lua_sethook` is called from signal handlers;
//! each is read once where it is used.

use crate::bytecode::{Op, Word};
use crate::object::thread::{Hook, MIN_STACK, STATUS_OK, call_flag};
use crate::object::{CallInfo, Fallible, Instruction, Proto, Thread, Thrown};
use crate::version::{FOR_BEGINS_AT_ITS_END, LEVELS_SHOW_TAIL_CALLS, TRANSFER_ALWAYS_TOLD};
use crate::vm::debug::{DebugInfo, current_pc, is_lua, line_changed, line_of, proto_of};
use crate::vm::{boundary, call, dispatch};
use core::ffi::c_int;

/// `LUA_HOOK*`: the events.
pub mod event {
    pub const CALL: i32 = 0;
    pub const RETURN: i32 = 1;
    pub const LINE: i32 = 2;
    pub const COUNT: i32 = 3;
    /// A call; in 5.1, the return of a frame that a tail call took over.
    pub const TAIL_CALL: i32 = 4;
}

/// `LUA_MASK*`: which events a hook wants.
pub mod mask {
    pub const CALL: u8 = 1 << 0;
    pub const RETURN: u8 = 1 << 1;
    pub const LINE: u8 = 1 << 2;
    pub const COUNT: u8 = 1 << 3;
}

/// `lua_sethook`. Async-signal-safe: plain stores, of which any prefix is a consistent state.
pub unsafe fn set_hook(l: *mut Thread, hook: Option<Hook>, mask: i32, count: i32) {
    let mask = if hook.is_none() { 0 } else { mask as u8 };
    // SAFETY: `l` is live.
    unsafe {
        (*l).hook = if mask == 0 { None } else { hook };
        (*l).base_hook_count = count;
        (*l).hook_count = count;
        (&raw mut (*l).hook_mask).write_volatile(mask);
        install(l);
    }
}

/// Selects the dispatch table that `hook_mask` asks for.
pub unsafe fn install(l: *mut Thread) {
    // SAFETY: `l` is live.
    unsafe {
        let table = if (*l).hook_mask == 0 { dispatch::plain_table() } else { dispatch::hook_table() };
        (&raw mut (*l).dispatch).write_volatile(table);
    }
}

/// Runs the hook, if there is one and none is running, for an event in the running frame. `line` is -1 unless it is a
/// line event; `first` and `count` say which slots of the frame hold arguments or results (`count` 0: none).
pub unsafe fn run(l: *mut Thread, event: i32, line: i32, first: u32, count: u32) -> Fallible<()> {
    // SAFETY: `l` runs; stack addresses are kept as offsets while the hook may move the stack.
    unsafe {
        let Some(hook) = (*l).hook else { return Ok(()) };
        if !(*l).allow_hook {
            return Ok(());
        }
        let index = (*l).ci.offset_from((*l).call_base);
        let top = (*l).top.offset_from((*l).stack);
        let frame_end = (*(*l).ci).top.offset_from((*l).stack);
        let mut ar = DebugInfo::new();
        ar.event = event as c_int;
        ar.current_line = line as c_int;
        // Of a frame that a tail call took over nothing is known.
        let lost = LEVELS_SHOW_TAIL_CALLS && event == event::TAIL_CALL;
        ar.set_frame(l, if lost { (*l).call_base } else { (*l).ci });
        let mut flags = call_flag::HOOKED;
        let old_transfer = (*(*l).ci).notes;
        if count != 0 || TRANSFER_ALWAYS_TOLD {
            flags |= call_flag::TRANSFER;
            (*(*l).ci).notes = [first, count];
        }
        if is_lua((*l).ci) && (*l).top < (*(*l).ci).top {
            (*l).top = (*(*l).ci).top;
        }
        call::ensure_stack(l, MIN_STACK)?;
        let ci = (*l).ci;
        let needed = (*l).top.add(MIN_STACK);
        if (*ci).top < needed {
            (*ci).top = needed;
        }
        (*l).allow_hook = false;
        (*ci).flags |= flags;
        let hook = hook as *const core::ffi::c_void;
        boundary::guarded(l, hook, l as usize, (&raw mut ar) as usize, 0, 0)?;
        (*l).allow_hook = true;
        let ci = (*l).call_base.offset(index);
        (*ci).top = (*l).stack.offset(frame_end);
        (*l).top = (*l).stack.offset(top);
        (*ci).flags &= !flags;
        if count != 0 {
            (*ci).notes = old_transfer;
        }
        Ok(())
    }
}

/// The running frame, of a Lua function, is about to execute its first instruction (of a vararg function: has just
/// adjusted its frame): runs the call hook. `saved_pc` is that instruction.
pub unsafe fn call_lua(l: *mut Thread) -> Fallible<()> {
    // SAFETY: the running frame is a Lua function's.
    unsafe {
        (*l).old_pc = 0;
        if (*l).hook_mask & mask::CALL == 0 {
            return Ok(());
        }
        let ci = (*l).ci;
        let index = ci.offset_from((*l).call_base);
        let event =
            if (*ci).flags & call_flag::TAIL != 0 && !LEVELS_SHOW_TAIL_CALLS { event::TAIL_CALL } else { event::CALL };
        let params = (*proto_of(ci)).params as u32;
        // Whoever looks at the frame expects the instruction after the current one.
        (*ci).saved_pc = (*ci).saved_pc.add(1);
        run(l, event, -1, 1, params)?;
        let ci = (*l).call_base.offset(index);
        (*ci).saved_pc = (*ci).saved_pc.sub(1);
        Ok(())
    }
}

/// The running frame, of a native function with `args` arguments, is about to start: runs the call hook.
pub unsafe fn call_native(l: *mut Thread, args: u32) -> Fallible<()> {
    // SAFETY: `l` runs.
    unsafe { if (*l).hook_mask & mask::CALL != 0 { run(l, event::CALL, -1, 1, args) } else { Ok(()) } }
}

/// The running frame is about to return the top `results` values: runs the return hook. `func` of a vararg function's
/// frame is still where its arguments were adjusted to.
pub unsafe fn call_return(l: *mut Thread, results: u32) -> Fallible<()> {
    // SAFETY: `l` runs; the results lie above the frame's function.
    unsafe {
        if (*l).hook_mask & mask::RETURN != 0 {
            let first = (*l).top.sub(results as usize).offset_from((*(*l).ci).func);
            run(l, event::RETURN, -1, first as u32, results)?;
            if LEVELS_SHOW_TAIL_CALLS {
                tail_calls_return(l)?;
            }
        }
        returned_to(l, (*l).ci.sub(1));
        Ok(())
    }
}

/// Runs the return hook for each frame that a tail call of the running one took over.
unsafe fn tail_calls_return(l: *mut Thread) -> Fallible<()> {
    // SAFETY: `ci` is found again after each hook.
    unsafe {
        let ci = (*l).ci;
        if !is_lua(ci) || (*ci).flags & call_flag::TAIL == 0 {
            return Ok(());
        }
        let index = ci.offset_from((*l).call_base);
        for left in (0..(*ci).context).rev() {
            // The hook finds one tail call less each time, and after the last the name that the frame was called by.
            let ci = (*l).call_base.offset(index);
            (*ci).context = left;
            if left == 0 {
                (*ci).flags &= !call_flag::TAIL;
            }
            if (*l).hook_mask & mask::RETURN != 0 {
                run(l, event::TAIL_CALL, -1, 0, 0)?;
            }
        }
        Ok(())
    }
}

/// Execution goes on in the frame `ci`: the line hook compares with the instruction it is at.
pub unsafe fn returned_to(l: *mut Thread, ci: *const CallInfo) {
    // SAFETY: a call record of `l`.
    unsafe {
        if is_lua(ci) {
            (*l).old_pc = current_pc(ci) as u32;
        }
    }
}

/// Whether an instruction takes a count from `top`, which the instruction before left there.
fn uses_top(i: Instruction) -> bool {
    match i.op() {
        Op::Call | Op::TailCall | Op::Return | Op::SetList => i.b() == 0,
        _ => false,
    }
}

/// The Lua frame `ci` is about to execute the instruction `i`, with `saved_pc` behind it: runs count and line hooks. A
/// hook that yielded suspends the coroutine (`Thrown::Yield`), with `saved_pc` at the instruction, which
/// has to be executed when the coroutine is resumed.
pub unsafe fn before_instruction(l: *mut Thread, ci: *mut CallInfo, i: Instruction) -> Fallible<()> {
    // SAFETY: `ci` is the running frame.
    unsafe {
        let wanted = (*l).hook_mask;
        // A vararg function starts behind the instruction that adjusts its frame (see `entered`).
        if wanted & (mask::LINE | mask::COUNT) == 0 || i & 0xff == Op::VarargPrep as u32 {
            return Ok(());
        }
        let index = ci.offset_from((*l).call_base);
        let result = trace(l, ci, i, wanted);
        if result == Err(Thrown::Yield) {
            let ci = (*l).call_base.offset(index);
            (*ci).saved_pc = (*ci).saved_pc.sub(1);
        }
        result
    }
}

/// The running vararg function has adjusted its frame, with `saved_pc` behind that instruction: runs the call hook.
pub unsafe fn entered(l: *mut Thread) -> Fallible<()> {
    // SAFETY: the running frame is a Lua function's.
    unsafe {
        if (*l).hook_mask != 0 {
            call_lua(l)?;
            // The next instruction is on a new line.
            (*l).old_pc = 1 | FRESH;
        }
        Ok(())
    }
}

unsafe fn trace(l: *mut Thread, ci: *mut CallInfo, i: Instruction, mask: u8) -> Fallible<()> {
    // SAFETY: as `before_instruction`. `ci` is not used after a hook has run.
    unsafe {
        let mut count_due = false;
        if mask & mask::COUNT != 0 {
            (*l).hook_count = (*l).hook_count.wrapping_sub(1);
            count_due = (*l).hook_count == 0;
        }
        if count_due {
            (*l).hook_count = (*l).base_hook_count;
        } else if mask & mask::LINE == 0 {
            return Ok(());
        }
        if (*ci).flags & call_flag::HOOK_YIELD != 0 {
            // The hook yielded at this instruction; it has been called.
            (*ci).flags &= !call_flag::HOOK_YIELD;
            return Ok(());
        }
        if !uses_top(i) {
            (*l).top = (*ci).top;
        }
        let index = ci.offset_from((*l).call_base);
        let (p, pc) = (proto_of(ci), current_pc(ci));
        if count_due {
            run(l, event::COUNT, -1, 0, 0)?;
        }
        if mask & mask::LINE != 0 {
            trace_line(l, p, pc)?;
        }
        if (*l).status != STATUS_OK {
            if count_due {
                (*l).hook_count = 1;
            }
            (*(*l).call_base.offset(index)).flags |= call_flag::HOOK_YIELD;
            return Err(Thrown::Yield);
        }
        Ok(())
    }
}

/// Bit of [`Thread::old_pc`] in a frame that has just been entered: that instruction has not been executed.
const FRESH: u32 = 1 << 31;

/// Runs the line hook when a new line is entered or a line again, by a jump back.
unsafe fn trace_line(l: *mut Thread, p: *const Proto, pc: usize) -> Fallible<()> {
    // SAFETY: `pc` is an instruction of `p`.
    unsafe {
        // An error may have left an index of another function: then any will do.
        let fresh = (*l).old_pc & FRESH != 0;
        let old = (*l).old_pc & !FRESH;
        let old = if old < (*p).code_len { old as usize } else { 0 };
        let begins_loop = FOR_BEGINS_AT_ITS_END && (*(*p).code.add(pc)).op() == Op::ForPrep;
        let skips_loop = FOR_BEGINS_AT_ITS_END && pc > 0 && (*(*p).code.add(pc - 1)).op() == Op::ForPrep;
        // (Behind a loop that runs, the instruction after `ForPrep` is the second one.)
        let skips_loop = skips_loop && (*(*p).code.add(pc)).op() == Op::Jump;
        // An instruction that closes variables is repeated until all are closed.
        let repeated = pc == old && pc > 0 && !fresh && matches!((*(*p).code.add(pc)).op(), Op::Close | Op::Return);
        if !skips_loop && !repeated && (pc <= old || line_changed(p, old, pc)) {
            run(l, event::LINE, line_of(p, pc), 0, 0)?;
        }
        (*l).old_pc = if begins_loop { pc as u32 + 2 } else { pc as u32 };
        Ok(())
    }
}
