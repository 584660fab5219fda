//! `string.find`, `string.match` and `string.gmatch`, and what they share with `gsub`: errors and captures.

use super::needle::find_plain;
use super::pattern::{Captured, ERROR, FAIL, Matcher, PatternError};
use super::start_position;
use crate::builtin;
use crate::object::{Fallible, Str, Thrown};
use crate::stdlib::private::private;
use crate::version::{
    CAPTURE_ERRORS_TELL_INDEX, EMPTY_MATCHES_TOUCH, GMATCH_HAS_START, OLD_PATTERNS, SEARCHES_BEGIN_INSIDE,
};
use crate::vm::State;
use crate::vm::state::upvalue_index;

/// The Lua error for a wrong pattern.
#[cold]
pub fn pattern_error(l: State, error: PatternError) -> Thrown {
    let text: &[u8] = match error {
        PatternError::None => b"pattern error",
        PatternError::EndsWithEscape => b"malformed pattern (ends with '%')",
        PatternError::MissingBracket => b"malformed pattern (missing ']')",
        PatternError::MissingBalanceArguments if OLD_PATTERNS => b"unbalanced pattern",
        PatternError::MissingBalanceArguments => b"malformed pattern (missing arguments to '%b')",
        PatternError::MissingFrontierSet => b"missing '[' after '%f' in pattern",
        PatternError::TooComplex => b"pattern too complex",
        PatternError::TooManyCaptures => b"too many captures",
        PatternError::CaptureIndex(_) if SEARCHES_BEGIN_INSIDE => b"invalid capture index",
        PatternError::CaptureIndex(n) => return l.error(&[b"invalid capture index %".into(), n.into()]),
        PatternError::UnopenedCapture => b"invalid pattern capture",
        PatternError::UnfinishedCapture => b"unfinished capture",
    };
    l.error(&[text.into()])
}

/// Pushes capture `i` of the match from `start` to `end` of `subject`.
#[inline]
pub fn push_capture(l: State, m: &Matcher, subject: &[u8], i: usize, start: usize, end: usize) -> Fallible<()> {
    match m.capture(i, start, end) {
        Ok(Captured::Span { start, len }) => l.push_bytes(subject.get(start..start + len).unwrap_or(&[])),
        Ok(Captured::Position(n)) => {
            l.push_integer(n);
            Ok(())
        }
        Err(error) => Err(capture_error(l, error)),
    }
}

/// The Lua error for a capture that cannot be shown.
#[cold]
pub fn capture_error(l: State, error: PatternError) -> Thrown {
    match error {
        PatternError::CaptureIndex(_) if !CAPTURE_ERRORS_TELL_INDEX => l.error(&[b"invalid capture index".into()]),
        _ => pattern_error(l, error),
    }
}

/// Pushes all captures, or the whole match if there are none and `whole`; returns how many values that is.
pub fn push_captures(l: State, m: &Matcher, subject: &[u8], start: usize, end: usize, whole: bool) -> Fallible<i32> {
    let count = if m.captures() == 0 && whole { 1 } else { m.captures() };
    if count > 1 {
        l.need_stack(count as i32, "too many captures")?;
    }
    for i in 0..count {
        push_capture(l, m, subject, i, start, end)?;
    }
    Ok(count as i32)
}

/// The pattern without its anchor, and whether it had one.
#[inline(always)]
pub fn anchored(pattern: &[u8]) -> (&[u8], bool) {
    match pattern {
        [b'^', rest @ ..] => (rest, true),
        _ => (pattern, false),
    }
}

/// Whether a pattern stands for itself.
#[inline]
fn is_plain(pattern: &[u8]) -> bool {
    const SPECIAL: u128 = {
        let (mut set, mut i) = (0, 0);
        let special = b"^$*+?.([%-";
        while i < special.len() {
            set |= 1u128 << special[i];
            i += 1;
        }
        set
    };
    !pattern.iter().any(|&c| c < 128 && SPECIAL >> c & 1 != 0)
}

/// `string.find(s, pattern [, init [, plain]])`
pub fn find(l: State) -> Fallible<i32> {
    find_or_match(l, true)
}

/// `string.match(s, pattern [, init])`
pub fn match_(l: State) -> Fallible<i32> {
    find_or_match(l, false)
}

