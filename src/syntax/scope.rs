//! Names and where they lead: local variables and their registers, upvalues, blocks; labels are in a part of their own.
//!
//! Registers of local variables are known while parsing: a variable takes the register above those of the active
//! variables before it (compile-time constants take none). The lists here are stacks shared by all functions that
//! are being parsed; each function and block remembers where its part begins.

mod labels;

use self::labels::undefined_goto;
use super::arena::Arena;
use super::lexer::Lexer;
use super::tree::{Block, Expr, Goto, Label, Seq};
use crate::memory::{Heap, List};
use crate::object::thread::MAX_C_CALLS;
use crate::object::{Fallible, Str, Thrown, UpvalueDesc};
use crate::version::{
    HAS_GLOBAL_DECLARATIONS, JUMPS_ARE_SOLVED_AT_BLOCK_ENDS, LABELS_ARE_PER_BLOCK, LOCAL_LIMIT_COUNTS_REGISTERS,
    MAX_UPVALUES, OLD_SYNTAX_ERRORS,
};
use crate::vm::error::{self, Part};
use core::cell::Cell;
use core::ptr;

/// Limit of local variables in a function.
pub const MAX_LOCALS: usize = 200;
/// Limit of variables with debug information, labels and pending jumps in a function.
const MAX_SHORT: usize = i16::MAX as usize;
/// `Label::waiting` and the like: no jump.
pub const NO_JUMP: u32 = u32::MAX;

/// What can be done with a variable; the numbers are those of `UpvalueDesc::kind`.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum VariableKind {
    Plain = 0,
    Constant = 1,
    ToClose = 2,
    /// A constant whose value the parser knows; it has no register.
    CompileTime = 3,
    /// The extra arguments as a table (unless only fields are read), which cannot be assigned to.
    Extra = 4,
    /// A declared global variable, or all of them, when it has no name; it has no register.
    Global = 5,
    GlobalConstant = 6,
}

impl VariableKind {
    fn has_register(self) -> bool {
        (self as u8) < VariableKind::CompileTime as u8 || self == VariableKind::Extra
    }

    fn is_global(self) -> bool {
        matches!(self, VariableKind::Global | VariableKind::GlobalConstant)
    }
}

/// A declared variable.
#[derive(Clone, Copy)]
pub struct Variable<'t> {
    pub name: *mut Str,
    pub kind: VariableKind,
    pub register: u8,
    /// Of a compile-time constant.
    pub value: Expr<'t>,
}

/// An open block.
#[derive(Clone, Copy)]
pub struct BlockScope<'t> {
    pub tree: &'t Block<'t>,
    /// Active variables of the function outside the block.
    pub active: usize,
    first_label: usize,
    first_goto: usize,
    /// In the scope of a to-be-closed variable.
    pub inside_tbc: bool,
    /// Where `break` goes, for a loop's block.
    broken: Option<&'t Label>,
}

#[derive(Clone, Copy)]
struct LabelScope<'t> {
    name: *mut Str,
    /// Active variables there.
    active: usize,
    tree: &'t Label,
}

/// A jump to a label that has not been seen. `name` is null for `break`.
#[derive(Clone, Copy)]
struct PendingGoto<'t> {
    name: *mut Str,
    line: u32,
    active: usize,
    closes: bool,
    tree: &'t Goto<'t>,
}

/// A function that is being parsed.
pub struct FunctionScope {
    /// The function around it; null for the main function.
    pub parent: *mut FunctionScope,
    pub upvalues: List<UpvalueDesc>,
    first_variable: usize,
    first_block: usize,
    first_label: usize,
    /// Active variables.
    pub active: usize,
    /// Registers of active variables.
    pub registers: u8,
    /// Registers in use, with those of temporaries.
    pub free: u32,
    pub is_vararg: bool,
    /// The extra arguments have to be a table.
    pub needs_extra_table: bool,
    pub needs_close: bool,
    pub children: u32,
    debug_variables: usize,
    pub line: u32,
}

