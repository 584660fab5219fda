//! Byte strings under construction, for library functions.
//!
//! [`Builder`] collects a result of unknown length: short ones stay in a buffer on the native stack, so that
//! nothing is allocated but the resulting string. [`push_new`] makes a result whose length is known in place.
//!
//! Neither is visible to the collector, and neither holds a Lua object, so both may live across any call.

use crate::memory::List;
use crate::object::string::{HEADER, MAX_SHORT};
use crate::object::{Fallible, Str, Value, number, tag};
use crate::vm::State;
use core::mem::MaybeUninit;

/// Bytes that need no allocation.
const INLINE: usize = 512;

/// A growing byte string.
pub struct Builder {
    state: State,
    /// Bytes so far.
    len: usize,
    /// Holds the bytes once they have outgrown `inline` (its own length is not kept up to date).
    spilled: List<u8>,
    inline: MaybeUninit<[u8; INLINE]>,
}

impl Builder {
    /// An empty string.
    #[inline(always)]
    pub fn new(state: State) -> Builder {
        // SAFETY: the state's heap outlives the call that the builder serves.
        let spilled = unsafe { List::new(state.heap()) };
        Builder { state, len: 0, spilled, inline: MaybeUninit::uninit() }
    }

    /// Room for `n` more bytes: write some of them at the address returned, then [`Builder::advance`].
    #[inline]
    pub fn reserve(&mut self, n: usize) -> Fallible<*mut u8> {
        let room = if self.spilled.capacity() == 0 { INLINE } else { self.spilled.capacity() };
        if room - self.len < n {
            self.grow(n)?;
        }
        let start = self.start();
        // SAFETY: `len` is within the capacity.
        Ok(unsafe { start.add(self.len) })
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, n: usize) -> Fallible<()> {
        if self.spilled.capacity() == 0 {
            let needed = self.len.checked_add(n).ok_or(crate::memory::OutOfMemory)?;
            self.spilled.reserve(needed.max(2 * INLINE))?;
            // SAFETY: the list has room for `len` bytes, which `inline` holds.
            unsafe { core::ptr::copy_nonoverlapping(self.inline.as_ptr().cast(), self.spilled.as_mut_ptr(), self.len) };
        } else {
            // SAFETY: the first `len` bytes are initialised.
            unsafe { self.spilled.set_len(self.len) };
            self.spilled.reserve(n)?;
        }
        Ok(())
    }

    #[inline(always)]
    fn start(&mut self) -> *mut u8 {
        if self.spilled.capacity() == 0 { self.inline.as_mut_ptr().cast() } else { self.spilled.as_mut_ptr() }
    }

    /// Declares `n` bytes written at the address that [`Builder::reserve`] returned.
    ///
    /// # Safety
    /// They are initialised, and no more than were reserved.
    #[inline(always)]
    pub unsafe fn advance(&mut self, n: usize) {
        self.len += n;
    }

    #[inline]
    pub fn byte(&mut self, b: u8) -> Fallible<()> {
        let to = self.reserve(1)?;
        // SAFETY: one byte is reserved.
        unsafe {
            to.write(b);
            self.advance(1);
        }
        Ok(())
    }

    #[inline]
    pub fn add(&mut self, bytes: &[u8]) -> Fallible<()> {
        let to = self.reserve(bytes.len())?;
        // SAFETY: the room is reserved, and lies outside of anything borrowed.
        unsafe {
            core::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len());
            self.advance(bytes.len());
        }
        Ok(())
    }

    /// Adds `n` copies of `b`.
    #[inline]
    pub fn fill(&mut self, b: u8, n: usize) -> Fallible<()> {
        let to = self.reserve(n)?;
        // SAFETY: the room is reserved.
        unsafe {
            to.write_bytes(b, n);
            self.advance(n);
        }
        Ok(())
    }

    /// Adds a string, or a number as `tostring` shows it.
    #[inline]
    pub fn add_value(&mut self, v: Value) -> Fallible<()> {
        debug_assert!(v.is_string() || v.is_number());
        if v.is_string() {
            // SAFETY: the value is alive during this call, and adding collects no reachable object.
            return self.add(unsafe { Str::bytes(v.as_str()) });
        }
        if v.tag == tag::INTEGER {
            return self.integer(v.as_integer());
        }
        let mut text = [0; number::MAX_TEXT];
        let n = number::format(v, &mut text);
        self.add(text.get(..n).unwrap_or(&text))
    }

    /// Adds an integer in decimal.
    #[inline]
    pub fn integer(&mut self, n: i64) -> Fallible<()> {
        let mut digits = [0; 20];
        let start = decimal(n.unsigned_abs(), &mut digits);
        if n < 0 {
            self.byte(b'-')?;
        }
        self.add(digits.get(start..).unwrap_or(&[]))
    }

    /// The bytes so far.
    #[inline]
    pub fn bytes(&mut self) -> &[u8] {
        let start = self.start();
        // SAFETY: `len` bytes are initialised.
        unsafe { core::slice::from_raw_parts(start, self.len) }
    }

    /// Pushes the result.
    #[inline]
    pub fn push(mut self) -> Fallible<()> {
        let state = self.state;
        state.push_bytes(self.bytes())
    }
}

/// Writes `n` in decimal at the end of `digits` and returns where it begins.
pub fn decimal(mut n: u64, digits: &mut [u8; 20]) -> usize {
    let mut at = digits.len();
    for place in digits.iter_mut().rev() {
        *place = b'0' + (n % 10) as u8;
        n /= 10;
        at -= 1;
        if n == 0 {
            break;
        }
    }
    at
}

/// Pushes a string of `len` bytes that `fill` writes at the given address; it must write all of them, and may
/// neither allocate nor raise an error.
#[inline]
pub fn push_new(l: State, len: usize, fill: impl FnOnce(*mut u8)) -> Fallible<()> {
    if len <= MAX_SHORT {
        let mut bytes = MaybeUninit::<[u8; MAX_SHORT]>::uninit();
        fill(bytes.as_mut_ptr().cast());
        // SAFETY: `fill` has initialised `len` bytes.
        return l.push_bytes(unsafe { core::slice::from_raw_parts(bytes.as_ptr().cast(), len) });
    }
    // SAFETY: the string is filled in at once, then reachable from the stack before the collector may run.
    unsafe {
        let s = Str::new_long((*l.0).global, len)?;
        fill(s.cast::<u8>().add(HEADER));
        l.push(Value::object(s));
    }
    l.gc_check()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn decimal_digits() {
        let mut digits = [0; 20];
        for (n, text) in [(0, "0"), (7, "7"), (10, "10"), (u64::MAX, "18446744073709551615")] {
            let start = decimal(n, &mut digits);
            assert_eq!(&digits[start..], text.as_bytes());
        }
    }
}
