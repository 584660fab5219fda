//! Objects are made and dropped by chance, and the collector's doings compared with what can be reached; and single rules.
#![allow(clippy::disallowed_types, clippy::disallowed_macros)]

mod state;

use super::*;
use crate::memory::Kind;
use crate::object::global::Event;
use crate::object::header;
use crate::object::{CClosure, LuaClosure, Slot, Table, UpVal, Userdata, tag};
use crate::version::{HAS_EPHEMERONS, TABLES_HAVE_FINALIZERS};
use core::ffi::c_void;
use state::{FINALIZED, SLOTS, State};

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }
}

/// Picks an object by a random walk from a root, or nothing.
fn pick(s: &State, r: &mut Random) -> Option<Value> {
    let mut v = s.at(r.below(SLOTS));
    for _ in 0..r.below(8) {
        if !v.is_table() {
            break;
        }
        let next = s.get(v.as_table(), r.below(8) as i64 + 1);
        if next.is_collectable() {
            v = next;
        }
    }
    v.is_collectable().then_some(v)
}

/// A new object that refers to `v`.
fn create(s: &State, r: &mut Random, v: Value) -> Value {
    unsafe {
        match r.below(6) {
            0 => s.string(format!("string {}", r.below(1000)).as_bytes()),
            1 => s.string(format!("long string {} {}", r.below(10), "x".repeat(60)).as_bytes()),
            2 => {
                let f = CClosure::new(s.g, core::ptr::null(), false, 2).unwrap();
                Value::store(CClosure::upvalue(f, 1), v);
                Value::object(f)
            }
            3 => {
                let u = header::new_object(s.g, Userdata::size(2, 24), tag::USERDATA, Kind::Userdata).unwrap();
                let u = u.cast::<Userdata>();
                (*u).user_values = 2;
                (*u).len = 24;
                (*u).metatable = null_mut();
                Value::store(Userdata::user_value(u, 0), v);
                Value::store(Userdata::user_value(u, 1), Value::NIL);
                Value::object(u)
            }
            _ => {
                let t = s.table();
                // No allocation but the table's own follows; the table is not reachable, but neither is a collection due.
                s.set(t, Value::integer(1), v);
                Value::object(t)
            }
        }
    }
}

/// Changes the graph at random; `collect` is called in between.
fn churn(seed: u64, steps: usize, mut collect: impl FnMut(&State, &mut Random)) {
    let mut s = State::new();
    let mut r = Random(seed * 2 + 1);
    for step in 0..steps {
        match r.below(8) {
            0 => s.root(r.below(SLOTS), Value::NIL),
            1 => {
                if let Some(v) = pick(&s, &mut r) {
                    s.root(r.below(SLOTS), v);
                }
            }
            2..=4 => {
                let v = pick(&s, &mut r).unwrap_or(Value::NIL);
                let new = create(&s, &mut r, v);
                s.root(r.below(SLOTS), new);
            }
            _ => {
                let (to, v) = (pick(&s, &mut r), pick(&s, &mut r).unwrap_or(Value::NIL));
                if let Some(to) = to.filter(|to| to.is_table()) {
                    let key = match pick(&s, &mut r) {
                        Some(key) if r.below(3) == 0 => key,
                        _ => Value::integer(r.below(8) as i64 + 1),
                    };
                    s.set(to.as_table(), key, v);
                } else if let Some(to) = to.filter(|to| to.tag == tag::USERDATA) {
                    unsafe {
                        Value::store(Userdata::user_value(to.as_userdata(), 1), v);
                        barrier_back(s.g, to.as_object(), v);
                    }
                } else if let Some(to) = to.filter(|to| to.tag == tag::C_CLOSURE) {
                    unsafe {
                        Value::store(CClosure::upvalue(to.as_c_closure(), 0), v);
                        barrier(s.g, to.as_object(), v);
                    }
                }
            }
        }
        collect(&s, &mut r);
        if step % 64 == 0 {
            assert!(s.reachable().is_subset(&s.objects()));
        }
    }
    s.control(option::INCREMENTAL, 0);
    s.full();
    assert_eq!(s.reachable(), s.objects(), "what survives a full collection is what is reachable");
}

