//! The instruction set.
//!
//! An instruction is one 32-bit word: the operation in bits 0–7 and operands in bytes,
//!
//! ```text
//!   31      24 23      16 15       8 7        0
//!  |    C     |    B     |    A     |    op    |
//!  |          D          |    A     |    op    |   D: 16 bits, sD: the same, signed
//!  |              S                 |    op    |   S: 24 bits, sS: the same, signed
//! ```
//!
//! so that every operand is a byte or half-word move away. A few instructions are followed by a second word
//! that the processor never dispatches: an [`Op::Extra`] with 24 bits of payload, or the [`Op::Jump`] that a
//! conditional jump takes. Jump distances count words from the word after the jump.
//!
//! Notation: `R[x]` register, `K[x]` constant, `U[x]` upvalue, `top` the thread's first free slot when a
//! count is open. A *conditional* is `if condition then pc += 1 + sS(next word) else pc += 1`.
// `R[A]` is a register, no link.
#![allow(rustdoc::broken_intra_doc_links)]

use crate::object::Instruction;

macro_rules! operations {
    ($( $(#[$doc:meta])* $name:ident $format:ident ),* $(,)?) => {
        /// Operation codes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Op { $( $(#[$doc])* $name ),* }

        impl Op {
            /// Number of operations.
            pub const COUNT: usize = [$( Op::$name ),*].len();
            /// All operations in the order of their codes.
            pub const ALL: [Op; Op::COUNT] = [$( Op::$name ),*];
            /// The operation's name as listings show it.
            #[cfg(test)]
            pub const fn name(self) -> &'static str {
                const NAMES: [&str; Op::COUNT] = [$( stringify!($name) ),*];
                NAMES[self as usize]
            }
            /// How the operation uses its operands.
            #[cfg(test)]
            pub const fn format(self) -> Format {
                const FORMATS: [Format; Op::COUNT] = [$( Format::$format ),*];
                FORMATS[self as usize]
            }
        }
    };
}

/// Operand layouts: `programs/opcodes.h` has the same table for listings.
#[cfg(test)]
#[allow(clippy::upper_case_acronyms)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// no operands
    N,
    /// A
    A,
    /// A, B
    AB,
    /// A, B, C
    ABC,
    /// A, D unsigned
    AD,
    /// A, sD signed
    AsD,
    /// S unsigned
    S,
    /// sS signed
    J,
}

