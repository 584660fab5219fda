//! Finishing an instruction that called a metamethod.
//!
//! The metamethod's frame has returned: its result is the value on top. The instruction is the one before
//! `saved_pc`; what is left of it is done here, then execution goes on behind it.

use super::call::{Flow, return_frame};
use super::meta;
use crate::bytecode::{Op, Word};
use crate::object::thread::{call_flag, note};
use crate::object::{CallInfo, Fallible, Thread, Value};
use crate::version::LE_FROM_LT;

/// Finishes the instruction of the running Lua frame.
pub unsafe fn finish_instruction(l: *mut Thread) -> Fallible<Flow> {
    // SAFETY: `saved_pc` is behind an instruction of the frame's function.
    unsafe {
        let ci = (*l).ci;
        let base = (*ci).func.add(1);
        let i = *(*ci).saved_pc.sub(1);
        match i.op() {
            Op::Close => (*ci).saved_pc = (*ci).saved_pc.sub(1),
            Op::Return => {
                (*l).top = base.add(i.a() as usize + (*ci).notes[note::RESULTS] as usize);
                (*ci).saved_pc = (*ci).saved_pc.sub(1);
            }
            Op::TailCall => {
                let first = base.add(i.a() as usize);
                return return_frame(l, first, (*l).top.offset_from(first) as usize);
            }
            Op::Concat => return finish_concat(l, base.add(i.a() as usize)),
            op => match condition(op) {
                Some(when) => {
                    let mut holds = !(*(*l).top.sub(1)).is_falsy();
                    if LE_FROM_LT && (*ci).flags & call_flag::NEGATE != 0 {
                        (*ci).flags &= !call_flag::NEGATE;
                        holds = !holds;
                    }
                    branch(ci, holds == when);
                }
                None if stores_result(op) => Value::copy(base.add(i.a() as usize), (*l).top.sub(1)),
                // Assignments want nothing; calls have their results in place.
                None => {}
            },
        }
        Ok(Flow::Run)
    }
}

/// What is left of an instruction when its metamethod has returned.
#[derive(Clone, Copy)]
pub enum Remainder {
    /// The result is the value of `R[A]`.
    Store,
    /// The result decides a condition: whether this is the outcome that jumps.
    Branch(bool),
    Nothing,
    /// The result is the value of `R[A]` if the operands were the first two, otherwise there is more to do.
    Concat,
    /// See [`finish_instruction`].
    More,
}

/// See [`Remainder`].
#[inline(always)]
pub fn remainder(op: Op) -> Remainder {
    const REMAINDERS: [Remainder; Op::COUNT] = {
        let mut all = [Remainder::More; Op::COUNT];
        let mut n = 0;
        while n < Op::COUNT {
            let op = Op::ALL[n];
            all[n] = match (condition(op), op) {
                (Some(when), _) => Remainder::Branch(when),
                (None, Op::Concat) => Remainder::Concat,
                (None, Op::Close | Op::Return | Op::TailCall) => Remainder::More,
                _ if stores_result(op) => Remainder::Store,
                _ if assigns(op) => Remainder::Nothing,
                _ => Remainder::More,
            };
            n += 1;
        }
        all
    };
    REMAINDERS[op as usize]
}

/// Whether the instruction assigns to a table.
const fn assigns(op: Op) -> bool {
    use Op::*;
    matches!(op, SetTabUp | SetTabUpK | SetTable | SetTableK | SetI | SetIK | SetField | SetFieldK)
}

/// Takes or skips the jump behind the conditional the frame is at.
#[inline(always)]
pub unsafe fn branch(ci: *mut CallInfo, taken: bool) {
    // SAFETY: a conditional is followed by a Jump.
    unsafe {
        let distance = if taken { (*(*ci).saved_pc).ss() as isize } else { 0 };
        (*ci).saved_pc = (*ci).saved_pc.offset(1 + distance);
    }
}

/// For comparisons: the outcome that jumps.
pub const fn condition(op: Op) -> Option<bool> {
    use Op::*;
    match op {
        JumpEq | JumpEqK | JumpEqI | JumpLt | JumpLe | JumpLtI | JumpLeI | JumpGtI | JumpGeI => Some(true),
        JumpNe | JumpNeK | JumpNeI | JumpNotLt | JumpNotLe | JumpNotLtI | JumpNotLeI | JumpNotGtI | JumpNotGeI => {
            Some(false)
        }
        _ => None,
    }
}

/// Whether the instruction's metamethod gives the value of `R[A]`.
const fn stores_result(op: Op) -> bool {
    use Op::*;
    matches!(op, GetTabUp | GetTable | GetI | GetField | SelfK | SelfR)
        || (op as u8 >= Add as u8 && op as u8 <= Len as u8)
}

/// The result replaces the two operands; goes on with what is left of the chain.
unsafe fn finish_concat(l: *mut Thread, first: *mut Value) -> Fallible<Flow> {
    // SAFETY: the operands lie between `first` and the result, which was called for at their end.
    unsafe {
        let result = (*l).top.sub(1);
        let operands = result.offset_from(first) as usize;
        Value::copy(result.sub(2), result);
        (*l).top = result.sub(1);
        if operands == 2 {
            // The last one: the result is as it is, be it a number.
            return Ok(Flow::Run);
        }
        meta::concat_in_frame(l, operands - 1)
    }
}
