//! Conditions, and the logical operators as values.
//!
//! A condition is compiled to jumps. Each operand has two lines: `line`, where it is loaded, and `jump_line`, where
//! what uses the condition emits the jump.

use super::expressions::local;
use super::generator::Generator;
use super::jumps::JumpList;
use super::operators::final_comparison;
use crate::bytecode::isa::{Op, abc};
use crate::object::Fallible;
use crate::syntax::tree::{Expr, Operand, Seq, Term};

/// Where the operands of a logical operator jump when they decide its value.
struct Exits {
    /// The value is in its register already.
    done: JumpList,
    /// The value is true, or false, and has to be loaded.
    yes: JumpList,
    no: JumpList,
}

/// What literals count as.
fn truth(expr: &Expr) -> Option<bool> {
    Some(!Generator::literal(expr)?.is_falsy())
}

/// `and`/`or`: the operands and whether it is `and`.
fn logical<'t>(expr: &Expr<'t>) -> Option<(Seq<'t, Term<'t>>, bool)> {
    match expr {
        Expr::And(list) => Some((**list, true)),
        Expr::Or(list) => Some((**list, false)),
        _ => None,
    }
}

/// Whether evaluating the expression is jumping: a comparison, or the negation of one.
fn is_test(expr: &Expr) -> bool {
    match expr {
        Expr::Operations(operations) => final_comparison(operations).is_some(),
        Expr::Not(operand) => is_test(&operand.expr),
        _ => false,
    }
}

impl Generator {
    /// Jumps if the truth of the expression is `when`, else falls through.
    pub fn branch(&mut self, expr: &Expr, when: bool, list: &mut JumpList, line: u32, jump_line: u32) -> Fallible<()> {
        if let Some(truth) = truth(expr) {
            return if truth == when { self.jump(list, jump_line) } else { Ok(()) };
        }
        if let Some((operands, and)) = logical(expr) {
            return self.branch_logical(operands, and, when, list, jump_line);
        }
        let mark = self.free;
        match expr {
            Expr::Not(operand) => return self.branch(&operand.expr, !when, list, operand.line, jump_line),
            Expr::Operations(operations) if final_comparison(operations).is_some() => {
                if let (left, Some(step)) = self.all_but_last(operations)? {
                    self.compare(step, &left, when, list)?;
                }
            }
            _ => {
                let register = self.any(expr, line)?;
                let op = if when { Op::JumpIf } else { Op::JumpIfNot };
                self.jump_when(abc(op, register, 0, 0), list, jump_line)?;
            }
        }
        self.free = mark;
        Ok(())
    }

    fn branch_logical(
        &mut self,
        operands: Seq<Term>,
        and: bool,
        when: bool,
        list: &mut JumpList,
        jump_line: u32,
    ) -> Fallible<()> {
        self.operands(operands, and, when, jump_line, |this, item, line| {
            this.branch(&item.expr, when, list, item.line, line)
        })
    }

    /// The operands of `and` or `or`, each of which `jump` lets jump where it makes the whole equal `when`. One false operand
    /// makes `and` false, one true operand makes `or` true: then each may jump. Else all but the last may skip the rest.
    #[inline(always)]
    fn operands(
        &mut self,
        operands: Seq<Term>,
        and: bool,
        when: bool,
        jump_line: u32,
        mut jump: impl FnMut(&mut Self, &Term, u32) -> Fallible<()>,
    ) -> Fallible<()> {
        let each = when != and;
        let mut skip = JumpList::EMPTY;
        let mut items = operands.iter();
        while let Some(item) = items.next() {
            let last = items.at_end();
            let line = if last { jump_line } else { item.test_line };
            if each || last {
                jump(self, item, line)?;
            } else {
                self.branch(&item.expr, !when, &mut skip, item.line, line)?;
            }
        }
        self.land_here(skip, jump_line)
    }

    /// `R[to] := not operand`
    pub fn load_not(&mut self, operand: &Operand, to: u32, line: u32) -> Fallible<()> {
        if is_test(&operand.expr) || logical(&operand.expr).is_some() {
            let mut yes = JumpList::EMPTY;
            self.branch(&operand.expr, false, &mut yes, operand.line, operand.line)?;
            return self.load_boolean(to, yes, JumpList::EMPTY, line);
        }
        let mark = self.free;
        let register = self.any(&operand.expr, operand.line)?;
        self.free = mark;
        self.claim(to, line)?;
        self.emit(abc(Op::Not, to, register, 0), operand.line)?;
        Ok(())
    }

