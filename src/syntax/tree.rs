//! The syntax tree of one function.
//!
//! Names are resolved already: a local variable is its register, an outer one its upvalue number, a free name a field
//! of `_ENV`, a compile-time constant its value. Constant expressions are folded. Nodes live in an [`super::arena::Arena`] and
//! are immutable but for a few cells that later parts of the source fill in (a block learns that one of its variables
//! is captured, a `goto` its label).
//!
//! Chains that a program can make as long as it likes (`a+b+c…`, `a.b.c…`, `f()()…`, `elseif`s, statements) are
//! sequences, never nested nodes, so that walking the tree needs no more native stack than parsing did.
//!
//! # Lines
//!
//! An instruction's line is, as a rule, that of the last token read when a one-pass compiler would emit it, and that
//! is what errors, tracebacks and line hooks show. A variable is loaded late: after the operator, comma or bracket
//! that follows it. So each place that uses an expression records the line for that late load.

use super::arena::Arena;
use crate::memory::OutOfMemory;
use crate::object::{Fallible, Str, UpvalueDesc};
use core::cell::Cell;

/// A sequence of nodes in the arena.
pub struct Seq<'t, T> {
    first: Option<&'t Link<'t, T>>,
}

/// An element of a sequence.
pub struct Link<'t, T> {
    value: T,
    next: Cell<Option<&'t Link<'t, T>>>,
}

impl<T> Clone for Seq<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Seq<'_, T> {}

impl<'t, T> Seq<'t, T> {
    /// The sequence without elements.
    pub const EMPTY: Seq<'t, T> = Seq { first: None };

    pub fn is_empty(self) -> bool {
        self.first.is_none()
    }

    /// The first element and the rest.
    pub fn split_first(self) -> Option<(&'t T, Seq<'t, T>)> {
        let link = self.first?;
        Some((&link.value, Seq { first: link.next.get() }))
    }

    /// The sequence of `value` and then `rest`.
    pub fn prepend(arena: &'t Arena, value: T, rest: Seq<'t, T>) -> Result<Seq<'t, T>, OutOfMemory> {
        Ok(Seq { first: Some(arena.add(Link { value, next: Cell::new(rest.first) })?) })
    }

    /// The elements in order.
    pub fn iter(self) -> SeqIter<'t, T> {
        SeqIter { rest: self }
    }
}

/// Iterator over a [`Seq`].
pub struct SeqIter<'t, T> {
    rest: Seq<'t, T>,
}

impl<'t, T> SeqIter<'t, T> {
    /// Whether the element returned last was the last one.
    pub fn at_end(&self) -> bool {
        self.rest.is_empty()
    }
}

impl<'t, T> Iterator for SeqIter<'t, T> {
    type Item = &'t T;
    fn next(&mut self) -> Option<&'t T> {
        let (value, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(value)
    }
}

/// A sequence under construction.
pub struct SeqBuilder<'t, T> {
    first: Option<&'t Link<'t, T>>,
    last: Option<&'t Link<'t, T>>,
    pub len: u32,
}

impl<T> Default for SeqBuilder<'_, T> {
    fn default() -> Self {
        SeqBuilder::new()
    }
}

impl<'t, T> SeqBuilder<'t, T> {
    pub fn new() -> Self {
        SeqBuilder { first: None, last: None, len: 0 }
    }

    /// Appends an element.
    pub fn push(&mut self, arena: &'t Arena, value: T) -> Result<&'t T, OutOfMemory> {
        let link = arena.add(Link { value, next: Cell::new(None) })?;
        match self.last {
            Some(last) => last.next.set(Some(link)),
            None => self.first = Some(link),
        }
        self.last = Some(link);
        self.len = self.len.wrapping_add(1);
        Ok(&link.value)
    }

    pub fn finish(&self) -> Seq<'t, T> {
        Seq { first: self.first }
    }
}

