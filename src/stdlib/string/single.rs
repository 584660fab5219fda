//! Single-character items of patterns: classes such as `%a`, and sets such as `[%w_]`.
//!
//! A set is looked through item by item for its first few characters; a set in frequent use gets a bitmap.

use super::ctype::{self, Classes, Mask};
use super::pattern::PatternError;

/// Bitmaps that a matcher keeps (one per remainder of the set's position in the pattern).
pub const SETS: usize = 4;
/// Characters tested before a set gets a bitmap.
const PATIENCE: u32 = 32;

/// Where the single-character item at `p` ends (`p` is inside the pattern).
pub fn item_end(pattern: &[u8], p: usize) -> Result<usize, PatternError> {
    match pattern.get(p) {
        Some(b'%') if p + 1 >= pattern.len() => Err(PatternError::EndsWithEscape),
        Some(b'%') => Ok(p + 2),
        Some(b'[') => set_end(pattern, p + 1),
        _ => Ok(p + 1),
    }
}

/// Where the set whose first character is at `p` ends. A `]` that comes first does not end it.
fn set_end(pattern: &[u8], mut p: usize) -> Result<usize, PatternError> {
    if pattern.get(p) == Some(&b'^') {
        p += 1;
    }
    loop {
        match pattern.get(p) {
            None => return Err(PatternError::MissingBracket),
            Some(b'%') if p + 1 < pattern.len() => p += 2,
            Some(_) => p += 1,
        }
        if pattern.get(p) == Some(&b']') {
            return Ok(p + 1);
        }
    }
}

/// What the letter of a class stands for.
enum Class {
    /// Characters of the mask, or all others.
    Mask { mask: Mask, negated: bool },
    /// `%z` and `%Z`.
    Zero { negated: bool },
    /// Any other character stands for itself.
    Literal(u8),
}

#[inline]
fn class(letter: u8) -> Class {
    // Only letters become lower-case letters by this.
    let mask = match letter | 0x20 {
        b'a' => ctype::ALPHA,
        b'c' => ctype::CNTRL,
        b'd' => ctype::DIGIT,
        b'g' if !crate::version::OLD_PATTERNS => ctype::GRAPH,
        b'l' => ctype::LOWER,
        b'p' => ctype::PUNCT,
        b's' => ctype::SPACE,
        b'u' => ctype::UPPER,
        b'w' => ctype::ALNUM,
        b'x' => ctype::XDIGIT,
        b'z' => return Class::Zero { negated: letter == b'Z' },
        _ => return Class::Literal(letter),
    };
    Class::Mask { mask, negated: letter & 0x20 == 0 }
}

/// Whether `c` is in the class `%letter`.
#[inline]
pub fn in_class(c: u8, letter: u8, classes: Classes) -> bool {
    match class(letter) {
        Class::Mask { mask, negated } => classes.is(c, mask) != negated,
        Class::Zero { negated } => (c == 0) != negated,
        Class::Literal(l) => l == c,
    }
}

/// How many of the first bytes are in the class `%letter`.
pub fn class_run(bytes: &[u8], letter: u8, classes: Classes) -> usize {
    let outside = match class(letter) {
        Class::Mask { mask, negated } => bytes.iter().position(|&c| classes.is(c, mask) == negated),
        Class::Zero { negated } => bytes.iter().position(|&c| (c == 0) == negated),
        Class::Literal(l) => bytes.iter().position(|&c| c != l),
    };
    outside.unwrap_or(bytes.len())
}

/// One element of a set.
enum Element {
    Class(u8),
    Range(u8, u8),
}

/// The element at `p` of a set whose `]` is at `close`, and where the next one is.
#[inline]
fn element(pattern: &[u8], p: usize, close: usize) -> (Element, usize) {
    let at = |i: usize| pattern.get(i).copied().unwrap_or(0);
    let first = at(p);
    if first == b'%' {
        (Element::Class(at(p + 1)), p + 2)
    } else if at(p + 1) == b'-' && p + 2 < close {
        (Element::Range(first, at(p + 2)), p + 3)
    } else {
        (Element::Range(first, first), p + 1)
    }
}

