//! Syntax tree to prototype.

use crate::object::{Fallible, LuaClosure, Str, Thread};
use crate::vm::input::Input;

/// Parses and compiles a source chunk. The result is pushed on the stack as a closure whose upvalues are not set
/// up yet (`upvalue_count` of them, pointers null). `first` is the first byte, already read from
/// `input` (`None` at the end). Errors are `Thrown::Syntax` or `Memory`; what the parser had pushed stays on the
/// stack for the caller's protected call to drop.
///
/// # Safety
/// `l` is live and has [`crate::object::thread::MIN_STACK`] free slots.
pub unsafe fn compile(_l: *mut Thread, _input: &mut Input, _name: *mut Str) -> Fallible<*mut LuaClosure> {
    unimplemented!()
}
