//! The state of compiling one function: registers, local variables, blocks, and the finished prototype.

use super::constants::Constants;
use super::suffixes::Place;
use crate::bytecode::isa::{Op, Word, abc};
use crate::gc;
use crate::memory::List;
use crate::object::function::LINE_ABSOLUTE;
use crate::object::{
    AbsLine, Fallible, GcHeader, Instruction, LocalVar, Proto, Str, Thread, Thrown, UpvalueDesc, Value,
};
use crate::syntax::tree::{Block, Function, Seq};
use crate::version::{
    EXTRA_ARGUMENTS_ARE_ARG, HAS_VARARG_PARAMETER, REGISTERS, SCOPES_END_BEFORE_CLOSE, SCOPES_END_BEFORE_RETURN,
};
use crate::vm;
use crate::vm::error::{self, Part};

/// Room for this many instructions at first.
const FIRST_CODE: usize = 48;
/// At most so many instructions between two with an absolute line.
const MAX_WITHOUT_LINE: u32 = 128;

/// Where a function has its extra arguments (5.1: `arg`, 5.5: `...name`) beside `...` itself.
#[derive(Clone, Copy)]
pub enum Extra {
    Nowhere,
    /// In a table in this register.
    Table(u32),
    /// This register's variable is no table, since only its fields are read.
    Fields(u32),
}

/// A block being compiled.
#[derive(Clone, Copy)]
pub struct OpenBlock {
    pub base: u8,
    pub needs_close: bool,
}

/// Compiles functions, one after the other.
pub struct Generator {
    pub l: *mut Thread,
    source: *mut Str,
    pub code: List<Instruction>,
    /// Line of each instruction.
    pub lines: List<u32>,
    pub constants: Constants,
    /// The first zero of the function (see `ZEROS_ARE_ONE_CONSTANT`).
    pub zero: Option<f64>,
    locals: List<LocalVar>,
    /// Index in `locals` of the variable in each register from 0 to `active - 1`.
    open_locals: List<u32>,
    pub blocks: List<OpenBlock>,
    /// First free register. Those below `active` hold local variables.
    pub free: u32,
    pub active: u32,
    max_stack: u32,
    /// Instruction that jumps may lead to, so that the one before must not be changed any more.
    pub last_target: u32,
    pub is_vararg: bool,
    pub extra: Extra,
    /// Some variable is captured or to be closed.
    pub needs_close: bool,
    /// The next statement's variable, if its parts have been evaluated already.
    pub place_ahead: Option<Place>,
}

impl Generator {
    /// # Safety
    /// `l` is live; `source` is reachable.
    pub unsafe fn new(l: *mut Thread, source: *mut Str) -> Generator {
        // SAFETY: the heap outlives the generator.
        unsafe {
            let heap = &raw mut (*(*l).global).heap;
            Generator {
                l,
                source,
                code: List::new(heap),
                lines: List::new(heap),
                constants: Constants::new(heap),
                zero: None,
                locals: List::new(heap),
                open_locals: List::new(heap),
                blocks: List::new(heap),
                free: 0,
                active: 0,
                max_stack: 2,
                last_target: 0,
                is_vararg: false,
                extra: Extra::Nowhere,
                needs_close: false,
                place_ahead: None,
            }
        }
    }

    /// Begins a function. The one before was finished: what is left of it are lines, and blocks that were never closed.
    fn start(&mut self, is_vararg: bool, needs_close: bool) -> Fallible<()> {
        self.lines.clear();
        self.code.reserve(FIRST_CODE)?;
        self.lines.reserve(FIRST_CODE)?;
        self.blocks.clear();
        self.open_locals.clear();
        self.zero = None;
        (self.free, self.active, self.max_stack, self.last_target) = (0, 0, 2, 0);
        (self.is_vararg, self.needs_close) = (is_vararg, needs_close);
        (self.extra, self.place_ahead) = (Extra::Nowhere, None);
        Ok(())
    }

    /// Begins the main function, of which it is not known yet whether it needs to close variables.
    pub fn begin(&mut self, line: u32) -> Fallible<()> {
        self.start(true, false)?;
        self.emit(abc(Op::VarargPrep, 0, 0, 0), line)?;
        Ok(self.blocks.push(OpenBlock { base: 0, needs_close: false })?)
    }

    /// Compiles what is left of the main function.
    pub fn end(&mut self, main: &Function) -> Fallible<()> {
        if main.needs_close {
            self.needs_close = true;
            for word in self.code.iter_mut().filter(|word| matches!(word.op(), Op::Return | Op::TailCall)) {
                *word = abc(word.op(), word.a(), word.b(), true as u32);
            }
        }
        if let Some(body) = self.blocks.first_mut() {
            body.needs_close = main.body.needs_close.get();
        }
        self.body(main)
    }