#[test]
fn full_collections_keep_what_is_reachable() {
    churn(1, 3000, |s, r| {
        if r.below(50) == 0 {
            s.full();
            assert_eq!(s.reachable(), s.objects());
        }
    });
}

#[test]
fn incremental_steps_keep_what_is_reachable() {
    for seed in 2..10 {
        churn(seed, 4000, |s, _| unsafe { check(s.l).unwrap() });
        churn(seed, 2000, |s, r| unsafe {
            if r.below(3) == 0 {
                (*s.g).step_size_log2 = 0;
                (*s.g).heap.set_debt(1);
                step(s.l).unwrap();
            }
        });
    }
}

#[test]
fn generational_collections_keep_what_is_reachable() {
    for seed in 10..20 {
        churn(seed, 4000, |s, r| unsafe {
            if !generational::is_declared(s.g) {
                s.control(option::GENERATIONAL, 0);
            }
            if r.below(20) == 0 {
                s.control(option::STEP, 0);
            }
            check(s.l).unwrap();
        });
    }
}

#[test]
fn changes_of_mode_keep_what_is_reachable() {
    for seed in 20..26 {
        churn(seed, 3000, |s, r| unsafe {
            match r.below(60) {
                0 => drop(s.control(option::GENERATIONAL, 0)),
                1 => drop(s.control(option::INCREMENTAL, 0)),
                2 => s.full(),
                3 => full(s.l, true),
                4..8 => drop(s.control(option::STEP, 1)),
                _ => check(s.l).unwrap(),
            }
        });
    }
}

#[test]
fn an_allocation_refused_once_succeeds_after_an_emergency_collection() {
    let s = State::new();
    for _ in 0..100 {
        s.table();
    }
    unsafe {
        let before = (*s.g).heap.total();
        (*s.host).refuse = 1;
        assert!(Table::new(s.g).is_ok());
        assert!((*s.g).heap.total() < before);
        (*s.host).refuse = 2;
        assert!(Table::new(s.g).is_err());
    }
}

#[test]
fn weak_values_go_and_strings_stay() {
    let mut s = State::new();
    let mode = s.string(b"v");
    let mt = s.metatable(0, Event::Mode, mode);
    let weak = s.named(1, 0);
    s.set_metatable(weak, mt);
    let kept = s.named(2, 7);
    unsafe {
        s.set(weak, Value::integer(1), Value::object(s.table()));
        s.set(weak, Value::integer(2), Value::object(kept));
        s.set(weak, Value::integer(3), s.string(b"text"));
        s.set(weak, s.string(b"key"), Value::object(s.table()));
    }
    s.full();
    assert!(s.get(weak, 1).is_nil());
    assert!(s.get(weak, 2).is_table());
    assert!(s.get(weak, 3).is_string());
    assert!(unsafe { Slot::load(Table::get(weak, s.string(b"key"))) }.is_nil());
}

#[test]
fn ephemerons_keep_values_only_while_keys_live() {
    if !HAS_EPHEMERONS {
        return;
    }
    for generational in [false, true] {
        let mut s = State::new();
        let mode = s.string(b"k");
        let mt = s.metatable(0, Event::Mode, mode);
        let weak = s.named(1, 0);
        s.set_metatable(weak, mt);
        // A chain: each value is the next key.
        let first = s.named(2, 0);
        let mut key = unsafe { Value::object(first) };
        for _ in 0..50 {
            let next = unsafe { Value::object(s.table()) };
            s.set(weak, key, next);
            key = next;
        }
        // A cycle that only the table knows.
        let lonely = unsafe { Value::object(s.table()) };
        s.set(weak, lonely, lonely);
        if generational {
            s.control(option::GENERATIONAL, 0);
        }
        s.full();
        let objects = s.objects();
        assert!(!objects.contains(&(lonely.payload as usize)));
        assert!(objects.contains(&(key.payload as usize)));
        s.root(2, Value::NIL);
        s.full();
        assert!(!s.objects().contains(&(key.payload as usize)));
    }
}

