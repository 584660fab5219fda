//! Operands: literals, constructors, function expressions, and expressions in parentheses.

use super::{Parser, registers};
use crate::object::Fallible;
use crate::syntax::fold;
use crate::syntax::token::Token;
use crate::syntax::tree::{Constructor, Expr, Field, FunctionExpr, Operand, SeqBuilder};
use crate::version;
use crate::vm::error::Part;

/// So many positional fields are kept in registers before they are stored.
const FIELDS_PER_FLUSH: u32 = 50;

impl<'t> Parser<'t, '_> {
    #[inline(always)]
    pub(super) fn expression(&mut self) -> Fallible<Expr<'t>> {
        self.subexpression(0)
    }

    /// `FLT | INT | STRING | NIL | TRUE | FALSE | ... | constructor | FUNCTION body | suffixedexp`
    #[inline(always)]
    pub(super) fn simple_expression(&mut self) -> Fallible<Expr<'t>> {
        let expr = match self.token() {
            Token::Float(n) => Expr::float(n),
            Token::Integer(n) => Expr::Integer(n),
            Token::String(s) => Expr::String(s),
            Token::Nil => Expr::Nil,
            Token::True => Expr::True,
            Token::False => Expr::False,
            Token::Dots => {
                if !self.scopes.function().is_vararg {
                    return Err(self.lexer.error(&[Part::Bytes(b"cannot use '...' outside a vararg function")]));
                }
                if version::EXTRA_ARGUMENTS_ARE_ARG {
                    self.scopes.function().needs_extra_table = false;
                }
                Expr::Vararg(self.last_line() as u64)
            }
            Token::Byte(b'{') => return Ok(Expr::Table(self.constructor()?)),
            Token::Function => {
                self.advance()?;
                let line = self.line();
                let (proto, line) = self.function_body(false, line)?;
                return Ok(Expr::Function(self.arena.add(FunctionExpr { proto, line })?));
            }
            _ => return self.suffixed_expression(),
        };
        self.advance()?;
        Ok(expr)
    }

    /// `'{' [ field { sep field } [sep] ] '}'`
    pub(super) fn constructor(&mut self) -> Fallible<&'t Constructor<'t>> {
        let (open_line, line) = (self.line(), self.last_line());
        let mut fields = SeqBuilder::new();
        let mut records = 0u32;
        // An item is loaded only when the separator after it has been read and another field follows.
        let mut pending = None;
        let table = self.free();
        self.take_registers(1)?;
        self.expect_byte(b'{')?;
        while self.token() != Token::Byte(b'}') {
            if let Some(expr) = pending.take() {
                self.take_registers(1)?;
                if self.free() - table > FIELDS_PER_FLUSH {
                    self.set_free(table + 1);
                }
                fields.push(self.arena, Field { expr, line: self.last_line(), constant_line: 0 })?;
            }
            let record = match self.token() {
                Token::Name(_) => self.lexer.look_ahead()? == Token::Byte(b'='),
                token => token == Token::Byte(b'['),
            };
            if record {
                self.record(&mut fields)?;
                records = records.wrapping_add(1);
            } else {
                pending = Some(self.expression()?);
            }
            if !self.accept_byte(b',')? && !self.accept_byte(b';')? {
                break;
            }
        }
        self.expect_closing(Token::Byte(b'}'), Token::Byte(b'{'), open_line)?;
        let end_line = self.last_line();
        if let Some(expr) = pending {
            if !matches!(expr, Expr::Suffixed(it) if it.is_call) {
                self.check_registers(1)?;
            }
            fields.push(self.arena, Field { expr, line: end_line, constant_line: 0 })?;
        }
        self.set_free(table);
        Ok(self.arena.add(Constructor { fields: fields.finish(), records, line, end_line })?)
    }

    /// `(NAME | '[' exp ']') '=' exp`
    fn record(&mut self, fields: &mut SeqBuilder<'t, Field<'t>>) -> Fallible<()> {
        let key = if let Token::Name(name) = self.token() {
            self.advance()?;
            Operand { expr: Expr::String(name), line: self.last_line() }
        } else {
            self.bracketed_key()?
        };
        self.expect_byte(b'=')?;
        let constant_line = self.last_line();
        fields.push(self.arena, Field { expr: key.expr, line: key.line, constant_line })?;
        let base = self.free();
        self.take_registers(registers::key(&key.expr))?;
        let expr = self.expression()?;
        if fold::truth(&expr).is_none() {
            self.check_registers(registers::any(&expr))?;
        }
        self.set_free(base);
        fields.push(self.arena, Field { expr, line: self.last_line(), constant_line: 0 })?;
        Ok(())
    }

    /// `'[' exp ']'`
    #[inline(always)]
    pub(super) fn bracketed_key(&mut self) -> Fallible<Operand<'t>> {
        self.advance()?;
        let expr = self.expression()?;
        let line = self.last_line();
        self.expect_byte(b']')?;
        Ok(Operand { expr, line })
    }
}