/// An expression. What every variant holds is one word, so that an expression travels in two registers: parser and
/// compiler hand expressions about all the time, and to read in one piece what was just written in several makes
/// processors wait.
#[derive(Clone, Copy)]
pub enum Expr<'t> {
    Nil,
    False,
    True,
    Integer(i64),
    /// By its bits.
    Float(u64),
    String(*mut Str),
    /// `...`: the line where its instruction belongs.
    Vararg(u64),
    /// A local variable, by register.
    Local(u64),
    /// An outer local variable, by upvalue number.
    Upvalue(u64),
    /// The running function's environment, in versions without `_ENV`.
    Environment,
    Function(&'t FunctionExpr),
    Table(&'t Constructor<'t>),
    /// A table that the consumer has made already, in this register, which is the first free one when the expression is
    /// compiled.
    Built(u64),
    Suffixed(&'t Suffixed<'t>),
    /// An expression in parentheses, where they matter: they make one value of many, and no variable.
    Paren(&'t Operand<'t>),
    /// `not x`
    Not(&'t Operand<'t>),
    Unary(&'t Unary<'t>),
    Operations(&'t Operations<'t>),
    Concat(&'t Concat<'t>),
    And(&'t Seq<'t, Term<'t>>),
    Or(&'t Seq<'t, Term<'t>>),
}

const _: () = assert!(size_of::<Expr>() == 16);

impl Expr<'_> {
    pub fn float(n: f64) -> Self {
        Expr::Float(n.to_bits())
    }
    pub fn local(register: u8) -> Self {
        Expr::Local(register as u64)
    }
    pub fn upvalue(index: u8) -> Self {
        Expr::Upvalue(index as u64)
    }
}

/// A function expression: the number of its prototype, and its line.
#[derive(Clone, Copy)]
pub struct FunctionExpr {
    pub proto: u32,
    pub line: u32,
}

/// An expression and the line of its late load.
#[derive(Clone, Copy)]
pub struct Operand<'t> {
    pub expr: Expr<'t>,
    pub line: u32,
}

/// An operand of `and` or `or`: the line where it is loaded, and where it is tested, by the operator after it.
#[derive(Clone, Copy)]
pub struct Term<'t> {
    pub expr: Expr<'t>,
    pub line: u32,
    pub test_line: u32,
}

/// `head` with a sequence of `.name`, `[key]`, `(arguments)` and `:name(arguments)`.
#[derive(Clone, Copy)]
pub struct Suffixed<'t> {
    pub head: Expr<'t>,
    pub suffixes: Seq<'t, Suffix<'t>>,
    /// The last suffix is a call.
    pub is_call: bool,
}

/// One suffix; `line` is that of the late load of what precedes it.
#[derive(Clone, Copy)]
pub struct Suffix<'t> {
    pub kind: SuffixKind<'t>,
    pub line: u32,
}

#[derive(Clone, Copy)]
pub enum SuffixKind<'t> {
    /// The name and its line.
    Field(*mut Str, u32),
    /// `constant_line`: where a constant key is loaded that the instruction cannot hold.
    Index {
        key: Operand<'t>,
        constant_line: u32,
    },
    Call(&'t Arguments<'t>),
    Method(*mut Str, &'t Arguments<'t>),
}

/// Arguments of a call; `line` is the call's own.
#[derive(Clone, Copy)]
pub struct Arguments<'t> {
    pub list: Seq<'t, Operand<'t>>,
    pub line: u32,
}

/// So many positional fields of a constructor are kept in registers before they are stored together.
pub const FIELDS_IN_REGISTERS: u32 = 50;

/// A table constructor.
#[derive(Clone, Copy)]
pub struct Constructor<'t> {
    pub fields: Seq<'t, Field<'t>>,
    /// Line of the instruction that creates the table, and of those after its last field.
    pub line: u32,
    pub end_line: u32,
}

/// A part of a constructor: a positional field, or a key, which its value follows.
#[derive(Clone, Copy)]
pub struct Field<'t> {
    pub expr: Expr<'t>,
    pub line: u32,
    /// Of a key: where it is loaded if the instruction cannot hold it. 0: a positional field (or the value of a key).
    pub constant_line: u32,
}

const _: () = assert!(size_of::<Field>() == 24);

/// An operator with one operand (all but `not`).
#[derive(Clone, Copy)]
pub struct Unary<'t> {
    pub op: UnaryOp,
    pub operand: Operand<'t>,
    pub line: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    Minus,
    BitNot,
    Length,
}

/// Binary operators that are applied from left to right: `((first op₁ x₁) op₂ x₂) …`
#[derive(Clone, Copy)]
pub struct Operations<'t> {
    pub first: Operand<'t>,
    pub steps: Seq<'t, Step<'t>>,
}

/// `… op right`, where `line` is the operator's and `right.line` that of the last token.
#[derive(Clone, Copy)]
pub struct Step<'t> {
    pub op: BinaryOp,
    pub right: Operand<'t>,
    pub line: u32,
}

/// Binary operators but for `..`, `and` and `or`; arithmetic in the order of its instructions and events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
#[repr(u8)]
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    Mod,
    Pow,
    Div,
    Idiv,
    BitAnd,
    BitOr,
    BitXor,
    Shl,
    Shr,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

/// `first .. rest`, where `rest` may be another concatenation, which joins this one. `line` is the operator's.
#[derive(Clone, Copy)]
pub struct Concat<'t> {
    pub first: Operand<'t>,
    pub rest: Operand<'t>,
    pub line: u32,
}

