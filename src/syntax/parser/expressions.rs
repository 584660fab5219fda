//! Operands: literals, constructors, function expressions, and expressions in parentheses.

use super::{Parser, registers};
use crate::object::{Fallible, Str};
use crate::syntax::arena::Mark;
use crate::syntax::fold;
use crate::syntax::token::Token;
use crate::syntax::tree::{Constructor, Expr, FIELDS_IN_REGISTERS, Field, FunctionExpr, Operand, SeqBuilder};
use crate::version;
use crate::vm::error::Part;

/// Where the fields of a constructor go.
enum Fields<'t> {
    Tree(SeqBuilder<'t, Field<'t>>),
    /// To the consumer at once; the arena without them.
    Direct(Mark),
}

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
            Token::Byte(b'{') => return self.constructor(),
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

    /// Whether a table constructor begins here, as the first value of a statement of the main function, that can be handed
    /// over field by field.
    pub(super) fn is_direct_table(&self) -> bool {
        self.token() == Token::Byte(b'{') && self.scopes.at_top()
    }

    /// `'{' [ field { sep field } [sep] ] '}'`
    pub(super) fn constructor(&mut self) -> Fallible<Expr<'t>> {
        let (open_line, line) = (self.line(), self.last_line());
        // An item is loaded only when the separator after it has been read and another field follows.
        let mut pending = None;
        let table = self.free();
        self.take_registers(1)?;
        let mut fields = self.open_fields(line)?;
        self.expect_byte(b'{')?;
        while self.token() != Token::Byte(b'}') {
            if let Some(expr) = pending.take() {
                self.take_registers(1)?;
                if self.free() - table > FIELDS_IN_REGISTERS {
                    self.set_free(table + 1);
                }
                self.add_field(&mut fields, Field { expr, line: self.last_line(), constant_line: 0 }, false)?;
            }
            let name = self.lexer.key()?;
            if name.is_some() || self.token() == Token::Byte(b'[') {
                self.record(&mut fields, name)?;
            } else {
                pending = Some(self.field_value(&fields)?);
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
            self.add_field(&mut fields, Field { expr, line: end_line, constant_line: 0 }, true)?;
        }
        self.set_free(table);
        self.close_fields(&fields, line, end_line)
    }

    /// Begins the fields of the constructor at the current token, whose table is made at `line`.
    #[inline(always)]
    fn open_fields(&mut self, line: u32) -> Fallible<Fields<'t>> {
        if !core::mem::take(&mut self.direct) {
            return Ok(Fields::Tree(SeqBuilder::new()));
        }
        // SAFETY: what comes before the table has been handed over.
        unsafe { self.consumer.open_table(line)? };
        Ok(Fields::Direct(self.arena.mark()))
    }

    /// Adds a field or its key; `last`: no other field follows.
    #[inline(always)]
    fn add_field(&mut self, fields: &mut Fields<'t>, field: Field<'t>, last: bool) -> Fallible<()> {
        match fields {
            Fields::Tree(list) => {
                list.push(self.arena, field)?;
            }
            // SAFETY: the lexer's table holds all strings. The fields before this one, and its key, were consumed, too.
            Fields::Direct(mark) => unsafe {
                self.consumer.field(&field, last)?;
                self.arena.release(*mark);
            },
        }
        Ok(())
    }

    /// The value of a field. A constructor at its beginning goes where the field goes.
    #[inline(always)]
    fn field_value(&mut self, fields: &Fields<'t>) -> Fallible<Expr<'t>> {
        self.direct = matches!(fields, Fields::Direct(_)) && self.token() == Token::Byte(b'{');
        self.expression()
    }

    /// The table with all its fields.
    #[inline(always)]
    fn close_fields(&mut self, fields: &Fields<'t>, line: u32, end_line: u32) -> Fallible<Expr<'t>> {
        Ok(match fields {
            Fields::Tree(list) => Expr::Table(self.arena.add(Constructor { fields: list.finish(), line, end_line })?),
            // SAFETY: the table was opened by `open_fields`, those inside it have been closed.
            Fields::Direct(_) => Expr::Built(unsafe { self.consumer.close_table(end_line)? } as u64),
        })
    }

    /// `(NAME | '[' exp ']') '=' exp`, where the name has been consumed.
    #[inline(always)]
    fn record(&mut self, fields: &mut Fields<'t>, name: Option<*mut Str>) -> Fallible<()> {
        let key = match name {
            Some(name) => Operand { expr: Expr::String(name), line: self.last_line() },
            None => self.bracketed_key()?,
        };
        self.expect_byte(b'=')?;
        let constant_line = self.last_line();
        let base = self.free();
        self.take_registers(registers::key(&key.expr))?;
        self.add_field(fields, Field { expr: key.expr, line: key.line, constant_line }, false)?;
        let expr = self.field_value(fields)?;
        if fold::truth(&expr).is_none() {
            self.check_registers(registers::any(&expr))?;
        }
        self.set_free(base);
        self.add_field(fields, Field { expr, line: self.last_line(), constant_line: 0 }, false)
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
