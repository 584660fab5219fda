//! Declarations of global variables (manual §3.3.7 of 5.5).
//!
//! `global` is no reserved word: it begins a declaration where a name, an attribute, `*` or `function` follows.

use super::Parser;
use crate::object::{Fallible, Str};
use crate::syntax::scope::{Meaning, VariableKind};
use crate::syntax::token::Token;
use crate::syntax::tree::{Expr, GlobalFunction, GlobalStat, Operand, SeqBuilder, Stat};
use crate::version::HAS_ENV_UPVALUE;
use crate::vm::error::Part;

impl<'t> Parser<'t, '_> {
    /// Whether the name `global`, the current token, begins a declaration.
    pub(super) fn declares_globals(&mut self) -> Fallible<bool> {
        Ok(matches!(self.lexer.look_ahead()?, Token::Byte(b'<' | b'*') | Token::Name(_) | Token::Function))
    }

    /// `GLOBAL FUNCTION NAME body`, `GLOBAL attrib '*'` or `GLOBAL attrib NAME attrib {',' NAME attrib} ['=' explist]`,
    /// the first word already read.
    pub(super) fn global_statement(&mut self, line: u32) -> Fallible<Option<Stat<'t>>> {
        if self.accept(Token::Function)? {
            return self.global_function(line).map(Some);
        }
        let default = self.global_attribute(VariableKind::Global)?;
        if self.accept_byte(b'*')? {
            self.declare_global(core::ptr::null_mut(), default)?;
            self.scopes.activate_globals(1);
            return Ok(None);
        }
        let mut names = SeqBuilder::new();
        loop {
            let name = self.expect_name()?;
            let kind = self.global_attribute(default)?;
            self.declare_global(name, kind)?;
            names.push(self.arena, name)?;
            if !self.accept_byte(b',')? {
                break;
            }
        }
        let stat = if self.accept_byte(b'=')? { Some(self.initialised(&names)?) } else { None };
        self.scopes.activate_globals(names.len as usize);
        Ok(stat)
    }

    /// The values of declared variables, each of which must not exist yet.
    fn initialised(&mut self, names: &SeqBuilder<'t, *mut Str>) -> Fallible<Stat<'t>> {
        let line = self.line();
        let mut targets = SeqBuilder::new();
        // Each variable counts as a level of nesting, and the table it lies in may take a register.
        for &name in names.finish().iter() {
            let target = self.global_variable(name)?;
            targets.push(self.arena, (name, target))?;
            self.enter()?;
        }
        let base = self.free();
        let (mut values, expr) = self.expression_list()?;
        self.adjust_registers(base, values.len + 1, &expr, names.len)?;
        let values_line = self.last_line();
        values.push(self.arena, Operand { expr, line: values_line })?;
        for _ in 0..names.len {
            self.leave();
        }
        Ok(Stat::Global(self.arena.add(GlobalStat {
            targets: targets.finish(),
            count: targets.len,
            values: values.finish(),
            value_count: values.len,
            values_line,
            line,
        })?))
    }

    /// `NAME body`: the function sees its own name as declared.
    fn global_function(&mut self, line: u32) -> Fallible<Stat<'t>> {
        let name = self.expect_name()?;
        self.declare_global(name, VariableKind::Global)?;
        self.scopes.activate_globals(1);
        let target = self.global_variable(name)?;
        let body_line = self.line();
        let (proto, end_line) = self.function_body(false, body_line)?;
        Ok(Stat::GlobalFunction(self.arena.add(GlobalFunction { name, target, proto, end_line, line })?))
    }

    fn declare_global(&mut self, name: *mut Str, kind: VariableKind) -> Fallible<()> {
        self.scopes.declare(&mut self.lexer, name)?;
        if let Some(variable) = self.scopes.last_declared() {
            variable.kind = kind;
        }
        Ok(())
    }

    fn global_attribute(&mut self, default: VariableKind) -> Fallible<VariableKind> {
        match self.attribute(default)? {
            VariableKind::ToClose => {
                let message = b"global variables cannot be to-be-closed";
                Err(self.lexer.error_without_token(&[Part::Bytes(message)]))
            }
            VariableKind::Constant => Ok(VariableKind::GlobalConstant),
            kind => Ok(kind),
        }
    }

    /// Where the global variables are: the variable `_ENV`, seen from here, or the function's environment. Also tells whether
    /// that is the variable of the extra arguments.
    pub(super) fn globals_table(&mut self, name: *mut Str) -> Fallible<(Expr<'t>, bool)> {
        if !HAS_ENV_UPVALUE {
            return Ok((Expr::Environment, false));
        }
        let mut is_extra = false;
        let table = match self.scopes.resolve(&mut self.lexer, self.env)? {
            Meaning::Local { register, kind } => {
                is_extra = kind == VariableKind::Extra;
                Expr::local(register)
            }
            Meaning::Upvalue { index, .. } => Expr::upvalue(index),
            Meaning::Value(value) => value,
            Meaning::Free { .. } | Meaning::Undeclared => {
                let before = Part::Bytes(b"_ENV is global when accessing variable '");
                return Err(self.lexer.error_without_token(&[before, Part::Str(name), Part::Bytes(b"'")]));
            }
        };
        Ok((table, is_extra))
    }
}
