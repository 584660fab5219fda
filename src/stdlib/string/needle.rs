//! Searching for a string in a string.
//!
//! Candidates are where the first and the last byte of what is searched for are at their distance, compared for many
//! positions at a time. Too many false candidates lead to a search that needs no luck, so that the time stays linear.

/// Index of the first occurrence of `needle`, which is not empty.
pub fn find_plain(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    match *needle {
        [] => Some(0),
        [byte] => {
            let at = super::pattern::find_byte(haystack, byte);
            if at < haystack.len() { Some(at) } else { None }
        }
        [first, .., last] => {
            let positions = (haystack.len() + 1).checked_sub(needle.len())?;
            // SAFETY: `needle.len() - 1` bytes follow each of the positions.
            unsafe { find_pair(haystack, needle, first, last, positions) }
        }
    }
}

/// Positions compared at a time.
const STEP: usize = 16;
/// False candidates that are put up with, besides one in every so many bytes.
const PATIENCE: usize = 16;
const TOLERABLE_DISTANCE: usize = 32;

/// The first of `positions` at which `needle` begins.
///
/// # Safety
/// `haystack` has `needle.len() - 1` bytes more than `positions`.
#[inline(always)]
unsafe fn find_pair(haystack: &[u8], needle: &[u8], first: u8, last: u8, positions: usize) -> Option<usize> {
    let n = needle.len();
    let start = haystack.as_ptr();
    let mut refused = 0;
    let mut at = 0;
    // SAFETY: positions stay below `positions`, where the whole needle is readable.
    unsafe {
        while at + STEP <= positions {
            let mut candidates = pairs(start.add(at), start.add(at + n - 1), first, last);
            while candidates != 0 {
                let candidate = at + candidates.trailing_zeros() as usize;
                if core::slice::from_raw_parts(start.add(candidate), n) == needle {
                    return Some(candidate);
                }
                refused += 1;
                candidates &= candidates - 1;
            }
            at += STEP;
            if refused > PATIENCE + at / TOLERABLE_DISTANCE {
                let rest = haystack.get(at..)?;
                let found = libc::memmem(rest.as_ptr().cast(), rest.len(), needle.as_ptr().cast(), n);
                return if found.is_null() { None } else { Some(found as usize - start as usize) };
            }
        }
        (at..positions).find(|&at| {
            *start.add(at) == first
                && *start.add(at + n - 1) == last
                && core::slice::from_raw_parts(start.add(at), n) == needle
        })
    }
}

/// Bit `i` of the result says whether `a[i] == first` and `b[i] == last`, for `STEP` positions.
///
/// # Safety
/// Both addresses are readable for `STEP` bytes.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn pairs(a: *const u8, b: *const u8, first: u8, last: u8) -> u32 {
    use core::arch::x86_64::{_mm_and_si128, _mm_cmpeq_epi8, _mm_loadu_si128, _mm_movemask_epi8, _mm_set1_epi8};
    // SAFETY: `STEP` bytes can be read at both; every x86-64 has these instructions.
    unsafe {
        let a = _mm_cmpeq_epi8(_mm_loadu_si128(a.cast()), _mm_set1_epi8(first as i8));
        let b = _mm_cmpeq_epi8(_mm_loadu_si128(b.cast()), _mm_set1_epi8(last as i8));
        _mm_movemask_epi8(_mm_and_si128(a, b)) as u32
    }
}

/// The same for other processors, in a form that the optimiser makes vectors of.
#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
unsafe fn pairs(a: *const u8, b: *const u8, first: u8, last: u8) -> u32 {
    // SAFETY: `STEP` bytes can be read at `a` and at `b`.
    unsafe {
        let (a, b) = (a.cast::<[u8; STEP]>().read_unaligned(), b.cast::<[u8; STEP]>().read_unaligned());
        let mut found = 0;
        for (i, (x, y)) in a.iter().zip(b.iter()).enumerate() {
            found |= ((*x == first && *y == last) as u32) << i;
        }
        found
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_macros, clippy::disallowed_types)]
mod tests {
    use super::find_plain;

    #[test]
    fn needles_are_found_where_they_are() {
        let mut haystack = vec![b'a'; 200];
        for n in 1..40 {
            for at in 0..=haystack.len() - n {
                let mut needle = vec![b'a'; n];
                needle[n - 1] = b'c';
                needle[0] = b'b';
                let before = haystack.clone();
                haystack[at..at + n].copy_from_slice(&needle);
                assert_eq!(find_plain(&haystack, &needle), Some(at));
                assert_eq!(find_plain(&haystack[..at + n - 1], &needle), None);
                haystack = before;
            }
        }
    }

    #[test]
    fn many_false_candidates() {
        let haystack = [vec![b'a'; 5000], b"b".to_vec()].concat();
        let needle = [vec![b'a'; 100], b"b".to_vec()].concat();
        assert_eq!(find_plain(&haystack, &needle), Some(4900));
        assert_eq!(find_plain(&haystack, b"aba"), None);
        assert_eq!(find_plain(b"", b"ab"), None);
        assert_eq!(find_plain(b"xab", b"ab"), Some(1));
    }
}
