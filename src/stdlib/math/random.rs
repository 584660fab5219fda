//! `math.random` and `math.randomseed`: xoshiro256**, so that equal seeds give the sequences of PUC Lua.
//!
//! The generator's state is a userdata, the upvalue of both functions.

use super::quick;
use crate::library;
use crate::object::{Fallible, Thrown};
use crate::stdlib::private::private;
use crate::version::SEED_USES_GENERATOR;
use crate::vm::{State, chance};

library! { static FUNCTIONS = {
    b"random" => random => quick::Random,
    b"randomseed" => random_seed,
} }

/// The generator.
pub(super) struct Generator([u64; 4]);

impl Generator {
    fn seeded(a: u64, b: u64) -> Generator {
        // The second word keeps the state from being all zeros.
        let mut this = Generator([a, 0xff, b, 0]);
        for _ in 0..16 {
            this.next();
        }
        this
    }

    #[inline(always)]
    pub(super) fn next(&mut self) -> u64 {
        let [a, b, c, d] = self.0;
        let (c, d) = (c ^ a, d ^ b);
        self.0 = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        b.wrapping_mul(5).rotate_left(7).wrapping_mul(9)
    }

    /// A uniform number in `0..=limit`, from a first random number and more if that falls outside.
    pub(super) fn project(&mut self, first: u64, limit: u64) -> u64 {
        if limit & limit.wrapping_add(1) == 0 {
            return first & limit;
        }
        // The smallest 2^b - 1 that covers the limit.
        let mask = u64::MAX >> limit.leading_zeros();
        let mut n = first & mask;
        while n > limit {
            n = self.next() & mask;
        }
        n
    }
}

/// The upper 53 bits as a float in [0, 1).
#[inline(always)]
pub(super) fn to_float(n: u64) -> f64 {
    (n >> 11) as f64 * (0.5 / (1u64 << 52) as f64)
}

/// Sets the functions into the library on top, with a generator seeded at random.
pub fn open(l: State) -> Fallible<()> {
    l.new_userdata(size_of::<Generator>(), 0)?;
    let generator = l.to_userdata(-1).cast::<Generator>();
    let (a, b) = (chance::number(), chance::number());
    // SAFETY: the userdata is as large, and aligned to 16.
    unsafe { generator.write(Generator::seeded(a, b)) };
    l.set_functions(FUNCTIONS, 1)
}

/// The running function's generator.
#[inline(always)]
fn generator<'a>(l: State) -> Fallible<&'a mut Generator> {
    // SAFETY: any bytes are a generator, and nothing runs while it is borrowed.
    match unsafe { private(l, 0) } {
        Some(generator) => Ok(generator),
        None => Err(lost(l)),
    }
}

#[cold]
fn lost(l: State) -> Thrown {
    l.error(&[b"random generator was removed".into()])
}

/// `math.random([m [, n]])`
fn random(l: State) -> Fallible<i32> {
    let generator = generator(l)?;
    let n = generator.next();
    let (low, high) = match l.top() {
        0 => {
            l.push_number(to_float(n));
            return Ok(1);
        }
        1 => {
            let high = l.check_integer(1)?;
            if high == 0 {
                l.push_integer(n as i64);
                return Ok(1);
            }
            (1, high)
        }
        2 => (l.check_integer(1)?, l.check_integer(2)?),
        _ => return Err(l.error(&[b"wrong number of arguments".into()])),
    };
    l.arg_check(low <= high, 1, "interval is empty")?;
    let offset = generator.project(n, (high as u64).wrapping_sub(low as u64));
    l.push_integer(low.wrapping_add(offset as i64));
    Ok(1)
}

/// `math.randomseed([x [, y]])`: returns the two seed components.
fn random_seed(l: State) -> Fallible<i32> {
    let (a, b) = if l.is_none(1) && SEED_USES_GENERATOR {
        (chance::number(), generator(l)?.next())
    } else if l.is_none(1) {
        (chance::number(), chance::number())
    } else {
        (l.check_integer(1)? as u64, l.opt_integer(2, 0)? as u64)
    };
    *generator(l)? = Generator::seeded(a, b);
    l.push_integer(a as i64);
    l.push_integer(b as i64);
    Ok(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_sequence() {
        // math.randomseed(42); math.random(0) three times, in Lua 5.4.
        let mut g = Generator::seeded(42, 0);
        let got = [g.next() as i64, g.next() as i64, g.next() as i64];
        assert_eq!(got, KNOWN);
    }

    const KNOWN: [i64; 3] = [-1276290044721465627, 8333941968102511665, -8358531260401861301];

    #[test]
    fn projections_stay_in_range() {
        let mut g = Generator::seeded(1, 2);
        for limit in [0, 1, 2, 5, 6, 100, u64::MAX - 1, u64::MAX] {
            for _ in 0..100 {
                let n = g.next();
                assert!(g.project(n, limit) <= limit);
            }
        }
    }

    #[test]
    fn floats_stay_below_one() {
        assert_eq!(to_float(0), 0.0);
        assert!(to_float(u64::MAX) < 1.0);
    }
}
