//! `string.format`.
//!
//! A conversion is checked as strictly as PUC Lua does, since 5.4 against the flags that it accepts. Strings and integers are
//! written here; floats go through the C library, as their digits must be the same (but see [`super::fixed`]).

use super::fixed;
use super::integer_text::{Spec, add_integer, add_number, sign};
use super::quote::add_literal;
use crate::object::{Fallible, Thrown, number};
use crate::stdlib::builder::Builder;
use crate::version::{FORMAT_CHECKS_SPECIFICATIONS, FORMAT_HAS_POINTERS};
use crate::vm::State;
use crate::vm::error::printable;
use core::ffi::c_int;

/// Longest conversion specification, `%` and NUL included.
const MAX_FORMAT: usize = 32;
/// Room for the C library's length modifiers, which count towards the limit.
const RESERVED: usize = 10;
/// Longest text of a float: `%.99f` of the largest one, and some.
const MAX_FLOAT: usize = 110 + 308;

/// Flags that conversions accept.
mod flags {
    pub const FLOAT: &[u8] = b"-+#0 ";
    pub const HEX: &[u8] = b"-#0";
    pub const INTEGER: &[u8] = b"-+0 ";
    pub const UNSIGNED: &[u8] = b"-0";
    pub const TEXT: &[u8] = b"-";
}

/// A conversion specification as written, from `%` to the conversion character, and a NUL.
struct Form {
    text: [u8; MAX_FORMAT],
    len: usize,
}

impl Form {
    fn bytes(&self) -> &[u8] {
        self.text.get(..self.len).unwrap_or(&[])
    }
    fn at(&self, i: usize) -> u8 {
        self.text.get(i).copied().unwrap_or(0)
    }
    /// Without flags, width and precision.
    fn is_bare(&self) -> bool {
        self.len <= 2
    }
}

/// `string.format(formatstring, ...)`
pub fn format(l: State) -> Fallible<i32> {
    format_by(l, add_next)
}

/// `string.format`, with the function that adds what the specification at the beginning of a text (without its `%`) makes
/// of an argument. It returns the text behind the specification.
#[inline(always)]
pub fn format_by(
    l: State,
    add: impl for<'f> Fn(State, &mut Builder, &'f [u8], i32) -> Fallible<&'f [u8]>,
) -> Fallible<i32> {
    let top = l.top();
    let mut rest = l.check_bytes(1)?;
    let mut out = Builder::new(l);
    let mut arg = 1;
    while let Some(at) = rest.iter().position(|&c| c == b'%') {
        out.add(rest.get(..at).unwrap_or(&[]))?;
        rest = rest.get(at + 1..).unwrap_or(&[]);
        if let [b'%', tail @ ..] = rest {
            out.byte(b'%')?;
            rest = tail;
            continue;
        }
        arg += 1;
        if arg > top {
            return Err(l.arg_error(arg, b"no value"));
        }
        rest = add(l, &mut out, rest, arg)?;
    }
    out.add(rest)?;
    out.push()?;
    Ok(1)
}

/// Formats argument `arg`; see [`format_by`].
#[inline(always)]
fn add_next<'f>(l: State, out: &mut Builder, rest: &'f [u8], arg: i32) -> Fallible<&'f [u8]> {
    match rest {
        [b'd', tail @ ..] => {
            out.integer(l.check_integer(arg)?)?;
            Ok(tail)
        }
        [b's', tail @ ..] => {
            add_text(l, out, arg)?;
            Ok(tail)
        }
        _ => {
            let form = read_form(l, rest)?;
            convert(l, out, &form, arg)?;
            Ok(rest.get(form.len - 1..).unwrap_or(&[]))
        }
    }
}

/// Reads a specification that stands behind its `%`.
fn read_form(l: State, rest: &[u8]) -> Fallible<Form> {
    if !FORMAT_CHECKS_SPECIFICATIONS {
        check_shape(l, rest)?;
    }
    let modifies = |c: &u8| matches!(c, b'-' | b'+' | b'#' | b' ' | b'.' | b'0'..=b'9');
    let spec = rest.iter().position(|c| !modifies(c)).unwrap_or(rest.len());
    if spec + 1 >= MAX_FORMAT - RESERVED {
        return Err(l.error(&[b"invalid format (too long)".into()]));
    }
    let mut form = Form { text: [0; MAX_FORMAT], len: 1 };
    form.text[0] = b'%';
    for (to, from) in form.text.iter_mut().skip(1).zip(rest.iter().take(spec + 1)) {
        *to = *from;
        form.len += 1;
    }
    Ok(form)
}

