//! Operators and their precedence (manual §3.4.8); folding of constants.

use super::{Parser, registers};
use crate::object::Fallible;
use crate::syntax::fold;
use crate::syntax::token::Token;
use crate::syntax::tree::{BinaryOp, Concat, Expr, Operand, Operations, SeqBuilder, Step, Term, Unary, UnaryOp};
use crate::version;

/// A binary operator.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Operator {
    Binary(BinaryOp),
    Concat,
    And,
    Or,
}

/// Binding power of unary operators.
const UNARY: u8 = 12;

impl Operator {
    #[inline(always)]
    fn of(token: Token) -> Option<Operator> {
        // What most often follows an operand.
        if matches!(token, Token::Byte(b',' | b')' | b'=' | b'}' | b']' | b';') | Token::Name(_) | Token::End) {
            return None;
        }
        Operator::of_symbol(token)
    }

    fn of_symbol(token: Token) -> Option<Operator> {
        let op = match token {
            Token::Byte(b'+') => BinaryOp::Add,
            Token::Byte(b'-') => BinaryOp::Sub,
            Token::Byte(b'*') => BinaryOp::Mul,
            Token::Byte(b'%') => BinaryOp::Mod,
            Token::Byte(b'^') => BinaryOp::Pow,
            Token::Byte(b'/') => BinaryOp::Div,
            Token::Idiv => BinaryOp::Idiv,
            Token::Byte(b'&') if version::HAS_BITWISE_OPERATORS => BinaryOp::BitAnd,
            Token::Byte(b'|') if version::HAS_BITWISE_OPERATORS => BinaryOp::BitOr,
            Token::Byte(b'~') if version::HAS_BITWISE_OPERATORS => BinaryOp::BitXor,
            Token::ShiftLeft => BinaryOp::Shl,
            Token::ShiftRight => BinaryOp::Shr,
            Token::Equal => BinaryOp::Equal,
            Token::NotEqual => BinaryOp::NotEqual,
            Token::Byte(b'<') => BinaryOp::Less,
            Token::LessEqual => BinaryOp::LessEqual,
            Token::Byte(b'>') => BinaryOp::Greater,
            Token::GreaterEqual => BinaryOp::GreaterEqual,
            Token::Concat => return Some(Operator::Concat),
            Token::And => return Some(Operator::And),
            Token::Or => return Some(Operator::Or),
            _ => return None,
        };
        Some(Operator::Binary(op))
    }

    /// How strongly it binds to its left and to its right; weaker on the right: right associative.
    fn priority(self) -> (u8, u8) {
        match self {
            Operator::Or => (1, 1),
            Operator::And => (2, 2),
            Operator::Concat => (9, 8),
            Operator::Binary(op) => match op {
                BinaryOp::BitOr => (4, 4),
                BinaryOp::BitXor => (5, 5),
                BinaryOp::BitAnd => (6, 6),
                BinaryOp::Shl | BinaryOp::Shr => (7, 7),
                BinaryOp::Add | BinaryOp::Sub => (10, 10),
                BinaryOp::Mul | BinaryOp::Div | BinaryOp::Idiv | BinaryOp::Mod => (11, 11),
                BinaryOp::Pow => (14, 13),
                _ => (3, 3),
            },
        }
    }
}

