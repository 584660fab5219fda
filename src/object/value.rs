//! A Lua value: eight bytes of payload and a one-byte tag.
//!
//! The low four bits of a tag are the type as `lua_type` reports it, the next bits its variant, and bit 7
//! says that the payload points to a collectable object. The two falsy values have the two smallest tags.
//!
//! Memory is always written field by field: use [`Value::store`] and [`Value::copy`], never `ptr::write` or `*p = v`. That
//! keeps stores and later loads the same width, which processors forward without a stall. Tables keep values without
//! the padding, in a [`super::Slot`].

use super::function::{CClosure, LuaClosure};
use super::header::GcHeader;
use super::string::Str;
use super::table::Table;
use super::thread::Thread;
use super::userdata::Userdata;
use core::ffi::c_void;

/// The tags.
pub mod tag {
    pub const NIL: u8 = 0x00;
    pub const FALSE: u8 = 0x01;
    pub const TRUE: u8 = 0x11;
    pub const LIGHT_USERDATA: u8 = 0x02;
    pub const INTEGER: u8 = 0x03;
    pub const FLOAT: u8 = 0x13;
    pub const SHORT_STRING: u8 = 0x84;
    pub const LONG_STRING: u8 = 0x94;
    pub const TABLE: u8 = 0x85;
    pub const LUA_CLOSURE: u8 = 0x86;
    /// A C function, or one of our own functions, with upvalues ([`super::CClosure`]).
    pub const C_CLOSURE: u8 = 0x96;
    /// A C function without upvalues; the payload is its address.
    pub const LIGHT_C_FUNCTION: u8 = 0x16;
    /// One of our own library functions; the payload is the address of its `vm::Builtin`.
    pub const BUILTIN: u8 = 0x26;
    pub const USERDATA: u8 = 0x87;
    pub const THREAD: u8 = 0x88;
    /// Never in a Lua value: objects that only other objects point to.
    pub const UPVALUE: u8 = 0x89;
    pub const PROTO: u8 = 0x8A;
    /// Only in a table node: the key was collected, its address still serves `next`.
    pub const DEAD_KEY: u8 = 0x0B;
    /// Set in the tag of every collectable object.
    pub const COLLECTABLE: u8 = 0x80;
    /// Selects the type as `lua_type` reports it.
    pub const TYPE_MASK: u8 = 0x0F;
}

/// `LUA_T*`: the types as the API reports them.
pub mod types {
    pub const NONE: i32 = -1;
    pub const NIL: i32 = 0;
    pub const BOOLEAN: i32 = 1;
    pub const LIGHT_USERDATA: i32 = 2;
    pub const NUMBER: i32 = 3;
    pub const STRING: i32 = 4;
    pub const TABLE: i32 = 5;
    pub const FUNCTION: i32 = 6;
    pub const USERDATA: i32 = 7;
    #[allow(dead_code)]
    pub const THREAD: i32 = 8;
    /// How many types have a metatable of their own in the state.
    pub const COUNT: usize = 9;
}

/// A value. In registers it is a pair (payload, tag).
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Value {
    pub payload: u64,
    pub tag: u8,
}

impl Value {
    pub const NIL: Value = Value { payload: 0, tag: tag::NIL };

    /// Writes `v` to `*to`, field by field.
    ///
    /// # Safety
    /// `to` is valid for writing a payload and a tag.
    #[inline(always)]
    pub unsafe fn store(to: *mut Value, v: Value) {
        // SAFETY: both fields can be written at `to`; two stores of the fields' own width.
        unsafe {
            (&raw mut (*to).payload).write(v.payload);
            (&raw mut (*to).tag).write(v.tag);
        }
    }

    /// Reads `*from`, field by field.
    ///
    /// # Safety
    /// `from` is valid for reading a payload and a tag.
    #[inline(always)]
    pub unsafe fn load(from: *const Value) -> Value {
        // SAFETY: both fields can be read at `from`; the padding is not touched.
        unsafe { Value { payload: (&raw const (*from).payload).read(), tag: (&raw const (*from).tag).read() } }
    }

    /// `*to = *from`.
    ///
    /// # Safety
    /// As [`Value::store`] and [`Value::load`].
    #[inline(always)]
    pub unsafe fn copy(to: *mut Value, from: *const Value) {
        // SAFETY: `from` can be read, `to` written.
        unsafe { Value::store(to, Value::load(from)) }
    }

    /// Writes nil to `*to` (the payload is left alone).
    ///
    /// # Safety
    /// As [`Value::store`].
    #[inline(always)]
    pub unsafe fn store_nil(to: *mut Value) {
        // SAFETY: the tag can be written at `to`; the payload of nil means nothing.
        unsafe { (&raw mut (*to).tag).write(tag::NIL) }
    }

