//! Functions: parameters, bodies, and handing them over.

use super::Parser;
use crate::memory::Heap;
use crate::object::{Fallible, Str, UpvalueDesc};
use crate::syntax::scope::{FunctionScope, VariableKind};
use crate::syntax::token::Token;
use crate::syntax::tree::{Block, Function, SeqBuilder};
use crate::version;
use crate::vm::error::Part;

/// What the function's head says.
struct Head<'t> {
    parameters: SeqBuilder<'t, *mut Str>,
    /// The variable of the extra arguments.
    extra: Option<*mut Str>,
    /// Line of the first instruction.
    line: u32,
}

impl<'t> Parser<'t, '_> {
    fn heap(&self) -> *mut Heap {
        // SAFETY: the thread is live.
        unsafe { &raw mut (*(*self.lexer.l).global).heap }
    }

    /// The main function: vararg, with the upvalue `_ENV`.
    pub(super) fn main_function(&mut self) -> Fallible<()> {
        // SAFETY: the heap outlives the scope.
        let mut scope = unsafe { self.scopes.new_function(self.heap(), 0) };
        scope.is_vararg = true;
        if version::HAS_ENV_UPVALUE {
            scope.upvalues.push(UpvalueDesc { name: self.env, in_stack: true, index: 0, kind: 0 })?;
        }
        self.scopes.function = &mut scope;
        let head = Head { parameters: SeqBuilder::new(), extra: None, line: self.last_line() };
        let body = self.scopes.enter_block(self.arena, None)?;
        // SAFETY: it is the first thing handed over.
        unsafe { self.consumer.begin(head.line)? };
        self.advance()?;
        body.body.set(self.statements()?);
        if self.token() != Token::Eof {
            return Err(self.lexer.error_expected(Token::Eof));
        }
        self.close_function(&head, body, 0)
    }

    /// `'(' parlist ')' block END`, the keyword already read; the number of its prototype and the line of
    /// `END`.
    pub(super) fn function_body(&mut self, is_method: bool, line: u32) -> Fallible<(u32, u32)> {
        let mark = self.arena.mark();
        // SAFETY: the heap outlives the scope.
        let mut scope = unsafe { self.scopes.new_function(self.heap(), line) };
        self.scopes.function = &mut scope;
        let body = self.scopes.enter_block(self.arena, None)?;
        self.expect_byte(b'(')?;
        let head = self.parameters(is_method)?;
        self.expect_byte(b')')?;
        body.body.set(self.statements()?);
        let last_line = self.line();
        self.expect_closing(Token::End, Token::Function, line)?;
        self.close_function(&head, body, last_line)?;
        // SAFETY: the function's tree, all that was added since the mark, has been consumed. What the functions around it
        // keep of it (upvalues, variables, lists) lies elsewhere.
        unsafe { self.arena.release(mark) };
        let function = self.scopes.function();
        let proto = function.children;
        function.children += 1;
        self.check_registers(1)?;
        Ok((proto, self.last_line()))
    }

    /// Leaves the function's scope and hands it over.
    fn close_function(&mut self, head: &Head<'t>, body: &'t Block<'t>, last_line: u32) -> Fallible<()> {
        let end_line = self.last_line();
        self.scopes.leave_block(&mut self.lexer)?;
        // SAFETY: the scope is the caller's variable; nobody changes it from here on.
        let scope: &FunctionScope = unsafe { &*self.scopes.function };
        self.scopes.function = scope.parent;
        let function = Function {
            parameters: head.parameters.finish(),
            parameter_count: head.parameters.len as u8,
            is_vararg: scope.is_vararg,
            extra: head.extra.map(|name| (name, scope.needs_extra_table)),
            upvalues: &scope.upvalues,
            body,
            needs_close: scope.needs_close,
            children: scope.children,
            line_defined: scope.line,
            last_line_defined: last_line,
            first_line: head.line,
            end_line,
        };
        // SAFETY: the lexer's table holds all strings.
        unsafe {
            if self.scopes.function.is_null() {
                self.consumer.end(&function)
            } else {
                self.consumer.function(&function)
            }
        }
    }

    /// `[ {NAME ','} (NAME | '...') ]`
    fn parameters(&mut self, is_method: bool) -> Fallible<Head<'t>> {
        let mut parameters = SeqBuilder::new();
        if is_method {
            let name = self.lexer.string(b"self")?;
            self.scopes.declare(&mut self.lexer, name)?;
            self.scopes.activate(&mut self.lexer, 1)?;
            parameters.push(self.arena, name)?;
        }
        let mut declared = 0;
        let mut extra = None;
        while self.token() != Token::Byte(b')') || declared > 0 {
            match self.token() {
                Token::Name(name) => {
                    self.advance()?;
                    self.scopes.declare(&mut self.lexer, name)?;
                    parameters.push(self.arena, name)?;
                    declared += 1;
                }
                Token::Dots => {
                    self.advance()?;
                    self.scopes.function().is_vararg = true;
                    if version::EXTRA_ARGUMENTS_ARE_ARG {
                        let name = self.lexer.string(b"arg")?;
                        self.scopes.declare(&mut self.lexer, name)?;
                        self.scopes.function().needs_extra_table = true;
                        extra = Some(name);
                    }
                    if version::HAS_VARARG_PARAMETER {
                        extra = Some(self.extra_parameter()?);
                    }
                    break;
                }
                _ => return Err(self.lexer.error(&[Part::Bytes(b"<name> or '...' expected")])),
            }
            if !self.accept_byte(b',')? {
                break;
            }
        }
        self.scopes.activate(&mut self.lexer, declared)?;
        self.scopes.activate(&mut self.lexer, extra.is_some() as usize)?;
        self.reset_registers();
        Ok(Head { parameters, extra, line: self.last_line() })
    }

    /// Declares the variable of the extra arguments, `'...' [NAME]`.
    fn extra_parameter(&mut self) -> Fallible<*mut Str> {
        let Token::Name(name) = self.token() else {
            let name = self.lexer.string(b"(vararg table)")?;
            self.scopes.declare(&mut self.lexer, name)?;
            return Ok(name);
        };
        self.advance()?;
        self.scopes.declare(&mut self.lexer, name)?;
        if let Some(variable) = self.scopes.last_declared() {
            variable.kind = VariableKind::Extra;
        }
        Ok(name)
    }
}
