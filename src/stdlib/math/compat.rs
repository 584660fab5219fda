//! Functions of `math` that newer versions keep only for compatibility (`LUA_COMPAT_MATHLIB`).

use crate::library;
use crate::object::Fallible;
use crate::object::number::real;
use crate::version::SECOND_OPERAND_COMES_FIRST;
use crate::vm::State;
use core::ffi::c_int;

library! { pub static EXPONENTS = {
    b"frexp" => frexp,
    b"ldexp" => ldexp,
} }

library! { pub static FUNCTIONS = {
    b"cosh" => cosh,
    b"log10" => log10,
    b"pow" => pow,
    b"sinh" => sinh,
    b"tanh" => tanh,
} }

unsafe extern "C" {
    #[link_name = "frexp"]
    fn c_frexp(x: f64, exponent: *mut c_int) -> f64;
    #[link_name = "ldexp"]
    fn c_ldexp(x: f64, exponent: c_int) -> f64;
}

fn cosh(l: State) -> Fallible<i32> {
    l.push_number(real::cosh(l.check_number(1)?));
    Ok(1)
}

fn sinh(l: State) -> Fallible<i32> {
    l.push_number(real::sinh(l.check_number(1)?));
    Ok(1)
}

fn tanh(l: State) -> Fallible<i32> {
    l.push_number(real::tanh(l.check_number(1)?));
    Ok(1)
}

fn log10(l: State) -> Fallible<i32> {
    l.push_number(real::log10(l.check_number(1)?));
    Ok(1)
}

fn pow(l: State) -> Fallible<i32> {
    let y = if SECOND_OPERAND_COMES_FIRST { l.check_number(2)? } else { 0.0 };
    let x = l.check_number(1)?;
    l.push_number(real::pow(x, if SECOND_OPERAND_COMES_FIRST { y } else { l.check_number(2)? }));
    Ok(1)
}

/// `math.frexp(x)`: x = m · 2^e
fn frexp(l: State) -> Fallible<i32> {
    let mut exponent = 0;
    // SAFETY: a C function that writes the exponent.
    let mantissa = unsafe { c_frexp(l.check_number(1)?, &mut exponent) };
    l.push_number(mantissa);
    l.push_integer(exponent.into());
    Ok(2)
}

/// `math.ldexp(m, e)`: m · 2^e, the exponent cut to C's `int`.
fn ldexp(l: State) -> Fallible<i32> {
    let exponent = if SECOND_OPERAND_COMES_FIRST { l.check_integer(2)? } else { 0 };
    let m = l.check_number(1)?;
    let exponent = if SECOND_OPERAND_COMES_FIRST { exponent } else { l.check_integer(2)? } as c_int;
    // SAFETY: a pure C function.
    l.push_number(unsafe { c_ldexp(m, exponent) });
    Ok(1)
}
