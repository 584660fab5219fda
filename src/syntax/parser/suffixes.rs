//! Variables, field accesses and calls.

use super::{Parser, registers};
use crate::object::{Fallible, Str};
use crate::syntax::scope::{Meaning, VariableKind};
use crate::syntax::token::Token;
use crate::syntax::tree::{Arguments, Expr, Operand, SeqBuilder, Suffix, SuffixKind, Suffixed, Target};
use crate::version;
use crate::vm::error::Part;

/// A suffixed expression that has been read, with what a statement has to know about it.
pub(super) struct Suffixes<'t> {
    pub head: Expr<'t>,
    list: SeqBuilder<'t, Suffix<'t>>,
    /// The last suffix is a call.
    pub is_call: bool,
    /// The expression is a name in the source, or that of an `_ENV` field.
    is_name: bool,
    /// The variable's name if it may not be assigned to.
    read_only: Option<*mut Str>,
    /// The head is the variable of the extra arguments.
    is_extra: bool,
}

impl Suffixes<'_> {
    /// Nothing has been read yet.
    pub(super) fn new() -> Self {
        Suffixes {
            head: Expr::Nil,
            list: SeqBuilder::new(),
            is_call: false,
            is_name: false,
            read_only: None,
            is_extra: false,
        }
    }
}

