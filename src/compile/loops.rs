//! Loops.

use super::generator::Generator;
use super::jumps::JumpList;
use crate::bytecode::isa::{Op, abc, ad};
use crate::object::Fallible;
use crate::syntax::tree::{Block, Expr, GenericFor, Label, NumericFor, Repeat, While};
use crate::version::{self, HAS_TBC, JUMPS_CLOSE_FIRST};

/// Values of the generic `for`, and registers of its hidden variables.
const GENERIC_VALUES: u32 = if HAS_TBC { 4 } else { 3 };
const HIDDEN: u32 = version::GENERIC_FOR_HIDDEN as u32;

impl Generator {
    pub fn while_loop(&mut self, stat: &While) -> Fallible<()> {
        let start = self.here();
        let mut exits = JumpList::EMPTY;
        let condition = &stat.condition;
        self.branch(&condition.expr, false, &mut exits, condition.line, condition.line)?;
        self.enter_block(stat.scope)?;
        self.block(stat.body)?;
        self.jump_to(start, stat.line)?;
        self.leave_loop(stat.scope, stat.broken)?;
        self.land_here(exits, stat.line)
    }

    /// Ends a loop's block, with the place where `break` goes.
    fn leave_loop(&mut self, scope: &Block, broken: &Label) -> Fallible<()> {
        if JUMPS_CLOSE_FIRST {
            self.leave_block(scope, false)?;
            return self.place_label(broken).map(drop);
        }
        self.end_scope(scope);
        let closed = self.place_label(broken)?;
        self.leave_block(scope, closed)
    }

    /// The condition sees the variables of the body, which have to be closed whether the loop goes on or not.
    pub fn repeat_loop(&mut self, stat: &Repeat) -> Fallible<()> {
        let start = self.here();
        self.enter_block(stat.scope)?;
        self.enter_block(stat.body)?;
        self.statements(stat.body.body.get())?;
        let mut again = JumpList::EMPTY;
        let line = stat.condition.line;
        self.branch(&stat.condition.expr, false, &mut again, line, line)?;
        let needs_close = stat.body.needs_close.get();
        self.leave_block(stat.body, false)?;
        if needs_close {
            let mut exit = JumpList::EMPTY;
            self.jump(&mut exit, line)?;
            self.land_here(again.take(), line)?;
            self.emit(abc(Op::Close, stat.body.base as u32, 0, 0), line)?;
            self.jump(&mut again, line)?;
            self.land_here(exit, line)?;
        }
        self.land_at(again, start, line)?;
        self.leave_loop(stat.scope, stat.broken)
    }

    pub fn numeric_for(&mut self, stat: &NumericFor) -> Fallible<()> {
        self.enter_block(stat.scope)?;
        let base = self.free;
        self.push(&stat.start.expr, stat.start.line)?;
        self.push(&stat.limit.expr, stat.limit.line)?;
        match stat.step {
            Some(step) => self.push(&step.expr, step.line)?,
            None => {
                let one = if version::HAS_INTEGERS { Expr::Integer(1) } else { Expr::float(1.0) };
                self.push(&one, stat.limit.line)?
            }
        };
        self.activate(stat.hidden)?;
        self.free = self.active;
        self.emit(abc(Op::ForPrep, base, 0, 0), stat.do_line)?;
        let mut exit = JumpList::EMPTY;
        self.jump(&mut exit, stat.do_line)?;
        let start = self.here();
        self.enter_block(stat.body)?;
        self.activate_one(stat.variable)?;
        self.for_body(stat.body, 1, stat.do_line)?;
        self.loop_back(Op::ForLoop, Op::ForLoopX, base, start, stat.line)?;
        self.land_here(exit, stat.line)?;
        self.leave_loop(stat.scope, stat.broken)
    }

    pub fn generic_for(&mut self, stat: &GenericFor) -> Fallible<()> {
        self.enter_block(stat.scope)?;
        let base = self.free;
        self.adjust(stat.values, stat.value_count, GENERIC_VALUES, stat.values_line)?;
        self.free = base;
        self.reserve(HIDDEN, stat.values_line)?;
        self.activate(stat.hidden)?;
        // The call of the iterator.
        self.need(3, stat.values_line)?;
        if version::HAS_TBC {
            self.emit(abc(Op::TforPrep, base, 0, 0), stat.do_line)?;
        }
        let mut call = JumpList::EMPTY;
        self.jump(&mut call, stat.do_line)?;
        let start = self.here();
        self.enter_block(stat.body)?;
        self.activate(stat.variables)?;
        self.for_body(stat.body, stat.count, stat.do_line)?;
        self.land_here(call, stat.line)?;
        self.emit(abc(Op::TforCall, base, 0, stat.count), stat.line)?;
        self.loop_back(Op::TforLoop, Op::TforLoopX, base, start, stat.line)?;
        self.leave_loop(stat.scope, stat.broken)
    }

    /// The body of a `for`, whose block has been entered.
    fn for_body(&mut self, body: &Block, variables: u32, line: u32) -> Fallible<()> {
        self.reserve(variables, line)?;
        self.statements(body.body.get())?;
        self.leave_block(body, false)
    }

    /// The instruction that goes on with the loop's next iteration.
    fn loop_back(&mut self, op: Op, far: Op, base: u32, start: u32, line: u32) -> Fallible<()> {
        let distance = self.pc() + 1 - start;
        if distance <= 0xffff {
            self.emit(ad(op, base, distance), line)?;
            return Ok(());
        }
        self.emit(abc(far, base, 0, 0), line)?;
        self.jump_to(start, line)
    }
}