    /// Compiles a function.
    pub fn function(&mut self, function: &Function) -> Fallible<()> {
        self.start(function.is_vararg, function.needs_close)?;
        self.activate(function.parameters)?;
        self.extra = match function.extra {
            Some((_, true)) => Extra::Table(self.active),
            Some((_, false)) if HAS_VARARG_PARAMETER => Extra::Fields(self.active),
            _ => Extra::Nowhere,
        };
        if function.is_vararg {
            let table = if let Extra::Table(register) = self.extra { register + 1 } else { 0 };
            if let Some((name, _)) = function.extra.filter(|_| EXTRA_ARGUMENTS_ARE_ARG) {
                self.activate_one(name)?;
            }
            self.emit(abc(Op::VarargPrep, function.parameter_count as u32, table, 0), function.first_line)?;
        }
        if let Some((name, _)) = function.extra.filter(|_| !EXTRA_ARGUMENTS_ARE_ARG) {
            self.activate_one(name)?;
        }
        self.reserve(self.active, function.first_line)?;
        let body = function.body;
        self.blocks.push(OpenBlock { base: body.base, needs_close: body.needs_close.get() })?;
        self.body(function)
    }

    /// The statements, and the end.
    fn body(&mut self, function: &Function) -> Fallible<()> {
        self.statements(function.body.body.get())?;
        if SCOPES_END_BEFORE_RETURN {
            self.deactivate(0);
        }
        self.emit_return(self.active, 0, function.end_line)?;
        self.deactivate(0);
        Ok(())
    }

    /// `return R[first], …`; `values` of them, `None` for all up to the top.
    pub fn emit_return(&mut self, first: u32, values: impl Into<Option<u32>>, line: u32) -> Fallible<()> {
        let plain = !self.is_vararg && !self.needs_close;
        let word = match values.into() {
            Some(0) if plain => abc(Op::Return0, 0, 0, 0),
            Some(1) if plain => abc(Op::Return1, first, 0, 0),
            values => abc(Op::Return, first, values.map_or(0, |n| n + 1), self.needs_close as u32),
        };
        self.emit(word, line)?;
        Ok(())
    }

    // ---- registers

    /// Makes sure that `n` registers above those in use exist.
    pub fn need(&mut self, n: u32, line: u32) -> Fallible<()> {
        let top = self.free + n;
        if top > self.max_stack {
            if top >= REGISTERS.0 {
                return Err(self.error(REGISTERS.1, line));
            }
            self.max_stack = top;
        }
        Ok(())
    }

    /// Makes sure that register `to` exists, which is a local variable's or the first free one.
    pub fn claim(&mut self, to: u32, line: u32) -> Fallible<()> {
        if to >= self.free { self.need(1, line) } else { Ok(()) }
    }

    /// Takes the next `n` registers.
    pub fn reserve(&mut self, n: u32, line: u32) -> Fallible<()> {
        self.need(n, line)?;
        self.free += n;
        Ok(())
    }

    /// A syntax error.
    #[cold]
    pub fn error(&mut self, message: &'static [u8], line: u32) -> Thrown {
        let mut id = [0; vm::debug::SYNTAX_ID_SIZE];
        // SAFETY: the source is reachable.
        unsafe {
            let len = vm::debug::chunk_id(&mut id, Str::bytes(self.source));
            let line = Part::Int(line as i64);
            let (colon, space) = (Part::Bytes(b":"), Part::Bytes(b": "));
            error::syntax(self.l, &[Part::Bytes(&id[..len]), colon, line, space, Part::Bytes(message)])
        }
    }

    // ---- local variables and blocks

    /// Starts the scope of variables, which lie in the registers from `active` on.
    pub fn activate(&mut self, names: Seq<*mut Str>) -> Fallible<()> {
        for &name in names.iter() {
            self.activate_one(name)?;
        }
        Ok(())
    }

    /// Starts the scope of one variable.
    pub fn activate_one(&mut self, name: *mut Str) -> Fallible<()> {
        let start = self.pc();
        self.open_locals.push(self.locals.len() as u32)?;
        self.locals.push(LocalVar { name, start, end: start })?;
        self.active += 1;
        Ok(())
    }

    /// Ends the scope of the variables in registers from `level` on.
    fn deactivate(&mut self, level: u32) {
        let end = self.pc();
        while self.active > level {
            self.active -= 1;
            let index = self.open_locals.pop().unwrap_or(u32::MAX);
            if let Some(local) = self.locals.get_mut(index as usize) {
                local.end = end;
            }
        }
    }

