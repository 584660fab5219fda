//! Hashing of strings: multiply-and-fold over eight-byte words, keyed by the state's seed.
//!
//! Every byte counts, in long strings too, so that no choice of contents collides without knowing the seed.
//!
//! Lua 5.1 has no seed: its scripts see fields in the same order in every run, and some rely on it. That version gets
//! its own hash here, too.

use crate::version::STRING_ORDER_IS_FIXED;

/// Odd constants with balanced bits; any such would do.
const K0: u64 = 0x9E37_79B9_7F4A_7C15;
const K1: u64 = 0xD6E8_FEB8_6659_FD93;
const K2: u64 = 0xA076_1D64_78BD_642F;

/// High and low half of the 128-bit product, folded.
#[inline(always)]
fn fold(a: u64, b: u64) -> u64 {
    let wide = a as u128 * b as u128;
    wide as u64 ^ (wide >> 64) as u64
}

#[inline(always)]
fn word(bytes: &[u8], at: usize) -> u64 {
    // SAFETY: callers keep `at + 8 <= len`; the read needs no alignment.
    unsafe { bytes.as_ptr().add(at).cast::<u64>().read_unaligned() }
}

#[inline(always)]
fn half(bytes: &[u8], at: usize) -> u64 {
    // SAFETY: callers keep `at + 4 <= len`.
    unsafe { bytes.as_ptr().add(at).cast::<u32>().read_unaligned() as u64 }
}

#[inline(always)]
fn finish(state: u64) -> u32 {
    (state ^ (state >> 32)) as u32
}

/// Hash of a string as Lua 5.1 computes it: from the last byte down, and of long strings only some 32 bytes.
#[inline(always)]
fn fixed(bytes: &[u8]) -> u32 {
    let step = (bytes.len() >> 5) + 1;
    bytes.rchunks_exact(step).fold(bytes.len() as u32, |hash, chunk| {
        let byte = chunk[step - 1] as u32;
        hash ^ (hash << 5).wrapping_add(hash >> 2).wrapping_add(byte)
    })
}

/// Hash of a string of at most [`super::MAX_SHORT`] bytes.
#[inline(always)]
pub fn short(bytes: &[u8], seed: u32) -> u32 {
    if STRING_ORDER_IS_FIXED {
        return fixed(bytes);
    }
    let len = bytes.len();
    let key = seed as u64 ^ K2 ^ ((len as u64) << 56);
    if len <= 16 {
        // Two words that overlap when the string is shorter than their sum.
        let (a, b) = if len >= 8 {
            (word(bytes, 0), word(bytes, len - 8))
        } else if len >= 4 {
            (half(bytes, 0), half(bytes, len - 4))
        } else if len > 0 {
            ((bytes[0] as u64) << 16 | (bytes[len >> 1] as u64) << 8 | bytes[len - 1] as u64, 0)
        } else {
            (0, 0)
        };
        return finish(fold(a ^ key, b ^ K0));
    }
    long(bytes, seed)
}

/// Hash of a string of more than 16 bytes.
pub fn long(bytes: &[u8], seed: u32) -> u32 {
    if STRING_ORDER_IS_FIXED {
        return fixed(bytes);
    }
    let len = bytes.len();
    debug_assert!(len > 16);
    let mut state = seed as u64 ^ K2 ^ (len as u64).wrapping_mul(K0);
    let mut at = 0;
    while at + 16 < len {
        state = fold(word(bytes, at) ^ state, word(bytes, at + 8) ^ K1);
        at += 16;
    }
    // The last sixteen bytes, some of them perhaps for the second time.
    state = fold(word(bytes, len - 16) ^ state, word(bytes, len - 8) ^ K0);
    finish(state)
}
