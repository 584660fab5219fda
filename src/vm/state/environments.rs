//! Environments (manual of 5.1, §2.9): every function, userdata and thread has a table as its environment.
//!
//! A Lua function looks its global variables up there, a C function reaches its own by a pseudo-index. A thread's is the
//! table of globals. New objects inherit the environment of the running function; a loaded chunk gets the thread's.
//! Library functions without upvalues are no objects that could hold one: theirs is the state's first table of globals,
//! unless another one is noted in a table of the state.

use super::{ENVIRONMENT, State};
use crate::gc;
use crate::object::{Fallible, Slot, Table, Userdata, Value, tag};
use crate::vm::builtin::Builtin;
use crate::vm::error;
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
                tag::BUILTIN => self.library_environment(v),
                _ => ptr::null_mut(),
            }
        }
    }

    /// Address of the environment of a library function without upvalues, until the next such question.
    fn library_environment(self, function: Value) -> *mut Value {
        // SAFETY: the state is alive; what is noted is in a table.
        unsafe {
            let g = (*self.0).global;
            let noted = Value::load(&raw const (*g).function_environments);
            if !noted.is_nil() {
                let found = Slot::load(Table::get(noted.as_table(), Value::light_userdata(function.as_pointer())));
                if !found.is_nil() {
                    // A slot of a table is no address of a value.
                    Value::store(&raw mut (*g).noted_environment, found);
                    return &raw mut (*g).noted_environment;
                }
            }
            &raw mut (*g).library_environment
        }
    }

    /// Pops the environment of a library function without upvalues.
    fn note_library_environment(self, function: Value) -> Fallible<()> {
        // SAFETY: the state is alive, and the collector visits its table again before it sweeps.
        unsafe {
            let g = (*self.0).global;
            if (*g).function_environments.is_nil() {
                let table = self.new_table(0, 1)?;
                Value::store(&raw mut (*g).function_environments, Value::object(table));
            } else {
                self.push(Value::load(&raw const (*g).function_environments));
            }
        }
        self.push_value(-2);
        self.raw_set_p(-2, function.as_pointer())?;
        self.pop(2);
        Ok(())
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

    /// `lua_replace` to the thread's table of globals, without popping.
    pub(super) fn copy_to_globals(self, from: i32) {
        // SAFETY: the thread is alive. Threads need no barrier.
        unsafe { Value::store(&raw mut (*self.0).globals, self.value(from)) }
    }

    /// `lua_replace` to the running function's environment.
    pub(crate) fn replace_environment(self) -> Fallible<()> {
        // SAFETY: as `running_environment`.
        unsafe {
            if (*self.0).ci == (*self.0).call_base {
                return Err(error::runtime(self.0, &["no calling environment".into()]));
            }
            self.set_environment_of(Value::load((*(*self.0).ci).func)).map(|_| ())
        }
    }

    /// Stores the environment of a function, userdata or thread that is an object.
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
        self.set_environment(-2).map(|_| ())
    }

    /// `lua_getfenv`: pushes the environment of the value at an index, nil for what has none.
    pub fn get_environment(self, index: i32) {
        let v = self.value(index);
        let own = self.own_environment(v);
        if own.is_null() {
            return self.push_nil();
        }
        // SAFETY: a live value.
        self.push(unsafe { Value::load(own) })
    }

    /// `lua_setfenv`: pops a table into the environment of the value at an index; false for what has none.
    pub fn set_environment(self, index: i32) -> Fallible<bool> {
        self.set_environment_of(self.value(index))
    }

    fn set_environment_of(self, owner: Value) -> Fallible<bool> {
        if owner.tag == tag::BUILTIN {
            self.note_library_environment(owner)?;
            return Ok(true);
        }
        let done = self.store_environment(owner, self.value(-1));
        self.pop(1);
        Ok(done)
    }
}
