//! `string.format` where all numbers are floats (5.1 and 5.2): C's `printf`, with few checks of its own.
//!
//! A conversion takes any flags; those that mean nothing to it are left out here. Texts end at their first NUL, unless
//! they are long or there is nothing to do with them.

use super::fixed;
use super::format::{add_float, add_general, format_by, pad};
use super::integer_text::{Spec, add_integer};
use super::quote::add_quoted;
use crate::object::number::truncate;
use crate::object::{Fallible, Thrown};
use crate::stdlib::arguments::c_string;
use crate::stdlib::builder::Builder;
use crate::version::{FORMAT_CALLS_TOSTRING, FORMAT_CHECKS_RANGES, FORMAT_HAS_HEXADECIMAL_FLOATS, TEXT_ENDS_AT_NUL};
use crate::vm::State;

const FLAGS: &[u8] = b"-+ #0";
/// Flags in all; more must be repeated ones.
const MOST_FLAGS: usize = FLAGS.len();
/// From this length on a text without precision is not passed through `printf`.
const LONG_TEXT: usize = 100;
const NO_TEXT: &[u8] = b"(null)";
/// 2^64
const TWO_64: f64 = 18_446_744_073_709_551_616.0;
/// Longest specification: flags, width, point and precision, conversion, and NUL.
const MAX_FORMAT: usize = 16;

/// `string.format(formatstring, ...)`
pub fn format(l: State) -> Fallible<i32> {
    format_by(l, add_next)
}

/// Formats argument `arg`; see [`format_by`].
#[inline(always)]
fn add_next<'f>(l: State, out: &mut Builder, rest: &'f [u8], arg: i32) -> Fallible<&'f [u8]> {
    let (spec, len) = read_spec(l, rest)?;
    let conversion = rest.get(len).copied().unwrap_or(0);
    convert(l, out, &spec, rest.get(..len + 1).unwrap_or(rest), conversion, arg)?;
    Ok(rest.get(len + 1..).unwrap_or(&[]))
}

/// Reads flags, width and precision; returns how many characters those are.
fn read_spec(l: State, text: &[u8]) -> Fallible<(Spec, usize)> {
    let mut spec = Spec::default();
    let at = |i: usize| text.get(i).copied().unwrap_or(0);
    let mut i = 0;
    while FLAGS.contains(&at(i)) {
        spec.flag(at(i));
        i += 1;
    }
    if i > MOST_FLAGS {
        return Err(l.error(&[b"invalid format (repeated flags)".into()]));
    }
    let two_digits = |i: &mut usize| {
        let mut n = 0;
        for _ in 0..2 {
            if at(*i).is_ascii_digit() {
                n = n * 10 + (at(*i) - b'0') as usize;
                *i += 1;
            }
        }
        n
    };
    spec.width = two_digits(&mut i);
    if at(i) == b'.' {
        i += 1;
        spec.precision = Some(two_digits(&mut i));
    }
    if at(i).is_ascii_digit() {
        return Err(l.error(&[b"invalid format (width or precision too long)".into()]));
    }
    Ok((spec, i))
}

/// Formats argument `arg` by a specification, which is `text` without its `%`.
fn convert(l: State, out: &mut Builder, spec: &Spec, text: &[u8], conversion: u8, arg: i32) -> Fallible<()> {
    match conversion {
        b'd' | b'i' => {
            let n = l.check_number(arg)?;
            let whole = truncate(n);
            check_range(l, arg, n - whole as f64, "not a number in proper range")?;
            add_integer(out, &Spec { alternative: false, ..*spec }, conversion, whole)
        }
        b'o' | b'u' | b'x' | b'X' => {
            let n = l.check_number(arg)?;
            // As C converts; negative numbers wrap around.
            let whole = if n < 0.0 {
                truncate(n) as u64
            } else if n < TWO_64 {
                n as u64
            } else {
                0
            };
            check_range(l, arg, n - whole as f64, "not a non-negative number in proper range")?;
            let alternative = spec.alternative && conversion != b'u';
            add_integer(out, &Spec { plus: false, space: false, alternative, ..*spec }, conversion, whole as i64)
        }
        b'e' | b'E' | b'f' | b'g' | b'G' => convert_float(l, out, spec, text, conversion, arg),
        b'a' | b'A' if FORMAT_HAS_HEXADECIMAL_FLOATS => convert_float(l, out, spec, text, conversion, arg),
        b'c' => match l.check_integer(arg)? as u8 {
            // Blanks in front of a NUL are seen.
            0 if TEXT_ENDS_AT_NUL && spec.left => Ok(()),
            0 if TEXT_ENDS_AT_NUL => out.fill(b' ', spec.width.saturating_sub(1)),
            c => pad(out, spec, &[c]),
        },
        b'q' => add_quoted(out, l.check_bytes(arg)?),
        b's' => convert_text(l, out, spec, arg),
        _ => Err(invalid_option(l, conversion)),
    }
}

fn check_range(l: State, arg: i32, difference: f64, message: &str) -> Fallible<()> {
    l.arg_check(!FORMAT_CHECKS_RANGES || (-1.0 < difference && difference < 1.0), arg, message)
}

#[cold]
fn invalid_option(l: State, conversion: u8) -> Thrown {
    let conversion = &[conversion][usize::from(TEXT_ENDS_AT_NUL && conversion == 0)..];
    l.error(&[b"invalid option '%".into(), conversion.into(), b"' to 'format'".into()])
}

fn convert_float(l: State, out: &mut Builder, spec: &Spec, text: &[u8], conversion: u8, arg: i32) -> Fallible<()> {
    let n = l.check_number(arg)?;
    let done = match conversion {
        b'f' => fixed::add_fixed(out, spec, n)?,
        b'g' => add_general(out, spec, n)?,
        _ => false,
    };
    if done {
        return Ok(());
    }
    let mut form = [0; MAX_FORMAT];
    form[0] = b'%';
    for (to, from) in form.iter_mut().skip(1).take(MAX_FORMAT - 2).zip(text) {
        *to = *from;
    }
    add_float(out, &form, n)
}

fn convert_text(l: State, out: &mut Builder, spec: &Spec, arg: i32) -> Fallible<()> {
    let v = l.value(arg);
    let simple = v.is_string() && !l.has_tostring(v);
    let text = if simple || !FORMAT_CALLS_TOSTRING { l.check_bytes(arg)? } else { l.tostring(arg)? };
    if !simple && FORMAT_CALLS_TOSTRING && !l.is_string(-1) {
        // `__tostring` may return anything; C's `printf` shows what has no text like this, as a whole or not at all.
        let shown: &[u8] = if spec.precision.is_none_or(|n| n >= NO_TEXT.len()) { NO_TEXT } else { b"" };
        pad(out, spec, shown)?;
    } else if spec.precision.is_none() && text.len() >= LONG_TEXT {
        out.add(text)?;
    } else {
        // SAFETY: the bytes of a Lua string.
        let text = unsafe { c_string(text) }.to_bytes();
        let shown = spec.precision.and_then(|n| text.get(..n)).unwrap_or(text);
        pad(out, spec, shown)?;
    }
    if !simple && FORMAT_CALLS_TOSTRING {
        l.pop(1);
    }
    Ok(())
}
