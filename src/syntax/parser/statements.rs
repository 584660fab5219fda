//! Statements but for loops.

use super::suffixes::Suffixes;
use super::{Parser, registers};
use crate::bytecode::isa::MAX_OPERAND;
use crate::object::thread::MAX_C_CALLS;
use crate::object::{Fallible, Str};
use crate::syntax::fold;
use crate::syntax::scope::{Scopes, VariableKind};
use crate::syntax::token::Token;
use crate::syntax::tree::{
    Assign, Block, Branch, Expr, FunctionStat, Goto, If, Label, LocalFunction, LocalStat, Operand, Return, Seq,
    SeqBuilder, Stat, Target,
};
use crate::version::{self, JUMPS_COME_BEFORE_THEIR_WORD};
use crate::vm::error::Part;
use core::cell::Cell;

/// The variables of a `local` statement. Whether the last one has a register depends on its value: it may be a compile-time
/// constant.
struct LocalNames<'t> {
    /// All but the last.
    names: SeqBuilder<'t, *mut Str>,
    last_name: *mut Str,
    last_kind: VariableKind,
    /// The register of the variable to be closed.
    to_close: Option<u8>,
}

impl<'t> Parser<'t, '_> {
    /// `{ stat [';'] }`, without those that were handed over.
    pub(super) fn statements(&mut self) -> Fallible<Seq<'t, Stat<'t>>> {
        let mut list = SeqBuilder::new();
        if version::BLOCKS_ARE_LEVELS {
            self.enter()?;
        }
        while !self.block_follows(true) {
            let last = self.token() == Token::Return || version::OLD_STATEMENTS && self.token() == Token::Break;
            let mark = self.arena.mark();
            self.statement(&mut list)?;
            if self.scopes.at_top() {
                // SAFETY: the lexer's table holds all strings. Labels never cease to be seen, so this was so before the
                // statement, too, and it is all that is in the list; nothing else of it is kept in the arena.
                unsafe {
                    self.consumer.statements(list.finish())?;
                    self.arena.release(mark);
                }
                list = SeqBuilder::new();
            }
            if version::OLD_STATEMENTS {
                self.accept_byte(b';')?;
            }
            if last {
                break;
            }
        }
        if version::BLOCKS_ARE_LEVELS {
            self.leave();
        }
        Ok(list.finish())
    }

    /// A block with a scope of its own.
    pub(super) fn block(&mut self) -> Fallible<&'t Block<'t>> {
        let block = self.scopes.enter_block(self.arena, None)?;
        block.body.set(self.statements()?);
        self.scopes.leave_block(&mut self.lexer)?;
        Ok(block)
    }

    /// Adds the next statement to `list`.
    fn statement(&mut self, list: &mut SeqBuilder<'t, Stat<'t>>) -> Fallible<()> {
        let line = self.line();
        if !version::BLOCKS_ARE_LEVELS {
            self.enter()?;
        }
        let stat = match self.token() {
            Token::Byte(b';') if version::HAS_EMPTY_STATEMENT => {
                self.advance()?;
                None
            }
            Token::If => Some(self.if_statement(line)?),
            Token::While => Some(self.while_statement(line)?),
            Token::Do => {
                self.advance()?;
                let block = self.block()?;
                self.expect_closing(Token::End, Token::Do, line)?;
                Some(Stat::Do(block))
            }
            Token::For => Some(self.for_statement(line)?),
            Token::Repeat => Some(self.repeat_statement(line)?),
            Token::Function => Some(self.function_statement(line)?),
            Token::Local => {
                self.advance()?;
                Some(if self.accept(Token::Function)? { self.local_function()? } else { self.local_statement()? })
            }
            Token::DoubleColon => {
                self.advance()?;
                let name = self.expect_name()?;
                self.label_statement(list, name, line)?;
                None
            }
            Token::Return => {
                self.advance()?;
                Some(self.return_statement()?)
            }
            Token::Break => {
                if version::BREAK_NEEDS_LOOP_AT_ONCE && !self.scopes.inside_loop() {
                    return Err(self.lexer.error(&[Part::Bytes(b"break outside loop")]));
                }
                Some(Stat::Goto(self.goto(JUMPS_COME_BEFORE_THEIR_WORD)?))
            }
            Token::Goto => Some(Stat::Goto(self.goto(JUMPS_COME_BEFORE_THEIR_WORD)?)),
            Token::Name(name) if name == self.global && self.declares_globals()? => {
                self.advance()?;
                self.global_statement(line)?
            }
            _ => Some(self.expression_statement()?),
        };
        if let Some(stat) = stat {
            list.push(self.arena, stat)?;
        }
        self.reset_registers();
        if !version::BLOCKS_ARE_LEVELS {
            self.leave();
        }
        Ok(())
    }

    /// `BREAK | GOTO NAME`, which belongs to the line of its last token or, `before` it, of the last one read.
    fn goto(&mut self, before: bool) -> Fallible<&'t Goto<'t>> {
        let line_before = self.last_line();
        // The line in messages.
        let mut line = self.line();
        let mut name = core::ptr::null_mut();
        if self.token() == Token::Break {
            self.advance()?;
            if version::OLD_STATEMENTS && !self.scopes.inside_loop() {
                return Err(self.lexer.error(&[Part::Bytes(b"no loop to break")]));
            }
        } else {
            self.advance()?;
            if !version::JUMPS_ARE_SOLVED_AT_BLOCK_ENDS && !JUMPS_COME_BEFORE_THEIR_WORD {
                line = self.line();
            }
            name = self.expect_name()?;
        }
        let jump_line = if before { line_before } else { self.last_line() };
        let goto = self.arena.add(Goto { label: Cell::new(None), line: jump_line })?;
        self.scopes.add_goto(&mut self.lexer, name, line, goto)?;
        Ok(goto)
    }

    /// A label of the innermost block, and its number for [`super::super::scope::Scopes::place_label`].
    fn declare_label(&mut self, name: *mut Str, line: u32) -> Fallible<(&'t Label, usize)> {
        let label = self.new_label(line)?;
        label.line.set(line);
        let at = self.scopes.add_label(&mut self.lexer, name, label)?;
        Ok((label, at))
    }

    /// `'::' NAME '::'`, the name already read. Void statements that follow belong to it, so that a label at the
    /// end of a block is known as such.
    fn label_statement(&mut self, list: &mut SeqBuilder<'t, Stat<'t>>, name: *mut Str, line: u32) -> Fallible<()> {
        let early = if version::LABELS_ARE_PER_BLOCK { Some(self.declare_label(name, line)?) } else { None };
        self.expect(Token::DoubleColon)?;
        while matches!(self.token(), Token::Byte(b';') | Token::DoubleColon) {
            self.statement(list)?;
        }
        let (label, at) = match early {
            Some(declared) => declared,
            None => self.declare_label(name, line)?,
        };
        let at_end = self.block_follows(false);
        self.scopes.place_label(&mut self.lexer, at, at_end)?;
        label.end_line.set(self.last_line());
        list.push(self.arena, Stat::Label(label))?;
        Ok(())
    }

    /// `IF cond THEN block {ELSEIF cond THEN block} [ELSE block] END`
    fn if_statement(&mut self, line: u32) -> Fallible<Stat<'t>> {
        let mut branches = SeqBuilder::new();
        let mut otherwise = None;
        loop {
            let branch = self.branch()?;
            branches.push(self.arena, branch)?;
            if self.token() != Token::Elseif {
                break;
            }
        }
        if self.accept(Token::Else)? {
            otherwise = Some(self.block()?);
        }
        self.expect_closing(Token::End, Token::If, line)?;
        Ok(Stat::If(self.arena.add(If { branches: branches.finish(), otherwise })?))
    }

    /// `[IF | ELSEIF] cond THEN block`
    fn branch(&mut self) -> Fallible<Branch<'t>> {
        self.advance()?;
        let expr = self.expression()?;
        let mut line = self.last_line();
        if version::IF_TESTS_BEFORE_THEN {
            self.check_registers(registers::tested(&expr))?;
            self.expect(Token::Then)?;
        } else {
            self.expect(Token::Then)?;
            self.check_registers(registers::tested(&expr))?;
            line = self.last_line();
        }
        let condition = Operand { expr, line };
        let joins = match self.token() {
            Token::Break => version::BREAK_JOINS_CONDITION,
            Token::Goto => JUMPS_COME_BEFORE_THEIR_WORD,
            _ => false,
        };
        if !joins {
            let body = self.block()?;
            return Ok(Branch { condition, body, only_jump: None, line: self.last_line() });
        }
        // A block that is only a jump becomes a conditional jump.
        let body = self.scopes.enter_block(self.arena, None)?;
        let goto = self.goto(false)?;
        while self.accept_byte(b';')? {}
        let only_jump = if self.block_follows(false) {
            Some(goto)
        } else {
            body.body.set(self.statements_after(Stat::Goto(goto))?);
            None
        };
        self.scopes.leave_block(&mut self.lexer)?;
        Ok(Branch { condition, body, only_jump, line: self.last_line() })
    }

    /// The rest of a block whose first statement has been read.
    fn statements_after(&mut self, first: Stat<'t>) -> Fallible<Seq<'t, Stat<'t>>> {
        let rest = self.statements()?;
        Ok(Seq::prepend(self.arena, first, rest)?)
    }

    /// `LOCAL FUNCTION NAME body`
    fn local_function(&mut self) -> Fallible<Stat<'t>> {
        let name = self.expect_name()?;
        self.scopes.declare(&mut self.lexer, name)?;
        self.scopes.activate(&mut self.lexer, 1)?;
        let line = self.line();
        let (proto, line) = self.function_body(false, line)?;
        Ok(Stat::LocalFunction(self.arena.add(LocalFunction { name, proto, line })?))
    }

    /// `LOCAL NAME ATTRIB { ',' NAME ATTRIB } ['=' explist]`
    fn local_statement(&mut self) -> Fallible<Stat<'t>> {
        let LocalNames { mut names, last_name, last_kind, to_close } = self.local_names()?;
        let (mut values, last_value) = if self.accept_byte(b'=')? {
            self.direct = self.is_direct_table();
            let (values, last) = self.expression_list()?;
            (values, Some(last))
        } else {
            (SeqBuilder::new(), None)
        };
        let line = self.last_line();
        let mut constant = None;
        let base = self.scopes.function().registers as u32;
        let wanted = names.len + 1;
        if let Some(expr) = last_value {
            if last_kind == VariableKind::Constant && values.len == names.len && is_constant(&expr) {
                constant = Some(expr);
            } else {
                self.adjust_registers(base, values.len + 1, &expr, wanted)?;
                values.push(self.arena, Operand { expr, line })?;
            }
        } else {
            self.take_registers(wanted)?;
        }
        if constant.is_none() {
            names.push(self.arena, last_name)?;
        }
        self.scopes.activate(&mut self.lexer, names.len as usize)?;
        if let Some(value) = constant {
            self.scopes.activate_constant(value);
        }
        if to_close.is_some() {
            self.scopes.mark_to_be_closed();
        }
        Ok(Stat::Local(self.arena.add(LocalStat {
            names: names.finish(),
            count: names.len,
            values: values.finish(),
            value_count: values.len,
            to_close,
            line,
        })?))
    }

    /// `NAME ATTRIB { ',' NAME ATTRIB }`: declares the variables.
    #[inline(always)]
    fn local_names(&mut self) -> Fallible<LocalNames<'t>> {
        let mut names = SeqBuilder::new();
        let mut to_close = None;
        let default = match version::HAS_PREFIX_ATTRIBUTES {
            true => self.attribute(VariableKind::Plain)?,
            false => VariableKind::Plain,
        };
        loop {
            let name = self.expect_name()?;
            self.scopes.declare(&mut self.lexer, name)?;
            let kind = if version::HAS_TBC { self.attribute(default)? } else { VariableKind::Plain };
            if let Some(variable) = self.scopes.last_declared() {
                variable.kind = kind;
            }
            if kind == VariableKind::ToClose {
                if to_close.is_some() {
                    let message = b"multiple to-be-closed variables in local list";
                    return Err(self.lexer.error_without_token(&[Part::Bytes(message)]));
                }
                let base = self.scopes.function().registers;
                to_close = Some(base.wrapping_add(names.len as u8));
            }
            if !self.accept_byte(b',')? {
                return Ok(LocalNames { names, last_name: name, last_kind: kind, to_close });
            }
            names.push(self.arena, name)?;
        }
    }

    /// `['<' NAME '>']`; `default` when there is none.
    pub(super) fn attribute(&mut self, default: VariableKind) -> Fallible<VariableKind> {
        if !self.accept_byte(b'<')? {
            return Ok(default);
        }
        let name = self.expect_name()?;
        self.expect_byte(b'>')?;
        // SAFETY: the name is reachable.
        match unsafe { Str::bytes(name) } {
            b"const" => Ok(VariableKind::Constant),
            b"close" => Ok(VariableKind::ToClose),
            _ => {
                let parts = [Part::Bytes(b"unknown attribute '"), Part::Str(name), Part::Bytes(b"'")];
                Err(self.lexer.error_without_token(&parts))
            }
        }
    }

    /// `FUNCTION NAME {'.' NAME} [':' NAME] body`
    fn function_statement(&mut self, line: u32) -> Fallible<Stat<'t>> {
        self.advance()?;
        let mut name = Suffixes::new();
        self.variable(&mut name)?;
        while self.token() == Token::Byte(b'.') {
            self.field(&mut name)?;
        }
        let is_method = self.token() == Token::Byte(b':');
        if is_method {
            self.field(&mut name)?;
        }
        let target = self.target(&name)?.unwrap_or(Target::Local(0));
        if version::FUNCTION_NAME_CHECKED_FIRST {
            self.check_assignable(&name)?;
        }
        let (proto, end_line) = self.function_body(is_method, line)?;
        self.check_assignable(&name)?;
        Ok(Stat::Function(self.arena.add(FunctionStat { target, proto, end_line, line })?))
    }

    /// A call, or an assignment.
    fn expression_statement(&mut self) -> Fallible<Stat<'t>> {
        let mut first = Suffixes::new();
        self.suffixes(&mut first)?;
        if version::OLD_STATEMENTS {
            return if first.is_call { Ok(Stat::Call(self.tree_of(&first)?)) } else { self.assignment(first) };
        }
        if matches!(self.token(), Token::Byte(b'=' | b',')) {
            return self.assignment(first);
        }
        if !first.is_call {
            return Err(self.lexer.error(&[Part::Bytes(b"syntax error")]));
        }
        Ok(Stat::Call(self.tree_of(&first)?))
    }

    /// `{',' suffixedexp} '=' explist`
    fn assignment(&mut self, first: Suffixes<'t>) -> Fallible<Stat<'t>> {
        let mut targets = SeqBuilder::new();
        let mut variable = first;
        // Each further variable counts as a level of nesting.
        let mut levels = 0;
        loop {
            let Some(target) = self.target(&variable)? else {
                return Err(self.lexer.error(&[Part::Bytes(b"syntax error")]));
            };
            self.check_assignable(&variable)?;
            let kept = registers::kept(&target);
            self.scopes.function().free += kept;
            targets.push(self.arena, (target, self.last_line()))?;
            if !self.accept_byte(b',')? {
                break;
            }
            variable = Suffixes::new();
            self.suffixes(&mut variable)?;
            if version::BLOCKS_ARE_LEVELS {
                self.check_target_count(targets.len)?;
                continue;
            }
            self.enter()?;
            levels += 1;
        }
        if version::NESTING_HAS_ITS_MESSAGE {
            // The variables are counted where they are read, and not for the values.
            for _ in 0..core::mem::take(&mut levels) {
                self.leave();
            }
        }
        self.expect_byte(b'=')?;
        if targets.len == 1 && self.is_direct_table() {
            if let Some(((target, _), _)) = targets.finish().split_first() {
                // SAFETY: the lexer's table holds all strings.
                unsafe { self.consumer.target(target)? };
            }
            self.direct = true;
        }
        let base = self.free();
        let (mut values, expr) = self.expression_list()?;
        if values.len + 1 != targets.len {
            self.adjust_registers(base, values.len + 1, &expr, targets.len)?;
        } else if fold::truth(&expr).is_none() {
            self.check_registers(registers::any(&expr))?;
        }
        values.push(self.arena, Operand { expr, line: self.last_line() })?;
        for _ in 0..levels {
            self.leave();
        }
        Ok(Stat::Assign(self.arena.add(Assign {
            targets: targets.finish(),
            count: targets.len,
            values: values.finish(),
            value_count: values.len,
            line: self.last_line(),
        })?))
    }

    /// There can be as many variables as levels of nesting are left.
    fn check_target_count(&mut self, count: u32) -> Fallible<()> {
        // SAFETY: the thread is live.
        let levels = unsafe { (*self.lexer.l).c_calls & 0xFFFF };
        let limit = MAX_C_CALLS.saturating_sub(levels);
        if count <= limit {
            return Ok(());
        }
        let line = self.scopes.function().line;
        Err(Scopes::limit_error(&mut self.lexer, line, b"variables in assignment", limit as usize))
    }

    /// `RETURN [explist] [';']`
    fn return_statement(&mut self) -> Fallible<Stat<'t>> {
        let mut values = SeqBuilder::new();
        let mut tail_call = false;
        let mut open = false;
        if !self.block_follows(true) && self.token() != Token::Byte(b';') {
            self.direct = self.is_direct_table();
            let (list, expr) = self.expression_list()?;
            values = list;
            let multiple = matches!(expr, Expr::Suffixed(it) if it.is_call);
            if !multiple {
                self.check_registers(if values.len == 0 { registers::any(&expr) } else { 1 })?;
            }
            open = multiple || matches!(expr, Expr::Vararg(_));
            values.push(self.arena, Operand { expr, line: self.last_line() })?;
            let inside_tbc = self.scopes.block().is_some_and(|block| block.inside_tbc);
            tail_call = values.len == 1 && !inside_tbc && matches!(expr, Expr::Suffixed(it) if it.is_call);
        }
        let line = self.last_line();
        if version::REGISTERS_ARE_A_LIMIT && values.len >= MAX_OPERAND && !open {
            return Err(self.too_many(b"returns"));
        }
        if !version::OLD_STATEMENTS {
            self.accept_byte(b';')?;
        }
        Ok(Stat::Return(self.arena.add(Return { values: values.finish(), count: values.len, tail_call, line })?))
    }
}

/// Whether the expression is a value known while compiling.
fn is_constant(expr: &Expr) -> bool {
    use Expr::{False, Float, Integer, Nil, String, True};
    matches!(expr, Nil | False | True | Integer(_) | Float(_) | String(_))
}
