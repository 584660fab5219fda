//! Arithmetic on strings (manual §3.4.3): the metamethods that convert strings to numbers.

use crate::library;
use crate::object::global::{EVENT_NAMES, Event};
use crate::object::value::types;
use crate::object::{Fallible, Str, Value};
use crate::vm::{State, meta};

library! { pub static METAMETHODS = {
    b"__add" => add,
    b"__sub" => sub,
    b"__mul" => mul,
    b"__mod" => modulo,
    b"__pow" => pow,
    b"__div" => div,
    b"__idiv" => idiv,
    b"__unm" => unm,
} }

fn add(l: State) -> Fallible<i32> {
    arith(l, Event::Add)
}
fn sub(l: State) -> Fallible<i32> {
    arith(l, Event::Sub)
}
fn mul(l: State) -> Fallible<i32> {
    arith(l, Event::Mul)
}
fn modulo(l: State) -> Fallible<i32> {
    arith(l, Event::Mod)
}
fn pow(l: State) -> Fallible<i32> {
    arith(l, Event::Pow)
}
fn div(l: State) -> Fallible<i32> {
    arith(l, Event::Div)
}
fn idiv(l: State) -> Fallible<i32> {
    arith(l, Event::Idiv)
}
fn unm(l: State) -> Fallible<i32> {
    arith(l, Event::Unm)
}

fn arith(l: State, event: Event) -> Fallible<i32> {
    if let (Some(a), Some(b)) = (number(l.value(1)), number(l.value(2))) {
        // SAFETY: the thread runs; numbers need no anchor.
        l.push(unsafe { meta::arith(l.0, event, a, b)? });
    } else {
        other_metamethod(l, EVENT_NAMES[event as usize])?;
    }
    Ok(1)
}

/// The argument as a number, if it is one or spells one.
#[inline]
fn number(v: Value) -> Option<Value> {
    if v.is_number() {
        Some(v)
    } else if v.is_string() {
        // SAFETY: the string is an argument, and alive.
        State::parse_number(unsafe { Str::bytes(v.as_str()) })
    } else {
        None
    }
}

/// The second operand may have a metamethod of its own; the first was asked before.
fn other_metamethod(l: State, event: &[u8]) -> Fallible<()> {
    l.set_top(2);
    if l.type_of(2) == types::STRING || l.get_metafield(2, event)? == types::NIL {
        let (a, b) = (l.type_name(l.type_of(-2)), l.type_name(l.type_of(-1)));
        let operation = event.get(2..).unwrap_or(&[]);
        return Err(l.error(&[
            b"attempt to ".into(),
            operation.into(),
            b" a '".into(),
            a.into(),
            b"' with a '".into(),
            b.into(),
            b"'".into(),
        ]));
    }
    l.insert(-3);
    l.call(2, 1)
}
