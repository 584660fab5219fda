//! Proves that a function read from a precompiled chunk cannot make the VM misbehave.
//!
//! The VM trusts its code: an operand is an address it will use. So each function is checked once, in
//! one pass:
//!
//! - every word is an operation or the second word of one, in its place; execution never leaves the code nor
//!   runs into a second word;
//! - registers, constants (of the kind the instruction wants), upvalues and functions exist;
//! - a count left open (`top`) is used by the very next instruction, which nothing else leads to;
//! - what a `for` loop and a vararg function need is where they expect it;
//! - a function that may leave upvalues or to-be-closed variables open closes them when it returns;
//! - upvalues are closed before a call needs their registers (`captures`, the only part that follows the flow of
//!   control and takes memory).
//!
//! Registers need no flow analysis: every stack slot always holds some valid value, and no instruction trusts
//! the type of one (numeric `for` loops rewrite the tags of their slots with the values).

mod captures;

use super::isa::{Op, Word, generic_loop, numeric_loop};
use crate::memory::{Heap, OutOfMemory};
use crate::object::{Instruction, Proto, Value};
use crate::version::{EXTRA_ARGUMENTS_IN_TABLE, HAS_ENV_UPVALUE};

/// Registers of a numeric loop, and of a generic one before its variables.
const NUMERIC: u32 = numeric_loop::VARIABLE as u32 + 1;
const RESULTS: u32 = generic_loop::RESULTS as u32;

/// Whether the code of `p` is safe to run in a frame of `max_stack` registers. Functions inside `p` have been checked.
pub unsafe fn verify(heap: *mut Heap, p: *const Proto, max_stack: u8) -> Result<bool, OutOfMemory> {
    // SAFETY: the arrays of `p` are as long as their counts say.
    unsafe {
        let code = match (*p).code_len {
            0 => &[][..],
            len => core::slice::from_raw_parts((*p).code, len as usize),
        };
        let captures = captures_registers(p);
        let closes = captures || code.iter().any(|i| opens_something(*i));
        let f = Function { p, code, registers: max_stack as usize, must_close: closes };
        let sound =
            max_stack >= 2 && !code.is_empty() && f.frame_is_sound() && (0..code.len()).all(|pc| f.word_is_sound(pc));
        if sound && captures { captures::calls_stay_above(heap, &f) } else { Ok(sound) }
    }
}

/// Whether the word is an instruction that registers a to-be-closed variable.
fn opens_something(i: Instruction) -> bool {
    i & 0xff == Op::Tbc as u32 || i & 0xff == Op::TforPrep as u32
}

/// Whether closures of a function inside capture registers of this one.
unsafe fn captures_registers(p: *const Proto) -> bool {
    // SAFETY: as `verify`.
    unsafe {
        (0..(*p).proto_count as usize).any(|n| {
            let inner = *(*p).protos.add(n);
            (0..(*inner).upvalue_count as usize).any(|u| (*(*inner).upvalues.add(u)).in_stack)
        })
    }
}

struct Function<'a> {
    p: *const Proto,
    code: &'a [Instruction],
    registers: usize,
    /// A return has to close upvalues or variables.
    must_close: bool,
}

/// What an instruction may do with a constant.
enum Kind {
    Any,
    Number,
    /// A field's name.
    ShortString,
}