/// What versions check that leave the rest to C: at most five flags, width and precision of at most two digits.
fn check_shape(l: State, rest: &[u8]) -> Fallible<()> {
    let flags = rest.iter().position(|c| !b"-+ #0".contains(c)).unwrap_or(rest.len());
    if flags > 5 {
        return Err(l.error(&[b"invalid format (repeated flags)".into()]));
    }
    let rest = rest.get(flags..).unwrap_or(&[]);
    let digits = |s: &[u8]| s.iter().take(2).take_while(|c| c.is_ascii_digit()).count();
    let mut n = digits(rest);
    if rest.get(n) == Some(&b'.') {
        n += 1 + digits(rest.get(n + 1..).unwrap_or(&[]));
    }
    if rest.get(n).is_some_and(u8::is_ascii_digit) {
        return Err(l.error(&[b"invalid format (width or precision too long)".into()]));
    }
    match rest.get(n) {
        Some(conversion) if b"cdiouxXaAeEfgGqs".contains(conversion) => Ok(()),
        conversion => {
            let code = conversion.copied().unwrap_or(0);
            let mut text = [0; 8];
            let shown = printable(code, &mut text);
            Err(l.error(&[b"invalid option '%".into(), shown.into(), b"' to 'format'".into()]))
        }
    }
}

/// Formats argument `arg`.
fn convert(l: State, out: &mut Builder, form: &Form, arg: i32) -> Fallible<()> {
    let conversion = if form.len > 1 { form.at(form.len - 1) } else { 0 };
    match conversion {
        b'd' | b'i' => convert_integer(l, out, form, flags::INTEGER, arg),
        b'u' => convert_integer(l, out, form, flags::UNSIGNED, arg),
        b'o' | b'x' | b'X' => convert_integer(l, out, form, flags::HEX, arg),
        b'f' | b'e' | b'E' | b'g' | b'G' => {
            let n = l.check_number(arg)?;
            let spec = check(l, form, flags::FLOAT, true)?;
            let done = match conversion {
                b'f' => fixed::add_fixed(out, &spec, n)?,
                b'g' => add_general(out, &spec, n)?,
                _ => false,
            };
            if done { Ok(()) } else { add_float(out, &form.text, n) }
        }
        b'a' | b'A' => {
            check(l, form, flags::FLOAT, true)?;
            add_float(out, &form.text, l.check_number(arg)?)
        }
        b'c' => {
            let spec = check(l, form, flags::TEXT, false)?;
            let byte = l.check_integer(arg)? as u8;
            pad(out, &spec, core::slice::from_ref(&byte))
        }
        b'p' if FORMAT_HAS_POINTERS => convert_pointer(l, out, form, arg),
        b'q' if form.is_bare() || !FORMAT_CHECKS_SPECIFICATIONS => add_literal(l, out, arg),
        b'q' => Err(l.error(&[b"specifier '%q' cannot have modifiers".into()])),
        b's' => convert_string(l, out, form, arg),
        _ => Err(invalid_conversion(l, form)),
    }
}

#[cold]
fn invalid_conversion(l: State, form: &Form) -> Thrown {
    l.error(&[b"invalid conversion '".into(), until_nul(form.bytes()).into(), b"' to 'format'".into()])
}

/// Checks a specification against the flags that its conversion accepts, and reads it.
fn check(l: State, form: &Form, flags: &[u8], precision: bool) -> Fallible<Spec> {
    if !FORMAT_CHECKS_SPECIFICATIONS {
        return Ok(read_leniently(form, flags));
    }
    let mut spec = Spec::default();
    let mut i = 1;
    while flags.contains(&form.at(i)) {
        spec.flag(form.at(i));
        i += 1;
    }
    if form.at(i) != b'0' {
        spec.width = two_digits(form, &mut i);
        if form.at(i) == b'.' && precision {
            i += 1;
            spec.precision = Some(two_digits(form, &mut i));
        }
    }
    if !form.at(i).is_ascii_alphabetic() {
        return Err(l.error(&[b"invalid conversion specification: '".into(), form.bytes().into(), b"'".into()]));
    }
    Ok(spec)
}

