//! A byte string under construction.

use super::State;
use crate::memory::{Heap, List};
use crate::object::number;
use crate::object::{Fallible, Str};

/// A growing byte string under construction. Not an object: it may be dropped at any time.
pub struct Buffer {
    pub state: State,
    pub bytes: List<u8>,
}

impl State {
    /// A byte buffer in this state's memory.
    #[inline]
    pub fn buffer(self) -> Buffer {
        // SAFETY: the buffer lives in a call on the state, so the heap outlives it.
        Buffer { state: self, bytes: unsafe { List::new(self.heap()) } }
    }

    /// The heap, for `memory::List`.
    #[inline]
    pub fn heap(self) -> *mut Heap {
        // SAFETY: the thread is alive.
        unsafe { &raw mut (*(*self.0).global).heap }
    }
}

impl Buffer {
    #[inline]
    pub fn byte(&mut self, b: u8) -> Fallible<()> {
        Ok(self.bytes.push(b)?)
    }

    /// Refuses to grow beyond the largest string ("resulting string too large" is the caller's check).
    #[inline]
    pub fn add(&mut self, bytes: &[u8]) -> Fallible<()> {
        Ok(self.bytes.extend(bytes)?)
    }

    /// Pops the string or number on top and adds it (`luaL_addvalue`).
    pub fn add_value(&mut self) -> Fallible<()> {
        let v = self.state.value(-1);
        if v.is_string() {
            // SAFETY: the string is on the stack until after it was copied.
            self.bytes.extend(unsafe { Str::bytes(v.as_str()) })?;
        } else if v.is_number() {
            let mut text = [0; number::MAX_TEXT];
            let len = number::format(v, &mut text);
            self.bytes.extend(&text[..len])?;
        }
        self.state.pop(1);
        Ok(())
    }

    /// Pushes the result as a string.
    pub fn push(self) -> Fallible<()> {
        self.state.push_bytes(&self.bytes)
    }
}
