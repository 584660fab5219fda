//! Loops.

use super::{Parser, registers};
use crate::object::{Fallible, Str};
use crate::syntax::scope::VariableKind;
use crate::syntax::token::Token;
use crate::syntax::tree::{Block, GenericFor, Label, NumericFor, Operand, Repeat, Seq, SeqBuilder, Stat, While};
use crate::version;
use crate::vm::error::Part;

/// Values of the generic `for`: iterator, state, control variable and closing value.
const GENERIC_VALUES: u32 = if version::HAS_TBC { 4 } else { 3 };
/// Hidden variables of the generic and of the numeric `for`.
const HIDDEN: usize = version::GENERIC_FOR_HIDDEN;
const NUMERIC_HIDDEN: usize = if version::LOOP_VARIABLE_CONTROLS { 2 } else { 3 };

impl<'t> Parser<'t, '_> {
    /// `WHILE cond DO block END`
    pub(super) fn while_statement(&mut self, line: u32) -> Fallible<Stat<'t>> {
        self.advance()?;
        let expr = self.expression()?;
        self.check_registers(registers::tested(&expr))?;
        let condition = Operand { expr, line: self.last_line() };
        let broken = self.new_label(0)?;
        let scope = self.scopes.enter_block(self.arena, Some(broken))?;
        self.expect(Token::Do)?;
        let body = self.block()?;
        let jump_line = self.last_line();
        self.expect_closing(Token::End, Token::While, line)?;
        self.leave_loop(broken)?;
        Ok(Stat::While(self.arena.add(While { condition, scope, body, broken, line: jump_line })?))
    }

    /// Leaves a loop's block.
    fn leave_loop(&mut self, broken: &'t Label) -> Fallible<()> {
        broken.end_line.set(self.last_line());
        self.scopes.leave_block(&mut self.lexer)
    }

    /// `REPEAT block UNTIL cond`, where the condition sees the block's variables.
    pub(super) fn repeat_statement(&mut self, line: u32) -> Fallible<Stat<'t>> {
        let broken = self.new_label(0)?;
        let scope = self.scopes.enter_block(self.arena, Some(broken))?;
        let body = self.scopes.enter_block(self.arena, None)?;
        self.advance()?;
        body.body.set(self.statements()?);
        self.expect_closing(Token::Until, Token::Repeat, line)?;
        let expr = self.expression()?;
        self.check_registers(registers::tested(&expr))?;
        let condition = Operand { expr, line: self.last_line() };
        self.scopes.leave_block(&mut self.lexer)?;
        self.leave_loop(broken)?;
        Ok(Stat::Repeat(self.arena.add(Repeat { scope, body, condition, broken })?))
    }

    /// `FOR (fornum | forlist) END`
    pub(super) fn for_statement(&mut self, line: u32) -> Fallible<Stat<'t>> {
        let broken = self.new_label(0)?;
        let scope = self.scopes.enter_block(self.arena, Some(broken))?;
        self.advance()?;
        let name = self.expect_name()?;
        let stat = match self.token() {
            Token::Byte(b'=') => self.numeric_for(name, scope, broken, line)?,
            Token::Byte(b',') | Token::In => self.generic_for(name, scope, broken)?,
            _ => return Err(self.lexer.error(&[Part::Bytes(b"'=' or 'in' expected")])),
        };
        self.expect_closing(Token::End, Token::For, line)?;
        self.leave_loop(broken)?;
        Ok(stat)
    }

    /// Declares the hidden variables of a loop.
    fn hidden(&mut self, names: &[&[u8]]) -> Fallible<Seq<'t, *mut Str>> {
        let mut hidden = SeqBuilder::new();
        for name in names {
            let name = self.lexer.string(if version::HIDDEN_VARIABLES_ARE_STATES { b"(for state)" } else { name })?;
            self.scopes.declare(&mut self.lexer, name)?;
            hidden.push(self.arena, name)?;
        }
        Ok(hidden.finish())
    }

    /// Declares the first variable of a loop.
    fn control_variable(&mut self, name: *mut Str) -> Fallible<()> {
        self.scopes.declare(&mut self.lexer, name)?;
        if version::LOOP_VARIABLE_CONTROLS
            && let Some(variable) = self.scopes.last_declared()
        {
            variable.kind = VariableKind::Constant;
        }
        Ok(())
    }

    fn last_expression(&mut self) -> Fallible<Operand<'t>> {
        let expr = self.expression()?;
        self.take_registers(1)?;
        Ok(Operand { expr, line: self.last_line() })
    }

    /// `NAME '=' exp ',' exp [',' exp] forbody`
    fn numeric_for(
        &mut self,
        variable: *mut Str,
        scope: &'t Block<'t>,
        broken: &'t Label,
        line: u32,
    ) -> Fallible<Stat<'t>> {
        let names: [&[u8]; 3] = [b"(for index)", b"(for limit)", b"(for step)"];
        let hidden = self.hidden(&names[..NUMERIC_HIDDEN])?;
        self.control_variable(variable)?;
        self.expect_byte(b'=')?;
        let start = self.last_expression()?;
        self.expect_byte(b',')?;
        let limit = self.last_expression()?;
        let step = if self.accept_byte(b',')? {
            Some(self.last_expression()?)
        } else {
            self.take_registers(1)?;
            None
        };
        self.scopes.activate(&mut self.lexer, NUMERIC_HIDDEN)?;
        self.reset_registers();
        let (body, do_line) = self.for_body(1)?;
        Ok(Stat::NumericFor(self.arena.add(NumericFor {
            scope,
            body,
            broken,
            variable,
            hidden,
            start,
            limit,
            step,
            do_line,
            line,
        })?))
    }

    /// `NAME {',' NAME} IN explist forbody`
    fn generic_for(&mut self, first: *mut Str, scope: &'t Block<'t>, broken: &'t Label) -> Fallible<Stat<'t>> {
        let names: [&[u8]; 4] = [b"(for generator)", b"(for state)", b"(for control)", b"(for control)"];
        let hidden = self.hidden(&names[..HIDDEN])?;
        let mut variables = SeqBuilder::new();
        let mut name = first;
        loop {
            if variables.len == 0 {
                self.control_variable(name)?;
            } else {
                self.scopes.declare(&mut self.lexer, name)?;
            }
            variables.push(self.arena, name)?;
            if !self.accept_byte(b',')? {
                break;
            }
            name = self.expect_name()?;
        }
        self.expect(Token::In)?;
        let line = self.line();
        let base = self.free();
        let (mut values, last) = self.expression_list()?;
        self.adjust_registers(base, values.len + 1, &last, GENERIC_VALUES)?;
        values.push(self.arena, Operand { expr: last, line: self.last_line() })?;
        let values_line = self.last_line();
        self.scopes.activate(&mut self.lexer, HIDDEN)?;
        if version::HAS_TBC {
            self.scopes.mark_to_be_closed();
        }
        // The call of the iterator.
        self.check_registers(if version::LOOP_VARIABLE_CONTROLS { 2 } else { 3 })?;
        self.reset_registers();
        let (body, do_line) = self.for_body(variables.len as usize)?;
        Ok(Stat::GenericFor(self.arena.add(GenericFor {
            scope,
            body,
            broken,
            variables: variables.finish(),
            count: variables.len,
            hidden,
            values: values.finish(),
            value_count: values.len,
            values_line,
            do_line,
            line,
        })?))
    }

    /// `DO block`: a block of the declared variables around that of the body.
    fn for_body(&mut self, variables: usize) -> Fallible<(&'t Block<'t>, u32)> {
        self.expect(Token::Do)?;
        let do_line = self.last_line();
        let outer = self.scopes.enter_block(self.arena, None)?;
        self.scopes.activate(&mut self.lexer, variables)?;
        self.take_registers(variables as u32)?;
        let inner = self.block()?;
        outer.body.set(Seq::prepend(self.arena, Stat::Do(inner), Seq::EMPTY)?);
        self.scopes.leave_block(&mut self.lexer)?;
        Ok((outer, do_line))
    }
}
