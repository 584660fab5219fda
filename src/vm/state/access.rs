//! Types, conversions and comparisons of values on the stack.

use super::stack::NO_VALUE;
use super::{REGISTRY, State};
use crate::gc;
use crate::object::number;
use crate::object::value::types;
use crate::object::{CClosure, Fallible, Str, Table, Userdata, Value, tag};
use crate::version::{HAS_INTEGERS, INTEGERS_TRUNCATE, STRINGS_HAVE_ADDRESSES};
use crate::vm::builtin::{self, Builtin};
use crate::vm::meta;
use core::ffi::{CStr, c_void};

const TYPE_NAMES: [&CStr; 10] =
    [c"no value", c"nil", c"boolean", c"userdata", c"number", c"string", c"table", c"function", c"userdata", c"thread"];

impl State {
    /// `lua_type`: `types::NONE` or a type code.
    #[inline(always)]
    pub fn type_of(self, index: i32) -> i32 {
        let at = self.at(index);
        // SAFETY: `at` gives a readable address.
        if core::ptr::eq(at, &raw const NO_VALUE) { types::NONE } else { unsafe { Value::load(at) }.type_code() }
    }

    /// Name of a type code ("no value" for `NONE`).
    pub fn type_name(self, code: i32) -> &'static str {
        Self::type_name_c(code).to_str().unwrap_or("")
    }

    /// As [`State::type_name`], with the NUL that C wants.
    pub fn type_name_c(code: i32) -> &'static CStr {
        TYPE_NAMES.get(code.wrapping_add(1) as usize).copied().unwrap_or(c"?")
    }

    /// A number, or a string that can be converted.
    #[inline]
    pub fn is_number(self, index: i32) -> bool {
        let v = self.value(index);
        v.is_number() || (v.is_string() && as_number(v).is_some())
    }

    #[inline]
    pub fn is_integer(self, index: i32) -> bool {
        self.value(index).is_integer()
    }

    /// A string or a number.
    #[inline]
    pub fn is_string(self, index: i32) -> bool {
        let v = self.value(index);
        v.is_string() || v.is_number()
    }

    #[inline]
    pub fn is_function(self, index: i32) -> bool {
        self.value(index).is_function()
    }

    #[inline]
    pub fn is_native_function(self, index: i32) -> bool {
        matches!(self.value(index).tag, tag::LIGHT_C_FUNCTION | tag::BUILTIN | tag::C_CLOSURE)
    }

    #[inline]
    pub fn is_table(self, index: i32) -> bool {
        self.value(index).is_table()
    }

    #[inline]
    pub fn to_boolean(self, index: i32) -> bool {
        !self.value(index).is_falsy()
    }

    /// Numbers with an exact integer value, and strings that can be converted to one.
    #[inline]
    pub fn to_integer(self, index: i32) -> Option<i64> {
        to_integer(self.value(index))
    }

    /// Numbers, and strings that can be converted.
    #[inline]
    pub fn to_number(self, index: i32) -> Option<f64> {
        to_number(self.value(index))
    }

    /// `lua_tolstring`: strings, and numbers, which are converted *in place*. Valid while the value is on the stack.
    #[inline]
    pub fn to_bytes<'a>(self, index: i32) -> Fallible<Option<&'a [u8]>> {
        let v = self.value(index);
        if v.is_string() {
            // SAFETY: a live string; the lifetime ends when it leaves the stack, the caller's promise.
            return Ok(Some(unsafe { Str::bytes(v.as_str()) }));
        }
        if v.is_number() { self.number_to_bytes(index, v).map(Some) } else { Ok(None) }
    }

    fn number_to_bytes<'a>(self, index: i32, v: Value) -> Fallible<&'a [u8]> {
        // SAFETY: the new string is stored in place of the number before anything else is allocated.
        unsafe {
            let string = self.string_from_number(v)?;
            let text = Value::object(string);
            Value::store(self.at(index).cast_mut(), text);
            if index < REGISTRY {
                gc::barrier((*self.0).global, Value::load((*(*self.0).ci).func).as_object(), text);
            }
            gc::check(self.0)?;
            Ok(Str::bytes(string))
        }
    }

    /// A new string with the text of a number, not anchored.
    pub(crate) fn string_from_number(self, v: Value) -> Fallible<*mut Str> {
        let mut text = [0; number::MAX_TEXT];
        let len = number::format(v, &mut text);
        // SAFETY: the thread is alive; the text is ours.
        Ok(unsafe { Str::new((*self.0).global, &text[..len])? })
    }

    /// The string object at the index, without conversion.
    #[inline]
    pub fn str_at(self, index: i32) -> Option<*mut Str> {
        let v = self.value(index);
        if v.is_string() { Some(v.as_str()) } else { None }
    }

    pub fn raw_len(self, index: i32) -> u64 {
        let v = self.value(index);
        // SAFETY: the tag tells what the live object is.
        unsafe {
            match v.tag {
                tag::SHORT_STRING | tag::LONG_STRING => Str::len(v.as_str()) as u64,
                tag::USERDATA => (*v.as_userdata()).len as u64,
                tag::TABLE => Table::length(v.as_table()),
                _ => 0,
            }
        }
    }

    /// Address of a full userdata's bytes or a light userdata; null for other values.
    #[inline]
    pub fn to_userdata(self, index: i32) -> *mut c_void {
        let v = self.value(index);
        match v.tag {
            // SAFETY: a live full userdata.
            tag::USERDATA => unsafe { Userdata::bytes(v.as_userdata()).cast() },
            tag::LIGHT_USERDATA => v.as_pointer(),
            _ => core::ptr::null_mut(),
        }
    }

    pub fn to_thread(self, index: i32) -> Option<State> {
        let v = self.value(index);
        if v.tag == tag::THREAD { Some(State(v.as_thread())) } else { None }
    }

    /// An address that identifies the value; null for values that are not objects.
    pub fn to_pointer(self, index: i32) -> *const c_void {
        let v = self.value(index);
        match v.tag {
            tag::USERDATA | tag::LIGHT_USERDATA => self.to_userdata(index),
            tag::LIGHT_C_FUNCTION => v.as_pointer(),
            // SAFETY: the payload is the address of a static `Builtin`.
            tag::BUILTIN => unsafe { (*v.as_pointer().cast::<Builtin>()).entry as *const c_void },
            tag::SHORT_STRING | tag::LONG_STRING if !STRINGS_HAVE_ADDRESSES => core::ptr::null(),
            _ if v.is_collectable() => v.as_pointer(),
            _ => core::ptr::null(),
        }
    }

    /// The C function at the index: a host's own, or the C entry point of one of ours (`lua_tocfunction`).
    pub fn to_c_function(self, index: i32) -> *const c_void {
        // SAFETY: builtins are static; a closure is alive and says which kind its function is.
        unsafe {
            let entry = |builtin: *const c_void| builtin::entry_of(&*builtin.cast::<Builtin>());
            let v = self.value(index);
            match v.tag {
                tag::LIGHT_C_FUNCTION => v.as_pointer(),
                tag::BUILTIN => entry(v.as_pointer()),
                tag::C_CLOSURE => {
                    let closure: *mut CClosure = v.as_c_closure();
                    if (*closure).is_builtin { entry((*closure).function) } else { (*closure).function }
                }
                _ => core::ptr::null(),
            }
        }
    }

    pub fn raw_equal(self, a: i32, b: i32) -> bool {
        // SAFETY: both values are alive on the stack.
        !self.is_none(a) && !self.is_none(b) && unsafe { self.value(a).raw_equal(self.value(b)) }
    }

    pub fn equal(self, a: i32, b: i32) -> Fallible<bool> {
        // SAFETY: both values stay on the stack during the comparison.
        Ok(!self.is_none(a) && !self.is_none(b) && unsafe { meta::equal(self.0, self.value(a), self.value(b))? })
    }

    pub fn less_than(self, a: i32, b: i32) -> Fallible<bool> {
        // SAFETY: as `equal`.
        Ok(!self.is_none(a) && !self.is_none(b) && unsafe { meta::less_than(self.0, self.value(a), self.value(b))? })
    }

    pub fn less_equal(self, a: i32, b: i32) -> Fallible<bool> {
        // SAFETY: as `equal`.
        Ok(!self.is_none(a) && !self.is_none(b) && unsafe { meta::less_equal(self.0, self.value(a), self.value(b))? })
    }

    /// `lua_stringtonumber`: the number a string spells (whole string), as the lexer reads it, with blanks around.
    pub fn parse_number(bytes: &[u8]) -> Option<Value> {
        number::parse(bytes)
    }
}

