//! The parser: recursive descent over the grammar of manual §9.
//!
//! Where nesting in the source becomes nesting of native calls, a level is counted against the limit that nested C
//! calls have, too, so that no source can exhaust the native stack.

mod expressions;
mod functions;
mod globals;
mod loops;
mod operators;
mod registers;
mod statements;
mod suffixes;

use super::arena::Arena;
use super::lexer::{Lexer, SPELLING, spell};
use super::scope::{NO_JUMP, Scopes};
use super::token::Token;
use super::tree::{Consumer, Expr, Label, Operand, SeqBuilder};
use crate::object::thread::MAX_C_CALLS;
use crate::object::{Fallible, Str, Thread, Thrown};
use crate::version::{HAS_GLOBAL_DECLARATIONS, NESTING_HAS_ITS_MESSAGE};
use crate::vm::error::{self, Part};
use crate::vm::input::Input;
use core::cell::Cell;

/// What parses one chunk.
struct Parser<'t, 'a> {
    lexer: Lexer<'a>,
    arena: &'t Arena,
    scopes: Scopes<'t>,
    consumer: &'a mut dyn Consumer,
    /// The name `_ENV`.
    env: *mut Str,
    /// The name `global`, where that may begin a declaration.
    global: *mut Str,
    /// A table constructor begins at the current token that is handed over field by field.
    direct: bool,
    /// The error of a function that returns none.
    thrown: Thrown,
}

/// Parses the chunk in `input` and gives its functions to `consumer`,
/// the main function last.
///
/// # Safety
/// `l` is live and has free stack slots; `source` (the chunk's name) is reachable.
pub unsafe fn parse(l: *mut Thread, input: &mut Input, source: *mut Str, consumer: &mut dyn Consumer) -> Fallible<()> {
    // SAFETY: the heap outlives the call; strings are anchored by the lexer.
    unsafe {
        let heap = &raw mut (*(*l).global).heap;
        let arena = Arena::new(heap);
        let mut lexer = Lexer::new(l, input, source)?;
        let global = if HAS_GLOBAL_DECLARATIONS { lexer.string(b"global")? } else { core::ptr::null_mut() };
        let env = (*(*l).global).env_name;
        let (scopes, thrown) = (Scopes::new(heap), Thrown::Syntax);
        let mut parser = Parser { lexer, arena: &arena, scopes, consumer, env, global, direct: false, thrown };
        parser.main_function()
    }
}

impl<'t> Parser<'t, '_> {
    fn token(&self) -> Token {
        self.lexer.token
    }

    /// Line of the token consumed last.
    fn last_line(&self) -> u32 {
        self.lexer.last_line
    }

    /// Line of the current token.
    fn line(&self) -> u32 {
        self.lexer.line
    }

    fn advance(&mut self) -> Fallible<()> {
        self.lexer.advance()
    }

    /// Consumes the current token if it is `token`.
    #[inline(always)]
    fn accept(&mut self, token: Token) -> Fallible<bool> {
        let found = self.lexer.token == token;
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    #[inline(always)]
    fn accept_byte(&mut self, byte: u8) -> Fallible<bool> {
        self.accept(Token::Byte(byte))
    }

    /// Consumes `token`, which has to be the current one.
    fn expect(&mut self, token: Token) -> Fallible<()> {
        if self.accept(token)? { Ok(()) } else { Err(self.lexer.error_expected(token)) }
    }

    fn expect_byte(&mut self, byte: u8) -> Fallible<()> {
        self.expect(Token::Byte(byte))
    }

    /// Consumes `what`, which closes `opening` of the given line.
    fn expect_closing(&mut self, what: Token, opening: Token, line: u32) -> Fallible<()> {
        if self.accept(what)? {
            return Ok(());
        }
        if line == self.line() {
            return Err(self.lexer.error_expected(what));
        }
        let (mut close, mut open) = ([0; SPELLING], [0; SPELLING]);
        Err(self.lexer.error(&[
            Part::Bytes(spell(what, &mut close)),
            Part::Bytes(b" expected (to close "),
            Part::Bytes(spell(opening, &mut open)),
            Part::Bytes(b" at line "),
            Part::Int(line as i64),
            Part::Bytes(b")"),
        ]))
    }

    fn expect_name(&mut self) -> Fallible<*mut Str> {
        match self.token() {
            Token::Name(name) => {
                self.advance()?;
                Ok(name)
            }
            _ => Err(self.lexer.error_expected(Token::Name(core::ptr::null_mut()))),
        }
    }

    /// Counts a level of nesting; [`Parser::leave`] takes it back.
    fn enter(&mut self) -> Fallible<()> {
        // SAFETY: the thread is live.
        unsafe {
            if NESTING_HAS_ITS_MESSAGE {
                (*self.lexer.l).c_calls += 1;
                let levels = (*self.lexer.l).c_calls & 0xFFFF;
                return if levels > MAX_C_CALLS { Err(self.scopes.too_many_levels(&mut self.lexer)) } else { Ok(()) };
            }
            error::enter_c_call(self.lexer.l)
        }
    }

    fn leave(&mut self) {
        // SAFETY: the level was counted by `enter`.
        unsafe { error::leave_c_call(self.lexer.l) }
    }

    /// Whether the current token ends a block (`until` ends it, but not the scope).
    fn block_follows(&self, with_until: bool) -> bool {
        match self.token() {
            Token::Else | Token::Elseif | Token::End | Token::Eof => true,
            Token::Until => with_until,
            _ => false,
        }
    }

    /// `expr { ',' expr }`: all but the last expression are in the list; the caller adds that, with its line. The others
    /// have registers.
    #[inline(always)]
    fn expression_list(&mut self) -> Fallible<(SeqBuilder<'t, Operand<'t>>, Expr<'t>)> {
        let mut list = SeqBuilder::new();
        loop {
            let expr = self.expression()?;
            if !self.accept_byte(b',')? {
                return Ok((list, expr));
            }
            self.take_registers(1)?;
            list.push(self.arena, Operand { expr, line: self.last_line() })?;
        }
    }

    fn new_label(&mut self, line: u32) -> Fallible<&'t Label> {
        Ok(self.arena.add(Label {
            level: Cell::new(0),
            closes: Cell::new(false),
            line: Cell::new(line),
            end_line: Cell::new(line),
            position: Cell::new(None),
            waiting: Cell::new(NO_JUMP),
        })?)
    }
}
