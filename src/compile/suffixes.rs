//! Field accesses and calls.

use super::expressions::local;
use super::generator::{Extra, Generator};
use crate::bytecode::isa::{Op, Word, abc};
use crate::object::string::MAX_SHORT;
use crate::object::{Fallible, Str};
use crate::syntax::tree::{Arguments, Expr, Operand, SuffixKind, Suffixed};
use crate::version::HAS_ENV_UPVALUE;

/// A variable whose parts have been evaluated.
#[derive(Clone, Copy)]
pub enum Place {
    Local(u32),
    Upvalue(u32),
    /// Upvalue, constant; without `_ENV`, a global variable whatever the upvalue
    UpvalueField(u32, u32),
    /// Register, constant
    Field(u32, u32),
    /// Register, integer
    Integer(u32, u32),
    /// Register, register
    Index(u32, u32),
    /// Register of the key: a field of the extra arguments
    ExtraField(u32),
}

/// What the suffixes read so far lead to.
#[derive(Clone, Copy)]
pub enum Pending<'t> {
    Expr(Expr<'t>),
    Place(Place),
    /// The call instruction; the result will be in its first register.
    Call(u32),
}

impl Generator {
    /// Evaluates all of a suffixed expression but its last access. Registers that a place needs stay taken.
    #[inline(always)]
    pub fn suffixes<'t>(&mut self, suffixed: &Suffixed<'t>) -> Fallible<Pending<'t>> {
        let mark = self.free;
        let mut pending = Pending::Expr(suffixed.head);
        for suffix in suffixed.suffixes.iter() {
            let line = suffix.line;
            pending = match suffix.kind {
                SuffixKind::Field(name, name_line) => {
                    let key = Operand { expr: Expr::String(name), line: name_line };
                    Pending::Place(self.access(pending, &key, name_line, line, mark)?)
                }
                SuffixKind::Index { key, constant_line } => {
                    Pending::Place(self.access(pending, &key, constant_line, line, mark)?)
                }
                SuffixKind::Call(arguments) => {
                    self.settle(pending, mark, line)?;
                    self.free = mark;
                    self.reserve(1, line)?;
                    Pending::Call(self.finish_call(arguments, mark)?)
                }
                SuffixKind::Method(name, arguments) => {
                    self.method(pending, name, mark, line)?;
                    Pending::Call(self.finish_call(arguments, mark)?)
                }
            };
        }
        Ok(pending)
    }

    /// Puts what is pending into register `to`, the first one above those that it needs not.
    fn settle(&mut self, pending: Pending, to: u32, line: u32) -> Fallible<()> {
        match pending {
            Pending::Expr(expr) => self.load(&expr, to, line),
            Pending::Place(place) => {
                self.free = to;
                self.get(place, to, line)
            }
            Pending::Call(call) => {
                let base = self.code.get(call as usize).map_or(to, |word| word.a());
                self.load_register(base, to, line)
            }
        }
    }

    /// The register of what is pending: a local variable's own, or `mark`, taken.
    fn settle_anywhere(&mut self, pending: Pending, mark: u32, line: u32) -> Fallible<u32> {
        if let Pending::Expr(expr) = pending
            && let Some(register) = local(&expr)
        {
            return Ok(register);
        }
        self.settle(pending, mark, line)?;
        self.free = mark;
        self.reserve(1, line)?;
        Ok(mark)
    }

    /// `pending[key]`, where `line` is that of loading what is pending.
    #[inline(always)]
    fn access(&mut self, pending: Pending, key: &Operand, constant_line: u32, line: u32, mark: u32) -> Fallible<Place> {
        if let (Pending::Expr(Expr::Local(register)), Extra::Fields(extra)) = (pending, self.extra)
            && register as u32 == extra
        {
            return Ok(Place::ExtraField(self.any(&key.expr, constant_line)?));
        }
        let field = self.field_constant(&key.expr)?;
        let mut line = line;
        if let (Pending::Expr(Expr::Environment), Some(constant)) = (pending, field) {
            return Ok(Place::UpvalueField(0, constant));
        }
        if let Pending::Expr(Expr::Upvalue(upvalue)) = pending
            && HAS_ENV_UPVALUE
        {
            let upvalue = upvalue as u32;
            if let Some(constant) = field {
                return Ok(Place::UpvalueField(upvalue, constant));
            }
            // The upvalue is read after the key has been evaluated.
            line = constant_line;
            if small_integer(&key.expr).is_none() {
                let key_line = if Self::literal(&key.expr).is_some() { constant_line } else { key.line };
                let index = self.any(&key.expr, key_line)?;
                let table = self.push(&Expr::Upvalue(upvalue as u64), constant_line)?;
                return Ok(Place::Index(table, index));
            }
        }
        let table = self.settle_anywhere(pending, mark, line)?;
        if let Some(constant) = field {
            return Ok(Place::Field(table, constant));
        }
        if let Some(n) = small_integer(&key.expr) {
            return Ok(Place::Integer(table, n));
        }
        let key_line = if Self::literal(&key.expr).is_some() { constant_line } else { key.line };
        Ok(Place::Index(table, self.any(&key.expr, key_line)?))
    }

    /// The constant of a key that an instruction can hold: a short string with a small index.
    pub fn field_constant(&mut self, key: &Expr) -> Fallible<Option<u32>> {
        match *key {
            // SAFETY: the string is reachable.
            Expr::String(name) if unsafe { Str::len(name) } <= MAX_SHORT => self.byte_constant(key),
            _ => Ok(None),
        }
    }

    /// The place `R[table][key]` of a table constructor's field.
    pub fn record_place(&mut self, table: u32, key: &Operand, constant_line: u32) -> Fallible<Place> {
        self.access(Pending::Expr(Expr::Local(table as u64)), key, constant_line, constant_line, self.free)
    }

    /// `R[to] := place`
    pub fn get(&mut self, place: Place, to: u32, line: u32) -> Fallible<()> {
        self.claim(to, line)?;
        let word = match place {
            Place::Local(register) => return self.load_register(register, to, line),
            Place::Upvalue(upvalue) => abc(Op::GetUpval, to, upvalue, 0),
            Place::UpvalueField(upvalue, key) => abc(Op::GetTabUp, to, upvalue, key),
            Place::Field(table, key) => abc(Op::GetField, to, table, key),
            Place::Integer(table, n) => abc(Op::GetI, to, table, n),
            Place::Index(table, key) => abc(Op::GetTable, to, table, key),
            Place::ExtraField(key) => abc(Op::VarargGet, to, 0, key),
        };
        self.emit(word, line)?;
        Ok(())
    }

    /// Loads the first value of a suffixed expression.
    pub fn load_suffixed(&mut self, suffixed: &Suffixed, to: u32, line: u32) -> Fallible<()> {
        let mark = self.free;
        let pending = self.suffixes(suffixed)?;
        self.free = mark;
        match pending {
            Pending::Place(place) => self.get(place, to, line),
            pending => self.settle(pending, to, line),
        }
    }

    /// Emits a call for one result and returns the number of its instruction.
    pub fn call(&mut self, suffixed: &Suffixed) -> Fallible<u32> {
        match self.suffixes(suffixed)? {
            Pending::Call(call) => Ok(call),
            // The last suffix of the expression is a call.
            _ => Ok(0),
        }
    }

    /// `R[base + 1] := object; R[base] := object[name]`, both taken.
    fn method(&mut self, pending: Pending, name: *mut Str, base: u32, line: u32) -> Fallible<()> {
        let object = self.settle_anywhere(pending, base, line)?;
        self.free = base;
        self.reserve(2, line)?;
        let key = Expr::String(name);
        let word = match self.field_constant(&key)? {
            Some(constant) => abc(Op::SelfK, base, object, constant),
            None => {
                let register = self.push(&key, line)?;
                self.free = base + 2;
                abc(Op::SelfR, base, object, register)
            }
        };
        self.emit(word, line)?;
        Ok(())
    }

    /// The arguments and the call of the function in `R[base]`; only that register stays taken, by the result.
    fn finish_call(&mut self, arguments: &Arguments, base: u32) -> Fallible<u32> {
        let open = self.push_list(arguments.list)?;
        let count = if open { 0 } else { self.free - base };
        self.free = base;
        self.reserve(1, arguments.line)?;
        self.emit(abc(Op::Call, base, count, 2), arguments.line)
    }
}

/// An integer key that an instruction can hold.
fn small_integer(key: &Expr) -> Option<u32> {
    match *key {
        Expr::Integer(n) => u8::try_from(n).ok().map(u32::from),
        _ => None,
    }
}
