//! Random operations against a model, and the figures and orders of PUC Lua.
#![allow(clippy::disallowed_types, clippy::disallowed_macros)]
use super::*;
use crate::object::tag;
use crate::object::testing::TestState;
use crate::version::ARRAY_PART_SAVES_MEMORY;
use std::collections::HashMap;

struct Random(u64);
impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }
}

/// A key as the model knows it: type and payload.
type ModelKey = (u8, u64);

unsafe fn check_all(t: *mut Table, model: &HashMap<ModelKey, i64>) {
    unsafe {
        for (key, n) in model {
            let got = Slot::load(Table::get(t, Value { payload: key.1, tag: key.0 }));
            assert!(got.is_integer() && got.as_integer() == *n);
        }
        let mut seen = 0;
        let mut out = [Value::NIL; 2];
        while Table::next(t, out[0], out.as_mut_ptr()).unwrap() {
            // Versions without integers show integral keys as the floats that they are.
            let key = crate::object::number::to_integer(out[0]).map_or(out[0], Value::integer);
            assert_eq!(model[&(key.tag, key.payload)], out[1].as_integer());
            seen += 1;
        }
        assert_eq!(seen, model.len());
        let n = Table::length(t);
        assert!(n == 0 || model.contains_key(&(tag::INTEGER, n)));
        assert!(!model.contains_key(&(tag::INTEGER, n + 1)));
    }
}

#[test]
fn random_operations_agree_with_a_model() {
    let state = TestState::new();
    let g = state.0;
    let (rounds, steps) = if cfg!(miri) { (4, 150) } else { (200, 1000) };
    let mut random = Random(42);
    unsafe {
        let strings: Vec<_> =
            (0..200).map(|n| Str::new(g, "k".repeat(n % 60 + 1).as_bytes()).map(|s| (n, s)).unwrap().1).collect();
        for round in 0..rounds {
            let t = Table::new(g).unwrap();
            if round % 5 == 0 {
                Table::resize(g, t, random.below(20) as u32, random.below(20) as u32).unwrap();
            }
            let range = 1 << random.below(10);
            let mut model = HashMap::new();
            for step in 0..steps {
                let n = random.below(range) as i64;
                let key = match random.below(9) {
                    0..=3 => Value::integer(n),
                    4 => Value::integer(-n << random.below(60)),
                    5 => Value::object(strings[n as usize % 60]),
                    6 => Value::float(n as f64 + 0.5),
                    7 => Value::light_userdata((n * 16) as *mut _),
                    _ => Value::boolean(n & 1 == 0),
                };
                let value = if random.below(4) == 0 { Value::NIL } else { Value::integer(step) };
                // Integral floats mean integers; long strings are equal by contents.
                let asked = if key.is_integer() && random.below(3) == 0 && key.as_integer().unsigned_abs() < 1 << 52 {
                    Value::float(key.as_integer() as f64)
                } else {
                    key
                };
                Table::set(g, t, asked, value).unwrap();
                if value.is_nil() {
                    model.remove(&(key.tag, key.payload));
                } else {
                    model.insert((key.tag, key.payload), step);
                }
                if random.below(3) == 0 {
                    Table::length(t);
                }
                if step % 50 == 0 {
                    check_all(t, &model);
                }
            }
            check_all(t, &model);
        }
    }
}

#[test]
fn long_string_keys_are_equal_by_contents() {
    let state = TestState::new();
    let g = state.0;
    unsafe {
        let t = Table::new(g).unwrap();
        let bytes = [b'x'; 50];
        let (a, b) = (Str::new(g, &bytes).unwrap(), Str::new(g, &bytes).unwrap());
        assert_ne!(a, b);
        Table::set_str(g, t, a, Value::integer(7)).unwrap();
        assert_eq!(Slot::load(Table::get_str(t, b)).as_integer(), 7);
    }
}

#[test]
fn refused_keys() {
    let state = TestState::new();
    let g = state.0;
    unsafe {
        let t = Table::new(g).unwrap();
        assert_eq!(Table::set(g, t, Value::NIL, Value::NIL), Err(TableError::NilIndex));
        assert_eq!(Table::set(g, t, Value::float(f64::NAN), Value::NIL), Err(TableError::NanIndex));
        assert!(Slot::is_nil(Table::get(t, Value::float(f64::NAN))));
        assert!(Slot::is_nil(Table::get(t, Value::NIL)));
        let mut out = [Value::NIL; 2];
        assert_eq!(Table::next(t, Value::integer(3), out.as_mut_ptr()), Err(TableError::InvalidKey));
        Table::set(g, t, Value::float(-0.0), Value::integer(1)).unwrap();
        assert_eq!(Slot::load(Table::get_int(t, 0)).as_integer(), 1);
        Table::set(g, t, Value::float(f64::INFINITY), Value::integer(2)).unwrap();
        assert_eq!(Slot::load(Table::get(t, Value::float(f64::INFINITY))).as_integer(), 2);
        assert!(Slot::is_nil(Table::get(t, Value::float(f64::NEG_INFINITY))));
    }
}

