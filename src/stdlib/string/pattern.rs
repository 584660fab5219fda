//! The pattern matcher (manual §6.4.1).
//!
//! A backtracking matcher over the pattern's text. Each construct that may have to be retried runs the rest of the
//! pattern as a nested call of [`Matcher::run`]; their number is limited ([`MAX_DEPTH`]), so the native stack is
//! bounded. A malformed pattern is an error only when matching gets to the malformed part.
//!
//! The matcher knows nothing of a Lua state: a failure is the position [`FAIL`], an error the position [`ERROR`] with
//! the reason left in [`Matcher::error`]. `ERROR` is "not `FAIL`", so it travels outwards as a match would.

use super::ctype::Classes;
use super::single::{self, SetCache};
use crate::version::OLD_PATTERNS;
use core::mem::MaybeUninit;

/// `LUA_MAXCAPTURES`: captures that a pattern can have.
pub const MAX_CAPTURES: usize = 32;
/// Nested attempts until a pattern is "too complex".
const MAX_DEPTH: u32 = crate::version::PATTERN_DEPTH;

/// No match.
pub const FAIL: usize = usize::MAX;
/// The pattern is wrong; see [`Matcher::error`].
pub const ERROR: usize = usize::MAX - 1;

/// What is wrong with a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternError {
    None,
    EndsWithEscape,
    MissingBracket,
    MissingBalanceArguments,
    MissingFrontierSet,
    TooComplex,
    TooManyCaptures,
    /// A reference to a capture that does not exist or is not closed; the number as written.
    CaptureIndex(i32),
    UnopenedCapture,
    UnfinishedCapture,
}

/// Where a capture begins and how long it is.
#[derive(Clone, Copy)]
struct Capture {
    start: usize,
    len: isize,
}

/// `Capture::len` of a capture that is still open.
const UNFINISHED: isize = -1;
/// `Capture::len` of a position capture.
const POSITION: isize = -2;

/// A capture as the caller sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Captured {
    /// From byte `start`, `len` bytes.
    Span { start: usize, len: usize },
    /// A position capture: the position counted from 1.
    Position(i64),
}

/// What every match must begin with, as far as that can be told at a glance: the search skips other positions.
#[derive(Clone, Copy)]
enum Head {
    Anything,
    Byte(u8),
    /// The single-character item from `.0` to `.1` of the pattern.
    Item(usize, usize),
}

/// A subject, a pattern, and the captures of the last match. Holds addresses of both texts: they must outlive it.
pub struct Matcher {
    subject: *const u8,
    subject_len: usize,
    /// A NUL follows.
    pattern: *const u8,
    pattern_len: usize,
    depth: u32,
    /// Captures, open or closed.
    level: usize,
    head: Head,
    classes: Classes,
    error: PatternError,
    captures: [MaybeUninit<Capture>; MAX_CAPTURES],
    sets: [SetCache; single::SETS],
}

impl Matcher {
    /// A matcher for `pattern` (without a leading anchor).
    ///
    /// # Safety
    /// The texts outlive the matcher, and a NUL follows the last byte of `pattern`.
    pub unsafe fn new(subject: &[u8], pattern: &[u8]) -> Matcher {
        let mut this = Matcher {
            subject: subject.as_ptr(),
            subject_len: subject.len(),
            pattern: pattern.as_ptr(),
            pattern_len: pattern_len(pattern),
            depth: 0,
            level: 0,
            head: Head::Anything,
            classes: Classes::current(),
            error: PatternError::None,
            captures: [const { MaybeUninit::uninit() }; MAX_CAPTURES],
            sets: [SetCache::EMPTY; single::SETS],
        };
        this.head = this.find_head();
        this
    }

    /// Whether these are the very texts that the matcher was made for.
    pub fn is_for(&self, subject: &[u8], pattern: &[u8]) -> bool {
        core::ptr::eq(self.subject, subject.as_ptr())
            && self.subject_len == subject.len()
            && core::ptr::eq(self.pattern, pattern.as_ptr())
            && self.pattern_len == pattern_len(pattern)
    }