/// What a name stands for.
pub enum Meaning<'t> {
    /// A global variable: nothing that is declared, or declared as such.
    Free {
        constant: bool,
    },
    /// A global variable that would have to be declared here.
    Undeclared,
    Local {
        register: u8,
        kind: VariableKind,
    },
    Upvalue {
        index: u8,
        kind: VariableKind,
    },
    Value(Expr<'t>),
}

/// What the declarations of globals that were passed on the way out say about other names.
#[derive(Clone, Copy)]
enum OtherGlobals {
    /// Nothing: every name may be used.
    Implicit,
    /// They have to be declared.
    Declared,
    /// They are, by `global *`.
    All { constant: bool },
}

/// The scopes of a chunk.
pub struct Scopes<'t> {
    /// The innermost function; null before the main one.
    pub function: *mut FunctionScope,
    variables: List<Variable<'t>>,
    blocks: List<BlockScope<'t>>,
    labels: List<LabelScope<'t>>,
    gotos: List<PendingGoto<'t>>,
}

impl OtherGlobals {
    /// Passes a declaration of globals that is not about the name looked for.
    fn pass(&mut self, declaration: &Variable) {
        *self = match *self {
            OtherGlobals::All { constant } => OtherGlobals::All { constant },
            _ if declaration.name.is_null() => {
                OtherGlobals::All { constant: declaration.kind == VariableKind::GlobalConstant }
            }
            _ => OtherGlobals::Declared,
        };
    }
}