#[inline(always)]
fn find_or_match(l: State, find: bool) -> Fallible<i32> {
    let s = l.check_bytes(1)?;
    let pattern = l.check_bytes(2)?;
    let mut from = start_position(l.opt_integer(3, 1)?, s.len()) - 1;
    if SEARCHES_BEGIN_INSIDE {
        from = from.min(s.len());
    }
    if from > s.len() {
        l.push_nil();
        return Ok(1);
    }
    // Only what stands before a NUL can make a pattern of it.
    let end = if OLD_PATTERNS { pattern.iter().position(|&b| b == 0) } else { None };
    if find && (is_plain(&pattern[..end.unwrap_or(pattern.len())]) || l.to_boolean(4)) {
        return plain_find(l, s, pattern, from);
    }
    let (pattern, anchor) = anchored(pattern);
    // SAFETY: both strings stay on the stack during this call, and a NUL follows every Lua string.
    let mut m = unsafe { Matcher::new(s, pattern) };
    let (start, end) = if anchor { (from, m.match_at(from)) } else { m.search(from, FAIL) };
    match end {
        FAIL => {
            l.push_nil();
            Ok(1)
        }
        ERROR => Err(pattern_error(l, m.error())),
        _ if find => {
            l.push_integer(start as i64 + 1);
            l.push_integer(end as i64);
            Ok(push_captures(l, &m, s, start, end, false)? + 2)
        }
        _ => push_captures(l, &m, s, start, end, true),
    }
}

fn plain_find(l: State, s: &[u8], pattern: &[u8], from: usize) -> Fallible<i32> {
    let found = match s.get(from..) {
        Some(_) if pattern.is_empty() => Some(0),
        Some(rest) => find_plain(rest, pattern),
        None => None,
    };
    match found {
        Some(at) => {
            l.push_integer((from + at) as i64 + 1);
            l.push_integer((from + at + pattern.len()) as i64);
            Ok(2)
        }
        None => {
            l.push_nil();
            Ok(1)
        }
    }
}

/// State of a `gmatch` loop, in a userdata: the iterator's upvalues are the two strings and this.
struct Iteration {
    matcher: Matcher,
    /// Where the search goes on.
    at: usize,
    /// End of the last match, `FAIL` before the first; a match must not end there again.
    last: usize,
}

builtin!(static NEXT_MATCH = next_match);

/// `string.gmatch(s, pattern [, init])`
pub fn gmatch(l: State) -> Fallible<i32> {
    let s = l.check_bytes(1)?;
    let pattern = l.check_bytes(2)?;
    let from = if GMATCH_HAS_START { start_position(l.opt_integer(3, 1)?, s.len()) - 1 } else { 0 };
    l.set_top(2);
    l.new_userdata(size_of::<Iteration>(), 0)?;
    let state = l.to_userdata(-1).cast::<Iteration>();
    // SAFETY: the userdata is large enough and aligned to 16; the closure keeps the strings alive.
    unsafe { state.write(Iteration { matcher: Matcher::new(s, pattern), at: from, last: FAIL }) };
    l.push_builtin_closure(&NEXT_MATCH, 3)?;
    Ok(1)
}

/// The iterator that `gmatch` returns.
fn next_match(l: State) -> Fallible<i32> {
    // SAFETY: userdata of this size are made here only; no Lua code runs while it is borrowed.
    let Some(state) = (unsafe { private::<Iteration>(l, 2) }) else {
        return Ok(0);
    };
    // The debug library can change upvalues: the strings must still be those that the matcher points to.
    let (s, pattern) = (l.value(upvalue_index(1)), l.value(upvalue_index(2)));
    if !(s.is_string() && pattern.is_string()) {
        return Ok(0);
    }
    // SAFETY: upvalues are alive.
    let (s, pattern) = unsafe { (Str::bytes(s.as_str()), Str::bytes(pattern.as_str())) };
    if !state.matcher.is_for(s, pattern) {
        return Ok(0);
    }
    if EMPTY_MATCHES_TOUCH && state.at > s.len() {
        return Ok(0);
    }
    state.matcher.refresh();
    let (start, end) = state.matcher.search(state.at, state.last);
    match end {
        FAIL => Ok(0),
        ERROR => Err(pattern_error(l, state.matcher.error())),
        _ => {
            state.at = end;
            state.last = end;
            if EMPTY_MATCHES_TOUCH {
                state.at = if start == end { end + 1 } else { end };
                state.last = FAIL;
            }
            push_captures(l, &state.matcher, s, start, end, true)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_search() {
        assert_eq!(find_plain(b"abcabd", b"abd"), Some(3));
        assert_eq!(find_plain(b"abc", b"c"), Some(2));
        assert_eq!(find_plain(b"a\0b", b"\0b"), Some(1));
        assert_eq!(find_plain(b"ab", b"abc"), None);
        assert_eq!(find_plain(b"aaaaaaaaaaaaaaaaaab", b"ab"), Some(17));
        assert_eq!(find_plain(b"aaaaaaaaaaaaaaaaaab", b"ac"), None);
        assert_eq!(find_plain(b"aXaXaXab", b"ab"), Some(6));
        assert_eq!(find_plain(b"aXaXaXa", b"ab"), None);
        assert_eq!(find_plain(b"", b"x"), None);
    }

    #[test]
    fn special_characters() {
        assert!(is_plain(b"abc]){}\0"));
        for c in b"^$*+?.([%-" {
            assert!(!is_plain(&[b'a', *c]));
        }
    }
}