/// A block: a scope of local variables.
pub struct Block<'t> {
    pub body: Cell<Seq<'t, Stat<'t>>>,
    /// A variable of the block is captured by a closure or to be closed: leaving it takes a `Close`.
    pub needs_close: Cell<bool>,
    /// Register of its first variable.
    pub base: u8,
    /// Line of the instructions that end the block.
    pub end_line: Cell<u32>,
}

/// A statement.
#[derive(Clone, Copy)]
pub enum Stat<'t> {
    /// A call for its effects.
    Call(&'t Suffixed<'t>),
    Local(&'t LocalStat<'t>),
    /// `local function`: the variable's name, the closure.
    LocalFunction(&'t LocalFunction),
    Assign(&'t Assign<'t>),
    /// `global names = values`
    Global(&'t GlobalStat<'t>),
    GlobalFunction(&'t GlobalFunction<'t>),
    /// `function name`: where to store the closure, at which line.
    Function(&'t FunctionStat<'t>),
    Do(&'t Block<'t>),
    While(&'t While<'t>),
    Repeat(&'t Repeat<'t>),
    If(&'t If<'t>),
    NumericFor(&'t NumericFor<'t>),
    GenericFor(&'t GenericFor<'t>),
    Return(&'t Return<'t>),
    Goto(&'t Goto<'t>),
    Label(&'t Label),
}

/// `local names = values`. A last variable that is a compile-time constant appears neither here nor among the values.
#[derive(Clone, Copy)]
pub struct LocalStat<'t> {
    pub names: Seq<'t, *mut Str>,
    pub count: u32,
    pub values: Seq<'t, Operand<'t>>,
    pub value_count: u32,
    /// Register of the to-be-closed variable.
    pub to_close: Option<u8>,
    pub line: u32,
}

#[derive(Clone, Copy)]
pub struct LocalFunction {
    pub name: *mut Str,
    pub proto: u32,
    pub line: u32,
}

#[derive(Clone, Copy)]
pub struct FunctionStat<'t> {
    pub target: Target<'t>,
    pub proto: u32,
    /// Line of the function's `end`, and of the statement.
    pub end_line: u32,
    pub line: u32,
}

/// `global names = values`: the variables, which must not exist yet, with their names.
#[derive(Clone, Copy)]
pub struct GlobalStat<'t> {
    pub targets: Seq<'t, (*mut Str, &'t Suffixed<'t>)>,
    pub count: u32,
    pub values: Seq<'t, Operand<'t>>,
    pub value_count: u32,
    /// Lines of the last value, and of the assignments.
    pub values_line: u32,
    pub line: u32,
}

/// `global function name`
#[derive(Clone, Copy)]
pub struct GlobalFunction<'t> {
    pub name: *mut Str,
    pub target: &'t Suffixed<'t>,
    pub proto: u32,
    /// Line of the function's `end`, and of the statement.
    pub end_line: u32,
    pub line: u32,
}

/// A variable to assign to.
#[derive(Clone, Copy)]
pub enum Target<'t> {
    Local(u8),
    Upvalue(u8),
    /// The last suffix is a field or an index.
    Indexed(&'t Suffixed<'t>),
}

/// An assignment. With each variable comes the line where it ends.
#[derive(Clone, Copy)]
pub struct Assign<'t> {
    pub targets: Seq<'t, (Target<'t>, u32)>,
    pub count: u32,
    pub values: Seq<'t, Operand<'t>>,
    pub value_count: u32,
    pub line: u32,
}

#[derive(Clone, Copy)]
pub struct While<'t> {
    pub condition: Operand<'t>,
    /// The loop's block, which holds nothing but `body`; `broken` is where `break` goes.
    pub scope: &'t Block<'t>,
    pub body: &'t Block<'t>,
    pub broken: &'t Label,
    /// Line of the jump back.
    pub line: u32,
}

#[derive(Clone, Copy)]
pub struct Repeat<'t> {
    pub scope: &'t Block<'t>,
    pub body: &'t Block<'t>,
    pub condition: Operand<'t>,
    pub broken: &'t Label,
}

/// `if … elseif … else … end`
#[derive(Clone, Copy)]
pub struct If<'t> {
    pub branches: Seq<'t, Branch<'t>>,
    pub otherwise: Option<&'t Block<'t>>,
}

#[derive(Clone, Copy)]
pub struct Branch<'t> {
    pub condition: Operand<'t>,
    pub body: &'t Block<'t>,
    /// Set when the branch is nothing but a jump.
    pub only_jump: Option<&'t Goto<'t>>,
    /// Line of the jump over the branches that follow.
    pub line: u32,
}