#[test]
fn finalizers_run_in_reverse_order_and_once() {
    if !TABLES_HAVE_FINALIZERS {
        return;
    }
    for generational in [false, true] {
        let mut s = State::new();
        if generational {
            s.control(option::GENERATIONAL, 0);
        }
        let mt = s.metatable(0, Event::Gc, Value::boolean(true));
        for id in 1..=25 {
            let t = s.named(1, id);
            s.set_metatable(t, mt);
        }
        let last = s.named(1, 100);
        s.set_metatable(last, mt);
        s.full();
        assert_eq!(s.finalized(), (1..=25).rev().collect::<Vec<_>>());
        s.full();
        assert!(s.finalized().is_empty());
        drop(s);
        FINALIZED.with(|f| assert_eq!(*f.borrow(), [100], "closing finalizes what is left"));
    }
}

#[test]
fn a_finalizer_needs_its_field_when_the_metatable_is_set() {
    if !TABLES_HAVE_FINALIZERS {
        return;
    }
    let mut s = State::new();
    let mt = s.named(0, 0);
    let t = s.named(1, 1);
    s.set_metatable(t, mt);
    let name = unsafe { Value::object((*s.g).event_names[Event::Gc as usize]) };
    s.set(mt, name, Value::boolean(true));
    s.root(1, Value::NIL);
    s.full();
    assert!(s.finalized().is_empty());
}

#[test]
fn emergencies_run_no_finalizer() {
    if !TABLES_HAVE_FINALIZERS {
        return;
    }
    let mut s = State::new();
    let mt = s.metatable(0, Event::Gc, Value::boolean(true));
    let t = s.named(1, 5);
    s.set_metatable(t, mt);
    s.root(1, Value::NIL);
    unsafe { full(s.l, true) };
    assert!(s.finalized().is_empty());
    s.full();
    assert_eq!(s.finalized(), [5]);
}

#[test]
fn resurrected_objects_stay_in_weak_keys_until_freed() {
    if !TABLES_HAVE_FINALIZERS {
        return;
    }
    let mut s = State::new();
    let mt = s.metatable(0, Event::Gc, Value::boolean(true));
    let mode = s.string(b"k");
    let weak_mt = s.metatable(2, Event::Mode, mode);
    let weak = s.named(3, 0);
    s.set_metatable(weak, weak_mt);
    let t = s.named(1, 5);
    s.set_metatable(t, mt);
    unsafe { s.set(weak, Value::object(t), Value::integer(1)) };
    s.root(1, Value::NIL);
    s.full();
    assert_eq!(s.finalized(), [5]);
    assert!(unsafe { Slot::load(Table::get(weak, Value::object(t))) }.is_integer());
    s.full();
    let mut pair = [Value::NIL; 2];
    unsafe {
        assert!(Table::next(weak, Value::NIL, pair.as_mut_ptr()).unwrap());
        assert!(pair[0].is_number());
        assert!(!Table::next(weak, pair[0], pair.as_mut_ptr()).unwrap());
    }
}