/// Reads a specification of the right shape as C does: flags that mean nothing to the conversion are passed over.
fn read_leniently(form: &Form, flags: &[u8]) -> Spec {
    let mut spec = Spec::default();
    let mut i = 1;
    while b"-+ #0".contains(&form.at(i)) {
        if flags.contains(&form.at(i)) {
            spec.flag(form.at(i));
        }
        i += 1;
    }
    spec.width = two_digits(form, &mut i);
    if form.at(i) == b'.' {
        i += 1;
        spec.precision = Some(two_digits(form, &mut i));
    }
    spec
}

/// A number of at most two digits, 0 for none.
fn two_digits(form: &Form, i: &mut usize) -> usize {
    let mut n = 0;
    for _ in 0..2 {
        if form.at(*i).is_ascii_digit() {
            n = n * 10 + (form.at(*i) - b'0') as usize;
            *i += 1;
        }
    }
    n
}

fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|&c| c == 0).next().unwrap_or(bytes)
}

pub fn pad(out: &mut Builder, spec: &Spec, text: &[u8]) -> Fallible<()> {
    let blanks = spec.width.saturating_sub(text.len());
    if !spec.left {
        out.fill(b' ', blanks)?;
    }
    out.add(text)?;
    if spec.left { out.fill(b' ', blanks) } else { Ok(()) }
}

fn convert_integer(l: State, out: &mut Builder, form: &Form, flags: &[u8], arg: i32) -> Fallible<()> {
    let n = l.check_integer(arg)?;
    let spec = check(l, form, flags, true)?;
    add_integer(out, &spec, form.at(form.len - 1), n)
}

/// Adds a float as C's `printf` formats it by `form`, which ends in NUL.
pub fn add_float(out: &mut Builder, form: &[u8], n: f64) -> Fallible<()> {
    let to = out.reserve(MAX_FLOAT)?;
    // SAFETY: the format has one conversion, for a double; the C library writes at most `MAX_FLOAT` bytes.
    unsafe {
        let written = libc::snprintf(to.cast(), MAX_FLOAT, form.as_ptr().cast(), n);
        out.advance((written.max(0) as usize).min(MAX_FLOAT - 1));
    }
    Ok(())
}

/// `%g` in the precisions that are known how to do; false if that is for the C library.
pub fn add_general(out: &mut Builder, spec: &Spec, n: f64) -> Fallible<bool> {
    let precision = spec.precision.unwrap_or(6).max(1);
    if precision > 17 || spec.alternative {
        return Ok(false);
    }
    let mut text = [0; number::MAX_TEXT];
    let len = number::format_general(n.abs(), precision as u32, &mut text);
    let text = text.get(..len).unwrap_or(&text);
    add_number(out, spec, n.is_finite(), sign(spec, n.is_sign_negative()), 0, text)?;
    Ok(true)
}

fn convert_pointer(l: State, out: &mut Builder, form: &Form, arg: i32) -> Fallible<()> {
    let p = l.to_pointer(arg);
    let spec = check(l, form, flags::TEXT, false)?;
    if p.is_null() {
        return pad(out, &spec, b"(null)");
    }
    const ROOM: usize = 32;
    let mut text = [0u8; ROOM];
    // SAFETY: one conversion, for a pointer; at most `ROOM` bytes are written.
    let n: c_int = unsafe { libc::snprintf(text.as_mut_ptr().cast(), ROOM, c"%p".as_ptr(), p) };
    pad(out, &spec, text.get(..n.max(0) as usize).unwrap_or(&text))
}

/// Plain `%s`.
#[inline]
fn add_text(l: State, out: &mut Builder, arg: i32) -> Fallible<()> {
    let v = l.value(arg);
    if (v.is_string() || v.is_number()) && !l.has_tostring(v) {
        return out.add_value(v);
    }
    let text = l.tostring(arg)?;
    out.add(text)?;
    l.pop(1);
    Ok(())
}

/// `%s` with width or precision.
fn convert_string(l: State, out: &mut Builder, form: &Form, arg: i32) -> Fallible<()> {
    if form.is_bare() {
        return add_text(l, out, arg);
    }
    let text = l.tostring(arg)?;
    l.arg_check(!text.contains(&0), arg, "string contains zeros")?;
    let spec = check(l, form, flags::TEXT, true)?;
    let shown = match spec.precision {
        Some(n) => text.get(..n).unwrap_or(text),
        None => text,
    };
    pad(out, &spec, shown)?;
    l.pop(1);
    Ok(())
}