operations! {
    // ---- loads
    /// R[A] := R[B]
    Move AB,
    /// R[A] := integer sD (a float in versions without integers)
    LoadI AsD,
    /// R[A] := float sD
    LoadF AsD,
    /// R[A] := K[D]
    LoadK AD,
    /// R[A] := K[S of the next word]; next word: Extra
    LoadKX A,
    /// R[A] := false
    LoadFalse A,
    /// R[A] := false; pc += 1
    LoadFalseSkip A,
    /// R[A] := true
    LoadTrue A,
    /// R[A], ..., R[A+B] := nil
    LoadNil AB,
    /// R[A] := U[B]
    GetUpval AB,
    /// U[B] := R[A]
    SetUpval AB,

    // ---- tables; K[...] of a field access is a short string
    /// R[A] := U[B][K[C]]
    GetTabUp ABC,
    /// R[A] := R[B][R[C]]
    GetTable ABC,
    /// R[A] := R[B][C]  (C an integer 0..255)
    GetI ABC,
    /// R[A] := R[B][K[C]]
    GetField ABC,
    /// U[A][K[B]] := R[C]
    SetTabUp ABC,
    /// U[A][K[B]] := K[C]
    SetTabUpK ABC,
    /// R[A][R[B]] := R[C]
    SetTable ABC,
    /// R[A][R[B]] := K[C]
    SetTableK ABC,
    /// R[A][B] := R[C]  (B an integer 0..255)
    SetI ABC,
    /// R[A][B] := K[C]
    SetIK ABC,
    /// R[A][K[B]] := R[C]
    SetField ABC,
    /// R[A][K[B]] := K[C]
    SetFieldK ABC,
    /// R[A+1] := R[B]; R[A] := R[B][K[C]]  (K[C] a short string)
    SelfK ABC,
    /// R[A+1] := R[B]; R[A] := R[B][R[C]]  (R[C] a string; may be R[A])
    SelfR ABC,
    /// R[A] := {} with room for S(next word) array elements and 2^(B-1) others (none if B = 0); next word: Extra
    NewTable AB,
    /// R[A][n+i] := R[A+i] for 1 <= i <= B (up to top if B = 0), where n = S(next word); next word: Extra
    SetList AB,

    // ---- arithmetic, both operands in registers: R[A] := R[B] op R[C]
    Add ABC,
    Sub ABC,
    Mul ABC,
    Mod ABC,
    Pow ABC,
    Div ABC,
    Idiv ABC,
    Band ABC,
    Bor ABC,
    Bxor ABC,
    Shl ABC,
    Shr ABC,
    // ---- right operand a number constant: R[A] := R[B] op K[C]
    AddK ABC,
    SubK ABC,
    MulK ABC,
    ModK ABC,
    PowK ABC,
    DivK ABC,
    IdivK ABC,
    BandK ABC,
    BorK ABC,
    BxorK ABC,
    // ---- left operand a number constant: R[A] := K[B] op R[C]
    AddKR ABC,
    SubKR ABC,
    MulKR ABC,
    ModKR ABC,
    PowKR ABC,
    DivKR ABC,
    IdivKR ABC,
    // ---- right operand a signed byte (an integer where the version has them): R[A] := R[B] op sC
    AddI ABC,
    SubI ABC,
    ShlI ABC,
    ShrI ABC,
    // ---- unary: R[A] := op R[B]
    Unm AB,
    Bnot AB,
    Not AB,
    Len AB,
    /// R[A] := R[A] .. ... .. R[A+B-1]
    Concat AB,

    // ---- control
    /// close all upvalues and to-be-closed variables >= R[A]
    Close A,
    /// R[A] becomes a to-be-closed variable
    Tbc A,
    /// pc += sS
    Jump J,
    /// conditional: R[A] is truthy
    JumpIf A,
    /// conditional: R[A] is falsy
    JumpIfNot A,
    /// conditional: R[B] is truthy; when it is, R[A] := R[B] first
    JumpIfSet AB,
    /// conditional: R[B] is falsy; when it is, R[A] := R[B] first
    JumpIfNotSet AB,
    /// conditional: R[A] == R[B]
    JumpEq AB,
    /// conditional: not (R[A] == R[B])
    JumpNe AB,
    /// conditional: R[A] == K[D], primitively (K[D] is nil, a boolean, a number or a string)
    JumpEqK AD,
    /// conditional: not (R[A] == K[D])
    JumpNeK AD,
    /// conditional: R[A] == sD
    JumpEqI AsD,
    /// conditional: not (R[A] == sD)
    JumpNeI AsD,
    /// conditional: R[A] < R[B]
    JumpLt AB,
    /// conditional: not (R[A] < R[B])
    JumpNotLt AB,
    /// conditional: R[A] <= R[B]
    JumpLe AB,
    /// conditional: not (R[A] <= R[B])
    JumpNotLe AB,
    /// conditional: R[A] < sD
    JumpLtI AsD,
    /// conditional: not (R[A] < sD)
    JumpNotLtI AsD,
    /// conditional: R[A] <= sD
    JumpLeI AsD,
    /// conditional: not (R[A] <= sD)
    JumpNotLeI AsD,
    /// conditional: R[A] > sD  (for metamethods: sD < R[A])
    JumpGtI AsD,
    /// conditional: not (R[A] > sD)
    JumpNotGtI AsD,
    /// conditional: R[A] >= sD  (for metamethods: sD <= R[A])
    JumpGeI AsD,
    /// conditional: not (R[A] >= sD)
    JumpNotGeI AsD,

    // ---- calls
    /// R[A], ... := R[A](R[A+1], ..., R[A+B-1]); B = 0: arguments up to top; C-1 results, C = 0: all, up to top
    Call ABC,
    /// return R[A](R[A+1], ..., R[A+B-1]); C = 1: upvalues or variables have to be closed first
    TailCall ABC,
    /// return R[A], ..., R[A+B-2]; B = 0: up to top; C = 1: close upvalues and to-be-closed variables first.
    /// Also for vararg functions
    Return ABC,
    /// return (nothing to close, not vararg)
    Return0 N,
    /// return R[A] (nothing to close, not vararg)
    Return1 A,
    /// R[A] := closure of prototype S(next word); next word: Extra
    Closure A,
    /// R[A], ..., R[A+C-2] := the extra arguments; C = 0: all, up to top
    Vararg ABC,
    /// adjusts the frame of a vararg function with A fixed parameters; its first instruction. If B is not 0, R[B-1] becomes a
    /// table of the extra arguments
    VarargPrep AB,

    // ---- loops
    /// numeric `for`: R[A] initial value, R[A+1] limit, R[A+2] step. Prepares them; the loop variable is R[A+3]
    /// (so it is where the version has copies: see [`numeric_loop`] and [`generic_loop`]).
    /// If the loop does not run, falls into the next word (a Jump behind the loop), else skips it
    ForPrep A,
    /// next iteration: if there is one, update R[A] and R[A+3] and pc -= D (from the next word), else fall through
    ForLoop AD,
    /// as ForLoop for a body too long for D: if there is an iteration, falls into the next word (a Jump back), else
    /// skips it
    ForLoopX A,
    /// generic `for`: R[A+3] becomes a to-be-closed variable (where the version has them); pc += S of the
    /// next word, a Jump to the TforCall, which it executes
    TforPrep A,
    /// R[A+h], ..., R[A+h+C-1] := R[A](R[A+1], R[A+2]), where the loop has h hidden variables; always followed by TforLoop
    /// or TforLoopX with the same A
    TforCall ABC,
    /// if R[A+4] ~= nil then R[A+2] := R[A+4]; pc -= D (from the next word)
    TforLoop AD,
    /// as TforLoop, falling into the next word (a Jump back) to go on, else skipping it
    TforLoopX A,

    // ---- versions without `_ENV`, where the table of GetTabUp, SetTabUp and SetTabUpK is the function's environment too
    /// R[A] := the running function's environment
    GetEnv A,

    // ---- of versions with declarations of globals and named extra arguments
    /// error if R[A] is not nil: "global 'K[D-1]' already defined" (D = 0: a name that is not known)
    CheckNil AD,
    /// R[A], ..., R[A+C-2] := R[B][1], R[B][2], ...; C = 0: R[B].n of them, up to top
    VarargUnpack ABC,
    /// R[A] := the R[C]-th extra argument, or their number if R[C] is "n", or nil
    VarargGet ABC,

    /// payload of the instruction before; never executed
    Extra S,
}