impl Function<'_> {
    /// What is not about a single instruction.
    unsafe fn frame_is_sound(&self) -> bool {
        // SAFETY: as `verify`.
        unsafe {
            let p = &*self.p;
            let lines = p.lines_len == 0 || p.lines_len == p.code_len;
            let vararg = self.code.first().is_some_and(|i| i & 0xff == Op::VarargPrep as u32) == p.is_vararg;
            lines && vararg && p.params as usize <= self.registers && self.captures_are_sound()
        }
    }

    /// Functions inside capture registers and upvalues that exist.
    unsafe fn captures_are_sound(&self) -> bool {
        // SAFETY: as `verify`.
        unsafe {
            (0..(*self.p).proto_count as usize).all(|n| {
                let inner = *(*self.p).protos.add(n);
                (0..(*inner).upvalue_count as usize).all(|u| {
                    let up = &*(*inner).upvalues.add(u);
                    if up.in_stack { self.register(up.index as usize) } else { up.index < (*self.p).upvalue_count }
                })
            })
        }
    }

    // ---- words

    /// The operation at `pc`, if there is a word and its code is one.
    fn op(&self, pc: usize) -> Option<Op> {
        let word = *self.code.get(pc)?;
        Op::ALL.get((word & 0xff) as usize).copied()
    }

    unsafe fn word_is_sound(&self, pc: usize) -> bool {
        let Some(op) = self.op(pc) else { return false };
        if op == Op::Extra {
            return pc > 0 && self.op(pc - 1).is_some_and(has_extra);
        }
        let i = self.code[pc];
        let second = match () {
            _ if has_extra(op) => self.op(pc + 1) == Some(Op::Extra),
            _ if is_conditional(op) => self.op(pc + 1) == Some(Op::Jump) && self.starts(pc + 2),
            _ if falls_through(op) => self.starts(pc + 1),
            _ => true,
        };
        // SAFETY: as `verify`.
        unsafe {
            second
                && (!has_extra(op) || self.starts(pc + 2))
                && (!leaves_open(op, i) || self.uses_open(pc + 1, i))
                && (!is_open_user(op, i)
                    || (pc > 0 && self.op(pc - 1).is_some_and(|o| leaves_open(o, self.code[pc - 1]))))
                && self.operands_are_sound(pc, op, i)
        }
    }

    /// Whether execution may go on at `pc` by falling into it or skipping to it.
    fn starts(&self, pc: usize) -> bool {
        self.op(pc).is_some_and(|op| op != Op::Extra)
    }

    /// Whether a jump may go to `pc`.
    fn target(&self, pc: i64) -> bool {
        match usize::try_from(pc) {
            Ok(pc) => self.starts(pc) && self.op(pc).is_some_and(|op| !is_open_user(op, self.code[pc])),
            Err(_) => false,
        }
    }

    /// Whether the instruction at `pc` uses the values that `producer`, before it, leaves up to `top`: at least
    /// the slots it counts from must lie below.
    fn uses_open(&self, pc: usize, producer: Instruction) -> bool {
        let Some(op) = self.op(pc) else { return false };
        let i = self.code[pc];
        let first = if op == Op::Return { i.a() } else { i.a() + 1 };
        is_open_user(op, i) && producer.a() >= first
    }

    // ---- operands

    fn register(&self, n: usize) -> bool {
        n < self.registers
    }

    /// Registers `first` and the `count - 1` behind it. A window of none may begin behind the last register.
    fn window(&self, first: u32, count: u32) -> bool {
        (first + count) as usize <= self.registers
    }

    unsafe fn constant(&self, n: u32, kind: Kind) -> bool {
        // SAFETY: as `verify`.
        unsafe {
            if n >= (*self.p).constant_count {
                return false;
            }
            let k = Value::load((*self.p).constants.add(n as usize));
            match kind {
                Kind::Any => true,
                Kind::Number => k.is_number(),
                Kind::ShortString => k.is_short_string(),
            }
        }
    }

    unsafe fn upvalue(&self, n: u32) -> bool {
        // SAFETY: as `verify`.
        unsafe { n < (*self.p).upvalue_count as u32 }
    }

    /// The table of an access to a global variable.
    unsafe fn environment(&self, n: u32) -> bool {
        // SAFETY: as `verify`.
        !HAS_ENV_UPVALUE || unsafe { self.upvalue(n) }
    }

    /// The payload of the second word.
    fn extra(&self, pc: usize) -> u32 {
        self.code.get(pc + 1).map_or(0, |word| word.s())
    }

    /// Where the Jump in the second word goes.
    fn jump_from(&self, pc: usize) -> i64 {
        self.code.get(pc).map_or(-1, |word| pc as i64 + 1 + word.ss() as i64)
    }

    unsafe fn operands_are_sound(&self, pc: usize, op: Op, i: Instruction) -> bool {
        use Op::*;
        let (a, b, c) = (i.a(), i.b(), i.c());
        let reg = |n: u32| self.register(n as usize);
        // SAFETY: as `verify`.
        unsafe {
            match op {
                Move | Unm | Bnot | Not | Len => reg(a) && reg(b),
                LoadI | LoadF | LoadFalse | LoadTrue | Tbc => reg(a),
                Return1 => reg(a) && self.may_return(),
                LoadK => reg(a) && self.constant(i.d(), Kind::Any),
                LoadKX => reg(a) && self.constant(self.extra(pc), Kind::Any),
                LoadFalseSkip => reg(a) && self.starts(pc + 2) && self.target(pc as i64 + 2),
                LoadNil => self.window(a, b + 1),
                GetUpval | SetUpval => reg(a) && self.upvalue(b),

                GetTabUp => reg(a) && self.environment(b) && self.constant(c, Kind::ShortString),
                GetTable => reg(a) && reg(b) && reg(c),
                GetI => reg(a) && reg(b),
                GetField => reg(a) && reg(b) && self.constant(c, Kind::ShortString),
                SetTabUp => self.environment(a) && self.constant(b, Kind::ShortString) && reg(c),
                SetTabUpK => self.environment(a) && self.constant(b, Kind::ShortString) && self.constant(c, Kind::Any),
                SetTable => reg(a) && reg(b) && reg(c),
                SetTableK => reg(a) && reg(b) && self.constant(c, Kind::Any),
                SetI => reg(a) && reg(c),
                SetIK => reg(a) && self.constant(c, Kind::Any),
                SetField => reg(a) && self.constant(b, Kind::ShortString) && reg(c),
                SetFieldK => reg(a) && self.constant(b, Kind::ShortString) && self.constant(c, Kind::Any),
                SelfK => self.window(a, 2) && reg(b) && self.constant(c, Kind::ShortString),
                SelfR => self.window(a, 2) && reg(b) && reg(c),
                NewTable => reg(a) && self.table_size_is_plausible(b, self.extra(pc)),
                SetList => self.window(a, b + 1) && self.table_size_is_plausible(0, self.extra(pc)),

                Add | Sub | Mul | Mod | Pow | Div | Idiv | Band | Bor | Bxor | Shl | Shr => reg(a) && reg(b) && reg(c),
                AddK | SubK | MulK | ModK | PowK | DivK | IdivK | BandK | BorK | BxorK => {
                    reg(a) && reg(b) && self.constant(c, Kind::Number)
                }
                AddKR | SubKR | MulKR | ModKR | PowKR | DivKR | IdivKR => {
                    reg(a) && self.constant(b, Kind::Number) && reg(c)
                }
                AddI | SubI | ShlI | ShrI => reg(a) && reg(b),
                Concat => b >= 2 && self.window(a, b),

                Close => self.window(a, 0),
                Jump => self.target(self.jump_from(pc)),
                JumpIf | JumpIfNot => reg(a),
                JumpIfSet | JumpIfNotSet | JumpEq | JumpNe | JumpLt | JumpNotLt | JumpLe | JumpNotLe => {
                    reg(a) && reg(b)
                }
                JumpEqK | JumpNeK => reg(a) && self.constant(i.d(), Kind::Any),
                JumpEqI | JumpNeI | JumpLtI | JumpNotLtI | JumpLeI | JumpNotLeI | JumpGtI | JumpNotGtI | JumpGeI
                | JumpNotGeI => reg(a),

                Call => self.window(a, b.max(1)) && self.window(a, c.max(1) - 1),
                TailCall => self.window(a, b.max(1)) && self.may_leave(c != 0),
                Return => self.window(a, b.max(1) - 1) && self.may_leave(c != 0),
                Return0 => self.may_return(),
                Closure => reg(a) && self.extra(pc) < (*self.p).proto_count,
                Vararg => (*self.p).is_vararg && self.window(a, c.max(1) - 1) && (c != 0 || reg(a)),
                VarargPrep => {
                    let table = b == 0 || (EXTRA_ARGUMENTS_IN_TABLE && reg(b - 1));
                    pc == 0 && (*self.p).is_vararg && a == (*self.p).params as u32 && table
                }

                CheckNil => reg(a) && (i.d() == 0 || self.constant(i.d() - 1, Kind::Any)),
                VarargGet => (*self.p).is_vararg && reg(a) && reg(c),
                VarargUnpack => reg(b) && self.window(a, c.max(1) - 1) && (c != 0 || reg(a)),

                ForPrep => self.window(a, NUMERIC) && self.op(pc + 1) == Some(Jump) && self.target(pc as i64 + 2),
                ForLoop => self.window(a, NUMERIC) && self.target(pc as i64 + 1 - i.d() as i64),
                ForLoopX | TforLoopX => {
                    self.window(a, RESULTS + 1) && self.op(pc + 1) == Some(Jump) && self.target(pc as i64 + 2)
                }
                TforPrep => self.window(a, 4) && self.is_tfor_call(self.jump_from(pc + 1), a),
                TforCall => {
                    c >= 1 && self.window(a, RESULTS + 3) && self.window(a, RESULTS + c) && self.is_tfor_loop(pc + 1, a)
                }
                TforLoop => self.window(a, RESULTS + 1) && self.target(pc as i64 + 1 - i.d() as i64),
                GetEnv => !HAS_ENV_UPVALUE && reg(a),
                Extra => true,
            }
        }
    }

    /// Whether the function may return closing upvalues and variables, or not closing them.
    fn may_leave(&self, closes: bool) -> bool {
        closes || !self.must_close
    }

    /// Whether the short returns may be used.
    unsafe fn may_return(&self) -> bool {
        // SAFETY: as `verify`.
        unsafe { !self.must_close && !(*self.p).is_vararg }
    }

    /// Whether a constructor in this code can have so many elements: 2^(`b`-1) in the hash part, `array` in the array.
    fn table_size_is_plausible(&self, b: u32, array: u32) -> bool {
        let words = self.code.len() as u64;
        b <= 32 && (b == 0 || 1u64 << (b - 1) <= 2 * words) && array as u64 <= 256 * words
    }

    /// The Jump behind a TforPrep: it leads to the loop's TforCall.
    fn is_tfor_call(&self, pc: i64, a: u32) -> bool {
        match usize::try_from(pc) {
            Ok(pc) => self.op(pc) == Some(Op::TforCall) && self.code[pc].a() == a,
            Err(_) => false,
        }
    }

    fn is_tfor_loop(&self, pc: usize, a: u32) -> bool {
        matches!(self.op(pc), Some(Op::TforLoop | Op::TforLoopX)) && self.code[pc].a() == a
    }
}

/// Whether an Extra follows.
fn has_extra(op: Op) -> bool {
    matches!(op, Op::LoadKX | Op::NewTable | Op::SetList | Op::Closure)
}

/// Whether the next word is a Jump that is taken or skipped.
fn is_conditional(op: Op) -> bool {
    (op as u8 >= Op::JumpIf as u8 && op as u8 <= Op::JumpNotGeI as u8)
        || matches!(op, Op::ForPrep | Op::ForLoopX | Op::TforPrep | Op::TforLoopX)
}

/// Whether execution goes on with the next word.
fn falls_through(op: Op) -> bool {
    !matches!(op, Op::Jump | Op::Return | Op::Return0 | Op::Return1)
}

/// Whether the instruction leaves values up to `top`. (A tail call of a native function does.)
fn leaves_open(op: Op, i: Instruction) -> bool {
    op == Op::TailCall || (matches!(op, Op::Call | Op::Vararg | Op::VarargUnpack) && i.c() == 0)
}

/// Whether the instruction takes values up to `top`.
fn is_open_user(op: Op, i: Instruction) -> bool {
    matches!(op, Op::Call | Op::TailCall | Op::Return | Op::SetList) && i.b() == 0
}

#[cfg(test)]
mod tests;
