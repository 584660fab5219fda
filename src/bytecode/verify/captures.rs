//! Proves that no call is made over a register that closures share with the frame.
//!
//! An upvalue that is open is an address in the stack. Where a call puts the function it calls, or its registers, no
//! upvalue may point: assigning to it would replace what the callee's frame trusts. Compiled code keeps to that, because
//! the variables that closures capture lie below every call and are closed when their block ends.
//!
//! For each word the analysis finds the set of registers that may be captured and open when it is reached, 64 registers
//! at a time. Sets only grow, and compiled code needs a few rounds; what needs many is refused.

use super::Function;
use crate::bytecode::isa::{Op, Word, generic_loop};
use crate::memory::{Heap, List, OutOfMemory};

/// More rounds than blocks can be nested.
const ROUNDS: usize = 260;

/// A set of the registers from `first` on.
type Set = u64;

/// Whether calls stay above the registers that are captured. The rest of the code has been found sound.
pub unsafe fn calls_stay_above(heap: *mut Heap, f: &Function) -> Result<bool, OutOfMemory> {
    // SAFETY: `heap` outlives the list.
    let mut open = unsafe { List::<Set>::new(heap) };
    open.reserve(f.code.len())?;
    for first in (0..f.registers as u32).step_by(Set::BITS as usize) {
        open.clear();
        for _ in f.code {
            open.push(0)?;
        }
        // SAFETY: the operands have been verified, calls are all that is left.
        if !unsafe { settles(f, first, &mut open) } {
            return Ok(false);
        }
        if (0..f.code.len()).any(|pc| open[pc] & from(first, lowest_use(f, pc)) != 0) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Follows the flow of control until nothing changes any more.
unsafe fn settles(f: &Function, first: u32, open: &mut [Set]) -> bool {
    (0..ROUNDS).any(|_| {
        let mut grown = false;
        for pc in 0..f.code.len() {
            // SAFETY: the operands have been verified, calls are all that is left.
            grown |= unsafe { flow(f, first, open, pc) };
        }
        !grown
    })
}

/// Carries what is open before the word at `pc` on to the words that execution may reach next. Whether that is news.
unsafe fn flow(f: &Function, first: u32, open: &mut [Set], pc: usize) -> bool {
    let (Some(op), i) = (f.op(pc), f.code[pc]) else { return false };
    let after = match op {
        // SAFETY: the operands have been verified.
        Op::Closure => open[pc] | unsafe { captured(f, first, f.extra(pc)) },
        Op::Close => open[pc] & !from(first, i.a()),
        _ => open[pc],
    };
    let mut reach = |target: i64| match usize::try_from(target).ok().and_then(|n| open.get_mut(n)) {
        Some(at) if after & !*at != 0 => {
            *at |= after;
            true
        }
        _ => false,
    };
    let next = pc as i64 + 1;
    match op {
        Op::Return | Op::Return0 | Op::Return1 => false,
        Op::Jump => reach(f.jump_from(pc)),
        Op::LoadFalseSkip => reach(next + 1),
        Op::ForLoop | Op::TforLoop => reach(next) | reach(next - i.d() as i64),
        _ if super::is_conditional(op) => reach(next) | reach(next + 1),
        _ => reach(next),
    }
}

/// The registers that closures of the inner function capture.
unsafe fn captured(f: &Function, first: u32, inner: u32) -> Set {
    // SAFETY: the inner function exists, and its array of upvalues is as long as its count says.
    unsafe {
        let inner = *(*f.p).protos.add(inner as usize);
        let descriptions = (0..(*inner).upvalue_count as usize).map(|n| *(*inner).upvalues.add(n));
        let bit = |index: u8| (index as u32).checked_sub(first).and_then(|n| Set::checked_shl(1, n)).unwrap_or(0);
        descriptions.filter(|up| up.in_stack).fold(0, |set, up| set | bit(up.index))
    }
}

/// The registers from `lowest` on, of a set that begins at `first`.
fn from(first: u32, lowest: u32) -> Set {
    Set::MAX.checked_shl(lowest.saturating_sub(first)).unwrap_or(0)
}

/// The lowest register that has to be the frame's own when the word is executed. (Tail calls and returns close first.)
fn lowest_use(f: &Function, pc: usize) -> u32 {
    match f.op(pc) {
        Some(Op::Call) => f.code[pc].a(),
        Some(Op::TforCall) => f.code[pc].a() + generic_loop::RESULTS as u32,
        _ => u32::MAX,
    }
}