    pub fn enter_block(&mut self, block: &Block) -> Fallible<()> {
        Ok(self.blocks.push(OpenBlock { base: block.base, needs_close: block.needs_close.get() })?)
    }

    /// Ends the scope of a block's variables; `closed` says that they have been closed already.
    pub fn leave_block(&mut self, block: &Block, closed: bool) -> Fallible<()> {
        if SCOPES_END_BEFORE_CLOSE {
            self.end_scope(block);
        }
        if block.needs_close.get() && !closed {
            self.emit(abc(Op::Close, block.base as u32, 0, 0), block.end_line.get())?;
        }
        self.end_scope(block);
        self.blocks.pop();
        Ok(())
    }

    pub fn end_scope(&mut self, block: &Block) {
        self.deactivate(block.base as u32);
        self.free = self.active;
    }

    // ---- the result

    /// Moves everything into the prototype. The generator can then begin another function.
    ///
    /// # Safety
    /// `proto` is reachable and empty but for its source and children.
    pub unsafe fn finish(&mut self, function: &Function, proto: *mut Proto) -> Fallible<()> {
        self.thread_jumps();
        // SAFETY: arrays are handed over with their exact lengths, each complete; strings in them are
        // reachable until they are.
        unsafe {
            let g = (*self.l).global;
            let heap = &raw mut (*g).heap;
            (*proto).params = function.parameter_count;
            (*proto).is_vararg = function.is_vararg;
            (*proto).max_stack = self.max_stack as u8;
            (*proto).line_defined = function.line_defined;
            (*proto).last_line_defined = function.last_line_defined;
            let (lines, absolute) = self.encode_lines(function.line_defined)?;
            let (data, len) = lines.into_raw()?;
            (*proto).lines = data;
            (*proto).lines_len = len as u32;
            let (data, len) = absolute.into_raw()?;
            (*proto).abs_lines = data;
            (*proto).abs_line_count = len as u32;
            let mut upvalues = List::<UpvalueDesc>::new(heap);
            upvalues.extend(function.upvalues)?;
            let (data, len) = upvalues.into_raw()?;
            (*proto).upvalues = data;
            (*proto).upvalue_count = len as u8;
            let (data, len) = self.code.take_raw()?;
            (*proto).code = data;
            (*proto).code_len = len as u32;
            let (data, len) = self.constants.take_raw()?;
            (*proto).constants = data;
            (*proto).constant_count = len as u32;
            let (data, len) = self.locals.take_raw()?;
            (*proto).locals = data;
            (*proto).local_count = len as u32;
            guard_strings(g, proto);
        }
        Ok(())
    }

    /// Differences between lines, and absolute ones where these do not fit and at regular distances.
    fn encode_lines(&mut self, line_defined: u32) -> Fallible<(List<i8>, List<AbsLine>)> {
        // SAFETY: the heap outlives the lists.
        let (mut lines, mut absolute) = unsafe {
            let heap = &raw mut (*(*self.l).global).heap;
            (List::new(heap), List::new(heap))
        };
        if !self.lines.is_empty() {
            lines.set_capacity(self.lines.len())?;
            lines.resize(self.lines.len(), LINE_ABSOLUTE)?;
        }
        let (mut previous, mut since) = (line_defined, 0);
        for (pc, (&line, place)) in self.lines.iter().zip(lines.iter_mut()).enumerate() {
            let difference = line.wrapping_sub(previous) as i32;
            previous = line;
            if difference.unsigned_abs() < 0x80 && since < MAX_WITHOUT_LINE {
                *place = difference as i8;
                since += 1;
            } else {
                absolute.push(AbsLine { pc: pc as u32, line })?;
                since = 1;
            }
        }
        Ok((lines, absolute))
    }
}

/// Barriers for all strings that a finished prototype points to.
///
/// # Safety
/// `proto` is complete.
unsafe fn guard_strings(g: *mut crate::object::Global, proto: *mut Proto) {
    // SAFETY: the arrays are as long as the counts say.
    unsafe {
        let object = proto.cast::<GcHeader>();
        // A new object is white, unless an emergency collection came along.
        if !(*object).is_black() {
            return;
        }
        gc::barrier_object(g, object, (*proto).source.cast());
        for n in 0..(*proto).constant_count as usize {
            gc::barrier(g, object, Value::load((*proto).constants.add(n)));
        }
        for n in 0..(*proto).upvalue_count as usize {
            gc::barrier_object(g, object, (*(*proto).upvalues.add(n)).name.cast());
        }
        for n in 0..(*proto).local_count as usize {
            gc::barrier_object(g, object, (*(*proto).locals.add(n)).name.cast());
        }
    }
}
