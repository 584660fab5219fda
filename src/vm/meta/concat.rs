//! Concatenation (manual §3.4.6): from the right, as many strings and numbers at once as there are.

use super::arith::concat_metamethod;
use super::{call_in_frame, call_natively};
use crate::gc;
use crate::object::number::{self, MAX_TEXT};
use crate::object::string::MAX_SHORT;
use crate::object::{Fallible, Str, Thread, Value};
use crate::vm::call::{self, Flow};
use crate::vm::error;
use core::mem::MaybeUninit;
use core::ptr;

/// The largest length of a string.
const MAX_LEN: usize = isize::MAX as usize - 64;

fn convertible(v: Value) -> bool {
    v.is_string() || v.is_number()
}

/// Makes a number in a slot a string.
unsafe fn stringify(l: *mut Thread, slot: *mut Value) -> Fallible<()> {
    // SAFETY: the slot is on the stack.
    unsafe {
        if (*slot).is_number() {
            let mut text = [0u8; MAX_TEXT];
            let n = number::format(*slot, &mut text);
            Value::store(slot, Value::object(Str::new((*l).global, &text[..n])?));
        }
        Ok(())
    }
}

/// Concatenates values at the top of the stack, at most `total` of them, into one, which replaces them; returns how many
/// (0: the last two need a metamethod).
unsafe fn join(l: *mut Thread, total: usize) -> Fallible<usize> {
    // SAFETY: the stack holds `total >= 2` operands.
    unsafe {
        let top = (*l).top;
        if !convertible(*top.sub(1)) || !convertible(*top.sub(2)) {
            return Ok(0);
        }
        stringify(l, top.sub(1))?;
        let mut len = Str::len((*top.sub(1)).as_str());
        let mut n = 1;
        while n < total && convertible(*top.sub(n + 1)) {
            stringify(l, top.sub(n + 1))?;
            let more = Str::len((*top.sub(n + 1)).as_str());
            if more >= MAX_LEN - len {
                (*l).top = top.sub(total);
                return Err(error::runtime(l, &["string length overflow".into()]));
            }
            len += more;
            n += 1;
        }
        let result = build(l, top.sub(n), n, len)?;
        Value::store(top.sub(n), Value::object(result));
        (*l).top = top.sub(n - 1);
        Ok(n)
    }
}

unsafe fn build(l: *mut Thread, first: *const Value, n: usize, len: usize) -> Fallible<*mut Str> {
    // SAFETY: `n` strings from `first`, together `len` bytes.
    unsafe {
        // With one operand that is not empty, that is the result.
        if n == 2 {
            let (a, b) = ((*first).as_str(), (*first.add(1)).as_str());
            if Str::len(b) == 0 {
                return Ok(a);
            }
            if Str::len(a) == 0 {
                return Ok(b);
            }
        }
        if len <= MAX_SHORT {
            let mut text = [0u8; MAX_SHORT];
            copy(first, n, text.as_mut_ptr());
            return Ok(Str::new((*l).global, &text[..len])?);
        }
        let result = Str::new_long((*l).global, len)?;
        copy(first, n, Str::data(result).cast_mut());
        Ok(result)
    }
}

unsafe fn copy(first: *const Value, n: usize, to: *mut u8) {
    // SAFETY: `to` has room for all of them.
    unsafe {
        let mut to = to;
        for i in 0..n {
            let bytes = Str::bytes((*first.add(i)).as_str());
            core::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len());
            to = to.add(bytes.len());
        }
    }
}

/// Concatenates the top `n >= 2` values into one, with metamethods.
pub unsafe fn concat(l: *mut Thread, n: usize) -> Fallible<()> {
    // SAFETY: `l` is live, and there are `n` values at the top of its stack.
    unsafe {
        let mut left = n;
        while left > 1 {
            let joined = join(l, left)?;
            if joined > 0 {
                left -= joined - 1;
                continue;
            }
            let (a, b) = ((*l).top.sub(2), (*l).top.sub(1));
            let handler = concat_metamethod(l, a, b)?;
            let result = call_natively(l, handler, &[Value::load(a), Value::load(b)])?;
            (*l).top = (*l).top.sub(1);
            Value::store((*l).top.sub(1), result);
            left -= 1;
        }
        Ok(())
    }
}