#[derive(Clone, Copy)]
pub struct NumericFor<'t> {
    pub scope: &'t Block<'t>,
    pub body: &'t Block<'t>,
    pub broken: &'t Label,
    pub variable: *mut Str,
    /// Names of the hidden variables.
    pub hidden: Seq<'t, *mut Str>,
    pub start: Operand<'t>,
    pub limit: Operand<'t>,
    pub step: Option<Operand<'t>>,
    /// Lines of the loop's head (`do`) and of its end (`for`).
    pub do_line: u32,
    pub line: u32,
}

#[derive(Clone, Copy)]
pub struct GenericFor<'t> {
    pub scope: &'t Block<'t>,
    pub body: &'t Block<'t>,
    pub broken: &'t Label,
    pub variables: Seq<'t, *mut Str>,
    pub count: u32,
    pub hidden: Seq<'t, *mut Str>,
    pub values: Seq<'t, Operand<'t>>,
    pub value_count: u32,
    pub values_line: u32,
    pub do_line: u32,
    /// Line of the iterator's call.
    pub line: u32,
}

#[derive(Clone, Copy)]
pub struct Return<'t> {
    pub values: Seq<'t, Operand<'t>>,
    pub count: u32,
    /// The only value is a call, and nothing has to be done after it.
    pub tail_call: bool,
    pub line: u32,
}

/// `goto` or `break`.
pub struct Goto<'t> {
    /// Set when the label is found; always before the function is compiled.
    pub label: Cell<Option<&'t Label>>,
    pub line: u32,
}

/// A label, also the implicit one behind a loop.
pub struct Label {
    /// Register of the first variable that is not alive at the label.
    pub level: Cell<u8>,
    /// A `goto` that comes here leaves the scope of variables that have to be closed, which is done here.
    pub closes: Cell<bool>,
    /// Line in messages, and that of its instructions.
    pub line: Cell<u32>,
    pub end_line: Cell<u32>,
    /// For the compiler: the instruction, once it is known, or the jumps that wait for it.
    pub position: Cell<Option<u32>>,
    pub waiting: Cell<u32>,
}

/// A complete function; of the main one, what has not been handed over before.
pub struct Function<'a, 't> {
    pub parameters: Seq<'t, *mut Str>,
    pub parameter_count: u8,
    pub is_vararg: bool,
    /// The variable of the extra arguments, and whether they have to be a table.
    pub extra: Option<(*mut Str, bool)>,
    pub upvalues: &'a [UpvalueDesc],
    pub body: &'t Block<'t>,
    /// Some variable of it is captured or to be closed.
    pub needs_close: bool,
    /// Number of prototypes of functions directly inside.
    pub children: u32,
    pub line_defined: u32,
    pub last_line_defined: u32,
    /// Line of the first instruction, and of the final return.
    pub first_line: u32,
    pub end_line: u32,
}

/// What takes the complete functions, innermost first, and the main function piece by piece.
///
/// The main function may be as large as its file, so it is not kept as a tree: its statements are handed over one by one, and
/// table constructors that are the first value of one (`return {`, `local t = {`, `t.x = {`) field by field.
///
/// # Safety
/// Of all functions: the strings of the tree are reachable by the collector; `begin` comes first, `end` last.
pub trait Consumer {
    /// Compiles a function inside the main one. The functions directly inside it are the last `children` that were given before
    /// and not taken yet.
    unsafe fn function(&mut self, function: &Function) -> Fallible<()>;

    /// Begins the main function. `line` is that of its first instruction.
    unsafe fn begin(&mut self, line: u32) -> Fallible<()>;

    /// Compiles the next statements of the main function. Neither labels nor jumps to labels are among what has been handed
    /// over before or is handed over now, but for those inside one of the statements.
    unsafe fn statements(&mut self, list: Seq<Stat>) -> Fallible<()>;

    /// Evaluates the parts of the variable to which the next statement assigns the table to come.
    unsafe fn target(&mut self, target: &Target) -> Fallible<()>;

    /// Begins a table: the first value of the next statement, or, while another table is open, of its next field.
    unsafe fn open_table(&mut self, line: u32) -> Fallible<()>;

    /// Adds a field, or its key, to the table that was opened last. `last`: no other field follows.
    unsafe fn field(&mut self, field: &Field, last: bool) -> Fallible<()>;

    /// Completes the table that was opened last; its register.
    unsafe fn close_table(&mut self, end_line: u32) -> Fallible<u32>;

    /// Compiles the rest of the main function.
    unsafe fn end(&mut self, main: &Function) -> Fallible<()>;
}
