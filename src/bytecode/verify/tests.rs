//! Small functions, sound and unsound.

use super::verify;
use crate::bytecode::isa::{Op, abc, ad, jump, s};
use crate::object::testing::TestState;
use crate::object::{Instruction, Proto, UpvalueDesc, Value};
use core::ptr;

/// Verifies code in a function with four registers, the constants 1, nil and one upvalue, and a function inside
/// that captures register 0 if `captures`.
fn check_function(code: &[Instruction], is_vararg: bool, captures: bool) -> bool {
    let mut constants = [Value::integer(1), Value::NIL];
    let up = |in_stack| UpvalueDesc { name: ptr::null_mut(), in_stack, index: 0, kind: 0 };
    let (mut own, mut inner_up) = ([up(true)], [up(captures)]);
    unsafe {
        let mut inner: Proto = core::mem::zeroed();
        inner.upvalues = inner_up.as_mut_ptr();
        inner.upvalue_count = 1;
        let mut protos = [&raw mut inner];
        let mut p: Proto = core::mem::zeroed();
        p.code = code.as_ptr().cast_mut();
        p.code_len = code.len() as u32;
        p.constants = constants.as_mut_ptr();
        p.constant_count = 2;
        p.upvalues = own.as_mut_ptr();
        p.upvalue_count = 1;
        p.protos = protos.as_mut_ptr();
        p.proto_count = 1;
        p.is_vararg = is_vararg;
        let state = TestState::new();
        verify(&raw mut (*state.0).heap, &p, 4).unwrap()
    }
}

fn check(code: &[Instruction]) -> bool {
    check_function(code, false, false)
}

const END: Instruction = abc(Op::Return0, 0, 0, 0);

#[test]
fn code_ends_with_a_return_or_jump() {
    assert!(check(&[END]));
    assert!(!check(&[]));
    assert!(!check(&[abc(Op::Move, 0, 1, 0)]));
    assert!(check(&[abc(Op::Move, 0, 1, 0), jump(-2)]));
    assert!(!check(&[0xff, END]));
}

#[test]
fn operands_exist() {
    assert!(check(&[abc(Op::Move, 3, 0, 0), END]));
    assert!(!check(&[abc(Op::Move, 4, 0, 0), END]));
    assert!(check(&[ad(Op::LoadK, 0, 1), END]));
    assert!(!check(&[ad(Op::LoadK, 0, 2), END]));
    assert!(check(&[abc(Op::AddK, 0, 0, 0), END]));
    assert!(!check(&[abc(Op::AddK, 0, 0, 1), END]), "a constant that is not a number");
    assert!(!check(&[abc(Op::GetField, 0, 0, 0), END]), "a constant that is not a string");
    assert!(check(&[abc(Op::GetUpval, 0, 0, 0), END]));
    assert!(!check(&[abc(Op::GetUpval, 0, 1, 0), END]));
    assert!(!check(&[abc(Op::LoadNil, 2, 2, 0), END]));
}

#[test]
fn jumps_lead_to_instructions() {
    assert!(check(&[jump(0), END]));
    assert!(!check(&[jump(1), END]));
    assert!(!check(&[jump(-2), END]));
    assert!(!check(&[jump(1), abc(Op::Closure, 0, 0, 0), s(Op::Extra, 0), END]));
    assert!(check(&[abc(Op::JumpIf, 0, 0, 0), jump(0), END]));
    assert!(!check(&[abc(Op::JumpIf, 0, 0, 0), END]));
    assert!(!check(&[abc(Op::JumpIf, 0, 0, 0), jump(-2)]));
}

#[test]
fn second_words_are_where_they_belong() {
    assert!(check(&[abc(Op::Closure, 0, 0, 0), s(Op::Extra, 0), END]));
    assert!(!check(&[abc(Op::Closure, 0, 0, 0), s(Op::Extra, 1), END]));
    assert!(!check(&[abc(Op::Closure, 0, 0, 0), END]));
    assert!(!check(&[s(Op::Extra, 0), END]));
}

#[test]
fn open_counts_are_used_at_once() {
    let call = |a, b, c| abc(Op::Call, a, b, c);
    assert!(check(&[call(1, 1, 0), call(0, 0, 1), END]));
    assert!(!check(&[call(0, 0, 1), END]));
    assert!(!check(&[call(1, 1, 0), END]));
    assert!(!check(&[call(0, 1, 0), call(1, 0, 1), END]), "the window begins above the top");
    assert!(!check(&[jump(1), call(1, 1, 0), call(0, 0, 1), END]), "jumps into the pair");
    assert!(!check(&[call(1, 1, 0), abc(Op::Move, 0, 0, 0), call(0, 0, 1), END]));
}

#[test]
fn vararg_functions_adjust_and_return_their_way() {
    let (prepare, leave) = (abc(Op::VarargPrep, 0, 0, 0), abc(Op::Return, 0, 1, 0));
    assert!(check_function(&[prepare, leave], true, false));
    assert!(!check_function(&[prepare, END], true, false));
    assert!(!check_function(&[leave], true, false));
    assert!(!check_function(&[prepare, leave], false, false));
    assert!(!check(&[abc(Op::Vararg, 0, 0, 2), END]));
}

#[test]
fn captured_registers_are_closed() {
    let closing = abc(Op::Return, 0, 1, 1);
    assert!(check_function(&[closing], false, true));
    assert!(!check_function(&[END], false, true));
    assert!(!check(&[abc(Op::Tbc, 0, 0, 0), END]));
    assert!(check(&[abc(Op::Tbc, 0, 0, 0), closing]));
}

#[test]
fn captured_registers_lie_below_calls() {
    let closing = abc(Op::Return, 0, 1, 1);
    let capture = [abc(Op::Closure, 1, 0, 0), s(Op::Extra, 0)];
    let check = |rest: &[Instruction]| check_function(&[&capture, rest].concat(), false, true);
    let call = |a| abc(Op::Call, a, 1, 1);
    assert!(check(&[call(1), closing]));
    assert!(!check(&[call(0), closing]));
    assert!(check(&[abc(Op::Close, 0, 0, 0), call(0), closing]));
    assert!(!check(&[abc(Op::Close, 1, 0, 0), call(0), closing]));
    assert!(!check(&[jump(1), abc(Op::Close, 0, 0, 0), call(0), closing]), "passes the Close by");
    assert!(
        !check_function(&[&[call(0)], &capture[..], &[jump(-4)]].concat(), false, true),
        "open from the round before"
    );
}

#[test]
fn loops_are_whole() {
    let (prepare, again) = (abc(Op::ForPrep, 0, 0, 0), ad(Op::ForLoop, 0, 1));
    assert!(check(&[prepare, jump(1), again, END]));
    assert!(!check(&[prepare, again, END]));
    assert!(!check(&[abc(Op::ForPrep, 2, 0, 0), jump(0), END]));
    assert!(!check(&[ad(Op::ForLoop, 0, 2), END]), "a jump before the code");
    assert!(!check(&[abc(Op::TforCall, 0, 0, 1), ad(Op::TforLoop, 0, 1), END]), "no room for the call");
}
