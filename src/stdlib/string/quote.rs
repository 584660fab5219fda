//! `%q` of `string.format`: values as literals that the lexer reads back.

use super::ctype::{self, Classes};
use super::format::add_float;
use crate::object::{Fallible, Str, tag};
use crate::stdlib::builder::Builder;
use crate::version::{QUOTES_CONTROL_CHARACTERS, QUOTES_INFINITIES};
use crate::vm::State;

/// Adds argument `arg` as a literal.
pub fn add_literal(l: State, out: &mut Builder, arg: i32) -> Fallible<()> {
    let v = l.value(arg);
    match v.tag {
        // SAFETY: the argument is alive.
        tag::SHORT_STRING | tag::LONG_STRING => add_quoted(out, unsafe { Str::bytes(v.as_str()) }),
        tag::INTEGER if v.as_integer() == i64::MIN => out.add(b"0x8000000000000000"),
        tag::INTEGER => out.integer(v.as_integer()),
        tag::FLOAT => add_exact(l, out, v.as_float()),
        tag::NIL | tag::TRUE | tag::FALSE => {
            out.add(l.tostring(arg)?)?;
            l.pop(1);
            Ok(())
        }
        _ => Err(l.arg_error(arg, b"value has no literal form")),
    }
}

/// A float in hexadecimal, which loses nothing.
fn add_exact(l: State, out: &mut Builder, n: f64) -> Fallible<()> {
    if n == f64::INFINITY && QUOTES_INFINITIES {
        out.add(b"1e9999")
    } else if n == f64::NEG_INFINITY && QUOTES_INFINITIES {
        out.add(b"-1e9999")
    } else if n.is_nan() && QUOTES_INFINITIES {
        out.add(b"(0/0)")
    } else {
        let mut text = Builder::new(l);
        add_float(&mut text, b"%a\0", n)?;
        // The lexer wants a dot, whatever the locale's decimal point (the only other character there).
        let known = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'+' | b'.');
        for i in 0..text.bytes().len() {
            let c = text.bytes().get(i).copied().unwrap_or(b'.');
            out.byte(if known(c) { c } else { b'.' })?;
        }
        Ok(())
    }
}

/// A string in quotes.
pub fn add_quoted(out: &mut Builder, s: &[u8]) -> Fallible<()> {
    let classes = Classes::current();
    out.reserve(s.len() + 2)?;
    out.byte(b'"')?;
    let mut rest = s;
    while let [c, tail @ ..] = rest {
        match c {
            b'"' | b'\\' | b'\n' => {
                out.byte(b'\\')?;
                out.byte(*c)?;
            }
            b'\r' if !QUOTES_CONTROL_CHARACTERS => out.add(b"\\r")?,
            0 if !QUOTES_CONTROL_CHARACTERS => out.add(b"\\000")?,
            _ if QUOTES_CONTROL_CHARACTERS && classes.is(*c, ctype::CNTRL) => {
                out.byte(b'\\')?;
                // A digit that follows must not be taken for a part of the escape.
                if tail.first().is_some_and(u8::is_ascii_digit) {
                    out.fill(b'0', if *c < 10 { 2 } else { (*c < 100) as usize })?;
                }
                out.integer((*c).into())?;
            }
            _ => out.byte(*c)?,
        }
        rest = tail;
    }
    out.byte(b'"')
}
