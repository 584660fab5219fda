//! `string.gsub`.
//!
//! Unchanged stretches of the subject are copied only when a change follows them (or the end, if there was a
//! change), so a call that changes nothing returns its argument and allocates nothing.

use super::pattern::{Captured, ERROR, FAIL, Matcher};
use super::search::{anchored, capture_error, pattern_error, push_capture, push_captures};
use crate::object::value::types;
use crate::object::{Fallible, Thrown};
use crate::stdlib::builder::Builder;
use crate::version::{
    CHOICES_TELL_TYPES, EMPTY_MATCHES_TOUCH, GSUB_LIMIT_IS_INT, GSUB_LIMIT_IS_UNSIGNED, REPLACEMENTS_ARE_LENIENT,
};
use crate::vm::State;

/// What matches are replaced with.
enum Replacement<'a> {
    /// A string without escapes.
    Plain(&'a [u8]),
    /// A string with escapes.
    Template(&'a [u8]),
    Table,
    Function,
}

/// `string.gsub(s, pattern, repl [, n])`
pub fn gsub(l: State) -> Fallible<i32> {
    let s = l.check_bytes(1)?;
    let pattern = l.check_bytes(2)?;
    let kind = l.type_of(3);
    let limit = match l.opt_integer(4, s.len() as i64 + 1)? {
        ..0 if GSUB_LIMIT_IS_UNSIGNED => i64::MAX,
        limit if GSUB_LIMIT_IS_INT => limit as i32 as i64,
        limit => limit,
    };
    let replacement = replacement(l, kind)?;
    let (pattern, anchor) = anchored(pattern);
    // SAFETY: both strings stay on the stack during this call, and a NUL follows every Lua string.
    let mut m = unsafe { Matcher::new(s, pattern) };
    let mut out = Builder::new(l);
    let (mut count, mut changed) = (0, false);
    // The subject is copied up to `copied`; the search goes on at `at`, and must not end at `last`.
    let (mut copied, mut at, mut last) = (0, 0, FAIL);
    while count < limit && at <= s.len() {
        let (start, end) = if anchor { (0, m.match_at(0)) } else { m.search(at, last) };
        match end {
            FAIL => break,
            ERROR => return Err(pattern_error(l, m.error())),
            _ => {}
        }
        count += 1;
        if replace(l, &mut out, &m, s, &replacement, copied, start, end)? {
            copied = end;
            changed = true;
        }
        (at, last) = match EMPTY_MATCHES_TOUCH {
            true => (if start == end { end + 1 } else { end }, FAIL),
            false => (end, end),
        };
        if anchor {
            break;
        }
    }
    if changed {
        out.add(s.get(copied..).unwrap_or(&[]))?;
        out.push()?;
    } else {
        l.push_value(1);
    }
    l.push_integer(count);
    Ok(2)
}

fn replacement<'a>(l: State, kind: i32) -> Fallible<Replacement<'a>> {
    match kind {
        types::NUMBER | types::STRING => {
            let text = l.check_bytes(3)?;
            Ok(if text.contains(&b'%') { Replacement::Template(text) } else { Replacement::Plain(text) })
        }
        types::TABLE => Ok(Replacement::Table),
        types::FUNCTION => Ok(Replacement::Function),
        _ if CHOICES_TELL_TYPES => Err(l.type_error(3, b"string/function/table")),
        _ => Err(l.arg_error(3, b"string/function/table expected")),
    }
}

/// Adds what replaces the match, and before it the subject from `copied` on. False if the match is to stay.
#[inline(always)]
#[allow(clippy::too_many_arguments)]
fn replace(
    l: State,
    out: &mut Builder,
    m: &Matcher,
    s: &[u8],
    replacement: &Replacement,
    copied: usize,
    start: usize,
    end: usize,
) -> Fallible<bool> {
    let before = s.get(copied..start).unwrap_or(&[]);
    match replacement {
        Replacement::Plain(text) => {
            out.add(before)?;
            out.add(text)?;
            return Ok(true);
        }
        Replacement::Template(text) => {
            out.add(before)?;
            expand(l, out, m, s, text, start, end)?;
            return Ok(true);
        }
        Replacement::Table => {
            push_capture(l, m, s, 0, start, end)?;
            l.get_table(3)?;
        }
        Replacement::Function => {
            l.push_value(3);
            let args = push_captures(l, m, s, start, end, true)?;
            l.call(args, 1)?;
        }
    }
    let v = l.value(-1);
    let stays = v.is_falsy();
    if !stays {
        if !(v.is_string() || v.is_number()) {
            return Err(invalid_value(l));
        }
        out.add(before)?;
        out.add_value(v)?;
    }
    l.pop(1);
    Ok(!stays)
}

#[cold]
fn invalid_value(l: State) -> Thrown {
    let name = l.type_name(l.type_of(-1));
    l.error(&[b"invalid replacement value (a ".into(), name.into(), b")".into()])
}

/// Adds a replacement string, its `%` escapes expanded.
fn expand(
    l: State,
    out: &mut Builder,
    m: &Matcher,
    s: &[u8],
    mut text: &[u8],
    start: usize,
    end: usize,
) -> Fallible<()> {
    while let Some(at) = text.iter().position(|&c| c == b'%') {
        out.add(text.get(..at).unwrap_or(&[]))?;
        match text.get(at + 1) {
            Some(b'%') => out.byte(b'%')?,
            Some(b'0') => out.add(s.get(start..end).unwrap_or(&[]))?,
            Some(&digit @ b'1'..=b'9') => match m.capture((digit - b'1') as usize, start, end) {
                Ok(Captured::Span { start, len }) => out.add(s.get(start..start + len).unwrap_or(&[]))?,
                Ok(Captured::Position(n)) => out.integer(n)?,
                Err(error) => return Err(capture_error(l, error)),
            },
            other if REPLACEMENTS_ARE_LENIENT => out.byte(other.copied().unwrap_or(0))?,
            _ => return Err(l.error(&[b"invalid use of '%' in replacement string".into()])),
        }
        text = text.get(at + 2..).unwrap_or(&[]);
    }
    out.add(text)
}
