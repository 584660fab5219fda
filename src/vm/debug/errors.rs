//! The VM's error messages that name the value at fault.
//!
//! The operands are addresses, because that is how a value is recognised as a register or an upvalue. They
//! are read before anything is allocated.

use super::Name;
use super::names::{called_from, variable_name};
use crate::object::value::types;
use crate::object::{Fallible, Slot, Str, Table, Thread, Thrown, Value, tag};
use crate::version::{
    CALL_ERRORS_NAME_CALLS, FOR_ERRORS_TELL_TYPES, HAS_TYPE_NAMES, MESSAGES_NAME_CONSTANT_OPERANDS,
    MESSAGES_NAME_FIRST, TYPES_COMPARED_BY_THIRD_LETTER,
};
use crate::vm::error::{self, Part};
use crate::vm::meta;
use core::ffi::CStr;

/// Names of the types as messages show them, by type code.
pub const TYPE_NAMES: [&str; types::COUNT] =
    ["nil", "boolean", "userdata", "number", "string", "table", "function", "userdata", "thread"];

/// `"attempt to <operation> a <type> value (<variable>)"`; `operand` points into the stack, an upvalue or a constant,
/// which is how its name is found.
#[cold]
pub unsafe fn type_error(l: *mut Thread, operand: *const Value, operation: &str) -> Thrown {
    // SAFETY: `operand` is readable.
    unsafe {
        let name = variable_name((*l).ci, operand);
        raise_type_error(l, Value::load(operand), operation, name)
    }
}

unsafe fn raise_type_error(l: *mut Thread, value: Value, operation: &str, name: Option<Name>) -> Thrown {
    // SAFETY: the value is reachable from the stack or a prototype, the name from a prototype.
    unsafe {
        let found = type_name(l, value);
        if MESSAGES_NAME_FIRST && let Some(name) = name {
            let (kind, text) = (name.kind_str(), name.bytes());
            let what = ["attempt to ", operation, " ", kind].map(Part::from);
            let [a, b, c, d] = what;
            return error::runtime(
                l,
                &[a, b, c, d, " '".into(), text.into(), "' (a ".into(), found.into(), " value)".into()],
            );
        }
        let parts = ["attempt to ".into(), operation.into(), " a ".into(), found.into(), " value".into()];
        raise_named(l, parts, name, "")
    }
}

/// Raises the parts, ` (kind 'name')` if there is a name, and the rest.
unsafe fn raise_named<const N: usize>(l: *mut Thread, head: [Part; N], name: Option<Name>, tail: &str) -> Thrown {
    // SAFETY: the parts stay alive until the message is made.
    unsafe {
        let [open, kind, quote, text, close]: [&[u8]; 5] = match name {
            Some(name) => [b" (", name.kind.to_bytes(), b" '", name.bytes(), b"')"],
            None => [b""; 5],
        };
        const EMPTY: Part = Part::Bytes(b"");
        let mut parts = [EMPTY; 11];
        let rest = [open.into(), kind.into(), quote.into(), text.into(), close.into(), tail.into()];
        for (to, part) in parts.iter_mut().zip(head.into_iter().chain(rest)) {
            *to = part;
        }
        error::runtime(l, &parts)
    }
}

/// `"attempt to call a <type> value (<variable>)"`.
#[cold]
pub unsafe fn call_error(l: *mut Thread, operand: *const Value) -> Thrown {
    // SAFETY: as `type_error`.
    unsafe {
        let caller = if CALL_ERRORS_NAME_CALLS { called_from(l, (*l).ci) } else { None };
        let name = caller.or_else(|| variable_name((*l).ci, operand));
        raise_type_error(l, Value::load(operand), "call", name)
    }
}

