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
    /// Open-addressed table of indices plus one into `values`, with some bits of the values' hashes above them, so that most
    /// searches look at nothing else; its length is a power of two, or 0 while there are few.
    places: List<u32>,
    /// The index asked for last, or any other.
    last: u32,
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

/// An entry of the table.
fn entry(hash: u32, index: u32) -> u32 {
    const { assert!(MAX_S == 0xff_ffff) };
    (hash & !MAX_S) | (index + 1)
}

impl Constants {
    /// # Safety
    /// `heap` outlives the value.
    pub unsafe fn new(heap: *mut Heap) -> Constants {
        // SAFETY: `heap` outlives the lists.
        unsafe { Constants { values: List::new(heap), places: List::new(heap), last: 0 } }
    }

    /// The index of `value`, added if it is new.
    pub fn add(&mut self, l: *mut Thread, value: Value) -> Fallible<u32> {
        // The payload of nil and booleans has no meaning.
        let plain = matches!(value.tag, tag::NIL | tag::FALSE | tag::TRUE);
        let value = if plain { Value { payload: 0, tag: value.tag } } else { value };
        if let Some(known) = self.values.get(self.last as usize)
            && same(known, &value)
        {
            return Ok(self.last);
        }
        self.last = self.search(l, value)?;
        Ok(self.last)
    }

    fn search(&mut self, l: *mut Thread, value: Value) -> Fallible<u32> {
        if self.places.is_empty() {
            return match self.values.iter().position(|known| same(known, &value)) {
                Some(index) => Ok(index as u32),
                None => self.append(l, value),
            };
        }
        let mask = self.places.len() - 1;
        let hash = hash(&value);
        let mut place = hash as usize & mask;
        while let Some(found) = self.places.get(place).and_then(|&n| n.checked_sub(1)) {
            let index = found & MAX_S;
            let alike = (found ^ hash) & !MAX_S == 0;
            if alike && self.values.get(index as usize).is_some_and(|it| same(it, &value)) {
                return Ok(index);
            }
            place = (place + 1) & mask;
        }
        // `append` may make a larger table, in which the value is already.
        let index = self.append(l, value)?;
        if self.places.len() == mask + 1
            && let Some(free) = self.places.get_mut(place)
        {
            *free = entry(hash, index);
        }
        Ok(index)
    }

    /// Adds a new value. A table that would be too full gives way to a larger one.
    fn append(&mut self, l: *mut Thread, value: Value) -> Fallible<u32> {
        if self.values.len() >= MAX_S as usize {
            let limit = Part::Int(MAX_S as i64);
            let parts = [Part::Bytes(b"too many constants (limit is "), limit, Part::Bytes(b")")];
            // SAFETY: the thread is live.
            return Err(unsafe { error::runtime(l, &parts) });
        }
        self.values.push(value)?;
        let len = self.values.len();
        if len > FEW && len * 2 > self.places.len() {
            self.places.clear();
            self.places.resize((len * 4).next_power_of_two(), 0)?;
            self.index_all();
        }
        Ok(len as u32 - 1)
    }

    /// Enters all values into the table, which is empty.
    fn index_all(&mut self) {
        let mask = self.places.len() - 1;
        for (index, value) in self.values.iter().enumerate() {
            let hash = hash(value);
            let mut place = hash as usize & mask;
            while self.places.get(place).is_some_and(|&n| n != 0) {
                place = (place + 1) & mask;
            }
            if let Some(free) = self.places.get_mut(place) {
                *free = entry(hash, index as u32);
            }
        }
    }

    /// Gives the values away (see [`List::take_raw`]); the set is empty then.
    pub fn take_raw(&mut self) -> Result<(*mut Value, usize), OutOfMemory> {
        self.places.clear();
        self.values.take_raw()
    }
}
