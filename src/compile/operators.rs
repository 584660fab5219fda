//! Arithmetic, bitwise and comparison operators, applied from left to right.

use super::code::{equal_immediate, immediate};
use super::generator::Generator;
use super::jumps::JumpList;
use crate::bytecode::isa::{Op, abc, ad, asd};
use crate::object::{Fallible, Instruction};
use crate::syntax::tree::{BinaryOp, Expr, Operand, Operations, Step};

/// An operation's instructions: both operands in registers, right one a constant, left one a constant.
struct Forms {
    registers: Op,
    constant: Option<Op>,
    reversed: Option<Op>,
    /// Right operand an immediate byte.
    immediate: Option<Op>,
}

fn forms(op: BinaryOp) -> Forms {
    let full = |registers, constant, reversed, immediate| Forms {
        registers,
        constant: Some(constant),
        reversed: Some(reversed),
        immediate,
    };
    let bitwise = |registers, constant, immediate| Forms { registers, constant, reversed: None, immediate };
    match op {
        BinaryOp::Add => full(Op::Add, Op::AddK, Op::AddKR, Some(Op::AddI)),
        BinaryOp::Sub => full(Op::Sub, Op::SubK, Op::SubKR, Some(Op::SubI)),
        BinaryOp::Mul => full(Op::Mul, Op::MulK, Op::MulKR, None),
        BinaryOp::Mod => full(Op::Mod, Op::ModK, Op::ModKR, None),
        BinaryOp::Pow => full(Op::Pow, Op::PowK, Op::PowKR, None),
        BinaryOp::Div => full(Op::Div, Op::DivK, Op::DivKR, None),
        BinaryOp::Idiv => full(Op::Idiv, Op::IdivK, Op::IdivKR, None),
        BinaryOp::BitAnd => bitwise(Op::Band, Some(Op::BandK), None),
        BinaryOp::BitOr => bitwise(Op::Bor, Some(Op::BorK), None),
        BinaryOp::BitXor => bitwise(Op::Bxor, Some(Op::BxorK), None),
        BinaryOp::Shl => bitwise(Op::Shl, None, Some(Op::ShlI)),
        // Comparisons have no such forms; they do not come here.
        _ => bitwise(Op::Shr, None, Some(Op::ShrI)),
    }
}

pub fn is_comparison(op: BinaryOp) -> bool {
    op >= BinaryOp::Equal
}

/// The last step, if it is a comparison.
pub fn final_comparison<'t>(operations: &Operations<'t>) -> Option<&'t Step<'t>> {
    operations.steps.iter().last().filter(|step| is_comparison(step.op))
}

impl Generator {
    /// Loads the result of all steps. A comparison at the end becomes a boolean.
    pub fn load_operations(&mut self, operations: &Operations, to: u32, line: u32) -> Fallible<()> {
        let mark = self.free;
        let (left, last) = self.all_but_last(operations)?;
        match last {
            Some(step) if is_comparison(step.op) => {
                let mut yes = JumpList::EMPTY;
                self.compare(step, &left, true, &mut yes)?;
                self.free = mark;
                self.load_boolean(to, yes, JumpList::EMPTY, line)
            }
            Some(step) => self.arithmetic(step, &left, mark, to),
            None => self.load(&left, to, line),
        }
    }

