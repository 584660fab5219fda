//! Constant folding: operations on numerals that cannot raise an error.
//!
//! Results that are NaN are not folded, nor those that are a zero float, so that no sign of zero is lost among the constants
//! (before 5.3, zeros are folded).

use super::tree::{BinaryOp, Expr, UnaryOp};
use crate::object::number::{self, float_to_integer};
use crate::version;

/// A numeral's value.
#[derive(Clone, Copy)]
enum Number {
    Integer(i64),
    Float(f64),
}

impl Number {
    fn of(expr: &Expr) -> Option<Number> {
        match *expr {
            Expr::Integer(n) => Some(Number::Integer(n)),
            Expr::Float(bits) => Some(Number::Float(f64::from_bits(bits))),
            _ => None,
        }
    }

    fn float(self) -> f64 {
        match self {
            Number::Integer(n) => n as f64,
            Number::Float(n) => n,
        }
    }

    fn integer(self) -> Option<i64> {
        match self {
            Number::Integer(n) => Some(n),
            Number::Float(n) => float_to_integer(n),
        }
    }
}

/// The result of a binary operator on two numerals.
pub fn binary<'t>(op: BinaryOp, left: &Expr, right: &Expr) -> Option<Expr<'t>> {
    let (left, right) = (Number::of(left)?, Number::of(right)?);
    match op {
        BinaryOp::BitAnd | BinaryOp::BitOr | BinaryOp::BitXor | BinaryOp::Shl | BinaryOp::Shr => {
            let (a, b) = (left.integer()?, right.integer()?);
            Some(Expr::Integer(match op {
                BinaryOp::BitAnd => a & b,
                BinaryOp::BitOr => a | b,
                BinaryOp::BitXor => a ^ b,
                BinaryOp::Shl => number::shift_left(a, b),
                _ => number::shift_right(a, b),
            }))
        }
        BinaryOp::Div | BinaryOp::Idiv | BinaryOp::Mod if right.float() == 0.0 => None,
        BinaryOp::Div => float(left.float() / right.float()),
        BinaryOp::Pow => float(number::float_pow(left.float(), right.float())),
        _ if op > BinaryOp::Shr => None,
        _ => match (left, right) {
            (Number::Integer(a), Number::Integer(b)) => Some(Expr::Integer(integers(op, a, b))),
            _ => float(floats(op, left.float(), right.float())),
        },
    }
}

/// The result of an operator on one numeral.
pub fn unary<'t>(op: UnaryOp, operand: &Expr) -> Option<Expr<'t>> {
    match (op, Number::of(operand)?) {
        (UnaryOp::Minus, Number::Integer(n)) => Some(Expr::Integer(n.wrapping_neg())),
        (UnaryOp::Minus, Number::Float(n)) => float(-n),
        (UnaryOp::BitNot, n) => Some(Expr::Integer(!n.integer()?)),
        (UnaryOp::Length, _) => None,
    }
}

/// Whether a value is known to be true or false in a condition.
pub fn truth(expr: &Expr) -> Option<bool> {
    match expr {
        Expr::Nil | Expr::False => Some(false),
        Expr::True | Expr::Integer(_) | Expr::Float(_) | Expr::String(_) => Some(true),
        _ => None,
    }
}

fn float<'t>(n: f64) -> Option<Expr<'t>> {
    if n.is_nan() || (n == 0.0 && version::ZEROS_ARE_NOT_FOLDED) { None } else { Some(Expr::float(n)) }
}

fn integers(op: BinaryOp, a: i64, b: i64) -> i64 {
    match op {
        BinaryOp::Add => a.wrapping_add(b),
        BinaryOp::Sub => a.wrapping_sub(b),
        BinaryOp::Mul => a.wrapping_mul(b),
        BinaryOp::Idiv => number::int_idiv(a, b),
        _ => number::int_mod(a, b),
    }
}

fn floats(op: BinaryOp, a: f64, b: f64) -> f64 {
    match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => a * b,
        BinaryOp::Idiv => number::float_idiv(a, b),
        _ => number::float_mod(a, b),
    }
}