/// Whether `c` is in the set from `p` (its `[`) to `end` (behind its `]`).
fn in_set(c: u8, pattern: &[u8], p: usize, end: usize, classes: Classes) -> bool {
    let close = end - 1;
    let negated = pattern.get(p + 1) == Some(&b'^');
    let mut at = p + 1 + negated as usize;
    while at < close {
        let (element, next) = element(pattern, at, close);
        let found = match element {
            Element::Class(letter) => in_class(c, letter, classes),
            Element::Range(low, high) => low <= c && c <= high,
        };
        if found {
            return !negated;
        }
        at = next;
    }
    negated
}

/// The bitmap of one set of a pattern, made when the set has been used for a while.
#[derive(Clone, Copy)]
pub struct SetCache {
    /// Position of the set's `[` plus one; 0 for no set.
    set: usize,
    uses: u32,
    bits: [u64; 4],
}

impl SetCache {
    pub const EMPTY: SetCache = SetCache { set: 0, uses: 0, bits: [0; 4] };

    /// Whether `c` is in the set from `p` to `end` of the pattern.
    #[inline]
    pub fn contains(&mut self, c: u8, pattern: &[u8], p: usize, end: usize, classes: Classes) -> bool {
        if self.set == p + 1 && self.uses > PATIENCE {
            return self.has(c);
        }
        self.contains_slow(c, pattern, p, end, classes)
    }

    #[inline(always)]
    fn has(&self, c: u8) -> bool {
        // SAFETY: a byte's upper two bits are an index below four.
        unsafe { self.bits.get_unchecked((c >> 6) as usize) >> (c & 63) & 1 != 0 }
    }

    fn contains_slow(&mut self, c: u8, pattern: &[u8], p: usize, end: usize, classes: Classes) -> bool {
        if self.set != p + 1 {
            self.set = p + 1;
            self.uses = 0;
        }
        self.uses += 1;
        if self.uses > PATIENCE {
            self.fill(pattern, p, end, classes);
            return self.has(c);
        }
        in_set(c, pattern, p, end, classes)
    }

    fn fill(&mut self, pattern: &[u8], p: usize, end: usize, classes: Classes) {
        let close = end - 1;
        let negated = pattern.get(p + 1) == Some(&b'^');
        self.bits = [0; 4];
        let mut at = p + 1 + negated as usize;
        while at < close {
            let (element, next) = element(pattern, at, close);
            match element {
                Element::Class(letter) => (0..=255).filter(|&c| in_class(c, letter, classes)).for_each(|c| self.put(c)),
                Element::Range(low, high) => (low..=high).for_each(|c| self.put(c)),
            }
            at = next;
        }
        if negated {
            self.bits = self.bits.map(|word| !word);
        }
    }

    #[inline(always)]
    fn put(&mut self, c: u8) {
        // SAFETY: as `has`.
        unsafe { *self.bits.get_unchecked_mut((c >> 6) as usize) |= 1 << (c & 63) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bitmap_agrees_with_the_walk() {
        let classes = Classes::current();
        for set in [&b"[a-z]"[..], b"[^%s,]", b"[%w_]", b"[]-]", b"[^]]", b"[%]a-]", b"[--/]", b"[a-%%]"] {
            let end = item_end(set, 0).unwrap();
            let mut cache = SetCache::EMPTY;
            for round in 0..2 {
                for c in 0..=255 {
                    assert_eq!(cache.contains(c, set, 0, end, classes), in_set(c, set, 0, end, classes), "{round} {c}");
                }
            }
        }
    }

    #[test]
    fn classes_follow_their_letter() {
        let classes = Classes::current();
        assert!(in_class(b'a', b'a', classes) && !in_class(b'a', b'A', classes));
        assert!(in_class(0, b'z', classes) && in_class(1, b'Z', classes));
        assert!(in_class(b'.', b'.', classes) && !in_class(b'a', b'.', classes));
    }
}