    /// Takes notice of a locale that was changed since.
    pub fn refresh(&mut self) {
        let classes = Classes::current();
        if classes != self.classes {
            self.classes = classes;
            self.sets = [SetCache::EMPTY; single::SETS];
        }
    }

    /// Matches at position `s` only: the end of the match, [`FAIL`] or [`ERROR`].
    pub fn match_at(&mut self, s: usize) -> usize {
        self.level = 0;
        self.depth = 0;
        self.run(s, 0)
    }

    /// The first match that begins at `from` or later and does not end at `not_at` (`FAIL` for no such
    /// restriction): its start and end. The end may be [`FAIL`] or [`ERROR`].
    pub fn search(&mut self, from: usize, not_at: usize) -> (usize, usize) {
        let mut s = from;
        while s <= self.subject_len {
            match self.head {
                Head::Anything => {}
                Head::Byte(b) => s += find_byte(self.rest(s), b),
                Head::Item(p, end) => {
                    while s < self.subject_len && !self.single(s, p, end) {
                        s += 1;
                    }
                }
            }
            if s == self.subject_len && !matches!(self.head, Head::Anything) {
                break;
            }
            let end = self.match_at(s);
            if end != FAIL && end != not_at {
                return (s, end);
            }
            s += 1;
        }
        (s, FAIL)
    }

    /// Why the last match gave [`ERROR`].
    pub fn error(&self) -> PatternError {
        self.error
    }

    /// Captures of the last match.
    pub fn captures(&self) -> usize {
        self.level
    }

    /// Capture `i` (from 0) of the match from `start` to `end`; without captures the first is the whole match.
    #[inline]
    pub fn capture(&self, i: usize, start: usize, end: usize) -> Result<Captured, PatternError> {
        if i >= self.level {
            if i != 0 {
                return Err(PatternError::CaptureIndex(i as i32 + 1));
            }
            return Ok(Captured::Span { start, len: end - start });
        }
        let capture = self.get(i);
        match capture.len {
            UNFINISHED => Err(PatternError::UnfinishedCapture),
            POSITION => Ok(Captured::Position(capture.start as i64 + 1)),
            len => Ok(Captured::Span { start: capture.start, len: len as usize }),
        }
    }

    // ---- the texts

    #[inline(always)]
    fn subject(&self, i: usize) -> u8 {
        debug_assert!(i < self.subject_len);
        // SAFETY: callers stay inside the subject.
        unsafe { *self.subject.add(i) }
    }

    /// The subject from `s` on.
    #[inline(always)]
    fn rest(&self, s: usize) -> &[u8] {
        debug_assert!(s <= self.subject_len);
        // SAFETY: `s` is a position in the subject or its end.
        unsafe { core::slice::from_raw_parts(self.subject.add(s), self.subject_len - s) }
    }

    /// A byte of the pattern; NUL at its end.
    #[inline(always)]
    fn pattern(&self, i: usize) -> u8 {
        debug_assert!(i <= self.pattern_len);
        // SAFETY: a NUL follows the pattern, and callers look at most at that.
        unsafe { *self.pattern.add(i) }
    }

    fn pattern_text(&self) -> &[u8] {
        // SAFETY: `new`'s caller.
        unsafe { core::slice::from_raw_parts(self.pattern, self.pattern_len) }
    }

    #[inline(always)]
    fn get(&self, i: usize) -> Capture {
        debug_assert!(i < self.level);
        // SAFETY: captures below `level` are initialised, and `level` is at most `MAX_CAPTURES`.
        unsafe { self.captures.get_unchecked(i).assume_init() }
    }

