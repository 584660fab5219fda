//! The instructions' handlers (see [`super::dispatch`] for their rules), a file per kind of instruction.

mod arith;
mod branches;
mod calls;
mod loads;
mod loops;
mod tables;

use super::call::Flow;
use super::dispatch::{DONE, Handler, Table, resume};
use super::unwind::unwind;
use crate::bytecode::Op;
use crate::object::{Fallible, Global, Thread, Thrown};

pub use branches::{primitive_le, primitive_lt};
pub(super) use calls::{call_native_frame, hooked, return_1};

/// Declares handlers: `fn name(l, base, i, k, pc, table) { ... }`.
macro_rules! handlers {
    ($( $(#[$attribute:meta])*
        fn $name:ident($l:ident, $base:ident, $i:ident, $k:ident, $pc:ident, $t:ident) $body:block )*) => {$(
        $(#[$attribute])*
        #[allow(unused_variables)]
        pub(in crate::vm) unsafe extern "C" fn $name(
            $l: *mut $crate::object::Thread,
            $base: *mut $crate::object::Value,
            $i: $crate::object::Instruction,
            $k: *const $crate::object::Value,
            $pc: *const $crate::object::Instruction,
            $t: *const $crate::vm::dispatch::Table,
        ) -> u32 {
            // SAFETY: the compiler and the verifier guarantee operands in range for the frame; the dispatch passes
            // the registers of the running frame.
            unsafe { $body }
        }
    )*};
}
pub(super) use handlers;

/// The end of an out-of-line handler: writes the frame back, runs `$body: Fallible<Flow>`, and carries on
/// where that leads.
macro_rules! leave {
    ($l:expr, $pc:expr, $body:expr) => {{
        let ci = (*$l).ci;
        (*ci).saved_pc = $pc;
        (*$l).top = (*ci).top;
        $crate::vm::handlers::carry_on!($l, $body)
    }};
}
pub(super) use leave;

/// The address of a register or constant operand.
macro_rules! operand {
    (register, $n:expr, $base:ident, $k:ident) => {
        $base.add($n as usize).cast_const()
    };
    (constant, $n:expr, $base:ident, $k:ident) => {
        $k.add($n as usize)
    };
}
pub(super) use operand;

/// Goes where the slow operation `$outcome: Fallible<Flow>` leads. It may end the running coroutine, which may be
/// freed then: only the state is still known afterwards.
macro_rules! carry_on {
    ($l:expr, $outcome:expr) => {{
        let g = (*$l).global;
        $crate::vm::handlers::go_on(g, $outcome)
    }};
}
pub(super) use carry_on;

/// See [`carry_on`].
#[inline(always)]
pub(super) unsafe fn go_on(g: *mut Global, outcome: Fallible<Flow>) -> u32 {
    // SAFETY: the operation left `running` with a frame to resume.
    unsafe {
        match outcome {
            Ok(Flow::Run) => resume(g),
            Ok(Flow::Exit) => DONE,
            Err(thrown) => throw((*g).running, thrown),
        }
    }
}

/// Finds who catches an error and goes on there.
#[cold]
#[inline(never)]
pub(super) unsafe extern "C" fn throw(l: *mut Thread, thrown: Thrown) -> u32 {
    // SAFETY: as `go_on`.
    unsafe {
        let g = (*l).global;
        match unwind((*g).running, thrown) {
            Ok(Flow::Run) => resume(g),
            Ok(Flow::Exit) => DONE,
            Err(thrown) => thrown as u32,
        }
    }
}

/// The handlers for execution without hooks.
pub const fn plain_table() -> Table {
    let mut table = Table([loads::extra as Handler; Op::COUNT]);
    macro_rules! fill {
        ($($op:ident => $module:ident::$name:ident),* $(,)?) => { $( table.0[Op::$op as usize] = $module::$name; )* };
    }
    fill! {
        Move => loads::move_,
        LoadI => loads::load_i,
        LoadF => loads::load_f,
        LoadK => loads::load_k,
        LoadKX => loads::load_kx,
        LoadFalse => loads::load_false,
        LoadFalseSkip => loads::load_false_skip,
        LoadTrue => loads::load_true,
        LoadNil => loads::load_nil,
        GetUpval => loads::get_upval,
        SetUpval => loads::set_upval,
        Closure => loads::closure,

        GetTabUp => tables::get_tab_up,
        GetTable => tables::get_table,
        GetI => tables::get_i,
        GetField => tables::get_field,
        SetTabUp => tables::set_tab_up,
        SetTabUpK => tables::set_tab_up_k,
        SetTable => tables::set_table,
        SetTableK => tables::set_table_k,
        SetI => tables::set_i,
        SetIK => tables::set_i_k,
        SetField => tables::set_field,
        SetFieldK => tables::set_field_k,
        SelfK => tables::self_k,
        SelfR => tables::self_r,
        NewTable => tables::new_table,
        SetList => tables::set_list,

        Add => arith::add, Sub => arith::sub, Mul => arith::mul, Mod => arith::mod_, Pow => arith::pow,
        Div => arith::div, Idiv => arith::idiv, Band => arith::band, Bor => arith::bor, Bxor => arith::bxor,
        Shl => arith::shl, Shr => arith::shr,
        AddK => arith::add_k, SubK => arith::sub_k, MulK => arith::mul_k, ModK => arith::mod_k, PowK => arith::pow_k,
        DivK => arith::div_k, IdivK => arith::idiv_k, BandK => arith::band_k, BorK => arith::bor_k,
        BxorK => arith::bxor_k,
        AddKR => arith::add_kr, SubKR => arith::sub_kr, MulKR => arith::mul_kr, ModKR => arith::mod_kr,
        PowKR => arith::pow_kr, DivKR => arith::div_kr, IdivKR => arith::idiv_kr,
        AddI => arith::add_i, SubI => arith::sub_i, ShlI => arith::shl_i, ShrI => arith::shr_i,
        Unm => arith::unm, Bnot => arith::bnot, Not => arith::not, Len => arith::len, Concat => arith::concat,

        Close => calls::close,
        Tbc => calls::tbc,
        Call => calls::call,
        TailCall => calls::tail_call,
        Return => calls::return_,
        Return0 => calls::return_0,
        Return1 => calls::return_1,
        Vararg => calls::vararg,
        VarargPrep => calls::vararg_prep,

        Jump => branches::jump,
        JumpIf => branches::jump_if,
        JumpIfNot => branches::jump_if_not,
        JumpIfSet => branches::jump_if_set,
        JumpIfNotSet => branches::jump_if_not_set,
        JumpEq => branches::jump_eq, JumpNe => branches::jump_ne,
        JumpEqK => branches::jump_eq_k, JumpNeK => branches::jump_ne_k,
        JumpEqI => branches::jump_eq_i, JumpNeI => branches::jump_ne_i,
        JumpLt => branches::jump_lt, JumpNotLt => branches::jump_not_lt,
        JumpLe => branches::jump_le, JumpNotLe => branches::jump_not_le,
        JumpLtI => branches::jump_lt_i, JumpNotLtI => branches::jump_not_lt_i,
        JumpLeI => branches::jump_le_i, JumpNotLeI => branches::jump_not_le_i,
        JumpGtI => branches::jump_gt_i, JumpNotGtI => branches::jump_not_gt_i,
        JumpGeI => branches::jump_ge_i, JumpNotGeI => branches::jump_not_ge_i,

        CheckNil => calls::check_nil,
        VarargUnpack => calls::vararg_unpack,
        VarargGet => calls::vararg_get,

        ForPrep => loops::for_prep,
        ForLoop => loops::for_loop,
        ForLoopX => loops::for_loop_x,
        TforPrep => loops::tfor_prep,
        TforCall => loops::tfor_call,
        TforLoop => loops::tfor_loop,
        TforLoopX => loops::tfor_loop_x,
    }
    #[cfg(feature = "lua51")]
    fill! { GetEnv => loads::get_env }
    table
}

/// The handlers that run below [`hooked`]: those that begin or end a frame tell the hooks.
pub const fn under_hook_table() -> Table {
    let mut table = plain_table();
    table.0[Op::Call as usize] = calls::call_hooked;
    table.0[Op::TailCall as usize] = calls::tail_call_hooked;
    table.0[Op::Return as usize] = calls::return_hooked;
    table.0[Op::Return0 as usize] = calls::return_0_hooked;
    table.0[Op::Return1 as usize] = calls::return_1_hooked;
    table.0[Op::VarargPrep as usize] = calls::vararg_prep_hooked;
    table.0[Op::TforCall as usize] = loops::tfor_call_slow;
    table
}

/// The same instruction word, of which the optimiser does not know that it is: what is decoded from it again
/// need not be kept in a register meanwhile.
#[inline(always)]
#[allow(asm_sub_register)]
pub(super) fn again(i: u32) -> u32 {
    #[cfg(relua_tail_calls)]
    {
        let mut i = i;
        // SAFETY: no instruction at all.
        unsafe { core::arch::asm!("/* {0} */", inout(reg) i, options(pure, nomem, nostack, preserves_flags)) };
        i
    }
    #[cfg(not(relua_tail_calls))]
    i
}