    /// `R[to] := false` for those who come here and the jumps of `no`, true for the jumps of `yes`.
    pub fn load_boolean(&mut self, to: u32, yes: JumpList, no: JumpList, line: u32) -> Fallible<()> {
        self.claim(to, line)?;
        self.land_here(no, line)?;
        self.emit(abc(Op::LoadFalseSkip, to, 0, 0), line)?;
        self.land_here(yes, line)?;
        self.emit(abc(Op::LoadTrue, to, 0, 0), line)?;
        self.here();
        Ok(())
    }

    /// `R[to] := a and b …`, or with `or`: the first operand that decides, or the last.
    pub fn load_logical(&mut self, operands: &Seq<Term>, and: bool, to: u32, line: u32) -> Fallible<()> {
        let mut exits = Exits { done: JumpList::EMPTY, yes: JumpList::EMPTY, no: JumpList::EMPTY };
        self.load_terms(operands, and, to, &mut exits, line)?;
        if !exits.yes.is_empty() || !exits.no.is_empty() {
            let mut over = JumpList::EMPTY;
            self.jump(&mut over, line)?;
            self.load_boolean(to, exits.yes, exits.no, line)?;
            self.land_here(over, line)?;
        }
        self.land_here(exits.done, line)
    }

    /// Falls through with the last operand's value in register `to`, leaves by an exit with the others'.
    fn load_terms(&mut self, operands: &Seq<Term>, and: bool, to: u32, exits: &mut Exits, line: u32) -> Fallible<()> {
        let mut items = operands.iter();
        while let Some(item) = items.next() {
            if !items.at_end() {
                self.branch_with_value(&item.expr, !and, to, exits, item.line, item.test_line)?;
            } else if let Some((inner, and)) = logical(&item.expr) {
                self.load_terms(&inner, and, to, exits, line)?;
            } else if is_test(&item.expr) {
                self.branch(&item.expr, true, &mut exits.yes, item.line, item.line)?;
                self.load_boolean(to, exits.yes.take(), exits.no.take(), line)?;
            } else {
                // Variables are loaded at once, what is in a register or a constant when the value is needed.
                let late = local(&item.expr).is_some() || Self::literal(&item.expr).is_some();
                self.load(&item.expr, to, if late { line } else { item.line })?;
            }
        }
        Ok(())
    }

    /// If the truth of the expression is `when`, jumps with its value in register `to`, else falls through.
    fn branch_with_value(
        &mut self,
        expr: &Expr,
        when: bool,
        to: u32,
        exits: &mut Exits,
        line: u32,
        jump_line: u32,
    ) -> Fallible<()> {
        if let Some(truth) = truth(expr) {
            if truth == when {
                self.load(expr, to, jump_line)?;
                self.jump(&mut exits.done, jump_line)?;
            }
            return Ok(());
        }
        if let Some((operands, and)) = logical(expr) {
            return self.logical_with_value(operands, and, when, to, exits, jump_line);
        }
        if matches!(expr, Expr::Not(_)) || is_test(expr) {
            let list = if when { &mut exits.yes } else { &mut exits.no };
            return self.branch(expr, when, list, line, jump_line);
        }
        let mark = self.free;
        let register = if to == mark && local(expr).is_none() {
            self.load(expr, to, line)?;
            to
        } else {
            self.any(expr, line)?
        };
        self.free = mark;
        self.claim(to, jump_line)?;
        let word = match (when, register == to) {
            (true, true) => abc(Op::JumpIf, to, 0, 0),
            (false, true) => abc(Op::JumpIfNot, to, 0, 0),
            (true, false) => abc(Op::JumpIfSet, to, register, 0),
            (false, false) => abc(Op::JumpIfNotSet, to, register, 0),
        };
        self.jump_when(word, &mut exits.done, jump_line)
    }

    fn logical_with_value(
        &mut self,
        operands: Seq<Term>,
        and: bool,
        when: bool,
        to: u32,
        exits: &mut Exits,
        jump_line: u32,
    ) -> Fallible<()> {
        self.operands(operands, and, when, jump_line, |this, item, line| {
            this.branch_with_value(&item.expr, when, to, exits, item.line, line)
        })
    }
}