    #[inline(always)]
    fn set(&mut self, i: usize, capture: Capture) {
        debug_assert!(i < MAX_CAPTURES);
        // SAFETY: callers pass levels in range.
        unsafe { self.captures.get_unchecked_mut(i).write(capture) };
    }

    #[cold]
    fn fail_with(&mut self, error: PatternError) -> usize {
        self.error = error;
        ERROR
    }

    // ---- matching

    /// Matches the pattern from `p` on against the subject from `s` on.
    fn run(&mut self, s: usize, p: usize) -> usize {
        if self.depth == MAX_DEPTH {
            return self.fail_with(PatternError::TooComplex);
        }
        self.depth += 1;
        let end = self.run_items(s, p);
        self.depth -= 1;
        end
    }

    fn run_items(&mut self, mut s: usize, mut p: usize) -> usize {
        while p != self.pattern_len {
            match self.pattern(p) {
                b'(' if self.pattern(p + 1) == b')' => return self.open_capture(s, p + 2, POSITION),
                b'(' => return self.open_capture(s, p + 1, UNFINISHED),
                b')' => return self.close_capture(s, p + 1),
                b'$' if p + 1 == self.pattern_len => return if s == self.subject_len { s } else { FAIL },
                b'%' => {
                    let (next, after) = match self.pattern(p + 1) {
                        b'b' => (self.balanced(s, p + 2), p + 4),
                        b'f' => self.frontier(s, p + 2),
                        digit @ b'0'..=b'9' => (self.back_reference(s, digit), p + 2),
                        _ => match self.item(&mut s, &mut p) {
                            None => continue,
                            Some(end) => return end,
                        },
                    };
                    if next >= ERROR {
                        return next;
                    }
                    (s, p) = (next, after);
                }
                _ => {
                    if let Some(end) = self.item(&mut s, &mut p) {
                        return end;
                    }
                }
            }
        }
        s
    }

    /// Matches a single-character item with its suffix: either moves on, or gives the end of the whole match.
    #[inline(always)]
    fn item(&mut self, s: &mut usize, p: &mut usize) -> Option<usize> {
        let end = self.item_end(*p);
        if end == ERROR {
            return Some(ERROR);
        }
        let suffix = self.pattern(end);
        if *s >= self.subject_len || !self.single(*s, *p, end) {
            // No nested attempt here: it would count towards the limit.
            return match suffix {
                b'*' | b'?' | b'-' => {
                    *p = end + 1;
                    None
                }
                _ => Some(FAIL),
            };
        }
        match suffix {
            b'*' => Some(self.longest(*s, *p, end)),
            b'+' => Some(self.longest(*s + 1, *p, end)),
            b'-' => Some(self.shortest(*s, *p, end)),
            b'?' => {
                let r = self.run(*s + 1, end + 1);
                if r != FAIL {
                    return Some(r);
                }
                *p = end + 1;
                None
            }
            _ => {
                *s += 1;
                *p = end;
                None
            }
        }
    }

    /// Where the single-character item at `p` ends.
    #[inline(always)]
    fn item_end(&mut self, p: usize) -> usize {
        match self.pattern(p) {
            b'%' | b'[' => self.long_item_end(p),
            _ => p + 1,
        }
    }

    fn long_item_end(&mut self, p: usize) -> usize {
        match single::item_end(self.pattern_text(), p) {
            Ok(end) => end,
            Err(error) => self.fail_with(error),
        }
    }

    /// Whether the subject's character at `s` (there is one) matches the item from `p` to `end`.
    #[inline(always)]
    fn single(&mut self, s: usize, p: usize, end: usize) -> bool {
        let c = self.subject(s);
        match self.pattern(p) {
            b'.' => true,
            b'%' => single::in_class(c, self.pattern(p + 1), self.classes),
            b'[' => self.in_set(c, p, end),
            literal => literal == c,
        }
    }