    #[inline(always)]
    pub const fn boolean(b: bool) -> Value {
        Value { payload: 0, tag: if b { tag::TRUE } else { tag::FALSE } }
    }
    #[inline(always)]
    pub const fn integer(n: i64) -> Value {
        Value { payload: n as u64, tag: tag::INTEGER }
    }
    /// A whole number as programs of this version see it: a float where there are no integers.
    #[inline(always)]
    pub const fn whole(n: i64) -> Value {
        if crate::version::HAS_INTEGERS { Value::integer(n) } else { Value::float(n as f64) }
    }
    #[inline(always)]
    pub const fn float(n: f64) -> Value {
        Value { payload: n.to_bits(), tag: tag::FLOAT }
    }
    #[inline(always)]
    pub fn light_userdata(p: *mut c_void) -> Value {
        Value { payload: p as u64, tag: tag::LIGHT_USERDATA }
    }
    /// A value that points to a collectable object; the tag is the object's own.
    ///
    /// # Safety
    /// `o` is a live object of a type that Lua values can have.
    #[inline(always)]
    pub unsafe fn object<T>(o: *mut T) -> Value {
        // SAFETY: every collectable object begins with a `GcHeader`.
        unsafe { Value { payload: o as u64, tag: (*o.cast::<GcHeader>()).tag } }
    }

    #[inline(always)]
    pub const fn is_nil(self) -> bool {
        self.tag == tag::NIL
    }
    /// nil or false.
    #[inline(always)]
    pub const fn is_falsy(self) -> bool {
        self.tag <= tag::FALSE
    }
    #[inline(always)]
    pub const fn is_integer(self) -> bool {
        self.tag == tag::INTEGER
    }
    #[inline(always)]
    pub const fn is_float(self) -> bool {
        self.tag == tag::FLOAT
    }
    #[inline(always)]
    pub const fn is_number(self) -> bool {
        self.tag & tag::TYPE_MASK == 3
    }
    #[inline(always)]
    pub const fn is_string(self) -> bool {
        self.tag & tag::TYPE_MASK == 4
    }
    #[inline(always)]
    pub const fn is_short_string(self) -> bool {
        self.tag == tag::SHORT_STRING
    }
    #[inline(always)]
    pub const fn is_table(self) -> bool {
        self.tag == tag::TABLE
    }
    #[inline(always)]
    pub const fn is_function(self) -> bool {
        self.tag & tag::TYPE_MASK == 6
    }
    #[inline(always)]
    pub const fn is_full_userdata(self) -> bool {
        self.tag == tag::USERDATA
    }
    #[inline(always)]
    pub const fn is_collectable(self) -> bool {
        self.tag & tag::COLLECTABLE != 0
    }
    /// The type as `lua_type` reports it ([`types`]).
    #[inline(always)]
    pub const fn type_code(self) -> i32 {
        (self.tag & tag::TYPE_MASK) as i32
    }

    // The accessors below read the payload as what the tag says it is; asking for something else gives
    // a meaningless value (numbers) or a pointer that must not be followed.
    #[inline(always)]
    pub const fn as_integer(self) -> i64 {
        self.payload as i64
    }
    #[inline(always)]
    pub const fn as_float(self) -> f64 {
        f64::from_bits(self.payload)
    }
    #[inline(always)]
    pub const fn as_pointer(self) -> *mut c_void {
        self.payload as *mut c_void
    }
    #[inline(always)]
    pub const fn as_object(self) -> *mut GcHeader {
        self.payload as *mut GcHeader
    }
    #[inline(always)]
    pub const fn as_str(self) -> *mut Str {
        self.payload as *mut Str
    }
    #[inline(always)]
    pub const fn as_table(self) -> *mut Table {
        self.payload as *mut Table
    }
    #[inline(always)]
    pub const fn as_lua_closure(self) -> *mut LuaClosure {
        self.payload as *mut LuaClosure
    }
    #[inline(always)]
    pub const fn as_c_closure(self) -> *mut CClosure {
        self.payload as *mut CClosure
    }
    #[inline(always)]
    pub const fn as_userdata(self) -> *mut Userdata {
        self.payload as *mut Userdata
    }
    #[inline(always)]
    pub const fn as_thread(self) -> *mut Thread {
        self.payload as *mut Thread
    }

    /// Primitive equality, as `rawequal`: integers and floats by mathematical value, strings by content.
    #[inline]
    pub unsafe fn raw_equal(self, other: Value) -> bool {
        if self.tag != other.tag {
            return match (self.tag, other.tag) {
                (tag::INTEGER, tag::FLOAT) => super::number::integer_equals_float(self.as_integer(), other.as_float()),
                (tag::FLOAT, tag::INTEGER) => super::number::integer_equals_float(other.as_integer(), self.as_float()),
                _ => false,
            };
        }
        match self.tag {
            tag::NIL | tag::FALSE | tag::TRUE => true,
            tag::FLOAT => self.as_float() == other.as_float(),
            // SAFETY: both point to live long strings.
            tag::LONG_STRING => unsafe { Str::long_equal(self.as_str(), other.as_str()) },
            _ => self.payload == other.payload,
        }
    }
}
