//! The library `bit32` (manual of 5.2, §6.7): unsigned numbers of 32 bits. 5.3 has it for compatibility.

use crate::library;
use crate::object::Fallible;
use crate::object::number::wrap_unsigned;
use crate::version::{COUNTS_IN_C_INTS, HAS_INTEGERS};
use crate::vm::State;

crate::builtin!(pub static OPEN = open);

library! { static FUNCTIONS = {
    b"arshift" => arithmetic_shift,
    b"band" => and,
    b"bnot" => not,
    b"bor" => or,
    b"btest" => test,
    b"bxor" => xor,
    b"extract" => extract,
    b"lrotate" => rotate_left,
    b"lshift" => shift_left,
    b"replace" => replace,
    b"rrotate" => rotate_right,
    b"rshift" => shift_right,
} }

/// Number of bits.
const BITS: i64 = 32;

/// `luaopen_bit32`
fn open(l: State) -> Fallible<i32> {
    l.new_table(0, FUNCTIONS.len())?;
    l.set_functions(FUNCTIONS, 0)?;
    Ok(1)
}

/// An argument modulo 2^32.
#[inline(always)]
fn check_bits(l: State, arg: i32) -> Fallible<u32> {
    if HAS_INTEGERS { Ok(l.check_integer(arg)? as u32) } else { Ok(wrap_unsigned(l.check_number(arg)?)) }
}

/// A number of bits.
#[inline(always)]
fn check_count(l: State, arg: i32) -> Fallible<i64> {
    let n = l.check_integer(arg)?;
    Ok(if COUNTS_IN_C_INTS { n as i32 as i64 } else { n })
}

fn push_bits(l: State, bits: u32) -> Fallible<i32> {
    l.push_integer(bits.into());
    Ok(1)
}

/// All arguments taken together.
#[inline(always)]
fn fold(l: State, start: u32, operator: impl Fn(u32, u32) -> u32) -> Fallible<u32> {
    let mut bits = start;
    for arg in 1..=l.top() {
        bits = operator(bits, check_bits(l, arg)?);
    }
    Ok(bits)
}

/// `bit32.band(...)`
fn and(l: State) -> Fallible<i32> {
    push_bits(l, fold(l, u32::MAX, |a, b| a & b)?)
}

/// `bit32.btest(...)`: whether the arguments have a bit in common.
fn test(l: State) -> Fallible<i32> {
    l.push_boolean(fold(l, u32::MAX, |a, b| a & b)? != 0);
    Ok(1)
}

/// `bit32.bor(...)`
fn or(l: State) -> Fallible<i32> {
    push_bits(l, fold(l, 0, |a, b| a | b)?)
}

/// `bit32.bxor(...)`
fn xor(l: State) -> Fallible<i32> {
    push_bits(l, fold(l, 0, |a, b| a ^ b)?)
}

/// `bit32.bnot(x)`
fn not(l: State) -> Fallible<i32> {
    push_bits(l, !check_bits(l, 1)?)
}

/// `bits << n`, to the right for negative `n`.
fn shifted(bits: u32, n: i64) -> u32 {
    match n {
        0..BITS => bits << n,
        ..0 if n > -BITS => bits >> -n,
        _ => 0,
    }
}

/// The arguments of shifts and rotations.
fn bits_and_count(l: State) -> Fallible<(u32, i64)> {
    // The reference looks at the second argument first.
    let n = check_count(l, 2)?;
    Ok((check_bits(l, 1)?, n))
}

/// `bit32.lshift(x, n)`
fn shift_left(l: State) -> Fallible<i32> {
    let (bits, n) = bits_and_count(l)?;
    push_bits(l, shifted(bits, n))
}

/// `bit32.rshift(x, n)`
fn shift_right(l: State) -> Fallible<i32> {
    let (bits, n) = bits_and_count(l)?;
    push_bits(l, shifted(bits, n.wrapping_neg()))
}

/// `bit32.arshift(x, n)`: copies of the highest bit come in from the left.
fn arithmetic_shift(l: State) -> Fallible<i32> {
    let bits = check_bits(l, 1)?;
    let n = check_count(l, 2)?;
    if n < 0 {
        return push_bits(l, shifted(bits, n.wrapping_neg()));
    }
    push_bits(l, (bits as i32 >> n.min(BITS - 1)) as u32)
}

/// `bit32.lrotate(x, n)`
fn rotate_left(l: State) -> Fallible<i32> {
    let (bits, n) = rotation(l)?;
    push_bits(l, bits.rotate_left(n))
}

/// `bit32.rrotate(x, n)`
fn rotate_right(l: State) -> Fallible<i32> {
    let (bits, n) = rotation(l)?;
    push_bits(l, bits.rotate_right(n))
}

/// The arguments of a rotation, the second one modulo [`BITS`].
fn rotation(l: State) -> Fallible<(u32, u32)> {
    let (bits, n) = bits_and_count(l)?;
    Ok((bits, (n & (BITS - 1)) as u32))
}

/// A field: its position is argument `arg`, its width the next one. Returns position and mask.
fn check_field(l: State, arg: i32) -> Fallible<(u32, u32)> {
    let position = check_count(l, arg)?;
    let width = if l.is_none_or_nil(arg + 1) { 1 } else { check_count(l, arg + 1)? };
    l.arg_check(0 <= position, arg, "field cannot be negative")?;
    l.arg_check(0 < width, arg + 1, "width must be positive")?;
    if position.saturating_add(width) > BITS {
        return Err(l.error(&[b"trying to access non-existent bits".into()]));
    }
    Ok((position as u32, u32::MAX >> (BITS - width) as u32))
}

/// `bit32.extract(x, field [, width])`
fn extract(l: State) -> Fallible<i32> {
    let bits = check_bits(l, 1)?;
    let (position, mask) = check_field(l, 2)?;
    push_bits(l, bits >> position & mask)
}

/// `bit32.replace(x, v, field [, width])`
fn replace(l: State) -> Fallible<i32> {
    let bits = check_bits(l, 1)?;
    let value = check_bits(l, 2)?;
    let (position, mask) = check_field(l, 3)?;
    push_bits(l, bits & !(mask << position) | (value & mask) << position)
}
