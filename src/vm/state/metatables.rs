//! Metatables: of any value, and those that types of userdata have by name in the registry.

use super::{REGISTRY, State};
use crate::gc;
use crate::object::value::types;
use crate::object::{Fallible, Slot, Str, Table, Value, tag};
use crate::version::{FINALIZERS_FOUND_LATE, HAS_TYPE_NAMES, TABLES_HAVE_FINALIZERS};
use core::ffi::c_void;
use core::ptr;

impl State {
    /// The metatable of a value, or null.
    #[inline]
    pub(crate) fn metatable(self, v: Value) -> *mut Table {
        // SAFETY: the tag tells what the live object is; type codes of values are below `types::COUNT`.
        unsafe {
            match v.tag {
                tag::TABLE => (*v.as_table()).metatable,
                tag::USERDATA => (*v.as_userdata()).metatable,
                _ => {
                    (&raw const (*(*self.0).global).metatables).cast::<*mut Table>().add(v.type_code() as usize).read()
                }
            }
        }
    }

    /// Pushes the metatable, or nothing and false.
    #[inline]
    pub fn get_metatable(self, index: i32) -> bool {
        let metatable = self.metatable(self.value(index));
        if metatable.is_null() {
            return false;
        }
        self.push_object(metatable);
        true
    }

    /// Pops a table or nil, the new metatable of the value at `index` (or of its type).
    pub fn set_metatable(self, index: i32) -> Fallible<()> {
        let object = self.value(index);
        let metatable = self.table_at(-1);
        // SAFETY: both are on the stack.
        unsafe {
            let l = self.0;
            let g = (*l).global;
            match object.tag {
                tag::TABLE => (*object.as_table()).metatable = metatable,
                tag::USERDATA => (*object.as_userdata()).metatable = metatable,
                _ => (*g).metatables[object.type_code() as usize % types::COUNT] = metatable,
            }
            let owns = object.tag == tag::TABLE || object.tag == tag::USERDATA;
            if owns && !metatable.is_null() {
                gc::barrier_object(g, object.as_object(), metatable.cast());
                if !FINALIZERS_FOUND_LATE && (object.tag == tag::USERDATA || TABLES_HAVE_FINALIZERS) {
                    gc::check_finalizer(l, object.as_object(), metatable);
                }
            }
        }
        self.pop(1);
        Ok(())
    }

    /// The raw field of the value's metatable (nil when there is none). Allocates at most the key.
    fn metafield(self, index: i32, name: &[u8]) -> Fallible<Value> {
        let metatable = self.metatable(self.value(index));
        if metatable.is_null() {
            return Ok(Value::NIL);
        }
        let key = self.new_str(name)?;
        // SAFETY: the metatable belongs to a value on the stack.
        Ok(unsafe { Slot::load(Table::get_str(metatable, key)) })
    }

    /// Pushes the metafield and returns its type code, or nothing and `types::NIL`.
    pub fn get_metafield(self, index: i32, name: &[u8]) -> Fallible<i32> {
        let field = self.metafield(index, name)?;
        if !field.is_nil() {
            self.push(field);
        }
        Ok(field.type_code())
    }

    /// Calls a metafield with the value as its argument and pushes the one result; false when there is none.
    pub fn call_meta(self, index: i32, name: &[u8]) -> Fallible<bool> {
        let index = self.abs_index(index);
        if self.get_metafield(index, name)? == types::NIL {
            return Ok(false);
        }
        self.push_value(index);
        self.call(1, 1)?;
        Ok(true)
    }

    /// `luaL_newmetatable`: true when new; pushed either way.
    pub fn new_metatable(self, name: &[u8]) -> Fallible<bool> {
        if self.get_field(REGISTRY, name)? != types::NIL {
            return Ok(false);
        }
        self.pop(1);
        self.new_table(0, 2)?;
        if HAS_TYPE_NAMES {
            self.push_bytes(name)?;
            self.set_field(-2, b"__name")?;
        }
        self.push_value(-1);
        self.set_field(REGISTRY, name)?;
        Ok(true)
    }

    /// `luaL_setmetatable`
    pub fn set_metatable_by_name(self, name: &[u8]) -> Fallible<()> {
        self.get_field(REGISTRY, name)?;
        self.set_metatable(-2)
    }

    /// `luaL_testudata`: the userdata's address when its metatable is the registry's of that name.
    pub fn test_userdata(self, arg: i32, name: &[u8]) -> Fallible<Option<*mut c_void>> {
        let address = self.to_userdata(arg);
        if address.is_null() {
            return Ok(None);
        }
        let metatable = self.metatable(self.value(arg));
        if metatable.is_null() {
            return Ok(None);
        }
        let key = self.new_str(name)?;
        Ok(if ptr::eq(self.registered_metatable(key), metatable) { Some(address) } else { None })
    }

    /// The table in the registry under this name, or null. Allocates nothing.
    fn registered_metatable(self, name: *mut Str) -> *mut Table {
        // SAFETY: the registry is a table.
        let found = unsafe { Slot::load(Table::get_str((*(*self.0).global).registry.as_table(), name)) };
        if found.is_table() { found.as_table() } else { ptr::null_mut() }
    }

    /// `luaL_checkudata`
    pub fn check_userdata(self, arg: i32, name: &[u8]) -> Fallible<*mut c_void> {
        match self.test_userdata(arg, name)? {
            Some(address) => Ok(address),
            None => Err(self.type_error(arg, name)),
        }
    }
}
