//! Looking for bytes eight at a time.
//!
//! A *mark* is the highest bit of a byte of a word. The functions that compute marks are exact up to the lowest one: what is
//! above that may be marked wrongly.

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = LOW << 7;

/// Number of bytes before the first one that `marks` marks.
#[inline(always)]
pub fn before(text: &[u8], marks: impl Fn(u64) -> u64) -> usize {
    let (words, rest) = text.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let found = marks(u64::from_le_bytes(*word));
        if found != 0 {
            return index * 8 + length(found);
        }
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    text.len().min(words.len() * 8 + length(marks(u64::from_le_bytes(last))))
}

/// Number of bytes of a word below the lowest mark.
#[inline(always)]
pub fn length(marks: u64) -> usize {
    (marks.trailing_zeros() / 8) as usize
}

/// The bits of a word below the lowest mark's byte.
#[inline(always)]
pub fn mask(marks: u64) -> u64 {
    let lowest = marks & marks.wrapping_neg();
    (lowest >> 7).wrapping_sub(1)
}

/// Marks the bytes that are `byte`.
#[inline(always)]
pub fn equal(word: u64, byte: u8) -> u64 {
    let zero = word ^ (LOW * byte as u64);
    zero.wrapping_sub(LOW) & !zero & HIGH
}

/// Marks line breaks.
#[inline(always)]
pub fn newline(word: u64) -> u64 {
    equal(word, b'\n') | equal(word, b'\r')
}

/// Marks what is no space.
#[inline(always)]
pub fn no_space(word: u64) -> u64 {
    let bits = word ^ (LOW * b' ' as u64);
    (((bits & !HIGH) + !HIGH) | bits) & HIGH
}

/// Marks the bytes from `first` to `last` of a word whose bytes are below 0x80.
#[inline(always)]
fn within(ascii: u64, first: u8, last: u8) -> u64 {
    (ascii + LOW * (0x80 - first as u64)) & !(ascii + LOW * (0x7f - last as u64)) & HIGH
}

/// Marks what is no decimal digit.
#[inline(always)]
pub fn no_digit(word: u64) -> u64 {
    !within(word & !HIGH, b'0', b'9') & HIGH | word & HIGH
}

/// Marks what cannot be part of a name: no letter, digit or underscore.
#[inline(always)]
pub fn no_name(word: u64) -> u64 {
    let ascii = word & !HIGH;
    let letters = within(ascii | (LOW * 0x20), b'a', b'z');
    let part = letters | within(ascii, b'0', b'9') | within(ascii, b'_', b'_');
    (!part | word) & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(marks: fn(u64) -> u64, wanted: fn(u8) -> bool) {
        for byte in 0..=255 {
            for at in 0..20 {
                // A byte that is not wanted comes before, and anything behind.
                let other = (0..=255u8).find(|b| !wanted(*b)).unwrap_or(0);
                let mut text = [other; 21];
                text[at] = byte;
                for (n, place) in text.iter_mut().enumerate().skip(at + 1) {
                    *place = byte.wrapping_add((n as u8).wrapping_mul(37));
                }
                let expected = text.iter().position(|b| wanted(*b)).unwrap_or(text.len());
                assert_eq!(before(&text, marks), expected, "{byte} at {at}");
                assert_eq!(before(&text[..at], marks), at);
            }
        }
    }

    #[test]
    fn finds_the_first_byte_of_a_kind() {
        check(newline, |b| b == b'\n' || b == b'\r');
        check(no_space, |b| b != b' ');
        check(no_digit, |b| !b.is_ascii_digit());
        check(no_name, |b| !b.is_ascii_alphanumeric() && b != b'_');
        check(|word| equal(word, b'"'), |b| b == b'"');
        check(|word| equal(word, 0), |b| b == 0);
    }

    #[test]
    fn masks_what_is_below() {
        assert_eq!(mask(equal(u64::from_le_bytes(*b"abc;def;"), b';')), 0xff_ffff);
        assert_eq!(mask(equal(u64::from_le_bytes(*b";bc;def;"), b';')), 0);
        assert_eq!(length(equal(u64::from_le_bytes(*b"abc;def;"), b';')), 3);
        assert_eq!(length(0), 8);
    }
}
