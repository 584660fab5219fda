//! Jumps whose destination is not known yet.
//!
//! The jumps of a list are linked through their own operands: the operand of a pending jump is the distance back to
//! the one before it in the list, 0 for the first.

use super::generator::Generator;
use crate::bytecode::isa::{self, MAX_JUMP, Op, Word, abc};
use crate::object::{Fallible, Instruction};
use crate::syntax::tree::Label;
use crate::version::{JUMPS_ARE_SHORT, JUMPS_CLOSE_FIRST};
use core::mem;

/// How far control structures may jump: old versions have 18 bits for it.
const LONGEST_JUMP: i32 = if JUMPS_ARE_SHORT { (1 << 17) - 1 } else { MAX_JUMP };

/// The message about a jump that has no place in its instruction: found out at the end of a loop.
const TOO_LONG: &[u8] = if crate::version::JUMPS_ARE_SHORT {
    b"control structure too long near 'end'"
} else {
    b"control structure too long"
};

/// The last jump of a list, or none.
#[derive(Clone, Copy)]
pub struct JumpList(pub u32);

impl JumpList {
    pub const EMPTY: JumpList = JumpList(u32::MAX);

    pub fn is_empty(&self) -> bool {
        self.0 == u32::MAX
    }

    pub fn take(&mut self) -> JumpList {
        mem::replace(self, JumpList::EMPTY)
    }
}

impl Generator {
    /// The number of the next instruction, to which jumps will lead.
    pub fn here(&mut self) -> u32 {
        self.last_target = self.pc();
        self.last_target
    }

    /// Emits a jump that belongs to `list`.
    pub fn jump(&mut self, list: &mut JumpList, line: u32) -> Fallible<()> {
        let pc = self.pc();
        let back = if list.is_empty() { 0 } else { pc - list.0 };
        if back > MAX_JUMP as u32 {
            return Err(self.error(TOO_LONG, line));
        }
        self.emit(isa::jump(back as i32), line)?;
        list.0 = pc;
        Ok(())
    }

    /// Emits a conditional and its jump.
    pub fn jump_when(&mut self, condition: Instruction, list: &mut JumpList, line: u32) -> Fallible<()> {
        self.emit(condition, line)?;
        self.jump(list, line)
    }

    /// Emits a jump to an instruction.
    pub fn jump_to(&mut self, target: u32, line: u32) -> Fallible<()> {
        let pc = self.emit(isa::jump(0), line)?;
        self.set_jump(pc, target, line)
    }

    fn set_jump(&mut self, pc: u32, target: u32, line: u32) -> Fallible<()> {
        let distance = target as i64 - (pc as i64 + 1);
        if distance.unsigned_abs() > LONGEST_JUMP as u64 {
            return Err(self.error(TOO_LONG, line));
        }
        self.patch(pc, |_| isa::jump(distance as i32));
        Ok(())
    }

    /// Leads the jumps of a list to an instruction.
    pub fn land_at(&mut self, list: JumpList, target: u32, line: u32) -> Fallible<()> {
        let mut pc = list.0;
        while let Some(&word) = self.code.get(pc as usize) {
            self.set_jump(pc, target, line)?;
            match word.ss() {
                0 => break,
                back => pc = pc.wrapping_sub(back as u32),
            }
        }
        Ok(())
    }

    /// Leads the jumps of a list to the next instruction.
    pub fn land_here(&mut self, list: JumpList, line: u32) -> Fallible<()> {
        let here = self.here();
        self.land_at(list, here, line)
    }

    /// Emits a jump to a label, seen or not.
    pub fn jump_to_label(&mut self, label: &Label, line: u32) -> Fallible<()> {
        if let Some(position) = label.position.get() {
            return self.jump_to(position, line);
        }
        let mut list = JumpList(label.waiting.get());
        self.jump(&mut list, line)?;
        label.waiting.set(list.0);
        Ok(())
    }

    /// Puts a label here, with what jumps to it leave to be closed. True if that takes an instruction.
    pub fn place_label(&mut self, label: &Label) -> Fallible<bool> {
        let line = label.end_line.get();
        let here = self.here();
        label.position.set(Some(here));
        self.land_at(JumpList(label.waiting.get()), here, line)?;
        let closes = label.closes.get() && !JUMPS_CLOSE_FIRST;
        if closes {
            self.emit(abc(Op::Close, self.active, 0, 0), line)?;
        }
        Ok(closes)
    }

    /// Lets jumps that lead to jumps go to where these lead.
    pub fn thread_jumps(&mut self) {
        for pc in 0..self.code.len() {
            let Some(target) = self.jump_target(pc) else { continue };
            let mut last = target;
            // A loop of jumps has no end.
            for _ in 0..100 {
                match self.jump_target(last) {
                    Some(next) => last = next,
                    None => break,
                }
            }
            let distance = last as i64 - (pc as i64 + 1);
            if last != target && distance.unsigned_abs() <= MAX_JUMP as u64 {
                self.patch(pc as u32, |_| isa::jump(distance as i32));
            }
        }
    }

    /// Where the instruction leads, if it is a jump.
    fn jump_target(&self, pc: usize) -> Option<usize> {
        let word = *self.code.get(pc)?;
        (word.op() == Op::Jump).then(|| (pc as i64 + 1 + word.ss() as i64) as usize)
    }
}