/// See [`State::to_integer`].
#[inline(always)]
pub(crate) fn to_integer(v: Value) -> Option<i64> {
    usual_integer(v).or_else(|| integer_from(v))
}

/// See [`State::to_number`].
#[inline(always)]
pub(crate) fn to_number(v: Value) -> Option<f64> {
    if v.is_float() {
        Some(v.as_float())
    } else if v.is_integer() {
        Some(v.as_integer() as f64)
    } else {
        float_from(v)
    }
}

/// The integer that a value is of the type that integers usually have: in versions without integers, of a number.
#[inline(always)]
pub(crate) fn usual_integer(v: Value) -> Option<i64> {
    if HAS_INTEGERS {
        if v.is_integer() { Some(v.as_integer()) } else { None }
    } else {
        if v.is_float() { Some(number::truncate(v.as_float())) } else { None }
    }
}

/// The number that a value is or, for a string, spells.
#[inline(never)]
fn as_number(v: Value) -> Option<Value> {
    if v.is_number() {
        Some(v)
    } else if v.is_string() {
        // SAFETY: a live string.
        number::parse(unsafe { Str::bytes(v.as_str()) })
    } else {
        None
    }
}

#[cold]
#[inline(never)]
fn integer_from(v: Value) -> Option<i64> {
    let n = as_number(v)?;
    if n.is_integer() {
        Some(n.as_integer())
    } else if INTEGERS_TRUNCATE {
        Some(number::truncate(n.as_float()))
    } else {
        number::float_to_integer(n.as_float())
    }
}

#[cold]
#[inline(never)]
fn float_from(v: Value) -> Option<f64> {
    let n = as_number(v)?;
    Some(if n.is_integer() { n.as_integer() as f64 } else { n.as_float() })
}
