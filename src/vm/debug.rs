//! Debug information: names of variables and functions for error messages, `lua_getinfo`, lines.

use crate::object::{CallInfo, Fallible, Proto, Thread, Thrown, Value};

/// The line of instruction `pc`, -1 when stripped.
pub unsafe fn line_of(_p: *const Proto, _pc: usize) -> i32 {
    unimplemented!()
}

/// Index of the instruction a suspended Lua frame is executing.
pub unsafe fn current_pc(_ci: *const CallInfo) -> usize {
    unimplemented!()
}

/// The line a Lua frame is at.
pub unsafe fn current_line(_ci: *const CallInfo) -> i32 {
    unimplemented!()
}

/// "attempt to <operation> a <type> value (<variable>)"; `operand` points into the stack, an upvalue or a constant,
/// which is how its name is found.
pub unsafe fn type_error(_l: *mut Thread, _operand: *const Value, _operation: &str) -> Thrown {
    unimplemented!()
}

/// "attempt to call a <type> value (<variable>)".
pub unsafe fn call_error(_l: *mut Thread, _operand: *const Value) -> Thrown {
    unimplemented!()
}

/// "'for' <what> must be a number".
pub unsafe fn for_error(_l: *mut Thread, _operand: *const Value, _what: &str) -> Thrown {
    unimplemented!()
}

/// The error for operands that cannot be concatenated.
pub unsafe fn concat_error(_l: *mut Thread, _a: *const Value, _b: *const Value) -> Thrown {
    unimplemented!()
}

/// The error for operands of arithmetic (`message`: "perform arithmetic on" or "perform bitwise operation on").
pub unsafe fn arith_error(_l: *mut Thread, _a: *const Value, _b: *const Value, _message: &str) -> Thrown {
    unimplemented!()
}

/// "number<variable> has no integer representation".
pub unsafe fn to_integer_error(_l: *mut Thread, _a: *const Value, _b: *const Value) -> Thrown {
    unimplemented!()
}

/// "attempt to compare two <type> values" / "attempt to compare <type> with <type>".
pub unsafe fn compare_error(_l: *mut Thread, _a: *const Value, _b: *const Value) -> Thrown {
    unimplemented!()
}

/// Type name of a value for messages: `__name` of its metatable if that is a string, else the type.
pub unsafe fn type_name<'a>(_l: *mut Thread, _v: Value) -> &'a [u8] {
    unimplemented!()
}

/// Prefix `chunk:line: ` of the running function as pushed string, or nothing pushed when it is not a Lua function.
pub unsafe fn push_position(_l: *mut Thread, _ci: *const CallInfo) -> Fallible<bool> {
    unimplemented!()
}

/// Writes the display form of a chunk name (at most 59 bytes and a NUL) and returns its length.
pub unsafe fn chunk_id(_out: &mut [u8; 60], _source: &[u8]) -> usize {
    unimplemented!()
}

/// The call record at `level` (0: the running function), null when the stack is not that deep (`lua_getstack`).
pub unsafe fn frame_at(_l: *mut Thread, _level: i32) -> *mut CallInfo {
    unimplemented!()
}

/// How the function of a frame was called, from the calling code: what kind of name ("global", "method", "field",
/// "local", "upvalue", "metamethod", "hook", "for iterator" ...) and the name.
pub unsafe fn function_name<'a>(_l: *mut Thread, _ci: *mut CallInfo) -> Option<(&'static str, &'a [u8])> {
    unimplemented!()
}

/// Pushes "module.name" of a frame's function if a loaded module has it as a field (without "_G."), else nothing and
/// false.
pub unsafe fn push_global_function_name(_l: *mut Thread, _ci: *mut CallInfo) -> Fallible<bool> {
    unimplemented!()
}

/// `luaL_traceback`: pushes on `l` the traceback of `of`.
pub unsafe fn traceback(_l: *mut Thread, _of: *mut Thread, _message: Option<&[u8]>, _level: i32) -> Fallible<()> {
    unimplemented!()
}
