//! The collector without a virtual machine: a state with one thread whose stack slots are the roots.
//!
//! Freed blocks are overwritten and kept apart until the state is dropped, so that following a pointer to a
//! freed object is noticed.

use super::super::*;
use crate::object::global::Event;
use crate::object::string::StringTable;
use crate::object::thread::EXTRA_STACK;
use crate::object::{CClosure, LuaClosure, Slot, Str, Table, UpVal, Userdata, tag};
use core::ffi::c_void;
use std::cell::RefCell;
use std::collections::HashSet;

pub const SLOTS: usize = 64;

#[derive(Default)]
pub struct Host {
    quarantine: Vec<(*mut c_void, usize)>,
    /// How many requests to refuse from now on.
    pub refuse: usize,
}

unsafe extern "C-unwind" fn host_allocator(ud: *mut c_void, block: *mut c_void, old: usize, new: usize) -> *mut c_void {
    unsafe {
        let host = ud.cast::<Host>();
        if new == 0 {
            block.cast::<u8>().write_bytes(0xA5, old);
            (*host).quarantine.push((block, old));
            return core::ptr::null_mut();
        }
        if (*host).refuse > 0 && (block.is_null() || new > old) {
            (*host).refuse -= 1;
            return core::ptr::null_mut();
        }
        let fresh = libc::malloc(new);
        if !block.is_null() {
            fresh.cast::<u8>().copy_from_nonoverlapping(block.cast(), old.min(new));
            host_allocator(ud, block, old, 0);
        }
        fresh
    }
}

thread_local! {
    /// Integer field 1 of the tables finalized, in order.
    pub static FINALIZED: RefCell<Vec<i64>> = const { RefCell::new(Vec::new()) };
}

unsafe fn record_finalizer(l: *mut Thread, object: Value) {
    unsafe {
        assert!((*(*l).global).stopped & stopped::BY_COLLECTOR != 0);
        assert_eq!(control(l, option::COLLECT, 0, 0, 0), -1);
        let id = Slot::load(Table::get_int(object.as_table(), 1)).as_integer();
        FINALIZED.with(|f| f.borrow_mut().push(id));
    }
}

pub struct State {
    pub g: *mut Global,
    pub l: *mut Thread,
    pub host: *mut Host,
    stack: Box<[Value]>,
}

impl State {
    pub fn new() -> State {
        unsafe {
            let host = Box::into_raw(Box::<Host>::default());
            let g = libc::calloc(1, size_of::<Global>()).cast::<Global>();
            let l = libc::calloc(1, size_of::<Thread>()).cast::<Thread>();
            (&raw mut (*g).heap).write(Heap::new(host_allocator, host.cast()));
            let mut stack = vec![Value::NIL; SLOTS + EXTRA_STACK].into_boxed_slice();
            (*l).tag = tag::THREAD;
            (*l).global = g;
            (*l).stack = stack.as_mut_ptr();
            (*l).top = (*l).stack.add(SLOTS);
            (*l).stack_last = (*l).stack.add(SLOTS);
            (*l).threads_with_upvalues = l;
            (*g).main_thread = l;
            (*g).running = l;
            init(g);
            (*g).seed = 42;
            StringTable::init(g).unwrap();
            (*g).memory_message = Str::new(g, b"not enough memory").unwrap();
            fix(g, (*g).memory_message.cast());
            for (n, name) in crate::object::global::EVENT_NAMES.iter().enumerate() {
                let name = Str::new(g, name).unwrap();
                fix(g, name.cast());
                (*g).event_names[n] = name;
            }
            (*g).call_finalizer = Some(record_finalizer);
            (*g).complete = true;
            (*g).stopped = 0;
            FINALIZED.with(|f| f.borrow_mut().clear());
            State { g, l, host, stack }
        }
    }

    pub fn table(&self) -> *mut Table {
        unsafe { Table::new(self.g).unwrap() }
    }

    pub fn root(&mut self, slot: usize, v: Value) {
        unsafe { Value::store((*self.l).stack.add(slot), v) }
    }

    pub fn at(&self, slot: usize) -> Value {
        unsafe { Value::load((*self.l).stack.add(slot)) }
    }

    pub fn set(&self, t: *mut Table, key: Value, value: Value) {
        unsafe {
            Table::set(self.g, t, key, value).unwrap();
            barrier_back(self.g, t.cast(), value);
        }
    }

    pub fn get(&self, t: *mut Table, key: i64) -> Value {
        unsafe { Slot::load(Table::get_int(t, key)) }
    }