impl<'t> Scopes<'t> {
    /// # Safety
    /// `heap` outlives the value.
    pub unsafe fn new(heap: *mut Heap) -> Scopes<'t> {
        // SAFETY: `heap` outlives the lists.
        unsafe {
            Scopes {
                function: ptr::null_mut(),
                variables: List::new(heap),
                blocks: List::new(heap),
                labels: List::new(heap),
                gotos: List::new(heap),
            }
        }
    }

    /// The innermost function.
    pub fn function(&mut self) -> &mut FunctionScope {
        // SAFETY: `function` points to a scope in a native frame that is still active, and is reached only
        // through here, one borrow at a time.
        unsafe { &mut *self.function }
    }

    // ---- functions

    /// A scope for a function inside the present one.
    ///
    /// # Safety
    /// `heap` outlives the scope.
    pub unsafe fn new_function(&self, heap: *mut Heap, line: u32) -> FunctionScope {
        FunctionScope {
            parent: self.function,
            // SAFETY: `heap` outlives the list.
            upvalues: unsafe { List::new(heap) },
            first_variable: self.variables.len(),
            first_block: self.blocks.len(),
            first_label: self.labels.len(),
            active: 0,
            registers: 0,
            free: 0,
            is_vararg: false,
            needs_extra_table: false,
            needs_close: false,
            children: 0,
            debug_variables: 0,
            line,
        }
    }

    /// "too many X" in the function.
    #[cold]
    pub fn limit_error(lexer: &mut Lexer, line: u32, what: &'static [u8], limit: usize) -> Thrown {
        if OLD_SYNTAX_ERRORS {
            let end = [Part::Bytes(b" has more than "), Part::Int(limit as i64), Part::Bytes(b" "), Part::Bytes(what)];
            let [a, b, c, d] = end;
            return if line == 0 {
                lexer.error_without_token(&[Part::Bytes(b"main function"), a, b, c, d])
            } else {
                let head = Part::Bytes(b"function at line ");
                lexer.error_without_token(&[head, Part::Int(line as i64), a, b, c, d])
            };
        }
        let head = [Part::Bytes(b"too many "), Part::Bytes(what), Part::Bytes(b" (limit is ")];
        let [a, b, c] = head;
        let limit = Part::Int(limit as i64);
        if line == 0 {
            lexer.error(&[a, b, c, limit, Part::Bytes(b") in main function")])
        } else {
            let place = Part::Bytes(b") in function at line ");
            lexer.error(&[a, b, c, limit, place, Part::Int(line as i64)])
        }
    }

    /// The error for syntax that is nested too deeply.
    #[cold]
    pub fn too_many_levels(&mut self, lexer: &mut Lexer) -> Thrown {
        if OLD_SYNTAX_ERRORS {
            return lexer.error_without_token(&[Part::Bytes(b"chunk has too many syntax levels")]);
        }
        let line = self.function().line;
        Self::limit_error(lexer, line, b"C levels", MAX_C_CALLS as usize)
    }

    // ---- local variables

    /// Declares a variable of the present function; it becomes active later.
    pub fn declare(&mut self, lexer: &mut Lexer, name: *mut Str) -> Fallible<()> {
        let function = self.function();
        let (first, line) = (function.first_variable, function.line);
        if LOCAL_LIMIT_COUNTS_REGISTERS {
            if self.variables.len() >= MAX_SHORT {
                return Err(too_many(lexer, b"variable declarations"));
            }
        } else if self.variables.len() + 1 - first > MAX_LOCALS {
            return Err(Self::limit_error(lexer, line, b"local variables", MAX_LOCALS));
        }
        let kind = VariableKind::Plain;
        Ok(self.variables.push(Variable { name, kind, register: 0, value: Expr::Nil })?)
    }

    /// The variable declared last.
    pub fn last_declared(&mut self) -> Option<&mut Variable<'t>> {
        self.variables.last_mut()
    }

    /// Starts the scope of the next `count` declared variables, which take the next registers.
    pub fn activate(&mut self, lexer: &mut Lexer, count: usize) -> Fallible<()> {
        // SAFETY: as `function`; no other borrow of it is live.
        let function = unsafe { &mut *self.function };
        let first = function.first_variable + function.active;
        for variable in self.variables.iter_mut().skip(first).take(count) {
            variable.register = function.registers;
            function.registers = function.registers.wrapping_add(1);
            function.active += 1;
            function.debug_variables += 1;
            if LOCAL_LIMIT_COUNTS_REGISTERS && function.registers as usize > MAX_LOCALS {
                return Err(Self::limit_error(lexer, function.line, b"local variables", MAX_LOCALS));
            }
        }
        if function.debug_variables > MAX_SHORT {
            return Err(too_many(lexer, b"local variables"));
        }
        Ok(())
    }

    /// Starts the scope of the variable declared last, a compile-time constant.
    pub fn activate_constant(&mut self, value: Expr<'t>) {
        if let Some(variable) = self.variables.last_mut() {
            variable.kind = VariableKind::CompileTime;
            variable.value = value;
        }
        self.function().active += 1;
    }

    /// Starts the scope of the next `count` declared variables, which are global.
    pub fn activate_globals(&mut self, count: usize) {
        self.function().active += count;
    }

    /// Registers of the first `active` variables of the function.
    fn level(&self, function: &FunctionScope, active: usize) -> u8 {
        let variables = self.variables.iter().skip(function.first_variable).take(active);
        let last = variables.rev().find(|variable| variable.kind.has_register());
        last.map_or(0, |variable| variable.register.wrapping_add(1))
    }

    // ---- names

    /// What `name` means in the present function. Makes upvalues as needed.
    #[inline(always)]
    pub fn resolve(&mut self, lexer: &mut Lexer, name: *mut Str) -> Fallible<Meaning<'t>> {
        let mut meaning = Meaning::Undeclared;
        self.resolve_in(lexer, self.function, name, None, OtherGlobals::Implicit, &mut meaning)?;
        Ok(meaning)
    }

    /// Recurses once per enclosing function, which parsing has done too. `inner_blocks` is where the blocks of the
    /// functions inside begin, if the name is not one of this function.
    fn resolve_in(
        &mut self,
        lexer: &mut Lexer,
        function: *mut FunctionScope,
        name: *mut Str,
        inner_blocks: Option<usize>,
        mut others: OtherGlobals,
        meaning: &mut Meaning<'t>,
    ) -> Fallible<()> {
        if function.is_null() {
            *meaning = match others {
                OtherGlobals::Implicit => Meaning::Free { constant: false },
                OtherGlobals::Declared => Meaning::Undeclared,
                OtherGlobals::All { constant } => Meaning::Free { constant },
            };
            return Ok(());
        }
        // SAFETY: scopes lie in native frames that are still active; no other borrow of this one is live.
        let scope = unsafe { &mut *function };
        if self.local(scope, name, inner_blocks, &mut others, meaning) {
            return Ok(());
        }
        if let Some(index) = scope.upvalues.iter().position(|upvalue| upvalue.name == name) {
            let kind = scope.upvalues.get(index).map_or(0, |upvalue| upvalue.kind);
            *meaning = Meaning::Upvalue { index: index as u8, kind: kind_of(kind) };
            return Ok(());
        }
        self.resolve_in(lexer, scope.parent, name, Some(scope.first_block), others, meaning)?;
        let (in_stack, index, kind) = match *meaning {
            Meaning::Local { register, kind } => (true, register, kind),
            Meaning::Upvalue { index, kind } => (false, index, kind),
            _ => return Ok(()),
        };
        let own = scope.upvalues.len();
        if own + 1 > MAX_UPVALUES {
            return Err(Self::limit_error(lexer, scope.line, b"upvalues", MAX_UPVALUES));
        }
        scope.upvalues.push(UpvalueDesc { name, in_stack, index, kind: kind as u8 })?;
        *meaning = Meaning::Upvalue { index: own as u8, kind };
        Ok(())
    }

    /// Looks for an active variable of that name; true if there is one.
    #[inline(always)]
    fn local(
        &mut self,
        scope: &mut FunctionScope,
        name: *mut Str,
        inner_blocks: Option<usize>,
        others: &mut OtherGlobals,
        meaning: &mut Meaning<'t>,
    ) -> bool {
        let first = scope.first_variable;
        let active = self.variables.get(first..first + scope.active).unwrap_or(&[]);
        let found = active.iter().enumerate().rev().find(|(_, variable)| {
            if HAS_GLOBAL_DECLARATIONS && variable.kind.is_global() && variable.name != name {
                others.pass(variable);
            }
            variable.name == name
        });
        let Some((place, variable)) = found else { return false };
        if HAS_GLOBAL_DECLARATIONS && variable.kind.is_global() {
            *meaning = Meaning::Free { constant: variable.kind == VariableKind::GlobalConstant };
            return true;
        }
        if variable.kind == VariableKind::CompileTime {
            *meaning = Meaning::Value(variable.value);
            return true;
        }
        if let Some(end) = inner_blocks {
            let own = self.blocks.get(scope.first_block..end).unwrap_or(&[]);
            if let Some(block) = own.iter().rev().find(|block| block.active <= place) {
                block.tree.needs_close.set(true);
            }
            scope.needs_close = true;
            scope.needs_extra_table |= variable.kind == VariableKind::Extra;
        }
        *meaning = Meaning::Local { register: variable.register, kind: variable.kind };
        true
    }

    /// The innermost block gets a to-be-closed variable.
    pub fn mark_to_be_closed(&mut self) {
        if let Some(block) = self.blocks.last_mut() {
            block.tree.needs_close.set(true);
            block.inside_tbc = true;
        }
        self.function().needs_close = true;
    }

    // ---- blocks

    /// The innermost block.
    pub fn block(&self) -> Option<&BlockScope<'t>> {
        self.blocks.last()
    }

    /// Opens a block; `broken` is where `break` goes, if it is a loop's.
    pub fn enter_block(&mut self, arena: &'t Arena, broken: Option<&'t Label>) -> Fallible<&'t Block<'t>> {
        let function = self.function();
        let (active, base, first_block) = (function.active, function.registers, function.first_block);
        let inside_tbc = self.blocks.get(first_block..).and_then(|open| open.last()).is_some_and(|b| b.inside_tbc);
        let tree = arena.add(Block {
            body: Cell::new(Seq::EMPTY),
            needs_close: Cell::new(false),
            base,
            end_line: Cell::new(0),
        })?;
        if let Some(label) = broken {
            label.level.set(base);
        }
        let (first_label, first_goto) = (self.labels.len(), self.gotos.len());
        self.blocks.push(BlockScope { tree, active, first_label, first_goto, inside_tbc, broken })?;
        Ok(tree)
    }

    /// Closes the innermost block.
    pub fn leave_block(&mut self, lexer: &mut Lexer) -> Fallible<()> {
        // SAFETY: as `function`; no other borrow of it is live.
        let function = unsafe { &mut *self.function };
        let Some(block) = self.blocks.last().copied() else { return Ok(()) };
        block.tree.end_line.set(lexer.last_line);
        if JUMPS_ARE_SOLVED_AT_BLOCK_ENDS {
            for at in block.first_label..self.labels.len() {
                if let Some(label) = self.labels.get(at).copied() {
                    self.solve_gotos(lexer, label.name, label.active, label.tree)?;
                }
            }
        }
        self.variables.truncate(function.first_variable + block.active);
        function.active = block.active;
        function.registers = self.level(function, block.active);
        function.free = function.registers as u32;
        if let Some(label) = block.broken {
            self.solve_gotos(lexer, ptr::null_mut(), block.active, label)?;
        }
        self.labels.truncate(block.first_label);
        self.blocks.pop();
        if self.blocks.len() > function.first_block {
            self.move_gotos_out(&block);
            return Ok(());
        }
        match self.gotos.get(block.first_goto).copied() {
            Some(goto) => Err(undefined_goto(lexer, &goto)),
            None => Ok(()),
        }
    }

    /// Pending jumps now leave the block that has just been closed.
    fn move_gotos_out(&mut self, block: &BlockScope<'t>) {
        let (outside, closes) = (block.active, block.tree.needs_close.get());
        for goto in self.gotos.iter_mut().skip(block.first_goto) {
            // Constants between the two levels do not count, but then there is nothing to close either.
            if goto.active > outside {
                goto.closes |= closes;
            }
            goto.active = outside;
        }
        if LABELS_ARE_PER_BLOCK {
            self.look_for_labels(block.first_goto);
        }
    }

    /// Leads pending jumps to labels of the innermost block that stand before them.
    fn look_for_labels(&mut self, first_goto: usize) {
        let mut at = first_goto;
        while let Some(goto) = self.gotos.get(at).copied() {
            let label = if goto.name.is_null() { None } else { self.find_label(goto.name) };
            let Some(label) = label else {
                at += 1;
                continue;
            };
            goto.tree.label.set(Some(label.tree));
            let end = self.gotos.len();
            self.gotos.copy_within(at + 1..end, at);
            self.gotos.truncate(end - 1);
        }
    }

    /// Whether the innermost block is that of the main function, and no label or jump to a label has been seen in it.
    pub fn at_top(&self) -> bool {
        self.blocks.len() == 1 && self.labels.is_empty() && self.gotos.is_empty()
    }

    /// Whether a loop of the function is open.
    pub fn inside_loop(&mut self) -> bool {
        let first = self.function().first_block;
        self.blocks.iter().skip(first).any(|block| block.broken.is_some())
    }
}

/// A limit of the tables that have nothing to do with the source's position.
#[cold]
fn too_many(lexer: &mut Lexer, what: &'static [u8]) -> Thrown {
    let limit = Part::Int(MAX_SHORT as i64);
    // SAFETY: the thread is live.
    unsafe {
        error::runtime(
            lexer.l,
            &[Part::Bytes(b"too many "), Part::Bytes(what), Part::Bytes(b" (limit is "), limit, Part::Bytes(b")")],
        )
    }
}

fn kind_of(kind: u8) -> VariableKind {
    match kind {
        1 => VariableKind::Constant,
        2 => VariableKind::ToClose,
        3 => VariableKind::CompileTime,
        4 => VariableKind::Extra,
        _ => VariableKind::Plain,
    }
}
