//! Finding keys in the hash part.
//!
//! Integers, floats and booleans hash as in PUC Lua, so that programs which depend on the order of `pairs` for
//! such keys see the same order. Addresses and strings differ between runs there, too.

use super::{ABSENT, Node, Table};
use crate::object::number::float_to_integer;
use crate::object::string::Str;
use crate::object::{Value, tag};

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

    /// Main position of an integer: the remainder by the largest odd number below the size (or 1).
    #[inline(always)]
    pub fn of_integer(self, key: i64) -> *mut Node {
        let key = key as u64;
        let divisor = self.mask | 1;
        let index = if key < divisor as u64 {
            key
        } else if divisor == 1 {
            0
        } else if key <= i32::MAX as u64 {
            (key as u32 % divisor) as u64
        } else {
            key % divisor as u64
        };
        // SAFETY: a remainder by `mask | 1` is at most `mask`, as it is zero when `mask` is.
        unsafe { self.nodes.add(index as usize) }
    }

    fn of_float(self, key: f64) -> *mut Node {
        self.of_integer(float_hash(key) as i64)
    }

    #[inline(always)]
    fn of_address(self, address: u64) -> *mut Node {
        self.masked((address.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32)
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

/// The value of an integer key in the hash part.
pub unsafe fn integer(t: *const Table, key: i64) -> *const Value {
    // SAFETY: chains stay inside the hash part.
    unsafe {
        let mut node = Hash::of(t).of_integer(key);
        loop {
            if (*node).key_payload == key as u64 && (*node).key_tag == tag::INTEGER {
                return Node::value(node);
            }
            let step = (*node).chain;
            if step == 0 {
                return &raw const ABSENT;
            }
            node = node.offset(step as isize);
        }
    }
}

/// The value of a key of the less frequent types.
#[inline(never)]
pub unsafe fn uncommon(t: *const Table, key: Value) -> *const Value {
    // SAFETY: the caller's.
    unsafe {
        match key.tag {
            tag::NIL => &raw const ABSENT,
            tag::FLOAT => match float_to_integer(key.as_float()) {
                Some(n) => Table::get_int(t, n),
                None => generic(t, key),
            },
            _ => generic(t, key),
        }
    }
}

/// The value of a normalised key that is not nil and not in the array part.
pub unsafe fn generic(t: *const Table, key: Value) -> *const Value {
    // SAFETY: the caller's.
    unsafe {
        let node = find(t, key, false);
        if node.is_null() { &raw const ABSENT } else { Node::value(node) }
    }
}

/// The node of a normalised key, or null; `dead` accepts collected keys, too.
pub unsafe fn find(t: *const Table, key: Value, dead: bool) -> *mut Node {
    // SAFETY: chains stay inside the hash part.
    unsafe {
        let mut node = Hash::of(t).main_position(key);
        loop {
            if same_key(key, node, dead) {
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

/// Whether `node` holds `key`. A collected key is known by its address alone: when a traversal asks for it, the
/// traversal itself kept the key alive, so that nothing else can have taken the address. Otherwise the answer is
/// a wrong but existing node.
#[inline(always)]
unsafe fn same_key(key: Value, node: *const Node, dead: bool) -> bool {
    // SAFETY: a node whose key is a long string holds a live one.
    unsafe {
        if key.tag != (*node).key_tag {
            return dead
                && (*node).key_tag == tag::DEAD_KEY
                && key.is_collectable()
                && key.payload == (*node).key_payload;
        }
        match key.tag {
            tag::FALSE | tag::TRUE => true,
            tag::LONG_STRING => Str::long_equal(key.as_str(), (*node).key_payload as *const Str),
            // Floats that reach this point are neither zero nor NaN: equal means the same bits.
            _ => key.payload == (*node).key_payload,
        }
    }
}