    pub fn string(&self, bytes: &[u8]) -> Value {
        unsafe { Value::object(Str::new(self.g, bytes).unwrap()) }
    }

    /// A table with integer field 1 = `id`, in a stack slot.
    pub fn named(&mut self, slot: usize, id: i64) -> *mut Table {
        let t = self.table();
        self.root(slot, unsafe { Value::object(t) });
        self.set(t, Value::integer(1), Value::integer(id));
        t
    }

    /// A table with one field named by an event, in a stack slot.
    pub fn metatable(&mut self, slot: usize, event: Event, value: Value) -> *mut Table {
        let t = self.table();
        self.root(slot, unsafe { Value::object(t) });
        self.set(t, unsafe { Value::object((*self.g).event_names[event as usize]) }, value);
        t
    }

    pub fn set_metatable(&self, t: *mut Table, mt: *mut Table) {
        unsafe {
            (*t).metatable = mt;
            barrier_object(self.g, t.cast(), mt.cast());
            check_finalizer(self.l, t.cast(), mt);
        }
    }

    pub fn full(&self) {
        unsafe { full(self.l, false) }
    }

    pub fn control(&self, what: i32, a: i32) -> i32 {
        unsafe { control(self.l, what, a, 0, 0) }
    }

    pub fn finalized(&self) -> Vec<i64> {
        FINALIZED.with(|f| core::mem::take(&mut *f.borrow_mut()))
    }

    /// All objects in lists, by address; checks that none has been freed.
    pub fn objects(&self) -> HashSet<usize> {
        let mut all = HashSet::new();
        unsafe {
            for list in [(*self.g).all_objects, (*self.g).with_finalizer, (*self.g).pending_finalizers] {
                let mut o = list;
                while !o.is_null() {
                    assert_ne!((*o).tag, 0xA5);
                    assert!(all.insert(o as usize), "object in two lists");
                    o = (*o).next;
                }
            }
        }
        all
    }

    /// Everything reachable from the stack by strong references.
    pub fn reachable(&self) -> HashSet<usize> {
        let mut seen = HashSet::new();
        let mut todo = vec![self.l as usize];
        let mut values = Vec::new();
        unsafe {
            for slot in 0..SLOTS {
                values.push(self.at(slot));
            }
            loop {
                while let Some(v) = values.pop() {
                    if v.is_collectable() {
                        todo.push(v.payload as usize);
                    }
                }
                let Some(o) = todo.pop() else { break };
                if !seen.insert(o) {
                    continue;
                }
                let o = o as *mut GcHeader;
                match (*o).tag {
                    tag::TABLE => {
                        let t = o.cast::<Table>();
                        if !(*t).metatable.is_null() {
                            todo.push((*t).metatable as usize);
                        }
                        let mut pair = [Value::NIL; 2];
                        while Table::next(t, pair[0], pair.as_mut_ptr()).unwrap() {
                            values.extend(pair);
                        }
                    }
                    tag::USERDATA => {
                        let u = o.cast::<Userdata>();
                        for n in 0..(*u).user_values as usize {
                            values.push(Value::load(Userdata::user_value(u, n)));
                        }
                    }
                    tag::C_CLOSURE => {
                        let f = o.cast::<CClosure>();
                        for n in 0..(*f).upvalue_count as usize {
                            values.push(Value::load(CClosure::upvalue(f, n)));
                        }
                    }
                    tag::LUA_CLOSURE => {
                        let f = o.cast::<LuaClosure>();
                        for n in 0..(*f).upvalue_count as usize {
                            todo.push(*LuaClosure::upvalue(f, n) as usize);
                        }
                    }
                    tag::UPVALUE => values.push(Value::load((*o.cast::<UpVal>()).value)),
                    tag::SHORT_STRING | tag::LONG_STRING | tag::THREAD => {}
                    other => panic!("reached a freed object, tag {other:#x}"),
                }
            }
        }
        seen
    }
}

impl Drop for State {
    fn drop(&mut self) {
        unsafe {
            if !std::thread::panicking() {
                free_all(self.l);
                StringTable::release(self.g);
                assert_eq!((*self.g).heap.total(), 0, "bytes left after freeing all objects");
            }
            for (block, _) in &(*self.host).quarantine {
                libc::free(*block);
            }
            drop(Box::from_raw(self.host));
            libc::free(self.l.cast());
            libc::free(self.g.cast());
            let _ = &self.stack;
        }
    }
}
