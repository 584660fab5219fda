//! Expressions: values into registers.
//!
//! `line` arguments are the lines for late loads (see `syntax::tree`).

use super::generator::{Extra, Generator};
use crate::bytecode::isa::{self, Op, Word, abc};
use crate::object::Fallible;
use crate::syntax::tree::{Concat, Expr, Operand, Seq, Unary, UnaryOp};

/// Whether the expression has as many values as it likes.
pub fn is_open(expr: &Expr) -> bool {
    match expr {
        Expr::Vararg(_) => true,
        Expr::Suffixed(suffixed) => suffixed.is_call,
        _ => false,
    }
}

/// The register of a local variable.
pub fn local(expr: &Expr) -> Option<u32> {
    match expr {
        Expr::Local(register) => Some(*register as u32),
        Expr::Paren(operand) => match operand.expr {
            Expr::Local(register) => Some(register as u32),
            _ => None,
        },
        _ => None,
    }
}

impl Generator {
    /// Loads a value into register `to`: the first free one, which it does not take, or a local variable.
    pub fn load(&mut self, expr: &Expr, to: u32, line: u32) -> Fallible<()> {
        match expr {
            Expr::Local(register) => self.load_register(*register as u32, to, line),
            Expr::Upvalue(index) => {
                self.claim(to, line)?;
                self.emit(abc(Op::GetUpval, to, *index as u32, 0), line)?;
                Ok(())
            }
            Expr::Environment => {
                self.claim(to, line)?;
                self.emit(abc(Op::GetEnv, to, 0, 0), line)?;
                Ok(())
            }
            Expr::Paren(operand) => match operand.expr {
                Expr::Local(register) => self.load_register(register as u32, to, line),
                _ => self.load(&operand.expr, to, operand.line),
            },
            Expr::Vararg(line) => {
                self.claim(to, *line as u32)?;
                self.vararg(to, 2, *line as u32)?;
                Ok(())
            }
            Expr::Function(function) => {
                let base = self.free;
                self.closure(function.proto, function.line)?;
                self.load_register(base, to, line)
            }
            Expr::Table(constructor) => {
                let base = self.table(constructor)?;
                self.load_register(base, to, line)
            }
            Expr::Built(register) => self.load_register(*register as u32, to, line),
            Expr::Suffixed(suffixed) => self.load_suffixed(suffixed, to, line),
            Expr::Not(operand) => self.load_not(operand, to, line),
            Expr::Unary(unary) => self.load_unary(unary, to),
            Expr::Operations(operations) => self.load_operations(operations, to, line),
            Expr::Concat(concat) => self.load_concat(concat, to, line),
            Expr::And(list) => self.load_logical(list, true, to, line),
            Expr::Or(list) => self.load_logical(list, false, to, line),
            literal => {
                self.claim(to, line)?;
                self.load_literal(literal, to, line)
            }
        }
    }

    /// `R[to] := R[from]`
    pub fn load_register(&mut self, from: u32, to: u32, line: u32) -> Fallible<()> {
        self.claim(to, line)?;
        if from != to {
            self.emit(abc(Op::Move, to, from, 0), line)?;
        }
        Ok(())
    }

    /// Loads a value into the next register and takes that.
    pub fn push(&mut self, expr: &Expr, line: u32) -> Fallible<u32> {
        let to = self.free;
        self.load(expr, to, line)?;
        self.reserve(1, line)?;
        Ok(to)
    }

    /// The register where the value is: that of a local variable, or the next one, taken.
    pub fn any(&mut self, expr: &Expr, line: u32) -> Fallible<u32> {
        match local(expr) {
            Some(register) => Ok(register),
            None => self.push(expr, line),
        }
    }

    /// Pushes all values of a list; true if the last one is open, its values then reaching up to the top.
    pub fn push_list(&mut self, list: Seq<Operand>) -> Fallible<bool> {
        let mut items = list.iter();
        while let Some(item) = items.next() {
            if items.at_end() && is_open(&item.expr) {
                self.push_open(&item.expr, None)?;
                return Ok(true);
            }
            self.push(&item.expr, item.line)?;
        }
        Ok(false)
    }

    /// Puts the values of an open expression into the next registers, which it does not take: `count` of them,
    /// or all up to the top.
    pub fn push_open(&mut self, expr: &Expr, count: Option<u32>) -> Fallible<()> {
        let operand = count.map_or(0, |n| n + 1);
        match expr {
            Expr::Vararg(line) => {
                self.need(1, *line as u32)?;
                self.vararg(self.free, operand, *line as u32)?;
            }
            Expr::Suffixed(suffixed) => {
                let mark = self.free;
                let call = self.call(suffixed)?;
                self.free = mark;
                self.patch(call, |word| abc(Op::Call, word.a(), word.b(), operand));
            }
            _ => {}
        }
        Ok(())
    }

    /// The extra arguments, or what has become of their table; `operand` is C of the instruction.
    fn vararg(&mut self, to: u32, operand: u32, line: u32) -> Fallible<()> {
        let word = match self.extra {
            Extra::Table(table) => abc(Op::VarargUnpack, to, table, operand),
            _ => abc(Op::Vararg, to, 0, operand),
        };
        self.emit(word, line)?;
        Ok(())
    }

    /// A closure in the next register, which it does not take.
    pub fn closure(&mut self, proto: u32, line: u32) -> Fallible<()> {
        self.need(1, line)?;
        if proto > isa::MAX_S {
            return Err(self.error(b"too many functions", line));
        }
        self.emit(abc(Op::Closure, self.free, 0, 0), line)?;
        self.emit(isa::s(Op::Extra, proto), line)?;
        Ok(())
    }

    fn load_unary(&mut self, unary: &Unary, to: u32) -> Fallible<()> {
        let mark = self.free;
        let operand = self.any(&unary.operand.expr, unary.operand.line)?;
        self.free = mark;
        self.claim(to, unary.line)?;
        let op = match unary.op {
            UnaryOp::Minus => Op::Unm,
            UnaryOp::BitNot => Op::Bnot,
            UnaryOp::Length => Op::Len,
        };
        self.emit(abc(op, to, operand, 0), unary.line)?;
        Ok(())
    }

    /// Concatenates all operands of a chain at once; the operation's line is that of the last operator.
    fn load_concat(&mut self, concat: &Concat, to: u32, line: u32) -> Fallible<()> {
        let base = self.free;
        let mut concat = concat;
        self.push(&concat.first.expr, concat.first.line)?;
        while let Expr::Concat(rest) = concat.rest.expr {
            concat = rest;
            self.push(&concat.first.expr, concat.first.line)?;
        }
        self.push(&concat.rest.expr, concat.rest.line)?;
        let operands = self.free - base;
        self.free = base;
        self.emit(abc(Op::Concat, base, operands, 0), concat.line)?;
        self.load_register(base, to, line)
    }
}
