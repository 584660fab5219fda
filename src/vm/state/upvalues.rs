//! Upvalues of functions, Lua's and native ones (`lua_getupvalue` and its kin).

use super::State;
use crate::gc;
use crate::object::{CClosure, GcHeader, LuaClosure, Str, UpVal, Value, tag};
use crate::version::VERSION;
use core::ffi::{CStr, c_void};
use core::ptr;

/// The name of an upvalue whose debug information was stripped.
const NO_NAME: &CStr = match VERSION {
    501 | 502 => c"",
    503 => c"(*no name)",
    _ => c"(no name)",
};

/// An upvalue: its name (a NUL follows), where the value is, and the object that holds it.
struct Found<'a> {
    name: &'a [u8],
    value: *mut Value,
    owner: *mut GcHeader,
}

impl State {
    fn find_upvalue<'a>(self, function: Value, n: i32) -> Option<Found<'a>> {
        // SAFETY: `function` is alive; `n` is checked against the count of the closure.
        unsafe {
            match function.tag {
                tag::C_CLOSURE => {
                    let closure = function.as_c_closure();
                    if n < 1 || n > (*closure).upvalue_count as i32 {
                        return None;
                    }
                    let value = CClosure::upvalue(closure, n as usize - 1);
                    Some(Found { name: c"".to_bytes(), value, owner: closure.cast() })
                }
                tag::LUA_CLOSURE => {
                    let closure = function.as_lua_closure();
                    let proto = (*closure).proto;
                    if n < 1 || n > (*proto).upvalue_count as i32 {
                        return None;
                    }
                    let upvalue = LuaClosure::upvalue(closure, n as usize - 1).read();
                    let name = (*(*proto).upvalues.add(n as usize - 1)).name;
                    let name = if name.is_null() { NO_NAME.to_bytes() } else { Str::bytes(name) };
                    Some(Found { name, value: (*upvalue).value, owner: upvalue.cast() })
                }
                _ => None,
            }
        }
    }

    /// Pushes the `n`-th upvalue and returns its name; nothing and `None` when there is none. The name is followed by a
    /// NUL.
    pub fn get_upvalue<'a>(self, func: i32, n: i32) -> Option<&'a [u8]> {
        let found = self.find_upvalue(self.value(func), n)?;
        // SAFETY: a live value.
        self.push(unsafe { Value::load(found.value) });
        Some(found.name)
    }

    /// Pops a value into the `n`-th upvalue and returns its name; nothing and `None` when there is none.
    pub fn set_upvalue<'a>(self, func: i32, n: i32) -> Option<&'a [u8]> {
        let found = self.find_upvalue(self.value(func), n)?;
        // SAFETY: the owner is reachable from the function, which is on the stack.
        unsafe {
            let value = self.value(-1);
            self.pop(1);
            Value::store(found.value, value);
            gc::barrier((*self.0).global, found.owner, value);
        }
        Some(found.name)
    }

    /// An address that is the same for upvalues that are shared; null when there is none.
    pub fn upvalue_id(self, func: i32, n: i32) -> *mut c_void {
        match self.find_upvalue(self.value(func), n) {
            Some(found) if self.value(func).tag == tag::LUA_CLOSURE => found.owner.cast(),
            Some(found) => found.value.cast(),
            None => ptr::null_mut(),
        }
    }

    /// Makes upvalue `n1` of one Lua function refer to upvalue `n2` of another; nothing when one does not exist.
    pub fn join_upvalues(self, func1: i32, n1: i32, func2: i32, n2: i32) {
        // SAFETY: both functions are on the stack; the numbers are checked.
        unsafe {
            let (Some(to), Some(from)) = (self.upvalue_slot(func1, n1), self.upvalue_slot(func2, n2)) else {
                return;
            };
            let upvalue = from.read();
            to.write(upvalue);
            gc::barrier_object((*self.0).global, self.value(func1).as_object(), upvalue.cast());
        }
    }

    /// Where a Lua function keeps the pointer to an upvalue.
    unsafe fn upvalue_slot(self, func: i32, n: i32) -> Option<*mut *mut UpVal> {
        let function = self.value(func);
        if function.tag != tag::LUA_CLOSURE {
            return None;
        }
        // SAFETY: a live closure, whose count is checked.
        unsafe {
            let closure = function.as_lua_closure();
            if n < 1 || n > (*closure).upvalue_count as i32 {
                return None;
            }
            Some(LuaClosure::upvalue(closure, n as usize - 1))
        }
    }
}
