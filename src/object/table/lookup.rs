//! Finding keys in the hash part.
//!
//! Numbers and booleans hash as in PUC Lua of the same version, so that programs which depend on the order of `pairs` for
//! such keys see the same order. Addresses and strings differ between runs there, too.

use super::{ABSENT, Node, Table};
use crate::object::number::float_to_integer;
use crate::object::string::Str;
use crate::object::{Slot, Value, tag};
use crate::version::{HAS_INTEGERS, NUMBER_HASH, NumberHash};

/// The hash part as two words, so that a part that is being built can be used like a table's own.
#[derive(Clone, Copy)]
pub struct Hash {
    pub nodes: *mut Node,
    pub mask: u32,
}

impl Hash {
    #[inline(always)]
    pub unsafe fn of(t: *const Table) -> Hash {
        // SAFETY: `t` is live.
        unsafe { Hash { nodes: (*t).nodes, mask: (*t).node_mask } }
    }

    #[inline(always)]
    fn masked(self, hash: u32) -> *mut Node {
        // SAFETY: the index is at most `mask`.
        unsafe { self.nodes.add((hash & self.mask) as usize) }
    }

    /// Main position of an integer.
    #[inline(always)]
    pub fn of_integer(self, key: i64) -> *mut Node {
        match NUMBER_HASH {
            NumberHash::LowBits => self.masked(key as u32),
            NumberHash::Remainder => self.of_remainder(key as u64),
            _ => self.of_remainder(halves(key as f64) as u64),
        }
    }

    fn of_float(self, key: f64) -> *mut Node {
        let hash = if HAS_INTEGERS { float_hash(key) } else { halves(key) };
        self.of_remainder(hash as u64)
    }

    /// The remainder by the largest odd number below the size (or 1).
    #[inline(always)]
    fn of_remainder(self, key: u64) -> *mut Node {
        let divisor = self.mask | 1;
        let index = if key < divisor as u64 {
            key
        } else if divisor == 1 {
            0
        } else if key <= u32::MAX as u64 {
            (key as u32 % divisor) as u64
        } else {
            key % divisor as u64
        };
        // SAFETY: a remainder by `mask | 1` is at most `mask`, as it is zero when `mask` is.
        unsafe { self.nodes.add(index as usize) }
    }

    /// Main position of an address. Objects created one after the other are often used so, and the remainder puts them
    /// into nodes near each other.
    #[inline(always)]
    fn of_address(self, address: u64) -> *mut Node {
        // SAFETY: as `of_integer`.
        unsafe { self.nodes.add(((address >> 4) as u32 % (self.mask | 1)) as usize) }
    }

    /// Main position of a normalised key.
    #[inline(always)]
    pub unsafe fn main_position(self, key: Value) -> *mut Node {
        // SAFETY: strings are live.
        unsafe {
            match key.tag {
                tag::SHORT_STRING => self.masked((*key.as_str()).hash),
                tag::INTEGER => self.of_integer(key.as_integer()),
                _ => self.uncommon_position(key),
            }
        }
    }

    #[inline(never)]
    unsafe fn uncommon_position(self, key: Value) -> *mut Node {
        // SAFETY: strings are live.
        unsafe {
            match key.tag {
                tag::LONG_STRING => self.masked(Str::hash(key.as_str())),
                tag::FLOAT => self.of_float(key.as_float()),
                tag::FALSE => self.masked(0),
                tag::TRUE => self.masked(1),
                _ => self.of_address(key.payload),
            }
        }
    }
}

/// Hash of a number in versions where all are floats.
fn halves(n: f64) -> u32 {
    let successor = matches!(NUMBER_HASH, NumberHash::HalvesOfSuccessor);
    let bits = if successor { n + 1.0 } else { n }.to_bits();
    let sum = (bits as u32).wrapping_add((bits >> 32) as u32);
    if successor { (sum as i32).checked_abs().unwrap_or(0) as u32 } else { sum }
}

/// Hash of a float, in `0..=i32::MAX`: its scaled fraction plus its exponent.
fn float_hash(f: f64) -> u32 {
    if !f.is_finite() {
        return 0;
    }
    let (fraction, exponent) = split(f);
    let scaled = (fraction * 2_147_483_648.0) as i64;
    let hash = (exponent as u32).wrapping_add(scaled as u32);
    if hash <= i32::MAX as u32 { hash } else { !hash }
}