/// Where a prepared numeric `for` has its parts, from R[A].
pub mod numeric_loop {
    use crate::version::LOOP_VARIABLE_CONTROLS;
    /// The index that counts.
    pub const INDEX: usize = if LOOP_VARIABLE_CONTROLS { 2 } else { 0 };
    /// The number of iterations left (integers) or the limit (floats).
    pub const LIMIT: usize = if LOOP_VARIABLE_CONTROLS { 0 } else { 1 };
    pub const STEP: usize = if LOOP_VARIABLE_CONTROLS { 1 } else { 2 };
    /// The variable that the program sees.
    pub const VARIABLE: usize = if LOOP_VARIABLE_CONTROLS { 2 } else { 3 };
}

/// Where a generic `for` has its parts, from R[A], behind the iterator and its state.
pub mod generic_loop {
    use crate::version::LOOP_VARIABLE_CONTROLS;
    /// The control variable.
    pub const CONTROL: usize = if LOOP_VARIABLE_CONTROLS { 3 } else { 2 };
    /// The value to be closed.
    pub const CLOSING: usize = if LOOP_VARIABLE_CONTROLS { 2 } else { 3 };
    /// The first of the variables that the program sees: the iterator's results.
    pub const RESULTS: usize = crate::version::GENERIC_FOR_HIDDEN;
}