    #[inline]
    fn in_set(&mut self, c: u8, p: usize, end: usize) -> bool {
        // SAFETY: as `pattern_text`; written out because a part of `self` is borrowed mutably.
        let pattern = unsafe { core::slice::from_raw_parts(self.pattern, self.pattern_len) };
        let slot = p % single::SETS;
        // SAFETY: the remainder is in range.
        unsafe { self.sets.get_unchecked_mut(slot) }.contains(c, pattern, p, end, self.classes)
    }

    /// How many characters from `s` on match the item.
    fn run_length(&mut self, s: usize, p: usize, end: usize) -> usize {
        let rest = self.rest(s);
        match self.pattern(p) {
            b'.' => rest.len(),
            b'%' => {
                let (class, classes) = (self.pattern(p + 1), self.classes);
                single::class_run(rest, class, classes)
            }
            b'[' => {
                let mut i = s;
                while i < self.subject_len && self.in_set(self.subject(i), p, end) {
                    i += 1;
                }
                i - s
            }
            literal => rest.iter().position(|&c| c != literal).unwrap_or(rest.len()),
        }
    }

    /// The character that the pattern from `p` on must begin with, if it is a plain one.
    #[inline]
    fn next_literal(&self, p: usize) -> Option<u8> {
        if p >= self.pattern_len {
            return None;
        }
        match self.pattern(p) {
            b'(' | b')' | b'%' | b'.' | b'[' | b'$' => None,
            c => match self.pattern(p + 1) {
                b'*' | b'?' | b'-' => None,
                _ => Some(c),
            },
        }
    }

    /// `item*` and `item+`: as many as possible, but at least up to `least`.
    fn longest(&mut self, least: usize, p: usize, end: usize) -> usize {
        if self.depth == MAX_DEPTH {
            return self.fail_with(PatternError::TooComplex);
        }
        let mut s = least + self.run_length(least, p, end);
        if end + 1 == self.pattern_len {
            return s;
        }
        let literal = self.next_literal(end + 1);
        loop {
            let r = self.run_before(literal, s, end + 1);
            if r != FAIL {
                return r;
            }
            if s == least {
                return FAIL;
            }
            s -= 1;
        }
    }

    /// As [`Self::run`], where the pattern goes on with `literal`, if that is known: an attempt that cannot succeed is saved.
    #[inline(always)]
    fn run_before(&mut self, literal: Option<u8>, s: usize, p: usize) -> usize {
        let hopeless = literal.is_some_and(|c| s == self.subject_len || self.subject(s) != c);
        if hopeless { FAIL } else { self.run(s, p) }
    }

    /// `item-`: as few as possible.
    fn shortest(&mut self, mut s: usize, p: usize, end: usize) -> usize {
        if self.depth == MAX_DEPTH {
            return self.fail_with(PatternError::TooComplex);
        }
        let literal = self.next_literal(end + 1);
        loop {
            let r = self.run_before(literal, s, end + 1);
            if r != FAIL {
                return r;
            }
            if s >= self.subject_len || !self.single(s, p, end) {
                return FAIL;
            }
            s += 1;
        }
    }

    fn open_capture(&mut self, s: usize, p: usize, len: isize) -> usize {
        let level = self.level;
        if level >= MAX_CAPTURES {
            return self.fail_with(PatternError::TooManyCaptures);
        }
        self.set(level, Capture { start: s, len });
        self.level = level + 1;
        let r = self.run(s, p);
        if r == FAIL {
            self.level -= 1;
        }
        r
    }

    fn close_capture(&mut self, s: usize, p: usize) -> usize {
        let Some(l) = (0..self.level).rev().find(|&l| self.get(l).len == UNFINISHED) else {
            return self.fail_with(PatternError::UnopenedCapture);
        };
        let start = self.get(l).start;
        self.set(l, Capture { start, len: (s - start) as isize });
        let r = self.run(s, p);
        if r == FAIL {
            self.set(l, Capture { start, len: UNFINISHED });
        }
        r
    }

