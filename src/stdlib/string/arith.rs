//! Arithmetic on strings (manual §3.4.3): the metamethods that convert strings to numbers.

use crate::library;
use crate::object::Fallible;
use crate::object::value::types;
use crate::vm::State;

/// `LUA_OP*`: operations as `State::arith` numbers them.
mod op {
    pub const ADD: i32 = 0;
    pub const SUB: i32 = 1;
    pub const MUL: i32 = 2;
    pub const MOD: i32 = 3;
    pub const POW: i32 = 4;
    pub const DIV: i32 = 5;
    pub const IDIV: i32 = 6;
    pub const UNM: i32 = 12;
}

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
    arith(l, op::ADD, b"__add")
}
fn sub(l: State) -> Fallible<i32> {
    arith(l, op::SUB, b"__sub")
}
fn mul(l: State) -> Fallible<i32> {
    arith(l, op::MUL, b"__mul")
}
fn modulo(l: State) -> Fallible<i32> {
    arith(l, op::MOD, b"__mod")
}
fn pow(l: State) -> Fallible<i32> {
    arith(l, op::POW, b"__pow")
}
fn div(l: State) -> Fallible<i32> {
    arith(l, op::DIV, b"__div")
}
fn idiv(l: State) -> Fallible<i32> {
    arith(l, op::IDIV, b"__idiv")
}
fn unm(l: State) -> Fallible<i32> {
    arith(l, op::UNM, b"__unm")
}

fn arith(l: State, op: i32, event: &[u8]) -> Fallible<i32> {
    if push_number(l, 1) && push_number(l, 2) {
        // A unary operation has its operand twice; the operation pops one.
        if op == op::UNM {
            l.pop(1);
        }
        l.arith(op)?;
    } else {
        other_metamethod(l, event)?;
    }
    Ok(1)
}

/// Pushes the argument as a number, if it is one or spells one.
fn push_number(l: State, arg: i32) -> bool {
    let v = l.value(arg);
    let number = if v.is_number() {
        Some(v)
    } else if v.is_string() {
        // SAFETY: the string is an argument, and alive.
        State::parse_number(unsafe { crate::object::Str::bytes(v.as_str()) })
    } else {
        None
    };
    number.inspect(|&n| l.push(n)).is_some()
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