#[test]
#[cfg(feature = "lua54")]
fn control_answers_as_lua_gc() {
    let s = State::new();
    assert_eq!(s.control(option::SET_PAUSE, 1003), 200);
    assert_eq!(s.control(option::SET_PAUSE, 2000), 1000);
    assert_eq!(s.control(option::SET_PAUSE, 200), 976);
    assert_eq!(s.control(option::SET_STEP_MULTIPLIER, 400), 100);
    assert_eq!(s.control(option::SET_STEP_MULTIPLIER, 0), 400);
    assert_eq!(s.control(option::IS_RUNNING, 0), 1);
    assert_eq!(s.control(option::STOP, 0), 0);
    assert_eq!(s.control(option::IS_RUNNING, 0), 0);
    assert_eq!(s.control(option::RESTART, 0), 0);
    assert_eq!(s.control(option::IS_RUNNING, 0), 1);
    assert_eq!(s.control(option::GENERATIONAL, 0), option::INCREMENTAL);
    assert_eq!(s.control(option::GENERATIONAL, 0), option::GENERATIONAL);
    assert_eq!(s.control(option::INCREMENTAL, 0), option::GENERATIONAL);
    assert_eq!(s.control(8, 0), -1);
    let parameters = crate::version::HAS_COLLECTOR_PARAMETERS;
    assert_eq!(s.control(option::PARAMETER, 0), if parameters { 20 } else { -1 });
    let total = unsafe { (*s.g).heap.total() };
    assert_eq!(s.control(option::COUNT, 0) as usize * 1024 + s.control(option::COUNT_BYTES, 0) as usize, total);
}

#[test]
fn upvalues_keep_their_values() {
    let mut s = State::new();
    unsafe {
        let f = LuaClosure::new(s.g, 1).unwrap();
        s.root(0, Value::object(f));
        let upvalue = UpVal::new_closed(s.g).unwrap();
        *LuaClosure::upvalue(f, 0) = upvalue;
        barrier_object(s.g, f.cast(), upvalue.cast());
        let t = s.table();
        Value::store((*upvalue).value, Value::object(t));
        barrier(s.g, upvalue.cast(), Value::object(t));
        s.full();
        assert!(s.objects().contains(&(t as usize)));
        s.root(0, Value::NIL);
        s.full();
        assert!(!s.objects().contains(&(t as usize)));
    }
}

unsafe extern "C-unwind" fn plain_allocator(_: *mut c_void, block: *mut c_void, _: usize, new: usize) -> *mut c_void {
    unsafe {
        if new == 0 {
            libc::free(block);
            core::ptr::null_mut()
        } else {
            libc::realloc(block, new)
        }
    }
}

/// Seconds of processor time so far.
fn cpu_time() -> f64 {
    unsafe {
        let mut t = core::mem::zeroed::<libc::timespec>();
        libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut t);
        t.tv_sec as f64 + t.tv_nsec as f64 * 1e-9
    }
}

/// Times full collections of a tree of tables; run it in release.
#[test]
#[ignore]
fn time_of_collections() {
    fn tree(s: &State, depth: u32) -> Value {
        let t = s.table();
        if depth > 0 {
            unsafe { Table::resize(s.g, t, 2, 0).unwrap() };
            s.set(t, Value::integer(1), tree(s, depth - 1));
            s.set(t, Value::integer(2), tree(s, depth - 1));
        }
        unsafe { Value::object(t) }
    }
    let mut s = State::new();
    unsafe {
        let (_, ud) = (*s.g).heap.allocator();
        (*s.g).heap.set_allocator(plain_allocator, ud);
        (*s.g).stopped = stopped::BY_USER;
    }
    let t = tree(&s, 9);
    s.root(0, t);
    let start = cpu_time();
    for _ in 0..2000 {
        s.full();
    }
    println!("small: {:?}", cpu_time() - start);
    let t = tree(&s, 20);
    s.root(0, t);
    let time = |what: &str, s: &State| {
        let start = cpu_time();
        s.full();
        println!("{what}: {:?}", cpu_time() - start);
    };
    for _ in 0..5 {
        time("all alive", &s);
    }
    unsafe {
        let start = cpu_time();
        mark::roots(s.g);
        (*s.g).phase = Phase::Propagate;
        mark::propagate_all(s.g);
        println!("mark only: {:?}", cpu_time() - start);
    }
    s.root(0, Value::NIL);
    s.full();
    time("after", &s);
    let t = tree(&s, 20);
    s.root(1, t);
    time("rebuilt", &s);
    s.root(1, Value::NIL);
    time("all dead", &s);
}