/// Texts up to this length are put together in one go, without strings for the numbers among the operands.
const INLINE: usize = 256;

/// The concatenation of `n` strings and numbers from `first` on, if it is not too long; `None` for others and for what may
/// be one of the operands itself.
#[inline(always)]
unsafe fn join_inline(l: *mut Thread, first: *const Value, n: usize) -> Fallible<Option<*mut Str>> {
    // SAFETY: the operands are on the stack. A number's text always has room behind the buffer's nominal end.
    unsafe {
        let mut text = MaybeUninit::<[u8; INLINE + MAX_TEXT]>::uninit();
        let start = text.as_mut_ptr().cast::<u8>();
        let mut len = 0;
        for i in 0..n {
            let v = Value::load(first.add(i));
            if v.is_string() {
                let bytes = Str::bytes(v.as_str());
                if bytes.is_empty() || bytes.len() > INLINE - len {
                    return Ok(None);
                }
                copy_short(bytes, start.add(len));
                len += bytes.len();
            } else if v.is_number() {
                let mut digits = [0; MAX_TEXT];
                let count = number::format(v, &mut digits);
                ptr::copy_nonoverlapping(digits.as_ptr(), start.add(len), MAX_TEXT);
                len += count;
            } else {
                return Ok(None);
            }
            if len > INLINE {
                return Ok(None);
            }
        }
        Ok(Some(Str::new((*l).global, core::slice::from_raw_parts(start, len))?))
    }
}

/// Copies bytes, of which there are probably few.
#[inline(always)]
unsafe fn copy_short(bytes: &[u8], to: *mut u8) {
    // SAFETY: `len` bytes can be read and written; reads and writes overlap in the middle instead of going beyond the ends.
    unsafe {
        let (from, len) = (bytes.as_ptr(), bytes.len());
        if len > 16 {
            ptr::copy_nonoverlapping(from, to, len);
        } else if len >= 8 {
            let (a, b) = (from.cast::<u64>().read_unaligned(), from.add(len - 8).cast::<u64>().read_unaligned());
            to.cast::<u64>().write_unaligned(a);
            to.add(len - 8).cast::<u64>().write_unaligned(b);
        } else if len >= 4 {
            let (a, b) = (from.cast::<u32>().read_unaligned(), from.add(len - 4).cast::<u32>().read_unaligned());
            to.cast::<u32>().write_unaligned(a);
            to.add(len - 4).cast::<u32>().write_unaligned(b);
        } else {
            for n in 0..len {
                *to.add(n) = *from.add(n);
            }
        }
    }
}

/// The same for the instruction Concat of the running frame, whose operands' first register gets the result.
pub unsafe fn concat_in_frame(l: *mut Thread, n: usize) -> Fallible<Flow> {
    // SAFETY: the frame is written back; the operands are the top values.
    unsafe {
        let first = (*l).top.sub(n);
        if let Some(result) = join_inline(l, first, n)? {
            Value::store(first, Value::object(result));
            if gc::is_due((*l).global) {
                call::step_below(l, first.add(1))?;
            }
            return Ok(Flow::Run);
        }
        let mut left = n;
        while left > 1 {
            let joined = join(l, left)?;
            if joined == 0 {
                let (a, b) = ((*l).top.sub(2), (*l).top.sub(1));
                let handler = concat_metamethod(l, a, b)?;
                return call_in_frame(l, handler, &[Value::load(a), Value::load(b)], 1);
            }
            left -= joined - 1;
        }
        if gc::is_due((*l).global) {
            call::step_below(l, (*l).top)?;
        }
        Ok(Flow::Run)
    }
}
