//! A shadow of the register stack.
//!
//! Registers are given out when the function's tree is compiled; but that there are too few of them is an error of
//! the place where a one-pass compiler would notice. So the parser counts along: `free` is the number of registers
//! in use, by active variables and by temporaries of the expressions around the current one. An expression leaves
//! the count as it found it; what uses its value takes the register.

use super::Parser;
use crate::bytecode::isa::MAX_OPERAND;
use crate::object::{Fallible, Thrown};
use crate::syntax::fold;
use crate::syntax::scope::Scopes;
use crate::syntax::tree::{BinaryOp, Expr, SuffixKind, Suffixed, Target};
use crate::version::{REGISTERS, REGISTERS_ARE_A_LIMIT};
use crate::vm::error::Part;

/// Whether the value is in a register already.
fn is_local(expr: &Expr) -> bool {
    match expr {
        Expr::Local(_) => true,
        Expr::Paren(operand) => is_local(&operand.expr),
        _ => false,
    }
}

fn is_literal(expr: &Expr) -> bool {
    fold::truth(expr).is_some()
}

/// Registers taken to have the value in one.
pub(super) fn any(expr: &Expr) -> u32 {
    !is_local(expr) as u32
}

/// Registers taken by an operand of `op`, which may be a constant.
pub(super) fn operand(op: BinaryOp, expr: &Expr) -> u32 {
    let constant = match op {
        BinaryOp::Equal | BinaryOp::NotEqual => is_literal(expr),
        _ => matches!(expr, Expr::Integer(_) | Expr::Float(_)),
    };
    if constant { 0 } else { any(expr) }
}

/// Registers taken, for a moment, to test a condition.
pub(super) fn tested(expr: &Expr) -> u32 {
    match expr {
        Expr::Operations(operations) => {
            let last = operations.steps.iter().last();
            !last.is_some_and(|step| step.op >= BinaryOp::Equal) as u32
        }
        Expr::Not(operand) => tested(&operand.expr),
        Expr::And(_) | Expr::Or(_) => 0,
        other if is_literal(other) => 0,
        other => any(other),
    }
}

/// Registers taken by a key.
pub(super) fn key(expr: &Expr) -> u32 {
    match expr {
        Expr::String(_) | Expr::Integer(0..=255) => 0,
        other => any(other),
    }
}

/// Registers that a variable keeps until it is assigned to.
pub(super) fn kept(target: &Target) -> u32 {
    let Target::Indexed(Suffixed { head, suffixes, .. }) = target else { return 0 };
    let (mut prefix, mut last) = (0, 0);
    for suffix in suffixes.iter() {
        prefix += 1;
        last = match &suffix.kind {
            SuffixKind::Index { key: index, .. } => key(&index.expr),
            _ => 0,
        };
    }
    let direct = prefix == 1 && (is_local(head) || matches!(head, Expr::Upvalue(_) | Expr::Environment) && last == 0);
    last + !direct as u32
}

impl<'t> Parser<'t, '_> {
    pub(super) fn free(&mut self) -> u32 {
        self.scopes.function().free
    }

    /// Frees all temporaries.
    pub(super) fn reset_registers(&mut self) {
        let function = self.scopes.function();
        function.free = function.registers as u32;
    }

    pub(super) fn set_free(&mut self, free: u32) {
        self.scopes.function().free = free;
    }

    /// Makes sure of `n` more registers.
    #[inline]
    pub(super) fn check_registers(&mut self, n: u32) -> Fallible<()> {
        let top = self.free() + n;
        if n > 0 && top >= REGISTERS.0 {
            if REGISTERS_ARE_A_LIMIT {
                return Err(self.too_many(b"registers"));
            }
            return Err(self.lexer.error(&[Part::Bytes(REGISTERS.1)]));
        }
        Ok(())
    }

    /// More of something than an instruction can count.
    #[cold]
    pub(super) fn too_many(&mut self, what: &'static [u8]) -> Thrown {
        let line = self.scopes.function().line;
        Scopes::limit_error(&mut self.lexer, line, what, MAX_OPERAND as usize)
    }

    /// Takes `n` registers.
    #[inline]
    pub(super) fn take_registers(&mut self, n: u32) -> Fallible<()> {
        self.check_registers(n)?;
        self.scopes.function().free += n;
        Ok(())
    }

    /// The registers of `wanted` values, when all but the last of `count` have been taken above `base`.
    pub(super) fn adjust_registers(&mut self, base: u32, count: u32, last: &Expr, wanted: u32) -> Fallible<()> {
        let open = match last {
            Expr::Vararg(_) => true,
            Expr::Suffixed(suffixed) => suffixed.is_call,
            _ => false,
        };
        if !matches!(last, Expr::Suffixed(_)) || !open {
            self.take_registers(1)?;
        }
        if open && wanted.saturating_sub(count) + 1 >= MAX_OPERAND && REGISTERS_ARE_A_LIMIT {
            return Err(self.too_many(b"multiple results"));
        }
        self.set_free(base + count);
        if wanted > count {
            self.take_registers(wanted - count)?;
        }
        self.set_free(base + wanted);
        Ok(())
    }
}