    /// Does all steps but the last one and returns that with its left operand: the first expression, or the
    /// register of the result so far.
    pub fn all_but_last<'t>(&mut self, operations: &Operations<'t>) -> Fallible<(Expr<'t>, Option<&'t Step<'t>>)> {
        let mark = self.free;
        let mut left = operations.first.expr;
        let mut steps = operations.steps.iter();
        while let Some(step) = steps.next() {
            if steps.at_end() {
                return Ok((left, Some(step)));
            }
            if is_comparison(step.op) {
                let mut yes = JumpList::EMPTY;
                self.compare(step, &left, true, &mut yes)?;
                self.free = mark;
                self.load_boolean(mark, yes, JumpList::EMPTY, step.right.line)?;
            } else {
                self.arithmetic(step, &left, mark, mark)?;
            }
            self.reserve(1, step.line)?;
            left = Expr::Local(mark as u64);
        }
        Ok((left, None))
    }

    /// `R[to] := left op right`; frees what lies above `mark`.
    fn arithmetic(&mut self, step: &Step, left: &Expr, mark: u32, to: u32) -> Fallible<()> {
        let Step { op, right, line } = *step;
        let forms = forms(op);
        let word = if matches!(left, Expr::Integer(_) | Expr::Float(_)) {
            self.constant_left(&forms, left, &right, to)?
        } else {
            let l = self.any(left, line)?;
            self.right_operand(&forms, op, l, &right, to)?
        };
        self.free = mark;
        self.claim(to, line)?;
        self.emit(word, line)?;
        Ok(())
    }

    fn right_operand(
        &mut self,
        forms: &Forms,
        op: BinaryOp,
        l: u32,
        right: &Operand,
        to: u32,
    ) -> Fallible<Instruction> {
        if let (Some(code), Some(n)) = (forms.immediate, immediate(&right.expr))
            && let Ok(n) = i8::try_from(n)
        {
            return Ok(abc(code, to, l, n as u8 as u32));
        }
        let fits = match right.expr {
            Expr::Integer(_) => true,
            Expr::Float(_) => op < BinaryOp::BitAnd,
            _ => false,
        };
        if let (Some(code), true) = (forms.constant, fits)
            && let Some(index) = self.byte_constant(&right.expr)?
        {
            return Ok(abc(code, to, l, index));
        }
        let r = self.any(&right.expr, right.line)?;
        Ok(abc(forms.registers, to, l, r))
    }

    /// A left operand that is a number; it is only loaded, if at all, after the right one.
    fn constant_left(&mut self, forms: &Forms, left: &Expr, right: &Operand, to: u32) -> Fallible<Instruction> {
        let r = self.any(&right.expr, right.line)?;
        if let Some(code) = forms.reversed
            && let Some(index) = self.byte_constant(left)?
        {
            return Ok(abc(code, to, index, r));
        }
        let l = self.push(left, right.line)?;
        Ok(abc(forms.registers, to, l, r))
    }

    /// Jumps if the comparison's result is `when`. Registers above the present ones may be taken.
    pub fn compare<'t>(&mut self, step: &Step<'t>, left: &Expr<'t>, when: bool, list: &mut JumpList) -> Fallible<()> {
        let word = match step.op {
            BinaryOp::Equal => self.equality(step, left, when)?,
            BinaryOp::NotEqual => self.equality(step, left, !when)?,
            _ => self.order(step, left, when)?,
        };
        self.jump_when(word, list, step.right.line)
    }

    /// `left == right`, or not.
    fn equality<'t>(&mut self, step: &Step<'t>, left: &Expr<'t>, when: bool) -> Fallible<Instruction> {
        let Operand { expr: right, line: right_line } = step.right;
        let pick = |yes, no| if when { yes } else { no };
        let (register, other) = if Self::literal(left).is_some() {
            (self.any(&right, right_line)?, *left)
        } else {
            let register = self.any(left, step.line)?;
            if Self::literal(&right).is_none() {
                let r = self.any(&right, right_line)?;
                return Ok(abc(pick(Op::JumpEq, Op::JumpNe), register, r, 0));
            }
            (register, right)
        };
        if let Some(n) = equal_immediate(&other) {
            return Ok(asd(pick(Op::JumpEqI, Op::JumpNeI), register, n));
        }
        let Some(value) = Self::literal(&other) else {
            return Ok(abc(pick(Op::JumpEq, Op::JumpNe), register, register, 0));
        };
        let index = self.constant(value)?;
        if index <= 0xffff {
            return Ok(ad(pick(Op::JumpEqK, Op::JumpNeK), register, index));
        }
        let r = self.push(&other, right_line)?;
        Ok(abc(pick(Op::JumpEq, Op::JumpNe), register, r, 0))
    }

    /// `<`, `<=`, `>`, `>=`; the last two are the first two with the operands exchanged.
    fn order(&mut self, step: &Step, left: &Expr, when: bool) -> Fallible<Instruction> {
        use BinaryOp::{Greater, GreaterEqual, Less};
        let Operand { expr: right, line: right_line } = step.right;
        if let Some(n) = immediate(&right) {
            let line = if immediate(left).is_some() { right_line } else { step.line };
            let l = self.any(left, line)?;
            let (yes, no) = match step.op {
                Less => (Op::JumpLtI, Op::JumpNotLtI),
                Greater => (Op::JumpGtI, Op::JumpNotGtI),
                GreaterEqual => (Op::JumpGeI, Op::JumpNotGeI),
                _ => (Op::JumpLeI, Op::JumpNotLeI),
            };
            return Ok(asd(if when { yes } else { no }, l, n));
        }
        if let Some(n) = immediate(left) {
            let r = self.any(&right, right_line)?;
            let (yes, no) = match step.op {
                Less => (Op::JumpGtI, Op::JumpNotGtI),
                Greater => (Op::JumpLtI, Op::JumpNotLtI),
                GreaterEqual => (Op::JumpLeI, Op::JumpNotLeI),
                _ => (Op::JumpGeI, Op::JumpNotGeI),
            };
            return Ok(asd(if when { yes } else { no }, r, n));
        }
        let l = self.any(left, step.line)?;
        let r = self.any(&right, right_line)?;
        let (a, b) = if matches!(step.op, Greater | GreaterEqual) { (r, l) } else { (l, r) };
        let (yes, no) = match step.op {
            Less | Greater => (Op::JumpLt, Op::JumpNotLt),
            _ => (Op::JumpLe, Op::JumpNotLe),
        };
        Ok(abc(if when { yes } else { no }, a, b, 0))
    }
}