#[test]
fn fields_may_be_cleared_during_a_traversal() {
    let state = TestState::new();
    let g = state.0;
    unsafe {
        let t = Table::new(g).unwrap();
        for n in 0..50 {
            let key = Value::object(Str::new(g, format!("key{n}").as_bytes()).unwrap());
            Table::set(g, t, key, Value::integer(n)).unwrap();
            Table::set_int(g, t, n + 1, Value::integer(n)).unwrap();
        }
        let mut out = [Value::NIL; 2];
        let mut seen = 0;
        while Table::next(t, out[0], out.as_mut_ptr()).unwrap() {
            Table::set(g, t, out[0], Value::NIL).unwrap();
            if out[0].is_collectable() {
                // What the collector does with keys of cleared fields.
                for index in 0..=(*t).node_mask as usize {
                    let node = (*t).nodes.add(index);
                    if (*node).value_tag == tag::NIL && (*node).key_tag == tag::SHORT_STRING {
                        (*node).key_tag = tag::DEAD_KEY;
                    }
                }
            }
            seen += 1;
        }
        assert_eq!(seen, 100);
        assert!(!Table::next(t, Value::NIL, out.as_mut_ptr()).unwrap());
    }
}

#[test]
fn growth_is_that_of_puc_lua() {
    let state = TestState::new();
    let g = state.0;
    unsafe {
        let t = Table::new(g).unwrap();
        let mut sizes = Vec::new();
        for n in 1..=20 {
            Table::set_int(g, t, n, Value::integer(n)).unwrap();
            sizes.push((*t).array_len);
        }
        assert_eq!(sizes, [1, 2, 4, 4, 8, 8, 8, 8, 16, 16, 16, 16, 16, 16, 16, 16, 32, 32, 32, 32]);
        assert!(Table::is_dummy(g, t));

        let t = Table::new(g).unwrap();
        let mut sizes = Vec::new();
        for n in 1..=9 {
            Table::set_int(g, t, n * 1000, Value::integer(n)).unwrap();
            sizes.push(Table::hash_len(g, t));
        }
        assert_eq!(sizes, [1, 2, 4, 4, 8, 8, 8, 8, 16]);
        assert_eq!((*t).array_len, 0);

        let t = Table::new(g).unwrap();
        for n in (1..=8).rev() {
            Table::set_int(g, t, n, Value::integer(n)).unwrap();
        }
        Table::resize(g, t, 16, 0).unwrap();
        assert_eq!(((*t).array_len, Table::hash_len(g, t)), (16, 0));
        assert_eq!(Table::length(t), 8);
    }
}

#[test]
fn large_hash_parts() {
    let state = TestState::new();
    let g = state.0;
    let count = if cfg!(miri) { 500 } else { 200_000 };
    unsafe {
        let t = Table::new(g).unwrap();
        for n in 0..count {
            Table::set(g, t, Value::light_userdata((n * 48) as *mut _), Value::integer(n)).unwrap();
            Table::set_int(g, t, n * n + 7, Value::integer(n)).unwrap();
        }
        for n in 0..count {
            let got = Slot::load(Table::get(t, Value::light_userdata((n * 48) as *mut _)));
            assert_eq!(got.as_integer(), n);
            assert_eq!(Slot::load(Table::get_int(t, n * n + 7)).as_integer(), n);
        }
    }
}

#[test]
fn shrinking_moves_elements_to_the_hash_part() {
    let state = TestState::new();
    let g = state.0;
    unsafe {
        let t = Table::new(g).unwrap();
        for n in 1..=64 {
            Table::set_int(g, t, n, Value::integer(n)).unwrap();
        }
        for n in 5..=60 {
            Table::set_int(g, t, n, Value::NIL).unwrap();
        }
        Table::set_str(g, t, Str::new(g, b"x").unwrap(), Value::integer(1)).unwrap();
        let expected = if ARRAY_PART_SAVES_MEMORY { (64, 1) } else { (4, 8) };
        assert_eq!(((*t).array_len, Table::hash_len(g, t)), expected);
        for n in 1..=64 {
            let value = *Table::get_int(t, n);
            assert_eq!(value.value().is_nil(), (5..=60).contains(&n));
        }
    }
}