/// `frexp`: `f == fraction * 2^exponent` with `0.5 <= |fraction| < 1`.
fn split(f: f64) -> (f64, i32) {
    const EXPONENT: u64 = 0x7FF << 52;
    let bits = f.to_bits();
    match (bits & EXPONENT) >> 52 {
        0 if f == 0.0 => (f, 0),
        0 => {
            // Subnormal: scale it up first.
            let (fraction, exponent) = split(f * 18_014_398_509_481_984.0);
            (fraction, exponent - 54)
        }
        0x7FF => (f, 0),
        e => (f64::from_bits(bits & !EXPONENT | 1022 << 52), e as i32 - 1022),
    }
}

/// The node of the chain from `node` on that has exactly this key, or null. For keys that are equal only when
/// their payloads are: all but long strings.
#[inline(always)]
unsafe fn in_chain(mut node: *mut Node, key: Value) -> *mut Node {
    // SAFETY: chains stay inside the hash part.
    unsafe {
        loop {
            if (*node).key_payload == key.payload && (*node).key_tag == key.tag {
                return node;
            }
            let step = (*node).chain;
            if step == 0 {
                return core::ptr::null_mut();
            }
            node = node.offset(step as isize);
        }
    }
}

/// Where a lookup ended: at a node, or nowhere.
#[inline(always)]
unsafe fn value_of(node: *mut Node) -> *const Slot {
    // SAFETY: a node is live.
    unsafe { if node.is_null() { &raw const ABSENT } else { Node::value(node) } }
}

/// The value of an integer key in the hash part.
#[inline]
pub unsafe fn integer(t: *const Table, key: i64) -> *const Slot {
    // SAFETY: `t` is live, so its chains end inside the hash part.
    unsafe { value_of(in_chain(Hash::of(t).of_integer(key), Value::integer(key))) }
}

/// The value of a key of the less frequent types.
#[inline(never)]
pub unsafe fn uncommon(t: *const Table, key: Value) -> *const Slot {
    // SAFETY: `t` and the key's object are live, and the tag says which it is.
    unsafe {
        match key.tag {
            tag::NIL => &raw const ABSENT,
            tag::FLOAT => match float_to_integer(key.as_float()) {
                Some(n) => Table::get_int(t, n),
                None => value_of(in_chain(Hash::of(t).of_float(key.as_float()), key)),
            },
            tag::LONG_STRING => value_of(long_string(t, key.as_str())),
            tag::FALSE | tag::TRUE => value_of(find(t, key)),
            _ => value_of(in_chain(Hash::of(t).of_address(key.payload), key)),
        }
    }
}

/// The node of a long string, or null. Equal contents make equal keys.
pub unsafe fn long_string(t: *const Table, key: *mut Str) -> *mut Node {
    // SAFETY: chains stay inside the hash part; long strings in nodes are live.
    unsafe {
        let mut node = Hash::of(t).masked(Str::hash(key));
        loop {
            if (*node).key_tag == tag::LONG_STRING && Str::long_equal(key, (*node).key_payload as *const Str) {
                return node;
            }
            let step = (*node).chain;
            if step == 0 {
                return core::ptr::null_mut();
            }
            node = node.offset(step as isize);
        }
    }
}

/// The node of a normalised key, or null.
pub unsafe fn find(t: *const Table, key: Value) -> *mut Node {
    // SAFETY: as `uncommon`.
    unsafe {
        match key.tag {
            tag::LONG_STRING => long_string(t, key.as_str()),
            _ => {
                let key = canonical(key);
                in_chain(Hash::of(t).main_position(key), key)
            }
        }
    }
}

/// A key whose payload means nothing gets the one that it has in nodes.
#[inline(always)]
pub fn canonical(key: Value) -> Value {
    if matches!(key.tag, tag::FALSE | tag::TRUE) { Value { payload: 0, tag: key.tag } } else { key }
}

/// The node that held a key until it was collected, or null. It is known by its address alone: when a traversal
/// asks for it, the traversal itself kept the key alive, so that nothing else can have taken the address. Otherwise
/// the answer is a wrong but existing node.
#[cold]
pub unsafe fn find_dead(t: *const Table, key: Value) -> *mut Node {
    // SAFETY: chains stay inside the hash part.
    unsafe {
        if !key.is_collectable() {
            return core::ptr::null_mut();
        }
        in_chain(Hash::of(t).main_position(key), Value { payload: key.payload, tag: tag::DEAD_KEY })
    }
}
