//! [`State`]: the internal API, a Rust mirror of Lua's C API (manual §4.6 and §5) in which errors are values.
//!
//! Libraries use it, and `capi` exports most of it under C names. Methods are named as the C functions
//! without their prefix. Indices are the C API's: positive from the frame's base, negative from the top, pseudo-indices
//! for the registry and upvalues; an index must be valid where the manual demands that.
//! Every method that pushes needs a free slot: [`State::check_stack`] beyond the first 20.
//!
//! Objects must be reachable (on the stack) before the next allocation: every allocation may run a collection.
//!
//! The methods are safe functions on a raw thread pointer: the one invariant, kept by whoever makes a `State`, is that
//! the thread is alive and that the values named by the arguments exist. Where they are is told by the files' names.

mod access;
mod arguments;
mod auxiliary;
mod buffer;
mod calls;
#[cfg(feature = "lua51")]
mod environments;
mod files;
mod load;
mod metatables;
mod push;
mod references;
#[cfg(any(feature = "lua51", feature = "lua52"))]
mod registering;
mod stack;
mod tables;
mod text;
mod upvalues;
mod userdata;

use crate::object::Thread;
use crate::version::{FREE_REFERENCES_COME_FIRST, HAS_ENV_UPVALUE, STACKS_ENDLESS_FOR_INDICES};

pub(crate) use access::{to_integer, to_number, usual_integer};
#[cfg(any(feature = "lua54", feature = "lua55"))]
pub(crate) use auxiliary::substitute;
pub(crate) use auxiliary::{POINTER_TEXT, pointer_text};
pub use buffer::Buffer;
pub use files::standard_error;
pub(crate) use text::Text;

/// A running thread. Copyable; a call's `State` is valid while the call lasts.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct State(pub *mut Thread);

/// `LUA_REGISTRYINDEX`
pub const REGISTRY: i32 = if STACKS_ENDLESS_FOR_INDICES {
    -(i32::MAX / 2 + 1000)
} else if HAS_ENV_UPVALUE {
    -1_001_000
} else {
    -10_000
};
/// `LUA_ENVIRONINDEX`, in versions without `_ENV`: the running native function's environment.
pub const ENVIRONMENT: i32 = REGISTRY - 1;
/// `LUA_GLOBALSINDEX`, in versions without `_ENV`: the thread's table of globals.
pub const GLOBALS: i32 = REGISTRY - 2;
/// The last pseudo-index before those of upvalues.
const BEFORE_UPVALUES: i32 = if HAS_ENV_UPVALUE { REGISTRY } else { GLOBALS };
/// `LUA_RIDX_MAINTHREAD` and `LUA_RIDX_GLOBALS`
pub const RIDX_MAIN_THREAD: i64 = if FREE_REFERENCES_COME_FIRST { 3 } else { 1 };
pub const RIDX_GLOBALS: i64 = 2;
/// `LUA_MULTRET`
pub const MULTRET: i32 = -1;
/// Registry fields.
pub const LOADED_TABLE: &[u8] = b"_LOADED";
pub const PRELOAD_TABLE: &[u8] = b"_PRELOAD";

/// The pseudo-index of the `n`-th upvalue of the running native function, from 1 (`lua_upvalueindex`).
pub const fn upvalue_index(n: i32) -> i32 {
    BEFORE_UPVALUES - n
}