/// `"bad 'for' <what> (number expected, got <type>)"`, or `"'for' <what> must be a number"`.
#[cold]
pub unsafe fn for_error(l: *mut Thread, operand: *const Value, what: &str) -> Thrown {
    // SAFETY: `operand` is readable.
    unsafe {
        if !FOR_ERRORS_TELL_TYPES {
            return error::runtime(l, &["'for' ".into(), what.into(), " must be a number".into()]);
        }
        let found = type_name(l, Value::load(operand));
        let parts =
            ["bad 'for' ".into(), what.into(), " (number expected, got ".into(), found.into(), Part::Bytes(b")")];
        error::runtime(l, &parts)
    }
}

/// The error for operands that cannot be concatenated.
#[cold]
pub unsafe fn concat_error(l: *mut Thread, a: *const Value, b: *const Value) -> Thrown {
    // SAFETY: both are readable.
    unsafe {
        let first = Value::load(a);
        let culprit = if first.is_string() || first.is_number() { b } else { a };
        type_error(l, culprit, "concatenate")
    }
}

/// The error for operands of arithmetic (`message`: "perform arithmetic on" or "perform bitwise operation on").
#[cold]
pub unsafe fn arith_error(l: *mut Thread, a: *const Value, b: *const Value, message: &str) -> Thrown {
    // SAFETY: both are readable.
    unsafe {
        let culprit = if meta::counts_as_number(Value::load(a)) { b } else { a };
        // Constant operands of binary operators have no register that could be known by its contents.
        let nameless = !MESSAGES_NAME_CONSTANT_OPERANDS && !core::ptr::eq(a, b);
        let name = variable_name((*l).ci, culprit).filter(|name| !(nameless && name.is_constant()));
        raise_type_error(l, Value::load(culprit), message, name)
    }
}

/// `"number<variable> has no integer representation"`.
#[cold]
pub unsafe fn to_integer_error(l: *mut Thread, a: *const Value, b: *const Value) -> Thrown {
    // SAFETY: both are readable.
    unsafe {
        let fits = meta::counts_as_integer(Value::load(a));
        let nameless = !MESSAGES_NAME_CONSTANT_OPERANDS && !core::ptr::eq(a, b);
        let name = variable_name((*l).ci, if fits { b } else { a });
        let name = name.filter(|name| !(nameless && name.is_constant()));
        raise_named(l, ["number".into()], name, " has no integer representation")
    }
}

/// `"attempt to compare two <type> values"` / `"attempt to compare <type> with <type>"`.
#[cold]
pub unsafe fn compare_error(l: *mut Thread, a: *const Value, b: *const Value) -> Thrown {
    // SAFETY: both are readable.
    unsafe {
        let (left, right) = (Value::load(a), Value::load(b));
        let (left, right) = (type_name(l, left), type_name(l, right));
        let same = if TYPES_COMPARED_BY_THIRD_LETTER { left.get(2) == right.get(2) } else { left == right };
        if same {
            error::runtime(l, &["attempt to compare two ".into(), left.into(), " values".into()])
        } else {
            error::runtime(l, &["attempt to compare ".into(), left.into(), " with ".into(), right.into()])
        }
    }
}

/// Type name of a value for messages: `__name` of its metatable if that is a string, else the type.
pub unsafe fn type_name<'a>(l: *mut Thread, v: Value) -> &'a [u8] {
    // SAFETY: `v` is reachable, so its metatable and the name in it are.
    unsafe {
        if HAS_TYPE_NAMES && (v.tag == tag::TABLE || v.tag == tag::USERDATA) {
            let metatable = meta::metatable_of(l, v);
            if !metatable.is_null()
                && let Ok(name) = custom_name(l, metatable)
                && name.is_string()
            {
                return CStr::from_ptr(Str::data(name.as_str()).cast()).to_bytes();
            }
        }
        TYPE_NAMES.get(v.type_code() as usize).map_or(b"no value", |name| name.as_bytes())
    }
}

unsafe fn custom_name(l: *mut Thread, metatable: *mut Table) -> Fallible<Value> {
    // SAFETY: the metatable is reachable.
    unsafe {
        let key = Str::new((*l).global, b"__name")?;
        Ok(Slot::load(Table::get_short_str(metatable, key)))
    }
}