    fn back_reference(&mut self, s: usize, digit: u8) -> usize {
        let l = (digit as usize).wrapping_sub(b'1' as usize);
        if l >= self.level || self.get(l).len == UNFINISHED {
            return self.fail_with(PatternError::CaptureIndex(digit as i32 - b'0' as i32));
        }
        let Capture { start, len } = self.get(l);
        // A position capture has no text to compare with.
        let (Ok(len), rest) = (usize::try_from(len), self.rest(s)) else {
            return FAIL;
        };
        match (rest.get(..len), self.rest(start).get(..len)) {
            (Some(here), Some(there)) if here == there => s + len,
            _ => FAIL,
        }
    }

    /// `%bxy`, with x at `p`.
    fn balanced(&mut self, s: usize, p: usize) -> usize {
        if p + 1 >= self.pattern_len {
            return self.fail_with(PatternError::MissingBalanceArguments);
        }
        let (open, close) = (self.pattern(p), self.pattern(p + 1));
        let rest = self.rest(s);
        if rest.first() != Some(&open) {
            return FAIL;
        }
        let mut nesting = 1usize;
        for (i, &c) in rest.iter().enumerate().skip(1) {
            if c == close {
                nesting -= 1;
                if nesting == 0 {
                    return s + i + 1;
                }
            } else if c == open {
                nesting += 1;
            }
        }
        FAIL
    }

    /// `%f[set]`, with the set at `p`: the position (unchanged), and where the pattern goes on.
    fn frontier(&mut self, s: usize, p: usize) -> (usize, usize) {
        if self.pattern(p) != b'[' {
            return (self.fail_with(PatternError::MissingFrontierSet), p);
        }
        let end = self.long_item_end(p);
        if end == ERROR {
            return (ERROR, p);
        }
        let before = if s == 0 { 0 } else { self.subject(s - 1) };
        let here = if s == self.subject_len { 0 } else { self.subject(s) };
        if !self.in_set(before, p, end) && self.in_set(here, p, end) { (s, end) } else { (FAIL, end) }
    }

    /// Works out [`Head`]: looks behind opening parentheses at the first item, if it must match once.
    fn find_head(&mut self) -> Head {
        let mut p = 0;
        while p < self.pattern_len && self.pattern(p) == b'(' && p < MAX_CAPTURES {
            p += if self.pattern(p + 1) == b')' { 2 } else { 1 };
        }
        if p >= self.pattern_len {
            return Head::Anything;
        }
        let first = self.pattern(p);
        let Ok(end) = single::item_end(self.pattern_text(), p) else {
            return Head::Anything;
        };
        if matches!(self.pattern(end), b'*' | b'?' | b'-') {
            return Head::Anything;
        }
        match first {
            b'(' | b')' | b'.' => Head::Anything,
            b'$' if p + 1 == self.pattern_len => Head::Anything,
            b'%' => match self.pattern(p + 1) {
                b'b' | b'f' | b'0'..=b'9' => Head::Anything,
                c if c.is_ascii_alphabetic() => Head::Item(p, end),
                c => Head::Byte(c),
            },
            b'[' => Head::Item(p, end),
            c => Head::Byte(c),
        }
    }
}

/// Index of the first `b`, or the length.
#[inline]
pub fn find_byte(bytes: &[u8], b: u8) -> usize {
    if bytes.first() == Some(&b) {
        return 0;
    }
    // SAFETY: the range is readable.
    let found = unsafe { libc::memchr(bytes.as_ptr().cast(), b.into(), bytes.len()) };
    if found.is_null() { bytes.len() } else { found as usize - bytes.as_ptr() as usize }
}

/// How much of a pattern counts.
fn pattern_len(pattern: &[u8]) -> usize {
    let end = if OLD_PATTERNS { pattern.iter().position(|&b| b == 0) } else { None };
    end.unwrap_or(pattern.len())
}

#[cfg(test)]
mod tests;
