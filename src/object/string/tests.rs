#![allow(clippy::disallowed_types, clippy::disallowed_macros)]
use super::*;
use crate::object::Value;
use crate::object::header::mark;
use crate::object::testing::TestState;
use crate::version::STRING_ORDER_IS_FIXED;

#[test]
fn short_strings_are_interned() {
    let state = TestState::new();
    let g = state.0;
    unsafe {
        let count = if cfg!(miri) { 300 } else { 20_000 };
        let mut all = Vec::new();
        for n in 0..count {
            let text = format!("{n}{}", "x".repeat(n % 35));
            let s = Str::new(g, text.as_bytes()).unwrap();
            assert_eq!(Str::bytes(s), text.as_bytes());
            assert_eq!(*Str::data(s).add(Str::len(s)), 0);
            all.push((text, s));
        }
        for (text, s) in &all {
            assert_eq!(Str::new(g, text.as_bytes()).unwrap(), *s);
        }
        assert_eq!((*g).strings.used as usize, count + 1);
        assert!((*g).strings.size >= (*g).strings.used);
        StringTable::resize(g, 128);
        for (text, s) in &all {
            assert_eq!(Str::new(g, text.as_bytes()).unwrap(), *s);
        }
    }
}

#[test]
fn every_byte_and_the_length_matter() {
    let state = TestState::new();
    let g = state.0;
    unsafe {
        for len in 0..=MAX_SHORT + 30 {
            let bytes = vec![b'a'; len];
            let s = Str::new(g, &bytes).unwrap();
            let h = Str::hash(s);
            assert_eq!((*s).tag == crate::object::tag::SHORT_STRING, len <= MAX_SHORT);
            for n in 0..len {
                let mut other = bytes.clone();
                other[n] ^= 1;
                let o = Str::new(g, &other).unwrap();
                assert!(!Value::object(s).raw_equal(Value::object(o)));
                // Where the order of keys is fixed, so is the hash, which skips bytes of longer strings.
                assert!(Str::hash(o) != h || (STRING_ORDER_IS_FIXED && len >= 32));
            }
            let again = Str::new(g, &bytes).unwrap();
            assert!(Value::object(s).raw_equal(Value::object(again)));
            assert_eq!(Str::hash(again), h);
        }
    }
}

#[test]
fn dead_strings_are_revived() {
    let state = TestState::new();
    let g = state.0;
    unsafe {
        let s = Str::new(g, b"hello").unwrap();
        (*g).current_white = mark::WHITE1;
        assert_eq!(Str::new(g, b"hello").unwrap(), s);
        assert_eq!((*s).marked & mark::COLOURS, mark::WHITE1);
    }
}

#[test]
fn cached_c_strings() {
    let state = TestState::new();
    let g = state.0;
    unsafe {
        let mut buffer = *b"one\0and a string that is longer than forty bytes\0";
        let long = buffer.as_ptr().add(4).cast();
        let a = Str::from_cstr(g, buffer.as_ptr().cast()).unwrap();
        let b = Str::from_cstr(g, long).unwrap();
        assert_eq!(Str::from_cstr(g, long).unwrap(), b);
        buffer[0] = b'O';
        let c = Str::from_cstr(g, buffer.as_ptr().cast()).unwrap();
        assert!(a != c && Str::bytes(c) == b"One");
        clear_cstring_cache(g);
        assert_ne!(Str::from_cstr(g, buffer.as_ptr().add(4).cast()).unwrap(), b);
    }
}
