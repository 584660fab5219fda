//! Emission of single instructions and loading of constants.

use super::generator::Generator;
use crate::bytecode::isa::{self, Op, Word, abc, ad, asd};
use crate::object::number::float_to_integer;
use crate::object::{Fallible, Instruction, Value, tag};
use crate::syntax::tree::Expr;
use crate::version::{self, FRAMES_START_NIL};

/// Largest constant index that fits into a byte operand.
const MAX_BYTE: u32 = 0xff;

impl Generator {
    /// Number of the next instruction.
    pub fn pc(&self) -> u32 {
        self.code.len() as u32
    }

    /// Appends an instruction and returns its number.
    pub fn emit(&mut self, word: Instruction, line: u32) -> Fallible<u32> {
        if FRAMES_START_NIL {
            self.pass_line_to_nils(line);
        }
        if self.code.is_full() || self.lines.is_full() {
            return self.emit_slow(word, line);
        }
        let pc = self.pc();
        // SAFETY: neither is full.
        unsafe {
            self.lines.push_within(line);
            self.code.push_within(word);
        }
        Ok(pc)
    }

    #[cold]
    fn emit_slow(&mut self, word: Instruction, line: u32) -> Fallible<u32> {
        let pc = self.pc();
        if pc as usize >= i32::MAX as usize / 2 {
            return Err(self.error(b"function has too many instructions", line));
        }
        self.lines.push(line)?;
        self.code.push(word)?;
        Ok(pc)
    }

    /// If all code so far sets registers to nil, which they are already in the version's own virtual machine, it belongs
    /// to the line of what follows.
    fn pass_line_to_nils(&mut self, line: u32) {
        let prepared = self.code.first().is_some_and(|word| word.op() == Op::VarargPrep) as usize;
        let start = &self.code[prepared..];
        if start.len() <= 2 && start.iter().all(|word| word.op() == Op::LoadNil) {
            self.lines[prepared..].fill(line);
        }
    }

    /// Replaces an instruction.
    pub fn patch(&mut self, pc: u32, change: impl FnOnce(Instruction) -> Instruction) {
        if let Some(word) = self.code.get_mut(pc as usize) {
            *word = change(*word);
        }
    }

    /// `R[to] … R[to + n - 1] := nil`, as part of an instruction before if that does the same to the registers beside.
    pub fn load_nil(&mut self, to: u32, n: u32, line: u32) -> Fallible<()> {
        let last = to + n - 1;
        if self.pc() > self.last_target
            && let Some(word) = self.code.last_mut()
        {
            let (from, upto) = (word.a(), word.a() + word.b());
            if word.op() == Op::LoadNil && from <= last + 1 && to <= upto + 1 {
                let from = from.min(to);
                *word = abc(Op::LoadNil, from, upto.max(last) - from, 0);
                return Ok(());
            }
        }
        self.emit(abc(Op::LoadNil, to, n - 1, 0), line)?;
        Ok(())
    }

    /// The value of a literal.
    pub fn literal(expr: &Expr) -> Option<Value> {
        Some(match *expr {
            Expr::Nil => Value::NIL,
            Expr::False => Value { payload: 0, tag: tag::FALSE },
            Expr::True => Value { payload: 0, tag: tag::TRUE },
            Expr::Integer(n) => Value::integer(n),
            Expr::Float(bits) => Value::float(f64::from_bits(bits)),
            // SAFETY: the string is reachable.
            Expr::String(s) => unsafe { Value::object(s) },
            _ => return None,
        })
    }

    pub fn constant(&mut self, value: Value) -> Fallible<u32> {
        let l = self.l;
        self.constants.add(l, value)
    }

    /// The index of a literal among the constants, if it fits into a byte.
    pub fn byte_constant(&mut self, expr: &Expr) -> Fallible<Option<u32>> {
        let Some(value) = Self::literal(&self.one_zero(expr)) else { return Ok(None) };
        let index = self.constant(value)?;
        Ok((index <= MAX_BYTE).then_some(index))
    }

    /// `R[to] := K[index]`
    fn load_constant(&mut self, to: u32, value: Value, line: u32) -> Fallible<()> {
        let index = self.constant(value)?;
        if index <= 0xffff {
            self.emit(ad(Op::LoadK, to, index), line)?;
        } else {
            self.emit(abc(Op::LoadKX, to, 0, 0), line)?;
            self.emit(isa::s(Op::Extra, index), line)?;
        }
        Ok(())
    }

    /// Loads a literal into a register.
    pub fn load_literal(&mut self, expr: &Expr, to: u32, line: u32) -> Fallible<()> {
        let word = match self.one_zero(expr) {
            Expr::Nil => return self.load_nil(to, 1, line),
            Expr::False => abc(Op::LoadFalse, to, 0, 0),
            Expr::True => abc(Op::LoadTrue, to, 0, 0),
            Expr::Integer(n) if i16::try_from(n).is_ok() => asd(Op::LoadI, to, n as i32),
            Expr::Float(bits) => match small_float(f64::from_bits(bits)) {
                Some(n) if version::HAS_INTEGERS => asd(Op::LoadF, to, n),
                Some(n) => asd(Op::LoadI, to, n),
                None => return self.load_constant(to, Value::float(f64::from_bits(bits)), line),
            },
            _ => return self.load_constant(to, Self::literal(expr).unwrap_or(Value::NIL), line),
        };
        self.emit(word, line)?;
        Ok(())
    }

    /// The literal; of zeros, if they are one constant, the function's first.
    fn one_zero<'t>(&mut self, expr: &Expr<'t>) -> Expr<'t> {
        match *expr {
            Expr::Float(bits) if version::ZEROS_ARE_ONE_CONSTANT && f64::from_bits(bits) == 0.0 => {
                Expr::float(*self.zero.get_or_insert(f64::from_bits(bits)))
            }
            _ => *expr,
        }
    }
}

/// A float with an integer value of 16 bits; not minus zero.
fn small_float(n: f64) -> Option<i32> {
    let small = i16::try_from(float_to_integer(n)?).ok()?;
    if small == 0 && n.is_sign_negative() { None } else { Some(small as i32) }
}

/// A number that an immediate operand can stand for: an integer, or where there are none, a float.
pub fn immediate(expr: &Expr) -> Option<i32> {
    match *expr {
        Expr::Integer(n) => i16::try_from(n).ok().map(i32::from),
        Expr::Float(bits) if !version::HAS_INTEGERS => small_float(f64::from_bits(bits)),
        _ => None,
    }
}

/// A number that an immediate operand equals: an integer or a float.
pub fn equal_immediate(expr: &Expr) -> Option<i32> {
    match *expr {
        // Minus zero equals zero.
        Expr::Float(bits) => float_to_integer(f64::from_bits(bits)).and_then(|n| i16::try_from(n).ok()).map(i32::from),
        _ => immediate(expr),
    }
}
