//! The instruction set, precompiled chunks, the verifier and the listing.

pub mod isa;

pub use isa::{Op, Word};

use crate::memory::List;
use crate::object::{Fallible, LuaClosure, Proto, Str, Thread};
use crate::vm::input::Input;

/// Reads a precompiled chunk, of which nothing but a peek at the first byte was read, and verifies it. Pushes the
/// closure, as `compile::compile` does; `name` is the chunk name to show in messages.
///
/// # Safety
/// `l` is live and has [`crate::object::thread::MIN_STACK`] free slots.
pub unsafe fn load(_l: *mut Thread, _input: &mut Input, _name: *mut Str) -> Fallible<*mut LuaClosure> {
    unimplemented!()
}

/// Appends the precompiled form of a prototype to `out`.
///
/// # Safety
/// The prototype is reachable.
pub unsafe fn dump(_l: *mut Thread, _proto: *const Proto, _strip: bool, _out: &mut List<u8>) -> Fallible<()> {
    unimplemented!()
}
