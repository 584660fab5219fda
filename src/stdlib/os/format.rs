//! `os.date`: dates as text, one `strftime` conversion at a time, each checked to be one that C99 knows.

use super::date::{check_time, now, set_fields};
use crate::object::{Fallible, Thrown};
use crate::stdlib::arguments::c_string;
use crate::version::{DATES_ARE_TIMES, OLD_OS, UNKNOWN_TIMES_ARE_NIL};
use crate::vm::State;
use libc::tm;

/// Conversions without modifier.
const PLAIN: &[u8] = b"aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%";
/// Conversions after the modifier `E` and after `O`.
const AFTER_E: &[u8] = b"cCxXyY";
const AFTER_O: &[u8] = b"deHImMSuUVwWy";
/// Room for one conversion's text; what is longer is left out, as `strftime` then writes nothing.
const MAX_ITEM: usize = 250;

/// `os.date([format [, time]])`
pub fn date(l: State) -> Fallible<i32> {
    let format = l.opt_bytes(1, b"%c")?;
    // The old function stops at a NUL.
    let format = if UNKNOWN_TIMES_ARE_NIL { format.split(|&b| b == 0).next().unwrap_or_default() } else { format };
    let time = if l.is_none_or_nil(2) { now() } else { check_time(l, 2)? };
    // SAFETY: all-zero bytes are a valid `tm`; the C library fills it in.
    let (format, date) = unsafe {
        let mut date: tm = core::mem::zeroed();
        let (format, done) = match format.strip_prefix(b"!") {
            Some(rest) => (rest, libc::gmtime_r(&raw const time, &raw mut date)),
            None => (format, libc::localtime_r(&raw const time, &raw mut date)),
        };
        if done.is_null() && UNKNOWN_TIMES_ARE_NIL {
            l.push_nil();
            return Ok(1);
        }
        if done.is_null() {
            let what: &[u8] = if DATES_ARE_TIMES { b"time" } else { b"date" };
            return Err(l.error(&[what.into(), b" result cannot be represented in this installation".into()]));
        }
        (format, date)
    };
    if format.starts_with(b"*t") && matches!(format.get(2), None | Some(0)) {
        l.new_table(0, 9)?;
        set_fields(l, &date)?;
    } else {
        push_text(l, format, &date)?;
    }
    Ok(1)
}

/// Pushes the date in this format.
fn push_text(l: State, format: &[u8], date: &tm) -> Fallible<()> {
    let mut text = l.buffer();
    let mut rest = format;
    while let Some(percent) = rest.iter().position(|&b| b == b'%') {
        if OLD_OS && percent + 1 == rest.len() {
            break;
        }
        text.add(&rest[..percent])?;
        rest = &rest[percent + 1..];
        let len = conversion(rest).ok_or_else(|| invalid(l, rest))?;
        let mut specifier = [b'%', 0, 0, 0];
        specifier[1..=len].copy_from_slice(&rest[..len]);
        let mut item = [0u8; MAX_ITEM];
        // SAFETY: the specifier ends in NUL, the buffer is as large as said, the date complete.
        let written = unsafe { libc::strftime(item.as_mut_ptr().cast(), item.len(), specifier.as_ptr().cast(), date) };
        text.add(&item[..written.min(item.len())])?;
        rest = &rest[len..];
    }
    text.add(rest)?;
    text.push()
}

/// Length of the valid conversion that `text` begins with.
fn conversion(text: &[u8]) -> Option<usize> {
    match text {
        [_, ..] if OLD_OS => Some(1),
        [c, ..] if PLAIN.contains(c) => Some(1),
        [b'E', c, ..] if AFTER_E.contains(c) => Some(2),
        [b'O', c, ..] if AFTER_O.contains(c) => Some(2),
        _ => None,
    }
}

#[cold]
fn invalid(l: State, rest: &[u8]) -> Thrown {
    // SAFETY: `rest` ends where the format does, a Lua string or a literal without conversions left.
    let rest = unsafe { c_string(rest) }.to_bytes();
    match l.push_parts(&[b"invalid conversion specifier '%".into(), rest.into(), b"'".into()]) {
        Ok(()) => match l.to_bytes(-1) {
            Ok(message) => l.arg_error(1, message.unwrap_or_default()),
            Err(thrown) => thrown,
        },
        Err(thrown) => thrown,
    }
}
