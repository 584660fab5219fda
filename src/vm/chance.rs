//! Numbers that nobody can foresee, for the hashing of strings and the first seed of `math.random`.
//!
//! The system is asked for one number per process; the others follow from it (SplitMix64), each different. Besides being
//! better than the time, this spares a process the pages of the C library that know the time.

use core::ptr;
use core::sync::atomic::{AtomicU64, Ordering};

/// The number from the system; zero until one is wanted.
static SECRET: AtomicU64 = AtomicU64::new(0);
/// How many numbers there were.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// The number of this process.
pub fn of_process() -> u64 {
    mixed(secret())
}

/// Another number each time.
pub fn number() -> u64 {
    let count = COUNT.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
    mixed(secret().wrapping_add(count.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
}

fn secret() -> u64 {
    let secret = SECRET.load(Ordering::Relaxed);
    if secret != 0 {
        return secret;
    }
    let new = from_system() | 1;
    // Of several threads that find none the first one's counts.
    SECRET.compare_exchange(0, new, Ordering::Relaxed, Ordering::Relaxed).map_or_else(|first| first, |_| new)
}

fn mixed(mut n: u64) -> u64 {
    n = (n ^ (n >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ (n >> 31)
}

/// A random number, or if the system refuses one, the time and where the stack lies.
fn from_system() -> u64 {
    let mut n = 0u64;
    // SAFETY: the buffer has that size.
    if unsafe { libc::getentropy((&raw mut n).cast(), size_of::<u64>()) } == 0 {
        return n;
    }
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: a place for the result.
    unsafe { libc::clock_gettime(libc::CLOCK_REALTIME, &mut time) };
    (time.tv_sec as u64).rotate_left(32) ^ time.tv_nsec as u64 ^ ptr::from_ref(&n) as usize as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_differ() {
        let (a, b, c) = (number(), number(), of_process());
        assert!(a != b && b != c && a != c);
        assert_eq!(c, of_process());
    }
}
