//! Blocks and statements but for loops and assignments.

use super::generator::{Generator, OpenBlock};
use super::jumps::JumpList;
use crate::bytecode::isa::{Op, Word, abc};
use crate::object::Fallible;
use crate::syntax::tree::{Block, Branch, Expr, Goto, If, Label, Operand, Return, Seq, Stat};
use crate::version::JUMPS_CLOSE_FIRST;

impl Generator {
    pub fn statements(&mut self, list: Seq<Stat>) -> Fallible<()> {
        for stat in list.iter() {
            self.statement(stat)?;
            // Temporaries live within a statement.
            self.free = self.active;
        }
        Ok(())
    }

    fn statement(&mut self, stat: &Stat) -> Fallible<()> {
        match stat {
            Stat::Call(suffixed) => self.push_open(&Expr::Suffixed(suffixed), Some(0)),
            Stat::Local(local) => self.local_statement(local),
            Stat::LocalFunction(local) => self.local_function(local),
            Stat::Assign(assign) => self.assign(assign),
            Stat::Global(stat) => self.global_statement(stat),
            Stat::GlobalFunction(stat) => self.global_function(stat),
            Stat::Function(function) => self.function_statement(function),
            Stat::Do(block) => self.block(block),
            Stat::While(stat) => self.while_loop(stat),
            Stat::Repeat(stat) => self.repeat_loop(stat),
            Stat::If(stat) => self.if_statement(stat),
            Stat::NumericFor(stat) => self.numeric_for(stat),
            Stat::GenericFor(stat) => self.generic_for(stat),
            Stat::Return(stat) => self.return_statement(stat),
            Stat::Goto(goto) => goto.label.get().map_or(Ok(()), |label| self.goto(label, goto.line)),
            Stat::Label(label) => self.place_label(label).map(drop),
        }
    }

    pub fn block(&mut self, block: &Block) -> Fallible<()> {
        self.enter_block(block)?;
        self.statements(block.body.get())?;
        self.leave_block(block, false)
    }

    fn if_statement(&mut self, stat: &If) -> Fallible<()> {
        let mut ends = JumpList::EMPTY;
        let mut branches = stat.branches.iter();
        while let Some(branch) = branches.next() {
            let more = !branches.at_end() || stat.otherwise.is_some();
            self.conditional_block(branch, more, &mut ends)?;
        }
        if let Some(block) = stat.otherwise {
            self.block(block)?;
        }
        self.land_here(ends, 0)
    }

    /// A condition and its block, with a jump to the `ends` if `more` follows.
    fn conditional_block(&mut self, branch: &Branch, more: bool, ends: &mut JumpList) -> Fallible<()> {
        let condition = &branch.condition;
        let line = condition.line;
        if let Some(goto) = branch.only_jump {
            return self.conditional_jump(condition, goto);
        }
        let mut otherwise = JumpList::EMPTY;
        self.branch(&condition.expr, false, &mut otherwise, line, line)?;
        self.block(branch.body)?;
        if more {
            self.jump(ends, branch.line)?;
        }
        self.land_here(otherwise, line)
    }

    /// A condition and the jump that is all its block consists of.
    fn conditional_jump(&mut self, condition: &Operand, goto: &Goto) -> Fallible<()> {
        let Some(label) = goto.label.get() else { return Ok(()) };
        let line = condition.line;
        let back = label.position.get();
        if self.closes_for(label) {
            let mut otherwise = JumpList::EMPTY;
            self.branch(&condition.expr, false, &mut otherwise, line, line)?;
            self.goto(label, line)?;
            return self.land_here(otherwise, line);
        }
        let mut list = if back.is_some() { JumpList::EMPTY } else { JumpList(label.waiting.get()) };
        self.branch(&condition.expr, true, &mut list, line, line)?;
        match back {
            Some(position) => self.land_at(list, position, line)?,
            None => label.waiting.set(list.0),
        }
        Ok(())
    }

    /// Whether a jump to the label (one that lies behind, unless jumps close first) leaves variables that have to be closed.
    fn closes_for(&self, label: &Label) -> bool {
        let level = label.level.get();
        let leaves = |block: &OpenBlock| block.needs_close;
        let inside = self.blocks.iter().rev().scan(true, |go_on, block| {
            let taken = *go_on;
            // The block that the level lies in is the last one that can lose variables.
            *go_on = block.base > level;
            taken.then_some(block)
        });
        (JUMPS_CLOSE_FIRST || label.position.get().is_some())
            && self.active > level as u32
            && inside.into_iter().any(leaves)
    }

    /// Jumps back close before what they leave; jumps forward do so at their label, in most versions.
    fn goto(&mut self, label: &Label, line: u32) -> Fallible<()> {
        if self.closes_for(label) {
            self.emit(abc(Op::Close, label.level.get() as u32, 0, 0), line)?;
        }
        self.jump_to_label(label, line)
    }

    fn return_statement(&mut self, stat: &Return) -> Fallible<()> {
        let first = self.free;
        let line = stat.line;
        match (stat.count, stat.values.split_first()) {
            (1, Some((value, _))) => match value.expr {
                Expr::Suffixed(suffixed) if stat.tail_call => {
                    let call = self.call(suffixed)?;
                    let close = self.needs_close as u32;
                    self.patch(call, |word| abc(Op::TailCall, word.a(), word.b(), close));
                    self.emit_return(first, None, line)
                }
                expr if super::expressions::is_open(&expr) => {
                    self.push_open(&expr, None)?;
                    self.emit_return(first, None, line)
                }
                expr => {
                    let register = self.any(&expr, value.line)?;
                    self.emit_return(register, 1, line)
                }
            },
            (count, _) => {
                let open = self.push_list(stat.values)?;
                self.emit_return(first, if open { None } else { Some(count) }, line)
            }
        }
    }
}