impl<'t> Parser<'t, '_> {
    #[inline(always)]
    pub(super) fn suffixed_expression(&mut self) -> Fallible<Expr<'t>> {
        let mut suffixes = Suffixes::new();
        self.suffixes(&mut suffixes)?;
        self.finish_suffixes(&suffixes)
    }

    /// `primaryexp { '.' NAME | '[' exp ']' | ':' NAME funcargs | funcargs }`, read into `it`, which is new.
    pub(super) fn suffixes(&mut self, it: &mut Suffixes<'t>) -> Fallible<()> {
        let start = self.line();
        let base = self.free();
        self.primary_expression(it)?;
        loop {
            let line = self.last_line();
            self.set_free(base);
            match self.token() {
                Token::Byte(b'.') => self.field(it)?,
                Token::Byte(b'[') => {
                    self.prefix_register(it)?;
                    let key = self.bracketed_key()?;
                    let constant_line = self.last_line();
                    self.check_registers(registers::key(&key.expr))?;
                    self.add_suffix(it, SuffixKind::Index { key, constant_line }, line)?;
                }
                Token::Byte(b':') => {
                    self.advance()?;
                    let name = self.expect_name()?;
                    let line = self.last_line();
                    self.take_registers(2)?;
                    let arguments = self.arguments(start)?;
                    self.add_suffix(it, SuffixKind::Method(name, arguments), line)?;
                }
                Token::Byte(b'(' | b'{') | Token::String(_) => {
                    self.take_registers(1)?;
                    let arguments = self.arguments(start)?;
                    self.add_suffix(it, SuffixKind::Call(arguments), line)?;
                }
                _ => return Ok(()),
            }
        }
    }

    /// `'.' NAME` (or `':' NAME` of a function's name)
    pub(super) fn field(&mut self, it: &mut Suffixes<'t>) -> Fallible<()> {
        let line = self.last_line();
        let base = self.free();
        self.prefix_register(it)?;
        self.set_free(base);
        self.advance()?;
        let name = self.expect_name()?;
        self.add_suffix(it, SuffixKind::Field(name, self.last_line()), line)
    }

    /// Takes the register of the table that is going to be indexed, unless that is in a variable.
    fn prefix_register(&mut self, it: &Suffixes<'t>) -> Fallible<()> {
        let variable = it.list.len == 0 && matches!(it.head, Expr::Local(_) | Expr::Upvalue(_) | Expr::Environment);
        self.take_registers(!variable as u32)
    }

    #[inline(always)]
    fn add_suffix(&mut self, it: &mut Suffixes<'t>, kind: SuffixKind<'t>, line: u32) -> Fallible<()> {
        // Reading a field does without a table.
        if it.list.len == 0 && !matches!(kind, SuffixKind::Field(..) | SuffixKind::Index { .. }) {
            self.take_extra_as_table(it);
        }
        it.list.push(self.arena, Suffix { kind, line })?;
        it.is_call = matches!(kind, SuffixKind::Call(_) | SuffixKind::Method(..));
        it.is_name = false;
        it.read_only = None;
        Ok(())
    }

    fn finish_suffixes(&mut self, it: &Suffixes<'t>) -> Fallible<Expr<'t>> {
        if it.list.len == 0 {
            self.take_extra_as_table(it);
            return Ok(it.head);
        }
        Ok(Expr::Suffixed(self.tree_of(it)?))
    }

    /// The expression needs its head, if that is the variable of the extra arguments, as a value.
    fn take_extra_as_table(&mut self, it: &Suffixes<'t>) {
        self.scopes.function().needs_extra_table |= it.is_extra;
    }

    /// The tree of an expression with at least one suffix.
    pub(super) fn tree_of(&mut self, it: &Suffixes<'t>) -> Fallible<&'t Suffixed<'t>> {
        Ok(self.arena.add(Suffixed { head: it.head, suffixes: it.list.finish(), is_call: it.is_call })?)
    }

    /// `NAME | '(' expr ')'`
    #[inline(always)]
    fn primary_expression(&mut self, it: &mut Suffixes<'t>) -> Fallible<()> {
        match self.token() {
            Token::Byte(b'(') => {
                let line = self.line();
                self.advance()?;
                let expr = self.expression()?;
                self.expect_closing(Token::Byte(b')'), Token::Byte(b'('), line)?;
                it.head = self.single(Operand { expr, line: self.last_line() })?;
                Ok(())
            }
            Token::Name(_) => self.variable(it),
            _ => Err(self.lexer.error(&[Part::Bytes(b"unexpected symbol")])),
        }
    }

    /// A name, read into `it`, which is new: a local variable, an upvalue, a constant, or a field of `_ENV`.
    #[inline(always)]
    pub(super) fn variable(&mut self, it: &mut Suffixes<'t>) -> Fallible<()> {
        let name = self.expect_name()?;
        it.is_name = true;
        match self.scopes.resolve(&mut self.lexer, name)? {
            Meaning::Free { constant } => {
                self.global(it, name)?;
                it.read_only = constant.then_some(name);
            }
            Meaning::Undeclared => {
                let parts = [Part::Bytes(b"variable '"), Part::Str(name), Part::Bytes(b"' not declared")];
                return Err(self.lexer.error_without_token(&parts));
            }
            Meaning::Value(value) => {
                it.head = value;
                it.read_only = Some(name);
            }
            Meaning::Local { register, kind } => {
                it.head = Expr::local(register);
                it.read_only = (kind != VariableKind::Plain).then_some(name);
                it.is_extra = kind == VariableKind::Extra;
            }
            Meaning::Upvalue { index, kind } => {
                it.head = Expr::upvalue(index);
                it.read_only = (kind != VariableKind::Plain).then_some(name);
            }
        }
        Ok(())
    }

    /// The field of `_ENV` with that name, into `it`, which is new.
    #[inline(always)]
    fn global(&mut self, it: &mut Suffixes<'t>, name: *mut Str) -> Fallible<()> {
        (it.head, it.is_extra) = self.globals_table(name)?;
        let line = self.last_line();
        it.list.push(self.arena, Suffix { kind: SuffixKind::Field(name, line), line })?;
        Ok(())
    }

    /// The global variable of that name, to be assigned to.
    pub(super) fn global_variable(&mut self, name: *mut Str) -> Fallible<&'t Suffixed<'t>> {
        let mut it = Suffixes::new();
        self.global(&mut it, name)?;
        self.take_extra_as_table(&it);
        self.tree_of(&it)
    }

    /// Where the expression can be assigned to; `None` if it is not a variable.
    pub(super) fn target(&mut self, it: &Suffixes<'t>) -> Fallible<Option<Target<'t>>> {
        if it.is_call {
            return Ok(None);
        }
        if it.list.len == 1 {
            self.take_extra_as_table(it);
        }
        if it.list.len > 0 {
            return Ok(Some(Target::Indexed(self.tree_of(it)?)));
        }
        Ok(match it.head {
            Expr::Local(register) if it.is_name => Some(Target::Local(register as u8)),
            Expr::Upvalue(index) if it.is_name => Some(Target::Upvalue(index as u8)),
            // A compile-time constant: `check_assignable` refuses it.
            _ if it.read_only.is_some() => Some(Target::Local(0)),
            _ => None,
        })
    }

    /// Refuses constants.
    pub(super) fn check_assignable(&mut self, it: &Suffixes<'t>) -> Fallible<()> {
        match it.read_only {
            None => Ok(()),
            Some(name) => Err(self.lexer.error_without_token(&[
                Part::Bytes(b"attempt to assign to const variable '"),
                Part::Str(name),
                Part::Bytes(b"'"),
            ])),
        }
    }

    /// `'(' [ explist ] ')' | constructor | STRING`; `start` is the line where the called expression began.
    fn arguments(&mut self, start: u32) -> Fallible<&'t Arguments<'t>> {
        let line = if version::CALLS_ARE_WHERE_THEY_BEGIN { start } else { self.line() };
        let mut list = SeqBuilder::new();
        match self.token() {
            Token::Byte(b'(') => {
                if version::CALLS_KEEP_TO_THE_LINE && line != self.last_line() {
                    let message = b"ambiguous syntax (function call x new statement)";
                    return Err(self.lexer.error(&[Part::Bytes(message)]));
                }
                self.advance()?;
                let mut last = None;
                if self.token() != Token::Byte(b')') {
                    let (all_but_last, expr) = self.expression_list()?;
                    list = all_but_last;
                    last = Some(expr);
                }
                self.expect_closing(Token::Byte(b')'), Token::Byte(b'('), line)?;
                if let Some(expr) = last {
                    if !matches!(expr, Expr::Suffixed(it) if it.is_call) {
                        self.check_registers(1)?;
                    }
                    list.push(self.arena, Operand { expr, line: self.last_line() })?;
                }
            }
            Token::Byte(b'{') => {
                let expr = self.constructor()?;
                list.push(self.arena, Operand { expr, line: self.last_line() })?;
            }
            Token::String(string) => {
                self.advance()?;
                self.check_registers(1)?;
                list.push(self.arena, Operand { expr: Expr::String(string), line: self.last_line() })?;
            }
            _ => return Err(self.lexer.error(&[Part::Bytes(b"function arguments expected")])),
        }
        Ok(self.arena.add(Arguments { list: list.finish(), line })?)
    }
}