/// The left operand of the next operator; the sequences may be extended by it.
enum Left<'t> {
    Single(Expr<'t>),
    Operations(Operand<'t>, SeqBuilder<'t, Step<'t>>),
    /// `and` (else `or`) between the operands of the list and `last`, whose line is not yet known.
    Logical {
        and: bool,
        list: SeqBuilder<'t, Term<'t>>,
        last: Operand<'t>,
    },
}

impl<'t> Parser<'t, '_> {
    /// `(simpleexp | unop subexpr) { binop subexpr }`, where each `binop` binds more strongly than `limit`.
    #[inline(always)]
    pub(super) fn subexpression(&mut self, limit: u8) -> Fallible<Expr<'t>> {
        self.subexpression_of(limit).ok_or(self.thrown)
    }

    /// An error is in `thrown`: the result of this function fits two registers.
    #[inline(never)]
    fn subexpression_of(&mut self, limit: u8) -> Option<Expr<'t>> {
        let result = self.read_subexpression(limit);
        self.in_registers(result)
    }

    #[inline(always)]
    fn in_registers(&mut self, result: Fallible<Expr<'t>>) -> Option<Expr<'t>> {
        match result {
            Ok(expr) => Some(expr),
            Err(thrown) => {
                self.thrown = thrown;
                None
            }
        }
    }

    #[inline(always)]
    fn read_subexpression(&mut self, limit: u8) -> Fallible<Expr<'t>> {
        self.enter()?;
        let first = match self.token() {
            Token::Not | Token::Byte(b'-' | b'#') => self.unary()?,
            Token::Byte(b'~') if version::HAS_BITWISE_OPERATORS => self.unary()?,
            _ => self.simple_expression()?,
        };
        if self.operator(limit).is_none() {
            self.leave();
            return Ok(first);
        }
        self.operations(first, limit).ok_or(self.thrown)
    }

    /// The current token if it is a binary operator that binds more strongly than `limit` to its left.
    #[inline(always)]
    fn operator(&self, limit: u8) -> Option<Operator> {
        Operator::of(self.lexer.token).filter(|op| op.priority().0 > limit)
    }

    /// `{ binop subexpr }` behind the operand `first`. As `subexpression_of`.
    #[inline(never)]
    fn operations(&mut self, first: Expr<'t>, limit: u8) -> Option<Expr<'t>> {
        let result = self.read_operations(first, limit);
        self.in_registers(result)
    }

    #[inline(always)]
    fn read_operations(&mut self, first: Expr<'t>, limit: u8) -> Fallible<Expr<'t>> {
        let mut left = Left::Single(first);
        while let Some(op) = self.operator(limit) {
            let bind_right = op.priority().1;
            self.advance()?;
            let line = self.last_line();
            let base = self.free();
            self.left_registers(&left, op)?;
            let right = self.subexpression(bind_right)?;
            self.check_registers(match op {
                Operator::Binary(op) => registers::operand(op, &right),
                Operator::Concat => 1,
                Operator::And | Operator::Or => 0,
            })?;
            self.set_free(base);
            let own_line = if version::OPERATORS_HAVE_LINES { line } else { self.last_line() };
            let right = Operand { expr: right, line: self.last_line() };
            left = match op {
                Operator::Binary(op) => self.binary(left, op, [line, own_line], right)?,
                Operator::Concat => {
                    let first = Operand { expr: self.finish(left)?, line };
                    Left::Single(Expr::Concat(self.arena.add(Concat { first, rest: right, line: own_line })?))
                }
                Operator::And | Operator::Or => self.logical(left, op == Operator::And, line, right)?,
            };
        }
        self.leave();
        self.finish(left)
    }

    /// Takes what the left operand needs while the right one is read.
    fn left_registers(&mut self, left: &Left<'t>, op: Operator) -> Fallible<()> {
        let single = match left {
            Left::Single(expr) => Some(expr),
            _ => None,
        };
        match op {
            Operator::Binary(op) => self.take_registers(single.map_or(1, |expr| registers::operand(op, expr))),
            Operator::Concat => self.take_registers(1),
            Operator::And | Operator::Or => self.check_registers(single.map_or(0, registers::tested)),
        }
    }

    fn unary(&mut self) -> Fallible<Expr<'t>> {
        let (token, line) = (self.token(), self.line());
        self.advance()?;
        let operand = self.subexpression(UNARY)?;
        let line = if version::OPERATORS_HAVE_LINES { line } else { self.last_line() };
        let operand = Operand { expr: operand, line: self.last_line() };
        let op = match token {
            Token::Byte(b'-') => UnaryOp::Minus,
            Token::Byte(b'~') => UnaryOp::BitNot,
            Token::Byte(b'#') => UnaryOp::Length,
            _ => {
                return Ok(match fold::truth(&operand.expr) {
                    Some(true) => Expr::False,
                    Some(false) => Expr::True,
                    None => Expr::Not(self.arena.add(operand)?),
                });
            }
        };
        Ok(match fold::unary(op, &operand.expr) {
            Some(folded) => folded,
            None => {
                self.check_registers(registers::any(&operand.expr))?;
                Expr::Unary(self.arena.add(Unary { op, operand, line })?)
            }
        })
    }

    #[inline(always)]
    fn binary(&mut self, left: Left<'t>, op: BinaryOp, lines: [u32; 2], right: Operand<'t>) -> Fallible<Left<'t>> {
        let [line, own_line] = lines;
        let step = Step { op, right, line: own_line };
        let (first, mut steps) = match left {
            Left::Operations(first, steps) => (first, steps),
            left => {
                let expr = self.finish(left)?;
                if let Some(folded) = fold::binary(op, &expr, &right.expr) {
                    return Ok(Left::Single(folded));
                }
                (Operand { expr, line }, SeqBuilder::new())
            }
        };
        steps.push(self.arena, step)?;
        Ok(Left::Operations(first, steps))
    }

    /// `and` and `or`, where an operand that is known to let the other one through disappears. The operand before is
    /// tested when the operator has been read, at `line`.
    fn logical(&mut self, left: Left<'t>, and: bool, line: u32, right: Operand<'t>) -> Fallible<Left<'t>> {
        let (mut list, before) = match left {
            Left::Logical { and: same, list, last } if same == and => (list, last),
            left => (SeqBuilder::new(), Operand { expr: self.finish(left)?, line }),
        };
        if list.len == 0 && fold::truth(&before.expr) == Some(and) {
            return Ok(Left::Single(self.single(right)?));
        }
        list.push(self.arena, Term { expr: before.expr, line: before.line, test_line: line })?;
        Ok(Left::Logical { and, list, last: right })
    }

    #[inline(always)]
    fn finish(&mut self, left: Left<'t>) -> Fallible<Expr<'t>> {
        Ok(match left {
            Left::Single(expr) => expr,
            Left::Operations(first, steps) => {
                Expr::Operations(self.arena.add(Operations { first, steps: steps.finish() })?)
            }
            Left::Logical { and, mut list, last } => {
                list.push(self.arena, Term { expr: last.expr, line: last.line, test_line: last.line })?;
                let list = self.arena.add(list.finish())?;
                if and { Expr::And(list) } else { Expr::Or(list) }
            }
        })
    }

    /// The expression as a single value that is no variable.
    #[inline(always)]
    pub(super) fn single(&mut self, operand: Operand<'t>) -> Fallible<Expr<'t>> {
        Ok(match operand.expr {
            Expr::Suffixed(_) | Expr::Vararg(_) | Expr::Local(_) | Expr::Upvalue(_) => {
                Expr::Paren(self.arena.add(operand)?)
            }
            other => other,
        })
    }
}
