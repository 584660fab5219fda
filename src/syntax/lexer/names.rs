//! Names and reserved words that the lexer has met, to be found by their text without the string table.
//!
//! A source repeats its names all the time, and they are short: one or two words of text, which are the key here. A small
//! chunk does without this memory.

use super::words;
use crate::memory::{Heap, List, OutOfMemory};
use crate::object::Str;
use core::ptr;

/// Number of places, one for each value of some bits of a hash.
const PLACES: usize = 256;
/// From a piece of source of this many bytes on, it is worth it.
const WORTH: usize = 1024;

/// The text of a name of less than 16 bytes, padded with zeros.
#[derive(Clone, Copy, PartialEq)]
pub struct Key([u64; 2]);

impl Key {
    /// The name at the beginning of `text`, and its length; `None` if it is too long or too near to the end of `text`.
    #[inline(always)]
    pub fn of(text: &[u8]) -> Option<(Key, usize)> {
        let ([low, high, ..], _) = text.as_chunks::<8>() else { return None };
        let (low, high) = (u64::from_le_bytes(*low), u64::from_le_bytes(*high));
        let end = words::no_name(low);
        if end != 0 {
            return Some((Key([low & words::mask(end), 0]), words::length(end)));
        }
        let end = words::no_name(high);
        if end == 0 {
            return None;
        }
        Some((Key([low, high & words::mask(end)]), 8 + words::length(end)))
    }

    fn place(self) -> usize {
        let mixed = (self.0[0] ^ self.0[1].rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 32) as usize % PLACES
    }
}

/// A name or a reserved word.
#[derive(Clone, Copy)]
pub struct Known {
    key: Key,
    pub name: *mut Str,
    /// As `Str::extra`: the place of a reserved word, from 1.
    pub reserved: u8,
}

/// Known names.
pub struct Names {
    /// Empty, or `PLACES` names; the keys are zero where there is none yet.
    places: List<Known>,
}

impl Names {
    /// For a chunk whose first piece has `size` bytes.
    ///
    /// # Safety
    /// `heap` outlives the value.
    pub unsafe fn new(heap: *mut Heap, size: usize) -> Result<Names, OutOfMemory> {
        // SAFETY: `heap` outlives the list.
        let mut places = unsafe { List::new(heap) };
        if size >= WORTH {
            places.reserve(PLACES)?;
            for _ in 0..PLACES {
                places.push(Known { key: Key([0; 2]), name: ptr::null_mut(), reserved: 0 })?;
            }
        }
        Ok(Names { places })
    }

    /// The name with that text, which is not empty, if it is known.
    #[inline(always)]
    pub fn find(&self, key: Key) -> Option<&Known> {
        self.places.get(key.place()).filter(|known| known.key == key)
    }

    /// Makes a name known.
    ///
    /// # Safety
    /// It is a short string that stays alive.
    pub unsafe fn add(&mut self, key: Key, name: *mut Str) {
        if let Some(place) = self.places.get_mut(key.place()) {
            // SAFETY: `name` is a live short string, whose `extra` tells reserved words.
            *place = Known { key, name, reserved: unsafe { (*name).extra } };
        }
    }
}
