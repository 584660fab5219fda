//! The constants of a function, each once.

use crate::bytecode::isa::MAX_S;
use crate::memory::{Heap, List, OutOfMemory};
use crate::object::{Fallible, Thread, Value, tag};
use crate::vm::error::{self, Part};

/// While there are no more than this many constants they are searched one by one.
const FEW: usize = 8;

/// A set of constants in order of their first use. Equal means the same variant and the same bits; the lexer makes
/// strings unique.
pub struct Constants {
    values: List<Value>,
    /// Open-addressed table of indices plus one into `values`, with the values' hashes in the upper halves, so that most
    /// searches look at nothing else; its length is a power of two, or 0 while there are few.
    places: List<u64>,
}

fn same(a: &Value, b: &Value) -> bool {
    a.tag == b.tag && a.payload == b.payload
}

/// A hash that keeps what belongs together near each other, as far as its lowest bits go: integers that follow each other,
/// and strings that were made one after the other.
fn hash(value: &Value) -> u32 {
    const NEAR: u32 = 6;
    let (ordered, own) = match value.tag {
        tag::INTEGER => (value.payload, NEAR),
        tag::FLOAT => (value.payload, 0),
        _ => (value.payload >> 4, NEAR),
    };
    let mixed = (ordered >> own ^ (value.tag as u64) << 56).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let near = ordered as u32 & ((1 << own) - 1);
    ((mixed >> 32) as u32) << own | near
}

impl Constants {
    /// # Safety
    /// `heap` outlives the value.
    pub unsafe fn new(heap: *mut Heap) -> Constants {
        // SAFETY: the caller's.
        unsafe { Constants { values: List::new(heap), places: List::new(heap) } }
    }

    /// The index of `value`, added if it is new.
    pub fn add(&mut self, l: *mut Thread, value: Value) -> Fallible<u32> {
        // The payload of nil and booleans has no meaning.
        let plain = matches!(value.tag, tag::NIL | tag::FALSE | tag::TRUE);
        let value = if plain { Value { payload: 0, tag: value.tag } } else { value };
        if self.places.is_empty() {
            if let Some(index) = self.values.iter().position(|known| same(known, &value)) {
                return Ok(index as u32);
            }
        } else {
            let mask = self.places.len() - 1;
            let hash = hash(&value);
            let mut place = hash as usize & mask;
            while let Some(found) = self.places.get(place).and_then(|&n| n.checked_sub(1)) {
                let index = found as u32;
                if (found >> 32) as u32 == hash && self.values.get(index as usize).is_some_and(|it| same(it, &value)) {
                    return Ok(index);
                }
                place = (place + 1) & mask;
            }
        }
        if self.values.len() >= MAX_S as usize {
            let limit = Part::Int(MAX_S as i64);
            let parts = [Part::Bytes(b"too many constants (limit is "), limit, Part::Bytes(b")")];
            // SAFETY: the thread is live.
            return Err(unsafe { error::runtime(l, &parts) });
        }
        let index = self.values.len() as u32;
        self.values.push(value)?;
        if self.values.len() > FEW {
            self.index_last()?;
        }
        Ok(index)
    }

    /// Enters the last value into the table, enlarging that when it is half full.
    fn index_last(&mut self) -> Result<(), OutOfMemory> {
        let len = self.values.len();
        let mut first = len - 1;
        if len * 2 > self.places.len() {
            let size = (len * 4).next_power_of_two();
            self.places.clear();
            self.places.resize(size, 0)?;
            first = 0;
        }
        let mask = self.places.len() - 1;
        for (index, value) in self.values.iter().enumerate().skip(first) {
            let hash = hash(value);
            let mut place = hash as usize & mask;
            while self.places.get(place).is_some_and(|&n| n != 0) {
                place = (place + 1) & mask;
            }
            if let Some(free) = self.places.get_mut(place) {
                *free = (hash as u64) << 32 | (index as u64 + 1);
            }
        }
        Ok(())
    }

    /// Gives the values away (see [`List::take_raw`]); the set is empty then.
    pub fn take_raw(&mut self) -> Result<(*mut Value, usize), OutOfMemory> {
        self.places.clear();
        self.values.take_raw()
    }
}