/// Access to the operands of an instruction word.
pub trait Word: Copy {
    fn op(self) -> Op;
    fn a(self) -> u32;
    fn b(self) -> u32;
    fn c(self) -> u32;
    fn sc(self) -> i32;
    fn d(self) -> u32;
    fn sd(self) -> i32;
    fn s(self) -> u32;
    fn ss(self) -> i32;
}

impl Word for Instruction {
    #[inline(always)]
    fn op(self) -> Op {
        let code = (self & 0xff) as usize;
        debug_assert!(code < Op::COUNT);
        // SAFETY: words are made by `abc` and its kin, or were checked by the verifier.
        unsafe { core::mem::transmute(code as u8) }
    }
    #[inline(always)]
    fn a(self) -> u32 {
        (self >> 8) & 0xff
    }
    #[inline(always)]
    fn b(self) -> u32 {
        (self >> 16) & 0xff
    }
    #[inline(always)]
    fn c(self) -> u32 {
        self >> 24
    }
    #[inline(always)]
    fn sc(self) -> i32 {
        self as i32 >> 24
    }
    #[inline(always)]
    fn d(self) -> u32 {
        self >> 16
    }
    #[inline(always)]
    fn sd(self) -> i32 {
        self as i32 >> 16
    }
    #[inline(always)]
    fn s(self) -> u32 {
        self >> 8
    }
    #[inline(always)]
    fn ss(self) -> i32 {
        self as i32 >> 8
    }
}

/// Largest S, the limit of constants, prototypes and array positions in one function.
pub const MAX_S: u32 = (1 << 24) - 1;
/// Largest distance of a Jump.
pub const MAX_JUMP: i32 = (1 << 23) - 1;
/// Largest number that fits an operand A, B or C.
pub const MAX_OPERAND: u32 = 255;

/// Builds an instruction with operands A, B, C (all 8 bits; C may come from a signed byte cast to `u8`).
pub const fn abc(op: Op, a: u32, b: u32, c: u32) -> Instruction {
    debug_assert!(a <= 0xff && b <= 0xff && c <= 0xff);
    op as u32 | a << 8 | b << 16 | c << 24
}
/// Builds an instruction with operands A and D.
pub const fn ad(op: Op, a: u32, d: u32) -> Instruction {
    debug_assert!(a <= 0xff && d <= 0xffff);
    op as u32 | a << 8 | d << 16
}
/// Builds an instruction with operands A and sD.
pub const fn asd(op: Op, a: u32, sd: i32) -> Instruction {
    ad(op, a, sd as i16 as u16 as u32)
}
/// Builds an instruction with operand S.
pub const fn s(op: Op, s: u32) -> Instruction {
    debug_assert!(s <= MAX_S);
    op as u32 | s << 8
}
/// Builds a jump.
pub const fn jump(distance: i32) -> Instruction {
    op_j(Op::Jump, distance)
}
const fn op_j(op: Op, ss: i32) -> Instruction {
    debug_assert!(ss >= -(1 << 23) && ss <= MAX_JUMP);
    op as u32 | (ss as u32) << 8
}

#[cfg(test)]
#[allow(clippy::disallowed_macros)]
mod tests {
    use super::Op;

    /// The listing of `luac` is a C program of its own; its table of operations must be this one.
    #[test]
    fn the_programs_table_is_the_same() {
        let table = include_str!("../../programs/opcodes.h");
        let lines = table.lines().filter_map(|line| line.trim().strip_prefix("OPCODE("));
        let listed = lines.map(|line| line.split(')').next().unwrap_or(line));
        assert_eq!(listed.clone().count(), Op::COUNT);
        for (line, op) in listed.zip(Op::ALL) {
            assert_eq!(line, format!("{}, {:?}", op.name(), op.format()));
        }
    }
}
