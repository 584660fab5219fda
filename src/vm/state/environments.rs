//! Environments (manual of 5.1, §2.9): every function, userdata and thread has a table as its environment.
//!
//! A Lua function looks its global variables up there, a C function reaches its own by a pseudo-index. A thread's is the
//! table of globals. New objects inherit the environment of the running function; a loaded chunk gets the thread's.
//! Library functions without upvalues are no objects: theirs is the table of globals, and cannot be changed.

use super::{ENVIRONMENT, State};
use crate::gc;
use crate::object::{Fallible, Userdata, Value, tag};
use crate::vm::builtin::Builtin;
use core::ptr;

impl State {
    /// Address of the environment of a value that has one of its own, or null.
    fn own_environment(self, v: Value) -> *mut Value {
        // SAFETY: a live value, whose tag says what it is; every userdata has one user value, its environment.
        unsafe {
            match v.tag {
                tag::LUA_CLOSURE => &raw mut (*v.as_lua_closure()).environment,
                tag::C_CLOSURE => &raw mut (*v.as_c_closure()).environment,
                tag::USERDATA => Userdata::user_value(v.as_userdata(), 0),
                tag::THREAD => &raw mut (*v.as_thread()).globals,
                _ => ptr::null_mut(),
            }
        }
    }

    /// Address of the running function's environment; the table of globals outside of functions.
    fn running_environment(self) -> *mut Value {
        // SAFETY: the running frame's function is alive; the base level's slot holds nil.
        let own = self.own_environment(unsafe { Value::load((*(*self.0).ci).func) });
        // SAFETY: the thread is alive.
        if own.is_null() { unsafe { &raw mut (*self.0).globals } } else { own }
    }

    /// The running function's environment.
    pub(crate) fn environment(self) -> Value {
        // SAFETY: `running_environment` gives a readable address.
        unsafe { Value::load(self.running_environment()) }
    }

    /// Address of what one of the two pseudo-indices names.
    pub(super) fn environment_at(self, index: i32) -> *const Value {
        // SAFETY: the thread is alive.
        if index == ENVIRONMENT { self.running_environment() } else { unsafe { &raw const (*self.0).globals } }
    }

    /// `lua_replace` to one of the two pseudo-indices, without popping.
    pub(super) fn copy_to_environment(self, from: i32, to: i32) {
        let value = self.value(from);
        // SAFETY: the thread and its running function are alive. Threads need no barrier.
        unsafe {
            if to != ENVIRONMENT {
                return Value::store(&raw mut (*self.0).globals, value);
            }
            self.store_environment(Value::load((*(*self.0).ci).func), value);
        }
    }

    /// Whether a function is running whose environment can be replaced.
    pub(crate) fn has_environment(self) -> bool {
        // SAFETY: as `running_environment`.
        unsafe { (*self.0).ci != (*self.0).call_base }
    }

    fn store_environment(self, owner: Value, environment: Value) -> bool {
        let own = self.own_environment(owner);
        if own.is_null() {
            return false;
        }
        // SAFETY: the owner is a live object. Threads need no barrier.
        unsafe {
            Value::store(own, environment);
            if owner.tag != tag::THREAD {
                gc::barrier((*self.0).global, owner.as_object(), environment);
            }
        }
        true
    }

    /// Pushes a library function as an object of its own, with the environment at an index.
    pub fn push_builtin_in(self, f: &'static Builtin, environment: i32) -> Fallible<()> {
        let environment = self.value(environment);
        self.push_native_closure((f as *const Builtin).cast(), true, 0)?;
        self.push(environment);
        self.set_environment(-2);
        Ok(())
    }

    /// `lua_getfenv`: pushes the environment of the value at an index, nil for what has none.
    pub fn get_environment(self, index: i32) {
        let v = self.value(index);
        let own = self.own_environment(v);
        if own.is_null() {
            return if v.is_function() { self.push_globals() } else { self.push_nil() };
        }
        // SAFETY: a live value.
        self.push(unsafe { Value::load(own) })
    }

    /// `lua_setfenv`: pops a table into the environment of the value at an index; false for what has none.
    pub fn set_environment(self, index: i32) -> bool {
        let done = self.store_environment(self.value(index), self.value(-1));
        self.pop(1);
        done
    }
}
